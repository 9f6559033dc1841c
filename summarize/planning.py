"""Plan: facts → what is worth saying, under which topic, in which order, from which evidence.

The words are shared among the stories of the folder; in each the facts that are worth most are taken. A
sentence that hangs on the one before it ("He added", "That deal") is planned only right behind that one, as
it stands in its article. The plan holds somewhat more than the budget, ranked, because written sentences are
often shorter than their evidence; the pipeline keeps what fits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from summarize.analysis import Analysis, Place
from summarize.contradiction import opposed
from summarize.fitness import is_hanging, is_introduced, is_torn, is_undone, unfit
from summarize.language.openings import is_dependent
from summarize.language.quotations import MARKS
from summarize.language.tokens import content_stems, is_content, words
from summarize.matching import Matcher
from summarize.rating import Rated, place_of
from summarize.retelling import Sameness, never_same
from summarize.segmentation import plain
from summarize.selection import Option, Taken, choose
from summarize.shares import share_out
from summarize.topics import NONE, TopicOptions, find_topics, n_words
from summarize.types import Dropped, Fact, Sentence

OVERSHOOT = 1.45  # planned words per word of the budget; 2.2 fills it better, costs more, and scores the same
FOR_NAMES = 0.02  # of the words, kept for full names
DRAFTED = 10.0  # in the unit of the ranker's scores: what is no part of its story's draft is told last
# In the unit of the ranker's scores, which rates sentences one by one: what quotes, behind what was told,
# goes on with it. On 200 Multi-News clusters +0.2 / +0.4 / +0.3, and the same up to 0.25.
GOES_ON = 0.08
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
    def most_stories(self) -> int:
        """How many stories may be told at most."""
        return self.n_topics or self.max_topics

    @property
    def claim_words(self) -> range:
        """How long a sentence that stands alone may be."""
        return range(self.min_claim_words, self.max_claim_words + 1)


Drafts = Callable[[Sequence[Rated], float, Sameness], frozenset[Place]]


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
    Of a story with a draft, see ``drafting``, the claims that belong to it are told first.
    """

    rated: Rated
    evidence: tuple[Sentence, ...]
    rank: int
    companion: Companion | None = None
    after: int | None = None
    is_drafted: bool = False

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
        place = sentence.article, sentence.order
        return place in found.marked or is_hanging(sentence, profiles[place], told)

    def problem(sentence: Sentence) -> str | None:
        place = sentence.article, sentence.order
        before = at.get((place[0], place[1] - 1))
        if is_torn(sentence, found.articles[sentence.article].text):
            return "torn in two"
        if place in withheld:
            return withheld[place]
        if is_undone(at.get((place[0], place[1] + 1))):
            return "taken back by the next sentence"
        is_spoken = place in found.spoken
        return unfit(
            sentence,
            profiles[place],
            before,
            options.claim_words,
            told,
            is_spoken=is_spoken,
            marked=found.marked,
        )

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
        kept.append(
            replace(
                item,
                fact=fact,
                vector=vectors[place_of(fact)],
                after=after,
                is_introduced=is_introduced(lead, told),
                marked=found.marked.get(place_of(fact)),
            )
        )
    return tuple(kept), tuple(dropped)


def sameness(found: Analysis, matcher: Matcher | None) -> Sameness:
    """Return how probable it is that two facts are one, though nothing has joined them.

    Who denies what another says, or tells the opposite, never says the same.

    :param matcher: None if nothing is known of that.
    """
    if matcher is None:
        return never_same
    profile_of = found.profile_of

    def same(a: Rated, b: Rated) -> float:
        mine, theirs = profile_of[a.place], profile_of[b.place]
        if mine.denies != theirs.denies or opposed(mine, theirs):
            return 0.0
        return matcher.probability(mine, theirs, float(a.vector @ b.vector))

    return same


def no_draft(rated: Sequence[Rated], room: float, same: Sameness) -> frozenset[Place]:
    """Draft nothing: what is told is chosen one after the other."""
    return frozenset()


