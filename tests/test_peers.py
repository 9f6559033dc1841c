"""The peers that choose sentences, how their choice is cut and compared, and the command that shows it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

pytest.importorskip("sklearn")

from benchmarks import quality, table
from benchmarks.peers import rankers, selection
from benchmarks.peers.rankers import Pool
from summarize.errors import SummarizeError
from summarize.evaluation import scores
from summarize.evaluation.bench import Bench
from summarize.evaluation.report import Figure, Result, Target
from tests.scripted import HashedEmbedder
from tests.test_references import STORM, bench, write


def pool(*texts: str, articles: tuple[int, ...] | None = None, words: int = 100, reference: str = "") -> Pool:
    vectors = HashedEmbedder().embed(list(texts))
    return Pool(texts, articles or tuple(range(len(texts))), vectors, words, reference)


# Cutting


def test_sentences_are_taken_in_rank_order_and_put_back_into_source_order() -> None:
    assert selection.cut(pool("a b", "c d", "e f", words=4), [2, 0, 1]) == "a b\ne f"


def test_the_last_sentence_is_cut_in_the_middle_to_the_exact_length() -> None:
    assert selection.cut(pool("a b c", "d e f", words=4), [1, 0]) == "a\nd e f"


def test_what_is_shorter_than_the_length_is_taken_whole() -> None:
    assert selection.cut(pool("a b", "c", words=9), [1, 0]) == "a b\nc"


# Rankers


def test_the_lead_takes_the_first_sentence_of_each_article_then_the_second() -> None:
    assert rankers.lead(pool("a", "b", "c", "d", "e", articles=(1, 1, 1, 2, 3))) == [0, 3, 4, 1, 2]


def test_a_random_order_is_the_same_every_time_and_has_every_sentence() -> None:
    given = pool(*"abcdefgh")
    assert rankers.shuffled(given) == rankers.shuffled(given) != list(range(8))
    assert sorted(rankers.shuffled(given)) == list(range(8))


def test_the_centroid_prefers_what_the_cluster_talks_about_and_leaves_repetitions_out() -> None:
    given = pool("A storm hit the coast.", "A storm sank boats.", "Lemons ripen.", "A storm hit the coast.")
    assert rankers.centroid(given) == [0, 1, 2]


def test_submodular_covers_a_second_subject_before_it_repeats_the_first() -> None:
    places = ("harbour", "village", "bridge", "island", "road", "church")
    given = pool(
        *(f"storm hit coast boats {place}" for place in places),
        *(f"mayor closed schools {day}" for day in ("monday", "tuesday", "friday", "sunday")),
    )
    assert {i < len(places) for i in rankers.submodular(given)[:2]} == {True, False}


def test_submodular_takes_no_more_than_the_length_needs() -> None:
    assert len(rankers.submodular(pool("storm coast", "boats sank", "mayor spoke", words=3))) == 2


def test_marginal_relevance_prefers_what_is_new_to_a_repetition() -> None:
    """Two alike and a third 50° away: the centre is 16° from the two and 34° from the third.

    After the first, its like gains 0.7 cos 16° − 0.3 = 0.37, the third 0.7 cos 34° − 0.3 cos 50° = 0.39.
    """
    angles = np.radians([0.0, 0.0, 50.0])
    vectors = np.column_stack([np.cos(angles), np.sin(angles)])
    assert rankers.mmr(Pool(("a", "b", "c"), (1, 1, 1), vectors, 9, "")) == [0, 2, 1]


def test_the_oracle_takes_what_adds_to_the_reference_and_stops_there() -> None:
    given = pool(
        "the storm sank",
        "lemons ripen in june",
        "ten boats",
        "ten lemons",
        reference="the storm sank ten boats",
    )
    assert sorted(rankers.oracle(given)) == [0, 2]


def test_the_oracle_counts_as_rouge_does() -> None:
    texts, reference = ("the storm sank boats", "a mayor spoke"), "the storm sank ten boats at night"
    found = rankers._f1(rankers._overlaps([scores.stems(t) for t in texts], scores.stems(reference), 2), [])
    expected = scores.rouge([reference] * 2, texts, ["R-2"])["R-2"]
    assert 100 * found == pytest.approx(expected)


@pytest.mark.parametrize("name", rankers.RANKERS)
def test_every_system_names_each_sentence_once_at_most_and_enough_for_the_length(name: str) -> None:
    if "sumy" in name:
        pytest.importorskip("sumy")
    texts = (*STORM, "Doing what it means, the storm means damage.", "Rescuers searched the coast for boats.")
    order = list(rankers.RANKERS[name](pool(*texts, words=12, reference=STORM[0])))
    assert len(order) == len(set(order)) > 0
    assert set(order) <= set(range(len(texts)))


@pytest.mark.parametrize("name", rankers.GREEDY)
def test_a_greedy_summariser_of_sumy_that_is_stopped_picks_what_it_ranks_first(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("sumy")
    given = pool(*STORM, "A storm hit boats.", "Norland's mayor spoke of schools.", "Lemons ripen.", words=16)
    stopped = rankers.by_sumy(name)(given)
    monkeypatch.setattr(rankers, "GREEDY", ())
    whole = list(rankers.by_sumy(name)(given))
    assert stopped == whole[: len(stopped)]
    assert len(stopped) < len(whole) == 5


@pytest.mark.parametrize("name", rankers.RANKERS)
def test_every_system_copes_with_sentences_without_a_word(name: str) -> None:
    if "sumy" in name:
        pytest.importorskip("sumy")
    rankers.RANKERS[name](pool("The.", "The.", "And it is.", words=2, reference="Of the."))


# Comparison


def test_ours_is_set_against_every_peer_but_not_against_the_oracle() -> None:
    high, low = np.array([2.0, 3.0, 4.0]), np.array([1.0, 2.0, 3.0])
    columns = (*selection.MEASURES, selection.LENGTH)
    peers = {"lead": dict.fromkeys(columns, low), selection.CEILING: dict.fromkeys(columns, high + 9)}
    figures = {f.name: f for f in selection.compared(peers, dict.fromkeys(columns, high))}
    assert figures[f"{selection.OURS}: R-1"] == Figure(
        f"{selection.OURS}: R-1", 3.0, 3, "points", Target(">", 2.0), scores.interval(high)
    )
    assert figures["lead: p, ours on R-1"].value == 0.0
    assert figures["lead: p, ours on R-L"].target is None
    assert f"{selection.CEILING}: p, ours on R-1" not in figures


def test_a_dataset_of_one_s_own_is_compared(tmp_path: Path) -> None:
    pytest.importorskip("sumy")
    folder = write(tmp_path / "storm", a=f"{STORM[0]}\n\n{STORM[1]}", b=STORM[0], reference=" ".join(STORM))
    (result,) = selection.measure(bench(folder))
    values = {f.name: f.value for f in result.figures}
    assert values[f"{selection.CEILING}: R-1"] == pytest.approx(100)
    assert values[f"{selection.CEILING}: words"] == len(" ".join(STORM).split())
    assert {name.rpartition(": ")[0] for name in values} == {selection.OURS, *rankers.RANKERS}
    assert "sumy:" in result.signature


# Table and command


def test_a_row_per_system_and_a_column_per_measure() -> None:
    figures = (
        Figure("ours: R-1", 45.0, 9, "points", Target(">", 46.0)),
        Figure("lead: R-1", 43.0, 9, "points"),
        Figure("lead: p", 0.5, 9, "p"),
    )
    shown = table.to_table(Result("T", (("a", "b"),), figures)).splitlines()
    assert shown[2] == "`a:b`, n = 9"
    assert shown[4:] == [
        "| system | R-1 | p |",
        "|---|---:|---:|",
        "| ours | 45.00 ✗ | – |",
        "| lead | 43.00 | 0.5000 |",
        "",
        "✗ misses its target",
    ]


def test_figures_without_rows_and_columns_are_listed() -> None:
    assert "| alone | 1 | 2 |" in table.to_table(
        Result("T", (), (Figure("alone", 1, 2), Figure("a: b", 1, 2)))
    )


def test_a_part_without_its_packages_is_named_and_the_others_are_measured(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made: dict[str, Any] = {"benchmarks.peers.clustering": SimpleNamespace(measure=_fine)}
    real = quality.importlib.import_module
    monkeypatch.setattr(quality.importlib, "import_module", lambda name: made.get(name) or real(name))
    monkeypatch.setitem(quality.PARTS, "clustering", ())
    monkeypatch.setitem(quality.PARTS, "deduplication", ("no_such_package",))
    options = ["--data", str(tmp_path), "--part", "deduplication", "--part", "clustering"]
    run = CliRunner().invoke(quality.quality, options)
    assert run.exit_code == 2
    assert "deduplication: needs no_such_package; pip install -c constraints.txt '.[benchmark]'" in run.stderr
    assert "| system | F1 |" in run.stdout


def test_a_module_that_lacks_a_package_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(quality.PARTS, "no_such_part", ())
    with pytest.raises(SummarizeError, match=r"no_such_part: needs benchmarks\.peers\.no_such_part"):
        quality.measure("no_such_part", bench())


def _fine(bench: Bench) -> tuple[Result, ...]:
    return (Result("Fine", bench.settings("clustering", "none", None), (Figure("ours: F1", 1, 1),)),)
