"""Planted disagreements: pairs of news sentences whose figures were made to differ in a known way.

A base is a pair of sentences that state the same figure, without a contradiction by the rules of
deduplication: two outlets on one event (AllSides events), or one outlet's sentence (every twentieth news
article) and the same sentence as another would report it. One of the two is then changed: another number
(conflict), a rounded one (rounding), a newer one (revision), or a number for another period, place or part
(scope). The documents are split in halves, and the wordings of the planted changes as well, so that rules
that were made while looking at one half are measured on documents *and wordings* that they never saw.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Literal, get_args

from nltk.tokenize.punkt import PunktSentenceTokenizer

from summarize import resources
from summarize.contradiction import conflict
from summarize.disagreement import Statement, compare
from summarize.disagreement.figures import Figure, figures
from summarize.disagreement.periods import periods
from summarize.disagreement.values import compatible
from summarize.evaluation.bench import Bench
from summarize.evaluation.report import Figure as Measured
from summarize.evaluation.report import Result, Target, share
from summarize.language import Quantity, content_stems, names, opens_dependent, quantities, quotations
from summarize.language.quotations import is_inside
from summarize.profiles import Profile, profile
from summarize.segmentation import load_tokenizer
from summarize.training.corpus import TEST_SHARE, sentences_of
from summarize.training.data import is_test, read_jsonl
from summarize.types import Article, Kind, Sentence, Span

Half = Literal["dev", "test"]
N_CASES = 200  # half of them true conflicts
MAX_SENTENCES = 40  # of one article
MAX_OF_ONE = 3  # bases from one article; twice as many from an event
WORDS = range(8, 45)  # of a sentence
SAME = 0.4  # share of the event words of two outlets' sentences
MAX_FIGURES = 4  # of a sentence
COPIED = 0.85  # from which two outlets' sentences are one text
DAY = date(2019, 5, 14)  # for articles without a date

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
)
_PLAIN = re.compile(
    r"(?P<sign>[$€£])?(?P<number>\d[\d,]*(?:\.\d+)?)"
    r"(?P<rest>(?: (?:million|billion|trillion|percent|per cent))?%?)"
)
_NOT_CHANGED = frozenset(("", "year", "day", "month", "hour", "minut", "week", "degre", "mile", "agenc"))
_LOOK_ALIKES: tuple[Kind, ...] = ("rounding", "revision", "scope")


@dataclass(frozen=True, slots=True)
class Case:
    """Two statements, the two figures that were made to differ, and how they do."""

    label: Kind
    a: Statement
    b: Statement
    value_a: float
    value_b: float
    source: Literal["events", "news"]
    how: str


@dataclass(frozen=True, slots=True)
class Base:
    """Two sentences that state the same figure, and where it stands in each."""

    a: Statement
    b: Statement
    figure_a: Quantity
    figure_b: Quantity
    source: Literal["events", "news"]


@dataclass(frozen=True, slots=True)
class Wordings:
    """How changes are worded in one half; ``{n}`` is the planted number, ``{old}`` the other side's."""

    above: tuple[str, ...]
    below: tuple[str, ...]
    about: tuple[str, ...]
    newer_before: tuple[str, ...]
    newer_after: tuple[str, ...]
    period_before: tuple[str, ...]
    period_after: tuple[str, ...]
    place_after: tuple[str, ...]
    places: tuple[str, ...]
    sorts: tuple[str, ...]
    more: tuple[str, ...]
    attributed: tuple[str, ...]


WORDINGS: dict[Half, Wordings] = {
    "dev": Wordings(
        above=("more than", "over"),
        below=("nearly", "up to"),
        about=("about", "some"),
        newer_before=("In an updated count, ", "Revised figures released later show that "),
        newer_after=(", up from {old} reported earlier", ", a number that was raised from {old}"),
        period_before=("So far this year, ", "Since January, "),
        period_after=(" over the past decade", " since 2001", " each year"),
        place_after=(" nationwide", " worldwide"),
        places=("California", "Germany", "Chicago"),
        sorts=("children", "women"),
        more=("another {n}", "{n} more"),
        attributed=("According to officials, {s}", "{s}, officials said"),
    ),
    "test": Wordings(
        above=("more than", "at least", "upwards of"),
        below=("almost", "close to", "just under"),
        about=("around", "roughly", "approximately", "an estimated"),
        newer_before=(
            "The figure has since been corrected: ",
            "According to the latest tally, ",
            "Authorities later raised the number: ",
        ),
        newer_after=(
            ", compared with an earlier figure of {old}",
            ", revised from {old}",
            ", after initial reports of {old}",
        ),
        period_before=("Over the last five years, ", "Last year alone, ", "Between January and March, "),
        period_after=(" during the past six months", " since the beginning of the decade", " per month"),
        place_after=(" across the country", " around the world", " globally"),
        places=("Ohio", "Brazil", "Toronto", "Manchester"),
        sorts=("civilians", "teenagers", "students"),
        more=("an additional {n}", "a further {n}", "{n} other"),
        attributed=(
            "Authorities confirmed that {s}",
            "{s}, according to a statement",
            "{s}, the agency reported",
        ),
    ),
}  # fmt: skip


