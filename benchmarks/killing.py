"""Kill the scheduled job with SIGKILL at random moments, start it again, and see whether anything is lost.

    python benchmarks/killing.py [--kills 100] [--articles 60] [--seed 1]

A folder fills up step by step, with edits, moves and deletions (see ``benchmarks/growing.py``); after each
step the job runs once. One job is left alone and gives the reference. The other is killed again and again,
each time after a delay drawn evenly over what the step took the first job, until a start comes through.
Then the last step in which the reference tells updates is taken once more, and killed after *every* call
that changes the disk. Whenever it was killed, and after each step, the folders are looked at:

- each article was taken in exactly once, or the run left no trace of it: the state, apart from cached work,
  is that of before the step or that of after it, and SQLite finds it sound;
- there is no file that the reference doesn't have, and each is the same to the last byte but ``seconds``;
- ``latest.md`` is a complete brief, that of the step or of the one before;
- once a start came through, all files and the whole state, cached work included, equal the reference.

The models are tiny and deterministic; writes, transactions, renames and locks are the real ones. Prints what
it did and ends with 1 if anything was violated.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any

import click

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a script, it finds the package

from benchmarks.growing import Step, apply, steps  # noqa: E402
from summarize import log  # noqa: E402
from summarize.config import load_config  # noqa: E402
from summarize.job import following, loop  # noqa: E402, F401 (imported once, before any fork)
from summarize.job.run import Job  # noqa: E402
from summarize.store import FILE  # noqa: E402
from summarize.store.caches import code_fingerprint  # noqa: E402
from tests.scripted import models  # noqa: E402

MAX_TRIES = 6  # kills of one step before it is left alone
N_SWEPT = 1  # steps that are killed at every call
_SECONDS = re.compile(rb'"seconds": \{[^}]*\}')
_ON_DISK = (os.replace, os.fsync, os.unlink)
# What a run leaves behind as a whole. Numbers of runs are left out: a start that finds all done takes one.
_OUTCOME = {
    "articles": "SELECT sha256, title, publisher, published FROM article WHERE run IS NOT NULL",
    "files": "SELECT path, told FROM file WHERE told IS NOT NULL",
    "stories": "SELECT sha256, story FROM story_article",
    "topics": "SELECT id, story, heading, vector FROM topic",
    "claims": "SELECT id, topic, fact, text, method, support, status, why FROM claim",
    "evidence": "SELECT * FROM evidence",
    "briefs": "SELECT created, outcome, brief FROM run WHERE outcome IN ('brief', 'nothing')",
    "known": "SELECT DISTINCT hash FROM sentence JOIN article USING (sha256) WHERE run IS NOT NULL",
}
_REST = {
    "contents": "SELECT sha256, text, arrived FROM article",
    "folder": "SELECT path, sha256, reason FROM file",
    "sentences": "SELECT * FROM sentence",
    "segmentation": "SELECT * FROM segmentation",
    "facts": "SELECT id FROM fact",
    "cache": "SELECT kind, key, value FROM cache",
    "unpublished": "SELECT id FROM run WHERE markdown IS NOT NULL OR json IS NOT NULL",
}
_NOTHING: dict[str, list[Any]] = {name: [] for name in _OUTCOME}


@dataclass(frozen=True, slots=True)
class Seen:
    """What lies in the folders of a job: its files by name, and the rows of its state."""

    files: dict[str, bytes]
    outcome: dict[str, list[Any]]
    rest: dict[str, list[Any]]

    @property
    def briefs(self) -> dict[str, bytes]:
        return {name: text for name, text in self.files.items() if name.startswith("brief-")}


@dataclass(slots=True)
class Tally:
    """What was done and what came of it."""

    kills: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)

    @property
    def n_kills(self) -> int:
        return self.kills.total()


class Killing:
    """Runs jobs in processes of their own, over the same steps."""

    def __init__(self, scratch: Path, every: tuple[Step, ...]) -> None:
        self._scratch = scratch
        self._every = every
        self._models = models()
        self._config = load_config(None)
        code_fingerprint()  # once, and not in each process again
        self.tally = Tally()
        self.reference: list[Seen] = []
        self._seconds: list[float] = []

    def leave_alone(self) -> None:
        """Run all steps undisturbed; what they come to is the reference."""
        root = self._scratch / "reference"
        for step in self._every:
            apply(step, root / "articles")
            started = time.perf_counter()
            _, status = os.waitpid(self._start(root, step.now), 0)
            self._seconds.append(time.perf_counter() - started)
            if status:
                raise SystemExit(f"the undisturbed job failed: {(root / 'log').read_text()[-2000:]}")
            self.reference.append(seen(root))

    def kill_at_random(self, n_kills: int, rng: random.Random) -> None:
        """Run all steps, again and again from an empty folder, until so many kills are done."""
        round_ = 0
        while self.tally.n_kills < n_kills:
            round_ += 1
            root = self._scratch / f"killed-{round_}"
            for n, step in enumerate(self._every):
                apply(step, root / "articles")
                for _ in range(min(MAX_TRIES, n_kills - self.tally.n_kills)):
                    if not self._killed(root, n, rng.uniform(0, self._seconds[n])):
                        break
                self._come_through(root, n)
            shutil.rmtree(root)

    def kill_everywhere(self, n: int) -> int:
        """Kill a step after every call that changes the disk; return how many there are."""
        before = self._scratch / "before"
        shutil.rmtree(before, ignore_errors=True)
        for step in self._every[:n]:
            apply(step, before / "articles")
            os.waitpid(self._start(before, step.now), 0)
        apply(self._every[n], before / "articles")
        call, was_killed = 0, True
        while was_killed:
            root = self._scratch / "swept"
            shutil.rmtree(root, ignore_errors=True)
            shutil.copytree(before, root)
            _, status = os.waitpid(self._start(root, self._every[n].now, die_at=call), 0)
            was_killed = os.WIFSIGNALED(status)
            if was_killed:
                call += 1
                self._look_at_remains(root, n)
            self._come_through(root, n)
        return call

    def _start(self, root: Path, now: datetime, die_at: int | None = None) -> int:
        """Do one run in a process of its own, and return its number."""
        if pid := os.fork():
            return pid
        code = 99
        with contextlib.suppress(BaseException), open(root / "log", "a", encoding="utf-8") as stderr:
            os.dup2(stderr.fileno(), 2)
            log.configure(False, job=True)
            job = Job(root / "articles", root / "briefs", self._config, load=lambda _: self._models)
            if die_at is not None:
                sys.setprofile(_Assassin(die_at))
            try:
                code = loop.once(loop.Watch(job, root / "state"), lambda: now)
            except BaseException:
                traceback.print_exc()
                sys.stderr.flush()
        os._exit(code)

    def _killed(self, root: Path, n: int, delay_s: float) -> bool:
        """Kill a run after a delay; tell whether it was still at work then."""
        pid = self._start(root, self._every[n].now)
        time.sleep(delay_s)
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        if not os.WIFSIGNALED(status):
            return False
        self._look_at_remains(root, n)
        return True

    def _look_at_remains(self, root: Path, n: int) -> None:
        before = self.reference[n - 1] if n else Seen({}, _NOTHING, {})
        where, wrong = remains(seen(root), before, self.reference[n])
        self.tally.kills[where] += 1
        self._violated(f"step {n + 1}, killed {where}", wrong)

    def _come_through(self, root: Path, n: int) -> None:
        """Run to the end, and compare all that is there with the reference."""
        _, status = os.waitpid(self._start(root, self._every[n].now), 0)
        wrong = [f"the next start failed: {(root / 'log').read_text()[-500:]}"] if status else []
        now, meant = seen(root), self.reference[n]
        for what in ("files", "outcome", "rest"):
            mine, theirs = getattr(now, what), getattr(meant, what)
            wrong += [
                f"{what}: {k} differs" for k in sorted({*mine, *theirs}) if mine.get(k) != theirs.get(k)
            ]
        wrong += [f"left over: {p.name}" for p in (root / "briefs").glob(".*")]
        wrong += [f"left over: {p.name}" for p in (root / "state").iterdir() if p.name not in _STATE]
        self._violated(f"step {n + 1}, started again", wrong)

    def _violated(self, when: str, wrong: list[str]) -> None:
        self.tally.violations += [f"{when}: {text}" for text in wrong]


_STATE = {FILE, f"{FILE}.backup", "lock", "lock.json", "next.json"}


class _Assassin:
    """Kills its own process after the nth call that changes the disk; a profile function."""

    def __init__(self, die_at: int) -> None:
        self._left = die_at

    def __call__(self, frame: FrameType, event: str, called: Any) -> None:
        if event != "c_return" or not _changes_disk(frame, called):
            return
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self._left -= 1


def _changes_disk(frame: FrameType, called: Any) -> bool:
    if isinstance(getattr(called, "__self__", None), sqlite3.Connection):
        return called.__name__ in ("backup", "close") or frame.f_code.co_name in (
            "write", "write_all", "transaction",
        )  # fmt: skip
    return called in _ON_DISK


def seen(root: Path) -> Seen:
    """Look at a job's folders. The state is copied first, so that looking at it mends nothing."""
    briefs = root / "briefs"
    files = {p.name: _timeless(p.read_bytes()) for p in briefs.glob("[!.]*")} if briefs.is_dir() else {}
    with tempfile.TemporaryDirectory() as scratch:
        for path in (root / "state").glob(f"{FILE}*"):
            shutil.copy(path, scratch)
        with contextlib.closing(sqlite3.connect(Path(scratch) / FILE)) as state:
            if state.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return Seen(files, {"unsound": [1]}, {})
            if not state.execute("PRAGMA user_version").fetchone()[0]:
                return Seen(files, _NOTHING, {})
            return Seen(files, _rows(state, _OUTCOME), _rows(state, _REST))


