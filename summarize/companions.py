"""Companions: a second sentence that can be said in one breath with a planned one.

Two kinds. A sentence that goes on about its predecessor's subject ("It says …") can't stand alone and is
lost to the plan, but it can be told together with the one that it hangs on. And two planned facts that
begin with the same name ("Turkey hosts …", "Turkey says …") read better as one. The writer words the
joint sentence and the checker judges it; where that fails both are as they were.
"""

from __future__ import annotations

import re
from dataclasses import replace
from statistics import quantiles

from summarize.checking.alignment import Line, line
from summarize.checking.phrases import is_adverb, may_be_verb
from summarize.language import FUNCTION_WORDS, content_stems, core, names, stem
from summarize.language.cohesion import PRONOUNS, goes_on
from summarize.planning import Companion, Planned, PlannedTopic
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
    topic_of = {c.rank: n for n, t in enumerate(topics) for c in t.claims}
    claims = sorted((c for t in topics for c in t.claims), key=lambda c: c.rank)
    leads = {(c.lead.article, c.lead.order): c for c in claims}
    anchors = {c.after for c in claims}
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
        free = [c for c in claims if c.rank > claim.rank and c.rank not in taken | found.keys()]
        near = [c for c in free if topic_of[c.rank] == topic_of[claim.rank] and c.after is None]
        place = (lead.article, lead.order + 1)
        after, other = following.get(place), leads.get(place)
        is_free = other in free or place not in said
        if after and is_free and _continues(lead.text, after.text) and _fits(lead, after):
            found[claim.rank] = Companion(other.evidence, other.rank) if other else Companion((after,))
        elif claim.rank not in anchors:
            fits = (c for c in near if c.rank not in anchors and _same_subject(claim, c))
            if other := next(fits, None):
                found[claim.rank] = Companion(other.evidence, other.rank)
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
    subject = _subject(second)
    return goes_on(first, second) and subject != "" and stem(subject) in content_stems(first)


def _same_subject(claim: Planned, other: Planned) -> bool:
    """Tell whether both sentences begin with one name, or one "The …", and a verb follows in each."""
    first, second = core(claim.lead.text), core(other.lead.text)
    mine, theirs = _subject(first), _subject(second)
    if not mine or mine != theirs or _names_more(second, first):
        return False
    return not _QUOTE.search(other.lead.text) and _fits(claim.lead, other.lead)


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
