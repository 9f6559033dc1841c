"""Deduplicate: sentences → facts, groups of sentences from any sources that state the same thing.

High similarity alone is not sameness: "two soldiers were killed on Thursday" and "dozens were killed
in recent weeks" are near in any embedding. So a pair must be alike in meaning (cosine), share what it
says beyond names (content words), and must not contradict: other numbers for the same thing, other
dates, other people, a negation. A shared distinctive quantity (one million displaced) lets looser
wordings pass. Groups grow by complete linkage, every member with every other, so that chains
(A like B, B like C, A unlike C) don't form. The stage does not know what is important.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

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
)
from summarize.types import Article, Fact, Sentence
from summarize.weekdays import resolve_weekdays

# Measured on the seeds: the four sentences on a million displaced lie between 0.48 and 0.74.
ANCHORED_SIMILARITY = 0.45
ANCHOR_MIN_VALUE = 1000  # smaller counts recur by chance
MIN_SHARED = 0.4  # of the shorter sentence's event words; on MRPC 0.3 to 0.6 differ by 3 points of precision
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
_ROOT = 4  # letters: "Russia" and "Russian", "Turkey" and "Turkish" name the same thing here
_BLOCK = 2048  # rows per block of the similarity matrix


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


@dataclass(frozen=True, slots=True)
class DeduplicateOptions:
    """Thresholds on the cosine of two sentences."""

    same_similarity: float = 0.80
    candidate_similarity: float = 0.55


def profile(sentence: Sentence, article: Article) -> Profile:
    """Analyse one sentence."""
    text = sentence.text
    found_names, found_quantities = names(text), quantities(text)
    taken = {stem(w) for n in found_names for w in n.text.replace("-", " ").split()}
    taken |= {stem(w) for q in found_quantities for w in q.text.split()}
    taken |= {stem(w) for n in found_names if n.title for w in n.title.split()}
    return Profile(
        event=content_stems(text) - taken - TIME_WORDS,
        names=frozenset(w[:_ROOT] for n in found_names for w in n.key.split() if len(w) > 2),
        people=frozenset(n.key.split()[-1] for n in found_names if n.title),
        counts=tuple(q for q in found_quantities if q.kind in ("count", "money", "percent")),
        dates=frozenset(q.value for q in found_quantities if q.kind == "date"),
        years=frozenset(q.value for q in found_quantities if q.kind == "year"),
        days=frozenset(d.date for d in resolve_weekdays(text, article.published)),
        negated=_negated(text),
        denies=bool(denials(text)),
        opening=opens_dependent(text),
    )


def _negated(text: str) -> frozenset[str]:
    found: set[str] = set()
    for word in negations(text):
        found |= content_stems(" ".join(text[word.end :].split()[:NEGATION_REACH]))
    return frozenset(found)


def conflict(a: Profile, b: Profile) -> str | None:
    """Name what two sentences can't both mean if they were one fact, or None."""
    if a.denies != b.denies or (a.negated ^ b.negated) & a.event & b.event:
        return "negation"
    for name in ("dates", "years", "days"):
        mine, theirs = getattr(a, name), getattr(b, name)
        if mine and theirs and not mine & theirs:
            return name
    if _counts_differ(a.counts, b.counts):
        return "numbers"
    if a.names and b.names and not a.names & b.names:
        return "names"
    if a.people and b.people and not a.people & b.people:
        return "people"
    return None


def is_same(a: Profile, b: Profile, cosine: float, options: DeduplicateOptions) -> bool:
    """Decide whether two sentences state the same thing."""
    reason, anchored = conflict(a, b), bool(_anchors(a) & _anchors(b))
    if reason == "names" and anchored and a.denies and b.denies:
        reason = None  # one denial, told of "officials" here and by name there
    if reason:
        return False
    if anchored:
        shared = bool(a.event & b.event - PERSON_UNITS) or (a.denies and b.denies)
        return cosine >= ANCHORED_SIMILARITY and shared
    smaller = min(len(a.event), len(b.event))
    overlap = len(a.event & b.event) / smaller if smaller else 0.0
    if cosine >= options.same_similarity:
        return overlap >= MIN_SHARED / 2
    needed = MIN_SHARED + (options.same_similarity - cosine)  # less alike, more must be shared
    return cosine >= options.candidate_similarity and smaller >= 3 and overlap >= needed


