from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from summarize.selection import Option, choose

EAST, NORTH = np.array([1.0, 0.0]), np.array([0.0, 1.0])


def option(place: str, worth: float, vector: np.ndarray = EAST, after: str | None = None) -> Option:
    return Option(vector, worth, 10, place, after, None if after else "topic")


def places(options: list[Option], n_words: int) -> list[object]:
    return [options[t.index].place for t in choose(options, {None: n_words})]


def test_what_is_worth_most_is_taken_first_until_the_words_are_used_up() -> None:
    options = [option("a", 0.1), option("b", 0.3, NORTH), option("c", 0.2, -EAST)]
    assert places(options, 20) == ["b", "c"]


def test_what_repeats_something_taken_loses_to_what_does_not() -> None:
    # "b" repeats "a": 0.29 - 1.5 * (1 - 0.65) is less than "c" is worth
    options = [option("a", 0.3), option("b", 0.29), option("c", 0.1, NORTH)]
    assert places(options, 20) == ["a", "c"]


def test_what_hangs_on_another_is_taken_only_after_it_and_takes_its_topic() -> None:
    options = [option("a", 0.1), option("b", 0.9, NORTH, after="a")]
    first, second = choose(options, {None: 20})
    assert (first.index, second.index) == (0, 1)
    assert (second.after, second.label) == (first.rank, "topic")
    assert places(options[1:], 20) == []


def test_nothing_gives_nothing() -> None:
    assert choose([], {}) == ()


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 359)), min_size=1, max_size=12))
def test_every_option_is_taken_once_at_most_and_the_last_one_crosses_the_limit(
    drawn: list[tuple[float, int]],
) -> None:
    options = [
        option(str(n), worth, np.array([np.cos(np.radians(turn)), np.sin(np.radians(turn))]))
        for n, (worth, turn) in enumerate(drawn)
    ]
    taken = choose(options, {None: 45})
    assert len({t.index for t in taken}) == len(taken) == min(len(options), 5)


def test_what_repeats_words_in_a_row_loses_to_what_does_not() -> None:
    said = replace(option("a", 0.3), runs=frozenset({"full of misinformation and even malice"}))
    again = replace(option("b", 0.2, NORTH), runs=said.runs)
    other = option("c", 0.1, -EAST)
    assert places([said, again, other], 20) == ["a", "c"]
    assert places([again, other], 20) == ["b", "c"]


def test_of_two_that_probably_say_the_same_the_second_loses_to_what_does_not() -> None:
    # Their cosine, 0.6, costs nothing, but 0.29 - 0.5 * (0.7 - 0.25) is less than "c" is worth.
    near = np.array([0.6, 0.8])
    options = [option("a", 0.3), option("b", 0.29, near), option("c", 0.1, -EAST)]
    asked: list[tuple[int, int]] = []

    def same(i: int, j: int) -> float:
        asked.append((i, j))
        return 0.7 if i != j else 1.0

    assert places(options, 20) == ["a", "b"]
    assert [options[t.index].place for t in choose(options, {None: 20}, same)] == ["a", "c"]
    assert (1, 0) in asked and (2, 0) not in asked  # what is unlike is not asked about


def test_each_group_has_room_of_its_own() -> None:
    fire = [replace(option(f"f{n}", 0.9 - n / 100, NORTH), group="fire") for n in range(5)]
    vote = [replace(option(f"v{n}", 0.1 - n / 100, -EAST), group="vote") for n in range(5)]
    taken = choose([*fire, *vote], {"fire": 20, "vote": 11})
    assert [(*fire, *vote)[t.index].place for t in taken] == ["f0", "f1", "v0", "v1"]


def test_what_hangs_on_the_last_one_that_finds_room_is_not_taken() -> None:
    assert places([option("a", 0.1), option("b", 0.9, NORTH, after="a")], 10) == ["a"]


def test_what_others_have_said_between_them_loses_to_what_is_new() -> None:
    # "c" shares half of its words with "a" and half with "b": 0.2 - (1 - 0.65) is less than "d" is worth.
    first = replace(option("a", 0.4), content=frozenset("kl"))
    second = replace(option("b", 0.3, NORTH), content=frozenset("mn"))
    both = replace(option("c", 0.2, -EAST), content=frozenset("lm"))
    new = replace(option("d", 0.1, -NORTH), content=frozenset("xy"))
    assert places([first, second, both, new], 30) == ["a", "b", "d"]
    elsewhere = [replace(o, group="other") for o in (second, new)]
    taken = choose([first, both, *elsewhere], {None: 20, "other": 20})
    assert [t.index for t in taken] == [0, 2, 1, 3]  # what another story says tells this one's reader nothing
