"""Retelling: whether two claims, both told, would say one thing twice.

By their words, or because the matcher takes what they state for the same, though nothing has joined it.
"""

from __future__ import annotations

from collections.abc import Callable

from summarize.language.tokens import content_stems
from summarize.rating import Rated

SAID = 0.72  # share of the shorter one's content words from which two claims say the same thing
# Chance from which two sentences of different articles do, and two that their articles begin with: what
# several outlets lead with is the same event more often than not. On 160 AllSides training roundups and 40
# Multi-News clusters the first costs nothing; 0.27 for the second would cost 0.3 of ROUGE-1 and 2.
SAME, SAME_OPENING = 0.45, 0.35

Sameness = Callable[[Rated, Rated], float]


def never_same(a: Rated, b: Rated) -> float:
    """Know nothing of what is the same."""
    return 0.0


def retells(a: Rated, text: str, b: Rated, other: str, same: Sameness) -> bool:
    """Tell whether a claim repeats another one.

    :param text: how ``a`` is told; ``other`` is how ``b`` is.
    :param same: how probable it is that two facts are one.
    """
    own, theirs = content_stems(text), content_stems(other)
    return len(own & theirs) >= SAID * min(len(own), len(theirs)) or _is_same(a, b, same)


def _is_same(a: Rated, b: Rated, same: Sameness) -> bool:
    """Tell whether two facts are accounts of one in other words, by different articles of a story."""
    if a.story != b.story or set(a.fact.articles) & set(b.fact.articles):
        return False
    are_openings = a.lead.order == b.lead.order == 0
    return same(a, b) >= (SAME_OPENING if are_openings else SAME)
