"""Find the records in JSON: whatever an interface, a database or a page has put around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

MAX_DEPTH = 4  # envelopes in envelopes
# Under these keys interfaces put their results; such a list wins over any other beside it.
_ENVELOPES = (
    *("articles", "items", "results", "hits", "docs", "documents", "posts", "entries", "stories", "news"),
    *("records", "data", "response", "rows", "value", "list", "content", "@graph", "mainEntity"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A record and the envelope that a search engine put around it, which may hold its id."""

    record: Any
    envelope: Any


class Judge(Protocol):
    """Tells what holds an article."""

    def has_text(self, found: Found) -> bool:
        """Tell whether a record has the text of an article."""

    def has_teaser(self, found: Found) -> bool:
        """Tell whether a record has a title and a teaser."""

    def has_title(self, found: Found) -> bool:
        """Tell whether a record has a title."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A value and whether it stands at the root or under the name of an envelope."""

    value: Any
    is_expected: bool


def opened(value: Any) -> Found:
    """Take a record out of its own envelope: ``_source`` of Elasticsearch, ``attributes`` of JSON:API."""
    record = value
    if isinstance(value, Mapping):
        for key in ("_source", "attributes", "node"):
            inner = value.get(key)
            if isinstance(inner, Mapping):
                record = inner
                break
    return Found(record, value)


def find_records(value: Any, judge: Judge) -> tuple[list[Found], bool] | None:
    """Return the records, and whether they are a collection; None if nothing has a text.

    Full texts win over teasers, wherever they are: what is around the records may have a title and a
    description too. Of several places the nearest to the root wins. Outside the known envelopes an article
    needs a title: comments have a text, but none.
    """
    return _search(value, judge, judge.has_text) or _search(value, judge, judge.has_teaser)


def _search(root: Any, judge: Judge, has: Callable[[Found], bool]) -> tuple[list[Found], bool] | None:
    def is_article(found: Found, place: _Place) -> bool:
        return has(found) and (place.is_expected or judge.has_title(found))

    level = [_Place(root, is_expected=True)]
    for _ in range(MAX_DEPTH):
        for place in level:
            if isinstance(place.value, list):
                records = [opened(v) for v in place.value]
                if any(is_article(record, place) for record in records):
                    return _collection(records, [r for r in records if is_article(r, place)])
            elif is_article(opened(place.value), place):
                return [opened(place.value)], False
        level = [inner for place in level for inner in _inside(place.value)]
    return None


def _collection(records: list[Found], usable: list[Found]) -> tuple[list[Found], bool]:
    """Keep the rest of a list, to be refused; but a graph of linked data also describes the site."""
    is_graph = any(isinstance(r.record, Mapping) and "@type" in r.record for r in records)
    return (usable, len(usable) > 1) if is_graph else (records, True)


def _inside(value: Any) -> Iterator[_Place]:
    if not isinstance(value, Mapping):
        return
    named = [_Place(value[key], is_expected=True) for key in _ENVELOPES if key in value]
    others = [_Place(v, is_expected=False) for key, v in value.items() if key not in _ENVELOPES]
    yield from (place for place in (*named, *others) if isinstance(place.value, Mapping | list))
