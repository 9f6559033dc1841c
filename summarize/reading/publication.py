"""Date: an article's text, its header and its name → the day, or the time, of its publication.

Only what is stated counts. A day without its year gets one only if the article's own weekdays and the years
that it, or the articles beside it, name in full leave no choice: a wrong date is worse than none. File times
say nothing of publication and are not looked at, and nor is today.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from summarize.reading.dates import Mention, date_in_name, find_dates, internet_time, may_be_published
from summarize.reading.page import Page
from summarize.types import Noted, Span

N_ABOVE = 12  # dropped lines above the article in which a date is the day of publication
N_BELOW = 3  # the same below it
FIRST_INFERRED = 1995  # what an older year fits is more likely told of than published then
N_LEAD = 3  # paragraphs that name the weekday of the news

_WEEKDAYS = {
    name: n
    for n, names in enumerate(
        (
            "monday montag lundi lunes",
            "tuesday dienstag mardi martes",
            "wednesday mittwoch mercredi miércoles",
            "thursday donnerstag jeudi jueves",
            "friday freitag vendredi viernes",
            "saturday samstag sonnabend samedi sábado",
            "sunday sonntag dimanche domingo",
        )
    )
    for name in names.split()
}
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(_WEEKDAYS)})\b", re.I)
_FIRST_PUBLISHED = re.compile(
    r"\b(?:published|posted|date|created|veröffentlicht|erstellt|publié|publicado|pubblicato|datum|fecha)\b",
    re.I,
)
_REASON_NAMES = {"timestamp": "date line", "byline": "byline", "dateline": "dateline"}
_REPORTED_ON = re.compile(
    r"\b(?:said|reported|announced|told|confirmed|stated|declared)\b[^.;]{0,40}?\bon $", re.I
)
_AHEAD = re.compile(r"\b(?:will|next|scheduled|planned|until|due|upcoming|to be held)\b", re.I)
_TIME = re.compile(
    r"(?<!\d)(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s?(Z|[+-]\d\d:?\d\d)(?!\d)", re.I
)
_MAIL_TIME = re.compile(
    r"(?:[A-Z][a-z]{2},\s)?\d{1,2}\s[A-Z][a-z]{2}\s\d{4}\s\d\d:\d\d(?::\d\d)?\s(?:[+-]\d{4}|GMT|UTC?|E[SD]T|P[SD]T|C[SD]T|M[SD]T)\b"
)


@dataclass(frozen=True, slots=True)
class Years:
    """Years of full dates: those in the article and its name, and those in the other articles."""

    own: frozenset[int]
    others: frozenset[int]


def day_of(stated: str) -> date | None:
    """Return the day of a date or time in ISO 8601, in the zone that it is stated in.

    :return: None where no article can have been published: the zero of a calendar, or far from our time.
    """
    try:
        day = datetime.fromisoformat(stated.strip()).date()
    except ValueError:
        return None
    return day if may_be_published(day) else None


def read_date(text: str) -> str | None:
    """Return the date that a text states, as a time where it gives that with its zone, in ISO 8601."""
    if found := _TIME.search(text):
        day, clock, zone = found.groups()
        time = (
            f"{day}T{clock}{'+00:00' if zone in 'Zz' else zone if ':' in zone else f'{zone[:3]}:{zone[3:]}'}"
        )
        if day_of(time):
            return datetime.fromisoformat(time).isoformat()
    if found := _MAIL_TIME.search(text):
        moment = internet_time(found[0])
        if moment is not None and moment.tzinfo is not None and may_be_published(moment.date()):
            return moment.isoformat()
    mention = next(iter(find_dates(text)), None)
    day_named = mention.date if mention else None
    return day_named.isoformat() if day_named and may_be_published(day_named) else None


def published_in_text(page: Page, years: Years) -> Noted | None:
    """Return the day of publication that a text's lines, its name or its report tell."""
    weekdays = _lead_weekdays(page)
    for mention, passage, where in _stamps(page):
        if stated := read_date(passage):
            return Noted(stated, where)
        if with_year := _with_year(mention, passage, weekdays, years):
            told = f"inferred from the text: the day of the {where}, in the only year that fits"
            return Noted(with_year.isoformat(), told)
    if (named := date_in_name(page.name)) and may_be_published(named):
        return Noted(named.isoformat(), "file name")
    day = _inferred(page, years.own)
    if day is None:
        return None
    return Noted(day.isoformat(), "inferred from the text: the latest day on which it reports")


