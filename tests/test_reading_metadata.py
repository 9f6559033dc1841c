"""Title, publisher and day of publication."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from summarize.reading import read
from summarize.reading.dates import date_in_name, find_dates
from summarize.types import Article

SEEDS = Path(__file__).parent.parent / "seeds"
STORY = "The harbour of Port Ellery reopened after repairs to both of its piers."


def article(folder: Path, text: str, name: str = "a.txt", *others: str) -> Article:
    (folder / name).write_text(text, encoding="utf-8")
    for i, other in enumerate(others):
        (folder / f"z{i}.txt").write_text(other, encoding="utf-8")
    return next(a for a in read(folder).articles if a.path == name)


def test_the_seeds_have_their_titles_publishers_and_days() -> None:
    found = [(a.title and a.title[:14], a.publisher, a.published) for a in read(SEEDS).articles]
    assert found == [
        ("Syria: Erdogan", "UPI", date(2020, 2, 21)),
        ("Turkey Expects", None, date(2020, 2, 6)),
        ("Erdogan seeks ", "AFP", None),
        (None, None, None),
        ("Erdogan says h", "Al Jazeera", None),
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Published: 2020-03-05", date(2020, 3, 5)),
        ("March 5, 2020", date(2020, 3, 5)),
        ("Stand: 5. März 2020, 14:35 Uhr", date(2020, 3, 5)),
        ("Publicado el 5 de marzo de 2020", date(2020, 3, 5)),
        ("Updated 25/03/2020", date(2020, 3, 25)),
        ("Updated 03/05/2020", None),
        ("Published: March 5", None),
    ],
)
def test_a_date_line_gives_the_day(tmp_path: Path, line: str, expected: date | None) -> None:
    assert (
        article(
            tmp_path, f"Harbour of Port Ellery reopens\n{line}\n\n{STORY}\n\n{STORY} It was late."
        ).published
        == expected
    )


def test_the_first_publication_goes_before_an_update(tmp_path: Path) -> None:
    text = (
        f"Harbour reopens\nUpdated March 7, 2020\nPublished March 5, 2020\n\n{STORY}\n\n{STORY} It was late."
    )
    assert article(tmp_path, text).published == date(2020, 3, 5)


def test_a_dateline_takes_the_year_in_which_its_weekday_fits(tmp_path: Path) -> None:
    others = "The pier was built on May 4, 2018. It was closed on May 9, 2020, after a storm."
    text = f"Feb. 21 (UPI) -- The harbour of Port Ellery reopened on Friday.\n\n{STORY}"
    assert article(tmp_path, text, "a.txt", others).published == date(2020, 2, 21)  # in 2018 a Wednesday


def test_a_dateline_without_any_year_beside_it_stays_unknown(tmp_path: Path) -> None:
    text = f"Feb. 21 (UPI) -- The harbour of Port Ellery reopened on Friday.\n\n{STORY}"
    assert article(tmp_path, text).published is None


def test_a_year_is_left_open_where_today_and_the_day_before_fit_in_different_ones(tmp_path: Path) -> None:
    head = "Harbour of Port Ellery reopens\nUpdated on Jan. 10 at 8:05 a.m.\n\n"
    text = f"{head}It reopened on Tuesday.\n\n{STORY}"
    others = "The pier was built on May 4, {}. It was closed on May 9, 2018, after a storm."
    # A Tuesday in 2017, the day after one in 2018.
    assert article(tmp_path, text, "a.txt", others.format(2017)).published is None
    assert article(tmp_path, text, "a.txt", others.format(2018)).published == date(2018, 1, 10)


def test_a_year_in_which_the_weekday_does_not_fit_is_not_taken(tmp_path: Path) -> None:
    text = f"Feb. 21 (UPI) -- The harbour of Port Ellery reopened on Sunday.\n\n{STORY}"
    assert article(tmp_path, text, "a.txt", "It was closed on May 9, 2020, after a storm.").published is None


def test_the_date_of_a_caption_is_not_the_day_of_publication(tmp_path: Path) -> None:
    text = f"The harbour is seen on May 9, 2020. (AP Photo/Harbour Desk)\n\n{STORY}\n\n{STORY} It was late."
    assert article(tmp_path, text).published is None


def test_a_file_name_helps_where_the_text_is_silent(tmp_path: Path) -> None:
    assert article(tmp_path, STORY, "2020-03-05_harbour.txt").published == date(2020, 3, 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"PORT ELLERY (AP) — {STORY}", "AP"),
        (f"{STORY} It was late.—AFP", "AFP"),
        (f"{STORY}\n\nSource: Coast Radio, agencies", "Coast Radio"),
        (
            f"Harbour reopens again\n\nBy the Harbour Desk, Reuters\n\n{STORY}\n\n{STORY} It was late.",
            "Reuters",
        ),
        (f"{STORY}\n\n© 2020 Coast Radio. All rights reserved.", "Coast Radio"),
        (f"---\nsource: Coast Radio\n---\n\n{STORY}", "Coast Radio"),
        (f"{STORY}\n\nThe pier at dawn. (AP Photo/Harbour Desk)", None),
        (STORY, None),
    ],
)
def test_the_publisher_is_the_one_that_signs(tmp_path: Path, text: str, expected: str | None) -> None:
    assert article(tmp_path, text).publisher == expected


def test_a_markdown_heading_is_the_title(tmp_path: Path) -> None:
    assert article(tmp_path, f"# Harbour reopens\n\n{STORY}\n", "a.md").title == "Harbour reopens"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Feb. 21", (None, 2, 21)),
        ("21 February 2020", (2020, 2, 21)),
        ("am 5. März 2020", (2020, 3, 5)),
        ("el 5 de marzo de 2020", (2020, 3, 5)),
        ("le 1er mai 2020", (2020, 5, 1)),
        ("2020-02-29", (2020, 2, 29)),
    ],
)
def test_dates_are_found_in_several_languages(text: str, expected: tuple[int | None, int, int]) -> None:
    assert [(m.year, m.month, m.day) for m in find_dates(text)] == [expected]


@pytest.mark.parametrize(
    "text", ["Feb. 30, 2020", "it may 5 times", "2020-13-01", "$3.5 march", "04/05/2020"]
)
def test_what_is_no_date_or_two_is_not_found(text: str) -> None:
    assert not find_dates(text)


def test_a_name_with_two_dates_states_none() -> None:
    assert date_in_name("2020-03-05_to_2020-03-09.txt") is None
    assert date_in_name("desk_20200305.txt") == date(2020, 3, 5)
