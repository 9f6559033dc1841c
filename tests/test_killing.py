"""A job that is killed again and again: nothing is lost, and a lost or torn brief would be noticed."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.growing import apply, steps
from benchmarks.killing import Seen, remains

REPOSITORY = Path(__file__).resolve().parent.parent
BEFORE = Seen(
    {"brief-1.json": b"{}", "brief-1.md": b"One.", "latest.md": b"One."}, {"claims": ["one"]}, {"cache": []}
)
AFTER = Seen(
    {**BEFORE.files, "brief-2.json": b"{2}", "brief-2.md": b"Two.", "latest.md": b"Two."},
    {"claims": ["one", "two"]},
    {"cache": []},
)


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
def test_a_job_that_is_killed_at_six_moments_ends_up_where_an_undisturbed_one_does() -> None:
    command = [sys.executable, "benchmarks/killing.py", "--kills", "6", "--articles", "10", "--sweep", "0"]
    result = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "at random moments: 6 kills" in result.stdout
    assert "violations: 0" in result.stdout


def test_remains_of_before_and_of_after_the_moment_of_saving_are_in_order() -> None:
    assert remains(BEFORE, BEFORE, AFTER) == ("before its outcome was saved", [])
    assert remains(AFTER, BEFORE, AFTER) == ("after all was published", [])
    files = {**BEFORE.files, "brief-2.json": b"{2}"}
    assert remains(replace(AFTER, files=files), BEFORE, AFTER) == ("between saving and publishing", [])


@pytest.mark.parametrize(
    ("files", "wrong"),
    [
        ({"brief-2.json": b"{2"}, "brief-2.json is not the brief that it should be"),
        ({"brief-2.md": b"Two."}, "brief-2.md is there without its .json"),
        ({"latest.md": b"Tw"}, "latest.md is no complete brief of now or before"),
        ({"latest.md": b""}, "latest.md is no complete brief of now or before"),
        ({"brief-3.json": b"{3}"}, "brief-3.json is not the brief that it should be"),
    ],
)
def test_a_torn_or_strange_file_is_noticed(files: dict[str, bytes], wrong: str) -> None:
    assert remains(replace(AFTER, files={**BEFORE.files, **files}), BEFORE, AFTER)[1] == [wrong]


def test_a_brief_that_is_lost_or_comes_before_its_state_is_noticed() -> None:
    assert "brief-1.md is lost" in remains(replace(BEFORE, files={}), BEFORE, AFTER)[1]
    early = remains(replace(AFTER, outcome=BEFORE.outcome), BEFORE, AFTER)[1]
    assert "brief-2.md is not the brief that it should be" in early


def test_a_state_that_is_neither_the_old_nor_the_new_one_is_noticed() -> None:
    half = replace(BEFORE, outcome={"claims": ["two"]})
    assert remains(half, BEFORE, AFTER)[1] == ["the state is neither the old nor the new one"]


def test_the_made_up_folder_fills_up_in_the_same_way_each_time_and_is_edited_too(tmp_path: Path) -> None:
    made = steps(60, seed=1)
    assert made == steps(60, seed=1)
    for step in made:
        apply(step, tmp_path)
    deleted = sum(len(step.deleted) for step in made)
    assert len(list(tmp_path.rglob("*.txt"))) == 60 - deleted
    paths = [path for step in made for path, _ in step.written]
    assert len(set(paths)) == 60 and len(paths) > 60  # some are written again
    assert deleted and any(step.moved for step in made)
    assert all(1 <= len(step.written) <= 6 for step in made)
    killed = re.findall(r"killed (\d+)", "".join(text for step in made for _, text in step.written))
    assert len(set(killed)) > 3
