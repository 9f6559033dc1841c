"""Files that hold several articles: their parts are named, cited, verified and followed one by one."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import os
import re
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from summarize.cli import cli
from summarize.config import ReadConfig
from summarize.errors import InputError
from summarize.reading import Found, Reader, read
from summarize.reading.formats.naming import part_names
from summarize.verifying import verify
from tests.jobs import ARMY, CLOSED, DAY, FIRE, KILLED, LOST, MORNING, Desk, news

STORM = news(
    "A storm cut the power of 12,000 homes in Harwick on Monday, the town's mayor Ann López said.",
    "Rescue teams brought 45 people from flooded houses in the old town to a school on the hill.",
    title="Storm leaves Harwick without power",
)
FERRIES = news(
    "Two ferries broke loose in Harwick and the harbour was closed on Monday after a heavy storm.",
    "The repair of the quay will cost 3 million euros, the harbour master of Harwick said.",
    title="Ferries break loose in Harwick",
)


def zipped(**members: str) -> bytes:
    """Return an archive; the same members give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(f"{name}.txt"), text)
    return buffer.getvalue()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def call(*arguments: object) -> Any:
    return CliRunner().invoke(cli, [str(a) for a in arguments])


@pytest.mark.parametrize(
    ("keys", "names"),
    [
        ([None, None], ["1", "2"]),
        (["quake-2020", "7"], ["quake-2020", "7"]),
        (["https://a.example/news/quake-hits-coast?x=1", None], ["quake-hits-coast", "2"]),
        (["https://a.example/1/index.html", "https://a.example/2/index.html"], [r"\w{10}", r"\w{10}"]),
        (["https://a.example/a/story-1", "https://b.example/b/story-1"], [r"\w{10}", r"\w{10}"]),
        (["same", "same"], [r"\w{10}\.1", r"\w{10}\.2"]),
        (["tag:a,2020:böse Überraschung", "  "], [r"\w{10}", "2"]),
    ],
)
def test_a_part_is_named_by_what_its_file_calls_it(keys: list[str | None], names: list[str]) -> None:
    found = part_names(keys)
    assert all(re.fullmatch(name, f) for name, f in zip(names, found, strict=True))


@given(st.lists(st.none() | st.text(max_size=9) | st.sampled_from(["a", "1", "2", "a.2", "x/a"])))
def test_parts_have_names_of_their_own_that_lead_nowhere(keys: list[str | None]) -> None:
    names = part_names(keys)
    assert len(set(names)) == len(keys)
    assert all(re.fullmatch(r"[\w.~+-]{1,80}", name) and name.strip(".") for name in names)


def test_a_part_keeps_its_name_when_others_come_and_go() -> None:
    assert part_names(["b", "https://a.example/c-1"]) == part_names(["x", "b", "https://a.example/c-1"])[1:]


@pytest.mark.parametrize(("suffix", "packed"), [(".gz", gzip.compress), (".xz", lzma.compress)])
def test_a_compressed_file_is_the_article_in_it(tmp_path: Path, suffix: str, packed: Any) -> None:
    (tmp_path / f"storm.txt{suffix}").write_bytes(packed(STORM.encode()))
    (tmp_path / "storm.tar.gz").write_bytes(b"not looked at: no such format")
    (article,) = read(tmp_path).articles
    assert (article.path, article.part, article.form, article.text) == (
        f"storm.txt{suffix}", None, "text", STORM,
    )  # fmt: skip


def test_a_brief_cites_the_parts_of_an_archive_and_verify_finds_them_again(tmp_path: Path) -> None:
    folder, target = tmp_path / "articles", tmp_path / "brief.json"
    folder.mkdir()
    (folder / "day.zip").write_bytes(zipped(storm=STORM, ferries=FERRIES))
    result = call("brief", folder, "-o", target, "--config", "fast", "--texts")
    assert result.exit_code == 0, result.stderr
    made = json.loads(target.read_bytes())
    named = {(s["path"], s["part"]) for s in made["sources"]}
    assert named == {("day.zip", "storm.txt"), ("day.zip", "ferries.txt")}
    texts = {s["id"]: (tmp_path / s["text"]).read_bytes().decode() for s in made["sources"]}
    evidence = [e for t in made["topics"] for c in t["claims"] for e in c["evidence"]]
    assert {e["source"] for e in evidence} == {1, 2}
    assert all(texts[e["source"]][e["start"] : e["end"]] == e["text"] for e in evidence)
    assert verify(target).alarms == ()
    (folder / "day.zip").write_bytes(zipped(storm=STORM.replace("12,000", "13,000"), other=FERRIES))
    states = {(j.passage.source.name, j.state) for j in verify(target).judgements}
    assert ("day.zip#storm.txt", "changed") in states and ("day.zip#ferries.txt", "moved") in states
    (folder / "day.zip").unlink()
    assert {j.state for j in verify(target).judgements} == {"gone"}


