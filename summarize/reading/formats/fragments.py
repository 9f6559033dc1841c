"""Take the text out of markup: fragments of HTML, XHTML and NITF → paragraphs.

Contract: blocks (paragraphs, list items, table cells, headings) are separated by a blank line, a line break
inside one stays a line break, other white space is one space. What the markup itself calls no running text is
left out: scripts, navigation, pictures with their captions, what is hidden. The text is free of NUL, control
characters and lone surrogates. Meant for the short pieces that feeds, records, wires and mails carry, where a
finder of the main text of a whole page would find nothing. Resolves no entity but characters, opens nothing.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from html.entities import name2codepoint
from typing import Any

from lxml import etree

from summarize.types import Noted

_BLOCKS = frozenset(
    """
    address article blockquote body body.content body.end body.head bq block caption center credit datasource
    dd details div dl dt fieldset h1 h2 h3 h4 h5 h6 header hl1 hl2 hr html legend li main ol p pre section
    summary table tagline tbody td tfoot th thead tr ul
    """.split()
)
_SKIPPED = frozenset(
    """
    applet area aside audio base button canvas embed figcaption figure footer frame frameset head iframe img
    input link map math media meta nav nitf-table-metadata noframes noscript note object optgroup option
    script select style svg template textarea title video
    """.split()
)
_INVISIBLE_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_TAG = re.compile(
    r"</?(?:a|abbr|article|aside|b|blockquote|body|br|center|cite|code|dd|del|div|dl|dt|em|figcaption|figure|font"
    r"|footer|h[1-6]|head|header|hr|html|i|iframe|img|ins|li|main|nav|ol|p|pre|q|s|script|section|small|span"
    r"|strong|style|sub|sup|table|tbody|td|th|thead|time|tr|u|ul|video)(?:\s[^<>]*|/)?>",
    re.I,
)
_LINE_BROKEN = re.compile(
    r"<(?:p|div|br|li|td|tr|table|h[1-6]|blockquote|section|article|ul|ol|pre)[\s/>]", re.I
)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,31}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Control characters, and those that only tell a screen where to break a word.
_UNWANTED = dict.fromkeys(
    (*(c for c in range(32) if chr(c) not in "\t\n\r"), 0x7F, 0xAD, 0x200B, 0x2060, 0xFEFF)
)

Skipping = Callable[[Any], bool]


def clean_characters(text: str) -> str:
    """Return a text without control characters, NUL and lone surrogates."""
    return _SURROGATE.sub("\ufffd", text.translate(_UNWANTED))


def is_markup(text: str) -> bool:
    """Tell whether a string is HTML: it has a tag that HTML knows."""
    return bool(_TAG.search(text))


def text_of(value: str) -> str:
    """Return the text of a string that may be HTML or plain.

    Line breaks count if no tag says where lines end; an entity is read as its character either way.
    """
    if not is_markup(value):
        return text_of_plain(html.unescape(value) if _ENTITY.search(value) else value)
    if not _LINE_BROKEN.search(value):  # a few words are marked, the paragraphs are those of plain text
        value = re.sub(r"\r\n?|\n", "<br>", value)
    return text_of_markup(value)


def text_of_plain(text: str) -> str:
    """Return plain text with its lines trimmed and its paragraphs one blank line apart."""
    lines = [line.strip() for line in re.split(r"\r\n?|\n", clean_characters(text))]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def text_of_markup(markup: str, skipping: Skipping = lambda element: False) -> str:
    """Return the text of HTML, a fragment or a page.

    :param skipping: tells elements that are left out beside those of the contract.
    :raises RecursionError: if it is nested so deeply that the parser gives up.
    """
    # As bytes, because what the markup says of its encoding no longer holds.
    data = clean_characters(markup).encode("utf-8")
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.ParserError:  # an empty document
        return ""
    if any("depth" in entry.message for entry in parser.error_log):
        raise RecursionError("markup is nested too deeply")
    return "" if root is None else text_of_tree(root, skipping)


def line_of(value: str) -> str:
    """Return a string that may be HTML as one line."""
    return " ".join(text_of(value).split())


def text_of_tree(root: Any, skipping: Skipping = lambda element: False) -> str:
    """Return the text of an element of HTML, XHTML or NITF, nested as deeply as may be."""
    blocks = _Blocks()
    waiting: list[tuple[Any, bool]] = [(root, False)]
    while waiting:
        node, is_left = waiting.pop()
        name = local_name(node)
        is_skipped = node is not root and (name in _SKIPPED or _is_hidden(node) or skipping(node))
        if not is_left and not is_skipped:
            blocks.open(name, node)
            waiting.append((node, True))
            waiting += [(child, False) for child in reversed(node)]
            continue
        if is_left or name in _BLOCKS:
            blocks.close(name)
        if node is not root:
            blocks.add(node.tail)
    return "\n\n".join(blocks.ended())


def local_name(element: Any) -> str:
    """Return an element's name in lower case without its namespace; nothing of a comment or an entity."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def without_title(text: str, title: Noted | None) -> str:
    """Leave out a first paragraph that only repeats the title."""
    first, _, rest = text.partition("\n\n")
    is_title = title is not None and " ".join(first.split()).casefold() == title.value.casefold()
    return rest if is_title and rest else text


class _Blocks:
    """Gathers the pieces of one block after the other."""

    def __init__(self) -> None:
        self._blocks: list[str] = []
        self._pieces: list[str] = []
        self._n_preformatted = 0

    def open(self, name: str, node: Any) -> None:
        if name in _BLOCKS:
            self._end()
        if name == "pre":
            self._n_preformatted += 1
        if name == "br":
            self._pieces.append("\n")
        if node.tag is etree.Entity:
            self._pieces.append(_character(node.name))
            return
        if name:  # no comment, no instruction
            self.add(node.text)

    def close(self, name: str) -> None:
        if name in _BLOCKS:
            self._end()
        if name == "pre":
            self._n_preformatted = max(0, self._n_preformatted - 1)

    def add(self, text: str | None) -> None:
        if text:
            self._pieces.append(text if self._n_preformatted else re.sub(r"\s+", " ", text))

    def ended(self) -> list[str]:
        self._end()
        return self._blocks

    def _end(self) -> None:
        lines = [" ".join(line.split()) for line in clean_characters("".join(self._pieces)).split("\n")]
        self._pieces = []
        for paragraph in re.split(r"\n{2,}", "\n".join(lines).strip("\n")):
            # A row of dashes or stars parts, and says nothing; two dashes stand in front of a signature.
            if any(c.isalnum() for c in paragraph) or paragraph == "--":
                self._blocks.append(paragraph)


def _character(entity: str) -> str:
    """Return the character of an entity of HTML; of any other, which nothing here resolves, its name."""
    code = name2codepoint.get(entity)
    return chr(code) if code else f"&{entity};"


def _is_hidden(node: Any) -> bool:
    if not isinstance(node.tag, str) or not node.attrib:
        return False
    return "hidden" in node.attrib or bool(_INVISIBLE_STYLE.search(node.get("style") or ""))
