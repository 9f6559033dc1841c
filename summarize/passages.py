"""Read the cited passages of a ``brief.json``, each with what rests on it.

Contract: a passage is what the brief says that a source has at two offsets; the sources themselves are not
looked at. What is no brief, or one of a later version, is refused with the reason.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from summarize.errors import BriefError
from summarize.reading.extraction import whole_name
from summarize.rendering.json import SCHEMA

Role = Literal["claim", "disagreement", "reconciled", "uncorroborated"]
REMEDY = "give a file that summarize brief --format json wrote"


@dataclass(frozen=True, slots=True)
class Source:
    """A cited article as the brief knows it: its file's path, relative to the folder, and its hash.

    ``part`` is its part of that file, if the file holds several.
    """

    id: int
    path: str
    sha256: str
    part: str | None = None

    @property
    def name(self) -> str:
        """What to call it."""
        return whole_name(self.path, self.part)


@dataclass(frozen=True, slots=True)
class Resting:
    """What rests on a passage: a claim, or what one side says in a disagreement, under its heading."""

    heading: str
    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """``text_of(source)[start:end] == text`` when the brief was written, and what rests on it."""

    source: Source
    start: int
    end: int
    text: str
    resting: tuple[Resting, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """The cited passages of a brief in the order of their sources, and the folder that they are in.

    ``sources`` are all that were read, cited or not.
    ``folder`` leads there from the brief's own folder. It is None if the paths stand by themselves, and
    also in a brief that does not tell; then ``tells_folder`` is false.
    """

    folder: str | None
    tells_folder: bool
    sources: tuple[Source, ...]
    passages: tuple[Passage, ...]


def load_cited(path: Path) -> Cited:
    """Read the cited passages of a brief.

    :raises BriefError: if there is no such file, or it is no brief that this version knows.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise BriefError(f"{path}: no such file; {REMEDY}") from error
    except IsADirectoryError as error:
        raise BriefError(f"{path}: a folder, not a brief; {REMEDY}") from error
    except UnicodeDecodeError as error:
        raise BriefError(f"{path}: no brief, it is not UTF-8; {REMEDY}") from error
    except (OSError, ValueError) as error:
        raise BriefError(f"{path}: can't be read ({error}); check its path and permissions") from error
    return parse_cited(text, str(path))


def parse_cited(text: str, name: str) -> Cited:
    """Take the cited passages from the text of a brief.

    :param name: what to call the brief in errors.
    :raises BriefError: if it is no brief that this version knows.
    """
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BriefError(f"{name}: no brief, it is not JSON ({error}); {REMEDY}") from error
    _check_schema(plain.get("schema") if isinstance(plain, dict) else None, name)
    try:
        sources = tuple(map(_source, _list(plain, "sources")))
        return Cited(
            folder=None if plain.get("folder") is None else _path(plain, "folder"),
            tells_folder="folder" in plain,
            sources=sources,
            passages=_passages(plain, {s.id: s for s in sources}),
        )
    except _DamagedError as error:
        raise BriefError(f"{name}: a damaged brief, {error}; restore it, or write it again") from error


def _check_schema(schema: object, name: str) -> None:
    family, _, version = SCHEMA.rpartition("/")
    if schema == SCHEMA:
        return
    theirs, _, number = schema.rpartition("/") if isinstance(schema, str) else ("", "", "")
    if theirs == family and number.isdecimal() and int(number) > int(version):
        raise BriefError(f"{name}: a brief of a later version ({schema}); update summarize to read it")
    raise BriefError(f'{name}: no brief, its "schema" is not {SCHEMA}; {REMEDY}')


class _DamagedError(Exception):
    """A value of a brief is missing or of another kind than it must be."""


def _passages(plain: Any, sources: dict[int, Source]) -> tuple[Passage, ...]:
    resting: dict[tuple[int, int, int, str], dict[Resting, None]] = {}
    for rests, evidence in _evidence(plain):
        key = _integer(evidence, "source"), _integer(evidence, "start"), _integer(evidence, "end")
        if key[0] not in sources:
            raise _DamagedError(f"source {key[0]} is cited and not listed")
        resting.setdefault((*key, _string(evidence, "text")), {})[rests] = None
    return tuple(
        Passage(sources[source], start, end, text, tuple(own))
        for (source, start, end, text), own in sorted(resting.items(), key=lambda item: item[0])
    )


def _evidence(plain: Any) -> Iterator[tuple[Resting, Any]]:
    """Yield every piece of evidence with what rests on it, in the brief's order."""
    for topic in _list(plain, "topics"):
        heading = _string(topic, "heading")
        for claim in _list(topic, "claims"):
            rests = Resting(heading, "claim", _string(claim, "text"))
            yield from ((rests, e) for e in _list(claim, "evidence"))
        for role, key in _DIFFERENCES:
            for differing in _list(topic, key):
                about = _string(differing, "about")
                for position in _list(differing, "positions"):
                    yield from _of_position(position, heading, role, about)
        for position in _list(topic, "uncorroborated"):
            yield from _of_position(position, heading, "uncorroborated", "")


_DIFFERENCES: tuple[tuple[Role, str], ...] = (
    ("disagreement", "disagreements"),
    ("reconciled", "reconciled"),
)


def _of_position(position: Any, heading: str, role: Role, about: str) -> Iterator[tuple[Resting, Any]]:
    value = _string(position, "value")
    rests = Resting(heading, role, value if about in ("", value) else f"{about}: {value}")
    yield from ((rests, e) for e in _list(position, "evidence"))


def _source(plain: Any) -> Source:
    part = None if not isinstance(plain, dict) or plain.get("part") is None else _string(plain, "part")
    return Source(_integer(plain, "id"), _path(plain, "path"), _string(plain, "sha256"), part)


def _list(plain: Any, key: str) -> list[Any]:
    value = _get(plain, key)
    if not isinstance(value, list):
        raise _DamagedError(f'"{key}" is no list')
    return value


def _string(plain: Any, key: str) -> str:
    value = _get(plain, key)
    if not isinstance(value, str) or (not value and key == "text"):
        raise _DamagedError(f'"{key}" is no text')
    return value


def _path(plain: Any, key: str) -> str:
    value = _string(plain, key)
    if not value or "\0" in value:
        raise _DamagedError(f'"{key}" is no path')
    return value


def _integer(plain: Any, key: str) -> int:
    value = _get(plain, key)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _DamagedError(f'"{key}" is no whole number from 0')
    return value


def _get(plain: Any, key: str) -> Any:
    if not isinstance(plain, dict) or key not in plain:
        raise _DamagedError(f'"{key}" is missing')
    return plain[key]
