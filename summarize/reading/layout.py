"""Lay out: a text → blocks, one for each paragraph, heading or line of furniture.

A block is a range of characters. Lines that were broken at a fixed width are put together again;
otherwise each line is a block of its own. Markdown's and HTML's invisible parts (front matter,
comments, code) become blocks with their reason already known. Knows nothing of what is news.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

MAX_WIDTH = 130  # characters; longer lines were not broken to fit a page
MIN_WIDTH = 40  # characters; shorter lines are lists and verse
SLACK = 4  # characters that a broken line may be shorter than it needed to be
LONG_BLOCK = 1500  # characters; patterns for furniture look no further into a block

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
INVISIBLE = (
    "".join(map(chr, range(33))) + "\x7f\x85\xa0\ufeff\u00ad\u1680\u2028\u2029\u202f\u205f\u3000\u2060"
)
INVISIBLE += "".join(map(chr, range(0x2000, 0x2010))) + "".join(map(chr, range(0x202A, 0x202F)))
_TERMINATED = re.compile(r"[.!?…。！？؟۔।॥։።][\"'”’“»«›‹)\]」』*_]*(?:\s*\[\^?\w{1,3}\])*$")
_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(?:[^\n]*\n){0,60}?---[ \t]*(?=\r?\n|$)")
_COMMENT = re.compile(r"<!--")
_FENCE = re.compile(r"^(?:```|~~~)", re.M)
_HIDDEN = re.compile(r"<!--|^(?:```|~~~)", re.M)
_SETEXT = re.compile(r"(?:={3,}|-{3,})")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")
_OPENS_BLOCK = re.compile(r"(?:#{1,6}\s|[-*+•·▪►]\s|>\s?|\d{1,2}[.)]\s|\||!\[)")


@dataclass(frozen=True)  # not slotted: what is asked of a block several times is cached in it
class Block:
    """A paragraph or a line: ``text`` is ``source[start:end]``; ``reason`` if it can't be news."""

    start: int
    end: int
    text: str
    reason: str | None = None

    @cached_property
    def n_words(self) -> int:
        """Words; two characters of a script without spaces count as one."""
        dense = len(_DENSE.findall(self.text)) if _DENSE.search(self.text[:LONG_BLOCK]) else 0
        return len(self.text.split()) + dense // 2

    @cached_property
    def is_terminated(self) -> bool:
        """Whether the last characters end a sentence."""
        return bool(_TERMINATED.search(self.text[-16:]))

    @cached_property
    def key(self) -> str:
        """The text without regard to case and white space, to find repetitions by."""
        return " ".join(self.text.split()).casefold()


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    indent: int
    follows: bool  # directly under the line before, no blank line between


def lay_out(text: str) -> tuple[Block, ...]:
    """Split a text into blocks, in order; white space and invisible characters belong to none."""
    blocks: list[Block] = []
    position = 0
    for start, end, reason in (*_hidden(text), (len(text), len(text), None)):
        lines = list(_lines(text, position, start))
        blocks.extend(Block(a, b, text[a:b], r) for a, b, r in _join(text, lines))
        if start < end:
            blocks.append(Block(start, end, text[start:end], reason))
        position = end
    return tuple(blocks)


def _hidden(text: str) -> Iterator[tuple[int, int, str]]:
    front = _FRONT_MATTER.match(text)
    position = 0
    if front and ":" in front[0]:
        position = front.end()
        yield text.index("---"), position, "front matter"
    while opening := _HIDDEN.search(text, position):
        end = _closing(text, opening)
        if end < 0:  # never closed: it hides nothing; and nor does any later one of its kind
            rest = _FENCE if opening[0] == "<!--" else _COMMENT
            yield from _hidden_by(rest, text, opening.end())
            return
        yield opening.start(), end, "markup"
        position = end


def _hidden_by(opener: re.Pattern[str], text: str, position: int) -> Iterator[tuple[int, int, str]]:
    while opening := opener.search(text, position):
        end = _closing(text, opening)
        if end < 0:
            return
        yield opening.start(), end, "markup"
        position = end


def _closing(text: str, opening: re.Match[str]) -> int:
    """Return where a comment or a fenced code block ends, -1 if nowhere."""
    closer = "-->" if opening[0] == "<!--" else "\n" + opening[0]
    found = text.find(closer, opening.end())
    return found + len(closer) if found >= 0 else -1


def _lines(text: str, start: int, end: int) -> Iterator[_Line]:
    last_break, seen = 0, False
    for match in _LINE.finditer(text, start, end):
        raw = match[0]
        stripped = raw.strip(INVISIBLE)
        if not stripped:
            continue
        indent = len(raw) - len(raw.lstrip(INVISIBLE))
        first = match.start() + indent
        gap = text[last_break:first]
        follows = seen and gap.count("\n") + gap.count("\r") - gap.count("\r\n") <= 1
        last_break, seen = first + len(stripped), True
        yield _Line(first, last_break, indent, follows)


def _join(text: str, lines: list[_Line]) -> Iterator[tuple[int, int, str | None]]:
    """Put broken lines together, and mark a heading that is underlined."""
    width = _page_width(text, lines)
    i = 0
    while i < len(lines):
        start, end, reason = lines[i].start, lines[i].end, None
        following = lines[i + 1] if i + 1 < len(lines) else None
        if following and _underlines(text, lines[i], following):
            yield start, following.end, "heading"
            i += 2
            continue
        while width and i + 1 < len(lines) and _is_broken(text, lines[i], lines[i + 1], width):
            i += 1
            end = lines[i].end
        yield start, end, reason
        i += 1


def _underlines(text: str, line: _Line, following: _Line) -> bool:
    if not following.follows or _ends_sentence(text, line):
        return False
    return bool(_SETEXT.fullmatch(text, following.start, following.end))


def _page_width(text: str, lines: list[_Line]) -> int:
    """Return the width that lines were broken at, 0 if they were not."""
    pairs = [(a, b) for a, b in pairwise(lines) if b.follows]
    lengths = sorted(a.end - a.start + a.indent for a, _ in pairs)
    if len(lengths) < 2:
        return 0
    width = lengths[int(len(lengths) * 0.9)]
    if not MIN_WIDTH <= width <= MAX_WIDTH:
        return 0
    open_ended = sum(not _ends_sentence(text, a) for a, _ in pairs)
    full = sum(_fills(text, a, b, width) for a, b in pairs)
    return width if open_ended >= 0.4 * len(pairs) and full >= 0.6 * len(pairs) else 0


def _is_broken(text: str, line: _Line, following: _Line, width: int) -> bool:
    if not following.follows or following.indent > line.indent + 1:
        return False
    if _OPENS_BLOCK.match(text, following.start) or text.startswith(("#", "|"), line.start):
        return False
    continues = text[following.start].islower() and not _ends_sentence(text, line)
    return continues or _fills(text, line, following, width)


def _fills(text: str, line: _Line, following: _Line, width: int) -> bool:
    """Tell whether the next line's first word would not have fitted into this one."""
    word = text[following.start : min(following.end, following.start + width)].split()[0]
    return line.end - line.start + line.indent + 1 + len(word) > width - SLACK


def _ends_sentence(text: str, line: _Line) -> bool:
    return bool(_TERMINATED.search(text[max(line.start, line.end - 16) : line.end]))
