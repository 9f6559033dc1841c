"""Compare two sentences' figures: the same thing, and if so, do they contradict?

Figures are aligned first (same class of unit, what happened, words around), one to one, equal values
first, so that what two sentences agree on is taken off before what is left is set against each other.
Each aligned pair is then judged in the order in which a reader would excuse a difference: it is a
rounding; it counts something else (scope); it is newer (revision); only what nothing excuses is a conflict.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations

from summarize.disagreement import periods
from summarize.disagreement.figures import Figure, Statement, figures, is_generic
from summarize.disagreement.values import SILENT_MIN, compatible, equal, figure_value
from summarize.language import content_stems
from summarize.profiles import TIME_WORDS
from summarize.types import Kind

MIN_NEAR = 0.3  # share of the words around two figures that are equal, if nothing else aligns them
MIN_PERCENT = 0.5  # the same of two shares
MIN_SHARED = 0.25  # the same of the whole sentences
PART_OFF = 0.01  # share by which the parts may miss the whole
# Verbs and turns that announce a newer figure, right in front of it or around it.
_NEWER = re.compile(
    r"\b(?:risen|rose|rises|rising|climbed|climbs|climbing|grown|grew|jumped|increased|soared|swelled"
    r"|surged|"
    r"fallen|fell|dropped|lowered|raised|revised|updated|upped|cut|corrected|brings?|bringing|brought"
    r"|mounted|"
    r"pushed|pushing)\b[^.;]{0,45}?\b(?:to|at)\W+(?:(?:a|the|at|least|new|record|total|of|about|more"
    r"|than|nearly|some|over|"
    r"almost|around|just|an|estimated)\W+)*$|\b(?:now|updated|revised|new(?:er)?|latest|corrected"
    r"|has reached|have "
    r"reached|had reached|reached|surpassed|topped)\b[^.;]{0,30}$",
    re.IGNORECASE,
)
_NEWER_AFTER = re.compile(
    r"^[^.;]{0,40}?\b(?:, compared (?:with|to) an? earlier|"
    r"now|, updating|, revising|, correcting|, a day after|after (?:more|another|\w+ more))\b"
    r"|^[^.;]{0,60}\bupdated (?:figure|count|tally)",
    re.IGNORECASE,
)
_RENEWED = re.compile(
    r"\b(?:updated|revised|latest|corrected|amended|final|up-to-date)\s+(?:\w+\s+)?(?:counts?|figures?"
    r"|tally|tolls?|numbers?|"
    r"totals?|estimates?|statistics|data)\b|\b(?:figure|number|toll|count|tally|total"
    r"|estimate)s?\b[^.;,]{0,25}"
    r"\b(?:raised|revised|updated|corrected|lowered|adjusted)\b|\b(?:raised|revised|updated|corrected"
    r"|lowered|adjusted)\b"
    r"[^.;,]{0,20}\b(?:figure|number|toll|count|tally|total|estimate)s?\b",
    re.IGNORECASE,
)
_OLDER = re.compile(
    r"\b(?:initially|originally|at first|earlier (?:reports?|figures?|counts?|estimates?|toll)"
    r"|previously|up from|down from|first reported|"
    r"preliminary|initial(?:ly)?)\b[^.;]{0,50}$",
    re.IGNORECASE,
)
_MEASURES = content_stems(
    "year month week day hour minute second mile foot pound degree kilometre meter point time"
)
_POLLED = content_stems(
    "Americans voters respondents adults Democrats Republicans independents poll survey surveyed"
)
_SUMS = ("%", "$", "€", "£")
_TALLY_STAGES = frozenset(("dead", "hurt", "missing", "held", "displaced", "sick", "safe"))
LEVEL_DAYS = 2  # days after which another percentage or price is news rather than a contradiction


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two aligned figures that are not the same, and why; ``a`` belongs to the first statement.

    ``later`` says for a revision which of the two is the newer figure.
    """

    kind: Kind
    a: Figure
    b: Figure
    reason: str
    later: int | None = None  # 0: a, 1: b


def compare(a: Statement, b: Statement) -> tuple[Comparison, ...]:
    """Return the pairs of figures in which two statements differ about the same thing.

    Nothing is returned for figures that are equal, or that are not about the same thing. Swapping the
    statements gives the same labels.
    """
    found: list[Comparison | None] = []
    for former in (False, True):  # what is said to have been said before is set against its like only
        mine = tuple(f for f in figures(a) if f.former == former)
        theirs = tuple(f for f in figures(b) if f.former == former)
        found += [_judged(x, y, a, b) for x, y in _align(mine, theirs, a.text, b.text)]
    return tuple(c for c in found if c is not None)


