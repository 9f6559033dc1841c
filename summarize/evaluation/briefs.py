"""Briefs: what whole briefs are made of, and whether every claim keeps to its evidence.

Runs the pipeline on ten Multi-News clusters (Fabbri et al. 2019, as LongBench has them) and on a folder of
one's own, and looks at the finished claims from outside.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from summarize.config import Config
from summarize.evaluation.bench import Bench
from summarize.evaluation.datasets import MULTI_NEWS, folder_of, passages
from summarize.evaluation.grounding import stray_figures
from summarize.evaluation.report import Figure, Result, Target, share
from summarize.pipeline import summarize_folder
from summarize.reading.decoding import decode
from summarize.training.data import read_jsonl
from summarize.types import Brief, Claim

CLUSTERS = MULTI_NEWS
FIRST, N_CLUSTERS = 140, 10  # the clusters' numbers; those before were looked at when rules were made
WORDS = 250  # of each brief
FUSED_TARGET = Target("≥", 50.0)
_CREATED = datetime(2020, 1, 1, tzinfo=UTC)  # no figure depends on it


@dataclass(frozen=True, slots=True)
class Made:
    """The brief of a folder, and how many of its citations lead elsewhere than they say."""

    name: str
    brief: Brief
    n_offset_errors: int

    @property
    def claims(self) -> list[Claim]:
        """All claims of all topics."""
        return [c for t in self.brief.topics for c in t.claims]


def measure(bench: Bench) -> tuple[Result, ...]:
    """Write the briefs and count."""
    made = list(_made(bench))
    signature = made[0].brief.signature
    settings = bench.settings(
        "briefs",
        CLUSTERS + ("+seeds" if bench.seeds else ""),
        N_CLUSTERS,
        words=str(bench.words or WORDS),
        writer=signature.writer,
        embedder=signature.embedder,
        checker=signature.checker,
        config=signature.config[:12],
    )
    return (Result("Briefs", settings, figures(made), _cases(made)),)


def figures(made: list[Made]) -> tuple[Figure, ...]:
    """Count claims, citations and strays over all briefs."""
    claims = [c for m in made for c in m.claims]
    fused = [c for c in claims if c.method == "fused"]
    shares = [share(sum(c.method == "fused" for c in m.claims), len(m.claims)) for m in made]
    n_cited = sum(len(c.evidence) for c in claims)
    n_wrong = sum(m.n_offset_errors for m in made)
    pairs = [(c.text, tuple(" ".join(e.text.split()) for e in c.support_evidence)) for c in claims]
    return (
        Figure("claims", len(claims), len(made)),
        Figure("claims that are fused", share(len(fused), len(claims)), len(claims), "%", FUSED_TARGET),
        Figure("claims that are fused, least of a folder", min(shares), len(made), "%", FUSED_TARGET),
        *(
            Figure(f"claims that are fused, {m.name}", value, len(m.claims), "%")
            for m, value in zip(made, shares, strict=True)
        ),
        Figure("citations whose characters say something else", n_wrong, n_cited, target=Target("=", 0)),
        *stray_figures(pairs),
    )


def n_offset_errors(brief: Brief, folder: Path) -> int:
    """Count the citations whose characters of the file, read anew, are not the text that they give."""
    path_of = {s.id: s.path for s in brief.sources}
    texts = {i: decode((folder / path).read_bytes(), path) for i, path in path_of.items()}
    cited = [e for t in brief.topics for c in t.claims for e in c.evidence]
    return sum(texts[e.source][e.start : e.end] != e.text for e in cited)


def _made(bench: Bench) -> Iterator[Made]:
    config = replace(bench.config, words=bench.words or WORDS)
    n = bench.limit or N_CLUSTERS
    folders = [(f"cluster {FIRST + i}", FIRST + i) for i in range(n)]
    records = {i: r["context"] for i, r in enumerate(read_jsonl(bench.file(CLUSTERS)))}
    if bench.seeds:
        yield _brief_of(bench.seeds.name, bench.seeds, config)
    for done, (name, number) in enumerate(folders):
        bench.report("write briefs", done, n)
        with folder_of(passages(records[number])) as folder:
            yield _brief_of(name, folder, config)


def _brief_of(name: str, folder: Path, config: Config) -> Made:
    brief = summarize_folder(folder, config, created=_CREATED)
    return Made(name, brief, n_offset_errors(brief, folder))


def _cases(made: list[Made]) -> tuple[str, ...]:
    return tuple(
        f"{m.name}: {c.text}\n" + "".join(f"  [{e.source}] {' '.join(e.text.split())}\n" for e in c.evidence)
        for m in made
        for c in m.claims
        if c.method == "fused"
    )
