"""Rank: sentences → how much of each a person would put into a brief.

A linear model over features that can be read: place in the article, likeness to the other articles,
words that several origins share, voice. Learned by ridge regression on briefs that people wrote (see
``training.ranker``), once on short ones and once on long ones: the shorter a brief, the more it keeps to
what articles say first. A brief's length decides how the two are mixed. Supervised sentence regression as in
Ou, Li, Li & Hu (2007); the idea of concept weights by document frequency is Gillick & Favre's (2009). The
stage does not know facts, topics or budgets.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from summarize.clustering import unit
from summarize.language import FUNCTION_WORDS, stem, words
from summarize.profiles import Profile
from summarize.types import Article, Sentence
from summarize.weights import read_weights

_T = TypeVar("_T")
FEATURES = (
    "first in its article",  # 1 / (1 + order)
    "depth in its article",  # log(1 + order)
    "first sentence",
    "second sentence",
    "words",
    "share of content words",
    "likeness to the story's centre",  # cosine
    "likeness to other articles",  # mean over them of the nearest sentence's cosine
    "share of other origins that use a word, mean",
    "share of other origins that use a word, five most shared",
    "share of other origins that use a pair of words, mean",
    "frequency of its words in the story",  # mean log
    "share of the story's words that its words are, mean",  # percent; as in SumBasic
    "lives lost",
    "denies",
    "narrator",  # first person outside quotations
    "begins with a quotation",
    "share of words outside quotations",
    "describes a picture",
    "hangs on an earlier sentence",
    "share of the story that its article is",
)
TOP_STEMS = 5
FOLDS = 5
GRAVE = frozenset(
    stem(w)
    for w in "kill killed dead death deaths die died deadliest deadly wounded injured shooting shot".split()
)
_OUTSIDE_QUOTES = re.compile(r"[“\"][^”\"]*[”\"]")
_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Ww]e|us|[Oo]ur)\b")
# What a picture shows: "A woman waves the flag during a protest".
_PICTURED = re.compile(
    r"^(?:A|An|Two|Three|People|Protesters|Supporters|Residents|Police|Soldiers)\b[\w ,’'-]{0,60}?"
    r"\b(?:waves?|holds?|carr(?:y|ies)|walks?|looks?|stands?|sits?|gestures?|poses?|embraces?|smiles?|watch(?:es)?)\b"
)
_BLOCK = 1024  # rows per block of a similarity matrix


@dataclass(frozen=True, slots=True)
class Weights:
    """One linear model: learned on briefs of about so many words."""

    words: int
    bias: float
    values: tuple[float, ...]  # one per feature


@dataclass(frozen=True, slots=True)
class Ranker:
    """Mixes the weights for short and for long briefs by the length of the brief at hand.

    ``folds`` are the weights for long briefs, each learned without one fifth of the Multi-News clusters.
    """

    short: Weights
    long: Weights
    folds: tuple[Weights, ...]
    signature: str

    def without(self, cluster: int) -> Ranker:
        """Return the ranker that has not seen the Multi-News cluster of this number, for measuring on it."""
        return replace(self, long=self.folds[fold_of(cluster)])

    def scores(self, features: np.ndarray, n_words: float | np.ndarray) -> np.ndarray:
        """Return what part of each sentence a brief of that length would repeat, shape (n,).

        :param features: shape (n, len(FEATURES)).
        :param n_words: one length for all, or one for each sentence, shape (n,).
        """
        low, high = math.log(self.short.words), math.log(self.long.words)
        part = np.clip((np.log(np.maximum(1, n_words)) - low) / (high - low), 0.0, 1.0)
        short = features @ np.array(self.short.values) + self.short.bias
        long = features @ np.array(self.long.values) + self.long.bias
        return np.asarray((1 - part) * short + part * long)


def fold_of(cluster: int) -> int:
    """Return the fold that a Multi-News cluster, numbered from 0, is kept out of."""
    return cluster % FOLDS


def load_ranker(path: Path) -> Ranker:
    """Read weights that ``summarize train ranker`` wrote.

    :raises ModelError: if the file can't be read, or is for other features.
    """
    return read_weights(path, "ranker", FEATURES, _built)


def _built(stored: dict[str, Any], signature: str) -> Ranker:
    short, long = (as_weights(stored[name]) for name in ("short", "long"))
    return Ranker(short, long, tuple(as_weights(own) for own in stored["folds"]), signature)


def as_weights(stored: Mapping[str, object]) -> Weights:
    """Read one set of weights from its JSON form.

    :raises ValueError: if there is not one value per feature.
    """
    values = tuple(float(v) for v in stored["values"])  # type: ignore[attr-defined]
    if len(values) != len(FEATURES):
        raise ValueError(f"{len(values)} values for {len(FEATURES)} features")
    return Weights(int(stored["words"]), float(stored["bias"]), values)  # type: ignore[call-overload, arg-type]


def features(
    sentences: Sequence[Sentence],
    profiles: Sequence[Profile],
    vectors: np.ndarray,
    articles: Mapping[int, Article],
    story_of: Mapping[int, int],
) -> np.ndarray:
    """Describe each sentence among those of its story.

    :param vectors: unit rows, shape (n_sentences, dim).
    :return: float64, shape (n_sentences, len(FEATURES)), in the order of ``sentences``.
    """
    found = np.zeros((len(sentences), len(FEATURES)))
    rows: dict[int, list[int]] = defaultdict(list)
    for index, sentence in enumerate(sentences):
        rows[story_of[sentence.article]].append(index)
    for own in rows.values():
        told, known = [sentences[i] for i in own], [profiles[i] for i in own]
        found[own] = _of_story(told, known, vectors[own], articles)
    return found


def _of_story(
    sentences: list[Sentence], profiles: list[Profile], vectors: np.ndarray, articles: Mapping[int, Article]
) -> np.ndarray:
    tokens = [[t.stem for t in own.tokens] for own in profiles]
    content = [content_of(own) for own in tokens]
    pairs = [pairs_of(own) for own in tokens]
    origin_of = [articles[s.article].origin for s in sentences]
    stem_share = sharing(content, origin_of)
    pair_share = sharing(pairs, origin_of)
    frequency = Counter(t for own in content for t in own)
    n_tokens = sum(frequency.values())
    length = Counter(s.article for s in sentences)
    centre = vectors @ unit(vectors.mean(0))
    near = _likeness_to_others([s.article for s in sentences], vectors)
    rows = []
    for i, (sentence, own) in enumerate(zip(sentences, profiles, strict=True)):
        stems = set(content[i])
        shares = sorted((stem_share[t] for t in stems), reverse=True)
        rows.append(
            (
                *_place(sentence.order),
                float(len(sentence.text.split())),
                len(stems) / max(1, len(tokens[i])),
                float(centre[i]),
                float(near[i]),
                _mean(shares),
                sum(shares[:TOP_STEMS]) / TOP_STEMS,
                _mean([pair_share[p] for p in pairs[i]]),
                _mean([math.log(frequency[t]) for t in stems]),
                100 * _mean([frequency[t] for t in stems]) / max(1, n_tokens),
                *_voice(sentence.text, own),
                length[sentence.article] / len(sentences),
            )
        )
    return np.array(rows)


def stems_in_order(text: str) -> list[str]:
    """Return the stems of all words, function words among them."""
    return [stem(w.text) for w in words(text) if w.is_word and not w.is_possessive]


def content_of(stems: Iterable[str]) -> list[str]:
    """Leave out the stems of function words."""
    return [s for s in stems if s not in _FUNCTION_STEMS]


def pairs_of(stems: Iterable[str]) -> set[tuple[str, str]]:
    """Return the pairs of words that stand side by side, but for those of two function words."""
    return {pair for pair in pairwise(stems) if not _FUNCTION_STEMS.issuperset(pair)}


def share_told(text: str) -> float:
    """Return the share of a sentence's words that stand outside quotations."""
    return len(_OUTSIDE_QUOTES.sub(" ", text).split()) / max(1, len(text.split()))


