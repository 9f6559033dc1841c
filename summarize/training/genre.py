"""Train the genre model: which sentences argue, learnt from whole articles.

Distant supervision: all sentences of an article that is labelled as opinion, or whose wording argues, count
as arguing, and those of one whose wording reports as reporting. The sentences that an article of either kind
has of the other one are noise, which the many of its own kind outweigh.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np

from summarize import genre
from summarize.config import load_config
from summarize.loading import load_embedder_of, load_splitter
from summarize.segmentation import split
from summarize.training.data import read_jsonl
from summarize.training.matcher import fit
from summarize.weights import write_weights

EVENTS = "events/allsides_events_train.jsonl.xz"
REPORTS = -0.7  # wording below which an article reports
PER_ARTICLE = 24  # sentences
_LENGTHS = range(6, 51)  # words
_FOLDS = 5
_SEED = 20


@dataclass(frozen=True, slots=True)
class GenreRecipe:
    """Everything that decides the genre model."""

    data: Path
    out: Path


@dataclass(frozen=True, slots=True)
class _Read:
    """An article: its event's number, its own sentences, how much its wording argues, if it is labelled."""

    event: int
    texts: tuple[str, ...]
    wording: float
    is_labelled: bool

    @property
    def label(self) -> float | None:
        """1 if it argues, 0 if it reports, None if neither is certain."""
        if self.is_labelled or self.wording > genre.ARGUES:
            return 1.0
        return 0.0 if self.wording < REPORTS else None


def train(recipe: GenreRecipe) -> None:
    """Fit the weights and write ``weights.json``; prints how well articles are told apart."""
    articles = read(recipe.data)
    embedder = load_embedder_of(load_config())
    vectors = embedder.embed([t for a in articles for t in a.texts])
    owner = np.repeat(np.arange(len(articles)), [len(a.texts) for a in articles])
    click.echo(
        f"labelled against all others, by the mean of their sentences, {_FOLDS} folds of events: ", nl=False
    )
    click.echo(f"AUC {_cross_validated(articles, vectors, owner):.3f}")
    bias, values = _fit(articles, vectors, owner, np.ones(len(articles), dtype=bool))
    stored = {
        "features": genre.FEATURES,
        "bias": round(bias, 4),
        "values": [round(float(value), 4) for value in values],
    }
    write_weights(recipe.out, stored, indent=None)


def read(data: Path) -> list[_Read]:
    """Read the articles of the events, with those of their sentences that are the author's own."""
    splitter = load_splitter()
    found = []
    draw = random.Random(_SEED)
    for event, record in enumerate(read_jsonl(data / EVENTS)):
        for article in record["docs"]:
            lines = article["full_text"].split("\n")
            texts = [line[a:b] for line in lines for a, b in split(line, splitter)]
            own = [
                t
                for t in texts
                if len(t.split()) in _LENGTHS and t.rstrip().endswith(".") and genre.is_own(t)
            ]
            chosen = own if len(own) <= PER_ARTICLE else draw.sample(own, PER_ARTICLE)
            labelled = genre.is_section(article["url"] or "") or _is_labelled(article)
            found.append(_Read(event, tuple(chosen), genre.argumentation(texts), labelled))
    return found


def _is_labelled(article: dict[str, Any]) -> bool:
    source = (article["source"] or "").casefold()
    is_titled = article["title"].casefold().startswith("opinion")
    return is_titled or any(word in source for word in ("opinion", "editorial", "guest writer"))


def _fit(
    articles: list[_Read], vectors: np.ndarray, owner: np.ndarray, used: np.ndarray
) -> tuple[float, np.ndarray]:
    """Fit bias and weights on the articles that are used and whose genre is certain."""
    label = np.array([np.nan if a.label is None else a.label for a in articles])[owner]
    rows = used[owner] & ~np.isnan(label)
    return fit(vectors[rows].astype(float), label[rows], np.ones(int(rows.sum())))


def _cross_validated(articles: list[_Read], vectors: np.ndarray, owner: np.ndarray) -> float:
    """Return the area under the ROC curve of the articles' mean chances, each by a model of other events."""
    event = np.array([a.event for a in articles])
    n_texts = np.array([len(a.texts) for a in articles])
    means = np.zeros(len(articles))
    for fold in range(_FOLDS):
        held = event % _FOLDS == fold
        bias, values = _fit(articles, vectors, owner, ~held)
        sums = np.bincount(owner, genre.Genre(bias, values, "").chances(vectors), len(articles))
        means[held] = sums[held] / np.maximum(1, n_texts[held])
    enough = n_texts >= genre.MIN_SENTENCES
    labelled = np.array([a.is_labelled for a in articles])
    yes, no = means[enough & labelled], means[enough & ~labelled]
    return float((yes[:, None] > no[None, :]).mean())
