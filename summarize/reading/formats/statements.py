"""Note what a file states of an article: strings, languages and moments in the forms they are written in.

Contract: what can't be read as such is None, never a guess. A moment is a date, or a time with its offset, in
ISO 8601; a time without its offset counts as its date. A language is a code of ISO 639-1.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from summarize.reading.dates import find_dates
from summarize.reading.formats.fragments import line_of
from summarize.types import Noted

MAX_LENGTH = 1_000  # characters; a longer title or name is none
YEARS = range(1900, 2101)
_SECONDS = (631_152_000, 4_102_444_800)  # 1990 to 2100, as seconds of the epoch; a smaller number is an id
_BASIC = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{4}|\d{6})?")  # 20200305, 20200305101500
_OFFSET_APART = re.compile(r"(?<=\d)\s+([+-]\d\d:?\d\d)$")
_UTC_NAME = re.compile(r"(?<=\d)\s*(?:UTC|GMT)$", re.I)
_INTERNET_DATE = re.compile(
    r"(?:[a-z]{2,9}\.?,?\s+)?\d{1,2}[\s-][a-z]{3,9}\.?[\s-]\d{4}\s+\d{1,2}:\d\d", re.I
)
_BY = re.compile(r"(?:by|von|par|por|di|door)[\s:]+(?=\S)", re.I)

_CODES = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz
    ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii
    ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi
    mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw
    sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk
    ur uz ve vi vo wa wo xh yi yo za zh zu
    """.split()
)
# Codes of three letters and names in English and in the language itself, of languages that feeds write so.
_NAMES = {
    name: names.split()[0]
    for names in (
        "en eng english",
        "de deu ger german deutsch",
        "fr fra fre french français",
        "es spa spanish español castellano",
        "it ita italian italiano",
        "pt por portuguese português",
        "nl nld dut dutch nederlands",
        "pl pol polish polski",
        "sv swe swedish svenska",
        "da dan danish dansk",
        "no nor norwegian norsk",
        "fi fin finnish suomi",
        "cs ces cze czech čeština",
        "hu hun hungarian magyar",
        "ro ron rum romanian română",
        "el ell gre greek ελληνικά",
        "tr tur turkish türkçe",
        "ru rus russian русский",
        "uk ukr ukrainian українська",
        "ar ara arabic العربية",
        "he heb hebrew עברית",
        "fa fas per persian farsi فارسی",
        "hi hin hindi हिन्दी",
        "zh zho chi chinese 中文",
        "ja jpn japanese 日本語",
        "ko kor korean 한국어",
    )
    for name in names.split()
}


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
    return author and noted(_BY.sub("", author.value, count=1), where)


def noted_address(value: object, where: str) -> Noted | None:
    """Note an address of the web; None of every other string."""
    return Noted(value.strip(), where) if isinstance(value, str) and is_address(value) else None


def noted_language(value: object, where: str) -> Noted | None:
    """Note a language that is given as a tag (pt-BR), a code of three letters or a name."""
    if not isinstance(value, str):
        return None
    tag = value.strip().casefold()
    main = re.split(r"[-_]", tag)[0]
    code = main if main in _CODES else _NAMES.get(tag) or _NAMES.get(main)
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
    time = _iso_time(text) or _internet_time(text)
    if time is not None:
        return _stated(time, has_time=len(text) > 10)
    dates = {mention.date for mention in find_dates(text) if mention.date}
    return _within(dates.pop()) if len(dates) == 1 else None


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


def _internet_time(text: str) -> datetime | None:
    if not _INTERNET_DATE.match(text):
        return None
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _stated(time: datetime, has_time: bool) -> str | None:
    if time.year not in YEARS or time.replace(tzinfo=None) == datetime(1970, 1, 1):
        return None
    if time.tzinfo is None or not has_time:
        return time.date().isoformat()
    return time.isoformat(timespec="seconds")


def _within(day: object) -> str | None:
    year = getattr(day, "year", 0)
    return str(day) if year in YEARS else None
