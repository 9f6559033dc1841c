"""Topics: facts → topics, inside their stories; the second half of the stage that ``clustering`` begins.

Inside a story everything resembles everything, so the story's own direction is taken out of the vectors
before its facts are grouped (compare "all-but-the-top", Mu & Viswanath 2018): what is left tells topics
apart. How many there are is found by agreement: the facts are grouped again and again, without one of
the articles and into few and into many topics, and what stays together is a topic (evidence
accumulation, Fred & Jain 2005; here a grouping counts by its silhouette, so that clear themes are not
cut). The length that a story may have only bounds the number. Only facts that there may be room for decide;
the others join the nearest topic, or none. The stage does not decide what is said.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from summarize.clustering import renumbered, unit
from summarize.types import Fact

Label = tuple[int, int]  # story, topic inside it
NONE: Label = (-1, -1)  # of a fact that belongs to no topic
WORD_WEIGHT = 0.8  # of the words beside the embedding
WORDS_PER_TOPIC = 90  # of the brief; with 65 the order of what is told suffers, by 0.2 of ROUGE-L
MIN_WORDS = 65  # of a topic's facts: two sentences are no topic
CORE = 1.8  # words of the facts that decide, per word of the brief
MIN_CORE = 6  # facts
# Share of the groupings that keep two facts together, for one topic. Of 0.3 to 0.6 the most stable on the
# seeds and twelve Multi-News clusters, with the fewest topics on one matter.
AGREEMENT = 0.4
MIN_FIT = 0.1  # cosine to a topic's centre
_LEAST_QUALITY = 1e-3  # of a grouping, however bad
_ROUNDS = 10  # of moving facts to the nearest centre; most settle after three


class Weighed(Protocol):
    """A fact with its weight; see ``rating.Rated``."""

    @property
    def fact(self) -> Fact: ...
    @property
    def vector(self) -> np.ndarray: ...
    @property
    def salience(self) -> float: ...
    @property
    def story(self) -> int: ...
    @property
    def stems(self) -> frozenset[str]: ...


@dataclass(frozen=True, slots=True)
class TopicOptions:
    """``words`` of the brief, and how many topics it has: exactly ``n_topics``, or at most ``max_topics``."""

    words: int = 400
    n_topics: int = 0  # 0: as many as there are
    max_topics: int = 8


def find_topics(
    ranked: Sequence[Weighed], options: TopicOptions, room: Mapping[int, float]
) -> tuple[Label, ...]:
    """Give each fact its story and topic, or ``NONE``.

    Each story has one topic at least, and more by the words that it may have.

    :param ranked: facts of all stories that are told, weightiest first.
    :param room: words of each of these stories.
    """
    own = {s: [r for r in ranked if r.story == s] for s in room}
    wanted = {
        s: _most(min(sum(map(n_words, found)), room[s]), options.max_topics) for s, found in own.items()
    }
    n_seats = options.n_topics or min(options.max_topics, sum(wanted.values()))
    labels = _divided(own, n_seats, options, room)
    left = {s: iter(found) for s, found in labels.items()}
    numbers = [next(left[r.story]) for r in ranked]
    return tuple((r.story, k) if k >= 0 else NONE for r, k in zip(ranked, numbers, strict=True))


def _divided(
    own: Mapping[int, list[Weighed]], n_seats: int, options: TopicOptions, room: Mapping[int, float]
) -> dict[int, tuple[int, ...]]:
    """Split each story; topics that one with little to tell apart does not use go to others."""
    limits = {s: len(found) for s, found in own.items()}
    settled: dict[int, tuple[int, ...]] = {}
    while True:
        seats = apportion(room, limits, n_seats, at_least=1)
        labels = {
            s: split(own[s], n, replace(options, words=round(room[s])))
            for s, n in seats.items()
            if s not in settled
        }
        modest = {s: found for s, found in labels.items() if max(found) + 1 < seats[s]}
        if not modest or len(labels) == len(modest):
            return settled | labels
        settled |= modest
        limits |= {s: max(found) + 1 for s, found in modest.items()}


def apportion(
    mass: Mapping[int, float], limits: Mapping[int, int], n_seats: int, at_least: int = 0
) -> dict[int, int]:
    """Share topics among stories by highest averages (D'Hondt).

    :param limits: the most topics for each story.
    :param at_least: topics for each story.
    """
    seats = dict.fromkeys(mass, at_least)
    for _ in range(n_seats - sum(seats.values())):
        open_ = [k for k in mass if seats[k] < limits[k]]
        if not open_:
            break
        seats[max(open_, key=lambda k: (mass[k] / (seats[k] + 1), -k))] += 1
    return seats


def split(facts: Sequence[Weighed], n_topics: int, options: TopicOptions) -> tuple[int, ...]:
    """Return a topic number for each fact of one story, -1 for facts that fit none.

    What other stories the folder has decides how many of the topics are kept, and not what they are.

    :param facts: weightiest first.
    :param n_topics: the most topics, or how many there must be if ``options`` names a number.
    """
    exactly = options.n_topics > 0
    if exactly and len(facts) <= n_topics and n_topics > 1:
        return tuple(range(len(facts)))
    n = _n_core(facts, options.words)
    core = facts[: max(n, n_topics) if exactly else n]
    if n_topics < 2 or (len(core) < 4 and not exactly):
        return (0,) * len(facts)
    n_most = n_topics if exactly else _most(min(sum(map(n_words, facts)), options.words), options.max_topics)
    features, weights = topic_features(facts), _weights(facts)
    tree = linkage(squareform(1.0 - agreement(core, n_most), checks=False), "average")
    if exactly:
        topics = _without_gaps(fcluster(tree, n_topics, "maxclust"))
    else:
        topics = _weightiest(fcluster(tree, 1.0 - AGREEMENT, "distance"), core, n_topics)
    if topics.max() < 1:
        return (0,) * len(facts)
    fit = features @ _centres(features[: len(core)], weights[: len(core)], topics).T
    nearest, is_near = fit.argmax(1), fit.max(1) >= MIN_FIT
    chosen = np.where(is_near, nearest, -1)
    chosen[: len(core)] = np.where(topics >= 0, topics, nearest[: len(core)])
    return _numbered(chosen)


def agreement(facts: Sequence[Weighed], n_topics: int) -> np.ndarray:
    """Return how often two facts fall together, in [0, 1], shape (n_facts, n_facts).

    Counted over groupings into two to ``n_topics`` + 1 topics, each of all facts and, if they come from
    three articles or more, without the facts of each article in turn: what hangs on a single source, or on a
    lucky number, does not last. A grouping counts as much as its silhouette.
    """
    together, seen = np.zeros((len(facts), len(facts))), np.zeros((len(facts), len(facts)))
    articles = sorted({a for f in facts for a in f.fact.articles})
    for left_out in (None, *(articles if len(articles) > 2 else ())):
        kept = [i for i, f in enumerate(facts) if any(a != left_out for a in f.fact.articles)]
        if len(kept) < 4:
            continue
        own = [facts[i] for i in kept]
        features, weights = topic_features(own), _weights(own)
        tree = linkage(features, "ward")
        for k in range(2, n_topics + 2):
            labels = _settled(features, weights, _without_gaps(fcluster(tree, k, "maxclust")))
            quality = max(_LEAST_QUALITY, silhouette(features, weights, labels))
            together[np.ix_(kept, kept)] += quality * (labels[:, None] == labels)
            seen[np.ix_(kept, kept)] += quality
    share = np.divide(together, seen, out=np.zeros_like(seen), where=seen > 0)
    np.fill_diagonal(share, 1.0)
    return share


def silhouette(features: np.ndarray, weights: np.ndarray, labels: np.ndarray) -> float:
    """Return how much nearer facts are to their own topic than to the next, in [-1, 1].

    Rousseeuw (1987) on cosine distances; facts count by their weight, a topic of one fact as 0.

    :param labels: 0, 1 … without gaps.
    """
    member = weights[:, None] * (labels[:, None] == np.arange(labels.max() + 1))
    rows = np.arange(len(labels))
    to_topic = (1.0 - features @ features.T) @ member
    others = member.sum(0)[labels] - weights  # weight of the own topic's other facts
    inside = to_topic[rows, labels] / np.maximum(others, 1e-9)
    outside = to_topic / member.sum(0)
    outside[rows, labels] = np.inf
    nearest = outside.min(1)
    value = (nearest - inside) / np.maximum(np.maximum(nearest, inside), 1e-9)
    return float(np.average(np.where(others > 1e-6, value, 0.0), weights=weights))


def topic_features(facts: Sequence[Weighed]) -> np.ndarray:
    """Join what a fact means with what it names, as unit rows, shape (n_facts, dim + n_stems).

    The embedding, freed of the story's direction, knows that "refugees" and "displaced" are near; the
    words know that Saraqeb is a place of its own. Words are weighted by inverse document frequency
    over facts; those of a single fact link nothing and are left out.
    """
    vectors, weights = np.stack([f.vector for f in facts]), _weights(facts)
    own = unit(vectors - np.average(vectors, axis=0, weights=weights))
    counts = Counter(stem for f in facts for stem in f.stems)
    column = {stem: i for i, stem in enumerate(sorted(s for s, n in counts.items() if n > 1))}
    lexical = np.zeros((len(facts), max(1, len(column))), dtype=np.float32)
    for row, fact in enumerate(facts):
        for stem in fact.stems & column.keys():
            lexical[row, column[stem]] = math.log(len(facts) / counts[stem])
    return unit(np.hstack([own, WORD_WEIGHT * unit(lexical)]))


def _settled(features: np.ndarray, weights: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Move each fact to the topic whose weighted centre is nearest, as spherical k-means does."""
    for _ in range(_ROUNDS):
        moved = np.argmax(features @ _centres(features, weights, labels).T, axis=1)
        if np.array_equal(moved, labels):
            break
        labels = _without_gaps(moved)
    return labels


def _centres(features: np.ndarray, weights: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return the weighted mean directions of topics 0, 1 …, shape (n_topics, dim)."""
    return unit(
        np.stack([(features * (weights * (labels == k))[:, None]).sum(0) for k in range(labels.max() + 1)])
    )


def _weightiest(labels: np.ndarray, facts: Sequence[Weighed], n: int) -> np.ndarray:
    """Keep the ``n`` weightiest topics that are long enough, numbered from 0; all else becomes -1."""
    mass = dict.fromkeys(map(int, labels), 0.0)
    words, size = Counter[int](), Counter(map(int, labels))
    for k, fact, weight in zip(map(int, labels), facts, _weights(facts), strict=True):
        mass[k] += float(weight)
        words[k] += n_words(fact)
    fit = [k for k in mass if size[k] > 1 and words[k] >= MIN_WORDS]
    kept = sorted(fit, key=lambda k: (-mass[k], k))[:n]
    return np.array([kept.index(int(k)) if k in kept else -1 for k in labels])


def _n_core(facts: Sequence[Weighed], words: float) -> int:
    """Count the weightiest facts that together are somewhat longer than what the brief can say."""
    lengths = np.cumsum([n_words(f) for f in facts])
    return min(len(facts), max(MIN_CORE, int(np.searchsorted(lengths, words * CORE)) + 1))


def _most(n_words: float, max_topics: int) -> int:
    return max(1, min(max_topics, round(n_words / WORDS_PER_TOPIC)))


def n_words(item: Weighed) -> int:
    """Count the words of the sentence that stands for a fact."""
    return len(item.fact.sentences[0].text.split())


def _weights(facts: Sequence[Weighed]) -> np.ndarray:
    return np.array([f.salience for f in facts]).clip(min=0.05)


def _without_gaps(labels: np.ndarray) -> np.ndarray:
    return np.asarray(np.unique(labels, return_inverse=True)[1])


def _numbered(labels: np.ndarray) -> tuple[int, ...]:
    """Number topics by first appearance; -1 stays."""
    found = iter(renumbered(k for k in labels if k >= 0))
    return tuple(next(found) if k >= 0 else -1 for k in labels)
