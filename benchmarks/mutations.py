"""Mutations: real files → hostile ones, each made from a seed and a number alone.

A mutation changes bytes as damage and malice do: flips, cuts, splices, repeats, nests, lies about lengths,
breaks encodings. What is compressed (a .docx's parts, an archive's members, a PDF's streams) is also mutated
inside and packed again, since a flipped bit of compressed data only fails a checksum.
"""

from __future__ import annotations

import gzip
import io
import lzma
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

MAX_BYTES = 4_000_000  # of a mutated file; larger ones test the limit on bytes alone
_NUMBERS = (0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)
_INVALID = (
    *(b"\xff", b"\xfe\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\xe2\x82", b"\x80"),
    b"\xf4\x90\x80\x80",
)
_ODD = (
    *("\0", "\x1b[2J", "\x7f", "\x85", "\u200b", "\u200f", "\u202e", "\u2066", "\u2028", "\ufeff", "\ufffe"),
    *("&#0;", "&#xD800;", "&#x110000;", "&#x202E;", "&nbsp", "\\ud800", "\\u0000", "=00", "=ED=A0=80", "%00"),
    *("]]>", "<!--", "-->", "<![CDATA[", "<?xml version='1.0' encoding='utf-16'?>", "\r", "e\u0301" * 50),
    *(
        "---\n",
        "```\n",
        '"',
        "'",
        "\\",
        "{",
        "}",
        "&lol;",
        "<!DOCTYPE x [<!ENTITY lol 'lol'>]>",
        "\n\n",
        "1e999",
    ),
)
_NESTS = (
    *(b"<div>", b"<p>", b"<b><i>", b"<table><tr><td>", b"<blockquote>", b"<ul><li>", b"<item>", b"<p a='"),
    *(b"[", b'{"a":', b'[{"b":[', b"(", b"<<", b"> ", b"multipart/mixed; boundary=", b"<w:tbl><w:tr><w:tc>"),
)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.S)
Bytes = Callable[[bytes, random.Random, Sequence["Sample"]], bytes]


