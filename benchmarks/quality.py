"""Measure the quality of the stages beside peers, all in the same run and on the same input.

    python benchmarks/quality.py --data DATA [--part selection] [--limit 40] [--json figures.json]

Needs the extra ``benchmark``: pip install -c constraints.txt '.[benchmark]'
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from summarize.evaluation.bench import Bench
    from summarize.evaluation.report import Result

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run as a script, it finds its neighbours

from benchmarks.options import with_data

# The packages that each part's module imports at once.
PARTS: dict[str, tuple[str, ...]] = {
    "selection": ("rouge_score", "sklearn", "sumy"),
    "deduplication": ("sklearn",),
    "clustering": ("bertopic", "hdbscan", "sentence_transformers", "sklearn", "umap"),
}
REMEDY = "pip install -c constraints.txt '.[benchmark]'"


@click.command()
@with_data
@click.option(
    "--part",
    "names",
    multiple=True,
    type=click.Choice(list(PARTS)),
    help="Measure only this; may be repeated.  [default: all]",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Cases per set.  [default: all]")
@click.option("--seed", default=20, show_default=True, help="Decides which cases are drawn.")
@click.option("--config", "config_name", metavar="FILE|PRESET", help="A YAML file, or a preset such as fast.")
@click.option(
    "--dataset",
    "datasets",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Select from these clusters instead; a file, or a folder with a reference.md.",
)
@click.option(
    "--json",
    "stored",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write all figures with all digits here.",
)
def quality(
    data: Path,
    names: tuple[str, ...],
    limit: int | None,
    seed: int,
    config_name: str | None,
    datasets: tuple[Path, ...],
    stored: Path | None,
) -> None:
    """Measure what we select, merge and group beside what peers do with the same input.

    One table per set goes to stdout. A part that can't be measured is named on stderr, and the exit code is
    then 2.

    \b
    Examples:
      python benchmarks/quality.py --data data
      python benchmarks/quality.py --data data --part selection --limit 40 --json figures.json
    """
    from summarize import log
    from summarize.config import load_config
    from summarize.evaluation.bench import Bench
    from summarize.evaluation.report import to_json
    from summarize.loading import load_models
    from summarize.saving import save

    log.configure(verbose=False)
    config = load_config(config_name)
    models = functools.cache(lambda: load_models(config))
    with log.progress() as report:
        bench = Bench(data, config, models, report, seed, limit, datasets=datasets)
        results, problems = measured(bench, tuple(dict.fromkeys(names)) or tuple(PARTS))
    if stored is not None:
        save(stored, to_json(results).encode())
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        raise click.exceptions.Exit(2)


def measured(bench: Bench, names: tuple[str, ...]) -> tuple[list[Result], list[str]]:
    """Measure part by part and print each table at once; also return what could not be measured."""
    from benchmarks.table import to_table
    from summarize.errors import SummarizeError

    results: list[Result] = []
    problems: list[str] = []
    for name in names:
        try:
            found = measure(name, bench)
        except SummarizeError as error:
            problems.append(str(error))
            continue
        results += found
        for result in found:
            click.echo(to_table(result))
    return results, problems


def measure(name: str, bench: Bench) -> tuple[Result, ...]:
    """Import a part's peers and measure.

    :raises SummarizeError: if a package or a data file is missing.
    """
    from summarize.errors import SummarizeError

    missing = [p for p in PARTS[name] if importlib.util.find_spec(p) is None]
    if missing:
        raise SummarizeError(f"{name}: needs {' and '.join(missing)}; {REMEDY}")
    try:
        results: tuple[Result, ...] = importlib.import_module(f"benchmarks.peers.{name}").measure(bench)
    except ModuleNotFoundError as error:  # some peers import their package only when it is their turn
        raise SummarizeError(f"{name}: needs {error.name}; {REMEDY}") from error
    return results


if __name__ == "__main__":
    quality()
