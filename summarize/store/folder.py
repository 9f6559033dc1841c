"""The folder as the job knows it: which files are new, changed, moved or gone, read once each.

Contract: a file is read when its size, times or inode, or the options that it was read with, differ from what
the store has, and only once it is quiet: a file that is still being written, or replaced while it is read,
waits for the next run. Texts are kept by the SHA-256 of their bytes, so that a moved file is the same
article. The articles of a file that holds several come and go one by one. Decides nothing about news.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from summarize.config import ReadConfig
from summarize.errors import InputError, NothingToSummariseError
from summarize.reading import Extracted, Found, Reader, Reading, describe, find_files
from summarize.reading.extraction import Extraction, metadata_of, whole_name
from summarize.reading.languages import ANY
from summarize.reading.study import Recalling, afresh
from summarize.store import Store
from summarize.types import Failure, Metadata

_NEVER_READ = (0, 0, 0, 0)  # stamp of a file that could not be opened: it is tried again each time
QUIET_S = 2.0  # a file that did not change for so long is taken to be complete
_BATCH = 50  # files whose texts are written to the store at once
_SEEN = """
    INSERT INTO file (path, size, mtime_ns, ctime_ns, inode, reason, sha256, container, part, options)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (path) DO UPDATE SET size = excluded.size, mtime_ns = excluded.mtime_ns,
    ctime_ns = excluded.ctime_ns, inode = excluded.inode, reason = excluded.reason,
    container = excluded.container, part = excluded.part, options = excluded.options"""
_TAKEN_IN = """
    INSERT OR IGNORE INTO article (sha256, text, form, metadata, arrived) VALUES (?, ?, ?, ?, ?)"""
# Size, mtime and ctime in ns, inode. A program may set the mtime back after an edit, but not the ctime.
Stamp = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Folder:
    """What lies in the folder now, beside what the last finished run knew.

    ``sha_of`` has the articles that can be read, by path, and ``part_of`` those that are a part of a file;
    ``waiting`` are paths left for the next run; ``told`` is what the last finished run knew under each path.
    """

    sha_of: Mapping[str, str]
    part_of: Mapping[str, str]
    failures: tuple[Failure, ...]
    new: tuple[str, ...]
    changed: tuple[str, ...]
    moved: tuple[str, ...]
    gone: tuple[str, ...]
    waiting: tuple[str, ...]
    told: Mapping[str, str]

    @property
    def files(self) -> tuple[str, ...]:
        """The paths of the articles that can be read."""
        return tuple(self.sha_of)

    @property
    def is_unchanged(self) -> bool:
        """Tell whether the last finished run knew all of this, file names aside."""
        return not (self.new or self.changed or self.gone)


def look(
    store: Store,
    folder: Path,
    options: ReadConfig,
    now: datetime,
    sleep: Callable[[float], None] = time.sleep,
) -> Folder:
    """List a folder and take in what is new or changed.

    :raises InputError: if the folder does not exist.
    :raises NothingToSummariseError: if it is empty though the last run knew articles: a disk that is not
        mounted must not pass for a hundred withdrawn articles.
    """
    found, unlisted = find_files(folder, options)
    index, read_with = _index(store), _hash_of(options)
    if not found and any(row.told for row in index.values()):
        raise NothingToSummariseError(
            f"{folder}: holds no article, though the last run knew {len(index):,}; is the disk mounted? "
            "Nothing is withdrawn before an article is there again"
        )
    stamps = {f.name: stamp for f in found if (stamp := _stamp(f.path)) is not None}
    fresh = [
        f
        for f in found
        if f.name in stamps
        and (stamps[f.name] == _NEVER_READ or not _is_known(index.get(f.name), stamps[f.name], read_with))
    ]
    waiting = _restless(fresh, stamps, sleep)
    quiet = [f for f in fresh if f.name not in waiting]
    with Reader(options) as reader:
        for at in range(0, len(quiet), _BATCH):
            waiting |= _take_in(store, quiet[at : at + _BATCH], stamps, reader, now)
    unseen = {path for path in index if any(path.startswith(f"{failure.path}/") for failure in unlisted)}
    compared = _compared(store, unlisted, stamps.keys() | unseen, waiting | unseen)
    if compared.told and not compared.files:
        raise NothingToSummariseError(
            f"{folder}: none of its files can be read, though the last run knew {len(compared.told):,}; "
            "is the disk in order? Nothing is withdrawn before an article can be read again"
        )
    return compared


def read_again(
    store: Store, found: Folder, recall: Recalling = afresh, languages: tuple[str, ...] = (ANY,)
) -> Reading:
    """Make articles of the folder's files, from the texts that the store holds; no file is opened.

    :param languages: as in :func:`summarize.reading.read`.
    """
    rows = store.rows_of(
        "SELECT sha256, text, form, metadata, arrived FROM article WHERE sha256 IN (?)",
        set(found.sha_of.values()),
    )
    stored = {
        sha256: Extracted(_text(store, text), sha256, None, form, _metadata(metadata))
        for sha256, text, form, metadata, _ in rows
    }
    arrived = {sha256: datetime.fromisoformat(row[-1]) for sha256, *row in rows}
    loaded = [
        (name, replace(stored[sha256], part=found.part_of.get(name))) for name, sha256 in found.sha_of.items()
    ]
    reading = describe(loaded, found.failures, recall, languages)
    return replace(
        reading, articles=tuple(replace(a, arrived=arrived[found.sha_of[a.path]]) for a in reading.articles)
    )


def remember(store: Store, found: Folder) -> None:
    """Make this the folder that the last finished run knew, inside the caller's transaction.

    What is gone is forgotten as a file; its content stays.
    """
    present = found.sha_of.keys() | {f.path for f in found.failures} | set(found.waiting)
    rows = store.rows("SELECT path, container FROM file")
    present |= {container for path, container in rows if path in present}
    store.write_all("DELETE FROM file WHERE path = ?", [(p,) for p, _ in rows if p not in present])
    changed = [(found.sha_of.get(p), p) for p in present if found.told.get(p) != found.sha_of.get(p)]
    store.write_all("UPDATE file SET told = ? WHERE path = ?", changed)


def texts_of(store: Store, hashes: Iterable[str]) -> dict[str, str]:
    """Return stored texts by SHA-256; what was never stored is left out.

    :raises StoreError: if one was damaged.
    """
    rows = store.rows_of("SELECT sha256, text FROM article WHERE sha256 IN (?)", hashes)
    return {str(sha256): _text(store, text) for sha256, text in rows}


def _text(store: Store, packed: bytes) -> str:
    try:
        return zlib.decompress(packed).decode("utf-8", "surrogatepass")
    except (zlib.error, UnicodeDecodeError) as error:
        raise store.damaged() from error


def _metadata(packed: str | None) -> Metadata:
    return metadata_of(json.loads(packed)) if packed else Metadata()


@dataclass(frozen=True, slots=True)
class _Row:
    """What the store has of a file, or of a part of one; ``container`` is then the path of that file."""

    stamp: Stamp
    sha256: str | None
    reason: str | None
    told: str | None
    container: str | None
    part: str | None
    options: str | None


def _is_known(row: _Row | None, stamp: Stamp, options: str) -> bool:
    return row is not None and (row.stamp, row.options) == (stamp, options)


def _hash_of(options: ReadConfig) -> str:
    """Return what stands for the options that files are read with."""
    return hashlib.sha256(json.dumps(asdict(options), sort_keys=True).encode()).hexdigest()[:16]


def _index(store: Store) -> dict[str, _Row]:
    rows = store.rows(
        "SELECT path, size, mtime_ns, ctime_ns, inode, sha256, reason, told, container, part, options "
        "FROM file"
    )
    return {
        str(path): _Row((size, mtime, ctime, inode), *rest) for path, size, mtime, ctime, inode, *rest in rows
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
    store: Store, files: list[Found], stamps: Mapping[str, Stamp], reader: Reader, now: datetime
) -> set[str]:
    """Read files into the store; return those that changed since they were listed."""
    restless = set()
    rows: list[tuple[object, ...]] = []
    unread: list[tuple[object, ...]] = []
    texts: list[tuple[object, ...]] = []
    read: list[tuple[str, Extraction]] = []
    for file, result in zip(files, reader.extract_all(files), strict=True):
        before = stamps[file.name]
        if _stamp(file.path) != before:
            restless.add(file.name)
        elif isinstance(result, InputError) and isinstance(result.__cause__, OSError):
            unread.append((file.name, *_NEVER_READ, result.reason, None, None, None))
        else:
            rows += _rows_of(file.name, before, result)
            if not isinstance(result, InputError):
                texts += [_packed(e, now) for e in result.articles]
                read.append((file.name, result))
    read_with = _hash_of(reader.options)
    with store.transaction():
        store.write_all(_TAKEN_IN, texts)
        # What was a part of a file and is none any more is gone, unless it only left a feed at its end.
        past = [entry for at, result in read for entry in _past_entries(store, at, result)]
        emptied = [(row[0],) for row in rows if row[7] is None]
        store.write_all("UPDATE file SET sha256 = NULL, reason = NULL WHERE container = ?", emptied)
        store.write_all("UPDATE file SET sha256 = ? WHERE path = ?", past)
        store.write_all(f"{_SEEN}, sha256 = excluded.sha256", [(*row, read_with) for row in rows])
        # What such a file held stands meanwhile: a disk that fails withdraws nothing.
        store.write_all(_SEEN, [(*row, read_with) for row in unread])
    return restless


def _rows_of(name: str, stamp: Stamp, result: Extraction | InputError) -> list[tuple[object, ...]]:
    """Return the row of a file, and of each of its parts."""
    if isinstance(result, InputError):
        return [(name, *stamp, result.reason, None, None, None)]
    only = result.articles[0] if result.articles and result.articles[0].part is None else None
    rows: list[tuple[object, ...]] = [(name, *stamp, None, only and only.sha256, None, None)]
    for e in result.articles:
        if e.part is not None:
            rows.append((whole_name(name, e.part), *stamp, None, e.sha256, name, e.part))
    rows += [(f.path, *stamp, f.reason, None, name, f.path[len(name) + 1 :]) for f in result.failures]
    return rows


def _past_entries(store: Store, name: str, feed: Extraction) -> list[tuple[str, str]]:
    """Return content and path of the entries that a feed dropped at its end; what they said stands.

    A feed has room for its newest entries alone. One that is missing although older ones are still there was
    taken back; so was, as far as can be told, one without a time.
    """
    times = [time for e in feed.articles if e.form == "feed" and (time := _time(e.metadata)) is not None]
    if not times:
        return []
    here = {whole_name(name, e.part) for e in feed.articles}
    earlier = store.rows(
        "SELECT sha256, path, metadata FROM file JOIN article USING (sha256) WHERE container = ?", name
    )
    return [
        (sha256, path)
        for sha256, path, packed in earlier
        if path not in here and (time := _time(_metadata(packed))) is not None and time <= min(times)
    ]


def _time(metadata: Metadata) -> datetime | None:
    """Return when an article was published; of a day its beginning, in UTC."""
    if metadata.published is None:
        return None
    time = datetime.fromisoformat(metadata.published.value)
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _packed(extracted: Extracted, now: datetime) -> tuple[object, ...]:
    packed = zlib.compress(extracted.text.encode("utf-8", "surrogatepass"), 6)
    metadata = json.dumps(asdict(extracted.metadata)) if extracted.metadata != Metadata() else None
    return extracted.sha256, packed, extracted.form, metadata, now.isoformat()


def _compared(
    store: Store, unlisted: tuple[Failure, ...], present: Iterable[str], waiting: set[str]
) -> Folder:
    """Set what is there now beside what the last finished run knew.

    A file that waits is taken as it was: its old text, if there is one, is not withdrawn meanwhile.
    """
    index, listed = _index(store), set(present)
    here = {p: row for p, row in sorted(index.items()) if p in listed or row.container in listed}
    waiting = waiting | {p for p, row in here.items() if row.container in waiting}
    sha_of = {
        p: sha for p, row in here.items() if (sha := row.told if p in waiting else row.sha256) is not None
    }
    told = {p: row.told for p, row in index.items() if row.told is not None}
    known = set(told.values())
    failures = [
        Failure(p, row.reason) for p, row in here.items() if row.reason is not None and p not in waiting
    ]
    return Folder(
        sha_of=sha_of,
        part_of={p: part for p in sha_of if (part := index[p].part) is not None},
        failures=tuple(sorted((*unlisted, *failures), key=lambda f: f.path)),
        new=tuple(p for p, sha in sha_of.items() if p not in told and sha not in known),
        changed=tuple(p for p, sha in sha_of.items() if p in told and sha != told[p]),
        moved=tuple(p for p, sha in sha_of.items() if p not in told and sha in known),
        gone=tuple(sorted(p for p, own in told.items() if p not in sha_of and own not in sha_of.values())),
        waiting=tuple(sorted(waiting)),
        told=told,
    )
