"""Compose: a planned claim → the sentence that is printed, written from its evidence and checked.

For each planned claim the writer proposes sentences (fused from several, or one shortened); the
verbatim sentence competes with them. What the checker refuses is out. Among what stands, the one
wins that says most of what the evidence agrees on in the fewest words. The last resort is always the
evidence itself, so nothing is lost when a writer fails. The stage sees evidence only.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from summarize.language import content_stems, names, opens_dependent, quantities, without_connectives
from summarize.planning import GRAVE, Planned
from summarize.types import Candidate, Checker, Claim, Dropped, Evidence, Sentence, Writer

FUSED_SENTENCES = 3  # evidence sentences a writer sees at once
EASY_WORDS = 12  # a sentence up to this length costs nothing
WORD_COST = 0.031  # of utility per word beyond it
SCORE_WEIGHT = 0.05  # of the writer's mean log-probability
BASE_WEIGHT = 0.45  # of a content word that no other source uses
BACKGROUND = 0.2  # of the weight of what the lead says in passing
OTHERS = 0.4  # of the weight of what only a sentence besides the lead says
NAME_WEIGHT = 0.3  # of a name, on top
FIGURE_WEIGHT = 1.0  # of a figure or a loss of life, on top
MIN_KEPT = 0.5  # of the lead sentence's content; less is a fragment, not a shortening
SAID = 0.72  # share of content words from which two claims say the same thing
# What a sentence says in passing: ", which has been a stronghold", "Amid rising tensions, …".
_IN_PASSING = re.compile(
    r"(?:,| [–—-]) (?:which|who|whose|where)\b[^,–—;]*(?=[,–—;.])|^(?:Amid|Despite|With)\b[^,;]*,"
)
_PLACE = re.compile(
    r"\bthe (?:province|region|town|city|country|area|village|state|county|district)\b(?! of)"
)


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


def compose(
    planned: tuple[Planned, ...],
    writer: Writer,
    checker: Checker,
    shared: dict[int, dict[str, float]],
    min_support: float,
) -> tuple[Composed, ...]:
    """Write and check all planned claims, batched by task.

    :param shared: by story, how much its sources share each content word; see ``planning``.
    """
    several = [p for p in planned if len(p.evidence) > 1]
    fused = dict(
        zip((p.rank for p in several), _propose(several, writer, "fuse", FUSED_SENTENCES), strict=True)
    )
    short = _propose(list(planned), writer, "shorten", 1)
    return tuple(
        _choose(
            p, fused.get(p.rank, ()), shortened, Judge(p, checker, shared.get(p.rated.story, {})), min_support
        )
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
    judge: Judge,
    min_support: float,
) -> Composed:
    choices = [judge.candidate(c, judge.evidence[:FUSED_SENTENCES]) for c in fused]
    choices += [judge.candidate(c, judge.evidence[:1]) for c in shortened]
    choices.append(judge.lead())
    standing = [c for c in choices if c is not None and (c.method == "quoted" or c.support >= min_support)]
    if not standing:
        return Composed(planned, None, "no sentence passed the checker")
    return Composed(planned, max(standing, key=lambda c: (c.utility, c.method == "quoted", c.text)))


class Judge:
    """Checks and rates what may be printed for one planned claim."""

    def __init__(self, planned: Planned, checker: Checker, shared: dict[str, float]) -> None:
        self.evidence = tuple(plain(s.text) for s in planned.evidence)
        self._checker = checker
        self._lead = content_stems(self.evidence[0])
        self._weights = _weights(self.evidence, shared)

    def candidate(self, candidate: Candidate, seen: tuple[str, ...]) -> Choice | None:
        """Check a candidate against what the writer saw of the evidence; None if it is refused."""
        text = candidate.text
        if text in seen:
            return None  # a copy: the verbatim sentence competes for itself
        lead = self.evidence[0]
        kept = len(content_stems(text) & self._lead)
        if opens_dependent(text) is not None or kept < MIN_KEPT * len(self._lead):
            return None
        if _loses_antecedent(text, lead) or _loses_name(text, lead):
            return None
        return self._checked(text, seen, candidate.score)

    def lead(self) -> Choice | None:
        """Quote the lead sentence; freed of a connective it counts as shortened and is checked."""
        lead = self.evidence[0]
        text = without_connectives(lead)
        if opens_dependent(text) is not None:
            return None
        if text == lead:
            return Choice(lead, "quoted", 1.0, self.utility(lead, 0.0))
        return self._checked(text, (lead,), 0.0)

    def _checked(self, text: str, seen: tuple[str, ...], score: float) -> Choice | None:
        verdict = self._checker.check(text, seen)
        if not verdict.ok:
            return None
        return Choice(text, "fused", verdict.support, self.utility(text, score))

    def utility(self, text: str, score: float) -> float:
        """Rate a sentence: share of what matters in the evidence, less its length."""
        covered = sum(self._weights.get(s, 0.0) for s in content_stems(text)) / max(
            1e-9, sum(self._weights.values())
        )
        return covered - WORD_COST * max(0, len(text.split()) - EASY_WORDS) + SCORE_WEIGHT * score


def _loses_antecedent(text: str, lead: str) -> bool:
    """Tell whether "the province" stays while the name that it stood for was cut."""
    cut = {n.key for n in names(lead)} - {n.key for n in names(text)}
    return bool(cut) and _PLACE.search(text) is not None


def _loses_name(text: str, lead: str) -> bool:
    """Tell whether a name was cut that the lead does not mention just in passing."""
    words = set(re.findall(r"[\w’'-]+", text))
    return any(n.text.split()[-1] not in words for n in names(_IN_PASSING.sub(" ", lead)))


def _weights(evidence: tuple[str, ...], shared: dict[str, float]) -> dict[str, float]:
    """Weigh the content words: what several sentences share counts more, what only another says less."""
    counts = Counter(stem for sentence in evidence for stem in content_stems(sentence))
    lead = content_stems(evidence[0])
    figures = {s for sentence in evidence for q in quantities(sentence) for s in content_stems(q.text)}
    named = {s for sentence in evidence for n in names(sentence) for s in content_stems(n.text)}
    background = lead - content_stems(_IN_PASSING.sub(" ", evidence[0]))
    return {
        stem: (BACKGROUND if stem in background else 1.0)
        * (n if n > 1 or stem in lead else OTHERS)
        * (
            BASE_WEIGHT
            + shared.get(stem, 0.0)
            + NAME_WEIGHT * (stem in named)
            + FIGURE_WEIGHT * (stem in figures or stem in GRAVE)
        )
        for stem, n in counts.items()
    }


def fill(composed: tuple[Composed, ...], words: int) -> tuple[tuple[Composed, ...], tuple[Dropped, ...]]:
    """Keep, by rank, what fits the word budget and is not said already."""
    kept: list[Composed] = []
    dropped: list[Dropped] = []
    left = words
    for item in sorted(composed, key=lambda c: c.planned.rank):
        reason = item.reason or _refusal(item, kept, left)
        if reason:
            dropped += [
                Dropped(s.article, s.start, s.end, "check" if item.reason else "plan", reason)
                for s in item.planned.evidence
            ]
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
