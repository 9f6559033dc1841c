"""Deduplication: which sentences state the same, ours beside three peers on the same pairs.

Each peer is swept over its thresholds and shown twice: with the threshold that is best on the training part,
and with the one that is best on the very pairs that are reported. Ours has one setting. SemHash gets the
same vectors as the cosine threshold; its groups are turned into pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Any

import numpy as np
from sklearn.metrics import f1_score

from summarize.evaluation.bench import Bench
from summarize.evaluation.deduplication import best_threshold, cosines, decisions, labels, prf
from summarize.evaluation.report import Figure, Result, Target
from summarize.language import words
from summarize.training.pairs import ECB, Pair, ecb_pairs, is_ecb_test, read_ecb, read_mrpc

SHINGLES = (1, 2, 3)  # words
N_PERMUTATIONS = 256
SEMHASH_THRESHOLDS = np.arange(0.40, 0.96, 0.02)
Likeness = Callable[[Bench, Sequence[Pair]], np.ndarray]  # how alike each pair is, shape (n_pairs,)


def minhash(n_words: int) -> Likeness:
    """Estimate the Jaccard index of word shingles (Broder 1997) with datasketch."""

    def likeness(bench: Bench, pairs: Sequence[Pair]) -> np.ndarray:
        from datasketch import MinHash

        def sketch(text: str) -> Any:
            keys = [w.key for w in words(text) if w.is_word]
            made = MinHash(num_perm=N_PERMUTATIONS, seed=bench.seed)
            runs = [" ".join(keys[i : i + n_words]) for i in range(max(1, len(keys) - n_words + 1))]
            made.update_batch([r.encode() for r in runs])
            return made

        sketches = {t: sketch(t) for t in dict.fromkeys(t for p in pairs for t in (p.a, p.b))}
        return np.array([sketches[p.a].jaccard(sketches[p.b]) for p in pairs])

    return likeness


def semhash(bench: Bench, pairs: Sequence[Pair]) -> np.ndarray:
    """Return the highest threshold at which SemHash puts each pair into one group; 0 if it never does."""
    from semhash import SemHash

    class Encoder:
        """The embedder as SemHash wants it."""

        def encode(self, inputs: Sequence[str], **_: Any) -> np.ndarray:
            return bench.models().embedder.embed(list(inputs))

    texts = list(dict.fromkeys(t for p in pairs for t in (p.a, p.b)))
    index = SemHash.from_records(texts, model=Encoder())
    found = np.zeros(len(pairs))
    for threshold in SEMHASH_THRESHOLDS:
        group = {t: t for t in texts}
        for duplicate in index.self_deduplicate(threshold=float(threshold)).filtered:
            group[duplicate.record] = duplicate.duplicate_of
        found[[group[p.a] == group[p.b] for p in pairs]] = threshold
    return found


PEERS: dict[str, tuple[Likeness, str]] = {
    "cosine": (cosines, ""),
    **{f"MinHash, {n} words": (minhash(n), "datasketch") for n in SHINGLES},
    "SemHash": (semhash, "semhash"),
}


def measure(bench: Bench) -> tuple[Result, ...]:
    """Measure ours and all peers on the paraphrases and on the coreferring events."""
    sentences = read_ecb(bench.data)
    sets = {
        "paraphrases": (
            "pairs/mrpc_msr-para-val.tsv",
            read_mrpc(bench.data, "train"),
            read_mrpc(bench.data, "val"),
        ),
        "coreferring events": (
            f"{ECB} (even topics)",
            ecb_pairs([s for s in sentences if not is_ecb_test(s.topic)]),
            ecb_pairs([s for s in sentences if is_ecb_test(s.topic)]),
        ),
    }
    return tuple(
        _compared(bench, name, data, train, bench.sample(test, None))
        for name, (data, train, test) in sets.items()
    )


def _compared(bench: Bench, name: str, data: str, train: list[Pair], test: list[Pair]) -> Result:
    truth, learnt = labels(test), labels(train)
    figures = list(prf("ours, one setting", decisions(bench, test), truth))
    best = 0.0
    for peer, (likeness, _) in PEERS.items():
        bench.report(f"compare {peer}", len(figures), len(PEERS))
        alike, before = likeness(bench, test), likeness(bench, train)
        for what, threshold in (
            ("best on the training part", best_threshold(before, learnt)),
            ("best on these pairs", best_threshold(alike, truth)),
        ):
            value = 100 * float(f1_score(truth, alike >= threshold))
            best = max(best, value)
            figures.append(Figure(f"{peer} ≥ {threshold:.2f}, {what}: F1", value, len(test), "%"))
    ahead = figures[0].value - best
    figures.append(Figure("F1 above the best peer's best", ahead, len(test), "points", Target(">", 0.0)))
    packages = {package: version(package) for _, package in PEERS.values() if package}
    settings = bench.settings(
        "deduplication",
        data,
        None,
        embedder=bench.models().embedder.signature,
        **packages,
    )
    return Result(f"Same fact beside peers, {name}", settings, tuple(figures))
