"""Read: a folder → articles, with the characters of each that are news, and who published it when.

The stage's contract: texts are decoded and otherwise untouched; ``Article.body`` selects spans of
them; everything else is recorded as ``Dropped``; a file that can't be used is a ``Failure`` and costs
no other file. The stage knows nothing of sentences, topics or models.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from summarize.errors import InputError
from summarize.reading.cleaning import capitalised_words, without_frame
from summarize.reading.dates import date_in_name
from summarize.reading.decoding import Decoded, load
from summarize.reading.discovery import Found, base_of, find_files
from summarize.reading.metadata import Page, published_of, publisher_of, title_of
from summarize.reading.origins import origins
from summarize.reading.study import Recalling, Study, afresh, study
from summarize.types import Article, Dropped, Failure

__all__ = ["Decoded", "Found", "ReadOptions", "Reading", "base_of", "find_files", "read", "read_files"]

PLACE_SAMPLE = 4_000  # characters of an article in which names of places are looked for


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Which files are read, and how large they may be."""

    max_bytes: int = 20_000_000
    suffixes: tuple[str, ...] = (".txt", ".md")


@dataclass(frozen=True, slots=True)
class Reading:
    """The articles of a folder in the order of their paths, what was left out, what failed."""

    articles: tuple[Article, ...]
    dropped: tuple[Dropped, ...]
    failures: tuple[Failure, ...]


def read(folder: Path | list[Path], options: ReadOptions | None = None) -> Reading:
    """Read the articles of a folder, or of a list of files.

    :return: articles with ids from 1 in the order of their relative paths; none at all, and failures,
        if no file is usable.
    :raises InputError: if the folder does not exist.
    """
    options = options or ReadOptions()
    found, unlisted = find_files(folder, options.suffixes)
    return read_files(found, unlisted, lambda file: load(file.path, file.name, options.max_bytes))


def read_files(
    found: tuple[Found, ...],
    unlisted: tuple[Failure, ...],
    load_one: Callable[[Found], Decoded],
    recall: Recalling = afresh,
) -> Reading:
    """Read articles from files that were found.

    :param unlisted: what could not be listed; goes with the failures.
    :param load_one: returns a file's text, or raises ``InputError``.
    :param recall: returns the study of each text, by calling its last argument for those it does not know.
    """
    loaded, failures = _load_all(found, load_one)
    studies = _study_all(loaded, recall)
    pages = [Page(file.name, d.text, studies[d.sha256].cleaned) for file, d in loaded]
    empty = [
        Failure(p.name, "no news text found, only menus or captions") for p in pages if not p.cleaned.body
    ]
    pages = [p for p in pages if p.cleaned.body]
    publishers = [publisher_of(p) for p in pages]
    copied = origins(["\n".join(p.paragraphs()) for p in pages], publishers)
    cleaned = without_frame([p.cleaned for p in pages], [p.text for p in pages], copied)
    pages = [Page(p.name, p.text, c) for p, c in zip(pages, cleaned, strict=True)]
    hashes = {file.name: decoded.sha256 for file, decoded in loaded}
    years = [studies[hashes[p.name]].years | _year_in(p.name) for p in pages]
    articles = _describe(pages, publishers, copied, hashes, years)
    dropped = tuple(
        Dropped(a.id, start, end, "read", reason)
        for a, p in zip(articles, pages, strict=True)
        for start, end, reason in p.cleaned.dropped
    )
    every = sorted([*unlisted, *failures, *empty], key=lambda f: f.path)
    return Reading(articles, dropped, tuple(every))


def _load_all(
    found: tuple[Found, ...], load_one: Callable[[Found], Decoded]
) -> tuple[list[tuple[Found, Decoded]], list[Failure]]:
    loaded: list[tuple[Found, Decoded]] = []
    failures: list[Failure] = []
    for file in found:
        try:
            loaded.append((file, load_one(file)))
        except InputError as error:
            failures.append(Failure(error.path, error.reason))
    return loaded, failures


def _study_all(loaded: list[tuple[Found, Decoded]], recall: Recalling) -> Mapping[str, Study]:
    names = capitalised_words(decoded.text[:PLACE_SAMPLE] for _, decoded in loaded)
    texts = {decoded.sha256: decoded.text for _, decoded in loaded}
    return recall(texts, names, lambda text: study(text, names))


def _year_in(name: str) -> frozenset[int]:
    stated = date_in_name(name)
    return frozenset({stated.year}) if stated else frozenset()


def _describe(
    pages: list[Page],
    publishers: list[str | None],
    copied: list[int],
    hashes: dict[str, str],
    years: list[frozenset[int]],
) -> tuple[Article, ...]:
    n_naming = Counter(year for named in years for year in named)
    articles: list[Article] = []
    for i, page in enumerate(pages):
        others = frozenset(y for y, n in n_naming.items() if n > (y in years[i]))
        articles.append(
            Article(
                id=i + 1,
                path=page.name,
                text=page.text,
                sha256=hashes[page.name],
                body=page.cleaned.body,
                title=title_of(page),
                publisher=publishers[i],
                published=published_of(page, years[i], others),
                origin=copied[i] + 1,
            )
        )
    return tuple(articles)
