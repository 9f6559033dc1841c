"""The cross-encoder: what it reads, when it is asked, and the recipe that made it."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import nn
from transformers import BertModel, MPNetConfig, MPNetModel

from summarize import resources
from summarize.cross_encoder import SCALE, Pooled, _correct, load_cross_encoder, probe_of
from summarize.deduplication import (
    READ_ALIKE,
    READ_FROM,
    READ_SURE,
    SAME_BESIDE,
    DeduplicateOptions,
    decisions,
    is_shortened,
    same_pairs,
)
from summarize.errors import ModelError
from summarize.loading import load_reader
from summarize.matching import FEATURES, Matcher
from summarize.profiles import profile_of
from summarize.training import cross_encoder as training
from summarize.training.cross_encoder import Adapter, CrossEncoderRecipe, adapt
from summarize.training.pairs import Pair
from tests.tiny_encoders import save_tiny

A = "The council of Brackwater voted on Tuesday to close the ferry after the accident in the harbour."
B = "Brackwater's ferry is to be closed, the council said in a vote on Tuesday, after an accident."
D = "The council of Brackwater heard from divers on Tuesday, and put off what it had to say of the ferry."
C = "The accident in the harbour of Brackwater was the third of the ferry in two years."
PLAIN = "A storm closed the bridge of the harbour on Sunday."
TOLD = "The bridge of the harbour closed on Sunday, and it hurt trade."


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny encoder of two layers."""
    return save_tiny(tmp_path_factory.mktemp("base"), BertModel, num_hidden_layers=2)


