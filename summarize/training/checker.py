"""Train the checker's cross-encoder, which starts from the embedder's MiniLM.

A claim and its evidence are read together as one pair (Nogueira & Cho 2019 for ranking; Kryściński et al.
2020, "Evaluating the Factual Consistency of Abstractive Text Summarization", for claims), and one output
says whether the claim is supported. Word embeddings and the lowest layers stay as they are.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional
from transformers import BertForSequenceClassification, BertTokenizerFast

from summarize.checking.entailment import MAX_TOKENS, SEPARATOR
from summarize.resources import embedder_dir, models_dir
from summarize.segmentation import load_tokenizer
from summarize.training.claims import JudgedClaim, checker_claims, test_claims
from summarize.training.loop import Recipe, Training, pad


@dataclass(frozen=True, slots=True)
class CheckerRecipe(Recipe):
    """Everything that decides the checker."""

    n_articles: int = 7_000
    batch_size: int = 32
    encoder_rate: float = 1.5e-4
    head_rate: float = 1e-3
    n_frozen_layers: int = 2


@dataclass(frozen=True, slots=True)
class Encoded:
    """Token ids of a pair, where its second part begins, and whether the claim is supported."""

    ids: np.ndarray
    border: int
    is_supported: bool

    @property
    def length(self) -> int:
        return len(self.ids)


class CheckerTraining(Training):
    """A run of the checker's recipe."""

    recipe: CheckerRecipe
    model: BertForSequenceClassification

    def __init__(self, recipe: CheckerRecipe) -> None:
        super().__init__(recipe)
        self.tokenizer = BertTokenizerFast.from_pretrained(embedder_dir())
        model = BertForSequenceClassification.from_pretrained(embedder_dir(), num_labels=1)
        self.model = model.to(self.device)
        for part in (self.model.bert.embeddings, *self.model.bert.encoder.layer[: recipe.n_frozen_layers]):
            part.requires_grad_(False)
        encoder = [p for p in self.model.bert.encoder.parameters() if p.requires_grad]
        head = [*self.model.bert.pooler.parameters(), *self.model.classifier.parameters()]
        self.optimise([(encoder, recipe.encoder_rate), (head, recipe.head_rate)])

    def run(self) -> None:
        """Train, measure on the test part and save the model."""
        recipe, punkt = self.recipe, load_tokenizer(models_dir() / "punkt" / "parameters.json")
        found = list(checker_claims(recipe.data, punkt, recipe.n_articles, recipe.seed))
        supported = sum(c.is_supported for c in found)
        print(f"event=data claims={len(found)} supported={supported}", flush=True)
        self.fit([row for row in self.encode(found) if row.length <= recipe.max_tokens])
        self.save_report(self._scores(test_claims(recipe.data, punkt, recipe.seed)))
        self.model.to("cpu").to(torch.float16).save_pretrained(recipe.out / "model")
        self.tokenizer.save_pretrained(recipe.out / "model")

    def encode(self, claims: list[JudgedClaim]) -> list[Encoded]:
        """Tokenise claims with their evidence, cut as in use."""
        evidence = [SEPARATOR.join(c.evidence) for c in claims]
        ids = self.tokenizer(
            [c.claim for c in claims], evidence, truncation="longest_first", max_length=MAX_TOKENS
        )
        return [
            Encoded(np.array(i, dtype=np.int64), t.index(1), c.is_supported)
            for c, i, t in zip(claims, ids["input_ids"], ids["token_type_ids"], strict=True)
        ]

    def loss(self, batch: list[Encoded]) -> tuple[torch.Tensor, float]:
        """Binary cross-entropy, and the share of claims on the right side of one half."""
        logits = self._logits(batch)
        labels = torch.tensor([float(e.is_supported) for e in batch], device=self.device)
        right = float(((logits > 0) == (labels > 0.5)).float().mean())
        return functional.binary_cross_entropy_with_logits(logits, labels), right

    def _logits(self, batch: list[Encoded]) -> torch.Tensor:
        ids = pad([e.ids for e in batch]).to(self.device)
        borders = torch.tensor([e.border for e in batch], device=self.device)
        mask = (ids != 0).long()
        segments = (torch.arange(ids.shape[1], device=self.device) >= borders[:, None]).long() * mask
        with self.autocast():
            found: torch.Tensor = self.model(ids, attention_mask=mask, token_type_ids=segments).logits
        return found.float().squeeze(-1)

    def _scores(self, claims: list[JudgedClaim]) -> dict[str, dict[str, float]]:
        """Share judged rightly at one half, by kind."""
        rows = self.encode(claims)
        order = sorted(range(len(rows)), key=lambda i: rows[i].length)
        right: dict[str, list[bool]] = defaultdict(list)
        with torch.no_grad():
            for start in range(0, len(order), self.recipe.batch_size):
                chosen = order[start : start + self.recipe.batch_size]
                logits = self._logits([rows[i] for i in chosen])
                for i, logit in zip(chosen, logits.tolist(), strict=True):
                    right[claims[i].kind].append((logit > 0) == claims[i].is_supported)
        return {k: {"n": len(v), "accuracy": round(sum(v) / len(v), 4)} for k, v in sorted(right.items())}


def train(recipe: CheckerRecipe) -> None:
    """Run a recipe from raw data to ``recipe.out / 'model'``."""
    CheckerTraining(recipe).run()
