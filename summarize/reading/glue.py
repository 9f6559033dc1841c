"""Cut what is glued to a paragraph: datelines and time stamps before it, agency marks, credits and
links after it, and characters that can't be read inside it.

A paragraph may come out shorter or in several pieces; it is never changed. Knows nothing of other
paragraphs, except whether it stands at the top and what words the article writes in capitals.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from summarize.reading.datelines import ACRONYMS, CITIES
from summarize.reading.layout import INVISIBLE, Block
from summarize.reading.patterns import AGENCIES, REPORTING, VIDEO_LABEL, closing_notice, find_credit

HEAD = 160  # characters in which a dateline ends
TAIL = 260  # characters in which closing furniture begins

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?|[Ee]ne(?:ro)?|[Mm]arzo?|[Aa]bril|[Mm]ayo|[Jj]un(?:io|i)?|[Jj]ul"
    r"(?:io|i)?|[Aa]go(?:sto)?|"
    r"[Dd]ic|Januar|Februar|März|Mai|Oktober|Dezember)\.?"
)
_DAY = rf"(?:{_MONTH} \d{{1,2}}(?:, (?:19|20)\d\d)?|\d{{1,2}}\.? (?:de )?{_MONTH}(?: (?:de )?(?:19|20)\d\d)?)"
# Small words of places: "Tham Luang caves, northern Thailand (CNN)".
_IN_PLACES = frozenset(
    """aboard airport base border camp cave caves central coast county district eastern island near north
    northern outside province region south southern valley western""".split()
)
_DASH = r"\s*(?:\.?\s?[–—]|\.?\s?--?|:)-?\s*"
_BY_AGENCY = re.compile(
    rf"""(?:[^\W\d_][^()\n.!?"“”]{{0,50}}?(?:\.[^()\n!?"“”]{{0,40}}?)?[,\s]\s*)??(?:{_DAY},?\s*)?
    \((?:(?P<agency>{AGENCIES})(?:[/,\ ][^()]{{0,30}})?|[A-Z][\w.&/’'\ -]{{1,40}}(?=\){_DASH}))\)(?:{_DASH}
        |\s*)""",
    re.X,
)
_BY_DAY = re.compile(rf"(?:(?P<city>[^\W\d_][\w.’' /-]{{1,40}}), )?{_DAY}{_DASH}(?=[\"“«„]?[^\W\d_])")
_SHOUTED = re.compile(
    rf"(?P<city>[^\W\d_][^\d()\"“”!?\n—–:]{{2,48}}?)(?:, {_DAY})?\s*(?:[–—]|--|\s-\s|:\s)-?\s*(?=[\"“«„]?\w)"
)
_PLACE = re.compile(
    r"(?P<city>[A-Z][\w’'.]+(?:[ -][A-Z][\w’'.]+){0,2}(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)?)\s*(?:—|–|"
    r"--)\s*(?=[\"“]?[A-Z])"
)
_BARE = re.compile(r"(?P<city>[^\W\d_]{4,}(?:[ /-][^\W\d_]{2,}){0,2}):?\s+(?=[\"“«„]?[^\W\d_])")
_NEXT_SHOUTED = re.compile(r"[\"“«„]?[^\W\da-z][^\W\da-z]")
_CLOCK = re.compile(
    r"\[?\(?\d{1,2}[:.h]\d{2}(?:\s?(?:a\.?m\.?|p\.?m\.?|AM|PM|Uhr|h))?(?:\s?(?:GMT|UTC|BST|CET|CEST|"
    r"E[SD]?T|P[SD]?T))?\)?\]?"
    r"\s?(?:[-–—:|•]\s?|(?=[A-Z“\"]))"
)
_ALERT = re.compile(
    r"(?:BREAKING(?: NEWS)?|UPDATED?(?: \d+)?|EXCLUSIVE|JUST IN|EILMELDUNG|URGENT[E]?)\s?[:–—-]\s*"
    rf"|{VIDEO_LABEL}\s+"
)
_MARKER = re.compile(r"(?:>\s?|[-*+•·▪►●■✉]\s+|\d{1,2}[.)]\s+(?=\D)|\*\*(?=[^*]{2,60}$))+")

_AGENCY_MARK = re.compile(
    rf"(?<=[.!?\"”’»)])\s*(?:(?:[–—]|--?)\s?|[/|]\s?|\()(?:with )?(?:{AGENCIES})\)?[\s.]*$"
)
_LINK_TAIL = re.compile(
    r"""(?<=[.!?"”’»)])\s*\W{0,3}\b(?:Advertisement\b.{0,120}|Continue\ reading\ the\ main\ story.{0,60}
        |Share\ Photo\W*|Share\ this\b.{0,60}
    |(?:Read|READ)\ (?:more|MORE|also|ALSO|next)\b.{0,140}|(?:Click|Tap)\ here\b.{0,120}|(?:Sign
        |SIGN)\ (?:up|UP)\ (?:for|FOR)\b.{0,120}
    |(?:Follow|FOLLOW)\ .{2,50}\ on\ (?:Twitter|Facebook|Instagram).{0,60}|Lesen\ Sie\ (?:auch|mehr
        |hier)\b.{0,140}
    |Lea\ (?:también|más)\b.{0,140}|Lire\ (?:aussi|la\ suite)\b.{0,140}|Subscribe\ (?:to|now
        |here)\b.{0,120}|Related:.{0,140}
    |(?:https?://|www\.)\S{3,200}|pic\.twitter\.com/\S+.{0,80})\s*$""",
    re.X,
)
# Two or three words without a full stop after the last sentence: a button ("Learn more", "Add Interest").
_ASIDE = re.compile(
    r"(?<!\b[A-Z])(?<!\b[DMS][rst])(?<!\b(?:Mrs|Gen|Sen|Rep|Gov))"  # "Ambassador J. Ann Hill"
    r"[.!?][\"”’»)]*\s+([A-Z][a-z]+ [\w']+(?: [\w']+)?)$"
)
_BRACKET_TAIL = re.compile(
    r"\s*[\[(](?:related|read more|read:|see also|watch|also read|more:|photos|video|"
    r"click)[^\])\n]{2,160}[\])]\W*$",
    re.I,
)
_IMAGE_TAIL = re.compile(r"\s*!\[[^\]]{0,300}\]\([^)]{0,400}\)\s*$")
# A box of links to other stories that went into a sentence behind a name: "… Ryan Paul RyanA story … MORE".
_LINK_BOX = re.compile(
    r"(?P<surname>[^\W\d_a-z][\w’'-]+),?[ \t]+"
    r"(?P<box>(?:\(?[^\W\d_a-z][\w.’'()-]*[ \t]+){1,4}(?P=surname)"
    r"(?:(?=[^\W\d_a-z])[^\n]{10,900}?[ \t]|(?=MORE\b))MORE\b[ \t]*)"
)
_UNREADABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]+")
_SENTENCE_BORDER = re.compile(r"[.!?。！？؟][\"”’»)\]]*\s+")

Cut = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Cuts:
    """What is left of a paragraph, and what was cut off it and why; offsets of the whole text."""

    kept: tuple[tuple[int, int], ...]
    cut: tuple[Cut, ...]


def cut_glue(block: Block, at_top: bool, is_place: Callable[[str], bool]) -> Cuts:
    """Cut furniture off both ends of a paragraph, and unreadable sentences out of it.

    :param at_top: whether it is one of the article's first paragraphs: only there a dateline may lack
        an agency.
    :param is_place: tells whether a word in capitals is a name that the texts also write without.
    """
    start, end, cuts = block.start, block.end, list[Cut]()
    while piece := _head(block.text[start - block.start : start - block.start + HEAD], at_top, is_place):
        length, reason = piece
        if start + length >= end:
            break
        cuts.append((start, start + length, reason))
        start += length
    while piece := _tail(block.text[max(start, end - TAIL) - block.start : end - block.start]):
        length, reason = piece
        if end - length <= start:
            break
        cuts.append((end - length, end, reason))
        end -= length
        end -= len(block.text[start - block.start : end - block.start]) - len(
            block.text[start - block.start : end - block.start].rstrip(INVISIBLE)
        )
    kept: list[tuple[int, int]] = []
    for a, b in _around_boxes(block, start, end, cuts):
        readable, unreadable = _readable(block, a, b)
        kept += readable
        cuts += unreadable
    return Cuts(tuple(kept), tuple(sorted(cuts)))


def ends_in_glue(block: Block) -> bool:
    """Tell whether a paragraph's last sentence is finished but for an agency's mark or a link after it."""
    text = block.text[-TAIL:]
    piece = None if block.is_terminated else _tail(text)
    if piece is None or piece[1] == "caption":
        return False
    rest = text[: len(text) - piece[0]].rstrip(INVISIBLE)
    return Block(0, len(rest), rest).is_terminated


def _head(text: str, at_top: bool, is_place: Callable[[str], bool]) -> tuple[int, str] | None:
    if marker := _MARKER.match(text):
        return marker.end(), "markup"
    if clock := _CLOCK.match(text):
        return clock.end(), "timestamp"
    if alert := _ALERT.match(text):
        return alert.end(), "boilerplate"
    length = _dateline(text, at_top, is_place)
    return (length, "dateline") if length else None


def _dateline(text: str, at_top: bool, is_place: Callable[[str], bool]) -> int:
    """Return the length of the dateline that a text begins with, 0 if there is none."""
    match = _BY_AGENCY.match(text)
    if match and _is_name(text[: match.start("agency") if match["agency"] else match.end()]):
        return match.end()
    # Further down a day alone begins an entry of a timeline, which needs it.
    if at_top and (match := _BY_DAY.match(text)):
        return match.end()
    match = _SHOUTED.match(text)
    if match and _is_shouted(match["city"]) and (at_top or not match[0].rstrip().endswith(":")):
        return match.end()
    if not at_top:
        return 0
    if match := _PLACE.match(text):
        return match.end()
    for n_words in (3, 2, 1):
        match = re.match(_BARE.pattern.replace("{0,2}", f"{{{n_words - 1}}}"), text)
        if match and match["city"].isupper() and not _NEXT_SHOUTED.match(text, match.end()):
            city = match["city"]
            if city in CITIES or (city not in ACRONYMS and is_place(city)):
                return match.end()
    return 0


def _is_name(text: str) -> bool:
    """Tell whether the words before an agency's bracket can be a place and a day."""
    words = [w for w in re.findall(r"[^\W\d_]+", text) if len(w) > 3]
    return len(words) <= 7 and all(w[0].isupper() or not w[0].isascii() or w in _IN_PLACES for w in words)


def _is_shouted(city: str) -> bool:
    first = city.split(",")[0]
    if first in ACRONYMS or first.startswith("FILE"):
        return False
    letters = [c for c in first if c.isalpha()]
    n_words = len(city.split())
    return first.upper() == first and first.lower() != first and len(letters) >= 3 and n_words <= 6


def _tail(text: str) -> tuple[int, str] | None:
    if mark := _AGENCY_MARK.search(text):
        return len(text) - mark.start(), "credit"
    for pattern, reason in (
        (_LINK_TAIL, "navigation"),
        (_BRACKET_TAIL, "navigation"),
        (_IMAGE_TAIL, "caption"),
    ):
        if match := pattern.search(text):
            return len(text) - match.start(), reason
    if aside := _ASIDE.search(text):
        return len(text) - aside.start(1), "navigation"
    reporting = REPORTING.search(text)
    if reporting and (reporting.start() == 0 or text[reporting.start() - 1] in " .(\n"):
        return len(text) - reporting.start(), "credit"
    notice = closing_notice(text)
    return (len(text) - notice, "boilerplate") if notice > 0 else _caption_tail(text)


def _caption_tail(text: str) -> tuple[int, str] | None:
    """Find a caption that ends a paragraph: its credit and the sentence before the credit."""
    credit = find_credit(text)
    if not credit or credit.start() == 0:
        return None
    borders = [m.end() for m in _SENTENCE_BORDER.finditer(text, 0, credit.start())]
    if not borders:
        return None
    if borders[-1] == credit.start() and credit[0].startswith("("):
        return len(text) - credit.start(), "credit"
    return len(text) - borders[-1], "caption"


def _around_boxes(block: Block, start: int, end: int, cuts: list[Cut]) -> Iterator[tuple[int, int]]:
    """Yield the pieces of a paragraph between the boxes of links in it, which go to the cuts."""
    found = (
        _LINK_BOX.finditer(block.text, start - block.start, end - block.start)
        if " MORE" in block.text
        else ()
    )
    for box in found:
        stop = block.start + box.start("box")
        cuts.append((stop, block.start + len(block.text[: box.end("box")].rstrip(INVISIBLE)), "navigation"))
        text = block.text[start - block.start : stop - block.start].rstrip(INVISIBLE)
        if text:
            yield start, start + len(text)
        start = block.start + box.end("box")
    if start < end:
        yield start, end


def _readable(block: Block, start: int, end: int) -> tuple[tuple[tuple[int, int], ...], list[Cut]]:
    """Leave out the sentences that hold unreadable characters: half a sentence may not be quoted."""
    text = block.text
    if not _UNREADABLE.search(text):
        return ((start, end),), []
    kept: list[tuple[int, int]] = []
    cuts: list[Cut] = []
    for a, b in _sentences(text, start - block.start, end - block.start):
        span = (block.start + a, block.start + b)
        if _UNREADABLE.search(text, a, b):
            cuts.append((*span, "unreadable"))
        elif kept and not (cuts and cuts[-1][0] >= kept[-1][1]):
            kept[-1] = (kept[-1][0], span[1])
        else:
            kept.append(span)
    return tuple(kept), cuts


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for border in _SENTENCE_BORDER.finditer(text, start, end):
        stop = border.start() + len(border[0].rstrip())
        yield start, stop
        start = border.end()
    if start < end:
        yield start, end
