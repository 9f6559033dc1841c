"""Quantities in a sentence: counts, money, percentages, ordinals, dates, years and times of day.

Contract: a ``Quantity`` spans the number with its qualifier ("nearly a million") and its currency or
percent sign, not the noun that it counts. A date's year is a quantity of its own, so that
"February 6" and "Feb. 6, 2020" hold the same date. Knows nothing of which quantity is right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from summarize.language.calendar import MONTHS, WEEKDAYS, is_month
from summarize.language.numerals import (
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    HYPHEN_ORDINAL,
    ORDINALS,
    TENS,
    Numeral,
    parse_numeral,
)
from summarize.language.tokens import FUNCTION_WORDS, RELATIVES, Word, stem, word_set, words

Kind = Literal["count", "ordinal", "year", "date", "time", "percent", "money"]
Bound = Literal["", "about", "below", "above"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and what it counts.

    ``value`` of a date is month * 100 + day, of a time of day its minutes; ``high`` is the other end
    of a range. ``unit`` is the stem of the noun counted, or "$", "%". ``bound`` says which way an
    approximate number leans: "nearly" and "up to" below, "more than" and "at least" above.
    """

    value: float
    high: float | None
    unit: str | None
    approximate: bool
    kind: Kind
    start: int
    end: int
    text: str
    bound: Bound = ""


_QUALIFIERS: tuple[tuple[tuple[str, ...], Bound], ...] = (
    (("more", "than"), "above"),
    (("greater", "than"), "above"),
    (("at", "least"), "above"),
    (("less", "than"), "below"),
    (("fewer", "than"), "below"),
    (("up", "to"), "below"),
    (("at", "most"), "below"),
    (("as", "many", "as"), "below"),
    (("as", "much", "as"), "below"),
    (("close", "to"), "below"),
    (("an", "estimated"), "about"),
    (("estimated",), "about"),
    (("nearly",), "below"),
    (("almost",), "below"),
    (("under",), "below"),
    (("over",), "above"),
    (("exceeding",), "above"),
    (("about",), "about"),
    (("around",), "about"),
    (("some",), "about"),
    (("roughly",), "about"),
    (("approximately",), "about"),
    (("perhaps",), "about"),
)
_TIME_OF_DAY = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(am|pm)?", re.I)
_HALF_DAY = word_set("am pm a.m. p.m. o'clock gmt")
_DAY = re.compile(r"([1-9]|[12]\d|3[01])(?:st|nd|rd|th)?")
_ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_BEFORE_SCORE = frozenset(("voted", "won", "lost"))
_SCORES = frozenset(("vote", "score", "margin", "tally"))
_RANGE_SIGNS = frozenset(("-", "–", "—", "to"))
_TEMPORAL = word_set(
    """in since of from until till by during before after early late mid the a this last next around about
    circa between and to summer winter spring autumn fall for"""
)
_SKIPPED_BEFORE_UNIT = word_set("""of the more other additional further these those its their his her our""")
_PLURALS = word_set("""people men women children personnel police troops staff cattle feet teeth""")
_MEASURES = word_set("km kg cm mm mph kph ft lb lbs mi percent")


@lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Find all quantities of a text, in order, none overlapping another."""
    tokens = words(text)
    found: list[Quantity] = []
    i = 0
    while i < len(tokens):
        hit = _date(text, tokens, i) or _clock(text, tokens, i) or _amount(text, tokens, i)
        if hit is None:
            i += 1
            continue
        quantity, i = hit
        floor = found[-1].end if found else 0
        found.append(_qualified(text, tokens, quantity, floor))
    return tuple(found)


def _date(text: str, tokens: tuple[Word, ...], i: int) -> tuple[Quantity, int] | None:
    iso = _ISO_DATE.fullmatch(tokens[i].text)
    if iso:
        value = int(iso[2]) * 100.0 + int(iso[3])
        return _made(text, tokens, i, i + 1, value, "date"), i + 1
    if is_month(tokens, i):
        day_at = i + 2 if i + 1 < len(tokens) and tokens[i + 1].text == "." else i + 1
        day = _day(tokens, day_at)
        # "January 2018" has a year; "in May 10 people died" can't be told from a date.
        if day and not (day_at + 1 < len(tokens) and tokens[day_at + 1].key in ("percent", "million")):
            return _made(text, tokens, i, day_at + 1, MONTHS[tokens[i].key] * 100.0 + day, "date"), day_at + 1
    day = _day(tokens, i)
    month_at = i + 2 if i + 1 < len(tokens) and tokens[i + 1].key == "of" else i + 1
    if day and month_at < len(tokens) and is_month(tokens, month_at):
        value = MONTHS[tokens[month_at].key] * 100.0 + day
        return _made(text, tokens, i, month_at + 1, value, "date"), month_at + 1
    return None


def _day(tokens: tuple[Word, ...], i: int) -> int | None:
    match = _DAY.fullmatch(tokens[i].text) if i < len(tokens) else None
    return int(match[1]) if match else None


def _clock(text: str, tokens: tuple[Word, ...], i: int) -> tuple[Quantity, int] | None:
    match = _TIME_OF_DAY.fullmatch(tokens[i].text)
    after = tokens[i + 1].key if i + 1 < len(tokens) else ""
    half = match[3] if match and match[3] else after
    is_half = half.lower() in _HALF_DAY
    if match and (":" in tokens[i].text or is_half):
        minutes = int(match[1]) * 60 + int(match[2])
    elif re.fullmatch(r"(1[0-2]|[1-9])(am|pm)", tokens[i].text, re.I):
        minutes = int(tokens[i].text[:-2]) * 60
        half = tokens[i].text[-2:]
    elif is_half and re.fullmatch(r"1?\d|2[0-3]", tokens[i].text):
        minutes = int(tokens[i].text) * 60
    else:
        return None
    if half.lower().startswith("p") and minutes < 720:
        minutes += 720
    end = i + 2 if after in _HALF_DAY else i + 1
    return _made(text, tokens, i, end, float(minutes), "time"), end


def _amount(text: str, tokens: tuple[Word, ...], i: int) -> tuple[Quantity, int] | None:
    signed = tokens[i].text in CURRENCY_SIGNS and i + 1 < len(tokens)
    first = i + 1 if signed else i
    ordinal = None if signed else _ordinal(text, tokens, i)
    if ordinal:
        return ordinal
    numeral = parse_numeral(tokens, first)
    if numeral is None:
        return None
    high, end = _range_end(tokens, numeral)
    quantity = _made(text, tokens, i, end, numeral.value, "count")
    quantity = replace(quantity, high=high, approximate=numeral.vague)
    if signed:
        return replace(quantity, kind="money", unit=CURRENCY_SIGNS[tokens[i].text]), end
    return _with_unit(text, tokens, replace(numeral, end=end), quantity)


def _range_end(tokens: tuple[Word, ...], numeral: Numeral) -> tuple[float | None, int]:
    """Read on behind a number: "10-15", "3 to 5", "between 3 and 5", "voted 5 to 3"."""
    if numeral.high is not None:
        return numeral.high, numeral.end
    end = numeral.end
    if end + 1 >= len(tokens) or numeral.unit:
        return None, end
    before = tokens[numeral.start - 1].key if numeral.start else ""
    joins = tokens[end].text in _RANGE_SIGNS or (tokens[end].key == "and" and before == "between")
    after = tokens[end + 1]
    skip = end + 2 if after.text in CURRENCY_SIGNS else end + 1
    second = parse_numeral(tokens, skip) if joins and skip < len(tokens) else None
    falls = second is not None and tokens[end].key == "to" and second.value <= numeral.value
    if second is None or second.vague or (falls and not _is_score(tokens, numeral.start)):
        return None, end
    return second.value, second.end


def _is_score(tokens: tuple[Word, ...], i: int) -> bool:
    """Tell whether a score begins at a token: "voted 316 to 90", "by a vote of 316 to 90"."""
    before = [t.key for t in tokens[max(0, i - 2) : i]]
    return before[-1:] != [] and (
        before[-1] in _BEFORE_SCORE
        or (len(before) == 2 and before[0] in _SCORES and before[1] in ("of", "was"))
    )


def _ordinal(text: str, tokens: tuple[Word, ...], i: int) -> tuple[Quantity, int] | None:
    key = tokens[i].key
    match = re.fullmatch(r"(\d+)(?:st|nd|rd|th)", key)
    value = float(match[1]) if match else ORDINALS.get(key)
    if value is None and HYPHEN_ORDINAL.fullmatch(key):
        tens, ones = key.split("-")
        value = TENS[tens] + ORDINALS.get(ones, 0.0)
    after = tokens[i + 1].text if i + 1 < len(tokens) else ""
    if value is None or (i == 0 and after == ","):
        return None
    quantity = _made(text, tokens, i, i + 1, value, "ordinal")
    return replace(quantity, unit=_head(tokens, i + 1, plural=False)), i + 1


def _with_unit(
    text: str, tokens: tuple[Word, ...], numeral: Numeral, quantity: Quantity
) -> tuple[Quantity, int]:
    end = numeral.end
    after = tokens[end].key if end < len(tokens) else ""
    two = (after, tokens[end + 1].key if end + 1 < len(tokens) else "")
    if numeral.unit in CURRENCY_WORDS:
        return replace(quantity, kind="money", unit=CURRENCY_WORDS[numeral.unit]), end
    if numeral.unit:
        return replace(quantity, unit=stem(numeral.unit)), end
    if after in ("%", "percent", "pct", "percentage") or two == ("per", "cent"):
        end += 2 if after in ("per", "percentage") else 1
        quantity = _made(text, tokens, numeral.start, end, numeral.value, "percent", base=quantity)
        return replace(quantity, unit="%"), end
    at = end + 1 if after in ("of", "us") else end
    if at < len(tokens) and tokens[at].key in CURRENCY_WORDS:
        unit = CURRENCY_WORDS[tokens[at].key]
        quantity = _made(text, tokens, numeral.start, at + 1, numeral.value, "money", base=quantity)
        return replace(quantity, unit=unit), at + 1
    if _is_year(tokens, numeral):
        return replace(quantity, kind="year"), end
    return replace(quantity, unit=_head(tokens, end, plural=numeral.value != 1)), end


def _is_year(tokens: tuple[Word, ...], numeral: Numeral) -> bool:
    i = numeral.start
    if numeral.end != i + 1 or not re.fullmatch(r"(1[5-9]|20)\d\d(s)?", tokens[i].text):
        return False
    before = tokens[i - 1] if i else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if before is not None and (before.key in _TEMPORAL or before.key in MONTHS or before.key in WEEKDAYS):
        return True
    return after is None or not after.is_word or after.key in FUNCTION_WORDS


def _head(tokens: tuple[Word, ...], i: int, plural: bool) -> str | None:
    """Find the noun that a number counts: the first plural behind it, else the end of the phrase."""
    while i < len(tokens) and tokens[i].key in _SKIPPED_BEFORE_UNIT:
        i += 1
    phrase: list[Word] = []
    for word in tokens[i : i + 5]:
        if not word.is_word or word.is_possessive or word.key in FUNCTION_WORDS | RELATIVES:
            break
        if word.key in WEEKDAYS or word.text[0].isdigit():
            break
        phrase.append(word)
        if word.key in _MEASURES or (plural and _is_plural(word)):
            return stem(word.text)
    nouns = [w for w in phrase if not re.search(r"(ed|ly|ing)$", w.key)]
    return stem(nouns[0 if not plural else -1].text) if nouns else None


def _is_plural(word: Word) -> bool:
    if word.key in _PLURALS:
        return True
    return word.text[0].islower() and bool(re.search(r"[^su']s$", word.key))


def _made(
    text: str,
    tokens: tuple[Word, ...],
    first: int,
    end: int,
    value: float,
    kind: Kind,
    base: Quantity | None = None,
) -> Quantity:
    start, stop = tokens[first].start, tokens[end - 1].end
    if base is not None:
        return replace(base, kind=kind, start=start, end=stop, text=text[start:stop])
    return Quantity(value, None, None, False, kind, start, stop, text[start:stop])


def _qualified(text: str, tokens: tuple[Word, ...], quantity: Quantity, floor: int) -> Quantity:
    """Widen a quantity over the words in front that make it approximate."""
    before = [w for w in tokens if floor <= w.start and w.end <= quantity.start][-3:]
    keys = tuple(w.key for w in before)
    for phrase, bound in _QUALIFIERS:
        if keys[-len(phrase) :] == phrase and quantity.kind not in ("date", "ordinal", "year"):
            start = before[-len(phrase)].start
            span = text[start : quantity.end]
            return replace(quantity, approximate=True, bound=bound, start=start, text=span)
    return quantity
