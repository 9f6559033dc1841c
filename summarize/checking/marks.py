"""Rules on the surface: every word stands in the form, and between the marks, that the evidence gives it.

Contract: as in ``content``, on the alignment. Writers with a small vocabulary bend words ("have been
displacement") and break sentences ("in Syria. Turkish President …"); both are made of nothing
but the evidence's own pieces, so that no rule on content sees them.
"""

from __future__ import annotations

import re
from itertools import pairwise

from summarize.checking.alignment import Alignment, Run, align
from summarize.checking.phrases import may_be_verb
from summarize.language import FUNCTION_WORDS

Evidence = tuple[str, ...]

_ENDS = ".?!…"
_JOINED_LARGE = re.compile(r", (?:And|But|Or|So|Yet|While|Who|Which)\b")


def changed_forms(claim: str, evidence: Evidence) -> tuple[str, ...]:
    """A copied word keeps its form."""
    aligned = align(claim, evidence)
    wrong = []
    for run in aligned.runs:
        for i in range(run.start, run.end):
            mine, theirs = aligned.claim.spoken[i], aligned.evidence[run.line].spoken[run.at + i - run.start]
            if mine.key != theirs.key:
                wrong.append(f"form: {mine.text!r} is {theirs.text!r} in the evidence")
    return tuple(wrong)


def changed_marks(claim: str, evidence: Evidence) -> tuple[str, ...]:
    """Inside a copied run the marks stay, at a seam no sentence ends, and the claim ends with one mark."""
    aligned = align(claim, evidence)
    wrong = [w for run_no in range(len(aligned.runs)) for w in _inside(aligned, run_no)]
    for before, after in pairwise(aligned.runs):
        for i in range(before.end, after.start + 1):
            if any(m in aligned.claim.marks[i] for m in _ENDS):
                wrong.append(f"marks: a sentence ends before {aligned.claim.key(i)!r}")
        if _gains_comma(aligned, before, after):
            wrong.append(f"marks: an added comma before {aligned.claim.key(after.start)!r}")
        if _loses_comma(aligned, before, after):
            wrong.append(f"marks: a comma is missing before {aligned.claim.key(after.start)!r}")
    last = aligned.claim.marks[-1]
    is_broken_off = "..." in last and any("..." in e for e in evidence)
    if sum(last.count(m) for m in _ENDS) > 1 and not is_broken_off:
        wrong.append(f"marks: ends with {last!r}")
    return tuple(wrong)


def stray_capitals(claim: str, evidence: Evidence) -> tuple[str, ...]:
    """A word inside a sentence is written small: not "one poll, A Monmouth poll" or "in the U.S., And he"."""
    aligned = align(claim, evidence)
    joints = {m.group() for m in _JOINED_LARGE.finditer(claim)}
    large = (j for j in sorted(joints) if not any(j in e for e in evidence))
    return (
        *(f"capitals: {joint[2:]!r} is written large behind a comma" for joint in large),
        *_moved_openers(aligned),
    )


def _moved_openers(aligned: Alignment) -> tuple[str, ...]:
    """Find a sentence's opening word that moved inside."""
    return tuple(
        f"capitals: {word.text!r} is written large in mid-sentence"
        for run in aligned.runs
        if run.start > 0 and run.at == 0
        for word in (aligned.claim.spoken[run.start],)
        if word.text[0].isupper() and word.key in FUNCTION_WORDS and word.key != "i"
        if not set(aligned.claim.marks[run.start]) & set('"“‘«:([')
    )


def repeated_pairs(claim: str, evidence: Evidence) -> tuple[str, ...]:
    """No two words stand twice in a row: "last month last month"."""
    keys = [w.key for w in align(claim, evidence).claim.spoken]
    return tuple(
        f"shape: {' '.join(keys[i : i + 2])!r} stands twice in a row"
        for i in range(len(keys) - 3)
        if keys[i : i + 2] == keys[i + 2 : i + 4]
    )


def _inside(aligned: Alignment, run_no: int) -> list[str]:
    run = aligned.runs[run_no]
    source = aligned.evidence[run.line]
    return [
        f"marks: {aligned.claim.marks[i]!r} before {aligned.claim.key(i)!r} is {theirs!r} in the evidence"
        for i in range(run.start + 1, run.end)
        if _plain(aligned.claim.marks[i]) != _plain(theirs := source.marks[run.at + i - run.start])
    ]


def _loses_comma(aligned: Alignment, before: Run, after: Run) -> bool:
    """Tell whether both commas around what was cut are gone, though no verb follows that needs none.

    "Turkey, which …, stepped up" may close up; "in Idlib, Syria, during …, with the aim" may not.
    """
    if before.line != after.line or after.at <= before.stop + 1 or before.end != after.start:
        return False
    source = aligned.evidence[before.line]
    if not (source.has_mark(before.stop) and source.has_mark(after.at)):
        return False
    around = source.marks[before.stop], source.marks[after.at]
    if all(any(c in mark for c in "—–-()") for mark in around):
        return False  # what stood between dashes or brackets needs no comma when it is gone
    return not aligned.claim.has_mark(after.start) and not may_be_verb(source, after.at)


def _gains_comma(aligned: Alignment, before: Run, after: Run) -> bool:
    """Tell whether a comma stands where something without one was cut: "Director[ [James]], Comey said"."""
    if before.line != after.line or after.at <= before.stop or before.end != after.start:
        return False
    source = aligned.evidence[before.line]
    around = source.marks[before.stop] + source.marks[after.at]
    return "," in aligned.claim.marks[after.start] and not any(c in around for c in ",—–-;:")


def _plain(mark: str) -> str:
    """Level typographic variants."""
    return mark.translate(str.maketrans("“”‘’–—", "\"\"''--"))
