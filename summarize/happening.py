"""Date what claims tell of: the days that their own words name, counted from the day of their sources.

Contract: a pure function of claims and articles. A weekday or "yesterday" counts from the day on which the
source that says it was published; where that is unknown, where two sources mean different days by it, and
inside a quotation, whose words were spoken some time before, it is no date. A day without its year is the one
nearest to the day of publication, if that is near.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from summarize.language.quotations import is_inside, quotations
from summarize.reading.dates import Mention, find_dates
from summarize.segmentation import plain
from summarize.types import Article, Briefing, Claim
from summarize.weekdays import resolve_weekdays, weekday_spans

NEAR_DAYS = 90  # between a day without its year and the publication that names it
_RELATIVE = re.compile(r"\b(yesterday|today|tonight|tomorrow)\b(?!['’]s\b)", re.IGNORECASE)
_OFFSET = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
# Weekdays that are no days of this week: feasts, elections, massacres, papers, what recurs.
_NAMED_DAY = re.compile(
    r"\b(?:black|good|easter|ash|palm|super|cyber|whit|bloody|holy|maundy|shrove|giving|every|each|most|any"
    r"|per|a|one)[ -]$",
    re.IGNORECASE,
)
_NAMED_AFTER = re.compile(r"\s?(?:Times|Post|Night Live|Mail|Mirror|Review)\b|\s(?:before|after) last\b")


def dated(briefings: Iterable[Briefing], articles: Mapping[int, Article]) -> tuple[Briefing, ...]:
    """Give each claim the days that it names."""
    return tuple(
        replace(b, claims=tuple(replace(c, happened=happened(c, articles)) for c in b.claims))
        for b in briefings
    )


def happened(claim: Claim, articles: Mapping[int, Article]) -> tuple[date, ...]:
    """Return the days that a claim names, in order of time; only those that are certain."""
    told = [(plain(e.text), articles[e.source].published) for e in claim.support_evidence]
    mentions = find_dates(claim.text)
    days = {d for m in mentions if (d := m.date or _nearest(m, told))}
    for word, start, end in _relative_words(claim.text):
        if not _is_apposition(claim.text, start, end, mentions):
            days |= _agreed(word, told)
    return tuple(sorted(days))


def _relative_words(text: str) -> list[tuple[str, int, int]]:
    """List weekdays and words such as "yesterday" that are the claim's own, not those of a quotation."""
    quoted = quotations(text)
    found = [(m[1].lower(), m.start(), m.end()) for m in _RELATIVE.finditer(text)]
    found += [
        (text[start:end].lower(), start, end)
        for start, end in weekday_spans(text)
        if not _NAMED_DAY.search(text[:start]) and not _NAMED_AFTER.match(text, end)
    ]
    return [f for f in found if not is_inside(f[1], quoted)]


def _is_apposition(text: str, start: int, end: int, mentions: Iterable[Mention]) -> bool:
    """Tell whether a weekday stands beside its own date: "Monday, March 2"."""
    return any(
        re.fullmatch(r"[\s,(]*(?:on |the )?", text[end : m.start])
        or re.fullmatch(r"[\s,(]*", text[m.end : start])
        for m in mentions
        if m.start >= end or m.end <= start
    )


def _agreed(word: str, told: Iterable[tuple[str, date | None]]) -> set[date]:
    """Return the day that all sources that say a word mean by it; none if one of them may mean another."""
    meant: set[date] = set()
    for text, published in told:
        if not re.search(rf"\b{word}\b", text, re.IGNORECASE):
            continue
        if published is None:
            return set()
        if word in _OFFSET:
            meant.add(published + timedelta(days=_OFFSET[word]))
        else:
            meant |= {d.date for d in resolve_weekdays(text, published) if d.text.lower() == word}
    return meant if len(meant) == 1 else set()


def _nearest(mention: Mention, told: Iterable[tuple[str, date | None]]) -> date | None:
    """Return the date of a day without its year that all sources that name the day mean by it."""
    meant: set[date] = set()
    for text, published in told:
        if not any((m.month, m.day) == (mention.month, mention.day) for m in find_dates(text)):
            continue
        if published is None:
            return None
        around = [d for y in (-1, 0, 1) if (d := mention.on(published.year + y))]
        near = [d for d in around if abs((d - published).days) <= NEAR_DAYS]
        meant |= set(near) or {date.max}
    return meant.pop() if len(meant) == 1 and date.max not in meant else None
