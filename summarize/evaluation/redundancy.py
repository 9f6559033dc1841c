"""Redundancy: how much of a brief says what another part of it has said.

Pairs of claims are compared by their content words and by the cosine of their embeddings; repeated runs of
three content words are counted as Welleck et al. (2020), "Neural text generation with unlikelihood training",
count repeated n-grams. Looks at the claims of one brief only.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from summarize.evaluation.report import Figure, share
from summarize.language import content_stems, is_content, stem, words

# Below the overlap at which the brief itself refuses a claim as said already.
SHARED = 0.5  # of the content words of the shorter claim
ALIKE = 0.8  # cosine


def n_alike_by_words(claims: Sequence[str]) -> int:
    """Count the pairs of which one holds half of the other's content words."""
    stems = [content_stems(c) for c in claims]
    return sum(len(a & b) >= SHARED * min(len(a), len(b)) > 0 for a, b in combinations(stems, 2))


def n_alike_by_vectors(vectors: np.ndarray) -> int:
    """Count the pairs of claims that are near each other.

    :param vectors: unit rows, shape (n_claims, dim).
    """
    return int((np.triu(vectors @ vectors.T, k=1) >= ALIKE).sum())


def trigrams(text: str) -> list[tuple[str, ...]]:
    """Return the runs of three content words of a sentence, by their stems."""
    told = [stem(w.text) for w in words(text) if w.is_word and is_content(w)]
    return [tuple(told[i : i + 3]) for i in range(len(told) - 2)]


def figures(claims: Sequence[str], vectors: np.ndarray) -> tuple[Figure, ...]:
    """Measure the claims of one brief."""
    n_pairs = len(claims) * (len(claims) - 1) // 2
    runs = [t for c in claims for t in trigrams(c)]
    n_words, n_again = n_alike_by_words(claims), len(runs) - len(set(runs))
    n_near = n_alike_by_vectors(vectors) if n_pairs else 0
    return (
        Figure("claim pairs that share half of their words", share(n_words, n_pairs), n_pairs, "%"),
        Figure(f"claim pairs with a cosine from {ALIKE} on", share(n_near, n_pairs), n_pairs, "%"),
        Figure("runs of three content words that are repeated", share(n_again, len(runs)), len(runs), "%"),
    )
