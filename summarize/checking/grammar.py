"""Rules on the shape of a claim: that it looks like one whole, well-formed sentence.

Contract: as in ``content``. These rules see no evidence but for the words that can be verbs.
"""

from __future__ import annotations

import re
from itertools import pairwise

from summarize.language import Word, words
from summarize.language.asides import OPENS_CLAUSE
from summarize.language.speech import REPORTING_VERBS
from summarize.language.tokens import ARTICLES, word_set
from summarize.language.verbs import has_main_verb

Evidence = tuple[str, ...]

_MIN_WORDS = 5
_NOT_LAST = ARTICLES | word_set(
    """of in at by for with from to into onto between during and or but because while although unless
    whether the a an their its his her our my your than as against toward towards which who whose nor
    via per is are was were be been has have had will would could should may might"""
)
_NOT_FIRST = word_set("which who whom whose and or nor has had was were are been")
# "That that" and "had had" are English; so are numbers read twice.
_MAY_DOUBLE = word_set("that had is")
_HEAD = 3  # words by which a clause is known again
_COMPARATIVE = re.compile(r"more|less|fewer|rather|other|else|different|better|worse|.{2,}er")
_SAYS_THAT = re.compile(
    rf"\b(?:found|{'|'.join(sorted(REPORTING_VERBS))}) that "
    r"(?P<what>(?:the|an?|its|his|her|their) [^,;:“”\"—–]+)\.$"
)
_PLURALS = word_set("people police men women children")
_SPLICED = re.compile(r", (?!and\b|but\b|or\b|so\b|yet\b|while\b|which\b|who\b)(\S+ \S+)")


def malformed(claim: str, evidence: Evidence) -> tuple[str, ...]:
    """The claim begins, ends and runs like one sentence."""
    tokens = words(claim)
    spoken = [w for w in tokens if w.is_word]
    checks = (
        (_starts_badly(claim, spoken), "shape: does not begin like a sentence"),
        (not re.search(r"[.!?…][\"”’»')\]]*$", claim.strip()), "shape: has no full stop"),
        (len(spoken) < _MIN_WORDS, "shape: fewer than five words"),
        (_doubled(tokens), "shape: a word stands twice in a row"),
        (bool(re.search(r"[,;:]\s*[,;:.!?]|\s,|\(\s*\)", claim)), "shape: doubled or stray punctuation"),
        (_dangles(claim, spoken, evidence), "shape: the end dangles"),
        (not has_main_verb(tokens), "shape: has no main verb"),
        (_lost_its_opener(claim, evidence), "shape: two clauses and nothing that joins them"),
        (
            _repeats(spoken) and not any(_repeats(list(words(e))) for e in evidence),
            "shape: four words stand twice",
        ),
        (_lost_comparative(spoken, evidence), "shape: nothing is compared"),
        (clause_lacks_verb(claim), "shape: a clause has no verb"),
        (_unbalanced(claim), "shape: unbalanced brackets"),
        (_half_a_pair(spoken), "shape: half of a pair is missing"),
    )
    return tuple(reason for broken, reason in checks if broken)


def _starts_badly(claim: str, spoken: list[Word]) -> bool:
    first = claim.strip()[:1]
    good = first.isupper() or first.isdigit() or first in "\"“‘«'$€£[("
    # Scripts without capitals begin as they please.
    good = good or (first.isalpha() and first.upper() == first.lower())
    return not good or not spoken or spoken[0].key in _NOT_FIRST or spoken[0].is_possessive


def _dangles(claim: str, spoken: list[Word], evidence: Evidence) -> bool:
    """Tell whether the last word wants another behind it, and stands before no mark in the evidence."""
    if not spoken or spoken[-1].key not in _NOT_LAST or spoken[-1].text == "May":
        return False
    end = re.escape(" ".join(w.text for w in spoken[-2:]))
    return not any(re.search(rf"(?<!\w){end}\s*[.,;:!?(—–]", e) for e in evidence)


def _half_a_pair(spoken: list[Word]) -> bool:
    """Tell whether "either" or "neither" stands without what belongs to it."""
    keys = [w.key for w in spoken]
    return any(
        first in keys[:-2] and second not in keys[keys.index(first) :] and "of" not in keys
        for first, second in (("either", "or"), ("neither", "nor"))
    )


def _doubled(tokens: tuple[Word, ...]) -> bool:
    return any(
        a.is_word and a.key == b.key and a.key not in _MAY_DOUBLE and not a.text[0].isdigit()
        for a, b in pairwise(tokens)
    )


def _lost_its_opener(claim: str, evidence: Evidence) -> bool:
    """Tell whether "While they may not, we can" has become "They may not, we can"."""
    low = claim.casefold()
    for sentence in evidence:
        opener = OPENS_CLAUSE.match(sentence)
        head = " ".join(sentence[opener.end() :].split()[:_HEAD]).casefold() if opener else ""
        if not head or not low.startswith(head):
            continue
        behind = {m.group(1).casefold() for m in _SPLICED.finditer(sentence)}
        if any(m.group(1).casefold() in behind for m in _SPLICED.finditer(claim)):
            return True
    return False


def _lost_comparative(spoken: list[Word], evidence: Evidence) -> bool:
    """Tell whether "than" has lost the comparative that stands right in front of it in all evidence.

    "should begin earlier than at 50" must not become "should begin than at 50".
    """
    given = {a.key for e in evidence for a, b in pairwise(words(e)) if b.key == "than"}
    if not given or not all(_COMPARATIVE.fullmatch(key) for key in given):
        return False
    return any(b.key == "than" and _COMPARATIVE.fullmatch(a.key) is None for a, b in pairwise(spoken))


def clause_lacks_verb(claim: str) -> bool:
    """Tell whether what somebody says at the end is no clause: "found that the next revolution.".

    Behind a plural any word may be its verb: "found that the voters oppose the ban".
    """
    found = _SAYS_THAT.search(claim)
    clause = words(found["what"]) if found else ()
    is_plural = any(w.key.endswith("s") or w.key in _PLURALS for w in clause)
    return bool(clause) and not is_plural and not has_main_verb(clause)


def _repeats(spoken: list[Word]) -> bool:
    grams = [tuple(w.key for w in spoken[i : i + 4]) for i in range(len(spoken) - 3)]
    return len(grams) != len(set(grams))


def _unbalanced(claim: str) -> bool:
    return any(claim.count(a) != claim.count(b) for a, b in ("()", "[]"))
