"""A desk: a folder of articles, a folder of briefs and a state, with a job that runs over them on demand.

The models are scripted, the clock is handed in, and files look as if they had been quiet for an hour; the
store, the lock and the files are the real ones.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema

from summarize import rendering
from summarize.config import Config, load_config
from summarize.job import loop
from summarize.job.run import Job, Report, run
from summarize.loading import Models
from summarize.store import open_store
from tests.scripted import models

_SCHEMA = json.loads((Path(rendering.__file__).parent / "brief.schema.json").read_bytes())
MORNING = datetime(2020, 2, 21, 6, 0, tzinfo=UTC)
DAY = timedelta(days=1)
KILLED = "The storm in Ohio has killed 12 people since Monday."
LOST = "Anna Berg, the mayor of Ohio, said that 40 boats were lost."
CLOSED = "Schools in Ohio stay closed until the end of the storm."
FIRE = "A fire in Marlow destroyed the old theatre on Tuesday."
ARMY = "The army sent 300 soldiers to the coast on Wednesday morning."


def news(*sentences: str, title: str = "Storm in Ohio", day: str = "2020-02-20") -> str:
    """Write an article as agencies do, with a paragraph for each sentence."""
    head = f"---\ntitle: {title}\ndate: {day}\npublisher: Daily Post\n---\n\n"
    return head + "\n\n".join(sentences) + "\n"


def unlike_any_other(n: int) -> str:
    """Write a sentence of words that no other one has, so that none need be compared."""
    name = "".join(chr(97 + int(digit)) for digit in f"{n:03}")
    return " ".join(start + name for start in ("Gr", "bel", "tor", "sim", "kan", "lup", "mo")) + "."


class Desk:
    """Builds and runs a job in a folder."""

    def __init__(self, root: Path, *, out: Path | None = None, state: Path | None = None) -> None:
        self.articles = root / "articles"
        self.out, self.state = out or root / "briefs", state or root / "state"
        self.articles.mkdir(parents=True)
        self.n_loads = 0
        self.job = Job(self.articles, self.out, load_config(None), load=self._load)

    def _load(self, _: Config) -> Models:
        self.n_loads += 1
        return models()

    @property
    def watch(self) -> loop.Watch:
        return loop.Watch(self.job, self.state)

    def put(self, name: str, *sentences: str, **values: str) -> Path:
        """Put an article into the folder."""
        return self.put_bytes(name, news(*sentences, **values).encode())

    def put_bytes(self, name: str, data: bytes) -> Path:
        path = self.articles / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        quiet = time.time() - 3600
        os.utime(path, (quiet, quiet))
        return path

    def run(
        self, now: datetime = MORNING, *, sleep: Callable[[float], None] = time.sleep, **values: Any
    ) -> Report:
        """Do one run in this process."""
        with open_store(self.state) as store:
            return run(replace(self.job, **values), store, now, sleep=sleep)

    def once(self, now: datetime = MORNING) -> int:
        """Do one run as the command does, with lock and signals, and return the exit code."""
        return loop.once(self.watch, lambda: now)

    @property
    def names(self) -> list[str]:
        """The names of the briefs, without suffix; each has both of its files."""
        found = sorted(p.stem for p in self.out.glob("brief-*.md"))
        assert found == sorted(p.stem for p in self.out.glob("brief-*.json"))
        return found

    @property
    def latest(self) -> str:
        return (self.out / "latest.md").read_text(encoding="utf-8")

    def brief(self, name: str | None = None) -> dict[str, Any]:
        """Read a brief, the newest by default, of which ``latest.md`` is a copy."""
        if name is None:
            name = self.rows("SELECT brief FROM run WHERE brief IS NOT NULL ORDER BY id DESC LIMIT 1")[0][0]
            assert self.latest == (self.out / f"{name}.md").read_text(encoding="utf-8")
        found: dict[str, Any] = json.loads((self.out / f"{name}.json").read_bytes())
        jsonschema.validate(found, _SCHEMA)
        return found

    def told(self, *statuses: str, name: str | None = None) -> set[str]:
        """Return the claims of a brief that have one of some statuses, new and updated by default."""
        wanted = statuses or ("new", "updated")
        topics = self.brief(name)["topics"]
        return {c["text"] for t in topics for c in t["claims"] if c["status"] in wanted}

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with open_store(self.state) as store:
            return store.rows(query)

    @property
    def taken_in(self) -> list[str]:
        """The paths of the files whose content a finished run knows, as often as it is stored."""
        found = self.rows("SELECT path FROM file JOIN article ON article.sha256 = told WHERE run IS NOT NULL")
        return sorted(path for (path,) in found)

    def everything(self) -> dict[str, bytes]:
        """Return all files of state and output, to see whether anything was touched."""
        paths = [p for folder in (self.state, self.out) if folder.is_dir() for p in folder.rglob("*")]
        return {str(p): p.read_bytes() for p in paths if p.is_file() and not p.name.startswith("lock")}
