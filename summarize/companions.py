"""Companions: a second sentence that can be said in one breath with a planned one.

A sentence that goes on about its predecessor's subject ("It says …") can't stand alone and is lost to the
plan, but it can be told together with the one that it hangs on. So can one of the same subject ("Turkey
says …") right behind it, planned itself or not. What stands further apart, or in another article, has only
the name in common. The writer words the joint sentence and the checker judges it; where that fails both are
as they were.
"""

from __future__ import annotations

import re
from dataclasses import replace
from statistics import quantiles

from summarize.checking.alignment import Line, line
from summarize.checking.phrases import is_adverb, may_be_verb
from summarize.language import FUNCTION_WORDS, content_stems, core, names, stem
from summarize.language.cohesion import PRONOUNS, goes_on
from summarize.planning import Companion, PlannedTopic
from summarize.rating import Rated
from summarize.types import Sentence

MAX_WORDS = 40  # of both sentences together
MAX_LEAD_WORDS = 26
MIN_WORDS = 5
WORTH = 4  # the least salient quarter of all facts is worth no words
# A sentence that was split at an abbreviation: "Williams, a former world No."
_CUT_SHORT = re.compile(r"\b(?:No|Mr|Mrs|Ms|Dr|St|vs|Fig|ref)\.$")
_LONGEST_TITLE = 25  # characters
_QUOTE = re.compile(r"[“”\"]")


def accompany(
    topics: tuple[PlannedTopic, ...], sentences: tuple[Sentence, ...], rated: tuple[Rated, ...]
) -> tuple[PlannedTopic, ...]:
    """Give planned claims a companion where there is one that is worth saying.

    :param sentences: of all articles.
    :param rated: every fact, also those that can't stand alone.
    """
    at = {(s.article, s.order): s for s in sentences}
    salience = {(s.article, s.order): r.salience for r in rated for s in r.fact.sentences}
    worth = quantiles(salience.values(), n=WORTH)[0] if len(salience) > 1 else 0.0
    following = {place: s for place, s in at.items() if salience.get(place, 0.0) >= worth}
    said = {(s.article, s.order) for t in topics for c in t.claims for s in c.rated.fact.sentences}
    found = _companions(topics, following, said)
    return tuple(
        replace(t, claims=tuple(replace(c, companion=found.get(c.rank)) for c in t.claims)) for t in topics
    )


def _companions(
    topics: tuple[PlannedTopic, ...],
    following: dict[tuple[int, int], Sentence],
    said: set[tuple[int, int]],
) -> dict[int, Companion]:
    """Find companions by rank; no claim is both accompanied and a companion.

    :param said: where the sentences of all planned facts stand.
    """
    claims = sorted((c for t in topics for c in t.claims), key=lambda c: c.rank)
    leads = {(c.lead.article, c.lead.order): c for c in claims}
    found: dict[int, Companion] = {}
    for claim in claims:
        lead, taken = claim.lead, {c.rank for c in found.values()}
        if (
            claim.after is not None
            or claim.rank in taken
            or len(core(lead.text).split()) > MAX_LEAD_WORDS
            or _QUOTE.search(lead.text)
        ):
            continue
        place = (lead.article, lead.order + 1)
        after, other = following.get(place), leads.get(place)
        is_later = other is not None and other.rank > claim.rank and other.rank not in taken | found.keys()
        if (
            after
            and (is_later or place not in said)
            and _continues(lead.text, after.text)
            and _fits(lead, after)
        ):
            found[claim.rank] = Companion(other.evidence, other.rank) if other else Companion((after,))
    return found


def _fits(lead: Sentence, other: Sentence) -> bool:
    n_words = len(core(other.text).split())
    ends = lead.text.rstrip().endswith(".") and other.text.rstrip()[-1:] in '.”"'
    ends = ends and not _CUT_SHORT.search(other.text)
    return ends and n_words >= MIN_WORDS and n_words + len(core(lead.text).split()) <= MAX_WORDS


def _continues(first: str, second: str) -> bool:
    """Tell whether a sentence goes on about the one before: its subject is a pronoun, or is named there."""
    if line(second).key(0) in PRONOUNS:
        return goes_on(first, second)
    if _names_more(second, first):
        return False
    subject = _subject(second)
    return goes_on(first, second) and subject != "" and stem(subject) in content_stems(first)


def _names_more(text: str, other: str) -> bool:
    """Tell whether a sentence calls its subject by more words: "Hill ran, and Mary Hill was born"."""
    own, known = (next(iter(names(t)), None) for t in (text, other))
    return own is not None and known is not None and len(own.text.split()) > len(known.text.split())


def _subject(text: str) -> str:
    """Return the last word of the name, or of the "The …", that is a sentence's whole subject, or ""."""
    source = line(text)
    first = next(iter(names(text)), None)
    if first and (first.start == 0 or (first.title and first.start < _LONGEST_TITLE)):
        n = sum(w.start < first.end for w in source.spoken)
    elif source.key(0) == "the":
        n = next((i for i in range(2, 4) if _is_predicate(source, i)), 0)
    else:
        return ""
    return source.key(n - 1) if n and _is_predicate(source, n) else ""


def _is_predicate(source: Line, n: int) -> bool:
    """Tell whether a verb, perhaps behind an adverb, stands at ``n``: "already hosts"."""
    if source.has_mark(n) or source.key(n) == "'s":
        return False
    n += is_adverb(source.key(n))
    return may_be_verb(source, n) or (source.key(n).endswith("s") and source.key(n) not in FUNCTION_WORDS)
