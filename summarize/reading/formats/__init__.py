"""Formats: a file's bytes → the articles in it, by what its name's ending says that it is.

Contract: each format is a module beside this one with one function, ``extract(data, name, options)``, which
returns :class:`Contents` or raises ``InputError``. Formats know nothing of files and of each other, except
that archives hand what they hold back to :func:`extract`. They may be slow, hungry or crash on hostile bytes:
:mod:`summarize.reading.worker` runs them in a process of its own, under limits.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePosixPath
from types import MappingProxyType

from summarize.config import ReadConfig
from summarize.errors import InputError
from summarize.reading.extraction import Extracted, Extraction, hash_of_part, whole_name
from summarize.reading.formats.contents import Contents, Draft, Refused
from summarize.reading.formats.fitness import fit_metadata, fit_text, visible
from summarize.reading.formats.naming import part_names
from summarize.reading.formats.unpacking import Budget, OverBudgetError, is_archive, unpack
from summarize.types import Failure

PLAIN = (".txt", ".md")
# By the name's ending, the module that reads it.
FORMATS = MappingProxyType(
    {
        ".html": "html",
        ".htm": "html",
        ".xhtml": "html",
        ".mhtml": "mhtml",
        ".mht": "mhtml",
        ".xml": "xml",
        ".rss": "xml",
        ".atom": "xml",
        ".json": "records",
        ".jsonl": "records",
        ".ndjson": "records",
        ".eml": "mail",
        ".pdf": "pdf",
        ".docx": "word",
        **dict.fromkeys(PLAIN, "text"),
    }
)


@dataclass(frozen=True, slots=True)
class _Item:
    """What is on its way out of a file: a draft or a refusal, and its part of the file."""

    part: str | None
    held: Draft | Refused


def is_plain(name: str) -> bool:
    """Tell whether a file is read as plain text; so is what has no known ending."""
    suffix = PurePosixPath(name).suffix.lower()
    return suffix in PLAIN or not (suffix in FORMATS or is_archive(name))


def extract(data: bytes, name: str, options: ReadConfig) -> Extraction:
    """Take the articles out of one file's bytes.

    :param name: the file's name; its ending decides how it is read.
    :raises InputError: if the file can't be used at all.
    """
    try:
        items = _items(data, name, options, Budget(options.max_unpacked_bytes, options.max_articles), 0)
    except InputError as error:  # of a file in it perhaps, whose name says nothing to the reader
        raise InputError(name, visible(error.reason)) from error
    if len(items) > options.max_articles:
        raise InputError(
            name, f"{len(items):,} articles, more than the limit of {options.max_articles:,}; {_RAISE}"
        )
    articles: list[Extracted] = []
    failures: list[Failure] = []
    for item in items:
        if isinstance(item.held, Refused):
            failures.append(Failure(whole_name(name, item.part), visible(item.held.reason)))
            continue
        text = item.held.text if item.held.form == "text" else fit_text(item.held.text)
        metadata = fit_metadata(item.held.metadata)
        sha256 = hashlib.sha256(data).hexdigest() if item.part is None else hash_of_part(text, metadata)
        articles.append(Extracted(text, sha256, item.part, item.held.form, metadata))
    return Extraction(tuple(articles), tuple(failures))


_RAISE = "split the file or raise read.max_articles"


def _items(data: bytes, name: str, options: ReadConfig, budget: Budget, depth: int) -> list[_Item]:
    if not is_archive(name):
        return _of_contents(_contents(data, name, options))
    if depth >= options.max_archive_nesting:
        raise InputError(
            name,
            f"archives in archives, more than {options.max_archive_nesting} deep; unpack it by hand or raise "
            "read.max_archive_nesting",
        )
    items: list[_Item] = []
    for member in unpack(data, name, options, budget):
        items += _of_member(member.part, member.name, member.held, options, budget, depth)
    return items


def _of_member(
    part: str | None, name: str, held: bytes | Refused, options: ReadConfig, budget: Budget, depth: int
) -> list[_Item]:
    """Read what an archive holds; what can't be used there costs nothing else, unless it is all there is."""
    if isinstance(held, Refused):
        return [_Item(part, held)]
    try:
        inner = _items(held, name, options, budget, depth + 1)
    except OverBudgetError:
        raise
    except InputError as error:
        if part is None:
            raise
        return [_Item(part, Refused(error.reason))]
    return [_Item(_joined(part, item.part), item.held) for item in inner]


def _joined(outer: str | None, inner: str | None) -> str | None:
    return inner if outer is None else whole_name(outer, inner)


def _contents(data: bytes, name: str, options: ReadConfig) -> Contents:
    suffix = PurePosixPath(name).suffix.lower()
    module = import_module(f"{__name__}.{FORMATS.get(suffix, 'text')}")
    try:
        contents: Contents = module.extract(data, name, options)
    except RecursionError as error:
        raise InputError(name, "nested too deeply; remove it or save it in another form") from error
    except ValueError as error:  # of a parser that hands out text which it takes back for none
        raise InputError(
            name, "holds characters that are none; mend it or save it in another form"
        ) from error
    if not contents.drafts:
        raise InputError(name, "holds no article; remove it or put one in it")
    return contents


def _of_contents(contents: Contents) -> list[_Item]:
    if not contents.holds_many:
        return [_Item(None, held) for held in contents.drafts]
    names = part_names([d.key for d in contents.drafts])
    return [_Item(part, held) for part, held in zip(names, contents.drafts, strict=True)]
