"""Origins: which articles are copies of one another, whatever was done to them, and which only look alike."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.reading import shingles
from summarize.reading.origins import origins

VOCABULARY = [
    a + b for a in "ba de fi go ku la me ni po ru sa te vi wo xa".split() for b in "lt mar nd rs sk".split()
]


def sentence(rng: random.Random, n_words: int = 18) -> str:
    return " ".join(rng.choices(VOCABULARY, k=n_words)).capitalize() + "."


def report(seed: int, n: int = 20) -> list[str]:
    """Make up the sentences of an article; two seeds share no run of five words."""
    rng = random.Random(seed)
    return [sentence(rng) for _ in range(n)]


def text(*sentences: str) -> str:
    return "\n\n".join(sentences)


def grouped(*bodies: str, publishers: list[str | None] | None = None) -> list[int]:
    return origins(bodies, publishers or [None] * len(bodies))


WIRE, OTHER, THIRD = report(1), report(2), report(3)
QUOTATION = "“" + " ".join(report(4, 5)) + "”"
STATEMENT = " ".join(report(5, 5))


# Copies


def test_the_same_words_are_one_origin_whatever_their_case_and_space() -> None:
    assert grouped(text(*WIRE), text(*OTHER), "  ".join(WIRE).upper()) == [0, 1, 0]


def test_texts_without_words_and_no_texts_at_all_are_grouped() -> None:
    assert grouped() == []
    assert grouped("…", text(*WIRE), "—") == [0, 1, 0]


@pytest.mark.parametrize("n_kept", [18, 12, 8])
def test_a_cut_article_is_a_copy(n_kept: int) -> None:
    assert grouped(text(*WIRE[:n_kept]), text(*WIRE)) == [0, 0]
    some = sorted(random.Random(n_kept).sample(WIRE, n_kept), key=WIRE.index)
    assert grouped(text(*WIRE), text(*some)) == [0, 0]


def test_a_copy_may_be_cut_retitled_led_anew_reordered_and_framed_at_once() -> None:
    kept = WIRE[2:12]
    random.Random(7).shuffle(kept)
    copy = text(
        "Quite another title", "Home | World | Sport", *OTHER[:2], *kept, "Sign up for our newsletter"
    )
    assert grouped(text("A title", *WIRE), copy, text("Its own", *OTHER)) == [0, 0, 2]


def test_a_copy_with_a_word_in_twenty_changed_is_one() -> None:
    words = " ".join(WIRE).split()
    words[::20] = ["otherwise"] * len(words[::20])
    assert grouped(text(*WIRE), " ".join(words)) == [0, 0]


def test_versions_of_a_story_are_one_origin_though_the_first_and_the_last_share_little() -> None:
    sentences = report(8, 34)
    versions = [text(*sentences[at : at + 20]) for at in (0, 7, 14)]
    assert grouped(versions[0], versions[2]) == [0, 1]
    assert grouped(*versions) == [0, 0, 0]


def test_a_script_without_blanks_is_compared_by_its_signs() -> None:
    signs = [chr(0x4E00 + n) for n in random.Random(9).sample(range(5_000), 300)]
    whole, other = "".join(signs), "".join(random.Random(10).sample(signs, 300))
    assert grouped(whole, "".join(signs[:150]), other) == [0, 0, 2]


# Excerpts


def test_an_item_of_a_round_up_adds_nothing_to_it() -> None:
    items = [WIRE[:4], OTHER[:4], THIRD[:4]]
    round_up = text("The day in brief", *(s for item in items for s in item), *report(11, 12))
    assert grouped(text(*items[0]), round_up, text(*items[1])) == [0, 0, 0]


def test_a_statement_by_itself_goes_with_one_of_those_who_print_it_and_joins_them_not() -> None:
    one, other = text(*WIRE, STATEMENT, *report(12)), text(*OTHER, STATEMENT, *report(13))
    found = grouped(one, STATEMENT, other)
    assert found in ([0, 0, 2], [0, 1, 1])
    there = [one, STATEMENT, other][::-1]
    assert (grouped(*there)[0] == grouped(*there)[1]) == (found[1] == found[2])


# What only looks alike


def test_articles_that_share_a_quotation_are_no_copies() -> None:
    assert grouped(text(*WIRE[:4], QUOTATION), text(*OTHER[:4], QUOTATION)) == [0, 1]


def test_a_quotation_that_one_of_them_prints_without_marks_is_still_one() -> None:
    assert grouped(text(*WIRE[:4], QUOTATION.strip("“”")), text(*OTHER[:4], QUOTATION)) == [0, 1]


def test_short_reports_that_print_one_statement_are_no_copies() -> None:
    assert grouped(text(*WIRE[:4], STATEMENT), text(*OTHER[:4], STATEMENT)) == [0, 1]


def test_one_frame_filled_with_other_figures_is_no_copy() -> None:
    frame = " ".join(f"{s[:-1]} {{}}." for s in report(14, 8))
    one, other = (frame.format(*range(first, first + 8)) for first in (10, 50))
    assert grouped(one, other) == [0, 1]
    updated = frame.format(*range(10, 16), 99, 98)
    assert grouped(one, updated) == [0, 0]


def test_two_articles_above_one_gallery_are_no_copies() -> None:
    gallery = report(15, 40)
    assert grouped(text(*WIRE[:10], *gallery), text(*OTHER[:10], *gallery)) == [0, 1]


def test_a_phrase_must_be_equal() -> None:
    assert grouped("The ferry left at dawn.", "The ferry left at dawn today.", "the ferry left at dawn") == [
        0,
        1,
        0,
    ]


# Publishers


def test_less_is_needed_for_a_copy_of_one_agency() -> None:
    rewritten = text(*WIRE[:8], *report(16, 12))
    for publishers, expected in (
        ([None, None], [0, 1]),
        (["AP", "Reuters"], [0, 1]),
        (["AP", "The Associated Press"], [0, 0]),
    ):
        assert grouped(text(*WIRE), rewritten, publishers=publishers) == expected


# Many


def test_very_many_copies_and_articles_in_one_frame_are_told_apart() -> None:
    frame = report(17, 3)
    copies = [text(*report(100 + n, 2), *WIRE[2 : 20 - n % 8], *frame) for n in range(60)]
    others = [text(*report(200 + n, 10), *frame) for n in range(60)]
    found = grouped(*copies, *others)
    assert set(found[:60]) == {0}
    assert found[60:] == list(range(60, 120))


# Invariants

PARTS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 12), st.integers(3, 20)), min_size=1, max_size=3)
BODIES = st.lists(
    PARTS.map(lambda parts: text(*(s for k, at, n in parts for s in report(k)[at : at + n]))), max_size=7
)


@given(BODIES, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_files_decides_nothing(bodies: list[str], rng: random.Random) -> None:
    shuffled = rng.sample(range(len(bodies)), len(bodies))
    before, after = grouped(*bodies), grouped(*(bodies[i] for i in shuffled))
    for a, i in enumerate(shuffled):
        for b, j in enumerate(shuffled):
            assert (after[a] == after[b]) == (before[i] == before[j])


def test_of_equal_words_with_other_marks_no_order_decides_which_are_compared() -> None:
    plain = text(*WIRE[:4], QUOTATION.strip("“”"))
    marked = text(*WIRE[:4], QUOTATION)
    long = text(*OTHER[:3], QUOTATION.strip("“”"), *THIRD[:1])
    assert grouped(plain, marked, long) == grouped(marked, plain, long) == [0, 0, 2]


@given(BODIES)
@settings(max_examples=40, deadline=None)
def test_an_unrelated_article_changes_nothing(bodies: list[str]) -> None:
    assert grouped(*bodies, text(*report(99))) == [*grouped(*bodies), len(bodies)]


@given(BODIES)
@settings(max_examples=40, deadline=None)
def test_every_article_again_changes_nothing(bodies: list[str]) -> None:
    assert grouped(*bodies, *bodies) == 2 * grouped(*bodies)


@given(st.lists(st.text(max_size=80), max_size=6))
@settings(deadline=None)
def test_each_number_is_that_of_the_first_of_its_origin(bodies: list[str]) -> None:
    found = grouped(*bodies)
    assert all(first <= i and found[first] == first for i, first in enumerate(found))
    assert all(found[i] == found[bodies.index(body)] for i, body in enumerate(bodies))


# Shingles


@given(st.integers(0, 10**6), st.integers(0, 30), st.integers(0, 30))
@settings(deadline=None)
def test_texts_with_twelve_words_in_common_have_a_common_fingerprint(seed: int, n: int, m: int) -> None:
    run, before, after = (" ".join(report(seed + k, 9)).split()[:12] for k in range(3))
    one, other = [*before[:n], *run, *after[:m]], [*after[:m], *run, *before[:n]]
    prints = [shingles.fingerprints(shingles.hashes_of(words)) for words in (one, other)]
    assert set(prints[0].tolist()) & set(prints[1].tolist())


def test_an_overlap_is_counted_by_hand() -> None:
    words = "one two three four five six seven eight nine ten".split()
    one = shingles.shingled(
        " ".join(["alpha", "beta", *words[:6], "77", *words[4:], "“tail of the text here”"])
    )
    other = shingles.shingled(" ".join(words))
    found = shingles.overlap(one, other, 1)
    # Shared: "one … six" and "five … ten"; 77 stands between them; five words are quoted.
    assert (found.shared, found.longest, found.words) == (12, 6, 15)
    assert (found.added, found.before, found.filled_in, found.figures) == (3, 2, 1, 0)
    assert found.share == 12 / 15


def test_hashes_are_the_same_in_every_process() -> None:
    assert shingles.hashes_of("the ferry left the harbour".split()).tolist() == [3351312491]
