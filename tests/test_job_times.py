"""Clocks that jump, nights without their hour, signals at bad moments: nothing is lost or told twice."""

from __future__ import annotations

import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from summarize.job import following, loop
from summarize.job.schedule import Schedule, cron, every, zone_of
from summarize.job.stopping import Stopped
from summarize.store.history import record
from tests.jobs import ARMY, CLOSED, DAY, FIRE, KILLED, LOST, MORNING, Desk, unlike_any_other
from tests.scripted import HashedEmbedder, models


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.put("a.txt", KILLED, LOST)
    return made


def since(desk: Desk, name: str) -> str:
    return str(desk.brief(name)["news"]["since"])


def test_briefs_of_one_second_have_names_of_their_own_in_their_order(desk: Desk) -> None:
    for n, text in enumerate((CLOSED, FIRE, ARMY)):
        desk.put(f"{n}.txt", text)
        desk.run(MORNING)
    assert desk.names == [f"brief-20200221T06000{n}Z" for n in range(3)]
    assert desk.told() == {ARMY}
    assert since(desk, desk.names[2]) == "2020-02-21T06:00:01Z"


def test_after_a_clock_that_was_set_back_by_an_hour_names_go_on_in_their_order(desk: Desk) -> None:
    desk.run(MORNING)
    desk.put("b.txt", FIRE)
    desk.run(MORNING - timedelta(hours=1))
    assert desk.names == ["brief-20200221T060000Z", "brief-20200221T060001Z"]
    assert (desk.told(), desk.told("unchanged")) == ({FIRE}, {KILLED, LOST})
    desk.put("c.txt", ARMY)
    desk.run(MORNING + DAY)
    assert desk.names[2] == "brief-20200222T060000Z"
    assert since(desk, desk.names[2]) == "2020-02-21T06:00:01Z"


def test_after_a_clock_that_was_a_year_ahead_briefs_carry_the_right_time_again(desk: Desk) -> None:
    desk.run(MORNING)
    desk.put("b.txt", FIRE)
    desk.run(MORNING + 365 * DAY)
    desk.put("c.txt", ARMY, day="2020-02-22")
    third = desk.run(MORNING + DAY, keep=2)
    assert [p.stem for p in third.written] == ["brief-20200222T060000Z"]
    assert (desk.told(), desk.told("unchanged")) == ({ARMY}, {KILLED, LOST, FIRE})  # and latest.md is this
    assert since(desk, "brief-20200222T060000Z") <= desk.brief()["created"]
    assert not any(c["reported"] for t in desk.brief()["topics"] for c in t["claims"] if c["text"] == ARMY)
    # The one that was made first is the oldest, whatever the names say.
    assert desk.names == ["brief-20200222T060000Z", "brief-20210220T060000Z"]
    desk.put("d.txt", CLOSED)
    desk.run(MORNING + 2 * DAY)
    assert since(desk, "brief-20200223T060000Z") == "2020-02-22T06:00:00Z"


def test_a_clock_that_is_set_back_onto_an_earlier_brief_overwrites_nothing(desk: Desk) -> None:
    desk.run(MORNING)
    first = desk.brief()
    desk.put("b.txt", FIRE)
    desk.run(MORNING + 30 * DAY)
    desk.put("c.txt", ARMY)
    desk.run(MORNING)
    assert desk.names == ["brief-20200221T060000Z", "brief-20200221T060001Z", "brief-20200322T060000Z"]
    assert desk.brief("brief-20200221T060000Z") == first
    assert desk.told(name="brief-20200221T060001Z") == {ARMY}


class Clock:
    """A clock that moves by sleeping only; at given moments something happens."""

    def __init__(self, start: datetime, happens: dict[datetime, Callable[[Clock], object]]) -> None:
        self.moment = start
        self._left = sorted(happens.items(), key=lambda item: item[0])

    def now(self) -> datetime:
        return self.moment

    def sleep(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)
        while self._left and self._left[0][0] <= self.moment:
            self._left.pop(0)[1](self)

    def watch(self, desk: Desk, schedule: Schedule) -> None:
        assert loop.repeatedly(desk.watch, schedule, self.now, self.sleep) == 0


def arrival(desk: Desk, n: int) -> Callable[[Clock], object]:
    return lambda _: desk.put(f"late/{n}.txt", unlike_any_other(n))


def end(_: Clock) -> None:
    signal.raise_signal(signal.SIGTERM)


