"""Draft: a story that has room for few sentences → those that make the best text together.

Greedy choice takes the best sentence and then what adds most to it. Where three sentences are all, that
begins wrong: two others may say together what the best one says, and more. Here every set of a story's most
salient sentences that fills its room is scored as one text (summary-level extraction: Zhong, Liu, Chen, Wang,
Qiu & Huang 2020) by a small model over what can be read: how much of the titles and of the openings it
covers, how near its words are to the story's. Learned by ``training.drafter``. Longer texts have too many
sets, and there the greedy choice does not lag behind.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from summarize.analysis import Analysis, Place
from summarize.profiles import Profile
from summarize.ranking import content_of, pairs_of, share_told, sharing, stems_in_order
from summarize.rating import Rated
from summarize.retelling import Sameness, retells
from summarize.topics import n_words
from summarize.weights import read_weights

FEATURES = (
    "words, of the room",
    "worth of its words",  # salience by word, of the room
    "worth of the least sentence",
    "title words covered",  # share, weighed by the titles that have them
    "pairs of the openings covered",  # share, weighed by the sentences that have them
    "share of other origins that use a pair of words, mean",
    "divergence from the story's words",  # Kullback-Leibler, but for a constant
    "depth in the article, mean",  # log(1 + order)
    "share of words outside quotations, mean",
)
MAX_ROOM = 110  # words of a story; the model learned on 67
POOL, MOST = 10, 5  # salient sentences that are looked at, and of a set at most
LEAST_FULL = 0.6  # share of its room that a set fills at least
OPENING = 2  # sentences that an article begins with
# What two sentences of a set share in meaning is said twice. Of the sets chosen for 870 roundups 11 % instead
# of 18 % have two sentences with a cosine beyond 0.65, at no loss of ROUGE; 40 leaves 5 %, and costs 0.1.
ALIKE, ALIKE_COST = 0.6, 20.0  # cosine from which likeness costs, and points of ROUGE-1 plus 2 per cosine
_SMOOTHING = 0.01  # counts added to each word of the story


@dataclass(frozen=True, slots=True)
class Talk:
    """What the articles of one story talk about.

    ``shared`` is the share of the other origins, see ``ranking.sharing``; the others are shares of a whole.
    """

    titles: Mapping[str, float]
    openings: Mapping[tuple[str, str], float]
    shared: Mapping[tuple[str, str], float]
    frequency: Mapping[str, float]


def talk_of(found: Analysis, story: int) -> Talk:
    """Describe a story by its words and pairs of words."""
    rows = [n for n, s in enumerate(found.sentences) if found.story_of[s.article] == story]
    stems = [_stems(found.profiles[n]) for n in rows]
    sentences = [found.sentences[n] for n in rows]
    titles = [found.articles[a].title or "" for a in sorted({s.article for s in sentences})]
    pairs = [pairs_of(own) for own in stems]
    opening = [own for s, own in zip(sentences, pairs, strict=True) if s.order < OPENING]
    origins = [found.articles[s.article].origin for s in sentences]
    return Talk(
        _shares(stem for title in titles for stem in set(content_of(stems_in_order(title)))),
        _shares(pair for own in opening for pair in own),
        sharing(pairs, origins),
        _shares(stem for own in stems for stem in content_of(own)),
    )


def _stems(profile: Profile) -> list[str]:
    return [t.stem for t in profile.tokens]


def _shares(things: Iterable[Any]) -> dict[Any, float]:
    counted = Counter(things)
    total = sum(counted.values())
    return {thing: n / total for thing, n in counted.items()}


@dataclass(frozen=True, slots=True)
class Sets:
    """Sets of the sentences of one story: which sentence is in which, shape (n_sets, n_sentences), bool."""

    members: np.ndarray
    features: np.ndarray  # shape (n_sets, len(FEATURES)); without their mean


def sets_of(
    pool: Sequence[Rated],
    talk: Talk,
    profiles: Mapping[Place, Profile],
    room: float,
    same: Sameness,
) -> Sets:
    """Describe all sets that fill a room of so many words and tell nothing twice.

    :param same: how probable it is that two facts are one.
    """
    members = _members(pool, room, same)
    if not len(members):
        return Sets(members, np.zeros((0, len(FEATURES))))
    lengths = np.array([n_words(r) for r in pool], dtype=float)
    worth = np.array([r.salience for r in pool])
    stems = [_stems(profiles[r.place]) for r in pool]
    pairs = [pairs_of(own) for own in stems]
    depth = np.array([math.log1p(r.lead.order) for r in pool])
    outside = np.array([share_told(r.lead.text) for r in pool])
    size = members.sum(1)
    has_pair = _covered(members, pairs, dict.fromkeys(set().union(*pairs), 1.0))
    described = np.column_stack(
        [
            members @ lengths / room,
            members @ (worth * lengths) / room,
            np.where(members, worth, np.inf).min(1),
            _covered(members, [set(content_of(own)) for own in stems], talk.titles),
            _covered(members, pairs, talk.openings),
            _covered(members, pairs, talk.shared) / np.maximum(1.0, has_pair),
            _divergence(members, [Counter(content_of(own)) for own in stems], talk.frequency),
            members @ depth / size,
            members @ outside / size,
        ]
    )
    return Sets(members, described - described.mean(0))


def candidates(rated: Sequence[Rated], room: float) -> list[Rated]:
    """Return the facts of which sets are made: the first ones whose sentence finds room."""
    return [r for r in rated if n_words(r) <= room][:POOL]


def _members(pool: Sequence[Rated], room: float, same: Sameness) -> np.ndarray:
    lengths = [n_words(r) for r in pool]
    apart = {
        (i, j)
        for (i, a), (j, b) in combinations(enumerate(pool), 2)
        if retells(a, a.lead.text, b, b.lead.text, same)
    }
    found = [
        own
        for size in range(1, MOST + 1)
        for own in combinations(range(len(pool)), size)
        if LEAST_FULL * room <= sum(lengths[n] for n in own) <= room
        and not any(pair in apart for pair in combinations(own, 2))
    ]
    members = np.zeros((len(found), len(pool)), dtype=bool)
    for row, own in enumerate(found):
        members[row, list(own)] = True
    return members


def _covered(
    members: np.ndarray, uses: Sequence[Iterable[Hashable]], weights: Mapping[Any, float]
) -> np.ndarray:
    """Add up the weights of what each set uses, each thing once."""
    column = {thing: n for n, thing in enumerate(sorted(weights.keys() & set().union(*uses)))}
    table = np.zeros((len(uses), len(column)))
    for row, own in enumerate(uses):
        table[row, [column[thing] for thing in own if thing in column]] = 1.0
    return np.asarray((members @ table > 0) @ np.array([weights[thing] for thing in column]))


def _divergence(
    members: np.ndarray, counts: Sequence[Counter[str]], frequency: Mapping[str, float]
) -> np.ndarray:
    column = {word: n for n, word in enumerate(sorted(set().union(*counts)))}
    table = np.zeros((len(counts), len(column)))
    for row, own in enumerate(counts):
        table[row, [column[word] for word in own]] = list(own.values())
    said = members @ table
    # A fact may be told by a sentence of another story's article, whose words this one need not have.
    share = np.array([frequency.get(word, 0.0) for word in column])
    gained = (np.log(said + _SMOOTHING) - math.log(_SMOOTHING)) @ share
    return np.asarray(np.log(said.sum(1) + _SMOOTHING * len(frequency)) - gained)


def _alike(members: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    """Return per set the cosine of the two sentences that are most alike, shape (n_sets,); 0 for one."""
    likeness = np.maximum(0.0, vectors @ vectors.T)
    np.fill_diagonal(likeness, 0.0)
    return np.array([likeness[np.ix_(own, own)].max() for own in members])


def expanded(features: np.ndarray) -> np.ndarray:
    """Add the products of all pairs of features, and their squares, without their mean.

    :param features: standardised, shape (n_sets, n_features).
    """
    left, right = np.triu_indices(features.shape[1])
    products = features[:, left] * features[:, right]
    return np.hstack([features, products - products.mean(0)])


@dataclass(frozen=True, slots=True)
class Drafter:
    """Weights of :data:`FEATURES`, each divided by its scale, and of their products."""

    scale: np.ndarray  # shape (n_features,)
    values: np.ndarray  # shape (n_features + n_products,)
    signature: str

    def scores(self, features: np.ndarray) -> np.ndarray:
        """Return how good a text each set makes among those of its story, shape (n_sets,)."""
        return np.asarray(expanded(features / self.scale) @ self.values)


@dataclass(frozen=True, slots=True)
class Drafts:
    """Drafts the stories of one analysis."""

    drafter: Drafter
    found: Analysis

    def __call__(self, rated: Sequence[Rated], room: float, same: Sameness) -> frozenset[Place]:
        """Return the places of the sentences that make the best text of one story.

        :param rated: facts of one story that can stand alone, the most salient ones first.
        :param room: in words.
        :return: none if there is room for a longer text, or if no set fills it.
        """
        if not rated or room > MAX_ROOM:
            return frozenset()
        pool = candidates(rated, room)
        talk = talk_of(self.found, rated[0].story)
        sets = sets_of(pool, talk, self.found.profile_of, room, same)
        if not len(sets.members):
            return frozenset()
        alike = _alike(sets.members, np.stack([r.vector for r in pool]))
        scores = self.drafter.scores(sets.features) - ALIKE_COST * np.maximum(0.0, alike - ALIKE)
        best = int(np.argmax(scores.round(9)))
        return frozenset(pool[n].place for n in np.flatnonzero(sets.members[best]))


def load_drafter(path: Path) -> Drafter:
    """Read weights that ``summarize train drafter`` wrote.

    :raises ModelError: if the file can't be read, or is for other features.
    """
    return read_weights(path, "drafter", FEATURES, _built)


def _built(stored: dict[str, Any], signature: str) -> Drafter:
    scale = np.array([float(value) for value in stored["scale"]])
    values = np.array([float(value) for value in stored["values"]])
    n = len(FEATURES)
    if len(scale) != n or len(values) != n + n * (n + 1) // 2:
        raise ValueError(f"{len(values)} values for {n} features")
    return Drafter(scale, values, signature)
