"""Describe: what an article's file states, its front matter, its header and its lines → its metadata.

Contract: each field is what the first of them states, in this order, with where it stands. What none of them
tells for certain is unknown. Knows nothing of other articles but the years that they name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import date

import yaml

from summarize.reading.languages import code_of
from summarize.reading.page import Page
from summarize.reading.patterns import AGENCIES
from summarize.reading.publication import Years, day_of, published_in_text, read_date
from summarize.reading.signatures import Signature, agency_in, read_byline, split_signer, unquoted
from summarize.types import Metadata, Noted

# By field, the keys of front matter that hold it; the first that is there.
_KEYS = {
    "title": ("title", "headline"),
    "publisher": (
        "publisher",
        "source",
        "outlet",
        "site",
        "site_name",
        "sitename",
        "publication",
        "newspaper",
    ),
    "agency": ("agency", "news_agency"),
    "author": ("author", "authors", "byline", "by"),
    "url": ("url", "canonical_url", "canonical", "link", "permalink", "source_url"),
    "language": ("language", "lang", "locale"),
    "published": (
        *("date", "published", "datepublished", "date_published", "pubdate", "pub_date", "published_at"),
        *("published_on", "publication_date", "publish_date"),
    ),
}
_FIELD = re.compile(r"^([\w-]+)[^\S\n]*:[^\S\n]*(\S[^\n]*?)?[^\S\n]*$((?:\n[^\S\n]*-[^\S\n][^\n]+)*)", re.M)
_ADDRESS = re.compile(r"https?://[^\s<>\"]{3,2000}")
_SOURCE = re.compile(r"\W{0,3}(?:sources?|quellen?|fuentes?|fonte|bron)\s?:\s*([^,;/|\n]{2,60})", re.I)
_OUTLET_OF_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\W*(?:copyright\W*)?(?:\d{4}(?:\s?[-–]\s?\d{4})?)?\W*(?:by )?"
    r"([A-Z][^.,;|()\d©]{1,40}?)(?=[.,;|(\d©]|\s+(?:All|Alle|Inc|Ltd|and)\b|$)",
    re.I,
)


def describe_page(page: Page, years: Years) -> Metadata:
    """Return what is known of an article.

    :param years: what a day without its year may get one from.
    """
    matter = _front_matter(page)
    sources: tuple[Callable[[str], Noted | None], ...] = (
        lambda field: _stated(field, getattr(page.extracted.metadata, field)),
        lambda field: _in_matter(field, matter),
        lambda field: _in_header(field, page),
        lambda field: _IN_TEXT[field](page, years) if field in _IN_TEXT else None,
    )
    found = {f.name: next((n for s in sources if (n := s(f.name))), None) for f in fields(Metadata)}
    if page.language is not None and (found["language"] is None or found["language"].value != page.language):
        found["language"] = Noted(page.language, _told_by_text(found["language"]))
    publisher = found["publisher"]
    if publisher and found["agency"] is None and split_signer(publisher.value).agency:
        found["agency"] = publisher  # what an agency publishes itself
    return Metadata(**found)


def signer(metadata: Metadata) -> str | None:
    """Return who signs an article: the outlet that its file names, else the agency, else any outlet."""
    publisher, agency = metadata.publisher, metadata.agency
    if publisher and not (agency and publisher.where in _WEAK):
        return publisher.value
    return agency.value if agency else None


def day_published(metadata: Metadata) -> date | None:
    """Return the day of publication, as its own zone counts it."""
    return day_of(metadata.published.value) if metadata.published else None


def _stated(field: str, noted: Noted | None) -> Noted | None:
    """Check what a format states as what front matter does."""
    value = " ".join(noted.value.split()) if noted else ""
    return _checked(field, value, noted.where) if noted and value else None


def _told_by_text(stated: Noted | None) -> str:
    """Say that the words tell the language, though the file may state another one."""
    return f"the text, though {stated.where} states {stated.value}" if stated else "the text"


def _front_matter(page: Page) -> Mapping[str, str]:
    """Return the fields of front matter by their names in lower case; of a list its items, joined."""
    matter = "".join(page.passages(("front matter",)))
    if not matter:
        return {}
    try:
        read = yaml.load(matter.strip("\ufeff- \t\r\n"), Loader=yaml.BaseLoader)  # makes text only
    except (yaml.YAMLError, RecursionError, ValueError):
        read = None
    if not isinstance(read, dict):  # a title with a colon in it is no YAML
        read = {
            key: unquoted(value)
            if value
            else [unquoted(i.strip(" -\t")) for i in items.split("\n") if i.strip()]
            for key, value, items in _FIELD.findall(matter)
        }
    return {str(key).lower().replace("-", "_"): text for key, value in read.items() if (text := _flat(value))}


def _flat(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(text for item in value if (text := _flat(item)))
    if isinstance(value, dict):
        return _flat(value.get("name") or "")
    return " ".join(str(value).split()) if value is not None else ""


def _in_matter(field: str, matter: Mapping[str, str]) -> Noted | None:
    values = [v for key in _KEYS[field] if (v := matter.get(key)) and v.lower() not in ("null", "none", "~")]
    for value in values:
        if noted := _checked(field, value, "front matter"):
            return noted
    return None


def _checked(field: str, value: str, where: str) -> Noted | None:
    match field:
        case "published":
            stated = read_date(value)
            return Noted(stated, where) if stated else None
        case "url":
            address = _ADDRESS.fullmatch(value)
            return Noted(value, where) if address else None
        case "language":
            code = code_of(value)
            return Noted(code, where) if code else None
        case "author":
            signed = read_byline(value)
            value = signed.author or "" if signed else value
        case "publisher" if _ADDRESS.fullmatch(value):
            return None
    return Noted(value, where) if value else None


def _in_header(field: str, page: Page) -> Noted | None:
    """Return what the lines above the text state."""
    header = page.header
    if header is None:
        return None
    match field:
        case "title":
            return Noted(header.title, "title line") if header.title else None
        case "publisher":
            return Noted(header.publisher, "source line") if header.publisher else None
        case "agency":
            return Noted(header.agency, "byline") if header.agency else None
        case "author":
            return Noted(header.author, "byline") if header.author else None
        case "url":
            return _checked(field, header.url, "address line") if header.url else None
        case "language":
            return _checked(field, header.language, "language line") if header.language else None
    return None  # its date is among the lines around the text


def _title(page: Page, _: Years) -> Noted | None:
    return Noted(page.cleaned.title, "title line") if page.cleaned.title else None


def _publisher(page: Page, _: Years) -> Noted | None:
    return next(
        (Noted(s.outlet, where) for s, where in _signatures(page) if s.outlet),
        None,
    )


def _agency(page: Page, _: Years) -> Noted | None:
    return next((Noted(s.agency, where) for s, where in _signatures(page) if s.agency), None)


def _author(page: Page, _: Years) -> Noted | None:
    for passage in page.passages(("byline",)):
        signed = read_byline(passage)
        if signed and signed.author:
            return Noted(signed.author, "byline")
    return None


_IN_TEXT: Mapping[str, Callable[[Page, Years], Noted | None]] = {
    "title": _title,
    "publisher": _publisher,
    "agency": _agency,
    "author": _author,
    "published": published_in_text,
}
_WEAK = ("credit line", "byline", "copyright line")


def _signatures(page: Page) -> Iterator[tuple[Signature, str]]:
    """Yield what the lines around the text name as its signer; captions' credits do not count."""
    for passage in page.passages(("dateline",)):
        if named := agency_in(passage):
            yield split_signer(named), "dateline"
    for passage in reversed(page.passages(("credit",))):
        if mark := re.fullmatch(rf"\W*(?:with )?({AGENCIES})\W*", passage):
            yield split_signer(mark[1]), "credit line"
    if named := _source(page):
        yield split_signer(named), "credit line"
    for passage in page.passages(("byline",)):
        if signed := read_byline(passage):
            yield signed, "byline"
    for passage in page.passages(("copyright",)):
        holder = _OUTLET_OF_COPYRIGHT.search(passage)
        if holder and holder[1].strip().lower() not in ("all rights reserved", "alle rechte vorbehalten"):
            yield split_signer(holder[1].strip()), "copyright line"


def _source(page: Page) -> str | None:
    first, last = page.cleaned.body[0].start, page.cleaned.body[-1].end
    for start, end, reason in page.cleaned.dropped:
        match = _SOURCE.match(page.text[start:end])
        # Inside the article it is the source of a chart.
        if match and reason == "credit" and not first <= start < last:
            return match[1].strip().rstrip(".")
    return None
