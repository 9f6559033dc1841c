"""Graded pairs: sentences of real events, graded for whether a brief should tell both.

``graded_pairs.tsv`` lists 3,480 pairs by their places in the documents of 480 AllSides roundups; the texts
are in the research data. They were drawn evenly over the cosines from 0.45 on, about three quarters of them
between outlets. A large language model graded them by written guidelines; a second grading of 450 of them, by
the same model, agreed on 0 against the rest in 98.9 % (Cohen's kappa 0.98). The pairs of 91 roundups are for
testing.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from summarize.training.data import ROUNDUPS, read_jsonl

LISTED = Path(__file__).with_name("graded_pairs.tsv")


@dataclass(frozen=True, slots=True)
class GradedPair:
    """Two sentences of one event and their grade.

    2: one can stand for the other. 1: the main statement of one is told by the other, which adds to it, or
    both tell it and add different things. 0: anything else, among it all that contradicts.
    """

    event: str
    a: str
    b: str
    grade: int
    is_test: bool


def read_graded(data: Path, listed: Path = LISTED) -> list[GradedPair]:
    """Read the pairs that are listed, with white space as single blanks."""
    with listed.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t"))[1:]
    wanted = {row[0] for row in rows}
    texts = {
        record["id"]: [doc["full_text"] for doc in record["docs"]]
        for record in read_jsonl(data / ROUNDUPS)
        if record["id"] in wanted
    }
    found = []
    for event, *places, grade, part in rows:
        one, start, end, two, begin, stop = map(int, places)
        a, b = texts[event][one][start:end], texts[event][two][begin:stop]
        found.append(GradedPair(event, " ".join(a.split()), " ".join(b.split()), int(grade), part == "test"))
    return found
