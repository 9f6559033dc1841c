"""Which words of a page an extractor kept, found by aligning what it returned with the page.

Knows nothing of files, extractors or labels. Extractors rebuild white space, list marks and table bars, so
that offsets say nothing about them; words stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

MIN_RUN = 3  # words: fewer match by chance, "of the" anywhere
_WORD = re.compile(r"[\W_]*[^\W_]+(?:[\W_]+$)?")
_LETTERS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word in lower case, and how many characters it stands for: its own and the marks in front of it."""

    text: str
    n_chars: int


def words_of(text: str) -> list[Word]:
    """Split a text into words; marks count to the word behind them, the last ones to the word before."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        letters = _LETTERS.search(match.group())
        if letters:
            found.append(Word(letters.group().lower(), sum(not c.isspace() for c in match.group())))
    return found


def aligned(
    blocks: Sequence[Sequence[Word]], lines: Sequence[Sequence[Word]]
) -> tuple[list[list[bool]], int]:
    """Tell which words of a page were kept.

    Greedy string tiling (Wise 1993) by way of Ratcliff and Obershelp's longest common runs: first with regard
    to order, then again among what is left, because extractors move some blocks. A run counts if it has
    ``MIN_RUN`` words or is a whole block or a whole line.

    :param blocks: the words of each block of the page, in its order.
    :param lines: the words of each line that an extractor returned.
    :return: for each word of each block whether it was kept; the characters of the lines' words that stand
        nowhere in the page.
    """
    page = [word for block in blocks for word in block]
    kept = [word for line in lines for word in line]
    at, starts, ends = [False] * len(page), _edges(blocks), _edges(lines)
    left_page, left_kept = list(range(len(page))), list(range(len(kept)))
    while runs := _runs(page, kept, left_page, left_kept, starts, ends):
        used = {left_kept[j + k] for _, j, n in runs for k in range(n)}
        for i, _, n in runs:
            for k in range(n):
                at[left_page[i + k]] = True
        left_page = [i for i in left_page if not at[i]]
        left_kept = [j for j in left_kept if j not in used]
    n_strange = sum(kept[j].n_chars for j in left_kept)
    flags = iter(at)
    return [[next(flags) for _ in block] for block in blocks], n_strange


def _runs(
    page: Sequence[Word],
    kept: Sequence[Word],
    left_page: Sequence[int],
    left_kept: Sequence[int],
    blocks: frozenset[tuple[int, int]],
    lines: frozenset[tuple[int, int]],
) -> list[tuple[int, int, int]]:
    """Return the common runs that count: where in ``left_page``, where in ``left_kept``, how many words."""
    ours, theirs = [page[i].text for i in left_page], [kept[j].text for j in left_kept]
    found = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return [
        (i, j, n)
        for i, j, n in found
        if n >= MIN_RUN
        or (n and (left_page[i], left_page[i + n - 1] + 1) in blocks)
        or (n and (left_kept[j], left_kept[j + n - 1] + 1) in lines)
    ]


def _edges(groups: Sequence[Sequence[Word]]) -> frozenset[tuple[int, int]]:
    """Return where each group of words starts and ends in all of them."""
    edges, at = [], 0
    for group in groups:
        edges.append((at, at + len(group)))
        at += len(group)
    return frozenset(edges)
