"""Sentences of other languages than English: paragraphs whose borders are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarize.foreign import split_foreign
from summarize.resources import models_dir
from summarize.segmentation import load_tokenizer, segment
from summarize.types import Metadata, Noted
from tests.builders import article

CASES = sorted((Path(__file__).parent / "cases" / "sentences").glob("*.txt"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_paragraph_is_split_where_its_sentences_end(case: Path) -> None:
    lines = case.read_text(encoding="utf-8").splitlines()
    paragraph = " ".join(lines)
    found = [paragraph[a:b] for a, b in split_foreign(paragraph, case.stem[:2])]
    # A quotation of several sentences stays whole, so that its line is one piece.
    assert found == lines


def test_chinese_and_japanese_sentences_need_no_space() -> None:
    text = "桥梁已经重新开放。市长说：“我们等了很久。”明天通车！"
    assert [text[a:b] for a, b in split_foreign(text, "zh")] == [
        "桥梁已经重新开放。",
        "市长说：“我们等了很久。”",
        "明天通车！",
    ]


def test_a_language_without_a_list_is_split_as_its_punctuation_says() -> None:
    text = "Most został otwarty. Kosztował 1.200 euro."
    assert [text[a:b] for a, b in split_foreign(text, "pl")] == [
        "Most został otwarty.",
        "Kosztował 1.200 euro.",
    ]


def test_an_article_is_split_by_the_rules_of_its_language() -> None:
    text = "Die Brücke wurde am 3. März geöffnet, z. B. für Busse. Dr. Holm war da."
    tokenizer = load_tokenizer(models_dir() / "punkt" / "parameters.json")
    german = article(text, metadata=Metadata(language=Noted("de", "the text")))
    assert [s.text for s in segment(german, tokenizer)] == [
        "Die Brücke wurde am 3. März geöffnet, z. B. für Busse.",
        "Dr. Holm war da.",
    ]
    assert len(segment(article(text), tokenizer)) > 2  # as English
