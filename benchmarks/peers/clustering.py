"""Clustering: which documents report the same event, ours beside four peers and what ours was before.

Every peer sees the same title and text. Those that work on embeddings get the article vectors that ours has
and, beside it, MiniLM's own encoding of the whole text up to the model's length, and are measured on
whichever is better for them. Each is swept over its parameters on the very documents that are reported and
shown with its best setting by ARI; ours has one setting, chosen on other events. What a peer leaves
as noise is a group of its own each, which scores better than one group of all.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from importlib.metadata import version

import numpy as np

from summarize.clustering import stories
from summarize.evaluation.bench import Bench
from summarize.evaluation.events import (
    EVENTS,
    NEWS,
    DocumentSet,
    document_sets,
    portraits_of,
    score_figures,
    scores,
)
from summarize.evaluation.report import Figure, Result, Target

OURS = "ours, one setting"
Setting = tuple[str, np.ndarray]  # what it is, and a label per document
Peer = Callable[[np.ndarray, list[str], int], Iterator[Setting]]
_SEED = 20


def average_linkage(vectors: np.ndarray, texts: list[str], n_events: int) -> Iterator[Setting]:
    """Average linkage on cosines, cut at every threshold: what ours was, its threshold swept."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import pdist

    tree = linkage(pdist(vectors, "cosine").clip(min=0), "average")
    for threshold in np.arange(0.3, 0.96, 0.02):
        yield f"threshold {threshold:.2f}", fcluster(tree, 1 - threshold, "distance")


def community_detection(vectors: np.ndarray, texts: list[str], n_events: int) -> Iterator[Setting]:
    """sentence-transformers' fast community detection."""
    import torch
    from sentence_transformers.util import community_detection as detect

    rows = torch.from_numpy(vectors)
    for threshold in np.arange(0.4, 0.96, 0.025):
        groups = detect(rows, threshold=float(threshold), min_community_size=2, batch_size=512)
        labels = np.full(len(vectors), -1)
        for number, group in enumerate(groups):
            labels[group] = number
        yield f"threshold {threshold:.3f}", _noise_apart(labels)


def hdbscan(vectors: np.ndarray, texts: list[str], n_events: int) -> Iterator[Setting]:
    """HDBSCAN (Campello et al. 2013); Euclidean distances of unit rows rank as cosines do."""
    from hdbscan import HDBSCAN

    for method in ("leaf", "eom"):
        for min_samples in (1, 2):
            for epsilon in (0.0, 0.7, 0.8, 0.9):
                model = HDBSCAN(
                    min_cluster_size=2,
                    min_samples=min_samples,
                    cluster_selection_epsilon=epsilon,
                    cluster_selection_method=method,
                    core_dist_n_jobs=1,
                )
                name = f"{method}, min_samples {min_samples}, epsilon {epsilon}"
                yield name, _noise_apart(model.fit_predict(vectors.astype(np.float64)))


def k_means(vectors: np.ndarray, texts: list[str], n_events: int) -> Iterator[Setting]:
    """k-means, told how many events there are."""
    from sklearn.cluster import KMeans

    for seed in range(3):
        model = KMeans(n_events, n_init=1, random_state=seed)
        yield f"k {n_events}, seed {seed}", model.fit_predict(vectors)


def bertopic(vectors: np.ndarray, texts: list[str], n_events: int) -> Iterator[Setting]:
    """BERTopic (Grootendorst 2022): UMAP, HDBSCAN, c-TF-IDF."""
    from bertopic import BERTopic
    from umap import UMAP

    for n_neighbors in (3, 15):
        for size in (2, 3):
            reducer = UMAP(n_neighbors, 5, min_dist=0.0, metric="cosine", random_state=_SEED)
            model = BERTopic(umap_model=reducer, min_topic_size=size, embedding_model=None)
            labels, _ = model.fit_transform(texts, vectors)
            yield f"n_neighbors {n_neighbors}, min_topic_size {size}", _noise_apart(np.array(labels))


PEERS: dict[str, Peer] = {
    "average linkage on embeddings": average_linkage,
    "community_detection": community_detection,
    "HDBSCAN": hdbscan,
    "k-means, true number": k_means,
    "BERTopic": bertopic,
}
PACKAGES = ("scikit-learn", "sentence-transformers", "hdbscan", "bertopic", "umap-learn")


def measure(bench: Bench) -> tuple[Result, ...]:
    """Group each set of documents by every system and score."""
    documents, sets = document_sets(bench)
    bench.report("read", 0, 3)
    portraits = portraits_of(bench, documents)
    texts = [d.whole for d in documents]
    spaces = {
        "article vectors": np.stack([p.vector for p in portraits]),
        "whole text": bench.models().embedder.embed(texts),
    }
    results = []
    for done, own in enumerate(sets):
        bench.report(f"group {own.name}", done, len(sets))
        rows = list(own.rows)
        ours = stories([portraits[i] for i in rows], bench.config.cluster.min_similarity)
        peers = best_settings({k: v[rows] for k, v in spaces.items()}, [texts[i] for i in rows], own)
        results.append(_result(bench, own, np.array(ours), peers))
    return tuple(results)


def best_settings(
    spaces: dict[str, np.ndarray], texts: list[str], own: DocumentSet
) -> dict[str, tuple[str, dict[str, float]]]:
    """Return each peer's best setting by ARI and its scores."""
    found: dict[str, tuple[str, dict[str, float]]] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the libraries', about each other
        for name, peer in PEERS.items():
            tried = [
                (f"{space}, {setting}", scores(own.events, labels.tolist()))
                for space, vectors in spaces.items()
                for setting, labels in peer(vectors, texts, len(set(own.events)))
            ]
            found[name] = max(tried, key=lambda t: t[1]["ARI"])
    return found


def _noise_apart(labels: np.ndarray) -> np.ndarray:
    """Give each document that was left as noise (-1) a group of its own."""
    labels = labels.copy()
    alone = labels < 0
    labels[alone] = labels.max() + 1 + np.arange(alone.sum())
    return labels


def _result(
    bench: Bench, own: DocumentSet, ours: np.ndarray, peers: dict[str, tuple[str, dict[str, float]]]
) -> Result:
    n = len(own.rows)
    target = Target(">", max(values["ARI"] for _, values in peers.values()))
    figures = list(score_figures(OURS, scores(own.events, ours.tolist()), n))
    figures[0] = Figure(figures[0].name, figures[0].value, n, "points", target)
    for name, (_, values) in peers.items():
        figures += score_figures(name, values, n)
    settings = bench.settings(
        "clustering",
        f"{EVENTS}+{NEWS}" if min(own.events) < 0 else EVENTS,
        None,
        set=own.name,
        documents=str(n),
        events=str(len(set(own.events))),
        embedder=bench.models().embedder.signature,
        min_similarity=str(bench.config.cluster.min_similarity),
        **{name: setting for name, (setting, _) in peers.items()},
        **{package: version(package) for package in PACKAGES},
    )
    return Result(f"Clustering: {own.name}", settings, tuple(figures))
