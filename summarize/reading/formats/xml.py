"""XML → whatever its root element says it is: a feed, a wire, a page.

Contract: the root is looked at with a parser that loads no DTD, resolves no entity and never touches the
network; the module of the format reads the file. A root that no format knows is an error that names it.
"""

from __future__ import annotations

import re
from importlib import import_module
from types import MappingProxyType

from lxml import etree

from summarize.config import ReadConfig
from summarize.errors import InputError
from summarize.reading.decoding import decode
from summarize.reading.formats.contents import Contents
from summarize.reading.formats.fragments import clean_characters

HEAD_BYTES = 1 << 16  # in which the root element has to begin
# By the root's name in lower case, the module that reads the file.
READERS = MappingProxyType(
    {
        "rss": "feeds",
        "rdf": "feeds",
        "feed": "feeds",
        "entry": "feeds",
        "newsitem": "wires",
        "newsmessage": "wires",
        "packageitem": "wires",
        "newsml": "wires",
        "nitf": "wires",
        "html": "html",
    }
)
_KNOWN = "rss, rdf:RDF, feed (feeds); newsItem, newsMessage, packageItem, NewsML, nitf (wires); html (pages)"
_TELLING = MappingProxyType(
    {
        "urlset": "a sitemap, which only lists addresses; put the pages themselves, or a feed, here",
        "sitemapindex": "an index of sitemaps, which only lists addresses; put the pages themselves, or a "
        "feed, here",
        "opml": "an OPML list of feeds, no feed; download the feeds that it lists and put them here",
        "conceptitem": "NewsML-G2 that describes a concept, not news; remove it",
        "knowledgeitem": "NewsML-G2 that describes concepts, not news; remove it",
        "planningitem": "a NewsML-G2 plan of coverage, not news; remove it",
        "catalogitem": "a NewsML-G2 catalogue, not news; remove it",
    }
)
_OPENING = re.compile(r"<([A-Za-z_][\w.\-]*(?::[\w.\-]+)?)")
_NO_ELEMENT = re.compile(
    r"<!--.*?(?:-->|$)|<\?.*?(?:\?>|$)|<!DOCTYPE[^\[>]*(?:\[.*?(?:\]\s*>|$)|>|$)", re.S | re.I
)


def extract(data: bytes, name: str, options: ReadConfig) -> Contents:
    """Take the articles out of an XML file.

    :raises InputError: if it is no XML, or of a kind that holds no articles, or one that no format knows.
    """
    root = root_of(data, name)
    kind = root.rpartition(":")[2].lower()
    if kind in _TELLING:
        raise InputError(name, _TELLING[kind])
    if kind not in READERS:
        raise InputError(
            name, f"XML of an unknown kind, its root is <{root}>; save it as one of these: {_KNOWN}"
        )
    reader = import_module(f"summarize.reading.formats.{READERS[kind]}")
    contents: Contents = reader.extract(data, name, options)
    return contents


def root_of(data: bytes, name: str) -> str:
    """Return the name of the root element, without its namespace.

    :raises InputError: if there is none.
    """
    head = data[:HEAD_BYTES]
    root = _parsed_root(head) or _sought_root(decode(head, name))
    if root is None:
        raise InputError(name, "no XML: it has no element; save it in its own format or remove it")
    return clean_characters(root)[:80]


def _parsed_root(head: bytes) -> str | None:
    parser = etree.XMLPullParser(
        events=("start",),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        parser.feed(head)
    except etree.XMLSyntaxError:
        return None
    first = next(iter(parser.read_events()), None)
    if first is None:
        return None
    try:
        return str(first[1].tag).rpartition("}")[2]
    except UnicodeDecodeError:  # a namespace that the parser let pass though it is no UTF-8
        return None


def _sought_root(head: str) -> str | None:
    """Find the root behind junk that a parser would stop at."""
    opening = _OPENING.search(_NO_ELEMENT.sub("", head))
    return opening[1] if opening else None