def _rows(state: sqlite3.Connection, queries: dict[str, str]) -> dict[str, list[Any]]:
    return {name: sorted(map(repr, state.execute(query))) for name, query in queries.items()}


def _timeless(data: bytes) -> bytes:
    return _SECONDS.sub(b'"seconds": {}', data)


def remains(now: Seen, before: Seen, after: Seen) -> tuple[str, list[str]]:
    """Say how far a killed run had come, and what of its remains should not be."""
    saved = now.outcome == after.outcome and before.outcome != after.outcome
    wrong = [] if saved or now.outcome == before.outcome else ["the state is neither the old nor the new one"]
    allowed = after.files if saved else before.files
    for name, text in now.briefs.items():
        if allowed.get(name) != text:
            wrong.append(f"{name} is not the brief that it should be")
        if name.endswith(".md") and f"{name[:-3]}.json" not in now.files:
            wrong.append(f"{name} is there without its .json")
    wrong += [f"{name} is lost" for name in before.briefs if name not in now.files]
    latest = now.files.get("latest.md")
    if latest not in (before.files.get("latest.md"), after.files.get("latest.md") if saved else None):
        wrong.append("latest.md is no complete brief of now or before")
    if not saved:
        return "before its outcome was saved", wrong
    is_whole = now.files == after.files
    return ("after all was published" if is_whole else "between saving and publishing"), wrong


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="killing-") as scratch:
        yield Path(scratch)


