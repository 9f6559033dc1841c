"""Read thousands of damaged and hostile files of every format, and see whether reading keeps its promises.

    python benchmarks/fuzzing.py [--files 10000] [--seed 1] [--only N] [--samples FOLDER]… [--keep FOLDER]

The files are made of real ones of each format (see ``benchmarks/mutations.py``), and are read by
``summarize.reading.Reader`` under the limits of the default configuration. Of each is asked:

- it is read, or refused by an ``InputError`` whose reason says what to do; nothing else is raised, and the
  process that reads it does not crash;
- it takes no longer than ``read.max_seconds``, and the process no more than ``read.max_memory_bytes``;
- texts are valid Unicode, and without NUL where they are not the file's own; names and metadata have no
  control characters; dates and languages are what they are said to be;
- reading it again gives the same;
- cleaning and describing its articles takes time in proportion to their length, and bodies lie in the texts.

Prints a table, with the numbers of the slowest files in brackets, and ends with 1 if anything was violated;
the files concerned are kept in a folder.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime
from multiprocessing import get_context
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a script, it finds the package

from benchmarks.mutations import Mutant, Sample, mutant, samples_in  # noqa: E402
from summarize.config import ReadConfig  # noqa: E402
from summarize.errors import InputError  # noqa: E402
from summarize.reading import Reader, describe  # noqa: E402
from summarize.reading.extraction import Extraction, whole_name  # noqa: E402
from summarize.types import Metadata  # noqa: E402

FOLDERS = tuple(ROOT / folder for folder in ("seeds", "tests/cases/reading", "tests/cases/formats"))
MARGIN_S = 2.0  # over read.max_seconds, for a process to be ended
MAX_DESCRIBE_S = 4.0  # for the articles of one file
MAX_DESCRIBE_S_PER_CHARACTER = 2e-5  # besides; 6e-6 on two busy cores
CHUNK = 50  # files that one process reads after another
_REMEDY = re.compile(
    r"; \S|\b(?:remove|fetch|save|split|raise|convert|run|unpack|rename|give|copy|put|ask|wait)\b"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(slots=True)
class Row:
    """What came of the files of one format."""

    n_files: int = 0
    n_read: int = 0
    n_refused: int = 0
    slowest: tuple[float, int] = (0.0, 0)  # seconds, and the file's number
    slowest_to_describe: tuple[float, int] = (0.0, 0)
    peak_bytes: int = 0

    def add(self, other: Row) -> None:
        """Add the files of another row."""
        self.n_files += other.n_files
        self.n_read += other.n_read
        self.n_refused += other.n_refused
        self.slowest = max(self.slowest, other.slowest)
        self.slowest_to_describe = max(self.slowest_to_describe, other.slowest_to_describe)
        self.peak_bytes = max(self.peak_bytes, other.peak_bytes)


@dataclass(slots=True)
class Tally:
    """What came of all files by format, and what should not have: a file's number, how it was made, why."""

    rows: dict[str, Row] = field(default_factory=dict)
    violations: list[tuple[int, str, str]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add the files of another tally."""
        for suffix, row in other.rows.items():
            self.rows.setdefault(suffix, Row()).add(row)
        self.violations += other.violations


def check(file: Mutant, folder: Path, reader: Reader) -> tuple[Row, list[str]]:
    """Read one file, twice; return its figures and what is wrong."""
    path = folder / file.name
    path.write_bytes(file.data)
    row = Row(n_files=1)
    started = time.monotonic()
    first = _read(path, file.name, reader)
    seconds = time.monotonic() - started
    row.slowest = seconds, file.number
    wrong = []
    if seconds > reader.options.max_seconds + MARGIN_S:
        wrong.append(f"took {seconds:.1f} s to read")
    row.peak_bytes = _peak_of_children()
    if row.peak_bytes > reader.options.max_memory_bytes:
        wrong.append(f"took {row.peak_bytes:,} bytes of memory")
    if not isinstance(first, str) and _read(path, file.name, reader) != first:
        wrong.append("is read differently the second time")
    path.unlink()
    if isinstance(first, str):
        wrong.append(first)
    elif isinstance(first, InputError):
        row.n_refused = 1
        wrong += _wrong_with_reason(first.reason)
    else:
        row.n_read = 1
        began = time.monotonic()
        wrong += _wrong_with(first, file.name)
        row.slowest_to_describe = time.monotonic() - began, file.number
    return row, wrong


def _read(path: Path, name: str, reader: Reader) -> Extraction | InputError | str:
    try:
        return reader.extract(path, name)
    except InputError as error:
        # An error is no value: two that say the same are the same here.
        return _Refusal(error.path, error.reason)
    except Exception as error:  # what must not happen
        return f"raised {type(error).__name__}: {error}"


class _Refusal(InputError):
    def __eq__(self, other: object) -> bool:
        return isinstance(other, InputError) and (self.path, self.reason) == (other.path, other.reason)

    __hash__ = InputError.__hash__


def _wrong_with_reason(reason: str) -> Iterator[str]:
    if "crashed" in reason:
        yield reason
    if not _REMEDY.search(reason):
        yield f"a reason without a remedy: {reason}"
    if _CONTROL.search(reason):
        yield f"a reason with control characters: {reason!r}"


def _wrong_with(extraction: Extraction, name: str) -> Iterator[str]:
    for failure in extraction.failures:
        yield from _wrong_with_reason(failure.reason)
        if _CONTROL.search(failure.path):
            yield f"a name with control characters: {failure.path!r}"
    for e in extraction.articles:
        if _SURROGATE.search(e.text):
            yield "a text with lone surrogates"
        if "\0" in e.text and e.form != "text":
            yield "a text with NUL"
        if e.part is not None and _CONTROL.search(e.part):
            yield f"a name with control characters: {e.part!r}"
        yield from _wrong_with_metadata(e.metadata)
    started = time.process_time()  # not what other programs take meanwhile
    reading = describe([(whole_name(name, e.part), e) for e in extraction.articles], extraction.failures)
    seconds = time.process_time() - started
    n_characters = sum(len(e.text) for e in extraction.articles)
    if seconds > MAX_DESCRIBE_S + MAX_DESCRIBE_S_PER_CHARACTER * n_characters:
        yield f"took {seconds:.1f} s to describe {n_characters:,} characters"
    for article in reading.articles:
        if not all(0 <= s.start < s.end <= len(article.text) for s in article.body):
            yield "a body that lies outside its text"


def _wrong_with_metadata(metadata: Metadata) -> Iterator[str]:
    for key in Metadata.__dataclass_fields__:
        noted = getattr(metadata, key)
        if noted is None:
            continue
        if not noted.value.strip() or _CONTROL.search(noted.value + noted.where):
            yield f"{key} is empty or has control characters: {noted.value!r}"
    if metadata.published is not None and not _is_time(metadata.published.value):
        yield f"published is no date and no aware time: {metadata.published.value!r}"
    if metadata.language is not None and not re.fullmatch("[a-z]{2}", metadata.language.value):
        yield f"language is no code of two letters: {metadata.language.value!r}"


def _is_time(value: str) -> bool:
    try:
        if len(value) == 10:
            return bool(date.fromisoformat(value))
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _peak_of_children() -> int:
    """Return the most memory that a living child process has taken; 0 where /proc does not tell."""
    peak = 0
    for listed in Path("/proc/self/task").glob("*/children"):
        for pid in _text_of(listed).split():
            if found := re.search(r"VmHWM:\s+(\d+) kB", _text_of(Path(f"/proc/{pid}/status"))):
                peak = max(peak, int(found[1]) * 1024)
    return peak


def _text_of(path: Path) -> str:
    """Return what the system tells there; nothing if the thread or process is gone since it was listed."""
    try:
        return path.read_text()
    except OSError:
        return ""


def _run(numbers: Sequence[int], seed: int, samples: list[Sample]) -> Tally:
    """Make and check some files, one after the other, each format by a process of its own."""
    tally = Tally()
    files = sorted((mutant(samples, seed, n) for n in numbers), key=lambda f: Path(f.name).suffix)
    with tempfile.TemporaryDirectory(prefix="fuzzing-") as folder, Reader(ReadConfig()) as reader:
        for file in files:
            row, wrong = check(file, Path(folder), reader)
            tally.rows.setdefault(Path(file.name).suffix, Row()).add(row)
            tally.violations += [(file.number, file.how, text) for text in wrong]
    return tally


def measure(
    numbers: Sequence[int],
    seed: int,
    samples: list[Sample],
    n_processes: int | None = None,
    show: bool = False,
) -> Tally:
    """Check the files of some numbers."""
    n_processes = n_processes or os.cpu_count() or 1
    if len(numbers) <= CHUNK or n_processes == 1:
        return _run(numbers, seed, samples)
    chunks = [numbers[at : at + CHUNK] for at in range(0, len(numbers), CHUNK)]
    tally = Tally()
    with ProcessPoolExecutor(n_processes, mp_context=get_context("spawn")) as pool:
        done = pool.map(_run, chunks, [seed] * len(chunks), [samples] * len(chunks))
        with click.progressbar(done, len(chunks), file=sys.stderr, hidden=not show) as shown:
            for each in shown:
                tally.add(each)
    return tally


def to_table(tally: Tally) -> str:
    """Render the figures, a row per format."""
    lines = [
        "| format | files | read | refused | slowest s | slowest to describe s | peak MB |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    total = Row()
    for row in tally.rows.values():
        total.add(row)
    for suffix, r in (*sorted(tally.rows.items()), ("all", total)):
        seconds = (f"{s:.2f} ({number})" for s, number in (r.slowest, r.slowest_to_describe))
        cells = (suffix, f"{r.n_files:,}", f"{r.n_read:,}", f"{r.n_refused:,}", *seconds)
        lines.append(f"| {' | '.join(cells)} | {r.peak_bytes / 1e6:,.0f} |")
    return "\n".join(lines)


def _keep(tally: Tally, seed: int, samples: list[Sample], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number in sorted({n for n, _, _ in tally.violations}):
        file = mutant(samples, seed, number)
        (folder / file.name).write_bytes(file.data)


@click.command(help=(__doc__ or "").split("\n")[0])
@click.option("--files", default=10_000, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--only", type=int, help="Check the file of this number alone.")
@click.option("--processes", type=int, help="[default: as many as there are processors]")
@click.option(
    "--samples",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    multiple=True,
    help="Folder with further files to make hostile ones of.",
)
@click.option(
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("fuzzing-violations"),
    show_default=True,
    help="Folder for the files that violate something.",
)
def main(
    files: int, seed: int, only: int | None, processes: int | None, samples: tuple[Path, ...], keep: Path
) -> None:
    made_of = samples_in((*FOLDERS, *samples), ReadConfig().suffixes)
    numbers = list(range(files)) if only is None else [only]
    tally = measure(numbers, seed, made_of, processes, show=sys.stderr.isatty())
    click.echo(to_table(tally))
    for number, how, text in tally.violations:
        click.echo(f"VIOLATED {number}, {how}: {text[:300]}")
    click.echo(f"violations: {len(tally.violations)}")
    if tally.violations:
        _keep(tally, seed, made_of, keep)
        click.echo(f"the files are in {keep}")
    sys.exit(1 if tally.violations else 0)


if __name__ == "__main__":
    main()
