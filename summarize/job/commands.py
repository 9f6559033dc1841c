"""``summarize watch``: the scheduled job as a command. Nothing heavy is imported before it runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from summarize import log
from summarize.options import configured, with_settings

if TYPE_CHECKING:
    from summarize.job.loop import Watch

STATE = ".summarize"


@click.command()
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for the briefs.")
@click.option("--every", metavar="TIME", help="Run so often, such as 15m or 1h30m.")
@click.option("--cron", metavar="EXPRESSION", help='Run then, such as "0 6 * * *".')
@click.option("--once", "is_once", is_flag=True, help="Run once and end.")
@click.option("--status", "is_status", is_flag=True, help="Tell how the job is doing, and end.")
@click.option(
    "--timezone", metavar="NAME", help="Of --cron, such as Europe/Berlin.  [default: the machine's]"
)
@click.option(
    "--state",
    type=click.Path(file_okay=False, path_type=Path),
    help=f"Folder for what the job remembers.  [default: {STATE} in --out]",
)
@click.option(
    "--keep", type=click.IntRange(min=1), default=None, help="Keep the newest N briefs.  [default: all]"
)
@click.option("--on-brief", metavar="CMD", help="Command to run after each new brief.")
@with_settings(words="Length of the news of a brief.  [default: 400]")
@click.option("--log-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("-v", "--verbose", is_flag=True, help="Log every step.")
def watch(
    folder: Path | None,
    out: Path | None,
    every: str | None,
    cron: str | None,
    is_once: bool,
    is_status: bool,
    timezone: str | None,
    state: Path | None,
    keep: int | None,
    on_brief: str | None,
    log_format: str,
    verbose: bool,
    **settings: Any,
) -> None:
    """Look after FOLDER, which keeps filling up, and write a brief whenever there is something new.

    Each brief tells what is new or updated since the one before. See docs/watch.md.

    \b
    Examples:
      summarize watch articles --out briefs --once
      summarize watch articles --out briefs --cron "0 6 * * *" --keep 90
      summarize watch --out briefs --status

    \b
    Exit codes:
      0  all good, also if nothing was new
      1  --once: a brief was written, but some inputs failed (named in the log)
      2  wrong usage or configuration, another job at work, a state that can't be used
      3  --once: there is no article
    """
    from summarize.job import loop
    from summarize.job.run import Job

    log.configure(verbose, "json" if log_format == "json" else "text", job=True)
    if sum((every is not None, cron is not None, is_once, is_status)) != 1:
        raise click.UsageError("give exactly one of --every, --cron, --once and --status")
    if out is None and (state is None or not is_status):
        raise click.UsageError("--out is missing: the folder for the briefs")
    state = state or (out or Path()) / STATE
    if is_status:
        from summarize.job.status import status

        click.echo(status(state), nl=False)
        return
    if folder is None or out is None:
        raise click.UsageError("FOLDER is missing: the articles")
    if timezone is not None and cron is None:
        raise click.UsageError("--timezone belongs to --cron; leave it out")
    if not folder.is_dir():
        raise click.UsageError(f"{folder}: no such folder; check the spelling, or create it")
    _refuse_inside(folder, "--out", out)
    _refuse_inside(folder, "--state", state)
    watched = loop.Watch(Job(folder, out, configured(**settings), keep or 0), state, on_brief)
    raise click.exceptions.Exit(
        loop.once(watched) if is_once else _repeatedly(watched, every, cron, timezone)
    )


def _repeatedly(watched: Watch, every: str | None, cron: str | None, timezone: str | None) -> int:
    from summarize.job import loop, schedule

    if every is not None:
        return loop.repeatedly(watched, schedule.every(every))
    return loop.repeatedly(watched, schedule.cron(cron or "", schedule.zone_of(timezone)))


def _refuse_inside(folder: Path, option: str, path: Path) -> None:
    """Refuse to write among the articles, where briefs would be read as articles."""
    inside = path.resolve().parts[len(folder.resolve().parts) :]
    if path.resolve().is_relative_to(folder.resolve()) and not any(p.startswith(".") for p in inside):
        raise click.UsageError(
            f"{option} {path}: lies in {folder}, where nothing but articles belongs; choose another folder"
        )