def test_a_folder_without_the_archive_does_not_stand_in_for_the_right_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, away = tmp_path / "articles", tmp_path / "elsewhere"
    (away / "articles").mkdir(parents=True)
    folder.mkdir()
    (folder / "day.zip").write_bytes(zipped(storm=STORM, ferries=FERRIES))
    assert call("brief", folder, "-o", tmp_path / "brief.json", "--config", "fast").exit_code == 0
    (tmp_path / "brief.json").rename(away / "brief.json")
    monkeypatch.chdir(tmp_path)
    assert verify(Path("elsewhere/brief.json")).alarms == ()


def test_texts_of_an_earlier_brief_are_removed_and_nothing_else_is(tmp_path: Path) -> None:
    folder, target = tmp_path / "articles", tmp_path / "brief.md"
    folder.mkdir()
    (folder / "day.zip").write_bytes(zipped(storm=STORM, ferries=FERRIES))
    assert call("brief", folder, "-o", target, "--config", "fast", "--texts").exit_code == 0
    texts = tmp_path / "brief.texts"
    assert {p.name for p in texts.iterdir()} == {"1-day.zip-ferries.txt", "2-day.zip-storm.txt"}
    assert "(brief.texts/2-day.zip-storm.txt#L" in target.read_text()
    (texts / "notes.txt").write_text("mine")
    (folder / "day.zip").write_bytes(zipped(storm=STORM))
    assert call("brief", folder, "-o", target, "--config", "fast", "--texts").exit_code == 0
    assert {p.name for p in texts.iterdir()} == {"1-day.zip-storm.txt", "notes.txt"}


def test_texts_need_a_file_that_they_can_lie_beside(tmp_path: Path) -> None:
    result = call("brief", tmp_path, "--texts")
    assert result.exit_code == 2 and "--texts needs -o FILE" in result.stderr


def test_the_job_follows_the_parts_of_a_file_one_by_one(desk: Desk) -> None:
    archive = desk.put_bytes("day.zip", zipped(a=news(KILLED, LOST)))
    assert desk.run().folder.new == ("day.zip#a.txt",)
    assert desk.told() == {KILLED, LOST}
    assert desk.run(MORNING + DAY).outcome == "unchanged"

    desk.put_bytes("day.zip", zipped(a=news(KILLED, LOST), b=news(FIRE, title="Fire in Marlow")))
    report = desk.run(MORNING + 2 * DAY)
    assert (report.folder.new, report.folder.changed, report.folder.gone) == (("day.zip#b.txt",), (), ())
    assert (desk.told(), desk.told("unchanged")) == ({FIRE}, {KILLED, LOST})
    assert {(s["path"], s["part"]) for s in desk.brief()["sources"]} == {
        ("day.zip", "a.txt"), ("day.zip", "b.txt"),
    }  # fmt: skip

    desk.put_bytes("day.zip", zipped(a=news(KILLED, CLOSED), b=news(FIRE, title="Fire in Marlow")))
    report = desk.run(MORNING + 3 * DAY)
    assert (report.folder.new, report.folder.changed) == ((), ("day.zip#a.txt",))
    assert desk.told() == {CLOSED}
    assert [w["text"] for w in desk.brief()["news"]["withdrawn"]] == [LOST]

    desk.put_bytes("day.zip", zipped(b=news(FIRE, title="Fire in Marlow")))
    assert desk.run(MORNING + 4 * DAY).folder.gone == ("day.zip#a.txt",)
    desk.put("c.txt", ARMY)
    archive.unlink()
    assert desk.run(MORNING + 5 * DAY).folder.gone == ("day.zip#b.txt",)
    assert desk.told() == {ARMY}
    assert desk.run(MORNING + 6 * DAY).outcome == "unchanged"


def test_a_part_that_left_its_file_is_gone_and_its_file_is_not(tmp_path: Path) -> None:
    archive = tmp_path / "articles" / "day.zip"
    archive.parent.mkdir()
    archive.write_bytes(zipped(a=STORM, b=FERRIES))
    target = tmp_path / "brief.json"
    call("brief", archive.parent, "-o", target, "--format", "json")
    archive.write_bytes(zipped(a=STORM))
    alarms = verify(target).alarms
    assert {(j.passage.source.name, j.state, j.reason) for j in alarms} == {
        ("day.zip#b.txt", "gone", "no longer in the file")
    }


def feed(*hours: int, **texts: str) -> bytes:
    """Return a feed; of its entries each stands under its name, published at the hour beside it."""
    items = "".join(
        f"<item><guid>{name}</guid><title>Of {name}</title>"
        f"<pubDate>Fri, 06 Mar 2020 {hour:02}:00:00 GMT</pubDate>"
        f"<description>{text}</description></item>"
        for hour, (name, text) in zip(hours, texts.items(), strict=True)
    )
    return f"<rss version='2.0'><channel><title>Port Post</title>{items}</channel></rss>".encode()


