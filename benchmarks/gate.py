"""Hold the quality that was reached: measure a small fixed sample and fail if a figure is under its floor.

    python benchmarks/gate.py --data DATA
    python benchmarks/gate.py --data DATA --update [--allow-regression]

``floors.json`` has for each figure its floor, its sample and a hash of the sample's inputs, so that nobody
compares figures of different samples. A floor that the measured figure does not reach is lowered by
``--update`` only if ``--allow-regression`` says so and a line of CHANGELOG.md names the figure and its new
floor.
"""

from __future__ import annotations

import functools
import hashlib
import json
import math
import random
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from summarize.evaluation.bench import Bench
    from summarize.evaluation.planted import Planted

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a script, it finds the package

from benchmarks.options import with_data  # noqa: E402

FLOORS = ROOT / "benchmarks" / "floors.json"
CHANGELOG = ROOT / "CHANGELOG.md"
SCHEMA = "summarize.floors/1"
SEED = 20
N_CLUSTERS = {"Multi-News": 12, "AllSides": 30}
MEASURES = ("R-1", "R-2", "R-L")
N_DESKS = 3  # folders of many stories
PER_KIND = 24  # planted errors of each kind
# What another processor's rounding may cost, 5 % being one claim of a kind: a floor lies so far below the
# figure that it is made from.
MARGIN = {"points": 0.3, "%": 5.0}


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure that should be high, ``unit`` "points" or "%", with what it was measured on."""

    value: float
    unit: str
    sample: str
    sha256: str  # of the sample's inputs


@dataclass(frozen=True, slots=True)
class Floor:
    """The least that a figure may be, on a sample of this hash."""

    floor: float
    sample: str
    sha256: str


@click.command()
@with_data
@click.option(
    "--floors", "path", default=FLOORS, type=click.Path(dir_okay=False, path_type=Path), help="The floors."
)
@click.option("--update", is_flag=True, help="Write new floors from what is measured now.")
@click.option(
    "--allow-regression", is_flag=True, help="Let --update lower floors that the CHANGELOG names, too."
)
def gate(data: Path, path: Path, update: bool, allow_regression: bool) -> None:
    """Measure a small fixed sample and fail if a figure is under its floor.

    \b
    Examples:
      python benchmarks/gate.py --data data
      python benchmarks/gate.py --data data --update
    """
    from summarize.errors import SummarizeError
    from summarize.saving import save

    try:
        floors = read_floors(path)
        found = measure(data)
        if update:
            floors = updated(floors, found, CHANGELOG.read_text(encoding="utf-8"), allow_regression)
            save(path, to_json(floors).encode())
    except SummarizeError as error:
        raise click.ClickException(str(error)) from error
    click.echo(to_table(floors, found))
    problems = failures(floors, found)
    for problem in problems:
        click.echo(f"gate: {problem}", err=True)
    if problems:
        raise click.exceptions.Exit(1)


def measure(data: Path) -> dict[str, Measured]:
    """Measure every figure of the gate.

    :raises SummarizeError: if a model or a data file is missing.
    """
    from summarize import log
    from summarize.config import load_config
    from summarize.evaluation.bench import Bench
    from summarize.loading import load_models

    log.configure(verbose=False)
    config = load_config()
    models = functools.cache(lambda: load_models(config))
    with log.progress() as report:
        bench = Bench(data, config, models, report, SEED)
        return {**_briefs(bench), **_desks(bench), **_planted(bench)}


def failures(floors: Mapping[str, Floor], found: Mapping[str, Measured]) -> list[str]:
    """Return what is wrong, one line each; nothing if every figure holds."""
    problems = [f"{name}: has no floor; run with --update" for name in found if name not in floors]
    for name, floor in floors.items():
        if name not in found:
            problems.append(f"{name}: is not measured any more; run with --update --allow-regression")
        elif found[name].sha256 != floor.sha256:
            problems.append(f"{name}: its sample is not the one of its floor; run with --update")
        elif found[name].value < floor.floor:
            problems.append(f"{name}: {found[name].value:.2f} is under its floor, {floor.floor:.1f}")
    return problems


def updated(
    floors: Mapping[str, Floor], found: Mapping[str, Measured], changelog: str, allow_regression: bool
) -> dict[str, Floor]:
    """Return new floors, a margin below what was measured; a floor that still holds never sinks.

    :raises SummarizeError: if one would sink or go without permission, or the changelog does not say so.
    """
    from summarize.errors import SummarizeError

    new = {name: _floor(own, floors.get(name)) for name, own in found.items()}
    sunk = {name: _line(name, new.get(name)) for name, old in floors.items() if _sinks(old, new.get(name))}
    if sunk and not allow_regression:
        raise SummarizeError(
            f"lower than before: {', '.join(sunk.values())}; mend it, or add --allow-regression"
        )
    silent = [line for name, line in sunk.items() if not _is_told(name, new.get(name), changelog)]
    if silent:
        raise SummarizeError("CHANGELOG.md must say why: add " + ", ".join(f'"{line} …"' for line in silent))
    return new


def read_floors(path: Path) -> dict[str, Floor]:
    """Read the floors; none if there is no file yet.

    :raises SummarizeError: if the file is no floors file.
    """
    from summarize.errors import SummarizeError

    if not path.exists():
        return {}
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        if stored["schema"] != SCHEMA:
            raise ValueError(f"schema {stored['schema']} is not {SCHEMA}")
        return {name: Floor(**own) for name, own in stored["floors"].items()}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SummarizeError(f"{path}: no file of floors ({error}); restore it") from error


def to_json(floors: Mapping[str, Floor]) -> str:
    """Render the floors as they are stored."""
    stored = {name: asdict(floor) for name, floor in floors.items()}
    return json.dumps({"schema": SCHEMA, "floors": stored}, ensure_ascii=False, indent=1) + "\n"


def to_table(floors: Mapping[str, Floor], found: Mapping[str, Measured]) -> str:
    """Render what was measured beside its floor."""
    rows = ["| figure | value | floor | sample |", "|---|---:|---:|---|"]
    for name, own in found.items():
        floor = f"{floors[name].floor:.1f}" if name in floors else "–"
        rows.append(f"| {name} | {own.value:.2f} | {floor} | {own.sample} |")
    return "\n".join(rows)


def sha256_of(parts: Iterable[str]) -> str:
    """Hash texts, their borders included."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode()
        found.update(f"{len(data)}\n".encode() + data)
    return found.hexdigest()


