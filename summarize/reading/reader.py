"""Read files one by one or all at once: text here, every other format in worker processes.

Contract: files come back in their order, each as its extraction or as the error that it met; no file costs
another one.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType

from summarize.config import ReadConfig
from summarize.errors import InputError
from summarize.reading.decoding import load, read_bytes
from summarize.reading.discovery import Found
from summarize.reading.extraction import Extraction
from summarize.reading.formats import is_plain
from summarize.reading.worker import Worker

MAX_WORKERS = 8
FILES_PER_WORKER = 8  # fewer are not worth the start of another process


class Reader:
    """Reads files; close it, or use it in a ``with`` statement, to end its processes."""

    def __init__(self, options: ReadConfig) -> None:
        self.options = options
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        self._workers: list[Worker] = []

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.close()

    def extract(self, path: Path, name: str) -> Extraction:
        """Read one file.

        :param name: what to call it in errors; its ending decides how it is read.
        :raises InputError: if it can't be used.
        """
        if is_plain(name):
            return Extraction((load(path, name, self.options.max_bytes),))
        data = read_bytes(path, name, self.options.max_bytes)
        if not data:
            raise InputError(name, "empty; remove it or put an article in it")
        if not self._workers:
            self._grow(1)
        worker = self._idle.get()
        try:
            return worker.extract(data, name)
        finally:
            self._idle.put(worker)

    def extract_all(self, files: Iterable[Found]) -> list[Extraction | InputError]:
        """Read files side by side."""
        files = list(files)
        n_slow = sum(not is_plain(f.name) for f in files)
        n_workers = min(MAX_WORKERS, os.cpu_count() or 1, -(-n_slow // FILES_PER_WORKER))
        if n_workers <= 1:
            return [self._tried(f) for f in files]
        self._grow(n_workers - len(self._workers))
        pool = ThreadPoolExecutor(n_workers)
        try:
            return list(pool.map(self._tried, files))
        finally:  # also after Ctrl-C, which must not wait for all that is still to be read
            pool.shutdown(wait=False, cancel_futures=True)

    def _tried(self, file: Found) -> Extraction | InputError:
        try:
            return self.extract(file.path, file.name)
        except InputError as error:
            return error

    def _grow(self, n: int) -> None:
        for _ in range(n):
            worker = Worker(self.options)
            self._workers.append(worker)
            self._idle.put(worker)
