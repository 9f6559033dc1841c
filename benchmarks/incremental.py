"""Measure what `summarize watch` costs when little has changed: nothing, or one article.

    python benchmarks/incremental.py --data DATA [--articles 200]

A folder holds whole AllSides events, full texts. The command runs on it as a scheduled job would, each time
as a process of its own: first, again with nothing changed, with one more article of an event that the folder
has, with one of an event that it has not, and, beside these, first on that last article alone: what one
article costs, start and models included. Ends with 1 if the unchanged run takes more than a twentieth of the
first, embeds anything or imports torch. Files are dated back, so that no run waits for them to be quiet.
"""

from __future__ import annotations

import json
import lzma
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a script, it finds the package

from benchmarks.options import with_data  # noqa: E402

EVENTS = "events/allsides_events_train.jsonl.xz"
AGE_S = 3600  # of every file
MAX_SHARE = 1 / 20  # of the first run's seconds, for an unchanged folder
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command; ``cpu`` are seconds of all cores, ``stages`` those of each stage."""

    name: str
    seconds: float
    cpu: float
    outcome: str
    embedded: int
    stages: dict[str, float]


@dataclass(frozen=True, slots=True)
class Documents:
    """The folder's articles, one more of an event that it has, and one of an event that it has not."""

    folder: list[Document]
    known: Document
    unknown: Document


@click.command()
@with_data
@click.option("--articles", "n_articles", default=200, show_default=True, help="Articles of the folder.")
@click.option("--stages", "is_detailed", is_flag=True, help="Print the seconds of each stage, too.")
def benchmark(data: Path, n_articles: int, is_detailed: bool) -> None:
    """Measure what a run costs when nothing has changed, and when one article was added.

    \b
    Example:
      python benchmarks/incremental.py --data data
    """
    with lzma.open(data / EVENTS, "rt", encoding="utf-8") as lines:
        documents = chosen([json.loads(line)["docs"] for line in lines], n_articles)
    with tempfile.TemporaryDirectory() as name:
        runs = _measured(documents, Path(name))
        imports = _imports_torch(Path(name))
        size = sum(p.stat().st_size for p in (Path(name) / "out" / ".summarize").glob("state.sqlite*"))
    click.echo(to_table(runs, imports, f"{n_articles:,} articles, state {size / 1e6:.1f} MB with its copy"))
    for run in runs if is_detailed else ():
        click.echo(f"{run.name}: " + ", ".join(f"{k} {v:.2f}" for k, v in run.stages.items()))
    sys.exit(not is_met(runs, imports))


def chosen(events: list[list[Document]], n_articles: int) -> Documents:
    """Take whole events until the folder is full; of a large one, one article is left for later.

    :raises click.ClickException: if there are too few.
    """
    full = [own for docs in events if len(own := [d for d in docs if d.get("full_text")]) > 1]
    large = next((own for own in full if len(own) > 2), None)
    if large is None:
        raise click.ClickException("no event has three articles")
    folder = list(large[:-1])
    rest = [own for own in full if own is not large]
    while rest and len(folder) < n_articles:
        folder += rest.pop(0)
    if not rest:
        raise click.ClickException(f"there are no {n_articles:,} articles and one more")
    return Documents(folder[:n_articles], large[-1], rest[0][0])


def _measured(documents: Documents, scratch: Path) -> list[Run]:
    folder, alone = scratch / "articles", scratch / "alone"
    for place in (folder, alone):
        place.mkdir()
    for number, document in enumerate(documents.folder):
        _save(folder / f"{number:04}.txt", document)
    _save(alone / "0000.txt", documents.unknown)
    runs = [_run("first", folder, scratch / "out"), _run("unchanged", folder, scratch / "out")]
    for name, document in (("of a known event", documents.known), ("of a new event", documents.unknown)):
        _save(folder / f"{len(list(folder.iterdir())):04}.txt", document)
        runs.append(_run(f"one more, {name}", folder, scratch / "out"))
    return [*runs, _run("that one alone", alone, scratch / "out-alone")]


def _save(path: Path, document: Document) -> None:
    head = [document.get(key) or "" for key in ("title", "source", "date")]
    path.write_text("\n".join([*head, "", document["full_text"], ""]), encoding="utf-8")
    then = time.time() - AGE_S
    os.utime(path, (then, then))


def _run(name: str, folder: Path, out: Path) -> Run:
    """Run the command once and read its log.

    :raises click.ClickException: if it fails.
    """
    started = time.perf_counter()
    with subprocess.Popen(_command(folder, out), env=_environment(), stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        text = process.stderr.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - started
    if process.returncode:
        raise click.ClickException(f"{name}: exit code {process.returncode}\n{text[-2000:]}")
    events = [json.loads(line) for line in text.splitlines()]
    last = next(e for e in events if e["event"] == "run")
    stages = {e["stage"]: float(e["seconds"]) for e in events if e["event"] == "stage"}
    cpu = usage.ru_utime + usage.ru_stime
    return Run(name, seconds, cpu, last["outcome"], last.get("embedded", 0), stages)


def _command(folder: Path, out: Path, *python: str) -> list[str]:
    options = ("--once", "--verbose", "--log-format", "json")
    return [sys.executable, *python, "-m", "summarize", "watch", str(folder), "--out", str(out), *options]


def _environment() -> dict[str, str]:
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": path}


def _imports_torch(scratch: Path) -> bool:
    """Tell whether a run on an unchanged folder imports torch."""
    command = _command(scratch / "articles", scratch / "out", "-X", "importtime")
    done = subprocess.run(command, env=_environment(), capture_output=True, text=True, check=True)
    imported = re.findall(r"^import time:.*\| *([\w.]+)$", done.stderr, re.MULTILINE)
    if "summarize.store" not in imported:
        raise click.ClickException("the list of imports can't be read")
    return "torch" in imported


def is_met(runs: list[Run], imports: bool) -> bool:
    """Tell whether the unchanged run, the second of them, costs next to nothing."""
    first, unchanged = runs[:2]
    return (
        unchanged.outcome == "unchanged"
        and unchanged.seconds <= MAX_SHARE * first.seconds
        and not unchanged.embedded
        and not imports
    )


def to_table(runs: list[Run], imports: bool, settings: str) -> str:
    """Render the runs; ``ratio`` is to the first run's seconds."""
    first, alone = runs[0], runs[-1]
    rows = [
        f"summarize watch --once, one thread ({settings})",
        "",
        "| run | s | CPU s | of the first | of one alone | texts embedded |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for run in runs:
        shares = f"{run.seconds / first.seconds:.3f} | {run.seconds / alone.seconds:.2f}"
        rows.append(f"| {run.name} | {run.seconds:.2f} | {run.cpu:.2f} | {shares} | {run.embedded:,} |")
    verdict = "met" if is_met(runs, imports) else "missed"
    says = f"the unchanged run {'imports' if imports else 'does not import'} torch"
    return "\n".join(
        (*rows, "", f"{says}; at most {MAX_SHARE:.2f} of the first and nothing embedded: {verdict}")
    )


if __name__ == "__main__":
    benchmark()
