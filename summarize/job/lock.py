"""One job per state folder.

The kernel holds the lock and frees it when its process ends, however that ends; so a lock left by a dead
process is no obstacle. A small file beside it says who holds it, for the message only.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from summarize.errors import SummarizeError
from summarize.saving import save, sweep

_LOCK = "lock"
# Beside the lock and not in it: some systems let nobody read a locked file.
_HOLDER = "lock.json"
_PATIENCE_S = 0.3  # for a process that is about to end, and for one that has yet to write its name


@contextlib.contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Hold the lock of a state folder, which is made if it isn't there.

    :raises SummarizeError: if another process holds it, or the folder can't be used.
    """
    lock = FileLock(folder / _LOCK)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=_PATIENCE_S)
    except Timeout:
        raise SummarizeError(
            f"{folder}: another summarize{_holder(folder)} works with it; wait for it, stop it, "
            "or name another folder with --state"
        ) from None
    except OSError as error:
        raise SummarizeError(
            f"{folder}: can't be locked ({error.strerror or error}); make it writable, "
            "or name another folder with --state"
        ) from error
    try:
        sweep(folder, "*.json")
        save(folder / _HOLDER, _introduction())
        yield
    finally:
        with contextlib.suppress(OSError):
            (folder / _HOLDER).unlink()
        lock.release()


def is_held(folder: Path) -> bool:
    """Tell whether a job works with a state folder now."""
    lock = FileLock(folder / _LOCK)
    try:
        lock.acquire(timeout=0)
    except (Timeout, OSError):
        return True
    lock.release()
    return False


def _introduction() -> bytes:
    since = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": since}).encode() + b"\n"


def _holder(folder: Path) -> str:
    """Return who holds the lock, in brackets; nothing if that can't be read."""
    try:
        told = json.loads((folder / _HOLDER).read_bytes())
        return f" (pid {told['pid']} on {told['host']}, since {told['since']})"
    except (OSError, ValueError, TypeError, KeyError):
        return ""
