"""What a run tells on stderr while it works: log lines for machines, a progress bar for people.

A log line is one event, ``event=progress stage=write done=7 total=8``; a value with blanks, quotation marks
or anything unprintable is written as a JSON string. Or each line is a JSON object with ``time``, ``level``,
``event`` and the values. Only the command line calls :func:`configure`; importing this changes nothing.
"""

from __future__ import annotations

import json
import logging
import math
import os
import re
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Literal

_PLAIN = re.compile(r"[^\s=\"'\\]+")
_BAR_WIDTH = 20  # characters
_logger = logging.getLogger("summarize")


def configure(verbose: bool, form: Literal["text", "json"] = "text", *, job: bool = False) -> None:
    """Send the package's log lines to stderr and keep the model libraries quiet there.

    :param verbose: show every step; errors are always shown.
    :param form: ``key=value`` pairs, or one JSON object per line.
    :param job: show the events of a job that runs unattended, each with its time, but not every step.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLines() if form == "json" else _TimedText() if job else _Text())
    _logger.handlers = [handler]
    _logger.propagate = False
    _logger.setLevel(logging.DEBUG if verbose else logging.INFO if job else logging.WARNING)
    # Read by the libraries when they are first imported, which is after this.
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("HF_HUB_VERBOSITY", "error")  # else two lines for each of its retries
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def detail(name: str, /, **values: object) -> None:
    """Log a single step, shown with ``--verbose`` only."""
    _log(logging.DEBUG, name, values)


def event(name: str, /, **values: object) -> None:
    """Log one event, shown with ``--verbose`` and in the log of a job."""
    _log(logging.INFO, name, values)


def error(name: str, /, **values: object) -> None:
    """Log what went wrong, always shown; for what doesn't end the command, else raise an error instead."""
    _log(logging.ERROR, name, values)


def line(name: str, /, **values: object) -> str:
    """Return an event as ``key=value`` pairs on one line."""
    return " ".join(f"{key}={_value(value)}" for key, value in {"event": name, **values}.items())


def _log(level: int, name: str, values: Mapping[str, object]) -> None:
    if _logger.isEnabledFor(level):
        # The message serves the handlers of others, the extra those of this module.
        _logger.log(level, "%s", line(name, **values), extra={"summarize_event": (name, values)})


class _Text(logging.Formatter):
    """``event=NAME key=value …``, where errors say so."""

    def format(self, record: logging.LogRecord) -> str:
        name, values = _content(record)
        return line(name, **(_level(record) if record.levelno > logging.INFO else {}), **values)


class _TimedText(_Text):
    """The same behind ``time=…``."""

    def format(self, record: logging.LogRecord) -> str:
        return f"time={_time(record)} {super().format(record)}"


class _JsonLines(logging.Formatter):
    """One JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        name, values = _content(record)
        told = {"time": _time(record), **_level(record), "event": name}
        return _escaped(json.dumps({**told, **_plain(values)}, ensure_ascii=False))


def _content(record: logging.LogRecord) -> tuple[str, Mapping[str, object]]:
    """Return name and values; a record that wasn't made here becomes ``event=message``."""
    content: tuple[str, Mapping[str, object]] = getattr(
        record, "summarize_event", ("message", {"text": record.getMessage()})
    )
    return content


def _level(record: logging.LogRecord) -> dict[str, str]:
    return {"level": record.levelname.lower()}


def _time(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _value(value: object) -> str:
    text = f"{value:.3f}" if isinstance(value, float) else str(value)
    return (
        text
        if _PLAIN.fullmatch(text) and text.isprintable()
        else _escaped(json.dumps(text, ensure_ascii=False))
    )


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    return {key: _jsonable(value) for key, value in values.items()}


def _jsonable(value: object) -> object:
    """Return what JSON can hold: numbers stay numbers, with three digits behind the point."""
    if isinstance(value, float):
        return round(value, 3) if math.isfinite(value) else str(value)
    if isinstance(value, (list, tuple)):
        return [_jsonable(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _jsonable(item) for key, item in value.items()}
    return value if isinstance(value, (str, int, type(None))) else str(value)


def _escaped(text: str) -> str:
    """Return JSON in which no character can break the line, move a terminal's cursor or defy an encoding."""
    return (
        text if text.isprintable() else "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)
    )


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Yield ``report(stage, done, total)``; it draws a bar if stderr is a terminal, and logs each change.

    The bar is wiped at the end, whatever happens, so that messages start on a clean line.
    """
    shown = sys.stderr.isatty() and not _logger.isEnabledFor(logging.INFO)
    started = time.perf_counter()
    last = ("", -1)

    def report(stage: str, done: int, total: int) -> None:
        nonlocal last
        if (stage, done) == last:
            return
        last = (stage, done)
        detail("progress", stage=stage, done=done, total=total, elapsed_s=time.perf_counter() - started)
        if shown:
            full = _BAR_WIDTH * done // max(total, 1)
            bar = "█" * full + "░" * (_BAR_WIDTH - full)
            sys.stderr.write(f"\r\033[K{bar} {stage} {done}/{total}")
            sys.stderr.flush()

    try:
        yield report
    finally:
        if shown and last[0]:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the model library off stderr: no progress bars, no advice."""
    from transformers.utils import logging as theirs

    verbosity, had_bar = theirs.get_verbosity(), theirs.is_progress_bar_enabled()
    theirs.set_verbosity(theirs.ERROR)
    theirs.disable_progress_bar()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        theirs.set_verbosity(verbosity)
        if had_bar:
            theirs.enable_progress_bar()
