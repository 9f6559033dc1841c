"""The store: what a scheduled job remembers from run to run, in one SQLite file.

Contract: everything that a run learns is written in one transaction, so that a run that was cut off has
left nothing behind but cached work. A file that can't be used ends the run with a message; it is never
mended, replaced or emptied silently.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from summarize.errors import SummarizeError
from summarize.saving import sync_folder
from summarize.store.schema import MIGRATIONS, VERSION

FILE = "state.sqlite"
BACKUP = "state.sqlite.backup"
_BUSY_S = 10.0
_CHUNK = 500  # keys of one question
_LAST_BRIEF = "SELECT max(id) FROM run WHERE outcome = 'brief'"


class StoreError(SummarizeError):
    """The state file can't be used."""


class Store:
    """An open state file.

    :ivar folder: the state folder that it lies in.
    """

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._connection = connection
        self.folder = folder

    @property
    def path(self) -> Path:
        return self.folder / FILE

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return all rows that a query finds.

        :raises StoreError: if the file is damaged or can't be read.
        """
        with self._told():
            return self._connection.execute(query, values).fetchall()

    def rows_of(self, query: str, keys: Iterable[object], *values: object) -> list[tuple[Any, ...]]:
        """Return the rows of many keys, which stand for ``(?)`` in the query; other values come first."""
        wanted = list(dict.fromkeys(keys))
        found: list[tuple[Any, ...]] = []
        for at in range(0, len(wanted), _CHUNK):
            part = wanted[at : at + _CHUNK]
            found += self.rows(query.replace("(?)", f"({','.join('?' * len(part))})"), *values, *part)
        return found

    def write(self, query: str, *values: object) -> int:
        """Run one statement and return the id of the row that it made."""
        with self._told():
            return self._connection.execute(query, values).lastrowid or 0

    def write_all(self, query: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Run one statement for each row."""
        with self._told():
            self._connection.executemany(query, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all that happens inside, or nothing of it."""
        with self._told():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):  # SQLite rolls back by itself when the disk is full
                    self._connection.execute("ROLLBACK")
                raise

    def back_up(self) -> None:
        """Copy the file beside itself, in one step; it stands in for one that gets damaged.

        :raises StoreError: if the copy can't be written; an older copy then stays.
        """
        partial = self.folder / f"{BACKUP}.partial"
        with self._told():
            for name in (partial.name, f"{partial.name}-journal"):  # of a process that was killed here
                (self.folder / name).unlink(missing_ok=True)
            copy = sqlite3.connect(partial)
            try:
                self._connection.backup(copy)
            finally:
                copy.close()
            with open(partial, "rb") as file:
                os.fsync(file.fileno())
            os.replace(partial, self.folder / BACKUP)
            sync_folder(self.folder)

    def is_backed_up(self) -> bool:
        """Tell whether the copy knows the last brief."""
        with self._told():
            mine = self._connection.execute(_LAST_BRIEF).fetchall()
        try:
            uri = (self.folder / BACKUP).absolute().as_uri()
            # As something that nobody changes: no file is made beside it.
            with contextlib.closing(sqlite3.connect(f"{uri}?mode=ro&immutable=1", uri=True)) as copy:
                return copy.execute(_LAST_BRIEF).fetchall() == mine
        except sqlite3.Error:
            return mine == [(None,)]

    def damaged(self) -> StoreError:
        """Return the error for contents that can't be understood."""
        return StoreError(f"{self.path}: {_damaged(self.folder)}")

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn SQLite's errors into messages for people."""
        try:
            yield
        except (sqlite3.ProgrammingError, sqlite3.IntegrityError):
            raise  # a defect of this program, for which nobody should throw a state away
        except sqlite3.DatabaseError as error:
            raise StoreError(f"{self.path}: {_remedy(error, self.folder)}") from error
        except OSError as error:
            raise StoreError(f"{self.folder}: can't be written ({error.strerror})") from error


@contextmanager
def open_store(folder: Path) -> Iterator[Store]:
    """Open the state file of a folder, making both if they are new.

    :raises StoreError: if the file is damaged, of a newer version, or its folder can't be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _refuse_lost(folder)
        connection = sqlite3.connect(folder / FILE, timeout=_BUSY_S, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            f"{folder}: the state can't be kept there ({error}); choose another place with --state"
        ) from error
    store = Store(connection, folder)
    try:
        _prepare(store)
        yield store
    finally:
        store.close()


def _refuse_lost(folder: Path) -> None:
    """Refuse to begin anew where a copy tells that there was a file, now gone or cut to nothing."""
    path = folder / FILE
    if (folder / BACKUP).is_file() and not (path.is_file() and path.stat().st_size):
        raise StoreError(f"{path}: {_damaged(folder)}")


def _prepare(store: Store) -> None:
    ((version,),) = store.rows("PRAGMA user_version")
    assert isinstance(version, int)
    if version > VERSION:
        raise StoreError(
            f"{store.path}: was written by a newer version of summarize (state {version}, this one knows "
            f"{VERSION}); upgrade summarize, or choose another place with --state"
        )
    store.rows("PRAGMA journal_mode = WAL")
    store.rows("PRAGMA synchronous = FULL")
    store.rows("PRAGMA foreign_keys = OFF")  # rows refer to each other within one transaction
    if version and store.rows("PRAGMA quick_check(1)") != [("ok",)]:
        raise store.damaged()
    for number in range(version, VERSION):
        with store.transaction():
            for statement in MIGRATIONS[number].split(";"):
                store.write(statement)
            store.write(f"PRAGMA user_version = {number + 1}")


def _remedy(error: sqlite3.DatabaseError, folder: Path) -> str:
    # Without a code: Python could not decode a text. The higher bits say more closely what it was.
    match getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF:
        case sqlite3.SQLITE_FULL:
            return "no space left on the disk; free some, the next run goes on from here"
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return f"can't be written ({error}); change its permissions, or choose another place with --state"
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return "is in use by another program; end that one first"
        case sqlite3.SQLITE_IOERR:
            return f"can't be read or written ({error}); see whether its disk is full or failing"
    return _damaged(folder)


def _damaged(folder: Path) -> str:
    if (folder / BACKUP).is_file():
        # Each file by its name: with a star the copy would be removed too.
        files = " ".join(shlex.quote(str(folder / f"{FILE}{end}")) for end in ("", "-wal", "-shm"))
        copy, state = (shlex.quote(str(folder / name)) for name in (BACKUP, FILE))
        return (
            "is damaged or gone; put the copy of the last brief's state in its place: "
            f"rm -f {files} && cp {copy} {state}"
        )
    return "is damaged; move it away, and the next run reads everything anew and calls all of it new"
