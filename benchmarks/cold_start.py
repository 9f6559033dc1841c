"""Measure a cold start to a finished brief of ``seeds/``: wall time and peak memory.

    python benchmarks/cold_start.py [--runs 5] [--folder seeds]

Each run is a fresh process, models on disk and checksums verified before (the first run is not
counted). Side by side in the same session, a process that only imports torch and transformers tells
what of the time no code of ours could save; the ratio of the two is what can be compared between
machines.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

IMPORTS = ("-c", "import torch, transformers; transformers.AutoModelForSeq2SeqLM, transformers.AutoModel")


def measure(arguments: list[str]) -> tuple[float, float]:
    """Run a Python process; return its wall time in seconds and its peak memory in MB (10**6 bytes)."""
    started = time.perf_counter()
    with subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)}: exit code {process.returncode}")
    return time.perf_counter() - started, usage.ru_maxrss * 1024 / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", type=Path, default=Path(__file__).parents[1] / "seeds")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "brief.json"
        brief = ["-m", "summarize", "brief", str(options.folder), "--format", "json", "-o", str(out)]
        measure(brief)
        ours, imports = [], []
        for _ in range(options.runs):
            ours.append(measure(brief))
            imports.append(measure(list(IMPORTS)))
        stages = json.loads(out.read_text(encoding="utf-8"))["stats"]["seconds"]
    for name, rows in (("brief", ours), ("imports alone", imports)):
        seconds, megabytes = zip(*rows, strict=True)
        print(
            f"{name}: median {statistics.median(seconds):.2f} s, peak {max(megabytes):.0f} MB, n={len(rows)}"
        )
    ratio = statistics.median(s for s, _ in ours) / statistics.median(s for s, _ in imports)
    print(f"ratio: {ratio:.2f}")
    print("stages of the last run: " + ", ".join(f"{k} {v:.2f} s" for k, v in stages.items()))


if __name__ == "__main__":
    main()
