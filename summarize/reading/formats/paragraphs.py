"""Paragraphs: the lines of columns → paragraphs, put together again across columns and pages.

Contract: a paragraph is the words of its lines in their order, a space between lines, and nothing else. A
hyphen at the end of a line goes only where the document itself shows that it breaks a word: see :class:`Hyphens`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from summarize.reading.formats.page_layout import Column, Line

LEADING = 1.3  # of the usual distance of two lines, from which a gap is one between paragraphs
SAME_SIZE = 0.12  # share by which the type of one paragraph may differ from line to line
INDENT = 0.7  # of the type size, from which a line begins a paragraph
_ENDED = re.compile(r"[.!?…。！？؟:;][\"'”’»“)\]]*$")
_ITEM = re.compile(r"(?:[•·▪◦–—*-]|\(?\w{1,3}[.)])\s")
_BROKEN = re.compile(r"(\w[\w'’]*)([-\u2010\u00ad])$")
_WORD_AHEAD = re.compile(r"\w[\w'’]*")
_HYPHENATED = re.compile(r"\w+(?:[-\u2010]\w+)+")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
# What a hyphen is left hanging before: "ein- und aussteigen", "two- or three-year terms".
_SUSPENDED = frozenset("and or to und oder bis et ou y o e ed en of".split())


@dataclass(slots=True)
class Paragraph:
    """The lines of a paragraph."""

    lines: list[Line] = field(default_factory=list)

    @property
    def size(self) -> float:
        """The size of its type."""
        return self.lines[-1].size

    @property
    def is_open(self) -> bool:
        """Tell whether its last sentence goes on."""
        return not _ENDED.search(self.lines[-1].text)


class Hyphens:
    """What a document tells of its hyphens at the ends of lines.

    A soft hyphen goes. So does one of a word that stands elsewhere in one piece; one of a word that stands
    elsewhere with its hyphen stays. Where the document tells neither, it goes if more of the broken words
    were told to be in one piece than with a hyphen, and stays otherwise, without a space behind it.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        lines = list(lines)
        inner = [_BROKEN.sub("", line) for line in lines]
        self._words = Counter(w.casefold() for line in inner for w in _WORD_AHEAD.findall(line))
        self._compounds = Counter(_plain(w) for line in inner for w in _HYPHENATED.findall(line))
        self._breaks_words = False
        verdicts = Counter(self._verdict(a, b) for a, b in pairwise(lines))
        self._breaks_words = verdicts["goes"] > verdicts["stays"]

    def join(self, before: str, after: str) -> str:
        """Join two lines."""
        verdict = self._verdict(before, after)
        if verdict in ("goes", "soft") or (verdict == "open" and self._breaks_words):
            return before[:-1] + after
        if verdict in ("stays", "open", "kept"):
            return before + after
        if before[-1:] == "—" and before[-2:-1].isalnum():
            return before + after
        is_dense = _DENSE.match(before[-1:]) and _DENSE.match(after[:1])
        return before + ("" if is_dense else " ") + after

    def _verdict(self, before: str, after: str) -> str:
        broken, ahead = _BROKEN.search(before), _WORD_AHEAD.match(after)
        if not (broken and ahead):
            return "none"
        first, second = broken[1], ahead[0]
        if second.casefold() in _SUSPENDED:
            return "none"
        if broken[2] == "\u00ad":
            return "soft"
        if not (first[-1].isalpha() and second[0].islower()):
            return "kept"  # "COVID-19", "trans-Atlantic"
        if (first + second).casefold() in self._words:
            return "goes"
        return "stays" if _plain(f"{first}-{second}") in self._compounds else "open"


def _plain(word: str) -> str:
    return word.replace("\u2010", "-").casefold()


def paragraphs_of(pages: list[list[Column]]) -> list[str]:
    """Return the texts of the paragraphs of all pages in their order."""
    lines = [line for columns in pages for column in columns for line in column]
    hyphens = Hyphens(line.text for line in lines)
    leading = _usual_leading(pages)
    made: list[Paragraph] = []
    for columns in pages:
        for column in columns:
            found = list(_in_column(column, leading))
            if found and made:
                _continue(made, found)
            made += found
    return [_text(p, hyphens) for p in made]


def _text(paragraph: Paragraph, hyphens: Hyphens) -> str:
    text = paragraph.lines[0].text
    for line in paragraph.lines[1:]:
        text = hyphens.join(text, line.text) if len(text) < 200 else _joined_end(text, line.text, hyphens)
    return text.replace("\u00ad", "")


def _joined_end(text: str, after: str, hyphens: Hyphens) -> str:
    return text[:-100] + hyphens.join(text[-100:], after)


def _usual_leading(pages: list[list[Column]]) -> float:
    """Return the distance of two lines of one paragraph, in sizes of their type: the lower quartile."""
    distances = sorted(
        (a.bottom - b.bottom) / b.size
        for columns in pages
        for column in columns
        for a, b in pairwise(column)
        if _is_same_size(a, b)
    )
    return distances[len(distances) // 4] if distances else 1.2


def _is_same_size(a: Line, b: Line) -> bool:
    return abs(a.size - b.size) <= SAME_SIZE * max(a.size, b.size)


def _in_column(column: Column, leading: float) -> Iterable[Paragraph]:
    if not column:
        return
    base = Counter(round(line.left) for line in column).most_common(1)[0][0]
    rights = sorted(line.right for line in column)
    right = rights[int(len(rights) * 0.85)]
    current = Paragraph([column[0]])
    for line in column[1:]:
        if _begins(current, line, leading, base, right):
            yield current
            current = Paragraph()
        current.lines.append(line)
    yield current


def _begins(current: Paragraph, line: Line, leading: float, base: float, right: float) -> bool:
    """Tell whether a line begins another paragraph than the one above it."""
    above = current.lines[-1]
    if above.is_row or line.is_row or not _is_same_size(above, line):
        return True
    if above.bottom - line.bottom > LEADING * leading * line.size:
        return True
    if _ITEM.match(line.text) and (_ITEM.match(current.lines[0].text) or not current.is_open):
        return True
    if _is_indented(current, line, base):
        return True
    would_fit = above.right + _first_word_width(line) < right - 0.5 * line.size
    return would_fit and (not current.is_open or not line.text[0].islower())


def _is_indented(current: Paragraph, line: Line, base: float) -> bool:
    above = current.lines[-1]
    step = line.left - above.left
    is_centred = abs((line.left + line.right) - (above.left + above.right)) < line.size
    if is_centred and abs(step) > 1:
        return False
    if step > INDENT * line.size:
        return line.left > base + INDENT * line.size and not _ITEM.match(current.lines[0].text)
    lefts = [each.left for each in current.lines[-2:]]
    return step < -INDENT * line.size and len(lefts) == 2 and abs(lefts[0] - lefts[1]) < 1


def _first_word_width(line: Line) -> float:
    """Estimate the width of a line's first word and a space before it."""
    n = len(line.text.split(" ", 1)[0]) + 1
    return n * (line.right - line.left) / max(1, len(line.text))


def _continue(made: list[Paragraph], found: list[Paragraph]) -> None:
    """Give the first lines of a column to the paragraph that they continue.

    Notes in smaller type below a column stand between the two.
    """
    first = found[0].lines[0]
    for paragraph in reversed(made[-4:]):
        last = paragraph.lines[-1]
        if _is_same_size(last, first):
            if paragraph.is_open and (first.text[0].islower() or last.text[-1:] in ",-\u2010\u00ad"):
                paragraph.lines += found.pop(0).lines
            return
        if last.size > first.size:
            return
