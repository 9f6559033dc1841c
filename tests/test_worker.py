"""The process that reads files: what it does not answer, or can't even begin to, ends in a message."""

from __future__ import annotations

import pytest

from summarize.config import ReadConfig
from summarize.errors import InputError, SummarizeError
from summarize.reading import worker
from summarize.reading.worker import Worker

PAGE = b"<html><body><article><p>The harbour is open again, the mayor said.</p></article></body></html>"


def test_a_child_whose_answer_is_too_long_is_ended_and_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    child = Worker(ReadConfig())
    monkeypatch.setattr(worker, "_END_S", 0.1)
    try:
        with monkeypatch.context() as patched:
            patched.setattr(worker, "_MAX_MESSAGE", 10)
            with pytest.raises(InputError, match=r"raise read\.max_memory_bytes"):
                child.extract(PAGE, "a.html")
        assert child.extract(PAGE, "a.html").articles[0].text.startswith("The harbour is open")
    finally:
        child.close()


def test_a_child_that_can_not_be_started_ends_the_run_with_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker.sys, "executable", "/bin/false")
    with pytest.raises(SummarizeError, match="/bin/false runs"):
        Worker(ReadConfig()).extract(PAGE, "a.html")