def test_what_a_feed_drops_at_its_end_stands_and_what_it_takes_back_is_withdrawn(desk: Desk) -> None:
    desk.put_bytes("port.rss", feed(2, 1, b=FIRE, a=KILLED))
    desk.run()
    assert desk.told() == {KILLED, FIRE}

    desk.put_bytes("port.rss", feed(4, 3, 2, d=ARMY, c=CLOSED, b=FIRE))
    report = desk.run(MORNING + DAY)
    assert report.folder.gone == () and "port.rss#a" in report.folder.files
    assert (desk.told(), desk.told("unchanged")) == ({ARMY, CLOSED}, {KILLED, FIRE})
    assert desk.brief()["news"]["withdrawn"] == []

    desk.put_bytes("port.rss", feed(4, 2, d=ARMY, b=FIRE))
    assert desk.run(MORNING + 2 * DAY).folder.gone == ("port.rss#c",)
    assert [w["text"] for w in desk.brief()["news"]["withdrawn"]] == [CLOSED]

    desk.put("other.txt", LOST)
    (desk.articles / "port.rss").unlink()
    gone = desk.run(MORNING + 3 * DAY).folder.gone
    assert gone == ("port.rss#a", "port.rss#b", "port.rss#d")


def test_an_archive_that_is_damaged_withdraws_its_parts_and_is_named(desk: Desk) -> None:
    desk.put("c.txt", ARMY)
    desk.put_bytes("day.zip", zipped(a=news(KILLED, LOST)))
    desk.run()
    desk.put_bytes("day.zip", zipped(a=news(KILLED, LOST))[:-40])
    report = desk.run(MORNING + DAY)
    assert [f.path for f in report.folder.failures] == ["day.zip"]
    assert "damaged archive" in report.folder.failures[0].reason
    assert report.folder.gone == ("day.zip#a.txt",)


def test_an_archive_that_moves_is_the_same_articles(desk: Desk) -> None:
    data = zipped(a=news(KILLED, LOST))
    desk.put_bytes("day.zip", data).unlink()
    desk.put_bytes("day.zip", data)
    desk.run()
    (desk.articles / "day.zip").rename(desk.articles / "night.zip")
    report = desk.run(MORNING + DAY)
    assert report.outcome == "unchanged" and report.folder.moved == ("night.zip#a.txt",)


def test_a_file_over_a_limit_is_named_and_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(storm=STORM, ferries=FERRIES))
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(STORM.encode()))
    bomb = gzip.compress(bytes(40_000_000))
    (tmp_path / "c.txt.gz").write_bytes(bomb)
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("deep.zip", zipped(storm=STORM))
    (tmp_path / "d.zip").write_bytes(inner.getvalue())
    options = ReadConfig(max_articles=1, max_unpacked_bytes=1_000_000, max_archive_nesting=1)
    reading = read(tmp_path, options)
    assert [a.path for a in reading.articles] == ["b.txt.gz"]
    reasons = {f.path: f.reason for f in reading.failures}
    assert "raise read.max_articles" in reasons["a.zip"]
    assert "raise read.max_unpacked_bytes" in reasons["c.txt.gz"]
    assert "raise read.max_archive_nesting" in reasons["d.zip#deep.zip"]


def test_a_file_that_takes_too_long_costs_its_process_and_no_other_file(tmp_path: Path) -> None:
    slow, good = tmp_path / "slow.txt.xz", tmp_path / "good.txt.gz"
    slow.write_bytes(lzma.compress(os.urandom(1000) * 90_000))
    good.write_bytes(gzip.compress(STORM.encode()))
    with Reader(ReadConfig(max_seconds=0.05)) as reader:
        started = time.monotonic()
        with pytest.raises(InputError, match=r"takes longer than 0\.05 s to read; .* read\.max_seconds"):
            reader.extract(slow, "slow.txt.xz")
        assert time.monotonic() - started < 60  # the child's start included
    with Reader(ReadConfig()) as reader:
        assert reader.extract(good, "good.txt.gz").articles[0].text == STORM


def test_a_file_that_needs_too_much_memory_costs_its_process_and_no_other_file(tmp_path: Path) -> None:
    hungry, good = tmp_path / "hungry.txt.gz", tmp_path / "good.txt.gz"
    hungry.write_bytes(gzip.compress(b"a news text " * 20_000_000))
    good.write_bytes(gzip.compress(STORM.encode()))
    options = ReadConfig(max_memory_bytes=200_000_000, max_unpacked_bytes=10**9)
    with Reader(options) as reader:
        with pytest.raises(InputError, match="needs more than 200,000,000 bytes of memory"):
            reader.extract(hungry, "hungry.txt.gz")
        assert reader.extract(good, "good.txt.gz").articles[0].text == STORM


def test_files_read_side_by_side_come_back_in_their_order(tmp_path: Path) -> None:
    found = []
    for n in range(40):
        path = tmp_path / f"{n:02}.txt.gz"
        path.write_bytes(gzip.compress(f"Report {n} came in on Monday.".encode()) if n % 7 else b"broken")
        found.append(Found(path.name, path))
    with Reader(replace(ReadConfig(), max_seconds=60)) as reader:
        results = reader.extract_all(found)
    for n, result in enumerate(results):
        if n % 7:
            assert not isinstance(result, InputError) and f"Report {n} " in result.articles[0].text
        else:
            assert isinstance(result, InputError) and result.path == f"{n:02}.txt.gz"
