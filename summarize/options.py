"""The options that several commands share: a configuration and what overrides it. Imports nothing heavy."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from summarize.config import Config

_F = TypeVar("_F", bound=Callable[..., Any])


def with_settings(words: str) -> Callable[[_F], _F]:
    """Give a command the options that :func:`configured` takes, as keywords.

    :param words: the help text of ``--words``: what has this length.
    """
    options = (
        click.option("--config", metavar="FILE|PRESET", help="A YAML file, or a preset such as fast."),
        click.option("--words", type=int, metavar="N", help=words),
        click.option(
            "--topics", type=int, metavar="N", help="Number of topics.  [default: as the articles have]"
        ),
        click.option(
            "--writer", metavar="NAME|PATH", help="Model that words the claims; a preset's name will do."
        ),
        click.option("--embedder", metavar="NAME|PATH", help="Sentence-transformers model."),
    )

    def decorate(command: _F) -> _F:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def configured(
    config: str | None, words: int | None, topics: int | None, writer: str | None, embedder: str | None
) -> Config:
    """Load a configuration, and override what was given on the command line.

    :raises ConfigError: if it has mistakes.
    """
    from summarize.config import load_config, override

    return override(load_config(config), words=words, topics=topics, writer=writer, embedder=embedder)
