from datetime import date

from summarize.types import Day
from summarize.weekdays import resolve_weekdays

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
