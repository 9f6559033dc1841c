"""Waiting on a scripted clock: no test takes real time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from summarize.job.waiting import MAX_STEP_S, Wake, wait_until

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


class Clock:
    """A clock that goes on by what is slept, and jumps after the named numbers of sleeps."""

    def __init__(self, jumps: dict[int, timedelta] | None = None, stop_after: int | None = None) -> None:
        self.moment = NOON
        self.slept: list[float] = []
        self._jumps = jumps or {}
        self._stop_after = stop_after

    def now(self) -> datetime:
        return self.moment

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.slept.append(seconds)
        self.moment += timedelta(seconds=seconds) + self._jumps.get(len(self.slept), timedelta(0))

    def stop(self) -> bool:
        return self._stop_after is not None and len(self.slept) >= self._stop_after

    def wait(self, when: datetime, since: datetime | None = None) -> Wake:
        return wait_until(when, self.now, self.sleep, self.stop, since=since)


def after(**values: float) -> datetime:
    return NOON + timedelta(**values)


def total(slept: Iterable[float]) -> timedelta:
    return timedelta(seconds=sum(slept))


def test_it_sleeps_in_short_steps_until_the_moment_and_no_longer() -> None:
    clock = Clock()
    assert clock.wait(after(seconds=12.5)) is Wake.DUE
    assert clock.slept == [MAX_STEP_S, MAX_STEP_S, 2.5]
    assert clock.moment == after(seconds=12.5)


def test_what_is_already_due_is_not_waited_for() -> None:
    clock = Clock()
    assert clock.wait(after(minutes=-5)) is Wake.DUE
    assert clock.slept == []


def test_a_clock_that_jumps_over_the_moment_makes_it_due_at_once() -> None:
    clock = Clock(jumps={2: timedelta(hours=8)})
    assert clock.wait(after(hours=1)) is Wake.DUE
    assert len(clock.slept) == 2


def test_a_clock_that_jumps_ahead_but_not_so_far_shortens_the_wait() -> None:
    clock = Clock(jumps={1: timedelta(minutes=50)})
    assert clock.wait(after(hours=1)) is Wake.DUE
    assert total(clock.slept) == timedelta(minutes=10)


def test_a_clock_that_jumps_back_within_the_wait_is_waited_for_again() -> None:
    clock = Clock(jumps={120: timedelta(minutes=-8)})  # 120 steps of 5 s: at 12:10 it shows 12:02
    assert clock.wait(after(minutes=15)) is Wake.DUE
    assert total(clock.slept) == timedelta(minutes=23)


def test_a_clock_that_jumps_back_behind_the_wait_ends_it_so_that_the_next_run_is_computed_anew() -> None:
    clock = Clock(jumps={3: timedelta(days=-365)})
    assert clock.wait(after(minutes=15)) is Wake.CLOCK_CHANGED
    assert len(clock.slept) == 3


def test_a_clock_that_was_set_back_during_the_run_is_noticed_before_the_first_sleep() -> None:
    clock = Clock()
    assert clock.wait(after(days=365, minutes=15), since=after(days=365)) is Wake.CLOCK_CHANGED
    assert clock.slept == []


def test_a_small_correction_of_the_clock_is_no_jump() -> None:
    clock = Clock()
    assert clock.wait(after(minutes=1), since=after(seconds=0.5)) is Wake.DUE
    assert total(clock.slept) == timedelta(minutes=1)


def test_being_asked_to_stop_ends_the_wait_also_when_a_run_is_due() -> None:
    clock = Clock(stop_after=2)
    assert clock.wait(after(hours=1)) is Wake.STOPPED
    assert len(clock.slept) == 2
    assert Clock(stop_after=0).wait(after(hours=-1)) is Wake.STOPPED


def test_a_sleep_that_returns_early_is_slept_again() -> None:
    clock = Clock()
    shortened = lambda seconds: clock.sleep(min(seconds, 1.0))  # noqa: E731
    assert wait_until(after(seconds=3), clock.now, shortened, clock.stop) is Wake.DUE
    assert clock.slept == [1.0, 1.0, 1.0]