def measure(n_kills: int, n_articles: int, seed: int, n_swept: int = N_SWEPT) -> tuple[Tally, list[str]]:
    """Kill so often at random, then everywhere in ``n_swept`` steps; tell what came of it, also in words."""
    with _folder() as scratch:
        killing = Killing(scratch, steps(n_articles, seed))
        killing.leave_alone()
        lines = [_described(n_articles, killing.reference)]
        killing.kill_at_random(n_kills, random.Random(seed))
        lines.append(f"at random moments: {_kills(killing.tally.kills)}")
        at_random = Counter(killing.tally.kills)
        for n in _with_updates(killing.reference)[-n_swept:] if n_swept else ():
            n_calls = killing.kill_everywhere(n)
            lines.append(f"step {n + 1}: killed after each of {n_calls} calls")
        if n_swept:
            lines.append(f"at every call: {_kills(killing.tally.kills - at_random)}")
        lines += [f"VIOLATED {text}" for text in killing.tally.violations]
        lines.append(f"violations: {len(killing.tally.violations)}")
        return killing.tally, lines


def _described(n_articles: int, reference: list[Seen]) -> str:
    last = reference[-1]
    claims = last.outcome["claims"]
    n = {what: sum(f"'{what}'" in row for row in claims) for what in ("updated", "withdrawn")}
    return (
        f"reference: {n_articles} articles in {len(reference)} steps, {len(last.briefs) // 2} briefs, "
        f"{len(claims)} claims, of them {n['updated']} updated, {n['withdrawn']} withdrawn"
    )


def _with_updates(reference: list[Seen]) -> list[int]:
    """Return the steps whose brief tells an update."""
    n_updates = [sum("'updated'" in row for row in s.outcome["claims"]) for s in reference]
    return [n for n in range(1, len(reference)) if n_updates[n] > n_updates[n - 1]]


def _kills(kills: Counter[str]) -> str:
    return f"{kills.total()} kills (" + ", ".join(f"{n} {where}" for where, n in kills.most_common()) + ")"


@click.command(help=(__doc__ or "").split("\n")[0])
@click.option("--kills", default=100, show_default=True, help="At random moments.")
@click.option("--articles", default=60, show_default=True)
@click.option("--sweep", default=N_SWEPT, show_default=True, help="Steps to kill at every call.")
@click.option("--seed", default=1, show_default=True)
def main(kills: int, articles: int, sweep: int, seed: int) -> None:
    tally, lines = measure(kills, articles, seed, sweep)
    click.echo("\n".join(lines))
    sys.exit(1 if tally.violations else 0)


if __name__ == "__main__":
    main()
