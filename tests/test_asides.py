"""What a sentence says in passing, and may be told without."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.language import asides, core, without

TRIMMED = [
    (
        "Turkey, which backs some rebel groups, has lost 16 soldiers this month.",
        "Turkey has lost 16 soldiers this month.",
    ),
    ("Ben Lowe, 53, was charged with two robberies.", "Ben Lowe was charged with two robberies."),
    (
        "Ann Hamm said in a statement on Monday that the mine was safe.",
        "Ann Hamm said that the mine was safe.",
    ),
    ("Ann Hamm said Tuesday the mine was safe.", "Ann Hamm said the mine was safe."),
    ("In an unusual twist, a girl reached the lawn.", "A girl reached the lawn."),
    (
        "Rings of mirrors would form a cloud around the star, collecting its energy for the planet.",
        "Rings of mirrors would form a cloud around the star.",
    ),
    ("Amid rising tensions, Turkey sent troops to Idlib.", "Turkey sent troops to Idlib."),
    (
        "Todd Joyce, a spokesman for the department, said the woman was found.",
        "Todd Joyce said the woman was found.",
    ),
]
WHOLE = [
    "The town will pay for the bridge, which it has not approved.",
    "Shells struck a school in the camp, killing at least 17 people.",
    "He would sign the bill, according to two people who know him.",
    "“The mine, which is old, is safe,” Ann Hamm said.",
    "The mine will close, unless the council finds the money.",
    "Ann Hamm said the mine was safe.",
]


@pytest.mark.parametrize(("text", "expected"), TRIMMED)
def test_what_is_said_in_passing_is_cut(text: str, expected: str) -> None:
    assert core(text) == expected


@pytest.mark.parametrize("text", WHOLE)
def test_what_changes_the_meaning_is_no_aside(text: str) -> None:
    assert asides(text) == ()


@given(st.text(alphabet="Aab ,.()—-'“”which 1said", max_size=80))
def test_asides_lie_apart_inside_the_text(text: str) -> None:
    found = asides(text)
    edges = [edge for a in found for edge in (a.start, a.end)]
    assert edges == sorted(edges) and all(0 <= e <= len(text) for e in edges)
    assert len(without(text, found)) <= len(text)
