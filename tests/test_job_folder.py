"""What happens to the folder of the articles: nothing is lost, nothing is told twice."""

from __future__ import annotations

import os
import re
import time
from dataclasses import replace
from pathlib import Path

import pytest

from summarize.config import ReadConfig
from summarize.errors import InputError, NothingToSummariseError
from summarize.reading import decoding, reader
from summarize.store import folder as store_folder
from tests.jobs import ARMY, CLOSED, DAY, FIRE, KILLED, LOST, MORNING, Desk, news, unlike_any_other


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_folder_that_is_renamed_away_fails_the_run_and_withdraws_nothing(desk: Desk) -> None:
    desk.put("a.txt", KILLED, LOST)
    desk.run()
    before = desk.everything()
    away = desk.articles.rename(desk.articles.with_name("away"))
    with pytest.raises(InputError, match="no such folder") as failed:
        desk.once(MORNING + DAY)
    assert failed.value.exit_code == 2
    assert desk.everything() == before
    away.rename(desk.articles)
    desk.put("b.txt", FIRE, title="Fire in Marlow")
    assert desk.once(MORNING + 2 * DAY) == 0
    assert desk.told() == {FIRE}
    assert desk.told("unchanged") == {KILLED, LOST}
    assert desk.brief()["news"]["withdrawn"] == []


def test_an_empty_folder_as_of_a_disk_that_is_not_mounted_withdraws_nothing(desk: Desk) -> None:
    article = desk.put("a.txt", KILLED, LOST)
    desk.run()
    before = desk.everything()
    text = article.read_bytes()
    article.unlink()
    with pytest.raises(NothingToSummariseError, match="is the disk mounted"):
        desk.once(MORNING + DAY)
    assert desk.everything() == before
    desk.put_bytes("a.txt", text)
    assert desk.run(MORNING + 2 * DAY).outcome == "unchanged"


def test_a_folder_without_any_article_ends_with_3(desk: Desk) -> None:
    with pytest.raises(NothingToSummariseError, match="no readable article") as failed:
        desk.once()
    assert failed.value.exit_code == 3
    desk.put_bytes("noise.txt", b"\x00\x01\x02" * 100)
    with pytest.raises(NothingToSummariseError, match="no readable article"):
        desk.once()
    desk.put("a.txt", KILLED, LOST)
    assert desk.once() == 1  # a brief, but one bad file
    assert desk.told() == {KILLED, LOST}


def test_a_subfolder_that_is_renamed_away_is_withdrawn_and_restored_but_not_new_again(desk: Desk) -> None:
    desk.put("a.txt", KILLED, LOST)
    desk.put("wire/b.txt", FIRE, title="Fire in Marlow")
    desk.run()
    away = (desk.articles / "wire").rename(desk.articles.parent / "wire")
    desk.run(MORNING + DAY)
    assert [w["text"] for w in desk.brief()["news"]["withdrawn"]] == [FIRE]
    assert desk.told("new", "updated", "unchanged") == {KILLED, LOST}
    away.rename(desk.articles / "wire")
    desk.run(MORNING + 2 * DAY)
    assert (desk.told(), desk.brief()["news"]["restored"]) == (set(), [FIRE])
    assert f"*Stands again:* “{FIRE}”" in desk.latest
    desk.put("c.txt", ARMY)
    desk.run(MORNING + 3 * DAY)
    assert desk.told() == {ARMY}
    assert desk.told("unchanged") == {KILLED, LOST, FIRE}


def test_a_subfolder_under_another_name_is_no_news_at_all(desk: Desk) -> None:
    desk.put("wire/a.txt", KILLED, LOST)
    desk.run()
    (desk.articles / "wire").rename(desk.articles / "archive")
    report = desk.run(MORNING + DAY)
    assert (report.outcome, report.folder.moved) == ("unchanged", ("archive/a.txt",))
    assert desk.run(MORNING + 2 * DAY).folder.moved == ()
    assert desk.taken_in == ["archive/a.txt"]


def test_a_subfolder_that_cannot_be_listed_is_named_and_its_articles_stand(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put("a.txt", KILLED, LOST)
    desk.put("wire/b.txt", FIRE, title="Fire in Marlow")
    desk.run()
    listed = Path.iterdir

    def iterdir(self: Path) -> object:
        if self.name == "wire":
            raise PermissionError(13, "Permission denied")
        return listed(self)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "iterdir", iterdir)
        report = desk.run(MORNING + DAY)
        assert report.outcome == "unchanged"
        assert [f.path for f in report.folder.failures] == ["wire"]
        desk.put("c.txt", ARMY)
        desk.run(MORNING + 2 * DAY)
        assert (desk.told(), desk.told("unchanged")) == ({ARMY}, {KILLED, LOST, FIRE})
    assert desk.run(MORNING + 3 * DAY).outcome == "unchanged"


