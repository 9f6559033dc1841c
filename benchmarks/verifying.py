"""Plant edits of cited passages and count how many `summarize verify` finds, and its false alarms.

    python benchmarks/verifying.py --data DATA [--folders 50] [--words 150] [--articles 3] [--seed 20]

Each folder holds the first articles of one cluster, half of Multi-News, half of AllSides, and gets a brief by
the whole pipeline. First every brief is verified as it is: nothing may be alarmed of. Then one cited passage
of each is edited, the kinds of edits in turn, and the brief is verified again: the passage must be alarmed
of, and no passage of another file may be. Ends with 1 if an edit is missed or an alarm is false.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from summarize.config import Config
    from summarize.evaluation.datasets import Cluster
    from summarize.loading import Models
    from summarize.passages import Passage
    from summarize.verifying import Verification

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a script, it finds the package

from benchmarks.options import with_data  # noqa: E402

CREATED = datetime(2020, 1, 1, tzinfo=UTC)  # no judgement depends on it
Change = Callable[[str, random.Random], str | None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One planted edit: whether its passage was alarmed of, as what, and how many others falsely."""

    kind: str
    state: str
    expected: frozenset[str]
    n_false: int

    @property
    def is_found(self) -> bool:
        return self.state != "intact"


@click.command()
@with_data
@click.option("--folders", "n_folders", default=50, show_default=True, help="Folders, each with one edit.")
@click.option("--words", default=150, show_default=True, help="Length of each brief.")
@click.option("--articles", "n_articles", default=3, show_default=True, help="Articles per folder at most.")
@click.option("--seed", default=20, show_default=True, help="Draws the clusters, the passages and the edits.")
def benchmark(data: Path, n_folders: int, words: int, n_articles: int, seed: int) -> None:
    """Plant edits of cited passages and count how many are found, and the false alarms.

    \b
    Example:
      python benchmarks/verifying.py --data data
    """
    from summarize import log
    from summarize.config import load_config
    from summarize.errors import SummarizeError
    from summarize.loading import load_models
    from summarize.verifying import verify

    log.configure(verbose=False)
    config = replace(load_config(), words=words)
    try:
        with tempfile.TemporaryDirectory() as name, log.quiet(), log.progress() as report:
            briefs: list[Path] = []
            models = load_models(config)
            for cluster in clusters(data, n_folders, seed):
                path = written(
                    Path(name) / f"{len(briefs):02}", cluster.articles[:n_articles], models, config
                )
                briefs += [path] if path else []
                report("write", len(briefs), n_folders)
                if len(briefs) == n_folders:
                    break
            untouched = [verify(path) for path in briefs]
            outcomes = [
                planted(n, path, own, random.Random(seed + n))
                for n, (path, own) in enumerate(zip(briefs, untouched, strict=True))
            ]
    except SummarizeError as error:
        raise click.ClickException(str(error)) from error
    click.echo(to_table(untouched, outcomes, f"{words} words, {n_articles} articles, seed {seed}"))
    if not is_met(untouched, outcomes, n_folders):
        raise click.exceptions.Exit(1)


def is_met(untouched: list[Verification], outcomes: list[Outcome], n_folders: int) -> bool:
    """Tell whether no untouched passage was alarmed of, and one edit of each folder was found."""
    is_quiet = not any(u.alarms for u in untouched) and not any(o.n_false for o in outcomes)
    return is_quiet and sum(o.is_found for o in outcomes) == n_folders


def clusters(data: Path, n_folders: int, seed: int) -> Iterator[Cluster]:
    """Yield clusters of both sets in turn and at random, each with two articles at least."""
    from summarize.evaluation.datasets import ALLSIDES, MULTI_NEWS, load

    pools = [[c for c in load(data / f).clusters if len(c.articles) > 1] for f in (MULTI_NEWS, ALLSIDES)]
    drawn = [random.Random(seed).sample(pool, min(len(pool), n_folders)) for pool in pools]
    for pair in zip(*drawn, strict=True):
        yield from pair


def written(folder: Path, texts: tuple[str, ...], models: Models, config: Config) -> Path | None:
    """Write the articles as files and their brief beside them; None if there is nothing to say."""
    from summarize.clock import Clock
    from summarize.errors import NothingToSummariseError
    from summarize.pipeline import brief_of
    from summarize.reading import read
    from summarize.rendering import to_json

    articles = folder / "articles"
    articles.mkdir(parents=True, exist_ok=True)
    for n, text in enumerate(texts, start=1):
        (articles / f"{n:03}.txt").write_text(text, encoding="utf-8", newline="")
    try:
        made = brief_of(read(articles), models, config, created=CREATED, clock=Clock(lambda *_: None))
    except NothingToSummariseError:
        return None
    target = folder / "brief.json"
    target.write_text(to_json(made, "articles"), encoding="utf-8")
    return target


def planted(number: int, brief: Path, untouched: Verification, draw: random.Random) -> Outcome:
    """Edit one cited passage of a brief's files, verify again, and say what became of it.

    :param number: of the kind that is tried first; the next one is tried where it finds nothing to edit.
    """
    from summarize.verifying import verify

    passages = [j.passage for j in untouched.judgements]
    draw.shuffle(passages)
    for step in range(len(KINDS)):
        kind = KINDS[(number + step) % len(KINDS)]
        for passage in passages:
            if kind.plant(brief.parent / "articles" / passage.source.path, passage, draw):
                return _outcome(kind, passage, verify(brief))
    raise AssertionError(f"{brief}: no edit can be planted")  # a file can always be removed


