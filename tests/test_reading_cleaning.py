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


@pytest.mark.parametrize("place", ["Port Ellery caves, Brackwater", "Port Ellery, northern Brackwater"])
def test_a_dateline_may_say_what_its_place_is(place: str) -> None:
    assert body(f"{place} (CNN) {STORY}\n\n{STORY} It cost two million.")[0] == STORY
    sentence = f"Those who spoke of {place} (CNN) said little to reporters."
    assert body(f"{sentence}\n\n{STORY} It cost two million.")[0] == sentence


def test_the_line_that_a_blog_puts_below_each_entry_of_its_feed_is_no_news() -> None:
    below = "The post Harbour of Port Ellery Reopens appeared first on Port Post."
    assert body(f"{STORY}\n\n{STORY} It cost two million.\n\n{below}") == [
        STORY,
        f"{STORY} It cost two million.",
    ]


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
        ("Bo Rix will sail from the old pier in May. | AP Photo Rix sails once more", "caption"),
        ("Sign up for our newsletter to get the news every day.", "boilerplate"),
        (
            "Interested in Bo Rix? Add Bo Rix as an interest to see all of it first. Add Interest",
            "boilerplate",
        ),
        ("EMBED More News Videos Bo Rix heads to the port of Lowhaven. Watch the report at noon.", "caption"),
        ("Photos: The port in pictures Bo Rix sails in May. Hide Caption 1 of 2 Photos: The port", "caption"),
        ("Stay up to date on the latest from the harbour with the app of the port.", "boilerplate"),
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


SECOND = "Fishing boats may use the inner basin from Thursday, and the ferry sails again on Friday."
THIRD = "Repairs came to 2.4 million crowns, of which the state pays a third, the port authority said."


@pytest.mark.parametrize(
    "line",
    [
        "Our reporting is free to read because readers pay for it. Please consider a gift.",
        "Help us keep our journalism open to everyone for as little as $1.",
        "Support independent journalism: become a member today, and our newsroom can go on.",
        "Unterstützen Sie unabhängigen Journalismus: Werden Sie jetzt Mitglied unserer Redaktion.",
        "Si vous aimez notre journalisme, faites un don : votre soutien nous est précieux.",
        "We and our 210 partners store cookies on your device to show you adverts that suit you.",
        "Mit Ihrer Zustimmung verwenden wir Cookies, um Ihnen Werbung zu zeigen, die zu Ihnen passt.",
        "Lena Voss can be reached at 555-0142 or through the newsroom.",
        "Every Friday our weekly letter tells you what happened in the valley. Sign up, it is free.",
        "Were you on the pier when it broke? Get in touch with the newsdesk by e-mail.",
        "The views expressed in this article do not necessarily reflect the views of the Courier.",
        "A firm has given its web captures to the Internet Archive, which keeps them for all.",
        "Crawls of pages with links to “the old pier”.",
        "You can add your location to a post of yours, and delete it from your tweets at any time.",
        "The transcript could not be loaded.",
        "You must enter the characters that you see in the picture.",
    ],
)
def test_a_notice_in_full_sentences_goes(line: str) -> None:
    assert body(f"{STORY}\n\n{SECOND}\n\n{line}\n\n{THIRD}") == [STORY, SECOND, THIRD]


@pytest.mark.parametrize(
    "line",
    [
        "Readers of the Courier gave 2 million crowns to support its journalism, the paper said.",
        "Google will block cookies that advertisers store in its browser from 2023.",
        "“Please help us keep our newspaper, give what you can,” its editor said.",
        "Lena Voss, a reporter for the Courier, was arrested on the north pier on Sunday.",
        "The harbour master can be reached by boat only.",
        "The company sends a weekly letter to its shareholders, who get free tickets every summer.",
        "The city set up a hotline, 555-0142, for people who had lost their boats.",
        "The Internet Archive said that its crawls had been stopped by the attack.",
        "Publishers sued the Internet Archive on Monday over its web crawls, which they call theft.",
        "The ministry’s “feature is not available right now” notice greeted all who tried to open it.",
        "Crawls of the sea bed by robots found the wreck of the ferry on Monday.",
    ],
)
def test_news_about_the_press_and_its_readers_stays(line: str) -> None:
    assert body(f"{STORY}\n\n{SECOND}\n\n{line}\n\n{THIRD}") == [STORY, SECOND, line, THIRD]


