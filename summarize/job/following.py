"""Follow: a folder that changed → its brief, written with all that was worked out before, and remembered.

Contract: the heavy half of a run. Everything that it learns goes to the store at its end, in one transaction.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from summarize import log
from summarize.clock import Clock, Progress
from summarize.edits import edits
from summarize.job.run import Job, Shield
from summarize.loading import load_models
from summarize.novelty import History
from summarize.pipeline import follow_up
from summarize.reading import Reading
from summarize.rendering import to_json, to_markdown
from summarize.saving import path_to
from summarize.segmentation import plain
from summarize.store import Store
from summarize.store.caches import Cache, Remembered, remembering
from summarize.store.folder import Folder, read_again, texts_of
from summarize.store.history import Outcome, names, recollect, record
from summarize.types import Brief, Edited

A_LITTLE = timedelta(hours=12)
NAME = "brief-%Y%m%dT%H%M%SZ"


def follow(
    job: Job, store: Store, now: datetime, found: Folder, progress: Progress, shielded: Shield, started: float
) -> tuple[Brief | None, dict[str, int]]:
    """Write what is new and remember it; the brief is None where there is nothing to tell.

    :param started: when the run began, by ``time.perf_counter``.
    :return: the brief, and what was counted on the way.
    """
    clock = Clock(progress)
    cache = Cache(store)
    recall = Remembered(store, cache)
    with clock.stage("read"):
        reading = read_again(store, found, recall.studies, job.config.languages)
        found = _with_unusable(found, reading)
    with clock.stage("load"):
        models = (job.load or load_models)(job.config)
    history = recollect(store)
    now = _after(now, history.since, store)
    if history.since is not None:
        history = replace(history, since=min(history.since, now))
    made = follow_up(
        reading,
        remembering(models, cache, job.config.embedder.batch_size),
        job.config,
        lambda _: history,
        created=now,
        clock=clock,
        recall=recall,
    )
    brief = _with_edits(made.brief, found, history, store)
    counts = {**_counts(brief), "articles": len(brief.sources), "embedded": cache.n_embedded}
    name = now.astimezone(UTC).strftime(NAME) if brief.tells_news else None
    texts = _rendered(brief, job.folder, job.out) if name and job.out else None
    made = replace(made, brief=brief)
    seconds = time.perf_counter() - started
    with shielded():
        record(store, Outcome(now, found, counts, seconds, made, name, texts), cache)
    for stage, seconds in brief.stats.seconds:
        log.detail("stage", stage=stage, seconds=seconds)
    return (brief if name else None), counts


def _with_unusable(found: Folder, reading: Reading) -> Folder:
    """Add the articles that were read but can't be used, because of their language or for want of news."""
    known = set(found.failures)
    for failure in reading.failures:
        if failure not in known:
            log.error("unusable", path=failure.path, reason=failure.reason)
    return replace(found, failures=reading.failures)


def _counts(brief: Brief) -> dict[str, int]:
    statuses = [c.status for t in brief.topics for c in t.claims]
    counts = {status: statuses.count(status) for status in ("new", "updated", "unchanged")}
    return {**counts, "withdrawn": len(brief.news.withdrawn) if brief.news else 0}


def _after(now: datetime, last: datetime | None, store: Store) -> datetime:
    """Return the time of a brief: one that no earlier brief is named by, since names count whole seconds.

    After a clock that was set back a little it goes on from the last brief, so that names keep their order.
    After one that had been far ahead it is the time as it is; else all later briefs would carry a wrong one.
    """
    if last is None:
        return now
    moment, last = now.replace(microsecond=0), last.replace(microsecond=0)
    if last - A_LITTLE <= moment <= last:
        return last + timedelta(seconds=1)
    taken = names(store)
    while moment.astimezone(UTC).strftime(NAME) in taken:
        moment += timedelta(seconds=1)
    return max(now, moment)


def _with_edits(brief: Brief, found: Folder, history: History, store: Store) -> Brief:
    """Add which files were edited silently, and the claims that rested on what they said."""
    if brief.news is None or not found.changed:
        return brief
    texts = texts_of(store, [found.told[p] for p in found.changed] + [found.sha_of[p] for p in found.changed])
    edited = []
    for path in found.changed:
        old, text = found.told[path], texts[found.sha_of[path]]
        changes = tuple((e.kind, e.before, e.after) for e in edits(texts[old], text))
        left = plain(text)
        claims = tuple(
            t.text
            for t in history.told
            if any(p.sha256 == old and p.role == "support" and plain(p.text) not in left for p in t.evidence)
        )
        if changes or claims:
            edited.append(Edited(path, changes, claims))
    return replace(brief, news=replace(brief.news, edited=tuple(edited)))


def _rendered(brief: Brief, folder: Path, out: Path) -> tuple[str, str]:
    """Return Markdown and JSON, whose links lead from the briefs to the articles."""
    link = path_to(folder, out)
    return to_markdown(brief, link), to_json(brief, link)
