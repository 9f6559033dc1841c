"""Train the ranker: ridge regression from what can be seen of a sentence to what a person repeats of it.

The target of a sentence is the share of its pairs of words that the reference has, plus a part of the
same share of its content words: what ROUGE-2 and ROUGE-1 (Lin 2004) will count. Short briefs are learned from
the training part of the AllSides roundups, long ones from Multi-News; for measuring there, weights are also
fitted on four fifths of the clusters at a time (``FOLDS``), so that no cluster is ranked by what was learned
from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from nltk.tokenize.punkt import PunktSentenceTokenizer

from summarize import log
from summarize.analysis import analyse
from summarize.clock import Clock
from summarize.config import Config, load_config
from summarize.evaluation.datasets import (
    ALLSIDES_WORDS,
    MULTI_NEWS,
    MULTI_NEWS_WORDS,
    Cluster,
    load,
    read_cluster,
)
from summarize.fitness import unfit
from summarize.loading import load_embedder_of, load_splitter
from summarize.planning import PlanOptions
from summarize.ranking import FEATURES, FOLDS, content_of, features, fold_of, stems_in_order
from summarize.training.data import ROUNDUPS
from summarize.types import Embedder
from summarize.weights import write_weights

RIDGE = 30.0  # on standardised features; on five folds of Multi-News 30 to 300 differ by 0.1 of ROUGE-2
# Weight of content words in the target, beside pairs of words; chosen on the roundups kept for validation and
# by the folds of Multi-News.
SHORT_CONTENT, LONG_CONTENT = 1.0, 0.25


@dataclass(frozen=True, slots=True)
class RankerRecipe:
    """Everything that decides the ranker; ``n_roundups`` of the training part are read."""

    data: Path
    out: Path
    n_roundups: int = 1200


@dataclass(frozen=True, slots=True)
class Examples:
    """Sentences of one cluster: features, shape (n, n_features), and targets, shape (n,)."""

    features: np.ndarray
    targets: np.ndarray


def train(recipe: RankerRecipe) -> None:
    """Fit all weights and write ``weights.json``.

    :raises SummarizeError: if a data file is missing.
    """
    config, splitter = load_config(), load_splitter()
    embedder = load_embedder_of(config)
    roundups = load(recipe.data / ROUNDUPS).clusters[: recipe.n_roundups]
    news = load(recipe.data / MULTI_NEWS).clusters
    with log.progress() as report:
        found = []
        for done, cluster in enumerate((*news, *roundups)):
            report("describe sentences", done, len(news) + len(roundups))
            weight = LONG_CONTENT if done < len(news) else SHORT_CONTENT
            found.append(examples(cluster, splitter, embedder, config, weight))
    long, short = found[: len(news)], found[len(news) :]
    folds = [[e for n, e in enumerate(long) if fold_of(n) != fold] for fold in range(FOLDS)]
    stored = {
        "features": list(FEATURES),
        "short": fit(short, ALLSIDES_WORDS),
        "long": fit(long, MULTI_NEWS_WORDS),
        "folds": [fit(own, MULTI_NEWS_WORDS) for own in folds],
    }
    write_weights(recipe.out, stored)


def examples(
    cluster: Cluster,
    splitter: PunktSentenceTokenizer,
    embedder: Embedder,
    config: Config,
    content_weight: float,
) -> Examples:
    """Describe the sentences of a cluster that could be told."""
    reading = read_cluster(cluster, config.read)
    if not reading.articles:
        return Examples(np.zeros((0, len(FEATURES))), np.zeros(0))
    found = analyse(reading, splitter, embedder, config, Clock())
    described = features(found.sentences, found.profiles, found.vectors, found.articles, found.story_of)
    at = {(s.article, s.order): s for s in found.sentences}
    lengths = PlanOptions().claim_words
    rows = [
        n
        for n, (s, p) in enumerate(zip(found.sentences, found.profiles, strict=True))
        if not unfit(
            s, p, at.get((s.article, s.order - 1)), lengths, is_spoken=(s.article, s.order) in found.spoken
        )
    ]
    wanted = Repeated.of(cluster.reference)
    return Examples(
        described[rows], np.array([wanted.share_of(found.sentences[n].text, content_weight) for n in rows])
    )


@dataclass(frozen=True, slots=True)
class Repeated:
    """What a reference says: its pairs of words and its content words, with their counts."""

    pairs: Counter[tuple[str, str]]
    content: Counter[str]

    @classmethod
    def of(cls, text: str) -> Repeated:
        """Count what a text holds."""
        stems = stems_in_order(text)
        return cls(Counter(pairwise(stems)), Counter(content_of(stems)))

    def share_of(self, sentence: str, content_weight: float) -> float:
        """Return how much of a sentence the reference says too, from 0 to 1 + ``content_weight``."""
        own = Repeated.of(sentence)
        return _shared(own.pairs, self.pairs) + content_weight * _shared(own.content, self.content)


def fit(found: Sequence[Examples], n_words: int) -> dict[str, Any]:
    """Fit weights by ridge regression (Hoerl & Kennard 1970) on standardised features, as JSON."""
    x = np.concatenate([e.features for e in found])
    y = np.concatenate([e.targets for e in found])
    centre, scale = x.mean(0), x.std(0)
    scale[scale == 0] = 1.0
    z = (x - centre) / scale
    weights = np.linalg.solve(z.T @ z + RIDGE * np.eye(z.shape[1]), z.T @ (y - y.mean())) / scale
    bias = float(y.mean() - centre @ weights)
    return {"words": n_words, "bias": round(bias, 6), "values": [round(float(w), 6) for w in weights]}


def _shared(own: Counter[Any], theirs: Counter[Any]) -> float:
    return sum((own & theirs).values()) / max(1, sum(own.values()))