@pytest.mark.parametrize(
    ("first", "runs"),
    [
        # 02:30 is 01:30 UTC in winter and 00:30 in summer; on the 29th it does not exist, and 03:00 is due.
        (datetime(2020, 3, 27, 12, tzinfo=UTC), ["0328T013000Z", "0329T010000Z", "0330T003000Z"]),
        # On the 25th it exists twice, and the first is due.
        (datetime(2020, 10, 23, 12, tzinfo=UTC), ["1024T003000Z", "1025T003000Z", "1026T013000Z"]),
    ],
    ids=["spring", "autumn"],
)
def test_a_job_at_half_past_two_runs_once_each_night_also_when_the_clocks_change(
    desk: Desk, first: datetime, runs: list[str]
) -> None:
    happens: dict[datetime, Callable[[Clock], object]] = {first + n * DAY: arrival(desk, n) for n in range(3)}
    happens[first + 3 * DAY] = end
    Clock(first - timedelta(hours=1), happens).watch(desk, cron("30 2 * * *", zone_of("Europe/Berlin")))
    assert desk.names == [f"brief-2020{run}" for run in runs]
    assert desk.told(name=desk.names[2]) == {unlike_any_other(2)}
    assert desk.taken_in == ["a.txt", "late/0.txt", "late/1.txt", "late/2.txt"]


def test_a_clock_that_jumps_over_several_runs_makes_up_for_one_and_goes_on(desk: Desk) -> None:
    def suspended(clock: Clock) -> None:
        arrival(desk, 1)(clock)
        clock.moment += timedelta(hours=8, minutes=10)

    happens: dict[datetime, Callable[[Clock], object]] = {
        MORNING + timedelta(minutes=30): suspended,
        MORNING + timedelta(hours=8, minutes=50): arrival(desk, 2),
        MORNING + timedelta(hours=9, minutes=30): end,
    }
    Clock(MORNING, happens).watch(desk, every("1h"))
    assert desk.names == ["brief-20200221T060000Z", "brief-20200221T144000Z", "brief-20200221T150000Z"]


def test_a_clock_that_is_set_back_by_a_day_does_not_stop_the_job_for_a_day(desk: Desk) -> None:
    def set_back(clock: Clock) -> None:
        arrival(desk, 1)(clock)
        clock.moment -= DAY

    happens: dict[datetime, Callable[[Clock], object]] = {MORNING + timedelta(minutes=30): set_back}
    clock = Clock(MORNING, happens)
    started = clock.moment - DAY

    def sleep(seconds: float) -> None:
        clock.sleep(seconds)
        if started + timedelta(hours=1, minutes=5) < clock.moment < MORNING:
            end(clock)

    assert loop.repeatedly(desk.watch, every("1h"), clock.now, sleep) == 0
    assert desk.told(name="brief-20200220T070000Z") == {unlike_any_other(1)}
    assert desk.names == ["brief-20200220T070000Z", "brief-20200221T060000Z"]


class InterruptedEmbedder(HashedEmbedder):
    """Is stopped by SIGTERM while it works."""

    def embed(self, texts: list[str]) -> np.ndarray:
        signal.raise_signal(signal.SIGTERM)
        return super().embed(texts)


def test_a_run_that_is_stopped_leaves_no_brief_and_no_trace_and_the_next_does_its_work(desk: Desk) -> None:
    desk.once()
    before = desk.everything()
    rows = desk.rows("SELECT count(*) FROM run")
    desk.put("b.txt", FIRE)
    stopped = replace(desk.job, load=lambda _: replace(models(), embedder=InterruptedEmbedder()))
    with pytest.raises(Stopped):
        loop.once(replace(desk.watch, job=stopped), lambda: MORNING + DAY)
    assert desk.rows("SELECT count(*) FROM run") == rows
    assert {k: v for k, v in desk.everything().items() if "/briefs/" in k} == {
        k: v for k, v in before.items() if "/briefs/" in k
    }
    assert desk.once(MORNING + 2 * DAY) == 0
    assert (desk.told(), desk.told("unchanged")) == ({FIRE}, {KILLED, LOST})


def test_a_run_that_is_stopped_while_its_outcome_is_saved_is_published_by_the_next(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def record_while_stopped(*arguments: Any) -> None:
        signal.raise_signal(signal.SIGTERM)
        record(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(following, "record", record_while_stopped)
        with pytest.raises(Stopped):
            desk.once()
    assert not desk.out.exists()
    assert desk.once(MORNING + DAY) == 0
    assert desk.names == ["brief-20200221T060000Z"]
    assert desk.told() == {KILLED, LOST}


def test_a_run_that_fails_is_noted_and_the_job_goes_on(desk: Desk) -> None:
    away = desk.articles.with_name("away")
    happens: dict[datetime, Callable[[Clock], object]] = {
        MORNING + timedelta(minutes=30): lambda _: desk.articles.rename(away),
        MORNING + timedelta(minutes=90): lambda _: away.rename(desk.articles),
        MORNING + timedelta(minutes=100): arrival(desk, 1),
        MORNING + timedelta(minutes=150): end,
    }
    Clock(MORNING, happens).watch(desk, every("1h"))
    runs = desk.rows("SELECT outcome, brief, counts FROM run ORDER BY id")
    assert [(outcome, brief) for outcome, brief, _ in runs] == [
        ("brief", "brief-20200221T060000Z"),
        ("failed", None),
        ("brief", "brief-20200221T080000Z"),
    ]
    assert "no such folder" in runs[1][2]
    assert desk.told("unchanged") == {KILLED, LOST}
