"""Find a passage in a text: where it stands word for word, or what is most like it.

Contract: spans are offsets in the given text. Likeness is the ratio of matching words in order (Ratcliff
and Obershelp 1988, as difflib has it). Knows nothing of files, briefs or languages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from summarize.types import Span

_TOKEN = re.compile(r"\w+|[^\w\s]")
_BLANK_LINE = re.compile(r"\n\s*\n")
_CLOSED = re.compile(r"[.!?…][”’\"')\]»]*\s+$")
_N_REGIONS = 3  # stretches that are compared closely; the rest have fewer words in common
_WHOLE = 0.8  # share of the best likeness for which whole sentences are preferred to a better fit
# A number that goes on beyond the passage is another number: "15 died" is not the "5 died" of a brief.
_NUMBER_BEFORE, _NUMBER_AT_HEAD = re.compile(r"\d[.,]?$"), re.compile(r"\d")
_NUMBER_AT_TAIL, _NUMBER_AFTER = re.compile(r"\d[.,]?$"), re.compile(r"[.,]?\d")


@dataclass(frozen=True, slots=True)
class Near:
    """The stretch of a text that is most like a passage; ``likeness`` is 1 for equal words."""

    span: Span
    likeness: float


def stands(text: str, passage: str, start: int, end: int) -> bool:
    """Tell whether a passage stands at its offsets, and its figures end where they ended."""
    return text[start:end] == passage and not _runs_on(text, start, end)


def find(text: str, passage: str, at: int) -> int | None:
    """Return where a passage stands in a text, whole words first, then nearest to an offset; else None."""
    found = [i for i in _occurrences(text, passage) if not _runs_on(text, i, i + len(passage))]
    return min(found, key=lambda i: (_cuts_word(text, i, i + len(passage)), abs(i - at), i), default=None)


def nearest(text: str, passage: str, at: int) -> Near | None:
    """Return what is most like a passage; of equals, the nearest to an offset; None if no word is shared."""
    mine = [m.group().casefold() for m in _TOKEN.finditer(passage)]
    tokens = [(m.group().casefold(), m.start(), m.end()) for m in _TOKEN.finditer(text)]
    keys = [key for key, _, _ in tokens]

    def near(begin: int, end: int) -> Near:
        likeness = SequenceMatcher(None, mine, keys[begin:end], autojunk=False).ratio()
        return Near(Span(tokens[begin][1], tokens[end - 1][2]), likeness)

    best: Near | None = None
    for first in _regions(mine, keys, [abs(start - at) for _, start, _ in tokens]):
        begin, end = _fitted(mine, keys, first)
        found = near(begin, end)
        whole = [near(b, e) for b, e in _sentences(text, tokens, begin, end)]
        closest = max(whole, key=lambda n: n.likeness, default=found)
        if closest.likeness >= _WHOLE * found.likeness:
            found = closest
        if best is None or found.likeness > best.likeness:
            best = found
    return best


def _occurrences(text: str, passage: str) -> Iterator[int]:
    at = text.find(passage)
    while at >= 0:
        yield at
        at = text.find(passage, at + 1)


def _runs_on(text: str, start: int, end: int) -> bool:
    """Tell whether a number at the border of a stretch goes on outside of it."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    inside = text[start:end]
    return bool(
        (_NUMBER_BEFORE.search(before) and _NUMBER_AT_HEAD.match(inside))
        or (_NUMBER_AT_TAIL.search(inside) and _NUMBER_AFTER.match(after))
    )


def _cuts_word(text: str, start: int, end: int) -> bool:
    def inside_word(i: int) -> bool:
        return 0 < i < len(text) and text[i - 1].isalnum() and text[i].isalnum()

    return inside_word(start) or inside_word(end)


def _regions(mine: Sequence[str], keys: Sequence[str], distances: Sequence[int]) -> list[int]:
    """Return where the windows begin that share most words with the passage, none overlapping another."""
    n, wanted = len(mine), Counter(mine)
    window: Counter[str] = Counter()
    shared = 0
    scores: list[tuple[int, int, int]] = []
    for i, key in enumerate(keys):
        window[key] += 1
        shared += window[key] <= wanted[key]
        if i >= n:
            gone = keys[i - n]
            shared -= window[gone] <= wanted[gone]
            window[gone] -= 1
        first = max(0, i - n + 1)
        if shared and (i >= n - 1 or i == len(keys) - 1):
            scores.append((-shared, distances[first], first))
    chosen: list[int] = []
    for _, _, first in sorted(scores):
        if all(abs(first - other) >= n for other in chosen):
            chosen.append(first)
        if len(chosen) == _N_REGIONS:
            break
    return chosen


def _sentences(
    text: str, tokens: Sequence[tuple[str, int, int]], begin: int, end: int
) -> Iterator[tuple[int, int]]:
    """Yield stretches of whole sentences whose borders are the nearest ones around those given."""

    def is_border(i: int) -> bool:
        if i in (0, len(tokens)):
            return True
        gap = text[tokens[max(0, i - 3)][1] : tokens[i][1]]
        return bool(_CLOSED.search(gap) or _BLANK_LINE.search(text, tokens[i - 1][2], tokens[i][1]))

    def around(i: int) -> set[int]:
        before = next((k for k in range(i, -1, -1) if is_border(k)), 0)
        after = next((k for k in range(i, len(tokens) + 1) if is_border(k)), len(tokens))
        return {before, after}

    for first in sorted(around(begin)):
        for last in sorted(around(end)):
            if first < last:
                yield first, last


def _fitted(mine: Sequence[str], keys: Sequence[str], first: int) -> tuple[int, int]:
    """Move the borders of a window to where the passage's first and last words would stand."""
    region = keys[first : first + len(mine)]
    blocks = SequenceMatcher(None, mine, region, autojunk=False).get_matching_blocks()[:-1]
    head, tail = blocks[0], blocks[-1]
    begin = first + head.b - head.a
    end = first + tail.b + tail.size + len(mine) - tail.a - tail.size
    return max(0, begin), min(len(keys), end)
