"""The cross-encoder: two sentences in, how probable it is that they state the same thing.

It reads both at once and so finds what the matcher's counts miss: that "held without bail" is "denied bail".
It is an encoder that the user has or may reach, with the corrections to it that were learned here (Hu et al.
2022, "LoRA: Low-Rank Adaptation of Large Language Models"). It is slow, and asked only what counts can't
tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import nn
from transformers import AutoModel, AutoTokenizer
from transformers.utils import cached_file

from summarize.device import pick_device, pick_dtype
from summarize.embedding import by_width, pool
from summarize.errors import ModelError
from summarize.log import quiet
from summarize.segmentation import plain

MAX_TOKENS = 144  # of both sentences
_BATCH = 32
_FILE = "model.safetensors"
ENCODER = "sentence-transformers/all-mpnet-base-v2"  # that corrections were learned for
HEAD = 256  # size of its head's inner layer
SCALE = 2.0  # of its corrections
_PROBED = 64  # weights


class CrossEncoder:
    """Reads pairs of sentences."""

    def __init__(self, model: Any, tokenizer: Any, signature: str) -> None:
        self._model = model.eval()
        self._tokenizer = tokenizer
        self.signature = signature

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """Return how probable it is that the sentences of each pair state the same thing.

        Each pair is read both ways, so that it is the same whichever comes first; the mean of both is surer.

        :return: float32, shape (n_pairs,).
        """
        one, other = [plain(a) for a, _ in pairs], [plain(b) for _, b in pairs]
        both = probabilities(self._model, self._tokenizer, one + other, other + one, MAX_TOKENS)
        mean: np.ndarray = both.reshape(2, len(pairs)).mean(0)
        return mean


def probabilities(
    model: Any, tokenizer: Any, firsts: Sequence[str], seconds: Sequence[str], max_tokens: int
) -> np.ndarray:
    """Return what a model of one output finds of each pair of texts, whatever pairs stand beside it.

    :param max_tokens: of both texts; what is longer is cut.
    :return: float32, shape (n_pairs,).
    """
    found = np.zeros(len(firsts), dtype=np.float32)
    if not firsts:
        return found
    tokens = tokenizer(list(firsts), list(seconds), truncation="longest_first", max_length=max_tokens)
    for width, own in by_width([len(ids) for ids in tokens["input_ids"]], max_tokens).items():
        for start in range(0, len(own), _BATCH):
            chosen = own[start : start + _BATCH]
            batch = tokenizer(
                [firsts[i] for i in chosen],
                [seconds[i] for i in chosen],
                truncation="longest_first",
                max_length=width,
                padding="max_length",
                return_tensors="pt",
            ).to(model.device)
            with torch.inference_mode():
                logits = model(**batch).logits
            found[chosen] = logits.float().squeeze(-1).sigmoid().cpu().numpy()
    return found


class Pooled(nn.Module):
    """An encoder whose token vectors are averaged, and a small head on top: one output for a pair."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        self.encoder = encoder
        size = encoder.config.hidden_size
        self.head = nn.Sequential(
            nn.Dropout(0.1), nn.Linear(size, HEAD), nn.Tanh(), nn.Dropout(0.1), nn.Linear(HEAD, 1)
        )

    @property
    def device(self) -> torch.device:
        """Where it runs."""
        return next(self.parameters()).device

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor, **_: Any) -> Scored:
        """Return the log-odds of each pair, shape (n_pairs, 1)."""
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return Scored(self.head(pool(hidden, attention_mask, "mean")))


@dataclass(frozen=True)
class Scored:
    """What a model returns for a batch."""

    logits: torch.Tensor


def load_cross_encoder(name: str, folder: Path, signature: str) -> CrossEncoder:
    """Load an encoder and correct its layers as was learned for it.

    :param name: hub name or path of the encoder.
    :param folder: holds the corrections, each a product of two narrow matrices, and the head.
    :raises ModelError: if the encoder can't be found, reached or read, or is another one.
    """
    place = pick_device("auto")
    try:
        cached_file(name, "config.json")  # without the model, or the hub, this fails at once
        with quiet():
            tokenizer = AutoTokenizer.from_pretrained(name)
            model = Pooled(AutoModel.from_pretrained(name, dtype=torch.float32, add_pooling_layer=False))
    except (OSError, ValueError, KeyError, RuntimeError, TypeError) as error:
        reason = next(iter(str(error).strip().splitlines()), type(error).__name__).rstrip(".")
        raise ModelError(
            f'cross-encoder "{name}" can\'t be loaded: {reason}. Check the name or path, or the connection '
            "to the hub, or set deduplicate.cross_encoder to none"
        ) from error
    path = folder / _FILE
    try:
        stored = load_file(path)
    except (OSError, SafetensorError) as error:
        raise ModelError(f"{path}: can't be loaded ({error}); reinstall summarize") from error
    try:
        _correct(model, stored)
    except (AttributeError, KeyError, RuntimeError) as error:
        raise ModelError(
            f'cross-encoder "{name}" is not the encoder that {path} was made for, {ENCODER} ({error}); name '
            "that one, or set deduplicate.cross_encoder to none"
        ) from error
    return CrossEncoder(model.to(place, pick_dtype("auto", place)), tokenizer, signature)


def probe_of(encoder: Any) -> torch.Tensor:
    """Return some weights by which an encoder is known, float32, shape (64,)."""
    weights: torch.Tensor = encoder.embeddings.word_embeddings.weight[-1, :_PROBED]
    return weights.detach().float()


def _correct(model: Pooled, stored: dict[str, torch.Tensor]) -> None:
    """Add each correction to the weights that it is for, and set the head.

    :raises AttributeError: if a layer is not there.
    :raises KeyError: if a part of the corrections is not.
    :raises RuntimeError: if one is of another size, or the encoder another one.
    """
    probe = probe_of(model.encoder)
    if probe.shape != stored["probe"].shape or not torch.allclose(probe, stored["probe"].float(), atol=1e-3):
        raise RuntimeError("its weights are others")
    model.head.load_state_dict({k[5:]: v.float() for k, v in stored.items() if k.startswith("head.")})
    for key in [k for k in stored if k.endswith(".down")]:
        place = key.removesuffix(".down")
        weight = model.encoder.get_submodule(place).weight
        with torch.no_grad():
            weight += SCALE * (stored[f"{place}.up"].float() @ stored[key].float())
