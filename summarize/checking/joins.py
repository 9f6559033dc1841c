"""Two sentences joined into one: right if each half is right by itself and nothing leaks across the seam.

Contract: ``is_join`` finds the seam in a claim and judges each half against its own sentence with the
rules that it is handed. The second half is a whole clause ("…, and it says …") or, where both sentences
plainly share their subject, a predicate alone ("… and says …"). A pronoun may open the second half only
where it opened its sentence, and that sentence must be the one that comes next in the evidence: whoever
gives a sentence that hangs on an earlier one as evidence gives the earlier one in front of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import permutations

from summarize.checking.alignment import Line, line
from summarize.checking.borders import is_adverb, may_be_verb
from summarize.language import REPORTING_VERBS, content_stems, names, reports, without_connectives
from summarize.language.cohesion import PRONOUNS

Passes = Callable[[str, str], bool]  # is the half (first) right by its sentence (second)?

_SEAM = re.compile(r"(?P<comma>,)? (?P<glue>and|but|while) |(?P<semicolon>;) ")
_CONTRAST = re.compile(r"^(?:But|However|Yet|Still|Nevertheless|Meanwhile)\b")
_OPEN_CONDITION = re.compile(r"^(?:If|Unless|When|While|Although|Though|Because)\b[^,]*$")
_LONGEST_SUBJECT = 6  # words


def is_join(claim: str, evidence: tuple[str, ...], passes: Passes) -> bool:
    """Tell whether the claim is two of its evidence sentences, each perhaps shortened, joined rightly."""
    for seam in _SEAM.finditer(claim):
        left, right = claim[: seam.start()].rstrip(",") + ".", claim[seam.end() :]
        for i, j in permutations(range(len(evidence)), 2):
            if _fits(seam, evidence[j]) and _is_right(left, right, seam, evidence, (i, j), passes):
                return True
    return False


def _fits(seam: re.Match[str], second: str) -> bool:
    """Tell whether the glue says no more than the second sentence's own opening does."""
    return seam["glue"] in ("and", None) or _CONTRAST.match(second) is not None


def _is_right(
    left: str,
    right: str,
    seam: re.Match[str],
    evidence: tuple[str, ...],
    order: tuple[int, int],
    passes: Passes,
) -> bool:
    first, second = evidence[order[0]], without_connectives(evidence[order[1]])
    if not passes(left, first) or _OPEN_CONDITION.match(left):
        return False
    follows = order[1] == order[0] + 1
    if seam["comma"] or seam["semicolon"]:
        return _is_clause(left, right, second, follows) and passes(_raised(right), second)
    subject = _shared_subject(left, second, follows)
    if subject is None or not _opens_predicate(right, second, subject):
        return False
    return not _leaks(left, right.split()[0]) and passes(f"{subject} {right}", second)


def _is_clause(left: str, right: str, second: str, follows: bool) -> bool:
    """Tell whether the second half may stand behind the first as a clause of its own."""
    opener = right.split()[0].casefold()
    if opener != second.split()[0].casefold() or _is_stray_capital(right, second):
        return False
    if opener in PRONOUNS and not (follows and _has_antecedent(left, opener)):
        return False
    tells = [r for r in reports(_raised(right)) if r.start == 0]
    return not _is_open_report(left) or bool(tells)


def _is_stray_capital(right: str, second: str) -> bool:
    """Tell whether the second half begins large though no name opened its sentence."""
    return right[:1].isupper() and not any(n.start == 0 for n in names(second))


def _has_antecedent(left: str, pronoun: str) -> bool:
    """Tell whether the first half names somebody, or something, that the pronoun can stand for."""
    if pronoun in ("he", "she"):
        return any(n.title or " " in n.key or n.start == 0 for n in names(left))
    return left.split()[0] in ("The", "A", "An") or any(n.start == 0 for n in names(left))


def _shared_subject(left: str, second: str, follows: bool) -> str | None:
    """Return the second sentence's subject if it is surely the first half's, too."""
    mine, theirs = names(left), names(second)
    leads = bool(mine) and (mine[0].start == 0 or bool(mine[0].title and mine[0].start < 25))
    opener = second.split()[0]
    if opener.casefold() in PRONOUNS and follows and leads:
        others = {n.key for n in mine[1:]} - {mine[0].key, mine[0].key.split()[-1]}
        speaks = any(
            r.start == 0 and content_stems(r.speaker) & content_stems(mine[0].text) for r in reports(left)
        )
        return opener if not others or speaks else None
    if not (leads and theirs) or theirs[0].key.split()[-1] != mine[0].key.split()[-1]:
        return None
    own = second[: theirs[0].end]
    whole = theirs[0].start == 0 or (theirs[0].title is not None and theirs[0].start < 25)
    return own if whole and len(own.split()) <= _LONGEST_SUBJECT else None


def _opens_predicate(right: str, second: str, subject: str) -> bool:
    """Tell whether the second half begins with the verb that follows the subject in its sentence."""
    mine, theirs = line(right), line(second[len(subject) :].lstrip())
    here, there = _first_verb(mine), _first_verb(theirs)
    return mine.key(here) == theirs.key(there) and may_be_verb(mine, here)


def _first_verb(predicate: Line) -> int:
    """Return the index of the first word that is no adverb."""
    return next((i for i in range(len(predicate.spoken)) if not is_adverb(predicate.key(i))), 0)


def _leaks(left: str, verb: str) -> bool:
    """Tell whether the predicate would read as part of what somebody says in the first half."""
    return _is_open_report(left) and verb.casefold() not in REPORTING_VERBS


def _is_open_report(left: str) -> bool:
    """Tell whether the first half ends in somebody's speech: "X said that …"."""
    end = len(left.rstrip("."))
    return any(b >= end and a > r.start for r in reports(left) for a, b in r.scopes)


def _raised(text: str) -> str:
    return text[:1].upper() + text[1:]