def _align(
    mine: tuple[Figure, ...], theirs: tuple[Figure, ...], a: str, b: str
) -> list[tuple[Figure, Figure]]:
    """Pair figures one to one: equal ones first, then by how much of their surroundings they share."""
    shared = _overlap(_event(a), _event(b))
    scored = []
    for i, x in enumerate(mine):
        for j, y in enumerate(theirs):
            score = _likeness(x, y, shared)
            if score is not None:
                scored.append((-_closeness(x, y), -score, i, j))
    pairs = []
    left_i, left_j = set(range(len(mine))), set(range(len(theirs)))
    for *_, i, j in sorted(scored, key=lambda s: (*s[:2], s[2] + s[3], _values(mine[s[2]], theirs[s[3]]))):
        if i in left_i and j in left_j:
            left_i.remove(i)
            left_j.remove(j)
            pairs.append((mine[i], theirs[j]))
    return pairs


def _values(x: Figure, y: Figure) -> tuple[float, ...]:
    """Order pairs that tie, whichever statement comes first."""
    return tuple(sorted((x.quantity.value, y.quantity.value)))


def _closeness(x: Figure, y: Figure) -> int:
    if equal(x.quantity, y.quantity):
        return 2
    return int(compatible(x.quantity, y.quantity))


def _likeness(x: Figure, y: Figure, shared: float) -> float | None:
    """Rate how surely two figures count the same thing; None if they don't."""
    if not _same_kind(x, y):
        return None
    near = _overlap(x.near, y.near)
    same_stage = x.stage is not None and x.stage == y.stage
    score = near + 0.5 * same_stage + 0.5 * (x.kind == y.kind) + 0.5 * shared
    if x.subset != y.subset:
        score -= 0.3
    enough = near >= MIN_NEAR or (same_stage and (near > 0 or shared > 0)) or shared >= MIN_SHARED
    if x.kind in (*_SUMS, "") and not same_stage:
        n_shared = len(x.near & y.near)
        enough = (n_shared >= 2 and near >= MIN_NEAR) or (n_shared >= 1 and shared >= 2 * MIN_SHARED)
        if x.kind == "%":  # one survey has many shares
            enough = enough and near >= MIN_PERCENT and shared >= MIN_SHARED
        # "$55 billion in revenue" is no fine of $5 billion
        enough = enough and _of_what(x) <= y.near | _of_what(y) and _of_what(y) <= x.near | _of_what(x)
    if (x.stage is None) != (y.stage is None) and x.kind in ("person", "soldier"):
        units = {x.quantity.unit, y.quantity.unit}
        enough = _overlap(x.near - units, y.near - units) >= MIN_NEAR  # that both are soldiers is not enough
    if x.stage and y.stage and not same_stage:
        enough = near >= MIN_NEAR and shared >= MIN_SHARED
    return score if enough else None


def _of_what(figure: Figure) -> frozenset[str]:
    """Return the stems of what a sum or a share is said to be of, in its own label."""
    said = figure.label.replace(" ".join(figure.quantity.text.split()), " ")
    return frozenset(s for s in content_stems(said) - TIME_WORDS if not s[0].isdigit())


def says_what(found: Comparison) -> bool:
    """Tell whether a reader of the two labels learns what is counted: "32 %; 41 %" tells nobody."""
    known = (_of_what(f) - _MEASURES - {f.quantity.unit} for f in (found.a, found.b))
    bare = {found.a.kind, found.b.kind} & ({*_SUMS, ""} | _MEASURES)
    return not bare or any(known)


def is_polled(found: Comparison) -> bool:
    """Tell whether shares of people who were asked differ: each poll asks others, and something else."""
    return any(f.kind == "%" and _POLLED & (_event(f.label) | f.near) for f in (found.a, found.b))


def is_recount(found: Comparison, a: Statement, b: Statement) -> bool:
    """Tell whether a newer figure replaces the older one, rather than "is down from" it."""
    grows = found.reason == "later report" or found.a.stage in _TALLY_STAGES
    return grows or any(_RENEWED.search(s.text) for s in (a, b))


def _same_kind(x: Figure, y: Figure) -> bool:
    """Tell whether two figures count what can be set against each other; soldiers are no civilians."""
    people = {"person", "soldier"}
    if {x.kind, y.kind} <= people:
        same_sort = x.quantity.unit == y.quantity.unit or x.kind == y.kind == "soldier"
        return same_sort or is_generic(x) or is_generic(y) or x.subset != y.subset
    if x.kind == y.kind:
        return True
    return x.stage is not None and x.stage == y.stage and {x.kind, y.kind} <= people | {""}


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    smaller = min(len(a), len(b))
    return len(a & b) / smaller if smaller else 0.0


def _event(text: str) -> frozenset[str]:
    return frozenset(s for s in content_stems(text) - TIME_WORDS if not s[0].isdigit())


