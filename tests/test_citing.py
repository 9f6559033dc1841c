"""What a sentence of the brief is cited to, and what is only named beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from summarize.checking import RuleChecker
from summarize.citing import says_in_other_words, supporting
from summarize.composing import Choice, Composed, as_claim
from summarize.types import Sentence
from tests.builders import article, sentence
from tests.jobs import CLOSED, DAY, FIRE, KILLED, LOST, MORNING, Desk
from tests.scripted import models, planned

TOLD = "The harbour authority closed the northern bridge on Sunday after a ferry had struck it."


@pytest.mark.parametrize(
    "passage",
    [
        "After a ferry had struck it, the harbour office closed the northern bridge on Sunday, it said.",
        "The northern bridge was closed by the harbour authority Sunday after a ship struck it.",
    ],
)
def test_a_word_or_two_may_be_put_differently(passage: str) -> None:
    assert says_in_other_words(passage, TOLD)


@pytest.mark.parametrize(
    ("passage", "told"),
    [
        ("The harbour authority closed the northern bridge on Sunday.", f"{TOLD[:-1]} near the old mill."),
        ("The harbour authority closed the northern bridge after a ferry had struck it.", TOLD),
        ("The storm sank some boats off Port Ellery.", "The storm sank 12 boats off Port Ellery."),
        ("The storm sank several boats off Port Ellery.", "The storm sank two boats off Port Ellery."),
        ("Ann Hill said the bridge stayed closed.", "Ann Hill said the bridge “remained closed”."),
        ("Ann Hill said: “It is closed, the bridge.”", "Ann Hill said: “The bridge is closed.”"),
        ("Ann Hill said the old bridge is unsafe.", "“The old bridge is unsafe,” said Ann Hill."),
        ("Hill died in the fire at the old mill.", "Hill and Anna Berg died in the fire at the old mill."),
        ("Soldiers were hurt at the camp of Ely.", "Soldiers were killed at the camp of Ely."),
        ("The minister refused to resign over the bridge.", "The minister resigned over the bridge."),
        ("The brother of Mayor Ann Hill was arrested at Ely.", "Mayor Ann Hill was arrested at Ely."),
        ("Former Mayor Ann Hill was arrested at Ely.", "Mayor Ann Hill was arrested at Ely."),
        ("The council will close the bridge if Ely agrees.", "The council will close the bridge."),
        ("The mayor shot a police officer.", "A police officer shot the mayor."),
        (
            "Tom Reeve sued Ann Hill over the land in Ely on Monday.",
            "Ann Hill sued Tom Reeve over the land in Ely on Monday.",
        ),
        (
            "Mayor Hill was indicted by a jury of Ely of fraud.",
            "Mayor Hill was cleared by a jury of Ely of fraud.",
        ),
        ("Few voters of Ely back the new bridge.", "Most voters of Ely back the new bridge."),
        ("The bridge of Ely will reopen next year.", "The bridge of Ely will reopen this year."),
        ("The council did not close the bridge of Ely.", "The council closed the bridge of Ely."),
        ("The council wants to close the bridge of Ely.", "The council closed the bridge of Ely."),
        ("A woman claimed that Mayor Moss hit her in Ely.", "Mayor Moss hit a woman in Ely."),
        ("The firm of Ely bought the old mill there.", "The firm of Ely sought the old mill there."),
    ],
)
def test_what_weighs_may_not_nor_be_said_of_something_else(passage: str, told: str) -> None:
    assert not says_in_other_words(passage, told)


def test_a_quotation_may_stand_in_other_marks_and_elsewhere_in_the_sentence() -> None:
    told = "“The bridge isn’t safe, and nobody will cross it,” said Ann Hill."
    assert says_in_other_words('Ann Hill said: "The bridge isn\'t safe, and nobody will cross it."', told)


def test_of_two_that_hold_what_a_third_lacks_one_is_cited() -> None:
    def supports(text: str, cited: Sequence[Sentence]) -> bool:
        return set(text.split()) <= {w for s in cited for w in s.text.split()}

    texts = ("the big old grey bridge fell", "bridge fell into water", "fell into water bridge")
    lead, first, second = (sentence(text, article(text, n)) for n, text in enumerate(texts, 1))
    told = "big old grey bridge fell into water"
    assert supporting(told, (lead, first, second), supports) == (lead, first)
    assert supporting("the big old grey bridge", (lead, first, second), supports) == (lead,)
    assert supporting("fell into water", (lead, first), supports) == (first,)


def test_what_tells_a_part_is_named_and_what_gives_a_needless_name_is_not() -> None:
    part = "The harbour authority closed the northern bridge."
    name = "Robert Stone, the head of the harbour authority, lives behind the northern bridge."
    plan = planned(TOLD, part)
    introduced = sentence(name, article(name, 3))
    made = Composed(plan, Choice(TOLD, "quoted", 1.0, introducing=(introduced,)))
    claim = as_claim(made, {1: 1, 2: 2, 3: 3}, RuleChecker(), 0.75)
    assert [(e.source, e.role) for e in claim.evidence] == [(1, "support"), (2, "see also")]
    assert [e.text for e in claim.support_evidence] == [TOLD]
    assert (claim.cited, claim.sources, claim.origins) == ((1,), (1, 2), 1)


def test_a_job_keeps_what_was_cited_apart_from_what_was_named(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.job = replace(desk.job, load=lambda _: replace(models(), checker=RuleChecker()))
    desk.put("a.txt", f"{KILLED[:-1]} and has closed all schools of the county.")
    desk.put("b.txt", LOST, CLOSED, KILLED, title="Many dead")
    desk.run()
    first = roles(desk, "new")
    assert first.count(["support", "see also"]) == 1
    desk.put("c.txt", FIRE, title="Theatre lost", day="2020-02-21")
    desk.run(MORNING + DAY)
    assert roles(desk, "unchanged") == first


def roles(desk: Desk, status: str) -> list[list[str]]:
    told = (c for t in desk.brief()["topics"] for c in t["claims"] if c["status"] == status)
    return sorted([e["role"] for e in c["evidence"]] for c in told)
