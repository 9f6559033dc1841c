"""The command after a new brief: what it gets, what is logged, and that it can cost no brief."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from summarize import log
from summarize.job.hooks import Counts, run_hook
from summarize.job.stopping import Stopped, stopping

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the commands are those of a POSIX shell")


class Hook:
    """Runs hooks in a folder and reads the log that they leave."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def run(self, command: str, timeout_s: float = 20.0) -> bool:
        return self.run_with(command, self.folder / "brief.md", self.folder / "brief.json", timeout_s)

    def run_with(self, command: str, brief: Path, as_json: Path, timeout_s: float = 20.0) -> bool:
        log.configure(False, "json", job=True)
        return run_hook(command, brief, as_json, Counts(new=3, updated=2, withdrawn=1), timeout_s)

    def logged(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self._capsys.readouterr().err.splitlines()]

    def output(self) -> list[str]:
        return [event["line"] for event in self.logged() if event["event"] == "hook_output"]


@pytest.fixture
def hook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Hook:
    return Hook(tmp_path, capsys)


def gone(pid: int) -> bool:
    """Say whether a process has ended, if need be after a moment; one that nobody has asked after counts."""
    for _ in range(200):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


def test_the_command_is_given_paths_and_counts(hook: Hook) -> None:
    assert hook.run(
        'echo "$SUMMARIZE_BRIEF|$SUMMARIZE_JSON"; echo $SUMMARIZE_NEW $SUMMARIZE_UPDATED $SUMMARIZE_WITHDRAWN'
    )
    assert hook.output() == [f"{hook.folder}/brief.md|{hook.folder}/brief.json", "3 2 1"]


def test_relative_paths_are_made_absolute(hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(hook.folder)
    assert hook.run_with("echo $SUMMARIZE_BRIEF", Path("a.md"), Path("a.json"))
    assert hook.output() == [f"{hook.folder}/a.md"]


def test_its_output_is_logged_line_by_line_from_both_streams(hook: Hook) -> None:
    assert hook.run("echo sent; echo careful >&2; printf 'no end of line'")
    assert hook.output() == ["sent", "careful", "no end of line"]


def test_bytes_that_are_no_text_and_long_lines_do_no_harm(hook: Hook) -> None:
    assert hook.run("printf 'caf\\351\\n'; head -c 5000 /dev/zero | tr '\\0' x")
    lines = hook.output()
    assert lines[0] == "caf\N{REPLACEMENT CHARACTER}"
    assert [len(line) for line in lines[1:]] == [2000, 2000, 1000]


def test_a_talkative_command_is_cut_but_goes_on_to_its_end(hook: Hook) -> None:
    assert hook.run("seq 100000")  # more than a pipe holds
    events = [event["event"] for event in hook.logged()]
    assert events == ["hook_output"] * 100 + ["hook_output_cut", "hook"]


def test_a_command_that_fails_is_logged_as_an_error(hook: Hook) -> None:
    assert not hook.run("echo no such list; exit 3")
    output, failure = hook.logged()
    assert output["line"] == "no such list"
    assert (failure["event"], failure["level"]) == ("hook_failed", "error")
    assert failure["reason"] == "exit code 3"
    assert failure["command"] == "echo no such list; exit 3"


def test_a_command_that_does_not_exist_or_dies_is_logged_too(hook: Hook) -> None:
    assert not hook.run("/no/such/command 2>/dev/null")
    assert not hook.run("kill -SEGV $$")
    assert not hook.run("a NUL \0 in it")
    assert [e["reason"] for e in hook.logged()] == [
        "exit code 127",
        "ended by signal 11",
        "embedded null byte",
    ]


def test_a_command_that_takes_too_long_is_killed_with_all_that_it_started(hook: Hook) -> None:
    started = time.monotonic()
    assert not hook.run("sleep 60 & echo $!; echo $$; sleep 60", timeout_s=1.0)
    assert time.monotonic() - started < 20
    *outputs, failure = hook.logged()
    assert failure["reason"] == "killed after 1 s"
    assert len(outputs) == 2
    assert all(gone(int(event["line"])) for event in outputs)


def test_one_that_will_not_hear_is_killed_as_well(hook: Hook) -> None:
    assert not hook.run("trap '' TERM; echo $$; while :; do sleep 0.05; done", timeout_s=1.0)
    (told, failure) = hook.logged()
    assert failure["event"] == "hook_failed"
    assert gone(int(told["line"]))


def test_what_it_leaves_in_the_background_is_not_waited_for(hook: Hook) -> None:
    started = time.monotonic()
    assert hook.run("sleep 60 & echo $!")
    try:
        assert time.monotonic() - started < 20
    finally:
        os.kill(int(hook.output()[0]), signal.SIGKILL)


def test_it_reads_no_input(hook: Hook) -> None:
    assert hook.run("cat; echo end")
    assert hook.output() == ["end"]


def test_a_signal_to_the_job_ends_the_command_too(hook: Hook) -> None:
    with stopping() as stop, pytest.raises(Stopped), stop.running():
        hook.run(f"echo $$ >'{hook.folder}/pid'; sleep 0.3; kill -TERM $PPID; sleep 60")
    assert gone(int((hook.folder / "pid").read_text()))
