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
import random
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
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

DECODER_LAYERS = (0, 2, 4)  # encoder layers that the decoder's layers start from
LOGIT_SCALE = 0.5
POSITION_OFFSET = 2  # BART's position table starts with two unused rows


@dataclass(frozen=True, slots=True)
class WriterRecipe:
    """Everything that decides the result; the same recipe runs on CPU and GPU with other sizes."""

    data: Path
    out: Path
    n_articles: int = 20_000
    n_steps: int = 2_600
    batch_size: int = 48
    max_source_tokens: int = 144
    max_target_tokens: int = 72
    decoder_rate: float = 1e-3
    encoder_rate: float = 1.5e-4
    n_frozen_layers: int = 2
    n_frequent: int = 1_500
    label_smoothing: float = 0.05
    warmup_steps: int = 150
    decay_share: float = 0.25  # of all steps, at the end
    max_minutes: float = 100.0  # the decay begins in time to end within this
    save_every_s: float = 240.0
    seed: int = 20


@dataclass(frozen=True, slots=True)
class Encoded:
    """Token ids of one example; the target ends with [SEP]."""

    source: np.ndarray
    target: np.ndarray


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
        if len(s) <= recipe.max_source_tokens and len(t) <= recipe.max_target_tokens
    ]


def batches(encoded: list[Encoded], size: int, rng: random.Random) -> Iterator[list[Encoded]]:
    """Yield shuffled batches of similar length, for ever."""
    while True:
        order = list(range(len(encoded)))
        rng.shuffle(order)
        for start in range(0, len(order), size * 40):
            pool = sorted(order[start : start + size * 40], key=lambda i: len(encoded[i].source))
            groups = [pool[i : i + size] for i in range(0, len(pool), size)]
            rng.shuffle(groups)
            for group in groups:
                yield [encoded[i] for i in group]


def pad(rows: list[np.ndarray]) -> torch.Tensor:
    """Stack rows of different length, zero-padded, shape (n_rows, longest)."""
    out = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return torch.from_numpy(out)


def frequent_ids(encoded: list[Encoded], n: int) -> torch.Tensor:
    """Return the ids of the ``n`` most frequent target tokens."""
    counts = np.bincount(np.concatenate([e.target for e in encoded]))
    return torch.from_numpy(np.argsort(-counts)[:n].copy())


