"""Archives: what is read from them, under which names, and where their limits are."""

from __future__ import annotations

import gzip
import io
import lzma
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from summarize.config import ReadConfig
from summarize.errors import InputError
from summarize.reading import read
from summarize.reading.extraction import Extraction
from summarize.reading.formats import extract
from summarize.reading.formats.naming import MAX_PATH, member_names

STORY = b"The harbour of Port Ellery reopened on Monday after repairs to both of its piers."
OPTIONS = ReadConfig()


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=method)
    return buffer.getvalue()


def parts(data: bytes, name: str = "a.zip", options: ReadConfig = OPTIONS) -> list[str | None]:
    return [e.part for e in extract(data, name, options).articles]


def failures(extraction: Extraction) -> dict[str, str]:
    return {f.path: f.reason for f in extraction.failures}


def refusal(data: bytes, name: str = "a.zip", options: ReadConfig = OPTIONS) -> str:
    with pytest.raises(InputError) as caught:
        extract(data, name, options)
    assert caught.value.path == name
    return caught.value.reason


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (gzip.compress(STORY), "a.txt.gz"),
        (gzip.compress(STORY[:20]) + gzip.compress(STORY[20:]), "a.txt.gz"),
        (lzma.compress(STORY), "a.txt.xz"),
        (lzma.compress(STORY[:20]) + lzma.compress(STORY[20:]), "a.txt.XZ"),
        (gzip.compress(lzma.compress(STORY)), "a.txt.xz.gz"),
    ],
    ids=["gzip", "gzip of two streams", "xz", "xz of two streams", "xz in gzip"],
)
def test_a_compressed_file_is_the_one_article_in_it(data: bytes, name: str) -> None:
    (article,) = extract(data, name, OPTIONS).articles
    assert (article.text.encode(), article.part) == (STORY, None)


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_each_file_of_a_zip_is_a_part_that_bears_its_path(method: int) -> None:
    data = zipped(("b.txt", STORY), ("in/a.txt", STORY), ("picture.png", b"?"), method=method)
    assert parts(data) == ["b.txt", "in/a.txt"]


def test_archives_in_archives_are_read_and_named_by_the_way_to_them() -> None:
    inner = zipped(("x.txt", STORY), ("y.txt.gz", gzip.compress(STORY)))
    assert parts(zipped(("inner.zip", inner), ("z.txt", STORY))) == [
        "inner.zip#x.txt",
        "inner.zip#y.txt.gz",
        "z.txt",
    ]


def test_what_nests_too_deeply_is_refused_and_costs_nothing_beside_it() -> None:
    data = zipped(("x.txt", STORY))
    for _ in range(5):
        data = zipped(("n.zip", data), ("x.txt", STORY))
    extraction = extract(data, "a.zip", OPTIONS)
    assert [e.part for e in extraction.articles] == ["n.zip#n.zip#x.txt", "n.zip#x.txt", "x.txt"]
    assert "read.max_archive_nesting" in failures(extraction)["a.zip#n.zip#n.zip#n.zip"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("../../etc/passwd.txt", "etc/passwd.txt"),
        ("/etc/passwd.txt", "etc/passwd.txt"),
        ("C:\\news\\a.txt", "news/a.txt"),
        ("..\\..\\a.txt", "a.txt"),
        ("a/./../b.txt", "a/b.txt"),
        ("a\x1b[31mred\n.txt", "a\ufffd[31mred\ufffd.txt"),
        ("\u202etxt.a.txt", "\ufffdtxt.a.txt"),
        ("`code` [x](y).txt", "`code` [x](y).txt"),
        ("Brücke.txt", "Brücke.txt"),
    ],
)
def test_a_name_leads_nowhere_and_shows_what_it_is(path: str, name: str) -> None:
    assert parts(zipped((path, STORY))) == [name]


def test_equal_names_are_told_apart_and_very_long_ones_shortened() -> None:
    assert member_names(["a.txt", "./a.txt", "/a.txt"]) == ["a.txt", "a.txt~2", "a.txt~3"]
    first, second = member_names(["x" * 60_000 + "1.txt", "x" * 60_000 + "2.txt"])
    assert first != second and max(len(first), len(second)) <= MAX_PATH and first.endswith(".txt")


def test_hidden_files_of_an_archive_are_skipped_whatever_their_separators() -> None:
    names = (".a.txt", "in\\.b.txt", "__MACOSX/c.txt", ".git/d.txt", "e.txt")
    assert parts(zipped(*((name, STORY) for name in names))) == ["e.txt"]


def test_a_name_without_a_flag_is_utf8_if_it_can_be_and_code_page_437_if_not() -> None:
    for encoding in ("utf-8", "cp437"):
        name = "Brücke.txt".encode(encoding)
        data = zipped(("B" * len(name), STORY)).replace(b"B" * len(name), name)
        # The place-holder has no suffix; the name has.
        assert parts(data) == ["Brücke.txt"]


def test_a_name_ends_at_a_null_character() -> None:
    data = zipped(("a.txtXexe", STORY)).replace(b"a.txtXexe", b"a.txt\0exe")
    assert parts(data) == ["a.txt"]


def test_an_archive_without_articles_is_refused() -> None:
    assert refusal(zipped(("", STORY), ("x.png", b"?"))).startswith("an archive without an article")
    assert refusal(zipped()).startswith("an archive without an article")


