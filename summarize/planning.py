"""Plan: facts → what is worth saying, under which topic, in which order, from which evidence.

A fact is worth what the ranker expects a person to repeat of it, and more where independent origins state
it. Of its sentences one stands for it: the one that is most worth telling, fit to stand alone, and that says
least that the others don't. A sentence that hangs on the one before it ("He added", "That deal") is planned
only right behind that one, as it stands in its article. The plan holds somewhat more than the budget, ranked,
because written sentences are often shorter than their evidence; the pipeline keeps what fits.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from summarize.analysis import Analysis, Place
from summarize.deduplication import fitnesses
from summarize.fitness import is_hanging, is_introduced, is_torn, unfit
from summarize.language.cohesion import is_personal
from summarize.language.tokens import is_content, words
from summarize.matching import Matcher
from summarize.profiles import Profile
from summarize.ranking import GRAVE, Ranker, features, sharing
from summarize.selection import Option, Taken, choose
from summarize.shares import MIN_WORDS, share_out, weight
from summarize.topics import NONE, TopicOptions, find_topics
from summarize.types import Article, Dropped, Fact, Sentence

OVERSHOOT = 1.45  # planned words per word of the budget; 2.2 fills it better, costs more, and scores the same
# What an editor wants beside what the ranker learned, in the unit of its scores, whose mean is about 0.2 for
# long briefs. On Multi-News they cost nothing; 0.04 of lives lost would cost 0.2 of ROUGE-2.
ORIGIN_WORTH = 0.025  # of each doubling of the independent origins
GRAVE_WORTH = 0.01  # of lives lost
DENIAL_WORTH = 0.1  # of somebody saying that it is not so
# Which sentence stands for its fact, in the unit of ``deduplication.fitnesses``, a cosine. On 400 AllSides
# training roundups 3 of its score against 0 gains 0.3 of ROUGE-1 and 0.4 of ROUGE-2; 2 of what the others
# state costs nothing there, and spares the reader what only one of the cited sources says.
SCORE_WORTH, STATED_WORTH = 3.0, 2.0
LONE_STORY = 0.75  # weight of a story of one article; from four articles on it is 1
# An article in which this share of the sentences says I, we or you outside of quotations is a column, advice
# or the text of a speech: its sentences are no reports. In 35 articles on four stories these had 0.2 to 0.64,
# and reports at most 0.12.
PERSONAL_SHARE, PERSONAL = 0.2, 0.5  # weight of what only such articles say
MIN_WORTH = 0.01
RUN, MIN_RUN_CONTENT = 6, 2  # words in a row that repeat a sentence, and the content words among them
CLUSTERED_FACTS = 240  # of a story; the most salient ones shape its topics; the rest could not be said anyway
STORY_FACTS = 8  # the weightiest ones tell which of two stories of as many origins comes first


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """Limits of the plan; lengths in words."""

    words: int = 400
    n_topics: int = 0  # 0: decided from the budget and from what there is to say
    max_topics: int = 8
    min_claim_words: int = 6
    max_claim_words: int = 60

    @property
    def claim_words(self) -> range:
        """How long a sentence that stands alone may be."""
        return range(self.min_claim_words, self.max_claim_words + 1)


@dataclass(frozen=True, slots=True)
class Rated:
    """A fact with what the plan knows of it.

    ``depth`` says where articles tell it, the earliest counts: 0 at the beginning, 1 at the end of one.
    ``after`` is the place of the sentence that it hangs on, None if it can stand alone; one that is
    introduced may call by a mere noun what its reader knows.
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

    @property
    def lead(self) -> Sentence:
        """The sentence that stands for the fact."""
        return self.fact.sentences[0]

    @property
    def place(self) -> Place:
        """Where that sentence stands."""
        return place_of(self.fact)


Sameness = Callable[[Rated, Rated], float]


@dataclass(frozen=True, slots=True)
class Companion:
    """What may be said together with a planned claim; see ``companions``.

    ``rank`` is that of the planned claim which is then said already, if it is one.
    """

    evidence: tuple[Sentence, ...]
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """One claim to be written: its evidence, the sentence to quote first, and its rank in the brief.

    ``after`` is the rank of the claim that it hangs on: it is told right behind that one, or not at all.
    """

    rated: Rated
    evidence: tuple[Sentence, ...]
    rank: int
    companion: Companion | None = None
    after: int | None = None

    @property
    def lead(self) -> Sentence:
        return self.evidence[0]


