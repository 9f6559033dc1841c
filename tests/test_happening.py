"""The days on which a claim's events happened."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from summarize.happening import happened
from summarize.types import Article
from tests.builders import article, claim

THURSDAY = date(2020, 3, 5)


def days(text: str, *published: date | None, says: str | None = None) -> list[str]:
    """Return what a claim that is quoted from sources of some days is dated by."""
    sources: list[Article] = [
        article(says or text, n, published=day) for n, day in enumerate(published, start=1)
    ]
    values: dict[str, Any] = {"method": "quoted"}
    return [d.isoformat() for d in happened(claim(text, *sources, **values), {a.id: a for a in sources})]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mill burned down on March 2, 2020.", ["2020-03-02"]),
        ("The mill burned down on 2 March.", ["2020-03-02"]),
        ("The mill burned down on Monday.", ["2020-03-02"]),
        ("The mill burned down yesterday.", ["2020-03-04"]),
        ("The court will meet tomorrow.", ["2020-03-06"]),
        ("The court will meet on Monday.", ["2020-03-09"]),
        ("It burned on Monday and fell on Wednesday.", ["2020-03-02", "2020-03-04"]),
        ("On Monday, March 2, the mill burned down.", ["2020-03-02"]),
        ("Die Mühle brannte am 2. März 2020 ab.", ["2020-03-02"]),
        ("The mill burned down.", []),
    ],
)
def test_words_for_days_count_from_the_day_of_publication(text: str, expected: list[str]) -> None:
    assert days(text, THURSDAY) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The shops are full on Black Friday.",
        "She won on Super Tuesday.",
        "It opens every Monday.",
        "“We decide tomorrow,” the mayor said.",
        "The Sunday Times reported it.",
        "It was founded on November 9.",  # of which year?
    ],
)
def test_what_is_not_certain_is_no_day(text: str) -> None:
    assert days(text, THURSDAY) == []


def test_without_a_day_of_publication_only_whole_dates_count() -> None:
    assert days("It burned on Monday and on March 2, 2019, as it had on May 3.", None) == ["2019-03-02"]


def test_sources_of_different_days_may_mean_the_same_or_not() -> None:
    text = "The mill burned down on Tuesday."
    assert days(text, date(2020, 3, 4), THURSDAY) == ["2020-03-03"]
    assert days(text, THURSDAY, date(2020, 3, 12)) == []
    assert days("The mill burned down yesterday.", date(2020, 3, 4), THURSDAY) == []
    assert days(text, THURSDAY, None) == []


def test_a_day_without_its_year_may_lie_across_new_year() -> None:
    assert days("The mill burned down on Dec. 30.", date(2020, 1, 2)) == ["2019-12-30"]
    assert days("The court will meet on January 7.", date(2019, 12, 30)) == ["2020-01-07"]
