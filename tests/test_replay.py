"""Five days of one story, as the scheduled job sees them: each brief tells what that day's article adds."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from summarize import rendering
from summarize.config import load_config
from summarize.job.run import Job, run
from summarize.store import open_store

FLOOD = Path(__file__).parent / "cases" / "flood"
SCHEMA = Path(rendering.__file__).parent / "brief.schema.json"
DAYS = tuple(date(2020, 2, day) for day in range(3, 8))


@pytest.fixture(scope="module")
def briefs(tmp_path_factory: pytest.TempPathFactory, models_loaded_once: None) -> list[dict[str, Any]]:
    """The briefs of five evenings, one article a day."""
    base = tmp_path_factory.mktemp("replay")
    (base / "news").mkdir()
    made = []
    for day in DAYS:
        (source,) = FLOOD.glob(f"{day}-*.md")
        shutil.copy(source, base / "news")
        evening = datetime(day.year, day.month, day.day, 20, tzinfo=UTC)
        with open_store(base / "state") as store:
            job = Job(base / "news", base / "briefs", load_config())
            (path,) = run(job, store, evening, sleep=lambda _: None).written
        assert (base / "briefs" / "latest.md").read_bytes() == path.read_bytes()
        made.append(json.loads(path.with_suffix(".json").read_text()))
    return made


def claims(brief: dict[str, Any], *statuses: str) -> list[dict[str, Any]]:
    return [c for t in brief["topics"] for c in t["claims"] if c["status"] in statuses]


def test_every_brief_keeps_to_the_schema(briefs: list[dict[str, Any]]) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text()))
    assert [list(validator.iter_errors(b)) for b in briefs] == [[]] * 5


def test_the_first_brief_is_all_new_and_the_others_say_since_when(briefs: list[dict[str, Any]]) -> None:
    assert briefs[0]["news"] is None
    assert [b["news"]["since"] for b in briefs[1:]] == [f"{day}T20:00:00Z" for day in DAYS[:-1]]
    assert [b["news"]["articles"] for b in briefs[1:]] == [1] * 4


def test_news_rests_on_the_article_of_the_day_alone(briefs: list[dict[str, Any]]) -> None:
    for day, brief in zip(DAYS, briefs, strict=True):
        path_of = {s["id"]: s["path"] for s in brief["sources"]}
        told = claims(brief, "new", "updated")
        assert told
        assert {path_of[e["source"]][:10] for c in told for e in c["evidence"]} == {str(day)}


def test_nothing_is_told_as_new_twice(briefs: list[dict[str, Any]]) -> None:
    told = [c["text"] for b in briefs for c in claims(b, "new", "updated")]
    assert len(told) == len(set(told))
    bridge = [t for t in told if t.startswith("The only bridge in Marden was closed")]
    assert len(bridge) == 1  # the article of the last day says it again


def test_a_toll_that_rises_is_told_from_what_to_what(briefs: list[dict[str, Any]]) -> None:
    updates = [c["update"] for b in briefs for c in claims(b, "updated") if "people" in c["text"]]
    assert [(u["before"], u["after"]) for u in updates] == [
        ("at least 12 people killed", "at least 17 people killed"),
        ("at least 17 people killed", "at least 19 people killed"),
    ]
    assert [u["path"] for u in updates] == ["2020-02-03-river.md", "2020-02-04-toll.md"]


def test_a_state_that_changed_is_told_from_what_to_what(briefs: list[dict[str, Any]]) -> None:
    (opened,) = [c for c in claims(briefs[3], "updated") if "bridge" in c["text"]]
    assert (opened["update"]["before"], opened["update"]["after"]) == ("closed", "opened")
    assert not any("bridge in Marden was closed" in c["text"] for c in claims(briefs[3], "unchanged"))


def test_what_stands_is_unchanged_and_what_was_replaced_is_not(briefs: list[dict[str, Any]]) -> None:
    before: set[str] = set()
    for brief in briefs:
        unchanged = {c["text"] for c in claims(brief, "unchanged")}
        assert unchanged <= before
        before |= {c["text"] for c in claims(brief, "new", "updated")}
    last = " ".join(c["text"] for c in claims(briefs[-1], "unchanged"))
    assert "At least 19 people" in last
    assert "At least 12 people" not in last and "At least 17 people" not in last
    assert "The River Lenne burst its banks" in last


def test_a_story_and_its_topics_keep_their_numbers_and_headings(briefs: list[dict[str, Any]]) -> None:
    of_flood = {t["story"] for b in briefs for t in b["topics"] if "flood" in str(t["claims"])}
    assert "s1" in of_flood and "s1" in {t["story"] for t in briefs[-1]["topics"]}
    headings: dict[str, set[str]] = {}
    for topic in (t for b in briefs for t in b["topics"]):
        headings.setdefault(topic["id"], set()).add(topic["heading"])
    assert all(len(own) == 1 for own in headings.values())
    assert briefs[0]["topics"][0]["id"] in {t["id"] for t in briefs[-1]["topics"]}