@pytest.fixture(scope="module")
def learned(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a short run of the recipe leaves."""
    out = tmp_path_factory.mktemp("learned")
    with pytest.MonkeyPatch.context() as patch:
        pairs = [Pair(A, B, True, "mrpc"), Pair(A, C, False, "mrpc"), Pair(B, C, False, "ecb")] * 4
        patch.setattr(training, "asked_pairs", lambda *_: (pairs, {}, {}))
        patch.setattr(training, "N_OTHERS", 2)
        recipe = CrossEncoderRecipe(
            data=out, out=out, encoder=str(base), n_steps=30, batch_size=4, n_frozen_layers=1, rate=0.05
        )
        training.train(recipe)
    return out


def test_the_recipe_leaves_what_corrects_the_layers_that_it_may(base: Path, learned: Path) -> None:
    stored = load_file(learned / "model.safetensors")
    assert all(tensor.dtype is torch.float16 for name, tensor in stored.items() if name != "probe")
    adapted = {name for name in stored if name.startswith("encoder.")}
    assert len(adapted) == 12 and all(name.startswith("encoder.layer.1.") for name in adapted)
    assert any(bool(stored[name].any()) for name in adapted if name.endswith(".up"))
    assert json.loads((learned / "training.json").read_text(encoding="utf-8"))["steps"] == 30


def test_a_pair_is_read_the_same_whichever_comes_first_and_beside_whatever(base: Path, learned: Path) -> None:
    reader = load_cross_encoder(str(base), learned, "tiny")
    pairs = [(PLAIN, TOLD), (TOLD, "It hurt trade."), (PLAIN, "A  storm\nclosed the bridge.")] * 15
    found = reader.probabilities(pairs)
    assert found.shape == (45,) and ((found > 0) & (found < 1)).all() and len(set(found.round(4))) > 1
    assert reader.probabilities([(TOLD, PLAIN)])[0] == pytest.approx(found[0], abs=1e-5)
    assert reader.probabilities([(PLAIN, "A storm closed the bridge.")])[0] == pytest.approx(
        found[2], abs=1e-5
    )
    assert reader.probabilities([]).shape == (0,)


def test_corrections_are_added_to_the_weights(base: Path, learned: Path, tmp_path: Path) -> None:
    stored = load_file(learned / "model.safetensors")
    without = {k: torch.zeros_like(v) if k.endswith(".up") else v for k, v in stored.items()}
    save_file(without, tmp_path / "model.safetensors")
    with_them, plain = (
        load_cross_encoder(str(base), folder, "tiny")._model.encoder.encoder.layer[1].state_dict()
        for folder in (learned, tmp_path)
    )
    place = "attention.self.query" if "attention.self.query.weight" in plain else "intermediate.dense"
    prefix = f"encoder.layer.1.{place}"
    change = SCALE * stored[f"{prefix}.up"].float() @ stored[f"{prefix}.down"].float()
    gained = with_them[f"{place}.weight"].float() - plain[f"{place}.weight"].float()
    assert torch.allclose(gained, change, atol=0.02) and change.abs().max() > 0.02


def test_an_encoder_that_is_another_or_not_there_is_named(base: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"can't be loaded.*set deduplicate\.cross_encoder to none"):
        load_reader(str(tmp_path / "nowhere"))
    with pytest.raises(ModelError, match=r"is not the encoder .*all-mpnet-base-v2"):
        load_reader(str(base))
    with pytest.raises(ModelError, match=r"model\.safetensors: can't be loaded .*reinstall"):
        load_cross_encoder(str(base), tmp_path, "no corrections")
    save_file({"probe": probe_of(BertModel.from_pretrained(base)).clone()}, tmp_path / "model.safetensors")
    with pytest.raises(ModelError, match="is not the encoder"):
        load_cross_encoder(str(base), tmp_path, "no head")
    assert load_reader("none") is None


def test_the_shipped_corrections_are_for_the_encoder_that_they_name() -> None:
    stored = load_file(resources.verify("cross-encoder") / "model.safetensors")
    config = MPNetConfig()
    model = Pooled(MPNetModel(config, add_pooling_layer=False))
    with pytest.raises(RuntimeError, match="weights are others"):
        _correct(model, stored)
    with torch.no_grad():
        model.encoder.embeddings.word_embeddings.weight[-1, :64] = stored["probe"]
    before = model.encoder.encoder.layer[11].output.dense.weight.clone()
    _correct(model, stored)
    assert not torch.equal(model.encoder.encoder.layer[11].output.dense.weight, before)
    n_layers = {int(name.split(".")[2]) for name in stored if name.startswith("encoder.layer.")}
    assert n_layers == set(range(4, config.num_hidden_layers))


class Scripted:
    """Answers as told, and remembers what it was asked."""

    signature = "scripted"

    def __init__(self, chance: float) -> None:
        self.chance = chance
        self.asked: list[tuple[str, str]] = []

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        self.asked += pairs
        return np.full(len(pairs), self.chance, dtype=np.float32)


def finding(chance: float) -> Matcher:
    """A matcher that finds every pair as probable as told."""
    return Matcher(math.log(chance / (1 - chance)), (0.0,) * len(FEATURES), "scripted")


@pytest.mark.parametrize(
    ("matched", "read", "is_same", "is_asked"),
    [
        (SAME_BESIDE + 0.01, 0.1, True, False),  # the matcher has found it
        (READ_FROM + 0.01, READ_SURE + 0.01, True, True),
        (READ_FROM + 0.01, READ_SURE - 0.01, False, True),
        (READ_FROM - 0.01, 1.0, False, False),
    ],
)
def test_of_what_is_told_beside_other_things_the_reader_finds_more_than_the_matcher(
    matched: float, read: float, is_same: bool, is_asked: bool
) -> None:
    reader = Scripted(read)
    case = (profile_of(A), profile_of(D), 0.8)
    assert decisions([case], [(A, D)], DeduplicateOptions(), finding(matched), reader) == [is_same]
    assert reader.asked == [(A, D)] * is_asked


@pytest.mark.parametrize("matched", [0.05, 0.95])
@pytest.mark.parametrize(("read", "is_same"), [(READ_ALIKE + 0.01, True), (READ_ALIKE - 0.01, False)])
def test_of_what_tells_much_the_same_the_reader_decides(matched: float, read: float, is_same: bool) -> None:
    reader = Scripted(read)
    case = (profile_of(A), profile_of(B), 0.8)
    assert decisions([case], [(A, B)], DeduplicateOptions(), finding(matched), reader) == [is_same]
    assert reader.asked == [(A, B)]


@pytest.mark.parametrize(("matched", "is_same"), [(0.9, True), (0.05, False)])
def test_what_is_another_sentence_shortened_is_left_to_the_matcher(matched: float, is_same: bool) -> None:
    shortened = A.replace(" after the accident in the harbour", "")
    assert is_shortened(shortened, A) and is_shortened(A, shortened) and not is_shortened(A, B)
    reader = Scripted(0.01)
    case = (profile_of(A), profile_of(shortened), 0.9)
    assert decisions([case], [(A, shortened)], DeduplicateOptions(), finding(matched), reader) == [is_same]
    assert reader.asked == []


def test_a_distinctive_quantity_in_common_is_not_read() -> None:
    one = "More than 1.2 million people have been displaced by the fighting around Brackwater."
    other = "Around Brackwater the fighting displaced 1.2 million people, most of them children."
    reader = Scripted(0.01)
    case = (profile_of(one), profile_of(other), 0.8)
    assert decisions([case], [(one, other)], DeduplicateOptions(), finding(0.9), reader) == [True]
    assert reader.asked == []


def test_what_contradicts_or_is_not_near_is_never_read() -> None:
    denied = A.replace("voted", "did not vote")
    reader = Scripted(1.0)
    cases = [(profile_of(A), profile_of(denied), 0.95), (profile_of(A), profile_of(B), 0.5)]
    found = decisions(cases, [(A, denied), (A, B)], DeduplicateOptions(), finding(0.2), reader)
    assert found == [False, False] and reader.asked == []
    assert decisions(cases, [], DeduplicateOptions(), None, reader) == [False, False]


def test_pairs_are_found_with_the_readers_help() -> None:
    profiles = [profile_of(t) for t in (A, B, C)]
    vectors = np.array([[1.0, 0.0], [0.8, 0.6], [0.7, -0.714]])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    options, matcher = DeduplicateOptions(), finding(0.2)
    assert same_pairs(profiles, vectors, options, None, matcher) == {}
    found = same_pairs(profiles, vectors, options, None, matcher, Scripted(1.0), (A, B, C))
    assert found == {(0, 1): pytest.approx(0.8), (0, 2): pytest.approx(0.7, abs=1e-3)}
    with pytest.raises(ValueError, match="0 texts for 3 profiles"):
        same_pairs(profiles, vectors, options, None, matcher, Scripted(1.0))


def test_an_adapter_changes_nothing_until_it_has_learned() -> None:
    torch.manual_seed(1)
    linear = nn.Linear(6, 4)
    x = torch.randn(3, 6)
    adapter = Adapter(linear)
    assert torch.allclose(adapter(x), linear(x))
    nn.init.ones_(adapter.up)
    assert not torch.allclose(adapter(x), linear(x))
    assert {name for name, p in adapter.named_parameters() if p.requires_grad} == {"down", "up"}


def test_every_linear_layer_of_a_transformers_layer_gets_its_adapter(base: Path) -> None:
    layer = BertModel.from_pretrained(base).encoder.layer[1]
    n_linear = sum(isinstance(m, nn.Linear) for m in layer.modules())
    adapt(layer)
    assert sum(isinstance(m, Adapter) for m in layer.modules()) == n_linear == 6
