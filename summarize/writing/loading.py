"""Load a seq2seq model and its tokenizer, quietly, or say clearly why it can't be done."""

from __future__ import annotations

import hashlib
import inspect
import json
import pickle
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch
from huggingface_hub import constants
from safetensors import SafetensorError
from transformers import AutoConfig, AutoModelForSeq2SeqLM, AutoTokenizer

from summarize.device import pick_device, pick_dtype
from summarize.errors import ModelError
from summarize.log import quiet
from summarize.writing.conventions import WriterOptions

_DEFAULT_SOURCE_TOKENS = 1024
_NO_LIMIT = 1_000_000  # tokenizers that know no limit name a larger one
_SAMPLES, _SAMPLE_BYTES = 64, 4096
# Trained in bfloat16; their activations overflow float16.
_OVERFLOWING = ("t5", "mt5", "umt5", "longt5", "pegasus")
_LOAD_ERRORS = (
    OSError, ValueError, RuntimeError, KeyError, TypeError, AttributeError, ImportError, EOFError,
    SafetensorError, pickle.UnpicklingError,
)  # fmt: skip


def load(name: str, options: WriterOptions) -> tuple[Any, Any, WriterOptions]:
    """Return model, tokenizer, and the options with the length limits filled in.

    What is in the cache is used without asking the hub.
    """
    device = pick_device(options.device)
    with quiet():
        config, tokenizer = _describe(name)
        dtype = _dtype(options.dtype, device, config.model_type)
        model = _weights(name, dtype)
    if options.convention.global_attention != "none":
        _require_global_attention(name, model)
    return model.to(device).eval(), tokenizer, _limited(options, tokenizer, config)


def _describe(name: str) -> tuple[Any, Any]:
    """Return configuration and tokenizer."""
    return _from_cache_or_hub(
        name,
        lambda local: (
            AutoConfig.from_pretrained(name, local_files_only=local),
            AutoTokenizer.from_pretrained(name, local_files_only=local),
        ),
    )


def _weights(name: str, dtype: torch.dtype) -> Any:
    model, report = _from_cache_or_hub(
        name,
        lambda local: AutoModelForSeq2SeqLM.from_pretrained(
            name, dtype=dtype, local_files_only=local, output_loading_info=True
        ),
    )
    if missing := sorted(report["missing_keys"]):
        raise _unusable(name, f"{len(missing)} weights are missing, the first is {missing[0]}")
    return model


def _from_cache_or_hub(name: str, read: Callable[[bool], tuple[Any, Any]]) -> tuple[Any, Any]:
    """Read what is on this machine; ask the hub only for what is not."""
    last: Exception | None = None
    for local in (True,) if Path(name).is_dir() else (True, False):
        try:
            return read(local)
        except _LOAD_ERRORS as error:
            last = error
    raise _unusable(name, last) from last


def _unusable(name: str, reason: object) -> ModelError:
    first_line = next(
        (line.strip() for line in str(reason).splitlines() if line.strip()), type(reason).__name__
    )
    return ModelError(
        f'writer "{name}" can\'t be loaded: {first_line}\n'
        f"  looked for a folder of that name, in the cache {constants.HF_HUB_CACHE} and on the model hub;\n"
        "  check the name and the connection, or use the writer that comes with summarize: --writer embedded"
    )


def _dtype(name: str, device: torch.device, model_type: str) -> torch.dtype:
    dtype = pick_dtype(name, device)
    if name == "auto" and dtype is torch.float16 and model_type in _OVERFLOWING:
        return torch.float32
    return dtype


def _require_global_attention(name: str, model: Any) -> None:
    if "global_attention_mask" not in inspect.signature(model.forward).parameters:
        raise ModelError(f'writer "{name}" has no global attention: set writer.global_attention to "none"')


def _limited(options: WriterOptions, tokenizer: Any, config: Any) -> WriterOptions:
    """Cap lengths by what the model and its tokenizer can take."""
    wanted = options.max_source_tokens or options.convention.max_source_tokens
    if wanted is None:
        told = tokenizer.model_max_length
        wanted = told if told < _NO_LIMIT else _DEFAULT_SOURCE_TOKENS
    source = _positions(getattr(config, "encoder", config), "encoder")
    target = _positions(getattr(config, "decoder", config), "decoder")
    return replace(
        options,
        max_source_tokens=min(wanted, source),
        max_tokens=min(options.max_tokens, target - 2),
        min_tokens=min(options.min_tokens, target - 2),
    )


def _positions(config: Any, side: str) -> int:
    """Return how many positions one side has; relative positions have no end."""
    for key in (f"max_{side}_position_embeddings", "max_position_embeddings"):
        if isinstance(value := getattr(config, key, None), int):
            return value
    return _NO_LIMIT


def signature_of(name: str, model: Any, options: WriterOptions, fingerprint: str | None = None) -> str:
    """Return a short text that names the weights and everything that decides what is written."""
    weights = fingerprint or getattr(model.config, "_commit_hash", None) or _fingerprint(Path(name))
    decisive = {k: v for k, v in asdict(options).items() if k != "device"}
    decisive["dtype"] = str(model.dtype)
    settings = hashlib.sha256(json.dumps(decisive, sort_keys=True).encode()).hexdigest()
    label = Path(name).name if Path(name).is_dir() else name
    return f"{label}@{weights[:12]}+{settings[:8]}"


def _fingerprint(folder: Path) -> str:
    """Hash a model's small files whole and its weights by size, head and evenly spread samples.

    Reading all of a large model would take longer than loading it; a training step changes every sample.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*")):
        if path.suffix not in (".json", ".txt", ".model", ".safetensors", ".bin"):
            continue
        size = path.stat().st_size
        digest.update(f"{path.name}:{size}\n".encode())
        with path.open("rb") as file:
            for i in range(_SAMPLES):
                file.seek(i * size // _SAMPLES)
                digest.update(file.read(_SAMPLE_BYTES))
    return digest.hexdigest()
