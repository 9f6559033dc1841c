"""The matcher: how probable is it that two sentences state the same thing?

A logistic regression over what two profiles share, a few numbers each of which can be read; trained by
``summarize train matcher`` on graded pairs of real events. It weighs what a single threshold can't: the less
two sentences are alike in meaning, the more words they must share, and the longer one may add the less.
Whether they contradict is not asked here but in :mod:`summarize.contradiction`.
"""

from __future__ import annotations

import math
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarize.profiles import Profile
from summarize.weights import read_weights

FEATURES = (
    "cosine",
    "shared content, of the shorter",
    "shared content, of both",
    "shared events, of the shorter",
    "shared events, of both",
    "shared events, logarithm",
    "shared names, of the shorter",
    "shared names, logarithm",
    "names of one alone, logarithm",
    "shared figures, logarithm",
    "a speaker in common",
    "a speaker in one alone",
    "content of the shorter, logarithm",
    "length of the shorter, of the longer",
)


def features(a: Profile, b: Profile, cosine: float) -> tuple[float, ...]:
    """Describe a pair by :data:`FEATURES`; the same whichever comes first."""
    n_content = sorted((len(a.content), len(b.content)))
    figures = {q.value for q in a.counts} & {q.value for q in b.counts}
    return (
        cosine,
        _of_shorter(a.content, b.content),
        _of_both(a.content, b.content),
        _of_shorter(a.event, b.event),
        _of_both(a.event, b.event),
        math.log1p(len(a.event & b.event)),
        _of_shorter(a.names, b.names) if a.names and b.names else 0.5,
        math.log1p(len(a.names & b.names)),
        math.log1p(len(a.names ^ b.names)),
        math.log1p(len(figures)),
        float(bool(a.speakers & b.speakers)),
        float(bool(a.speakers) != bool(b.speakers)),
        math.log1p(n_content[0]),
        n_content[0] / max(1, n_content[1]),
    )


def _of_shorter(mine: Set[str], theirs: Set[str]) -> float:
    return len(mine & theirs) / max(1, min(len(mine), len(theirs)))


def _of_both(mine: Set[str], theirs: Set[str]) -> float:
    return len(mine & theirs) / max(1, len(mine | theirs))


@dataclass(frozen=True, slots=True)
class Matcher:
    """Weights of :data:`FEATURES`."""

    bias: float
    values: tuple[float, ...]
    signature: str

    def probability(self, a: Profile, b: Profile, cosine: float) -> float:
        """Return how probable it is that two sentences state the same thing."""
        weighted = zip(self.values, features(a, b, cosine), strict=True)
        return 1.0 / (1.0 + math.exp(-self.bias - math.fsum(weight * value for weight, value in weighted)))


def load_matcher(path: Path) -> Matcher:
    """Read weights that ``summarize train matcher`` wrote.

    :raises ModelError: if the file can't be read, or is for other features.
    """
    return read_weights(path, "matcher", FEATURES, _built)


def _built(stored: dict[str, Any], signature: str) -> Matcher:
    values = tuple(float(value) for value in stored["values"])
    if len(values) != len(FEATURES):
        raise ValueError(f"{len(values)} values for {len(FEATURES)} features")
    return Matcher(float(stored["bias"]), values, signature)
