"""SummaC: how well a scorer tells summaries that people found consistent from the others.

Laban, Schnabel, Bennett & Hearst (2022), "SummaC: Re-Visiting NLI-based Models for Inconsistency
Detection in Summarization", section 3: each summary sentence is scored against the document's sentences,
the best score counts, and the mean over the summary's sentences is the summary's. We try only the sentences
that share most words with it, one and two together. Their thresholds came from a validation set; ours come
from the other half of the documents.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from nltk.tokenize.punkt import PunktSentenceTokenizer

from summarize.evaluation.bench import Bench
from summarize.evaluation.report import Figure, Result, Target
from summarize.language import content_stems
from summarize.segmentation import split
from summarize.training.claims import is_trained_document
from summarize.training.data import read_jsonl
from summarize.types import Checker

Support = Callable[[list[str], list[tuple[str, ...]]], list[float]]
"""Say for each claim how well its evidence supports it, in [0, 1]; called with many at once."""

# Balanced accuracy of SummaC-ZS on the benchmark, as the paper reports it.
PUBLISHED = {"xsumfaith": 58.4, "polytope": 62.0, "factcc": 83.8, "summeval": 78.7}
PUBLISHED_MEAN = 70.7
TARGET = 65.0
BATCH = 256  # claims handed over at once
_SPACED_MARK = re.compile(r"\s+([.,;:!?%)\]’]|['’](?:s|re|ve|ll|d|m|t)\b|n['’]t\b)")
_BRACKETS = (("-lrb-", "("), ("-rrb-", ")"), ("-lsb-", "["), ("-rsb-", "]"), ("``", '"'), ("''", '"'))


@dataclass(frozen=True, slots=True)
class Judged:
    """A document, a summary of it, and whether people found it consistent."""

    document: str
    summary: str
    is_consistent: bool


def measure(bench: Bench) -> tuple[Result, ...]:
    """Measure the checker's support on the four files."""
    models = bench.models()
    support = checker_support(models.checker)
    figures: list[Figure] = []
    for name, published in PUBLISHED.items():
        cases = bench.sample(_read(bench, name), None)
        scores = consistency(
            [(c.document, c.summary) for c in cases],
            models.splitter,
            support,
            partial(bench.report, f"score {name}"),
        )
        value = 100 * cross_validated(cases, scores)
        figures.append(Figure(f"{name}: balanced accuracy", value, len(cases), "points"))
        figures.append(Figure(f"{name}: SummaC-ZS as published", published, len(cases), "points"))
    mean = sum(f.value for f in figures[::2]) / len(PUBLISHED)
    n = sum(f.n for f in figures[::2])
    figures.append(Figure("mean: balanced accuracy", mean, n, "points", Target("≥", TARGET)))
    figures.append(Figure("mean: SummaC-ZS as published", PUBLISHED_MEAN, n, "points"))
    settings = bench.settings("summac", "checks/summac_*.jsonl.xz", None, checker=models.checker.signature)
    return (Result("SummaC: consistency of summaries", settings, tuple(figures)),)


def checker_support(checker: Checker) -> Support:
    """Make a sentence scorer of a checker: its support, less for every rule that is broken.

    Letter case is taken away on both sides, because most of the summaries have none.
    """

    def support(claims: list[str], evidence: list[tuple[str, ...]]) -> list[float]:
        verdicts = [
            checker.check(c.casefold(), tuple(t.casefold() for t in e))
            for c, e in zip(claims, evidence, strict=True)
        ]
        return [v.support / (1 + len(v.violations)) for v in verdicts]

    return support


