"""Find the header of a plain text: the lines above it that state title, outlet, author and day.

Contract: a pure function of the text. A header is believed only where one of its lines can be nothing else: a
date alone, "By" and a name, "Source: …", an address, or right under a title the name of an outlet. What a
line means is told by its shape, not by its place, so that any order will do; where two meanings are left it
stays unknown. Knows nothing of the article below but where it begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from summarize.reading.datelines import CITIES
from summarize.reading.dates import find_dates
from summarize.reading.layout import INVISIBLE, Block
from summarize.reading.patterns import furniture
from summarize.reading.signatures import is_name, is_outlet, is_person, read_byline, unquoted

MAX_LINES = 10
MAX_HEADER = 6_000  # characters
MAX_FREE = 3  # lines that only their shape tells apart: title, outlet, author
MAX_TITLE_WORDS = 30
MAX_SENTENCE_WORDS = 8  # a longer line that ends like a sentence begins the text
MIN_TITLE_WORDS = 4  # of a title that no date or label vouches for

Kind = Literal["title", "publisher", "agency", "author", "published", "url", "language", "other"]
_LABELS: dict[Kind, str] = {
    "title": "title|headline|titel|überschrift|schlagzeile|titre|título|titulo|titolo|kop",
    "publisher": "source|publisher|outlet|publication|newspaper|quelle|zeitung|medium|fuente|medio|fonte"
    "|testata|bron|krant|site|website",
    "author": "authors?|writer|reporter|byline|by|autor(?:in|en|es)?|autores|autore|auteurs?|verfasser",
    "published": "(?:date|first|originally)?\\s?(?:published|posted)(?:\\son)?|date|dated?"
    "|pub(?:lication)?[\\s_-]?date|datum|veröffentlicht(?:\\sam)?|fecha|publicado(?:\\sel)?|data"
    "|pubblicato(?:\\sil)?|publié(?:\\sle)?|gepubliceerd|(?:last\\s)?(?:updated|modified)|aktualisiert",
    "url": "url|link|permalink|canonical|web\\s?address|source\\surl",
    "language": "language|lang|sprache|langue|idioma|lingua|taal",
    "other": "section|category|tags?|keywords|topics?|words|word\\scount|edition|page|id|location|rubrik"
    "|ressort",
}
_LABELLED = re.compile(
    r"\W{0,4}(?:"
    + "|".join(f"(?P<{kind}>{own})" for kind, own in _LABELS.items())
    + r")\W{0,3}?\s?[:=]\W{0,3}?\s*(?=\S)",
    re.I,
)
_ADDRESS = re.compile(r"<?(https?://\S{4,500}?)>?")
_DECORATION = re.compile(r"^[\s#>*_~`|]+|[\s*_~`|]+$")
_AMBIGUOUS = re.compile(r"(?<!\d)\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d)(?!\d)")
_CLOCK = re.compile(
    r"\b\d{1,2}(?::\d\d){1,2}(?:\.\d+)?\b|\b\d{1,2}\.\d\d(?= uhr)|\b\d{1,2} ?(?=[ap]\.?m\b)"
    r"|(?<=\d)T(?=\d)|Z\b|[+-]\d\d:?\d\d\b",
    re.I,
)
_DATE_WORDS = re.compile(
    r"\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|montag|dienstag|mittwoch|donnerstag"
    r"|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles"
    r"|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|a\.?m|p\.?m"
    r"|e[sd]?t|p[sd]?t|c[sd]t|gmt|utc|bst|ce?s?t|uhr|published|posted|first|originally|updated|date[d]?|created"
    r"|veröffentlicht|publié|publicado|pubblicato|stand|on|at|um|am|den|le|el|il|à)\b\.?",
    re.I,
)
_SEPARATOR = re.compile(r"\s*[|•·–—;,]\s*|\s+/+\s+")
_EDGE = " .:,;|•·–—-/()[]\t"  # what stands between a name and a date
# A title behind its rubric: "OPINION: Fading American history", "Poll: Half would replace everyone".
_RUBRIC = re.compile(
    r"(?!RELATED|READ|WATCH|SEE|MORE|ALSO|LISTEN|PHOTOS?|GALLERY)[A-Z][A-Z’'& ]{3,20}: (?=\S+ \S)|"
    r"(?:Analysis|Exclusive|Explainer|Factbox|Opinion|Poll|Timeline): (?=\S+ \S+ \S)"
)


@dataclass(frozen=True, slots=True)
class Header:
    """What the lines above a text state; ``text[:end]`` is the header.

    ``lines`` are (start, end, reason for leaving it out), in order. The date is among them, as a "timestamp"
    or in a "byline".
    """

    end: int
    lines: tuple[tuple[int, int, str], ...]
    title: str | None = None
    publisher: str | None = None
    agency: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str  # without decoration
    follows: bool  # directly under the line before
    stated: dict[Kind, str] = field(default_factory=dict)
    is_free: bool = False  # nothing but its shape tells what it is


_REASONS: dict[Kind, str] = {
    "title": "title",
    "publisher": "credit",
    "agency": "byline",
    "author": "byline",
    "published": "timestamp",
    "url": "navigation",
    "language": "tags",
    "other": "tags",
}


def header_of(text: str) -> Header | None:
    """Return the header of a text, None if it has none that can be believed."""
    lines = _lines_above(text)
    anchors = [i for i, line in enumerate(lines) if not line.is_free]
    if not anchors:
        return _without_anchor(text, lines)
    last = anchors[-1]
    while last + 1 < len(lines) and lines[last + 1].follows:
        last += 1
    if last + 1 < len(lines) and last != anchors[-1] and _goes_on(text, lines[last]):
        last = anchors[-1]  # what follows is the text, not a line more
    own = lines[: last + 1]
    free = [line for line in own if line.is_free]
    if len(free) > MAX_FREE:
        return None
    stated: dict[Kind, str] = {}
    for line in own:
        for kind, value in line.stated.items():
            stated.setdefault(kind, value)
    named = _told_apart(free, stated)
    if named is None:
        return None
    return _header(own, {**named, **stated})


def _goes_on(text: str, line: _Line) -> bool:
    """Tell whether the next line follows directly, without a blank line."""
    return re.match(r"[^\S\n]*\r?\n[^\S\n]*\S", text[line.end :]) is not None


def _without_anchor(text: str, lines: Sequence[_Line]) -> Header | None:
    """Believe in a title and the name of an outlet under or above it, set apart from the text."""
    own = [line for i, line in enumerate(lines) if i == 0 or (i == 1 and line.follows)]
    more = len(lines) > len(own) and lines[len(own)].follows
    if len(own) != 2 or more or _goes_on(text, own[1]):
        return None
    strong = [is_outlet(line.text) for line in own]
    if sum(strong) != 1:
        return None
    title, outlet = (own[0], own[1]) if strong[1] else (own[1], own[0])
    if len(title.text.split()) < MIN_TITLE_WORDS:
        return None
    return _header(own, {"title": title.text, "publisher": outlet.text})


def _header(own: Sequence[_Line], stated: dict[Kind, str]) -> Header:
    kinds: list[tuple[int, int, str]] = []
    for line in own:
        kind: Kind = next(iter(line.stated), "other")
        if line.is_free:
            kind = next((k for k in ("title", "publisher", "author") if stated.get(k) == line.text), "other")
        kinds.append((line.start, line.end, _REASONS[kind]))
    return Header(
        own[-1].end,
        tuple(kinds),
        stated.get("title"),
        stated.get("publisher"),
        stated.get("agency"),
        stated.get("author"),
        stated.get("url"),
        stated.get("language"),
    )


def _lines_above(text: str) -> list[_Line]:
    """Return the short lines that a text begins with; empty if it begins with front matter."""
    found: list[_Line] = []
    after, block_end = 0, _end_of_block(text)
    for match in re.finditer(r"[^\n]+", text[:MAX_HEADER]):
        raw = match[0]
        stripped = raw.strip(INVISIBLE)
        if not stripped:
            continue
        start = match.start() + raw.index(stripped[0])
        end = start + len(stripped)
        follows = bool(found) and text.count("\n", after, start) == 1
        line = _classified(_Line(start, end, _DECORATION.sub("", stripped), follows), stripped)
        if line is None or len(found) == MAX_LINES or (not found and stripped.startswith("---")):
            break
        if _begins_text(line, stripped) and not (not found and end < block_end):
            break
        found.append(line)
        after = end
    return found


def _begins_text(line: _Line, raw: str) -> bool:
    n_words = len(raw.split())
    is_long = n_words > MAX_TITLE_WORDS or (
        n_words > MAX_SENTENCE_WORDS and Block(0, len(raw), raw).is_terminated
    )
    return line.is_free and is_long


def _end_of_block(text: str) -> int:
    """Return where the lines end that a blank line sets apart, if one below the first states something."""
    block = re.match(r"\s*([^\n]+(?:\n[^\S\n]*[^\s][^\n]*){1,5})(?=\n[^\S\n]*\n)", text[:MAX_HEADER])
    if block is None:
        return 0
    below = [raw.strip(INVISIBLE) for raw in block[1].split("\n")[1:]]
    lines = (_classified(_Line(0, len(raw), _DECORATION.sub("", raw), True), raw) for raw in below)
    states = any(line is not None and not line.is_free for line in lines)
    return block.end() if states and max(len(raw.split()) for raw in below) <= MAX_SENTENCE_WORDS else 0


def _classified(line: _Line, raw: str) -> _Line | None:
    """Tell what a line states; None if it is furniture, at which a header ends."""
    if not line.text:
        return None
    labelled = _LABELLED.match(raw)
    if labelled and labelled.lastgroup:
        value = unquoted(_DECORATION.sub("", raw[labelled.end() :]))
        if made := _labelled(labelled.lastgroup, value):
            return replace(line, stated=made)
    if address := _ADDRESS.fullmatch(line.text):
        return replace(line, stated={"url": address[1]})
    signed = _signed(line.text)
    if signed and len(line.text.split()) <= 18 and not Block(0, len(raw), raw).is_terminated:
        return replace(line, stated=signed)
    if dated := _dated(line.text):
        return replace(line, stated=dated)
    kind = furniture(Block(line.start, line.end, raw.strip(INVISIBLE)))
    is_line = kind in (None, "heading", "byline", "timestamp") or (kind == "credit" and is_name(line.text))
    is_line = is_line or (kind == "dateline" and _is_outlet_in_brackets(line.text))
    return replace(line, is_free=True) if is_line or _RUBRIC.match(line.text) else None


def _is_outlet_in_brackets(text: str) -> bool:
    """Tell "CNN (Web News)" from "PARIS (AFP)"."""
    name = text.split("(")[0].strip()
    return is_outlet(text) and is_outlet(name) and name not in CITIES


def _labelled(kind: str, value: str) -> dict[Kind, str] | None:
    if not value:
        return None
    match kind:
        case "published":
            return {"published": value} if find_dates(value) or _AMBIGUOUS.search(value) else None
        case "url":
            return {"url": value} if _ADDRESS.fullmatch(value) else None
        case "publisher":
            if address := _ADDRESS.fullmatch(value):
                return {"url": address[1]}
            # "Quelle: dpa" is an agency as well; both are told from the value later.
            return {"publisher": value} if len(value.split()) <= 10 else None
        case "author":
            return (_signed(f"By {value}") or {"other": value}) if len(value.split()) <= 18 else None
        case "title":
            return {"title": value}
        case "language":
            return {"language": value} if len(value.split()) == 1 else None
    return {"other": value} if len(value.split()) <= 20 else None


def _signed(text: str) -> dict[Kind, str]:
    """Return author, outlet and date of a byline."""
    made: dict[Kind, str] = {}
    if signed := read_byline(text):
        if signed.author:
            made["author"] = signed.author
        if signed.outlet:
            made["publisher"] = signed.outlet
        if signed.agency:
            made["agency"] = signed.agency
        if made and any(m.year for m in find_dates(text)):
            made["published"] = text
    return made


def _dated(text: str) -> dict[Kind, str] | None:
    """Return what a line with a date states, if it states nothing but that and perhaps a name."""
    spans = [(m.start, m.end) for m in find_dates(text)] or [m.span() for m in _AMBIGUOUS.finditer(text)]
    if not spans or len(text) > 160 or any(_stands_between(text, *span) for span in spans):
        return None
    rest = text
    for start, end in reversed(spans):
        rest = f"{rest[:start]}\n{rest[end:]}"
    sides = [
        p for side in _DATE_WORDS.sub(" ", _CLOCK.sub(" ", rest)).split("\n") if (p := side.strip(_EDGE))
    ]
    parts = [p for side in sides for p in ([side] if is_outlet(side) else _SEPARATOR.split(side)) if p]
    made: dict[Kind, str] = {"published": text}
    if not parts:
        return made
    if len(parts) > 2 or not all(is_name(p) for p in parts):
        return None
    outlets = [p for p in parts if is_outlet(p)]
    if len(outlets) == 1:
        people = [p for p in parts if p not in outlets and is_person(p)]
        made |= {"publisher": outlets[0]}
        return made | ({"author": people[0]} if people else {})
    return made | ({"publisher": parts[0]} if len(parts) == 1 and not is_person(parts[0]) else {})


def _stands_between(text: str, start: int, end: int) -> bool:
    """Tell whether a day without its year stands between words: "Congress Sets April 23 Deadline"."""
    if re.search(r"\b(?:19|20)\d\d\b", text[start:end]):
        return False
    before, after = (_CLOCK.sub(" ", side) for side in (text[:start], text[end:]))
    is_led = re.search(r"\w $", before) is not None and not _DATE_WORDS.search(before.split()[-1])
    return is_led and re.match(r" [^\W\d]{3,}", after) is not None and not _DATE_WORDS.match(after.lstrip())


def _told_apart(free: Sequence[_Line], stated: dict[Kind, str]) -> dict[Kind, str] | None:
    """Tell title, outlet and author apart; None if it can't be."""
    texts = [line.text for line in free]
    made: dict[Kind, str] = {}
    if not texts:
        return made
    if "title" not in stated:
        title = _title_among(texts, "publisher" in stated)
        if title is None:
            return None if len(texts) > 1 or not is_outlet(texts[0]) else {"publisher": texts[0]}
        made["title"] = title
        texts.remove(title)
    names = [t for t in texts if is_name(t)]
    if len(names) < len(texts):
        return None  # a line that is neither: perhaps the text has begun
    outlets = [t for t in names if not is_person(t)]
    strong = [t for t in names if is_outlet(t)]
    if len(strong or outlets) == 1:
        made["publisher"] = (strong or outlets)[0]
    people = [t for t in names if is_person(t) and t != made.get("publisher")]
    if len(people) == 1 and ("publisher" in made or "publisher" in stated):
        made["author"] = people[0]
    return made


def _title_among(texts: Sequence[str], has_outlet: bool) -> str | None:
    """Return the line that is the title, None if two may be."""
    if len(texts) == 1:
        return None if is_outlet(texts[0]) and not has_outlet else texts[0]
    plain = [t for t in texts if not is_outlet(t)]
    if len(plain) == 1:
        return plain[0]
    long = [t for t in plain or texts if not is_name(t)]
    if len(long) == 1:
        return long[0]
    if long:
        return None
    by_length = sorted(plain or texts, key=lambda t: -len(t.split()))
    return by_length[0] if len(by_length[0].split()) > len(by_length[1].split()) + 1 else None
