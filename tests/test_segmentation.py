from pathlib import Path

import pytest

from summarize.errors import ModelError
from summarize.resources import models_dir
from summarize.segmentation import load_tokenizer, segment, split, train_punkt
from summarize.types import Article, Span

PUNKT = load_tokenizer(models_dir() / "punkt" / "parameters.json")


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text, PUNKT)]


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Mark Milley met Sen. Lindsey Graham in Washington, D.C. on Jan. 5.",
        "The U.S. Army said Lt. Col. Brown was in Conn. at 5 p.m. on Sunday.",
        "J. K. Rowling and George W. Bush spoke at St. Mary's vs. the wishes of Mr. Smith Jr. on Friday.",
        "Prices rose 3.6 percent to $1.25 a gallon at Acme Corp. and Sons Inc. in Calif. stores.",
        "“We wait. We hope,” the minister said.",
        "“Who goes there?” asked the guard.",
        "“Go!” he said on Monday.",
        "“Are you still deciding?” Radio Leeds’s Ann Hill asked the mayor on May 6.",
        '"Big crowd!" Hill tweeted Wednesday, sharing a video from last year\'s march.',
        "“What a night …” Hill said to laughter and applause.",
        "“What a night!” Ann Hill told reporters.",
        "Williams, who is No. 10 in the world, trails No. 2 Clijsters, as Fig. 3 shows.",
    ],
)
def test_one_sentence_stays_one(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "parts",
    [
        ["He lives in the city.", "She does not."],
        ["“We will go.”", "The crowd cheered."],
        ["“Is it over?”", "Hill said the deal was done."],
        ["“Is it over?”", "Hill said on Monday that the deal was done."],
        ["Witnesses heard him shout “It is over!”", "Police said in a statement that three died."],
        ["He wrote “Who Was There?”", "Hill asked for quiet."],
        ["The deal was signed in Sochi.", "“It holds,” Peskov said.", "Nobody disagreed."],
        ["Sales fell 3 percent.", "In 2019 they had risen."],
        ['"It is over." ', "The judge left."],
    ],
)
def test_separate_sentences_are_cut(parts: list[str]) -> None:
    assert sentences(" ".join(p.strip() for p in parts)) == [p.strip() for p in parts]


def test_a_year_of_about_stays_with_its_number() -> None:
    told = "The tubes were a gift of the queen (c. 570-628) made early in the century."
    assert sentences(told) == [told]


def test_sentences_that_a_page_has_glued_together_are_cut() -> None:
    assert sentences("She lived with them.Oakleigh had grown.") == [
        "She lived with them.",
        "Oakleigh had grown.",
    ]
    assert sentences("“He may win in months.”But the timing is late.") == [
        "“He may win in months.”",
        "But the timing is late.",
    ]
    assert sentences("It began in 2004.Officials say so.") == ["It began in 2004.", "Officials say so."]
    assert sentences("The U.S.Army paid Amazon.com in full.") == ["The U.S.Army paid Amazon.com in full."]


@pytest.mark.parametrize(
    ("crosshead", "told"),
    [
        ("'Sold on' ", "In a statement, the police showed two bottles."),
        ("", "'Titanic' Hill sank the boat."),
        ("", "'Enough is enough' Mr Hill told the crowd."),
    ],
)
def test_a_crosshead_in_front_of_a_sentence_is_left_out(crosshead: str, told: str) -> None:
    text = f"The tale may be a tall story. {crosshead}{told}"
    article = Article(1, "a.txt", text, "", (Span(0, len(text)),))
    assert [s.text for s in segment(article, PUNKT)] == ["The tale may be a tall story.", told]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It failed. (He denied it.) It ended.", ["It failed.", "He denied it.", "It ended."]),
        (
            "It failed. (He denied it. She called it “odd.”)",
            ["It failed.", "He denied it.", "She called it “odd.”"],
        ),
        ("The bank (BKX) paid.", ["The bank (BKX) paid."]),
    ],
)
def test_brackets_around_whole_sentences_are_left_out(text: str, expected: list[str]) -> None:
    found = segment(Article(1, "a.txt", text, "", (Span(0, len(text)),)), PUNKT)
    assert [s.text for s in found] == expected
    assert all(text[s.start : s.end] == s.text for s in found)


def test_a_closing_quotation_mark_stays_with_its_sentence() -> None:
    assert sentences("“The army is retreating. ” The town is quiet.") == [
        "“The army is retreating. ”",
        "The town is quiet.",
    ]


def test_offsets_point_into_the_file_and_paragraphs_are_not_crossed() -> None:
    text = "TITLE\n\nFirst one. Second one.\n\nThird without a stop\n\nFourth."
    article = Article(7, "a.txt", text, "", (Span(7, 29), Span(31, 51), Span(53, 60)))
    found = segment(article, PUNKT)
    assert [s.text for s in found] == ["First one.", "Second one.", "Third without a stop", "Fourth."]
    assert all(text[s.start : s.end] == s.text and s.article == 7 for s in found)
    assert [s.order for s in found] == [0, 1, 2, 3]
    assert [s.paragraph for s in found] == [0, 0, 1, 2]


def test_the_mark_of_a_list_is_no_part_of_its_sentence() -> None:
    text = (
        "— A shot was fired. Nobody fell.\n• The port – a free one – was shut.\n"
        "- 5 degrees were measured.\n…Owners in the town like it.\n• More on the port"
    )
    found = segment(Article(7, "a.txt", text, "", (Span(0, len(text)),)), PUNKT)
    assert [s.text for s in found] == [
        "A shot was fired.",
        "Nobody fell.",
        "The port – a free one – was shut.",
        "- 5 degrees were measured.",
        "Owners in the town like it.",
        "• More on the port",
    ]
    assert all(text[s.start : s.end] == s.text for s in found)


def test_training_finds_an_abbreviation_that_recurs() -> None:
    texts = [f"The zkr. report came. Then zkr. sales rose {n} percent. It was so." for n in range(60)]
    assert "zkr" in train_punkt(texts)["abbrev_types"]


def test_a_damaged_parameter_file_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "parameters.json"
    broken.write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match=r"parameters\.json.*reinstall"):
        load_tokenizer(broken)


def test_a_sentence_that_furniture_broke_in_two_is_left_out() -> None:
    text = "Rain fell all day. The mayor of Tarn LINKS , who was there, said so. Nobody drowned. It is over."
    first, second = (Span(0, text.index(" LINKS")), Span(text.index(", who"), len(text)))
    article = Article(1, "a.txt", text, "", (first, second))
    found = [s.text for s in segment(article, PUNKT)]
    assert found == ["Rain fell all day.", "Nobody drowned.", "It is over."]
