import numpy as np
import pytest

from summarize.clustering import stories, topic_features, topics, unit

EAST, NORTH, UP = [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]


def test_rows_have_length_one_and_zero_rows_stay_zero() -> None:
    assert unit(np.array([[3.0, 4.0], [0.0, 0.0]])).tolist() == [
        [pytest.approx(0.6), pytest.approx(0.8)],
        [0, 0],
    ]


def test_articles_of_one_story_share_a_number() -> None:
    near_east = unit(np.array([[1.0, 0.2, 0.0]]))[0].tolist()
    assert stories(np.array([EAST, UP, near_east]), 0.35) == (0, 1, 0)


def test_a_single_article_is_a_story() -> None:
    assert stories(np.array([EAST]), 0.35) == (0,)


def test_topics_are_numbered_by_first_appearance() -> None:
    vectors = np.array([NORTH, EAST, NORTH, EAST])
    assert topics(vectors, np.ones(4), 2) == (0, 1, 0, 1)


def test_one_topic_holds_everything() -> None:
    assert topics(np.array([EAST, NORTH, UP]), np.ones(3), 1) == (0, 0, 0)


def test_fewer_facts_than_topics_are_a_topic_each() -> None:
    assert topics(np.array([EAST, NORTH]), np.ones(2), 4) == (0, 1)


def test_weights_must_match_the_facts() -> None:
    with pytest.raises(ValueError, match="2 facts but 3 weights"):
        topics(np.array([EAST, NORTH]), np.ones(3), 2)


def test_a_shared_rare_word_draws_facts_together() -> None:
    vectors = unit(np.array([[1, 0.1], [1, -0.1], [1, 0.11], [1, -0.11]]))
    stems = [frozenset({"town"}), frozenset({"town"}), frozenset({"talk"}), frozenset({"talk"})]
    features = topic_features(vectors, stems, np.ones(4))
    by_words = features[0] @ features[1]
    without = topic_features(vectors, [frozenset()] * 4, np.ones(4))
    assert by_words > without[0] @ without[1]
    assert np.allclose(np.linalg.norm(features, axis=1), 1)
