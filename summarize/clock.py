"""Which stage a run is in, and how many seconds each took."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Progress = Callable[[str, int, int], None]  # stage, done, total
STAGES = ("read", "load", "segment", "embed", "deduplicate", "cluster", "plan", "write", "compare")


@dataclass(slots=True)
class Clock:
    """Measures the stages and reports their beginning."""

    progress: Progress = lambda *_: None
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self.progress(name, STAGES.index(name), len(STAGES))
        started = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - started
