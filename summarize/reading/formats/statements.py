"""Note what a file states of an article: strings, languages and moments in the forms they are written in.

Contract: what can't be read as such is None, never a guess. A moment is a date, or a time with its offset, in
ISO 8601; a time without its offset counts as its date. A language is a code of ISO 639-1.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

from summarize.reading.dates import find_dates, internet_time, may_be_published
from summarize.reading.formats.fragments import line_of
from summarize.reading.languages import code_of
from summarize.types import Noted

MAX_LENGTH = 1_000  # characters; a longer title or name is none
_SECONDS = (631_152_000, 4_102_444_800)  # 1990 to 2100, as seconds of the epoch; a smaller number is an id
_BASIC = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{4}|\d{6})?")  # 20200305, 20200305101500
_OFFSET_APART = re.compile(r"(?<=\d)\s+([+-]\d\d:?\d\d)$")
_UTC_NAME = re.compile(r"(?<=\d)\s*(?:UTC|GMT)$", re.I)
_INTERNET_DATE = re.compile(
    r"(?:[a-z]{2,9}\.?,?\s+)?\d{1,2}[\s-][a-z]{3,9}\.?[\s-]\d{4}\s+\d{1,2}:\d\d"
    r"|[a-z]{3}\s[a-z]{3}\s{1,2}\d{1,2}\s\d\d:\d\d:\d\d\s(?:[+-]\d{4}\s)?\d{4}$",  # as C's asctime has it
    re.I,
)
_BY = re.compile(r"^(?:by|von|par|por|di|door)[\s:]+(?=\S)", re.I)


def noted(value: object, where: str) -> Noted | None:
    """Note a string on one line; None of anything else, of an empty one and of one far too long."""
    if not isinstance(value, str):
        return None
    line = line_of(value[: MAX_LENGTH * 10])
    return Noted(line, where) if line and len(line) <= MAX_LENGTH else None


def without_outlet(title: Noted | None, publisher: Noted | None) -> Noted | None:
    """Note a title without the outlet's name, which interfaces and letters put beside it.

    "Boys freed - Fox News" of Fox News, "Dispatch: Boys freed" of Dispatch.
    """
    if title is None or publisher is None:
        return title
    name = re.escape(publisher.value)
    alone = re.sub(
        rf"\s+[-–—|·•]\s+{name}$|^{name}(?:\s+[-–—|·•]|:)\s+(?=\S)", "", title.value, count=1, flags=re.I
    )
    return Noted(alone.strip() or title.value, title.where)


def noted_author(value: object, where: str) -> Noted | None:
    """Note who wrote an article, without the "By" in front."""
    author = noted(value, where)
    return author and noted(_BY.sub("", author.value), where)


def noted_address(value: object, where: str) -> Noted | None:
    """Note an address of the web; None of every other string."""
    return Noted(value.strip(), where) if isinstance(value, str) and is_address(value) else None


def noted_language(value: object, where: str) -> Noted | None:
    """Note a language that is given as a tag (pt-BR), a code of three letters or a name."""
    code = code_of(value) if isinstance(value, str) else None
    return Noted(code, where) if code else None


def noted_moment(value: object, where: str) -> Noted | None:
    """Note a date or a time that is given in any of the usual forms."""
    moment = moment_of(value)
    return Noted(moment, where) if moment else None


def is_address(value: str) -> bool:
    """Tell whether a string is an address of the web."""
    try:
        parts = urlsplit(value.strip())
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and bool(parts.netloc)
        and len(value.split()) == 1
        and value.isprintable()
    )


def moment_of(value: object) -> str | None:
    """Read a date or a time: ISO 8601, an Internet date (RFC 2822), seconds or milliseconds of the epoch.

    :return: None also of what two readers would read differently (03/05/2020), and of the values that stand
        for "none" in databases (the year 1, the start of the epoch).
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if not isinstance(value, str):
        return _of_epoch(value)
    text = value.strip()[:100]
    if text.isdecimal() and text.isascii():
        basic = _BASIC.fullmatch(text)
        return _day(*basic.groups()) if basic else _of_epoch(int(text))
    time = _iso_time(text) or (internet_time(text) if _INTERNET_DATE.match(text) else None)
    if time is not None:
        return _stated(time, has_time=len(text) > 10)
    days = {mention.date for mention in find_dates(text) if mention.date}
    day = days.pop() if len(days) == 1 else None
    return day.isoformat() if day and may_be_published(day) else None


def _of_epoch(number: float) -> str | None:
    for per_second in (1, 1_000, 1_000_000):
        if _SECONDS[0] <= number / per_second < _SECONDS[1] if abs(number) < 1e18 else False:
            return datetime.fromtimestamp(int(number / per_second), UTC).isoformat()
    return None


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return datetime(int(year), int(month), int(day)).date().isoformat()
    except ValueError:
        return None


def _iso_time(text: str) -> datetime | None:
    if not re.match(r"\d{4}", text):
        return None
    try:
        return datetime.fromisoformat(_UTC_NAME.sub("+00:00", _OFFSET_APART.sub(r"\1", text)))
    except ValueError:
        return None


def _stated(time: datetime, has_time: bool) -> str | None:
    if not may_be_published(time.date()):
        return None
    if time.tzinfo is None or not has_time:
        return time.date().isoformat()
    return time.isoformat(timespec="seconds")
