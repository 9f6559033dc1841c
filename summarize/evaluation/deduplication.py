"""Deduplication: the decision "same fact" on graded pairs, paraphrases, near-misses and coreferring events.

Measured on what training never saw: graded pairs of 91 events, the validation part of MRPC, every second
topic of ECB+ (pairs, and the groups that they make), every twentieth news article. Beside it stands the best
threshold on the cosine, chosen on the training part and, as its best case, on the very pairs measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from sklearn.metrics import adjusted_rand_score, f1_score, precision_score, recall_score

from summarize import deduplication
from summarize.evaluation.bench import Bench
from summarize.evaluation.near_misses import KINDS, OPPOSITE, duplicates, near_misses
from summarize.evaluation.report import Figure, Result, Target, share
from summarize.profiles import profile_of
from summarize.training.data import ROUNDUPS
from summarize.training.graded import read_graded
from summarize.training.pairs import (
    ECB,
    EventSentence,
    Pair,
    ecb_pairs,
    is_ecb_test,
    read_ecb,
    read_mrpc,
    tell_the_same,
)

PER_KIND = 167  # near-misses: three kinds are 500
_COUNTED = ("number", "name", "negation")
MRPC = "pairs/mrpc_msr-para"


def measure(bench: Bench) -> tuple[Result, ...]:
    """Measure the decision on four sets, and the groups on one."""
    return (_graded(bench), _paraphrases(bench), _planted(bench), *_events(bench))


def cosines(bench: Bench, pairs: Sequence[Pair]) -> np.ndarray:
    """Return the cosine of each pair, shape (n_pairs,)."""
    texts = list(dict.fromkeys(t for p in pairs for t in (p.a, p.b)))
    rows = dict(zip(texts, bench.models().embedder.embed(texts), strict=True))
    return np.array([float(rows[p.a] @ rows[p.b]) for p in pairs])


def decisions(bench: Bench, pairs: Sequence[Pair], near: np.ndarray | None = None) -> np.ndarray:
    """Return which pairs the pipeline would merge, bool, shape (n_pairs,)."""
    near = cosines(bench, pairs) if near is None else near
    profiles = {t: profile_of(t) for p in pairs for t in (p.a, p.b)}
    options = deduplication.options_from(bench.config.deduplicate)
    models = bench.models()
    cases = [(profiles[p.a], profiles[p.b], cosine) for p, cosine in zip(pairs, near.tolist(), strict=True)]
    texts = [(p.a, p.b) for p in pairs]
    return np.array(deduplication.decisions(cases, texts, options, models.matcher, models.reader))


def labels(pairs: Sequence[Pair]) -> np.ndarray:
    """Return which pairs are the same, bool, shape (n_pairs,)."""
    return np.array([p.is_same for p in pairs])


def best_threshold(values: np.ndarray, truth: np.ndarray) -> float:
    """Return the threshold of the best F1 on these pairs."""
    tried = np.unique(values)
    return float(max(tried[:: max(1, len(tried) // 500)], key=lambda t: f1_score(truth, values >= t)))


def prf(name: str, found: np.ndarray, truth: np.ndarray) -> tuple[Figure, ...]:
    """Return F1, precision and recall of a decision, as percentages."""
    measured = (("F1", f1_score), ("precision", precision_score), ("recall", recall_score))
    return tuple(
        Figure(f"{name}: {what}", 100 * float(score(truth, found, zero_division=0)), len(truth), "%")
        for what, score in measured
    )


def cosine_peer(
    bench: Bench, train: Sequence[Pair], test: Sequence[Pair], near: np.ndarray
) -> tuple[Figure, ...]:
    """Return F1 of a cosine threshold, chosen on the training part and on the measured part itself."""
    truth = labels(test)
    learned = best_threshold(cosines(bench, train), labels(train))
    best = best_threshold(near, truth)
    return (
        _f1(f"cosine ≥ {learned:.3f}, chosen on the training part: F1", near >= learned, truth),
        _f1(f"cosine ≥ {best:.3f}, chosen on these pairs: F1", near >= best, truth),
    )


def _f1(name: str, found: np.ndarray, truth: np.ndarray) -> Figure:
    return Figure(name, 100 * float(f1_score(truth, found)), len(truth), "%")


def settings(bench: Bench, data: str, limit: int | None) -> tuple[tuple[str, str], ...]:
    """Return the settings of a result, with what decided it."""
    models, limits = bench.models(), bench.config.deduplicate
    return bench.settings(
        "deduplication",
        data,
        limit,
        embedder=models.embedder.signature,
        matcher=models.matcher.signature[:12] if models.matcher else "none",
        cross_encoder=models.reader.signature[:12] if models.reader else "none",
        same_probability=str(limits.same_probability),
        same_similarity=str(limits.same_similarity),
        candidate_similarity=str(limits.candidate_similarity),
    )


def _graded(bench: Bench) -> Result:
    """Measure on pairs of real events that were graded for this use; what contains the other is the same."""
    graded = [(Pair(p.a, p.b, p.grade > 0, "graded"), p.is_test) for p in read_graded(bench.data)]
    train = [pair for pair, is_test in graded if not is_test]
    test = bench.sample([pair for pair, is_test in graded if is_test], None)
    data = f"{ROUNDUPS} (graded pairs kept for testing)"
    return _beside_cosine(bench, "graded pairs", data, train, test, Target(">", 0.0))[0]


def _paraphrases(bench: Bench) -> Result:
    train, test = read_mrpc(bench.data, "train"), bench.sample(read_mrpc(bench.data, "val"), None)
    return _beside_cosine(bench, "paraphrases", f"{MRPC}-val.tsv", train, test, Target("≥", 2.0))[0]


def _beside_cosine(
    bench: Bench, what: str, data: str, train: Sequence[Pair], test: Sequence[Pair], target: Target
) -> tuple[Result, np.ndarray, np.ndarray]:
    """Set the decision beside the best cosine; return the cosines and the decisions too, shape (n_test,)."""
    near = cosines(bench, test)
    found = decisions(bench, test, near)
    own = prf("same fact", found, labels(test))
    peers = cosine_peer(bench, train, test, near)
    ahead = own[0].value - peers[-1].value
    margin = Figure("F1 above the best cosine threshold", ahead, len(test), "points", target)
    return Result(f"Same fact, {what}", settings(bench, data, None), (*own, *peers, margin)), near, found


def _planted(bench: Bench) -> Result:
    per_kind = bench.limit or PER_KIND
    misses = near_misses(bench, per_kind) + near_misses(bench, per_kind, (OPPOSITE,))
    merged = decisions(bench, [Pair(m.a, m.b, False, m.kind) for m in misses])
    counted = [n for n, m in enumerate(misses) if m.kind in _COUNTED][: 3 * per_kind - 1]
    figures = [_merged("near-misses: merged", counted, merged, Target("≤", 2.0))]
    for kind in (*KINDS, OPPOSITE):
        own = [n for n, m in enumerate(misses) if m.kind == kind]
        figures.append(_merged(f"near-misses, {kind}: merged", own, merged))
    for base in ("itself", "reworded", "paraphrase"):
        own = [n for n in counted if misses[n].base == base]
        figures.append(_merged(f"near-misses, against {base}: merged", own, merged))
    same = duplicates(bench, per_kind)
    joined = decisions(bench, [pair for _, pair in same])
    figures.append(_merged("duplicates: merged", list(range(len(same))), joined, Target("≥", 95.0)))
    for kind in dict.fromkeys(kind for kind, _ in same):
        own = [n for n, (k, _) in enumerate(same) if k == kind]
        figures.append(_merged(f"duplicates, {kind}: merged", own, joined))
    cases = [
        _case(f"near-miss, {m.kind} ({m.how}, {m.base})", m.a, m.b, merged[n]) for n, m in enumerate(misses)
    ]
    cases += [_case(f"duplicate, {kind}", p.a, p.b, joined[n]) for n, (kind, p) in enumerate(same)]
    data = f"news/articles.jsonl.xz (every 20th), {MRPC}-val.tsv"
    return Result("Near-misses and duplicates", settings(bench, data, PER_KIND), tuple(figures), tuple(cases))


def _case(what: str, a: str, b: str, merged: bool) -> str:
    return f"{what}, {'merged' if merged else 'kept apart'}\n  {a}\n  {b}\n"


def _merged(name: str, of: list[int], merged: np.ndarray, target: Target | None = None) -> Figure:
    return Figure(name, share(int(merged[of].sum()) if of else 0, len(of)), len(of), "%", target)


def _events(bench: Bench) -> tuple[Result, Result]:
    sentences = read_ecb(bench.data)
    train = ecb_pairs([s for s in sentences if not is_ecb_test(s.topic)])
    held = [s for s in sentences if is_ecb_test(s.topic)]
    data = f"{ECB} (even topics)"
    pairs, near, found = _beside_cosine(
        bench, "coreferring events", data, train, ecb_pairs(held), Target(">", 0.0)
    )
    groups = Result(
        "Groups, coreferring events",
        settings(bench, data, None),
        _grouped(held, found, near),
    )
    return pairs, groups


def _grouped(held: list[EventSentence], same: np.ndarray, near: np.ndarray) -> tuple[Figure, ...]:
    """Compare the groups of complete linkage with those that the same linkage makes of the events."""
    places = [
        (i, j) for (i, a), (j, b) in combinations(enumerate(held), 2) if a.topic == b.topic and a.doc != b.doc
    ]
    own = {place: float(s) for place, s, is_same in zip(places, near, same, strict=True) if is_same}
    events = {
        (i, j): len(held[i].events & held[j].events) / len(held[i].events | held[j].events)
        for i, j in places
        if tell_the_same(held[i], held[j])
    }
    mine, gold = _group_ids(len(held), own), _group_ids(len(held), events)
    together = np.array([mine[i] == mine[j] for i, j in places])
    truth = np.array([gold[i] == gold[j] for i, j in places])
    ari = 100 * float(adjusted_rand_score(gold, mine))
    return (*prf("groups", together, truth), Figure("groups: ARI", ari, len(held), "points"))


def _group_ids(n: int, scores: dict[tuple[int, int], float]) -> list[int]:
    ids = [0] * n
    for number, group in enumerate(deduplication.linked(n, scores)):
        for index in group:
            ids[index] = number
    return ids
