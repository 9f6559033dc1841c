"""``summarize watch`` as a newsroom starts it: in a process of its own, with the models that it ships."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.jobs import CLOSED, FIRE, KILLED, LOST, Desk

REPOSITORY = Path(__file__).resolve().parent.parent
PATIENCE_S = 120.0  # for a machine that is busy with other things
AT_ONCE_S = 5.0

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends SIGTERM")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.put("a.txt", KILLED, LOST)
    made.put("b.txt", FIRE, CLOSED, title="Fire in Marlow")
    return made


def command(desk: Desk, *options: str) -> list[str]:
    folders = (str(desk.articles), "--out", str(desk.out), "--state", str(desk.state))
    return [sys.executable, "-m", "summarize", "watch", *folders, *options]


def finished(desk: Desk, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(desk, *options),
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


@contextmanager
def started(desk: Desk, *options: str) -> Iterator[tuple[subprocess.Popen[bytes], Callable[[str], str]]]:
    """Start the command; yield it and what waits until its log has some text, and returns the log."""
    path = desk.state.parent / "log"
    with (
        open(path, "wb") as log,
        subprocess.Popen(command(desk, *options), cwd=REPOSITORY, stderr=log) as process,
    ):

        def logged(text: str) -> str:
            end = time.monotonic() + PATIENCE_S
            while text not in (found := path.read_text(encoding="utf-8")):
                assert process.poll() is None and time.monotonic() < end, found
                time.sleep(0.02)
            return found

        try:
            yield process, logged
        finally:
            process.kill()


def stop(process: subprocess.Popen[bytes]) -> int:
    """Ask a process to end, and return its exit code."""
    process.send_signal(signal.SIGTERM)
    return process.wait(AT_ONCE_S)


def test_a_second_job_ends_with_2_and_a_message_and_the_first_goes_on_until_it_is_stopped(desk: Desk) -> None:
    desk.put_bytes("noise.txt", os.urandom(64) + bytes(1000))
    with started(desk, "--every", "1h") as (first, logged):
        log = logged("event=waiting")
        assert "event=unreadable level=error path=noise.txt" in log
        (name,) = desk.names
        before = desk.everything()
        second = finished(desk, "--once")
        assert second.returncode == 2
        assert f"another summarize (pid {first.pid} on " in second.stderr
        assert "--state" in second.stderr and "Traceback" not in second.stderr
        assert desk.everything() == before
        told = finished(desk, "--status").stdout
        assert "running, next run" in told and name in told and "noise.txt" in told
        assert stop(first) == 0
    assert "event=stopped signal=SIGTERM" in (desk.state.parent / "log").read_text(encoding="utf-8")
    again = finished(desk, "--once")
    assert again.returncode == 0
    assert "outcome=unchanged" in again.stderr
    assert desk.names == [name]


def test_sigterm_during_a_run_ends_it_with_130_within_five_seconds_and_leaves_no_brief(desk: Desk) -> None:
    with started(desk, "--once") as (process, logged):
        logged("event=files what=new")  # now it loads the models
        assert stop(process) == 130
    assert not desk.out.exists()
    assert desk.rows("SELECT count(*) FROM run") == [(0,)]
    assert "Traceback" not in (desk.state.parent / "log").read_text(encoding="utf-8")
    assert desk.run().outcome == "brief"
    assert desk.told() == {KILLED, LOST, FIRE, CLOSED}
