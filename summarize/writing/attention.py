"""Attention for beam search on few cores: the beams of a group share the keys and values of its evidence.

The model library repeats the evidence for each beam. Here the beams of a group are the queries of one
attention instead, which reads the evidence once; and products written out are faster on a processor than
the fused kernel, whose queries are one token long. The numbers are the same up to rounding.
"""

from __future__ import annotations

from typing import Any

import torch
from transformers import AttentionInterface, AttentionMaskInterface
from transformers.masking_utils import eager_mask

NAME = "shared_evidence"
_MODEL_TYPES = ("bart",)  # whose attention is handed keys and values of any number of rows


def share_evidence(model: Any) -> None:
    """Let a model's beams share their evidence, where its kind is known to work so."""
    if model.config.model_type in _MODEL_TYPES:
        AttentionInterface.register(NAME, attend)
        AttentionMaskInterface.register(NAME, eager_mask)
        model.set_attn_implementation(NAME)


def shares_evidence(model: Any) -> bool:
    """Tell whether keys and values of the evidence need not be repeated for each beam."""
    return bool(getattr(model.config, "_attn_implementation", None) == NAME)


def attend(
    module: torch.nn.Module,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor | None,
    scaling: float | None = None,
    **_: Any,
) -> tuple[torch.Tensor, None]:
    """Scaled dot-product attention (Vaswani et al. 2017), with fewer rows of keys than of queries if shared.

    :param query: shape (n_rows, n_heads, n_queries, dim); ``n_queries`` is 1 where rows share their keys.
    :param key: shape (n_groups, n_heads, n_keys, dim); ``n_rows`` is a multiple of ``n_groups``.
    :param value: as ``key``.
    :param attention_mask: added to the logits, shape (n_rows, 1, n_queries, n_keys).
    :return: shape (n_rows, n_queries, n_heads, dim), and no weights.
    """
    n_rows, n_heads, _n_queries, dim = query.shape
    n_beams = n_rows // key.shape[0]
    if n_beams > 1:
        query = query.view(-1, n_beams, n_heads, dim).transpose(1, 2)
        attention_mask = attention_mask[::n_beams] if attention_mask is not None else None
    logits = query @ key.transpose(2, 3) * (dim**-0.5 if scaling is None else scaling)
    if attention_mask is not None:
        logits = logits + attention_mask
    mixed = (logits.softmax(-1, dtype=torch.float32).to(value.dtype) @ value).transpose(1, 2)
    return mixed.reshape(n_rows, -1, n_heads, dim), None
