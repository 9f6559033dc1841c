"""Checks a claim against its evidence by rules.

Contract: ``RuleChecker.check`` returns a ``Verdict`` with one readable reason per broken rule. An
evidence sentence taken verbatim always passes; a claim that changes a number, a name's title, a
negation, a quotation, a speaker, or hangs a clause on another noun does not. In doubt the rules refuse:
the sentence is then quoted, which costs style and not truth. Knows nothing of models.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

from summarize.checking.alignment import align
from summarize.checking.content import (
    changed_capitals,
    lost_counts,
    lost_days,
    unknown_days,
    unknown_names,
    unknown_numbers,
    unknown_words,
)
from summarize.checking.grammar import malformed
from summarize.checking.joins import is_join
from summarize.checking.junctions import bad_junctions
from summarize.checking.marks import changed_forms, changed_marks, repeated_pairs, stray_capitals
from summarize.checking.rewordings import is_trimmed, is_turned
from summarize.checking.speech import changed_attribution, changed_polarity, changed_quotations
from summarize.language import is_content
from summarize.language.people import APPOSITION, FULL_NAME, levelled, people
from summarize.language.quotations import open_quotation
from summarize.segmentation import ABBREVIATIONS
from summarize.types import Verdict

Rule = Callable[[str, tuple[str, ...]], tuple[str, ...]]

RULES: tuple[Rule, ...] = (
    malformed,
    unknown_words,
    changed_capitals,
    unknown_numbers,
    lost_counts,
    unknown_days,
    lost_days,
    unknown_names,
    changed_polarity,
    changed_quotations,
    changed_attribution,
    bad_junctions,
    changed_forms,
    changed_marks,
    repeated_pairs,
    stray_capitals,
)
# What a rule may misread where a sentence lacks nothing but its asides.
_UNDONE = ("attribution:", "name:", "junction:", "marks: a comma")
# "Ann Hill, a lawyer for the town,": a full name with what it is said to be.
_PRESENTED = re.compile(rf"(?P<name>{FULL_NAME}), (?P<who>{APPOSITION})(?:,(?= )|(?=\.$|,))")
_OPENS, _CLOSES = ("“", '"'), ("”", '"')
# "... " ends no sentence for sure.
_LAST_WORD = re.compile(r"(?<!\S)(?P<word>\S*\w)[)”’\"']*[.!?][)”’\"']* $")
_REACH = 6  # words; how far apart two neighbours of the claim may stand in the evidence


class RuleChecker:
    """The ``Checker`` that needs no model."""

    signature = "rules/11"

    def check(self, claim: str, evidence: tuple[str, ...]) -> Verdict:
        """Return every rule that a claim breaks, and the share of it that the evidence supports."""
        verdict = self._ruled(claim, evidence)
        if not verdict.ok and (bare := without_presentations(claim, evidence)) != claim:
            other = self._ruled(bare, evidence)
            return other if other.ok else verdict
        return verdict

    def _ruled(self, claim: str, evidence: tuple[str, ...]) -> Verdict:
        if is_verbatim(claim, evidence):
            return Verdict(1.0)
        mine, theirs = with_surnames(claim, evidence)
        if (mine, theirs) != (claim, evidence):
            verdict = self._check(mine, theirs)
            if verdict.ok:  # only how people are called differs; names and titles are looked at as they stand
                return Verdict(
                    verdict.support, unknown_words(claim, evidence) + unknown_names(claim, evidence)
                )
        return self._check(claim, evidence)

    def _check(self, claim: str, evidence: tuple[str, ...]) -> Verdict:
        if is_verbatim(claim, evidence):
            return Verdict(1.0)
        if not claim.strip() or not evidence:
            return Verdict(0.0, ("shape: no claim" if evidence else "evidence: there is none",))
        violations = broken(claim, evidence)
        if violations and is_trimmed(claim, evidence):
            violations = tuple(v for v in violations if not v.startswith(_UNDONE))
        if violations and (is_turned(claim, evidence) or is_join(claim, evidence, _passes)):
            violations = ()
        return Verdict(support(claim, evidence), violations)


@lru_cache(maxsize=256)  # the rules and the trained checker ask for the same pair, one after the other
def with_surnames(claim: str, evidence: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Call people by their surnames in claim and evidence, where the evidence tells who is meant.

    "Russian President Vladimir Putin said" and "Putin said" are then the same, if one evidence sentence
    introduces him so.
    """
    known = people(evidence, surely=False)
    return levelled(claim, known), tuple(levelled(e, known) for e in evidence)


