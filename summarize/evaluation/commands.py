"""``summarize evaluate``: measurements as a command. Nothing heavy is imported before it runs."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

import click

from summarize import log
from summarize.errors import EXIT_USAGE, SummarizeError
from summarize.evaluation.parts import PARTS
from summarize.saving import save

if TYPE_CHECKING:
    from summarize.evaluation.bench import Bench
    from summarize.evaluation.report import Result


@click.command()
@click.option(
    "--data",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the public research data (news/, fusion/, checks/, clusters/).",
)
@click.option(
    "--part",
    "names",
    multiple=True,
    type=click.Choice(list(PARTS)),
    help="Measure only this; may be repeated.  [default: all]",
)
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="Cases per set.  [default: each part's own]"
)
@click.option("--seed", default=20, show_default=True, help="Decides which cases are drawn.")
@click.option(
    "--seeds",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of articles that the part briefs reads besides its own.",
)
@click.option(
    "--dump",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the planted errors and the fused claims with their evidence here, for reading by hand.",
)
@click.option(
    "--json",
    "stored",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write all figures with all digits here.",
)
def evaluate(
    data: Path,
    names: tuple[str, ...],
    limit: int | None,
    seed: int,
    seeds: Path | None,
    dump: Path | None,
    stored: Path | None,
) -> None:
    """Measure the models and the checker on public research data.

    One table per set goes to stdout, headed by the settings that produced it. A part that can't be
    measured is named on stderr, and the exit code is then 2.

    \b
    Examples:
      summarize evaluate --data data --part planted
      summarize evaluate --data data --part fusion --part grounding --limit 100 --json figures.json
    """
    from summarize.config import load_config
    from summarize.evaluation.bench import Bench
    from summarize.evaluation.report import to_json
    from summarize.loading import load_models

    log.configure(verbose=False)
    config = load_config()
    models = functools.cache(lambda: load_models(config))
    with log.progress() as report:
        bench = Bench(data, config, models, report, seed, limit, seeds)
        results, problems = _measured(bench, tuple(dict.fromkeys(names)) or tuple(PARTS))
    if stored is not None:
        save(stored, to_json(results).encode())
    if dump is not None:
        save(dump, "\n".join(case for r in results for case in r.cases).encode())
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        raise click.exceptions.Exit(EXIT_USAGE)


def _measured(bench: Bench, names: tuple[str, ...]) -> tuple[list[Result], list[str]]:
    """Measure part by part and print each table at once; also return what could not be measured."""
    from summarize.evaluation.report import to_markdown

    results: list[Result] = []
    problems: list[str] = []
    for name in names:
        try:
            found = PARTS[name].measure(bench)
        except SummarizeError as error:
            problems.append(str(error))
            continue
        results += found
        for result in found:
            click.echo(to_markdown(result))
    return results, problems
