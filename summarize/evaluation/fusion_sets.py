"""The test sets of sentence fusion, and what the writer makes of them.

The pairs of WikiSplit's validation part (Botha et al. 2018) that training leaves out, read backwards, and
the points of correspondence of Lebanoff et al. (2020) that it leaves out. Knows nothing of scores.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from summarize.evaluation.bench import Bench
from summarize.training.data import (
    WIKI_SPLIT_TEST_SHARE,
    is_test,
    plain_marks,
    read_correspondences,
    read_tsv,
)
from summarize.types import Candidate

SAMPLE = 300  # cases of each set
_BATCH = 24  # cases between two reports of progress


@dataclass(frozen=True, slots=True)
class FusionCase:
    """Sentences, and the one that a person made of them."""

    evidence: tuple[str, ...]
    reference: str


@dataclass(frozen=True, slots=True)
class FusionSet:
    """A named sample of cases, the data file that it was drawn from, and the writer's task that it asks for.

    WikiSplit's sentences say all that their parts say (*fuse*), the news fusions are highlights (*digest*).
    """

    name: str
    file: str
    task: str
    cases: tuple[FusionCase, ...]


def fusion_sets(bench: Bench) -> tuple[FusionSet, ...]:
    """Return both sets, sampled.

    :raises SummarizeError: if a data file is missing.
    """
    wiki, news = "fusion/wiki_split_validation.tsv.xz", "fusion/points_of_correspondence.jsonl.xz"
    return (
        FusionSet("WikiSplit", wiki, "fuse", tuple(bench.sample(_wiki_split(bench, wiki), SAMPLE))),
        FusionSet(
            "points of correspondence", news, "digest", tuple(bench.sample(_news(bench, news), SAMPLE))
        ),
    )


@lru_cache(maxsize=2)
def written(bench: Bench, found: FusionSet) -> tuple[tuple[Candidate, ...], ...]:
    """Return the writer's candidates for each case; kept, because two parts look at them."""
    writer = bench.models().writer
    candidates: list[tuple[Candidate, ...]] = []
    for start in range(0, len(found.cases), _BATCH):
        bench.report(f"write {found.name}", start, len(found.cases))
        cases = found.cases[start : start + _BATCH]
        candidates += writer.write([c.evidence for c in cases], task=found.task)
    return tuple(candidates)


def _wiki_split(bench: Bench, name: str) -> list[FusionCase]:
    kept = (c for n, c in enumerate(read_tsv(bench.file(name))) if is_test(n, WIKI_SPLIT_TEST_SHARE))
    rows = [(c[0], c[1].split("<::::>")) for c in kept]
    return [FusionCase(tuple(map(plain_marks, parts)), plain_marks(whole)) for whole, parts in rows]


def _news(bench: Bench, name: str) -> list[FusionCase]:
    return [
        FusionCase((plain_marks(r["sentence_1"]), plain_marks(r["sentence_2"])), plain_marks(r["fused"]))
        for r in read_correspondences(bench.file(name), test=True)
    ]
