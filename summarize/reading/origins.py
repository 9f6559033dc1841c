"""Find copies: articles → for each the first article that it has its words from.

A copy is an article whose words, quotations aside, are for the most part in runs of five words of another
one (Broder 1997, containment): that holds for a wire story that was cut, retitled, put in another order or
given another lead, and not for two reports of one event, which share quotations and stock phrases. Quotations
don't count, because two reporters hear the same speaker; nor does text whose figures differ, because weather
and market reports fill one frame.

Containment is no resemblance: half an article resembles the whole by 0.5 at most, and a short item its
round-up not at all. So nothing here rests on Jaccard's index or on MinHash, which estimates it; see
``summarize.reading.shingles`` for how pairs are found instead. Knows nothing of publishers but their names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b

from summarize.reading.shingles import (
    Hashes,
    Overlap,
    Shingled,
    candidates,
    fingerprints,
    hashes_of,
    overlap,
    shingled,
    words_of,
)

# All chosen on the development half of ``summarize evaluate --part origins``, each where the figures hardly
# change with it.
MIN_CONTAINED = 0.45  # of the shorter article's own words
MIN_CONTAINED_OF_ONE_AGENCY = 0.35  # editors cut and retouch an agency's report, and sign it with its name
ONE_RUN, MAX_PASSAGE = 0.8, 200  # of what is shared, words: a passage, such as a statement that two print
MIN_CONTAINED_AS_PASSAGE = 0.7
MIN_OF_LONGER = 0.2  # of the longer one's; less is an excerpt, an item of a round-up say
MIN_CONTAINED_EXCERPT = 0.8
MIN_SHARED = 20  # words, or all that there are; less may be chance
MIN_FILLED_IN, MIN_FILLED_IN_SHARE = 3, 0.6  # figures that differ in what is shared, which then is a frame
MAX_ADDED, MAX_ADDED_SHARE = 300, 0.1  # words, of all words; with more an article has a report of its own
MAX_BEFORE = 130  # words of both before what they share; more are two articles above one frame
_KEPT = 512  # texts that are prepared for comparing; the pairs of a text come together
_NAMES = {
    "associated press": "ap",
    "agence france-presse": "afp",
    "canadian press": "cp",
    "press association": "pa",
    "pa media": "pa",
    "anadolu agency": "aa",
    "anadolu": "aa",
}


@dataclass(frozen=True, slots=True)
class _Text:
    """One of the different texts, an article that has it, and all who publish it."""

    n_words: int
    digest: bytes
    article: int
    publishers: set[str]
    prints: Hashes


def origins(bodies: Sequence[str], publishers: Sequence[str | None]) -> list[int]:
    """Return for each body the index of the first body of its origin, its own if it shares it with none.

    The order of the bodies decides nothing else. A longer article and all that was taken from it are one
    origin. What two longer ones both have, a statement that was published by itself say, goes to one of them
    and does not join the two.

    Texts of less than twelve words are phrases, and one origin only if they are equal.

    :param bodies: are read more than once, and need not all be in memory.
    :param publishers: the agency or outlet of each, if known.
    """
    texts, text_of = _distinct(bodies, publishers)
    joined = _joined(texts, bodies) if len(texts) > 1 else [0]
    first: dict[int, int] = {}
    return [first.setdefault(joined[text], i) for i, text in enumerate(text_of)]


def _distinct(bodies: Sequence[str], publishers: Sequence[str | None]) -> tuple[list[_Text], list[int]]:
    """List the different texts, and for each body which of them it is."""
    numbers: dict[bytes, int] = {}
    texts: list[_Text] = []
    text_of: list[int] = []
    for i, (body, publisher) in enumerate(zip(bodies, publishers, strict=True)):
        words = words_of(body)
        digest = blake2b("\n".join(words).encode("utf-8", "surrogatepass"), digest_size=16).digest()
        number = numbers.setdefault(digest, len(texts))
        if number == len(texts):
            texts.append(_Text(len(words), digest, i, set(), fingerprints(hashes_of(words))))
        elif body < bodies[texts[number].article]:  # same words, other marks; no order decides
            texts[number] = replace(texts[number], article=i)
        if publisher:
            texts[number].publishers.add(_name(publisher))
        text_of.append(number)
    return texts, text_of


def _name(publisher: str) -> str:
    name = publisher.casefold().strip().removeprefix("the ")
    return _NAMES.get(name, name)


def _joined(texts: list[_Text], bodies: Sequence[str]) -> list[int]:
    """Return for each text the number of its group."""

    @lru_cache(_KEPT)
    def prepared(article: int) -> Shingled:
        return shingled(bodies[article])

    # By the texts alone, so that no order of files decides which of two is the longer one.
    order = sorted(range(len(texts)), key=lambda t: (-texts[t].n_words, texts[t].digest))
    groups = _Groups(len(texts))
    excerpts: list[tuple[float, int, int]] = []  # how much of the shorter, places of the longer and it
    for longer, shorter in sorted(candidates([texts[t].prints for t in order])):
        if groups.of(longer) == groups.of(shorter):
            continue
        one, other = texts[order[shorter]], texts[order[longer]]
        a, b = prepared(one.article), prepared(other.article)
        found, of_longer = overlap(a, b, MIN_SHARED), overlap(b, a, MIN_SHARED)
        if not _is_copy(found, of_longer, bool(one.publishers & other.publishers)):
            continue
        if of_longer.share >= MIN_OF_LONGER:
            groups.join(longer, shorter)
        elif found.share >= MIN_CONTAINED_EXCERPT:
            excerpts.append((found.share, longer, shorter))
    for longer, shorter in _attached(excerpts, groups):
        groups.join(longer, shorter)
    place_of = {text: place for place, text in enumerate(order)}
    return [groups.of(place_of[t]) for t in range(len(texts))]


def _is_copy(one: Overlap, longer: Overlap, of_one_agency: bool) -> bool:
    """Tell whether a text was made of the other, longer one.

    It has more of it than one passage, adds little of its own, begins like the other but for a lead, and the
    figures in what they share are the same.
    """
    if one.shared < min(MIN_SHARED, one.words):
        return False
    if one.share < (MIN_CONTAINED_OF_ONE_AGENCY if of_one_agency else MIN_CONTAINED):
        return False
    is_passage = ONE_RUN * one.shared < one.longest < MAX_PASSAGE
    if is_passage and one.share < MIN_CONTAINED_AS_PASSAGE and not of_one_agency:
        return False
    if one.added > max(MAX_ADDED, MAX_ADDED_SHARE * one.words):
        return False
    if min(one.before, longer.before) > MAX_BEFORE:
        return False
    return one.filled_in < max(MIN_FILLED_IN, MIN_FILLED_IN_SHARE * (one.filled_in + one.figures))


def _attached(excerpts: list[tuple[float, int, int]], groups: _Groups) -> list[tuple[int, int]]:
    """Choose for each group of excerpts one text to go with: the one that has most of it, or is longest."""
    best: dict[int, tuple[float, int, int]] = {}
    for contained, longer, shorter in excerpts:
        group = groups.of(shorter)
        if group != groups.of(longer):
            best[group] = min(best.get(group, (1.0, 0, 0)), (-contained, longer, shorter))
    return [(longer, shorter) for _, longer, shorter in best.values()]


class _Groups:
    """Sets that are joined two at a time, each known by the least of its members."""

    def __init__(self, n: int) -> None:
        self._parents = list(range(n))

    def of(self, member: int) -> int:
        while member != (parent := self._parents[member]):
            self._parents[member] = member = self._parents[parent]
        return member

    def join(self, one: int, other: int) -> None:
        one, other = self.of(one), self.of(other)
        self._parents[max(one, other)] = min(one, other)