@dataclass(frozen=True, slots=True)
class PlannedTopic:
    """Claims of one topic, in reading order; ``room`` is how many words its whole story may have."""

    claims: tuple[Planned, ...]
    room: int

    @property
    def story(self) -> int:
        return self.claims[0].rated.story


def rate(found: Analysis, ranker: Ranker, n_words: int, max_topics: int = 8) -> tuple[Rated, ...]:
    """Rate facts by the best of their sentences, by independent origins and by the size of their story.

    :param n_words: length of the brief.
    """
    described = features(found.sentences, found.profiles, found.vectors, found.articles, found.story_of)
    weights = _story_weights(found)
    length_of = _expected(found, weights, n_words, max_topics)
    scores = ranker.scores(
        described, np.array([length_of.get(found.story_of[s.article], MIN_WORDS) for s in found.sentences])
    )
    score_of = {(s.article, s.order): x for s, x in zip(found.sentences, scores.tolist(), strict=True)}
    size = {k: sum(1 for s in found.story_of.values() if s == k) for k in set(found.story_of.values())}
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
        own = [profile_of[s.article, s.order] for s in fact.sentences]
        stems = frozenset().union(*(p.event | p.names for p in own))
        depth = min(s.order / length[s.article] for s in fact.sentences)
        own_vector = vector_of[place_of(fact)]
        rated.append(
            Rated(fact, own_vector, worth, origins, story, stems, depth, story_weight=weights[story])
        )
    return tuple(rated)


def _story_weights(found: Analysis) -> dict[int, float]:
    origins: dict[int, set[int]] = {}
    for article, story in found.story_of.items():
        origins.setdefault(story, set()).add(found.articles[article].origin)
    return {story: weight(len(own)) for story, own in origins.items()}


def _expected(found: Analysis, weights: Mapping[int, float], n_words: int, max_topics: int) -> dict[int, int]:
    """Return how many words each story would have if all of its sentences could be told."""
    length: Counter[int] = Counter()
    for sentence in found.sentences:
        length[found.story_of[sentence.article]] += len(sentence.text.split())
    ranked = sorted(length, key=lambda s: (-weights[s], -length[s], s))
    return share_out(ranked, weights, length, n_words, max_topics)


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
        f + SCORE_WORTH * score_of[p] + STATED_WORTH * _stated(n, profiles)
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


def usable(
    rated: tuple[Rated, ...],
    found: Analysis,
    options: PlanOptions,
    told: frozenset[Place] = frozenset(),
    withheld: Mapping[Place, str] = MappingProxyType({}),
) -> tuple[tuple[Rated, ...], tuple[Dropped, ...]]:
    """Keep facts with a sentence that is whole, has a fit length, and stands alone or can follow another.

    If the one that stands for a fact can't be told, the next best one that can stands for it.

    :param told: sentences that the reader knows from an earlier brief.
    :param withheld: sentences that are not told, with the reason.
    """
    profiles, vectors = found.profile_of, found.vector_of
    at = {(s.article, s.order): s for s in found.sentences}

    def hangs(sentence: Sentence) -> bool:
        return is_hanging(sentence, profiles[sentence.article, sentence.order], told)

    def problem(sentence: Sentence) -> str | None:
        place = sentence.article, sentence.order
        before = at.get((place[0], place[1] - 1))
        if is_torn(sentence, found.articles[sentence.article].text):
            return "torn in two"
        if place in withheld:
            return withheld[place]
        is_spoken = place in found.spoken
        return unfit(sentence, profiles[place], before, options.claim_words, told, is_spoken=is_spoken)

    kept, dropped = [], []
    for item in rated:
        problems = [problem(s) for s in item.fact.sentences]
        fit = [s for s, reason in zip(item.fact.sentences, problems, strict=True) if not reason]
        if not fit:
            reason = problems[0] or ""
            dropped += [Dropped(s.article, s.start, s.end, "plan", reason) for s in item.fact.sentences]
            continue
        lead = min(fit, key=hangs)
        fact = Fact((lead, *(s for s in item.fact.sentences if s is not lead)))
        after = (lead.article, lead.order - 1) if hangs(lead) else None
        introduced = is_introduced(lead, told)
        kept.append(
            replace(item, fact=fact, vector=vectors[place_of(fact)], after=after, is_introduced=introduced)
        )
    return tuple(kept), tuple(dropped)


