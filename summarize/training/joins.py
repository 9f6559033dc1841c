"""Examples of joining: sentences that share a subject, or follow each other, and how a writer joins them.

Real news sentences are taken apart at a coordination, an apposition or a relative clause, so that the
writer learns to put them together again (Botha et al. 2018 do this with Wikipedia's edits). Two short
sentences that follow each other in an article, the second about the first one's subject, are joined by
rule. All words of a target stand in its evidence but "and".
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from itertools import pairwise

from summarize.language import names
from summarize.language.cohesion import goes_on
from summarize.language.tokens import lowered, raised
from summarize.training.examples import Example, is_good_sentence

_VERB = (
    r"(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|did|does|said|told|"
    r"became|began|came|found|gave|got|grew|held|kept|led|left|lost|made|met|put|ran|rose|saw|sent|"
    r"set|spent|spoke|stood|took|went|won|wrote|\w{3,}ed)"
)
_NAME = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)"
_FREE = r"[^;:“”\"—–]"
_CLAUSES = re.compile(
    rf"^(?P<first>{_FREE}{{25,150}}), (?P<glue>and|but|while) (?P<second>"
    rf"(?:he|she|it|they|there|{_NAME}{{0,3}}|the [a-z]+(?: [a-z]+)?) {_VERB}\b{_FREE}{{10,140}})\.$"
)
_VERBS = re.compile(
    rf"^(?P<subject>{_NAME}{{0,3}}|The [a-z]+(?: [a-z]+)?|He|She|It|They) "
    rf"(?P<first>{_VERB}\b[^,;:“”\"—–]{{15,110}}) (?P<glue>and|but) (?P<second>{_VERB}\b{_FREE}{{15,110}})\.$"
)
_APPOSITION = re.compile(
    rf"^(?P<name>{_NAME}{{1,3}}), (?P<what>(?:a|an|the) [a-z][^,;:“”\"—–]{{8,70}}), "
    rf"(?P<rest>{_VERB}\b{_FREE}{{15,130}})\.$"
)
_RELATIVE = re.compile(
    rf"^(?P<first>{_FREE}{{20,130}}\b(?P<name>{_NAME}{{0,3}})), (?:who|which) "
    rf"(?P<second>{_VERB}\b{_FREE}{{15,110}})\.$"
)
_OPENERS = {
    "and": ("", "", "", "In addition, "),
    "but": ("But ", "But ", "However, ", ""),
    "while": ("", "Meanwhile, "),
}
_QUOTES = re.compile(r"[“”\"]")
_SAID = re.compile(r"^(?:[A-Z][\w.'’-]+ ){1,5}(?:said|told|added|argued|noted|warned|claimed)\b")
_ADDED = re.compile(
    r"^(?:He|She|They|It) (?:also )?(?:said|added|argued|noted|warned|claimed|called|told|urged)\b"
)
_LOWERED = re.compile(r"^(?:He|She|It|They|The|A|An|These|Those|His|Her|Its|Their|Some|Both|One|Two)\b")
_SPEECH = re.compile(r"\b(?:said|says|told|according|added|argued|noted|warned|claimed)\b")
_MAX_WORDS = 38  # of a joined sentence


def taken_apart(sentence: str, rng: random.Random) -> Example | None:
    """Split a news sentence in two; the target is the sentence."""
    for apart in rng.sample(_WAYS, len(_WAYS)):
        if parts := apart(sentence, rng):
            return Example("fuse", parts, sentence)
    return None


def _at_clauses(sentence: str, rng: random.Random) -> tuple[str, ...] | None:
    found = _CLAUSES.match(sentence)
    if not found:
        return None
    opener = rng.choice(_OPENERS[found["glue"]])
    second = found["second"] if opener else raised(found["second"])
    return _stopped(found["first"]), opener + second + "."


def _at_verbs(sentence: str, rng: random.Random) -> tuple[str, ...] | None:
    found = _VERBS.match(sentence)
    if not found or _kind(found["first"]) != _kind(found["second"]):
        return None
    subject = found["subject"]
    is_name = subject.split()[0] not in ("The", "He", "She", "It", "They")
    again = subject.split()[-1] if is_name and rng.random() < 0.3 else subject
    if found["glue"] == "but":
        again = "But " + (again if is_name else lowered(again))
    return _stopped(f"{subject} {found['first']}"), f"{again} {found['second']}."


def _kind(predicate: str) -> str:
    """Tell past tenses from participles: only like verbs are surely coordinated."""
    first = predicate.split()[0]
    return "ed" if first.endswith("ed") else "said" if first in ("said", "told") else "other"


def _at_apposition(sentence: str, rng: random.Random) -> tuple[str, ...] | None:
    found = _APPOSITION.match(sentence)
    if not found:
        return None
    name = found["name"] if rng.random() < 0.6 else found["name"].split()[-1]
    parts = [f"{found['name']} {found['rest']}.", f"{name} is {found['what']}."]
    rng.shuffle(parts)
    return parts[0], parts[1]


def _at_relative(sentence: str, rng: random.Random) -> tuple[str, ...] | None:
    found = _RELATIVE.match(sentence)
    return (_stopped(found["first"]), f"{found['name']} {found['second']}.") if found else None


def _stopped(text: str) -> str:
    return text.rstrip(".") + "."


_WAYS: tuple[Callable[[str, random.Random], tuple[str, ...] | None], ...] = (
    _at_clauses,
    _at_verbs,
    _at_apposition,
    _at_relative,
)


def continued(sentences: list[str]) -> list[Example]:
    """Join sentences that follow each other, where the second goes on about the first one's subject.

    :param sentences: of one article, in their order.
    """
    found = []
    for first, second in pairwise(sentences):
        if _QUOTES.search(first + second) or len((first + second).split()) > _MAX_WORDS:
            continue
        if not (is_good_sentence(first) and second.endswith(".")):
            continue
        if _SAID.match(first) and _ADDED.match(second):
            joined = f"{first[:-1]} and {second.split(' ', 1)[1]}"
        elif not _SPEECH.search(first + second) and ", and " not in first and goes_on(first, second):
            if (clause := _as_clause(second)) is None:
                continue
            joined = f"{first[:-1]}, and {clause}"
        else:
            continue
        found.append(Example("fuse", (first, second), joined))
    return found


def _as_clause(sentence: str) -> str | None:
    """Begin a sentence small unless a name begins it; None if its first word may be either."""
    if any(n.start == 0 for n in names(sentence)):
        return sentence
    return lowered(sentence) if _LOWERED.match(sentence) else None
