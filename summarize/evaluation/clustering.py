"""Clustering: whether articles of one event become one story, and whether topics are steady.

Stories are scored on documents whose events are known, see ``events``; topics as ``steadiness`` says.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from summarize.clustering import stories
from summarize.evaluation.bench import Bench
from summarize.evaluation.events import EVENTS, NEWS, document_sets, portraits_of, score_figures, scores
from summarize.evaluation.report import Figure, Result
from summarize.evaluation.steadiness import measure_topics


def measure(bench: Bench) -> tuple[Result, ...]:
    """Score the stories, then the topics."""
    return (*measure_stories(bench), measure_topics(bench))


def measure_stories(bench: Bench) -> Iterator[Result]:
    """Group each set of documents and score."""
    documents, sets = document_sets(bench)
    portraits = portraits_of(bench, documents)
    for own in sets:
        started = time.perf_counter()
        found = stories([portraits[i] for i in own.rows], bench.config.cluster.min_similarity)
        seconds = time.perf_counter() - started
        settings = bench.settings(
            "clustering",
            f"{EVENTS}+{NEWS}" if min(own.events) < 0 else EVENTS,
            None,
            set=own.name,
            embedder=bench.models().embedder.signature,
            min_similarity=str(bench.config.cluster.min_similarity),
        )
        figures = (
            *score_figures("stories", scores(own.events, found), len(own.rows)),
            Figure("stories: found", len(set(found)), len(set(own.events))),
            Figure("stories: seconds", seconds, len(own.rows), "points"),
        )
        yield Result(f"Clustering: {own.name}", settings, figures)
