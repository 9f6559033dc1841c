"""Rewordings of one sentence that can be undone, and what only looks like one."""

from __future__ import annotations

import pytest

from summarize.checking import RuleChecker
from summarize.checking.rewordings import is_trimmed, is_turned
from summarize.language import asides

CHECK = RuleChecker().check


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        (
            "Later, Giuliani said Pompeo had called him.",
            "Later, Giuliani – who has repeated this to three newspapers – said Pompeo had called him.",
        ),
        (
            "Other places have sprouted a shell company industry.",
            "Of course, other places have sprouted a shell company industry.",
        ),
        (
            "Being a senator is never a simple matter for her.",
            "But being a senator is never a simple matter for her.",
        ),
    ],
)
def test_trimmed_sentence_passes(claim: str, sentence: str) -> None:
    assert is_trimmed(claim, (sentence,))
    assert CHECK(claim, ("The weather was fine all week.", sentence)).ok


@pytest.mark.parametrize(
    "claim",
    [
        "The bridge will be closed for two years, the mayor said.",
        "The bridge will be closed for two years, the mayor said on Monday.",
    ],
)
def test_attribution_may_move_to_the_end(claim: str) -> None:
    when = " on Monday" if "Monday" in claim else ""
    for that in ("", " that"):
        evidence = (f"The mayor said{when}{that} the bridge will be closed for two years.",)
        assert is_turned(claim, evidence)
        assert CHECK(claim, evidence).ok


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        # somebody else, something else, nobody
        ("The bridge will be closed, the minister said.", "The mayor said the bridge will be closed."),
        ("The bridge will be opened, the mayor said.", "The mayor said the bridge will be closed."),
        (
            "The bridge will be closed, the mayor has said.",
            "The mayor has not said the bridge will be closed.",
        ),
        ("The bridge will be closed, the mayor said.", "The mayor never said the bridge will be closed."),
        (
            "The bridge will be closed, the mayor said.",
            "If the mayor said the bridge will be closed, he lied.",
        ),
    ],
)
def test_other_attribution_does_not(claim: str, sentence: str) -> None:
    assert not is_turned(claim, (sentence,))
    assert not CHECK(claim, (sentence,)).ok


def test_name_in_a_compound_is_the_compound() -> None:
    evidence = ("Compassion, a Washington-based group, said the video was taken in May at a farm.",)
    assert CHECK("Compassion, a Washington-based group, said the video was taken in May.", evidence).ok
    assert not CHECK("Compassion, a Boston-based group, said the video was taken in May.", evidence).ok


def test_speaker_behind_not_is_no_turn() -> None:
    claim = "The bridge will be closed, the mayor has not said."
    assert not is_turned(claim, ("The mayor has not said the bridge will be closed.",))


def test_dash_that_closes_an_insertion_opens_no_aside() -> None:
    sentence = "Their point — which is entirely unproven — is that the party aimed to elect somebody else."
    assert all(a.end < len(sentence) - 1 for a in asides(sentence))
    claim = "Their point — which is entirely unproven."
    assert not CHECK(claim, (sentence,)).ok


def test_dash_at_the_end_still_opens_one() -> None:
    sentence = "The council has agreed to build a second bridge — a plan that is ten years old."
    assert [sentence[a.start : a.end] for a in asides(sentence)] == [" — a plan that is ten years old"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The glasses were sold through vending machines around the country, as well as a store in the city.",
        "The machines will also remain part of the plan, though they will be taking a short break.",
    ],
)
def test_conjunction_is_no_connective(sentence: str) -> None:
    for broken in (", as well", ", though"):
        claim = sentence.replace(broken, "")
        if claim != sentence:
            assert not is_trimmed(claim, (sentence,))
            assert not CHECK(claim, (sentence,)).ok


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("The ward, they used to call her Miss Sassy.", "In the ward, they used to call her Miss Sassy."),
        (
            "Hurricane Irene swung north, and two states declared an emergency.",
            "As Hurricane Irene swung north, and two states declared an emergency.",
        ),
        (
            "To the tools, a total of 88 lumps came from far away.",
            "In addition to the tools, a total of 88 lumps came from far away.",
        ),
        (
            "The city drained the lake after a man fell in a day.",
            "The city drained the lake after a man fell in a day earlier.",
        ),
        (
            "West asked the company for money to help and bring Donda.",
            "West asked the company for money to help and bring Donda, his startup idea, to fruition.",
        ),
        (
            "West asked the company for money to help and bring Donda, his startup idea.",
            "West asked the company for money to help and bring Donda, his startup idea, to fruition.",
        ),
        (
            "A decision would be made for areas including Coney Island, Battery Park City.",
            "A decision would be made for areas including Coney Island, Battery Park City and the Bronx.",
        ),
        (
            "The tools are the oldest of their kind, researcher Rick Potts.",
            "The tools are the oldest of their kind, researcher Rick Potts and colleagues report in a paper.",
        ),
    ],
)
def test_cut_that_breaks_the_sentence_is_refused(claim: str, sentence: str) -> None:
    assert not CHECK(claim, (sentence,)).ok


def test_age_is_an_aside_only_in_front_of_the_verb() -> None:
    assert asides("Sizemore, 55, was sent home from the production of the film.")
    assert not asides("Sizemore, 55, already known for his temper, has never been accused before.")
