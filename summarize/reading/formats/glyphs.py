"""Glyphs: a page of a PDF → the segments of text on it, each with its box.

Contract: a segment is a run of glyphs on one baseline without a wide gap; segments come in the order in which
the page draws them. Turned text (a watermark, the edge of a page) and what the file itself marks as no part of
the text (running heads of a tagged PDF) are left out, and so is what lies outside the page. Spaces come from
the file or from the gaps between its glyphs. Knows nothing of lines, columns and paragraphs.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

WORD_GAP = 0.18  # of the type size; in the samples spaces are wider than 0.22, kerning stays under 0.12
WIDE_GAP = 1.0  # of the type size; the gaps of justified lines stay under it, gutters and tabs don't
_QUARTER = math.pi / 2
_UNSEEN = ("Cc", "Cs", "Co", "Cn")  # controls, surrogates, private and unassigned characters
_LINE_END_HYPHEN = 2  # what PDFium reports for a hyphen at which a word was broken
_BULLETS = frozenset("\uf0b7\uf0a7\uf076\uf0d8\u25aa\u2023\u25cf")


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text and its box in points, the page's lower left corner being (0, 0)."""

    text: str
    left: float
    right: float
    bottom: float
    size: float  # of the type

    @property
    def top(self) -> float:
        """Where it ends above."""
        return self.bottom + self.size


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's segments, and how far its characters are known.

    ``n_unknown`` counts glyphs whose font does not tell their character.
    """

    segments: tuple[Segment, ...]
    height: float
    n_unknown: int
    n_glyphs: int
    has_image: bool


@dataclass(frozen=True, slots=True)
class _Glyph:
    character: str
    left: float
    right: float
    bottom: float
    size: float


def read_page(page: pdfium.PdfPage) -> PageText:
    """Take the text out of one page."""
    text = page.get_textpage()
    try:
        turns = _Objects(text)
        glyphs = list(_glyphs(text, turns))
        bounds = page.get_bbox()
        segments = _with_initials(list(_segments(_upright(glyphs, bounds, turns.quarter))))
        has_image = any(True for _ in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3))
        height = bounds[3] - bounds[1] if turns.quarter % 2 == 0 else bounds[2] - bounds[0]
        return PageText(tuple(segments), height, turns.n_unknown, turns.n_glyphs, has_image)
    finally:
        text.close()


class _Objects:
    """What is known of the objects that a page's glyphs belong to: turned, or marked as no text."""

    def __init__(self, text: pdfium.PdfTextPage) -> None:
        self._text = text
        self._known: dict[int, tuple[int | None, bool]] = {}
        self._n_turned = [0, 0, 0, 0]
        self.n_glyphs = self.n_unknown = 0

    def turn_of(self, index: int) -> int | None:
        """Return by how many quarters a glyph is turned; None if it is not to be read."""
        pointer = raw.FPDFText_GetTextObject(self._text, index)
        address = ctypes.cast(pointer, ctypes.c_void_p).value or 0
        if address not in self._known:
            self._known[address] = _turn(self._text, index), bool(address) and _is_artifact(pointer)
        turn, is_artifact = self._known[address]
        self.n_glyphs += 1
        self.n_unknown += raw.FPDFText_HasUnicodeMapError(self._text, index) == 1
        if turn is None or is_artifact:
            return None
        self._n_turned[turn] += 1
        return turn

    @property
    def quarter(self) -> int:
        """By how many quarters most of the glyphs are turned."""
        return max(range(4), key=self._n_turned.__getitem__)


def _turn(text: pdfium.PdfTextPage, index: int) -> int | None:
    quarters = raw.FPDFText_GetCharAngle(text, index) / _QUARTER
    nearest = round(quarters)
    return nearest % 4 if abs(quarters - nearest) < 0.03 else None


def _is_artifact(pointer: object) -> bool:
    for n in range(max(0, raw.FPDFPageObj_CountMarks(pointer))):
        name = ctypes.create_string_buffer(64)
        length = ctypes.c_ulong()
        mark = raw.FPDFPageObj_GetMark(pointer, n)
        found = raw.FPDFPageObjMark_GetName(
            mark, ctypes.cast(name, ctypes.POINTER(ctypes.c_ushort)), 64, length
        )
        if found and name.raw[: length.value].decode("utf-16-le", "replace").rstrip("\0") == "Artifact":
            return True
    return False


