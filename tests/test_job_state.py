"""What happens to the state and to the disk under it: a clear message, no brief lost, and a way back."""

from __future__ import annotations

import errno
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from summarize import log, saving
from summarize.errors import SummarizeError
from summarize.store import BACKUP, FILE, StoreError, open_store
from summarize.store.schema import VERSION
from tests.jobs import ARMY, DAY, FIRE, KILLED, LOST, MORNING, Desk

PAGE = 4096  # bytes of SQLite


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.put("a.txt", KILLED, LOST)
    assert made.once() == 0
    made.put("b.txt", FIRE, title="Fire in Marlow")
    assert made.once(MORNING + DAY) == 0
    made.put("c.txt", ARMY)
    return made


def overwrite(path: Path, rng: random.Random, n_pages: int) -> None:
    """Fill pages in the middle of a file with noise."""
    data = bytearray(path.read_bytes())
    for page in rng.sample(range(1, len(data) // PAGE), n_pages):
        data[page * PAGE : (page + 1) * PAGE] = rng.randbytes(PAGE)
    path.write_bytes(data)


def replace_by_text(path: Path) -> None:
    path.write_text("This is the state of the newsroom.\n" * 100)


def cut_in_half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


DAMAGES = {
    "pages overwritten": lambda path: overwrite(path, random.Random(1), 8),
    "another page overwritten": lambda path: overwrite(path, random.Random(2), 1),
    "begins with noise": lambda path: path.write_bytes(b"\x07" * 100 + path.read_bytes()[100:]),
    "cut in half": cut_in_half,
    "cut to nothing": lambda path: path.write_bytes(b""),
    "replaced by a text": replace_by_text,
    "removed": Path.unlink,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_state_ends_with_a_message_whose_remedy_restores_the_last_brief(
    desk: Desk, damage: str
) -> None:
    DAMAGES[damage](desk.state / FILE)
    before = desk.everything()
    with pytest.raises(StoreError, match="is damaged or gone; put the copy") as failed:
        desk.once(MORNING + 2 * DAY)
    assert failed.value.exit_code == 2
    assert desk.everything() == before
    remedy = str(failed.value).split(" in its place: ")[1]
    subprocess.run(remedy, shell=True, check=True)
    assert (desk.state / BACKUP).is_file()
    assert desk.once(MORNING + 2 * DAY) == 0
    assert (desk.told(), desk.told("unchanged")) == ({ARMY}, {KILLED, LOST, FIRE})
    assert len(desk.names) == 3


def test_a_damaged_state_without_a_copy_may_be_moved_away(desk: Desk) -> None:
    (desk.state / BACKUP).unlink()
    replace_by_text(desk.state / FILE)
    with pytest.raises(StoreError, match="is damaged; move it away"):
        desk.once(MORNING + 2 * DAY)
    desk.state.rename(desk.state.with_name("away"))
    assert desk.once(MORNING + 2 * DAY) == 0
    assert desk.told() == {KILLED, LOST, FIRE, ARMY}
    assert len(desk.names) == 3


@pytest.mark.parametrize("seed", range(6))
def test_noise_anywhere_in_the_state_is_noticed_or_changes_nothing(desk: Desk, seed: int) -> None:
    path = desk.state / FILE
    whole = path.read_bytes()
    desk.once(MORNING + 2 * DAY)
    meant = desk.told("new", "updated", "unchanged")
    shutil.rmtree(desk.out)
    path.write_bytes(whole)
    overwrite(path, random.Random(seed), 1)
    try:
        desk.once(MORNING + 2 * DAY)
    except StoreError as error:
        assert "is damaged" in str(error)
    else:
        assert desk.told("new", "updated", "unchanged") == meant


def test_a_text_in_the_state_that_was_damaged_is_noticed_when_it_is_read(desk: Desk) -> None:
    with sqlite3.connect(desk.state / FILE) as state:
        state.execute("UPDATE article SET text = x'0123456789'")
    state.close()
    with pytest.raises(StoreError, match="is damaged"):
        desk.once(MORNING + 2 * DAY)
    assert len(desk.names) == 2


def test_a_state_of_a_newer_version_is_left_as_it_is(desk: Desk) -> None:
    with sqlite3.connect(desk.state / FILE) as state:
        state.execute(f"PRAGMA user_version = {VERSION + 1}")
    state.close()
    before = desk.everything()
    with pytest.raises(StoreError, match="newer version of summarize") as failed:
        desk.once(MORNING + 2 * DAY)
    assert failed.value.exit_code == 2
    assert desk.everything() == before


def test_a_defect_of_this_program_is_not_told_as_damage(desk: Desk) -> None:
    with open_store(desk.state) as store:
        with pytest.raises(sqlite3.IntegrityError):
            store.write("INSERT INTO story_article SELECT * FROM story_article")
        with pytest.raises(sqlite3.ProgrammingError):
            store.rows("SELECT ?", 1, 2)


def test_the_copy_of_the_state_is_made_good_by_the_next_run(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    log.configure(False, job=True)
    copy = (desk.state / BACKUP).read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr("summarize.store.Store.back_up", full)
        assert desk.once(MORNING + 2 * DAY) == 0  # the brief is out; a copy that fails costs no run
    assert desk.told() == {ARMY}
    assert "event=not_backed_up level=error" in capfd.readouterr().err
    assert (desk.state / BACKUP).read_bytes() == copy
    assert desk.once(MORNING + 3 * DAY) == 0
    with sqlite3.connect(desk.state / BACKUP) as state:
        assert state.execute("SELECT count(*) FROM run WHERE outcome = 'brief'").fetchone() == (3,)
    state.close()


def full(*_: object) -> None:
    raise SummarizeError("state.sqlite: no space left on the disk")


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of 2 MiB; skipped where mounting one isn't permitted."""
    folder = Path(tempfile.mkdtemp())
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if sys.platform != "linux" or subprocess.run(mount, capture_output=True, check=False).returncode:
        folder.rmdir()
        pytest.skip("mounting a small file system needs root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)
    folder.rmdir()


def fill(folder: Path, leave: int = 0) -> Path:
    """Fill a file system up to so many bytes."""
    path = folder / "filler"
    with open(path, "wb", buffering=0) as file:
        while True:
            try:
                file.write(b"\x00" * PAGE)
            except OSError:
                break
        file.truncate(max(0, file.tell() - leave))
    return path


@pytest.mark.parametrize("leave", [0, 16_384, 65_536, 131_072, 262_144])
def test_a_full_disk_under_state_and_briefs_ends_the_run_with_a_message_and_loses_nothing(
    small_disk: Path, tmp_path: Path, leave: int
) -> None:
    desk = Desk(tmp_path, out=small_disk / "briefs", state=small_disk / "state")
    desk.put("a.txt", KILLED, LOST)
    desk.once()
    first = desk.latest
    desk.put("b.txt", FIRE, title="Fire in Marlow")
    desk.put("c.txt", *(f"Witness {n} told the court what he saw in street {n}." for n in range(300)))
    filler = fill(small_disk, leave)
    with pytest.raises(SummarizeError, match=r"[Nn]o space left|disk is full") as failed:
        desk.once(MORNING + DAY)
    assert "damaged" not in str(failed.value)
    assert desk.latest == first
    filler.unlink()
    assert desk.once(MORNING + DAY) == 0
    assert FIRE in desk.told()
    assert desk.told("unchanged") == {KILLED, LOST}
    assert (len(desk.names), desk.taken_in) == (2, ["a.txt", "b.txt", "c.txt"])
    assert [p.name for p in (*desk.out.glob(".*"), *desk.state.glob(".*"))] == []


def test_a_disk_that_is_full_when_the_brief_is_to_be_written_delays_it_only(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = desk.latest

    def no_space(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(saving.os, "fsync", no_space)
        with pytest.raises(SummarizeError, match="No space left on device"):
            desk.run(MORNING + 2 * DAY)
    assert desk.latest == earlier
    assert len(desk.names) == 2
    report = desk.run(MORNING + 3 * DAY)
    assert [p.stem for p in report.written] == ["brief-20200223T060000Z"]
    assert desk.told() == {ARMY}


def protect(folder: Path, is_protected: bool) -> None:
    """Let nobody write on a file system, or everybody again."""
    how = "remount,ro" if is_protected else "remount,rw"
    subprocess.run(["mount", "-o", how, str(folder)], check=True)


def test_a_state_folder_that_is_read_only_ends_with_a_message(small_disk: Path, tmp_path: Path) -> None:
    desk = Desk(tmp_path, state=small_disk / "state")
    desk.put("a.txt", KILLED, LOST)
    desk.once()
    desk.put("b.txt", FIRE, title="Fire in Marlow")
    before = desk.everything()
    protect(small_disk, True)
    with pytest.raises(SummarizeError, match=r"state: can't be locked .*make it writable") as failed:
        desk.once(MORNING + DAY)
    assert failed.value.exit_code == 2
    with pytest.raises(StoreError, match=r"can't be written .*change its permissions"):
        desk.run(MORNING + DAY)
    assert desk.everything() == before
    protect(small_disk, False)
    assert desk.once(MORNING + DAY) == 0
    assert desk.told() == {FIRE}


def test_a_folder_of_briefs_that_is_read_only_delays_the_brief_and_loses_nothing(
    small_disk: Path, tmp_path: Path
) -> None:
    desk = Desk(tmp_path, out=small_disk / "briefs")
    desk.put("a.txt", KILLED, LOST)
    desk.once()
    earlier = desk.latest
    desk.put("b.txt", FIRE, title="Fire in Marlow")
    protect(small_disk, True)
    for _ in range(2):
        with pytest.raises(SummarizeError, match=r"briefs/brief-\S+: can't be written .*Read-only") as failed:
            desk.once(MORNING + DAY)
        assert failed.value.exit_code == 2
    assert desk.latest == earlier
    protect(small_disk, False)
    desk.put("c.txt", ARMY)
    report = desk.run(MORNING + 2 * DAY)
    assert [p.stem for p in report.written] == ["brief-20200222T060000Z", "brief-20200223T060000Z"]
    assert (desk.told(name=report.written[0].stem), desk.told()) == ({FIRE}, {ARMY})


def test_a_brief_that_the_caller_prints_is_not_published_later(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.put("a.txt", KILLED, LOST)
    printed = desk.run(out=None)
    assert printed.brief is not None
    desk.put("b.txt", FIRE, title="Fire in Marlow")
    (written,) = desk.run(MORNING + DAY).written
    assert desk.names == [written.stem] == ["brief-20200222T060000Z"]
    assert desk.told() == {FIRE}