def _floor(own: Measured, old: Floor | None) -> Floor:
    value = math.floor(10 * (own.value - MARGIN[own.unit])) / 10
    if old is not None and old.sha256 == own.sha256 and own.value >= old.floor:
        value = max(value, old.floor)
    return Floor(value, own.sample, own.sha256)


def _sinks(old: Floor, new: Floor | None) -> bool:
    return new is None or new.floor < old.floor


def _line(name: str, new: Floor | None) -> str:
    return f"{name}: floor {new.floor:.1f}" if new else f"{name}: no floor"


def _is_told(name: str, new: Floor | None, changelog: str) -> bool:
    return any(_line(name, new) in line for line in changelog.splitlines())


def _briefs(bench: Bench) -> dict[str, Measured]:
    """Score the briefs of a few clusters of each dataset against their references."""
    from summarize.evaluation.datasets import ALLSIDES, MULTI_NEWS, load
    from summarize.evaluation.references import scored

    found: dict[str, Measured] = {}
    for (label, n), file in zip(N_CLUSTERS.items(), (MULTI_NEWS, ALLSIDES), strict=True):
        dataset = load(bench.file(file))
        dataset = replace(dataset, clusters=tuple(bench.sample(dataset.clusters, n)))
        sha256 = sha256_of(t for c in dataset.clusters for t in (*c.articles, c.reference))
        sample = f"{n} clusters of {dataset.name}, {dataset.words} words"
        values = {f.name: f.value for f in scored(bench, dataset).figures}
        found |= {f"{label} {m}": Measured(values[m], "points", sample, sha256) for m in MEASURES}
    return found


def _desks(bench: Bench) -> dict[str, Measured]:
    """Return how many events of a few mixed folders are told, and how well."""
    from summarize.evaluation import desk
    from summarize.evaluation.datasets import ALLSIDES, load
    from summarize.evaluation.references import briefs_of

    dataset = load(bench.file(ALLSIDES))
    desks = desk.desks_of(dataset.clusters, N_DESKS, SEED)
    briefs = briefs_of(bench, tuple(d.folder for d in desks), desk.WORDS)
    sha256 = sha256_of(t for d in desks for t in (*d.folder.articles, *d.roundups))
    sample = (
        f"{N_DESKS} folders of {desk.EVENTS} events and {desk.SINGLE} single articles, {desk.WORDS} words"
    )
    values = {f.name: f.value for f in desk.figures(desks, briefs)}
    return {
        "Desk events told": Measured(values[desk.TOLD], "%", sample, sha256),
        "Desk R-1": Measured(values[f"R-1 {desk.OF_EVENT}"], "points", sample, sha256),
    }


def _planted(bench: Bench) -> dict[str, Measured]:
    """Return the shares of planted errors that are caught, and of true claims that pass."""
    from summarize.evaluation.material import materials
    from summarize.evaluation.planted import PLANTERS, is_caught, plant, true_claims
    from summarize.evaluation.report import share

    pool = materials(bench)
    errors = plant(pool, PER_KIND, random.Random(SEED))
    truths = true_claims(pool, PER_KIND, random.Random(SEED))
    checker, least = bench.models().checker, bench.config.check.min_support

    def measured(claims: list[Planted], *, caught: bool) -> Measured:
        n_right = sum(is_caught(c, checker, least) == caught for c in claims)
        sha256 = sha256_of(t for c in claims for t in (c.kind, c.claim, *c.evidence))
        return Measured(share(n_right, len(claims)), "%", f"{len(claims)} claims", sha256)

    return {
        **{
            f"planted {kind} caught": measured([e for e in errors if e.kind == kind], caught=True)
            for kind in PLANTERS
        },
        "true claims passed": measured(truths, caught=False),
    }


if __name__ == "__main__":
    gate()
