"""Describe: an article's text and what cleaning left out of it → publisher and day of publication.

Only what the text states counts. A day without its year gets one only if the article's own weekdays
and the years that it, or the articles beside it, name in full leave no choice: a wrong date is worse
than none. File times say nothing of publication and are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from summarize.reading.cleaning import Cleaned
from summarize.reading.dates import Mention, date_in_name, find_dates
from summarize.reading.extraction import Extracted
from summarize.reading.patterns import AGENCIES
from summarize.types import Span

N_ABOVE = 12  # dropped lines above the article in which a date is the day of publication
N_BELOW = 3  # the same below it
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
_STAMPED = ("timestamp", "byline", "dateline")
_REPORTED_ON = re.compile(
    r"\b(?:said|reported|announced|told|confirmed|stated|declared)\b[^.;]{0,40}?\bon $", re.I
)
_AHEAD = re.compile(r"\b(?:will|next|scheduled|planned|until|due|upcoming|to be held)\b", re.I)
_NAMED_YEAR = re.compile(r"\b(?:19[5-9]|20[0-9])\d\b")

_IN_BRACKETS = re.compile(r"\(([^()]{2,40})\)")
_AGENCY = re.compile(rf"(?<![\w])(?:{AGENCIES})(?![\w])")
_SOURCE = re.compile(r"\W{0,3}(?:sources?|quellen?|fuentes?|fonte|bron)\s?:\s*([^,;/|\n]{2,60})", re.I)
_OUTLET_AFTER_NAME = re.compile(r"(?:,|\||/|-|–|for|of|•)\s*((?:the |The )?[A-Z][\w&.’' ]{1,40})\s*$")
_OUTLET_OF_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\W*(?:copyright\W*)?(?:\d{4}(?:\s?[-–]\s?\d{4})?)?\W*(?:by )?"
    r"([A-Z][^.,;|()\d©]{1,40}?)(?=[.,;|(\d©]|\s+(?:All|Alle|Inc|Ltd|and)\b|$)",
    re.I,
)
_FIELD = re.compile(r"^(\w+)\s*:\s*[\"']?(.+?)[\"']?\s*$", re.M)
_JOBS = re.compile(
    r"\b(?:writer|reporter|editor|correspondent|staff|redaktion|redacción|bureau|press writer)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Page:
    """What the description of an article rests on."""

    name: str
    extracted: Extracted
    cleaned: Cleaned

    @property
    def text(self) -> str:
        """The article's text."""
        return self.extracted.text

    def passages(self, reasons: tuple[str, ...]) -> list[str]:
        """Return the texts that were left out for one of some reasons, in order."""
        return [self.text[a:b] for a, b, reason in self.cleaned.dropped if reason in reasons]

    def paragraphs(self) -> Iterable[str]:
        return (self.text[s.start : s.end] for s in self.cleaned.body)


def title_of(page: Page) -> str | None:
    """Return the article's title: its heading, or the one that its front matter states."""
    return _fields(page).get("title") or page.cleaned.title


def publisher_of(page: Page) -> str | None:
    """Return the agency or outlet that signs an article; captions' credits do not count."""
    fields = _fields(page)
    stated = fields.get("publisher") or fields.get("source") or fields.get("outlet") or fields.get("site")
    return stated or _agency(page) or _source(page) or _byline_outlet(page) or _copyright_holder(page)


def published_of(page: Page, own: frozenset[int], others: frozenset[int]) -> date | None:
    """Return the day of publication.

    :param own: years of the full dates in the article and in its name.
    :param others: years of the full dates in the other articles of the folder.
    """
    stated = _fields(page)
    for field in ("date", "published", "datepublished", "pubdate"):
        mention = next(iter(find_dates(stated.get(field, ""))), None)
        if mention and mention.date:
            return mention.date
    weekdays = _lead_weekdays(page)
    for mention, passage in _stamps(page):
        day = mention.date or _with_year(mention, passage, weekdays, own, others)
        if day:
            return day
    return date_in_name(page.name) or _inferred(page, own)


def _fields(page: Page) -> dict[str, str]:
    matter = "".join(page.passages(("front matter",)))
    return {key.lower(): value for key, value in _FIELD.findall(matter)}


def _stamps(page: Page) -> list[tuple[Mention, str]]:
    """List the dates that stand where a page states its own: date lines, bylines and datelines."""
    body, dropped = page.cleaned.body, page.cleaned.dropped
    above = [d for d in dropped if d[0] <= body[0].start][-N_ABOVE:]
    below = [d for d in dropped if d[0] >= body[-1].end][:N_BELOW]
    stamps: list[tuple[bool, bool, Mention, str]] = []
    for start, end, reason in (*above, *below):
        if reason not in _STAMPED:
            continue
        passage = page.text[start:end]
        mentions = find_dates(passage)
        if mentions:
            # "Published … Updated …" on one line: the first is the older.
            is_late = not _FIRST_PUBLISHED.search(passage) and "pdated" in passage
            stamps.append((is_late, mentions[0].year is None, mentions[0], passage))
    return [(mention, passage) for _, _, mention, passage in sorted(stamps, key=lambda s: s[:2])]


def _with_year(
    mention: Mention, passage: str, weekdays: frozenset[int], own: frozenset[int], others: frozenset[int]
) -> date | None:
    """Give a day its year: one that the texts name and in which the weekday fits."""
    beside = frozenset(_WEEKDAYS[w.lower()] for w in _WEEKDAY.findall(passage))
    for years in (own, others):
        days = [d for y in sorted(years) if (d := mention.on(y))]
        for named in (beside, weekdays):
            if named:
                fitting = [d for d in days if d.weekday() in named]
                if len(fitting) == 1:
                    return fitting[0]
                if fitting or named is beside:
                    return None
        # News of the day before, filed today.
        eve = [d for d in days if (d - timedelta(days=1)).weekday() in weekdays]
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


def _agency(page: Page) -> str | None:
    for passage in page.passages(("dateline",)):
        match = _IN_BRACKETS.search(passage)
        if match:
            known = _AGENCY.search(match[1])
            return known[0] if known else match[1].strip()
    for passage in reversed(page.passages(("credit",))):
        mark = re.fullmatch(rf"\W*(?:with )?({AGENCIES})\W*", passage)
        if mark:
            return mark[1]
    return None


def _source(page: Page) -> str | None:
    first, last = page.cleaned.body[0].start, page.cleaned.body[-1].end
    for start, end, reason in page.cleaned.dropped:
        match = _SOURCE.match(page.text[start:end])
        # Inside the article it is the source of a chart.
        if match and reason == "credit" and not first <= start < last:
            return match[1].strip().rstrip(".")
    return None


def _byline_outlet(page: Page) -> str | None:
    for passage in page.passages(("byline",)):
        known = _AGENCY.search(passage)
        if known:
            return known[0]
        outlet = _OUTLET_AFTER_NAME.search(passage)
        if outlet and not _JOBS.search(outlet[1]) and passage[:2].lower() in ("by", "vo", "po", "pa"):
            return outlet[1].strip()
    return None


def _copyright_holder(page: Page) -> str | None:
    for passage in page.passages(("copyright",)):
        match = _OUTLET_OF_COPYRIGHT.search(passage)
        if match and match[1].strip().lower() not in ("all rights reserved", "alle rechte vorbehalten"):
            return match[1].strip()
    return None
