from collections.abc import Iterator

import numpy as np
import pytest

from benchmarks.peers import clustering as peers
from summarize.clustering import unit
from summarize.evaluation.bench import Bench
from summarize.evaluation.events import DocumentSet
from tests.test_clustering_evaluation import bench as bench  # a fixture

TWO_PAIRS = unit(np.array([[1, 0.1], [1, 0.0], [0.1, 1], [0.0, 1]]))
EVENTS = DocumentSet("pairs", (0, 1, 2, 3), (5, 5, 6, 6))


def nothing_right(vectors: np.ndarray, texts: list[str], n_events: int) -> Iterator[peers.Setting]:
    yield "all in one", np.zeros(len(texts), dtype=int)
    yield "all alone", np.arange(len(texts))


def told_the_number(vectors: np.ndarray, texts: list[str], n_events: int) -> Iterator[peers.Setting]:
    yield "all in one", np.zeros(len(texts), dtype=int)
    yield f"told {n_events}", (vectors[:, 0] > vectors[:, 1]).astype(int)


@pytest.mark.parametrize("peer", [peers.average_linkage, peers.k_means])
def test_a_peer_finds_two_plain_pairs_by_one_of_its_settings(peer: peers.Peer) -> None:
    best = max(peers.scores(EVENTS.events, labels.tolist())["ARI"] for _, labels in peer(TWO_PAIRS, [], 2))
    assert best == pytest.approx(100)


def test_noise_is_a_group_of_its_own_each() -> None:
    labels = np.array([0, -1, 0, -1])
    assert peers._noise_apart(labels).tolist() == [0, 1, 0, 2]
    assert labels.tolist() == [0, -1, 0, -1]


def test_each_peer_is_shown_with_the_best_of_its_settings_and_spaces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "PEERS", {"poor": nothing_right, "good": told_the_number})
    spaces = {"useless": np.ones((4, 2)), "useful": TWO_PAIRS}
    found = peers.best_settings(spaces, ["a", "b", "c", "d"], EVENTS)
    assert found["good"][0] == "useful, told 2"
    assert found["good"][1]["ARI"] == pytest.approx(100)
    assert found["poor"][1]["ARI"] == pytest.approx(0)


def test_ours_must_be_above_the_best_peer_and_every_setting_is_named(
    bench: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(peers, "PEERS", {"poor": nothing_right, "good": peers.k_means})
    monkeypatch.setattr(peers, "PACKAGES", ("scikit-learn",))
    surroundings: Bench = bench()  # type: ignore[operator]
    first, _, mixed = peers.measure(surroundings)
    by_name = {f.name: f for f in first.figures}
    ours = by_name[f"{peers.OURS}: ARI"]
    assert ours.target is not None
    assert ours.target.value == max(by_name["poor: ARI"].value, by_name["good: ARI"].value)
    assert set(dict(first.settings)) >= {"set", "min_similarity", "good", "poor", "scikit-learn", "embedder"}
    assert dict(first.settings)["events"] == "6"
    assert dict(mixed.settings)["events"] == "9"  # three, and six unrelated articles
