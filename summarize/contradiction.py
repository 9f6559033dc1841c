"""Contradictions: why two sentences can't state the same thing, however alike they are.

Contract: two profiles in, the name of the first contradiction out, or None. What only one side tells is
none: it must be said of the same thing, and otherwise. Two ways to see that: by sets (the same unit
counted, no value in common) and by place, where an alignment of the words leaves a name or a number
standing against another one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

from summarize.disagreement.values import compatible
from summarize.language import Quantity, stem
from summarize.language.calendar import MONTHS, WEEKDAYS
from summarize.language.speech import NEGATIONS
from summarize.naming import alike, exchanged, names_differ
from summarize.profiles import PERSON_UNITS, Figure, Profile, Token

_DAYS = frozenset(stem(w) for w in WEEKDAYS)
_MONTHS = frozenset(stem(w) for w in MONTHS)
_NOT = frozenset(stem(w) for w in NEGATIONS)
_TITLES = frozenset(
    stem(w) for w in "president speaker minister secretary general justice attorney chief state prime".split()
)
# What says "not" by its meaning: against a negation it is no contradiction.
_NEGATIVE = frozenset(
    stem(w)
    for w in """refuse decline fail lack avoid lose end remove prevent stop block halt unable unlike unless
    impossible unlikely absent refusal failure rule barely hardly rarely seldom""".split()
)
_MEASURES = frozenset(
    stem(w)
    for w in """km kilometre kilometer mile m metre meter yard foot feet ft inch cm mm hectare acre kg
    kilogram pound lb ton tonne ounce litre liter gallon mph kph degree celsius fahrenheit $ £ € ¥""".split()
)
_TIMES = frozenset(stem(w) for w in "year month week day hour minute second times term".split())
Slot = tuple[tuple[Token, ...], tuple[Token, ...]]


def conflict(a: Profile, b: Profile) -> str | None:
    """Name what two sentences can't both mean if they were one fact, or None."""
    if _negation_differs(a, b):
        return "negation"
    for name in ("dates", "years", "days"):
        mine, theirs = getattr(a, name), getattr(b, name)
        if mine - theirs and theirs - mine:
            return name
    if _figures_differ(a, b):
        return "numbers"
    places = list(slots(a, b))
    for mine, theirs in places:
        if _other_number(mine, theirs, a, b):
            return "numbers"
        if exchanged(mine, theirs, a, b):
            return "names"
        if _other_day(mine, theirs, a, b):
            return "days"
    both = [p for p in places if all(p)]
    only = places if len(places) == 1 else both if len(both) == 1 else []
    if only and (reason := _only_exchange(*only[0])):
        return reason
    return "names" if names_differ(a, b) else None