def _glyphs(text: pdfium.PdfTextPage, objects: _Objects) -> Iterator[tuple[int, _Glyph]]:
    """Yield the glyphs that can be read, each with its turn."""
    box = raw.FS_RECTF()
    high = 0
    for index in range(text.count_chars()):
        if raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        code = raw.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        character = _character(code)
        turn = objects.turn_of(index)
        if turn is None or not character or not raw.FPDFText_GetLooseCharBox(text, index, box):
            continue
        yield turn, _Glyph(character, box.left, box.right, box.bottom, box.top - box.bottom)


def _character(code: int) -> str:
    """Return what a character is read as; nothing if it can't be seen."""
    if code == _LINE_END_HYPHEN:
        return "-"
    if code > 0x10FFFF:
        return ""
    character = chr(code)
    if character in _BULLETS:
        return "•"
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) in _UNSEEN else character


def _upright(
    glyphs: list[tuple[int, _Glyph]], bounds: tuple[float, float, float, float], quarter: int
) -> Iterator[_Glyph]:
    """Turn the page so that its text is upright, and leave out what is turned otherwise or outside."""
    left, bottom, right, top = bounds
    for turn, g in glyphs:
        middle = ((g.left + g.right) / 2, g.bottom + g.size / 2)
        is_inside = left <= middle[0] <= right and bottom <= middle[1] <= top
        if turn != quarter or not is_inside or g.size <= 0:
            continue
        g_right, g_top = g.right - left, g.bottom + g.size - bottom
        g_left, g_bottom = g.left - left, g.bottom - bottom
        width, height = right - left, top - bottom
        if quarter == 3:  # runs upwards
            yield _Glyph(g.character, g_bottom, g_top, width - g_right, g_right - g_left)
        elif quarter == 2:
            yield _Glyph(g.character, width - g_right, width - g_left, height - g_top, g.size)
        elif quarter == 1:
            yield _Glyph(g.character, height - g_top, height - g_bottom, g_left, g_right - g_left)
        else:
            yield _Glyph(g.character, g_left, g_right, g_bottom, g.size)


def _segments(glyphs: Iterator[_Glyph]) -> Iterator[Segment]:
    run: list[_Glyph] = []
    before: _Glyph | None = None  # the last one of the run that is no space
    spaced = False
    for glyph in glyphs:
        if glyph.character == " ":
            spaced = True
            continue
        if before is not None and _is_apart(before, glyph):
            yield _segment(run)
            run, spaced = [], False
        elif before is not None and (spaced or _gap(before, glyph) > WORD_GAP * glyph.size):
            run.append(_Glyph(" ", glyph.left, glyph.left, glyph.bottom, glyph.size))
        run.append(glyph)
        before, spaced = glyph, False
    if run:
        yield _segment(run)


def _gap(a: _Glyph, b: _Glyph) -> float:
    """Return the space between two glyphs, whichever way the script runs; negative if they overlap."""
    return max(b.left - a.right, a.left - b.right)


def _is_apart(a: _Glyph, b: _Glyph) -> bool:
    smaller, larger = sorted((a.size, b.size))
    overlap = min(a.bottom + a.size, b.bottom + b.size) - max(a.bottom, b.bottom)
    return overlap < 0.5 * smaller or _gap(a, b) > WIDE_GAP * larger or larger > 2.5 * smaller


def _segment(run: list[_Glyph]) -> Segment:
    sizes = sorted(g.size for g in run)
    size = sizes[len(sizes) // 2]
    bottoms = sorted(g.bottom for g in run if g.size == size)
    return Segment(
        "".join(g.character for g in run),
        min(g.left for g in run),
        max(g.right for g in run),
        bottoms[len(bottoms) // 2],
        size,
    )


def _with_initials(segments: list[Segment]) -> list[Segment]:
    """Put a large initial, which stands beside several lines, back before the rest of its word."""
    made: list[Segment] = []
    for segment in segments:
        initial = made[-1] if made else None
        if (
            initial
            and len(initial.text) == 1
            and initial.text.isupper()
            and initial.size > 1.8 * segment.size
            and initial.bottom - segment.size < segment.bottom < initial.top
            and -segment.size < segment.left - initial.right < 2 * segment.size
        ):
            made.pop()
            text = initial.text + ("" if segment.text[0].islower() or segment.text[:2].isupper() else " ")
            made.append(
                Segment(text + segment.text, segment.left, segment.right, segment.bottom, segment.size)
            )
        else:
            made.append(segment)
    return made
