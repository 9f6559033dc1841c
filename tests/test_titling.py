"""Which titles may head a topic: those that its sentences tell."""

from dataclasses import replace

import numpy as np
import pytest

from summarize import titling
from summarize.composing import Choice, Composed
from summarize.genre import Opinions
from summarize.heading import name_topics
from summarize.matching import FEATURES, Matcher
from summarize.titling import titles_of
from tests.builders import article
from tests.scripted import HashedEmbedder, ScriptedWriter, TrustingChecker, planned

TOLD = "The council of Lowhaven closed the northern bridge on Sunday after a storm."
SAME = "Lowhaven council closes northern bridge"
OTHER = "Brackwater expects its mayor to resign"
NOBODY = Opinions(frozenset(), frozenset())
# Nothing is the same for the one; for the other all that is near enough.
NEVER = Matcher(-9.0, (0.0,) * len(FEATURES), "")
NEAR = Matcher(-5.0, tuple(10.0 if name == "cosine" else 0.0 for name in FEATURES), "")


class Placing:
    """An embedder by which titles are as near to a sentence as it is told."""

    signature = "placing"

    def __init__(self, cosine: float) -> None:
        self.title = [cosine, float(np.sqrt(1 - cosine**2))]

    def embed(self, texts: list[str]) -> np.ndarray:
        return np.array([self.title if t in (SAME, OTHER) else [1.0, 0.0] for t in texts])


def told(title: str, cosine: float, matcher: Matcher | None, *, order: int = 3) -> bool:
    """Tell whether the title of the article whose sentence is told, its ``order``-th, may head the topic."""
    plan = planned(TOLD)
    (sentence,) = plan.evidence
    claim = Composed(replace(plan, evidence=(replace(sentence, order=order),)), Choice(TOLD, "quoted", 1.0))
    source = article(TOLD, title=title)
    (found,) = titles_of([[claim]], {1: source}, NOBODY, Placing(cosine), matcher)
    assert (*found.told, *found.others) == (title,)
    return found.told == (title,)


@pytest.mark.parametrize(
    ("title", "cosine", "matcher", "expected"),
    [
        (OTHER, 0.9, NEAR, True),  # the matcher takes them for the same
        (OTHER, 0.2, NEAR, False),
        (SAME, 0.6, NEVER, True),  # "closes", "bridge", "council" and "northern" are told
        (SAME, 0.2, NEVER, False),  # of something else
        (OTHER, 0.9, NEVER, False),
        (OTHER, 0.2, None, True),  # nothing is known
    ],
)
def test_a_title_may_head_what_says_the_same(
    title: str, cosine: float, matcher: Matcher | None, expected: bool
) -> None:
    assert told(title, cosine, matcher) is expected


def test_a_title_is_told_by_the_first_sentence_below_it() -> None:
    assert told(OTHER, titling.BELOW, NEVER, order=0)
    assert not told(OTHER, titling.BELOW, NEVER, order=1)
    assert not told(OTHER, titling.BELOW - 0.1, NEVER, order=0)


def test_titles_of_opinions_are_left_out_and_those_of_slanted_reports_are_for_want_of_others() -> None:
    plan = planned(TOLD, "The bridge of Lowhaven is closed.")
    claim = Composed(plan, Choice(TOLD, "quoted", 1.0))
    both = {1: article(TOLD, 1, title=SAME), 2: article(TOLD, 2, title=OTHER)}

    def titles(**opinions: frozenset[int]) -> tuple[str, ...]:
        found = titles_of([[claim]], both, replace(NOBODY, **opinions), HashedEmbedder(), None)
        return found[0].told

    assert titles() == (SAME, OTHER)
    assert titles(articles=frozenset({1})) == (OTHER,)
    assert titles(slanted=frozenset({1})) == (OTHER,)
    assert titles(slanted=frozenset({1, 2})) == (SAME, OTHER)


def test_an_untold_title_heads_a_topic_only_if_nothing_else_does() -> None:
    bare = "It is so."

    def named(text: str) -> str:
        claim = Composed(planned(text), Choice(text, "quoted", 1.0))
        writer, embedder = ScriptedWriter({}), HashedEmbedder()
        return name_topics([[claim]], [[]], writer, embedder, TrustingChecker(), untold=[[OTHER]])[0]

    assert named(bare) == OTHER
    assert named(TOLD) == "The council of Lowhaven closed the northern bridge on Sunday"


def test_a_title_that_begins_with_somebody_whom_the_topic_leaves_out_is_the_last_resort() -> None:
    plan = planned(TOLD)
    claim = Composed(plan, Choice(f"{TOLD[:-1]}, Ann Hill said.", "fused", 1.0))
    texts = (f"{TOLD} The mayor, Ginsburg, signed the order.", TOLD)
    for text, is_told in zip(texts, (False, True), strict=True):
        source = article(text, title=f"Ginsburg and the council: {SAME}")
        (found,) = titles_of([[claim]], {1: source}, NOBODY, HashedEmbedder(), None)
        assert bool(found.told) is is_told and len(found.told + found.others) == 1
