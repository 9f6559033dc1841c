from dataclasses import replace
from datetime import date

import pytest

from summarize.types import Claim, Day
from summarize.weekdays import resolve_weekdays, with_days
from tests.builders import article, claim, evidence

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


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The mayor said Thursday that she will step down.", 20),
        ("On Thursday, the mayor said the port would be sold.", 20),
        ("A man who would sit on the court for life failed to answer on Thursday night.", 20),
        ("On Thursday, she asked for ships that “will make the difference, literally,” for the port.", 20),
        ("The port, which closed in May, will be reopened on Thursday.", 27),
        ("She said that she will be questioned on Thursday.", 27),
        ("On Thursday the council will vote on what it discussed in May.", 27),
        ("“I will go there on Thursday,” she told reporters.", 27),
        ("“I was there on Thursday,” she said, and will return.", 20),
        ("Owners vowed to leave if the council had not agreed by Thursday.", 27),
        ("The union demanded an answer by Thursday.", 27),
        ("By Thursday the port had closed.", 20),
        ("In a speech Thursday, Hill, who is expected to win, said that some things won't change.", 20),
        ("Two of three owners had left by Thursday.", 20),
        ("More than 3,000 people had to be evacuated by Thursday.", 20),
        ("“If we fail, we fail,” the mayor said, and by Thursday the mill had closed.", 20),
        ("The toll should be higher, but 30 bodies had been recovered by Thursday.", 20),
        ("A vote on the port is planned for Thursday.", 27),
        ("The council will vote on the amended plan on Thursday.", 27),
        ("The mayor will be formally charged on Thursday.", 27),
        ("Envoys will join the US-led talks on Thursday.", 27),
        ("On Thursday, the newly elected mayor will take office.", 27),
        ("She told them that Thursday will be a feast.", 27),
        ("Hill said that on Thursday the court will rule.", 27),
        ("Protesters rallied outside a Planned Parenthood clinic on Thursday.", 20),
        ("The council rejected a planned tax on Thursday.", 20),
        ("Hill, who will turn 70 in May, died Thursday.", 20),
        ("The council approved the plan on Thursday.", 20),
        ("Police defused the bomb that killed a guard on Thursday.", 20),
        ("A jury found Thursday that Hill will have to pay.", 20),
        ("The judge is expected to issue a ruling on Thursday.", 27),
        ("The council will release its report Thursday.", 27),
        ("The council is due to publish its statement on Thursday.", 27),
        ("The council showed off its might on Thursday.", 20),
        ("The mayor likely to lose her seat resigned on Thursday.", 20),
        ("The council might not be able to end the row on Thursday.", 27),
        ("The council might have ended the row on Thursday.", 20),
        ("“See you on Thursday...Big Crowd!” the mayor wrote.", 27),
        ("The row stems from comments on Thursday on an order that will close the port.", 20),
        ("The council set back its plans on Thursday.", 20),
        ("A man set the old mill on fire on Thursday.", 20),
        ("The crowd set two cars ablaze on Thursday.", 20),
        ("The council of Lowhaven's plan Thursday divided the town.", 20),
        ("A vote was set for Thursday.", 27),
        ("The judge set a hearing for Thursday.", 27),
        ("The council set a record on Thursday.", 20),
        ("She's set to testify Thursday.", 27),
        ("The council's expected to vote Thursday.", 27),
        ("A man was killed by a train Thursday.", 20),
        ("The row stems from a talk Thursday on an order that would have closed the port.", 20),
    ],
)
def test_the_verb_that_a_day_goes_with_tells_whether_it_is_to_come(text: str, day: int) -> None:
    assert resolve_weekdays(text, FRIDAY) == (Day("Thursday", date(2020, 2, day)),)


def test_a_day_until_which_something_lasts_is_to_come_unless_it_lasted() -> None:
    assert resolve_weekdays("The line stays closed until Thursday.", FRIDAY)[0].date == date(2020, 2, 27)
    assert resolve_weekdays("The line was closed until Thursday.", FRIDAY)[0].date == date(2020, 2, 20)


def test_a_day_that_may_be_of_either_of_two_verbs_is_not_dated() -> None:
    assert (
        resolve_weekdays("Hill is expected to sign the bill passed by the council on Thursday.", FRIDAY) == ()
    )


