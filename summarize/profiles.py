"""Profiles: what two sentences are compared by besides their vectors, worked out once per sentence.

Contract: a pure function of the sentence and of its article's date. Knows nothing of pairs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, islice, takewhile

from summarize.language import (
    Name,
    Opening,
    Quantity,
    content_stems,
    denials,
    is_content,
    names,
    negations,
    opens_dependent,
    quantities,
    reports,
    stem,
    words,
)
from summarize.language.calendar import WEEKDAYS
from summarize.language.names import TITLES
from summarize.language.quotations import closed
from summarize.language.tokens import FUNCTION_WORDS, Word
from summarize.types import Article, Sentence
from summarize.weekdays import resolve_weekdays

PERSON_UNITS = frozenset(
    stem(w)
    for w in "people person persons civilian resident citizen man woman child refugee migrant victim".split()
)
# Shared words that say when, not what.
TIME_WORDS = frozenset(
    stem(w)
    for w in """day week month year decade hour minute morning evening night today yesterday tomorrow recent
    recently last past next previous earlier late later early new time monday tuesday wednesday thursday
    friday saturday sunday ago say said told tell says added""".split()
)
_NO_APOSTROPHE = frozenset(
    "dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt couldnt wouldnt shouldnt".split()
)
NEGATION_REACH = 4  # words
NOUN_REACH = 3  # words: "without any warning", "no longer be needed"
_BORDERS = frozenset(',;:.!?"“”()—–')
FIGURE_REACH = 4  # words on either side of a figure that tell what it is about
_PREFIXED = re.compile(r"[a-z]+[-‐‑][A-Z][a-z]{2}")  # "pro-Russian", "anti-Trump"
AGE = "age"  # the unit of an age
_OLDEST = 120  # years
ROOT = 4  # letters: "Russia" and "Russian", "Turkey" and "Turkish" name the same thing here


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it is aligned with those of another sentence."""

    stem: str
    is_content: bool
    is_name: bool
    number: Quantity | None  # that it belongs to
    is_capital: bool = False  # its first letter


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands: its words, and what stands beside it ("" at the sentence's ends)."""

    words: tuple[str, ...]  # stems of their capitalised parts: "Ohio-based" is ohio
    initials: str  # with those of a title that is written large: "General Electric" is ge
    has_title: bool
    speaks: bool
    before: str  # stem of the word in front, titles left out, if no mark stands between
    after: str
    left: str  # stem of the nearest content word in front
    right: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A count, a sum or a share, with the stems of the content words near it."""

    number: Quantity
    near: frozenset[str]


@dataclass(frozen=True, slots=True)
class Profile:
    """What is compared of a sentence besides its vector."""

    event: frozenset[str]  # content stems that are no part of a name, number or date
    names: frozenset[str]  # roots of the words of its names
    people: frozenset[str]  # last words of names that stand with a title
    counts: tuple[Quantity, ...]
    dates: frozenset[float]  # month * 100 + day
    years: frozenset[float]
    days: frozenset[date]  # weekdays, resolved
    negated: frozenset[str]  # content stems right behind a negation
    n_negations: int
    denies: bool
    opening: Opening | None
    tokens: tuple[Token, ...]
    content: frozenset[str]
    mentions: tuple[Mention, ...]
    speakers: frozenset[str]  # stems of all words of those who say something
    capitals: tuple[str, ...]  # stems of all that is capitalised
    acronyms: frozenset[str]  # in small letters, without full stops
    figures: tuple[Figure, ...]


def profile(sentence: Sentence, article: Article) -> Profile:
    """Analyse one sentence."""
    text = closed(sentence.text)
    found_names, found_quantities = names(text), quantities(text)
    taken = {stem(w) for n in found_names for w in n.text.replace("-", " ").split()}
    taken |= {stem(w) for q in found_quantities for w in q.text.split()}
    taken |= {stem(w) for n in found_names if n.title for w in n.title.split()}
    content = content_stems(text)
    marks, tokens = _negations(text), _tokens(text)
    return Profile(
        event=content - taken - TIME_WORDS,
        names=frozenset(w[:ROOT] for n in found_names for w in n.key.split() if len(w) > 2),
        people=frozenset(n.key.split()[-1] for n in found_names if n.title),
        counts=tuple(q for q in found_quantities if q.kind in ("count", "money", "percent")),
        dates=frozenset(q.value for q in found_quantities if q.kind == "date"),
        years=frozenset(q.value for q in found_quantities if q.kind == "year"),
        days=frozenset(d.date for d in resolve_weekdays(text, article.published)),
        negated=_behind(text, marks),
        n_negations=sum(w.key != "nor" for w in marks),
        denies=bool(denials(text)),
        opening=opens_dependent(text),
        tokens=tokens,
        content=content,
        mentions=_mentions(text, found_names),
        speakers=frozenset(stem(w.text) for r in reports(text) for w in words(r.speaker)),
        capitals=tuple(part for w in words(text) for part in _capitals(w)),
        acronyms=_acronyms(text),
        figures=_figures(tokens, text),
    )


def profile_of(text: str) -> Profile:
    """Analyse a sentence that stands alone."""
    return profile(Sentence(1, 0, 0, 0, len(text), text), Article(1, "", text, "", ()))


def _negations(text: str) -> tuple[Word, ...]:
    """Return the negations of a text, "dont" among them, "No. 1" not."""
    found = {w.start: w for w in negations(text) if not re.match(r"No\. ?\d", text[w.start :])}
    found |= {w.start: w for w in words(text) if w.key in _NO_APOSTROPHE}
    return tuple(found[start] for start in sorted(found))


def _behind(text: str, marks: tuple[Word, ...]) -> frozenset[str]:
    """Return the content stems right behind negations, up to the next punctuation mark."""
    found: set[str] = set()
    for word in marks:
        reach = NOUN_REACH if word.key in ("no", "without") else NEGATION_REACH
        behind = takewhile(lambda w: w.text not in _BORDERS, words(text[word.end :].lstrip(" .")))
        found |= content_stems(" ".join(w.text for w in islice(behind, reach)))
    return frozenset(found)


def _tokens(text: str) -> tuple[Token, ...]:
    spans = [(n.start, n.end) for n in names(text)]
    numbers = [q for q in quantities(text) if q.kind in ("count", "money", "percent")]
    return tuple(
        Token(
            stem=stem(w.text),
            is_content=w.key not in FUNCTION_WORDS,
            is_name=(_PREFIXED.match(w.text) is not None or any(a <= w.start < b for a, b in spans))
            and w.key not in WEEKDAYS,
            number=next((q for q in numbers if q.start <= w.start < q.end), None),
            is_capital=w.text[:1].isupper() or _PREFIXED.match(w.text) is not None,
        )
        for w in words(text)
        if w.is_word and not w.is_possessive
    )


def _mentions(text: str, found: tuple[Name, ...]) -> tuple[Mention, ...]:
    own = tuple(w for w in words(text) if not w.is_possessive)
    speakers = [(r.start, r.end) for r in reports(text) if r.speaker]
    return tuple(_mention(own, name, speakers) for name in found)


def _mention(own: tuple[Word, ...], name: Name, speakers: list[tuple[int, int]]) -> Mention:
    first = next(i for i, w in enumerate(own) if w.end > name.start)
    end = next((i for i, w in enumerate(own) if w.start >= name.end), len(own))
    begin = first
    while begin and (_is_title(own[begin - 1]) or own[begin - 1].text == "."):
        begin -= 1
    large = [w for w in own[begin:end] if w.text[0].isupper()]
    before, after = own[begin - 1 : begin] if begin else (), own[end : end + 1]
    return Mention(
        words=tuple(part for w in own[first:end] for part in _capitals(w)),
        initials="".join(w.key[0] for w in large),
        has_title=name.title is not None,
        speaks=any(a <= name.start < b for a, b in speakers),
        before=stem(before[0].text) if before and before[0].is_word else "",
        after=stem(after[0].text) if after and after[0].is_word else "",
        left=next((stem(w.text) for w in reversed(own[:begin]) if is_content(w)), ""),
        right=next((stem(w.text) for w in own[end:] if is_content(w)), ""),
    )


def _acronyms(text: str) -> frozenset[str]:
    short = (w.key.replace(".", "") for w in words(text) if w.text.isupper())
    return frozenset(s for s in short if len(s) in range(2, 6))


def _capitals(word: Word) -> tuple[str, ...]:
    """Return the stems of the parts of a word that begin with a capital, function words left out."""
    parts = re.split(r"[-‐‑/]", word.text) if word.is_word else ()
    return tuple(stem(p) for p in parts if p[:1].isupper() and _may_name(p))


def _may_name(part: str) -> bool:
    return part.casefold() not in FUNCTION_WORDS or (len(part) > 1 and part.isupper())  # "US", "IT"


def _is_title(word: Word) -> bool:
    return word.key in TITLES


def _is_age(number: Quantity, text: str) -> bool:
    """Tell whether a number is an age: "46-year-old", "aged 46", and "Hill, 46, said"."""
    if re.search(r"year-olds?$", number.text) or re.search(r"\baged? $", text[: number.start]):
        return True
    stands_alone = re.search(r"[A-Z][\w.]*, $", text[: number.start]) and re.match(
        r"[,.;]", text[number.end :]
    )
    return bool(stands_alone) and number.text.isdigit() and number.value <= _OLDEST


def _figures(tokens: tuple[Token, ...], text: str) -> tuple[Figure, ...]:
    found = []
    for number, held in groupby(enumerate(tokens), key=lambda pair: pair[1].number):
        if number is None:
            continue
        places = [i for i, _ in held]
        around = tokens[max(0, places[0] - FIGURE_REACH) : places[-1] + 1 + FIGURE_REACH]
        near = frozenset(t.stem for t in around if t.is_content and t.number is None)
        found.append(Figure(replace(number, unit=AGE) if _is_age(number, text) else number, near))
    return tuple(found)