def deduplicate(
    sentences: tuple[Sentence, ...],
    profiles: tuple[Profile, ...],
    vectors: np.ndarray,
    options: DeduplicateOptions | None = None,
) -> tuple[tuple[int, ...], ...]:
    """Group sentences that state the same thing, by complete linkage.

    :param vectors: unit rows, shape (n_sentences, dim).
    :return: groups of indices into ``sentences``, each ascending, ordered by their first index.
    """
    options = options or DeduplicateOptions()
    scores: dict[tuple[int, int], float] = {}
    for i, j, cosine in _candidates(profiles, vectors, options):
        if is_same(profiles[i], profiles[j], cosine, options):
            scores[i, j] = cosine
    group = list(range(len(sentences)))
    members = {i: [i] for i in group}
    for i, j in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        left, right = members[group[i]], members[group[j]]
        if left is not right and all((min(a, b), max(a, b)) in scores for a in left for b in right):
            left += right
            del members[group[j]]
            for index in right:
                group[index] = group[i]
    return tuple(sorted(tuple(sorted(m)) for m in members.values()))


def as_facts(
    groups: tuple[tuple[int, ...], ...],
    sentences: tuple[Sentence, ...],
    profiles: tuple[Profile, ...],
    vectors: np.ndarray,
) -> tuple[Fact, ...]:
    """Turn groups into facts, the sentence that can best stand for each one first."""
    facts = []
    for group in groups:
        centre = vectors[list(group)].mean(0)
        ranked = sorted(
            group,
            key=lambda i: (-_fitness(sentences[i], profiles[i], vectors[i] @ centre), sentences[i].text),
        )
        facts.append(Fact(tuple(sentences[i] for i in ranked)))
    return tuple(facts)


def _fitness(sentence: Sentence, own: Profile, centrality: float) -> float:
    """Rate how well a sentence stands for its fact: alone, not too long, near the others."""
    n_words = len(sentence.text.split())
    hangs = 0.0 if own.opening is None else 1.0 if own.opening.kind == "anaphora" else 0.1
    fitness = float(centrality) - hangs - 0.01 * max(0, n_words - 30) - 0.02 * max(0, 8 - n_words)
    return round(fitness, 3)  # of two sentences each is as near to their centre as the other, but for noise


def _counts_differ(a: tuple[Quantity, ...], b: tuple[Quantity, ...]) -> bool:
    """Tell whether the same unit is counted with no value in common."""
    mine, theirs = _by_unit(a), _by_unit(b)
    return any(not mine[unit] & theirs[unit] for unit in mine.keys() & theirs.keys())


def _by_unit(counts: tuple[Quantity, ...]) -> dict[str, set[float]]:
    found: dict[str, set[float]] = defaultdict(set)
    for q in counts:
        if q.unit:
            found["person" if q.unit in PERSON_UNITS else q.unit].add(q.value)
    return found


def _anchors(own: Profile) -> set[tuple[str, float]]:
    units = _by_unit(own.counts)
    return {(u, v) for u, values in units.items() for v in values if v >= ANCHOR_MIN_VALUE}


def _candidates(
    profiles: tuple[Profile, ...], vectors: np.ndarray, options: DeduplicateOptions
) -> Iterator[tuple[int, int, float]]:
    """Yield each pair i < j that is alike enough, or shares an anchor, with its cosine, once."""
    anchored: set[tuple[int, int]] = set()
    holders: dict[tuple[str, float], list[int]] = defaultdict(list)
    for index, own in enumerate(profiles):
        for anchor in _anchors(own):
            holders[anchor].append(index)
    for found in holders.values():
        anchored |= {(i, j) for k, i in enumerate(found) for j in found[k + 1 :]}
    for i, j in sorted(anchored):
        yield i, j, float(vectors[i] @ vectors[j])
    for top in range(0, len(vectors), _BLOCK):
        rows, columns = np.nonzero(vectors[top : top + _BLOCK] @ vectors.T >= options.candidate_similarity)
        for i, j in zip((rows + top).tolist(), columns.tolist(), strict=True):
            if i < j and (i, j) not in anchored:
                yield i, j, float(vectors[i] @ vectors[j])
