"""What a run tells on stderr while it works: log lines for machines, a progress bar for people.

A log line is one event, ``event=progress stage=write done=7 total=8``; a value with blanks or quotation marks
is written as JSON. Only the command line calls :func:`configure`; importing this changes nothing.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_PLAIN = re.compile(r"[^\s=\"'\\]+")
_BAR_WIDTH = 20  # characters
_logger = logging.getLogger("summarize")


def configure(verbose: bool) -> None:
    """Send the package's log lines to stderr and keep the model libraries quiet there."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    _logger.handlers = [handler]
    _logger.propagate = False
    _logger.setLevel(logging.INFO if verbose else logging.WARNING)
    # Read by the libraries when they are first imported, which is after this.
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("HF_HUB_VERBOSITY", "error")  # else two lines for each of its retries
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def event(name: str, **values: object) -> None:
    """Log one event, shown with ``--verbose``."""
    _logger.info("%s", line(name, **values))


def line(name: str, **values: object) -> str:
    """Return an event as ``key=value`` pairs on one line."""
    return " ".join(f"{key}={_value(value)}" for key, value in {"event": name, **values}.items())


def _value(value: object) -> str:
    text = f"{value:.3f}" if isinstance(value, float) else str(value)
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


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
        event("progress", stage=stage, done=done, total=total, elapsed_s=time.perf_counter() - started)
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
