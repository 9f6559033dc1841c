"""The folder as the job knows it: which files are new, changed, moved or gone, read once each.

Contract: a file is read when its size, times or inode differ from what the store has, and only once it is
quiet: a file that is still being written, or replaced while it is read, waits for the next run. Texts are
kept by the SHA-256 of their bytes, so that a moved file is the same article. Decides nothing about news.
"""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from summarize.errors import InputError, NothingToSummariseError
from summarize.reading import Decoded, Found, Reading, ReadOptions, find_files, read_files
from summarize.reading.decoding import load
from summarize.reading.study import Recalling, afresh
from summarize.store import Store
from summarize.types import Failure

_NEVER_READ = (0, 0, 0, 0)  # stamp of a file that could not be opened: it is tried again each time
QUIET_S = 2.0  # a file that did not change for so long is taken to be complete
_BATCH = 50  # files whose texts are written to the store at once
_SEEN = """
    INSERT INTO file (path, size, mtime_ns, ctime_ns, inode, reason, sha256) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (path) DO UPDATE SET size = excluded.size, mtime_ns = excluded.mtime_ns,
    ctime_ns = excluded.ctime_ns, inode = excluded.inode, reason = excluded.reason"""
# Size, mtime and ctime in ns, inode. A program may set the mtime back after an edit, but not the ctime.
Stamp = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Folder:
    """What lies in the folder now, beside what the last finished run knew.

    ``files`` are those that can be read, with the SHA-256 of each; ``waiting`` are paths left for the next
    run; ``told`` is what the last finished run knew under each path.
    """

    files: tuple[Found, ...]
    sha_of: Mapping[str, str]
    failures: tuple[Failure, ...]
    new: tuple[str, ...]
    changed: tuple[str, ...]
    moved: tuple[str, ...]
    gone: tuple[str, ...]
    waiting: tuple[str, ...]
    told: Mapping[str, str]

    @property
    def is_unchanged(self) -> bool:
        """Tell whether the last finished run knew all of this, file names aside."""
        return not (self.new or self.changed or self.gone)


def look(
    store: Store,
    folder: Path,
    options: ReadOptions,
    now: datetime,
    sleep: Callable[[float], None] = time.sleep,
) -> Folder:
    """List a folder and take in what is new or changed.

    :raises InputError: if the folder does not exist.
    :raises NothingToSummariseError: if it is empty though the last run knew articles: a disk that is not
        mounted must not pass for a hundred withdrawn articles.
    """
    found, unlisted = find_files(folder, options.suffixes)
    index = _index(store)
    if not found and any(told for *_, told in index.values()):
        raise NothingToSummariseError(
            f"{folder}: holds no article, though the last run knew {len(index):,}; is the disk mounted? "
            "Nothing is withdrawn before an article is there again"
        )
    stamps = {f.name: stamp for f in found if (stamp := _stamp(f.path)) is not None}
    fresh = [
        f
        for f in found
        if f.name in stamps
        and (stamps[f.name] == _NEVER_READ or stamps[f.name] != index.get(f.name, (None,))[0])
    ]
    waiting = _restless(fresh, stamps, sleep)
    quiet = [f for f in fresh if f.name not in waiting]
    for at in range(0, len(quiet), _BATCH):
        waiting |= _take_in(store, quiet[at : at + _BATCH], stamps, options.max_bytes, now)
    unseen = [
        Found(path, folder / path)
        for path in index
        if any(path.startswith(f"{failure.path}/") for failure in unlisted)
    ]
    compared = _compared(
        store,
        tuple(sorted({*found, *unseen}, key=lambda f: f.name)),
        unlisted,
        stamps.keys() | {f.name for f in unseen},
        waiting | {f.name for f in unseen},
    )
    if compared.told and not compared.files:
        raise NothingToSummariseError(
            f"{folder}: none of its files can be read, though the last run knew {len(compared.told):,}; "
            "is the disk in order? Nothing is withdrawn before an article can be read again"
        )
    return compared


def read_again(store: Store, found: Folder, recall: Recalling = afresh) -> Reading:
    """Make articles of the folder's files, from the texts that the store holds; no file is opened."""
    texts = texts_of(store, found.sha_of.values())
    return read_files(
        found.files,
        found.failures,
        lambda f: Decoded(texts[found.sha_of[f.name]], found.sha_of[f.name]),
        recall,
    )


def remember(store: Store, found: Folder) -> None:
    """Make this the folder that the last finished run knew, inside the caller's transaction.

    What is gone is forgotten as a file; its content stays.
    """
    present = found.sha_of.keys() | {f.path for f in found.failures} | set(found.waiting)
    rows = store.rows("SELECT path FROM file")
    store.write_all("DELETE FROM file WHERE path = ?", [(p,) for (p,) in rows if p not in present])
    changed = [(found.sha_of.get(p), p) for p in present if found.told.get(p) != found.sha_of.get(p)]
    store.write_all("UPDATE file SET told = ? WHERE path = ?", changed)


