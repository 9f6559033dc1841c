"""The measure of cleaning: its arithmetic by hand, and the labelled pages and texts themselves."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path

import lxml.html
import pytest
from click.testing import CliRunner

from summarize.cli import cli
from summarize.errors import SummarizeError
from summarize.evaluation import cleaning, labelled
from summarize.evaluation.alignment import Word, aligned, words_of
from summarize.evaluation.bench import Bench
from summarize.evaluation.cleaning import STRANGE, Outcome
from summarize.evaluation.labelled import FOLDER, PARTS, Block, Page, Text
from summarize.evaluation.report import Figure, Target

HIDDEN = "//script | //style | //head"
PAGES = [page for part in PARTS for page in labelled.pages(part)]
ROWS = {
    part: [json.loads(line) for line in (FOLDER / part / "texts.jsonl").read_text("utf-8").splitlines()]
    for part in PARTS
}


def align(blocks: list[str], lines: list[str]) -> tuple[list[str], int]:
    """Return of each block the kept words, and the characters that stand in none."""
    flags, n_strange = aligned([words_of(b) for b in blocks], [words_of(line) for line in lines])
    pairs = zip(blocks, flags, strict=True)
    return [
        " ".join(w.text for w, f in zip(words_of(b), own, strict=True) if f) for b, own in pairs
    ], n_strange


def page(*blocks: tuple[str, str]) -> Page:
    return Page("a-b", "", tuple(Block(kind, text) for kind, text in blocks))


def named(figures: tuple[Figure, ...] | list[Figure]) -> dict[str, Figure]:
    return {f.name: f for f in figures}


# Alignment


def test_marks_count_to_the_word_behind_them_and_the_last_to_the_word_before() -> None:
    assert words_of("“Ten sank,” he said.") == [
        Word("ten", 4),
        Word("sank", 4),
        Word("he", 4),
        Word("said", 5),
    ]
    assert words_of(" – ") == [] and words_of("") == []


def test_every_character_but_white_space_belongs_to_a_word() -> None:
    text = "It rose by $2.3 million (4.1 %)\u00a0– “a lot”, said\tAnn O’Hara-Berg. …"
    assert sum(w.n_chars for w in words_of(text)) == sum(not c.isspace() for c in text)


def test_what_was_kept_is_found_whatever_became_of_white_space_and_marks() -> None:
    blocks = ["Menu", "Ten boats sank in the storm.", "Share this", "The mayor wept, he said."]
    assert align(blocks, ["- Ten boats  sank in", "the storm", "| The mayor wept he said |"]) == (
        ["", "ten boats sank in the storm", "", "the mayor wept he said"],
        0,
    )


def test_part_of_a_block_is_found() -> None:
    assert align(["One two three four five six"], ["three four five"]) == (["three four five"], 0)


def test_what_is_not_in_the_page_is_counted_and_matches_nothing() -> None:
    assert align(["One two three four"], ["one two three four", "made up text"]) == (
        ["one two three four"],
        10,
    )


def test_words_in_common_by_chance_are_no_match() -> None:
    assert align(["The end of the road is far away"], ["made of the finest wool"]) == ([""], 19)


def test_a_block_of_one_word_is_found_whole() -> None:
    assert align(["No.", "Why is that not done?"], ["No.", "Why is that not done?"]) == (
        ["no", "why is that not done"],
        0,
    )


def test_blocks_that_were_moved_are_found() -> None:
    blocks = ["Alpha beta gamma delta", "Epsilon zeta eta theta iota"]
    assert align(blocks, [blocks[1], blocks[0]]) == (
        ["alpha beta gamma delta", "epsilon zeta eta theta iota"],
        0,
    )


def test_a_sentence_that_the_page_has_twice_is_matched_as_often_as_it_was_kept() -> None:
    sentence = "We could not leave it open."
    blocks = [f"{sentence} He said so twice.", sentence]
    assert align(blocks, blocks) == (
        ["we could not leave it open he said so twice", "we could not leave it open"],
        0,
    )
    assert align(blocks, blocks[:1])[0][1] == ""


# Counts


def test_a_page_is_counted_by_hand() -> None:
    own = cleaning.of_page(
        page(
            ("furniture/menu", "Go home now"),  # 9 characters, kept
            ("news", "Ten boats sank."),  # 13, kept
            ("neutral", "A sub heading"),  # 11, kept
            ("news", "Nobody was hurt then."),  # 18, left out
            ("furniture/bio", "She writes here often"),  # 18, left out
        ),
        "Go home now\nTen boats sank.\nA sub heading\nnot there at all",  # the last 13 are nowhere
    )
    assert (own.n_right, own.n_kept, own.n_news) == (13, 13 + 9 + 13, 13 + 18)
    assert own.precision == pytest.approx(100 * 13 / 35) and own.recall == pytest.approx(100 * 13 / 31)
    assert own.kept[STRANGE] == 13 and own.kept["furniture/bio"] == 0 and own.total["furniture/bio"] == 18
    assert own.wrong == (
        "furniture/menu, kept 3 of 3: Go home now",
        "news, kept 0 of 4: Nobody was hurt then.",
    )


def test_a_text_is_counted_by_offsets() -> None:
    text = "Menu\nTen sank. MORE\nOhio"
    kinds = ["furniture/menu"] * 4 + [""] + ["news"] * 3 + [""] + ["news"] * 5
    kinds += [""] + ["furniture/related"] * 4 + [""] + ["neutral"] * 4
    kept = [False] * 5 + [True] * 19  # all but the first line
    own = cleaning.of_flags(Text("t", "o", text, tuple(kinds)), kept)
    assert (own.n_right, own.n_kept, own.n_news) == (8, 12, 8)
    assert own.kept == {"furniture/menu": 0, "news": 8, "furniture/related": 4, "neutral": 4}
    assert own.wrong == ("furniture/related, kept 4 of 4: MORE",)


def test_a_text_is_read_as_a_file() -> None:
    news = "The storm sank ten boats in the harbour on Monday, the mayor said."
    kinds = ["furniture/newsletter"] * 13 + ["", ""] + ["" if c == " " else "news" for c in news]
    own = cleaning.of_text(Text("t", "o", f"Subscribe now\n\n{news}", tuple(kinds)))
    assert (own.precision, own.recall) == (100, 100)


def test_figures_are_pooled_and_averaged() -> None:
    own = [
        Outcome("a", {"news": 80}, {"news": 80, "furniture/menu": 20}),  # 80 %, 100 %
        Outcome("b", {"news": 20}, {"news": 10, "neutral": 5}),  # 100 %, 50 %
        Outcome("c", {"news": 100}, {}),  # nothing kept
    ]
    figures = named(cleaning.figures_of("all", own, Target("≥", 97.0)))
    assert figures["all: precision"].value == pytest.approx(100 * 90 / 110)
    assert figures["all: precision"].n == 110 and figures["all: precision"].is_met is False
    assert figures["all: recall"].value == 45 and figures["all: recall"].n == 200
    assert figures["all: precision, mean"].value == 60 and figures["all: recall, mean"].value == 50
    assert figures["all: F1"].value == pytest.approx(2 * 90 / (110 + 200) * 100)


def test_what_was_kept_is_told_by_kind() -> None:
    own = [
        Outcome("a", {"news": 9, "furniture/menu": 10, "neutral": 4}, {"news": 9, "furniture/menu": 5}),
        Outcome("b", {"furniture/menu": 10, STRANGE: 0}, {"furniture/menu": 10}),
    ]
    assert [(f.name, f.value, f.n) for f in cleaning.kept_by_kind(own)] == [
        ("kept of menu", 75, 20),
        ("kept of neutral", 0, 4),
    ]


def test_of_the_test_part_no_text_is_shown() -> None:
    own = [
        Outcome("good", {"news": 9}, {"news": 9}),
        Outcome("bad", {"news": 9}, {}, ("news, kept 0 of 2: Hm",)),
    ]
    assert "Hm" not in "".join(cleaning.worst(own, "test"))
    cases = cleaning.worst(own, "development")
    assert cases[0].startswith("development, bad: precision 0.0 %") and "Hm" in cases[0]


# Labels


@pytest.mark.parametrize("own", PAGES, ids=lambda p: p.name)
def test_the_labels_are_what_the_page_shows(own: Page) -> None:
    root = lxml.html.document_fromstring(own.html)
    for element in root.xpath(HIDDEN):
        element.drop_tree()
    shown = "".join("".join(root.itertext()).split())
    assert shown == "".join("".join(b.text.split()) for b in own.blocks)


@pytest.mark.parametrize("own", PAGES, ids=lambda p: p.name)
def test_every_page_has_news_and_furniture(own: Page) -> None:
    n_words = sum(len(b.text.split()) for b in own.blocks if b.kind == "news")
    assert 50 <= n_words <= 900
    assert len({b.kind for b in own.blocks}) > 6


def test_no_news_is_told_twice() -> None:
    news = [b.text for own in PAGES for b in own.blocks if b.kind == "news" and len(b.text) > 60]
    assert len(news) == len(set(news))


def test_no_design_and_no_outlet_is_in_both_parts() -> None:
    designs = [{p.design for p in labelled.pages(part)} for part in PARTS]
    outlets = [{row["source"] for row in ROWS[part]} for part in PARTS]
    assert not designs[0] & designs[1] and not outlets[0] & outlets[1]
    assert len(designs[0]) >= 4 and len(designs[1]) >= 8
    assert len(labelled.pages("test")) >= 30 and len(ROWS["test"]) >= 30


def test_the_labels_of_texts_give_no_text_away() -> None:
    for row in chain(*ROWS.values()):
        assert set(row) == {"id", "source", "draw", "lines"}
        for line in row["lines"]:
            assert set(line) in ({"line", "sha256", "class"}, {"line", "sha256", "parts"})
            assert len(line["sha256"]) == 8


def test_parts_of_a_line_are_told_by_offsets() -> None:
    text = "WASHINGTON — Ten sank. MORE\n\nEnd."
    row = {
        "id": "x",
        "lines": [
            {
                "line": 0,
                "sha256": labelled.line_hash(text.split("\n")[0]),
                "parts": [[0, 13, "neutral"], [13, 22, "news"], [22, 27, "furniture/related"]],
            },
            {"line": 2, "sha256": labelled.line_hash("End."), "class": "news"},
        ],
    }
    kinds = labelled.kinds_of(text, row)
    assert len(kinds) == len(text)
    assert [text[i] for i, k in enumerate(kinds) if k == "furniture/related"] == list("MORE")
    assert "".join(text[i] for i, k in enumerate(kinds) if k == "news") == "Tensank.End."
    with pytest.raises(SummarizeError, match="line 2 is not the one"):
        labelled.kinds_of(text.replace("End", "And"), row)
    with pytest.raises(SummarizeError, match="line 0 is not the one"):
        labelled.kinds_of(text, {**row, "lines": row["lines"][1:]})


def test_a_page_without_proper_labels_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "test"
    folder.mkdir()
    with pytest.raises(SummarizeError, match="no labelled pages"):
        labelled.pages("test", tmp_path)
    (folder / "a-b.html").write_text("<p>Hm", encoding="utf-8")
    with pytest.raises(SummarizeError, match=r"a-b\.gold\.txt"):
        labelled.pages("test", tmp_path)
    (folder / "a-b.gold.txt").write_text("nwes\tHm\n", encoding="utf-8")
    with pytest.raises(SummarizeError, match="'nwes' is not news"):
        labelled.pages("test", tmp_path)


# Command


def test_pages_are_measured_without_research_data(bench: Bench) -> None:
    results = cleaning.measure(bench)
    assert [r.title.split(", ")[-1] for r in results] == ["test", "test", "development", "development"]
    figures = named(results[0].figures)
    assert figures["texts: precision"].n == 0 and figures["pages: recall"].n > 0
    assert "no texts without --data" in results[0].signature
    peers = named(results[1].figures)
    assert peers["trafilatura, no comments: recall"].value > 50 < peers["jusText: F1"].n


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Return a bench without data that takes two pages of each part."""
    monkeypatch.chdir(tmp_path)

    def unused() -> None:
        raise AssertionError("cleaning needs no model")

    return Bench(Path(), None, unused, limit=2)  # type: ignore[arg-type]


def test_the_command_needs_no_data_for_it_and_says_so_for_others() -> None:
    shown = CliRunner().invoke(cli, ["evaluate", "--part", "cleaning", "--part", "planted"])
    assert shown.exit_code == 2 and "--part planted measures --data or --dataset" in shown.output