def planted_cases(
    data: Path, tokenizer: PunktSentenceTokenizer, seed: int, half: Half = "test"
) -> tuple[Case, ...]:
    """Plant ``N_CASES`` disagreements in unseen news, half of them conflicts.

    :param data: the folder of public research data.
    :raises ValueError: if the data hold too few sentences with figures.
    """
    rng = random.Random(f"{seed} {half}")
    cases: list[Case] = []
    wanted = Counter[Kind]({"conflict": N_CASES // 2})
    for n in range(N_CASES - N_CASES // 2):
        wanted[_LOOK_ALIKES[n % len(_LOOK_ALIKES)]] += 1
    bases = _alternating(_event_bases(data, tokenizer, rng, half), _news_bases(data, tokenizer, rng, half))
    for base in bases:
        open_kinds = [k for k in get_args(Kind) if wanted[k] > 0]
        if not open_kinds:
            return tuple(cases)
        kind = rng.choices(open_kinds, [wanted[k] for k in open_kinds])[0]
        tried = (_plant(base, k, WORDINGS[half], rng) for k in (kind, *reversed(open_kinds)))
        case = next((c for c in tried if c is not None), None)
        if case is not None:
            wanted[case.label] -= 1
            cases.append(case)
    raise ValueError(f"{data}: only {len(cases)} of {N_CASES} disagreements could be planted")


@dataclass(frozen=True, slots=True)
class Score:
    """Cases by (planted label, label found); "none" if nothing was found."""

    counts: tuple[tuple[tuple[str, str], int], ...]

    @property
    def accuracy(self) -> float:
        """Return the share of cases that got the planted label."""
        total = sum(n for _, n in self.counts)
        return sum(n for (planted, found), n in self.counts if planted == found) / max(1, total)

    def of(self, kind: Kind) -> tuple[int, int]:
        """Return how many cases of a kind were labelled right, and how many there are."""
        own = [(found, n) for (planted, found), n in self.counts if planted == kind]
        return sum(n for found, n in own if found == kind), sum(n for _, n in own)


def measure(bench: Bench) -> tuple[Result, ...]:
    """Count, on the half that no rule was made with, and on the other for comparison."""
    tokenizer = load_tokenizer(resources.verify("punkt") / "parameters.json")
    return tuple(_result(bench, tokenizer, half) for half in get_args(Half))


def _result(bench: Bench, tokenizer: PunktSentenceTokenizer, half: Half) -> Result:
    scored = score(planted_cases(bench.data, tokenizer, bench.seed, half))
    figures = [
        Measured(kind, share(*scored.of(kind)), scored.of(kind)[1], "%", None) for kind in get_args(Kind)
    ]
    target = Target("≥", 90.0) if half == "test" else None
    figures.append(Measured("all, labelled as planted", 100 * scored.accuracy, N_CASES, "%", target))
    settings = bench.settings("disagreements", f"events, news ({half} half)", N_CASES)
    return Result(f"Planted disagreements, {half} half", settings, tuple(figures))


def score(cases: tuple[Case, ...]) -> Score:
    """Count how the planted cases are labelled."""
    counts = Counter((c.label, found(c)) for c in cases)
    return Score(tuple(sorted(counts.items())))


def found(case: Case) -> str:
    """Return the label given to the planted pair of figures, "none" if they were not set side by side."""
    for comparison in compare(case.a, case.b):
        values = comparison.a.quantity.value, comparison.b.quantity.value
        if values == (case.value_a, case.value_b):
            return comparison.kind
    return "none"


def _alternating(first: Iterator[Base], second: Iterator[Base]) -> Iterator[Base]:
    for one, two in zip(first, second, strict=False):
        yield one
        yield two
    yield from first
    yield from second


def _event_bases(
    data: Path, tokenizer: PunktSentenceTokenizer, rng: random.Random, half: Half
) -> Iterator[Base]:
    events = list(read_jsonl(data / "events" / "allsides_events_train.jsonl.xz"))
    events = events[0 if half == "dev" else 1 :: 2]
    rng.shuffle(events)
    for event in events:
        docs = [d for d in event["docs"] if d["full_text"]]
        day = _day(next((d["date"] for d in docs if d["date"]), ""))
        # One day for all: what differs in time is planted.
        by_doc = [_statements(d["full_text"], tokenizer, n, day) for n, d in enumerate(docs, start=1)]
        pairs = [
            base
            for n, mine in enumerate(by_doc)
            for theirs in by_doc[n + 1 :]
            for a in mine
            for b in theirs
            for base in _bases(a, b)
        ]
        yield from rng.sample(pairs, min(2 * MAX_OF_ONE, len(pairs)))


def _news_bases(
    data: Path, tokenizer: PunktSentenceTokenizer, rng: random.Random, half: Half
) -> Iterator[Base]:
    articles = [
        r for i, r in enumerate(read_jsonl(data / "news" / "articles.jsonl.xz")) if is_test(i, TEST_SHARE)
    ]
    articles = articles[0 if half == "dev" else 1 :: 2]
    rng.shuffle(articles)
    for article in articles:
        day = _day(article["date"])
        own = _statements(article["text"], tokenizer, 1, day)
        for a in rng.sample(own, min(MAX_OF_ONE, len(own))):
            figure = rng.choice(_plain_figures(a)).quantity
            yield Base(a, replace(a, source=2), figure, figure, "news")


def _day(iso: str) -> date:
    return date.fromisoformat(iso) if re.fullmatch(r"\d{4}-\d\d-\d\d", iso) else DAY


def _reported(text: str, template: str) -> str:
    """Report a sentence as somebody else's: "officials said" in front or behind."""
    body = text.rstrip(".")
    return template.format(s=body if template.startswith("{s}") else _lowered(body)) + "."


def _lowered(text: str) -> str:
    """Begin with a small letter, unless the text begins with a name."""
    named = any(n.start == 0 for n in names(text)) or text[:2].isupper()
    return text if named or text.startswith("I ") else text[0].lower() + text[1:]


def _statements(text: str, tokenizer: PunktSentenceTokenizer, source: int, day: date) -> list[Statement]:
    """Return the sentences of a text that can be changed by rule."""
    found = []
    for sentence in sentences_of(text, tokenizer)[:MAX_SENTENCES]:
        plain = " ".join(sentence.split())
        statement = Statement(plain, source, day)
        if len(plain.split()) in WORDS and plain.endswith(".") and _plain_figures(statement):
            found.append(statement)
    return found


def _plain_figures(statement: Statement) -> tuple[Figure, ...]:
    """Return the figures of a sentence that can be changed."""
    text = statement.text
    if not re.search(r"\d", text) or ":" in text or opens_dependent(text) is not None:
        return ()
    own = figures(statement)
    return tuple(f for f in own if _is_plain(f, text)) if len(own) <= MAX_FIGURES else ()


def _is_plain(figure: Figure, text: str) -> bool:
    """Tell whether a figure is a bare number that counts something, and no part of a name or a quotation."""
    q = figure.quantity
    before, after = text[: q.start].split()[-1:], text[q.end :].split()[:1]
    named = bool(before and len(text[: q.start].split()) > 1 and before[0][0].isupper())
    named = named or (bool(after) and after[0][0].isupper() and not after[0].rstrip(",.").endswith("s"))
    is_year = q.kind == "count" and 1900 <= q.value <= 2100 and "," not in q.text
    exact = not q.approximate and q.high is None and _PLAIN.fullmatch(q.text) is not None
    alone = text[: q.start][-1:] in (" ", "") and not is_inside(q.start, quotations(text))
    return exact and alone and not named and not is_year and figure.kind not in _NOT_CHANGED


def _bases(a: Statement, b: Statement) -> Iterator[Base]:
    """Pair two outlets' sentences on the same figures, by the rules of deduplication."""
    same = [
        (x.quantity, y.quantity)
        for x in _plain_figures(a)
        for y in _plain_figures(b)
        if (x.quantity.value, x.kind) == (y.quantity.value, y.kind)
    ]
    if not same:
        return
    one, two = _profile(a), _profile(b)
    own, other = content_stems(a.text), content_stems(b.text)
    copied = len(own & other) >= COPIED * min(len(own), len(other))
    shared = len(one.event & two.event) / max(1, min(len(one.event), len(two.event)))
    if not copied and shared >= SAME and conflict(one, two) is None:
        yield from (Base(a, b, p, q, "events") for p, q in same)


def _profile(statement: Statement) -> Profile:
    text = statement.text
    article = Article(statement.source, "", text, "", (Span(0, len(text)),), published=statement.published)
    return profile(Sentence(statement.source, 0, 0, 0, len(text), text), article)


Planter = Callable[[Base, Wordings, random.Random], Case | None]


def _plant(base: Base, kind: Kind, wordings: Wordings, rng: random.Random) -> Case | None:
    """Change the second sentence of a base so that the two differ in the wanted way."""
    planters: dict[Kind, Planter] = {
        "conflict": _conflict,
        "rounding": _rounding,
        "revision": _revision,
        "scope": _scope,
    }
    return planters[kind](base, wordings, rng)


def _case(
    base: Base,
    kind: Kind,
    text: str,
    number: str,
    how: str,
    a: tuple[Statement, str] | None = None,
    days: int = 0,
) -> Case | None:
    """Make a case; None if the planted number can't be read back from the changed sentence.

    :param a: the first side and its number, if they were changed too.
    """
    b = replace(base.b, text=text, published=(base.b.published or DAY) + timedelta(days=days))
    first, shown = a or (base.a, base.figure_a.text)
    mine, theirs = _read_back(first.text, shown), _read_back(text, number)
    if mine is None or theirs is None or mine == theirs:
        return None
    return Case(kind, first, b, mine, theirs, base.source, how)


def _read_back(text: str, number: str) -> float | None:
    """Return the value of the figure that is written as ``number``, unless there are two."""
    values = [
        q.value for q in quantities(text) if number in q.text and q.kind in ("count", "money", "percent")
    ]
    return values[0] if len(values) == 1 else None


def _number(value: float, pattern: re.Match[str]) -> str:
    """Write a number the way another one is written."""
    digits = len(pattern["number"].partition(".")[2])
    text = f"{value:,.{digits}f}" if "," in pattern["number"] or value >= 1000 else f"{value:.{digits}f}"
    return f"{pattern['sign'] or ''}{text}{pattern['rest']}"


def _another(figure: Quantity, rng: random.Random, grows: bool = False) -> str | None:
    """Make up a number of a realistic size that is no rounding of a figure."""
    pattern = _PLAIN.fullmatch(figure.text)
    if pattern is None:
        return None
    shown = float(pattern["number"].replace(",", ""))
    step = 10 ** -len(pattern["number"].partition(".")[2])
    for _ in range(20):
        factor = rng.uniform(1.15, 1.9) if grows or rng.random() < 0.5 else rng.uniform(0.45, 0.85)
        value = round(shown * factor / step) * step
        if shown < 20 and step == 1:
            value = shown + rng.choice((1, 2, 3, 4, 5)) * (1 if grows or rng.random() < 0.6 else -1)
        too_much = figure.kind == "percent" and value > 99
        text = _number(value, pattern)
        made = [q for q in quantities(f"There were {text} {figure.unit or ''}") if q.kind != "date"]
        if value > 1 and not too_much and made and not compatible(made[0], figure):
            return text
    return None


def _put(text: str, figure: Quantity, number: str) -> str:
    return text[: figure.start] + number + text[figure.end :]


def _closing(text: str, addition: str) -> str:
    return text.rstrip(".") + addition + "."


def _opening(text: str, addition: str) -> str:
    return addition + _lowered(text)


def _in_other_words(base: Base, wordings: Wordings, rng: random.Random) -> Base:
    """Let a sentence of the news articles be told by somebody else; two outlets differ already."""
    if base.source == "events":
        return base
    text = _reported(base.b.text, rng.choice(wordings.attributed))
    shift = text.index(base.figure_b.text) - base.figure_b.start
    moved = replace(base.figure_b, start=base.figure_b.start + shift, end=base.figure_b.end + shift)
    return replace(base, b=replace(base.b, text=text), figure_b=moved)


def _conflict(base: Base, wordings: Wordings, rng: random.Random) -> Case | None:
    base = _in_other_words(base, wordings, rng)
    number = _another(base.figure_b, rng)
    return (
        None
        if number is None
        else _case(base, "conflict", _put(base.b.text, base.figure_b, number), number, "number")
    )


def _rounding(base: Base, wordings: Wordings, rng: random.Random) -> Case | None:
    """Let one side round: "about 1,200" for 1,187; a round number gets an exact counterpart first."""
    base = _in_other_words(base, wordings, rng)
    pattern = _PLAIN.fullmatch(base.figure_a.text)
    if pattern is None:
        return None
    shown = float(pattern["number"].replace(",", ""))
    whole = "." not in pattern["number"]
    if (whole and shown < 12) or (base.figure_a.kind == "percent" and whole):
        return None
    if whole and len(pattern["number"].replace(",", "").rstrip("0")) < 2:
        shown = round(shown * (1 + rng.choice((-1, 1)) * rng.uniform(0.01, 0.045)))
    size = 10 ** (len(str(int(shown))) - (1 if shown < 100 else 2)) if shown >= 10 else 1
    rounded = round(shown / size) * size
    if rounded == shown or not rounded or abs(rounded - shown) > 0.09 * shown:
        return None
    exact = f"{pattern['sign'] or ''}{shown:,.0f}{pattern['rest']}" if whole else base.figure_a.text
    a = replace(base.a, text=_put(base.a.text, base.figure_a, exact))
    choices = wordings.about + (wordings.above if rounded < shown else wordings.below)
    number = f"{rng.choice(choices)} {pattern['sign'] or ''}{rounded:,.0f}{pattern['rest']}"
    return _case(base, "rounding", _put(base.b.text, base.figure_b, number), number, "rounded", (a, exact))


def _revision(base: Base, wordings: Wordings, rng: random.Random) -> Case | None:
    """Let the second side give a newer number: published later, said to be newer, or both."""
    number = _another(base.figure_b, rng, grows=True)
    if number is None:
        return None
    text = _put(base.b.text, base.figure_b, number)
    how = rng.choice(("later", "before", "after"))
    is_tally = base.figure_b.kind == "count"
    if how == "later":
        days = rng.choice((1, 2, 3)) if is_tally else rng.choice((7, 14, 30))
        return _case(base, "revision", text, number, how, days=days)
    if len(figures(base.b)) > 1:
        return None  # which figure was revised would not be clear
    if how == "before":
        return _case(
            base,
            "revision",
            _opening(text, rng.choice(wordings.newer_before)),
            number,
            how,
            days=rng.choice((0, 1)),
        )
    behind = rng.choice(wordings.newer_after).format(old=base.figure_a.text)
    return _case(base, "revision", _closing(text, behind), number, how, days=rng.choice((0, 1)))


def _scope(base: Base, wordings: Wordings, rng: random.Random) -> Case | None:
    """Let the second side count something else: another period, place, part or more on top."""
    number = _another(base.figure_b, rng)
    if number is None:
        return None
    text = _put(base.b.text, base.figure_b, number)
    how = rng.choice(("period_before", "period_after", "place", "level", "more", "sort"))
    alone = len(figures(base.b)) == 1 and base.figure_b.kind != "percent"
    timeless = alone and not periods(base.b.text, base.b.published)
    if how.startswith("period") and not timeless:
        return None
    if how == "level":
        local = alone and figures(base.a)[0].places
        return (
            _case(base, "scope", _closing(text, rng.choice(wordings.place_after)), number, how)
            if local
            else None
        )
    if how == "period_before":
        return _case(base, "scope", _opening(text, rng.choice(wordings.period_before)), number, how)
    if how == "period_after":
        return _case(base, "scope", _closing(text, rng.choice(wordings.period_after)), number, how)
    if how == "place":
        return _elsewhere(base, text, number, wordings, rng)
    if base.figure_b.kind != "count" or not base.figure_b.unit:
        return None
    if how == "more":
        worded = rng.choice(wordings.more).format(n=number)
        return _case(base, "scope", _put(base.b.text, base.figure_b, worded), number, how)
    people = re.compile(rf"({re.escape(number)}) people\b")
    if not people.search(text):
        return None
    return _case(base, "scope", people.sub(rf"\1 {rng.choice(wordings.sorts)}", text), number, how)


def _elsewhere(base: Base, text: str, number: str, wordings: Wordings, rng: random.Random) -> Case | None:
    """Move the second side to another place, if both name the same one."""
    for match in re.finditer(r"\b(?:in|across|at) ((?:[A-Z]\w+ ?)+)\b", text):
        name = match[1].strip()
        if f"in {name}" in base.a.text and name not in ("January", "March", "Congress", "Trump"):
            moved = text.replace(name, rng.choice(wordings.places))
            return _case(base, "scope", moved, number, "place")
    return None
