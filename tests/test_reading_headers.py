"""The lines above a text, and where each piece of an article's metadata stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from summarize.reading import read
from summarize.reading.headers import header_of
from summarize.reading.publication import day_of, read_date
from summarize.reading.signatures import Signature, read_byline
from summarize.types import Article, Metadata

STORY = (
    "The harbour of Port Ellery reopened on Monday after repairs to both of its piers.\n\n"
    "Ships from the islands will call again, the mayor said at the quay.\n"
)
SENTENCE = "The harbour is open, the mayor said in his speech on the quay of the old town today."
TITLE = "Harbour of Port Ellery reopens after a year of repairs"


def article(folder: Path, text: str, name: str = "a.txt") -> Article:
    (folder / name).write_text(text, encoding="utf-8")
    (found,) = read(folder).articles
    return found


def told(metadata: Metadata) -> tuple[str | None, ...]:
    noted = metadata.title, metadata.publisher, metadata.author, metadata.published
    return tuple(n and n.value for n in noted)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (f"{TITLE}\nCoast Times\n2020-03-05", (TITLE, "Coast Times", None, "2020-03-05")),
        (f"Coast Times\n{TITLE}\nMarch 5, 2020", (TITLE, "Coast Times", None, "2020-03-05")),
        (f"5 March 2020\nCoast Times\n{TITLE}", (TITLE, "Coast Times", None, "2020-03-05")),
        (f"{TITLE}\n\nGuest Writer - Left\n\n2020-03-05", (TITLE, "Guest Writer - Left", None, "2020-03-05")),
        (f"{TITLE}\nPolitico | Thu, March 5, 2020, 2:05 PM ET", (TITLE, "Politico", None, "2020-03-05")),
        (f"{TITLE}\nCNN (Web News)\n2020-03-05", (TITLE, "CNN (Web News)", None, "2020-03-05")),
        (f"{TITLE}\nBy Ann Poe\nCoast Times\n2020-03-05", (TITLE, "Coast Times", "Ann Poe", "2020-03-05")),
        (f"{TITLE}\nAnn Poe\nCoast Times\n2020-03-05", (TITLE, "Coast Times", "Ann Poe", "2020-03-05")),
        (f"{TITLE}\nBy Ann Poe, Coast Times\nMarch 5, 2020", (TITLE, "Coast Times", "Ann Poe", "2020-03-05")),
        (f"{TITLE}\n*Coast Times, March 5, 2020*", (TITLE, "Coast Times", None, "2020-03-05")),
        (
            f"Title: {TITLE}\nSource: Coast Times\nAuthor: Ann Poe and Tom Lee\nDate: 2020-03-05",
            (TITLE, "Coast Times", "Ann Poe and Tom Lee", "2020-03-05"),
        ),
        (
            "Titel: Der Hafen öffnet\nQuelle: Küstenzeitung\nAutorin: Ute Behn\nDatum: 5.3.2020",
            ("Der Hafen öffnet", "Küstenzeitung", "Ute Behn", "2020-03-05"),
        ),
        (f"{TITLE}\nCoast Times", (TITLE, "Coast Times", None, None)),
        (
            "Congress Sets April 23 Deadline for Tax Returns\nCoast Times",
            ("Congress Sets April 23 Deadline for Tax Returns", "Coast Times", None, None),
        ),
        (
            "OPINION: Reopen the harbour\nCoast Times\n2020-03-05",
            ("OPINION: Reopen the harbour", "Coast Times", None, "2020-03-05"),
        ),
        (
            "Poll: Half of Lowhaven would reopen it\nCoast Times\n2020-03-05",
            ("Poll: Half of Lowhaven would reopen it", "Coast Times", None, "2020-03-05"),
        ),
        (f"{SENTENCE}\n2020-03-05", (SENTENCE, None, None, "2020-03-05")),
    ],
)  # fmt: skip
def test_a_header_gives_title_outlet_author_and_day(
    tmp_path: Path, header: str, expected: tuple[str | None, ...]
) -> None:
    found = article(tmp_path, f"{header}\n\n{STORY}")
    assert told(found.metadata) == expected
    assert found.news == "\n".join(STORY.strip().split("\n\n"))


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (f"{TITLE}\nAnn Poe\n2020-03-05", (TITLE, None, None, "2020-03-05")),  # person or outlet?
        (f"{TITLE}\nCoast Times\n03/05/2020", (TITLE, "Coast Times", None, None)),  # March or May?
        (TITLE, (TITLE, None, None, None)),
    ],
)
def test_what_may_be_two_things_is_unknown(
    tmp_path: Path, header: str, expected: tuple[str | None, ...]
) -> None:
    assert told(article(tmp_path, f"{header}\n\n{STORY}").metadata) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        STORY,
        f"{TITLE}\n\n{STORY}",
        f"March 5, 2020 was a good day for Port Ellery, its mayor said at the quay.\n\n{STORY}",
        f"ANKARA (Reuters) - {STORY}",
        f"Home\nWorld\nPolitics\nSport\nWeather\n{TITLE}\nMarch 5, 2020\n\n{STORY}",
        "x" * 100_000,
        "a\n" * 50_000,
        "---\ntitle: x\n---\n\nCoast Times\n2020-03-05\n\n",
    ],
)
def test_no_header_is_seen_where_there_is_none(text: str) -> None:
    assert header_of(text) is None


def test_each_piece_of_metadata_says_where_it_stands(tmp_path: Path) -> None:
    text = (
        "---\ntitle: Port Ellery: a harbour reopens\nauthors:\n  - Ann Poe\n  - Tom Lee\nlang: en-GB\n"
        "url: https://coast.example/harbour\ndate: 2020-03-05T23:30:00-05:00\n---\n\n"
        f"PORT ELLERY (AP) — {STORY}\n© 2020 Coast Radio. All rights reserved.\n"
    )
    found = article(tmp_path, text)
    assert {f: (n.value, n.where) for f in Metadata.__slots__ if (n := getattr(found.metadata, f))} == {
        "title": ("Port Ellery: a harbour reopens", "front matter"),
        "publisher": ("Coast Radio", "copyright line"),
        "agency": ("AP", "dateline"),
        "author": ("Ann Poe, Tom Lee", "front matter"),
        "url": ("https://coast.example/harbour", "front matter"),
        "language": ("en", "front matter"),
        "published": ("2020-03-05T23:30:00-05:00", "front matter"),
    }
    # The day is that of the stated zone; who signs is the agency, which the outlet only printed.
    assert (found.published, found.publisher) == (date(2020, 3, 5), "AP")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (f"{TITLE}\nMarch 5, 2020\n\n{STORY}", "date line"),
        (f"{TITLE}\nBy Ann Poe, March 5, 2020\n\n{STORY}", "byline"),
        (f"March 5, 2020 (AP) -- {STORY}", "dateline"),
        (
            f"March 5 (AP) -- {STORY.replace('Monday', 'Thursday')}\n\nIt was built on May 4, 2020.",
            "inferred from the text: the day of the dateline",
        ),
    ],
)
def test_a_date_says_which_line_it_stands_in(tmp_path: Path, text: str, where: str) -> None:
    published = article(tmp_path, text).metadata.published
    assert published is not None
    assert published.value == "2020-03-05"
    assert published.where.startswith(where)


def test_a_date_in_the_name_of_a_file_says_so(tmp_path: Path) -> None:
    published = article(tmp_path, STORY, "20200305-harbour.txt").metadata.published
    assert published is not None
    assert (published.value, published.where) == ("2020-03-05", "file name")


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2020-03-05", "2020-03-05"),
        ("2020-3-5", "2020-03-05"),
        ("2020-03-05T23:30:00-05:00", "2020-03-05T23:30:00-05:00"),
        ("2020-03-05 23:30:00Z", "2020-03-05T23:30:00+00:00"),
        ("2020-03-05T23:30:00", "2020-03-05"),  # of no zone
        ("Thu, 05 Mar 2020 23:30:00 -0500", "2020-03-05T23:30:00-05:00"),
        ("2999-03-05", None),
        ("1970-01-01T00:00:00Z", None),
        ("1969-12-31T19:00:00-05:00", None),
        ("0001-01-01T00:00:00Z", None),
        ("0000-00-00", None),
        ("2020-02-30T10:00:00Z", None),
        ("03/05/2020", None),
        ("yesterday", None),
    ],
)
def test_a_stated_date_is_read_in_its_own_zone_or_not_at_all(stated: str, expected: str | None) -> None:
    assert read_date(stated) == expected


@pytest.mark.parametrize(
    "stated", ["1970-01-01", "0001-01-01", "1601-01-01T00:00:00Z", "9999-12-31", "soon", ""]
)
def test_the_zero_of_a_calendar_is_no_day_of_publication(stated: str) -> None:
    assert day_of(stated) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Ann Poe", Signature("Ann Poe")),
        ("By ANN POE and TOM LEE", Signature("ANN POE and TOM LEE")),
        ("By Ann Poe, Tom Lee and Jo McRae", Signature("Ann Poe, Tom Lee and Jo McRae")),
        ("By Ann Poe, Reuters", Signature("Ann Poe", None, "Reuters")),
        ("By Ann Poe | Coast Times", Signature("Ann Poe", "Coast Times")),
        ("By Ann Poe, staff writer, March 5, 2020", Signature("Ann Poe")),
        ("By Ann Poe, CNN", Signature("Ann Poe", "CNN")),
        ("By Associated Press", Signature(None, None, "Associated Press")),
        ("By Reuters Staff", Signature(None, None, "Reuters")),
        ("Von Ute Behn-Koch", Signature("Ute Behn-Koch")),
        ("By Ann Poe ann.poe@coast.example @annpoe", Signature("Ann Poe")),
        ("By the harbour", None),
        ("Photo by Ann Poe", None),
    ],
)
def test_a_byline_names_author_outlet_and_agency(line: str, expected: Signature | None) -> None:
    assert read_byline(line) == expected


@pytest.mark.parametrize(
    "stated", ["31 Feb 2020 10:15 GMT", "45 Mar 2020 99:99 UTC", "31 Apr 2020 10:15 +9999"]
)
def test_a_time_that_there_never_was_is_unknown_and_costs_no_run(tmp_path: Path, stated: str) -> None:
    assert article(tmp_path, f"---\ntitle: {TITLE}\ndate: {stated}\n---\n\n{STORY}").published is None
