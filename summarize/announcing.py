"""Announcements: what was to come when an article was written, and has passed by the folder's newest one.

Who reads an article of Wednesday has no use for "the council will vote on Tuesday", nor for what else a
preview of that vote expects. On the day itself nobody knows which of two articles came first: both are told.
Knows nothing of what is worth telling.
"""

from __future__ import annotations

import re
from datetime import date

from summarize.analysis import Analysis, Place
from summarize.language.calendar import MONTHS
from summarize.language.speech import without_quotations
from summarize.segmentation import plain
from summarize.weekdays import coming_days

# What looks ahead without naming a day.
_EXPECTS = re.compile(
    r"\b(?:will|won['’]t|going to|expected to|should(?! have\b)|"
    r"(?:is|are) (?:set|due|scheduled|slated|likely|poised|projected) to)\b"
)
_OTHER_TIME = re.compile(
    rf"\b(?:\d{{4}}|next (?:week|month|year)|{'|'.join(m.capitalize() for m in MONTHS)})\b"
)


def passed(found: Analysis) -> frozenset[Place]:
    """Return the sentences that tell of something as to come on a day that has passed."""
    known = [a.published for a in found.articles.values() if a.published]
    if not known:
        return frozenset()
    newest = max(known)
    days: dict[Place, tuple[date, ...]] = {}
    awaited: dict[int, date] = {}
    for sentence in found.sentences:
        coming = coming_days(plain(sentence.text), found.articles[sentence.article].published)
        if coming:
            days[sentence.article, sentence.order] = coming
            awaited[sentence.article] = max(*coming, awaited.get(sentence.article, coming[0]))

    return frozenset(
        (s.article, s.order)
        for s in found.sentences
        if s.article in awaited
        and (
            max(days[s.article, s.order]) < newest
            if (s.article, s.order) in days
            else awaited[s.article] < newest and _expects(s.text)
        )
    )


def _expects(text: str) -> bool:
    """Tell whether a sentence looks ahead, in its own words and to no other time."""
    told = without_quotations(text)
    return _EXPECTS.search(told) is not None and not _OTHER_TIME.search(told)
