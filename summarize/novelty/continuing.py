"""Continue: a brief's stories and topics keep their numbers and headings, and what still stands is added.

Contract: pure functions of a brief's topics, the analysis and the history. A story is the earlier one that
most of its articles belonged to; a topic is the earlier one of its story that it is nearest to. Decides
nothing about what is new.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from summarize.analysis import Analysis
from summarize.clustering import unit
from summarize.novelty.history import History, KnownTopic, Told
from summarize.novelty.standing import Standing
from summarize.types import Briefing, Claim

# Cosine of the mean directions of two topics' claims. Topics of one story that a reader would tell apart lie
# between 0.5 and 0.78, those that go on from day to day from 0.78 upwards.
SAME_TOPIC = 0.78


@dataclass(frozen=True, slots=True)
class Continued:
    """A brief's topics under their lasting numbers, and what the store has to remember of them.

    ``topics`` are those that gained claims; ``story_of`` is by SHA-256 of an article; ``replaced`` and
    ``withdrawn`` are numbers of earlier claims, as is ``restored``: claims that had been withdrawn.
    """

    briefings: tuple[Briefing, ...]
    topics: tuple[KnownTopic, ...]
    story_of: Mapping[str, int]
    replaced: tuple[int, ...]
    withdrawn: tuple[int, ...]
    restored: tuple[int, ...]


def continued(
    briefings: Sequence[Briefing],
    found: Analysis,
    history: History,
    stands: Standing,
    stories: Mapping[str, int],
    words: int,
) -> Continued:
    """Continue earlier topics with new claims, and add the claims that still stand, up to ``words`` words.

    :param stories: lasting numbers of stories, by SHA-256 of an article.
    """
    vectors = _directions(briefings, found)
    story_of = [stories[found.articles[b.claims[0].evidence[0].source].sha256] for b in briefings]
    before = _matched(vectors, story_of, history)
    following = max((t.id for t in history.topics), default=0) + 1
    named: list[Briefing] = []
    topics = []
    for n, briefing in enumerate(briefings):
        old = before.get(n)
        topic = KnownTopic(following, story_of[n], briefing.heading, vectors[n])
        if old is None:
            following += 1
        else:
            topic = replace(old, vector=old.vector + vectors[n])
        topics.append(topic)
        named.append(replace(briefing, id=f"t{topic.id}", heading=topic.heading, story=topic.story))
    standing = _within(stands, words)
    return Continued(
        _with_unchanged(named, standing, {t.id: t for t in history.topics}),
        tuple(topics),
        stories,
        replaced=tuple(told.id for told in stands.replaced),
        withdrawn=tuple(told.id for told, _ in stands.withdrawn),
        restored=tuple(told.id for told in stands.restored),
    )


def _directions(briefings: Sequence[Briefing], found: Analysis) -> list[np.ndarray]:
    """Return for each topic the sum of the directions of its claims, shape (dim,)."""
    vector_at = {(s.article, s.start): v for s, v in zip(found.sentences, found.vectors, strict=True)}
    directions = []
    for briefing in briefings:
        rows = [
            unit(np.mean([vector_at[e.source, e.start] for e in c.evidence], axis=0)) for c in briefing.claims
        ]
        directions.append(np.asarray(np.sum(rows, axis=0), dtype=np.float32))
    return directions


def _matched(
    vectors: Sequence[np.ndarray], story_of: Sequence[int], history: History
) -> dict[int, KnownTopic]:
    """Pair new topics with earlier ones of the same story, nearest first, one to one."""
    pairs = [
        (-cosine, topic.id, n, topic)
        for n, vector in enumerate(vectors)
        for topic in history.topics
        if topic.story == story_of[n] and (cosine := float(unit(vector) @ unit(topic.vector))) >= SAME_TOPIC
    ]
    matched: dict[int, KnownTopic] = {}
    taken: set[int] = set()
    for _, _, n, topic in sorted(pairs, key=lambda p: p[:3]):
        if n not in matched and topic.id not in taken:
            matched[n] = topic
            taken.add(topic.id)
    return matched


def _within(stands: Standing, words: int) -> dict[int, list[tuple[Told, Claim]]]:
    """Keep what was told last, as far as the words go."""
    kept: dict[int, list[tuple[Told, Claim]]] = defaultdict(list)
    every = [(told, claim, topic) for topic, own in stands.unchanged.items() for told, claim in own]
    for told, claim, topic in sorted(every, key=lambda item: -item[0].id):
        words -= len(claim.text.split())
        if words < 0:
            break
        kept[topic].insert(0, (told, claim))
    return kept


def _with_unchanged(
    named: list[Briefing], standing: Mapping[int, list[tuple[Told, Claim]]], topics: Mapping[int, KnownTopic]
) -> tuple[Briefing, ...]:
    """Put unchanged claims behind the news of their topic; topics without news come last, latest first."""
    left = dict(standing)
    done = []
    for briefing in named:
        own = left.pop(int(briefing.id[1:]), [])
        done.append(replace(briefing, claims=(*briefing.claims, *(c for _, c in own))))
    last = sorted(left, key=lambda topic: (-max(t.id for t, _ in left[topic]), topic))
    done += [
        Briefing(f"t{n}", topics[n].heading, tuple(c for _, c in left[n]), story=topics[n].story)
        for n in last
    ]
    return tuple(done)
