"""Grounding: whether everything that the writer proposes stands in its evidence.

Looks at all candidates of the fusion sets, not only at those that would be printed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from summarize.evaluation.bench import Bench
from summarize.evaluation.fusion_sets import SAMPLE, fusion_sets, written
from summarize.evaluation.report import Figure, Result, Target, share
from summarize.evaluation.strays import Strays, counts, strays


def measure(bench: Bench) -> tuple[Result, ...]:
    """Count what the writer's candidates hold that their evidence does not."""
    results = []
    for found in fusion_sets(bench):
        candidates = written(bench, found)
        pairs = [
            (c.text, case.evidence) for own, case in zip(candidates, found.cases, strict=True) for c in own
        ]
        settings = bench.settings("grounding", found.file, SAMPLE, writer=bench.models().writer.signature)
        about = Figure("candidates", len(pairs), len(pairs))
        results.append(Result(f"Grounding: {found.name}", settings, (about, *stray_figures(pairs))))
    return tuple(results)


def stray_figures(pairs: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[Figure, ...]:
    """Return, for words, numbers, names and quotations, how many stand in no evidence sentence.

    :param pairs: outputs with their evidence.
    """
    pairs = list(pairs)
    found = [strays(*pair) for pair in pairs]
    held = [counts(*pair) for pair in pairs]
    figures: list[Figure] = []
    for kind in (f.name for f in fields(Strays)):
        n = sum(getattr(c, kind) for c in held)
        n_stray = sum(len(getattr(s, kind)) for s in found)
        figures.append(Figure(f"{kind} not in the evidence", n_stray, n, target=Target("=", 0)))
        if kind != "words":
            figures.append(
                Figure(f"{kind} as in the evidence", share(n - n_stray, n), n, "%", Target("≥", 100))
            )
    return tuple(figures)
