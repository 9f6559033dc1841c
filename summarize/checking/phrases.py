"""What a word or a stretch of a sentence is: a verb, an adverb that can go alone, a time.

Contract: questions about one sentence, answered from its words and marks alone.
"""

from __future__ import annotations

import re

from summarize.checking.alignment import Line
from summarize.language import REPORTING_VERBS
from summarize.language.calendar import MONTHS, WEEKDAYS
from summarize.language.speech import HEDGES, NEGATIONS
from summarize.language.tokens import ADVERBS, AUXILIARIES, PREPOSITIONS, word_set

# A verb or a noun needs the phrase that these open: "the end of", "agreed to".
TIED = word_set("""to of like as than into onto without except despite until till following including""")
_NO_MERE_ADVERBS = word_set(
    """yet only even more less so as either both rather quite nearly almost
    baselessly falsely wrongly wrongfully mistakenly erroneously illegally unlawfully jokingly"""
)
COORDINATORS = word_set("and but while")
TIME_NOUNS = word_set(
    """week month year day morning afternoon evening night today yesterday weeks months years days earlier
    later ago recently last"""
)
# "five minutes[ after the arrest]": these wait for when it was counted from.
SPANS = TIME_NOUNS | word_set("second seconds minute minutes hour hours decade decades")
PAST = word_set(
    """said told fell rose went came left took made won lost met held kept began shot hit sent struck fled
    led spoke found gave got saw wrote brought put won't can don't doesn't didn't"""
)


def is_verbish(line: Line, i: int) -> bool:
    """Tell whether word ``i`` is surely a finite verb."""
    key = line.key(i)
    return key in AUXILIARIES or key in PAST or key in REPORTING_VERBS or key.endswith("n't")


def may_be_verb(line: Line, i: int) -> bool:
    """Tell whether word ``i`` is a finite verb or looks like one."""
    key = line.key(i)
    is_past = key.endswith("ed") and "-" not in key and line.spoken[i].text[0].islower()
    return is_verbish(line, i) or is_past


def is_adverb(key: str) -> bool:
    """Tell whether a word can go alone: "already", "recently"; not "not", "only", "allegedly"."""
    if key in _NO_MERE_ADVERBS or key in HEDGES or key in NEGATIONS:
        return False
    return key in ADVERBS or bool(re.fullmatch(r"\w{3,}ly", key))


def is_time_phrase(line: Line, start: int, end: int) -> bool:
    """Tell whether a short stretch says when: "on Thursday", "in 2018", "last month"."""
    keys = [line.key(i) for i in range(start, end)]
    dated = any(k in WEEKDAYS or k in MONTHS or k in TIME_NOUNS or re.fullmatch(r"\d{4}", k) for k in keys)
    opens = bool(keys) and (
        keys[0] in PREPOSITIONS - TIED or keys[0] in WEEKDAYS or keys[0] in ("last", "earlier")
    )
    return len(keys) <= 6 and dated and opens
