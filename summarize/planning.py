"""Plan: facts → what is worth saying, under which topic, in which order, from which evidence.

Coverage is weighted by the number of independent origins, near-repetition is penalised (maximal
marginal relevance, Carbonell & Goldstein 1998), and a sentence that hangs on an earlier one ("He
added", "That deal") is never planned. The plan holds somewhat more than the budget, ranked, because
written sentences are often shorter than their evidence; the pipeline keeps what fits.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np

from summarize.clustering import unit
from summarize.deduplication import Profile
from summarize.language import stem
from summarize.topics import NONE, Label, TopicOptions, find_topics
from summarize.types import Article, Dropped, Fact, Sentence

OVERSHOOT = 1.45  # planned words per word of the budget
REDUNDANT = 0.62  # cosine from which likeness to what is already planned costs
TOP_STEMS = 5  # event stems of a sentence that tell how much its story talks about the same
GRAVE = frozenset(
    stem(w)
    for w in "kill killed dead death deaths die died deadliest deadly wounded injured shooting shot".split()
)
_OUTSIDE_QUOTES = re.compile(r"[“\"][^”\"]*[”\"]")
_FIRST_PERSON = re.compile(r"\b(?:I|me|my|we|us|our)\b")
# What a picture shows: "A woman waves the flag during a protest".
_PICTURED = re.compile(
    r"^(?:A|An|Two|Three|People|Protesters|Supporters|Residents|Police|Soldiers)\b[\w ,’'-]{0,60}?"
    r"\b(?:waves?|holds?|carr(?:y|ies)|walks?|looks?|stands?|sits?|gestures?|poses?|embraces?|smiles?|watch(?:es)?)\b"
)
# Posts, teasers that break off, link texts, halves of a sentence that was split at "No. 1", and sentences
# that lost a word with its link: "the news director at, now known as …".
_NO_PROSE = re.compile(
    r"Story Highlights|Image (?:caption|copyright)|Hide Caption|Getty Images|"
    r"^\W*(?:Photo|Image|Picture)s?\b[^.]{0,40}:|\d+ of \d+ Photos|\bImage \d+ of|\(\d[a-z]{2} [LR]\)|"
    r"^[A-Z/ ]{6,}, [A-Z]\w+ [A-Z]|[a-z]{3}(?:[A-Z]{2,}|[A-Z][a-z]{3}).*\bMORE\b|"
    r"\(@\w+\)|pic\.twitter\.com|https?://|\.\.\.\W*$|^\[.*\]$|\b(?:No|Fig|Figs|vs|Mr|Mrs|Ms|Dr)\.$|"
    r"^\d{1,2} (?:who|which|that|and|or|[A-Z][a-z]+ [A-Z])|\b(?:the|an?|at)[,.](?: |$)"
)
CLUSTERED_FACTS = 240  # the most salient ones shape the topics; the rest could not be said anyway


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """Limits of the plan; lengths in words."""

    words: int = 400
    n_topics: int = 0  # 0: decided from the budget and from what there is to say
    max_topics: int = 8
    min_claim_words: int = 6
    max_claim_words: int = 60


@dataclass(frozen=True, slots=True)
class Rated:
    """A fact with what the plan knows of it."""

    fact: Fact
    vector: np.ndarray
    salience: float
    origins: int
    story: int
    stems: frozenset[str]  # event words and name roots, for the topics


@dataclass(frozen=True, slots=True)
class Companion:
    """What may be said together with a planned claim; see ``companions``.

    ``rank`` is that of the planned claim which is then said already, if it is one.
    """

    evidence: tuple[Sentence, ...]
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """One claim to be written: its evidence, the sentence to quote first, and its rank in the brief."""

    rated: Rated
    evidence: tuple[Sentence, ...]
    rank: int
    companion: Companion | None = None

    @property
    def lead(self) -> Sentence:
        return self.evidence[0]


@dataclass(frozen=True, slots=True)
class PlannedTopic:
    """Claims of one topic, in reading order."""

    claims: tuple[Planned, ...]


def rate(
    facts: tuple[Fact, ...],
    vectors: np.ndarray,
    profiles: dict[tuple[int, int], Profile],
    articles: dict[int, Article],
    story_of: dict[int, int],
    shared: dict[int, dict[str, float]],
) -> tuple[Rated, ...]:
    """Rate facts by independent origins, place in their articles, centrality and substance.

    :param vectors: unit rows, one per fact.
    :param profiles: by (article, order) of a sentence.
    :param shared: see :func:`shared_stems`.
    """
    story = [story_of[f.sentences[0].article] for f in facts]
    centres = {
        k: unit(np.mean([v for v, s in zip(vectors, story, strict=True) if s == k], axis=0))
        for k in set(story)
    }
    weight = {k: sum(1 for s in story_of.values() if s == k) for k in set(story)}
    rated = []
    for fact, vector, own in zip(facts, vectors, story, strict=True):
        origins = len({articles[s.article].origin for s in fact.sentences})
        salience = 1.3 * math.log2(1 + origins)
        salience += 0.7 * max(1.0 / (1.0 + 0.2 * s.order) for s in fact.sentences)
        salience += 0.9 * float(vector @ centres[own])
        lead = fact.sentences[0]
        salience += _substance(profiles[lead.article, lead.order], lead)
        salience += 1.2 * _recurrence(profiles[lead.article, lead.order].event, shared[own])
        salience *= 0.75 + 0.25 * min(1.0, math.log2(1 + weight[own]) / 2)
        found = [profiles[s.article, s.order] for s in fact.sentences]
        stems = frozenset().union(*(p.event | p.names for p in found))
        rated.append(Rated(fact, vector, salience, origins, own, stems))
    return tuple(rated)


def shared_stems(
    profiles: dict[tuple[int, int], Profile], articles: dict[int, Article], story_of: dict[int, int]
) -> dict[int, dict[str, float]]:
    """Return per story, for each event stem, the share of the story's other origins that use it too.

    What several sources talk about is what the story is about: concept weights by document frequency,
    as in Gillick & Favre (2009), counted over origins so that copies of a wire story don't vote twice.
    """
    users: dict[int, dict[str, set[int]]] = {}
    for (article, _), own in profiles.items():
        for word in own.event:
            users.setdefault(story_of[article], {}).setdefault(word, set()).add(articles[article].origin)
    size = {k: len({articles[a].origin for a, s in story_of.items() if s == k}) for k in users}
    return {
        k: {word: (len(o) - 1) / max(1, size[k] - 1) for word, o in found.items()}
        for k, found in users.items()
    }


def _recurrence(event: frozenset[str], shared: dict[str, float]) -> float:
    """Return the mean share of a fact's ``TOP_STEMS`` most shared event stems."""
    return sum(sorted((shared.get(s, 0.0) for s in event), reverse=True)[:TOP_STEMS]) / TOP_STEMS


