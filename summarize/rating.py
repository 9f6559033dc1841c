"""Rate: facts → what each is worth, which sentence stands for it, and what its story weighs.

A fact is worth what the ranker expects a person to repeat of it in a text of its story's length, and more
where independent origins state it. Of its sentences one stands for it: the one that is most worth telling and
that says least that the others don't. What has room is not asked here.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

import numpy as np

from summarize.analysis import Analysis, Place
from summarize.deduplication import fitnesses
from summarize.language.cohesion import is_personal
from summarize.language.foretelling import is_outdated
from summarize.profiles import Profile
from summarize.ranking import GRAVE, Ranker, features, sharing
from summarize.shares import MIN_WORDS, share_out, weight
from summarize.spoken import Marked
from summarize.types import Article, Fact, Sentence

# What an editor wants beside what the ranker learned, in the unit of its scores, whose mean is about 0.2 for
# long briefs. On Multi-News they cost nothing; 0.04 of lives lost would cost 0.2 of ROUGE-2.
ORIGIN_WORTH = 0.025  # of each doubling of the independent origins
GRAVE_WORTH = 0.01  # of lives lost
DENIAL_WORTH = 0.1  # of somebody saying that it is not so
# Which sentence stands for its fact, in the unit of ``deduplication.fitnesses``, a cosine. On 400 AllSides
# training roundups 3 of its score against 0 gains 0.3 of ROUGE-1 and 0.4 of ROUGE-2; 2 of what the others
# state costs nothing there, and spares the reader what only one of the cited sources says.
SCORE_WORTH, STATED_WORTH = 3.0, 2.0
OUTDATED_COST = 1.0  # of a plan or an expectation beside a sentence that tells the same as done
LONE_STORY = 0.75  # weight of a story of one article; from four articles on it is 1
# An article in which this share of the sentences says I, we or you outside of quotations is a column, advice
# or the text of a speech: its sentences are no reports. In 35 articles on four stories these had 0.2 to 0.64,
# and reports at most 0.12.
PERSONAL_SHARE, PERSONAL = 0.2, 0.5  # weight of what only such articles say
MIN_WORTH = 0.01
# The share of its worth that a fact loses for each day that its story has gone on since, and at most so many.
OLD_NEWS, OLDEST = 0.1, 3


@dataclass(frozen=True, slots=True)
class Rated:
    """A fact with what the plan knows of it.

    ``depth`` says where articles tell it, the earliest counts: 0 at the beginning, 1 at the end of one.
    ``after`` is the place of the sentence that it hangs on, None if it can stand alone; one that is
    introduced may call by a mere noun what its reader knows. ``marked`` is the sentence that stands for it
    where that one stands in the middle of a quotation.
    """

    fact: Fact
    vector: np.ndarray
    salience: float
    origins: int
    story: int
    stems: frozenset[str]  # event words and name roots, for the topics
    depth: float = 0.0
    after: Place | None = None
    is_introduced: bool = False
    story_weight: float = 1.0  # see ``shares``
    day: date | None = None  # of the newest article that states it
    marked: Marked | None = None

    @property
    def lead(self) -> Sentence:
        """The sentence that stands for the fact."""
        return self.fact.sentences[0]

    @property
    def place(self) -> Place:
        """Where that sentence stands."""
        return place_of(self.fact)


def rate(
    found: Analysis, ranker: Ranker, n_words: int, most: int = 8, arguing: Set[int] = frozenset()
) -> tuple[Rated, ...]:
    """Rate facts by the best of their sentences, by independent origins and by the size of their story.

    :param n_words: length of the brief.
    :param most: stories of the brief.
    :param arguing: the articles that comment instead of reporting.
    """
    described = features(found.sentences, found.profiles, found.vectors, found.articles, found.story_of)
    weights = _story_weights(found, arguing)
    length_of = _expected(found, weights, n_words, most)
    scores = ranker.scores(
        described, np.array([length_of.get(found.story_of[s.article], MIN_WORDS) for s in found.sentences])
    )
    score_of = {(s.article, s.order): x for s, x in zip(found.sentences, scores.tolist(), strict=True)}
    size = Counter(found.story_of.values())
    newest: dict[int, date] = {}
    for article, story in found.story_of.items():
        if published := found.articles[article].published:
            newest[story] = max(published, newest.get(story, published))
    profile_of, vector_of = found.profile_of, found.vector_of
    personal = _personal(found)
    length = Counter(s.article for s in found.sentences)
    rated = []
    for fact in (_led(f, score_of, profile_of, vector_of) for f in found.facts):
        story = found.story_of[fact.sentences[0].article]
        origins = len({found.articles[s.article].origin for s in fact.sentences})
        worth = max(score_of[s.article, s.order] for s in fact.sentences)
        worth += ORIGIN_WORTH * math.log2(origins) + _news_value(profile_of[place_of(fact)])
        worth = max(MIN_WORTH, worth)
        if all(s.article in personal for s in fact.sentences):
            worth *= PERSONAL
        worth *= LONE_STORY + (1 - LONE_STORY) * min(1.0, math.log2(1 + size[story]) / 2)
        days = (found.articles[s.article].published for s in fact.sentences)
        day = max((d for d in days if d), default=None)
        if day:
            # An article of another story may state the fact, too, and only that one may be dated.
            since = (newest.get(story, day) - day).days
            worth *= 1 - OLD_NEWS * min(OLDEST, max(0, since))
        own = [profile_of[s.article, s.order] for s in fact.sentences]
        stems = frozenset().union(*(p.event | p.names for p in own))
        depth = min(s.order / length[s.article] for s in fact.sentences)
        own_vector = vector_of[place_of(fact)]
        rated.append(
            Rated(fact, own_vector, worth, origins, story, stems, depth, story_weight=weights[story], day=day)
        )
    return tuple(rated)


def _story_weights(found: Analysis, arguing: Set[int]) -> dict[int, float]:
    """Weigh stories by the independent origins that report them."""
    origins: dict[int, set[int]] = {story: set() for story in found.story_of.values()}
    for article, story in found.story_of.items():
        if article not in arguing:
            origins[story].add(found.articles[article].origin)
    return {story: weight(len(own)) for story, own in origins.items()}


def _expected(found: Analysis, weights: Mapping[int, float], n_words: int, most: int) -> dict[int, int]:
    """Return how many words each story would have if all of its sentences could be told."""
    length: Counter[int] = Counter()
    for sentence in found.sentences:
        length[found.story_of[sentence.article]] += len(sentence.text.split())
    ranked = sorted(length, key=lambda s: (-weights[s], -length[s], s))
    return share_out(ranked, weights, length, n_words, most)


def _led(
    fact: Fact,
    score_of: Mapping[Place, float],
    profile_of: Mapping[Place, Profile],
    vector_of: Mapping[Place, np.ndarray],
) -> Fact:
    """Put the sentence in front that is most worth telling and says least that the others don't."""
    own = fact.sentences
    if len(own) == 1:
        return fact
    places = [(s.article, s.order) for s in own]
    profiles = [profile_of[p] for p in places]
    fitness = fitnesses(own, profiles, np.array([vector_of[p] for p in places]))
    worth = [
        f
        + SCORE_WORTH * score_of[p]
        + STATED_WORTH * _stated(n, profiles)
        - OUTDATED_COST * any(is_outdated(own[n].text, other.text) for other in own)
        for n, (f, p) in enumerate(zip(fitness, places, strict=True))
    ]
    ranked = sorted(range(len(own)), key=lambda n: (-round(worth[n], 3), own[n].text))
    return Fact(tuple(own[n] for n in ranked))


