"""``summarize train …``: the recipes as commands. Nothing heavy is imported before one runs."""

from __future__ import annotations

import json
from pathlib import Path

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
@click.option("--articles", default=20_000, show_default=True, help="News articles to learn from.")
@click.option("--steps", default=3_000, show_default=True, help="Optimiser steps.")
@click.option("--batch-size", default=48, show_default=True, help="Examples per step.")
@click.option("--max-tokens", default=144, show_default=True, help="Longer evidence is left out.")
@click.option("--max-minutes", default=120.0, show_default=True, help="End by then, learning rate decayed.")
@click.option("--start", type=click.Path(exists=True, path_type=Path), help="Go on from this writer.")
@click.option("--rate-scale", default=1.0, show_default=True, help="Factor on all learning rates.")
@click.option("--frozen-layers", default=2, show_default=True, help="Encoder layers that stay as they are.")
@click.option("--seed", default=20, show_default=True)
def writer(
    data: Path,
    out: Path,
    articles: int,
    steps: int,
    batch_size: int,
    max_tokens: int,
    max_minutes: float,
    start: Path | None,
    rate_scale: float,
    frozen_layers: int,
    seed: int,
) -> None:
    """Train the embedded writer; resumes from a checkpoint in --out.

    \b
    Example:
      summarize train writer --data data --out work/writer --steps 3000
    """
    from summarize.training import writer as recipe

    recipe.train(
        recipe.WriterRecipe(
            data=data,
            out=out,
            n_articles=articles,
            n_steps=steps,
            batch_size=batch_size,
            max_tokens=max_tokens,
            max_minutes=max_minutes,
            start=start,
            rate_scale=rate_scale,
            n_frozen_layers=frozen_layers,
            seed=seed,
        )
    )


@train.command()
@_DATA
@_OUT
@click.option("--articles", default=7_000, show_default=True, help="News articles to learn from.")
@click.option("--steps", default=3_000, show_default=True, help="Optimiser steps.")
@click.option("--batch-size", default=32, show_default=True, help="Claims per step.")
@click.option("--max-tokens", default=192, show_default=True, help="Longer pairs are left out.")
@click.option("--max-minutes", default=60.0, show_default=True, help="End by then, learning rate decayed.")
@click.option("--seed", default=20, show_default=True)
def checker(
    data: Path,
    out: Path,
    articles: int,
    steps: int,
    batch_size: int,
    max_tokens: int,
    max_minutes: float,
    seed: int,
) -> None:
    """Train the checker's model; resumes from a checkpoint in --out.

    \b
    Example:
      summarize train checker --data data --out work/checker --steps 3000
    """
    from summarize.training import checker as recipe

    recipe.train(
        recipe.CheckerRecipe(
            data=data,
            out=out,
            n_articles=articles,
            n_steps=steps,
            batch_size=batch_size,
            max_tokens=max_tokens,
            max_minutes=max_minutes,
            seed=seed,
        )
    )


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
