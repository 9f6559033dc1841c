"""Watch: runs when they are due, until a signal comes; what goes wrong in one run does not end the job.

Contract: one job per state folder. A run that fails leaves the store as it was and is noted there; the next
one does its work again. The clock is handed in.
"""

from __future__ import annotations

import contextlib
import json
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from summarize import log
from summarize.errors import EXIT_OK, EXIT_SOME_INPUTS_FAILED, SummarizeError
from summarize.job.hooks import Counts, run_hook
from summarize.job.lock import exclusive
from summarize.job.run import Job, Report, run
from summarize.job.schedule import Cron, Schedule
from summarize.job.stopping import Stopping, stopping
from summarize.job.waiting import Wake, wait_until
from summarize.saving import save
from summarize.store import open_store
from summarize.store.runs import counts_of, record_failed

NEXT = "next.json"
HOOK_TIMEOUT_S = 300.0
Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Watch:
    """A job with its state folder and what to run after each brief."""

    job: Job
    state: Path
    on_brief: str | None = None


def utc_now() -> datetime:
    return datetime.now(UTC)


def once(watch: Watch, now: Now = utc_now) -> int:
    """Do one run and return the exit code.

    :raises SummarizeError: if it fails.
    """
    with exclusive(watch.state), stopping() as stop, stop.running():
        return _exit_code(_run(watch, stop, now))


def repeatedly(
    watch: Watch, schedule: Schedule, now: Now = utc_now, sleep: Callable[[float], object] | None = None
) -> int:
    """Run whenever the schedule says so, until a signal comes; an interval begins with a run.

    :param sleep: goes with another clock than the machine's; else one that a signal ends.
    :raises SummarizeError: if another job works with the state, or it can't be used at the start.
    """
    with exclusive(watch.state), stopping() as stop:
        with open_store(watch.state):
            pass  # what is wrong with it shows at once and not in the night
        began = now()
        if not isinstance(schedule, Cron):
            _attempt(watch, stop, now)
        while True:
            when = schedule.next_after(began)
            _announce(watch.state, when)
            wake = wait_until(when, now, sleep or stop.sleep, stop.requested, since=began)
            if wake is Wake.STOPPED:
                return EXIT_OK
            began = now()
            if wake is Wake.DUE:
                _attempt(watch, stop, now)


def _attempt(watch: Watch, stop: Stopping, now: Now) -> None:
    """Run; log what went wrong, and go on."""
    started = time.perf_counter()
    try:
        with stop.running():
            _run(watch, stop, now)
        return
    except SummarizeError as error:
        reason = str(error)
        log.error("failed", reason=reason)
    except Exception as error:  # a defect of this program must not end a job that is left alone
        reason = f"{type(error).__name__}: {error}"
        log.error("crashed", reason=reason, traceback=traceback.format_exc())
    with contextlib.suppress(SummarizeError), open_store(watch.state) as store:
        record_failed(store, now(), reason, time.perf_counter() - started)


def _run(watch: Watch, stop: Stopping, now: Now) -> Report:
    with open_store(watch.state) as store:
        report = run(
            watch.job,
            store,
            now(),
            sleep=_sleeping(stop),
            shielded=stop.shielded,
            progress=lambda *_: stop.check(),
        )
        counts = {path: counts_of(store, path.stem) for path in report.written}
    for path in report.written:
        log.event("written", brief=path)
        if watch.on_brief:
            told = Counts(*(counts[path].get(s, 0) for s in ("new", "updated", "withdrawn")))
            run_hook(watch.on_brief, path, path.with_suffix(".json"), told, HOOK_TIMEOUT_S)
    return report


def _sleeping(stop: Stopping) -> Callable[[float], None]:
    def sleep(seconds: float) -> None:
        stop.sleep(seconds)
        stop.check()

    return sleep


def _exit_code(report: Report) -> int:
    return EXIT_SOME_INPUTS_FAILED if report.brief and report.brief.failures else EXIT_OK


def _announce(state: Path, when: datetime) -> None:
    """Note when the next run is due, for ``--status``; who reads in the log that it waits finds it noted."""
    try:
        save(state / NEXT, json.dumps({"next": when.isoformat()}).encode())
    except SummarizeError as error:
        log.error("not_noted", reason=str(error))
    log.event("waiting", until=when.isoformat())
