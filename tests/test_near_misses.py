import random

import numpy as np

from summarize.evaluation.deduplication import best_threshold
from summarize.evaluation.material import Material
from summarize.evaluation.near_misses import _lost, _restyled
from summarize.evaluation.planting_opposites import changed_to_opposite
from summarize.training.pairs import EventSentence, ecb_pairs, tell_the_same, untokenised


def test_two_sentences_tell_the_same_if_they_share_most_of_their_events() -> None:
    def told(doc: str, *events: str, topic: str = "1") -> EventSentence:
        return EventSentence(topic, doc, doc, frozenset(events))

    fire, both, more = told("a", "x", "y"), told("b", "x", "y", "z"), told("c", "x", "v", "w")
    assert tell_the_same(fire, both)
    assert not tell_the_same(fire, more)  # one event is not enough
    elsewhere = told("d", "x", "y", topic="2")
    pairs = [(p.a, p.b, p.is_same) for p in ecb_pairs([fire, both, more, elsewhere])]
    assert pairs == [("a", "b", True), ("a", "c", False), ("b", "c", False)]


def test_the_spaces_of_a_tokeniser_are_undone() -> None:
    text = "It 's a two - year , $ 2 . 5 million deal , he said ."
    assert untokenised(text) == "It's a two-year, $2.5 million deal, he said."


def test_the_best_threshold_is_the_one_of_the_best_f1() -> None:
    values, truth = np.array([0.1, 0.4, 0.6, 0.9]), np.array([False, True, False, True])
    assert best_threshold(values, truth) == 0.4


def test_an_error_in_what_the_other_side_does_not_tell_is_no_near_miss() -> None:
    told, claim = "It cost $5 million on Friday.", "It cost $7 million on Friday."
    assert not _lost(told, claim, "The price was $5 million.")
    assert _lost(told, claim, "The price was announced.")


def test_another_house_style_says_the_same() -> None:
    assert _restyled("The U.S. fell 5 percent.") == "The US fell 5%."


def test_a_word_becomes_its_opposite() -> None:
    rng = random.Random(0)
    text = "Shares of the mill rose on Monday."
    assert changed_to_opposite(Material(text, "", (), ()), rng) == "Shares of the mill fell on Monday."
    assert changed_to_opposite(Material("Shares rose and fell on Monday.", "", (), ()), rng) is None
    assert changed_to_opposite(Material("Shares of the mill are sold.", "", (), ()), rng) == (
        "Shares of the mill are bought."
    )
