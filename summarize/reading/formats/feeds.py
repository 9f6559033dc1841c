"""RSS, RDF and Atom → one article per entry.

Contract: feedparser reads the feed, broken ones included. Its cleaning of HTML is off, because the text is
taken out of the markup here and its offsets count that text. The content of an entry is preferred to its
summary; an entry without either is refused. ``published`` is the date of publication, never of an update.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

import feedparser

from summarize.config import ReadConfig
from summarize.errors import InputError
from summarize.reading.decoding import decode
from summarize.reading.formats.contents import Contents, Draft, Refused
from summarize.reading.formats.fragments import line_of, text_of, text_of_plain, without_title
from summarize.reading.formats.statements import (
    noted,
    noted_address,
    noted_author,
    noted_language,
    noted_moment,
    without_outlet,
)
from summarize.types import Metadata, Noted

MAX_ENTITY = 1_000  # characters; longer ones only serve to blow a feed up
N_MORE_THAN_TITLE = 5  # words beside the title, such as the outlet's name, that make no text yet
TITLE_ONLY = "only a title, no text; remove it from the feed, or put the article itself here"

_DECLARED = re.compile(rb"^[^\n>]{0,200}?encoding=[\"']([\w.:-]+)[\"']")
_ENTITY = re.compile(rb"<!ENTITY\s+(?:%\s+)?[\w.-]+\s+(?:SYSTEM|PUBLIC|\"([^\"]*)|'([^']*))", re.I)
_UNFORESEEN = (ValueError, OverflowError, LookupError, AttributeError, TypeError)  # by feedparser
_Entry = dict[str, Any]  # feedparser's, with which some keys stand for others


def extract(data: bytes, name: str, options: ReadConfig) -> Contents:
    """Take the entries out of a feed.

    :raises InputError: if it has none, or declares entities that only serve to blow it up.
    """
    _check_entities(data, name)
    try:
        feed = feedparser.parse(
            io.BytesIO(_mended(data, name)),
            sanitize_html=False,
            resolve_relative_uris=False,
            response_headers={"content-type": "application/xml"},
        )
    except _UNFORESEEN as error:
        raise InputError(name, f"a damaged feed ({error}); download it again or remove it") from error
    if not feed.entries:
        raise InputError(
            name, f"a feed without entries{_complaint(feed, data)}; download it again or remove it"
        )
    drafts = tuple(_entry(entry, feed) for entry in feed.entries)
    return Contents(drafts, holds_many=True)


def _check_entities(data: bytes, name: str) -> None:
    for match in _ENTITY.finditer(data):
        if len(match[1] or match[2] or b"") > MAX_ENTITY:
            raise InputError(
                name, f"declares an entity of more than {MAX_ENTITY:,} characters; download the feed again"
            )


def _mended(data: bytes, name: str) -> bytes:
    """Keep a feed in UTF-8 that has a few stray bytes: all of it would be read in another encoding."""
    declared = _DECLARED.match(data)
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00")):
        return data
    if declared and declared[1].lower() not in (b"utf-8", b"utf8"):
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return decode(data, name).encode("utf-8")
    return data


def _complaint(feed: Any, data: bytes) -> str:
    error = feed.get("bozo_exception")
    message = error.getMessage() if hasattr(error, "getMessage") else str(error or "")
    line = getattr(error, "getLineNumber", lambda: None)()
    if not line:
        return ""
    is_declared = data.lstrip().startswith(b"<?xml")  # else feedparser put a line in front
    return f" (line {line if is_declared else line - 1}: {message})"


def _entry(entry: _Entry, feed: Any) -> Draft | Refused:
    key = line_of(str(entry.get("id") or entry.get("link") or "")) or None
    publisher = _publisher(entry, feed.feed)
    title = noted(_markup(entry.get("title_detail")) or entry.get("title"), "feed item")
    title = without_outlet(title, publisher)
    try:
        text = _text(entry)
    except RecursionError:
        return Refused("markup nested too deeply; remove the entry from the feed", key)
    text = without_title(text, title)
    if not text or (title and _only_repeats(text, title.value)):
        return Refused(TITLE_ONLY if title else "an entry without text; remove it from the feed", key)
    metadata = Metadata(
        title=title,
        publisher=publisher,
        author=_author(entry, feed.feed),
        url=noted_address(entry.get("link"), "feed item"),
        language=_language(entry, feed.feed),
        published=_published(entry, feed),
    )
    return Draft(text, "feed", metadata, key)


def _text(entry: _Entry) -> str:
    """Return the first of an entry's contents that has text; its summary if none has."""
    details = [
        c for c in entry.get("content", ()) if not str(c.get("type", "")).startswith(("image", "video"))
    ]
    for detail in (*details, entry.get("summary_detail")):
        text = _markup(detail)
        if text:
            return text
    return ""


def _markup(detail: Mapping[str, Any] | None) -> str:
    value = str((detail or {}).get("value") or "")
    is_plain = bool(detail) and (detail or {}).get("type") == "text/plain"
    return text_of_plain(value) if is_plain else text_of(value)


def _only_repeats(text: str, title: str) -> bool:
    words, heading = text.casefold().split(), title.casefold().split()
    return words[: len(heading)] == heading and len(words) <= len(heading) + N_MORE_THAN_TITLE


def _publisher(entry: _Entry, channel: _Entry) -> Noted | None:
    source = entry.get("source")
    return (
        noted(source.get("title") if isinstance(source, Mapping) else None, "feed item source")
        or noted(entry.get("publisher"), "feed item dc:publisher")
        or noted(_own_publisher(channel), "feed dc:publisher")
        or noted(channel.get("title"), "feed title")
    )


def _own_publisher(channel: _Entry) -> str | None:
    """Return the feed's publisher unless it is the address of its webmaster, which feedparser files there."""
    publisher = channel.get("publisher")
    return publisher if isinstance(publisher, str) and "@" not in publisher else None


def _author(entry: _Entry, channel: _Entry) -> Noted | None:
    names = [a.get("name") for a in entry.get("authors", ()) if isinstance(a, Mapping)]
    stated = ", ".join(dict.fromkeys(n for n in names if n)) or (entry.get("author_detail") or {}).get("name")
    if stated and "@" not in stated:
        return noted_author(stated, "feed item")
    general = (channel.get("author_detail") or {}).get("name")
    return noted_author(general, "feed author") if general and "@" not in general else None


def _language(entry: _Entry, channel: _Entry) -> Noted | None:
    details = [*entry.get("content", ()), entry.get("summary_detail"), entry.get("title_detail")]
    for detail in details:
        own = noted_language((detail or {}).get("language"), "feed item")
        if own:
            return own
    return noted_language(channel.get("language"), "feed language")


def _published(entry: _Entry, feed: Any) -> Noted | None:
    stated = noted_moment(entry.get("published"), "feed item")
    if stated:
        return stated
    # RSS 1.0 has no date of its own but dc:date, which feedparser files with the updates.
    is_dated = feed.version in ("rss10", "rss090") and "dcterms" not in feed.namespaces
    if is_dated and dict.__contains__(entry, "updated"):
        return noted_moment(dict.__getitem__(entry, "updated"), "feed item dc:date")
    return None
