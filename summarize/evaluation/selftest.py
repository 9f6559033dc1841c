"""Self-test: errors planted in a brief's own claims, and how many of them the checker catches.

Every claim of a brief is true as far as its evidence goes. Numbers, names, negations, speakers and dates are
changed in it, one at a time, and each changed claim is judged against the evidence of the claim, as it would
be before it was printed. Where the claims offer too few places, sentences of the articles are used as well.
The same claims and sentences, untouched or harmlessly reworded, tell how often the checker cries wolf.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from nltk.tokenize.punkt import PunktSentenceTokenizer

from summarize.evaluation.bench import Bench
from summarize.evaluation.briefs import CLUSTERS, FIRST, N_CLUSTERS, WORDS
from summarize.evaluation.citations import passages_of
from summarize.evaluation.datasets import load
from summarize.evaluation.material import Material, is_english, named_in, taking_turns
from summarize.evaluation.planted import PLANTERS, TRUE, UNTOUCHED, Planted, is_caught
from summarize.evaluation.planting import Planter
from summarize.evaluation.references import briefs_of
from summarize.evaluation.report import Figure, Result, Target, share
from summarize.evaluation.truths import CHANGES
from summarize.pipeline import summarize_folder
from summarize.segmentation import plain, segment
from summarize.types import Brief, Checker, Claim

PER_KIND = 40  # planted errors of one folder; a check takes some hundredths of a second
N_TRUE = 60  # claims and sentences that are left true
CLAIM, SENTENCE = "claim", "sentence"
_CREATED = datetime(2020, 1, 1, tzinfo=UTC)  # no figure depends on it
_TARGETS = {"number": 95.0, "name": 95.0}
Judge = Callable[[Planted], bool]
"""Tell whether the checker refuses a claim."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A planted error or a true claim, and whether it was made from a claim or from a sentence."""

    planted: Planted
    origin: str


def measure(bench: Bench) -> tuple[Result, ...]:
    """Try the checker on the briefs of ten clusters, and on those of ``seeds``."""
    n = bench.limit or N_CLUSTERS
    clusters = load(bench.file(CLUSTERS)).clusters[FIRST : FIRST + n]
    briefs = [b for b in briefs_of(bench, clusters, bench.words or WORDS) if b]
    trials = [t for b in briefs for t in trials_of(bench, b, PER_KIND)]
    results = [result(bench, "Self-test: clusters", f"{CLUSTERS}[{FIRST}:{FIRST + n}]", trials)]
    if bench.seeds:
        own = summarize_folder(
            bench.seeds, replace(bench.config, words=bench.words or WORDS), created=_CREATED
        )
        name = bench.seeds.name
        results.append(result(bench, f"Self-test: {name}", name, trials_of(bench, own, PER_KIND)))
    return tuple(results)


def materials_of(
    brief: Brief, splitter: PunktSentenceTokenizer, rng: random.Random
) -> tuple[list[Material], list[Material]]:
    """Return a brief's claims, and sentences of its articles, as what errors are planted in."""
    sentences = {a.id: [plain(s.text) for s in segment(a, splitter)] for a in brief.sources}
    texts = {a.id: plain(a.news) for a in brief.sources}
    claims = [c for t in brief.topics for c in t.claims]
    made = [_of_claim(c, sentences[c.sources[0]], texts[c.sources[0]], rng) for c in claims]
    return [m for m in made if m], list(taking_turns([(sentences[i], texts[i]) for i in texts], rng))


def _of_claim(claim: Claim, sentences: Sequence[str], text: str, rng: random.Random) -> Material | None:
    """Return the material of a claim; None if its language is not that of the planters.

    :param sentences: of an article that it cites; one that it does not cite may lend names and figures.
    """
    cited = passages_of(claim)
    others = [s for s in sentences if s not in cited]
    if not others or not is_english(text):
        return None
    return Material(plain(claim.text), rng.choice(others), *named_in(text), cited)


def plant(
    claims: Sequence[Material], sentences: Sequence[Material], per_kind: int, rng: random.Random
) -> list[Trial]:
    """Plant errors of each kind, in claims first; a claim gets at most one error of each planter.

    A sentence is changed by one planter of a kind only.
    """
    made: list[Trial] = []
    for kind, planters in PLANTERS.items():
        found = [p for planter in planters for p in _planted(claims, kind, planter, rng)]
        rng.shuffle(found)
        own = [Trial(p, CLAIM) for p in found[:per_kind]]
        free = iter(sentences)
        while len(own) < per_kind and (material := next(free, None)):
            first = len(own) % len(planters)
            turns = planters[first:] + planters[:first]
            changed = next((p for t in turns for p in _planted([material], kind, t, rng)), None)
            own += [Trial(changed, SENTENCE)] if changed else []
        made += own
    return made


