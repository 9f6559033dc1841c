"""What every part is handed: the data folder, the sample's size and seed, the models and the options."""

from __future__ import annotations

import importlib.util
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import summarize
from summarize.config import Config
from summarize.errors import SummarizeError
from summarize.loading import Models

_T = TypeVar("_T")
REMEDY = "pip install 'summarize[evaluate]'"


@dataclass(frozen=True, slots=True)
class Bench:
    """The surroundings of a measurement.

    ``models`` loads on first use, so that a part that needs none is not kept waiting. ``limit`` replaces
    each part's own sample size; ``report`` is told stage, done and total. ``datasets`` are files or folders
    of clusters with references, to be measured instead of those in ``data``. ``words`` replaces the length
    that each part gives its briefs.
    """

    data: Path
    config: Config
    models: Callable[[], Models]
    report: Callable[[str, int, int], None] = lambda *_: None
    seed: int = 20
    limit: int | None = None
    seeds: Path | None = None
    datasets: tuple[Path, ...] = ()
    words: int | None = None

    def file(self, name: str) -> Path:
        """Return the path of a data file.

        :raises SummarizeError: if it is not there.
        """
        path = self.data / name
        if not path.is_file():
            raise SummarizeError(f"{path}: no such file; give the folder of the research data with --data")
        return path

    def sample(self, items: Sequence[_T], default: int | None) -> list[_T]:
        """Draw a sample that depends on the seed alone, in the data's order; None takes all.

        :param default: how many to draw unless ``limit`` says otherwise.
        """
        size = min(len(items), self.limit or default or len(items))
        chosen = sorted(random.Random(self.seed).sample(range(len(items)), size))
        return [items[i] for i in chosen]

    def settings(self, part: str, data: str, default: int | None, **more: str) -> tuple[tuple[str, str], ...]:
        """Return the settings of a result: what was measured, on what, with which models."""
        limit = str(self.limit or default or "all")
        base = {"part": part, "data": data, "seed": str(self.seed), "limit": limit}
        return tuple({**base, **more, "version": summarize.__version__}.items())

    def of_briefs(self, words: int) -> dict[str, str]:
        """Return the settings that decide the briefs: their length, the models, the options."""
        models = self.models()
        return {
            "words": str(words),
            "writer": models.writer.signature,
            "embedder": models.embedder.signature,
            "checker": models.checker.signature,
            "ranker": models.ranker.signature[:12],
            "matcher": models.matcher.signature[:12] if models.matcher else "none",
            "cross_encoder": models.reader.signature[:12] if models.reader else "none",
            "config": replace(self.config, words=words).fingerprint()[:12],
        }


def require(part: str, packages: Sequence[str]) -> None:
    """Check that the packages of the extra ``evaluate`` that a part needs are installed.

    :raises SummarizeError: names what is missing and the remedy.
    """
    missing = [name for name in packages if importlib.util.find_spec(name) is None]
    if missing:
        raise SummarizeError(f"{part}: needs {' and '.join(missing)}; {REMEDY}")
