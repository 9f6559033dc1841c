from dataclasses import replace

import numpy as np

from summarize.planning import PlanOptions, Rated, plan, rate, shared_stems, usable
from summarize.types import Article, Fact, Sentence
from tests.builders import article, sentence, sentences
from tests.scripted import HashedEmbedder, profiles

FIRE = "A fire destroyed the timber mill of Lowhaven on Sunday."
FIRE_AGAIN = "The timber mill of Lowhaven was destroyed by fire."
VOTE = "Voters in Port Ellery elected a council of nine members."
ROADS = "Roads north of Brackwater were closed by heavy snow."


def rated(*facts: tuple[str, ...], salience: float = 1.0) -> tuple[Rated, ...]:
    """Build rated facts; each text of a fact stands in its own article, heavier facts first."""
    made = []
    for weight, texts in enumerate(facts):
        evidence = tuple(sentence(t, article(t, n)) for n, t in enumerate(texts, start=1))
        vector = HashedEmbedder().embed([texts[0]])[0]
        made.append(
            Rated(
                Fact(evidence),
                vector,
                salience - 0.01 * weight,
                len(texts),
                0,
                frozenset(texts[0].lower().split()),
            )
        )
    return tuple(made)


def texts_of(topics: tuple) -> list[list[str]]:
    return [[c.lead.text for c in t.claims] for t in topics]


def rate_all(*articles: Article) -> tuple[Rated, ...]:
    found = tuple(s for a in articles for s in sentences(a))
    by_id = {a.id: a for a in articles}
    own, stories = profiles(found, by_id), dict.fromkeys(by_id, 0)
    facts = tuple(Fact((s,)) for s in found)
    vectors = HashedEmbedder().embed([s.text for s in found])
    return rate(facts, vectors, own, by_id, stories, shared_stems(own, by_id, stories))


def test_a_fact_of_several_origins_outweighs_the_same_fact_of_one() -> None:
    one, two, copy = article(FIRE, 1), article(FIRE_AGAIN, 2), article(FIRE_AGAIN, 3, origin=1)
    by_id = {a.id: a for a in (one, two, copy)}
    first = sentence(FIRE, one)

    def salience(other: Sentence) -> float:
        facts, found = (Fact((first, other)),), (first, other)
        own = profiles(found, by_id)
        stories = dict.fromkeys(by_id, 0)
        vectors = HashedEmbedder().embed([FIRE])
        return rate(facts, vectors, own, by_id, stories, shared_stems(own, by_id, stories))[0].salience

    assert salience(sentence(FIRE_AGAIN, two)) > salience(sentence(FIRE_AGAIN, copy))


def test_what_stands_first_in_an_article_outweighs_what_stands_last() -> None:
    first, *_, last = rate_all(article(f"{VOTE} {ROADS} {FIRE} {VOTE}"))
    assert first.fact.sentences[0].text == last.fact.sentences[0].text
    assert first.salience > last.salience


def test_words_that_other_origins_use_too_are_what_the_story_is_about() -> None:
    articles = {a.id: a for a in (article(FIRE, 1), article(FIRE_AGAIN, 2), article(VOTE, 3))}
    found = tuple(s for a in articles.values() for s in sentences(a))
    shared = shared_stems(profiles(found, articles), articles, dict.fromkeys(articles, 0))[0]
    assert shared["fire"] == 0.5  # one of the two other origins
    assert shared["council"] == 0.0


def test_a_sentence_that_hangs_on_another_is_not_planned_and_is_reported() -> None:
    source = article(f"{FIRE} He said that it had burned for nine hours.")
    found = rate_all(source)
    kept, dropped = usable(found, profiles(sentences(source), {1: source}), PlanOptions())
    assert [r.fact.sentences[0].text for r in kept] == [FIRE]
    assert [(d.stage, d.reason) for d in dropped] == [("plan", "hangs on an earlier sentence")]


def test_sentences_outside_the_limits_are_not_planned() -> None:
    source = article("Fire again. " + FIRE)
    kept, dropped = usable(rate_all(source), profiles(sentences(source), {1: source}), PlanOptions())
    assert [r.fact.sentences[0].text for r in kept] == [FIRE]
    assert dropped[0].reason == "too short"


def test_each_topic_holds_what_belongs_together() -> None:
    found = rated((FIRE,), (VOTE,), (FIRE_AGAIN,), ("The council of nine members sits in Port Ellery.",))
    topics = plan(found, PlanOptions(words=100, n_topics=2))
    assert sorted(len(t) for t in texts_of(topics)) == [2, 2]
    assert [FIRE, FIRE_AGAIN] in [sorted(t) for t in texts_of(topics)]


def test_the_plan_ends_near_its_overshot_budget() -> None:
    many = tuple((f"Fire number {n} destroyed the mill of village {n} on day {n}.",) for n in range(60))
    topics = plan(rated(*many), PlanOptions(words=100, n_topics=1))
    n_words = sum(len(t.split()) for topic in texts_of(topics) for t in topic)
    assert 145 <= n_words <= 160  # 1.45 times the budget, and one sentence more at most


def test_evidence_takes_one_sentence_of_each_article() -> None:
    source = article(f"{FIRE} {FIRE_AGAIN}", 1)
    first, second = sentences(source)
    fact = Fact((first, second, sentence(FIRE, article(FIRE, 2))))
    item = Rated(fact, np.ones(4) / 2, 1.0, 2, 0, frozenset())
    (topic,) = plan((item,), PlanOptions())
    assert [(s.article, s.text) for s in topic.claims[0].evidence] == [(1, FIRE), (2, FIRE)]


def test_nothing_gives_an_empty_plan() -> None:
    assert plan((), PlanOptions()) == ()


def test_a_long_story_does_not_crowd_out_a_short_one() -> None:
    long = rated(*((f"Fire number {n} destroyed the mill of village {n} on day {n}.",) for n in range(40)))
    short = rated((VOTE,), (ROADS,), ("The council of Port Ellery met.",), salience=0.9)
    topics = plan((*long, *(replace(r, story=1) for r in short)), PlanOptions(words=100, n_topics=3))
    assert {c.rated.story for t in topics for c in t.claims} == {0, 1}
