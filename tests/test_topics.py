from dataclasses import dataclass

import numpy as np
import pytest

from summarize.clustering import unit
from summarize.topics import (
    NONE,
    TopicOptions,
    agreement,
    apportion,
    find_topics,
    silhouette,
    split,
    topic_features,
)
from summarize.types import Fact
from tests.builders import article, sentence

THEMES = 4  # dimensions that tell themes apart; one more is common to all
N_WORDS = 25  # of each fact


@dataclass(frozen=True)
class Item:
    fact: Fact
    vector: np.ndarray
    salience: float
    story: int
    stems: frozenset[str]


def item(theme: int, n: int, story: int = 0, salience: float = 2.0) -> Item:
    """Build a fact of a theme (-1: of none), from one of four articles, slightly different for each ``n``."""
    rng = np.random.default_rng([theme + 1, n])
    vector = np.concatenate([[1.5], 0.12 * rng.standard_normal(THEMES + 2)])
    if theme >= 0:
        vector[1 + theme] += 1.0
    text = " ".join(["word"] * (N_WORDS - 1) + [f"{theme}-{n}."])
    source = article(text, 1 + n % 4)
    stems = frozenset({f"theme{theme}", f"own{theme}-{n}"})
    return Item(Fact((sentence(text, source),)), unit(vector), salience - 0.01 * n, story, stems)


def themes(*sizes: int, story: int = 0) -> list[Item]:
    """Build facts of several themes, weightiest first."""
    made = [item(theme, n, story) for theme, size in enumerate(sizes) for n in range(size)]
    return sorted(made, key=lambda i: -i.salience)


def labels_of(facts: list[Item], options: TopicOptions) -> tuple[tuple[int, int], ...]:
    """Find topics where the stories share the words evenly."""
    own = dict.fromkeys(f.story for f in facts)
    return find_topics(facts, options, dict.fromkeys(own, options.words / len(own)))


def theme_of(found: Item) -> str:
    return max(found.stems)  # "theme…" comes after "own…"


@pytest.mark.parametrize("n_themes", [2, 3, 4])
def test_there_are_as_many_topics_as_themes_without_being_told(n_themes: int) -> None:
    facts = themes(*[5] * n_themes)
    found = labels_of(facts, TopicOptions(words=400))
    pairs = {(theme_of(f), label) for f, label in zip(facts, found, strict=True)}
    assert len(pairs) == len(set(found)) == n_themes


def test_the_length_of_the_brief_bounds_the_topics() -> None:
    facts = themes(5, 5, 5, 5)
    assert len(set(labels_of(facts, TopicOptions(words=180))) - {NONE}) == 2
    assert len(set(labels_of(facts, TopicOptions(words=60)))) == 1
    assert len(set(labels_of(facts, TopicOptions(words=400, max_topics=3)))) <= 3


def test_a_number_that_was_asked_for_is_kept() -> None:
    facts = themes(5, 5)
    for n in (1, 2, 3, 5):
        assert len(set(labels_of(facts, TopicOptions(words=400, n_topics=n)))) == n


def test_fewer_facts_than_topics_asked_for_are_a_topic_each() -> None:
    assert labels_of(themes(1, 1), TopicOptions(n_topics=4)) == ((0, 0), (0, 1))


def test_the_topics_stay_when_an_article_is_taken_away() -> None:
    facts = themes(6, 6, 6)
    labels = dict(zip(map(id, facts), labels_of(facts, TopicOptions(words=400)), strict=True))
    for gone in (1, 2, 3, 4):
        left = [f for f in facts if f.fact.articles != (gone,)]
        again = labels_of(left, TopicOptions(words=400))
        assert len({(labels[id(f)], label) for f, label in zip(left, again, strict=True)}) == 3


def test_a_fact_that_fits_no_topic_is_left_out_and_not_swept_into_one() -> None:
    facts = themes(8, 8)
    odd = item(-1, 0, salience=0.1)
    aside = np.zeros_like(odd.vector)
    aside[-1] = 1.0
    stranger = Item(odd.fact, aside, 0.1, 0, frozenset({"alone"}))
    *known, last = split([*facts, stranger], 2, TopicOptions(words=150))
    assert last == -1
    assert set(known) == {0, 1}


