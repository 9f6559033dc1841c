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
    return [found[n].text for n in sorted(spoken(found, {a.id: a for a in sources}).parts)]


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


def test_what_stands_behind_the_name_of_who_speaks_in_a_transcript_is_said() -> None:
    report = "Moss met the press on Monday. The wall had cost a million."
    asked = "REPORTER: Can you say what the wall cost? MOSS: Well, I say it is. The wall pays for itself."
    more = "MAYOR ADA MOSS, HOST: We built it. It will stand for ever."
    said = [
        "REPORTER: Can you say what the wall cost?",
        "MOSS: Well, I say it is.",
        "The wall pays for itself.",
        "MAYOR ADA MOSS, HOST: We built it.",
        "It will stand for ever.",
    ]
    assert texts(article(f"{report}\n\n{asked}\n\n{more}", id=0)) == said


@pytest.mark.parametrize(
    "text",
    [
        "THE CLAIM: The wall pays for itself.\n\nTHE FACTS: It cost a million. You can look it up.",
        "NEW DELHI: The wall cost a million. It pays for itself.",
        "NEW DELHI: The wall cost a million.\n\nUPDATE: It pays for itself.",
        "The wall cost a million. NATO: an alliance. It pays for itself. FBI: an office.",
    ],
)
def test_other_labels_are_no_speakers(text: str) -> None:
    assert texts(article(text, id=0)) == []


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


TALK = "Moss said: “The wall is sense, as everybody knows. It will be built by May. We pay for it.”"


def marked(text: str, sets: int = 5) -> list[tuple[str, str]]:
    """Return what can be told in marks, and the ends of the passage that shows that it is quoted."""
    long = "so that it is sense, as everybody knows who has ever had to pay for anything of the kind, " * sets
    source = article(text.replace("as everybody knows", long))
    found = segment(source, PUNKT)
    said = spoken(found, {source.id: source})
    assert all(source.text[m.passage.start : m.passage.end] == m.passage.text for m in said.marked.values())
    return [(m.text, m.passage.text[:9] + "…" + m.passage.text[-25:]) for m in said.marked.values()]


def test_the_middle_of_a_quotation_can_be_told_in_marks_of_its_own() -> None:
    told = [("“It will be built by May.”", "Moss said… It will be built by May.")]
    assert marked(TALK) == told
    straight = TALK.replace("“", '"').replace("”", '"')
    assert marked(straight) == [('"It will be built by May."', told[0][1])]
    assert marked(TALK.replace(" We pay for it.”", "\n\n“We pay for it.”")) == told


@pytest.mark.parametrize(
    "text",
    [
        TALK.replace("”", ""),  # nobody knows where it ends
        "The wall is sense, as everybody knows. It will be built by May. I pay for it.",  # nor who says it
        "Hale left. “The wall is sense, as everybody knows. It will be built. We pay for it,” Moss said.",
        "Moss called it “odd but sense, as everybody knows. It was built by May.\n\n“We pay,” Hale said.",
        "Moss called it „sense“, as everybody knows. It was built by May.\n\n“We pay,” Hale said.",
        TALK.replace("The wall", "Hale says that ‘The wall"),  # whose words are they?
    ],
)
def test_the_middle_of_a_quotation_is_not_told_in_marks(text: str) -> None:
    assert marked(text) == []


def test_a_quotation_that_names_its_speaker_last_is_not_told_behind_another_speaker() -> None:
    said = "“The wall is sense, as everybody knows. It will be built by May. We pay for it,” {} said."
    assert marked("“No,” Moss said. " + said.format("Moss"))
    assert marked("“No,” Moss said. " + said.format("he"))
    for before, speaker in (
        ("“No,” Moss said. ", "Hale"),
        ("“No,” Hale said of Moss. ", "Moss"),
        ("“No,” Moss of the town said. ", "a spokesman for the town"),
        ("“No,” a spokesman for the union said. ", "a spokesman for the railway"),
        ("“No,” Ada Moss said. ", "Bob Moss"),
    ):
        assert not marked(before + said.format(speaker))
    assert not marked("“No,” Moss said. " + said.format("Hale").replace("said", "testified"))
    assert not marked(TALK.replace(" We pay for it.”", "\n\n“We pay,” Hale said."))  # a mark is missing
    assert not marked(TALK.replace(" We pay for it.”", " A 6” pipe burst."))
    assert not marked("“No,” Moss said.\n\n" + said.format("Hale").replace(" We pay", "\n\n“We pay"))
    source = article("“No,” Moss said. " + said.format("Hale").replace("everybody knows", "was said, " * 60))
    found = segment(source, PUNKT)
    parts = [found[n].text[:20] for n in sorted(spoken(found, {source.id: source}).parts)]
    assert parts == ["“The wall is sense, ", "It will be built by "]
