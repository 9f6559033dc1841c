"""Select: options, each with a worth, → those that are told, in the order in which they were taken.

Greedy, as maximal marginal relevance (Carbonell & Goldstein 1998): each step takes what is worth most, less
its likeness to what was taken, the chance that it says the same, and the share of its words that was said
before. An option that hangs on another can be taken only after that one. Knows nothing of text.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np

# Measured by five-fold cross-validation on 200 Multi-News clusters, in the unit of the ranker's scores.
REDUNDANT = 0.65  # cosine from which likeness to what was taken costs
REDUNDANCY_COST = 1.5  # per cosine beyond it
# Of two accounts of one thing in other words the second is told only if it is worth much more. Of pairs with
# a chance of 0.3 and more a brief of 200 Multi-News clusters has 0.36 at a cost of 0.5, 0.27 at 1 and 0.15 at
# 2, one of 307 AllSides roundups 0.16, 0.13 and 0.08. ROUGE is the same at 1; 2 costs Multi-News 0.1 of
# ROUGE-L and AllSides 0.1 of ROUGE-1, for there the references tell the main event once again.
SAME = 0.25  # chance from which saying the same costs
SAME_COST = 1.0  # per chance beyond it
MIN_ALIKE = 0.45  # cosine below which nothing says the same
# What several others have said between them is nothing new either, though it be like none of them. ROUGE is
# the same: on 120 Multi-News clusters +0.02 / -0.02 / -0.01.
COVERED = 0.65  # share of the content words, from which saying what the group has said costs
COVER_COST = 1.0  # per share beyond it
# For words in a row that were taken already: two sources quote one speech, or print one wire.
REPEAT_COST = 0.15


@dataclass(frozen=True, slots=True)
class Option:
    """Something that could be told.

    ``place`` identifies it, ``after`` the option that it hangs on; ``label`` is its topic, None where it
    takes the topic of the one that it hangs on; ``runs`` are words in a row that it says, ``content`` those
    of its words that mean something; ``group`` is what it shares its room with.
    """

    vector: np.ndarray  # unit
    worth: float
    n_words: int
    place: Hashable
    after: Hashable | None = None
    label: Hashable | None = None
    runs: frozenset[Hashable] = frozenset()
    content: frozenset[Hashable] = frozenset()
    group: Hashable = None


@dataclass(frozen=True, slots=True)
class Taken:
    """An option that is told: its index, its rank from 0, and the rank of the one that it hangs on."""

    index: int
    rank: int
    label: Hashable
    after: int | None


def choose(
    options: Sequence[Option],
    room: Mapping[Hashable, float],
    same: Callable[[int, int], float] = lambda i, j: 0.0,
) -> tuple[Taken, ...]:
    """Take options until those of each group hold so many words, the last one beyond.

    Of two that are worth the same the one that stands first is taken.

    :param room: words of each group.
    :param same: how probable it is that the options of two indices say the same.
    """
    if not options:
        return ()
    vectors = np.stack([o.vector for o in options])
    worth = np.array([o.worth for o in options])
    follower_of = {o.after: i for i, o in enumerate(options) if o.after is not None}
    is_open = np.array([o.after is None for o in options])
    is_left = np.ones(len(options), dtype=bool)
    alike, chance, covered, repeats = (np.zeros(len(options)) for _ in range(4))
    told: set[Hashable] = set()
    said: dict[Hashable, set[Hashable]] = {group: set() for group in room}
    taken: list[Taken] = []
    at: dict[Hashable, Taken] = {}
    left = dict(room)
    members = {group: np.array([o.group == group for o in options]) for group in room}
    label_of = [o.label for o in options]
    while is_open.any():
        likeness = REDUNDANCY_COST * np.maximum(0.0, alike - REDUNDANT)
        known = COVER_COST * np.maximum(0.0, covered - COVERED)
        gain = worth - np.maximum(likeness, SAME_COST * (chance - SAME)) - known - REPEAT_COST * repeats
        best = int(np.argmax(np.where(is_open, gain, -np.inf)))
        option, label = options[best], label_of[best]
        before = at.get(option.after) if option.after is not None else None
        new = Taken(best, len(taken), label, before.rank if before else None)
        taken.append(new)
        at[option.place] = new
        is_open[best] = False
        near = vectors @ option.vector
        alike = np.maximum(alike, near)
        is_left[best] = False
        for other in np.flatnonzero(is_left & (near >= MIN_ALIKE)).tolist():
            chance[other] = max(chance[other], same(other, best))
        if new_runs := option.runs - told:
            told |= new_runs
            repeats = np.maximum(repeats, [not new_runs.isdisjoint(o.runs) for o in options])
        if new_content := option.content - said[option.group]:
            said[option.group] |= new_content
            for other in np.flatnonzero(is_left & members[option.group]).tolist():
                covered[other] = _share(options[other].content, said[option.group])
        if (next_ := follower_of.get(option.place)) is not None:
            is_open[next_] = True
            label_of[next_] = label
        left[option.group] -= option.n_words
        if left[option.group] <= 0:
            is_open &= ~members[option.group]
    return tuple(taken)


def _share(content: frozenset[Hashable], said: Set[Hashable]) -> float:
    return len(content & said) / len(content) if content else 0.0
