"""Compose: a planned claim → the sentence that is printed, written from its evidence and checked.

For each planned claim the writer proposes sentences (fused from several, or one shortened); the
verbatim sentence competes with them. What the checker refuses is out. Among what stands, the one
wins that says most of what the evidence agrees on in the fewest words. The last resort is always the
evidence itself, so nothing is lost when a writer fails. The stage sees evidence only.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from summarize.language import content_stems
from summarize.planning import Planned
from summarize.standing import freed, obstacle
from summarize.types import Candidate, Checker, Claim, Dropped, Evidence, Sentence, Writer

FUSED_SENTENCES = 3  # evidence sentences a writer sees at once
EASY_WORDS = 20  # a sentence up to this length costs nothing
WORD_COST = 0.016  # of utility per word beyond it
SCORE_WEIGHT = 0.15  # of the writer's mean log-probability
MIN_KEPT = 0.5  # of the lead sentence's content; less is a fragment, not a shortening
SAID = 0.72  # share of content words from which two claims say the same thing


@dataclass(frozen=True, slots=True)
class Choice:
    """A sentence that may be printed, and what it was made from."""

    text: str
    method: Literal["fused", "quoted"]
    support: float
    utility: float


@dataclass(frozen=True, slots=True)
class Composed:
    """A planned claim with its sentence, or with the reason why there is none."""

    planned: Planned
    choice: Choice | None
    reason: str = ""


def compose(planned: tuple[Planned, ...], writer: Writer, checker: Checker, min_support: float) -> tuple[Composed, ...]:
    """Write and check all planned claims, batched by task."""
    several = [p for p in planned if len(p.evidence) > 1]
    fused = dict(zip((p.rank for p in several), _propose(several, writer, "fuse", FUSED_SENTENCES), strict=True))
    short = _propose(list(planned), writer, "shorten", 1)
    return tuple(
        _choose(p, fused.get(p.rank, ()), shortened, checker, min_support)
        for p, shortened in zip(planned, short, strict=True)
    )


def plain(text: str) -> str:
    """Collapse white space: the evidence may be hard-wrapped in its file."""
    return " ".join(text.split())


def _propose(planned: list[Planned], writer: Writer, task: str, n: int) -> list[tuple[Candidate, ...]]:
    groups = [tuple(plain(s.text) for s in p.evidence[:n]) for p in planned]
    return writer.write(groups, task=task) if groups else []


def _choose(
    planned: Planned,
    fused: tuple[Candidate, ...],
    shortened: tuple[Candidate, ...],
    checker: Checker,
    min_support: float,
) -> Composed:
    evidence = tuple(plain(s.text) for s in planned.evidence)
    lead = evidence[0]
    choices = [_judge(c, evidence[:FUSED_SENTENCES], evidence, checker) for c in fused]
    choices += [_judge(c, (lead,), evidence, checker) for c in shortened]
    choices.append(as_it_stands(lead, evidence, checker))
    standing = [c for c in choices if c is not None and (c.method == "quoted" or c.support >= min_support)]
    if not standing:
        return Composed(planned, None, "no sentence passed the checker")
    return Composed(planned, max(standing, key=lambda c: (c.utility, c.method == "quoted", c.text)))


def _judge(candidate: Candidate, seen: tuple[str, ...], evidence: tuple[str, ...], checker: Checker) -> Choice | None:
    """Check a candidate against what the writer saw of the evidence."""
    lead = evidence[0]
    if candidate.text in seen:
        return None  # a copy: the verbatim sentence competes for itself
    if obstacle(candidate.text) is not None:
        return None
    kept = content_stems(candidate.text) & content_stems(lead)
    if len(kept) < MIN_KEPT * len(content_stems(lead)):
        return None
    verdict = checker.check(candidate.text, seen)
    if not verdict.ok:
        return None
    return Choice(candidate.text, "fused", verdict.support, utility(candidate.text, evidence, candidate.score))


def as_it_stands(lead: str, evidence: tuple[str, ...], checker: Checker) -> Choice | None:
    """Quote the lead sentence; freed of a connective it counts as shortened and is checked."""
    text = freed(lead)
    if text is None:
        return None
    if text == lead:
        return Choice(lead, "quoted", 1.0, utility(lead, evidence, 0.0))
    verdict = checker.check(text, (lead,))
    return Choice(text, "fused", verdict.support, utility(text, evidence, 0.0)) if verdict.ok else None


def utility(text: str, evidence: tuple[str, ...], score: float) -> float:
    """Rate a sentence: share of the evidence's content, what several say counting more, less its length."""
    weights = Counter(stem for sentence in evidence for stem in content_stems(sentence))
    lead = content_stems(evidence[0])
    agreed = {s: n * n for s, n in weights.items() if n > 1 or s in lead}
    covered = sum(agreed.get(s, 0) for s in content_stems(text)) / max(1, sum(agreed.values()))
    return covered - WORD_COST * max(0, len(text.split()) - EASY_WORDS) + SCORE_WEIGHT * score


def fill(composed: tuple[Composed, ...], words: int) -> tuple[tuple[Composed, ...], tuple[Dropped, ...]]:
    """Keep, by rank, what fits the word budget and is not said already."""
    kept: list[Composed] = []
    dropped: list[Dropped] = []
    left = words
    for item in sorted(composed, key=lambda c: c.planned.rank):
        reason = item.reason or _refusal(item, kept, left)
        if reason:
            dropped += [Dropped(s.article, s.start, s.end, "check" if item.reason else "plan", reason) for s in item.planned.evidence]
        elif item.choice:
            kept.append(item)
            left -= len(item.choice.text.split())
    return tuple(kept), tuple(dropped)


def _refusal(item: Composed, kept: list[Composed], left: int) -> str:
    assert item.choice is not None
    if len(item.choice.text.split()) > left:
        return "beyond the word budget"
    own = content_stems(item.choice.text)
    for other in kept:
        assert other.choice is not None
        theirs = content_stems(other.choice.text)
        if len(own & theirs) >= SAID * min(len(own), len(theirs)):
            return "said already"
    return ""


def as_claim(composed: Composed, origin_of: dict[int, int]) -> Claim:
    """Turn a chosen sentence into a claim with all of its evidence, by source."""
    assert composed.choice is not None
    evidence = tuple(sorted((_cite(s) for s in composed.planned.evidence), key=lambda e: (e.source, e.start)))
    origins = len({origin_of[e.source] for e in evidence})
    choice = composed.choice
    return Claim(choice.text, choice.method, round(choice.support, 2), origins, evidence)


def _cite(sentence: Sentence) -> Evidence:
    return Evidence(sentence.article, sentence.start, sentence.end, sentence.text)
