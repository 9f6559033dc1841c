"""When runs are due: multiples of an interval, cron expressions where the clocks change, time zones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.errors import ConfigError
from summarize.job.schedule import Schedule, cron, every, zone_of

BERLIN = ZoneInfo("Europe/Berlin")
NEWFOUNDLAND = ZoneInfo("America/St_Johns")  # half an hour off the others


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def due_after(schedule: Schedule, moment: str, n: int = 1) -> list[str]:
    """Return the next ``n`` runs, each computed from the one before, as a job does."""

    def runs(at: datetime) -> Iterator[str]:
        while True:
            at = schedule.next_after(at)
            yield at.strftime("%Y-%m-%d %H:%M") if at.second == 0 else at.strftime("%Y-%m-%d %H:%M:%S")

    return list(islice(runs(utc(moment)), n))


# Intervals


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("15m", timedelta(minutes=15)),
        ("1h30m", timedelta(minutes=90)),
        ("1d 2h 3m 4s", timedelta(days=1, hours=2, minutes=3, seconds=4)),
        ("90S", timedelta(seconds=90)),
    ],
)
def test_an_interval_is_read(text: str, interval: timedelta) -> None:
    assert every(text).interval == interval


@pytest.mark.parametrize(
    "text", ["", " ", "15", "m", "15 minutes", "30m1h", "-5m", "1.5h", "٣m", "15w", "9" * 5000 + "s"]
)
def test_what_is_no_interval_is_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(ConfigError, match="days, hours, minutes and seconds in this order, such as 15m"):
        every(text)


@pytest.mark.parametrize("text", ["0s", "0m", "367d"])
def test_an_interval_has_bounds(text: str) -> None:
    with pytest.raises(ConfigError, match="at least 1s and at most 366d"):
        every(text)


def test_runs_are_due_at_multiples_counted_from_the_first() -> None:
    schedule = every("15m", first=utc("2026-03-01 06:07"))
    assert due_after(schedule, "2026-03-01 06:07", 2) == ["2026-03-01 06:22", "2026-03-01 06:37"]
    assert due_after(schedule, "2026-03-01 06:21:59") == ["2026-03-01 06:22"]


def test_the_first_moment_asked_about_is_the_first_run_where_none_is_named() -> None:
    schedule = every("15m")
    assert due_after(schedule, "2026-03-01 06:07") == ["2026-03-01 06:22"]
    assert due_after(schedule, "2026-03-01 06:30") == ["2026-03-01 06:37"]


def test_one_run_follows_missed_ones_and_then_the_multiples_go_on() -> None:
    schedule = every("15m", first=utc("2026-03-01 06:00"))
    # The run of 06:15 took until 07:02: its successor was due at 06:30, and so begins at once …
    assert due_after(schedule, "2026-03-01 06:15") == ["2026-03-01 06:30"]
    # … and the next one after that is due at 07:15, not at 06:45.
    assert due_after(schedule, "2026-03-01 07:02") == ["2026-03-01 07:15"]


def test_a_clock_that_was_set_back_before_the_first_run_gives_a_multiple_too() -> None:
    schedule = every("1h", first=utc("2026-03-01 06:10"))
    assert due_after(schedule, "2026-03-01 03:30") == ["2026-03-01 04:10"]


@given(
    st.integers(1, 200_000),
    st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)),
    st.integers(-(10**7), 10**7),
)
def test_the_next_multiple_is_later_and_no_more_than_an_interval_away(
    seconds: int, first: datetime, offset_s: int
) -> None:
    moment = first.replace(tzinfo=UTC) + timedelta(seconds=offset_s)
    due = every(f"{seconds}s", first=first.replace(tzinfo=UTC)).next_after(moment)
    assert timedelta(0) < due - moment <= timedelta(seconds=seconds)
    assert (due - first.replace(tzinfo=UTC)) % timedelta(seconds=seconds) == timedelta(0)


def test_a_moment_without_time_zone_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="time zone"):
        every("15m").next_after(datetime(2026, 3, 1))


# Cron


def test_six_in_the_morning_is_local_time_and_comes_out_as_utc() -> None:
    schedule = cron("0 6 * * *", BERLIN)
    assert due_after(schedule, "2026-03-27 12:00", 3) == [
        "2026-03-28 05:00",
        "2026-03-29 04:00",  # summer time begins in this night
        "2026-03-30 04:00",
    ]
    assert schedule.next_after(utc("2026-03-27 12:00")).tzinfo is UTC


def test_a_time_that_does_not_exist_in_spring_is_due_once_right_after() -> None:
    # 02:00 to 02:59 is left out; 01:00 UTC is 03:00 summer time.
    assert due_after(cron("30 2 * * *", BERLIN), "2026-03-28 12:00", 2) == [
        "2026-03-29 01:00",
        "2026-03-30 00:30",
    ]
    assert due_after(cron("0,30 2,3 * * *", BERLIN), "2026-03-28 12:00", 3) == [
        "2026-03-29 01:00",
        "2026-03-29 01:30",
        "2026-03-30 00:00",
    ]


def test_a_time_that_exists_twice_in_autumn_is_due_once() -> None:
    # 02:30 is first 00:30 UTC, then 01:30 UTC.
    assert due_after(cron("30 2 * * *", BERLIN), "2026-10-24 12:00", 2) == [
        "2026-10-25 00:30",
        "2026-10-26 01:30",
    ]


def test_in_the_second_of_two_equal_hours_the_first_one_is_over() -> None:
    # 01:10 UTC is 02:10 for the second time; 02:30 was due at 00:30 UTC.
    assert due_after(cron("30 2 * * *", BERLIN), "2026-10-25 01:10") == ["2026-10-26 01:30"]
    assert due_after(cron("0,30 2,3 * * *", BERLIN), "2026-10-25 01:10") == ["2026-10-25 02:00"]


def test_an_hourly_job_runs_every_hour_that_passes_in_both_nights() -> None:
    hourly = cron("0 * * * *", BERLIN)
    assert due_after(hourly, "2026-03-28 23:30", 3) == [
        "2026-03-29 00:00",
        "2026-03-29 01:00",
        "2026-03-29 02:00",
    ]
    assert due_after(hourly, "2026-10-24 23:30", 3) == [
        "2026-10-25 00:00",
        "2026-10-25 01:00",
        "2026-10-25 02:00",
    ]


def test_midnight_that_does_not_exist_is_due_at_one() -> None:
    # Egypt's summer time begins on a Friday at 00:00; 22:00 UTC is 01:00 there.
    assert due_after(cron("0 0 * * *", ZoneInfo("Africa/Cairo")), "2026-04-23 12:00") == ["2026-04-23 22:00"]


def test_the_leap_day_comes_in_leap_years_only() -> None:
    assert due_after(cron("0 0 29 2 *", ZoneInfo("UTC")), "2026-03-01 00:00", 2) == [
        "2028-02-29 00:00",
        "2032-02-29 00:00",
    ]
    assert due_after(cron("0 0 29 2 *", ZoneInfo("UTC")), "2096-03-01 00:00") == ["2104-02-29 00:00"]


def test_the_last_day_of_the_month_and_names_of_weekdays_are_understood() -> None:
    assert due_after(cron("0 6 l * *", ZoneInfo("UTC")), "2026-02-01 00:00") == ["2026-02-28 06:00"]
    assert due_after(cron("0 6 * * mon-fri", ZoneInfo("UTC")), "2026-02-27 12:00") == ["2026-03-02 06:00"]


def test_the_very_moment_of_a_run_is_over() -> None:
    assert due_after(cron("0 6 * * *", ZoneInfo("UTC")), "2026-03-01 06:00") == ["2026-03-02 06:00"]
    assert due_after(cron("0 6 * * *", ZoneInfo("UTC")), "2026-03-01 05:59:59.9") == ["2026-03-01 06:00"]


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        (
            "0 0 30 2 *",
            "the field day-of-month is wrong or never comes; it takes 1-31 where the month has it",
        ),
        ("0 0 31 4,6 *", "the field day-of-month is wrong or never comes"),
        ("0 0 */31 2 MON#2", "never comes"),  # The first of a month is no second Monday.
        ("61 * * * *", "the field minute is wrong or never comes; it takes 0-59"),
        ("0 24 * * *", "the field hour"),
        ("0 6 * 13 *", "the field month"),
        ("0 6 * * 8", "the field day-of-week"),
        ("*/0 * * * *", "the field minute"),
        ("0 6 * *", "five fields"),
        ("0 0 6 * * *", "five fields"),
        ("@daily", "five fields"),
        ("", "five fields"),
    ],
)
def test_an_expression_that_is_wrong_or_never_comes_is_refused_at_once(expression: str, reason: str) -> None:
    with pytest.raises(ConfigError) as caught:
        cron(expression, BERLIN)
    assert str(caught.value).startswith(f'--cron "{expression}": ')
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("expression", "matches"),
    [
        ("*/20 * * * *", lambda local: local.minute % 20 == 0),
        ("30 * * * *", lambda local: local.minute == 30),
        ("*/7 2 * * *", lambda local: local.hour == 2 and local.minute % 7 == 0),
        ("45 */2 * * *", lambda local: local.hour % 2 == 0 and local.minute == 45),
    ],
)
@pytest.mark.parametrize("start", ["2026-03-28 20:00", "2026-10-24 20:00"])
@pytest.mark.parametrize("zone", [BERLIN, NEWFOUNDLAND])
def test_with_a_star_in_hour_or_minute_every_minute_that_matches_counts_in_both_nights(
    zone: ZoneInfo, start: str, expression: str, matches: Callable[[datetime], bool]
) -> None:
    minutes = [utc(start) + timedelta(minutes=n) for n in range(1, 36 * 60)]
    expected = [f"{m:%Y-%m-%d %H:%M}" for m in minutes if matches(m.astimezone(zone))]
    assert len(expected) > 5
    assert due_after(cron(expression, zone), start, len(expected)) == expected


@given(st.integers(0, 10 * 1440), st.sampled_from(["30 2 * * *", "15 1,2,3 * * *", "*/7 2 * * *"]))
def test_the_next_run_is_always_later(minutes: int, expression: str) -> None:
    for start in ("2026-03-25", "2026-10-20"):
        moment = utc(start) + timedelta(minutes=minutes)
        assert moment < cron(expression, BERLIN).next_after(moment) <= moment + timedelta(days=2)


# Time zones


def test_a_time_zone_has_a_name() -> None:
    assert zone_of("Europe/Berlin").key == "Europe/Berlin"


@pytest.mark.parametrize("name", ["europe/berlin", "Europe/Berln"])
def test_a_time_zone_that_does_not_exist_is_refused_with_the_nearest(name: str) -> None:
    with pytest.raises(
        ConfigError, match=f'--timezone "{name}": no such time zone .did you mean "Europe/Berlin"'
    ):
        zone_of(name)


@pytest.mark.parametrize("name", ["", "Mars", "../etc/passwd", "/etc/localtime", "Europe"])
def test_what_is_no_name_of_a_time_zone_is_refused(name: str) -> None:
    with pytest.raises(ConfigError, match="no such time zone"):
        zone_of(name)


def test_the_zone_of_the_machine_follows_tz(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Australia/Lord_Howe")
    assert zone_of(None).key == "Australia/Lord_Howe"
    monkeypatch.setenv("TZ", "Europe/Berlin")
    assert zone_of(None).key == "Europe/Berlin"


def test_a_tz_that_names_no_zone_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Nowhere/Land")
    with pytest.raises(ConfigError, match="name one with --timezone"):
        zone_of(None)
