"""Signals: a wait ends, a run rolls back, a commit is finished first, a second signal ends everything."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from summarize import log
from summarize.job.stopping import Stopped, stopping

REPOSITORY = Path(__file__).resolve().parent.parent


def send(number: signal.Signals = signal.SIGTERM) -> None:
    """Send a signal to this process; its handler runs before this returns."""
    signal.raise_signal(number)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_while_waiting_raises_nothing_and_is_remembered(number: signal.Signals) -> None:
    with stopping() as stop:
        assert not stop.requested()
        send(number)
        assert stop.requested()
        assert stop.signal_name == number.name


def test_a_sleep_ends_at_once_when_the_signal_comes() -> None:
    with stopping() as stop:
        timer = threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGTERM))
        started = time.monotonic()
        timer.start()
        stop.sleep(30)
        timer.join()
        stop.sleep(30)  # and one that begins after it does not even start
        assert stop.requested()
        assert time.monotonic() - started < 10


def test_a_sleep_lasts_as_long_as_it_is_told_without_a_signal() -> None:
    with stopping() as stop:
        started = time.monotonic()
        stop.sleep(0.02)
        assert time.monotonic() - started >= 0.02
        assert not stop.requested()


def test_a_signal_in_a_run_is_raised_where_the_run_is() -> None:
    steps: list[str] = []
    with stopping() as stop:
        with pytest.raises(Stopped, match="stopped by SIGTERM"), stop.running():
            steps.append("before")
            send()
            steps.append("after")
        assert steps == ["before"]
        assert stop.requested()


def test_no_handler_of_ordinary_errors_takes_it_for_its_own() -> None:
    with stopping() as stop, pytest.raises(Stopped), stop.running():
        try:
            send()
        except Exception:
            pytest.fail("an ordinary handler caught it")


def test_a_commit_is_finished_before_the_signal_counts() -> None:
    steps: list[str] = []
    with stopping() as stop, pytest.raises(Stopped), stop.running():
        with stop.shielded():
            send()
            steps.append("committed")
        steps.append("after the commit")
    assert steps == ["committed"]


def test_a_shield_within_a_shield_holds_until_the_outer_one_ends() -> None:
    steps: list[str] = []
    with stopping() as stop, pytest.raises(Stopped), stop.running():
        with stop.shielded():
            with stop.shielded():
                send()
            steps.append("outer")
        steps.append("after")
    assert steps == ["outer"]


def test_an_error_in_a_commit_is_not_hidden_by_the_signal() -> None:
    with stopping() as stop, pytest.raises(OSError, match="disk full"), stop.running(), stop.shielded():
        send()
        raise OSError("disk full")


def test_a_run_does_not_begin_after_a_signal() -> None:
    with stopping() as stop:
        send()
        with pytest.raises(Stopped), stop.running():
            pytest.fail("the run began")


def test_a_signal_that_was_lost_in_a_destructor_is_raised_by_the_next_check() -> None:
    class Careless:
        def __del__(self) -> None:
            send()

    with stopping() as stop, pytest.raises(Stopped), stop.running():
        with unraisable_ignored():
            thing = Careless()
            del thing
        assert stop.requested()
        stop.check()
        pytest.fail("the check let it pass")


class unraisable_ignored:
    """Keep what Python says of an exception in a destructor away from the test's report."""

    def __enter__(self) -> None:
        self._before = sys.unraisablehook
        sys.unraisablehook = lambda _: None

    def __exit__(self, *_: object) -> None:
        sys.unraisablehook = self._before


def test_the_handlers_of_before_are_back_afterwards() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    with pytest.raises(RuntimeError), stopping():
        assert signal.getsignal(signal.SIGTERM) is not before[0]
        raise RuntimeError
    assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)] == before


def test_outside_of_the_main_thread_it_does_nothing() -> None:
    before = signal.getsignal(signal.SIGTERM)
    seen: list[object] = []

    def job() -> None:
        with stopping() as stop, stop.running(), stop.shielded():
            seen.extend([signal.getsignal(signal.SIGTERM), stop.requested()])

    thread = threading.Thread(target=job)
    thread.start()
    thread.join()
    assert seen == [before, False]


def test_the_end_is_logged_with_the_signal(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure(verbose=True)
    with stopping():
        send(signal.SIGINT)
    with stopping():
        pass
    assert capsys.readouterr().err == "event=stopped signal=SIGINT\n"


# As a process of its own

SCRIPT = """
import sys, time
from summarize import log
from summarize.job.stopping import stopping
log.configure(verbose=True)
with stopping() as stop:
    print("ready", flush=True)
    if sys.argv[1] == "wait":
        stop.sleep(60)
    else:
        with stop.running(), stop.shielded():
            print("shielded", flush=True)
            end = time.monotonic() + 60
            while time.monotonic() < end:
                time.sleep(0.01)
                if stop.requested() and stop.signal_name:
                    print("asked", flush=True)
                    time.sleep(60)
"""


def start(mode: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(REPOSITORY), *sys.path])}
    command = [sys.executable, "-c", SCRIPT, mode]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout and process.stdout.readline() == "ready\n"
    return process


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_waiting_process_ends_with_0_and_says_so(number: signal.Signals) -> None:
    with start("wait") as process:
        process.send_signal(number)
        _, stderr = process.communicate(timeout=20)
    assert process.returncode == 0
    assert stderr == f"event=stopped signal={number.name}\n"


def test_a_second_signal_ends_even_a_shielded_process_at_once() -> None:
    with start("commit") as process:
        assert process.stdout
        assert process.stdout.readline() == "shielded\n"
        process.send_signal(signal.SIGTERM)
        assert process.stdout.readline() == "asked\n"
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
    assert process.returncode == -signal.SIGINT


@pytest.mark.parametrize(("is_stopped", "said"), [(True, "flushed"), (False, "flushed torn down")])
def test_a_stopped_process_leaves_with_its_exit_code_and_without_tearing_its_libraries_down(
    is_stopped: bool, said: str
) -> None:
    script = (
        "import atexit, signal, sys\n"
        "from summarize.job.stopping import leave_if_stopped, stopping\n"
        "atexit.register(lambda: sys.stdout.write(' torn down'))\n"
        "with stopping():\n"
        f"    if {is_stopped}: signal.raise_signal(signal.SIGTERM)\n"
        "sys.stdout.write('flushed')\n"
        "try: sys.exit(3)\n"
        "finally: leave_if_stopped()\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout) == (3, said)