def _outcome(kind: Kind, passage: Passage, found: Verification) -> Outcome:
    state = next(j.state for j in found.judgements if j.passage == passage)
    n_false = sum(j.passage.source != passage.source for j in found.alarms)
    return Outcome(kind.name, state, kind.expected, n_false)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of edit: how it is made, and what may be said of the passage then."""

    name: str
    plant: Callable[[Path, Passage, random.Random], bool]
    expected: frozenset[str]


def _inside(change: Change) -> Callable[[Path, Passage, random.Random], bool]:
    """Make an edit of the passage alone, where it stands."""

    def plant(path: Path, passage: Passage, draw: random.Random) -> bool:
        text = path.read_bytes().decode()
        changed = change(passage.text, draw)
        if changed is None or changed == passage.text:
            return False
        path.write_bytes((text[: passage.start] + changed + text[passage.end :]).encode())
        return True

    return plant


def _digit(text: str, draw: random.Random) -> str | None:
    found = [m.start() for m in re.finditer(r"\d", text)]
    if not found:
        return None
    at = draw.choice(found)
    return text[:at] + str((int(text[at]) + draw.randint(1, 9)) % 10) + text[at + 1 :]


def _word(text: str, draw: random.Random) -> str | None:
    """Put one of a sentence's words in another one's place."""
    found = list(re.finditer(r"[^\W\d_]{3,}", text))
    pairs = [(a, b) for a in found for b in found if a.group() != b.group()]
    if not pairs:
        return None
    to, of = draw.choice(pairs)
    return text[: to.start()] + of.group() + text[to.end() :]


def _swapped(text: str, draw: random.Random) -> str | None:
    parts = text.split(" ")
    at = draw.randrange(len(parts) - 1) if len(parts) > 1 else 0
    parts[at : at + 2] = parts[at : at + 2][::-1]
    return " ".join(parts)


def _negated(text: str, draw: random.Random) -> str | None:
    found = [m.end() for m in re.finditer(r"\b(?:is|was|are|were|has|have|had|will)\b", text)]
    return text[: (at := draw.choice(found))] + " not" + text[at:] if found else None


def _deleted(text: str, _: random.Random) -> str | None:
    return ""


def _inserted(path: Path, passage: Passage, draw: random.Random) -> bool:
    text = path.read_bytes().decode()
    at = draw.randint(0, passage.start)
    path.write_bytes((text[:at] + " Correction follows. " + text[at:]).encode())
    return True


def _renamed(path: Path, passage: Passage, draw: random.Random) -> bool:
    path.rename(path.with_name("renamed.txt"))
    return True


def _moved(path: Path, passage: Passage, draw: random.Random) -> bool:
    (path.parent / "archive").mkdir()
    path.rename(path.parent / "archive" / path.name)
    return True


def _removed(path: Path, passage: Passage, draw: random.Random) -> bool:
    path.unlink()
    return True


def _misread(path: Path, passage: Passage, draw: random.Random) -> bool:
    """Save the file as a program does that takes UTF-8 for Windows-1252."""
    if passage.text.isascii():
        return False
    path.write_bytes(path.read_bytes().decode("cp1252", "replace").encode())
    return True


def _marked(path: Path, passage: Passage, draw: random.Random) -> bool:
    """Save the file with a byte order mark, which is a character more at its head."""
    path.write_bytes(path.read_bytes().decode().encode("utf-8-sig"))
    return True


def _emptied(path: Path, passage: Passage, draw: random.Random) -> bool:
    path.write_bytes(b"")
    return True


_CHANGED, _MOVED, _GONE = frozenset({"changed"}), frozenset({"moved"}), frozenset({"gone"})
KINDS = (
    Kind("a digit changed", _inside(_digit), _CHANGED),
    Kind("a word replaced", _inside(_word), _CHANGED),
    Kind("two words swapped", _inside(_swapped), _CHANGED),
    Kind("a “not” added", _inside(_negated), _CHANGED),
    Kind("the passage deleted", _inside(_deleted), _CHANGED),
    Kind("text inserted before", _inserted, _MOVED),
    Kind("the file renamed", _renamed, _MOVED),
    Kind("the file moved", _moved, _MOVED),
    Kind("the file removed", _removed, _GONE),
    Kind("the encoding broken", _misread, _CHANGED),
    Kind("a byte order mark added", _marked, _MOVED),
    Kind("the file emptied", _emptied, _GONE),
)


def to_table(untouched: list[Verification], outcomes: list[Outcome], settings: str) -> str:
    """Render what was found, by kind; the last column counts passages of other files."""
    n_passages = sum(len(u.judgements) for u in untouched)
    n_alarms = sum(len(u.alarms) for u in untouched)
    rows = [
        f"{len(untouched)} untouched briefs, {n_passages:,} cited passages ({settings}): {n_alarms} alarms",
        "",
        "| planted | n | found | told as what it is | false alarms |",
        "|---|---:|---:|---:|---:|",
    ]
    for name in (*(k.name for k in KINDS), "all"):
        own = [o for o in outcomes if name in (o.kind, "all")]
        n_told = sum(o.state in o.expected for o in own)
        n_false = sum(o.n_false for o in own)
        rows.append(f"| {name} | {len(own)} | {sum(o.is_found for o in own)} | {n_told} | {n_false} |")
    return "\n".join(rows)


if __name__ == "__main__":
    benchmark()
