"""Steadiness: whether topics stay when the folder changes a little, and whether one sweeps up the rest.

Topics have no known answer, so they are judged by what a reader would notice: whether they stay the same
when an article is taken from the folder or a foreign one is added, whether one of them holds what fits
nowhere, and how many there are. That is counted on finished briefs that quote, so that only the choice
and the grouping of facts is measured and not the wording.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import combinations, pairwise
from pathlib import Path
from statistics import fmean

from summarize.clock import Clock
from summarize.errors import NothingToSummariseError
from summarize.evaluation.bench import Bench
from summarize.evaluation.datasets import MULTI_NEWS, passages
from summarize.evaluation.remembering import RememberingEmbedder
from summarize.evaluation.report import Figure, Result
from summarize.loading import Models
from summarize.pipeline import brief_of
from summarize.reading import read
from summarize.training.data import read_jsonl
from summarize.types import Brief, Candidate, Embedder, Verdict

FIRST = 110  # number of the first cluster; the settings were chosen on the first twelve
N_CLUSTERS = 16
MIN_ARTICLES = 3  # of a cluster: without one of two articles half is gone
_CREATED = datetime(2020, 1, 1, tzinfo=UTC)  # no figure depends on it
Place = tuple[str, int]  # file and first character of a sentence


@dataclass(frozen=True, slots=True)
class Steadiness:
    """What is noticed of the topics of one folder; shares and cosines in [0, 1], None where undefined.

    ``without`` and ``beside`` are the agreements (ARI) with the briefs of the folder less one article,
    and with one foreign article more.
    """

    n_topics: int
    largest: float
    gap: float | None  # cohesion of the largest topic less that of the others
    cohesion: float | None
    without: tuple[float, ...]
    beside: tuple[float, ...]


def steadiness(folder: Sequence[str], foreign: str, models: Models, bench: Bench) -> Steadiness | None:
    """Write the folder's brief with and without each article, and beside a foreign one; None if it is empty.

    :param folder: texts of the articles.
    """
    named = {f"{n:03}.txt": text for n, text in enumerate(folder)}
    brief = _brief(named, models, bench)
    if brief is None:
        return None
    base = topic_of(brief)
    without = [_brief({k: v for k, v in named.items() if k != gone}, models, bench) for gone in named]
    beside = [_brief({**named, "foreign.txt": foreign}, models, bench)]
    sizes = Counter(base.values())
    inside = cohesions([[c.text for c in t.claims] for t in brief.topics], models.embedder)
    largest = max(range(len(brief.topics)), key=lambda i: (len(brief.topics[i].claims), -i))
    others = [v for i, v in enumerate(inside) if v is not None and i != largest]
    own = inside[largest]
    return Steadiness(
        n_topics=len(brief.topics),
        largest=max(sizes.values()) / len(base),
        gap=own - fmean(others) if own is not None and others else None,
        cohesion=fmean(v for v in inside if v is not None) if any(v is not None for v in inside) else None,
        without=tuple(_agreements(base, without)),
        beside=tuple(_agreements(base, beside)),
    )


def topic_of(brief: Brief) -> dict[Place, int]:
    """Return the topic of each sentence that the brief cites."""
    path_of = {s.id: s.path for s in brief.sources}
    return {
        (path_of[e.source], e.start): number
        for number, topic in enumerate(brief.topics)
        for claim in topic.claims
        for e in claim.evidence
    }


def agreement(one: dict[Place, int], other: dict[Place, int]) -> float | None:
    """Return the ARI over the sentences that both cite; None if these are fewer than four."""
    from sklearn.metrics import adjusted_rand_score

    common = sorted(one.keys() & other.keys())
    if len(common) < 4:
        return None
    return float(adjusted_rand_score([one[p] for p in common], [other[p] for p in common]))


def cohesions(topics: Sequence[Sequence[str]], embedder: Embedder) -> list[float | None]:
    """Return the mean cosine between the claims of each topic; None for a single claim."""
    found: list[float | None] = []
    for claims in topics:
        vectors = embedder.embed(list(claims))
        pairs = [float(a @ b) for a, b in combinations(vectors, 2)]
        found.append(fmean(pairs) if pairs else None)
    return found


class QuotingWriter:
    """A :class:`~summarize.types.Writer` that proposes nothing, so that evidence is quoted."""

    signature = "quoting"

    def write(self, evidence: list[tuple[str, ...]], task: str | None = None) -> list[tuple[Candidate, ...]]:
        """Return no candidate for any group."""
        return [() for _ in evidence]


class VerbatimChecker:
    """A :class:`~summarize.types.Checker` that lets nothing but quotations through."""

    signature = "verbatim"

    def check(self, claim: str, evidence: tuple[str, ...]) -> Verdict:
        """Support a claim that is one of its sentences of evidence."""
        spaced = {" ".join(e.split()) for e in evidence}
        is_verbatim = " ".join(claim.split()) in spaced
        return Verdict(float(is_verbatim), () if is_verbatim else ("not verbatim",))


def measure_topics(bench: Bench) -> Result:
    """Write the briefs of all folders again and again, and compare."""
    models = bench.models()
    quoting = replace(
        models,
        embedder=RememberingEmbedder(models.embedder),
        writer=QuotingWriter(),
        checker=VerbatimChecker(),
    )
    folders = _folders(bench)
    found = []
    for done, (folder, foreign) in enumerate(folders):
        bench.report("topics", done, len(folders))
        found.append(steadiness(folder, foreign, quoting, bench))
    settings = bench.settings(
        "clustering",
        MULTI_NEWS + ("+seeds" if bench.seeds else ""),
        N_CLUSTERS,
        first=str(FIRST),
        words=str(bench.config.words),
        embedder=models.embedder.signature,
    )
    return Result("Clustering: topics", settings, topic_figures([f for f in found if f]))


def topic_figures(found: Sequence[Steadiness]) -> tuple[Figure, ...]:
    """Average what was noticed over all folders."""

    def mean(name: str, values: Iterable[float | None], unit: str = "points", scale: float = 100.0) -> Figure:
        known = [v for v in values if v is not None]
        return Figure(f"topics: {name}", scale * fmean(known) if known else 0.0, len(known), unit)

    return (
        mean("number", (f.n_topics for f in found), scale=1.0),
        mean("ARI without one article", (v for f in found for v in f.without)),
        mean("ARI beside a foreign article", (v for f in found for v in f.beside)),
        mean("share of the largest", (f.largest for f in found), "%"),
        mean("cohesion", (f.cohesion for f in found)),
        mean("cohesion of the largest less that of the others", (f.gap for f in found)),
    )


def _folders(bench: Bench) -> list[tuple[list[str], str]]:
    """Return the texts of each folder, and a text from another story."""
    clusters = [passages(r["context"]) for r in read_jsonl(bench.file(MULTI_NEWS))][FIRST:]
    large = [c for c in clusters if len(c) >= MIN_ARTICLES]
    n = min(bench.limit or N_CLUSTERS, len(large) - 1)
    folders = [(own, following[0]) for own, following in pairwise(large[: n + 1])]
    if bench.seeds:
        texts = [p.read_text(encoding="utf-8") for p in sorted(bench.seeds.glob("*.txt"))]
        folders.insert(0, (texts, large[0][0]))
    return folders


def _brief(texts: dict[str, str], models: Models, bench: Bench) -> Brief | None:
    with tempfile.TemporaryDirectory() as name:
        for path, text in texts.items():
            (Path(name) / path).write_text(text, encoding="utf-8")
        reading = read(Path(name))
    config = replace(bench.config, topics=0)
    try:
        return brief_of(reading, models, config, created=_CREATED, clock=Clock(lambda *_: None))
    except NothingToSummariseError:
        return None


def _agreements(base: dict[Place, int], briefs: Iterable[Brief | None]) -> Iterator[float]:
    for brief in briefs:
        if brief is not None and (value := agreement(base, topic_of(brief))) is not None:
            yield value
