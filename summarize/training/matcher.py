"""Train the matcher: a logistic regression on pairs of real events and on paraphrases.

It learns from what it will be asked about: pairs that are near enough and that no rule keeps apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from summarize.config import load_config
from summarize.contradiction import conflict
from summarize.loading import load_embedder_of
from summarize.matching import FEATURES, features
from summarize.profiles import Profile, profile_of
from summarize.selection import MIN_ALIKE
from summarize.training.graded import read_graded
from summarize.training.pairs import Pair, ecb_pairs, is_ecb_test, read_ecb, read_mrpc
from summarize.types import Embedder
from summarize.weights import write_weights

PARAPHRASE_WEIGHT = 0.5  # of a pair of MRPC; a pair of two articles has 1
RIDGE = 1.0  # on standardised weights
CONSTANT = 1e-6  # deviation below which a feature is none: three dimensions of MiniLM are 0 but for rounding
_STEPS = 30


@dataclass(frozen=True, slots=True)
class MatcherRecipe:
    """Everything that decides the matcher."""

    data: Path
    out: Path


def train(recipe: MatcherRecipe) -> None:
    """Fit the weights and write ``weights.json``."""
    asked, vectors, profiles = asked_pairs(recipe.data, load_embedder_of(load_config()))
    bias, values = fit(
        described(asked, vectors, profiles),
        np.array([p.is_same for p in asked], dtype=float),
        np.array([PARAPHRASE_WEIGHT if p.source == "mrpc" else 1.0 for p in asked]),
    )
    stored = {"features": FEATURES, "bias": round(bias, 6), "values": [round(float(v), 6) for v in values]}
    write_weights(recipe.out, stored)


def asked_pairs(
    data: Path, embedder: Embedder
) -> tuple[list[Pair], dict[str, np.ndarray], dict[str, Profile]]:
    """Return the pairs to learn from, near enough and kept apart by no rule, their vectors and profiles."""
    graded = [Pair(p.a, p.b, p.grade > 0, "graded") for p in read_graded(data) if not p.is_test]
    ecb = ecb_pairs([s for s in read_ecb(data) if not is_ecb_test(s.topic)])
    pairs = [*graded, *ecb, *read_mrpc(data, "train")]
    vectors, profiles = analysed(pairs, embedder)
    asked = [
        p
        for p in pairs
        if vectors[p.a] @ vectors[p.b] >= MIN_ALIKE and conflict(profiles[p.a], profiles[p.b]) is None
    ]
    return asked, vectors, profiles


def analysed(pairs: Sequence[Pair], embedder: Embedder) -> tuple[dict[str, np.ndarray], dict[str, Profile]]:
    """Return the unit vector and the profile of each text."""
    texts = list(dict.fromkeys(text for p in pairs for text in (p.a, p.b)))
    vectors = dict(zip(texts, embedder.embed(texts), strict=True))
    return vectors, {text: profile_of(text) for text in texts}


def described(
    pairs: Sequence[Pair], vectors: Mapping[str, np.ndarray], profiles: Mapping[str, Profile]
) -> np.ndarray:
    """Describe pairs by their features, shape (n_pairs, n_features)."""
    return np.array(
        [features(profiles[p.a], profiles[p.b], float(vectors[p.a] @ vectors[p.b])) for p in pairs]
    )


def fit(x: np.ndarray, y: np.ndarray, weights: np.ndarray) -> tuple[float, np.ndarray]:
    """Fit bias and weights by Newton's method on the penalised likelihood (le Cessie & van Houwelingen 1992).

    :param x: shape (n, n_features); standardised here.
    :param y: 0 or 1, shape (n,).
    :param weights: of the observations, shape (n,).
    """
    centre, scale = x.mean(0), x.std(0)
    scale[scale < CONSTANT] = 1.0
    z = np.column_stack([np.ones(len(x)), (x - centre) / scale])
    penalty = RIDGE * np.eye(z.shape[1])
    penalty[0, 0] = 0.0
    found = np.zeros(z.shape[1])
    for _ in range(_STEPS):
        chance = 1.0 / (1.0 + np.exp(-z @ found))
        slope = z.T @ (weights * (y - chance)) - penalty @ found
        curve = (z * (weights * chance * (1.0 - chance))[:, None]).T @ z + penalty
        found += np.linalg.solve(curve, slope)
    values = found[1:] / scale
    return float(found[0] - centre @ values), values
