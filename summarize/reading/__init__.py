"""Read: a folder → articles, with the characters of each that are news, and who published it when.

The stage's contract: texts are decoded, or taken out of their format, and otherwise untouched;
``Article.body`` selects spans of them; everything else is recorded as ``Dropped``; a file that can't be used
is a ``Failure`` and costs no other file. The stage knows nothing of sentences, topics or models.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from summarize.config import ReadConfig
from summarize.errors import InputError
from summarize.reading.cleaning import capitalised_words, without_frame
from summarize.reading.dates import date_in_name
from summarize.reading.discovery import Found, base_of, find_files
from summarize.reading.extraction import Extracted, whole_name
from summarize.reading.languages import ANY, is_known, name_of
from summarize.reading.metadata import day_published, describe_page, signer
from summarize.reading.page import Page
from summarize.reading.publication import Years
from summarize.reading.reader import Reader
from summarize.reading.study import Recalling, Study, afresh, key_of, study
from summarize.types import Article, Dropped, Failure, Metadata

__all__ = ["Extracted", "Found", "Reader", "Reading", "base_of", "describe", "find_files", "read"]

PLACE_SAMPLE = 4_000  # characters of an article in which names of places are looked for


@dataclass(frozen=True, slots=True)
class Reading:
    """The articles of a folder in the order of their paths, what was left out, what failed."""

    articles: tuple[Article, ...]
    dropped: tuple[Dropped, ...]
    failures: tuple[Failure, ...]


def read(
    folder: Path | list[Path], options: ReadConfig | None = None, languages: tuple[str, ...] = (ANY,)
) -> Reading:
    """Read the articles of a folder, or of a list of files.

    :param languages: that can be made use of; an article that is certainly in another one is a failure.
    :return: articles with ids from 1 in the order of their relative paths; none at all, and failures,
        if no file is usable.
    :raises InputError: if the folder does not exist.
    """
    options = options or ReadConfig()
    found, unlisted = find_files(folder, options)
    loaded: list[tuple[str, Extracted]] = []
    failures = list(unlisted)
    with Reader(options) as reader:
        for file, result in zip(found, reader.extract_all(found), strict=True):
            if isinstance(result, InputError):
                failures.append(Failure(result.path, result.reason))
                continue
            failures += result.failures
            loaded += [(whole_name(file.name, e.part), e) for e in result.articles]
    return describe(loaded, failures, languages=languages)


def describe(
    loaded: Iterable[tuple[str, Extracted]],
    failures: Iterable[Failure],
    recall: Recalling = afresh,
    languages: tuple[str, ...] = (ANY,),
) -> Reading:
    """Make articles of texts that were extracted.

    :param loaded: with the whole name of each.
    :param failures: what could not be read; goes with what has no news in it.
    :param recall: returns the study of each text, by calling its last argument for those it does not know.
    :param languages: as in :func:`read`.
    """
    from summarize.reading.origins import origins  # imports numpy: not for a run that finds nothing new

    loaded = sorted(loaded, key=lambda item: item[0])
    studies = _study_all(loaded, recall)
    pages = [_page(name, e, studies[key_of(e)]) for name, e in loaded]
    empty = [
        Failure(p.name, "no news text found, only menus or captions; remove it or save the article itself")
        for p in pages
        if not p.cleaned.body
    ]
    foreign = [Failure(p.name, _not_known(p.language)) for p in pages if not is_known(p.language, languages)]
    pages = [p for p in pages if p.cleaned.body and is_known(p.language, languages)]
    years = [studies[key_of(p.extracted)].years | _year_in(p.name) for p in pages]
    described = _describe(pages, years)
    copied = origins(["\n".join(p.paragraphs()) for p in pages], [signer(m) for m in described])
    cleaned = without_frame([p.cleaned for p in pages], [p.text for p in pages], copied)
    pages = [replace(p, cleaned=c) for p, c in zip(pages, cleaned, strict=True)]
    articles = _articles(pages, described, copied)
    dropped = tuple(
        Dropped(a.id, start, end, "read", reason)
        for a, p in zip(articles, pages, strict=True)
        for start, end, reason in p.cleaned.dropped
    )
    every = sorted([*failures, *empty, *foreign], key=lambda f: f.path)
    return Reading(articles, dropped, tuple(every))


def _not_known(language: str | None) -> str:
    return (
        f"in {name_of(language or '')}, which the models are not made for; use --config multilingual, "
        "or set languages"
    )


def _study_all(loaded: list[tuple[str, Extracted]], recall: Recalling) -> Mapping[str, Study]:
    names = capitalised_words(extracted.text[:PLACE_SAMPLE] for _, extracted in loaded)
    texts = {key_of(extracted): extracted for _, extracted in loaded}
    return recall(texts, names, lambda extracted: study(extracted, names))


def _year_in(name: str) -> frozenset[int]:
    stated = date_in_name(name)
    return frozenset({stated.year}) if stated else frozenset()


def _page(name: str, extracted: Extracted, known: Study) -> Page:
    return Page(name, extracted, known.cleaned, known.header, known.language)


def _describe(pages: list[Page], years: list[frozenset[int]]) -> list[Metadata]:
    n_naming = Counter(year for named in years for year in named)
    found = []
    for page, own in zip(pages, years, strict=True):
        others = frozenset(y for y, n in n_naming.items() if n > (y in own))
        found.append(describe_page(page, Years(own, others)))
    return found


def _articles(pages: list[Page], described: list[Metadata], copied: list[int]) -> tuple[Article, ...]:
    return tuple(
        Article(
            id=i + 1,
            path=page.name,
            text=page.text,
            sha256=page.extracted.sha256,
            body=page.cleaned.body,
            title=metadata.title.value if metadata.title else None,
            publisher=signer(metadata),
            published=day_published(metadata),
            origin=copied[i] + 1,
            part=page.extracted.part,
            form=page.extracted.form,
            metadata=metadata,
        )
        for i, (page, metadata) in enumerate(zip(pages, described, strict=True))
    )
