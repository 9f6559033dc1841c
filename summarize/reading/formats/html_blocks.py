"""A page's tree → its pieces of text, each with the elements it stands in.

Contract: a piece is what a browser shows as one paragraph, heading, list entry or cell; pieces come in the
order of the page. What a browser never shows as text (scripts, styles, form fields) is in none. Each
element that can hold pieces is a :class:`Place`, with what its tag, role or name says that it is for. Knows
nothing of which pieces are news. Nothing here recurs, so that no nesting is too deep.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from summarize.reading.formats.html_names import kind_of_name

MAX_HEADING = 200  # characters; what is longer was made large, and is text
_SKIPPED = frozenset(
    """
    script style template noscript iframe object embed applet svg math canvas video audio map
    select textarea input button option optgroup datalist progress meter head title rp rt
    """.split()
)
_BLOCKS = frozenset(
    """
    html body address article aside blockquote center dd details dialog dir div dl dt fieldset
    figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr legend li main
    menu nav noframes ol p pre search section summary table caption tbody td tfoot th thead tr
    ul label
    """.split()
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_KINDS_OF_TAGS = {
    **dict.fromkeys(("nav", "menu", "dir", "search"), "navigation"),
    **dict.fromkeys(("form", "fieldset", "label", "legend", "dialog"), "form"),
    **dict.fromkeys(("figcaption", "figure", "caption"), "caption"),
    "aside": "aside",
    "footer": "footer",
    "address": "byline",
    "noframes": "hidden",
}
_KINDS_OF_ROLES = {
    **dict.fromkeys(
        ("navigation", "menu", "menubar", "toolbar", "tablist", "search", "directory"), "navigation"
    ),
    **dict.fromkeys(("dialog", "alertdialog", "alert", "status", "form", "tooltip"), "form"),
    "complementary": "aside",
    "contentinfo": "footer",
    "banner": "masthead",
    "note": "aside",
}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])", re.I)
_SPACE = re.compile(r"[\s\u00a0\u2028\u2029\x85]+")


@dataclass(eq=False, slots=True)
class Place:
    """An element that pieces stand in.

    ``kind`` is what it says that it is for, None if nothing; ``name`` its class and id.
    """

    tag: str
    name: str
    parent: Place | None
    kind: str | None = None
    is_body: bool = False  # said to be the article's text
    n_prose: int = 0  # characters of running text in it
    furniture: str | None = None  # what it, or an element that it stands in, is for; None: maybe news

    def up(self) -> Iterator[Place]:
        """Yield it and what it stands in, outwards."""
        place: Place | None = self
        while place is not None:
            yield place
            place = place.parent


@dataclass(eq=False, slots=True)
class Piece:
    """A paragraph, heading, list entry or cell.

    Of its characters ``n_linked`` are links, ``n_bold`` bold and ``n_italic`` in italics.
    """

    text: str
    place: Place
    n_linked: int
    n_bold: int
    n_italic: int
    heading: bool
    links_out: bool  # to another page


@dataclass(slots=True)
class _Line:
    """The piece that is being read."""

    texts: list[str] = field(default_factory=list)
    n_linked: int = 0
    n_bold: int = 0
    n_italic: int = 0
    links_out: bool = False


class _Reader:
    """Turns the events of a walk into pieces."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.place = Place("", "", None)
        self.places = [self.place]
        self.line = _Line()
        self.n_links = self.n_bolds = self.n_italics = 0
        self.is_preformatted = False
        self.links_out = False
        self.is_broken = False  # the line began after one break, in the middle of a paragraph perhaps

    def add(self, text: str | None) -> None:
        if not text:
            return
        if not self.is_preformatted:
            text = _SPACE.sub(" ", text)
        self.line.texts.append(text)
        n_chars = len(text.strip())
        if self.n_links:
            self.line.n_linked += n_chars
            self.line.links_out |= self.links_out
        if self.n_bolds:
            self.line.n_bold += n_chars
        if self.n_italics:
            self.line.n_italic += n_chars

    def end(self) -> None:
        """End the piece that is being read."""
        if not self.line.texts:
            return
        raw = "".join(self.line.texts)
        text = _preformatted(raw) if self.is_preformatted else _SPACE.sub(" ", raw).strip()
        if text:
            self._append(text, self.line)
        self.line = _Line()
        self.is_broken = self.is_broken and not text

    def _append(self, text: str, line: _Line) -> None:
        last = self.pieces[-1] if self.pieces else None
        if last and self.is_broken and last.place is self.place and _goes_on(last.text, text):
            last.text += " " + text
            last.n_linked += line.n_linked
            last.n_bold += line.n_bold
            last.n_italic += line.n_italic
            last.links_out |= line.links_out
            return
        heading = any(p.tag in _HEADINGS for p in (self.place, self.place.parent) if p)
        heading = heading and len(text) <= MAX_HEADING
        self.pieces.append(
            Piece(text, self.place, line.n_linked, line.n_bold, line.n_italic, heading, line.links_out)
        )

    def break_line(self) -> None:
        """End a line: a paragraph ends there, unless its sentence goes on; two breaks end it in any case."""
        if self.is_preformatted:
            self.line.texts.append("\n")
            return
        was_empty = not "".join(self.line.texts).strip()
        self.end()
        self.is_broken = not was_empty

    def enter(self, element: HtmlElement, tag: str) -> None:
        self.end()
        self.place = _place(element, tag, self.place)
        self.places.append(self.place)

    def leave(self) -> None:
        self.end()
        self.place = self.place.parent or self.place


