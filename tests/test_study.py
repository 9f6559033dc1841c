"""A study of a text says what it rests on, so that it is used again only where it would come out the same."""

from __future__ import annotations

from pathlib import Path

from summarize.reading import Extracted, read
from summarize.reading.study import study

SHOUTED = (
    "Talks go on\n\nLOWHAVEN The talks on the harbour went on for a second day, the mayor said.\n\n"
    "They began on 3 March 2019 and are to end on 5 May 2020, after a year without a word.\n"
)


def extracted(text: str) -> Extracted:
    return Extracted(text, "")


def test_a_study_knows_the_years_of_full_dates() -> None:
    assert study(extracted(SHOUTED), frozenset()).years == {2019, 2020}


def test_a_study_notes_what_it_asked_of_the_other_articles() -> None:
    found = study(extracted(SHOUTED), frozenset({"Lowhaven"}))
    assert found.asked == (("Lowhaven", True),)
    assert found.holds({"Lowhaven", "Harbour"})
    assert not found.holds({"Harbour"})


def test_another_answer_is_another_study() -> None:
    alone, beside = study(extracted(SHOUTED), frozenset()), study(extracted(SHOUTED), frozenset({"Lowhaven"}))
    assert [(SHOUTED[a:b], reason) for a, b, reason in beside.cleaned.dropped if reason == "dateline"] == [
        ("LOWHAVEN ", "dateline")
    ]
    assert all(reason != "dateline" for *_, reason in alone.cleaned.dropped)


def test_a_text_without_words_in_capitals_asks_nothing_and_always_holds() -> None:
    found = study(
        extracted("Talks go on\n\nThe talks went on for a second day, the mayor said.\n"), frozenset()
    )
    assert found.asked == () and found.holds({"Talks"})


def test_reading_a_folder_cuts_a_place_that_another_article_writes_small(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(SHOUTED, encoding="utf-8")
    assert "LOWHAVEN" in read(tmp_path).articles[0].news
    (tmp_path / "two.txt").write_text("Rain\n\nIt rained in Lowhaven for two days.\n", encoding="utf-8")
    assert "LOWHAVEN" not in read(tmp_path).articles[0].news


def test_the_same_bytes_under_another_ending_are_another_text(tmp_path: Path) -> None:
    told = "The talks on the harbour went on for a second day, the mayor of the town said on the quay."
    page = f"<html><head><title>Talks</title></head><body><article><p>{told}</p></article></body></html>"
    for name in ("one.html", "two.txt"):
        (tmp_path / name).write_text(page, encoding="utf-8")
    by_path = {a.path: a for a in read(tmp_path).articles}
    assert by_path["one.html"].news == told
    assert by_path["two.txt"].news != told and by_path["two.txt"].text == page
