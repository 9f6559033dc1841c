"""Quotation marks: what a text quotes, where a quotation goes on beyond it, and the mark that it lacks.

Contract: spans and offsets refer to the given string; unbalanced marks never crash, the quotation then
reaches to the border of the text. Knows nothing of who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

MARKS = frozenset('"“”')
_OPENING, _CLOSING = "“«„", "”»"
_DOUBLE = re.compile('[“”"]')
_BEFORE_OPENING = frozenset(" \n\t([—–-")
# What a quotation of several sentences stands behind, if anything does, and how its words begin.
_SAYING = re.compile(r"(?:^|[:,—–]|\b(?:said|says|saying|wrote|added|tweeted|asked|that|replied))\s*$")
_SAYING_REACH = 10  # characters
_CAPITAL = re.compile(r"['‘]?(?:[A-Z0-9$£€]|\[[A-Z])")
# Marks of other kinds: German ones, and two single ones.
_OTHER_MARKS = re.compile(r"„|''|’’|``")
# What somebody quotes in his turn, and where such a quotation begins.
_INSIDE = re.compile(r"(?<!\w)['‘](?=\w)[^‘\n]{1,400}?[.,!?\w…]['’](?!\w)")
_OPENS_INSIDE = re.compile(r"(?:^|[\s(])['‘](?=\w)")
_STOP_BEFORE = re.compile(r"[.,!?…—–-][’' ]{0,2}$")
_STOPS = frozenset(".!?")


@lru_cache(maxsize=4096)
def quotations(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of what stands inside quotation marks, the marks left out."""
    return _scan_quotations(text)[0]


def without_quotations(text: str) -> str:
    """Leave out what stands inside quotation marks, the marks not."""
    for start, end in reversed(quotations(text)):
        text = text[:start] + text[end:]
    return text


def in_double_marks(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans inside double quotation marks; one that never ends reaches to the border."""
    return tuple(_scan_double(text)[0])


def quotable(text: str) -> str:
    """Bring quotations into one form to compare them: no insertions, plain marks, single spaces."""
    text = re.sub(r"\[[^\]]*\]", " ", text)
    text = re.sub(r"[’‘´`]", "'", text)
    return re.sub(r"\s+", " ", re.sub(r"\s+([,.;!?])", r"\1", text)).strip(" ,.;!?'\"").casefold()


def misquotes(text: str, evidence: Sequence[str]) -> bool:
    """Tell whether a text quotes words that stand so in no evidence sentence; an open quotation is none."""
    known = [quotable(e) for e in evidence]
    spans = quotations(text)[: -1 if has_unbalanced_quotes(text) else None]
    return any(not any(quotable(text[a:b]) in k for k in known) for a, b in spans)


def has_unbalanced_quotes(text: str) -> bool:
    """Tell whether a quotation mark lacks its partner."""
    return _scan_quotations(text)[1]


def ends_quotation(text: str) -> bool:
    """Tell whether a text ends a quotation that has begun in front of it, behind a stop: "I do," he said."""
    first = _DOUBLE.search(text)
    return first is not None and not _opens(first) and _STOP_BEFORE.search(text[: first.start()]) is not None


def open_quotation(text: str) -> int | None:
    """Return where the words of a quotation begin that has not ended where a text ends, or None.

    They begin with a capital, at the beginning or behind who says them, for "called it “odd on Monday."
    lacks a mark, or go on: "“We wait,” he said, “but not for long.". What somebody quotes in his turn has
    ended.
    """
    marks, depths = _depths(text)
    if not depths or depths[-1] != 1 or min(depths) < 0 or max(depths) > 1:
        return None
    start, begin = marks[-1].span()
    goes_on = len(marks) > 1 and text[:start].endswith(", ")
    is_said = _SAYING.search(text[max(0, start - _SAYING_REACH) : start].lstrip("(")) is not None
    if not goes_on and not (is_said and _CAPITAL.match(text, begin)):
        return None
    return None if _OPENS_INSIDE.search(_INSIDE.sub(" ", text[begin:])) else begin


def closed(text: str) -> str:
    """Give the quotation that a sentence only begins or only ends its other mark; any other text as it is.

    Of what somebody says in several sentences the first has no closing mark and the last no opening one.
    """
    if not _DOUBLE.search(text) or not has_unbalanced_quotes(text):
        return text
    if open_quotation(text) is not None and text.rstrip()[-1:] in _STOPS:
        return text.rstrip() + ("”" if "“" in text else '"')
    marks, depths = _depths(text)
    if depths and depths[-1] == -1 and max(depths) <= 0 and min(depths) == -1 and ends_quotation(text):
        return ("“" if marks[0][0] != '"' else '"') + text.lstrip()
    return text


def _depths(text: str) -> tuple[list[re.Match[str]], list[int]]:
    """Return the marks of a text, and in how many quotations it stands behind each.

    None where it has marks of several kinds, or one behind a digit, which may be inches.
    """
    marks = list(_DOUBLE.finditer(text))
    is_unclear = any(text[m.start() - 1 : m.start()].isdigit() for m in marks) or _OTHER_MARKS.search(text)
    if is_unclear or len({m[0] == '"' for m in marks}) > 1:
        return marks, []
    return marks, list(accumulate(1 if _opens(m) else -1 for m in marks))


def _opens(mark: re.Match[str]) -> bool:
    before = mark.string[mark.start() - 1] if mark.start() else " "
    return mark[0] == "“" or (mark[0] == '"' and before in _BEFORE_OPENING)


def _scan_quotations(text: str) -> tuple[tuple[tuple[int, int], ...], bool]:
    spans, unbalanced = _scan_double(text)
    return _with_single_quotes(text, spans), unbalanced


def _scan_double(text: str) -> tuple[list[tuple[int, int]], bool]:
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    unbalanced = False
    for i, mark in enumerate(text):
        opens = mark in _OPENING or (mark == '"' and opened is None and not _closes_only(text, i))
        closes = mark in _CLOSING or (mark == '"' and not opens)
        if opens:
            unbalanced |= opened is not None
            opened = i + 1 if opened is None else opened
        elif closes and opened is not None:
            spans.append((opened, i))
            opened = None
        elif closes:
            unbalanced = True
            if not spans:
                spans.append((0, i))
    if opened is not None:
        unbalanced = True
        spans.append((opened, len(text)))
    return spans, unbalanced


def _closes_only(text: str, i: int) -> bool:
    """Tell whether a straight mark can only close: a word before it, none after."""
    before = text[i - 1] if i else " "
    after = text[i + 1] if i + 1 < len(text) else " "
    return not before.isspace() and before not in "([—–-" and not after.isalnum()


def _with_single_quotes(text: str, spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    pattern = r"(?<!\w)‘([^‘]+?)’(?!\w)|(?<![\w'])'(?=\w)([^'\n]+(?:'\w[^'\n]*)*)'(?!\w)"
    for match in re.finditer(pattern, text):
        group = 1 if match[1] is not None else 2
        start, end = match.span(group)
        if not any(a <= start and end <= b for a, b in spans):
            spans.append((start, end))
    return tuple(sorted(spans))


def is_inside(position: int, spans: tuple[tuple[int, int], ...]) -> bool:
    """Tell whether a position lies in one of the spans."""
    return any(start <= position < end for start, end in spans)
