"""The benchmark of small changes: whole events, one article held back, and a verdict that can fail."""

from __future__ import annotations

from dataclasses import replace

import click
import pytest

from benchmarks.incremental import Run, chosen, is_met, to_table

FIRST = Run("first", 40.0, 38.0, "brief", 600, {})
UNCHANGED = Run("unchanged", 2.0, 0.4, "unchanged", 0, {})
MORE = Run("one more", 10.0, 9.0, "brief", 61, {})


def event(name: str, n: int) -> list[dict[str, str]]:
    return [{"title": f"{name}{i}", "full_text": "It rained."} for i in range(n)]


def test_the_folder_holds_whole_events_but_for_one_article_of_a_large_one() -> None:
    lone, empty = event("l", 1), [{"title": "e", "full_text": ""}] * 3
    found = chosen([lone, event("a", 2), empty, event("b", 3), event("c", 2), event("d", 2)], 6)
    assert [d["title"] for d in found.folder] == ["b0", "b1", "a0", "a1", "c0", "c1"]
    assert (found.known["title"], found.unknown["title"]) == ("b2", "d0")


@pytest.mark.parametrize("events", [[event("a", 2)] * 9, [event("a", 3), event("b", 2)]])
def test_too_few_articles_are_told(events: list[list[dict[str, str]]]) -> None:
    with pytest.raises(click.ClickException):
        chosen(events, 5)


def test_a_twentieth_is_enough_and_more_is_not() -> None:
    assert is_met([FIRST, UNCHANGED, MORE], imports=False)
    assert not is_met([FIRST, replace(UNCHANGED, seconds=2.01), MORE], imports=False)


def test_an_unchanged_run_that_embeds_or_imports_or_writes_misses_the_target() -> None:
    assert not is_met([FIRST, replace(UNCHANGED, embedded=1), MORE], imports=False)
    assert not is_met([FIRST, UNCHANGED, MORE], imports=True)
    assert not is_met([FIRST, replace(UNCHANGED, outcome="brief"), MORE], imports=False)


def test_the_table_has_each_run_beside_the_first_and_the_lone_one() -> None:
    table = to_table([FIRST, UNCHANGED, MORE], imports=False, settings="200 articles")
    assert "| one more | 10.00 | 9.00 | 0.250 | 1.00 | 61 |" in table
    assert "| unchanged | 2.00 | 0.40 | 0.050 | 0.20 | 0 |" in table
    assert table.endswith("at most 0.05 of the first and nothing embedded: met")
