from datetime import date

import pytest

from summarize.announcing import passed
from tests.builders import article
from tests.scripted import analysis

VOTE = "The council of Lowhaven will vote on the dam on Tuesday."
FIRE = "A fire destroyed the old mill of Lowhaven."
MONDAY = date(2020, 3, 2)


def told_late(*texts: str, newest: date | None, published: date | None = MONDAY) -> list[str]:
    """Return what is past of an article of Monday, beside one of the newest day."""
    old = article(" ".join(texts), 1, published=published)
    found = analysis(old, article("The council of Lowhaven has a new mayor.", 2, published=newest))
    return [s.text for s in found.sentences if (s.article, s.order) in passed(found)]


def test_what_was_to_come_is_past_where_a_later_article_looks_back_on_it() -> None:
    assert told_late(VOTE, FIRE, newest=date(2020, 3, 4)) == [VOTE]


@pytest.mark.parametrize("newest", [date(2020, 3, 3), MONDAY, date(2020, 3, 1), None])
def test_on_the_day_itself_or_before_it_nothing_is_past(newest: date | None) -> None:
    assert told_late(VOTE, FIRE, newest=newest) == []


def test_without_a_day_of_publication_nobody_knows() -> None:
    assert told_late(VOTE, newest=date(2020, 3, 4), published=None) == []


def test_a_date_is_a_day_as_well() -> None:
    dated = "The council of Lowhaven will vote on the dam on March 9."
    assert told_late(dated, newest=date(2020, 3, 10)) == [dated]
    assert told_late(dated, newest=date(2020, 3, 9)) == []
    assert told_late("The council will vote on the dam on Feb. 30.", newest=date(2020, 3, 10)) == []
    assert told_late("The council voted on the dam on Feb. 27.", newest=date(2020, 3, 10)) == []
    assert told_late("The council will vote on the dam on March 9, 2021.", newest=date(2020, 3, 10)) == []


@pytest.mark.parametrize(
    "text",
    [
        "The mayor announced plans on Monday to build a dam.",
        "The council passed a bill that would ban guns on Monday.",
        "The council rejected the mayor's plan on Monday.",
        "The car was set on fire on Monday.",
        "The council released its peace plan on Monday.",
        "Hill, who will be sworn in on Tuesday, was arrested for murder.",
        "The mayor signed a law on Monday that will ban plastic bags from Tuesday.",
    ],
)
def test_what_is_reported_is_no_mere_announcement(text: str) -> None:
    assert told_late(text, FIRE, newest=date(2020, 3, 4)) == []


def test_what_was_to_come_on_the_same_day_is_past_on_the_next() -> None:
    today = "The council of Lowhaven will vote on the dam on Monday."
    assert told_late(today, newest=date(2020, 3, 3)) == [today]
    said = "The mayor said the council will vote on the dam on Tuesday."
    assert told_late(said, newest=date(2020, 3, 4)) == [said]


def test_one_day_that_has_passed_makes_no_preview() -> None:
    service = "A service for the nine dead will be held on Tuesday."
    trial = "The owners will be charged with murder."
    assert told_late(FIRE, service, trial, newest=date(2020, 3, 4)) == [service]


def test_what_else_a_preview_expects_is_past_with_its_day() -> None:
    expects = "The mayor is expected to win by two votes."
    later = "The dam will be built in 2022."
    says = "“I will win,” the mayor said."
    assert told_late(VOTE, expects, later, says, FIRE, newest=date(2020, 3, 4)) == [VOTE, expects]
    assert told_late(expects, FIRE, newest=date(2020, 3, 4)) == []
