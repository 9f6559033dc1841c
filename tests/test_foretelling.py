"""What is only foretold, and what is told as done."""

from dataclasses import replace

import pytest

from summarize.language.foretelling import is_outdated
from summarize.rating import rate
from summarize.types import Fact
from tests.builders import article
from tests.scripted import analysis, ranker


@pytest.mark.parametrize(
    ("text", "by", "expected"),
    [
        ("The council may vote on the bridge on Monday.", "The council voted to close the bridge.", True),
        ("The council is expected to vote.", "The council has voted.", True),
        ("The council will formally open the bridge.", "The bridge was opened on Sunday.", True),
        ("The fund is on track to exhaust its money.", "The fund has exhausted its money.", True),
        ("The town might win the cup.", "The town won the cup.", True),
        ("The council may vote on Monday.", "The council may vote on Sunday.", False),
        ("The council voted and will vote again.", "The council voted.", False),
        ("“We will vote,” Hill said.", "The council voted.", False),
        ("The council voted.", "The council may vote.", False),
        ("The council may vote.", "The bridge was closed.", False),
        ("Theresa May voted in Lowhaven.", "The minister voted.", False),
        (
            "Hale, who could not be reached, was arrested.",
            "Police reached the house and arrested Hale.",
            False,
        ),
        ("Hale was arrested and will be charged.", "Hale was arrested and charged.", False),
        ("The town will need help.", "The town needed help.", False),
    ],
)
def test_a_plan_is_outdated_by_what_is_told_as_done(text: str, by: str, expected: bool) -> None:
    assert is_outdated(text, by) is expected


def test_what_is_done_stands_for_a_fact_before_what_was_to_come() -> None:
    plan = article("The council of Lowhaven may vote on the bridge on Monday.", 1)
    done = article("The council of Lowhaven voted on Monday on the bridge that has been closed for years.", 2)
    found = analysis(plan, done)
    (rated,) = rate(replace(found, facts=(Fact(found.sentences),)), ranker(), 100)
    assert rated.lead.article == 2