def sameness(found: Analysis, matcher: Matcher | None) -> Sameness:
    """Return how probable it is that two facts are one, though nothing has joined them.

    Who denies what another says never says the same.

    :param matcher: None if nothing is known of that.
    """
    if matcher is None:
        return _never
    profile_of = found.profile_of

    def same(a: Rated, b: Rated) -> float:
        mine, theirs = profile_of[a.place], profile_of[b.place]
        if mine.denies != theirs.denies:
            return 0.0
        return matcher.probability(mine, theirs, float(a.vector @ b.vector))

    return same


def _never(a: Rated, b: Rated) -> float:
    return 0.0


def plan(rated: tuple[Rated, ...], options: PlanOptions, same: Sameness = _never) -> tuple[PlannedTopic, ...]:
    """Choose facts within the budget and lay them out by topic.

    The words are shared among the stories. Topics are found among the most salient facts that can stand
    alone, story by story; then facts are taken in order of what they add.

    :param same: how probable it is that two facts are one.
    """
    ranked = sorted(rated, key=lambda r: (-r.salience, r.lead.text))
    room = _room(ranked, options)
    told = {story: [r for r in ranked if r.story == story] for story in room}
    alone = [r for own in told.values() for r in [r for r in own if r.after is None][:CLUSTERED_FACTS]]
    alone.sort(key=lambda r: (-r.salience, r.lead.text))
    labels = find_topics(alone, TopicOptions(options.words, options.n_topics, options.max_topics), room)
    offered = [(r, label) for r, label in zip(alone, labels, strict=True) if label != NONE]
    followers = [(r, None) for r in ranked if r.after is not None and r.story in room]
    items = [r for r, _ in (*offered, *followers)]
    chosen = choose(
        [
            Option(r.vector, r.salience, _n_words(r), r.place, r.after, label, _runs(r.lead.text), r.story)
            for r, label in (*offered, *followers)
        ],
        {story: words * OVERSHOOT for story, words in room.items()},
        lambda i, j: same(items[i], items[j]),
    )
    return tuple(
        PlannedTopic(own, room[own[0].rated.story])
        for own in (_laid_out(taken, items) for taken in _by_topic(chosen))
    )


def _room(ranked: Sequence[Rated], options: PlanOptions) -> dict[int, int]:
    """Return the words of each story that is told: those of the most origins first, then the most salient."""
    weights: dict[int, float] = {}
    length: Counter[int] = Counter()
    salience: dict[int, list[float]] = {}
    for r in ranked:
        length[r.story] += _n_words(r)
        if r.after is None:
            weights[r.story] = r.story_weight
            salience.setdefault(r.story, []).append(r.salience)
    order = sorted(weights, key=lambda s: (-weights[s], -sum(salience[s][:STORY_FACTS]), s))
    return share_out(order, weights, length, options.words, options.n_topics or options.max_topics)


def _n_words(item: Rated) -> int:
    return len(item.lead.text.split())


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    """Return the words in a row by which a sentence repeats another; those of names alone are none."""
    said = [w for w in words(text) if w.is_word]
    runs = (said[n : n + RUN] for n in range(len(said) - RUN + 1))
    return frozenset(
        tuple(w.key for w in run)
        for run in runs
        if sum(is_content(w) and w.text.islower() for w in run) >= MIN_RUN_CONTENT
    )


def _by_topic(chosen: tuple[Taken, ...]) -> list[list[Taken]]:
    topics: dict[object, list[Taken]] = {}
    for taken in chosen:
        topics.setdefault(taken.label, []).append(taken)
    return list(topics.values())


def _evidence(fact: Fact) -> tuple[Sentence, ...]:
    """Take the best sentence of each article, the one to quote first."""
    best: dict[int, Sentence] = {}
    for sentence in fact.sentences:
        best.setdefault(sentence.article, sentence)
    return tuple(best.values())


def _laid_out(own: list[Taken], items: list[Rated]) -> tuple[Planned, ...]:
    """Tell first what articles tell first for their length; what hangs on one comes right behind it."""
    claims = [Planned(items[t.index], _evidence(items[t.index].fact), t.rank, after=t.after) for t in own]
    behind: dict[int | None, list[Planned]] = {}
    for claim in claims:
        behind.setdefault(claim.after, []).append(claim)
    ordered: list[Planned] = []

    def tell(claim: Planned) -> None:
        ordered.append(claim)
        for other in behind.get(claim.rank, ()):
            tell(other)

    for claim in sorted(behind.get(None, ()), key=_reading_place):
        tell(claim)
    return tuple(ordered)


def _reading_place(claim: Planned) -> tuple[float, int]:
    return claim.rated.depth, claim.rank
