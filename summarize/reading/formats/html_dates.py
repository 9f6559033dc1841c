"""When a page says that its article was published.

Contract: the day of publication, never that of a change, of today or of a copyright; with its time where the
page gives time and zone. What the page says to machines goes before what it shows, and that only where pages
show their own date: in a ``time`` element or a date line beside the title, in the address. :mod:`htmldate` is
asked last, about the same places, and believed only if no two readers would read the date differently.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from summarize.reading.dates import find_dates
from summarize.reading.formats.html_names import kind_of_name, words_of_name
from summarize.reading.formats.statements import moment_of
from summarize.types import Noted

N_LEVELS = 5  # elements around the title in which its date stands
MAX_ELEMENTS = 20_000  # of a page that is searched for a date by its looks
MAX_LINE = 160  # characters of a line that is a date line
MAX_WORDS_BESIDE = 9  # of a date line, the date's own included
MAX_VALUE = 60  # characters of a date as it is written for machines

_META = """
    article:published_time article:published og:article:published_time og:published_time
    article:published_date article:publicationdate article.published datepublished
    date_published date-published date.published publisheddate published-date published_date
    published_time published published_at publish_date publish-date publishdate publish_time
    publication_date publicationdate pubdate pub_date bt:pubdate parsely-pub-date sailthru.date
    rnews:datepublished shareaholic:article_published_time cxenseparse:recs:publishtime
    analyticsattributes.articledate article_date_original dcsext.articlefirstpublished
    dc.date.issued dcterms.issued dc.date.publication citation_publication_date
    originalpublicationdate og:pubdate og:publish_date vr:published_time mediator_published_time
    rbpubdate twt-published-at displaydate release_date created article:post_date
    article.created dc.date.created dcterms.created date_created datecreated dc.created dc.date
    dcterms.date citation_date date
""".split()
_WORD = re.compile(r"[^\W\d_]{2,}")
_CHANGED = re.compile(
    r"\b(?:updated?|modified|changed|edited|corrected|aktualisiert|geändert|mis à jour|modifié|actualizado|"
    r"aggiornato|atualizado|bijgewerkt)\b",
    re.I,
)
_FIRST = re.compile(
    r"\b(?:published|posted|first|veröffentlicht|erstellt|publié|publicado|pubblicato)\b", re.I
)
_FOREIGN = frozenset(("comments", "related", "mostread", "navigation", "footer", "aside", "advert", "cookie"))
_NO_DATE = frozenset(("script", "meta", "footer", "aside", "nav", "p", "small", "form", "time"))
_DATE_NAME = re.compile(
    r"(?<!\S)(?:date|datetime|published|publish|pubdate|time|timestamp|datum|fecha|dateline|posted|byline|meta|"
    r"postmeta|entrydate)(?!\S)"
)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a page states.

    Its article in JSON-LD, its ``meta`` elements by name, its address, the lines above the article's text.
    """

    article: Mapping[str, Any]
    meta: Mapping[str, str]
    url: str | None
    above: Sequence[str]


def find_published(root: HtmlElement, stated: Stated) -> Noted | None:
    """Return the date, or the aware time, of publication; None if the page does not state it."""
    for key in ("datePublished", "dateCreated"):
        value = stated.article.get(key)
        if found := _read(value if isinstance(value, str) else None):
            return Noted(found, "JSON-LD")
    for name in _META:
        if found := _read(stated.meta.get(name)):
            return Noted(found, name if ":" in name else f"meta {name}")
    return (
        _marked(root)
        or _beside_title(root)
        or _above(stated.above)
        or _in_address(stated.url)
        or _by_htmldate(root)
    )


def _read(value: str | None) -> str | None:
    """Read a date as it is written for machines; None if it is none."""
    return moment_of(value) if value and len(value) <= MAX_VALUE else None


def _marked(root: HtmlElement) -> Noted | None:
    """Look for elements that are marked as the date of publication."""
    for element in root.iterfind(".//*[@itemprop]"):
        if (element.get("itemprop") or "").lower() != "datepublished" or _is_foreign(element):
            continue
        if found := _read(element.get("datetime") or element.get("content")) or _shown(element):
            return Noted(found, "itemprop datePublished")
    for element in root.iterfind(".//time[@pubdate]"):
        if found := _read(element.get("datetime")) or _shown(element):
            return Noted(found, "time element")
    return None


