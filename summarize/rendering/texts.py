"""``Brief`` → the texts of its sources as files, so that every offset can be looked up in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from summarize.reading.briefs import TEXT_NAME, TEXTS_SUFFIX
from summarize.types import Brief

SUFFIX = TEXTS_SUFFIX  # of the folder beside the brief, behind the brief's name without its own
OURS = TEXT_NAME  # names that this module gives
NONE: Mapping[int, str] = MappingProxyType({})
_UNSAFE = re.compile(r"[^\w.-]+")
MAX_NAME = 80  # characters; what a source is called is no name for a file everywhere


def text_names(brief: Brief) -> dict[int, str]:
    """Return a file name for the text of each source, by the source's number.

    A name holds the number and what is harmless of the source's own, and leads nowhere.
    """
    names = {}
    for article in brief.sources:
        own = _UNSAFE.sub("-", article.path).strip(".-")[-MAX_NAME:].lstrip(".-") or "source"
        names[article.id] = f"{article.id}-{own.removesuffix('.txt')}.txt"
    return names


def text_bytes(text: str) -> bytes:
    """Return a text in UTF-8, with as many characters as it has; half a surrogate pair becomes a ``?``."""
    return text.encode("utf-8", "replace")
