"""Align a text to the evidence whose words it uses, unit by unit.

A unit is a run of letters and digits, one ideograph, or one mark: what is left of a text when
spacing, case and diacritics are ignored. The best alignment has the fewest breaks, where a break is
a unit whose left neighbour in the text is not its left neighbour in the evidence (Viterbi).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

FREE = -1  # stands for "a function word that was not taken from the evidence"

_JUMP = 2.0  # to another sentence, or backwards
_SKIP = 1.0  # forwards within a sentence
_SKIP_PER_UNIT = 0.002  # the nearer of two continuations wins
_FREE_UNIT = 1.5
_UNSPACED = re.compile(  # scripts written without spaces: Han, kana, Thai, Lao, Burmese, Khmer
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"
)
_IGNORED = ("Cc", "Cf", "Mn")


@dataclass(frozen=True, slots=True)
class Unit:
    """A word or mark of one piece of text, ``texts[text][start:end]``."""

    text: int
    start: int
    end: int
    fold: str


def is_ignored(char: str) -> bool:
    """Tell whether a character vanishes when a text is folded: controls, soft hyphens, diacritics."""
    return char == "�" or (unicodedata.category(char) in _IGNORED and not char.isspace())


def fold(text: str) -> str:
    """Fold case and diacritics, the way an uncased tokenizer does."""
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    return "".join(c for c in folded if not is_ignored(c))


def is_word(unit: str) -> bool:
    """Tell a word from a mark."""
    return unit[0].isalnum()


def is_unspaced(text: str) -> bool:
    """Tell whether a text begins in a script that puts no spaces between words."""
    return _UNSPACED.match(text) is not None


def units(texts: Sequence[str]) -> list[Unit]:
    """Split texts into units, in order; what folds to nothing belongs to no unit of its own."""
    found: list[Unit] = []
    for i, text in enumerate(texts):
        for start, end in _bounds(text):
            if folded := fold(text[start:end]):
                found.append(Unit(i, start, end, folded))
    return found


def _bounds(text: str) -> list[tuple[int, int]]:
    """Return the units' spans; what is invisible belongs to the unit that it touches."""
    bounds: list[tuple[int, int]] = []
    kind = "space"  # of the last unit: "word" and "blank" (only invisible so far) can be continued
    for i, char in enumerate(text):
        if char.isspace():
            kind = "space"
            continue
        now = _kind(char)
        if kind != "space" and (now == "blank" or kind == "blank" or now == kind == "word"):
            bounds[-1] = (bounds[-1][0], i + 1)
        else:
            bounds.append((i, i + 1))
        kind = kind if now == "blank" and kind != "space" else now
    return bounds


@lru_cache(maxsize=4096)
def _kind(char: str) -> str:
    if is_ignored(char):
        return "blank"
    is_letter = (char.isalnum() or unicodedata.category(char) == "Mc") and not is_unspaced(char)
    return "word" if is_letter else "mark"


def align(words: Sequence[str], evidence: Sequence[Unit], free: frozenset[str]) -> list[int] | None:
    """Return for each folded unit the index of its evidence unit, or ``FREE``.

    :param free: folded words that may stand without evidence.
    :return: None if a unit neither stands in the evidence nor is free.
    """
    where: dict[str, list[int]] = defaultdict(list)
    for i, unit in enumerate(evidence):
        where[unit.fold].append(i)
    costs: dict[int, float] = {}
    steps: list[dict[int, int]] = []
    for n, word in enumerate(words):
        places = [*where.get(word, ()), *([FREE] if word in free else ())]
        if not places:
            return None
        if n == 0:
            costs, back = {p: _FREE_UNIT if p == FREE else 0.0 for p in places}, dict.fromkeys(places, FREE)
        else:
            costs, back = _advance(costs, places, evidence)
        steps.append(back)
    return _trace(costs, steps)


def _advance(
    costs: dict[int, float], places: list[int], evidence: Sequence[Unit]
) -> tuple[dict[int, float], dict[int, int]]:
    """Return the least cost of standing at each place, and from where it was reached."""
    # A place that costs a jump more than the cheapest can never pay off.
    limit = min(costs.values()) + _JUMP
    costs = {place: cost for place, cost in costs.items() if cost < limit}
    reached: dict[int, float] = {}
    back: dict[int, int] = {}
    for place in places:
        reached[place], back[place] = min(
            (cost + _step_cost(last, place, evidence), last) for last, cost in costs.items()
        )
    return reached, back


def _step_cost(last: int, place: int, evidence: Sequence[Unit]) -> float:
    if place == FREE:
        return _FREE_UNIT
    if last == FREE:
        return _SKIP
    if evidence[last].text == evidence[place].text and place > last:
        return 0.0 if place == last + 1 else _SKIP + _SKIP_PER_UNIT * min(place - last, 200)
    return _JUMP


def _trace(costs: dict[int, float], steps: list[dict[int, int]]) -> list[int]:
    if not steps:
        return []
    place = min(costs, key=lambda p: (costs[p], p))
    path = [place]
    for back in reversed(steps[1:]):
        place = back[place]
        path.append(place)
    return path[::-1]
