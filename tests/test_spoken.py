import pytest

from summarize.resources import models_dir
from summarize.segmentation import load_tokenizer, segment
from summarize.spoken import spoken
from summarize.types import Article
from tests.builders import article

PUNKT = load_tokenizer(models_dir() / "punkt" / "parameters.json")


def texts(*sources: Article) -> list[str]:
    """Return the sentences that are only said."""
    found = [s for a in sources for s in segment(a, PUNKT)]
    return [found[n].text for n in sorted(spoken(found, {a.id: a for a in sources}))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“This is sense. The wall pays for itself. It will be built.” Moss left.",
            ["The wall pays for itself."],
        ),
        ('"This is sense. The wall pays for itself.\n\nMoss left.', ["The wall pays for itself."]),  # goes on
        ("“This is sense,” Moss said. The wall cost a million. “We paid.”", []),
        (
            "“This is sense. Hale looks at it and says, “So it is.” The wall will be built.” Moss left.",
            ["Hale looks at it and says, “So it is.”", "The wall will be built.”"],
        ),
        (
            "“This is sense. “Walls pay,” says Hale. The wall will be built. Moss left.",
            [],
        ),  # a mark is missing
        ('A 12" pipe burst. The wall cost a million.', []),
        ("It's Moss' wall. The wall cost a million. 'Twas Hale's.", []),
    ],
)
def test_what_somebody_says_without_marks_of_its_own_is_known(text: str, expected: list[str]) -> None:
    long = "so that it is sense, as everybody knows who has ever had to pay for anything of the kind, " * 4
    source = article(text.replace("This is sense.", f"This is sense, {long}it is."))
    assert texts(source) == expected


def test_a_post_is_somebodys_words_up_to_its_signature() -> None:
    post = "What a tough sentence for Moss. Very unfair to everybody! — Hale (@hale) June 15, 2018"
    assert texts(article(f"Moss was sent to jail.\n\n{post}")) == [
        "What a tough sentence for Moss.",
        "Very unfair to everybody! — Hale (@hale) June 15, 2018",
    ]


def test_an_account_that_is_named_in_passing_signs_nothing() -> None:
    assert texts(article("The mill burned. The news — first told by Hale (@hale) — came on Monday.")) == []


def test_what_one_article_quotes_another_does_not_state() -> None:
    quoted = article("“A tough sentence for Moss it was. Nobody knew,” Hale wrote.", 1)
    plain = article("A tough sentence for Moss it was. Nobody knew. Moss was sent to jail.", 2)
    assert texts(quoted, plain) == ["A tough sentence for Moss it was."]
    assert texts(plain) == []


def test_a_paragraph_in_which_somebody_says_i_is_his() -> None:
    said = "I did speak to Moss about it. Some really bad things happened to the wall. He knew it later."
    wall = "Moss says the wall fell in World War I. The wall cost a million."
    assert texts(article(f"Hale was asked about the wall.\n\n{said}\n\n{wall}")) == [
        "I did speak to Moss about it.",
        "Some really bad things happened to the wall.",
        "He knew it later.",
    ]
    assert texts(article("Marijuana is a Schedule I drug. The House voted to change that on Friday.")) == []
    assert texts(article("The mayor told me that he will go. The wall cost a million.")) == []
    danish = "I går døde to personer i København. Politiet leder efter en mand."
    assert texts(article(danish)) == []
    everything = " ".join([f"Hale was asked {n} times about it." for n in range(8)] + [said])
    assert texts(article(everything)) == []
