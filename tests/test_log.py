"""Log lines: what is shown at which setting, as text and as JSON, and that nothing breaks a line."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize import log

Err = pytest.CaptureFixture[str]


def log_all() -> None:
    log.detail("step", n=1)
    log.event("run", n=2)
    log.error("failed", n=3)


def as_json(capsys: Err) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.split("\n")[:-1]]


def test_without_verbose_errors_alone_are_shown(capsys: Err) -> None:
    log.configure(verbose=False)
    log_all()
    assert capsys.readouterr().err == "event=failed level=error n=3\n"


def test_verbose_shows_all(capsys: Err) -> None:
    log.configure(verbose=True)
    log_all()
    assert capsys.readouterr().err == "event=step n=1\nevent=run n=2\nevent=failed level=error n=3\n"


def test_a_job_shows_its_events_with_their_time_but_not_each_step(capsys: Err) -> None:
    log.configure(verbose=False, job=True)
    log_all()
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(" ", 1)[1] for line in lines] == ["event=run n=2", "event=failed level=error n=3"]
    for line in lines:
        moment = datetime.fromisoformat(line.split(" ", 1)[0].removeprefix("time="))
        assert abs((datetime.now(UTC) - moment).total_seconds()) < 60


def test_a_verbose_job_shows_each_step_too(capsys: Err) -> None:
    log.configure(verbose=True, form="json", job=True)
    with log.progress() as report:
        report("read", 0, 2)
    (told,) = as_json(capsys)
    assert (told["event"], told["level"], told["stage"], told["total"]) == ("progress", "debug", "read", 2)


def test_json_has_time_level_and_event_first_and_keeps_numbers(capsys: Err) -> None:
    log.configure(verbose=True, form="json")
    log.event("run", new=3, seconds=1.23456, path=Path("a b.txt"), last=None, whole=True, lost=("x", "y"))
    (told,) = as_json(capsys)
    assert list(told)[:3] == ["time", "level", "event"]
    moment = told.pop("time")
    assert moment.endswith("Z") and datetime.fromisoformat(moment).tzinfo == UTC
    assert told == {
        "level": "info",
        "event": "run",
        "new": 3,
        "seconds": 1.235,
        "path": "a b.txt",
        "last": None,
        "whole": True,
        "lost": ["x", "y"],
    }


def test_what_json_has_no_number_for_is_a_string(capsys: Err) -> None:
    log.configure(verbose=True, form="json")
    log.event("run", rate=float("nan"), most=float("inf"), deep={"a": float("-inf")})
    (told,) = as_json(capsys)
    assert (told["rate"], told["most"], told["deep"]) == ("nan", "inf", {"a": "-inf"})


def test_a_line_that_another_part_of_the_package_logs_is_json_too(capsys: Err) -> None:
    log.configure(verbose=False, form="json")
    logging.getLogger("summarize.elsewhere").warning("%d left\nover", 2)
    (told,) = as_json(capsys)
    assert (told["event"], told["level"], told["text"]) == ("message", "warning", "2 left\nover")


def test_a_value_may_be_called_like_a_parameter(capsys: Err) -> None:
    log.configure(verbose=True)
    log.event("model", name="writer")
    assert capsys.readouterr().err == "event=model name=writer\n"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("two\nlines\r\n", '"two\\nlines\\r\\n"'),
        ('say "so"', '"say \\"so\\""'),
        ("a=b", '"a=b"'),
        ("red\x1b[31m", '"red\\u001b[31m"'),
        ("a\x7fb", '"a\\u007fb"'),
        ("next\u0085line\u2028sep", '"next\\u0085line\\u2028sep"'),
        ("caf\udce9.txt", '"caf\\udce9.txt"'),  # a file name that is no UTF-8, as Python keeps it
        ("left\u202eright", '"left\\u202eright"'),
        ("\U000e0001", '"\\udb40\\udc01"'),
        ("café", "café"),
        ("", '""'),
    ],
)
def test_a_value_stays_on_its_line(value: str, written: str) -> None:
    assert log.line("read", path=value, n=1) == f"event=read path={written} n=1"


@given(st.text(st.characters()))
def test_every_text_comes_back_from_both_forms(value: str) -> None:
    text = log.line("read", path=value)
    assert text.isprintable()
    written = text.removeprefix("event=read path=")
    assert (json.loads(written) if written.startswith('"') else written) == value
    record = logging.makeLogRecord({"summarize_event": ("read", {"path": value})})
    formatted = log._JsonLines().format(record)
    assert formatted.isprintable()
    assert json.loads(formatted)["path"] == value
