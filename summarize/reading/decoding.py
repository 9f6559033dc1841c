"""Decode: one file's bytes → its text, untouched: newlines, byte order mark and all.

Knows nothing of news. What can't be text (images, archives, other binaries, nothing at all) is
refused with the reason and what to do about it.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import re
import stat
from pathlib import Path

from charset_normalizer import from_bytes

from summarize.errors import InputError
from summarize.reading.briefs import REASON, is_brief
from summarize.reading.extraction import Extracted

SAMPLE_BYTES = 64_000  # enough to guess an encoding by
MAX_CONTROL_SHARE = 0.02  # of the bytes; plain text has none, compressed data about 0.1
FEW_CONTROLS = 8  # stray control bytes that a short text may have whatever their share
_MAGIC = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"RIFF": "a sound, film or WebP file",
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP archive or office document",
    b"\x1f\x8b": "a gzip archive",
    b"\xfd7zXZ": "an xz archive",
    b"BZh": "a bzip2 archive",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"\x7fELF": "a program",
    b"OggS": "a sound file",
    b"ID3": "a sound file",
    b"SQLite format 3": "a database",
}
# Of what can be read under its right name.
_ENDING = {
    "a PDF": "….pdf",
    "a ZIP archive or office document": "….zip or ….docx",
    "a gzip archive": "….gz",
    "an xz archive": "….xz",
}
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\b\x1b") + b"\x7f"
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_STRAY = "summarize.stray"


def load(path: Path, name: str, max_bytes: int) -> Extracted:
    """Read and decode one file.

    :param name: what to call the file in errors.
    :raises InputError: if it can't be read, is too large, empty or no text.
    """
    data = read_bytes(path, name, max_bytes)
    return Extracted(decode_text(data, name), hashlib.sha256(data).hexdigest())


def decode_text(data: bytes, name: str) -> str:
    """Decode as :func:`decode` does.

    :raises InputError: if there is no text, or nothing visible in it, or a brief.
    """
    text = decode(data, name)
    if not text.strip().strip("\ufeff\x00"):
        raise InputError(name, "empty; remove it or put an article in it")
    if is_brief(text):
        raise InputError(name, REASON)
    return text


def decode(data: bytes, name: str) -> str:
    """Decode bytes as UTF-8, UTF-16 or UTF-32 by their mark, else as what they look most like.

    A UTF-8 text with stray bytes of a Western encoding stays UTF-8; the stray bytes alone are read
    as Windows-1252.

    :raises InputError: if the bytes are no text.
    """
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            remedy = f"call it {_ENDING[kind]}" if kind in _ENDING else "convert it to text"
            raise InputError(name, f"{kind}, not text; {remedy} or remove it")
    encoding = next((e for bom, e in _BOMS if data.startswith(bom)), None) or _unmarked_utf16(data)
    if encoding:
        return data.decode(encoding, "replace")
    n_controls = len(data) - len(data.translate(None, _CONTROLS))
    is_many = n_controls > FEW_CONTROLS and n_controls > MAX_CONTROL_SHARE * len(data)
    if is_many or n_controls * 4 > len(data):
        raise InputError(name, "binary data, not text; convert it to text or remove it")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(data)


def read_bytes(path: Path, name: str, max_bytes: int) -> bytes:
    """Read a file's bytes.

    :raises InputError: if it can't be read, is no regular file or too large.
    """
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            raise InputError(name, "not a regular file; remove it from the folder")
        if status.st_size > max_bytes:
            limit = f"{status.st_size:,} bytes, more than the limit of {max_bytes:,}"
            reason = f"{limit}; split it or raise read.max_bytes"
            raise InputError(name, reason)
        with open(path, "rb") as file:
            return file.read(status.st_size)
    except FileNotFoundError as error:
        raise InputError(name, "gone since the folder was listed; run again if it comes back") from error
    except OSError as error:
        raise InputError(name, f"can't be read ({error.strerror}); check its permissions") from error


def _unmarked_utf16(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark: in Western text every other byte is zero."""
    sample = data[:SAMPLE_BYTES]
    half = len(sample) // 2
    if half < 4 or len(data) % 2:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _decode_other(data: bytes) -> str:
    mixed = data.decode("utf-8", _STRAY)
    valid = data.decode("utf-8", "ignore")
    n_stray = len(mixed) - len(valid)
    n_proper = sum(1 for c in valid if c > "\x7f")
    if n_stray <= n_proper:
        return mixed
    first = _NOT_ASCII.search(data)
    start = max(0, first.start() - SAMPLE_BYTES // 2) if first else 0
    best = from_bytes(data[start : start + SAMPLE_BYTES]).best()
    return data.decode(best.encoding if best else "cp1252", "replace")


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_STRAY, _as_windows_1252)
