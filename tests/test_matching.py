"""The matcher: what it weighs, and that the shipped weights tell what counts could not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from summarize import resources
from summarize.config import load_config
from summarize.errors import ModelError
from summarize.loading import load_embedder_of
from summarize.matching import FEATURES, features, load_matcher
from summarize.profiles import profile_of
from summarize.training import matcher as training
from summarize.training.graded import GradedPair
from summarize.training.matcher import fit
from summarize.training.pairs import EventSentence, Pair
from tests.scripted import HashedEmbedder

A = "The council of Brackwater voted on Tuesday to close the ferry after the accident in the harbour."
B = "Brackwater's ferry is to be closed, the council said in a vote on Tuesday, after an accident."
C = "The accident in the harbour of Brackwater was the third of the ferry in two years."


def test_a_pair_is_described_the_same_whichever_comes_first() -> None:
    a, b = profile_of(A), profile_of(B)
    found = dict(zip(FEATURES, features(a, b, 0.7), strict=True))
    assert features(b, a, 0.7) == tuple(found.values())
    assert found["cosine"] == 0.7
    assert found["shared content, of the shorter"] > found["shared content, of both"] > 0
    assert found["a speaker in one alone"] == 1.0 and found["a speaker in common"] == 0.0
    itself = dict(zip(FEATURES, features(a, a, 1.0), strict=True))
    assert itself["shared content, of both"] == itself["shared events, of both"] == 1.0
    assert itself["names of one alone, logarithm"] == 0.0


def test_what_shares_nothing_can_be_described() -> None:
    assert all(np.isfinite(features(profile_of("Hm."), profile_of("Well, no."), 0.0)))


def test_the_shipped_weights_know_one_statement_in_other_words() -> None:
    matcher = load_matcher(resources.models_dir() / "matcher" / "weights.json")
    rows = load_embedder_of(load_config()).embed([A, B, C])
    profiles = [profile_of(text) for text in (A, B, C)]
    least = load_config().deduplicate.same_probability

    def chance(i: int, j: int) -> float:
        return matcher.probability(profiles[i], profiles[j], float(rows[i] @ rows[j]))

    assert chance(0, 1) >= least > chance(0, 2)
    assert chance(0, 1) == chance(1, 0)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "is no matcher of this version"),
        (json.dumps({"features": ["cosine"], "bias": 0, "values": [1]}), "its features are others"),
        (json.dumps({"features": FEATURES, "bias": 0, "values": [1]}), "1 values for 14 features"),
    ],
)
def test_a_damaged_file_is_named(content: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match=reason) as caught:
        load_matcher(path)
    assert str(path) in str(caught.value)


def test_what_is_trained_can_be_loaded_and_knows_its_pairs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"The council of Brackwater closed ferry {n} after an accident on Tuesday." for n in "abcdef"]
    others = [f"Snow fell on the northern hills of Lowhaven in winter {n}." for n in "abcdef"]
    graded = [GradedPair("e", t, t.replace("closed", "shut"), 2, False) for t in texts]
    graded += [GradedPair("e", t, o, 0, False) for t, o in zip(texts, others, strict=True)]
    graded += [GradedPair("e", t, o, 2, True) for t, o in zip(texts, others, strict=True)]  # for testing
    rain = [f"The ferry of Brackwater took the council to see the accident in rain {n}." for n in "abcdef"]
    ecb = [EventSentence("1", t, t, frozenset({"close", "crash"})) for t in texts]
    ecb += [EventSentence("1", t, t, frozenset({"see", "rain"})) for t in rain]
    ecb += [EventSentence("2", t, t, frozenset({"close", "see"})) for t in (*texts, *rain)]  # for testing
    # What it will not be asked about: pairs that a rule keeps apart, or that are not near.
    twelve = [f"The council of Brackwater sold 12 boats {n} after an accident on Tuesday." for n in "abcdef"]
    far = [f"Nobody knows {n}." for n in "abcdef"]
    graded += [GradedPair("e", t, t.replace("12", "19"), 0, False) for t in twelve]
    graded += [GradedPair("e", t, f, 2, False) for t, f in zip(texts, far, strict=True)]
    asked: list[str] = []
    described = training.described

    def listed(pairs: list[Pair], *analysed: Any) -> np.ndarray:
        asked.extend(p.b for p in pairs)
        return described(pairs, *analysed)

    monkeypatch.setattr(training, "described", listed)
    monkeypatch.setattr(training, "read_graded", lambda data: graded)
    monkeypatch.setattr(training, "read_mrpc", lambda data, part: [])
    monkeypatch.setattr(training, "read_ecb", lambda data: ecb)
    monkeypatch.setattr(training, "load_embedder_of", lambda config: HashedEmbedder())
    training.train(training.MatcherRecipe(tmp_path, tmp_path / "out"))
    matcher = load_matcher(tmp_path / "out" / "weights.json")
    a, b, c, d = map(profile_of, (texts[0], graded[0].b, others[0], rain[1]))
    assert matcher.probability(a, b, 0.9) > 0.5 > matcher.probability(a, c, 0.0)
    assert matcher.probability(a, d, 0.6) < 0.5
    assert set(rain) & set(asked)
    assert not {*far, *(t.replace("12", "19") for t in twelve)} & set(asked)


def test_the_fit_finds_the_weights_that_made_the_data() -> None:
    rng = np.random.default_rng(3)
    x = rng.normal(size=(4_000, 3)) * [1, 5, 1] + [0, 2, 0]
    chance = 1 / (1 + np.exp(-(0.5 + x @ [1.5, -0.4, 0.0])))
    y = (rng.random(4_000) < chance).astype(float)
    bias, values = fit(x, y, np.ones(4_000))
    assert bias == pytest.approx(0.5, abs=0.2)
    assert values == pytest.approx([1.5, -0.4, 0.0], abs=0.15)
