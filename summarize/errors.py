"""The errors that a user can mend. Each says what is wrong, with which thing, and what to do."""

from __future__ import annotations

EXIT_OK = 0
EXIT_SOME_INPUTS_FAILED = 1
EXIT_NOT_INTACT = 1  # of verify: a cited passage changed, moved or is gone
EXIT_USAGE = 2
EXIT_NOTHING_TO_SUMMARISE = 3
EXIT_INTERRUPTED = 130  # 128 + SIGINT, as shells have it


class SummarizeError(Exception):
    """Base of all errors that end a run with a message instead of a traceback."""

    exit_code = EXIT_USAGE


class ConfigError(SummarizeError):
    """The configuration has mistakes; all of them are listed, one per line."""


class ModelError(SummarizeError):
    """A model is missing, corrupt or can't be reached."""


class BriefError(SummarizeError):
    """A file is no brief that this version can read, or its folder is not there."""


class InputError(SummarizeError):
    """One input file can't be used; carries its path."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class NothingToSummariseError(SummarizeError):
    """No readable article was found."""

    exit_code = EXIT_NOTHING_TO_SUMMARISE
