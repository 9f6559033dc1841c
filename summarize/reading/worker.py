"""Extract in a process of its own, so that no file can hang, exhaust or crash the run.

Contract: a :class:`Worker` takes the bytes of one file at a time and answers with its extraction or an
``InputError``. A file that takes too long or too much memory costs the process, which is started again for
the next file, and nothing else. The child opens no file. It answers in JSON: what a hostile file might make
it say is data.

The child imports no model library. Run as a module it is the child.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

import summarize
from summarize.config import ReadConfig
from summarize.errors import InputError, SummarizeError
from summarize.reading.extraction import Extracted, Extraction, metadata_of
from summarize.types import Failure

_LENGTH = struct.Struct(">Q")  # bytes of the message that follows
_MAX_MESSAGE = 1 << 31  # bytes; memory for a longer one is not even asked for
_START_S = 60.0  # seconds that a child may take to start; libraries of formats are imported at need
_END_S = 5.0  # seconds that a child may take to end once it has stopped answering


class Worker:
    """A child process that reads files, started when the first one comes.

    :param options: limits on time and memory included.
    """

    def __init__(self, options: ReadConfig) -> None:
        self._options = options
        self._child: subprocess.Popen[bytes] | None = None

    def extract(self, data: bytes, name: str) -> Extraction:
        """Take the articles out of one file's bytes.

        :raises InputError: if it can't be used, or needs more than the limits allow.
        :raises SummarizeError: if no child can be started.
        """
        child = self._started()
        answer, deadline = None, _Deadline(child, self._options.max_seconds)
        try:
            with deadline:
                _send(child.stdin, json.dumps(name).encode("ascii"))
                _send(child.stdin, data)
                answer = _receive(child.stdout)
        except (EOFError, OSError):
            reason = self._too_slow() if deadline.is_past else self._cause_of_death(child)
            raise InputError(name, reason) from None
        finally:
            if answer is None:
                self.close()
        return _parsed(answer, name)

    def close(self) -> None:
        """End the child process, whatever it is doing."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is None:
            self._child = subprocess.Popen(
                [sys.executable, "-m", __name__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
            try:
                with _Deadline(self._child, _START_S):
                    _send(self._child.stdin, json.dumps(asdict(self._options)).encode("ascii"))
                    _receive(self._child.stdout)
            except (EOFError, OSError) as error:
                self.close()
                raise SummarizeError(
                    f"the process that reads files can't be started; check that {sys.executable} runs, "
                    "and that memory is free"
                ) from error
        return self._child

    def _too_slow(self) -> str:
        limit = f"{self._options.max_seconds:g} s"
        return f"takes longer than {limit} to read; split it or raise read.max_seconds"

    def _cause_of_death(self, child: subprocess.Popen[bytes]) -> str:
        code = _exit_code(child)
        if code in (-signal.SIGKILL, _OUT_OF_MEMORY):
            limit = f"{self._options.max_memory_bytes:,} bytes of memory"
            return f"needs more than {limit} to read; split it or raise read.max_memory_bytes"
        return f"the reader of this format crashed on it (exit {code}); remove it or save it in another form"


class _Deadline:
    """Kills a child that is not done in time, which ends every wait for it."""

    def __init__(self, child: subprocess.Popen[bytes], seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._end)
        self._child = child
        self.is_past = False

    def __enter__(self) -> None:
        self._timer.daemon = True
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def _end(self) -> None:
        self.is_past = True
        self._child.kill()


_OUT_OF_MEMORY = 77  # exit code of a child that could not even say so


def _exit_code(child: subprocess.Popen[bytes]) -> int:
    """Return how a child ended; one that still runs has an answer that is too long to be taken."""
    try:
        return child.wait(_END_S)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()


def _environment() -> Mapping[str, str]:
    """Return an environment in which the child finds this very package."""
    here = str(Path(summarize.__file__).parent.parent)
    path = os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH")]))
    return {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "0", "PYTHONIOENCODING": "utf-8"}


def _send(pipe: IO[bytes] | None, message: bytes) -> None:
    assert pipe is not None
    pipe.write(_LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def _receive(pipe: IO[bytes] | None) -> Any:
    """Return the child's next answer.

    :raises EOFError: if the child is gone.
    """
    assert pipe is not None
    message = _message(pipe)
    if not message:
        raise EOFError
    return json.loads(message)


def _message(pipe: IO[bytes]) -> bytes:
    """Return the other side's next message; an empty one if it is gone, or went in the middle of one."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return b""
    (length,) = _LENGTH.unpack(head)
    message = pipe.read(length) if length <= _MAX_MESSAGE else b""
    return message if len(message) == length else b""


def _parsed(answer: Any, name: str) -> Extraction:
    if "reason" in answer:
        raise InputError(name, answer["reason"])
    articles = tuple(_extracted(plain) for plain in answer["articles"])
    return Extraction(articles, tuple(Failure(**plain) for plain in answer["failures"]))


def _extracted(plain: dict[str, Any]) -> Extracted:
    return Extracted(**{**plain, "metadata": metadata_of(plain["metadata"])})


def _serve() -> None:
    """Read files until the parent closes its end."""
    source = os.fdopen(os.dup(0), "rb")
    target = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the messages
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    options = _options(json.loads(_message(source)))
    _limit_memory(options.max_memory_bytes)
    _send(target, b"{}")
    while name := _message(source):
        answer = _answer(_message(source), json.loads(name), options)
        _send(target, json.dumps(answer).encode("ascii"))


def _options(plain: dict[str, Any]) -> ReadConfig:
    return ReadConfig(**{**plain, "suffixes": tuple(plain["suffixes"])})


def _limit_memory(n_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows: there the limit on time is the only one
        return
    resource.setrlimit(resource.RLIMIT_AS, (n_bytes, n_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(data: bytes, name: str, options: ReadConfig) -> object:
    from summarize.reading.formats import extract

    try:
        return asdict(extract(data, name, options))
    except InputError as error:
        return {"reason": error.reason}
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)  # a process that ran out of memory once is in no state to go on


if __name__ == "__main__":
    _serve()
