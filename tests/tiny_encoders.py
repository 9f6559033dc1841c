"""Tiny encoders that the tests make, in the form of the shipped ones."""

from __future__ import annotations

from pathlib import Path

import torch
from transformers import BertConfig, BertTokenizerFast, PreTrainedModel

WORDS = "a storm closed the bridge harbour of on sunday monday , . and it hurt trade".split()


def save_tiny(path: Path, kind: type[PreTrainedModel], **more: int) -> Path:
    """Save a model of some kind with its tokenizer; it knows :data:`WORDS`."""
    vocabulary = path / "vocab.txt"
    vocabulary.write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS]), encoding="utf-8")
    torch.manual_seed(1)
    sizes = {"hidden_size": 16, "num_attention_heads": 2, "intermediate_size": 16, **more}
    kind(BertConfig(vocab_size=5 + len(WORDS), **sizes)).save_pretrained(path)
    BertTokenizerFast(vocab_file=str(vocabulary)).save_pretrained(path)
    return path
