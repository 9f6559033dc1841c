"""Counting: whether two sentences give different figures for the same.

Contract: two profiles in. A figure that only one side has is no difference, nor is one that the other side
rounds, gives as a range or converts to another measure. Knows nothing of names and dates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import product

from summarize.disagreement.values import SILENT_MIN, compatible
from summarize.language import Quantity, stem
from summarize.profiles import PERSON_UNITS, Figure, Profile, Token

# What a unit measures, and how much of the first unit of its line it is.
_MEASURES = {
    stem(unit): (line, float(factor))
    for line, measure in enumerate(
        (
            "metre 1 meter 1 m 1 km 1000 kilometre 1000 kilometer 1000 mile 1609 yard 0.9144 foot 0.3048 "
            "feet 0.3048 ft 0.3048 inch 0.0254 cm 0.01 centimetre 0.01 centimeter 0.01 mm 0.001",
            "kilogram 1 kg 1 pound 0.4536 lb 0.4536 ton 1000 tonne 1000 ounce 0.02835",
            "hectare 1 acre 0.4047",
            "litre 1 liter 1 gallon 3.785",
            "kph 1 mph 1.609",
        )
    )
    for unit, factor in zip(measure.split()[::2], measure.split()[1::2], strict=True)
}
CONVERTED = 0.08  # how far a converted figure may be from the given one, both being rounded
_CURRENCIES = frozenset("$ € £ ¥ ₹ ₽ ₺ yuan franc peso".split())
_TIMES = frozenset(stem(w) for w in "year month week day hour minute second times term".split())


def figures_differ(a: Profile, b: Profile) -> bool:
    """Tell whether each side has a figure that the other one lacks, and they count the same.

    They do if their unit is one, or if the same words stand near them: "fifty planes of the fleet", "sixty
    aircraft of the fleet". Where as many figures of a unit stand on each side, one that is lacking is enough.
    """
    mine, theirs = _lacking(a, b), _lacking(b, a)
    return any(_count_the_same(x, y) for x in mine for y in theirs) or any(
        _as_many(f, a, b) for f in (*mine, *theirs)
    )


def _lacking(own: Profile, other: Profile) -> list[Figure]:
    return [f for f in own.figures if not any(may_be_one(f.number, g.number) for g in _like(f, other))]


def _like(figure: Figure, other: Profile) -> list[Figure]:
    """Return the figures of the other side that may count the same: those of its unit if it has any."""
    kind = [g for g in other.figures if g.number.kind == figure.number.kind]
    unit = unit_of(figure.number)
    return [g for g in kind if unit and unit_of(g.number) == unit] or [
        g for g in kind if (unit in _TIMES) == (unit_of(g.number) in _TIMES) or None in (unit, g.number.unit)
    ]


def _count_the_same(x: Figure, y: Figure) -> bool:
    if x.number.kind != y.number.kind:
        return False
    mine, theirs = unit_of(x.number), unit_of(y.number)
    if mine == theirs and mine:
        return True
    if mine in _MEASURES and theirs in _MEASURES:
        return _MEASURES[mine][0] == _MEASURES[theirs][0]
    if (mine in _CURRENCIES and theirs in _CURRENCIES) or {mine, theirs} & _TIMES:
        return False  # rates change; "two years later" is no age
    return bool(x.near & y.near)


def _as_many(figure: Figure, a: Profile, b: Profile) -> bool:
    """Tell whether both sides have as many figures of the kind and unit of a figure, and more than one."""
    counts = [
        sum((f.number.kind, f.number.unit) == (figure.number.kind, figure.number.unit) for f in own.figures)
        for own in (a, b)
    ]
    return counts[0] == counts[1] > 1


def other_number(mine: Sequence[Token], theirs: Sequence[Token], a: Profile, b: Profile) -> bool:
    """Tell whether two numbers of one unit stand against each other that the other side lacks."""
    here, there = numbers(mine), numbers(theirs)
    if not here or not there:
        return False
    alone = told_by_one(mine, a, b), told_by_one(theirs, a, b)
    return any(
        (x.kind, x.unit) == (y.kind, y.unit) and not may_be_one(x, y) for x, y in product(*alone)
    ) and not any(may_be_one(x, y) for x, y in product(here, there))


def told_by_one(tokens: Sequence[Token], a: Profile, b: Profile) -> list[Quantity]:
    """Return the numbers of some tokens that one of two sentences alone has."""
    both = set(map(_ends, numbers(a.tokens))) & set(map(_ends, numbers(b.tokens)))
    return [q for q in numbers(tokens) if _ends(q) not in both]


def numbers(tokens: Sequence[Token]) -> list[Quantity]:
    """Return the numbers that some tokens belong to."""
    return [t.number for t in tokens if t.number is not None]


def may_be_one(a: Quantity, b: Quantity) -> bool:
    """Tell whether two figures may be one, written with more digits here than there, or converted."""
    if a.high is not None and b.high is not None:
        return {a.value, a.high} == {b.value, b.high}  # "237-186", "186 to 237"
    if _is_end_of(a, b) or _is_end_of(b, a):
        return True
    if a.bound == b.bound == "above" and a.value != b.value and max(a.value, b.value) < SILENT_MIN:
        return False  # "at least 17" was right when it was told, and is not what "at least 19" says
    if compatible(a, b) or _are_converted(a, b):
        return True
    exact, coarse = sorted((a, b), key=_decimals, reverse=True)
    digits = _decimals(coarse)
    return 0 < digits < _decimals(exact) and round(exact.value, digits) == coarse.value


def _is_end_of(figure: Quantity, score: Quantity) -> bool:
    """Tell whether a figure is an end of a score: the 90 of "316-90"; no range falls."""
    is_score = score.high is not None and score.high < score.value
    return is_score and figure.high is None and figure.value in (score.value, score.high)


def _are_converted(a: Quantity, b: Quantity) -> bool:
    mine, theirs = _MEASURES.get(a.unit or ""), _MEASURES.get(b.unit or "")
    if mine is None or theirs is None or mine[0] != theirs[0] or a.unit == b.unit:
        return False
    x, y = a.value * mine[1], b.value * theirs[1]
    return abs(x - y) <= CONVERTED * max(x, y)


def _ends(figure: Quantity) -> tuple[float, float | None]:
    return figure.value, figure.high


def _decimals(figure: Quantity) -> int:
    return len(f"{figure.value:g}".partition(".")[2])


def unit_of(figure: Quantity) -> str | None:
    """Return what a figure counts; all people are one unit."""
    return "person" if figure.unit in PERSON_UNITS else figure.unit


def by_unit(counts: tuple[Quantity, ...]) -> dict[str, list[Quantity]]:
    """Sort figures by what they count; all people are one unit."""
    found: dict[str, list[Quantity]] = defaultdict(list)
    for q in counts:
        if unit := unit_of(q):
            found[unit].append(q)
    return found
