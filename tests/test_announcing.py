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


def test_what_else_a_preview_expects_is_past_with_its_day() -> None:
    expects = "The mayor is expected to win by two votes."
    later = "The dam will be built in 2022."
    says = "“I will win,” the mayor said."
    assert told_late(VOTE, expects, later, says, FIRE, newest=date(2020, 3, 4)) == [VOTE, expects]
    assert told_late(expects, FIRE, newest=date(2020, 3, 4)) == []