@dataclass(frozen=True, slots=True)
class Sample:
    """A file that is read as it should be."""

    name: str
    data: bytes

    @property
    def suffix(self) -> str:
        return Path(self.name).suffix.lower()


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file made of a sample, and how."""

    number: int
    name: str
    data: bytes
    how: str


def samples_in(folders: Sequence[Path], suffixes: Sequence[str]) -> list[Sample]:
    """Return the files of some folders, and archives made of them."""
    paths = sorted(p for folder in folders for p in folder.rglob("*") if p.suffix.lower() in suffixes)
    kept = [p for p in paths if not p.name.endswith((".expected.json", ".body.txt", "README.md"))]
    samples = [Sample(p.name, p.read_bytes()) for p in kept]
    return [*samples, *_archives(samples)]


def _archives(samples: list[Sample]) -> list[Sample]:
    small = [s for s in samples if len(s.data) < 60_000]
    one_of_each = list({s.suffix: s for s in small}.values())
    inner = _zip([(s.name, s.data) for s in one_of_each])
    made = [Sample("all.zip", inner), Sample("nested.zip", _zip([("all.zip", inner), ("a.txt", b"A text.")]))]
    made += [Sample(f"{s.name}.gz", gzip.compress(s.data, mtime=0)) for s in one_of_each[:4]]
    return made + [Sample(f"{s.name}.xz", lzma.compress(s.data)) for s in one_of_each[:4]]


def _zip(members: Sequence[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def mutant(samples: Sequence[Sample], seed: int, number: int) -> Mutant:
    """Make one hostile file; the same for the same samples, seed and number."""
    rng = random.Random(f"{seed}/{number}")
    by_suffix: dict[str, list[Sample]] = {}
    for s in samples:
        by_suffix.setdefault(s.suffix, []).append(s)
    sample = rng.choice(by_suffix[rng.choice(sorted(by_suffix))])
    names, data = [], sample.data
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        mutate = rng.choice(MUTATIONS)
        inside = _INSIDE.get(sample.suffix) if rng.random() < 0.7 else None
        data = (inside(mutate, data, rng, samples) if inside else mutate(data, rng, samples))[:MAX_BYTES]
        names.append(mutate.__name__.strip("_") + (" inside" if inside else ""))
    suffix = sample.suffix
    if rng.random() < 0.06:
        suffix = rng.choice(sorted(by_suffix))
        names.append(f"called {suffix}")
    stem = sample.name.removesuffix(Path(sample.name).suffix)
    return Mutant(number, f"{number:06d}_{stem}{suffix}", data, f"{sample.name}: {', '.join(names)}")


def _place(data: bytes, rng: random.Random) -> int:
    """Choose a place; often the start, where formats say what they are, or the border of a tag."""
    kind = rng.random()
    if kind < 0.25:
        return rng.randrange(min(len(data), 400) + 1)
    at = rng.randrange(len(data) + 1)
    if kind < 0.6:
        border = max(data.rfind(b">", 0, at), data.rfind(b"\n", 0, at), data.rfind(b'"', 0, at))
        return border + 1
    return at


def _flip_bits(data: bytes, rng: random.Random, samples: Sequence[Sample]) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 4, 30)) if changed else 0):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _truncate(data: bytes, rng: random.Random, samples: Sequence[Sample]) -> bytes:
    at = _place(data, rng)
    return data[:at] if rng.random() < 0.8 else data[at:]


def _splice(data: bytes, rng: random.Random, samples: Sequence[Sample]) -> bytes:
    other = rng.choice(samples).data
    return data[: _place(data, rng)] + other[_place(other, rng) :]


def _repeat(data: bytes, rng: random.Random, samples: Sequence[Sample]) -> bytes:
    start = _place(data, rng)
    block = data[start : start + rng.choice((1, 8, 100, 3000))]
    n = rng.choice((2, 50, 3000))
    return data[:start] + block * min(n, 1_000_000 // max(1, len(block))) + data[start:]


def _nest(data: bytes, rng: random.Random, samples: Sequence[Sample]) -> bytes:
    at = _place(data, rng)
    return data[:at] + rng.choice(_NESTS) * rng.choice((20, 600, 20_000)) + data[at:]


def _lie_about_length(data: bytes, rng: random.Random, samples: Sequence[Sample]) -> bytes:
    numbers = list(re.finditer(rb"\d+", data[:200_000]))
    if numbers and rng.random() < 0.5:
        found = rng.choice(numbers)
        lie = rng.choice((b"0", b"-1", b"4294967295", b"9" * 30, b"9" * 5000, b"1e308", b"NaN"))
        return data[: found.start()] + lie + data[found.end() :]
    at = rng.randrange(max(1, len(data) - 4))
    width = rng.choice((2, 4))
    number = rng.choice(_NUMBERS) & ((1 << 8 * width) - 1)
    return data[:at] + number.to_bytes(width, rng.choice(("little", "big"))) + data[at + width :]


def _break_encoding(data: bytes, rng: random.Random, samples: Sequence[Sample]) -> bytes:
    for _ in range(rng.choice((1, 5, 40))):
        at = _place(data, rng)
        data = data[:at] + rng.choice(_INVALID) + data[at:]
    return data


def _insert_odd(data: bytes, rng: random.Random, samples: Sequence[Sample]) -> bytes:
    for _ in range(rng.choice((1, 5, 40))):
        at = _place(data, rng)
        data = data[:at] + rng.choice(_ODD).encode("utf-8", "surrogatepass") + data[at:]
    return data


def _bloat(data: bytes, rng: random.Random, samples: Sequence[Sample]) -> bytes:
    """Insert something giant: an attribute, a word, a blank, a line of marks that patterns look for."""
    at = _place(data, rng)
    n = rng.choice((5_000, 100_000, 1_000_000))
    unit = rng.choice(
        (b"A", b" ", b"a ", b"\n", b". ", b"(", b"- ", b"1,", b"&amp;", b"\t", b"@a.", b"\xc2\xa0")
    )
    block = unit * (n // len(unit))
    if rng.random() < 0.3:
        block = b' x="' + block + b'"'
    return data[:at] + block + data[at:]


def _zero(data: bytes, rng: random.Random, samples: Sequence[Sample]) -> bytes:
    at = _place(data, rng)
    n = rng.choice((4, 64, 4096))
    return data[:at] + bytes(min(n, len(data) - at)) + data[at + n :]


def _swap(data: bytes, rng: random.Random, samples: Sequence[Sample]) -> bytes:
    a, b, c = sorted(_place(data, rng) for _ in range(3))
    return data[:a] + data[b:c] + data[a:b] + data[c:]


MUTATIONS: tuple[Bytes, ...] = (
    *(_flip_bits, _truncate, _splice, _repeat, _nest, _lie_about_length, _break_encoding, _insert_odd),
    *(_bloat, _zero, _swap),
)


def _in_zip(mutate: Bytes, data: bytes, rng: random.Random, samples: Sequence[Sample]) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [(i.filename, archive.read(i)) for i in archive.infolist()]
    except Exception:  # an earlier mutation broke it
        return mutate(data, rng, samples)
    # Half of the time the part that has the text.
    texts = [n for n, (name, _) in enumerate(members) if name.endswith("document.xml")]
    n = texts[0] if texts and rng.random() < 0.5 else rng.randrange(len(members))
    members[n] = (members[n][0], mutate(members[n][1], rng, samples))
    return _zip(members)


def _in_gzip(mutate: Bytes, data: bytes, rng: random.Random, samples: Sequence[Sample]) -> bytes:
    try:
        return gzip.compress(mutate(gzip.decompress(data), rng, samples), mtime=0)
    except Exception:
        return mutate(data, rng, samples)


def _in_xz(mutate: Bytes, data: bytes, rng: random.Random, samples: Sequence[Sample]) -> bytes:
    try:
        return lzma.compress(mutate(lzma.decompress(data), rng, samples))
    except Exception:
        return mutate(data, rng, samples)


def _in_pdf(mutate: Bytes, data: bytes, rng: random.Random, samples: Sequence[Sample]) -> bytes:
    """Mutate a stream, whose length then is a lie, which PDF readers mend."""
    streams = list(_STREAM.finditer(data))
    if not streams:
        return mutate(data, rng, samples)
    found = rng.choice(streams)
    try:
        changed = zlib.compress(mutate(zlib.decompress(found[1]), rng, samples))
    except zlib.error:
        changed = mutate(found[1], rng, samples)
    return data[: found.start(1)] + changed + data[found.end(1) :]


_INSIDE = {
    ".docx": _in_zip,
    ".zip": _in_zip,
    ".gz": _in_gzip,
    ".xz": _in_xz,
    ".pdf": _in_pdf,
}
