"""Context: whether sentences that can't be understood without the one in front of them are known for it.

``context.tsv`` lists 1,600 sentences by their places in the research data. Briefs told them as standing
alone, 800 on Multi-News clusters and 800 on AllSides roundups; a large language model read each beside what
stood in front of it. ``alone``: it is understood as it was meant. ``hangs``: a reader who lacks what stood in
front stumbles or is misled. ``no news``: a caption, a link, half a sentence.

The rules of ``language.openings`` see no sentence in front, and some of them were made on this list: what
they find may be right less often elsewhere. Choi et al. (2021), "Decontextualization: Making Sentences
Stand-Alone", rewrite such sentences; here they are told behind the one that they go on from, or not at all.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from summarize.evaluation.bench import Bench
from summarize.evaluation.datasets import load
from summarize.evaluation.report import Figure, Result, share
from summarize.language.openings import is_dependent
from summarize.language.statements import flaw

LISTED = Path(__file__).with_name("context.tsv")
ALONE, HANGS, NO_NEWS = "alone", "hangs", "no news"
LENGTHS = range(1, 1000)  # words: how long a sentence may be is not asked here


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence and how it was read."""

    text: str
    grade: str


def measure(bench: Bench) -> tuple[Result, ...]:
    """Ask of each listed sentence whether it stands alone."""
    found = bench.sample(read_listed(bench), None)
    settings = bench.settings("context", "sentences told in briefs of Multi-News and AllSides", None)
    return (Result("Sentences that need their context", settings, figures(found), cases(found)),)


def read_listed(bench: Bench, listed: Path = LISTED) -> list[Read]:
    """Return the listed sentences, with white space as single blanks.

    :raises SummarizeError: if a data file is missing.
    """
    with listed.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    names = dict.fromkeys(row["clusters"] for row in rows)
    clusters = {name: load(bench.file(f"clusters/{name}.jsonl.xz")).clusters for name in names}
    found = []
    for row in rows:
        article = clusters[row["clusters"]][int(row["number"])].articles[int(row["article"])]
        text = article[int(row["start"]) : int(row["end"])]
        found.append(Read(" ".join(text.split()), row["grade"]))
    return found


def figures(read: Sequence[Read]) -> tuple[Figure, ...]:
    """Count what is found, and what is taken for hanging although it stands alone."""
    hanging, alone, no_news = ([r for r in read if r.grade == g] for g in (HANGS, ALONE, NO_NEWS))
    n_found, n_wrong = _n_hanging(hanging), _n_hanging(alone)
    n_left_out = sum(flaw(r.text, LENGTHS) is not None for r in no_news)
    return (
        Figure("hanging sentences: found", share(n_found, len(hanging)), len(hanging), "%"),
        Figure("found to hang: rightly", share(n_found, n_found + n_wrong), n_found + n_wrong, "%"),
        Figure("sentences that stand alone: held to hang", share(n_wrong, len(alone)), len(alone), "%"),
        Figure("no news: left out", share(n_left_out, len(no_news)), len(no_news), "%"),
    )


def cases(read: Iterable[Read]) -> tuple[str, ...]:
    """Return what was decided otherwise than it was read, for reading by hand."""
    return tuple(
        f"{r.grade}: {r.text}\n"
        for r in read
        if r.grade != NO_NEWS and is_dependent(r.text) != (r.grade == HANGS)
    )


def _n_hanging(read: Iterable[Read]) -> int:
    return sum(is_dependent(r.text) for r in read)
