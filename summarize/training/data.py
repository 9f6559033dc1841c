"""Readers for the public research data that the recipes learn from.

The data is described by the README in its folder; nothing of it travels with this project.
"""

from __future__ import annotations

import json
import lzma
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROUNDUPS = "clusters/allsides_roundup_train.jsonl.xz"
CORRESPONDENCE_TEST_SHARE = 4  # every 4th point of correspondence is kept for testing
WIKI_SPLIT_TEST_SHARE = 5  # every 5th pair of WikiSplit's validation part is kept for testing


def is_test(number: int, share: int) -> bool:
    """Tell whether the record of this number, from 0, is kept for testing: one in ``share`` is."""
    return number % share == 0


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of an xz-compressed JSON-lines file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def read_tsv(path: Path) -> Iterator[list[str]]:
    """Yield the columns of each line of an xz-compressed TSV file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


def plain_marks(text: str) -> str:
    """Write Penn-style quotation marks as plain ones, and all white space as single blanks."""
    return " ".join(text.replace("``", '"').replace("''", '"').split())


def read_correspondences(path: Path, *, test: bool) -> Iterator[dict[str, Any]]:
    """Yield the points of correspondence (Lebanoff et al. 2020) for training or for testing.

    Every fourth is kept from training; those of them whose article no training record has are for testing.
    """
    records = list(read_jsonl(path))
    articles = [json.dumps(record.get("article")) for record in records]
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, article in enumerate(articles):
        numbers[article].append(number)
    for number, (record, article) in enumerate(zip(records, articles, strict=True)):
        own = [number] if record.get("article") is None else numbers[article]
        kept = all(is_test(n, CORRESPONDENCE_TEST_SHARE) for n in own)
        if kept if test else not is_test(number, CORRESPONDENCE_TEST_SHARE):
            yield record
