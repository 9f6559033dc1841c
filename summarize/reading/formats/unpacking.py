"""Unpack: ``.gz``, ``.xz`` and ``.zip`` → what they hold, within a budget of bytes.

Nothing is ever written to disk, so that no member's name leads anywhere; it only names a part.
"""

from __future__ import annotations

import gzip
import io
import lzma
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

_CHUNK = 1 << 20
_BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, ValueError, NotImplementedError)


class Budget:
    """How many bytes a file may still unpack to, over all that it holds."""

    def __init__(self, n_bytes: int) -> None:
        self.limit = self.left = n_bytes

    def read(self, file: IO[bytes], name: str) -> bytes:
        """Read to the end.

        :raises InputError: if that is more than is left.
        """
        pieces = []
        while piece := file.read(min(_CHUNK, self.left + 1)):
            self.left -= len(piece)
            if self.left < 0:
                raise InputError(
                    name,
                    f"unpacks to more than the limit of {self.limit:,} bytes; unpack it by hand or raise "
                    "read.max_unpacked_bytes",
                )
            pieces.append(piece)
        return b"".join(pieces)


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

    :raises InputError: if it is damaged, or unpacks to more than the budget has left.
    """
    if PurePosixPath(name).suffix.lower() != ".zip":
        yield Member(None, name[: -len(PurePosixPath(name).suffix)], _decompressed(data, name, budget))
        return
    yield from _unzip(data, name, options, budget)


def _decompressed(data: bytes, name: str, budget: Budget) -> bytes:
    opened = gzip.open if name.lower().endswith(".gz") else lzma.open
    try:
        with opened(io.BytesIO(data)) as file:
            return budget.read(cast("IO[bytes]", file), name)
    except _BROKEN as error:
        raise InputError(name, f"a damaged archive ({error}); fetch it again or remove it") from error


def _unzip(data: bytes, name: str, options: ReadConfig, budget: Budget) -> Iterator[Member]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [i for i in archive.infolist() if not i.is_dir() and _is_wanted(i.filename, options)]
            if len(infos) > options.max_articles:
                raise InputError(
                    name,
                    f"{len(infos):,} files, more than the limit of {options.max_articles:,}; split it or "
                    "raise read.max_articles",
                )
            for info in sorted(infos, key=lambda i: i.filename):
                yield Member(info.filename, info.filename, _member(archive, info, name, budget))
    except _BROKEN as error:
        raise InputError(name, f"a damaged archive ({error}); fetch it again or remove it") from error


def _is_wanted(member: str, options: ReadConfig) -> bool:
    pieces = PurePosixPath(member).parts
    is_hidden = any(piece.startswith((".", "__MACOSX")) for piece in pieces if piece != "..")
    return not is_hidden and is_wanted(member, options.suffixes)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, budget: Budget) -> bytes | Refused:
    if info.flag_bits & 1:
        return Refused("encrypted; unpack it by hand with its password")
    try:
        with archive.open(info) as file:
            return budget.read(file, name)
    except (RuntimeError, *_BROKEN) as error:
        return Refused(f"damaged in its archive ({error}); fetch the archive again or remove it")
