"""Where a brief goes: the command line's options → stdout, or files beside each other.

Contract: options that can't be met are refused before any work is done. A brief, and the texts of its sources
where they are wanted, are written whole or not at all, each file in one step.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from summarize import log
from summarize.errors import EXIT_SOME_INPUTS_FAILED
from summarize.saving import path_to, save

if TYPE_CHECKING:
    from summarize.config import Config
    from summarize.types import Brief


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where each format goes, ``None`` being stdout, and the folder for the sources' texts, if any."""

    targets: dict[str, Path | None]
    texts: Path | None


def outputs(output: Path | None, formats: tuple[str, ...], texts: bool) -> Outputs:
    """Return where what is wanted goes.

    :raises click.UsageError: for a combination that can't be met, before any work is done.
    """
    return Outputs(_targets(output, formats), _folder_of_texts(output, texts))


def write(made: Brief | None, source: Path | list[Path], where: Outputs) -> None:
    """Render and report; exit with 1 if some inputs failed. Where nothing is new, nothing is written."""
    if made is None or (made.news and not made.tells_news):
        click.echo("Nothing new: no brief was written.", err=True)
        return
    from summarize.rendering.escaping import on_a_line

    names = _put_texts(made, where.texts) if where.texts else {}
    for name, target in where.targets.items():
        put(_rendered(made, name, source, target, names), target)
    for stage, seconds in made.stats.seconds:
        log.event("stage", stage=stage, seconds=seconds)
    log.event("brief", articles=made.stats.articles, claims=made.stats.claims, failures=len(made.failures))

    for failure in made.failures:
        click.echo(on_a_line(f"{failure.path}: {failure.reason}"), err=True)
    if made.failures:
        raise click.exceptions.Exit(EXIT_SOME_INPUTS_FAILED)


def warn_about_inputs(source: Path | list[Path], where: Outputs, config: Config) -> None:
    """Warn of a brief that the next run would read as an article."""
    if isinstance(source, list):
        return
    for target in where.targets.values():
        if target and target.suffix.lower() in config.read.suffixes:
            inside = source.resolve() in target.resolve().parents
            if inside:
                click.echo(
                    f"Warning: {target} lies in {source} and the next run may read it as an article", err=True
                )


def put(text: str, target: Path | None) -> None:
    """Write UTF-8, whatever the terminal's encoding is."""
    data = text.encode("utf-8", "backslashreplace")
    if target is not None:
        save(target, data)
        return
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _targets(output: Path | None, formats: tuple[str, ...]) -> dict[str, Path | None]:
    if "html" in formats:
        raise click.UsageError("html is not available yet; use --format md or --format json")
    if output is not None and str(output) == "-":
        output = None
    wanted = tuple(dict.fromkeys(formats)) or (_guess(output),)
    if output is None:
        if len(wanted) > 1:
            raise click.UsageError("several formats need -o FILE, whose suffix is replaced by each format's")
        return {wanted[0]: None}
    if not output.absolute().parent.is_dir():
        raise click.UsageError(f"{output.absolute().parent}: no such folder; create it first")
    return {wanted[0]: output} if len(wanted) == 1 else {f: output.with_suffix(f".{f}") for f in wanted}


def _folder_of_texts(output: Path | None, wanted: bool) -> Path | None:
    from summarize.rendering.texts import SUFFIX

    if not wanted:
        return None
    if output is None or str(output) == "-":
        raise click.UsageError("--texts needs -o FILE: the texts go into a folder beside it")
    return output.with_suffix(SUFFIX)


def _guess(output: Path | None) -> str:
    return "json" if output is not None and output.suffix.lower() == ".json" else "md"


def _put_texts(made: Brief, folder: Path) -> dict[int, str]:
    """Write the text of each source, and return what leads there from the brief beside the folder."""
    from summarize.rendering.texts import OURS, text_bytes, text_names

    folder.mkdir(exist_ok=True)
    names = text_names(made)
    for article in made.sources:
        save(folder / names[article.id], text_bytes(article.text))
    for path in folder.iterdir():  # of an earlier brief of this name
        if OURS.fullmatch(path.name) and path.name not in names.values():
            path.unlink()
    return {number: f"{folder.name}/{name}" for number, name in names.items()}


def _rendered(
    made: Brief, name: str, source: Path | list[Path], target: Path | None, texts: dict[int, str]
) -> str:
    from summarize.rendering import to_json, to_markdown

    if name == "json":
        return to_json(made, _folder_read(source, target), texts)
    return to_markdown(made, _link_folder(source, target), texts)


def _link_folder(source: Path | list[Path], target: Path | None) -> str:
    """Return what leads from the brief, or from here if it goes to stdout, to the sources."""
    from summarize.reading.discovery import base_of

    base = base_of(source)
    if base is None:
        return ""
    if target is None and not isinstance(source, list):
        return base.as_posix()
    return path_to(base, _start(target))


def _folder_read(source: Path | list[Path], target: Path | None) -> str | None:
    """Return what leads from the brief, or from here if it goes to stdout, to the folder that was read."""
    from summarize.reading.discovery import base_of

    base = base_of(source)
    return None if base is None else path_to(base, _start(target))


def _start(target: Path | None) -> Path:
    return target.absolute().parent if target else Path.cwd()
