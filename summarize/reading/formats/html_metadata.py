"""What a page states about its article: title, publisher, author, address, language, publication.

Contract: each value comes with where it was found; what a page says to machines goes before what it shows,
and :mod:`trafilatura` is asked only for the author that nothing names. Unknown stays unknown: a site's host
is no publisher, and no text is searched for a title.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from summarize.reading.formats.html_dates import MAX_ELEMENTS, Stated, find_published
from summarize.reading.formats.html_tree import without_unseen
from summarize.reading.formats.statements import noted_language
from summarize.types import Metadata, Noted

MAX_VALUE = 500  # characters
MAX_OBJECTS = 2_000  # of JSON-LD that are looked at
_ARTICLES = re.compile(r"(?:Article|Posting|Report)$")
_TITLES = ("dc.title", "dcterms.title", "citation_title", "parsely-title", "sailthru.title", "headline")
_PUBLISHERS = ("application-name", "dc.publisher", "dcterms.publisher", "publisher", "citation_journal_title")
_AUTHORS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "citation_author",
)
_SEPARATOR = re.compile(r"\s+[|–—·•»«›-]\s+|:\s+")
_BY = re.compile(r"^(?:by|von|par|por|di|door|text:?)\s+(?=\S)", re.I)
_BYLINE = re.compile(r"(?i:by|von|por|par|di|door) (?=[^\W\d_a-z])[^.!?|]{3,80}$")
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|janv|févr|avr|juin|juil|août|déc|mär|"
    r"mai|okt|dez)[^\W\d_]*\.?"
)
_AFTER_NAMES = re.compile(
    r"\s*(?:\d|@|[|•·]|\b(?:on|at|am|le|el|published|posted|updated) (?=[^\W\d_]*\W*\d)|"
    rf"(?<=, ){_MONTH}$|\b{_MONTH}(?=\s+\d))",
    re.I,
)
_NAMES = re.compile(
    r"(?:(?:[^\W\d_a-z][\w.’'-]*|and|de|la|von|van|der|den|bin|al|el|di|da|le|y|e|et|und)(?:,? |$)){1,12}"
)
_ADDRESS = re.compile(r"https?://[^\s<>\"']{3,2000}$", re.I)


@dataclass(frozen=True, slots=True)
class Statements:
    """What a page says to machines: its ``meta`` elements by lower-case name, and its article in JSON-LD."""

    meta: Mapping[str, str]
    article: Mapping[str, Any]

    def first(self, names: Iterable[str]) -> Noted | None:
        """Return the first of some ``meta`` elements that is there and is no address."""
        for name in names:
            value = _clean(self.meta.get(name))
            if value and not _ADDRESS.match(value):
                return Noted(value, name if ":" in name else f"meta {name}")
        return None


def metadata_of_page(root: HtmlElement, above: Sequence[str], address: Noted | None = None) -> Metadata:
    """Return what a page states about its article.

    :param above: the lines that the page shows above the article's text.
    :param address: where it was saved from, if that is known.
    """
    said = statements(root)
    title, of_title = _title(root, said, above)
    publisher = _publisher(said) or of_title
    url = address or _url(root, said)
    return Metadata(
        title=title,
        publisher=publisher,
        author=_author(root, said, above),
        url=url,
        language=_language(root, said),
        published=find_published(root, Stated(said.article, said.meta, url.value if url else None, above)),
    )


def stated_body(root: HtmlElement) -> str:
    """Return the text of the article that JSON-LD holds, "" if it holds none: pages that scripts build."""
    body = statements(root).article.get("articleBody")
    if not isinstance(body, str) or "<" in body:
        return ""
    lines = (" ".join(without_unseen(line).split()) for line in body.splitlines())
    return "\n\n".join(line for line in lines if line)


def statements(root: HtmlElement) -> Statements:
    """Collect what a page says to machines; of a name that stands twice the first value counts."""
    meta: dict[str, str] = {}
    for element in root.iter("meta"):
        value = element.get("content")
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if value and (name := element.get(attribute)):
                meta.setdefault(name.strip().lower(), value)
    return Statements(meta, next(_articles(root), {}))


def _articles(root: HtmlElement) -> Iterator[Mapping[str, Any]]:
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text:
            continue
        try:
            data = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from (found for found in _objects(data) if _is_article(found))


def _objects(data: Any) -> Iterator[Mapping[str, Any]]:
    """Yield objects from the outside in; not those of lists of other pages."""
    pending = [data]
    for _ in range(MAX_OBJECTS):
        if not pending:
            return
        held = pending.pop(0)
        if isinstance(held, list):
            pending += held
        elif isinstance(held, dict):
            yield held
            pending += [held[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in held]


def _is_article(found: Mapping[str, Any]) -> bool:
    types = found.get("@type")
    return any(
        isinstance(t, str) and _ARTICLES.search(t) for t in (types if isinstance(types, list) else [types])
    )


def _title(root: HtmlElement, said: Statements, above: Sequence[str]) -> tuple[Noted | None, Noted | None]:
    """Return the title, and the publisher that the page's window title names beside it."""
    window = _clean(root.findtext(".//title"))
    shown = _headings(root)
    site = _publisher(said)
    part, rest = _split(window, [*shown, *above], site)
    found = (
        _noted(said.article.get("headline"), "JSON-LD")
        or _noted(said.meta.get("og:title"), "og:title")
        or (Noted(shown[0], "h1") if len(shown) == 1 else None)
        or said.first(("twitter:title", *_TITLES))
        or _noted(part, "title element")
        or (Noted(shown[0], "h1") if shown else None)
    )
    if found and site and found.where != "h1":
        found = Noted(_split(found.value, shown, site)[0] or found.value, found.where)
    return found, _noted(rest, "title element")


