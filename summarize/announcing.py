"""Announcements: what was to come when an article was written, and has passed by the folder's newest one.

Who reads an article of Wednesday has no use for "the council will vote on Tuesday", nor for what else a
preview of that vote expects. A sentence that reports as well is no mere announcement. On the day itself
nobody knows which of two articles came first: both are told. Knows nothing of what is worth telling.
"""

from __future__ import annotations

import re

from summarize.analysis import Analysis, Place
from summarize.language.calendar import MONTH
from summarize.language.quotations import without_quotations
from summarize.segmentation import plain
from summarize.weekdays import coming_days, looks_back

_EXPECTS = re.compile(
    r"\b(?:will|won['’]t|going to|should(?! have\b)|"
    r"(?:is|are) (?:set|due|expected|scheduled|slated|planned|likely|poised|projected) (?:to|for|on))\b"
)
_OTHER_TIME = re.compile(rf"\b(?:\d{{4}}|next (?:week|month|year)|{MONTH})\b")


def passed(found: Analysis) -> frozenset[Place]:
    """Return the sentences that only announce something for a day that has passed, and what previews expect.

    A preview is an article that begins with such a sentence.
    """
    known = [a.published for a in found.articles.values() if a.published]
    if not known:
        return frozenset()
    newest = max(known)
    past: set[Place] = set()
    for sentence in found.sentences:
        text = plain(sentence.text)
        days = coming_days(text, found.articles[sentence.article].published)
        if days and max(days) < newest and _only_announces(text):
            past.add((sentence.article, sentence.order))
    previews = {article for article, order in past if order == 0}
    return frozenset(past) | {
        (s.article, s.order)
        for s in found.sentences
        if s.article in previews and _only_announces(s.text) and not _OTHER_TIME.search(s.text)
    }


def _only_announces(text: str) -> bool:
    """Tell whether a sentence looks ahead in its own words, and tells of nothing that has come about."""
    return _EXPECTS.search(without_quotations(text)) is not None and not looks_back(text)
