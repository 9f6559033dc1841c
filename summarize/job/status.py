"""Status: what a job did last, when it runs next, what it could not read and how much it keeps."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from summarize.errors import SummarizeError
from summarize.job.lock import is_held
from summarize.job.loop import NEXT
from summarize.store import FILE, open_store
from summarize.store.runs import Run, last_runs, sizes, unreadable

N_RUNS = 10


def status(state: Path) -> str:
    """Return a report on a state folder, as text; needs no lock.

    :raises SummarizeError: if there is no state.
    """
    path = state / FILE
    if not path.is_file():
        raise SummarizeError(f"{state}: no job has run with this state yet; name its folder with --state")
    with open_store(state) as store:
        runs, failures, counts = last_runs(store, N_RUNS), unreadable(store), sizes(store)
    lines = [
        f"state     {path} ({path.stat().st_size / 1e6:,.1f} MB)",
        f"job       {_job(state)}",
        "last runs",
    ]
    lines += [f"  {_run(r)}" for r in runs] or ["  none"]
    lines += (
        ["unreadable", *(f"  {f.path}: {f.reason}" for f in failures)] if failures else ["unreadable  none"]
    )
    lines.append("holds     " + ", ".join(f"{n:,} {name}s" for name, n in counts.items() if name != "cache"))
    return "\n".join(lines) + "\n"


def _job(state: Path) -> str:
    if not is_held(state):
        return "not running"
    try:
        due = datetime.fromisoformat(json.loads((state / NEXT).read_bytes())["next"])
    except (OSError, ValueError, KeyError, TypeError):
        return "running"
    return f"running, next run {due:%Y-%m-%d %H:%M:%S} UTC"


def _run(run: Run) -> str:
    counts = ", ".join(f"{value} {name}" for name, value in run.counts.items() if name != "error")
    what = run.brief or str(run.counts.get("error", ""))
    parts = (f"{run.created:%Y-%m-%d %H:%M:%S} UTC", run.outcome, f"{run.seconds:.1f} s", what, counts)
    return "  ".join(p for p in parts if p)
