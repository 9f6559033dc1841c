"""Share out: the brief's words → how many of them each story may have, and which stories have none.

What many sources report is told at more length than what two do, but not at so much more that one story
leaves no room for the others: words are shared by the logarithm of the independent origins. A story is told
in a sentence at least, or not at all; one that a single source has counts for a third of one that two have.
Where there is room for everything every story is told. The stage knows nothing of text.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

LONE = 0.5  # weight of a story of one origin; that of two is 1.58, of three 2, of seven 3
COMMENT = 0.1  # of one that nobody reports and somebody comments on: told where nothing else is
MIN_WORDS = 32  # of a story that has more to tell: one sentence
_ROUNDING = 1e-6  # what a sum of shares may lack


def weight(origins: int) -> float:
    """Return what a story that so many independent origins report weighs."""
    return math.log2(1 + origins) if origins > 1 else LONE if origins else COMMENT


def share_out(
    ranked: Sequence[int],
    weights: Mapping[int, float],
    capacity: Mapping[int, int],
    words: int,
    most: int,
) -> dict[int, int]:
    """Return the words of each story that is told, weightiest first; the first one is told in any case.

    What a story with little to tell leaves over goes to the others.

    :param ranked: stories in the order in which they are taken in.
    :param capacity: words that each story has at most.
    :param most: stories.
    """
    shared = _filled(ranked[:1], weights, capacity, words)
    for story in ranked[1:]:
        if len(shared) == most:
            break
        more = _filled([*shared, story], weights, capacity, words)
        if all(w > min(MIN_WORDS, capacity[s]) - _ROUNDING for s, w in more.items()):
            shared = more
    whole = {s: int(w) for s, w in shared.items()}
    spare = round(sum(shared.values())) - sum(whole.values())
    for story in [s for s in whole if whole[s] < capacity[s]][:spare]:
        whole[story] += 1
    return whole


def _filled(
    stories: Sequence[int], weights: Mapping[int, float], capacity: Mapping[int, int], words: int
) -> dict[int, float]:
    """Share words by weight; who has less to tell than its share gets what it has."""
    shared: dict[int, float] = {}
    open_, left = list(stories), float(words)
    while open_:
        whole = sum(weights[s] for s in open_)
        full = [s for s in open_ if capacity[s] * whole <= left * weights[s]]
        if not full:
            return {s: shared.get(s, left * weights[s] / whole) for s in stories}
        shared |= {s: float(capacity[s]) for s in full}
        left -= sum(capacity[s] for s in full)
        open_ = [s for s in open_ if s not in shared]
    return shared
