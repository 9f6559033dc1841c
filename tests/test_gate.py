"""The quality gate: what fails it, and what it takes to lower a floor."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks import gate
from benchmarks.gate import Floor, Measured
from summarize.errors import SummarizeError

FOUND = {
    "news R-1": Measured(45.27, "points", "12 clusters", "aa"),
    "names caught": Measured(96.0, "%", "50 claims", "bb"),
}
FLOORS = {"news R-1": Floor(44.9, "12 clusters", "aa"), "names caught": Floor(91.0, "50 claims", "bb")}


def found(value: float, sha256: str = "aa") -> dict[str, Measured]:
    return {**FOUND, "news R-1": Measured(value, "points", "12 clusters", sha256)}


def test_figures_at_or_over_their_floors_pass() -> None:
    assert gate.failures(FLOORS, FOUND) == gate.failures(FLOORS, found(44.9)) == []


def test_a_figure_under_its_floor_fails() -> None:
    assert gate.failures(FLOORS, found(44.89)) == ["news R-1: 44.89 is under its floor, 44.9"]


def test_another_sample_fails_however_good_the_figure_is() -> None:
    (problem,) = gate.failures(FLOORS, found(99.0, "cc"))
    assert problem.startswith("news R-1: its sample is not the one of its floor")


def test_a_figure_without_a_floor_and_a_floor_without_a_figure_fail() -> None:
    assert [p.split(";")[0] for p in gate.failures({"old": FLOORS["news R-1"]}, FOUND)] == [
        "news R-1: has no floor",
        "names caught: has no floor",
        "old: is not measured any more",
    ]


def test_the_first_floors_lie_a_margin_below_the_figures_rounded_down() -> None:
    assert gate.updated({}, FOUND, "", False) == FLOORS


def test_better_figures_raise_floors_and_worse_ones_that_hold_leave_them() -> None:
    assert gate.updated(FLOORS, found(46.0), "", False)["news R-1"].floor == 45.7
    assert gate.updated(FLOORS, found(44.9), "", False)["news R-1"].floor == 44.9


@pytest.mark.parametrize("sha256", ["aa", "cc"])
def test_a_floor_is_lowered_only_with_permission_and_a_line_in_the_changelog(sha256: str) -> None:
    worse = found(44.0, sha256)
    with pytest.raises(
        SummarizeError, match=r"lower than before: news R-1: floor 43\.7; .*--allow-regression"
    ):
        gate.updated(FLOORS, worse, "* news R-1: floor 43.7, because", False)
    with pytest.raises(SummarizeError, match=r'CHANGELOG\.md must say why: add "news R-1: floor 43\.7 …"'):
        gate.updated(FLOORS, worse, "* news R-1: floor 44.0, because\n* something of 43.7", True)
    new = gate.updated(FLOORS, worse, "# Changes\n* news R-1: floor 43.7, because", True)
    assert new["news R-1"] == Floor(43.7, "12 clusters", sha256)


def test_a_floor_does_not_go_unsaid() -> None:
    left = {"names caught": FOUND["names caught"]}
    with pytest.raises(SummarizeError, match="lower than before: news R-1: no floor"):
        gate.updated(FLOORS, left, "", False)
    assert set(gate.updated(FLOORS, left, "* news R-1: no floor any more", True)) == {"names caught"}


def test_floors_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    assert gate.read_floors(path) == {}
    path.write_text(gate.to_json(FLOORS), encoding="utf-8")
    assert gate.read_floors(path) == FLOORS


@pytest.mark.parametrize(
    "text", ["[]", "{", '{"schema": "other", "floors": {}}', '{"schema": "summarize.floors/1"}']
)
def test_a_file_that_has_no_floors_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SummarizeError, match="no file of floors"):
        gate.read_floors(path)


def test_the_hash_knows_where_one_text_ends() -> None:
    assert gate.sha256_of(["ab", "c"]) != gate.sha256_of(["a", "bc"])
    assert gate.sha256_of(["ab", "c"]) == gate.sha256_of(iter(["ab", "c"]))


def test_the_command_fails_under_a_floor_and_updates_what_it_may(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "floors.json"
    options = ["--data", str(tmp_path), "--floors", str(path)]
    monkeypatch.setattr(gate, "measure", lambda data: FOUND)
    assert CliRunner().invoke(gate.gate, [*options, "--update"]).exit_code == 0
    assert json.loads(path.read_text(encoding="utf-8"))["floors"]["news R-1"]["floor"] == 44.9
    assert "| news R-1 | 45.27 | 44.9 | 12 clusters |" in CliRunner().invoke(gate.gate, options).stdout
    monkeypatch.setattr(gate, "measure", lambda data: found(40.0))
    run = CliRunner().invoke(gate.gate, options)
    assert (run.exit_code, run.stderr) == (1, "gate: news R-1: 40.00 is under its floor, 44.9\n")
    before = path.read_text(encoding="utf-8")
    refused = CliRunner().invoke(gate.gate, [*options, "--update"])
    assert refused.exit_code == 1 and "--allow-regression" in refused.stderr
    assert path.read_text(encoding="utf-8") == before


def test_the_floors_of_this_repository_are_complete() -> None:
    floors = gate.read_floors(gate.FLOORS)
    expected = {f"{label} {m}" for label in gate.N_CLUSTERS for m in gate.MEASURES}
    assert expected | {"planted number caught", "planted name caught", "true claims passed"} <= set(floors)
    assert all(floor.floor > 0 and len(floor.sha256) == 64 for floor in floors.values())
