"""Measure the embedded writer against randomly initialised models of known sizes.

    python benchmarks/writing.py [--groups 12] [--tokens 28] [--beams 4] [--runs 3] [--folder seeds]

Every model writes from the same evidence, sentences of the folder in groups of one to three, in batches
of the same size sorted by length, with a key-value cache, the same beams and candidates, and the
precision that is chosen for this machine. The rivals run as the model library runs them, and only
tokenising and ``generate`` are timed. Random models never stop, so each writes exactly ``--tokens`` new
tokens per sentence. The embedded writer is measured twice, and everything that it does is timed:
writing as many tokens, and as used, where it stops by itself. Both times it is grounded and each text
gets the surface of its evidence. Repetitions are interleaved; what counts are the ratios of the
medians, because they can be compared between machines.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import torch
import transformers
from transformers import (
    AutoTokenizer,
    BartConfig,
    BartForConditionalGeneration,
    GenerationConfig,
    T5Config,
    T5ForConditionalGeneration,
)

from summarize.device import pick_device, pick_dtype
from summarize.log import quiet
from summarize.reading import read
from summarize.resources import verify
from summarize.segmentation import load_tokenizer, segment
from summarize.writing import EMBEDDED, WriterOptions, load_writer

WRITER = Path(__file__).parents[1] / "models" / "writer"
RIVALS = ("bart-large-cnn's size", "t5-small's size")
Group = tuple[str, ...]


def evidence(folder: Path, n_groups: int) -> list[Group]:
    """Return sentences of the folder's articles in groups of one, two, three, one …"""
    splitter = load_tokenizer(verify("punkt") / "parameters.json")
    texts = iter([s.text for a in read(folder).articles for s in segment(a, splitter)])
    sizes = islice(cycle((1, 2, 3)), n_groups)
    groups = [tuple(islice(texts, size)) for size in sizes]
    if not all(groups):
        raise SystemExit(f"{folder}: not enough sentences for {n_groups} groups; ask for fewer")
    return groups


def bart_large(dtype: torch.dtype) -> Any:
    """Return a random model of bart-large-cnn's size, 406 million parameters."""
    config = BartConfig(
        vocab_size=50_264,
        d_model=1024,
        encoder_layers=12,
        decoder_layers=12,
        encoder_attention_heads=16,
        decoder_attention_heads=16,
        encoder_ffn_dim=4096,
        decoder_ffn_dim=4096,
        forced_eos_token_id=None,
    )
    return BartForConditionalGeneration(config).to(dtype).eval()


def t5_small(dtype: torch.dtype) -> Any:
    """Return a random model of t5-small's size, 61 million parameters."""
    config = T5Config(
        vocab_size=32_128,
        d_model=512,
        d_ff=2048,
        d_kv=64,
        num_layers=6,
        num_heads=8,
        decoder_start_token_id=0,
    )
    return T5ForConditionalGeneration(config).to(dtype).eval()


def batches(groups: list[Group], tokenizer: Any, size: int) -> list[dict[str, torch.Tensor]]:
    """Return the rivals' inputs; the token ids of our tokenizer fit their larger vocabularies."""
    texts = sorted((EMBEDDED.source(g, "fuse") for g in groups), key=lambda t: len(tokenizer(t).input_ids))
    return [
        dict(tokenizer(texts[i : i + size], padding=True, return_tensors="pt", return_token_type_ids=False))
        for i in range(0, len(texts), size)
    ]


def rival(model: Any, tokenizer: Any, options: argparse.Namespace) -> Callable[[list[Group]], object]:
    """Return a function that lets a random model write."""
    settings = GenerationConfig(
        num_beams=options.beams,
        num_return_sequences=options.beams,
        min_new_tokens=options.tokens,
        max_new_tokens=options.tokens,
        decoder_start_token_id=model.config.decoder_start_token_id,
        eos_token_id=model.config.eos_token_id,
        pad_token_id=model.config.pad_token_id,
    )

    def write(groups: list[Group]) -> object:
        with torch.inference_mode():
            return [
                model.generate(**batch, generation_config=settings)
                for batch in batches(groups, tokenizer, WriterOptions().batch_size)
            ]

    return write


def ours(options: argparse.Namespace, **settings: int) -> Callable[[list[Group]], object]:
    """Return a function that lets the embedded writer write."""
    chosen = WriterOptions(
        n_beams=options.beams, n_candidates=options.beams, device="cpu", convention=EMBEDDED, **settings
    )
    writer = load_writer(str(WRITER), chosen)
    return lambda groups: writer.write(groups, task="fuse")


def measured(options: argparse.Namespace, dtype: torch.dtype) -> dict[str, Callable[[list[Group]], object]]:
    """Return what is compared, by name."""
    torch.manual_seed(0)
    tokenizer = AutoTokenizer.from_pretrained(WRITER)
    return {
        RIVALS[0]: rival(bart_large(dtype), tokenizer, options),
        RIVALS[1]: rival(t5_small(dtype), tokenizer, options),
        "ours, as many tokens": ours(options, min_tokens=options.tokens, max_tokens=options.tokens),
        "ours, as used": ours(options),
    }


def seconds(write: Callable[[list[Group]], object], groups: list[Group]) -> float:
    """Return how long all groups take."""
    started = time.perf_counter()
    write(groups)
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--groups", type=int, default=12)
    parser.add_argument("--tokens", type=int, default=28, help="new tokens per sentence")
    parser.add_argument("--beams", type=int, default=4)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=Path(__file__).parents[1] / "seeds")
    options = parser.parse_args()
    dtype = pick_dtype("auto", pick_device("cpu"))
    groups = evidence(options.folder, options.groups)
    with quiet():
        functions = measured(options, dtype)
        for write in functions.values():
            write(groups[:1])  # not counted: first calls allocate
        times: dict[str, list[float]] = {name: [] for name in functions}
        for _ in range(options.runs):
            for name, write in functions.items():
                times[name].append(seconds(write, groups))
    rates = {name: len(groups) / statistics.median(taken) for name, taken in times.items()}
    print(
        f"torch {torch.__version__}, transformers {transformers.__version__}, "
        f"{torch.get_num_threads()} threads, {str(dtype).removeprefix('torch.')}; {len(groups)} groups, "
        f"{options.beams} beams and candidates, {options.tokens} tokens, median of {options.runs}"
    )
    for name, rate in rates.items():
        ratios = "".join(f", {rate / rates[r]:.1f} times {r}" for r in RIVALS if name not in RIVALS)
        print(f"{name}: {rate:.2f} sentences/s{ratios}")


if __name__ == "__main__":
    main()
