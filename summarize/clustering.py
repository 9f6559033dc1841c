"""Cluster: articles → stories, the first half of facts → topics; the second half is ``topics``.

Two articles tell the same story if they mean the same (vectors of title and first sentences) *and*
name the same (words, the rarer in the folder the weightier): neither alone keeps two elections
or two fires apart. Both cosines are multiplied, and articles are joined by average linkage as long as
they are alike enough. The stage does not decide what is worth saying.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_matrix

from summarize.language.tokens import is_content, stem, words
from summarize.types import Article, Sentence

# Chosen on one half of the AllSides events, in folders of 2 to 425 of them.
LEAD_SENTENCES = 8  # of an article that stand for its story
LEAD_WORDS = 400  # whose stems do
TITLE_SHARE = 0.5  # of the title's vector, beside the mean of the sentences'
TITLE_COUNT = 3  # how often a word of the title counts
RARITY = 1.5  # exponent of the inverse document frequency
OWN_WORDS = 0.1  # share of a word's weight that is left if no other article has it
# The more articles, the more alike are the nearest of two stories. Fitted to the best thresholds of 4 to 850
# articles of that half: 0.37, 0.39, 0.38, 0.40, 0.43, 0.46.
CROWDING = 0.01  # added to the threshold for each doubling of the articles
_BLOCK = 256  # rows of the similarity matrix that are worked out at once


@dataclass(frozen=True, slots=True)
class Portrait:
    """What an article is known by: its direction, shape (dim,), and how often it uses each stem."""

    vector: np.ndarray
    stems: Mapping[str, int]


def unit(vectors: np.ndarray) -> np.ndarray:
    """Scale rows to length one; zero rows stay zero."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)


def portray(
    article: Article,
    sentences: Sequence[Sentence],
    vectors: np.ndarray,
    title: np.ndarray | None,
    stems_of: Callable[[Sentence], Iterable[str]] = lambda sentence: stem_list(sentence.text),
) -> Portrait:
    """Draw the portrait of an article from its title and beginning.

    :param sentences: of the article, in order; at least one.
    :param vectors: of at least the first ``LEAD_SENTENCES`` of them, unit rows, shape (n, dim).
    :param title: unit vector of its title, shape (dim,), if it has one.
    :param stems_of: gives the stems of a sentence's content words, where they are known already.
    """
    lead = vectors[:LEAD_SENTENCES].mean(0)
    stems = Counter(stem_list(article.title or "") * TITLE_COUNT)
    n_words = 0
    for sentence in sentences:
        if n_words >= LEAD_WORDS:
            break
        stems.update(stems_of(sentence))
        n_words += len(sentence.text.split())
    return Portrait(unit(lead if title is None else lead + TITLE_SHARE * title), stems)


def stem_list(text: str) -> list[str]:
    """Return the stems of all content words, as often as they occur."""
    return [stem(w.text) for w in words(text) if is_content(w)]


def stories(portraits: Sequence[Portrait], min_similarity: float) -> tuple[int, ...]:
    """Return a story number for each article.

    Average linkage (Sokal & Michener 1958): what joins two groups is how alike their articles are on
    average, so that a chain of follow-ups does not become one story. Needs 8 bytes for each pair of articles,
    twice.

    :param min_similarity: geometric mean of both cosines, rising by ``CROWDING``; the default suits
        all-MiniLM-L6-v2, other embedders may need another.
    """
    if len(portraits) < 2:
        return (0,) * len(portraits)
    tree = linkage(1.0 - similarities(portraits), "average")
    threshold = min_similarity + CROWDING * math.log2(len(portraits))
    return renumbered(fcluster(tree, 1.0 - threshold, "distance"))


def similarities(portraits: Sequence[Portrait]) -> np.ndarray:
    """Return the likeness of all pairs, in [0, 1], in the order of SciPy's condensed matrices."""
    vectors = unit(np.stack([p.vector for p in portraits]))
    lexical = word_vectors([p.stems for p in portraits])
    n = len(portraits)
    found = np.empty(n * (n - 1) // 2)
    at = 0
    for start in range(0, n, _BLOCK):
        stop = min(n, start + _BLOCK)
        named = (lexical[start:stop] @ lexical.T).toarray()
        meant = (vectors[start:stop] @ vectors.T).clip(0, 1)
        block = np.sqrt(named.clip(0, 1) * meant)
        for row in range(start, stop):
            found[at : at + n - row - 1] = block[row - start, row + 1 :]
            at += n - row - 1
    return found


def word_vectors(counts: Sequence[Mapping[str, int]]) -> csr_matrix:
    """Weigh words by frequency and rarity, as rows whose products are cosines, shape (n, n_stems).

    Sublinear TF-IDF (Salton & Buckley 1988). What no other text has links nothing, and most words of a large
    folder are such: they count for the length of a row only in part, or two reports of one
    event would be the more unlike the more details each has.
    """
    n_texts = Counter(s for own in counts for s in own)
    column = {s: i for i, s in enumerate(sorted(n_texts))}
    rarity = {s: (1.0 + math.log((1 + len(counts)) / (1 + n))) ** RARITY for s, n in n_texts.items()}
    rows, columns, values = [], [], []
    for row, own in enumerate(counts):
        weights = {s: (1.0 + math.log(n)) * rarity[s] for s, n in own.items()}
        shared = {s: w for s, w in weights.items() if n_texts[s] > 1}
        length = _length(shared.values()) + OWN_WORDS * (_length(weights.values()) - _length(shared.values()))
        rows += [row] * len(shared)
        columns += [column[s] for s in shared]
        values += [w / math.sqrt(length) for w in shared.values()]
    return csr_matrix(
        (np.array(values, dtype=np.float32), (rows, columns)), shape=(len(counts), max(1, len(column)))
    )


def _length(weights: Iterable[float]) -> float:
    """Return the squared length of a vector."""
    return math.fsum(w * w for w in weights)


def renumbered(labels: Iterable[int]) -> tuple[int, ...]:
    """Number labels by first appearance."""
    seen: dict[int, int] = {}
    return tuple(seen.setdefault(int(label), len(seen)) for label in labels)
