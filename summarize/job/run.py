"""One run of the job: look at the folder, write what is new, remember it, publish it.

Contract: a run does all or nothing. It looks first, and where nothing changed it imports no more than it
takes to see that; what it found is written to the store in one transaction and only then to files. Knows
nothing of schedules and signals.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from summarize import log
from summarize.clock import Progress
from summarize.config import Config
from summarize.errors import NothingToSummariseError, SummarizeError
from summarize.job.publishing import publish, retire
from summarize.store import Store
from summarize.store.folder import Folder, look
from summarize.store.runs import record_unchanged
from summarize.types import Brief

if TYPE_CHECKING:
    from summarize.loading import Models

Shield = Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Job:
    """What a run works on. ``out`` may be None: the brief is then only returned.

    :ivar load: gives the models; without it, those that the configuration names are loaded.
    """

    folder: Path
    out: Path | None
    config: Config
    keep: int = 0
    load: Callable[[Config], Models] | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a run came to. ``written`` are the Markdown files that it published."""

    outcome: str  # brief, nothing, unchanged
    folder: Folder
    brief: Brief | None = None
    written: tuple[Path, ...] = ()


def run(
    job: Job,
    store: Store,
    now: datetime,
    *,
    progress: Progress = lambda *_: None,
    sleep: Callable[[float], None] = time.sleep,
    shielded: Shield = nullcontext,
) -> Report:
    """Look at the folder and write what is new since the last brief.

    :param now: the time that the brief carries; aware.
    :param shielded: keeps signals away while the outcome is written.
    :raises NothingToSummariseError: if there is no article.
    :raises SummarizeError: if the folder, the models, the store or the output can't be used; nothing but
        cached work is then left behind.
    """
    started = time.perf_counter()
    earlier = _publish(job, store, shielded)
    suffixes = job.config.read.suffixes
    found = look(store, job.folder, job.config.read, now, sleep)
    _log_folder(found)
    if not (found.files or found.told or found.waiting):
        raise NothingToSummariseError(f"{job.folder}: no readable article ({', '.join(suffixes)}) yet")
    if found.is_unchanged:
        with shielded():
            record_unchanged(store, found, now, time.perf_counter() - started)
        log.event(
            "run", outcome="unchanged", articles=len(found.files), seconds=time.perf_counter() - started
        )
        _tidy(job, store)
        return Report("unchanged", found, written=earlier)
    from summarize.job.following import follow

    brief, counts = follow(job, store, now, found, progress, shielded, started)
    written = (*earlier, *_publish(job, store, shielded))
    _tidy(job, store)
    outcome = "brief" if brief else "nothing"
    log.event("run", outcome=outcome, **counts, seconds=time.perf_counter() - started)
    return Report(outcome, found, brief, written)


def _publish(job: Job, store: Store, shielded: Shield) -> tuple[Path, ...]:
    if job.out is None:
        return ()
    with shielded():
        return publish(store, job.out)


def _tidy(job: Job, store: Store) -> None:
    """Remove old briefs and copy the state, also where a run before was killed between its brief and this.

    Neither may cost the run: its brief is out.
    """
    if job.out is None:
        return
    retire(store, job.out, job.keep)
    try:
        if not store.is_backed_up():
            store.back_up()
    except SummarizeError as error:
        log.error("not_backed_up", reason=str(error))


def _log_folder(found: Folder) -> None:
    for failure in found.failures:
        log.error("unreadable", path=failure.path, reason=failure.reason)
    for what in ("new", "changed", "moved", "gone", "waiting"):
        paths = getattr(found, what)
        if paths:
            log.event("files", what=what, n=len(paths))
            for path in paths:
                log.detail("file", what=what, path=path)
