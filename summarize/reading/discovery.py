"""Discover: a folder, or a list of files → the files to read, each once, in a fixed order.

Hidden files and folders are skipped. Links are followed inside the folder; one that leads out of it is
named and left alone, unless the options say otherwise. A loop of links ends where it meets a folder that was
already visited. Knows nothing of what is inside a file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from summarize.config import ReadConfig
from summarize.errors import InputError
from summarize.reading.briefs import TEXTS_REASON, are_texts
from summarize.types import Failure

COMPRESSED = (".gz", ".xz")  # one file each, whose name is what is left without the ending
_OUT_OF_FOLDER = "a link out of the folder; copy the file into it, or set read.follow_links"


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: where it is, and the relative path by which the brief will name it."""

    name: str
    path: Path


def find_files(
    folder: Path | list[Path], options: ReadConfig
) -> tuple[tuple[Found, ...], tuple[Failure, ...]]:
    """List the files to read, sorted by relative path.

    A file that a caller names himself is taken whatever its suffix.

    :return: the files, and what could not be listed.
    :raises InputError: if the folder does not exist or is no folder.
    """
    if isinstance(folder, list):
        return _find_listed(folder, options)
    if folder.is_file():
        return _find_listed([folder], options)
    if not folder.is_dir():
        raise InputError(
            str(folder), "no such folder; check the spelling, or create it and put articles in it"
        )
    failures: list[Failure] = []
    found = [Found(p.relative_to(folder).as_posix(), p) for p in _walk(folder, folder, options, failures)]
    return _each_once(found, failures)


def base_of(folder: Path | list[Path]) -> Path | None:
    """Return the folder that relative paths start from; None if listed files share no folder."""
    if isinstance(folder, list):
        parents = [os.path.abspath(p if p.is_dir() else p.parent) for p in folder]
        if not parents:
            return None
        try:
            common = Path(os.path.commonpath(parents))
        except ValueError:  # different drives
            return None
        return None if common == Path(common.anchor) else common
    return folder.parent if folder.is_file() else folder


def _find_listed(paths: list[Path], options: ReadConfig) -> tuple[tuple[Found, ...], tuple[Failure, ...]]:
    base, failures, found = base_of(paths), list[Failure](), list[Found]()
    for path in paths:
        files = _walk(path, path, options, failures) if path.is_dir() else (path,)
        for file in files:
            if file.parent != path and are_texts(file.parent.name, [file.name]):
                failures.append(Failure(_name(file, base), TEXTS_REASON))
            elif file.exists():
                found.append(Found(_name(file, base), file))
            else:
                failures.append(Failure(_name(file, base), "no such file; check the list"))
    return _each_once(found, failures)


def _name(path: Path, base: Path | None) -> str:
    if base is None:
        return path.as_posix()
    return Path(os.path.relpath(path, base)).as_posix()


def _walk(folder: Path, root: Path, options: ReadConfig, failures: list[Failure]) -> Iterator[Path]:
    pending, visited = [folder], set[str]()
    base = os.path.realpath(root)
    while pending:
        current = pending.pop()
        real = os.path.realpath(current)
        if real in visited:
            continue
        visited.add(real)
        try:
            entries = sorted(current.iterdir())
        except OSError as error:
            reason = f"folder can't be listed ({error.strerror}); change its permissions"
            failures.append(Failure(_name(current, root), reason))
            continue
        if current != root and are_texts(current.name, (e.name for e in entries)):
            failures.append(Failure(_name(current, root), TEXTS_REASON))
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            is_folder = entry.is_dir()
            if not (is_folder or is_wanted(entry.name, options.suffixes)):
                continue
            if entry.is_symlink() and not options.follow_links and _leads_out(entry, base):
                failures.append(Failure(_name(entry, root), _OUT_OF_FOLDER))
            elif is_folder:
                pending.append(entry)
            else:
                yield entry


def is_wanted(name: str, suffixes: tuple[str, ...]) -> bool:
    """Tell by its name whether a file is read; of a compressed one the ending below counts as well."""
    path = PurePath(name)
    if path.suffix.lower() in COMPRESSED and path.suffix.lower() in suffixes:
        path = path.with_suffix("")
    return path.suffix.lower() in suffixes


def _leads_out(link: Path, base: str) -> bool:
    target = os.path.realpath(link)
    try:
        return os.path.commonpath([base, target]) != base
    except ValueError:  # different drives
        return True


def _each_once(found: list[Found], failures: list[Failure]) -> tuple[tuple[Found, ...], tuple[Failure, ...]]:
    kept: dict[str, Found] = {}
    # A file's own name goes before the links to it.
    for file in sorted(found, key=lambda f: (f.path.is_symlink(), f.name)):
        if not _is_unicode(file.name):
            name = file.name.encode("utf-8", "backslashreplace").decode("utf-8")
            failures.append(Failure(name, "file name is not valid UTF-8; rename the file"))
            continue
        kept.setdefault(os.path.realpath(file.path), file)
    ordered = sorted(kept.values(), key=lambda f: f.name)
    return tuple(ordered), tuple(sorted(failures, key=lambda f: f.path))


def _is_unicode(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
