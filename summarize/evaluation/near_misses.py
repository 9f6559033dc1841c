"""Near-misses and true duplicates: pairs of sentences of unseen news, made to try the decision "same fact".

A near-miss is a true sentence against itself, a harmless rewording or a person's paraphrase of it, with one
planted error. A true duplicate is the same without the error.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from summarize.evaluation.bench import Bench
from summarize.evaluation.material import PLACE, Material, materials
from summarize.evaluation.planted import PLANTERS
from summarize.evaluation.planting_opposites import changed_to_opposite
from summarize.evaluation.truths import CHANGES
from summarize.training.pairs import Pair, read_mrpc

Base = Literal["itself", "reworded", "paraphrase"]
KINDS = ("number", "name", "negation", "date", "speaker")
OPPOSITE = "opposite"
_PLANTERS = {**PLANTERS, OPPOSITE: (changed_to_opposite,)}
PARAPHRASED = 0.2  # share of the near-misses that are planted in a paraphrase written by a person
_MAX_SHARE = 2  # a planter gets at most this many times its even share of a kind
_PERSON = re.compile(r"\b[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+\b")
# One wire story as different papers print it.
_HOUSE_STYLES = (
    ("U.S.", "US"),
    (" percent", "%"),
    ('"', "”"),
    (" said ", " says "),
    ("Sen. ", "Senator "),
    ("'", "’"),
    (", and ", " and "),
    ("-", " "),
)


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A pair that must not be merged: its kind, the planter and what the error was planted in."""

    kind: str
    how: str
    base: Base
    a: str
    b: str


def near_misses(bench: Bench, per_kind: int, kinds: Sequence[str] = KINDS) -> list[NearMiss]:
    """Plant as many errors of each kind as are asked for, or as there are places for."""
    rng = random.Random(bench.seed)
    found: dict[str, list[NearMiss]] = {kind: [] for kind in kinds}
    used: Counter[str] = Counter()
    for material, other in _paraphrases(bench):
        for kind in kinds:
            if len(found[kind]) < PARAPHRASED * per_kind:
                found[kind] += _planted(material, kind, per_kind, used, rng, other)
    for material in materials(bench):
        wanted = [k for k in kinds if len(found[k]) < per_kind]
        if not wanted:
            break
        rng.shuffle(wanted)
        for kind in wanted:
            made = _planted(material, kind, per_kind, used, rng, None)
            found[kind] += made
            if made:
                break
    return [miss for kind in kinds for miss in found[kind]]


def _planted(
    material: Material, kind: str, per_kind: int, used: Counter[str], rng: random.Random, other: str | None
) -> list[NearMiss]:
    """Plant one error; the planters of a kind take turns."""
    planters = _PLANTERS[kind]
    most = _MAX_SHARE * per_kind / len(planters)
    for planter in sorted(planters, key=lambda p: used[p.__name__]):
        if used[planter.__name__] >= most:
            continue
        claim = planter(material, rng)
        if not claim or claim in material.evidence:
            continue
        base, text = _base(material, rng) if other is None else ("paraphrase", other)
        if _lost(material.sentence, claim, text):
            continue
        used[planter.__name__] += 1
        return [NearMiss(kind, planter.__name__, base, text, claim)]
    return []


def _base(material: Material, rng: random.Random) -> tuple[Base, str]:
    for change in rng.sample(CHANGES, len(CHANGES)) if rng.random() < 0.5 else ():
        made = change(material.sentence, rng)
        if made and made != material.sentence:
            return "reworded", made
    return "itself", material.sentence


def _lost(sentence: str, claim: str, other: str) -> bool:
    """Tell whether what was exchanged is not told by the other side: then the two don't contradict.

    For an inserted word, what stands behind it must be told.
    """
    mine, theirs, words = sentence.split(), claim.split(), set(re.findall(r"[\w.,]*\w", other))
    start = next((i for i, (x, y) in enumerate(zip(mine, theirs, strict=False)) if x != y), len(mine) - 1)
    gone = re.findall(r"[\w.,]*\w", mine[min(start, len(mine) - 1)])
    return not set(gone) & words


def _paraphrases(bench: Bench) -> Iterator[tuple[Material, str]]:
    """Yield sentences with a paraphrase, as people judged it, in an order that the seed decides."""
    pairs = [p for p in read_mrpc(bench.data, "val") if p.is_same]
    people = tuple(dict.fromkeys(n for p in pairs for n in _PERSON.findall(p.a)))
    rng = random.Random(bench.seed)
    for pair in rng.sample(pairs, len(pairs)):
        places = tuple(dict.fromkeys(m.group() for q in rng.sample(pairs, 20) for m in PLACE.finditer(q.a)))
        named = tuple(n for n in people if n in pair.b) + tuple(rng.sample(people, min(10, len(people))))
        yield Material(pair.b, pair.a, named, places), pair.a


def duplicates(bench: Bench, per_kind: int) -> list[tuple[str, Pair]]:
    """Return true duplicates by kind: untouched, reworded harmlessly, and in another paper's house style."""
    rng = random.Random(bench.seed + 1)
    found: dict[str, list[Pair]] = {"untouched": [], "house style": []}
    found |= {change.__name__.replace("_", " "): [] for change in CHANGES}
    for material in materials(replace(bench, seed=bench.seed + 1)):
        sentence = material.sentence
        made = {c.__name__.replace("_", " "): c(sentence, rng) for c in CHANGES}
        for kind, text in {"untouched": sentence, "house style": _restyled(sentence), **made}.items():
            if text and len(found[kind]) < per_kind and (text != sentence or kind == "untouched"):
                found[kind].append(Pair(sentence, text, True, kind))
                break
        if all(len(own) >= per_kind for own in found.values()):
            break
    return [(kind, pair) for kind, own in found.items() for pair in own]


def _restyled(sentence: str) -> str:
    for old, new in _HOUSE_STYLES:
        sentence = sentence.replace(old, new)
    return sentence
