"""Embed: texts → unit vectors, with any sentence-transformers model.

Reimers & Gurevych (2019), "Sentence-BERT": token vectors are pooled as the model's own configuration
says, then scaled to length one. The stage does not know what a text is for. A text's vector does not
depend on the texts beside it: each is padded by its own length, not by the longest of its batch.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer
from transformers.utils import cached_file

from summarize.device import pick_device, pick_dtype
from summarize.errors import ModelError
from summarize.log import quiet

_DEFAULT_MAX_TOKENS = 256
# Texts are padded to a multiple of so many tokens. In bfloat16 another width of the batch changes one vector
# in ten, by up to 0.002; and batches of one width cost a third less than ones sorted by characters.
_WIDTH = 8


@dataclass(frozen=True, slots=True)
class Layout:
    """What a sentence-transformers folder says about pooling."""

    pooling: str  # mean | cls | max
    max_tokens: int


class TransformerEmbedder:
    """An :class:`~summarize.types.Embedder` around a transformers encoder."""

    def __init__(
        self, model: Any, tokenizer: Any, layout: Layout, signature: str, batch_size: int = 64
    ) -> None:
        self._model = model.eval()
        self._tokenizer = tokenizer
        self._layout = layout
        self._batch_size = batch_size
        self.signature = signature

    def embed(self, texts: list[str]) -> np.ndarray:
        """Return unit rows, float32, shape (len(texts), dim); a text may stand in the list twice."""
        if not texts:
            return np.zeros((0, self._model.config.hidden_size), dtype=np.float32)
        vector_of: dict[str, np.ndarray] = {}
        for width, own in sorted(self._by_width(sorted(set(texts))).items()):
            for i in range(0, len(own), self._batch_size):
                batch = own[i : i + self._batch_size]
                vector_of.update(zip(batch, self._embed_batch(batch, width), strict=True))
        return np.stack([vector_of[t] for t in texts])

    def _by_width(self, texts: list[str]) -> dict[int, list[str]]:
        """Group texts by the number of tokens that they are padded to."""
        tokens = self._tokenizer(texts, truncation=True, max_length=self._layout.max_tokens)["input_ids"]
        groups = by_width([len(own) for own in tokens], self._layout.max_tokens)
        return {width: [texts[i] for i in own] for width, own in groups.items()}

    def _embed_batch(self, texts: list[str], width: int) -> np.ndarray:
        batch = self._tokenizer(
            texts, padding="max_length", truncation=True, max_length=width, return_tensors="pt"
        ).to(self._model.device)
        with torch.inference_mode():
            hidden = self._model(**batch).last_hidden_state.float()
        pooled = pool(hidden, batch["attention_mask"], self._layout.pooling)
        return np.asarray(torch.nn.functional.normalize(pooled, dim=1).cpu().numpy(), dtype=np.float32)


def by_width(lengths: Sequence[int], max_tokens: int) -> dict[int, list[int]]:
    """Group the indices of what is so many tokens long by the number of tokens that it is padded to."""
    found: dict[int, list[int]] = defaultdict(list)
    for i, length in enumerate(lengths):
        found[min(-(-length // _WIDTH) * _WIDTH, max_tokens)].append(i)
    return found


def pool(hidden: torch.Tensor, mask: torch.Tensor, how: str) -> torch.Tensor:
    """Pool token vectors, (n, tokens, dim) → (n, dim), padding left out."""
    if how == "cls":
        return hidden[:, 0]
    weights = mask.unsqueeze(-1).to(hidden.dtype)
    if how == "max":
        return hidden.masked_fill(weights == 0, -torch.inf).amax(1)
    return (hidden * weights).sum(1) / weights.sum(1)


def load_embedder(
    name: str,
    *,
    batch_size: int = 64,
    device: str = "auto",
    dtype: str = "auto",
    fingerprint: str | None = None,
) -> TransformerEmbedder:
    """Load a sentence-transformers model by hub name or local path.

    :param fingerprint: what identifies the weights in the brief's signature; default: the name.
    :raises ModelError: if it can't be found, reached or read.
    """
    place = pick_device(device)
    try:
        # Every model has it: without the model, or the hub, this fails at once and not file by file.
        cached_file(name, "config.json")
        layout = _read_layout(name)
        with quiet():
            tokenizer = AutoTokenizer.from_pretrained(name)
            model = AutoModel.from_pretrained(name, dtype=pick_dtype(dtype, place)).to(place)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        reason = (
            str(error).strip().splitlines()[0].rstrip(".") if str(error).strip() else type(error).__name__
        )
        raise ModelError(
            f'embedder "{name}" can\'t be loaded: {reason}. Check the name or path, or the connection to the '
            "hub, or use the embedded one: --embedder embedded"
        ) from error
    return TransformerEmbedder(model, tokenizer, layout, fingerprint or name, batch_size)


def _read_layout(name: str) -> Layout:
    modules = _read_json(name, "modules.json") or []
    kinds = [m["type"].rsplit(".", 1)[-1] for m in modules]
    if unknown := set(kinds) - {"Transformer", "Pooling", "Normalize"}:
        raise ValueError(f"its modules {', '.join(sorted(unknown))} are not supported")
    pooling: dict[str, Any] = {}
    for module, kind in zip(modules, kinds, strict=True):
        if kind == "Pooling":
            pooling = _read_json(name, f"{module['path']}/config.json") or {}
    how = "mean"
    for kind, key in (("cls", "pooling_mode_cls_token"), ("max", "pooling_mode_max_tokens")):
        how = kind if pooling.get(key) else how
    limits = _read_json(name, "sentence_bert_config.json") or {}
    return Layout(how, int(limits.get("max_seq_length") or _DEFAULT_MAX_TOKENS))


def _read_json(name: str, file: str) -> Any:
    """Read a file of the model, or None where a plain transformers model has none."""
    found = cached_file(name, file, _raise_exceptions_for_missing_entries=False)
    return json.loads(Path(found).read_text(encoding="utf-8")) if found else None