def _substance(own: Profile, sentence: Sentence) -> float:
    """Figures, names, denials and above all lives lost are news; bare speech seldom is."""
    text = sentence.text
    value = 0.3 * bool(own.counts) + 0.1 * bool(own.names) + 0.8 * own.denies
    speech = sum(text.count(mark) for mark in ("“", '"')) > 0 and text[:1] in "“\"'‘"
    value += 0.4 * bool(own.event & GRAVE)
    told = _OUTSIDE_QUOTES.sub(" ", text)
    value -= 0.6 * bool(_FIRST_PERSON.search(told)) + 0.8 * bool(_PICTURED.search(text))
    return value - 0.3 * speech - 0.2 * (len(own.event) < 4)


def usable(
    rated: tuple[Rated, ...], profiles: dict[tuple[int, int], Profile], options: PlanOptions
) -> tuple[tuple[Rated, ...], tuple[Dropped, ...]]:
    """Keep facts that have a sentence which stands alone and has a fit length."""
    kept, dropped = [], []
    for item in rated:
        if reason := _unusable(item.fact.sentences[0], profiles, options):
            dropped += [Dropped(s.article, s.start, s.end, "plan", reason) for s in item.fact.sentences]
        else:
            kept.append(item)
    return tuple(kept), tuple(dropped)