def texts_of(store: Store, hashes: Iterable[str]) -> dict[str, str]:
    """Return stored texts by SHA-256; what was never stored is left out.

    :raises StoreError: if one was damaged.
    """
    rows = store.rows_of("SELECT sha256, text FROM article WHERE sha256 IN (?)", hashes)
    try:
        return {str(sha256): zlib.decompress(text).decode("utf-8", "surrogatepass") for sha256, text in rows}
    except (zlib.error, UnicodeDecodeError) as error:
        raise store.damaged() from error


def _index(store: Store) -> dict[str, tuple[Stamp, str | None, str | None, str | None]]:
    rows = store.rows("SELECT path, size, mtime_ns, ctime_ns, inode, sha256, reason, told FROM file")
    return {
        str(path): ((size, mtime, ctime, inode), sha, reason, told)
        for path, size, mtime, ctime, inode, sha, reason, told in rows
    }


def _stamp(path: Path) -> Stamp | None:
    """Return the stamp of a file; None if it is gone."""
    try:
        status = os.stat(path)
    except OSError:
        return _NEVER_READ if os.path.lexists(path) else None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _restless(fresh: list[Found], stamps: Mapping[str, Stamp], sleep: Callable[[float], None]) -> set[str]:
    """Return the files that are being written: they changed lately, and change while we wait.

    A time in the future counts as lately, since clocks differ between machines and jump.
    """
    lately = time.time_ns() - QUIET_S * 1e9
    recent = [f for f in fresh if stamps[f.name][1] > lately]
    if not recent:
        return set()
    sleep(QUIET_S)
    return {f.name for f in recent if _stamp(f.path) != stamps[f.name]}


def _take_in(
    store: Store, files: list[Found], stamps: Mapping[str, Stamp], max_bytes: int, now: datetime
) -> set[str]:
    """Read files into the store; return those that changed since they were listed."""
    restless = set()
    rows: list[tuple[object, ...]] = []
    unread: list[tuple[object, ...]] = []
    texts: list[tuple[object, ...]] = []
    for file in files:
        before = stamps[file.name]
        sha256 = reason = None
        is_closed = False
        try:
            decoded = load(file.path, file.name, max_bytes)
            sha256 = decoded.sha256
        except InputError as error:
            reason = error.reason
            is_closed = isinstance(error.__cause__, OSError)
        if _stamp(file.path) != before:
            restless.add(file.name)
            continue
        if is_closed:
            unread.append((file.name, *_NEVER_READ, reason, None))
            continue
        rows.append((file.name, *before, reason, sha256))
        if sha256 is not None:
            packed = zlib.compress(decoded.text.encode("utf-8", "surrogatepass"), 6)
            texts.append((sha256, packed, now.isoformat()))
    with store.transaction():
        store.write_all("INSERT OR IGNORE INTO article (sha256, text, arrived) VALUES (?, ?, ?)", texts)
        store.write_all(f"{_SEEN}, sha256 = excluded.sha256", rows)
        # What such a file held stands meanwhile: a disk that fails withdraws nothing.
        store.write_all(_SEEN, unread)
    return restless


def _compared(
    store: Store,
    found: tuple[Found, ...],
    unlisted: tuple[Failure, ...],
    present: Iterable[str],
    waiting: set[str],
) -> Folder:
    """Set what is there now beside what the last finished run knew.

    A file that waits is taken as it was: its old text, if there is one, is not withdrawn meanwhile.
    """
    index = _index(store)
    here = set(present) & index.keys()
    sha_of = {
        path: sha for path in sorted(here) if (sha := _current(index[path], path in waiting)) is not None
    }
    told = {path: own for path, (*_, own) in index.items() if own is not None}
    known = set(told.values())
    gone = [p for p, own in told.items() if p not in sha_of and own not in sha_of.values()]
    new = [p for p, sha in sha_of.items() if p not in told and sha not in known]
    changed = [p for p, sha in sha_of.items() if p in told and sha != told[p]]
    moved = [p for p, sha in sha_of.items() if p not in told and sha in known]
    failures = [
        Failure(path, str(index[path][2])) for path in sorted(here) if index[path][2] and path not in waiting
    ]
    files = tuple(f for f in found if f.name in sha_of)
    every = tuple(sorted((*unlisted, *failures), key=lambda f: f.path))
    return Folder(
        files,
        sha_of,
        every,
        tuple(new),
        tuple(changed),
        tuple(moved),
        tuple(sorted(gone)),
        tuple(sorted(waiting)),
        told,
    )


def _current(row: tuple[Stamp, str | None, str | None, str | None], is_waiting: bool) -> str | None:
    _, sha256, _, told = row
    return told if is_waiting else sha256