def test_a_thousand_files_that_arrive_during_a_run_are_all_in_the_next_one_and_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put("a.txt", KILLED, LOST)
    load = decoding.load

    def load_while_they_arrive(*arguments: object) -> object:
        for n in range(1000):
            desk.put(f"late/{n:04}.txt", unlike_any_other(n), title=f"Report {n}")
        return load(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(reader, "load", load_while_they_arrive)
        first = desk.run()
    assert first.folder.files == ("a.txt",)
    second = desk.run(MORNING + DAY)
    assert len(second.folder.new) == 1000
    assert desk.taken_in == ["a.txt", *(f"late/{n:04}.txt" for n in range(1000))]
    assert desk.run(MORNING + 2 * DAY).outcome == "unchanged"


def test_a_file_that_is_replaced_while_it_is_read_waits_for_the_next_run(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put("a.txt", KILLED)
    desk.put("b.txt", LOST)
    load = decoding.load

    def load_and_replace(path: Path, *arguments: object) -> object:
        loaded = load(path, *arguments)  # type: ignore[arg-type]
        if path.name == "b.txt":
            desk.put("b.txt.partial", FIRE, title="Fire in Marlow").replace(path)
        return loaded

    with monkeypatch.context() as patch:
        patch.setattr(reader, "load", load_and_replace)
        assert desk.run().folder.waiting == ("b.txt",)
    assert desk.told() == {KILLED}
    desk.run(MORNING + DAY)
    assert (desk.told(), desk.taken_in) == ({FIRE}, ["a.txt", "b.txt"])


def test_a_file_that_is_begun_again_between_listing_and_reading_is_not_read_half(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put("a.txt", KILLED)
    desk.put("b.txt", LOST)
    desk.run()
    load = decoding.load
    desk.put("a.txt", KILLED, CLOSED)
    desk.put("b.txt", LOST, FIRE)

    def load_and_begin_another(path: Path, *arguments: object) -> object:
        if path.name == "a.txt":  # while this is read, somebody opens the other for writing, and pauses
            (desk.articles / "b.txt").write_text(news(LOST, FIRE)[:100])
        return load(path, *arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(reader, "load", load_and_begin_another)
        assert desk.run(MORNING + DAY).folder.waiting == ("b.txt",)
    assert (desk.told(), desk.told("unchanged")) == ({CLOSED}, {KILLED, LOST})
    desk.put("b.txt", LOST, FIRE)
    desk.run(MORNING + 2 * DAY)
    assert desk.told() == {FIRE}


def test_a_file_that_is_still_being_written_is_left_until_it_is_quiet(desk: Desk) -> None:
    desk.put("a.txt", KILLED)
    text = news(LOST, CLOSED)
    late = desk.articles / "b.txt"
    late.write_text(text[:150])
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        late.write_text(text[:180])  # it goes on while we wait

    assert desk.run(sleep=sleep).folder.waiting == ("b.txt",)
    assert waits == [store_folder.QUIET_S]
    assert desk.told() == {KILLED}
    late.write_text(text)
    assert desk.run(MORNING + DAY, sleep=waits.append).folder.new == ("b.txt",)
    assert desk.told() == {LOST, CLOSED}


def test_an_edit_that_leaves_size_and_time_of_the_file_as_they_were_is_noticed(desk: Desk) -> None:
    path = desk.put("a.txt", KILLED, LOST)
    desk.run()
    before = path.stat()
    path.write_text(path.read_text().replace("40 boats", "90 boats"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = path.stat()
    assert (after.st_size, after.st_mtime_ns, after.st_ino) == (before[6], before.st_mtime_ns, before[1])
    assert desk.run(MORNING + DAY).folder.changed == ("a.txt",)
    (edited,) = desk.brief()["news"]["edited"]
    assert edited["path"] == "a.txt"
    assert [(c["before"], c["after"]) for c in edited["changes"]] == [("40", "90")]
    assert edited["claims"] == [LOST]


def test_a_file_from_the_future_is_taken_once_it_is_quiet(desk: Desk) -> None:
    path = desk.put("a.txt", KILLED)
    ahead = time.time() + 1e6
    os.utime(path, (ahead, ahead))
    waits: list[float] = []
    assert desk.run(sleep=waits.append).outcome == "brief"
    assert waits == [store_folder.QUIET_S]
    assert desk.run(MORNING + DAY).outcome == "unchanged"


def test_bad_files_are_named_and_do_not_end_the_run(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    from summarize import log

    log.configure(False, job=True)
    desk.put("a.txt", KILLED, LOST)
    desk.put_bytes("binary.txt", bytes(range(32)) * 50)
    desk.put_bytes("empty.txt", b"")
    (desk.articles / "gone.txt").symlink_to(desk.articles / "nowhere")
    assert desk.once() == 1
    assert desk.told() == {KILLED, LOST}
    logged = capfd.readouterr().err
    named = re.findall(r"event=unreadable level=error path=(\S+)", logged)
    assert named == ["binary.txt", "empty.txt", "gone.txt"]
    assert desk.run(MORNING + DAY).outcome == "unchanged"


def test_a_file_that_turns_bad_is_withdrawn_once_and_costs_no_further_work(desk: Desk) -> None:
    desk.put("a.txt", KILLED, LOST)
    desk.put("b.txt", FIRE, title="Fire in Marlow")
    desk.run()
    desk.put_bytes("b.txt", bytes(range(32)) * 50)
    desk.run(MORNING + DAY)
    assert [w["text"] for w in desk.brief()["news"]["withdrawn"]] == [FIRE]
    n_loads = desk.n_loads
    assert desk.run(MORNING + 2 * DAY).outcome == "unchanged"
    assert desk.n_loads == n_loads
    desk.put("b.txt", FIRE, title="Fire in Marlow")
    desk.run(MORNING + 3 * DAY)
    assert (desk.told(), desk.brief()["news"]["restored"]) == (set(), [FIRE])
    desk.put("c.txt", ARMY)
    desk.run(MORNING + 4 * DAY)
    assert (desk.told(), desk.told("unchanged")) == ({ARMY}, {KILLED, LOST, FIRE})


def test_a_file_that_may_not_be_read_is_tried_again_each_time_and_its_old_text_stands(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put("a.txt", KILLED, LOST)
    desk.run()
    desk.put("a.txt", KILLED, LOST, CLOSED)
    desk.put("b.txt", FIRE, title="Fire in Marlow")
    real = open

    def refuse(path: object, *arguments: object, **values: object) -> object:
        if Path(str(path)).suffix == ".txt":
            raise OSError(5, "Input/output error")
        return real(path, *arguments, **values)  # type: ignore[call-overload]

    with monkeypatch.context() as patch:
        patch.setattr(decoding, "open", refuse, raising=False)
        report = desk.run(MORNING + DAY)
        assert report.outcome == "unchanged"
        assert [f.path for f in report.folder.failures] == ["a.txt", "b.txt"]
        assert "Input/output error" in report.folder.failures[0].reason
    desk.run(MORNING + 2 * DAY)  # though size and time of the files are what they were
    assert (desk.told(), desk.told("unchanged")) == ({CLOSED, FIRE}, {KILLED, LOST})


def test_a_disk_that_turns_all_files_into_garbage_withdraws_nothing(desk: Desk) -> None:
    desk.put("a.txt", KILLED, LOST)
    desk.run()
    desk.put_bytes("a.txt", b"\x00" * 4096)
    with pytest.raises(NothingToSummariseError, match="none of its files can be read"):
        desk.once(MORNING + DAY)
    desk.put("a.txt", KILLED, LOST)
    assert desk.run(MORNING + 2 * DAY).outcome == "unchanged"


def test_a_refused_file_is_read_as_soon_as_the_limit_is_raised(desk: Desk) -> None:
    desk.put("small.txt", KILLED)
    desk.put("large.txt", *[FIRE] * 20)
    narrow = replace(desk.job.config, read=ReadConfig(max_bytes=500))
    (refused,) = desk.run(config=narrow).folder.failures
    assert refused.path == "large.txt" and "raise read.max_bytes" in refused.reason
    assert desk.run(MORNING + DAY, config=narrow).outcome == "unchanged"
    report = desk.run(MORNING + 2 * DAY)
    assert report.folder.new == ("large.txt",) and not report.folder.failures
    assert desk.run(MORNING + 3 * DAY).outcome == "unchanged"
