"""The command line: options → one call of the pipeline → text on stdout or in a file.

Results go to stdout or ``-o``, everything else to stderr. Exit codes are those of
:mod:`summarize.errors`, and 130 after Ctrl-C. Nothing heavy is imported before a command needs it, so
``--help`` answers at once.
"""

from __future__ import annotations

import gc
import os
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import summarize
from summarize import log
from summarize.errors import (
    EXIT_INTERRUPTED,
    EXIT_NOT_INTACT,
    EXIT_USAGE,
    NothingToSummariseError,
    SummarizeError,
)
from summarize.evaluation.commands import evaluate
from summarize.job.commands import STATE, watch
from summarize.job.stopping import leave_if_stopped
from summarize.options import configured, with_settings
from summarize.outputs import outputs, put, warn_about_inputs, write
from summarize.training.commands import train

if TYPE_CHECKING:
    from summarize.config import Config
    from summarize.resources import Model
    from summarize.types import Brief

# How rarely Python looks for cycles of dead objects, see `gc.set_threshold`. By default it looks through all
# that lives so often that this takes a third of a run over 200 articles whose work is remembered.
COLLECTING = (50_000, 20, 100)


class CommandError(click.ClickException):
    """An error of the library as click shows it: a message and an exit code, no traceback."""

    def __init__(self, error: SummarizeError) -> None:
        super().__init__(str(error))
        self.exit_code = error.exit_code  # type: ignore[misc]  # click's own way, as ClickException documents

    def show(self, file: Any = None) -> None:
        """Print the message; several lines start on a line of their own, so that each can be searched."""
        gap = "\n" if "\n" in self.message else " "
        click.echo(f"Error:{gap}{self.message}", file=file, err=True)


class Commands(click.Group):
    """A group whose commands may raise the library's errors."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; turn the library's errors and Ctrl-C into exit codes."""
        try:
            return super().invoke(ctx)
        except SummarizeError as error:
            raise CommandError(error) from error
        except KeyboardInterrupt:
            click.echo("Interrupted.", err=True)
            ctx.exit(EXIT_INTERRUPTED)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(summarize.__version__, prog_name="summarize")
def cli() -> None:
    """Write one brief from many news articles, every sentence traceable to its sources.

    \b
    Example:
      summarize brief articles -o brief.md

    \b
    Exit codes:
      0  all good
      1  a brief was written, but some inputs failed (named on stderr)
      2  wrong usage or configuration, or a damaged model
      3  nothing to summarise
    """


cli.add_command(evaluate)
cli.add_command(train)
cli.add_command(watch)


@cli.command()
@click.argument("folder", type=click.Path(allow_dash=True))
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write here, not to stdout."
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(["md", "json", "html"]),
    help="May be repeated with -o, whose suffix is then replaced.  [default: FILE's suffix, or md]",
)
@with_settings(words="Length of the whole brief.  [default: 400]")
@click.option(
    "--since", metavar="last|DATE", help="Tell only what is new since the last brief, or was published since."
)
@click.option(
    "--state",
    type=click.Path(file_okay=False, path_type=Path),
    help=f"Of --since last: folder for what was told.  [default: {STATE} beside the output]",
)
@click.option(
    "--texts", is_flag=True, help="Write the text of each source beside the output too, in FILE's name.texts."
)
@click.option("-v", "--verbose", is_flag=True, help="Log each step to stderr as key=value.")
def brief(
    folder: str,
    output: Path | None,
    formats: tuple[str, ...],
    texts: bool,
    since: str | None,
    state: Path | None,
    verbose: bool,
    **settings: Any,
) -> None:
    """Read the articles in FOLDER and write one brief.

    FOLDER is searched with all folders below it; - reads a list of files from stdin, one per line. Text,
    Markdown, HTML, MHTML, RSS, Atom, JSON, JSON lines, NewsML-G2, NITF, e-mail, PDF and Word files are read,
    also in .gz, .xz and .zip.

    \b
    Examples:
      summarize brief articles
      summarize brief articles -o brief.md --format md --format json --words 600
      find . -name '*.txt' -mtime -1 | summarize brief - --config fast
      summarize brief articles -o news.md --since last
      summarize brief articles --since 2020-02-21
    """
    log.configure(verbose)
    where = outputs(output, formats, texts)
    day = _day(since)
    config = configured(**settings)
    source = _listed_files() if folder == "-" else Path(folder)
    warn_about_inputs(source, where, config)
    if since == "last":
        made = _made_since_last(source, config, _state_of(state, output))
    else:
        made = _made(source, config, day)
    write(made, source, where)


