"""Measure how long it takes to find the copies among very many articles, how much memory, and what is found.

    python benchmarks/origins.py --data DATA [--articles 100000] [--compared 20000] [--seed 20]

The articles are made of those of the research data: as they are, of their sentences drawn at random, and, a
quarter, copies of these, changed in the ways of ``summarize evaluate --part origins``. One in a hundred is a
copy of one and the same wire story. Most stand in the frame of one of twenty outlets, so that its lines are
in thousands of articles. They lie in one file and are read from it when they are needed: the peak memory is
that of the process that groups them, with whatever texts it holds at that time. Processor time is what other
work on the machine changes least.

Other methods group the first of them in the same run, with the texts in memory, as they need them.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, overload

import click

if TYPE_CHECKING:
    from summarize.evaluation.copies import Text

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a script, it finds the package

from benchmarks.options import with_data  # noqa: E402
from benchmarks.table import to_table  # noqa: E402
from summarize.evaluation.report import Figure, Result, Target, share  # noqa: E402

ARTICLES = "news/articles.jsonl.xz"
COPIES, MASS, FRAMED = 0.25, 0.01, 0.6  # shares of the articles
AS_THEY_ARE = 0.2  # of those that are no copies
N_OUTLETS, FRAME_LINES = 20, 4
LENGTHS = range(10, 60)  # sentences of an article that is put together
MAX_S, MAX_MB = 300, 2_000
METHODS = ("ours", "first match of 5-grams", "MinHash-LSH, Jaccard 0.5")
_SENTENCES = re.compile(r"(?<=[.!?]) +")


class Stored(Sequence[str]):
    """Texts in a file, each read when it is asked for."""

    def __init__(self, path: Path, n: int | None = None) -> None:
        lengths = json.loads(path.with_suffix(".lengths").read_text())[:n]
        self._ends = [0, *accumulate(lengths)]
        self._path = path

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        if at >= len(self):
            raise IndexError(at)
        with self._path.open("rb") as file:
            file.seek(self._ends[at])
            return file.read(self._ends[at + 1] - self._ends[at]).decode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True)
class Run:
    """What a method took, and the pairs that it joined: rightly, in all, and those that were planted."""

    method: str
    n: int
    seconds: float
    processor_s: float
    megabytes: float
    right: int
    joined: int
    planted: int


@click.command()
@with_data
@click.option("--articles", default=100_000, show_default=True, help="Articles that are grouped.")
@click.option("--compared", default=20_000, show_default=True, help="Of these, for all methods side by side.")
@click.option("--seed", default=20, show_default=True, help="Decides how the articles are made.")
def benchmark(data: Path, articles: int, compared: int, seed: int) -> None:
    """Measure seconds, memory and pairs found among very many articles.

    \b
    Example:
      python benchmarks/origins.py --data data --articles 100000
    """
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "texts"
        _child("make", str(data), str(path), str(articles), str(seed))
        click.echo(f"{articles:,} articles, {path.stat().st_size / 1e6:,.0f} MB of text")
        runs = [measured(METHODS[0], path, articles)]
        runs += [measured(method, path, compared) for method in METHODS if compared]
    click.echo(to_table(result(runs, seed)))
    if runs[0].seconds > MAX_S or runs[0].megabytes > MAX_MB:
        raise click.exceptions.Exit(1)


def measured(method: str, path: Path, n: int) -> Run:
    """Group the first articles of a file in a process of its own."""
    processor_s, megabytes = _child("group", method, str(path), str(n))
    report = json.loads(path.with_suffix(".report").read_text())
    truth = json.loads(path.with_suffix(".families").read_text())[:n]
    found = report["groups"]
    right, joined, planted = (_n_pairs(g) for g in (list(zip(truth, found, strict=True)), found, truth))
    return Run(method, n, report["seconds"], processor_s, megabytes, right, joined, planted)


def _n_pairs(groups: Sequence[object]) -> int:
    return sum(n * (n - 1) // 2 for n in Counter(groups).values())


def _child(what: str, *arguments: str) -> tuple[float, float]:
    """Run a function of this module in a process; return its processor time and peak memory in MB."""
    code = f"import sys; from benchmarks import origins; origins.{what}(*sys.argv[1:])"
    with subprocess.Popen([sys.executable, "-c", code, *arguments], cwd=ROOT) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise click.ClickException(f"{what} {' '.join(arguments)}: exit code {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6


def result(runs: Sequence[Run], seed: int) -> Result:
    """Return a row for each run."""
    figures: list[Figure] = []
    for run, first in [(r, i == 0) for i, r in enumerate(runs)]:
        name = f"{run.method}, {run.n:,} articles"
        limits = (Target("≤", MAX_S), Target("≤", MAX_MB)) if first else (None, None)
        figures += [
            Figure(f"{name}: s", run.seconds, run.n, "points", limits[0]),
            Figure(f"{name}: processor s", run.processor_s, run.n, "points"),
            Figure(f"{name}: MB", run.megabytes, run.n, "", limits[1]),
            Figure(f"{name}: pairs planted", run.planted, run.n),
            Figure(f"{name}: of these found", share(run.right, run.planted), run.planted, "%"),
            Figure(f"{name}: pairs found that are planted", share(run.right, run.joined), run.joined, "%"),
        ]
    settings = {"data": ARTICLES, "seed": str(seed), "copies": f"{COPIES:.0%}", "framed": f"{FRAMED:.0%}"}
    return Result("Copies among very many articles", tuple(settings.items()), tuple(figures))


# What runs in a process of its own


def group(method: str, path: str, n: str) -> None:
    """Group the first articles of a file, and write down the groups and how long it took."""
    stored = Stored(Path(path), int(n))
    started = time.perf_counter()
    if method == METHODS[0]:
        from summarize.reading.origins import origins

        groups = origins(stored, [None] * len(stored))
    else:
        from summarize.evaluation import origin_peers as peers

        grouped = peers.first_match if method == METHODS[1] else peers.lsh_groups
        groups = grouped(list(stored))
    seconds = time.perf_counter() - started
    Path(path).with_suffix(".report").write_text(json.dumps({"seconds": seconds, "groups": groups}))


def make(data: str, path: str, n: str, seed: str) -> None:
    """Write the articles, their lengths in bytes, and of each the number of the article it was made of."""
    lengths: list[int] = []
    families: list[int] = []
    with Path(path).open("wb") as file:
        for text, family in made(Path(data) / ARTICLES, int(n), random.Random(int(seed))):
            lengths.append(file.write(text.encode("utf-8", "surrogatepass")))
            families.append(len(families) if family is None else family)
    Path(path).with_suffix(".lengths").write_text(json.dumps(lengths))
    Path(path).with_suffix(".families").write_text(json.dumps(families))


def made(source: Path, n: int, rng: random.Random) -> Iterator[tuple[str, int | None]]:
    """Yield articles, and for a copy the number of its original."""
    from summarize.evaluation.copies import (
        CHANGES,
    )  # with the models, which no process that is measured loads
    from summarize.training.data import read_jsonl

    real = [_split(r["title"], r["text"]) for r in read_jsonl(source)]
    rng.shuffle(real)
    pool = [s for text in real for _, s in text.lines]
    frames = [rng.sample(pool, FRAME_LINES) for _ in range(N_OUTLETS)]
    originals: list[tuple[int, Text]] = [(0, real.pop())]
    changes = list(CHANGES.values())
    for number in range(n):
        text, family = originals[0][1], None
        if number and (drawn := rng.random()) < COPIES:
            family, text = originals[0 if drawn < MASS else rng.randrange(len(originals))]
            text = rng.choice(changes)(text, originals[-1][1], rng)
        elif number:
            is_real = bool(real) and rng.random() < AS_THEY_ARE
            text = real.pop() if is_real else _put_together(pool, rng)
            originals.append((number, text))
        frame = rng.choice(frames) if rng.random() < FRAMED else []
        yield "\n\n".join((text.whole, *frame)), family


def _split(title: str, text: str) -> Text:
    from summarize.evaluation.copies import Text

    paragraphs = [p for p in text.split("\n") if p.strip()]
    return Text(title, tuple((n, s) for n, p in enumerate(paragraphs) for s in _SENTENCES.split(p)))


def _put_together(pool: Sequence[str], rng: random.Random) -> Text:
    from summarize.evaluation.copies import Text

    title, *sentences = rng.choices(pool, k=rng.choice(LENGTHS))
    return Text(title, tuple((n // 2, s) for n, s in enumerate(sentences)))


if __name__ == "__main__":
    benchmark()