def _stamps(page: Page) -> list[tuple[Mention, str, str]]:
    """List the dates that stand where a page states its own: date lines, bylines and datelines."""
    body, dropped = page.cleaned.body, page.cleaned.dropped
    above = [d for d in dropped if d[0] <= body[0].start][-N_ABOVE:]
    below = [d for d in dropped if d[0] >= body[-1].end][:N_BELOW]
    stamps: list[tuple[bool, bool, Mention, str, str]] = []
    for start, end, reason in (*above, *below):
        if reason not in _REASON_NAMES:
            continue
        passage = page.text[start:end]
        mentions = find_dates(passage)
        if mentions:
            # "Published … Updated …" on one line: the first is the older.
            is_late = not _FIRST_PUBLISHED.search(passage) and "pdated" in passage
            stamps.append((is_late, mentions[0].year is None, mentions[0], passage, _REASON_NAMES[reason]))
    return [
        (mention, passage, where) for _, _, mention, passage, where in sorted(stamps, key=lambda s: s[:2])
    ]


def _with_year(mention: Mention, passage: str, weekdays: frozenset[int], years: Years) -> date | None:
    """Give a day its year: one that the texts name and in which the weekday fits."""
    beside = frozenset(_WEEKDAYS[w.lower()] for w in _WEEKDAY.findall(passage))
    for named_years in (years.own, years.others):
        days = [d for y in sorted(named_years) if y >= FIRST_INFERRED and (d := mention.on(y))]
        if beside:
            fitting = [d for d in days if d.weekday() in beside]
            return fitting[0] if len(fitting) == 1 else None
        # News of the day before, filed today, may be of another year than news of today.
        fitting = [d for d in days if d.weekday() in weekdays]
        eve = [d for d in days if (d - timedelta(days=1)).weekday() in weekdays]
        if len(fitting) == 1 and not set(eve) - set(fitting):
            return fitting[0]
        if fitting:
            return None
        candidates = eve if weekdays else days
        if len(candidates) == 1 and len(days) == 1:
            return candidates[0]
    return None


def _lead_weekdays(page: Page) -> frozenset[int]:
    """Return the weekdays of the first paragraph that names one."""
    for paragraph in list(page.paragraphs())[:N_LEAD]:
        named = _WEEKDAY.findall(paragraph[:1200])
        if named:
            return frozenset(_WEEKDAYS[w.lower()] for w in named)
    return frozenset()


def _inferred(page: Page, own: frozenset[int]) -> date | None:
    """Infer the day from "said on February 6" if the news is of that weekday and nothing is later."""
    if len(own) != 1:
        return None
    year = next(iter(own))
    if year < FIRST_INFERRED:
        return None
    weekdays = {_WEEKDAYS[w.lower()] for p in page.paragraphs() for w in _WEEKDAY.findall(p)}
    days: set[date] = set()
    reported: set[date] = set()
    for span in page.cleaned.body:
        for mention, before in _past_days(page.text, span):
            day = mention.date or mention.on(year)
            if day is None:
                continue
            days.add(day)
            if _REPORTED_ON.search(before):
                reported.add(day)
    if len(weekdays) != 1 or not days:
        return None
    latest = max(days)
    return latest if latest in reported and latest.weekday() in weekdays else None


def _past_days(text: str, span: Span) -> Iterable[tuple[Mention, str]]:
    paragraph = text[span.start : span.end]
    for mention in find_dates(paragraph):
        before = paragraph[max(0, mention.start - 120) : mention.start]
        if not _AHEAD.search(before[-60:]):
            yield mention, before