def test_what_unpacks_to_too_much_costs_the_whole_file_however_deep_it_lies() -> None:
    options = ReadConfig(max_unpacked_bytes=1_000_000)
    bomb = zipped(("0.txt", b" " * 2_000_000))
    assert "read.max_unpacked_bytes" in refusal(bomb, options=options)
    assert "read.max_unpacked_bytes" in refusal(zipped(("0.zip", bomb), ("a.txt", STORY)), options=options)
    many = zipped(*((f"{n}.txt", b" " * 200_000) for n in range(6)))
    assert "read.max_unpacked_bytes" in refusal(many, options=options)
    assert "read.max_unpacked_bytes" in refusal(gzip.compress(b" " * 2_000_000), "a.txt.gz", options)


def test_files_that_overlap_in_an_archive_are_counted_as_often_as_they_are_listed() -> None:
    # As in the bomb of D. Fifield (2019): many entries of the directory name the same bytes.
    one = zipped(("a.txt", b" " * 400_000))
    start, end = one.index(b"PK\1\2"), one.index(b"PK\5\6")
    n = 9
    directory = one[start:end] * n
    tail = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, n, n, len(directory), start, 0)
    data = one[:start] + directory + tail
    try:
        extraction = extract(data, "a.zip", ReadConfig(max_unpacked_bytes=1_000_000))
    except InputError as error:  # where zipfile does not notice it by itself
        assert "read.max_unpacked_bytes" in error.reason or "damaged" in error.reason
    else:
        assert all("overlap" in f.reason.lower() for f in extraction.failures)
        assert len(extraction.articles) <= 1


def test_sizes_that_an_archive_states_are_not_believed() -> None:
    data = bytearray(zipped(("a.txt", b" " * 5_000_000)))
    for mark, at in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        place = data.index(mark) + at
        data[place : place + 4] = struct.pack("<I", 100)
    reasons = failures(extract(bytes(data), "a.zip", ReadConfig(max_unpacked_bytes=1_000_000)))
    assert "damaged" in reasons["a.zip#a.txt"]


def test_more_files_than_the_limit_cost_the_archive_even_if_they_lie_in_several() -> None:
    inner = zipped(*((f"{n}.txt", b"") for n in range(60)))
    data = zipped(*((f"{n}.zip", inner) for n in range(5)))
    assert "read.max_articles" in refusal(data, options=ReadConfig(max_articles=200))


def test_a_hundred_thousand_files_are_refused_by_their_number() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for n in range(100_000):
            archive.writestr(f"{n}.txt", b"")
    assert "10,000 files" in refusal(buffer.getvalue())


def test_an_encrypted_member_is_refused_and_the_others_are_read() -> None:
    data = bytearray(zipped(("a.txt", STORY), ("b.txt", STORY)))
    data[data.index(b"PK\3\4") + 6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    extraction = extract(bytes(data), "a.zip", OPTIONS)
    assert [e.part for e in extraction.articles] == ["b.txt"]
    assert failures(extraction) == {"a.zip#a.txt": "encrypted; unpack it by hand with its password"}


def test_a_damaged_member_is_refused_and_the_others_are_read() -> None:
    data = zipped(("a.txt", STORY), ("b.txt", STORY), method=zipfile.ZIP_STORED)
    extraction = extract(data.replace(STORY, STORY[::-1], 1), "a.zip", OPTIONS)
    assert [e.part for e in extraction.articles] == ["b.txt"]
    assert "fetch the archive again" in failures(extraction)["a.zip#a.txt"]


def test_a_zip_in_the_64_bit_form_is_read() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, archive.open("a.txt", "w", force_zip64=True) as member:
        member.write(STORY)
    assert parts(buffer.getvalue()) == ["a.txt"]


@pytest.mark.parametrize(
    ("whole", "name"),
    [
        (gzip.compress(STORY), "a.txt.gz"),
        (lzma.compress(STORY), "a.txt.xz"),
        (zipped(("a.txt", STORY)), "a.zip"),
    ],
    ids=["gzip", "xz", "zip"],
)
def test_a_truncated_archive_is_refused_wherever_it_was_cut(whole: bytes, name: str) -> None:
    for n in range(len(whole)):
        assert refusal(whole[:n], name)


def test_bytes_after_a_compressed_stream_are_not_taken_for_text() -> None:
    assert "damaged archive" in refusal(gzip.compress(STORY) + b"trailing", "a.txt.gz")


def test_a_member_that_calls_itself_an_archive_is_refused_by_itself() -> None:
    extraction = extract(zipped(("a.zip", b"no"), ("b.txt.gz", STORY), ("c.txt", STORY)), "z.zip", OPTIONS)
    assert [e.part for e in extraction.articles] == ["c.txt"]
    assert set(failures(extraction)) == {"z.zip#a.zip", "z.zip#b.txt.gz"}


def test_an_xz_file_that_asks_for_all_memory_costs_only_itself(tmp_path: Path) -> None:
    # A dictionary of 4 GiB, of which nothing is used.
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0}]
    data = bytearray(lzma.compress(STORY, filters=filters))
    header = data[12:24]
    assert header[1] == 0 and header[2] == 0x21
    header[4] = 40
    header[8:12] = struct.pack("<I", zlib.crc32(bytes(header[:8])))
    data[12:24] = header
    (tmp_path / "a.txt.xz").write_bytes(data)
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(STORY))
    reading = read(tmp_path)
    assert [a.path for a in reading.articles][-1] == "b.txt.gz"
    assert all("memory" in f.reason or "damaged" in f.reason for f in reading.failures)
