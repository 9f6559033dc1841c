"""Files and folders: what is found, decoded, refused, and which articles are copies."""

from __future__ import annotations

import codecs
import os
import time
from pathlib import Path

import pytest

from summarize.config import ReadConfig
from summarize.errors import InputError
from summarize.reading import Reading, read
from summarize.types import Article

STORY = "The harbour of Port Ellery reopened on Monday after repairs to both of its piers."
LONG = " ".join(
    f"Pier number {n} of the harbour was inspected by crew {n * 7} on its own day." for n in range(12)
)


def folder_of(root: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return root


def bodies(reading: Reading) -> list[list[str]]:
    return [[a.text[s.start : s.end] for s in a.body] for a in reading.articles]


def only(reading: Reading) -> Article:
    (article,) = reading.articles
    return article


def test_articles_are_numbered_in_the_order_of_their_paths(tmp_path: Path) -> None:
    reading = read(folder_of(tmp_path, {"b.txt": STORY, "a/c.md": STORY, "a/b.TXT": STORY, "x.pdf": "no"}))
    assert [(a.id, a.path) for a in reading.articles] == [(1, "a/b.TXT"), (2, "a/c.md"), (3, "b.txt")]


def test_hidden_files_and_folders_are_skipped(tmp_path: Path) -> None:
    reading = read(folder_of(tmp_path, {".a.txt": STORY, ".git/b.txt": STORY, "c.txt": STORY}))
    assert only(reading).path == "c.txt"


def test_a_folder_may_be_named_like_a_file(tmp_path: Path) -> None:
    assert only(read(folder_of(tmp_path, {"a.txt/b.txt": STORY}))).path == "a.txt/b.txt"


def test_links_in_circles_end_and_each_file_is_read_once(tmp_path: Path) -> None:
    folder_of(tmp_path, {"a/b.txt": STORY})
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "0.txt").symlink_to(tmp_path / "a" / "b.txt")
    assert only(read(tmp_path)).path == "a/b.txt"


def test_a_link_to_nothing_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    assert [f.path for f in read(tmp_path).failures] == ["a.txt"]


def test_a_missing_folder_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere: no such folder"):
        read(tmp_path / "nowhere")


def test_an_empty_folder_gives_an_empty_reading(tmp_path: Path) -> None:
    assert read(tmp_path) == Reading((), (), ())


def test_listed_files_are_named_from_their_common_folder(tmp_path: Path) -> None:
    folder_of(tmp_path, {"a/x.txt": STORY, "b/y.news": LONG})
    reading = read([tmp_path / "b/y.news", tmp_path / "a/x.txt", tmp_path / "a/gone.txt"])
    assert [a.path for a in reading.articles] == ["a/x.txt", "b/y.news"]
    assert [f.path for f in reading.failures] == ["a/gone.txt"]


def test_a_single_file_can_be_read(tmp_path: Path) -> None:
    folder_of(tmp_path, {"x.txt": STORY, "y.txt": STORY})
    assert only(read(tmp_path / "x.txt")).path == "x.txt"


WESTERN = (
    "Die Brücke über die Elmau – „gesperrt“ – bleibt für Fußgänger geöffnet, sagte die Sprecherin später."
)


@pytest.mark.parametrize(
    "data",
    [
        WESTERN.encode(),
        WESTERN.encode("utf-16"),
        codecs.BOM_UTF16_BE + WESTERN.encode("utf-16-be"),
        WESTERN.encode("utf-16-le"),
        WESTERN.encode("utf-32"),
        WESTERN.encode("cp1252"),
    ],
    ids=["utf-8", "utf-16", "utf-16-be", "utf-16 unmarked", "utf-32", "cp1252"],
)
def test_texts_are_decoded_from(tmp_path: Path, data: bytes) -> None:
    assert only(read(folder_of(tmp_path, {"a.txt": data}))).text == WESTERN


def test_stray_western_bytes_do_not_spoil_a_utf8_text(tmp_path: Path) -> None:
    data = WESTERN.encode() + b"\nDas Caf\xe9 am Ufer bleibt ebenfalls offen."
    assert only(read(folder_of(tmp_path, {"a.txt": data}))).text.endswith(
        "Das Café am Ufer bleibt ebenfalls offen."
    )


