"""Novelty: what of a folder was told before, what is new, what changed, and what no longer stands.

Contract: pure functions of an analysis and of the history of earlier briefs. A sentence that an earlier run
knew is no news, in whatever file it stands now, and neither is a fact that any such sentence states, unless
it is an update. Writes nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from summarize.analysis import Analysis, Place
from summarize.novelty.history import (
    History,
    KnownTopic,
    Passage,
    Told,
    known_places,
    lasting_numbers,
    lasting_stories,
    published_before,
    words_hash,
)
from summarize.novelty.standing import Standing, standing
from summarize.novelty.updates import Comparer
from summarize.rating import Rated
from summarize.types import Briefing, Claim, Dropped, Fact, News

__all__ = [
    "Comparer",
    "History",
    "KnownTopic",
    "Passage",
    "Standing",
    "Told",
    "budget",
    "known_places",
    "lasting_numbers",
    "lasting_stories",
    "new_articles",
    "news",
    "only_news",
    "published_before",
    "standing",
    "with_status",
    "words_hash",
]

UPDATE_WORTH = 0.2  # added to the salience, whose mean is about 0.2
NEWS_WORDS = 200  # of a brief's budget for each new origin: a quiet day gives a short brief
KNOWN = "known from an earlier brief"


def only_news(
    rated: tuple[Rated, ...], known: frozenset[Place], comparer: Comparer
) -> tuple[tuple[Rated, ...], tuple[Dropped, ...]]:
    """Keep the facts that no earlier brief knew; what updates one is worth more.

    Two counts of "at least" so many are one fact, and the second may be an update all the same.

    :param known: where the sentences stand that earlier runs knew.
    """
    news: list[Rated] = []
    dropped: list[Dropped] = []
    for item in rated:
        fresh = tuple(s for s in item.fact.sentences if (s.article, s.order) not in known)
        if fresh and comparer.update(fresh[0].text, fresh):
            news.append(replace(item, fact=Fact(fresh), salience=item.salience + UPDATE_WORTH))
        elif len(fresh) < len(item.fact.sentences) or comparer.is_retold(item.lead):
            dropped += [Dropped(s.article, s.start, s.end, "plan", KNOWN) for s in item.fact.sentences]
        else:
            news.append(item)
    return tuple(news), tuple(dropped)


def with_status(
    briefings: tuple[Briefing, ...], history: History, found: Analysis, comparer: Comparer
) -> tuple[tuple[Briefing, ...], frozenset[Passage]]:
    """Mark claims as new or updated, and those whose sources are older than the last brief.

    :return: also the passages whose claims are replaced by updates.
    """
    sentence_at = {(s.article, s.end): s for s in found.sentences}  # one in marks begins elsewhere
    replaced: set[Passage] = set()

    def marked(claim: Claim) -> Claim:
        sentences = [sentence_at[e.source, e.end] for e in claim.support_evidence]
        published = [found.articles[e.source].published for e in claim.support_evidence]
        days = [d for d in published if d is not None]
        is_known = bool(days) and None not in published  # a source without a date may be the latest
        is_old = is_known and history.since is not None and max(days) < history.since.date()
        old = max(days) if is_old else None
        change = comparer.update(claim.text, sentences)
        if change is None:
            return replace(claim, reported=old)
        replaced.add(change[1])
        return replace(claim, status="updated", update=change[0], reported=old)

    done = tuple(replace(b, claims=tuple(map(marked, b.claims))) for b in briefings)
    return done, frozenset(replaced)


def new_articles(known: frozenset[Place], found: Analysis) -> frozenset[int]:
    """Return the articles of whose sentences earlier runs knew less than half."""
    every = Counter(s.article for s in found.sentences)
    n_known = Counter(article for article, _ in known)
    return frozenset(a for a, n in every.items() if 2 * n_known[a] < n)


def budget(n_words: int, history: History, found: Analysis, new: frozenset[int]) -> int:
    """Return how many words the news is worth: all of the budget only if enough is new."""
    if history.since is None:
        return n_words
    origins = {found.articles[a].origin for a in new}
    return min(n_words, NEWS_WORDS * max(1, len(origins)))


def news(history: History, new: frozenset[int], stands: Standing) -> News | None:
    """Say since when a brief tells what is new; None if there is no earlier one."""
    if history.since is None:
        return None
    withdrawn = tuple(w for _, w in stands.withdrawn)
    return News(history.since, len(new), withdrawn, tuple(told.text for told in stands.restored))
