from datetime import date

from summarize.types import Claim, Day
from summarize.weekdays import resolve_weekdays, with_days
from tests.builders import article, claim

FRIDAY = date(2020, 2, 21)


def test_a_report_names_the_past_day() -> None:
    assert resolve_weekdays("Two soldiers were killed on Thursday.", FRIDAY) == (
        Day("Thursday", date(2020, 2, 20)),
    )


def test_the_day_of_publication_is_today() -> None:
    assert resolve_weekdays("The minister said Friday.", FRIDAY) == (Day("Friday", FRIDAY),)


def test_a_sentence_that_looks_ahead_names_the_coming_day() -> None:
    assert resolve_weekdays("They will meet Thursday in Moscow.", FRIDAY) == (
        Day("Thursday", date(2020, 2, 27)),
    )


def test_a_day_until_which_something_lasts_is_to_come_unless_it_lasted() -> None:
    assert resolve_weekdays("The line stays closed until Thursday.", FRIDAY)[0].date == date(2020, 2, 27)
    assert resolve_weekdays("The line was closed until Thursday.", FRIDAY)[0].date == date(2020, 2, 20)


def test_last_and_next_are_taken_at_their_word() -> None:
    assert resolve_weekdays("It fell last Friday.", FRIDAY) == (Day("Friday", date(2020, 2, 14)),)
    assert resolve_weekdays("It opens next Friday.", FRIDAY) == (Day("Friday", date(2020, 2, 28)),)


def test_nothing_is_guessed_without_a_date_of_publication() -> None:
    assert resolve_weekdays("Two soldiers were killed on Thursday.", None) == ()


def test_a_day_six_days_ago_is_not_believed() -> None:
    assert resolve_weekdays("The minister said on Saturday.", FRIDAY) == ()  # the 15th, or the 22nd?
    assert resolve_weekdays("The minister said last Saturday.", FRIDAY)[0].date == date(2020, 2, 15)
    assert resolve_weekdays("The minister will speak on Saturday.", FRIDAY)[0].date == date(2020, 2, 22)


def told(*days: date | None) -> list[Claim]:
    """Return claims of sources of these days on Thursday, as they stand in a brief."""
    sources = [article("It rained on Thursday.", n, published=d) for n, d in enumerate(days, start=1)]
    (topic,) = with_days([[claim(s.text, s) for s in sources]], {s.id: s for s in sources})
    return topic


def test_weekdays_are_told_apart_only_where_they_may_be_confused() -> None:
    assert [c.days for c in told(FRIDAY, FRIDAY)] == [(), ()]
    assert [c.days[0].date.day for c in told(FRIDAY, date(2020, 2, 28))] == [20, 27]


def test_the_weekday_of_a_source_without_a_date_is_listed_beside_one_that_is_known() -> None:
    dated, later, undated = told(FRIDAY, date(2020, 2, 28), None)
    assert (dated.days, dated.undated) == ((Day("Thursday", date(2020, 2, 20)),), ())
    assert (later.days, later.undated) == ((Day("Thursday", date(2020, 2, 27)),), ())
    assert (undated.days, undated.undated) == ((), ("Thursday",))
    assert [c.undated for c in told(FRIDAY, None)] == [(), ()]  # most likely the same
    assert [c.undated for c in told(None, None)] == [(), ()]  # it would be said of every sentence
