"""The bytes of a page → its element tree.

Contract: the encoding is found as browsers find it (WHATWG, "Determining the character encoding"): byte order
mark, then what the page states of itself, then a guess. A tree that is nested too deeply for other libraries
is refused. Nothing is fetched, and no entity but those of HTML is known.
"""

from __future__ import annotations

import codecs
import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from summarize.config import ReadConfig
from summarize.errors import InputError
from summarize.reading.decoding import decode

PRESCAN_BYTES = 4096  # browsers look at 1024, but a saved page may begin with long comments
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_COMMENT = re.compile(rb"<!--.*?-->", re.S)
_STATED = re.compile(
    rb"<meta\b[^>]{0,500}?\bcharset\s*=\s*[\"']?\s*([\w.:-]{2,40})|"
    rb"^\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]{2,40})",
    re.I,
)
# What pages call by these names is encoded like this (WHATWG, "Names and labels").
_REALLY = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-8",  # the statement could not have been read in it
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
_LABELS = {"x-sjis": "cp932", "x-gbk": "gb18030", "x-cp1252": "cp1252", "x-cp1251": "cp1251"}
_PARSED_DEPTH = 2_000  # the parser cuts off what is deeper than 2,048
_SINGLE_BYTE = re.compile(r"cp125|iso8859|cp874|koi8|mac")
# Invalid in a tree, or invisible and able to turn a text round: NUL and its like, bidirectional controls,
# zero width marks, soft hyphens, tag characters. Joiners stay where scripts need them.
_CONTROLS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_JOINERS = re.compile("(?<=[\u0000-\u024f])[\u200c\u200d]|[\u200c\u200d](?=[\u0000-\u024f])")


def decode_page(data: bytes, name: str, stated: str | None = None) -> str:
    """Decode a page, and leave out characters that nobody sees.

    :param stated: the encoding that came with it, from a mail's header; goes before what the page states.
    :raises InputError: if it is no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return without_unseen(data[len(mark) :].decode(encoding, "replace"))
    found = _codec(stated) or _stated_in(data)
    if found is None or (found == "utf-8" and not _is_utf8(data)):
        return without_unseen(decode(data, name))
    # Converted since, and the statement forgotten: in no single-byte encoding such text makes sense.
    if _SINGLE_BYTE.search(found) and _is_utf8(data):
        found = "utf-8"
    return without_unseen(data.decode(found, "replace"))


def without_unseen(text: str) -> str:
    """Leave out of a text what nobody sees and no tree may hold."""
    text = _CONTROLS.sub("", text)
    return _JOINERS.sub("", text) if "\u200c" in text or "\u200d" in text else text


def parse(html: str, name: str, options: ReadConfig) -> HtmlElement:
    """Parse a page.

    :return: its root, an ``html`` element, with comments and processing instructions left out.
    :raises InputError: if nothing is in it, or it is nested too deeply.
    """
    parser = HTMLParser(
        encoding="utf-8",
        huge_tree=True,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        default_doctype=False,
    )
    try:
        root = document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError) as error:
        raise InputError(name, "holds no article, nothing but an empty page; remove it") from error
    limit = min(options.max_nesting, _PARSED_DEPTH)
    if _depth(root, limit) > limit:
        raise InputError(
            name,
            f"its markup is nested more than {limit:,} deep; save its text, or raise read.max_nesting",
        )
    return root


def _depth(root: HtmlElement, enough: int) -> int:
    """Return how deep a tree is, or the first depth that is more than enough."""
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
        if deepest > enough:
            break
    return deepest


def _stated_in(data: bytes) -> str | None:
    match = _STATED.search(_COMMENT.sub(b"", data[:PRESCAN_BYTES]))
    return _codec((match[1] or match[2]).decode("ascii", "replace")) if match else None


def _codec(label: str | None) -> str | None:
    """Return the codec for a label; None if there is none that reads text."""
    if not label:
        return None
    label = label.strip().lower()
    try:
        found = codecs.lookup(_LABELS.get(label, label))
    except (LookupError, ValueError):
        return None
    name = _REALLY.get(found.name, found.name)
    return name if getattr(found, "_is_text_encoding", True) else None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
