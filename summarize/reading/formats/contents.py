"""What a format's module returns: the drafts of the articles that a file holds."""

from __future__ import annotations

from dataclasses import dataclass, field

from summarize.types import Metadata


@dataclass(frozen=True, slots=True)
class Draft:
    """One article as a format tells it; ``key`` is what its file calls it by, an id or an address."""

    text: str
    form: str
    metadata: Metadata = field(default_factory=Metadata)
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A part of a file that can't be used, and why."""

    reason: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """What one file holds, in its order; ``holds_many`` for a collection, also of one."""

    drafts: tuple[Draft | Refused, ...]
    holds_many: bool = False


def single(text: str, form: str, metadata: Metadata | None = None) -> Contents:
    """Return the contents of a file that is one article."""
    return Contents((Draft(text, form, metadata or Metadata()),))
