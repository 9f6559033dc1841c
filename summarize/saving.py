"""Save: bytes → a file, in one step, so that no reader ever meets half of it."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from summarize.errors import SummarizeError


def save(target: Path, data: bytes) -> None:
    """Write a file beside its place, then move it there; permissions of an old file are kept.

    :raises SummarizeError: if the file can't be written; an old file is then untouched.
    """
    try:
        # Through a link, to the file behind it: the link itself must stay.
        _replace(target.resolve(), data)
    except OSError as error:
        raise SummarizeError(
            f"{target}: can't be written ({error.strerror}); choose another place"
        ) from error


def path_to(folder: Path, start: Path) -> str:
    """Return what leads from one folder to another; from another drive, where nothing does, its own path."""
    try:
        return Path(os.path.relpath(folder.absolute(), start.absolute())).as_posix()
    except ValueError:  # another drive
        return folder.as_posix()


def sweep(folder: Path, *patterns: str) -> None:
    """Remove what a killed process left half written of files with such names; nobody may be writing them."""
    for pattern in patterns:
        for partial in folder.glob(f".{pattern}.*"):
            with contextlib.suppress(OSError):
                partial.unlink()


def _replace(target: Path, data: bytes) -> None:
    handle, partial = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(partial, _mode(target))
        os.replace(partial, target)
        sync_folder(target.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(partial)
        raise


def sync_folder(folder: Path) -> None:
    """Make renames in a folder outlast a power cut, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _mode(target: Path) -> int:
    """Return the permissions of the file to be replaced, or those that a new file would get."""
    with contextlib.suppress(OSError):
        return target.stat().st_mode & 0o777
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask
