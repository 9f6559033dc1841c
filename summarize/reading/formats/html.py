"""HTML: a saved page → the running text of its article, and what the page states about it.

The text is what :mod:`summarize.reading.formats.html_article` chooses, in paragraphs; titles, subheads,
captions, lists of links and all that is not running text stay out of it, so that offsets count news.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from summarize.config import ReadConfig
from summarize.errors import InputError
from summarize.reading.formats.contents import Contents, single
from summarize.reading.formats.html_article import article_pieces
from summarize.reading.formats.html_blocks import lay_out_page
from summarize.reading.formats.html_metadata import metadata_of_page, stated_body
from summarize.reading.formats.html_tree import decode_page, parse
from summarize.types import Noted

N_ABOVE = 12  # lines above the text among which title, byline and date are looked for


@dataclass(frozen=True, slots=True)
class Around:
    """What the file that a page stands in states about it."""

    form: str
    url: Noted | None = None
    title: Noted | None = None


BARE = Around("html")


def extract(data: bytes, name: str, options: ReadConfig) -> Contents:
    """Take the article out of a page.

    :raises InputError: if it has none, or can't be parsed within the limits.
    """
    return contents_of(decode_page(data, name), name, options)


def contents_of(html: str, name: str, options: ReadConfig, around: Around = BARE) -> Contents:
    """Take the article out of a page that is decoded.

    :raises InputError: if it has none, or can't be parsed within the limits.
    """
    root = parse(html, name, options)
    places, pieces = lay_out_page(root)
    chosen = article_pieces(places, pieces)
    text = "\n\n".join(piece.text for piece in chosen) or stated_body(root)
    if not text:
        raise InputError(name, _why_empty(root))
    first = pieces.index(chosen[0]) if chosen else 0
    above = [p.text for p in pieces[:first] if p.place.furniture in (None, "byline")]
    metadata = metadata_of_page(root, above[-N_ABOVE:], around.url)
    return single(text, around.form, replace(metadata, title=metadata.title or around.title))


def _why_empty(root: HtmlElement) -> str:
    if root.find(".//frame") is not None:
        return "only frames, no text of its own; save the page that the frame shows"
    return "holds no article, only links, menus or forms; save an article's own page, or remove it"
