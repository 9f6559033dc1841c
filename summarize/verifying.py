"""Verify: a ``brief.json`` and the files that it cites → which cited passages still stand.

Contract: files are decoded exactly as reading decodes them, so that a passage is intact where
``text_of(source)[start:end] == evidence.text``; whatever else changed in a file is no alarm. Every cited
passage gets one judgement. Knows nothing of models, and does not ask whether a claim is right.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

from summarize.config import ReadConfig
from summarize.errors import BriefError, InputError
from summarize.nearest import find, nearest, stands
from summarize.passages import Cited, Passage, Source, load_cited
from summarize.reading import Extracted, Reader
from summarize.reading.discovery import find_files
from summarize.reading.extraction import whole_name

State = Literal["intact", "moved", "changed", "gone"]
# Share of words in order, from which another text is taken for a new version of a passage. Two sentences
# on one matter share about a third of their words.
SIMILAR = 0.5
VERSION = 0.75  # the same for a text in the passage's old place while the passage itself is still in the file
MISSING = "no such file"
MISSING_PART = "no longer in the file"  # a feed, for one, only has its newest entries
REWORDED = "stands there in other words"
RESPACED = "only white space differs, or a number goes on beyond it"
REPLACED = "nothing like it is in the file; at its place stands other text"
ENDED = "nothing like it is in the file, which now ends before its place"
_OTHER_TEXT = (REPLACED, ENDED)


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a file and what stands there; ``line`` counts from 1."""

    path: str
    start: int
    end: int
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of a passage.

    ``now`` is where a moved passage stands, or what stands instead of a changed one. ``copy`` is another
    place that still says the same words. ``reason`` says in words what was found.
    """

    passage: Passage
    state: State
    reason: str = ""
    now: Place | None = None
    copy: Place | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """The judgement on every cited passage, in the order of the sources.

    ``altered`` are files that changed in other places than those cited, which is no alarm.
    """

    brief: str
    folder: str
    judgements: tuple[Judgement, ...]
    altered: tuple[str, ...]

    @property
    def alarms(self) -> tuple[Judgement, ...]:
        """The passages that are not intact."""
        return tuple(j for j in self.judgements if j.state != "intact")


@dataclass(frozen=True, slots=True)
class Files:
    """What lies in the folder: cited files by their path, what can't be read, and all others when needed.

    ``sources`` are all files that the brief was made of, as they were then.
    """

    sources: tuple[Source, ...]
    cited: Mapping[str, Extracted]
    failed: Mapping[str, str]
    others: Callable[[], Mapping[str, Extracted]]

    def is_source(self, path: str, file: Extracted) -> bool:
        """Tell whether a file is a source of the brief that lies, untouched, where it lay."""
        return any(s.name == path and s.sha256 == file.sha256 for s in self.sources)


def verify(brief: Path, folder: Path | None = None, options: ReadConfig | None = None) -> Verification:
    """Re-read every file that a brief cites and judge every cited passage.

    :param folder: where the files are now; by default where the brief says that they are.
    :param options: how files are read; the limits on size, number and time do not count, since the brief may
        have been made with higher ones.
    :raises BriefError: if the brief can't be used, or its folder is not found.
    """
    cited = load_cited(brief)
    base = _folder_of(brief, cited, folder)
    with Reader(_unlimited(options or ReadConfig())) as reader:
        files = _load(base, cited, reader, searched=folder is not None or cited.folder is not None)
        judged = judge(cited.passages, files)
    return Verification(str(brief), str(base), judged, _altered(cited, files))


def _unlimited(options: ReadConfig) -> ReadConfig:
    return replace(
        options, max_bytes=10**12, max_unpacked_bytes=10**12, max_articles=10**9, max_seconds=3_600.0
    )


def judge(passages: tuple[Passage, ...], files: Files) -> tuple[Judgement, ...]:
    """Judge passages against the files as they are; pure but for the files that it asks for."""
    return tuple(_judged(passage, files) for passage in passages)


def _judged(passage: Passage, files: Files) -> Judgement:
    path = passage.source.name
    file = files.cited.get(path)
    if file is None:
        moved, copy = _elsewhere(passage, files, is_missing=True)
        if moved is not None:
            return Judgement(passage, "moved", "the file is not there; stands in another one", moved)
        missing = MISSING if passage.source.part is None else MISSING_PART
        return Judgement(passage, "gone", files.failed.get(path, missing), copy=copy)
    if _is_intact(file, passage):
        return Judgement(passage, "intact")
    at = find(file.text, passage.text, passage.start)
    if at is not None:
        here = _here(path, file, at, passage)
        edited = _edited_in_place(path, file, at, passage)
        if edited is not None:
            return Judgement(passage, "changed", REWORDED, edited, here)
        return Judgement(passage, "moved", "stands elsewhere in the file", here)
    moved, copy = _elsewhere(passage, files, is_missing=False)
    now, reason = _instead(path, file, passage)
    # Where two sources have changed places, what stands here now is no version of the passage.
    is_replaced = any(s.sha256 == file.sha256 for s in files.sources)
    if moved is not None and (is_replaced or reason in _OTHER_TEXT):
        return Judgement(passage, "moved", "the file has another text now; stands in another one", moved)
    return Judgement(passage, "changed", reason, now, moved or copy)


def _is_intact(file: Extracted, passage: Passage) -> bool:
    if file.sha256 == passage.source.sha256:
        return file.text[passage.start : passage.end] == passage.text
    return stands(file.text, passage.text, passage.start, passage.end)


def _elsewhere(passage: Passage, files: Files, is_missing: bool) -> tuple[Place | None, Place | None]:
    """Return where else the passage stands: in a file that it may have moved to, and in another source.

    A wire copy that is a source itself has said the same all the time: nothing has moved there, unless all of
    the missing file is there, byte for byte.
    """
    found: list[tuple[int, Place]] = []
    for path, file in files.others().items():
        at = None if path == passage.source.name else find(file.text, passage.text, passage.start)
        if at is not None:
            is_same, is_source = file.sha256 == passage.source.sha256, files.is_source(path, file)
            is_copy = is_source and not (is_same and is_missing)
            found.append((_COPY if is_copy else not is_same, _here(path, file, at, passage)))
    best = min(found, key=lambda f: (f[0], f[1].path), default=None)
    moved = best[1] if best is not None and best[0] < _COPY else None
    return moved, next((p for rank, p in found if rank == _COPY), None)


_COPY = 2  # ranks behind the same file and behind any other file with the passage


def _edited_in_place(path: str, file: Extracted, at: int, passage: Passage) -> Place | None:
    """Return the new version of a passage where it stood, if what stands elsewhere only repeats it.

    Many articles say their lead twice. Text that was put in front moves a passage less than its own length,
    or leaves nothing like it behind.
    """
    length = len(passage.text)
    if abs(at - passage.start) < length:
        return None
    first = max(0, passage.start - length // 2)
    near = nearest(file.text[first : passage.end + length // 2], passage.text, passage.start - first)
    if near is None or near.likeness < VERSION:
        return None
    return _place(path, file, first + near.span.start, first + near.span.end)


def _instead(path: str, file: Extracted, passage: Passage) -> tuple[Place | None, str]:
    """Return what stands in a file instead of a passage, and the same in words."""
    near = nearest(file.text, passage.text, passage.start)
    if near is not None and near.likeness >= SIMILAR:
        now = _place(path, file, near.span.start, near.span.end)
        is_respaced = "".join(now.text.split()) == "".join(passage.text.split())
        return now, RESPACED if is_respaced else REWORDED
    if passage.start >= len(file.text):
        return None, ENDED
    return _place(path, file, passage.start, min(passage.end, len(file.text))), REPLACED


def _here(path: str, file: Extracted, at: int, passage: Passage) -> Place:
    return _place(path, file, at, at + len(passage.text))


def _place(path: str, file: Extracted, start: int, end: int) -> Place:
    return Place(path, start, end, file.text.count("\n", 0, start) + 1, file.text[start:end])


def _altered(cited: Cited, files: Files) -> tuple[str, ...]:
    """Return the files that changed although all of their cited passages stand."""
    by_path: dict[str, list[Passage]] = {}
    for passage in cited.passages:
        by_path.setdefault(passage.source.name, []).append(passage)
    return tuple(
        path
        for path, own in by_path.items()
        if (file := files.cited.get(path)) is not None
        and file.sha256 != own[0].source.sha256
        and all(_is_intact(file, p) for p in own)
    )


def _folder_of(brief: Path, cited: Cited, chosen: Path | None) -> Path:
    """Return the folder that the brief's paths start from.

    :raises BriefError: if it is not there, or the brief does not tell.
    """
    if chosen is not None:
        if not chosen.is_dir():
            raise BriefError(f"{chosen}: no such folder; check the spelling of --folder")
        return chosen
    if not cited.tells_folder:
        raise BriefError(f"{brief}: does not tell which folder was read; name it with --folder FOLDER")
    if cited.folder is None:
        return Path()
    paths = {p.source.path for p in cited.passages}
    folders = [folder for folder in _candidates(brief, cited.folder) if folder.is_dir()]
    if not folders:
        raise BriefError(
            f"{brief}: its folder {cited.folder} is not found from the brief or from here; "
            "name it with --folder FOLDER"
        )
    return next((f for f in folders if any((f / path).exists() for path in paths)), folders[0])


def _candidates(brief: Path, folder: str) -> Iterator[Path]:
    """Yield where a folder may be: from the brief, by its path and through links, then from here."""
    written = brief.parent / folder
    yield Path(os.path.normpath(written))  # ".." undoes a name, as in the paths that briefs are written with
    yield written
    yield brief.resolve().parent / folder
    yield Path(folder)


def _load(base: Path, cited: Cited, reader: Reader, searched: bool) -> Files:
    """Read the cited files; the others are read when a passage is missing.

    :param searched: whether the folder is searched for others; without a common one there is none.
    """
    loaded: dict[str, Extracted] = {}
    failed: dict[str, str] = {}
    for path in dict.fromkeys(p.source.path for p in cited.passages):
        try:
            loaded |= _read(reader, base / path, path)
        except InputError as error:
            failed |= {s.name: error.reason for s in cited.sources if s.path == path}

    @cache
    def others() -> Mapping[str, Extracted]:
        return {**loaded, **(_load_others(base, reader, loaded) if searched else {})}

    return Files(cited.sources, loaded, failed, others)


def _load_others(base: Path, reader: Reader, known: Mapping[str, Extracted]) -> dict[str, Extracted]:
    found, _ = find_files(base, reader.options)
    loaded: dict[str, Extracted] = {}
    for file in found:
        if file.name in known:
            continue
        with contextlib.suppress(InputError):  # it holds no passage, or is a brief that quotes it
            loaded |= _read(reader, file.path, file.name)
    return loaded


def _read(reader: Reader, path: Path, name: str) -> dict[str, Extracted]:
    """Read a file and return its articles by name.

    :raises InputError: if it is missing, can't be read or holds no text.
    """
    if not os.path.lexists(path):
        raise InputError(name, MISSING)
    return {whole_name(name, e.part): e for e in reader.extract(path, name).articles}