def test_the_byte_order_mark_is_in_the_text_but_not_in_the_body(tmp_path: Path) -> None:
    article = only(read(folder_of(tmp_path, {"a.txt": codecs.BOM_UTF8 + STORY.encode()})))
    assert article.text == "\ufeff" + STORY
    assert (article.body[0].start, article.body[0].end) == (1, 1 + len(STORY))


def test_newlines_are_not_translated(tmp_path: Path) -> None:
    text = f"{STORY}\r\n\r\n{STORY} It was late.\r\n"
    reading = read(folder_of(tmp_path, {"a.txt": text}))
    assert only(reading).text == text
    assert bodies(reading) == [[STORY, f"{STORY} It was late."]]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n\xef\xbb\xbf", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG image"),
        (b"%PDF-1.7 text", "PDF"),
        (bytes(range(256)) * 20, "binary"),
        (b"Advertisement\n\nRead more: x", "no news text"),
    ],
    ids=["nothing", "white space", "image", "pdf", "binary", "furniture"],
)
def test_a_file_that_is_no_article_fails_and_costs_no_other(tmp_path: Path, data: bytes, reason: str) -> None:
    reading = read(folder_of(tmp_path, {"bad.txt": data, "good.txt": STORY}))
    assert only(reading).path == "good.txt"
    (failure,) = reading.failures
    assert failure.path == "bad.txt"
    assert reason in failure.reason


def test_a_file_over_the_limit_fails_unread(tmp_path: Path) -> None:
    with open(tmp_path / "a.txt", "wb") as file:
        file.truncate(50_000_000)
    started = time.perf_counter()
    (failure,) = read(tmp_path, ReadConfig(max_bytes=1_000_000)).failures
    assert "50,000,000 bytes, more than the limit of 1,000,000" in failure.reason
    assert time.perf_counter() - started < 1


def test_a_file_that_may_not_be_read_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise PermissionError(13, "Permission denied")

    folder_of(tmp_path, {"a.txt": STORY})
    monkeypatch.setattr("summarize.reading.decoding.open", refuse, raising=False)
    (failure,) = read(tmp_path).failures
    assert failure.reason == "can't be read (Permission denied); check its permissions"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert "not a regular file" in read(tmp_path).failures[0].reason


def test_copies_share_the_origin_of_the_first(tmp_path: Path) -> None:
    retouched = LONG.replace("crew 35", "team 35")
    files = {
        "a.txt": STORY + " It was late.",
        "b.txt": LONG,
        "c.txt": LONG.replace(" ", "  "),
        "d.txt": retouched,
    }
    files["e.txt"] = f"Our own correspondent saw the crews at work.\n\n{LONG}"
    assert [a.origin for a in read(folder_of(tmp_path, dict(files))).articles] == [1, 2, 2, 2, 2]


def test_articles_that_share_only_a_quotation_have_their_own_origins(tmp_path: Path) -> None:
    quote = '"The piers are safe and the ferries will sail on time again," the harbour master said.'
    other = " ".join(
        f"Ferry line {n} carried {n * 31} people past the lighthouse in its first week." for n in range(12)
    )
    files: dict[str, str | bytes] = {"a.txt": f"{LONG}\n\n{quote}", "b.txt": f"{other}\n\n{quote}"}
    assert [a.origin for a in read(folder_of(tmp_path, files)).articles] == [1, 2]


def test_the_same_folder_reads_the_same(tmp_path: Path) -> None:
    folder_of(tmp_path, {"a.txt": LONG, "b.txt": STORY, "c.txt": b""})
    assert read(tmp_path) == read(tmp_path)


def test_a_thousand_short_files_are_read_in_seconds(tmp_path: Path) -> None:
    folder_of(
        tmp_path, {f"{n}.txt": f"Ferry {n} left the harbour of Port Ellery at dawn." for n in range(1000)}
    )
    started = time.perf_counter()
    assert len(read(tmp_path).articles) == 1000
    assert time.perf_counter() - started < 10
