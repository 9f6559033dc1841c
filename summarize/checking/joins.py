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

from summarize.checking.alignment import Line, line
from summarize.checking.phrases import is_adverb, may_be_verb
from summarize.language import REPORTING_VERBS, content_stems, names, reports, without_connectives
from summarize.language.cohesion import PRONOUNS
from summarize.language.names import Name
from summarize.language.openings import is_person_noun
from summarize.language.tokens import ARTICLES, raised

Passes = Callable[[str, str], bool]  # is the half (first) right by its sentence (second)?

_SEAM = re.compile(r"(?P<comma>,)? (?P<glue>and|but|while) |(?P<semicolon>;) ")
_RELATIVE = re.compile(r", (?:who|which) ")
_CONTRAST = re.compile(r"^(?:But|However|Yet|Still|Nevertheless|Meanwhile)\b")
_OPEN_CONDITION = re.compile(r"^(?:If|Unless|When|While|Although|Though|Because)\b[^,]*$")
# Two clauses with a subject each: a further verb would be told of the second one.
_HAS_CLAUSES = re.compile(
    r"\b(?:and|but) (?:(?:then|how|what|why|that|when|who) )?"
    r"(?:an?|the|his|her|its|their|he|she|it|they|[A-Z][\w’'-]+) "
)
_LONGEST_SUBJECT = 6  # words
_LONGEST_TITLE = 25  # characters


def is_join(claim: str, evidence: tuple[str, ...], passes: Passes) -> bool:
    """Tell whether the claim is two of its evidence sentences, each perhaps shortened, joined rightly."""
    for seam in _SEAM.finditer(claim):
        left, right = claim[: seam.start()].rstrip(",") + ".", claim[seam.end() :]
        if _OPEN_CONDITION.match(left):
            continue
        for i, first in enumerate(evidence):
            others = [(j, e) for j, e in enumerate(evidence) if j != i and _fits(seam, e)]
            if others and passes(left, first):
                joins = _joins_clause if seam["comma"] or seam["semicolon"] else _joins_predicate
                if any(joins(left, right, without_connectives(e), j == i + 1, passes) for j, e in others):
                    return True
    return any(_is_nested(claim, m, evidence, passes) for m in _RELATIVE.finditer(claim))


def _is_nested(claim: str, opening: re.Match[str], evidence: tuple[str, ...], passes: Passes) -> bool:
    """Tell whether the claim tells one sentence inside the other: "X, who flew to Moscow, met Putin"."""
    subject = claim[: opening.start()]
    found = names(f"{subject} {claim[opening.end() :]}")
    if not found or not (_opens(found[0]) and found[0].end == len(subject)):
        return False
    for comma in re.finditer(", ", claim[opening.end() :]):
        at = opening.end() + comma.start()
        inner, main = f"{subject} {claim[opening.end() : at]}.", f"{subject} {claim[at + 2 :]}"
        for first in evidence:
            if _names_first(first, found[0]) and passes(inner, first):
                others = (without_connectives(e) for e in evidence if e != first)
                if any(_names_first(e, found[0]) and passes(main, e) for e in others):
                    return True
    return False


def _names_first(sentence: str, name: Name) -> bool:
    """Tell whether a sentence begins with this very name: both are levelled to surnames before."""
    found = names(sentence)
    return bool(found) and _opens(found[0]) and found[0].key == name.key


def _fits(seam: re.Match[str], second: str) -> bool:
    """Tell whether the glue says no more than the second sentence's own opening does."""
    return seam["glue"] in ("and", None) or _CONTRAST.match(second) is not None


def _joins_clause(left: str, right: str, second: str, follows: bool, passes: Passes) -> bool:
    """Tell whether the second half may stand behind the first as a clause of its own."""
    opener = right.split()[0].casefold()
    if opener != second.split()[0].casefold() or _is_stray_capital(right, second):
        return False
    if opener in PRONOUNS and not (follows and _has_antecedent(left, opener)):
        return False
    tells = any(r.start == 0 for r in reports(raised(right)))
    return (tells or not _is_open_report(left)) and passes(raised(right), second)


def _joins_predicate(left: str, right: str, second: str, follows: bool, passes: Passes) -> bool:
    """Tell whether the second half is a predicate of the subject that both sentences share."""
    subject = _shared_subject(left, second, follows)
    if subject is None or _HAS_CLAUSES.search(left) or not _opens_predicate(right, second, subject):
        return False
    # Behind "X said that …" a bare verb would read as part of what X said.
    tells = right.split()[0].casefold() in REPORTING_VERBS
    return (tells or not _is_open_report(left)) and passes(f"{subject} {right}", second)


def _is_stray_capital(right: str, second: str) -> bool:
    """Tell whether the second half begins large though no name opened its sentence."""
    return right[:1].isupper() and not any(n.start == 0 for n in names(second))


def _has_antecedent(left: str, pronoun: str) -> bool:
    """Tell whether the first half names somebody, or something, that the pronoun can stand for."""
    if pronoun in ("he", "she"):
        subject = line(left).spoken[:_LONGEST_SUBJECT]
        return any(n.title or " " in n.key or n.start == 0 for n in names(left)) or (
            subject[0].key in ARTICLES and any(is_person_noun(w.key) for w in subject[1:4])
        )
    subject = line(left).spoken[1:4]
    is_thing = left.split()[0] in ("The", "A", "An") and not any(is_person_noun(w.key) for w in subject)
    return (is_thing or pronoun == "they" or any(n.start == 0 for n in names(left))) and bool(left.split())


def _shared_subject(left: str, second: str, follows: bool) -> str | None:
    """Return the second sentence's subject if it is surely the first half's, too."""
    mine, theirs = names(left), names(second)
    leads = bool(mine) and _opens(mine[0])
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
    return own if _opens(theirs[0]) and len(own.split()) <= _LONGEST_SUBJECT else None


def _opens(name: Name) -> bool:
    """Tell whether a sentence begins with a name, or with its title."""
    return name.start == 0 or (name.title is not None and name.start < _LONGEST_TITLE)


def _opens_predicate(right: str, second: str, subject: str) -> bool:
    """Tell whether the second half begins with the verb that follows the subject in its sentence."""
    mine, theirs = line(right), line(second[len(subject) :].lstrip())
    here, there = _first_verb(mine), _first_verb(theirs)
    return mine.key(here) == theirs.key(there) and may_be_verb(mine, here)


def _first_verb(predicate: Line) -> int:
    """Return the index of the first word that is no adverb."""
    return next((i for i in range(len(predicate.spoken)) if not is_adverb(predicate.key(i))), 0)


def _is_open_report(left: str) -> bool:
    """Tell whether the first half ends in somebody's speech: "X said that …"."""
    end = len(left.rstrip("."))
    return any(b >= end and a > r.start for r in reports(left) for a, b in r.scopes)