def _beside_title(root: HtmlElement) -> Noted | None:
    """Look for a time or a date line in the elements around the title, the nearest first."""
    titles = [h for h in root.iter("h1") if not _is_foreign(h)]
    for title in titles[-1:]:
        for n, around in enumerate(title.iterancestors()):
            if n == N_LEVELS or around.tag == "body":
                break
            found = _time_in(around) or _date_line_in(around)
            if found:
                return found
    return None


def _time_in(around: HtmlElement) -> Noted | None:
    for element in around.iter("time"):
        text = f"{_line_around(element)} {element.get('class') or ''}"
        is_change = _CHANGED.search(text) and not _FIRST.search(text)
        if is_change or _is_foreign(element, around):
            continue
        if found := _read(element.get("datetime")) or _shown(element):
            return Noted(found, "time element")
    return None


def _line_around(element: HtmlElement) -> str:
    """Return what stands in front of an element on its line."""
    before = element.getprevious()
    texts = (element.getparent().text, before.tail if before is not None else None, element.text)
    return " ".join(text for text in texts if text)


def _date_line_in(around: HtmlElement) -> Noted | None:
    for element in _named_as_dates(around):
        if not _is_foreign(element, around) and (found := _shown(element)):
            return Noted(found, "date line")
    return None


def _named_as_dates(around: HtmlElement) -> Iterator[HtmlElement]:
    for element in around.iter("span", "div", "p", "li", "dd", "small", "em", "abbr"):
        name = " ".join(filter(None, (element.get("class"), element.get("id"))))
        if name and _DATE_NAME.search(words_of_name(name)):
            yield element


def _shown(element: HtmlElement) -> str | None:
    """Read the date of a short line; of one with a change in it only what stands before."""
    return _shown_in(" ".join(" ".join(element.itertext()).split()))


def _shown_in(text: str) -> str | None:
    if not text or len(text) > MAX_LINE:
        return None
    changed = _CHANGED.search(text)
    mentions = [m for m in find_dates(text) if m.date and not (changed and m.start > changed.start())]
    day: date | None = mentions[0].date if mentions else None
    return day.isoformat() if day else None


def _above(lines: Sequence[str]) -> Noted | None:
    """Read the line above the text that is a date and hardly anything else."""
    for line in lines:
        found = _shown_in(line)
        if found and len(_WORD.findall(line)) <= MAX_WORDS_BESIDE:
            return Noted(found, "date line")
    return None


def _is_foreign(element: HtmlElement, within: HtmlElement | None = None) -> bool:
    """Tell whether an element stands in comments, links to other pages and the like."""
    for outer in element.iterancestors():
        if outer is within or outer.tag in ("body", "html", "main"):
            return False
        if outer.tag in ("footer", "aside", "nav"):
            return True
        name = " ".join(filter(None, (outer.get("class"), outer.get("id"))))
        if outer.tag != "article" and kind_of_name(name) in _FOREIGN:
            return True
    return False


def _in_address(url: str | None) -> Noted | None:
    """Read the date that a page's address states as folders: /2020/03/05/."""
    path = urlsplit(url).path if url else ""
    days = {m.date for m in find_dates(path) if m.date}
    day = days.pop() if len(days) == 1 else None
    return Noted(day.isoformat(), "address") if day else None


def _by_htmldate(root: HtmlElement) -> Noted | None:
    from htmldate import find_date

    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        return None
    tree = deepcopy(root)
    for element in list(tree.iter()):
        is_change = _CHANGED.search(element.text or "") and not _FIRST.search(element.text or "")
        if (element.tag in _NO_DATE or is_change) and element.getparent() is not None:
            element.drop_tree()
    try:
        found = find_date(
            tree, extensive_search=False, original_date=True, min_date="1990-01-01", max_date="2199-12-31"
        )
    except (RecursionError, ValueError, OverflowError):
        return None
    if not found:
        return None
    shown = {m.date.isoformat() for m in find_dates(" ".join(tree.itertext())) if m.date}
    return Noted(found, "htmldate") if found in shown else None
