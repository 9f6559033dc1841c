"""What can't both be true of one event is not one fact."""

import pytest

from summarize.contradiction import conflict, opposed
from summarize.language.opposites import opposites
from summarize.matching import FEATURES, Matcher
from summarize.planning import sameness
from summarize.profiles import profile_of
from summarize.rating import rate
from tests.builders import article
from tests.scripted import analysis, ranker


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Hale voted for the bridge on Monday.", "Hale voted against the bridge on Monday."),
        ("The council voted in favor of the deal.", "The members of the council voted against the deal."),
        ("The new wall is supported by Hale.", "Hale opposes the new wall."),
        ("Shares of Moss rose 5 percent on Monday.", "On Monday, Moss shares fell 5 percent."),
        ("The court upheld the ban.", "The ban was struck down by the court."),
        ("The governor signed the bill on fishing.", "The governor vetoed the bill on fishing."),
        ("The jury acquitted the officer.", "The officer was convicted by a jury."),
        ("The strike began on Monday at the port.", "The strike ended on Monday at the port."),
        ("Moss won the vote on Monday.", "Moss lost the vote on Monday."),
        ("The mill stands north of the river.", "The mill stands south of the river."),
        ("The bridge is open before the vote.", "The bridge is open after the vote."),
        ("Shares were up on Monday.", "Shares were down on Monday."),
        ("On Monday all members left.", "On Monday some members left."),
        ("Shares of Moss rose 5 percent, with no relief in sight.", "Shares of Moss fell 5 percent."),
        ("The court upheld the ban.", "The court threw out the ban."),
        ("The jury convicted the officer.", "The jury cleared the officer."),
        ("Moss gained 3 percent on Monday.", "Moss dropped 3 percent on Monday."),
        ("The court blocked the rule.", "The court allowed the rule."),
        ("The court upheld the ban in a ruling.", "The court struck down the ban."),
        ("The House passed the bill to end the strike.", "The House defeated the bill."),
        ("The jury found Moss guilty.", "The jury found Moss innocent."),
    ],
)
def test_opposites_are_not_one_fact(a: str, b: str) -> None:
    assert conflict(profile_of(a), profile_of(b)) == "opposites"
    assert conflict(profile_of(b), profile_of(a)) == "opposites"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The bill did not pass on Monday.", "The bill failed to pass on Monday."),  # a word for "not"
        ("The court upheld the ban.", "The court upheld the ban that a lower court had struck down."),
        ("Moss beat Hale in the vote.", "Hale was the one who lost the vote to Moss."),  # from both sides
        ("Moss sold the mill to Hale on Monday.", "On Monday, the mill was bought by Hale from Moss."),
        ("The strike began on Monday.", "The strike started on Monday."),
        ("Police arrested a man.", "Police arrested a man who had been released from prison."),
        ("The army advanced against the rebels.", "The rebels were pushed back by the army."),
        ("The court upheld the ban.", "The court declined to strike down the ban."),
        ("The order lifted all fees.", "The order dropped the fees that Hale had imposed."),
        ("The court upheld the air raid.", "The ruling was on an air strike of the army."),
        ("Moss pleaded guilty.", "Moss pleaded, clearing the way for a deal."),
        ("Men opened fire at a school.", "A shooting took place close to a school."),
        ("The city raised the toll.", "The toll of roads that were cut off went up."),
        ("The trial began on Monday.", "The trial, expected to end in May, got under way on Monday."),
        (
            "Police arrested two men, a statement said.",
            "Two men were arrested, said a statement that was released.",
        ),
    ],
)
def test_what_only_sounds_opposite_may_be_one_fact(a: str, b: str) -> None:
    assert conflict(profile_of(a), profile_of(b)) is None
    assert not opposed(profile_of(a), profile_of(b))


def test_a_side_that_stands_on_both_is_no_opposite() -> None:
    assert opposites({"rose", "share"}, {"fell"}) == {"rose", "fell"}
    assert not opposites({"rose", "fell"}, {"fell"})
    assert not opposites({"won"}, {"lost"})
    assert opposites({"won"}, {"lost"}, in_place=True) == {"won", "lost"}


def test_who_tells_the_opposite_does_not_say_the_same() -> None:
    matcher = Matcher(0.0, tuple(9.0 if name == "cosine" else 0.0 for name in FEATURES), "")
    found = analysis(
        article("Hale's party voted for the treaty on salt, which it favored.", 1),
        article("Hale's party voted for that treaty on salt, which it favored.", 2),
        article("Moss' party voted against the treaty on salt, which it opposed.", 3),
    )
    same = sameness(found, matcher)
    first, again, other = sorted(rate(found, ranker(), 100), key=lambda r: r.place)
    assert same(first, again) > 0.9
    assert same(first, other) == same(other, again) == 0.0