def without_presentations(claim: str, evidence: tuple[str, ...]) -> str:
    """Leave out what stands behind a name and, behind this very name, in an evidence sentence as well.

    "“It was odd,” Ann Hill, a lawyer for the town, said" is then the same as "“It was odd,” Ann Hill said".
    """
    return _PRESENTED.sub(lambda m: m["name"] if _presents(m, evidence) else m[0], claim)


def _presents(found: re.Match[str], evidence: tuple[str, ...]) -> bool:
    """Tell whether an evidence sentence has a name with what stands behind it, up to a mark."""
    told = f"{found['name']}, {found['who']}"
    return any(
        re.search(rf"(?<![\w-]){re.escape(told)}(?:,(?! [A-Z][\w’'-]+ [A-Z])|\.$)", e) for e in evidence
    )


def is_verbatim(claim: str, evidence: tuple[str, ...]) -> bool:
    """Tell whether the claim is one of its evidence sentences, white space apart.

    So is one in marks that an evidence passage ends with inside a quotation.
    """
    same = _spaced(claim)
    return bool(same) and any(same == _spaced(e) or _is_quoted_last(same, _spaced(e)) for e in evidence)


def _is_quoted_last(claim: str, passage: str) -> bool:
    """Tell whether a passage ends in an open quotation, and with the very sentence that the claim quotes."""
    inside = claim[1:-1]
    if not (claim[:1] in _OPENS and claim[-1:] in _CLOSES and inside and passage.endswith(inside)):
        return False
    before = passage[: -len(inside)]
    last = _LAST_WORD.search(before)
    if last is None or inside[0].islower() or _is_abbreviated(last["word"]):
        return False
    begin = open_quotation(passage)
    return begin is not None and begin < len(before)


def _is_abbreviated(word: str) -> bool:
    """Tell whether a full stop may belong to a word that is short for another: "Mr.", "U.S.", "J."."""
    return len(word) == 1 or "." in word or word.casefold().lstrip("“\"'‘(") in ABBREVIATIONS


def broken(claim: str, evidence: tuple[str, ...]) -> tuple[str, ...]:
    """Return a reason for every rule that a claim breaks."""
    return tuple(v for rule in RULES for v in rule(claim, evidence))


def _passes(half: str, sentence: str) -> bool:
    return _spaced(half) == _spaced(sentence) or not broken(half, (sentence,))


def support(claim: str, evidence: tuple[str, ...]) -> float:
    """Return the share of content words whose neighbours in the claim are neighbours in the evidence.

    A word counts if it was copied and it follows, or precedes, its neighbouring content word within
    six words in one and the same evidence sentence.
    """
    aligned = align(claim, evidence)
    content = [i for i, w in enumerate(aligned.claim.spoken) if is_content(w)]
    if not content:
        return 0.0
    kept = [_near(aligned.source(a), aligned.source(b)) for a, b in pairwise(content)]
    if not kept:
        return float(aligned.source(content[0]) is not None)
    linked = [kept[0], *(a or b for a, b in pairwise(kept)), kept[-1]]
    return sum(linked) / len(content)


def _near(a: tuple[int, int] | None, b: tuple[int, int] | None) -> bool:
    return a is not None and b is not None and a[0] == b[0] and 0 < b[1] - a[1] <= _REACH


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


__all__ = ["RULES", "RuleChecker", "is_verbatim", "support", "with_surnames", "without_presentations"]