def _headings(root: HtmlElement) -> list[str]:
    """Return the main headings; a site's name in its masthead is a link home."""
    found = []
    for heading in root.iter("h1"):
        link = heading.find(".//a")
        leads_home = link is not None and (link.get("href") or "").rstrip("/").count("/") in (0, 2)
        text = _clean(heading.text_content())
        if text and not leads_home and text not in found:
            found.append(text)
    return found


def _split(window: str | None, shown: Sequence[str], site: Noted | None) -> tuple[str | None, str | None]:
    """Split a window title into the article's and, if the page tells which is which, the site's name."""
    if not window:
        return None, None
    for match in _SEPARATOR.finditer(window):
        before, after = window[: match.start()].strip(), window[match.end() :].strip()
        for title, rest in ((before, after), (after, before)):
            if title in shown or (site is not None and rest.casefold() == site.value.casefold()):
                return title, rest
    return window, None


def _publisher(said: Statements) -> Noted | None:
    publisher = said.article.get("publisher")
    named = publisher.get("name") if isinstance(publisher, dict) else publisher
    return (
        _noted(named if isinstance(named, str) and not _ADDRESS.match(named) else None, "JSON-LD")
        or _noted(said.meta.get("og:site_name"), "og:site_name")
        or said.first(_PUBLISHERS)
    )


def _author(root: HtmlElement, said: Statements, above: Sequence[str]) -> Noted | None:
    names = [_name(a) for a in _listed(said.article.get("author"))]
    joined = ", ".join(dict.fromkeys(n for n in names if n))
    byline = next((line for line in above if _BYLINE.match(line)), None)
    found = (
        _noted(joined, "JSON-LD")
        or said.first(_AUTHORS)
        or _marked_author(root)
        or _noted(byline, "byline")
        or _guessed_author(root)
    )
    return _noted(_only_names(found.value), found.where) if found else None


def _only_names(byline: str) -> str:
    """Return the names at the head of a byline, without what sites glue to them: dates, handles, counts."""
    return _AFTER_NAMES.split(_BY.sub("", byline), maxsplit=1)[0].strip(" ,|–—-")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _name(author: Any) -> str | None:
    name = author.get("name") if isinstance(author, dict) else author
    name = ", ".join(n for n in name if isinstance(n, str)) if isinstance(name, list) else name
    return _clean(name) if isinstance(name, str) and not _ADDRESS.match(name) else None


def _marked_author(root: HtmlElement) -> Noted | None:
    for expression, where in (
        (".//*[@rel='author']", "rel author"),
        (".//*[@itemprop='author']", "itemprop author"),
    ):
        names = [_clean(e.text_content()) for e in root.iterfind(expression)]
        found = _noted(", ".join(dict.fromkeys(n for n in names if n and len(n) < 80)), where)
        if found:
            return found
    return None


def _guessed_author(root: HtmlElement) -> Noted | None:
    from trafilatura.metadata import extract_author

    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        return None
    try:
        found = extract_author(root)
    except (RecursionError, ValueError):
        return None
    names = _only_names(found.replace("; ", ", ")) if found else ""
    return Noted(names, "trafilatura") if _NAMES.fullmatch(names) else None


def _url(root: HtmlElement, said: Statements) -> Noted | None:
    canonical = next((e.get("href") for e in root.iter("link") if "canonical" in (e.get("rel") or "")), None)
    entity = said.article.get("mainEntityOfPage")
    stated = said.article.get("url") or (entity.get("@id") if isinstance(entity, dict) else entity)
    candidates = (
        (canonical, "canonical link"),
        (said.meta.get("og:url"), "og:url"),
        (stated, "JSON-LD"),
        (said.meta.get("twitter:url"), "twitter:url"),
    )
    for value, where in candidates:
        if isinstance(value, str) and _ADDRESS.match(value.strip()):
            return Noted(value.strip(), where)
    return None


def _language(root: HtmlElement, said: Statements) -> Noted | None:
    candidates = (
        (root.get("lang") or root.get("xml:lang"), "lang attribute"),
        (said.meta.get("content-language"), "meta content-language"),
        (said.meta.get("og:locale"), "og:locale"),
        (said.article.get("inLanguage"), "JSON-LD"),
    )
    for value, where in candidates:
        if stated := noted_language(value, where):
            return stated
    return None


def _noted(value: Any, where: str) -> Noted | None:
    cleaned = _clean(value) if isinstance(value, str) else None
    return Noted(cleaned, where) if cleaned else None


def _clean(value: str | None) -> str | None:
    cleaned = " ".join(without_unseen(value).split()) if value else ""
    return cleaned[:MAX_VALUE].strip() or None
