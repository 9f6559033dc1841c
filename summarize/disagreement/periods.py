"""The time that a figure covers: "on Thursday", "this month", "since December", "over ten years".

Contract: pure functions of a sentence and the day of its publication. What a period covers is told by its
grain and its anchor, so that "in February" and "this month" are equal in an article of February. The day on
which something was *said* is no period of what was said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from summarize.language import quantities
from summarize.language.calendar import MONTHS, WEEKDAYS
from summarize.weekdays import resolve_weekdays

_FULL = "|".join(sorted((w for w in WEEKDAYS if w.endswith("day")), key=len, reverse=True))
_MONTH = "|".join(sorted((m for m in MONTHS if len(m) > 3 or m == "may"), key=len, reverse=True))
_N = r"(?:few|couple of|several|two|three|four|five|six|seven|eight|nine|ten|twelve|\d+|dozen|hundred)"
_GRAIN = r"(?:hour|day|week|month|year|decade|quarter|century|weekend|fiscal year|school year|season)"
_SAID = re.compile(
    rf"\b(?:said|says|told (?:\w+ )?\w+|announced|reported|wrote|tweeted|added|confirmed|testified)"
    rf"(?:[,]? (?:in|at) an? [\w ]{{1,30}})?(?: late| early)?(?: on)? (?:{_FULL})\b(?: (?:night|morning"
    rf"|evening|afternoon))?",
    re.IGNORECASE,
)
_AS_OF = re.compile(
    rf"\b(?:as of|by|until|through) (?:late |early |mid-?)?(?:(?:{_FULL}|today|now|noon|midday|midnight)\b"
    r"(?: (?:night|morning|evening|afternoon))?|"
    rf"(?:{_MONTH})\b(?: \d{{1,2}}(?!\d))?(?:,? (?P<year>(?:19|20)\d\d)\b)?)",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\b(?:since|dating back to) (?:(?:the|early|late|mid|last|start|beginning|end"
    r"|of) )*(\w+)(?: (\d{4}))?",
    re.IGNORECASE,
)
_WIDE = re.compile(
    rf"\b(?:(?:in|over|for|during|within|through) )?(?:the |these )?(?:past|last|previous|next|coming"
    rf"|first|recent) "
    rf"(?:{_N} )?{_GRAIN}s?\b|\b(?:over|across|within|in|for) (?:a |{_N} )(?:{_GRAIN})s?\b"
    rf"|\b(?:in|of|over) recent {_GRAIN}s\b|\bto date\b|\bso far\b|\ball (?:of )?(?:last|this) {_GRAIN}\b",
    re.IGNORECASE,
)
_ONE = re.compile(rf"\b(this|last|next|previous|current) ({_GRAIN})\b", re.IGNORECASE)
_RATE = re.compile(
    rf"\b(?:an?|per|each|every) ({_GRAIN})\b(?! (?:ago|earlier|before|later|after|of))|\b(annually|yearly|"
    rf"monthly|weekly|daily|hourly|annual|nightly)\b",
    re.IGNORECASE,
)
_IN_MONTH = re.compile(
    rf"\b(?:in|during|of|for) (?:early |late |mid-?)?({_MONTH})\b(?! \d{{1,2}}\b)", re.IGNORECASE
)
# "the deadliest strike in decades" says how rare it is, not when.
_RARE = re.compile(
    r"\b(?:\w{3,}est|worst|most|first|best)\b[^,.;]{0,60}?\b(?:in|of|for|since) (?:more than |nearly "
    r"|over |at least )?"
    r"(?:\w+ )?(?:\w+ )?(?:years|decades|century|generations?|months|weeks|\d{4})\b",
    re.IGNORECASE,
)
_RELATIVE_DAY = {"today": 0, "tonight": 0, "yesterday": -1, "overnight": 0}
_DAYS = re.compile(r"\b(" + "|".join(_RELATIVE_DAY) + r")\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """``grain`` is day, week, month, year, rate, since or span; ``anchor`` says which one."""

    grain: str
    anchor: str

    @property
    def is_wide(self) -> bool:
        """Tell whether it makes a running total or a rate of a figure, whatever is set against it."""
        return self.grain in ("rate", "since", "span")


def periods(text: str, published: date | None) -> frozenset[Period]:
    """Return the periods that a text names."""
    text = " ".join(text.split())
    found: set[Period] = {Period("year", m["year"]) for m in _AS_OF.finditer(text) if m["year"]}
    for pattern in (_SAID, _AS_OF, _RARE):
        text = pattern.sub(" ", text)
    for pattern, read in (
        (_SINCE, _since),
        (_ONE, _one),
        (_WIDE, _span),
        (_RATE, _rate),
        (_IN_MONTH, _month),
    ):
        for match in pattern.finditer(text):
            found |= read(match, published)
        text = pattern.sub(" ", text)
    return frozenset(found | _days(text, published) | _years(text))


def as_of(text: str) -> str | None:
    """Return the moment up to which a text counts: "as of Monday", "by Friday night"."""
    match = _AS_OF.search(text)
    return re.sub(r",? \d{4}$", "", match[0].casefold()).split(" ", 2)[-1] if match else None


def differ(a: frozenset[Period], b: frozenset[Period]) -> bool:
    """Tell whether two sets of periods can't be the same time.

    One that stands alone counts only if it is wide or a year: most reports leave out the day that all know,
    and name a year only where it is not this one.
    """
    if not a or not b:
        return any(p.is_wide or p.grain == "year" for p in a | b)
    if a & b:
        return False
    wide_a, wide_b = {p.grain for p in a if p.is_wide}, {p.grain for p in b if p.is_wide}
    if wide_a != wide_b:
        return True
    shared = {p.grain for p in a} & {p.grain for p in b}
    if not shared:
        return not all(p.grain in ("day", "year") for p in a | b)
    return any(_anchors(a, grain, b) for grain in shared)


def years_differ(a: frozenset[Period], b: frozenset[Period]) -> bool:
    """Tell whether both name years, and no year in common."""
    mine, theirs = ({p.anchor for p in own if p.grain == "year"} for own in (a, b))
    return bool(mine and theirs) and not mine & theirs


def _anchors(a: frozenset[Period], grain: str, b: frozenset[Period]) -> bool:
    """Tell whether the anchors of one grain differ and are of one sort, so that they can be compared."""
    mine = {p.anchor for p in a if p.grain == grain}
    theirs = {p.anchor for p in b if p.grain == grain}
    sorts = {x[:1].isdigit() for x in mine | theirs}
    return not mine & theirs and len(sorts) == 1


def _since(match: re.Match[str], _: date | None) -> set[Period]:
    return {Period("since", match[1].casefold()[:3])}


def _span(match: re.Match[str], _: date | None) -> set[Period]:
    return {Period("span", re.sub(r"^(?:in|over|for|during|within|the|these) ", "", match[0].casefold()))}


def _rate(match: re.Match[str], _: date | None) -> set[Period]:
    word = (match[1] or match[2]).casefold()
    return {Period("rate", {"yearly": "year", "annually": "year", "annual": "year"}.get(word, word)[:3])}


def _one(match: re.Match[str], published: date | None) -> set[Period]:
    which, grain = match[1].casefold(), match[2].casefold()
    step = {"last": -1, "previous": -1, "next": 1}.get(which, 0)
    if published is None:
        return {Period(grain, which)}
    if grain == "month":
        return {Period(grain, f"{(published.month - 1 + step) % 12 + 1}")}
    if grain == "year":
        return {Period(grain, f"{published.year + step}")}
    if grain == "week":
        year, week, _ = (published + timedelta(weeks=step)).isocalendar()
        return {Period(grain, f"{year}-{week}")}
    return {Period(grain, which)}


def _month(match: re.Match[str], _: date | None) -> set[Period]:
    return {Period("month", f"{MONTHS[match[1].casefold()]}")}


def _days(text: str, published: date | None) -> set[Period]:
    resolved = resolve_weekdays(text, published)
    found = {Period("day", f"{d.date.month * 100 + d.date.day}") for d in resolved}
    if not resolved:
        found |= {
            Period("day", m[0].casefold()) for m in re.finditer(rf"\b(?:{_FULL})\b", text, re.IGNORECASE)
        }
    found |= {Period("day", f"{q.value:.0f}") for q in quantities(text) if q.kind == "date"}
    for match in _DAYS.finditer(text):
        day = published + timedelta(days=_RELATIVE_DAY[match[1].casefold()]) if published else None
        found.add(Period("day", f"{day.month * 100 + day.day}" if day else match[1].casefold()))
    return found


def _years(text: str) -> set[Period]:
    return {Period("year", f"{q.value:.0f}") for q in quantities(text) if q.kind == "year"}
