"""History: what earlier briefs knew and told, as values that are handed in.

Contract: built by the store, or from a date; numbers of stories and topics last from brief to brief.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from itertools import count
from typing import TypeVar

import numpy as np

from summarize.analysis import Analysis, Place
from summarize.segmentation import plain
from summarize.types import Article, Method, Role, Sentence

_K = TypeVar("_K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a claim of an earlier brief was found, in a file as it was then."""

    sha256: str
    path: str
    start: int
    end: int
    text: str
    publisher: str | None = None
    published: date | None = None
    role: Role = field(default="support", compare=False)  # the same passage, whatever rests on it


@dataclass(frozen=True, slots=True)
class Told:
    """A claim of an earlier brief; ``topic`` is the number under which its topic is kept."""

    id: int
    topic: int
    text: str
    method: Method
    support: float
    evidence: tuple[Passage, ...]
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class KnownTopic:
    """A topic of earlier briefs; ``vector`` is the sum of its claims' directions, shape (dim,)."""

    id: int
    story: int
    heading: str
    vector: np.ndarray


@dataclass(frozen=True, slots=True)
class History:
    """What earlier briefs knew and told; ``since`` is when the last one was made, None if there is none.

    ``known`` are hashes of sentences; ``earlier`` are the passages that new ones are compared with;
    ``story_of`` is by SHA-256 of an article.
    """

    since: datetime | None
    known: frozenset[bytes] = frozenset()
    earlier: tuple[Passage, ...] = ()
    told: tuple[Told, ...] = ()
    topics: tuple[KnownTopic, ...] = ()
    story_of: Mapping[str, int] = field(default_factory=dict)

    def fingerprint(self) -> str:
        """Return a hash of all that decides what is new."""
        digest = hashlib.sha256(str(self.since).encode())
        for key in sorted(self.known):
            digest.update(key)
        for claim in self.told:
            digest.update(f"{claim.id} {claim.is_withdrawn}".encode())
        return digest.hexdigest()


def words_hash(text: str) -> bytes:
    """Return 16 bytes that stand for a sentence, however its white space is laid out."""
    return hashlib.sha256(plain(text).encode("utf-8", "surrogatepass")).digest()[:16]


def known_places(history: History, found: Analysis) -> frozenset[Place]:
    """Return where the sentences stand that earlier runs knew."""
    if not history.known:
        return frozenset()
    return frozenset((s.article, s.order) for s in found.sentences if words_hash(s.text) in history.known)


def published_before(day: date, found: Analysis) -> History:
    """Build the history of a brief that is to tell what was published on a day or later."""
    old = {i for i, a in found.articles.items() if a.published is not None and a.published < day}
    sentences = [s for s in found.sentences if s.article in old]
    return History(
        since=datetime.combine(day, time(), UTC),
        known=frozenset(words_hash(s.text) for s in sentences),
        earlier=tuple(_passage(s, found.articles[s.article]) for s in sentences),
    )


def _passage(sentence: Sentence, source: Article) -> Passage:
    return Passage(
        source.sha256,
        source.path,
        sentence.start,
        sentence.end,
        sentence.text,
        source.publisher,
        source.published,
    )


def lasting_stories(found: Analysis, history: History) -> dict[str, int]:
    """Give each article's story the number that most of its articles had before, each number once.

    :return: by SHA-256 of an article.
    """
    members: dict[int, set[str]] = defaultdict(set)
    for article, story in sorted(found.story_of.items(), key=lambda item: item[1]):
        members[story].add(found.articles[article].sha256)
    last = max(history.story_of.values(), default=0)
    numbers = lasting_numbers(list(members.values()), history.story_of, last)
    return {sha256: n for own, n in zip(members.values(), numbers, strict=True) for sha256 in own}


def lasting_numbers(groups: Sequence[Iterable[_K]], number_of: Mapping[_K, int], last: int) -> list[int]:
    """Give each group the number that most of its members had before, each number once.

    :param number_of: the numbers of before, of the members that had one.
    :param last: the last number that was given; groups without one get those behind it, in order.
    """
    votes = [
        (-n, old, index)
        for index, own in enumerate(groups)
        for old, n in Counter(number_of[m] for m in dict.fromkeys(own) if m in number_of).items()
    ]
    number: dict[int, int] = {}
    taken: set[int] = set()
    for _, old, index in sorted(votes):
        if index not in number and old not in taken:
            number[index] = old
            taken.add(old)
    following = count(last + 1)
    return [number[index] if index in number else next(following) for index in range(len(groups))]
