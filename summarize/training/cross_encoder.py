"""Train the cross-encoder: low-rank adapters on all but the lowest layers of a sentence encoder, and a head.

Hu et al. 2022, "LoRA: Low-Rank Adaptation of Large Language Models". It learns from the pairs that the
matcher learns from, of those of ECB+ that share no event from some.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

from summarize.config import load_config
from summarize.cross_encoder import ENCODER, MAX_TOKENS, SCALE, Pooled, probe_of
from summarize.loading import load_embedder_of
from summarize.segmentation import plain
from summarize.training.loop import Recipe, Training, pad
from summarize.training.matcher import asked_pairs
from summarize.training.pairs import Pair

SMOOTHED = 0.03  # by which a grade is less than sure
RANK, DROPOUT = 16, 0.05  # of an adapter
N_OTHERS = 1_500  # pairs of ECB+ that share no event; there are more than twice as many
_LINEARS = ("q", "k", "v", "o", "query", "key", "value", "dense")


@dataclass(frozen=True, slots=True)
class CrossEncoderRecipe(Recipe):
    """Everything that decides the cross-encoder."""

    encoder: str = ENCODER  # hub name or folder
    max_tokens: int = MAX_TOKENS
    n_steps: int = 1_185
    batch_size: int = 16
    warmup_steps: int = 80
    decay_share: float = 1.0
    rate: float = 4e-4
    n_frozen_layers: int = 4


@dataclass(frozen=True, slots=True)
class Encoded:
    """Token ids of a pair, and whether its sentences state the same."""

    ids: np.ndarray
    is_same: bool

    @property
    def length(self) -> int:
        return len(self.ids)


class Adapter(nn.Module):
    """A linear layer that stays as it is, and a correction of low rank that is learned."""

    def __init__(self, base: nn.Linear) -> None:
        super().__init__()
        self.base = base.requires_grad_(False)
        self.down = nn.Parameter(torch.randn(RANK, base.in_features) / math.sqrt(base.in_features))
        self.up = nn.Parameter(torch.zeros(base.out_features, RANK))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the layer's output, corrected, shape (..., out_features)."""
        dropped = functional.dropout(x, DROPOUT, self.training)
        corrected: torch.Tensor = self.base(x) + SCALE * functional.linear(
            functional.linear(dropped, self.down), self.up
        )
        return corrected


def adapt(layer: nn.Module) -> None:
    """Put an adapter around each linear layer of a transformer's layer, in place."""
    for part in list(layer.modules()):
        for name in _LINEARS:
            linear = getattr(part, name, None)
            if isinstance(linear, nn.Linear) and not isinstance(part, Adapter):
                setattr(part, name, Adapter(linear))


class CrossEncoderTraining(Training):
    """A run of the recipe."""

    recipe: CrossEncoderRecipe
    model: Pooled

    def __init__(self, recipe: CrossEncoderRecipe) -> None:
        super().__init__(recipe)
        self.tokenizer = AutoTokenizer.from_pretrained(recipe.encoder)
        model = Pooled(AutoModel.from_pretrained(recipe.encoder, add_pooling_layer=False))
        model.encoder.requires_grad_(False)
        for layer in model.encoder.encoder.layer[recipe.n_frozen_layers :]:
            adapt(layer)
        self.model = model.to(self.device)
        self.optimise([([p for p in model.parameters() if p.requires_grad], recipe.rate)])

    def run(self) -> None:
        """Train, and save what was learned."""
        rng = random.Random(self.recipe.seed)
        pairs = asked_pairs(self.recipe.data, load_embedder_of(load_config()))[0]
        others = [p for p in pairs if p.source == "ecb" and not p.is_same]
        left_out = set(rng.sample(others, max(0, len(others) - N_OTHERS)))
        pairs = [p for p in pairs if p not in left_out]
        print(f"event=data pairs={len(pairs)} same={sum(p.is_same for p in pairs)}", flush=True)
        self.fit(self.encode(pairs))
        self.save()
        self.save_report({})

    def encode(self, pairs: Sequence[Pair]) -> list[Encoded]:
        """Tokenise pairs, cut as in use; which sentence comes first is chance."""
        rng = random.Random(self.recipe.seed)
        found = []
        for pair in pairs:
            texts = [plain(pair.a), plain(pair.b)]
            rng.shuffle(texts)
            ids = self.tokenizer(*texts, truncation="longest_first", max_length=self.recipe.max_tokens)
            found.append(Encoded(np.array(ids["input_ids"]), pair.is_same))
        return found

    def loss(self, batch: list[Encoded]) -> tuple[torch.Tensor, float]:
        """Binary cross-entropy, and the share of pairs on the right side of one half."""
        ids = pad([e.ids for e in batch])
        lengths = torch.tensor([e.length for e in batch])
        mask = (torch.arange(ids.shape[1]) < lengths[:, None]).long()
        ids = torch.where(mask.bool(), ids, self.tokenizer.pad_token_id)
        with self.autocast():
            logits = self.model(ids.to(self.device), mask.to(self.device)).logits.float().squeeze(-1)
        is_same = torch.tensor([float(e.is_same) for e in batch], device=self.device)
        right = float(((logits > 0) == (is_same > 0.5)).float().mean())
        wanted = SMOOTHED + (1 - 2 * SMOOTHED) * is_same
        return functional.binary_cross_entropy_with_logits(logits, wanted), right

    def save(self) -> None:
        """Write the adapters and the head, in half precision, and what the encoder is known by."""
        learned = {name: p for name, p in self.model.named_parameters() if p.requires_grad}
        self.recipe.out.mkdir(parents=True, exist_ok=True)
        stored = {k.removeprefix("encoder."): p.detach().cpu().half() for k, p in learned.items()}
        stored["probe"] = probe_of(self.model.encoder).cpu()
        save_file({k: v.contiguous() for k, v in stored.items()}, self.recipe.out / "model.safetensors")


def train(recipe: CrossEncoderRecipe) -> None:
    """Run a recipe from raw data to ``recipe.out / 'model.safetensors'``."""
    CrossEncoderTraining(recipe).run()
