"""The benchmark of verify: each kind of edit is planted, and a missed one or a false alarm fails it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks import verifying as benchmark
from benchmarks.verifying import KINDS, Outcome, is_met, planted, to_table
from summarize.rendering import to_json
from summarize.verifying import verify
from tests.builders import article, brief, claim, evidence

CITED = "Zoë said that 25 people were hurt in the harbour."
CLOSED = "Schools stay closed."
CHANGED = frozenset({"changed"})


@pytest.fixture
def target(tmp_path: Path) -> Path:
    one = article(f"A storm hit the coast.\n\n{CITED} It ended at night.", 1, path="one.txt")
    two = article(f"{CLOSED} Trains run late.", 2, path="two.txt")
    claims = [claim(text, of, cites=[evidence(text, of)]) for text, of in ((CITED, one), (CLOSED, two))]
    (tmp_path / "articles").mkdir()
    for source in (one, two):
        (tmp_path / "articles" / source.path).write_text(source.text, encoding="utf-8")
    path = tmp_path / "brief.json"
    path.write_text(to_json(brief([one, two], {"Storm": claims}), "articles"), encoding="utf-8")
    return path


@pytest.mark.parametrize("number", range(len(KINDS)), ids=[k.name for k in KINDS])
def test_every_kind_of_edit_is_planted_and_told_as_what_it_is(target: Path, number: int) -> None:
    outcome = planted(number, target, verify(target), random.Random(1))
    assert outcome.kind == KINDS[number].name
    assert outcome.state in outcome.expected
    assert outcome.n_false == 0


def test_a_missed_edit_and_a_false_alarm_fail(target: Path) -> None:
    untouched = [verify(target)]
    found, missed = Outcome("k", "changed", CHANGED, 0), Outcome("k", "intact", CHANGED, 0)
    assert is_met(untouched, [found], 1)
    assert not is_met(untouched, [found], 2)
    assert not is_met(untouched, [missed], 1)
    assert not is_met(untouched, [Outcome("k", "changed", CHANGED, 1)], 1)
    (target.parent / "articles" / "two.txt").unlink()
    assert not is_met([verify(target)], [found], 1)


def test_the_table_counts_by_kind(target: Path) -> None:
    outcomes = [
        Outcome(KINDS[0].name, "changed", CHANGED, 0),
        Outcome(KINDS[0].name, "moved", CHANGED, 2),
        Outcome(KINDS[1].name, "intact", CHANGED, 0),
    ]
    lines = to_table([verify(target)], outcomes, "150 words").splitlines()
    assert lines[0] == "1 untouched briefs, 2 cited passages (150 words): 0 alarms"
    assert f"| {KINDS[0].name} | 2 | 2 | 1 | 2 |" in lines
    assert lines[-1] == "| all | 3 | 2 | 1 | 2 |"


def test_clusters_are_drawn_from_both_sets_by_the_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    from summarize.evaluation import datasets
    from summarize.evaluation.datasets import Cluster, Dataset

    def load(path: Path) -> Dataset:
        name = path.name[:3]
        made = tuple(Cluster(f"{name} {n}", ("a", "b") if n else ("a",), "") for n in range(9))
        return Dataset(name, 100, made)

    monkeypatch.setattr(datasets, "load", load)
    drawn = [[c.name for c in benchmark.clusters(Path("data"), 4, seed)] for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert [name[:3] for name in drawn[0]] == ["mul", "all"] * 4
    assert not any(name.endswith(" 0") for own in drawn for name in own)