def _judged(x: Figure, y: Figure, a: Statement, b: Statement) -> Comparison | None:
    p, q = x.quantity, y.quantity
    same = figure_value(p) == figure_value(q) and p.high == q.high
    what = _other_thing(x, y)
    if equal(p, q) or (same and what not in (None, "subset")):
        return None
    if compatible(p, q) and what in (None, "subset"):
        later = (
            _outdated(x, y, a, b)
            if p.bound == q.bound == "above" and max(p.value, q.value) < SILENT_MIN
            else None
        )
        if later is not None and what is None:  # "at least 17" one day, "at least 19" the next
            return Comparison("revision", x, y, "later report", later)
        return Comparison("rounding", x, y, "rounding")
    if what:
        return Comparison("scope", x, y, what)
    if _is_part(x, y, a) or _is_part(y, x, b):
        return Comparison("scope", x, y, "part")
    if periods.years_differ(x.periods, y.periods):
        return Comparison("scope", x, y, "period")
    later = _announced(x, y, a, b)
    if later is not None:
        return Comparison("revision", x, y, "newer figure", later)
    if periods.differ(x.periods, y.periods):
        return Comparison("scope", x, y, "period")
    later = _outdated(x, y, a, b)
    if later is not None:
        return Comparison("revision", x, y, "later report", later)
    return Comparison("conflict", x, y, "values")


def _other_thing(x: Figure, y: Figure) -> str | None:
    """Say what else one figure counts than the other, time aside."""
    if x.stage and y.stage and x.stage != y.stage:
        return "stage"
    if x.more != y.more:
        return "increment"
    if x.parties and y.parties and not x.parties & y.parties:
        return "party"
    if x.subset != y.subset or _other_sort(x, y):
        return "subset"
    if x.levels != y.levels and (x.levels or x.places) and (y.levels or y.places):
        return "place"
    if x.places and y.places and not x.places & y.places:
        return "place"
    return None


def _is_part(figure: Figure, whole: Figure, statement: Statement) -> bool:
    """Tell whether a figure and others of its sentence add up to another one.

    "2.5 million doses to Mexico and 1.5 million to Canada" are the 4 million of who tells of both.
    """
    value, total = figure_value(figure.quantity), figure_value(whole.quantity)
    others = [
        figure_value(f.quantity)
        for f in figures(statement)
        if f.quantity.start != figure.quantity.start
        and f.stage == figure.stage
        and f.kind in (figure.kind, "")
        and not f.former
    ]
    sums = (value + sum(own) for n in (1, 2) for own in combinations(others, n))
    return any(abs(s - total) <= PART_OFF * total for s in sums)


def _other_sort(x: Figure, y: Figure) -> bool:
    """Tell whether one counts a sort of people ("children") where the other counts another or all."""
    if not {x.kind, y.kind} <= {"person", "soldier"} or x.quantity.unit == y.quantity.unit:
        return False
    if x.kind == y.kind == "soldier":
        return False
    return not (is_generic(x) and is_generic(y))


def _announced(x: Figure, y: Figure, a: Statement, b: Statement) -> int | None:
    """Return which figure says of itself, or is said by the other, to be the newer one."""
    if _replaces(b, x) != _replaces(a, y):
        return int(_replaces(b, x))
    first, second = _is_newer(x, a.text) - _is_older(x, a.text), _is_newer(y, b.text) - _is_older(y, b.text)
    if first != second:
        return 0 if first > second else 1
    if x.as_of != y.as_of and (x.stage in _TALLY_STAGES or (x.as_of and y.as_of)):
        later = _by_date(a, b)
        return later if later is not None else int(figure_value(y.quantity) > figure_value(x.quantity))
    return None


def _replaces(statement: Statement, figure: Figure) -> bool:
    """Tell whether a statement gives a figure as what was said before."""
    return any(f.former and compatible(f.quantity, figure.quantity) for f in figures(statement))


def _is_newer(figure: Figure, text: str) -> bool:
    before, after = text[: figure.quantity.start], text[figure.quantity.end :]
    return bool(_NEWER.search(before) or _NEWER_AFTER.search(after) or _RENEWED.search(text))


def _is_older(figure: Figure, text: str) -> bool:
    return bool(_OLDER.search(text[: figure.quantity.start]))


def _by_date(a: Statement, b: Statement) -> int | None:
    if a.published is None or b.published is None or a.published == b.published:
        return None
    return int(b.published > a.published)


def _outdated(x: Figure, y: Figure, a: Statement, b: Statement) -> int | None:
    """Return which statement replaces the other by the days on which they were published, or None.

    Tolls and counts grow from day to day, so that the later and higher one is the newer; percentages and
    prices move either way, but not within a day.
    """
    later = _by_date(a, b)
    if later is None or a.published is None or b.published is None:
        return None
    newer, older = (y, x) if later else (x, y)
    if newer.stage in _TALLY_STAGES or newer.kind not in _SUMS:
        return later if figure_value(newer.quantity) > figure_value(older.quantity) else None
    return later if abs((a.published - b.published).days) >= LEVEL_DAYS else None
