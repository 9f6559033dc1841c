"""``summarize train …``: the recipes as commands. Nothing heavy is imported before one runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

LICENCE = "MIT"  # of everything that was trained here

_DATA = click.option(
    "--data",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the public research data (news/, fusion/, pairs/, events/, clusters/).",
)
_OUT = click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write to."
)


_SIZES = (
    ("--articles", "n_articles", "News articles to learn from."),
    ("--steps", "n_steps", "Optimiser steps."),
    ("--batch-size", "batch_size", "Examples per step."),
    ("--max-tokens", "max_tokens", "Longer input is left out."),
    ("--max-minutes", "max_minutes", "End by then, learning rate decayed."),
    ("--seed", "seed", None),
)


def _sizes(**defaults: float) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command those options of ``loop.Recipe`` that it has defaults for, and the seed."""
    given = {"seed": 20, **defaults}

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        for flag, field, meaning in reversed(_SIZES):
            if field in given:
                option = click.option(flag, field, default=given[field], show_default=True, help=meaning)
                command = option(command)
        return command

    return decorate


@click.group()
def train() -> None:
    """Repeat the recipes that made what is in models/.

    \b
    Example:
      summarize train writer --data data --out work/writer
    """


@train.command()
@_DATA
@_OUT
@_sizes(n_articles=20_000, n_steps=3_000, batch_size=48, max_tokens=144, max_minutes=120.0)
@click.option("--start", type=click.Path(exists=True, path_type=Path), help="Go on from this writer.")
@click.option("--rate-scale", default=1.0, show_default=True, help="Factor on all learning rates.")
@click.option(
    "--frozen-layers",
    "n_frozen_layers",
    default=2,
    show_default=True,
    help="Encoder layers that stay as they are.",
)
def writer(**recipe: Any) -> None:
    """Train the embedded writer; resumes from a checkpoint in --out.

    \b
    Example:
      summarize train writer --data data --out work/writer --steps 3000
    """
    from summarize.training.writer import WriterRecipe, train

    train(WriterRecipe(**recipe))


@train.command()
@_DATA
@_OUT
@_sizes(n_articles=7_000, n_steps=3_000, batch_size=32, max_tokens=192, max_minutes=60.0)
def checker(**recipe: Any) -> None:
    """Train the checker's model; resumes from a checkpoint in --out.

    \b
    Example:
      summarize train checker --data data --out work/checker --steps 3000
    """
    from summarize.training.checker import CheckerRecipe, train

    train(CheckerRecipe(**recipe))


@train.command()
@_DATA
@_OUT
@click.option("--articles", default=3_334, show_default=True, help="News articles to learn from.")
def punkt(data: Path, out: Path, articles: int) -> None:
    """Train the sentence splitter's parameters.

    \b
    Example:
      summarize train punkt --data data --out work/punkt
    """
    from summarize.segmentation import train_punkt
    from summarize.training.data import read_jsonl

    records = list(read_jsonl(data / "news" / "articles.jsonl.xz"))
    every = max(1, len(records) // articles)
    learned = train_punkt([r["text"] for r in records[::every]])
    out.mkdir(parents=True, exist_ok=True)
    stored = json.dumps(learned, ensure_ascii=False, separators=(",", ":")) + "\n"
    (out / "parameters.json").write_text(stored, encoding="utf-8")
    click.echo(
        f"{len(learned['abbrev_types'])} abbreviations, {len(learned['collocations'])} collocations", err=True
    )


@train.command()
@_DATA
@_OUT
@click.option("--roundups", "n_roundups", default=1_200, show_default=True, help="Roundups to learn from.")
def ranker(**recipe: Any) -> None:
    """Train the weights that tell what is worth saying.

    \b
    Example:
      summarize train ranker --data data --out work/ranker
    """
    from summarize.training.ranker import RankerRecipe, train

    train(RankerRecipe(**recipe))


@train.command()
@_DATA
@_OUT
@click.option("--roundups", "n_roundups", default=2_452, show_default=True, help="Roundups to learn from.")
def drafter(**recipe: Any) -> None:
    """Train the weights that tell which few sentences make the best text together.

    \b
    Example:
      summarize train drafter --data data --out work/drafter
    """
    from summarize.training.drafter import DrafterRecipe, train

    train(DrafterRecipe(**recipe))


@train.command()
@_DATA
@_OUT
def matcher(**recipe: Any) -> None:
    """Train the weights that tell whether two sentences state the same.

    \b
    Example:
      summarize train matcher --data data --out work/matcher
    """
    from summarize.training.matcher import MatcherRecipe, train

    train(MatcherRecipe(**recipe))


@train.command()
@_DATA
@_OUT
@_sizes(n_steps=1_185, batch_size=16, max_minutes=120.0)
@click.option("--encoder", required=True, help="all-mpnet-base-v2, by hub name or path.")
def cross_encoder(**recipe: Any) -> None:
    """Train the corrections that make a sentence encoder a cross-encoder; resumes from a checkpoint in --out.

    \b
    Example:
      summarize train cross-encoder --data data --out work/cross --encoder all-mpnet-base-v2
    """
    from summarize.training.cross_encoder import CrossEncoderRecipe, train

    train(CrossEncoderRecipe(**recipe))


@train.command()
@_DATA
@_OUT
def genre(**recipe: Any) -> None:
    """Train the weights that tell whether a sentence reports or argues.

    \b
    Example:
      summarize train genre --data data --out work/genre
    """
    from summarize.training.genre import GenreRecipe, train

    train(GenreRecipe(**recipe))


@train.command()
def manifest() -> None:
    """Write models/manifest.json anew from the folders that are there.

    \b
    Example:
      summarize train manifest
    """
    from summarize.resources import describe, models_dir
    from summarize.saving import save

    folder = models_dir()
    entries = [describe(card.parent, LICENCE) for card in sorted(folder.glob("*/README.md"))]
    text = json.dumps({"models": entries}, indent=1) + "\n"
    save(folder / "manifest.json", text.encode())
    click.echo(f"{folder / 'manifest.json'}: {', '.join(e['name'] for e in entries)}", err=True)