def _stated(n: int, profiles: Sequence[Profile]) -> float:
    """Return which share of a sentence's content words another one uses too, on average."""
    own = profiles[n].content
    shares = [len(own & other.content) / max(1, len(own)) for m, other in enumerate(profiles) if m != n]
    return sum(shares) / len(shares)


def _personal(found: Analysis) -> set[int]:
    """Return the articles that are no reports, because their author speaks for himself or to the reader."""
    every = Counter(s.article for s in found.sentences)
    spoken = Counter(s.article for s in found.sentences if is_personal(s.text))
    return {article for article, n in every.items() if spoken[article] >= PERSONAL_SHARE * n}


def place_of(fact: Fact) -> Place:
    """Return where the sentence stands that represents a fact."""
    return fact.sentences[0].article, fact.sentences[0].order


def _news_value(own: Profile) -> float:
    return GRAVE_WORTH * bool(own.event & GRAVE) + DENIAL_WORTH * own.denies


def shared_stems(
    profiles: Mapping[Place, Profile], articles: Mapping[int, Article], story_of: Mapping[int, int]
) -> dict[int, dict[str, float]]:
    """Return per story, for each event stem, the share of the story's other origins that use it too.

    What several sources talk about is what the story is about: concept weights by document frequency,
    as in Gillick & Favre (2009), counted over origins so that copies of a wire story don't vote twice.
    """
    own: dict[int, list[Place]] = {}
    for place in profiles:
        own.setdefault(story_of[place[0]], []).append(place)
    return {
        story: sharing([profiles[p].event for p in places], [articles[p[0]].origin for p in places])
        for story, places in own.items()
    }
