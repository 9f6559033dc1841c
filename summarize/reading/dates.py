"""Find dates in a text, in seven languages, with or without their year, and tell those that can't be meant.

A date that two readers would read differently (03/05/2020) is no date. Knows nothing of what a date
means to the article.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime

YEARS = range(1800, 2200)  # in which an article can have been published
# What programs write where they know no date: the zero of Unix (and west of Greenwich), of spreadsheets.
_ZEROS = frozenset(
    {date(1970, 1, 1), date(1969, 12, 31), date(1900, 1, 1), date(1899, 12, 30), date(1899, 12, 31)}
)
_NAMES = (
    "january jan januar janvier janv enero ene gennaio gen janeiro januari jänner",
    "february feb februar février févr fevrier febrero febbraio fevereiro februari",
    "march mar märz maerz mär mars marzo março maart mrt",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio maio mei",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug août aout agosto ago augustus",
    "september sept sep septembre septiembre settembre set setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro",
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
MONTH_NAMES = frozenset(_MONTHS)
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"
_PATTERNS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"(?<!\d)(?P<year>{_YEAR})[-/._](?P<n>0?[1-9]|1[0-2])[-/._](?P<day>[0-3]?\d)(?!\d)",
        rf"\b(?P<month>{_MONTH})\b\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\.\d)(?:,?\s"
        rf"(?P<year>{_YEAR})\b)?",
        rf"(?<![\d.,$£€])(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?\s(?:de\s|of\s)?"
        rf"(?P<month>{_MONTH})\b\.?(?:,?\s(?:de\s|del\s)?(?P<year>{_YEAR})\b)?",
        rf"(?<![\d.])(?P<day>[0-3]?\d)\.(?P<n>[01]?\d)\.(?P<year>{_YEAR})(?!\d)",
        rf"(?<![\d/])(?P<a>[0-3]?\d)/(?P<b>[0-3]?\d)/(?P<year>{_YEAR})(?!\d)",
    )
)
_COMPACT = re.compile(rf"(?<!\d)(?P<year>{_YEAR})(?P<n>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?!\d)")
_HAS_DATE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Mention:
    """A day that a text names, ``text[start:end]``; ``year`` is None where the text leaves it open."""

    start: int
    end: int
    year: int | None
    month: int
    day: int

    def on(self, year: int) -> date | None:
        """Return the date in a year; None for the 29th of February of most."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None

    @property
    def date(self) -> date | None:
        """The full date, None without a year."""
        return None if self.year is None else self.on(self.year)


def may_be_published(day: date) -> bool:
    """Tell whether an article can be of a day: it is no zero of a calendar, nor far from our time."""
    return day.year in YEARS and day not in _ZEROS


def internet_time(text: str) -> datetime | None:
    """Read a time as mails have it (RFC 2822); None if it is none. It is naive if no zone is stated."""
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def find_dates(text: str) -> tuple[Mention, ...]:
    """Return the dates that a text names, in order."""
    if not _HAS_DATE.search(text):
        return ()
    found: list[Mention] = []  # in order and disjoint
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            mention = _mention(match)
            if mention is None:
                continue
            at = bisect_left(found, mention.end, key=lambda m: m.start)
            if at == 0 or found[at - 1].end <= mention.start:
                found.insert(at, mention)
    return tuple(found)


def date_in_name(name: str) -> date | None:
    """Return the date that a file's name states (2020-03-05, 20200305), if it states just one."""
    dates = {m.date for m in find_dates(name.replace("_", "-")) if m.date}
    dates |= {m.date for match in _COMPACT.finditer(name) if (m := _mention(match)) and m.date}
    return dates.pop() if len(dates) == 1 else None


def _mention(match: re.Match[str]) -> Mention | None:
    groups = match.groupdict()
    year = int(groups["year"]) if groups.get("year") else None
    if "a" in groups:
        a, b = int(groups["a"]), int(groups["b"])
        if a != b and a <= 12 and b <= 12:
            return None
        month, day = (b, a) if a > 12 else (a, b)
    elif groups.get("month"):
        if not _is_month(groups["month"]):
            return None
        month, day = _MONTHS[groups["month"].lower()], int(groups["day"])
    else:
        month, day = int(groups["n"]), int(groups["day"])
    mention = Mention(match.start(), match.end(), year, month, day)
    return mention if mention.on(year or 2000) else None  # 2000 was a leap year


def _is_month(word: str) -> bool:
    """Tell "May 5" from "may 5": English writes months with a capital."""
    return word.lower() not in {"may", "march", "mar", "set", "ago", "gen", "mars"} or word[0].isupper()
