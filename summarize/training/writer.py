"""Train the embedded writer: a small encoder-decoder that starts from MiniLM.

The encoder is all-MiniLM-L6-v2. Its layers are post-norm like BART's, so the same weights run as
``BartForConditionalGeneration``, which ties one word-embedding matrix between encoder, decoder and
output. The decoder's layers, and their cross-attention, start from the encoder's layers 0, 2 and 4
(compare Rothe et al. 2020, "Leveraging Pre-trained Checkpoints for Sequence Generation Tasks").
Word embeddings and the lowest encoder layers stay as they are. The softmax runs over the words of
the batch and the most frequent ones only.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional
from transformers import BartConfig, BartForConditionalGeneration, BertModel, BertTokenizerFast

from summarize.resources import embedder_dir, models_dir
from summarize.segmentation import load_tokenizer
from summarize.training.corpus import test_examples, writer_examples
from summarize.training.examples import Example
from summarize.training.loop import Recipe, Training, pad

DECODER_LAYERS = (0, 2, 4)  # encoder layers that the decoder's layers start from
LOGIT_SCALE = 0.5
POSITION_OFFSET = 2  # BART's position table starts with two unused rows


@dataclass(frozen=True, slots=True)
class WriterRecipe(Recipe):
    """Everything that decides the writer."""

    max_tokens: int = 144
    start: Path | None = None  # a writer to go on from, instead of the embedder
    max_target_tokens: int = 72
    decoder_rate: float = 1e-3
    encoder_rate: float = 1.5e-4
    n_frozen_layers: int = 2
    n_frequent: int = 1_500
    label_smoothing: float = 0.05


@dataclass(frozen=True, slots=True)
class Encoded:
    """Token ids of one example; the target ends with [SEP]."""

    source: np.ndarray
    target: np.ndarray

    @property
    def length(self) -> int:
        return len(self.source)


def build_model(encoder: BertModel) -> BartForConditionalGeneration:
    """Rebuild a BERT encoder as BART and give it a decoder made of its own layers."""
    bert = encoder.config
    config = BartConfig(
        vocab_size=bert.vocab_size,
        d_model=bert.hidden_size,
        encoder_layers=bert.num_hidden_layers,
        decoder_layers=len(DECODER_LAYERS),
        encoder_attention_heads=bert.num_attention_heads,
        decoder_attention_heads=bert.num_attention_heads,
        encoder_ffn_dim=bert.intermediate_size,
        decoder_ffn_dim=bert.intermediate_size,
        max_position_embeddings=bert.max_position_embeddings,
        activation_function="gelu",
        pad_token_id=0,
        bos_token_id=101,
        eos_token_id=102,
        decoder_start_token_id=101,
        forced_eos_token_id=None,
        forced_bos_token_id=None,
    )
    model = BartForConditionalGeneration(config)
    with torch.no_grad():
        _copy_embeddings(encoder, model)
        for own, theirs in zip(model.model.encoder.layers, encoder.encoder.layer, strict=True):
            _copy_layer(theirs, own)
        for own, index in zip(model.model.decoder.layers, DECODER_LAYERS, strict=True):
            theirs = encoder.encoder.layer[index]
            _copy_layer(theirs, own)
            _copy_attention(theirs.attention, own.encoder_attn)
            own.encoder_attn_layer_norm.load_state_dict(theirs.attention.output.LayerNorm.state_dict())
        last = model.model.decoder.layers[-1].final_layer_norm
        last.weight.mul_(LOGIT_SCALE)
        last.bias.mul_(LOGIT_SCALE)
    return model


def _copy_embeddings(encoder: BertModel, model: BartForConditionalGeneration) -> None:
    """Copy words, positions (with segment 0 folded in) and the norm above them."""
    theirs = encoder.embeddings
    model.model.shared.weight.copy_(theirs.word_embeddings.weight)
    positions = theirs.position_embeddings.weight + theirs.token_type_embeddings.weight[0]
    for part in (model.model.encoder, model.model.decoder):
        part.embed_positions.weight[POSITION_OFFSET:].copy_(positions)
        part.layernorm_embedding.load_state_dict(theirs.LayerNorm.state_dict())


def _copy_layer(theirs: Any, own: Any) -> None:
    _copy_attention(theirs.attention, own.self_attn)
    own.self_attn_layer_norm.load_state_dict(theirs.attention.output.LayerNorm.state_dict())
    own.fc1.load_state_dict(theirs.intermediate.dense.state_dict())
    own.fc2.load_state_dict(theirs.output.dense.state_dict())
    own.final_layer_norm.load_state_dict(theirs.output.LayerNorm.state_dict())


def _copy_attention(theirs: Any, own: Any) -> None:
    own.q_proj.load_state_dict(theirs.self.query.state_dict())
    own.k_proj.load_state_dict(theirs.self.key.state_dict())
    own.v_proj.load_state_dict(theirs.self.value.state_dict())
    own.out_proj.load_state_dict(theirs.output.dense.state_dict())


def encode(examples: list[Example], tokenizer: BertTokenizerFast, recipe: WriterRecipe) -> list[Encoded]:
    """Tokenise; examples that would have to be cut are left out, since a cut target teaches cutting."""
    sources = [f"{e.task}: " + " [SEP] ".join(e.evidence) for e in examples]
    ids = tokenizer(sources, add_special_tokens=True)["input_ids"]
    targets = tokenizer([e.target for e in examples], add_special_tokens=True)["input_ids"]
    return [
        Encoded(np.array(s, dtype=np.int64), np.array(t, dtype=np.int64))
        for s, t in zip(ids, targets, strict=True)
        if len(s) <= recipe.max_tokens and len(t) <= recipe.max_target_tokens
    ]


def frequent_ids(encoded: list[Encoded], n: int) -> torch.Tensor:
    """Return the ids of the ``n`` most frequent target tokens."""
    counts = np.bincount(np.concatenate([e.target for e in encoded]))
    return torch.from_numpy(np.argsort(-counts)[:n].copy())


class WriterTraining(Training):
    """A run of the writer's recipe."""

    recipe: WriterRecipe
    model: BartForConditionalGeneration

    def __init__(self, recipe: WriterRecipe) -> None:
        super().__init__(recipe)
        self.tokenizer = BertTokenizerFast.from_pretrained(embedder_dir())
        self.model = self._start().to(self.device)
        self._freeze()
        self.frequent = torch.empty(0, dtype=torch.long)
        parts = self.model.model
        self.optimise(
            [
                ([p for p in parts.encoder.parameters() if p.requires_grad], recipe.encoder_rate),
                ([p for p in parts.decoder.parameters() if p.requires_grad], recipe.decoder_rate),
            ]
        )

    def _start(self) -> BartForConditionalGeneration:
        if self.recipe.start:
            return BartForConditionalGeneration.from_pretrained(self.recipe.start, dtype=torch.float32)
        return build_model(BertModel.from_pretrained(embedder_dir(), add_pooling_layer=False))

    def _freeze(self) -> None:
        frozen = [self.model.model.shared, self.model.model.encoder.embed_positions]
        frozen += [self.model.model.encoder.layernorm_embedding]
        frozen += list(self.model.model.encoder.layers[: self.recipe.n_frozen_layers])
        for module in frozen:
            module.requires_grad_(False)

    def run(self) -> None:
        """Train, measure on the test part and save the model."""
        recipe, punkt = self.recipe, load_tokenizer(models_dir() / "punkt" / "parameters.json")
        found = list(writer_examples(recipe.data, punkt, recipe.n_articles, recipe.seed))
        rows = encode(found, self.tokenizer, recipe)
        print(f"event=data examples={len(rows)} of={len(found)}", flush=True)
        self.frequent = frequent_ids(rows, recipe.n_frequent)
        self.fit(rows)
        tests = test_examples(recipe.data, punkt, recipe.seed)
        encoded = {name: encode(found, self.tokenizer, recipe) for name, found in tests.items()}
        self.save_report(
            {name: {"n": len(r), "accuracy": round(self._accuracy(r), 4)} for name, r in encoded.items() if r}
        )
        export(self.model, self.tokenizer, recipe.out / "model")

    def loss(self, batch: list[Encoded]) -> tuple[torch.Tensor, float]:
        """Cross-entropy over the words of the batch and the frequent ones, and next-token accuracy."""
        source = pad([e.source for e in batch]).to(self.device)
        target = pad([e.target for e in batch]).to(self.device)
        vocabulary = torch.unique(
            torch.cat([source.flatten(), target.flatten(), self.frequent.to(self.device)])
        )
        with self.autocast():
            hidden = self.model.model(
                input_ids=source,
                attention_mask=(source != 0).long(),
                decoder_input_ids=target[:, :-1],
                use_cache=False,
            ).last_hidden_state
            logits = hidden @ self.model.model.shared.weight[vocabulary].T
        labels = torch.searchsorted(vocabulary, target[:, 1:].contiguous())
        labels[target[:, 1:] == 0] = -100
        flat = logits.float().flatten(0, 1)
        loss = functional.cross_entropy(
            flat, labels.flatten(), ignore_index=-100, label_smoothing=self.recipe.label_smoothing
        )
        with torch.no_grad():
            kept = labels.flatten() != -100
            accuracy = float((flat.argmax(-1)[kept] == labels.flatten()[kept]).float().mean())
        return loss, accuracy

    def _accuracy(self, rows: list[Encoded]) -> float:
        """Next-token accuracy over a test set, weighted by batch."""
        size = self.recipe.batch_size
        rows = sorted(rows, key=lambda e: len(e.source))
        with torch.no_grad():
            found = [self.loss(rows[i : i + size])[1] for i in range(0, len(rows), size)]
        return math.fsum(found) / len(found)


def export(model: BartForConditionalGeneration, tokenizer: BertTokenizerFast, folder: Path) -> None:
    """Save half-precision weights and the tokenizer, loadable through ``AutoModelForSeq2SeqLM``."""
    half = model.to("cpu").to(torch.float16)
    half.generation_config.num_beams = 1
    half.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    settings = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8"))
    settings["model_input_names"] = ["input_ids", "attention_mask"]  # BART has no segments
    (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")


def train(recipe: WriterRecipe) -> None:
    """Run a recipe from raw data to ``recipe.out / 'model'``."""
    WriterTraining(recipe).run()
