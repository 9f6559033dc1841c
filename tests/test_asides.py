"""What a sentence says in passing, and may be told without."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.language import asides, core, without

TRIMMED = [
    (
        "The man accused of the attack, who is 33, was shot in Ohio.",
        "The man accused of the attack was shot in Ohio.",
    ),
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
    ("Last month, Ann Hamm had warned of it.", "Ann Hamm had warned of it."),
    ("The town bought the mine (MMI) this evening by a vote.", "The town bought the mine by a vote."),
    ("Amid rising tensions, Turkey sent troops to Idlib.", "Turkey sent troops to Idlib."),
    ("As talks on the mine went on, Ann Hamm left the town.", "Ann Hamm left the town."),
]
TRIMMED += [
    ("Ann Hamm, 23, who played at Tarn, won the title.", "Ann Hamm, 23, won the title."),
    ("Ann Hamm, 53, who has won twice, resigned on Monday.", "Ann Hamm, 53, resigned on Monday."),
    (
        "Ann Hamm, who has won twice, resigned on Monday after a fight.",
        "Ann Hamm resigned on Monday after a fight.",
    ),
    ("In June, a man, who was there for a day, left.", "In June, a man left."),
]
WHOLE = [
    "Hamm, battered by debt, defaulted on Monday.",
    "Todd Joyce, a spokesman for the department, said the woman was found.",
    "The mayor confirmed Ann Hamm, a lawyer from the town of Leeds.",
    "As a result the town's chief of police, Ann Hamm, also announced a new search.",
    "As a result the town's chief of police, Ann Hamm, announced a new search.",
    "The mine looms large in town, with Hamm, one of many who worked in it, seen at every meeting.",
    "The claim not only failed to stop the council – it has opened a whole new line of questions.",
    "Hammer, a two-term senator, who is in a close race, voted no.",
    "Overnight, a fire, which began in a shed, burned the hall.",
    "The town would raise some of its taxes, while the others stay as they have been for years.",
    "The stains contain iron oxide – which could be from an old sort of paint.",
    "The court upheld in large part a ruling against the order, which had banned cars, cut roads and left.",
    "The town will pay for the bridge, which it has not approved.",
    "Shells struck a school in the camp, killing at least 17 people.",
    "He would sign the bill, according to two people who know him.",
    "“The mine, which is old, is safe,” Ann Hamm said.",
    "The mine will close, unless the council finds the money.",
    "Ann Hamm said the mine was safe.",
    "Last year, Ann Hamm sold 17 mines.",
    "Last year, Ann Hamm said she was still considering whether to sell the mine.",
    "At a speech in Abingdon, Va., Ann Hamm argued that the mine was safe.",
    "As Sen. Ann Hamm, D-Ohio, put it, “The mine is safe.”",
    "“The mine is safe,” Ann Hamm said in a statement, which was not published until Monday.",
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


@pytest.mark.parametrize(
    "text",
    [
        "When the team applied it to Wikipedia, the results were odd.",
        "It was decided that they could serve — with limitations.",
        "The firm raised a fund in 2007, putting in money of its own, according to three employees.",
        "She described the visit as the first contact, since he was arrested in June by the army.",
        "The car, which was red, hit the wall of the bank.",
    ],
)
def test_what_only_looks_like_an_aside_stays_to_the_end(text: str) -> None:
    assert without(text, tuple(a for a in asides(text) if a.end == len(text) - 1)) == text


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        (
            "Kalashnikov, whose funeral was held in Moscow, came up with the rifle.",
            "Kalashnikov came up with the rifle.",
        ),
        (
            "Trawling through the archives, Kalashnikov found the drawing.",
            "Kalashnikov found the drawing.",
        ),
        (
            "The most valuable thing -- the cabin he built -- is now in a museum.",
            "The most valuable thing is now in a museum.",
        ),
        (
            "After Jones won in 2017 – the first time in years – it seemed that Moore was out.",
            "After Jones won in 2017, it seemed that Moore was out.",
        ),
        ("The company showed the device today at an event.", "The company showed the device at an event."),
        ("A judge today granted the animals a hearing.", "A judge granted the animals a hearing."),
        ("Tonight the company showed the device.", "The company showed the device."),
        ("The attack was actually a provocation.", "The attack was a provocation."),
        ("Until today, nobody had really known of it.", "Until today, nobody had known of it."),
        ("It is not really known who did it.", "It is not really known who did it."),
    ],
)
def test_insertions_are_cut_up_to_the_verb_that_follows(text: str, rest: str) -> None:
    assert without(text, asides(text)) == rest
