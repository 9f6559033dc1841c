"""Weekdays and months as they are named in a text. Knows nothing of what date they mean."""

from __future__ import annotations

import re

from summarize.language.tokens import Word, word_set, words

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
# Patterns of a month and a weekday.
MONTH = "|".join(sorted((name.capitalize() for name in MONTHS), key=len, reverse=True))
DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tue tues",
            "wednesday wed",
            "thursday thu thur thurs",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
_FULL_WEEKDAYS = frozenset(name for name in WEEKDAYS if name.endswith("day"))
_BEFORE_A_MONTH = word_set(
    """in of since until till by from to during last next this early late mid on for before after between
    and through every"""
)
_AMBIGUOUS = word_set("may march mar august jan jun dec sep")


def is_month(tokens: tuple[Word, ...], i: int) -> bool:
    """Tell whether a word names a month ("May" and "March" need a sign that they do)."""
    word = tokens[i]
    if word.key not in MONTHS or not word.text[0].isupper():
        return False
    if word.key not in _AMBIGUOUS:
        return True
    after = i + 2 if i + 1 < len(tokens) and tokens[i + 1].text == "." else i + 1
    nearby = tokens[after : after + 1]
    if nearby and re.fullmatch(r"\d{1,2}(st|nd|rd|th)?|\d{4}", nearby[0].text):
        return True
    before = tokens[i - 1] if i else None
    return before is not None and (before.key in _BEFORE_A_MONTH or before.text[0].isdigit())


def weekdays(text: str) -> tuple[Word, ...]:
    """Return the weekdays that a text names."""
    return tuple(w for w in words(text) if w.text[0].isupper() and w.key.rstrip("s") in _FULL_WEEKDAYS)


def months(text: str) -> tuple[Word, ...]:
    """Return the months that a text names."""
    tokens = words(text)
    return tuple(w for i, w in enumerate(tokens) if is_month(tokens, i))