def test_a_late_fact_joins_the_topic_that_is_nearest() -> None:
    facts = themes(8, 8)
    late = item(1, 99, salience=0.1)
    found = split([*facts, late], 4, TopicOptions(words=150))
    assert found[-1] == found[next(i for i, f in enumerate(facts) if theme_of(f) == "theme1")]


def test_no_topic_mixes_stories() -> None:
    facts = sorted(themes(5, 5) + themes(5, 5, story=1), key=lambda i: -i.salience)
    found = labels_of(facts, TopicOptions(words=400))
    assert all(label[0] == f.story for f, label in zip(facts, found, strict=True) if label != NONE)
    assert len(set(found)) == 4


def test_each_story_has_a_topic_where_there_is_room_for_all() -> None:
    facts = [item(0, 0, story=0), item(1, 0, story=1), item(2, 0, story=2)]
    assert labels_of(facts, TopicOptions(words=100)) == ((0, 0), (1, 0), (2, 0))


def test_a_story_has_as_many_topics_as_its_words_allow() -> None:
    facts = sorted(themes(5, 5, 5) + themes(5, 5, story=1), key=lambda i: -i.salience)
    found = set(find_topics(facts, TopicOptions(words=400), {0: 270, 1: 100}))
    assert {story: sum(label[0] == story for label in found) for story in (0, 1)} == {0: 3, 1: 1}


def test_topics_are_shared_by_highest_averages() -> None:
    # 5, 3, 2 divided by 1, 2, 3: the four largest are 5, 3, 5/2, 2.
    assert apportion({0: 5.0, 1: 3.0, 2: 2.0}, {0: 9, 1: 9, 2: 9}, 4) == {0: 2, 1: 1, 2: 1}
    assert apportion({0: 6.0, 1: 3.0, 2: 2.0}, {0: 1, 1: 9, 2: 9}, 4) == {0: 1, 1: 2, 2: 1}
    assert apportion({0: 9.0, 1: 1.0}, {0: 9, 1: 9}, 3, at_least=1) == {0: 2, 1: 1}
    assert apportion({0: 9.0, 1: 1.0}, {0: 1, 1: 1}, 5) == {0: 1, 1: 1}


def test_the_silhouette_is_that_of_the_formula() -> None:
    features = np.array([[1, 0], [1, 0], [0.6, 0.8], [0, 1]])
    # Cosine distances of the first: inside 0; to the others 0.4 and 1, on average 0.7.
    # The third: inside 0.2, outside 0.4: (0.4 - 0.2) / 0.4; the fourth: inside 0.2, outside 1.
    expected = (1 + 1 + 0.5 + 0.8) / 4
    labels = np.array([0, 0, 1, 1])
    assert silhouette(features, np.ones(4), labels) == pytest.approx(expected)
    assert silhouette(features, np.array([1e-5, 1e-5, 1, 1e-5]), labels) == pytest.approx(0.5, abs=1e-3)
    assert silhouette(features[1:], np.ones(3), np.array([0, 1, 1])) == pytest.approx((0 + 0.5 + 0.8) / 3)


def test_agreement_is_a_share_and_higher_inside_a_theme() -> None:
    facts = themes(5, 5)
    share = agreement(facts, 3)
    same = np.array([[theme_of(a) == theme_of(b) for b in facts] for a in facts])
    assert share.min() >= 0 and share.max() <= 1 and np.allclose(share, share.T)
    assert share[same].mean() > 0.6 > share[~same].max()


def test_a_shared_rare_word_draws_facts_together() -> None:
    items = [item(-1, n) for n in range(4)]
    words = ["town", "town", "talk", "talk"]
    named = [Item(i.fact, i.vector, 1.0, 0, frozenset({w})) for i, w in zip(items, words, strict=True)]
    bare = [Item(i.fact, i.vector, 1.0, 0, frozenset()) for i in items]
    with_words, without = topic_features(named), topic_features(bare)
    assert with_words[0] @ with_words[1] > without[0] @ without[1]
    assert np.allclose(np.linalg.norm(with_words, axis=1), 1)
