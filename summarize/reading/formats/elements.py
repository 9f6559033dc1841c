"""Elements of the agencies' XML, found by their names in any namespace, and the text that stands in them."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from summarize.reading.formats.fragments import text_of, text_of_plain, text_of_tree

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def find(element: Any, path: str) -> Any:
    """Return the first element at a path of names in any namespace; None if there is none."""
    return next(find_all(element, path), None)


def find_all(element: Any, path: str) -> Any:
    """Yield the elements at a path of names in any namespace; ``.//`` looks below all of them."""
    below, _, rest = path.rpartition(".//")
    steps = "/".join(f"{{*}}{step}" for step in rest.split("/"))
    return element.iterfind(f".//{steps}" if below or path.startswith(".//") else steps)


def words_of(element: Any) -> str | None:
    """Return the text in an element as one line; None if there is none."""
    return None if element is None else " ".join(text_of_tree(element).split()) or None


def language_of(element: Any) -> str | None:
    """Return the language that an element states, by ``xml:lang``."""
    stated: str | None = element.get(_LANGUAGE) or element.get("lang") or element.get("baselang")
    return stated


def text_of_data(data: str, encoding: str | None, kind: str | None) -> str:
    """Return the text that stands in an element as a string; "" if it can't be decoded.

    :param encoding: what the file calls the data's encoding; only Base64 counts.
    :param kind: the data's media type.
    """
    if "base64" in (encoding or "").casefold():
        try:
            data = base64.b64decode(data, validate=False).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            return ""
    return text_of_plain(data) if (kind or "").startswith("text/plain") else text_of(data)
