"""Extract: one file → the articles in it, as text with what the file states about each.

Contract: a text file is decoded and otherwise untouched; of other formats the text of each article is taken
out, and offsets count its characters. The same bytes give the same text. A file that holds several articles,
such as a feed, gives each a ``part``, a name that stays when others are added to the file. What can't be used
is refused with the reason: the whole file, or a part of it as a ``Failure``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from summarize.types import Failure, Metadata, Noted


@dataclass(frozen=True, slots=True)
class Extracted:
    """One article's text, and what its file states about it.

    ``sha256`` is that of the file's bytes; of an article that is a part of a file, that of its text and
    metadata. ``form`` names the format, "text" where offsets are those of the file itself.
    """

    text: str
    sha256: str
    part: str | None = None
    form: str = "text"
    metadata: Metadata = field(default_factory=Metadata)


@dataclass(frozen=True, slots=True)
class Extraction:
    """The articles of one file in their order, and its parts that can't be used."""

    articles: tuple[Extracted, ...]
    failures: tuple[Failure, ...] = ()


def whole_name(path: str, part: str | None) -> str:
    """Return what to call an article: its file's path, and behind a # its part of it."""
    return path if part is None else f"{path}#{part}"


def hash_of_part(text: str, metadata: Metadata) -> str:
    """Return the SHA-256 that stands for an article inside a file: only what is its own counts."""
    record = json.dumps([text, asdict(metadata)], sort_keys=True)
    return hashlib.sha256(record.encode()).hexdigest()


def metadata_of(plain: Mapping[str, Any]) -> Metadata:
    """Make metadata of what ``asdict`` made of it."""
    return Metadata(**{key: value and Noted(**value) for key, value in plain.items()})
