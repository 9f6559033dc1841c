"""What cleaning keeps of an article and what it leaves out."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.reading import Reading, read
from summarize.reading.cleaning import Cleaned, clean
from summarize.reading.layout import INVISIBLE

CASES = Path(__file__).parent / "cases" / "reading"
SEEDS = Path(__file__).parent.parent / "seeds"
FURNITURE = (
    *("Advertisement", "Accessibility links", "Breaking News", "Latest Headlines", "XS", "LG", "INTERACTIVE"),
    *("Enregistrer un commentaire", "Previous article", "Next article", "File Photo", "AP Photo", "FILE -"),
    *("Source:", "(UPI)", "ANKARA", "—AFP", "Key town changes hands", "Refugee crisis"),
    "A confrontation between the Syrian forces backed by Russia and the Turkish army",
    "Gold hits new high",
)
STORY = "The harbour of Port Ellery reopened on Monday after repairs to both of its piers."


def body(text: str) -> list[str]:
    return [text[s.start : s.end] for s in clean(text).body]


def reasons(text: str) -> dict[str, str]:
    return {text[a:b]: reason for a, b, reason in clean(text).dropped}


def seeds() -> Reading:
    return read(SEEDS)


@pytest.mark.parametrize("case", sorted(CASES.glob("*.body.txt")), ids=lambda p: p.name.split(".")[0])
def test_an_unseen_page_is_reduced_to_its_news(case: Path) -> None:
    stem = case.name.removesuffix(".body.txt")
    source = next(p for p in CASES.glob(stem + ".*") if p != case)
    paragraphs = [" ".join(p.split()) for p in body(source.read_text(encoding="utf-8"))]
    assert paragraphs == case.read_text(encoding="utf-8").splitlines()


def test_no_furniture_of_the_seeds_is_in_a_body() -> None:
    for article in seeds().articles:
        for span in article.body:
            paragraph = article.text[span.start : span.end]
            assert not [f for f in FURNITURE if f in paragraph]
            assert paragraph != article.title


def test_the_standfirsts_of_the_seeds_stay() -> None:
    first = [a.text[a.body[0].start : a.body[0].end] for a in seeds().articles]
    assert first[3].startswith("Russian President Vladimir Putin and his Turkish counterpart")
    assert first[4].startswith("The strategic town of Saraqeb has already changed hands twice")


def test_the_seeds_lose_no_paragraph() -> None:
    assert [len(a.body) for a in seeds().articles] == [8, 10, 1, 11, 26]


def is_partition(text: str, cleaned: Cleaned) -> bool:
    pieces = sorted([(s.start, s.end) for s in cleaned.body] + [(a, b) for a, b, _ in cleaned.dropped])
    disjoint = all(a[1] <= b[0] for a, b in pairwise(pieces))
    covered = set[int]()
    for start, end in pieces:
        covered.update(range(start, end))
    return disjoint and all(i in covered or c in INVISIBLE for i, c in enumerate(text))


@pytest.mark.parametrize(
    "path", [*sorted(SEEDS.glob("*.txt")), *sorted(CASES.glob("*.*"))], ids=lambda p: p.name
)
def test_every_visible_character_is_kept_or_recorded_as_dropped(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert is_partition(text, clean(text))


PIECES = st.sampled_from(
    [
        *(
            STORY,
            "Advertisement",
            "\n",
            "\n\n",
            "\r\n",
            "(AP) — ",
            "Feb. 21 (UPI) -- ",
            "<!-- ",
            " -->",
            "```\n",
        ),
        *(
            "# ",
            "- ",
            "| ",
            "Photo: A/B",
            "---\n",
            "\x00",
            "\ufeff",
            " Read more: x",
            "港は月曜日に再開した。",
        ),
        *("وقالت السلطات.", "[a](b)", "ANKARA "),
    ]
)


@settings(max_examples=150)
@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=14).map("".join))
def test_cleaning_partitions_any_text(text: str) -> None:
    assert is_partition(text, clean(text))


@pytest.mark.parametrize(
    "sentence",
    [
        '"We will not go back."',
        "No one was hurt.",
        "“Share this with your neighbours,” the mayor said.",
        "Follow-up inspections found rust on the second pier.",
        "The regulator fined the platform over its cookie banners.",
        "Photographs taken at the site by the police show a broken gate.",
        "وقالت سلطات الميناء إن الرصيف سيبقى مغلقا حتى يوم الاثنين.",
        "港務局は月曜日に桟橋を再開すると発表した。",
        "बंदरगाह सोमवार को फिर खुलेगा।",
        "The governor (R) ordered the evacuation of the coast.",
        "Kommentare gab der Sprecher der Hafenbehörde dazu nicht ab.",
        "NATO Secretary General's office declined to comment on the exercise.",
        "Ferries sail at 9.30 a.m. and 4 p.m. during the week.",
    ],
)
def test_a_short_sentence_between_paragraphs_stays_whole(sentence: str) -> None:
    assert body(f"{STORY}\n\n{sentence}\n\n{STORY} It cost two million.")[1] == sentence


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Two piers, one harbour", "subhead"),
        ("What happens next?", "subhead"),
        ("FILE - The harbour of Port Ellery is seen from the hill, Jan. 8, 2020.", "caption"),
        ("Waves break over the old pier at dawn. (AP Photo/Harbour Desk)", "caption"),
        ("Sign up for our newsletter to get the news every day.", "boilerplate"),
        ("VIDEO: Storm hits the pier", "navigation"),
        ("Copyright 2020 Port Ellery Courier. All rights reserved.", "copyright"),
        ("14:35", "timestamp"),
        ("By the Harbour Desk, Port Ellery Courier", "byline"),
        ("Lire aussi : La jetée fermée", "navigation"),
        ("![The pier](pier.png)", "caption"),
    ],
)
def test_furniture_between_paragraphs_goes_with_its_reason(line: str, reason: str) -> None:
    text = f"{STORY}\n\n{line}\n\n{STORY} It cost two million."
    assert len(body(text)) == 2
    assert reasons(text)[line] == reason


@pytest.mark.parametrize(
    "dateline",
    [
        *(
            "PORT ELLERY (AP) — ",
            "PORT ELLERY, March 5 (Reuters) - ",
            "Feb. 21 (UPI) -- ",
            "Oberelmau (dpa) - ",
        ),
        *(
            "Port Ellery, Norland (CNN) ",
            "Valdearce, 5 mar (EFE).- ",
            "PORT ELLERY, Norland -- ",
            "(Reuters) - ",
        ),
        *("LONDON ", "Port Ellery — ", "BREAKING: ", "14:05 GMT – "),
    ],
)
def test_a_dateline_is_cut_off_its_paragraph(dateline: str) -> None:
    assert body(f"{dateline}{STORY}\n\n{STORY} It cost two million.")[0] == STORY


@pytest.mark.parametrize(
    "tail",
    ["—AFP", " (Reuters)", " Read more: Pier closed", " [Related: Storm hits]", " Follow us on Twitter"],
)
def test_what_is_glued_to_a_paragraph_is_cut_off(tail: str) -> None:
    assert body(f"{STORY} It cost two million.\n\n{STORY} It was late.{tail}")[1] == f"{STORY} It was late."


def test_a_paragraph_printed_twice_running_is_a_caption() -> None:
    caption = "Fishermen watch the waves at the old pier of the harbour"
    text = f"{caption}\n{caption}\n\n{STORY}\n\n{STORY} It cost two million."
    assert body(text) == [STORY, f"{STORY} It cost two million."]


def test_a_sentence_with_a_null_character_is_left_out_and_its_neighbours_stay() -> None:
    text = f"{STORY} The cost\x00 is unknown. Work ends in May."
    assert body(text) == [STORY, "Work ends in May."]


def test_a_text_of_one_line_is_its_own_body() -> None:
    assert body(STORY) == [STORY]


def test_without_any_sentence_the_longest_lines_are_kept() -> None:
    assert body("Menu\nHarbour reopens after repairs to both piers\nHome") == [
        "Harbour reopens after repairs to both piers"
    ]


def test_long_paragraphs_without_full_stops_stay() -> None:
    line = "the harbour of the town was reopened on monday after the repair of both piers and the old crane"
    line += " was taken down"
    assert body(f"{STORY}\n\n{line}\n\n{STORY} It was late.")[1] == line


def test_only_furniture_leaves_no_body() -> None:
    assert body("Advertisement\n\nComments (2)\n") == []


def test_a_line_that_unrelated_articles_share_is_a_frame(tmp_path: Path) -> None:
    frame = (
        "the paper of record for all of the coast and the islands and for everyone who lives and works there"
    )
    for name, words in (
        ("a", "ferry crews strike over pay at the northern terminal"),
        ("b", "orchards report an early harvest of pears"),
    ):
        story = f"On Monday the {words}. " * 2
        (tmp_path / f"{name}.txt").write_text(f"{story}\n\n{frame}\n\nThe {words} again, officials said.\n")
    assert all(
        "paper of record" not in a.text[s.start : s.end] for a in read(tmp_path).articles for s in a.body
    )


@pytest.mark.parametrize(
    "text",
    [
        "<!-- " * 200_000,
        "# a\n" * 100_000,
        "[a](" * 200_000,
        "ab\n" * 30_000,
        "(" * 500_000,
        f"{STORY}\n" * 8_000,
        f"{STORY} " * 8_000,
    ],
    ids=["comments", "headings", "links", "short lines", "brackets", "paragraphs", "one line"],
)
def test_no_text_takes_more_than_linear_time(text: str) -> None:
    started = time.perf_counter()
    clean(text)
    assert time.perf_counter() - started < 15  # seconds; a quadratic rule takes minutes
