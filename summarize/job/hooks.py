"""Run the newsroom's own command after a new brief: a mail, a webhook, a copy.

The brief is already saved; whatever the command does, it costs no brief. What it prints and how it ends goes
to the log.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from summarize import log

_MAX_LINES = 100
_MAX_LINE_BYTES = 2_000
_GRACE_S = 2.0  # between asking a command to end and killing it
_LAST_WORDS_S = 1.0  # for reading what an ended command has printed


@dataclass(frozen=True, slots=True)
class Counts:
    """How many claims of a brief are new, updated, withdrawn."""

    new: int
    updated: int
    withdrawn: int


def run_hook(command: str, brief: Path, json: Path, counts: Counts, timeout_s: float) -> bool:
    """Run ``command`` through the shell and wait for it; say whether it ended with 0.

    Its environment has the absolute paths ``SUMMARIZE_BRIEF`` and ``SUMMARIZE_JSON`` and the numbers
    ``SUMMARIZE_NEW``, ``SUMMARIZE_UPDATED`` and ``SUMMARIZE_WITHDRAWN``. After ``timeout_s`` it is killed
    with all that it has started. A command that fails is logged; only a signal to this process raises.
    """
    environment = {
        **os.environ,
        "SUMMARIZE_BRIEF": str(brief.absolute()),
        "SUMMARIZE_JSON": str(json.absolute()),
        "SUMMARIZE_NEW": str(counts.new),
        "SUMMARIZE_UPDATED": str(counts.updated),
        "SUMMARIZE_WITHDRAWN": str(counts.withdrawn),
    }
    try:
        process = subprocess.Popen(
            command,
            shell=True,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # a process group of its own, which can be killed as a whole
        )
    except (OSError, ValueError) as error:  # ValueError: a NUL in the command
        log.error("hook_failed", command=command, reason=str(error))
        return False
    return _ended_well(process, command, timeout_s)


def _ended_well(process: subprocess.Popen[bytes], command: str, timeout_s: float) -> bool:
    """Wait for the command, log its end, and leave nothing behind that is over its time."""
    # The pipe is read by a thread, since what the command left in the background may hold it open for ever.
    reader = threading.Thread(target=_log_output, args=(process.stdout,), daemon=True)
    reader.start()
    try:
        status = process.wait(timeout_s)
    except subprocess.TimeoutExpired:
        _kill(process)
        reader.join(_LAST_WORDS_S)
        log.error("hook_failed", command=command, reason=f"killed after {timeout_s:g} s")
        return False
    except BaseException:
        _kill(process)
        raise
    reader.join(_LAST_WORDS_S)
    if status != 0:
        reason = f"exit code {status}" if status > 0 else f"ended by signal {-status}"
        log.error("hook_failed", command=command, reason=reason)
        return False
    log.event("hook", command=command, status=status)
    return True


def _log_output(pipe: IO[bytes]) -> None:
    """Log each line; past the cap, read on and drop, because a full pipe would stop the command."""
    with pipe:
        for n, raw in enumerate(iter(lambda: pipe.readline(_MAX_LINE_BYTES), b"")):
            if n < _MAX_LINES:
                log.event("hook_output", line=raw.decode("utf-8", "replace").rstrip("\r\n"))
            elif n == _MAX_LINES:
                log.event("hook_output_cut", lines=_MAX_LINES)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the whole process group: first asked, then killed."""
    _signal_group(process, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_GRACE_S)
    if sys.platform == "win32":
        process.kill()
    else:
        _signal_group(process, signal.SIGKILL)  # also what outlived the shell
    process.wait()


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    if sys.platform == "win32":
        process.terminate()
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)
