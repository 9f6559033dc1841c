"""Runs as the store lists them: what was looked at, what came of it, and what failed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from summarize.store import Store
from summarize.store.folder import Folder, remember
from summarize.types import Failure


@dataclass(frozen=True, slots=True)
class Run:
    """A run of the past. ``counts`` has whatever it counted, ``error`` among them."""

    created: datetime
    outcome: str  # brief, nothing, unchanged, failed
    brief: str | None
    counts: dict[str, object]
    seconds: float


def record_unchanged(store: Store, found: Folder, now: datetime, seconds: float) -> None:
    """Note that nothing had changed; of several such runs in a row only the last is kept."""
    with store.transaction():
        remember(store, found)
        _replace_last(store, "unchanged", now, {}, seconds)


def record_failed(store: Store, now: datetime, reason: str, seconds: float) -> None:
    """Note why a run came to nothing."""
    with store.transaction():
        _replace_last(store, "failed", now, {"error": reason}, seconds)


def last_runs(store: Store, n: int) -> tuple[Run, ...]:
    """Return the last runs, newest first."""
    rows = store.rows("SELECT created, outcome, brief, counts, seconds FROM run ORDER BY id DESC LIMIT ?", n)
    return tuple(
        Run(datetime.fromisoformat(created), outcome, brief, json.loads(counts), seconds)
        for created, outcome, brief, counts, seconds in rows
    )


def counts_of(store: Store, brief: str) -> dict[str, int]:
    """Return what the run that wrote a brief counted; ``brief`` is the name of its files."""
    rows = store.rows("SELECT counts FROM run WHERE brief = ?", brief)
    found: dict[str, int] = json.loads(rows[0][0]) if rows else {}
    return found


def unreadable(store: Store) -> tuple[Failure, ...]:
    """Return the files that can't be used now."""
    rows = store.rows("SELECT path, reason FROM file WHERE reason IS NOT NULL ORDER BY path")
    return tuple(Failure(path, reason) for path, reason in rows)


def sizes(store: Store) -> dict[str, int]:
    """Count what the store holds."""
    tables = ("file", "article", "sentence", "fact", "topic", "claim", "cache")
    return {name: store.rows(f"SELECT count(*) FROM {name}")[0][0] for name in tables}


def _replace_last(
    store: Store, outcome: str, now: datetime, counts: dict[str, object], seconds: float
) -> None:
    """Add a row; one like the last replaces it, so that a quiet month fills no table."""
    last = store.rows("SELECT id, outcome, counts FROM run ORDER BY id DESC LIMIT 1")
    text = json.dumps(counts)
    if last and last[0][1:] == (outcome, text):
        store.write(
            "UPDATE run SET created = ?, seconds = ? WHERE id = ?", now.isoformat(), seconds, last[0][0]
        )
        return
    store.write(
        "INSERT INTO run (created, outcome, counts, seconds) VALUES (?, ?, ?, ?)",
        now.isoformat(), outcome, text, seconds,
    )  # fmt: skip
