"""Page layout: the segments of pages → lines in reading order, running heads left out.

Contract: a page of columns is read column by column, between the lines that go across them; rows of a table
stay rows. A pure function of the segments' places and texts. The columns are found by the gutter between them,
as in the recursive cuts of Nagy & Seth (1984), but across lines that span them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarize.reading.formats.glyphs import PageText, Segment

MIN_COLUMN_LINES = 3  # that stand side by side; fewer are no columns
MIN_COLUMN_TEXT = 16  # characters of a column's middling line; the cells of a table are shorter
MAX_CUTS = 6  # of a page, one inside the other
MAX_EDGES = 60  # left edges at which a column may begin
N_EDGE_LINES = 3  # of a page's lines at its top and at its end, among which running heads are looked for
CELL_GAP = 2.0  # of the type size; wider ones of a line are between the cells of a table
CELL_MARK = " | "
EDGE = 0.14  # of the page's height in which they stand
_FOLIO = re.compile(
    r"\W*(?:(?:page|seite|pagina|página|p\.|s\.)\s*)?\d{1,4}(?:\s*(?:/|of|von|de|di|sur|van)\s*\d{1,4})?\W*",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a column, or a row of a table, which has gaps as wide as between its cells."""

    text: str
    left: float
    right: float
    bottom: float
    size: float
    is_row: bool = False


Column = list[Line]


def columns_of(pages: Sequence[PageText]) -> list[list[Column]]:
    """Return for each page its columns in reading order, each a list of lines."""
    heads = _running_heads(pages)
    return [
        _columns([s for s in page.segments if id(s) not in heads], MAX_CUTS) if page.segments else []
        for page in pages
    ]


def _columns(segments: list[Segment], n_cuts: int) -> list[Column]:
    gutter = _gutter(segments) if n_cuts and len(segments) >= 2 * MIN_COLUMN_LINES else None
    if gutter is None:
        return [_lines(segments)]
    made: list[Column] = []
    plain: list[Segment] = []
    for band in _bands(segments, gutter):
        left, right = _sides(band, gutter)
        if not _are_columns(left, right):
            plain += band
            continue
        if plain:
            made.append(_lines(plain))
            plain = []
        made += _columns(left, n_cuts - 1) + _columns(right, n_cuts - 1)
    return [*made, _lines(plain)] if plain else made


def _gutter(segments: list[Segment]) -> float | None:
    """Return where the right one of two columns begins, None if there is one column only."""
    edges = Counter(round(s.left) for s in segments)
    best, best_score = None, 0
    for edge, _ in edges.most_common(MAX_EDGES):
        score = 0
        for band in _bands(segments, edge):
            left, right = _sides(band, edge)
            if _are_columns(left, right):
                score += min(len(left), len(right))
        if score > best_score:
            best, best_score = edge, score
    return best


def _bands(segments: list[Segment], gutter: float) -> list[list[Segment]]:
    """Cut a page at the lines that go across a gutter; each run of those is a band of its own."""
    bands: list[list[Segment]] = []
    was_across = None
    for s in sorted(segments, key=lambda s: -s.bottom):
        is_across = s.left < gutter - 1 < s.right - 2
        if is_across != was_across:
            bands.append([])
        bands[-1].append(s)
        was_across = is_across
    return bands


def _sides(band: Iterable[Segment], gutter: float) -> tuple[list[Segment], list[Segment]]:
    left: list[Segment] = []
    right: list[Segment] = []
    for s in band:
        (right if s.left >= gutter - 1 else left).append(s)
    return left, right


def _are_columns(left: list[Segment], right: list[Segment]) -> bool:
    if min(len(left), len(right)) < MIN_COLUMN_LINES:
        return False
    if any(_middle(side, lambda s: len(s.text)) < MIN_COLUMN_TEXT for side in (left, right)):
        return False
    top = min(max(s.top for s in side) for side in (left, right))
    bottom = max(min(s.bottom for s in side) for side in (left, right))
    size = _middle(left, lambda s: s.size)
    is_beside = top - bottom > MIN_COLUMN_LINES * size * 0.9
    return is_beside and max(s.right for s in left) <= min(s.left for s in right) + 2


def _middle(segments: list[Segment], key: Callable[[Segment], float]) -> float:
    return sorted(map(key, segments))[len(segments) // 2]


def _lines(segments: list[Segment]) -> Column:
    """Put segments beside each other into lines, from the top down."""
    rows: list[list[Segment]] = []
    for s in sorted(segments, key=lambda s: (-(s.bottom + s.size / 2), s.left)):
        row = rows[-1] if rows else None
        if row and _is_beside(row[0], s):
            row.append(s)
        else:
            rows.append([s])
    return [_line(row) for row in rows]


def _is_beside(a: Segment, b: Segment) -> bool:
    overlap = min(a.top, b.top) - max(a.bottom, b.bottom)
    return overlap > 0.5 * min(a.size, b.size)


def _line(row: list[Segment]) -> Line:
    runs_left = sum(_runs_left(s.text) for s in row) * 2 > len(row)
    row = sorted(row, key=lambda s: -s.right if runs_left else s.left)
    longest = max(row, key=lambda s: len(s.text))
    text = row[0].text
    for a, b in pairwise(row):
        text += (CELL_MARK if _is_cell_apart(a, b) else " ") + b.text
    return Line(
        text,
        min(s.left for s in row),
        max(s.right for s in row),
        longest.bottom,
        longest.size,
        any(_is_cell_apart(a, b) for a, b in pairwise(row)),
    )


def _is_cell_apart(a: Segment, b: Segment) -> bool:
    return max(b.left - a.right, a.left - b.right) > CELL_GAP * max(a.size, b.size)


def _runs_left(text: str) -> bool:
    directions = Counter(unicodedata.bidirectional(c) for c in text[:200])
    return directions["R"] + directions["AL"] > directions["L"]


def _running_heads(pages: Sequence[PageText]) -> frozenset[int]:
    """Find the segments at the edges of pages that only number or head them.

    They say the same, numbers aside, at the same height of two pages or more; page numbers are known alone.
    """
    places: dict[tuple[str, int], set[int]] = {}
    edges = [_at_edges(page) for page in pages]
    for n, edge in enumerate(edges):
        for s in edge:
            for key in _keys(s):
                places.setdefault(key, set()).add(n)
    heads: set[int] = set()
    for edge in edges:
        for s in edge:
            is_repeated = any(len(places[key]) >= 2 for key in _keys(s))
            if is_repeated or _FOLIO.fullmatch(s.text):
                heads.add(id(s))
    return frozenset(heads)


def _keys(s: Segment) -> list[tuple[str, int]]:
    text = re.sub(r"\d+", "#", " ".join(s.text.split()).casefold())
    return [(text, round(s.bottom / 4)), (text, round(s.bottom / 4 + 0.5) + 100_000)]


def _at_edges(page: PageText) -> list[Segment]:
    rows: list[list[Segment]] = []
    for s in sorted(page.segments, key=lambda s: -s.bottom):
        if rows and _is_beside(rows[-1][0], s):
            rows[-1].append(s)
        else:
            rows.append([s])
    above = [s for row in rows[:N_EDGE_LINES] for s in row if s.bottom > (1 - EDGE) * page.height]
    below = [s for row in rows[-N_EDGE_LINES:] for s in row if s.top < EDGE * page.height]
    return list({id(s): s for s in (*above, *below)}.values())
