"""Deduplicate: sentences → facts, groups of sentences from any sources that state the same thing.

High similarity alone is not sameness: "two soldiers were killed on Thursday" and "dozens were killed
in recent weeks" are near in any embedding. So a pair must be alike in meaning (cosine), a
:class:`~summarize.matching.Matcher` must find it probable from the words, names and figures that it shares,
and it must not contradict (:mod:`summarize.contradiction`). Where there is a cross-encoder, it decides of two
sentences that tell much the same, and may find one what the matcher is in doubt of. A shared distinctive
quantity (one million displaced) lets looser wordings pass; sentences of few words are compared by counts of
what they share beyond names. Groups grow by complete linkage, every member with every other, so that chains
(A like B, B like C, A unlike C) don't form. The stage does not know what is important.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from summarize.config import DeduplicateConfig
from summarize.contradiction import OTHER_NAMES, conflict
from summarize.counting import by_unit
from summarize.language import words
from summarize.matching import Matcher
from summarize.profiles import PERSON_UNITS, Profile, profile
from summarize.types import Fact, PairReader, Sentence

__all__ = [
    "DeduplicateOptions",
    "as_facts",
    "conflict",
    "decisions",
    "deduplicate",
    "fitnesses",
    "is_same",
    "linked",
    "options_from",
    "profile",
    "same_pairs",
]

# Measured on the seeds: the four sentences on a million displaced lie between 0.48 and 0.74.
ANCHORED_SIMILARITY = 0.45
ANCHOR_MIN_VALUE = 1000  # smaller counts recur by chance
MIN_SHARED = 0.4  # of the shorter sentence's event words; on MRPC 0.3 to 0.6 differ by 3 points of precision
# A fragment, "But civil asset forfeiture?", is contained in all that has to do with it: in a looser match the
# longer sentence has at most this many times the event words of the shorter one. Of 18 pairs that this keeps
# apart in nine folders 14 state different things; on ECB+ training topics it costs 3 true pairs and spares 8.
MAX_TIMES = 3
MIN_WEIGHED = 3  # content words of both sentences, from which on the matcher weighs them
# The matcher's probability from which two sentences are one though each names somebody else. From there on 22
# of 25 graded pairs of the training part state the same, below it 14 of 31.
SURE = 0.5
# Two sentences that share more than this of all events that they tell are told apart by the rest of what they
# say, which a reader knows better than counts. Of others the counts know better which events are the same:
# there the matcher decides, with a reader beside it from a lower probability on, SAME_BESIDE; what it finds
# improbable but does not exclude, READ_FROM, is one if the reader is sure, READ_SURE. The figures are in the
# card of the cross-encoder.
ALIKE = 1 / 3
SAME_BESIDE = 0.3
READ_FROM, READ_SURE = 0.12, 0.82
READ_ALIKE = 0.5
# "He was arrested for stealing a poster" beside "for allegedly stealing": the careful one stands for both.
UNALLEGED = 0.5  # of fitness
_ALLEGED = re.compile(r"\balleged(?:ly)?\b", re.IGNORECASE)
_CHARGED = re.compile(
    r"\b(?:alleg\w+|accus\w+|suspect\w*|suspicion|charged with|charges|indict\w+|guilty|convict\w+)\b",
    re.IGNORECASE,
)
_AT_ONCE = 16_384  # pairs that are decided together
_BLOCK = 2048  # rows per block of the similarity matrix
_NOISE = (
    1e-5  # by which a product depends on its block; the threshold is applied to that of the two rows alone
)


@dataclass(frozen=True, slots=True)
class DeduplicateOptions:
    """Thresholds on the cosine of two sentences, and on the matcher's probability."""

    same_similarity: float = 0.80
    candidate_similarity: float = 0.55
    same_probability: float = 0.42


def options_from(config: DeduplicateConfig) -> DeduplicateOptions:
    """Return the thresholds of a configuration."""
    return DeduplicateOptions(config.same_similarity, config.candidate_similarity, config.same_probability)


def is_same(
    a: Profile, b: Profile, cosine: float, options: DeduplicateOptions, matcher: Matcher | None = None
) -> bool:
    """Decide whether two sentences state the same thing.

    Two that share a distinctive quantity and say other things of it may still be alike in all else. Without a
    matcher counts decide alone.
    """
    anchored = _have_one_anchor(a, b)
    if not (anchored and _share_their_anchor(a, b, cosine)) and not _are_alike(
        a, b, cosine, options, matcher
    ):
        return False
    reason = conflict(a, b)
    if reason in ("names", OTHER_NAMES) and anchored and a.denies and b.denies:
        return True  # one denial, told of "officials" here and by name there
    if reason == OTHER_NAMES and _is_weighed(a, b, matcher):
        sure = replace(options, same_probability=max(SURE, options.same_probability))
        return _are_alike(a, b, cosine, sure, matcher)
    return reason is None