@pytest.mark.parametrize(
    "line",
    [
        "Lena Voss is a reporter who covers health care and the courts for the Daily Courier.",
        "Owen T. Grady is a senior fellow at the Institute for Harbours and the author of two books.",
        "Lena Voss covers the coast. She lives in Port Ellery with two dogs.",
        "Jonas Brand ist Redakteur im Ressort Wirtschaft.",
    ],
)
def test_a_last_paragraph_about_the_writer_goes(line: str) -> None:
    assert body(f"{STORY}\n\n{SECOND}\n\n{line}") == [STORY, SECOND]


def test_a_last_paragraph_about_somebody_in_the_story_stays() -> None:
    named = "The harbour master, Owen Grady, was the first to see the coal boat on Monday morning."
    last = "Owen Grady is a former president of the fishermen's union and an author."
    assert body(f"{STORY}\n\n{named}\n\n{last}") == [STORY, named, last]


def test_teasers_in_full_sentences_under_most_read_go() -> None:
    teasers = "A vet talked the bull into a trailer.\n\nThe last mole catcher of Oxley is eighty-one now."
    assert body("\n\n".join([STORY, SECOND, THIRD, "Most read", teasers])) == [STORY, SECOND, THIRD]


def test_the_last_paragraphs_after_a_link_in_the_text_stay() -> None:
    text = f"{STORY}\n\n{SECOND}\n\nAlso read: Lighthouse to be sold\n\n{THIRD}\n\nThe works end in May."
    assert body(text) == [STORY, SECOND, THIRD, "The works end in May."]


def test_a_box_of_links_inside_a_sentence_is_cut_out() -> None:
    text = (
        "The vote was moved by Sen. Ada Tarn Ada Maria TarnFerry strike goes on Mayor asks for calm MORE "
        "(R-Ohio) on Monday, and nobody spoke against it."
    )
    kept = ["The vote was moved by Sen. Ada Tarn", "(R-Ohio) on Monday, and nobody spoke against it."]
    assert body(f"{STORY}\n\n{text}\n\n{THIRD}") == [STORY, *kept, THIRD]


def test_a_list_that_a_colon_announces_stays() -> None:
    entries = ["31 houses are empty", "Two roads closed until 5 May", "1,200 customers without power"]
    text = "\n\n".join([STORY, "What is known so far about the storm:", *entries, SECOND])
    assert body(text) == [STORY, "What is known so far about the storm:", *entries, SECOND]


def test_the_questions_of_an_interview_stay() -> None:
    turns = [
        "Were you afraid?",
        "I was not. We had practised for a year, and I knew the boat.",
        "What will you do now?",
        "I shall sleep for a week, and then I shall paint my kitchen.",
        "And the winter?",
        "In winter we mend nets, as my mother did before me.",
    ]
    assert body("\n\n".join([STORY, *turns])) == [STORY, *turns]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Night of the long speeches\nWashington Times\n2019-03-05", "Night of the long speeches"),
        ("'It is done.'\nWashington Times\n2019-03-05", "'It is done.'"),
        ("Harbour reopens.\nBy Lena Voss\nMarch 5, 2019", "Harbour reopens."),
        ("Guest Writer - Right\n2019-03-05", None),
        ("The Courier\nHarbour of Port Ellery reopens\n2019-03-05", "Harbour of Port Ellery reopens"),
    ],
)
def test_the_name_of_an_outlet_beside_the_date_is_no_title(head: str, title: str | None) -> None:
    text = f"{head}\n\n{STORY}\n\n{SECOND}\n\n{THIRD}"
    assert clean(text).title == title
    assert body(text) == [STORY, SECOND, THIRD]


def test_sentences_that_three_articles_end_with_are_a_frame(tmp_path: Path) -> None:
    ending = "The Vale arrives before the weekend does.\n\nIt takes four minutes to read and costs nothing."
    stories = {
        "a": "The harbour of Port Ellery reopened on Monday after repairs to both of its piers.",
        "b": "A court in Vellmar sentenced two bankers to five years in prison for fraud.",
        "c": "Scientists counted forty whales off the northern islands, twice as many as last year.",
    }
    for name, story in stories.items():
        (tmp_path / f"{name}.txt").write_text(
            f"{story}\n\nThat is all about {name}, officials said.\n\n{ending}\n"
        )
    for article in read(tmp_path).articles:
        last = article.body[-1]
        assert article.text[last.start : last.end].startswith("That is all about")
