"""Fusion: several sentences → one, against what people wrote, beside baselines that need no model.

What the writer's candidates have in common, the first sentence where it has none, is set beside copying one
sentence and joining all. References may say what the evidence does not, which no grounded writer can match;
so every set is also measured on its grounded references alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from rouge_score.rouge_scorer import RougeScorer
from sacrebleu.metrics.bleu import BLEU

from summarize.evaluation.bench import Bench
from summarize.evaluation.fusion_sets import SAMPLE, FusionCase, FusionSet, fusion_sets, written
from summarize.evaluation.report import Figure, Result, Target, share
from summarize.evaluation.sari import sari
from summarize.language import words
from summarize.proposals import SCORE_WEIGHT
from summarize.training.examples import is_grounded
from summarize.types import Candidate

Score = Callable[[list[FusionCase], list[str]], float]
BASELINES: dict[str, Callable[[FusionCase], str]] = {
    "copy of the first sentence": lambda case: case.evidence[0],
    "copy of the longest sentence": lambda case: max(case.evidence, key=len),
    "sentences joined": lambda case: " ".join(case.evidence),
}


def measure(bench: Bench) -> tuple[Result, ...]:
    """Score the writer on each set, and on the part of it whose references are grounded."""
    return tuple(result for found in fusion_sets(bench) for result in _results(bench, found))


def mean_sari(cases: list[FusionCase], outputs: list[str]) -> float:
    """Return the mean SARI of the sentences; the source is the evidence joined."""
    pairs = zip(cases, outputs, strict=True)
    return sum(sari(" ".join(c.evidence), o, c.reference) for c, o in pairs) / len(cases)


def mean_rouge_l(cases: list[FusionCase], outputs: list[str]) -> float:
    """Return the mean ROUGE-L F1 of the sentences (Lin 2004), words stemmed, 0 to 100."""
    scorer = RougeScorer(["rougeL"], use_stemmer=True)
    pairs = zip(cases, outputs, strict=True)
    total = sum(scorer.score(c.reference, o)["rougeL"].fmeasure for c, o in pairs)
    return 100 * float(total) / len(cases)


def corpus_bleu(cases: list[FusionCase], outputs: list[str]) -> float:
    """Return the lower-cased corpus BLEU (Papineni et al. 2002, as Post 2018 computes it)."""
    return float(BLEU(lowercase=True).corpus_score(outputs, [[c.reference for c in cases]]).score)


METRICS: dict[str, Score] = {"SARI": mean_sari, "ROUGE-L F1": mean_rouge_l, "BLEU": corpus_bleu}


def _results(bench: Bench, found: FusionSet) -> tuple[Result, Result]:
    candidates = written(bench, found)
    outputs = [chosen(c, case.evidence) for c, case in zip(candidates, found.cases, strict=True)]
    pairs = list(zip(found.cases, outputs, strict=True))
    grounded = [(c, o) for c, o in pairs if is_grounded(c.reference, c.evidence)]
    n = len(pairs)
    n_without = sum(not c for c in candidates)
    about = (
        Figure("references that are grounded", share(len(grounded), n), n, "%"),
        Figure("cases without a candidate", share(n_without, n), n, "%"),
    )
    settings = _settings(bench, found)
    return (
        Result(f"Fusion: {found.name}", settings, about + _figures(pairs)),
        Result(f"Fusion: {found.name}, grounded references only", settings, _figures(grounded)),
    )


def chosen(candidates: tuple[Candidate, ...], evidence: tuple[str, ...]) -> str:
    """Choose the candidate that is most like all of them; the first sentence if there is none.

    Minimum Bayes risk decoding (Kumar & Byrne 2004) over the n-best list, with the overlap of words and
    pairs of words as the gain.
    """
    bags = [_bag(c.text) for c in candidates]
    gains = [
        sum(_overlap(bag, other) for other in bags) + SCORE_WEIGHT * c.score
        for c, bag in zip(candidates, bags, strict=True)
    ]
    return candidates[gains.index(max(gains))].text if candidates else evidence[0]


def _bag(text: str) -> Counter[tuple[str, ...]]:
    spoken = [w.key for w in words(text) if w.is_word]
    return Counter([*((w,) for w in spoken), *pairwise(spoken)])


def _overlap(a: Counter[tuple[str, ...]], b: Counter[tuple[str, ...]]) -> float:
    """Return the F1 of two bags."""
    return 2 * (a & b).total() / max(1, a.total() + b.total())


def _settings(bench: Bench, found: FusionSet) -> tuple[tuple[str, str], ...]:
    bleu = BLEU(lowercase=True)
    bleu.corpus_score(["a"], [["a"]])  # its signature tells the number of references only after a score
    more = {
        "task": found.task,
        "choice": "mbr",
        "writer": bench.models().writer.signature,
        "sari": "xu2016+case:lc",
        "rouge": "L+stem",
        "bleu": str(bleu.get_signature()).replace("|", "+"),
    }
    return bench.settings("fusion", found.file, SAMPLE, **more)


def _figures(pairs: list[tuple[FusionCase, str]]) -> tuple[Figure, ...]:
    """Score the writer and the baselines in every metric; the writer should beat the best of them."""
    if not pairs:
        return ()
    cases = [case for case, _ in pairs]
    made: list[Figure] = []
    for metric, score in METRICS.items():
        rivals = {name: score(cases, [copy(c) for c in cases]) for name, copy in BASELINES.items()}
        target = Target(">", max(rivals.values()))
        ours = score(cases, [output for _, output in pairs])
        made.append(Figure(f"{metric}, writer", ours, len(cases), "points", target))
        made += [Figure(f"{metric}, {name}", value, len(cases), "points") for name, value in rivals.items()]
    return tuple(made)
