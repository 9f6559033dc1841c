"""Cluster: facts → topics; first the story, then the topic inside it.

Articles are grouped into stories by average linkage on their mean vectors. Inside a story everything
resembles everything, so the story's own direction is taken out of the vectors before its facts are
grouped (compare "all-but-the-top", Mu & Viswanath 2018): what is left tells topics apart. The stage
does not decide what is worth saying.
"""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import pdist

from summarize.types import Fact

WORD_WEIGHT = 0.8  # of the words beside the embedding
LEAD_SENTENCES = 8  # of an article that stand for its story


def unit(vectors: np.ndarray) -> np.ndarray:
    """Scale rows to length one; zero rows stay zero."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)


def stories(article_vectors: np.ndarray, min_similarity: float) -> tuple[int, ...]:
    """Return a story number for each article.

    :param article_vectors: unit rows, shape (n_articles, dim).
    """
    if len(article_vectors) < 2:
        return (0,) * len(article_vectors)
    tree = linkage(pdist(article_vectors, "cosine").clip(min=0), "average")
    labels = fcluster(tree, 1.0 - min_similarity, "distance")
    return _renumbered(labels)


def article_vector(sentence_vectors: np.ndarray) -> np.ndarray:
    """Return the direction of an article's first sentences, shape (dim,)."""
    return unit(sentence_vectors[:LEAD_SENTENCES].mean(0))


def topic_features(fact_vectors: np.ndarray, stems: list[frozenset[str]], weights: np.ndarray) -> np.ndarray:
    """Join what a fact means with what it names, as unit rows, shape (n_facts, dim + n_stems).

    The embedding, freed of the story's direction, knows that "refugees" and "displaced" are near; the
    words know that Saraqeb is a place of its own. Words are weighted by inverse document frequency
    over facts; those of a single fact link nothing and are left out.
    """
    own = unit(fact_vectors - np.average(fact_vectors, axis=0, weights=weights))
    counts = Counter(stem for found in stems for stem in found)
    column = {stem: i for i, stem in enumerate(sorted(s for s, n in counts.items() if n > 1))}
    lexical = np.zeros((len(stems), max(1, len(column))), dtype=np.float32)
    for row, found in enumerate(stems):
        for stem in found & column.keys():
            lexical[row, column[stem]] = math.log(len(stems) / counts[stem])
    return unit(np.hstack([own, WORD_WEIGHT * unit(lexical)]))


def topics(fact_vectors: np.ndarray, weights: np.ndarray, n_topics: int) -> tuple[int, ...]:
    """Return a topic number for each fact of one story.

    Ward's linkage (1963) on unit vectors, cut at ``n_topics``; then each fact moves to the topic whose
    weighted centre is nearest, a few times, as spherical k-means does.

    :param fact_vectors: unit rows, see :func:`topic_features`.
    :param weights: salience of each fact, > 0, shape (n_facts,).
    :raises ValueError: if the shapes differ.
    """
    if len(fact_vectors) != len(weights):
        raise ValueError(f"{len(fact_vectors)} facts but {len(weights)} weights")
    if len(fact_vectors) <= n_topics or n_topics < 2:
        return tuple(range(len(fact_vectors))) if n_topics > 1 else (0,) * len(fact_vectors)
    own = fact_vectors
    labels = fcluster(linkage(own, "ward"), n_topics, "maxclust") - 1
    for _ in range(5):
        centres = unit(np.stack([_centre(own, weights, labels == k) for k in range(labels.max() + 1)]))
        moved = np.argmax(own @ centres.T, axis=1)
        if np.array_equal(moved, labels):
            break
        labels = np.unique(moved, return_inverse=True)[1]
    return _renumbered(labels)


def fact_vector(fact: Fact, vector_of: dict[tuple[int, int], np.ndarray]) -> np.ndarray:
    """Return the mean direction of a fact's sentences; ``vector_of`` is keyed by (article, order)."""
    return unit(np.mean([vector_of[s.article, s.order] for s in fact.sentences], axis=0))


def _centre(vectors: np.ndarray, weights: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    return np.asarray((vectors[chosen] * weights[chosen, None]).sum(0))


def _renumbered(labels: np.ndarray) -> tuple[int, ...]:
    """Number labels by first appearance."""
    seen: dict[int, int] = {}
    return tuple(seen.setdefault(int(label), len(seen)) for label in labels)