@cli.command()
@click.argument("brief", metavar="BRIEF.json", type=click.Path(path_type=Path))
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Where the articles are now.  [default: where the brief says]",
)
@click.option("--config", metavar="FILE|PRESET", help="What the brief was made with, if it has read.fields.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Report."
)
def verify(brief: Path, folder: Path | None, config: str | None, form: str) -> None:
    """Re-read the articles that a brief cites, and report every cited passage that no longer stands.

    A passage is intact, moved (it stands elsewhere in its file, or in another one), changed (something else
    stands there now) or gone (its file is). What else changed in a file is no alarm.

    \b
    Examples:
      summarize verify brief.json
      summarize verify brief.json --folder archive/articles --format json

    \b
    Exit codes:
      0  every cited passage is intact
      1  at least one is not
      2  no brief, or its folder is not found
    """
    from summarize import verifying
    from summarize.config import load_config
    from summarize.rendering import verification

    found = verifying.verify(brief, folder, load_config(config).read)
    put(verification.to_json(found) if form == "json" else verification.to_text(found), None)
    if found.alarms:
        raise click.exceptions.Exit(EXIT_NOT_INTACT)


@cli.command()
@click.option("-v", "--verbose", is_flag=True, help="Log each step to stderr as key=value.")
def models(verbose: bool) -> None:
    """List the models and presets: where they are, their licences, and whether their checksums hold.

    \b
    Example:
      summarize models
    """
    from summarize import resources

    log.configure(verbose)
    found = resources.available()
    problems: list[str] = []
    rows = [
        ("NAME", "SIZE", "LICENCE", "CHECKSUM", "STATE", "WHERE"),
        *(_model_row(m, problems) for m in found),
    ]
    click.echo(_table(rows))
    click.echo()
    click.echo(_table([("PRESET", "WRITER", "WHERE"), *_preset_rows()]))
    if problems:
        raise click.exceptions.Exit(_report_problems(problems))


def main() -> None:
    """Run the command line; the console script's entry point."""
    gc.set_threshold(*COLLECTING)
    try:
        cli(prog_name="summarize")
    except KeyboardInterrupt:  # before or after a command ran
        sys.exit(EXIT_INTERRUPTED)
    finally:
        leave_if_stopped()


def _listed_files() -> list[Path]:
    """Return the files named on stdin; names that aren't UTF-8 survive as Python keeps them elsewhere."""
    # Not splitlines: a file name may hold any of the other characters that it takes for a line's end.
    names = os.fsdecode(sys.stdin.buffer.read()).split("\n")
    files = [Path(name.rstrip("\r")) for name in names if name.strip()]
    if not files:
        raise NothingToSummariseError("stdin: names no file; give one path per line")
    return files


def _day(since: str | None) -> date | None:
    """Return the date that ``--since`` names; None for none, and for the last brief."""
    if since in (None, "last"):
        return None
    try:
        day = date.fromisoformat(str(since))
    except ValueError:
        raise click.UsageError(f'--since {since}: give "last" or a date such as 2020-02-21') from None
    if day > datetime.now(UTC).date() + timedelta(days=1):
        raise click.UsageError(f"--since {since}: lies in the future; check the year")
    return day


def _state_of(state: Path | None, output: Path | None) -> Path:
    if state is None and output is None:
        raise click.UsageError("--since last needs -o FILE, or --state FOLDER to remember what was told")
    return state or output.absolute().parent / STATE  # type: ignore[union-attr]


def _made(source: Path | list[Path], config: Config, since: date | None) -> Brief:
    from summarize.pipeline import summarize_folder

    with log.progress() as report:
        return summarize_folder(source, config, created=datetime.now(UTC), since=since, progress=report)


def _made_since_last(source: Path | list[Path], config: Config, state: Path) -> Brief | None:
    """Make the brief of what is new since the last one of a state, which remembers it from then on."""
    from summarize.job.lock import exclusive
    from summarize.job.run import Job, run
    from summarize.store import open_store

    if isinstance(source, list):
        raise click.UsageError("--since last needs a folder, not a list of files")
    with exclusive(state), open_store(state) as store, log.progress() as report:
        return run(Job(source, None, config), store, datetime.now(UTC), progress=report).brief


def _model_row(model: Model, problems: list[str]) -> tuple[str, ...]:
    from summarize.errors import ModelError
    from summarize.resources import verify

    try:
        verify(model.name, again=True)
        state = "ok"
    except ModelError as error:
        problems.append(str(error))
        state = "damaged"
    size = f"{model.n_bytes / 1e6:.1f} MB"
    return model.name, size, model.licence, model.signature[:12], state, str(model.folder)


def _preset_rows() -> list[tuple[str, ...]]:
    from summarize.config import load_config, preset_names
    from summarize.resources import configs_dir

    return [(n, load_config(n).writer.model, str(configs_dir() / f"{n}.yaml")) for n in preset_names()]


def _table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows)


def _report_problems(problems: list[str]) -> int:
    for problem in problems:
        click.echo(problem, err=True)
    return EXIT_USAGE
