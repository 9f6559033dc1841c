"""Plain rewordings of one sentence that can be undone: if undoing one gives the sentence back, it is right.

Contract: ``is_trimmed`` knows a sentence without connectives and what it says in passing; ``is_turned``
knows "It rained, X said." for "X said that it rained." Both compare word by word: what they accept has
no word that the sentence has not, in the sentence's order.
"""

from __future__ import annotations

import re
from itertools import chain, combinations

from summarize.checking.alignment import line
from summarize.language import asides, without, without_connectives
from summarize.language.speech import NEGATIONS
from summarize.language.tokens import CONJUNCTIONS, RELATIVES

_MOST_ASIDES = 5
_BEHIND = re.compile(
    r"(?P<what>.{10,}), (?P<who>[^,“”\"]{2,70}?) (?P<verb>(?:has )?said|says)"
    r"(?P<when> (?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)?\."
)


def is_undoable(claim: str, evidence: tuple[str, ...]) -> bool:
    """Tell whether the claim is one evidence sentence, trimmed or turned."""
    return is_trimmed(claim, evidence) or is_turned(claim, evidence)


def is_trimmed(claim: str, evidence: tuple[str, ...]) -> bool:
    """Tell whether the claim is an evidence sentence without some asides, connectives or both."""
    own = _keys(claim)
    return any(own == _keys(text) for sentence in evidence for text in _trimmed(sentence))


def _trimmed(sentence: str) -> set[str]:
    spans = asides(sentence)[:_MOST_ASIDES]
    ways = chain.from_iterable(combinations(spans, n) for n in range(len(spans) + 1))
    cut = {without(sentence, way) for way in ways}
    return cut | {without_connectives(text) for text in cut}


def is_turned(claim: str, evidence: tuple[str, ...]) -> bool:
    """Tell whether the claim is an evidence sentence whose attribution was moved from its head to its end."""
    found = _BEHIND.fullmatch(claim)
    if found is None:
        return False
    if found["who"][0].isupper() and found["who"].split()[0].casefold() in CONJUNCTIONS:
        return False  # ", And she said": no sentence ends so
    # "X has not said that …", "when X said that …": then nobody said it.
    who = _keys(found["who"])
    if set(who) & (NEGATIONS | CONJUNCTIONS - {"and"} | RELATIVES):
        return False
    head = who + _keys(found["verb"] + (found["when"] or ""))
    told = _keys(found["what"])
    wanted = (head + told, [*head, "that", *told])
    return any(_keys(without_connectives(sentence)) in wanted for sentence in evidence)


def _keys(text: str) -> list[str]:
    return [word.key for word in line(text).spoken]
