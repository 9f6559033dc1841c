import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.shares import LONE, MIN_WORDS, share_out, weight


def shares(origins: list[int], words: int, capacity: int = 1000, most: int = 8) -> list[int]:
    """Share words among stories of so many origins, most origins first, of the same length."""
    weights = {n: weight(o) for n, o in enumerate(origins)}
    return list(share_out(list(weights), weights, dict.fromkeys(weights, capacity), words, most).values())


def test_one_story_has_all_the_words() -> None:
    assert shares([5], 400) == [400]


def test_many_sources_get_more_words_and_leave_room_for_the_others() -> None:
    # 3, 2 and 2 parts of 7: the logarithms of 8, 4 and 4
    assert shares([7, 3, 3], 350) == [150, 100, 100]


def test_a_story_is_told_in_a_sentence_at_least_or_not_at_all() -> None:
    assert shares([3] * 8, 400) == [50] * 8
    assert shares([3] * 8, 165) == [33] * 5
    assert shares([3, 3], 60) == [60]


def test_single_articles_come_after_what_several_sources_report() -> None:
    big, *single = shares([5, *[1] * 20], 400)
    assert len(single) == 7 and min(single) >= MIN_WORDS and big > 5 * max(single)
    assert shares([5, 5, 5, *[1] * 20], 300)[:3] == [100] * 3  # no room for them beside these
    assert weight(1) == LONE < weight(2) / 3 < weight(3)


def test_what_nobody_reports_is_told_where_nothing_else_is() -> None:
    assert shares([3, 1, 0], 400) == [320, 80]
    assert shares([0, 0], 100)[0] > 0
    assert shares([0], 100) == [100]


def test_there_are_no_more_stories_than_asked_for() -> None:
    assert shares([2] * 6, 1000, most=3) == [334, 333, 333]


def test_where_there_is_room_for_everything_every_story_is_told() -> None:
    assert shares([3, 1, 1], 400, capacity=30) == [30, 30, 30]


def test_what_a_short_story_leaves_over_goes_to_the_others() -> None:
    weights = dict.fromkeys(range(3), 2.0)
    assert share_out([0, 1, 2], weights, {0: 50, 1: 900, 2: 900}, 400, 8) == {0: 50, 1: 175, 2: 175}


def test_a_story_of_one_short_sentence_needs_no_more_room_than_that() -> None:
    weights = {0: 3.0, 1: LONE}
    assert share_out([0, 1], weights, {0: 900, 1: 12}, 100, 8) == {0: 88, 1: 12}


def test_a_story_that_finds_no_room_leaves_it_to_a_shorter_one() -> None:
    weights = {0: 2.0, 1: LONE, 2: LONE}
    assert share_out([0, 1, 2], weights, {0: 300, 1: 900, 2: 12}, 150, 8) == {0: 138, 2: 12}
    assert shares([6] * 7, 7 * MIN_WORDS) == [MIN_WORDS] * 7


@pytest.mark.parametrize("most", [1, 8])
def test_nothing_is_shared_among_nobody(most: int) -> None:
    assert share_out([], {}, {}, 400, most) == {}


@given(
    st.lists(st.tuples(st.integers(1, 12), st.integers(1, 600)), min_size=1, max_size=12),
    st.integers(1, 1000),
    st.integers(1, 10),
)
def test_shares_never_exceed_the_words_nor_what_a_story_has(
    drawn: list[tuple[int, int]], words: int, most: int
) -> None:
    weights = {n: weight(origins) for n, (origins, _) in enumerate(drawn)}
    capacity = {n: length for n, (_, length) in enumerate(drawn)}
    found = share_out(sorted(weights, key=lambda s: -weights[s]), weights, capacity, words, most)
    assert 1 <= len(found) <= most
    assert sum(found.values()) == min(words, sum(capacity[s] for s in found))
    assert all(found[s] <= capacity[s] for s in found)
    assert all(w >= min(MIN_WORDS - 1, capacity[s]) for s, w in list(found.items())[1:])
