"""MHTML (RFC 2557): a page saved as one file → the article of its root document.

Contract: what the page itself states is read as in a page saved as HTML; the file adds its address and, if
the page has none, the title. The file's date is that of saving and says nothing of publication.
"""

from __future__ import annotations

import email
import email.policy
import re
from email.message import Message

from summarize.config import ReadConfig
from summarize.errors import InputError
from summarize.reading.formats.contents import Contents
from summarize.reading.formats.html import Around, contents_of
from summarize.reading.formats.html_tree import decode_page, without_unseen
from summarize.types import Noted

_PAGES = ("text/html", "application/xhtml+xml")
_ADDRESS = re.compile(r"https?://\S{3,2000}", re.I)


def extract(data: bytes, name: str, options: ReadConfig) -> Contents:
    """Take the article out of the root document.

    :raises InputError: if there is none, or it holds no article.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    root = _root(message)
    if root is None:
        raise InputError(name, "holds no HTML page; save the page again, as MHTML or HTML")
    payload = root.get_payload(decode=True)
    html = decode_page(payload if isinstance(payload, bytes) else b"", name, root.get_content_charset())
    around = Around("mhtml", _address(message, root), _title(message))
    return contents_of(html, name, options, around)


def _root(message: Message) -> Message | None:
    """Return the document that the others belong to: the one named as the start, else the first page."""
    pages = [part for part in message.walk() if part.get_content_type() in _PAGES]
    start = _header(message.get_param("start"))
    named = [part for part in pages if start and _header(part.get("Content-ID")) == start]
    return next(iter(named or pages), None)


def _address(message: Message, root: Message) -> Noted | None:
    for part, header in (
        (message, "Snapshot-Content-Location"),
        (root, "Content-Location"),
        (message, "Content-Location"),
    ):
        value = _stated(part, header)
        if value and _ADDRESS.fullmatch(value):
            return Noted(value, f"{header} header")
    return None


def _title(message: Message) -> Noted | None:
    value = _stated(message, "Subject")
    return Noted(value, "Subject header") if value else None


def _stated(part: Message, header: str) -> str | None:
    """Return a header's value; None if it is missing, or broken beyond what the parser forgives."""
    try:
        return _header(part.get(header))
    except (ValueError, IndexError, AttributeError, TypeError):
        return None


def _header(value: object) -> str | None:
    return " ".join(without_unseen(str(value)).split()) or None if value is not None else None