def decisions(
    cases: Sequence[tuple[Profile, Profile, float]],
    texts: Sequence[tuple[str, str]],
    options: DeduplicateOptions,
    matcher: Matcher | None = None,
    reader: PairReader | None = None,
) -> list[bool]:
    """Decide of many pairs, and let a reader decide of those that counts can't tell.

    :param cases: what :func:`is_same` takes of each pair.
    :param texts: of each pair, for the reader.
    """
    if not (matcher and reader):
        return [is_same(*case, options, matcher) for case in cases]
    options = replace(options, same_probability=min(SAME_BESIDE, options.same_probability))
    is_one = [is_same(*case, options, matcher) for case in cases]
    needed: dict[int, float] = {}
    for n, (case, pair) in enumerate(zip(cases, texts, strict=True)):
        if _may_be_read(*case, options.candidate_similarity, matcher):
            if _tell_much_the_same(*case[:2]) and not is_shortened(*pair):
                needed[n] = READ_ALIKE
            elif not is_one[n] and matcher.probability(*case) >= READ_FROM:
                needed[n] = READ_SURE
    chances = reader.probabilities([texts[n] for n in needed])
    for (n, least), chance in zip(needed.items(), chances.tolist(), strict=True):
        is_one[n] = chance >= least
    return is_one


def _may_be_read(a: Profile, b: Profile, cosine: float, least: float, matcher: Matcher) -> bool:
    """Tell whether a reader may decide: no rule keeps the sentences apart, nor makes them one."""
    return (
        cosine >= least
        and _is_weighed(a, b, matcher)
        and not (_have_one_anchor(a, b) and _share_their_anchor(a, b, cosine))
        and conflict(a, b) in (None, OTHER_NAMES)
    )


def _tell_much_the_same(a: Profile, b: Profile) -> bool:
    """Tell whether two sentences share many of the events that they tell, by word."""
    return len(a.event & b.event) > ALIKE * len(a.event | b.event)


def is_shortened(a: str, b: str) -> bool:
    """Tell whether one text is the other with words left out."""
    shorter, longer = sorted(([w.key for w in words(t) if w.is_word] for t in (a, b)), key=len)
    rest = iter(longer)
    return all(word in rest for word in shorter)


def _have_one_anchor(a: Profile, b: Profile) -> bool:
    """Tell whether two sentences have a distinctive quantity in common, of the same year."""
    # A million in 2015 is not the million of a sentence that names no year.
    return bool(_anchors(a) & _anchors(b)) and a.years == b.years


def _share_their_anchor(a: Profile, b: Profile, cosine: float) -> bool:
    """Tell whether two sentences say something of the distinctive quantity that both of them have."""
    shared = bool(a.event & b.event - PERSON_UNITS) or (a.denies and b.denies)
    return cosine >= ANCHORED_SIMILARITY and shared


def _are_alike(
    a: Profile, b: Profile, cosine: float, options: DeduplicateOptions, matcher: Matcher | None
) -> bool:
    """Tell whether two sentences are alike enough, contradictions apart."""
    if matcher and _is_weighed(a, b, matcher):
        is_near = cosine >= options.candidate_similarity
        return is_near and matcher.probability(a, b, cosine) >= options.same_probability
    has_event = bool(a.event and b.event)  # a headline may consist of names alone
    mine, theirs = (a.event, b.event) if has_event else (a.content, b.content)
    smaller, larger = sorted((len(mine), len(theirs)))
    overlap = len(mine & theirs) / smaller if smaller else 0.0
    if cosine >= options.same_similarity or not has_event:
        return cosine >= options.same_similarity and overlap >= MIN_SHARED / 2
    needed = MIN_SHARED + (options.same_similarity - cosine)  # less alike, more must be shared
    is_fragment = smaller < 3 or larger > MAX_TIMES * smaller
    return cosine >= options.candidate_similarity and not is_fragment and overlap >= needed


def _is_weighed(a: Profile, b: Profile, matcher: Matcher | None) -> bool:
    """Tell whether the matcher is asked: it needs some words of each side."""
    enough = min(len(a.content), len(b.content)) >= MIN_WEIGHED
    return matcher is not None and enough and bool(a.event and b.event)


def deduplicate(
    sentences: tuple[Sentence, ...],
    profiles: tuple[Profile, ...],
    vectors: np.ndarray,
    options: DeduplicateOptions | None = None,
    matcher: Matcher | None = None,
    reader: PairReader | None = None,
) -> tuple[tuple[int, ...], ...]:
    """Group sentences that state the same thing.

    :param vectors: unit rows, shape (n_sentences, dim).
    :return: groups of indices into ``sentences``, each ascending, ordered by their first index.
    """
    texts = [s.text for s in sentences]
    same = same_pairs(profiles, vectors, options or DeduplicateOptions(), None, matcher, reader, texts)
    return linked(len(sentences), same)


