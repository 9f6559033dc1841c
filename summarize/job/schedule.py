"""When the next run is due: an interval or a cron expression → the first moment after a given one.

Ask with the moment at which the last run *began*. If runs were missed since, because one took long or the
machine slept, the answer lies in the past: one run follows at once, and the others are not caught up.
Knows nothing of clocks and of waiting; moments go in and out as aware UTC.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import tzlocal
from cronsim import CronSim, CronSimError

from summarize.errors import ConfigError

_SECONDS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
_INTERVAL = re.compile(r"(?:(\d{1,9})d)?(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?", re.ASCII)
_LONGEST = timedelta(days=366)
_ANY_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
_N_FIELDS = 5  # minute, hour, day of the month, month, day of the week

_ALLOWED = {
    "minute": "0-59",
    "hour": "0-23",
    "day-of-month": "1-31 where the month has it, and L for the last",
    "month": "1-12 or JAN-DEC",
    "day-of-week": "0-7 or SUN-SAT",
}


class Schedule(Protocol):
    """Says when runs are due."""

    def next_after(self, moment: datetime) -> datetime:
        """Return the first moment after ``moment`` at which a run is due; both aware UTC."""
        ...


class Every:
    """A run every so often, at multiples counted from the first one."""

    def __init__(self, interval: timedelta, first: datetime | None = None) -> None:
        self.interval = interval
        self._first = first

    def next_after(self, moment: datetime) -> datetime:
        """Return the next multiple; where no first run was named, the first ``moment`` asked about is it."""
        if self._first is None:
            self._first = _utc(moment)
        n_past = (_utc(moment) - self._first) // self.interval
        return self._first + (n_past + 1) * self.interval


@dataclass(frozen=True, slots=True)
class Cron:
    """Runs by a cron expression, in the local time of ``zone``."""

    expression: str
    zone: ZoneInfo

    def next_after(self, moment: datetime) -> datetime:
        """Return the next match, as Debian's cron has it where the clocks change.

        With fixed hours and minutes, a time that does not exist in spring is due right after the gap, and one
        that exists twice in autumn the first time only. With ``*`` in either, each hour that passes counts.

        :raises ConfigError: if nothing matches in the next 50 years.
        """
        try:
            for found in CronSim(self.expression, _utc(moment).astimezone(self.zone)):
                # In the second of two equal hours the library names the first one, which is over.
                if (due := found.astimezone(UTC)) > moment:
                    return due
        except CronSimError as error:
            raise ConfigError(f"{_named(self.expression)}: {_advice(str(error))}") from error
        raise ConfigError(f"{_named(self.expression)}: never comes, for 50 years at least; change the days")


def every(text: str, first: datetime | None = None) -> Every:
    """Read an interval such as ``15m``, ``1h30m`` or ``1d``.

    :param first: the moment that multiples are counted from; without it, the first one asked about.
    :raises ConfigError: if it is none, or not between a second and 366 days.
    """
    parts = _INTERVAL.fullmatch("".join(text.split()).lower())
    if parts is None or not text.strip():
        raise ConfigError(
            f'--every "{text}": no interval; give days, hours, minutes and seconds in this order, '
            "such as 15m, 1h30m, 2d or 90s"
        )
    seconds = sum(int(n) * unit for n, unit in zip(parts.groups(), _SECONDS.values(), strict=True) if n)
    if not 1 <= seconds <= _LONGEST.total_seconds():
        raise ConfigError(f'--every "{text}": give at least 1s and at most {_LONGEST.days}d')
    return Every(timedelta(seconds=seconds), None if first is None else _utc(first))


def cron(expression: str, zone: ZoneInfo) -> Cron:
    """Read a cron expression of five fields, in the local time of ``zone``.

    :raises ConfigError: if it can't be read, or never comes.
    """
    if len(expression.split()) != _N_FIELDS:
        raise ConfigError(
            f'{_named(expression)}: give five fields: minute, hour, day, month, weekday, such as "0 6 * * *"'
        )
    read = Cron(expression, zone)
    read.next_after(_ANY_MOMENT)  # so that a mistake shows at once, whichever moment is asked about first
    return read


def zone_of(name: str | None) -> ZoneInfo:
    """Return a time zone by its name, such as ``Europe/Berlin``; ``None`` is the machine's own, or ``TZ``.

    :raises ConfigError: if there is none of that name.
    """
    if name is None:
        return _machine_zone()
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: the name of a folder of zones
        known = {zone.casefold(): zone for zone in sorted(available_timezones())}
        close = difflib.get_close_matches(name.casefold(), known, n=1)
        hint = f' (did you mean "{known[close[0]]}"?)' if close else "; give one such as Europe/Berlin or UTC"
        raise ConfigError(f'--timezone "{name}": no such time zone{hint}') from error


def _machine_zone() -> ZoneInfo:
    try:
        # Not get_localzone, which would keep what TZ was when it was first asked.
        zone = tzlocal.reload_localzone()
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ConfigError(
            f"the machine's time zone can't be found ({reason}); name one with --timezone"
        ) from error
    return zone if isinstance(zone, ZoneInfo) else ZoneInfo("UTC")  # as a machine without any setting has it


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC)


def _named(expression: str) -> str:
    return f'--cron "{expression}"'


def _advice(reason: str) -> str:
    """Return the library's reason, which names the field, with what is allowed there."""
    field = reason.removeprefix("Bad ")
    if field not in _ALLOWED:
        return reason
    return f"the field {field} is wrong or never comes; it takes {_ALLOWED[field]}, with * , - and /"