def _place(order: int) -> tuple[float, ...]:
    return 1 / (1 + order), math.log1p(order), float(order == 0), float(order == 1)


def _voice(text: str, own: Profile) -> tuple[float, ...]:
    told = _OUTSIDE_QUOTES.sub(" ", text)
    hangs = own.opening is not None and own.opening.kind == "anaphora"
    return (
        float(bool(own.event & GRAVE)),
        float(own.denies),
        float(_FIRST_PERSON.search(told) is not None),
        float(text[:1] in "“\"'‘"),
        share_told(text),
        float(_PICTURED.search(text) is not None),
        float(hangs),
    )


def sharing(uses: Sequence[Iterable[_T]], origin_of: Sequence[int]) -> dict[_T, float]:
    """Return for each thing used the share of the other origins that use it too.

    Counted over origins, so that copies of a wire story don't vote twice.

    :param uses: what each sentence uses.
    :param origin_of: the origin of each sentence's article.
    """
    users: dict[_T, set[int]] = defaultdict(set)
    for used, origin in zip(uses, origin_of, strict=True):
        for thing in used:
            users[thing].add(origin)
    others = max(1, len(set(origin_of)) - 1)
    return {thing: (len(origins) - 1) / others for thing, origins in users.items()}


def _likeness_to_others(article_of: list[int], vectors: np.ndarray) -> np.ndarray:
    """Return per sentence the mean, over the other articles, of its nearest sentence's cosine."""
    order = np.argsort(article_of, kind="stable")
    ids, starts = np.unique(np.array(article_of)[order], return_index=True)
    column = {article: n for n, article in enumerate(ids.tolist())}
    own = np.array([column[a] for a in article_of])
    if len(ids) < 2:
        return np.zeros(len(article_of))
    found = []
    for top in range(0, len(vectors), _BLOCK):
        nearest = np.maximum.reduceat(vectors[top : top + _BLOCK] @ vectors[order].T, starts, axis=1)
        mine = nearest[np.arange(len(nearest)), own[top : top + _BLOCK]]
        found.append((nearest.sum(1) - mine) / (len(ids) - 1))
    return np.concatenate(found)


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values) if values else 0.0  # exact: sets come in any order


_FUNCTION_STEMS = frozenset(stem(w) for w in FUNCTION_WORDS)
