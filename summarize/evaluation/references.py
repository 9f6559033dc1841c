"""References: the claims of whole briefs against what people wrote on the same articles.

Runs the whole pipeline, checker on, on each cluster. Scored are the claims as they stand in the brief and in
its order, joined by blanks; headings, citations and what is said of disagreements are left out. A cluster
whose articles hold nothing that can be told scores as an empty text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

import numpy as np
from nltk.tokenize.punkt import PunktSentenceTokenizer

from summarize.clock import Clock
from summarize.config import Config
from summarize.errors import NothingToSummariseError
from summarize.evaluation import scores
from summarize.evaluation.bench import Bench
from summarize.evaluation.datasets import ALLSIDES, MULTI_NEWS, Cluster, Dataset, load, read_cluster
from summarize.evaluation.report import Figure, Result, Target
from summarize.loading import Models
from summarize.pipeline import brief_of
from summarize.segmentation import split
from summarize.types import Brief

TARGETS: dict[str, dict[str, float]] = {
    MULTI_NEWS.rpartition("/")[2]: {"R-1": 45.0, "R-2": 15.0, "R-L": 20.5},
    ALLSIDES.rpartition("/")[2]: {"R-1": 38.5, "R-2": 16.0, "R-L": 24.5},
}
_CREATED = datetime(2020, 1, 1, tzinfo=UTC)  # no figure depends on it


def measure(bench: Bench) -> tuple[Result, ...]:
    """Write a brief for each cluster of each dataset, and score it."""
    return tuple(scored(bench, dataset) for dataset in datasets(bench))


def datasets(bench: Bench) -> tuple[Dataset, ...]:
    """Return the datasets that were asked for, by default the two of the research data, sampled.

    :raises SummarizeError: if a file is missing or of no known kind.
    """
    paths = bench.datasets or (bench.file(MULTI_NEWS), bench.file(ALLSIDES))
    return tuple(
        replace(d, clusters=tuple(bench.sample(d.clusters, None)), words=bench.words or d.words)
        for d in map(load, paths)
    )


def scored(bench: Bench, dataset: Dataset) -> Result:
    """Score the briefs of one dataset against its references."""
    briefs = briefs_of(bench, dataset.clusters, dataset.words)
    texts = [text_of(b) for b in briefs]
    references = [c.reference for c in dataset.clusters]
    return Result(
        f"References: {dataset.name}",
        _settings(bench, dataset),
        figures(dataset.name, references, texts, briefs, bench.models().splitter),
        tuple(_case(c, b) for c, b in zip(dataset.clusters, briefs, strict=True)),
    )


def briefs_of(bench: Bench, clusters: tuple[Cluster, ...], words: int) -> list[Brief | None]:
    """Return the brief of each cluster, None where there is nothing to say.

    Kept within one run, because several parts look at the same briefs.

    :param words: the length of each brief at most.
    """
    return list(_written(bench.models, replace(bench.config, words=words), clusters, bench.report))


def text_of(brief: Brief | None) -> str:
    """Return the claims of a brief in its order, joined by blanks; "" for no brief."""
    return " ".join(c.text for t in brief.topics for c in t.claims) if brief else ""


def as_lines(text: str, splitter: PunktSentenceTokenizer) -> str:
    """Put each sentence of a text on a line, which is what R-Lsum calls a sentence."""
    paragraphs = [" ".join(p.split()) for p in text.splitlines()]
    return "\n".join(p[a:b] for p in paragraphs for a, b in split(p, splitter))


def figures(
    name: str,
    references: list[str],
    texts: list[str],
    briefs: list[Brief | None],
    splitter: PunktSentenceTokenizer,
) -> tuple[Figure, ...]:
    """Score the texts, and count their words; ``name`` is the dataset's, which decides the targets."""
    n, targets = len(texts), TARGETS.get(name, {})
    lines = [[as_lines(t, splitter) for t in own] for own in (references, texts)]
    found = scores.rouge(lines[0], lines[1])
    return (
        *(
            Figure(
                measure,
                float(values.mean()),
                n,
                "points",
                Target("≥", targets[measure]) if measure in targets else None,
                scores.interval(values),
            )
            for measure, values in found.items()
        ),
        Figure("words of a brief, mean", _mean_words(texts), n, "points"),
        Figure("words of a reference, mean", _mean_words(references), n, "points"),
        Figure("clusters without a brief", sum(b is None for b in briefs), n),
    )


@lru_cache(maxsize=4)
def _written(
    models: Callable[[], Models],
    config: Config,
    clusters: tuple[Cluster, ...],
    report: Callable[[str, int, int], None],
) -> tuple[Brief | None, ...]:
    found: list[Brief | None] = []
    for done, cluster in enumerate(clusters):
        report(f"write briefs of {config.words} words", done, len(clusters))
        found.append(_brief(cluster, models(), config))
    return tuple(found)


def _brief(cluster: Cluster, models: Models, config: Config) -> Brief | None:
    if cluster.number is not None:
        models = replace(models, ranker=models.ranker.without(cluster.number))
    reading = read_cluster(cluster, config.read)
    if not reading.articles:
        return None
    try:
        return brief_of(reading, models, config, created=_CREATED, clock=Clock(lambda *_: None))
    except NothingToSummariseError:
        return None


def _mean_words(texts: list[str]) -> float:
    return float(np.mean([len(t.split()) for t in texts]))


def _settings(bench: Bench, dataset: Dataset) -> tuple[tuple[str, str], ...]:
    return bench.settings(
        "references",
        dataset.name,
        None,
        **bench.of_briefs(dataset.words),
        rouge=scores.signature(),
        bootstrap=scores.bootstrap_signature(),
    )


def _case(cluster: Cluster, brief: Brief | None) -> str:
    claims = [c.text for t in brief.topics for c in t.claims] if brief else ["(no brief)"]
    reference = " ".join(cluster.reference.split())
    return f"{cluster.name}\n" + "".join(f"  claim: {c}\n" for c in claims) + f"  reference: {reference}\n"