def _unusable(lead: Sentence, profiles: dict[tuple[int, int], Profile], options: PlanOptions) -> str | None:
    opening, n_words = profiles[lead.article, lead.order].opening, len(lead.text.split())
    if opening is not None and opening.kind == "anaphora":
        return "hangs on an earlier sentence"
    if not options.min_claim_words <= n_words <= options.max_claim_words:
        return "too short" if n_words < options.min_claim_words else "too long"
    if lead.text.rstrip()[-1:] in "?:;,…" or lead.text.count("“") != lead.text.count("”"):
        return "no whole statement"
    if _NO_PROSE.search(lead.text) or lead.text.count('"') % 2:
        return "no prose"
    return None


def plan(rated: tuple[Rated, ...], options: PlanOptions) -> tuple[PlannedTopic, ...]:
    """Choose facts within the budget and lay them out by topic.

    Topics are found among the most salient facts, story by story; then facts are taken in order of
    what they add. A topic with a single light claim is not opened.
    """
    if not rated:
        return ()
    ranked = sorted(rated, key=lambda r: (-r.salience, r.fact.sentences[0].text))[:CLUSTERED_FACTS]
    labels = find_topics(ranked, TopicOptions(options.words, options.n_topics, options.max_topics))
    chosen = _choose(ranked, labels, options)
    laid_out = []
    for label in dict.fromkeys(labels[i] for i in chosen):
        own = [
            Planned(ranked[i], _evidence(ranked[i].fact), rank)
            for rank, i in enumerate(chosen)
            if labels[i] == label
        ]
        laid_out.append(PlannedTopic(_in_reading_order(own)))
    return tuple(laid_out)


def _choose(ranked: list[Rated], labels: tuple[Label, ...], options: PlanOptions) -> list[int]:
    """Take facts greedily by salience, less likeness to those taken and crowding of their topic."""
    budget = options.words * OVERSHOOT
    n_topics = len(set(labels) - {NONE})
    similarity = np.stack([r.vector for r in ranked]) @ np.stack([r.vector for r in ranked]).T
    chosen: list[int] = []
    words: dict[Label, int] = {}
    left = [i for i, label in enumerate(labels) if label != NONE]
    while left and sum(words.values()) < budget:

        def gain(i: int) -> float:
            alike = float(similarity[i, chosen].max()) if chosen else 0.0
            crowded = words.get(labels[i], 0) / (budget / n_topics)
            return ranked[i].salience - 3.0 * max(0.0, alike - REDUNDANT) - 0.8 * crowded

        best = max(left, key=lambda i: (gain(i), -i))
        left.remove(best)
        chosen.append(best)
        words[labels[best]] = words.get(labels[best], 0) + len(ranked[best].fact.sentences[0].text.split())
    return chosen


def _evidence(fact: Fact) -> tuple[Sentence, ...]:
    """Take the best sentence of each article, the one to quote first."""
    best: dict[int, Sentence] = {}
    for sentence in fact.sentences:
        best.setdefault(sentence.article, sentence)
    return tuple(best.values())


def _in_reading_order(claims: list[Planned]) -> tuple[Planned, ...]:
    """Begin with the weightiest; then go on with what is nearest to what was just said."""
    left = sorted(claims, key=lambda c: c.rank)
    ordered = [left.pop(0)]
    while left:

        def follows(claim: Planned) -> float:
            near = float(claim.rated.vector @ ordered[-1].rated.vector)
            same = claim.lead.article == ordered[-1].lead.article
            onward = same and claim.lead.order > ordered[-1].lead.order
            return near + (0.15 if onward else -0.1 if same else 0.0) - 0.02 * claim.rank

        best = max(left, key=lambda c: (follows(c), -c.rank))
        left.remove(best)
        ordered.append(best)
    return tuple(ordered)
