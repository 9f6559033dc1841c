"""SIGTERM and SIGINT → an orderly end.

While the job waits, a signal wakes it and ``requested()`` turns true. While a run is on, :class:`Stopped` is
raised wherever the run is, so that it rolls back. A second signal ends the process at once. What is done
outside of ``running()`` and ``sleep()`` is not interrupted, so it should be short.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from types import FrameType

from summarize import log

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


_seen: set[signal.Signals] = set()  # those that asked this process to end


class Stopped(KeyboardInterrupt):
    """A signal ended a run before it was complete.

    Derived from ``KeyboardInterrupt``, which no library swallows as an error of its own, and which the
    command line turns into exit code 130.
    """

    def __init__(self, signal_name: str) -> None:
        super().__init__(f"stopped by {signal_name}")
        self.signal_name = signal_name


class Stopping:
    """Whether the job was asked to end; made by :func:`stopping`."""

    def __init__(self) -> None:
        self._signal: signal.Signals | None = None
        self._in_run = False
        self._n_shields = 0
        # A socket rather than an Event: setting one from a signal handler can lock itself out.
        self._waker, self._sleeper = socket.socketpair()
        self._waker.setblocking(False)

    @property
    def signal_name(self) -> str | None:
        """The first signal that came, such as ``SIGTERM``."""
        return self._signal.name if self._signal else None

    def requested(self) -> bool:
        """Say whether a signal came."""
        return self._signal is not None

    def sleep(self, seconds: float) -> None:
        """Sleep; a signal ends it at once, also one that came before."""
        select.select([self._sleeper], [], [], max(0.0, seconds))

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Let a signal raise :class:`Stopped` in this block; one that came before does so on entry."""
        self._in_run = True
        try:
            self.check()
            yield
        finally:
            self._in_run = False

    @contextlib.contextmanager
    def shielded(self) -> Iterator[None]:
        """Keep a signal that comes in this block of a run until its end; for the moments of a commit."""
        self._n_shields += 1
        try:
            yield
        finally:
            self._n_shields -= 1
        self.check()

    def check(self) -> None:
        """Raise :class:`Stopped` if a signal came and nothing shields from it.

        For long work between two commits: an exception from a signal is lost if it falls into a destructor.
        """
        if self._signal is not None and self._in_run and not self._n_shields:
            raise Stopped(self._signal.name)

    def _handle(self, number: int, _frame: FrameType | None) -> None:
        if self._signal is not None:
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        self._signal = signal.Signals(number)
        _seen.add(self._signal)
        with contextlib.suppress(OSError):
            self._waker.send(b"\0")
        self.check()

    def _close(self) -> None:
        self._waker.close()
        self._sleeper.close()


@contextlib.contextmanager
def stopping() -> Iterator[Stopping]:
    """Watch for SIGTERM and SIGINT in this block; the handlers of before are back afterwards.

    Logs ``event=stopped`` at its end if one came. Outside of the main thread, where Python delivers no
    signals, nothing is ever requested.
    """
    stop = Stopping()
    before = {}
    try:
        if threading.current_thread() is threading.main_thread():
            before = {number: signal.signal(number, stop._handle) for number in _SIGNALS}
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        stop._close()
        if stop.signal_name:
            log.event("stopped", signal=stop.signal_name)


def leave_if_stopped() -> None:
    """End the process at once if a signal asked a job to end; for the end of a command, when all is saved.

    Else the model libraries would first take themselves apart, which takes seconds on a busy machine.
    """
    end = sys.exc_info()[1]
    if not (_seen and isinstance(end, SystemExit) and isinstance(end.code, int)):
        return  # a traceback, if there is one, must be seen
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(end.code)
