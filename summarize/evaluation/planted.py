"""Planted errors: how many the checker catches, and how often it refuses what is true.

Each claim is made from one sentence of unseen news and judged against that sentence and another one of
the same article, as the claims of a brief are.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from summarize.evaluation.bench import Bench
from summarize.evaluation.material import ARTICLES, Material, materials
from summarize.evaluation.planting import (
    Planter,
    added_did_not,
    added_negation,
    changed_day,
    changed_magnitude,
    changed_month,
    changed_number,
    changed_spelled_number,
    changed_weekday,
    changed_year,
    dropped_negation,
)
from summarize.evaluation.planting_people import (
    lost_speaker,
    moved_title,
    swapped_crowd,
    swapped_person,
    swapped_place,
    swapped_speaker,
)
from summarize.evaluation.report import Figure, Result, Target, share
from summarize.evaluation.truths import CHANGES, Change
from summarize.types import Checker

PER_KIND = 200  # planted errors; of true claims there are five times as many
TRUE = "true"
UNTOUCHED = "true, verbatim"
# Planters of a kind take turns, so that the rarer ones get their share.
PLANTERS: dict[str, tuple[Planter, ...]] = {
    "number": (changed_number, changed_spelled_number, changed_magnitude),
    "name": (swapped_person, swapped_place, moved_title),
    "negation": (added_negation, added_did_not, dropped_negation),
    "speaker": (swapped_speaker, lost_speaker, swapped_crowd),
    "date": (changed_weekday, changed_month, changed_day, changed_year),
}
_TARGETS = {"number": 95.0, "name": 95.0}
_MAX_SHARE = 2  # a planter gets at most this many times its even share of a kind


@dataclass(frozen=True, slots=True)
class Planted:
    """A claim, its kind and how it was made, and its evidence."""

    kind: str
    how: str
    claim: str
    evidence: tuple[str, ...]


def measure(bench: Bench) -> tuple[Result, ...]:
    """Plant, check and count."""
    per_kind = bench.limit or PER_KIND
    pool = materials(bench)
    errors = plant(pool, per_kind, random.Random(bench.seed))
    truths = true_claims(pool, len(PLANTERS) * per_kind // 2, random.Random(bench.seed))
    checker, floor = bench.models().checker, bench.config.check.min_support
    claims = errors + truths
    caught = {c for n, c in enumerate(claims) if _checked(c, checker, floor, bench, n, len(claims))}
    settings = bench.settings(
        "planted", ARTICLES, PER_KIND, checker=checker.signature, min_support=str(floor)
    )
    return (Result("Planted errors", settings, _figures(errors, truths, caught), _cases(claims, caught)),)


def is_caught(planted: Planted, checker: Checker, min_support: float) -> bool:
    """Tell whether a brief would not print the claim."""
    verdict = checker.check(planted.claim, planted.evidence)
    return not verdict.ok or verdict.support < min_support


def plant(pool: Iterable[Material], per_kind: int, rng: random.Random) -> list[Planted]:
    """Plant errors until there are enough of each kind; one sentence gets one error at most."""
    found: dict[str, list[Planted]] = {kind: [] for kind in PLANTERS}
    used: Counter[Planter] = Counter()
    for material in pool:
        wanted = [k for k, planted in found.items() if len(planted) < per_kind]
        if not wanted:
            break
        rng.shuffle(wanted)
        made = next((p for k in wanted if (p := _planted(material, k, per_kind, used, rng))), None)
        if made:
            found[made.kind].append(made)
    return [p for kind in found.values() for p in kind]


def _planted(
    material: Material, kind: str, per_kind: int, used: Counter[Planter], rng: random.Random
) -> Planted | None:
    planters = PLANTERS[kind]
    most = _MAX_SHARE * per_kind / len(planters)
    for planter in sorted(planters, key=lambda p: used[p]):
        claim = planter(material, rng) if used[planter] < most else None
        if claim and claim not in material.evidence:
            used[planter] += 1
            return Planted(kind, planter.__name__, claim, _shuffled(material, rng))
    return None


def true_claims(pool: Iterable[Material], n_each: int, rng: random.Random) -> list[Planted]:
    """Return as many sentences that were changed harmlessly as sentences that were not touched."""
    untouched: list[Planted] = []
    changed: list[Planted] = []
    used: Counter[Change] = Counter()
    for material in pool:
        if len(untouched) >= n_each and len(changed) >= n_each:
            break
        made = None if len(changed) >= n_each else _changed(material, used, rng)
        if made:
            changed.append(made)
        elif len(untouched) < n_each:
            evidence = _shuffled(material, rng)
            untouched.append(Planted(UNTOUCHED, "verbatim", material.sentence, evidence))
    return changed + untouched


def _changed(material: Material, used: Counter[Change], rng: random.Random) -> Planted | None:
    for change in sorted(CHANGES, key=lambda c: used[c]):
        claim = change(material.sentence, rng)
        if claim and claim != material.sentence:
            used[change] += 1
            return Planted(TRUE, change.__name__, claim, _shuffled(material, rng))
    return None


def _shuffled(material: Material, rng: random.Random) -> tuple[str, ...]:
    return tuple(rng.sample(material.evidence, len(material.evidence)))


def _checked(planted: Planted, checker: Checker, floor: float, bench: Bench, done: int, total: int) -> bool:
    bench.report("check planted", done, total)
    return is_caught(planted, checker, floor)


def _figures(errors: list[Planted], truths: list[Planted], caught: set[Planted]) -> tuple[Figure, ...]:
    made: list[Figure] = []
    for kind in PLANTERS:
        target = Target("≥", _TARGETS[kind]) if kind in _TARGETS else None
        made.append(_share(f"{kind}: caught", [p for p in errors if p.kind == kind], caught, target))
        for planter in PLANTERS[kind]:
            own = [p for p in errors if p.how == planter.__name__]
            made.append(_share(f"{kind}, {planter.__name__.replace('_', ' ')}: caught", own, caught))
    changed = [t for t in truths if t.kind == TRUE]
    untouched = [t for t in truths if t.kind == UNTOUCHED]
    return (
        *made,
        _share("all errors: caught", errors, caught, Target("≥", 85.0)),
        _share("true claims: refused", truths, caught, Target("≤", 5.0)),
        _share("true claims, reworded: refused", changed, caught),
        *(
            _share(f"true claims, {c.__name__.replace('_', ' ')}: refused", own, caught)
            for c in CHANGES
            if (own := [t for t in changed if t.how == c.__name__])
        ),
        _share("true claims, verbatim: refused", untouched, caught),
    )


def _share(name: str, of: list[Planted], caught: set[Planted], target: Target | None = None) -> Figure:
    return Figure(name, share(sum(p in caught for p in of), len(of)), len(of), "%", target)


def _cases(claims: list[Planted], caught: set[Planted]) -> tuple[str, ...]:
    return tuple(
        f"{c.kind} ({c.how}), {'refused' if c in caught else 'passed'}\n  claim: {c.claim}\n"
        + "".join(f"  evidence: {e}\n" for e in c.evidence)
        for c in claims
    )
