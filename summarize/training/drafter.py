"""Train the drafter: ridge regression from what can be seen of a set of sentences to its ROUGE.

The sets are those that the drafter will be asked about: of the most salient sentences of an AllSides
roundup's articles, all that fill the length of a roundup. The target of a set is the sum of its ROUGE-1 and
ROUGE-2 (Lin 2004; F1) against the roundup, less the mean of all its cluster's sets: which cluster is easy is
not asked. Every cluster weighs the same, however many sets it has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from nltk.tokenize.punkt import PunktSentenceTokenizer

from summarize import log, resources
from summarize.analysis import analyse
from summarize.clock import Clock
from summarize.config import Config, load_config
from summarize.drafting import FEATURES, candidates, expanded, sets_of, talk_of
from summarize.evaluation.datasets import ALLSIDES_WORDS, Cluster, load, read_cluster
from summarize.loading import load_embedder_of, load_splitter, load_the_matcher
from summarize.matching import Matcher
from summarize.planning import PlanOptions, sameness, usable
from summarize.ranking import Ranker, load_ranker, stems_in_order
from summarize.rating import rate
from summarize.training.data import ROUNDUPS
from summarize.types import Embedder
from summarize.weights import write_weights

# On standardised features, each cluster's sets weighing 1; on five folds of the roundups 300 is best of 30 to
# 3,000, by 0.3 of ROUGE-1 and 2 together.
RIDGE = 300.0


@dataclass(frozen=True, slots=True)
class DrafterRecipe:
    """Everything that decides the drafter; ``n_roundups`` of the training part are read."""

    data: Path
    out: Path
    n_roundups: int = 2452


@dataclass(frozen=True, slots=True)
class Examples:
    """Sets of one cluster: features, shape (n, n_features), and targets, shape (n,); without their means."""

    features: np.ndarray
    targets: np.ndarray


def train(recipe: DrafterRecipe) -> None:
    """Fit the weights and write ``weights.json``.

    :raises SummarizeError: if a data file or another model is missing.
    """
    config, splitter, matcher = load_config(), load_splitter(), load_the_matcher()
    embedder = load_embedder_of(config)
    ranker = load_ranker(resources.verify("ranker") / "weights.json")
    clusters = load(recipe.data / ROUNDUPS).clusters[: recipe.n_roundups]
    found = []
    with log.progress() as report:
        for done, cluster in enumerate(clusters):
            report("describe sets", done, len(clusters))
            found.append(examples(cluster, splitter, embedder, ranker, matcher, config))
    write_weights(recipe.out, {"features": list(FEATURES), **fit([e for e in found if len(e.targets) > 1])})


def examples(
    cluster: Cluster,
    splitter: PunktSentenceTokenizer,
    embedder: Embedder,
    ranker: Ranker,
    matcher: Matcher | None,
    config: Config,
) -> Examples:
    """Describe and score the sets of a cluster; all of its articles are one story here."""
    none = Examples(np.zeros((0, len(FEATURES))), np.zeros(0))
    reading = read_cluster(cluster, config.read)
    if not reading.articles:
        return none
    found = analyse(reading, splitter, embedder, config, Clock(), matcher=matcher)
    found = replace(found, story_of=dict.fromkeys(found.story_of, 0))
    rated = rate(found, ranker, ALLSIDES_WORDS)
    kept, _ = usable(rated, found, PlanOptions(words=ALLSIDES_WORDS))
    alone = sorted((r for r in kept if r.after is None), key=lambda r: (-r.salience, r.lead.text))
    pool = candidates(alone, ALLSIDES_WORDS)
    sets = sets_of(pool, talk_of(found, 0), found.profile_of, ALLSIDES_WORDS, sameness(found, matcher))
    if not len(sets.members):
        return none
    wanted = stems_in_order(cluster.reference)
    stems = [stems_in_order(r.lead.text) for r in pool]
    targets = np.array([_score([stems[n] for n in np.flatnonzero(own)], wanted) for own in sets.members])
    return Examples(sets.features, targets - targets.mean())


def _score(told: Sequence[Sequence[str]], wanted: Sequence[str]) -> float:
    """Return ROUGE-1 plus ROUGE-2, F1 in points."""
    one = _f1(Counter(stem for own in told for stem in own), Counter(wanted))
    return one + _f1(Counter(pair for own in told for pair in pairwise(own)), Counter(pairwise(wanted)))


def _f1(own: Counter[Any], theirs: Counter[Any]) -> float:
    return 200.0 * (own & theirs).total() / max(1, own.total() + theirs.total())


def fit(found: Sequence[Examples]) -> dict[str, list[float]]:
    """Fit scale and weights by ridge regression (Hoerl & Kennard 1970), as JSON."""
    scale = np.sqrt(np.mean([(e.features**2).mean(0) for e in found], axis=0))
    scale[scale == 0] = 1.0
    described = [expanded(e.features / scale) for e in found]
    curve = sum((x.T @ x / len(x) for x in described), RIDGE * np.eye(described[0].shape[1]))
    slope = sum(x.T @ e.targets / len(x) for x, e in zip(described, found, strict=True))
    values = np.linalg.solve(curve, slope)
    return {"scale": [round(float(s), 6) for s in scale], "values": [round(float(v), 6) for v in values]}