def plan(
    rated: tuple[Rated, ...],
    options: PlanOptions,
    same: Sameness = never_same,
    drafts: Drafts = no_draft,
) -> tuple[PlannedTopic, ...]:
    """Choose facts within the budget and lay them out by topic.

    The words are shared among the stories. Topics are found among the most salient facts that can stand
    alone, story by story; then facts are taken in order of what they add.

    :param same: how probable it is that two facts are one.
    :param drafts: returns what makes the best text of a story that has so much room; see ``drafting``.
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
    drafted = _drafted([r for r, _ in offered], room, same, drafts)
    stories = {r.story for r in items if r.place in drafted}
    chosen = choose(
        [
            Option(
                r.vector,
                r.salience
                + DRAFTED * (r.place in drafted or r.story not in stories)
                + GOES_ON * _goes_on_quoting(r),
                n_words(r),
                r.place,
                r.after,
                label,
                _runs(r.lead.text),
                content_stems(r.lead.text),
                r.story,
            )
            for r, label in (*offered, *followers)
        ],
        {story: words * OVERSHOOT for story, words in room.items()},
        lambda i, j: same(items[i], items[j]),
    )
    topics = (_laid_out(taken, items, drafted) for taken in _by_topic(chosen))
    return tuple(PlannedTopic(own, room[own[0].rated.story]) for own in topics)


def _drafted(
    alone: Sequence[Rated], room: Mapping[int, int], same: Sameness, drafts: Drafts
) -> frozenset[Place]:
    own: dict[int, list[Rated]] = {}
    for item in alone:
        own.setdefault(item.story, []).append(item)
    return frozenset().union(
        *(drafts(rated, room[story] * (1 - FOR_NAMES), same) for story, rated in own.items())
    )


def _room(ranked: Sequence[Rated], options: PlanOptions) -> dict[int, int]:
    """Return the words of each story that is told: those of the most origins first, then the most salient."""
    weights: dict[int, float] = {}
    length: Counter[int] = Counter()
    salience: dict[int, list[float]] = {}
    open_: set[Place] = set()
    for r in sorted(ranked, key=lambda r: r.place):
        if r.after is None or r.after in open_:
            open_.add(r.place)
            length[r.story] += n_words(r)
    for r in ranked:
        if r.after is None:
            weights[r.story] = r.story_weight
            salience.setdefault(r.story, []).append(r.salience)
    order = sorted(weights, key=lambda s: (-weights[s], -sum(salience[s][:STORY_FACTS]), s))
    return share_out(order, weights, length, options.words, options.most_stories)


def _goes_on_quoting(rated: Rated) -> bool:
    """Tell whether a sentence that hangs on the one before it quotes."""
    return rated.after is not None and (rated.marked is not None or bool(MARKS & set(rated.lead.text)))


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


def _laid_out(own: list[Taken], items: list[Rated], drafted: frozenset[Place]) -> tuple[Planned, ...]:
    chosen = [(items[t.index], t) for t in own]
    return in_reading_order(
        [
            Planned(r, _evidence(r.fact), t.rank, after=t.after, is_drafted=r.place in drafted)
            for r, t in chosen
        ]
    )


def in_reading_order(claims: Sequence[Planned]) -> tuple[Planned, ...]:
    """Tell the newest day first, and of one day what articles tell first; followers come right behind.

    What two claims share an article for stands in that article's order, by the majority of those that they
    share (Barzilay, Elhadad & McKeown 2002). What calls by a mere noun, "The two", what the title of its
    article has introduced does not come first.
    """
    behind: dict[int | None, list[Planned]] = {}
    for claim in claims:
        behind.setdefault(claim.after, []).append(claim)
    ordered: list[Planned] = []

    def tell(claim: Planned) -> None:
        ordered.append(claim)
        for other in behind.get(claim.rank, ()):
            tell(other)

    days = [c.rated.day.toordinal() for c in claims if c.rated.day]

    def day(claim: Planned) -> int:
        return claim.rated.day.toordinal() if claim.rated.day else max(days, default=0)

    left = sorted(behind.get(None, ()), key=lambda c: (-day(c), c.rated.depth, c.rank))
    at = {c.rank: {s.article: s.order for s in reversed(c.rated.fact.sentences)} for c in left}

    def opens(claim: Planned) -> bool:
        return 0 in at[claim.rank].values()

    leaning = {c.rank for c in left if _leans(c)}

    def waits(claim: Planned) -> bool:
        """Tell whether another one of its day stands before it in most articles that both are told from.

        What an article begins with waits only for what another one begins with, and nothing for what leans on
        what is not told yet.
        """
        if not ordered and claim.rank in leaning:
            return True
        before = (c for c in left if day(c) == day(claim) and (opens(c) or not opens(claim)))
        before = (c for c in before if ordered or c.rank not in leaning)
        return any(_precedes(at[c.rank], at[claim.rank]) for c in before)

    while left:
        stands = [c for c in left if ordered or c.rank not in leaning] or left
        first = next((c for c in left if not waits(c)), stands[0])
        left.remove(first)
        tell(first)
    return tuple(ordered)


def _leans(claim: Planned) -> bool:
    """Tell whether a claim that stands alone calls somebody or something by a noun that it leaves open."""
    return claim.after is None and is_dependent(plain(claim.lead.text))


def _precedes(mine: Mapping[int, int], theirs: Mapping[int, int]) -> bool:
    """Tell whether one claim stands before another in most of the articles that have both.

    :param mine: by article, where the sentence stands that states it.
    """
    shared = mine.keys() & theirs.keys()
    return sum((mine[a] < theirs[a]) - (mine[a] > theirs[a]) for a in shared) > 0