class Trainer:
    """One training run; its state is saved in ``recipe.out / 'checkpoint.pt'`` and resumed from there."""

    def __init__(self, recipe: WriterRecipe) -> None:
        torch.manual_seed(recipe.seed)
        self.recipe = recipe
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.tokenizer = BertTokenizerFast.from_pretrained(embedder_dir())
        encoder = BertModel.from_pretrained(embedder_dir(), add_pooling_layer=False)
        self.model = build_model(encoder).to(self.device)
        self._freeze()
        self.optimizer = torch.optim.AdamW(self._groups(), weight_decay=0.01, betas=(0.9, 0.98))
        self.step = 0
        self.elapsed_s = 0.0
        self.log: list[dict[str, float]] = []

    def _freeze(self) -> None:
        frozen = [self.model.model.shared, self.model.model.encoder.embed_positions]
        frozen += [self.model.model.encoder.layernorm_embedding]
        frozen += list(self.model.model.encoder.layers[: self.recipe.n_frozen_layers])
        for module in frozen:
            module.requires_grad_(False)

    def _groups(self) -> list[dict[str, Any]]:
        encoder = [p for p in self.model.model.encoder.parameters() if p.requires_grad]
        decoder = [p for p in self.model.model.decoder.parameters() if p.requires_grad]
        return [
            {"params": encoder, "lr": self.recipe.encoder_rate, "base": self.recipe.encoder_rate},
            {"params": decoder, "lr": self.recipe.decoder_rate, "base": self.recipe.decoder_rate},
        ]

    def run(self) -> None:
        """Train to the end of the recipe, then save the model."""
        train, tests = self._load_data()
        frequent = frequent_ids(train, self.recipe.n_frequent)
        self._resume()
        feed = batches(train, self.recipe.batch_size, random.Random(self.recipe.seed + self.step))
        started, saved = time.monotonic() - self.elapsed_s, time.monotonic()
        window: list[tuple[float, float]] = []
        while (progress := self._progress(time.monotonic() - started)) < 1.0:
            self._set_rate(progress)
            window.append(self._train_step(next(feed), frequent))
            if self.step % 50 == 0:
                self._report(window, time.monotonic() - started)
                window = []
            if time.monotonic() - saved > self.recipe.save_every_s:
                self.elapsed_s, saved = time.monotonic() - started, time.monotonic()
                self._checkpoint()
        self.elapsed_s = time.monotonic() - started
        self._checkpoint()
        self._finish(tests, frequent)

    def _load_data(self) -> tuple[list[Encoded], dict[str, list[Encoded]]]:
        recipe, punkt = self.recipe, load_tokenizer(models_dir() / "punkt" / "parameters.json")
        found = list(writer_examples(recipe.data, punkt, recipe.n_articles, recipe.seed))
        train = encode(found, self.tokenizer, recipe)
        tests = test_examples(recipe.data, punkt, recipe.seed)
        print(f"event=data examples={len(train)} of={len(found)}", flush=True)
        return train, {name: encode(rows, self.tokenizer, recipe) for name, rows in tests.items()}

    def _progress(self, elapsed_s: float) -> float:
        return max(self.step / self.recipe.n_steps, elapsed_s / (self.recipe.max_minutes * 60))

    def _set_rate(self, progress: float) -> None:
        """Warm up, hold, then decay linearly to a fiftieth over the last part."""
        left = (1.0 - progress) / self.recipe.decay_share
        factor = min(1.0, (self.step + 1) / self.recipe.warmup_steps, max(left, 0.02))
        for group in self.optimizer.param_groups:
            group["lr"] = group["base"] * factor

    def _train_step(self, batch: list[Encoded], frequent: torch.Tensor) -> tuple[float, float]:
        self.model.train()
        loss, accuracy = self._loss(batch, frequent)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        return float(loss.detach()), accuracy

    def _loss(self, batch: list[Encoded], frequent: torch.Tensor) -> tuple[torch.Tensor, float]:
        """Cross-entropy over the words of the batch and the frequent ones, and next-token accuracy."""
        source = pad([e.source for e in batch]).to(self.device)
        target = pad([e.target for e in batch]).to(self.device)
        vocabulary = torch.unique(torch.cat([source.flatten(), target.flatten(), frequent.to(self.device)]))
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
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

    def _report(self, window: list[tuple[float, float]], elapsed_s: float) -> None:
        loss, accuracy = (sum(column) / len(window) for column in zip(*window, strict=True))
        entry = {"step": self.step, "loss": round(loss, 4), "accuracy": round(accuracy, 4)}
        self.log.append({**entry, "seconds": round(elapsed_s)})
        print(" ".join(f"{k}={v}" for k, v in self.log[-1].items()), flush=True)

    def _checkpoint(self) -> None:
        self.recipe.out.mkdir(parents=True, exist_ok=True)
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "elapsed_s": self.elapsed_s,
            "log": self.log,
        }
        partial = self.recipe.out / "checkpoint.partial"
        torch.save(state, partial)
        partial.replace(self.recipe.out / "checkpoint.pt")

    def _resume(self) -> None:
        path = self.recipe.out / "checkpoint.pt"
        if path.exists():
            state = torch.load(path, map_location=self.device)
            self.model.load_state_dict(state["model"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.step, self.elapsed_s, self.log = state["step"], state["elapsed_s"], state["log"]
            print(f"event=resumed step={self.step}", flush=True)

    def _finish(self, tests: dict[str, list[Encoded]], frequent: torch.Tensor) -> None:
        scores = {name: round(self._accuracy(rows, frequent), 4) for name, rows in tests.items() if rows}
        for name, accuracy in scores.items():
            print(f"event=tested set={name} n={len(tests[name])} accuracy={accuracy}", flush=True)
        recipe = {k: v for k, v in asdict(self.recipe).items() if k not in ("data", "out")}
        report = {"recipe": recipe, "test_accuracy": scores, "log": self.log}
        (self.recipe.out / "training.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
        export(self.model, self.tokenizer, self.recipe.out / "model")

    def _accuracy(self, rows: list[Encoded], frequent: torch.Tensor) -> float:
        """Next-token accuracy over a test set, weighted by batch."""
        self.model.eval()
        size = self.recipe.batch_size
        rows = sorted(rows, key=lambda e: len(e.source))
        with torch.no_grad():
            found = [self._loss(rows[i : i + size], frequent)[1] for i in range(0, len(rows), size)]
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
    Trainer(recipe).run()
