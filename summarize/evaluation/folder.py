"""Folder: the brief of a folder of one's own, measured without a reference.

One run of the pipeline; its brief is looked at from all sides that need nobody's opinion, and the checker is
tried with errors planted in the brief's claims. With a ``reference.md`` the references part looks at it too.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from summarize.clock import Clock
from summarize.errors import NothingToSummariseError
from summarize.evaluation import citations, coverage, readability, redundancy, selftest
from summarize.evaluation.bench import Bench
from summarize.evaluation.datasets import REFERENCE
from summarize.evaluation.grounding import stray_figures
from summarize.evaluation.remembering import RememberingEmbedder
from summarize.evaluation.report import Figure, Result, share
from summarize.loading import Models
from summarize.pipeline import brief_of
from summarize.reading import Reading, read
from summarize.reading.discovery import find_files
from summarize.types import Brief

_CREATED = datetime(2020, 1, 1, tzinfo=UTC)  # no figure depends on it


def measure(bench: Bench, folder: Path) -> tuple[Result, ...]:
    """Write the brief of a folder and measure it.

    :raises SummarizeError: if the folder holds nothing that can be told.
    """
    models = replace(bench.models(), embedder=RememberingEmbedder(bench.models().embedder))
    brief = written(bench, folder, models)
    trials = selftest.trials_of(bench, brief, bench.limit or selftest.PER_KIND)
    return (
        _brief_result(bench, folder, brief, models),
        selftest.result(bench, f"Self-test: {folder.name}", folder.name, trials),
    )


def written(bench: Bench, folder: Path, models: Models | None = None) -> Brief:
    """Write the brief of a folder.

    :param models: other ones than the bench's.
    :raises SummarizeError: if the folder holds nothing that can be told.
    """
    reading = read_articles(folder, bench)
    if not reading.articles:
        failed = "".join(f"\n  {f.path}: {f.reason}" for f in reading.failures)
        raise NothingToSummariseError(f"{folder}: no readable article{failed}")
    return brief_of(
        reading, models or bench.models(), bench.config, created=_CREATED, clock=Clock(bench.report)
    )


def read_articles(folder: Path, bench: Bench) -> Reading:
    """Read the articles of a folder; a reference that lies among them is none."""
    options, languages = bench.config.read, bench.config.languages
    if not list(folder.rglob(REFERENCE)):
        return read(folder, options, languages)
    found, _ = find_files(folder, options)
    return read([f.path for f in found if f.path.name != REFERENCE], options, languages)


def figures(brief: Brief, models: Models, bench: Bench) -> tuple[Figure, ...]:
    """Measure one brief without a reference."""
    claims = citations.claims_of([brief])
    texts = [c.text for c in claims]
    bench.report("judge citations", 0, len(claims))
    supports = citations.checker_supports(models.checker, bench.config.check.min_support)
    same = citations.same_fact(models, bench.config)
    judged = [citations.judge(c, supports, same) for c in claims]
    pairs = [(c.text, citations.passages_of(c)) for c in claims]
    n_fused = sum(c.method == "fused" for c in claims)
    return (
        Figure("articles", len(brief.sources), len(brief.sources)),
        Figure("files and articles that could not be read", len(brief.failures), len(brief.sources)),
        Figure("claims", len(claims), len(claims)),
        Figure("claims that are fused", share(n_fused, len(claims)), len(claims), "%"),
        Figure("claims that are quoted", share(len(claims) - n_fused, len(claims)), len(claims), "%"),
        *citations.figures(judged),
        *stray_figures(pairs),
        *coverage.figures(brief, coverage.facts_of(brief.sources, models, bench.config)),
        *redundancy.figures(texts, models.embedder.embed(texts)),
        *readability.figures(texts, [p for _, own in pairs for p in own]),
    )


def _brief_result(bench: Bench, folder: Path, brief: Brief, models: Models) -> Result:
    signature = brief.signature
    settings = bench.settings(
        "folder",
        folder.name,
        None,
        words=str(bench.config.words),
        min_support=str(bench.config.check.min_support),
        inputs=signature.inputs[:12],
        writer=signature.writer,
        embedder=signature.embedder,
        checker=signature.checker,
        config=signature.config[:12],
    )
    cases = tuple(
        f"{c.method}: {c.text}\n"
        + "".join(f"  [{e.source}] {' '.join(e.text.split())}\n" for e in c.evidence)
        for c in citations.claims_of([brief])
    )
    return Result(f"Folder: {folder.name}", settings, figures(brief, models, bench), cases)
