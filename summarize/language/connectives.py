"""Connectives: what ties a sentence to an earlier one by its first words, and mostly can be cut out.

Contract: without a connective a sentence is left, with a capital again. What follows from something, "As a
result", can't go: it is told behind what it goes on from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from summarize.language.names import TITLES
from summarize.language.quotations import is_inside, quotations
from summarize.language.speech import REPORTING_VERBS
from summarize.language.tokens import AUXILIARIES, PREPOSITIONS, SUBORDINATORS, raised, word_set, words
from summarize.language.verbs import has_main_verb

Kind = Literal["connective", "anaphora"]


@dataclass(frozen=True, slots=True)
class Opening:
    """What ties a sentence to an earlier one; of ``connective`` and ``anaphora`` only the first can go."""

    kind: Kind
    text: str
    start: int
    end: int

    @property
    def is_definite(self) -> bool:
        """Whether it calls something by a noun that one who knows the matter understands: "the ministry"."""
        return self.text.casefold().startswith("the ")

    def __str__(self) -> str:
        return f"{self.kind}: {self.text.strip(' ,')}"


PERIODS = word_set(
    "week month year day morning afternoon evening weekend summer winter spring autumn time century"
)
_LEADING = re.compile(
    r"""(?:but|however|also|meanwhile|moreover|furthermore|then|so|still|yet|instead|nevertheless|
    nonetheless|besides|thus|therefore|hence|consequently|additionally|similarly|likewise|conversely|
    otherwise|and|or|nor|plus|earlier|later|afterwards?|elsewhere|separately|finally|indeed|
    in\ addition(?!\ to\b)|in\ contrast(?!\ (?:to|with)\b)|in\ turn|in\ the\ meantime|in\ other\ words|
    in\ fact|of\ course|what['’]s\ more|
    by\ contrast(?!\ (?:to|with)\b)|on\ the\ other\ hand|for\ example|for\ instance|
    for\ (?:his|her|its|their)\ part|
    as\ a\ result(?!\ of\b)|as\ such|rather|at\ the\ same\ time|after\ all|
    despite\ (?:this|that)|even\ so|to\ be\ sure|what\ is\ more|first|second|third|lastly|secondly|
    ultimately|even\ (?:better|worse)|(?:better|worse)\ (?:still|yet)|worse|
    (?:once\ )?again|(?:more|most)\ importantly|
    notably|interestingly|surprisingly|importantly|unfortunately|overall|in\ the\ end|
    in\ short|now)
    (?:,\s*|\s+)""",
    re.I | re.X,
)
# What some outlets set before a paragraph.
_LABEL = re.compile(
    r"(?:Flashback|U(?:pdate|PDATE)d?|Background|Context|Details|Between the lines|By the numbers|"
    r"Catch up quick|Driving the news|State of play|"
    r"The (?:backdrop|big picture|bottom line|intrigue|latest|state of play)|"
    r"What['’]s (?:happening|new|next)|What they['’]re saying|Why it matters|Worth noting|Zoom (?:in|out)): "
)
# These are connectives only with a comma behind them: "Earlier attacks", "First responders", "Later that".
_NEED_COMMA = word_set(
    """earlier later then so still yet besides first second third elsewhere separately finally indeed
    instead and nor or otherwise plus rather ultimately worse notably interestingly surprisingly importantly
    unfortunately overall now again"""
) | {
    "once again",
    "more importantly",
    "most importantly",
    "even better",
    "even worse",
    "better still",
    "better yet",
    "worse still",
    "worse yet",
}
_INNER = re.compile(
    r""",\s+(?:however|meanwhile|though|too|therefore|moreover|nevertheless|nonetheless|instead|
    by\ contrast|in\ turn|for\ (?:his|her|its|their)\ part|in\ the\ meantime|for\ example|
    for\ instance|in\ addition|as\ well|of\ course)(?:,(?=\s)|(?=[.!?]))""",
    re.I | re.X,
)
# What follows from something, or is an example of it, is not understood without it.
_FOLLOWS = word_set("so thus therefore hence consequently then finally") | {
    "as a result",
    "as such",
    "in turn",
    "in other words",
    "in short",
    "for example",
    "for instance",
}
_CLAUSE_BEGINS = re.compile(r" (?:the|an?|his|her|its|their|our|it|they|he|she|there|this|these|those)\b")
# "Instead, Ann Hill said, the bridge would close": without its connective one comma is left over.
_SAID_FIRST = re.compile(
    r"^((?:[A-Z][\w.’'-]+ (?:and )?){1,5}(?:said|says|reports|reported)), "
    r"(?=(?:the|an?|it|he|she|they|there|his|her|its|their|this|no|some|many|anyone|everyone)\b[^,]*$)"
)
_UNREAL = re.compile(r"\b(?:would|could|might)\b")


def without_connectives(text: str) -> str:
    """Cut the connectives out of a sentence and capitalise what then stands first."""
    for opening in sorted(connectives(text), key=lambda o: -o.start):
        if opening.kind == "anaphora":
            continue
        head, tail = text[: opening.start], text[opening.end :]
        opens = head.split(" ")[0].casefold() in SUBORDINATORS | PREPOSITIONS and "," not in head
        if opens and opening.text.startswith(",") and opening.text.endswith(","):
            head += ","  # "When he came, however, it rained" keeps one of its commas
        text = head + (tail if head.strip(' "“‘') else raised(_SAID_FIRST.sub(r"\1 ", tail)))
    return text


def connectives(text: str) -> tuple[Opening, ...]:
    """List the connectives of a sentence, by their places; those that can't go are anaphoras."""
    found: list[Opening] = []
    # What somebody is quoted with is left as it is: "“But I will,” he said".
    begin = len(text) - len(text.lstrip())
    match = _LEADING.match(text, begin)
    if label := _LABEL.match(text, begin):
        found.append(Opening("connective", label.group(), label.start(), label.end()))
    elif match and not _is_no_connective(text, match):
        word = match.group()
        kind: Kind = "anaphora" if word.strip(" ,").casefold() in _FOLLOWS else "connective"
        found.append(Opening(kind, word, match.start(), match.end()))
    quoted = quotations(text)
    for inner in _INNER.finditer(text):
        if is_inside(inner.start(), quoted) or _parts_clauses(text, inner):
            continue
        if not any(o.end > inner.start() for o in found):
            found.append(Opening("connective", inner.group(), inner.start(), inner.end()))
    also = re.compile(r"(?:\S+\s+){0,5}?\S*\w\s+(also )").match(text)
    if also and not is_inside(also.start(1), quoted) and not found:
        found.append(Opening("connective", also[1], also.start(1), also.end(1)))
    return tuple(found)


def _parts_clauses(text: str, inner: re.Match[str]) -> bool:
    """Tell whether two whole clauses meet at a connective: "He liked it, however, the price was high"."""
    head, tail = text[: inner.start()], text[inner.end() :]
    said = words(head)
    if not said or not _CLAUSE_BEGINS.match(tail) or not has_main_verb(words(tail)):
        return False
    last = said[-1].key
    waits = last in PERIODS | AUXILIARIES | REPORTING_VERBS | {"not", "ago"}  # "is, however, the only one"
    return not waits and said[0].key not in SUBORDINATORS | PREPOSITIONS and has_main_verb(said)


def _is_no_connective(text: str, match: re.Match[str]) -> bool:
    word = match.group().strip(" ,").casefold()
    has_comma = "," in match.group()
    rest = text[match.end() :]
    if word == "but" and rest.startswith("for ") and _UNREAL.search(rest):
        return True  # "But for the dam, the town would be gone": without it
    if word == "then" and not has_comma and rest.split(" ")[0].rstrip(".").casefold() in TITLES:
        return True  # "Then President Hill signed it": who was president then
    if word in ("so", "thus") and re.match(r"(far|many|much|long)\b", rest):
        return True
    if word in ("however", "meanwhile") and not has_comma and word == "however":
        return bool(re.match(r"(many|much|long|hard|difficult)\b", rest))
    if word in _NEED_COMMA - {"and", "so", "then", "yet", "still"}:
        return not has_comma
    if word in ("so", "then", "yet", "still", "and"):
        return not (has_comma or re.match(r"[A-Z]|(?:the|a|an|he|she|it|they|there)\b", rest))
    return False
