"""What a sentence tells as done, and what only as to come, expected or possible.

Contract: sets of stems of verbs, read off the forms of words; outside quotations only, for what somebody is
quoted with was said some time before.
"""

from __future__ import annotations

from functools import lru_cache

from summarize.language.quotations import is_inside, quotations
from summarize.language.tokens import AUXILIARIES, Word, is_content, stem, word_set, words
from summarize.language.verbs import BASE_OF, IRREGULAR

_MODALS = word_set("may might will would shall 'll ’ll")
# Before "to": "is expected to vote", "plans to vote", "agreed to sell".
_EXPECTING = word_set(
    """expected set due likely about scheduled slated poised going planning plans plan planned preparing ready
    hopes hoping hope intends vowed promised threatened wants want agreed seeks seeking track
    course pace"""
)
# Verbs that say too little for two sentences to speak of one thing done.
_LIGHT = frozenset(
    stem(w)
    for w in """be have do make take get go come say see know find keep give become need want help work use
    call look begin start continue reach include hold lead leave stand bring run remain try tell ask show
    add seek meet stay turn serve pay cost move spend""".split()
)
_REACH = 3  # words from what opens it to its verb
_ADVERBS = word_set(
    "be been have not also now soon still then formally officially never ever eventually finally"
)


@lru_cache(maxsize=4096)
def foretold(text: str) -> frozenset[str]:
    """Return the stems of the verbs of which a sentence only says that it will or may be so."""
    return frozenset(_stem(w) for w, is_open in _verbs(text) if is_open)


@lru_cache(maxsize=4096)
def done(text: str) -> frozenset[str]:
    """Return the stems of the verbs in the past of which a sentence says that it was so."""
    return frozenset(_stem(w) for w, is_open in _verbs(text) if not is_open and _is_past(w))


def is_outdated(text: str, by: str) -> bool:
    """Tell whether a sentence only foretells what another one tells as done: "may vote" beside "voted".

    Not if both tell something else as done.
    """
    told, theirs = done(text) - _LIGHT, done(by) - _LIGHT
    return bool(foretold(text) & theirs - told) and not told & theirs


def _stem(word: Word) -> str:
    return stem(BASE_OF.get(word.key, word.key))


def _is_past(word: Word) -> bool:
    return word.text[0].islower() and (word.key.endswith("ed") or word.key in IRREGULAR)


def _verbs(text: str) -> list[tuple[Word, bool]]:
    """Return the words that may be verbs, each with whether a modal or an expectation opens it."""
    quoted = quotations(text)
    found: list[tuple[Word, bool]] = []
    reach, before = 0, ""
    for word in words(text):
        if not word.is_word or is_inside(word.start, quoted):
            reach = 0
        elif (word.key in _MODALS and word.text[0] != "M") or (word.key == "to" and before in _EXPECTING):
            reach = _REACH
        elif word.key in _ADVERBS and reach:
            reach -= 1
        elif word.key not in AUXILIARIES and is_content(word):
            found.append((word, reach > 0))
            reach = 0
        else:
            reach = 0
        before = word.key if word.is_word else ""
    return found