def lay_out_page(root: HtmlElement) -> tuple[list[Place], list[Piece]]:
    """Return the places of a page, outer ones first, and its pieces, both in its order."""
    reader = _Reader()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _SKIPPED or not tag:
                walk.skip_subtree()
            else:
                _start(reader, element, tag)
        else:
            if tag and tag not in _SKIPPED:
                _end(reader, tag)
            if element is not root:
                reader.add(element.tail)
    reader.end()
    return reader.places, reader.pieces


def _start(reader: _Reader, element: HtmlElement, tag: str) -> None:
    if tag == "br":
        reader.break_line()
    elif tag in _BLOCKS:
        reader.enter(element, tag)
    elif tag == "a":
        reader.n_links += 1
        target = element.get("href") or ""
        reader.links_out = bool(target) and "#" not in target
    elif tag in ("b", "strong"):
        reader.n_bolds += 1
    elif tag in ("i", "em"):
        reader.n_italics += 1
    if tag == "pre":
        reader.is_preformatted = True
    reader.add(element.text)


def _end(reader: _Reader, tag: str) -> None:
    if tag in _BLOCKS:
        reader.leave()
    elif tag == "a":
        reader.n_links -= 1
    elif tag in ("b", "strong"):
        reader.n_bolds -= 1
    elif tag in ("i", "em"):
        reader.n_italics -= 1
    if tag == "pre":
        reader.is_preformatted = False


def _place(element: HtmlElement, tag: str, parent: Place) -> Place:
    name = " ".join(filter(None, (element.get("class"), element.get("id"))))[:500]
    prop = (element.get("itemprop") or "").lower()
    place = Place(tag, name, parent, is_body="articlebody" in prop)
    is_hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    if is_hidden or _HIDDEN.search(element.get("style") or ""):
        place.kind = "hidden"
    elif tag not in ("html", "body", "main"):
        role = (element.get("role") or "").lower()
        label = " ".join(filter(None, (element.get("aria-label"), element.get("data-testid"))))[:100]
        named = kind_of_name(f"{name} {label}" if tag != "p" else name)
        place.kind = _KINDS_OF_ROLES.get(role) or named or _KINDS_OF_TAGS.get(tag)
        if tag == "form" and _is_login(element):
            place.kind = "login"
    return place


def _is_login(form: HtmlElement) -> bool:
    """Tell a form that asks for a password from one that some servers put around the whole page."""
    asks = any((i.get("type") or "").lower() in ("password", "email") for i in form.iter("input"))
    return asks and form.find(".//h1") is None


def _goes_on(before: str, after: str) -> bool:
    return before[-1] not in '.!?:;…"”’' and after[0].islower()


def _preformatted(text: str) -> str:
    lines = (line.rstrip() for line in text.replace("\r\n", "\n").strip("\n").split("\n"))
    return "\n".join(lines).strip()
