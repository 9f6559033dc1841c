"""Publish: finished briefs from the store → files in the output folder.

Contract: a brief is in the store, whole, before any of its files is; so a run that dies in between is made
good by the next one. ``latest.md`` is always a copy of the newest brief. Only files that a run of this state
wrote are ever removed.
"""

from __future__ import annotations

import zlib
from pathlib import Path

from summarize import log
from summarize.errors import SummarizeError
from summarize.saving import save, sweep
from summarize.store import Store

LATEST = "latest.md"


def publish(store: Store, out: Path) -> tuple[Path, ...]:
    """Write the files of all briefs that have none yet, oldest first, and return their Markdown files.

    :raises SummarizeError: if they can't be written; they stay in the store for the next run.
    """
    sweep(out, "brief-*.md", "brief-*.json", LATEST)
    rows = store.rows("SELECT id, brief, markdown, json FROM run WHERE markdown IS NOT NULL ORDER BY id")
    if rows:
        _make(out)
    written = []
    for run, name, *texts in rows:
        try:
            text, json = map(zlib.decompress, texts)
        except zlib.error as error:
            raise store.damaged() from error
        save(out / f"{name}.json", json)
        save(out / f"{name}.md", text)
        save(out / LATEST, text)
        store.write("UPDATE run SET markdown = NULL, json = NULL WHERE id = ?", run)
        written.append(out / f"{name}.md")
    return tuple(written)


def retire(store: Store, out: Path, keep: int) -> None:
    """Remove the files of all but the newest ``keep`` briefs; 0 keeps all."""
    if keep <= 0:
        return
    rows = store.rows("SELECT brief FROM run WHERE brief IS NOT NULL ORDER BY id DESC")
    for (name,) in rows[keep:]:
        for path in (out / f"{name}.md", out / f"{name}.json"):
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                log.error("not_removed", path=path, reason=error.strerror)


def _make(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SummarizeError(
            f"{out}: can't be made ({error.strerror}); choose another folder with --out"
        ) from error
