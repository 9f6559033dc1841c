"""Unpack: ``.gz``, ``.xz`` and ``.zip`` → what they hold, within a budget of bytes and files.

Nothing is ever written to disk, so that no member's name leads anywhere; it only names a part, and is made
fit to be shown. Sizes that an archive states are not believed: what is counted is what it unpacks to.
"""

from __future__ import annotations

import gzip
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, cast

from summarize.config import ReadConfig
from summarize.errors import InputError
from summarize.reading.discovery import COMPRESSED, is_wanted
from summarize.reading.formats.contents import Refused
from summarize.reading.formats.fitness import visible
from summarize.reading.formats.naming import member_names

_CHUNK = 1 << 20
_MAX_DETAIL = 120  # characters of a library's message
_UTF8_NAME = 0x800  # the flag of a member whose name is in UTF-8
_BROKEN = (
    *(OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, struct.error),
    *(ValueError, OverflowError, IndexError, NotImplementedError),
)


class OverBudgetError(InputError):
    """A file holds more than it may; that costs all of it, wherever in it that shows."""


class Budget:
    """How many bytes a file may still unpack to, and how many files it may hold, over all archives in it."""

    def __init__(self, n_bytes: int, n_files: int) -> None:
        self.max_bytes = self.bytes_left = n_bytes
        self.max_files = self.files_left = n_files

    def read(self, file: IO[bytes], name: str) -> bytes:
        """Read to the end.

        :raises OverBudgetError: if that is more than is left.
        """
        pieces = []
        while piece := file.read(min(_CHUNK, self.bytes_left + 1)):
            self.bytes_left -= len(piece)
            if self.bytes_left < 0:
                raise OverBudgetError(
                    name,
                    f"unpacks to more than the limit of {self.max_bytes:,} bytes; unpack it by hand or raise "
                    "read.max_unpacked_bytes",
                )
            pieces.append(piece)
        return b"".join(pieces)

    def count(self, n_files: int, name: str) -> None:
        """Count the files of an archive.

        :raises OverBudgetError: if there are more than are left.
        """
        self.files_left -= n_files
        if self.files_left < 0:
            raise OverBudgetError(
                name,
                f"holds more than the limit of {self.max_files:,} files; split it or raise read.max_articles",
            )


@dataclass(frozen=True, slots=True)
class Member:
    """What an archive holds under a name; ``part`` is None in a format that holds one thing only."""

    part: str | None
    name: str
    held: bytes | Refused


def is_archive(name: str) -> bool:
    """Tell by its name whether a file has to be unpacked."""
    return PurePosixPath(name).suffix.lower() in (*COMPRESSED, ".zip")


def unpack(data: bytes, name: str, options: ReadConfig, budget: Budget) -> Iterator[Member]:
    """Yield what an archive holds, members of no known format left out.

    :raises InputError: if it is damaged, holds nothing of a known format, or more than the budget has left.
    """
    if PurePosixPath(name).suffix.lower() != ".zip":
        yield Member(None, name[: -len(PurePosixPath(name).suffix)], _decompressed(data, name, budget))
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from _unzip(archive, name, options, budget)
    except _BROKEN as error:
        raise _damaged(name, error) from error


def _decompressed(data: bytes, name: str, budget: Budget) -> bytes:
    opened = gzip.open if name.lower().endswith(".gz") else lzma.open
    try:
        with opened(io.BytesIO(data)) as file:
            return budget.read(cast("IO[bytes]", file), name)
    except _BROKEN as error:
        raise _damaged(name, error) from error


def _damaged(name: str, error: Exception) -> InputError:
    return InputError(name, f"a damaged archive ({_said(error)}); fetch it again or remove it")


def _said(error: Exception) -> str:
    return visible(str(error))[:_MAX_DETAIL] or type(error).__name__


def _unzip(archive: zipfile.ZipFile, name: str, options: ReadConfig, budget: Budget) -> Iterator[Member]:
    held = [(_path(info), info) for info in archive.infolist()]
    wanted = sorted((pair for pair in held if _is_wanted(pair[0], options)), key=lambda pair: pair[0])
    if not wanted:
        raise InputError(name, "an archive without an article in it; remove it or put one in it")
    budget.count(len(wanted), name)
    parts = member_names([path for path, _ in wanted])
    for part, (path, info) in zip(parts, wanted, strict=True):
        yield Member(part, path, _member(archive, info, name, budget))


def _path(info: zipfile.ZipInfo) -> str:
    """Return a member's path, with the separators of every system as one.

    A name without the flag for UTF-8 is in code page 437 by the standard, but archives made on a Mac have
    UTF-8 there: what is valid UTF-8 is taken for it.
    """
    path = info.filename
    if not info.flag_bits & _UTF8_NAME:
        try:
            path = path.encode("cp437").decode("utf-8")
        except UnicodeError:
            path = info.filename
    return path.replace("\\", "/")


def _is_wanted(path: str, options: ReadConfig) -> bool:
    if path.endswith("/"):
        return False
    pieces = PurePosixPath(path).parts
    is_hidden = any(piece.startswith((".", "__MACOSX")) for piece in pieces if piece != "..")
    return not is_hidden and is_wanted(path, options.suffixes)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, budget: Budget) -> bytes | Refused:
    if info.flag_bits & 1:
        return Refused("encrypted; unpack it by hand with its password")
    try:
        with archive.open(info) as file:
            return budget.read(file, name)
    except (RuntimeError, *_BROKEN) as error:
        return Refused(f"damaged in its archive ({_said(error)}); fetch the archive again or remove it")
