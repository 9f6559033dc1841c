"""One job per state folder, with real processes: one that ends, one that is killed, one that holds on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from summarize.errors import SummarizeError
from summarize.job.lock import exclusive

REPOSITORY = Path(__file__).resolve().parent.parent
HOLD = """
import subprocess, sys
from pathlib import Path
from summarize.job.lock import exclusive
with exclusive(Path(sys.argv[1])):
    if sys.argv[2:]:
        child = subprocess.Popen(["sleep", "60"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        print(child.pid, flush=True)
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run a process that holds the lock until its stdin is closed."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(REPOSITORY), *sys.path])}
    command = [sys.executable, "-c", HOLD, str(folder), *arguments]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_until_held(process: subprocess.Popen[str]) -> None:
    assert process.stdout and process.stdout.readline() == "held\n"


def test_a_second_process_is_refused_and_told_who_holds_it(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        wait_until_held(process)
        told = json.loads((tmp_path / "lock.json").read_text())
        assert told["pid"] == process.pid
        with pytest.raises(SummarizeError) as caught, exclusive(tmp_path):
            pytest.fail("both hold it")
        assert str(caught.value) == (
            f"{tmp_path}: another summarize (pid {process.pid} on {told['host']}, "
            f"since {told['since']}) works with it; wait for it, stop it, or name another folder with --state"
        )
        assert caught.value.exit_code == 2
        # The refused one has changed nothing.
        assert json.loads((tmp_path / "lock.json").read_text()) == told


def test_the_lock_is_free_when_its_process_has_ended(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        wait_until_held(process)
        process.communicate(timeout=20)
    assert process.returncode == 0
    assert not (tmp_path / "lock.json").exists()
    with exclusive(tmp_path):
        pass


def test_a_lock_of_a_process_that_was_killed_is_taken_over(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        wait_until_held(process)
        process.kill()
        process.wait(timeout=20)
        assert json.loads((tmp_path / "lock.json").read_text())["pid"] == process.pid
        with exclusive(tmp_path):
            assert json.loads((tmp_path / "lock.json").read_text())["pid"] == os.getpid()


@pytest.mark.skipif(sys.platform == "win32", reason="uses the sleep command")
def test_what_a_killed_process_had_started_does_not_hold_on_to_the_lock(tmp_path: Path) -> None:
    with holder(tmp_path, "with a child") as process:
        assert process.stdout
        child = int(process.stdout.readline())
        try:
            wait_until_held(process)
            process.kill()
            process.wait(timeout=20)
            os.kill(child, 0)  # it lives on
            with exclusive(tmp_path):
                pass
        finally:
            os.kill(child, 9)


def test_files_left_by_a_dead_process_are_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("")
    (tmp_path / "lock.json").write_text(
        json.dumps({"pid": 2**22 + 1, "host": "elsewhere", "since": "2020-01-01T00:00:00Z"})
    )
    with exclusive(tmp_path):
        assert json.loads((tmp_path / "lock.json").read_text())["pid"] == os.getpid()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"pid": 1}', "\udcff"])
def test_a_torn_note_of_the_holder_only_shortens_the_message(tmp_path: Path, content: str) -> None:
    with holder(tmp_path) as process:
        wait_until_held(process)
        (tmp_path / "lock.json").write_bytes(content.encode("utf-8", "surrogateescape"))
        with (
            pytest.raises(SummarizeError, match=r": another summarize works with it; wait"),
            exclusive(tmp_path),
        ):
            pytest.fail("both hold it")


def test_two_locks_in_one_process_exclude_each_other_too(tmp_path: Path) -> None:
    with (
        exclusive(tmp_path),
        pytest.raises(SummarizeError, match=f"another summarize .pid {os.getpid()} on"),
        exclusive(tmp_path),
    ):
        pytest.fail("both hold it")


def test_two_state_folders_do_not_exclude_each_other(tmp_path: Path) -> None:
    with exclusive(tmp_path / "a"), exclusive(tmp_path / "b"):
        pass


def test_the_lock_is_free_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), exclusive(tmp_path):
        raise RuntimeError
    with exclusive(tmp_path):
        pass


def test_the_folder_is_made(tmp_path: Path) -> None:
    with exclusive(tmp_path / "a" / "state"):
        assert (tmp_path / "a" / "state").is_dir()


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file" / "state"):
        with pytest.raises(SummarizeError) as caught, exclusive(folder):
            pytest.fail("it was locked")
        assert str(caught.value).startswith(f"{folder}: can't be locked (")
        assert "--state" in str(caught.value)