def _planted(materials: Iterable[Material], kind: str, planter: Planter, rng: random.Random) -> list[Planted]:
    made = ((m, planter(m, rng)) for m in materials)
    return [Planted(kind, planter.__name__, c, m.evidence) for m, c in made if c and c not in m.evidence]


def truths(
    claims: Sequence[Material], sentences: Sequence[Material], n: int, rng: random.Random
) -> list[Trial]:
    """Return claims as they stand, and harmlessly reworded claims and sentences."""
    made = [Trial(Planted(UNTOUCHED, "as printed", m.sentence, m.evidence), CLAIM) for m in claims]
    for material, origin in [*((m, CLAIM) for m in claims), *((m, SENTENCE) for m in sentences)]:
        for change in rng.sample(CHANGES, len(CHANGES)) if len(made) < n + len(claims) else ():
            text = change(material.sentence, rng)
            if text and text != material.sentence:
                made.append(Trial(Planted(TRUE, change.__name__, text, material.evidence), origin))
                break
    return made


def trials_of(bench: Bench, brief: Brief, per_kind: int) -> list[Trial]:
    """Return all that the checker is tried with on one brief, in an order that the seed decides."""
    rng = random.Random(bench.seed)
    claims, sentences = materials_of(brief, bench.models().splitter, rng)
    return plant(claims, sentences, per_kind, rng) + truths(claims, sentences, N_TRUE, rng)


def tried(bench: Bench, trials: Sequence[Trial]) -> set[Planted]:
    """Return what the checker refuses."""
    checker: Checker = bench.models().checker
    caught: set[Planted] = set()
    for done, trial in enumerate(trials):
        bench.report("check planted errors", done, len(trials))
        if is_caught(trial.planted, checker, bench.config.check.min_support):
            caught.add(trial.planted)
    return caught


def result(bench: Bench, title: str, data: str, trials: Sequence[Trial]) -> Result:
    """Check, and count by kind."""
    caught = tried(bench, trials)
    settings = bench.settings(
        "selftest", data, PER_KIND, checker=bench.models().checker.signature,
        min_support=str(bench.config.check.min_support),
    )  # fmt: skip
    return Result(title, settings, figures(trials, caught), _cases(trials, caught))


def figures(trials: Sequence[Trial], caught: set[Planted]) -> tuple[Figure, ...]:
    """Count what was caught by kind, and what was refused though it is true."""
    errors = [t for t in trials if t.planted.kind in PLANTERS]
    true = [t for t in trials if t.planted.kind not in PLANTERS]
    made: list[Figure] = []
    for kind in PLANTERS:
        own = [t for t in errors if t.planted.kind == kind]
        target = Target("≥", _TARGETS[kind]) if kind in _TARGETS else None
        made.append(_share(f"{kind}: caught", own, caught, target))
        made.append(_share(f"{kind}, in claims: caught", [t for t in own if t.origin == CLAIM], caught))
    printed = [t for t in true if t.planted.kind == UNTOUCHED]
    return (
        *made,
        _share("all errors: caught", errors, caught),
        _share("claims as printed: refused", printed, caught, Target("≤", 5.0)),
        *(
            _share(f"true, {name.replace('_', ' ')}: refused", own, caught)
            for name in (c.__name__ for c in CHANGES)
            if (own := [t for t in true if t.planted.how == name])
        ),
        _share("all that is true: refused", true, caught, Target("≤", 5.0)),
    )


def _share(name: str, of: list[Trial], caught: set[Planted], target: Target | None = None) -> Figure:
    return Figure(name, share(sum(t.planted in caught for t in of), len(of)), len(of), "%", target)


def _cases(trials: Sequence[Trial], caught: set[Planted]) -> tuple[str, ...]:
    return tuple(
        f"{p.kind} ({p.how}), {t.origin}, {'refused' if p in caught else 'passed'}\n  claim: {p.claim}\n"
        + "".join(f"  evidence: {e}\n" for e in p.evidence)
        for t in trials
        for p in [t.planted]
    )
