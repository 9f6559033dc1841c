"""Two versions of an article: which figures, names and quotations changed, from what to what."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.edits import edits
from summarize.segmentation import plain

SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))


def found(old: str, new: str) -> list[tuple[str, str, str]]:
    return [(e.kind, e.before, e.after) for e in edits(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Ten people died.", "Twelve people died.", [("figure", "Ten", "Twelve")]),
        ("5 people died.", "Nearly 5 people died.", [("figure", "5", "Nearly 5")]),
        (
            "About $5 million is lost.",
            "About $5 billion is lost.",
            [("figure", "About $5 million", "About $5 billion")],
        ),
        ("It cost $5.", "It cost €5.", [("figure", "$5", "€5")]),
        ("They met on Feb. 6 there.", "They met on Feb. 7 there.", [("figure", "Feb. 6", "Feb. 7")]),
        (
            "He met Angela Merkel there.",
            "He met Emmanuel Macron there.",
            [("name", "Angela Merkel", "Emmanuel Macron")],
        ),
        ("A man in his mid-30s fled.", "A man in his mid-50s fled.", [("figure", "mid-30s", "mid-50s")]),
        (
            "Bush, for his part, left. He met Bush.",
            "Toomey, for his part, left. He met Bush.",
            [("name", "Bush", "Toomey")],
        ),
        ("Mr. Smith said so at noon.", "Mr. Jones said so at noon.", [("name", "Smith", "Jones")]),
        (
            "He said “we will go” there.",
            "He said “we will stay” there.",
            [("quotation", "we will go", "we will stay")],
        ),
        ("He said “we will go” there.", "He said we will go there.", [("quotation", "we will go", "")]),
        ("He said we will go there.", "He said “we will go” there.", [("quotation", "", "we will go")]),
        (
            "He said “we lost 5 men” there.",
            "He said “we lost 6 men” there.",
            [("quotation", "we lost 5 men", "we lost 6 men"), ("figure", "5", "6")],
        ),
        (
            "10 soldiers died and 20 were hurt.",
            "20 soldiers died and 10 were hurt.",
            [("figure", "10", "20"), ("figure", "20", "10")],
        ),
    ],
)
def test_what_changed_in_a_sentence_is_told_from_what_to_what(
    old: str, new: str, expected: list[tuple[str, str, str]]
) -> None:
    assert found(old, new) == expected
    assert sorted(found(new, old)) == sorted((kind, after, before) for kind, before, after in expected)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("10 soldiers died and 20 were hurt.", "20 were hurt and 10 soldiers died."),
        ("10 soldiers died and 20 were hurt.", "10 soldiers died. Another 20 were hurt."),
        ("It rained. He met Erdogan on Feb. 6.", "He met Erdogan on Feb. 6. It rained."),
        ("It rained. Ten died.\n\nThe end.", "The end.\n\nTen died. It rained."),
        ("Ten people died there.", "10 people died there."),
        ("He said “go.” It rained.", 'He said "go." It rained.'),
        ("Saraqeb fell.", "On Monday Saraqeb fell."),
        ("He met Erdogan. Erdogan was late.", "He met Erdogan. He was late."),
        ("Ten\npeople died.", "Ten people\r\ndied."),
        ("5 soldiers died.", "5 policemen died."),
        ("", ""),
    ],
)
def test_what_only_moved_or_is_said_otherwise_is_no_edit(old: str, new: str) -> None:
    assert found(old, new) == found(new, old) == []


def test_a_sentence_that_went_takes_its_figures_and_names_along() -> None:
    old = "It rained all day. The storm killed 10 people in Boston."
    assert found(old, "It rained all day.") == [("figure", "10", ""), ("name", "Boston", "")]
    assert found("It rained all day.", old) == [("figure", "", "10"), ("name", "", "Boston")]


def test_a_bare_number_elsewhere_is_another_number() -> None:
    old = "Twenty were arrested. They waited for twenty days."
    assert found(old, "They waited for twenty days.") == [("figure", "Twenty", "")]


def test_spans_lead_to_the_words_in_both_texts() -> None:
    old = "It rained.\n\nThe storm killed 10 people in Boston. It ended."
    new = "It poured.\n\nAlas, the storm killed 12 people in Boston. It ended."
    (edit,) = edits(old, new)
    assert old[edit.old.start : edit.old.end] == edit.before == "10"
    assert new[edit.new.start : edit.new.end] == edit.after == "12"


def test_the_missing_side_of_an_edit_has_the_span_of_its_sentence() -> None:
    old, new = "It rained. The storm killed people there.", "It rained. The storm killed 10 people there."
    (edit,) = edits(old, new)
    assert (edit.before, edit.after) == ("", "10")
    assert old[edit.old.start : edit.old.end] == "The storm killed people there."


def test_edits_come_in_the_order_of_the_old_text() -> None:
    old = "Anna Smith came at 5 p.m. today.\n\nBob Jones brought 7 dogs with him."
    new = "Carla Smith came at 6 p.m. today.\n\nBob Brown brought 8 dogs with him."
    starts = [e.old.start for e in edits(old, new)]
    assert len(starts) == 4 and starts == sorted(starts)


# Whole articles


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.name[:3])
def test_the_order_and_the_line_breaks_of_an_article_are_no_edits(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    paragraphs = text.split("\n\n")
    for seed in range(3):
        random.Random(seed).shuffle(paragraphs)
        assert edits(text, "\n\n".join(paragraphs)) == ()
    assert edits(text, text.replace("\n", "\r\n")) == ()


@pytest.mark.parametrize(
    ("number", "old", "new", "expected"),
    [
        (0, "at least 150 Syrian", "at least 510 Syrian", [("figure", "at least 150", "at least 510")]),
        (0, "agreed in 2018", "agreed in 2019", [("figure", "2018", "2019")]),
        (3, "15 civilians", "51 civilians", [("figure", "15", "51")]),
    ],
)
def test_one_figure_changed_in_an_article_is_the_only_edit(
    number: int, old: str, new: str, expected: list[tuple[str, str, str]]
) -> None:
    text = SEEDS[number].read_text(encoding="utf-8")
    assert text.count(old) == 1
    assert found(text, "Updated on Friday.\n\n" + text.replace(old, new)) == expected


SENTENCES = st.lists(
    st.tuples(
        st.sampled_from(["The storm killed", "Police arrested", "The court freed", "Doctors treated"]),
        st.integers(3, 900),
        st.sampled_from(["people", "men", "women", "workers"]),
        st.sampled_from(["near Boston", "in Paris", "outside Cairo", "on the bridge"]),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda s: s[1],
)


@given(made=SENTENCES, data=st.data())
def test_a_planted_figure_is_the_only_edit_wherever_its_sentence_moves(
    made: list[tuple[str, int, str, str]], data: st.DataObject
) -> None:
    n = data.draw(st.integers(0, len(made) - 1))
    head, figure, unit, tail = made[n]
    changed = [*made[:n], (head, figure + 1000, unit, tail), *made[n + 1 :]]
    order = data.draw(st.permutations(changed))
    old, new = (" ".join(f"{a} {b} {c} {d}." for a, b, c, d in own) for own in (made, order))
    assert found(old, new) == [("figure", str(figure), str(figure + 1000))]
    assert found(old, old) == []


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared_and_a_text_equals_itself(old: str, new: str) -> None:
    for edit in edits(old, new):
        assert edit.before or edit.after
        if edit.before:
            assert plain(old[edit.old.start : edit.old.end]) == edit.before
        if edit.after:
            assert plain(new[edit.new.start : edit.new.end]) == edit.after
    assert edits(old, old) == ()