def consistency(
    pairs: Sequence[tuple[str, str]],
    splitter: PunktSentenceTokenizer,
    support: Support,
    report: Callable[[int, int], None] = lambda *_: None,
) -> list[float]:
    """Return for each pair of document and summary how well the one supports the other."""
    owners: list[tuple[int, int]] = []  # pair and sentence of each claim
    claims: list[str] = []
    evidence: list[tuple[str, ...]] = []
    for p, (document, summary) in enumerate(pairs):
        sources = sentences(document, splitter)
        for s, sentence in enumerate(sentences(summary, splitter)):
            for option in nearest(sentence, sources):
                owners.append((p, s))
                claims.append(sentence)
                evidence.append(option)
    best: dict[tuple[int, int], float] = {}
    for start in range(0, len(claims), BATCH):
        report(start, len(claims))
        stop = start + BATCH
        found = support(claims[start:stop], evidence[start:stop])
        for owner, score in zip(owners[start:stop], found, strict=True):
            best[owner] = max(best.get(owner, 0.0), score)
    by_pair: dict[int, list[float]] = {}
    for (p, _), score in best.items():
        by_pair.setdefault(p, []).append(score)
    return [_mean(by_pair.get(p, [])) for p in range(len(pairs))]


def sentences(text: str, splitter: PunktSentenceTokenizer) -> list[str]:
    """Split a text, tokenised or not, and write it as printed text has it.

    Where a stop stands alone between blanks, the text was tokenised and that is where sentences end;
    Punkt would wait for a capital that a lower-cased text does not have.
    """
    found: list[str] = []
    for line in re.split(r"\n|(?<= [.!?])\s", text):
        plain = untokenised(line)
        found += [plain[a:b] for a, b in split(plain, splitter)]
    return [f for f in found if any(c.isalnum() for c in f)]


def untokenised(text: str) -> str:
    """Undo Penn tokenisation: "it 's over ." becomes "it's over."."""
    for written, meant in _BRACKETS:
        text = text.replace(written, meant)
    return " ".join(re.sub(r"([(\[])\s+", r"\1", _SPACED_MARK.sub(r"\1", text)).split())


def nearest(sentence: str, sources: list[str]) -> list[tuple[str, ...]]:
    """Return the one and the two sentences that share most with a sentence, in the document's order.

    Shared words are weighed by how rare they are in the document.
    """
    stems = [content_stems(s.casefold()) for s in sources]
    known = Counter(stem for own in stems for stem in own)
    wanted = content_stems(sentence.casefold())
    weights = [sum(math.log(1 + len(stems) / known[w]) for w in wanted & own) for own in stems]
    ranked = sorted(range(len(sources)), key=lambda i: (-weights[i], i))[:2]
    if not ranked:
        return []
    options = [(sources[i],) for i in ranked]
    return [*options, tuple(sources[i] for i in sorted(ranked))] if len(ranked) > 1 else [*options]


def cross_validated(cases: Sequence[Judged], scores: Sequence[float]) -> float:
    """Return the balanced accuracy with the threshold of the other half, mean of both directions."""
    halves: tuple[list[tuple[float, bool]], list[tuple[float, bool]]] = ([], [])
    for case, score in zip(cases, scores, strict=True):
        halves[half_of(case.document)].append((score, case.is_consistent))
    found = [
        balanced_accuracy(there, best_threshold(here))
        for here, there in (halves, halves[::-1])
        if here and there
    ]
    return _mean(found)


def half_of(document: str) -> int:
    """Put a document, with all of its summaries, into half 0 or 1 by its hash."""
    return hashlib.sha256(document.encode()).digest()[0] % 2


def best_threshold(scored: Sequence[tuple[float, bool]]) -> float:
    """Return the lowest threshold of the best balanced accuracy; it lies between two scores."""
    values = sorted({score for score, _ in scored})
    between = [(a + b) / 2 for a, b in pairwise(values)]
    return max([-math.inf, *between], key=lambda t: balanced_accuracy(scored, t))


def balanced_accuracy(scored: Sequence[tuple[float, bool]], threshold: float) -> float:
    """Return the mean of the shares of consistent and of inconsistent summaries told rightly.

    A kind that is not there does not count.
    """
    right: dict[bool, list[bool]] = {}
    for score, label in scored:
        right.setdefault(label, []).append((score >= threshold) == label)
    return _mean([sum(r) / len(r) for r in right.values()])


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _read(bench: Bench, name: str) -> list[Judged]:
    rows = read_jsonl(bench.file(f"checks/summac_{name}.jsonl.xz"))
    return [
        Judged(r["document"], r["claim"], int(r["label"]) == 1)
        for r in rows
        if not is_trained_document(r["document"])
    ]