def test_a_day_in_a_quotation_without_a_verb_may_be_any() -> None:
    assert resolve_weekdays("“What a Thursday!” the mayor wrote.", FRIDAY) == ()
    assert resolve_weekdays("“Next Thursday, folks!” the mayor wrote.", FRIDAY) != ()


def test_last_and_next_are_taken_at_their_word() -> None:
    assert resolve_weekdays("It fell last Friday.", FRIDAY) == (Day("Friday", date(2020, 2, 14)),)
    assert resolve_weekdays("It opens next Friday.", FRIDAY) == (Day("Friday", date(2020, 2, 28)),)


def test_nothing_is_guessed_without_a_date_of_publication() -> None:
    assert resolve_weekdays("Two soldiers were killed on Thursday.", None) == ()


def test_a_day_six_days_ago_is_not_believed() -> None:
    assert resolve_weekdays("The minister said on Saturday.", FRIDAY) == ()  # the 15th, or the 22nd?
    assert resolve_weekdays("The minister said last Saturday.", FRIDAY)[0].date == date(2020, 2, 15)
    assert resolve_weekdays("The minister will speak on Saturday.", FRIDAY)[0].date == date(2020, 2, 22)


def told(*days: date | None, elsewhere: date | None = None) -> list[Claim]:
    """Return claims of sources of these days on Thursday, as they stand in a brief.

    :param elsewhere: day of a source of another topic, which names no weekday.
    """
    sources = [article("It rained on Thursday.", n, published=d) for n, d in enumerate(days, start=1)]
    other = article("The mayor left.", len(days) + 1, published=elsewhere)
    topics = [[claim(s.text, s) for s in sources], [claim(other.text, other)]]
    return with_days(topics, {s.id: s for s in (*sources, other)})[0]


def test_weekdays_are_told_apart_only_where_they_may_be_confused() -> None:
    assert [c.days for c in told(FRIDAY, FRIDAY)] == [(), ()]
    assert [c.days[0].date.day for c in told(FRIDAY, date(2020, 2, 28))] == [20, 27]


def test_where_sources_are_a_week_apart_every_weekday_has_its_date() -> None:
    said = "The council met on Thursday."
    old, new = (article(said, n, published=date(2020, 2, day)) for n, day in ((1, 14), (2, 21)))
    near = article(said, 3, published=date(2020, 2, 17))
    other = claim("The mayor left.", new)
    for source, wide in ((old, True), (near, False)):
        told, _ = with_days([[claim(said, source), other]], {1: old, 2: new, 3: near})[0]
        assert [d.date for d in told.days] == ([date(2020, 2, 13)] if wide else [])


def test_the_weekday_of_a_source_without_a_date_is_listed_beside_one_that_is_known() -> None:
    dated, later, undated = told(FRIDAY, date(2020, 2, 28), None)
    assert (dated.days, dated.undated) == ((Day("Thursday", date(2020, 2, 20)),), ())
    assert (later.days, later.undated) == ((Day("Thursday", date(2020, 2, 27)),), ())
    assert (undated.days, undated.undated) == ((), ("Thursday",))
    assert [c.undated for c in told(FRIDAY, None)] == [(), ()]  # most likely the same
    *_, undated = told(FRIDAY, None, elsewhere=date(2020, 2, 6))
    assert undated.undated == ("Thursday",)  # of any of these weeks
    assert [c.undated for c in told(None, None)] == [(), ()]  # it would be said of every sentence


def test_a_source_that_tells_a_part_dates_no_weekday_and_is_a_week_of_its_own() -> None:
    said = "The council met on Thursday."
    dated, undated = article(said, 1, published=FRIDAY), article(said, 2)
    old = article(said, 3, published=date(2020, 2, 6))
    named = [replace(evidence(said, s), role="see also") for s in (undated, old)]
    both = claim(said, cites=(evidence(said, dated), *named))
    alone = claim(said, undated)
    ((first, second),) = with_days([[both, alone]], {1: dated, 2: undated, 3: old})
    assert (first.days, second.undated) == ((Day("Thursday", date(2020, 2, 20)),), ("Thursday",))
