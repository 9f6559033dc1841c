"""Pages and texts that people labelled: which of their words are news, and what the others are.

``benchmarks/pages/README.md`` states the classes and how the labels were made. Pages lie there whole; of the
texts, which are their publishers', there are only ids, hashes of lines and classes, and the texts themselves
are looked up in the research data. Knows nothing of how anything is cleaned.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from summarize.errors import SummarizeError
from summarize.training.data import read_jsonl

PartName = Literal["development", "test"]
PARTS: tuple[PartName, ...] = ("development", "test")
FOLDER = Path(__file__).resolve().parents[2] / "benchmarks" / "pages"
NEWS, NEUTRAL, FURNITURE = "news", "neutral", "furniture/"
HASH_LENGTH = 8  # hexadecimal digits of a line's SHA-256: enough to notice other data


@dataclass(frozen=True, slots=True)
class Block:
    """A run of a page or text that belongs to one class: news, neutral or furniture/KIND."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """An HTML page with everything that it shows, block by block, in its order."""

    name: str
    html: str
    blocks: tuple[Block, ...]

    @property
    def design(self) -> str:
        """What the page shares its frame with: ``courier`` of ``courier-bridge``."""
        return self.name.partition("-")[0]


@dataclass(frozen=True, slots=True)
class Text:
    """A plain text and the class of each of its characters, "" for white space between runs."""

    name: str
    outlet: str
    text: str
    kinds: tuple[str, ...]


def pages(part: PartName, folder: Path = FOLDER) -> tuple[Page, ...]:
    """Read the labelled pages of a part, in the order of their names.

    :raises SummarizeError: if there are none, or one has no labels, or labels of no known class.
    """
    found = sorted((folder / part).glob("*.html"))
    if not found:
        raise SummarizeError(
            f"{folder / part}: no labelled pages; they come with the source, not with a wheel"
        )
    return tuple(
        Page(path.stem, path.read_text(encoding="utf-8"), _blocks(path.with_suffix(".gold.txt")))
        for path in found
    )


def _blocks(path: Path) -> tuple[Block, ...]:
    try:
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
        return tuple(Block(_known(kind), text) for kind, text in rows)
    except (OSError, ValueError) as error:
        raise SummarizeError(f"{path}: no labels of a page, CLASS<TAB>TEXT a line ({error})") from error


def _known(kind: str) -> str:
    if kind not in (NEWS, NEUTRAL) and not kind.startswith(FURNITURE):
        raise ValueError(f"{kind!r} is not {NEWS}, {NEUTRAL} or {FURNITURE}KIND")
    return kind


def texts(part: PartName, articles: Path, folder: Path = FOLDER) -> tuple[Text, ...]:
    """Look up the labelled texts of a part in the research data, in the order of their labels.

    :param articles: ``news/articles.jsonl.xz`` of the research data.
    :raises SummarizeError: if one is not there, or its lines are not those that were labelled.
    """
    path = folder / part / "texts.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    wanted = {row["id"] for row in rows}
    own = {r["id"]: r["text"] for r in read_jsonl(articles) if r["id"] in wanted}
    missing = [row["id"] for row in rows if row["id"] not in own]
    if missing:
        raise SummarizeError(f"{articles}: does not have {', '.join(missing)}, which {path} labels")
    return tuple(Text(r["id"], r["source"], own[r["id"]], kinds_of(own[r["id"]], r)) for r in rows)


def kinds_of(text: str, row: dict[str, Any]) -> tuple[str, ...]:
    """Return the class of every character of a text.

    :param row: the labels of its lines, as in ``texts.jsonl``.
    :raises SummarizeError: if a line is not the one that was labelled, or has no label.
    """
    labels = {entry["line"]: entry for entry in row["lines"]}
    kinds: list[str] = []
    for n, line in enumerate(text.split("\n")):
        entry = labels.get(n)
        if (entry is None) == bool(line.strip()) or (entry and entry["sha256"] != line_hash(line)):
            raise SummarizeError(
                f"{row['id']}: line {n} is not the one that was labelled; is this other data?"
            )
        kinds += _of_line(line, entry) if entry else [""] * len(line)
        kinds.append("")
    return tuple(kinds[:-1])


def line_hash(line: str) -> str:
    """Return what tells a line from others without giving it away."""
    return hashlib.sha256(line.encode()).hexdigest()[:HASH_LENGTH]


def _of_line(line: str, entry: dict[str, Any]) -> list[str]:
    kinds = [""] * len(line)
    parts = entry.get("parts") or [[0, len(line), entry.get("class")]]
    if any(a[1] > b[0] for a, b in pairwise(parts)):
        raise SummarizeError(f"line {entry['line']}: its parts overlap")
    for start, end, kind in parts:
        kinds[start:end] = [_known(kind)] * (end - start)
    return ["" if c.isspace() else kind for c, kind in zip(line, kinds, strict=True)]