def same_pairs(
    profiles: Sequence[Profile],
    vectors: np.ndarray,
    options: DeduplicateOptions,
    fresh: Sequence[int] | None = None,
    matcher: Matcher | None = None,
    reader: PairReader | None = None,
    texts: Sequence[str] = (),
) -> dict[tuple[int, int], float]:
    """Return the cosine of each pair i < j of sentences that state the same thing.

    :param vectors: unit rows, shape (n_sentences, dim).
    :param fresh: only pairs with one of these, ascending; None: all.
    :param texts: what the reader reads, one for each profile.
    :raises ValueError: if there is a reader and not as many texts.
    """
    if reader and len(texts) != len(profiles):
        raise ValueError(f"{len(texts)} texts for {len(profiles)} profiles")
    rows = range(len(profiles)) if fresh is None else fresh
    found: dict[tuple[int, int], float] = {}
    candidates = _candidates(profiles, vectors, options, rows)
    while some := list(islice(candidates, _AT_ONCE)):
        cases = [(profiles[i], profiles[j], cosine) for i, j, cosine in some]
        read = [(texts[i], texts[j]) for i, j, _ in some] if reader else []
        decided = decisions(cases, read, options, matcher, reader)
        found |= {(i, j): c for (i, j, c), is_one in zip(some, decided, strict=True) if is_one}
    return found


def linked(n: int, scores: Mapping[tuple[int, int], float]) -> tuple[tuple[int, ...], ...]:
    """Join by complete linkage, surest pairs first.

    :param scores: of the pairs (i, j), i < j, that may stand in one group.
    :return: groups of the indices below ``n``, each ascending, ordered by their first index.
    """
    group = list(range(n))
    members = {i: [i] for i in group}
    for i, j in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        left, right = members[group[i]], members[group[j]]
        if left is not right and all((min(a, b), max(a, b)) in scores for a in left for b in right):
            gone = group[j]
            for index in right:
                group[index] = group[i]
            left += right
            del members[gone]
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
        own = [sentences[i] for i in group]
        fitness = fitnesses(own, [profiles[i] for i in group], vectors[list(group)])
        if any(_ALLEGED.search(s.text) for s in own):
            charged = [_CHARGED.search(s.text) is not None for s in own]
            fitness = [f if c else f - UNALLEGED for f, c in zip(fitness, charged, strict=True)]
        ranked = sorted(range(len(own)), key=lambda n: (-fitness[n], own[n].text))
        facts.append(Fact(tuple(own[n] for n in ranked)))
    return tuple(facts)


def fitnesses(sentences: Sequence[Sentence], profiles: Sequence[Profile], vectors: np.ndarray) -> list[float]:
    """Rate how well each sentence of a fact stands for it: alone, not too long, near the others.

    :param vectors: unit rows, shape (n_sentences, dim).
    """
    near = vectors @ vectors.mean(0)
    return [_fitness(s, p, float(n)) for s, p, n in zip(sentences, profiles, near, strict=True)]


def _fitness(sentence: Sentence, own: Profile, centrality: float) -> float:
    n_words = len(sentence.text.split())
    hangs = 0.0 if own.opening is None else 1.0 if own.opening.kind == "anaphora" else 0.1
    fitness = float(centrality) - hangs - 0.01 * max(0, n_words - 30) - 0.02 * max(0, 8 - n_words)
    return round(fitness, 3)  # of two sentences each is as near to their centre as the other, but for noise


def _anchors(own: Profile) -> set[tuple[str, float]]:
    units = by_unit(own.counts)
    return {(u, q.value) for u, found in units.items() for q in found if q.value >= ANCHOR_MIN_VALUE}


def _candidates(
    profiles: Sequence[Profile], vectors: np.ndarray, options: DeduplicateOptions, fresh: Sequence[int]
) -> Iterator[tuple[int, int, float]]:
    """Yield each pair i < j that is alike enough, or shares an anchor, with its cosine, once.

    :param fresh: one of the two at least is of these.
    """
    is_fresh = np.zeros(len(profiles), dtype=bool)
    is_fresh[list(fresh)] = True
    holders: dict[tuple[str, float], list[int]] = defaultdict(list)
    for index, own in enumerate(profiles):
        for anchor in _anchors(own):
            holders[anchor].append(index)
    anchored = {(i, j) for found in holders.values() for k, i in enumerate(found) for j in found[k + 1 :]}
    for i, j in sorted(anchored):
        if not (is_fresh[i] or is_fresh[j]):
            continue
        cosine = float(vectors[i] @ vectors[j])
        if ANCHORED_SIMILARITY <= cosine < options.candidate_similarity:
            yield i, j, cosine
    for top in range(0, len(fresh), _BLOCK):
        block = np.asarray(fresh[top : top + _BLOCK])
        near = vectors[block] @ vectors.T >= options.candidate_similarity - _NOISE
        near &= ~is_fresh | (block[:, None] < np.arange(len(vectors)))
        rows, columns = np.nonzero(near)
        for i, j in zip(block[rows].tolist(), columns.tolist(), strict=True):
            cosine = float(vectors[i] @ vectors[j])
            if cosine >= options.candidate_similarity:
                yield min(i, j), max(i, j), cosine
