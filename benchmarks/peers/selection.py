"""Selection: what the brief says beside what other summarisers of the same sentences would say.

All peers rank the sentences that our reader and splitter find; they are taken in rank order up to the exact
length, the last one cut in the middle, and put back into source order. Ours is the whole pipeline as the part
``references`` measures it: its claims as they stand in the brief, which keeps the length by whole sentences.
Significance is the paired bootstrap of ours over each peer.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

import numpy as np

from benchmarks.peers.rankers import (
    DIVERSITY,
    MMR_LAMBDA,
    PER_CLUSTER,
    RANKERS,
    SAME,
    SATURATION,
    TOPIC_THRESHOLD,
    Pool,
)
from summarize.evaluation import scores
from summarize.evaluation.bench import Bench
from summarize.evaluation.datasets import Cluster, Dataset, read_cluster
from summarize.evaluation.references import as_lines, briefs_of, datasets, text_of
from summarize.evaluation.report import Figure, Result, Target
from summarize.segmentation import plain, segment

MEASURES = ("R-1", "R-2", "R-L")
LENGTH = "words"
CEILING = "extractive oracle"  # knows the reference, so nothing has to beat it
OURS = "ours, the whole pipeline"
P = 0.01  # of the paired bootstrap, on the first two measures
Scores = dict[str, np.ndarray]


def measure(bench: Bench) -> tuple[Result, ...]:
    """Rank, cut and score, dataset by dataset."""
    return tuple(_result(bench, dataset) for dataset in datasets(bench))


def cut(pool: Pool, order: Sequence[int]) -> str:
    """Take sentences in rank order up to the exact length; return them in source order, one a line.

    The last one is cut in the middle.
    """
    left = pool.words
    taken: dict[int, str] = {}
    for index in order:
        tokens = pool.texts[index].split()[:left]
        left -= len(tokens)
        if tokens:
            taken[index] = " ".join(tokens)
    return "\n".join(taken[index] for index in sorted(taken))


def pool_of(bench: Bench, cluster: Cluster, words: int) -> Pool:
    """Read and split a cluster's articles, and embed their sentences."""
    config, models = bench.config, bench.models()
    reading = read_cluster(cluster, config.read)
    sentences = [s for a in reading.articles for s in segment(a, models.splitter)]
    texts = tuple(plain(s.text) for s in sentences)
    vectors = models.embedder.embed(list(texts))
    return Pool(texts, tuple(s.article for s in sentences), vectors, words, cluster.reference, bench.seed)


def compared(peers: dict[str, Scores], ours: Scores) -> tuple[Figure, ...]:
    """Return the mean of every system by every measure, and how sure it is that ours is better.

    :param peers: scores and lengths of each system, see :func:`scored`.
    """
    found = []
    rivals = [s for name, s in peers.items() if name != CEILING]
    for measure in MEASURES:
        target = Target(">", max(float(s[measure].mean()) for s in rivals))
        found.append(_mean(OURS, measure, ours[measure], target))
    found.append(_length(OURS, ours))
    for name, own in peers.items():
        found += [_mean(name, measure, own[measure]) for measure in MEASURES]
        found.append(_length(name, own))
        if name != CEILING:
            found += [_significance(name, measure, ours[measure], own[measure]) for measure in MEASURES]
    return tuple(found)


def scored(references: Sequence[str], texts: Sequence[str]) -> Scores:
    """Return the scores of a system's texts by measure, and their lengths, each of shape (n_clusters,)."""
    lengths = np.array([float(len(text.split())) for text in texts])
    return {**scores.rouge(references, texts, MEASURES), LENGTH: lengths}


def _mean(system: str, measure: str, values: np.ndarray, target: Target | None = None) -> Figure:
    name = f"{system}: {measure}"
    return Figure(name, float(values.mean()), len(values), "points", target, scores.interval(values))


def _length(system: str, own: Scores) -> Figure:
    return Figure(f"{system}: {LENGTH}", float(own[LENGTH].mean()), len(own[LENGTH]), "")


def _significance(system: str, measure: str, ours: np.ndarray, theirs: np.ndarray) -> Figure:
    target = Target("<", P) if measure in MEASURES[:2] else None
    name = f"{system}: p, ours on {measure}"
    return Figure(name, scores.paired_p(ours, theirs), len(ours), "p", target)


def _result(bench: Bench, dataset: Dataset) -> Result:
    outputs = _cut_all(bench, dataset)
    briefs = briefs_of(bench, dataset.clusters, dataset.words)
    splitter = bench.models().splitter
    own = [as_lines(text_of(b), splitter) for b in briefs]
    references = [as_lines(c.reference, splitter) for c in dataset.clusters]
    peers = {name: scored(references, texts) for name, texts in outputs.items()}
    figures = compared(peers, scored(references, own))
    return Result(f"Selection: {dataset.name}", _settings(bench, dataset), figures)


def _cut_all(bench: Bench, dataset: Dataset) -> dict[str, list[str]]:
    """Return each system's summaries, in the order of the clusters."""
    found: dict[str, list[str]] = {name: [] for name in RANKERS}
    for done, cluster in enumerate(dataset.clusters):
        bench.report(f"rank {dataset.name}", done, len(dataset.clusters))
        pool = pool_of(bench, cluster, dataset.words)
        for name, rank in RANKERS.items():
            found[name].append(cut(pool, rank(pool)) if pool.texts else "")
    return found


def _settings(bench: Bench, dataset: Dataset) -> tuple[tuple[str, str], ...]:
    return bench.settings(
        "selection",
        dataset.name,
        None,
        **bench.of_briefs(dataset.words),
        rouge=scores.signature(),
        bootstrap=scores.bootstrap_signature(),
        sumy=version("sumy"),
        sklearn=version("scikit-learn"),
        centroid=f"{TOPIC_THRESHOLD}/{SAME}",
        submodular=f"{SATURATION}/{DIVERSITY}/{PER_CLUSTER}",
        mmr=str(MMR_LAMBDA),
    )
