"""``summarize evaluate``: measurements as a command. Nothing heavy is imported before it runs."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
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

Job = Callable[["Bench"], tuple["Result", ...]]
REFERENCE = "reference.md"  # what a good brief of a folder says, written by a person
OF_A_DATASET = ("references", "citations")  # the parts that measure clusters with references
_NOTHING = (
    "nothing to measure; give a FOLDER of articles, --dataset FILE, or --data DATA for the research data"
)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_OUTPUT = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("folders", metavar="[FOLDER]...", nargs=-1, type=_FOLDER)
@click.option(
    "--dataset",
    "datasets",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Clusters with references: a data file, or a folder of articles with a reference.md.",
)
@click.option("--data", type=_FOLDER, help="Folder with the public research data (news/, clusters/, ...).")
@click.option(
    "--part",
    "names",
    multiple=True,
    type=click.Choice(list(PARTS)),
    help="Measure only this of --data or --dataset; may be repeated.  [default: all]",
)
@click.option("--words", type=click.IntRange(min=1), metavar="N", help="Length of each brief.")
@click.option("--config", "config_name", metavar="FILE|PRESET", help="A YAML file, or a preset such as fast.")
@click.option(
    "--format",
    "shown",
    type=click.Choice(["table", "json", "md"]),
    default="table",
    show_default=True,
    help="How the figures are printed.",
)
@click.option("--json", "stored", type=_OUTPUT, help="Write all figures with all digits here, too.")
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="Cases per set.  [default: each part's own]"
)
@click.option("--seed", default=20, show_default=True, help="Decides which cases are drawn.")
@click.option(
    "--seeds", type=_FOLDER, help="A folder of articles that the parts briefs and selftest read, too."
)
@click.option(
    "--dump",
    type=_OUTPUT,
    help="Write what the figures rest on here, for reading by hand: planted errors, claims with evidence.",
)
def evaluate(
    folders: tuple[Path, ...],
    datasets: tuple[Path, ...],
    data: Path | None,
    names: tuple[str, ...],
    words: int | None,
    config_name: str | None,
    shown: str,
    stored: Path | None,
    limit: int | None,
    seed: int,
    seeds: Path | None,
    dump: Path | None,
) -> None:
    """Measure the briefs of your own folders, or the models and rules on public research data.

    For each FOLDER one brief is written and measured without a reference: how well its citations support
    it, what it covers, how it reads, and how many errors planted in its claims the checker catches. With a
    reference.md in FOLDER it is compared with that as well.

    Every table is headed by the settings that produced it. A part that can't be measured is named on
    stderr, and the exit code is then 2.

    \b
    Examples:
      summarize evaluate articles
      summarize evaluate articles --words 250 --format json
      summarize evaluate --dataset clusters.jsonl.xz --limit 20
      summarize evaluate --data data --part planted --part selftest --json figures.json
      summarize evaluate --part cleaning
    """
    lacking = [name for name in names if PARTS[name].needs_data and data is None and not datasets]
    if lacking:
        raise click.UsageError(f"--part {lacking[0]} measures --data or --dataset, and neither was given")
    if not (folders or datasets or names) and data is None:
        raise click.UsageError(_NOTHING)
    from summarize.config import load_config, override
    from summarize.evaluation.bench import Bench
    from summarize.evaluation.report import to_json
    from summarize.loading import load_models

    log.configure(verbose=False)
    config = override(load_config(config_name), words=words)
    models = functools.cache(lambda: load_models(config))
    bench = Bench(
        data or Path(), config, models, seed=seed, limit=limit, seeds=seeds, datasets=datasets, words=words
    )
    jobs = [job for folder in folders for job in _of_folder(folder)]
    if names or datasets or data is not None:
        parts = names or (OF_A_DATASET if data is None else tuple(PARTS))
        jobs += [PARTS[name].measure for name in dict.fromkeys(parts)]
    results, problems = _measured(bench, jobs, shown)
    if stored is not None:
        save(stored, to_json(results).encode())
    if dump is not None:
        save(dump, "\n".join(case for r in results for case in r.cases).encode())
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        raise click.exceptions.Exit(EXIT_USAGE)


def _of_folder(folder: Path) -> list[Job]:
    """Return how a folder is measured: by itself, and against its reference if there is one."""

    def alone(bench: Bench) -> tuple[Result, ...]:
        from summarize.evaluation.folder import measure

        return measure(bench, folder)

    def with_reference(bench: Bench) -> tuple[Result, ...]:
        return PARTS["references"].measure(replace(bench, datasets=(folder,)))

    return [alone, with_reference] if _has_reference(folder) else [alone]


def _has_reference(folder: Path) -> bool:
    """Tell whether a reference lies in the folder, in a folder in it, or beside it."""
    beside = folder.resolve().parent / REFERENCE
    return any(p.is_file() for p in (folder / REFERENCE, beside, *folder.glob(f"*/{REFERENCE}")))


def _measured(bench: Bench, jobs: list[Job], shown: str) -> tuple[list[Result], list[str]]:
    """Measure job by job and print each table at once; also return what could not be measured.

    Parts that share a run of the pipeline know it by the bench, so that all jobs are handed the same one; the
    progress bar is another one for each, wiped before a table is printed.
    """
    from summarize.evaluation.report import to_json, to_markdown, to_table

    render = to_markdown if shown == "md" else to_table
    bars: list[Callable[[str, int, int], None]] = []
    bench = replace(bench, report=lambda stage, done, total: bars[-1](stage, done, total))
    results: list[Result] = []
    problems: list[str] = []
    for job in jobs:
        try:
            with log.progress() as bar:
                bars.append(bar)
                found = job(bench)
        except SummarizeError as error:
            problems.append(str(error))
            continue
        results += found
        for result in found if shown != "json" else ():
            click.echo(render(result))
    if shown == "json":
        click.echo(to_json(results), nl=False)
    return results, problems