def slots(a: Profile, b: Profile) -> Iterator[Slot]:
    """Yield the places where different words stand between the same ones; either side may be empty."""
    matcher = SequenceMatcher(None, [t.stem for t in a.tokens], [t.stem for t in b.tokens], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            yield a.tokens[i:j], b.tokens[k:m]


def _negation_differs(a: Profile, b: Profile) -> bool:
    """Tell whether one side negates or denies what the other one says, unless that has a word for it."""
    if a.denies != b.denies:
        return not (a.content ^ b.content) & _NEGATIVE
    return _negates_more(a, b) or _negates_more(b, a)


def _negates_more(own: Profile, other: Profile) -> bool:
    """Tell whether one side has a negation more, of what the other one says without a word for "not"."""
    if own.n_negations <= other.n_negations or (other.content - own.content) & _NEGATIVE:
        return False
    only = own.negated - other.negated
    return bool(only & other.content) and not only & _NEGATIVE - other.content


def _other_number(mine: tuple[Token, ...], theirs: tuple[Token, ...], a: Profile, b: Profile) -> bool:
    """Tell whether two numbers of one unit stand against each other that the other side lacks."""
    here, there = _numbers(mine), _numbers(theirs)
    known = set(map(_ends, _numbers(a.tokens))) & set(map(_ends, _numbers(b.tokens)))
    return any(
        (x.kind, x.unit) == (y.kind, y.unit) and not may_be_one(x, y)
        for x in here
        for y in there
        if _ends(x) not in known and _ends(y) not in known
    ) and not any(may_be_one(x, y) for x in here for y in there)


def _other_day(mine: tuple[Token, ...], theirs: tuple[Token, ...], a: Profile, b: Profile) -> bool:
    """Tell whether a weekday or month stands against another one that the other side lacks."""
    all_a, all_b = {t.stem for t in a.tokens}, {t.stem for t in b.tokens}
    for known in (_DAYS, _MONTHS):
        here = {t.stem[:3] for t in mine if t.stem in known and t.is_capital}
        there = {t.stem[:3] for t in theirs if t.stem in known and t.is_capital}
        if here and there and not here & {s[:3] for s in all_b} and not there & {s[:3] for s in all_a}:
            return True
    return False


def _only_exchange(mine: tuple[Token, ...], theirs: tuple[Token, ...]) -> str | None:
    """Name what is exchanged where all else is the same: capitals for capitals, a number, a title put in."""
    if any(t.stem in _NOT for t in mine) != any(t.stem in _NOT for t in theirs):
        return None if any(t.stem in _NEGATIVE for t in (*mine, *theirs)) else "negation"
    if not mine or not theirs:
        added = mine or theirs
        return (
            "titles"
            if all(t.stem in _TITLES and t.is_capital for t in added if t.is_content)
            and any(t.is_content for t in added)
            else None
        )
    here, there = ([t for t in side if t.is_content] for side in (mine, theirs))
    if not here or not there:
        return None
    if all(t.is_capital for t in (*here, *there)):
        return None if any(alike(x.stem, y.stem) for x in here for y in there) else "names"
    pairs = [(x, y) for x in _numbers(mine) for y in _numbers(theirs)]
    in_one_unit = all(x.unit == y.unit or None in (x.unit, y.unit) for x, y in pairs)  # 52 km are 32 miles
    return "numbers" if pairs and in_one_unit and not any(may_be_one(x, y) for x, y in pairs) else None


def _numbers(tokens: tuple[Token, ...]) -> list[Quantity]:
    return [t.number for t in tokens if t.number is not None]


def may_be_one(a: Quantity, b: Quantity) -> bool:
    """Tell whether two figures may be one, written with more digits here than there."""
    if a.high is not None and b.high is not None:
        return {a.value, a.high} == {b.value, b.high}  # "237-186", "186 to 237"
    if compatible(a, b) or a.text.split("-")[0] == b.text.split("-")[0]:  # "$70-million"
        return True
    exact, coarse = sorted((a, b), key=_decimals, reverse=True)
    digits = _decimals(coarse)
    return 0 < digits < _decimals(exact) and round(exact.value, digits) == coarse.value


def _ends(figure: Quantity) -> tuple[float, float | None]:
    return figure.value, figure.high


def _decimals(figure: Quantity) -> int:
    return len(f"{figure.value:g}".partition(".")[2])


def _figures_differ(a: Profile, b: Profile) -> bool:
    """Tell whether each side has a figure that the other one lacks, and they count the same.

    They do if their unit is one, or if each is a noun that the other side lacks, with the same words near:
    "fifty planes of the fleet", "sixty aircraft of the fleet".
    """
    mine, theirs = _lacking(a, b), _lacking(b, a)
    return any(_count_the_same(x, y) for x in mine for y in theirs)


def _lacking(own: Profile, other: Profile) -> list[Figure]:
    return [f for f in own.figures if not any(may_be_one(f.number, g.number) for g in other.figures)]


def _count_the_same(x: Figure, y: Figure) -> bool:
    if x.number.kind != y.number.kind:
        return False
    mine, theirs = _unit(x.number), _unit(y.number)
    if mine == theirs:
        return True
    if (mine in _MEASURES and theirs in _MEASURES) or {mine, theirs} & _TIMES:
        return False  # 52 km are 32 miles; "two years later" is no age
    return bool(x.near & y.near)


def _unit(figure: Quantity) -> str | None:
    return "person" if figure.unit in PERSON_UNITS else figure.unit


def by_unit(counts: tuple[Quantity, ...]) -> dict[str, list[Quantity]]:
    """Sort figures by what they count; all people are one unit."""
    found: dict[str, list[Quantity]] = defaultdict(list)
    for q in counts:
        if q.unit:
            found["person" if q.unit in PERSON_UNITS else q.unit].append(q)
    return found
