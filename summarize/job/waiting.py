"""Wait for a moment of the wall clock, whatever that clock does meanwhile.

A single long sleep would count seconds, not time: after a suspended night it would still go on. So this
sleeps in short steps and looks at the clock after each. Knows nothing of schedules; clock and sleep are
handed in.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum

MAX_STEP_S = 5.0
# A clock that is corrected by less is taken for the same; else the run that just began might be due again.
_TOLERANCE = timedelta(seconds=5)


class Wake(Enum):
    """Why a wait is over."""

    DUE = "due"
    STOPPED = "stopped"
    CLOCK_CHANGED = "clock changed"


def wait_until(
    when: datetime,
    now: Callable[[], datetime],
    sleep: Callable[[float], object],
    stop: Callable[[], bool],
    *,
    since: datetime | None = None,
) -> Wake:
    """Return as soon as ``now()`` has reached ``when``, or ``stop()`` says so.

    A clock that jumps ahead over ``when`` ends the wait at once. One that is set back behind ``since`` would
    make it longer than it was meant to be: ``CLOCK_CHANGED`` asks to compute ``when`` anew.

    :param now: the wall clock, aware.
    :param sleep: takes seconds, at most :data:`MAX_STEP_S`; may return early.
    :param since: the moment that ``when`` was computed from; without it, the beginning of the wait.
    """
    since = now() if since is None else since
    while not stop():
        moment = now()
        if moment >= when:
            return Wake.DUE
        if moment < since - _TOLERANCE:
            return Wake.CLOCK_CHANGED
        sleep(min(MAX_STEP_S, (when - moment).total_seconds()))
    return Wake.STOPPED
