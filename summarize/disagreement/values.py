"""Arithmetic of reported figures: which true values a figure leaves open, and which two can both hold.

News rounds in three ways: by a qualifier ("nearly", "more than"), by a vague noun ("dozens", "hundreds of
thousands") and silently, by writing fewer digits. Knows nothing of what is counted.
"""

from __future__ import annotations

import math
import re

from summarize.language import Quantity

QUALIFIED = 0.12  # share of the value that "about" and its like leave open
OPEN = 0.25  # how far "more than", "at least" and "up to" are taken to reach; further would be odd wording
SILENT = 0.05  # share of the value that a rounded figure without a qualifier leaves open
SILENT_SUM = 0.12  # the same of sums: $2.2 trillion is "$2 trillion"
SILENT_MIN = 100  # below it, people count: 28 and 30 dead are two tolls
PERCENT_STEP = 0.5  # points; "5 %" for 5.4 %
_ONE_DIGIT = re.compile(r"\D*\d (?:mill|bill|trill)ion")
VAGUE_REACH = 10.0  # "hundreds" ends where "thousands" begins


def figure_value(quantity: Quantity) -> float:
    """Return the value, a share of one ("half", "a third") as a percentage."""
    return quantity.value * 100 if is_share(quantity) else quantity.value


def is_share(quantity: Quantity) -> bool:
    """Tell whether a count is a part of one whole: "half", "a third", "two-thirds"."""
    return quantity.kind == "count" and 0 < quantity.value < 1


def equal(a: Quantity, b: Quantity) -> bool:
    """Tell whether two figures are the same, qualifier included."""
    same_end = (a.high or a.value) == (b.high or b.value)
    same_lean = (a.approximate, a.bound) == (b.approximate, b.bound)
    return figure_value(a) == figure_value(b) and same_end and same_lean


def compatible(a: Quantity, b: Quantity) -> bool:
    """Tell whether one figure can be a rounding of the other, or of what the other rounds."""
    if figure_value(a) == figure_value(b) and a.high == b.high:
        return True
    if is_rough(a) or is_rough(b):
        return _reaches(a, b) or _reaches(b, a)
    return _rounds_silently(a, b) or _rounds_silently(b, a)


def _reaches(rough: Quantity, other: Quantity) -> bool:
    """Tell whether what one figure leaves open holds the other one, or one end of it."""
    low, high = interval(rough)
    start, end = interval(other)
    if other.high is None and not _is_vague(other):
        start = end = figure_value(other)
    return low <= end and start <= high


def _is_vague(quantity: Quantity) -> bool:
    """Tell a vague noun, "dozens", "hundreds of thousands", from a number with a qualifier."""
    return quantity.approximate and not quantity.bound and quantity.high is None


def is_rough(quantity: Quantity) -> bool:
    """Tell whether a figure says of itself that it is not exact."""
    return quantity.approximate or quantity.high is not None or is_share(quantity)


def interval(quantity: Quantity) -> tuple[float, float]:
    """Return the true values that the wording of a figure leaves open."""
    value = figure_value(quantity)
    if quantity.high is not None:
        return value, quantity.high
    if _is_vague(quantity):
        return value, value * VAGUE_REACH
    if quantity.bound == "above":
        return value, value * (1 + OPEN)
    if quantity.bound == "below":
        return value * (1 - OPEN), value
    if quantity.bound == "about" or is_share(quantity):
        return value * (1 - QUALIFIED), value * (1 + QUALIFIED)
    return value, value


def _rounds_silently(exact: Quantity, coarse: Quantity) -> bool:
    """Tell whether ``coarse`` has fewer digits and is what ``exact`` becomes with so many."""
    value, rounded = exact.value, coarse.value
    digits, finer = _significant(rounded), _significant(value)
    if not value or not rounded or digits >= finer or digits > 3:
        return False
    if coarse.kind == "percent":
        return rounded == int(rounded) and value != int(value) and abs(value - rounded) <= PERCENT_STEP
    is_small = rounded < SILENT_MIN and value == int(value)
    if coarse.kind == "money" and finer == digits + 1 and _ONE_DIGIT.match(coarse.text):
        same = f"{value:.{digits - 1}e}" == f"{rounded:.{digits - 1}e}"
        return same and abs(value - rounded) <= SILENT_SUM * rounded
    return not is_small and abs(value - rounded) <= SILENT * rounded


def _significant(value: float) -> int:
    """Count the digits of a value up to its last one that is not zero."""
    if not value:
        return 1
    return len(f"{value:.10g}".replace(".", "").strip("0")) if math.isfinite(value) else 1
