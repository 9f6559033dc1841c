"""Profiles: what two sentences are compared by besides their vectors, worked out once per sentence.

Contract: a pure function of the sentence and of its article's date. Knows nothing of pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from summarize.language import (
    Opening,
    Quantity,
    content_stems,
    denials,
    names,
    negations,
    opens_dependent,
    quantities,
    stem,
    words,
)
from summarize.language.calendar import WEEKDAYS
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
NEGATION_REACH = 4  # words
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
    denies: bool
    opening: Opening | None
    tokens: tuple[Token, ...]
    content: frozenset[str]


def profile(sentence: Sentence, article: Article) -> Profile:
    """Analyse one sentence."""
    text = sentence.text
    found_names, found_quantities = names(text), quantities(text)
    taken = {stem(w) for n in found_names for w in n.text.replace("-", " ").split()}
    taken |= {stem(w) for q in found_quantities for w in q.text.split()}
    taken |= {stem(w) for n in found_names if n.title for w in n.title.split()}
    content = content_stems(text)
    return Profile(
        event=content - taken - TIME_WORDS,
        names=frozenset(w[:ROOT] for n in found_names for w in n.key.split() if len(w) > 2),
        people=frozenset(n.key.split()[-1] for n in found_names if n.title),
        counts=tuple(q for q in found_quantities if q.kind in ("count", "money", "percent")),
        dates=frozenset(q.value for q in found_quantities if q.kind == "date"),
        years=frozenset(q.value for q in found_quantities if q.kind == "year"),
        days=frozenset(d.date for d in resolve_weekdays(text, article.published)),
        negated=_behind(text, negations(text)),
        denies=bool(denials(text)),
        opening=opens_dependent(text),
        tokens=_tokens(text),
        content=content,
    )


def _behind(text: str, marks: tuple[Word, ...]) -> frozenset[str]:
    found: set[str] = set()
    for word in marks:
        found |= content_stems(" ".join(text[word.end :].split()[:NEGATION_REACH]))
    return frozenset(found)


def _tokens(text: str) -> tuple[Token, ...]:
    spans = [(n.start, n.end) for n in names(text)]
    numbers = [q for q in quantities(text) if q.kind in ("count", "money", "percent")]
    return tuple(
        Token(
            stem=stem(w.text),
            is_content=w.key not in FUNCTION_WORDS,
            is_name=any(a <= w.start < b for a, b in spans) and w.key not in WEEKDAYS,
            number=next((q for q in numbers if q.start <= w.start < q.end), None),
            is_capital=w.text[:1].isupper(),
        )
        for w in words(text)
        if w.is_word and not w.is_possessive
    )
