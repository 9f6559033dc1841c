"""Two sentences told as one: which halves may be joined, and which may not."""

import pytest

from summarize.checking import RuleChecker
from summarize.language.cohesion import goes_on
from summarize.proposals import joins

HOSTS, ABSORB = "Turkey already hosts 3.6 million refugees.", "It says it cannot absorb any more."
FIND, OLDER = "Ann Hamm said the find was old.", "She added that it was important."
VOTE, LESS = "Ann López won 67% of the vote four years ago.", "She won 71% this year."

CALLER, ANSWER = (
    "The caller gave no address before the line went dead.",
    "She didn't answer when they called back.",
)

RIGHT = [
    (
        "The caller gave no address before the line went dead, and she didn't answer when they called back.",
        (CALLER, ANSWER),
    ),
    ("Turkey already hosts 3.6 million refugees, and it says it cannot absorb any more.", (HOSTS, ABSORB)),
    ("Turkey already hosts 3.6 million refugees and says it cannot absorb any more.", (HOSTS, ABSORB)),
    ("Ann Hamm said the find was old and added that it was important.", (FIND, OLDER)),
    ("Ann López won 67% of the vote four years ago, and she won 71% this year.", (VOTE, LESS)),
    ("Ann López won 67% of the vote four years ago and won 71% this year.", (VOTE, LESS)),
    (
        "Turkey, which backs rebels, hosts refugees in ten camps and warned Syria on Monday.",
        ("Turkey, which backs rebels, hosts refugees in ten camps.", "Turkey warned Syria on Monday."),
    ),
    (
        "Ann Hamm said the attack killed 34 soldiers and warned Syria.",
        ("Ann Hamm said the attack killed 34 soldiers.", "Ann Hamm warned Syria."),
    ),
]
WRONG = [
    (
        "The fever returned a week later, and she was hospitalized.",
        ("The fever returned a week later.", "She was hospitalized."),
    ),
    # What somebody says must not swallow what is a fact.
    (
        "Ann Hamm said the attack killed 34 soldiers and sent more troops.",
        ("Ann Hamm said the attack killed 34 soldiers.", "Ann Hamm sent more troops."),
    ),
    ("Ann Hamm said the find was old, and it was important.", (FIND, "It was important.")),
    # The pronoun stands for nobody who is named.
    (
        "The bill passed on Monday, and he said he would sign it.",
        ("The bill passed on Monday.", "He said he would sign it."),
    ),
    # Its sentence did not follow the other one.
    ("Turkey already hosts 3.6 million refugees, and it says it cannot absorb any more.", (ABSORB, HOSTS)),
    # Who met whom is no longer clear: another person stands between.
    (
        "Ann Hamm urged Ben Lowe by phone to halt the attack and met Carla Diaz.",
        ("Ann Hamm urged Ben Lowe by phone to halt the attack.", "He met Carla Diaz."),
    ),
    # A contrast that nobody made.
    (
        "The mayor closed the bridge, but the council opened the road.",
        ("The mayor closed the bridge.", "The council opened the road."),
    ),
    # Another one's predicate.
    (
        "Turkey hosts refugees in ten camps and warned Ankara on Monday.",
        ("Turkey hosts refugees in ten camps.", "Syria warned Ankara on Monday."),
    ),
    # A half that was changed.
    ("Turkey already hosts 3.6 million refugees and says it can absorb any more.", (HOSTS, ABSORB)),
]


@pytest.mark.parametrize(("claim", "evidence"), RIGHT)
def test_two_sentences_with_one_subject_may_be_told_as_one(claim: str, evidence: tuple[str, str]) -> None:
    assert RuleChecker().check(claim, evidence).ok


@pytest.mark.parametrize(("claim", "evidence"), WRONG)
def test_a_join_that_changes_who_or_what_is_refused(claim: str, evidence: tuple[str, str]) -> None:
    assert not RuleChecker().check(claim, evidence).ok


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (HOSTS, ABSORB, True),
        ("Seven men have been charged.", "The men are accused of theft.", True),
        ("Seven men have been charged.", "The storm reached the coast.", False),
        ("Seven men have been charged.", "On Monday the men went home.", False),
        ("", "", False),
    ],
)
def test_a_sentence_goes_on_about_a_subject_that_was_named(first: str, second: str, expected: bool) -> None:
    assert goes_on(first, second) is expected


SPOKE = "Ashton was speaking to journalists in Cairo on Monday night."
HOPED = "Ashton said that she hoped for a solution."
NESTED = (
    "Ashton, who was speaking to journalists in Cairo on Monday night, said that she hoped for a solution."
)


def test_a_sentence_may_be_told_inside_another_of_the_same_subject() -> None:
    assert joins(SPOKE, HOPED) == (NESTED,)
    assert RuleChecker().check(NESTED, (SPOKE, HOPED)).ok


@pytest.mark.parametrize(
    "claim",
    [
        "Morsi, who was speaking to journalists in Cairo on Monday, said that she hoped for a solution.",
        "Ashton, who was speaking to journalists on Monday night, hoped for a solution.",
        "Ashton, who said that she hoped for a solution in Cairo on Monday night, was speaking.",
    ],
)
def test_a_nested_sentence_that_is_not_its_own_is_refused(claim: str) -> None:
    assert not RuleChecker().check(claim, (SPOKE, HOPED)).ok
