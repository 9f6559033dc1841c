"""Give a generated text the surface of its evidence: case, diacritics, quotes, spacing.

Contract: every word of the result stands in the evidence, spelt as there, or is one of the closed
list of function words; neighbours in the evidence keep exactly what stands between them there. The
alignment that does this is also the finest citation there is: each run of the result points at the
characters that it copies. Knows nothing of models and tokenizers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from summarize.writing.alignment import FREE, Unit, align, fold, is_unspaced, is_word, units
from summarize.writing.words import COMMON_OPENINGS, FREE_MARKS, FUNCTION_WORDS, GRAMMAR

_OPENING = frozenset("([{“‘«‹„¿¡$£€¥#@")
_CLOSING = frozenset(",.;:!?…%)]}”»›。，、！？；：")
_QUOTES = frozenset("\"“”«»‹›„'‘’`´")
_ENDS = frozenset(".!?…。！？")
_ARTICLES = ("a", "an")
_NEVER_FIRST = frozenset(",.;:!?…)]}。，、！？；：")
_DANGLING = frozenset(",;:-–—、，；：(")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of the text and the characters of the evidence that they copy."""

    start: int
    end: int
    evidence: int  # index into the group's evidence
    evidence_start: int
    evidence_end: int


@dataclass(frozen=True, slots=True)
class Surface:
    """A text as it may be printed, and where each part of it comes from.

    A spliced name is put together from two: the title of one person before the name of another.
    """

    text: str
    runs: tuple[Run, ...]
    has_spliced_name: bool = False


def restore(text: str, evidence: Sequence[str], *, final_stop: bool = True) -> str | None:
    """Return the text in the surface of its evidence, or None if a word doesn't stand there."""
    surface = realise(text, evidence, final_stop=final_stop)
    return surface.text if surface else None


def realise(text: str, evidence: Sequence[str], *, final_stop: bool = True) -> Surface | None:
    """Spell a text like its evidence and trace it there.

    :param text: what a model wrote, in any case and spacing.
    :param final_stop: end with a full stop; headlines end without one.
    :return: None if the text says nothing or one of its words can't be aligned.
    """
    written = [u.fold for u in units([text])]
    writing = _writing_from(tuple(evidence))
    path = align(written, writing.source, FUNCTION_WORDS | FREE_MARKS)
    if not path:
        return None
    pieces = writing.pieces(written, path)
    while pieces and _is_dangling(pieces, final_stop):
        pieces.pop()
    if [p.fold for p in pieces[-2:]] == [".", "."] and [p.fold for p in pieces[-3:-2]] != ["."]:
        pieces.pop()  # "outside the U.S.." ends with one stop
    while pieces and pieces[0].fold in _NEVER_FIRST:
        pieces.pop(0)
    if not any(is_word(p.fold) and p.fold not in FUNCTION_WORDS for p in pieces):
        return None
    text, runs = _assemble(pieces, writing.gaps(pieces), final_stop)
    return Surface(text, runs, any(writing.is_splice(a, b) for a, b in pairwise(pieces)))


@dataclass(slots=True)
class _Piece:
    """One unit of the result: its spelling and its place in the evidence."""

    text: str
    fold: str
    place: int
    unit: Unit | None


class _Writing:
    """Spelling and spacing decisions for one group of evidence."""

    def __init__(self, evidence: Sequence[str], source: list[Unit]) -> None:
        self.evidence = evidence
        self.source = source
        self.openings = _openings(evidence, source)
        inner = [self._spelling(i) for i in range(len(source)) if i not in self.openings]
        self.inner = frozenset(inner)

    def _spelling(self, place: int) -> str:
        unit = self.source[place]
        return self.evidence[unit.text][unit.start : unit.end]

    def pieces(self, written: Sequence[str], path: Sequence[int]) -> list[_Piece]:
        """Spell each unit; only the first word of a sentence is capitalised for its position."""
        found: list[_Piece] = []
        starts = True
        for n, (word, place) in enumerate(zip(written, path, strict=True)):
            runs_on = n > 0 and self._are_neighbours(path[n - 1], place)
            text = word if place == FREE else self._spelling(place)
            if starts and is_word(word):
                text = capitalised(text)
            elif place in self.openings and not (runs_on and self._quote_or_end_before(place)):
                text = self._moved_inside(place)
            if word in _ARTICLES and n + 1 < len(path) and not self._are_neighbours(place, path[n + 1]):
                text, place = _article_before(written[n + 1], text), FREE
            found.append(_Piece(text, word, place, None if place == FREE else self.source[place]))
            if is_word(word):
                starts = False
            elif word in ".!?…":
                starts = self._ends_sentence(path, n)
        return found

    def _ends_sentence(self, path: Sequence[int], n: int) -> bool:
        """Tell a full stop between two runs, which ends a sentence, from one copied inside a run.

        Nor does one end a sentence that belongs to an abbreviation: "Inc., which", "Inc. and".
        """
        follows = path[n] + 1
        if path[n] != FREE and follows < len(self.source) and self._is_same_text(path[n], follows):
            after = self._spelling(follows)
            if after == "," or after[:1].islower():
                return False
        return n + 1 < len(path) and not self._are_neighbours(path[n], path[n + 1])

    def _are_neighbours(self, left: int, right: int) -> bool:
        if FREE in (left, right) or right != left + 1 or right == len(self.source):
            return False
        return self._is_same_text(left, right)

    def _is_same_text(self, left: int, right: int) -> bool:
        return self.source[left].text == self.source[right].text

    def _quote_or_end_before(self, place: int) -> bool:
        return place > 0 and not is_word(self.source[place - 1].fold)

    def _moved_inside(self, place: int) -> str:
        """Lower a word that was capitalised for opening its sentence only."""
        following = self._spelling(place + 1) if self._are_neighbours(place, place + 1) else ""
        return lowered(self._spelling(place), following, self.inner)

    def is_splice(self, left: _Piece, right: _Piece) -> bool:
        """Tell whether two capitalised words stand together that nothing joins in the evidence.

        Within one name words may be left out: "President Erdogan" of "President Recep Tayyip Erdogan".
        """
        if left.unit is None or right.unit is None or self._are_neighbours(left.place, right.place):
            return False
        if not (self._is_name_part(left.place) and self._is_name_part(right.place)):
            return False
        is_same = left.unit.text == right.unit.text and left.place < right.place
        return not (is_same and all(map(self._is_name_part, range(left.place, right.place))))

    def _is_name_part(self, place: int) -> bool:
        spelling = self._spelling(place)
        return spelling[:1].isupper() and lowered(spelling, "", self.inner) == spelling

    def gaps(self, pieces: list[_Piece]) -> list[str]:
        """Return what stands between each two pieces."""
        return [self._gap(a, b) for a, b in pairwise(pieces)]

    def _gap(self, left: _Piece, right: _Piece) -> str:
        if left.unit and right.unit and self._are_neighbours(left.place, right.place):
            between = self.evidence[left.unit.text][left.unit.end : right.unit.start]
            return " " if between else ""
        return "" if self._is_tight(left, right) else " "

    def _is_tight(self, left: _Piece, right: _Piece) -> bool:
        """Decide the spacing where two runs meet; ambiguous marks keep the habit of their source."""
        if right.fold in _CLOSING or left.fold in _OPENING:
            return True
        if is_unspaced(left.fold) and (is_unspaced(right.fold) or not is_word(right.fold)):
            return True
        if not is_word(right.fold) and right.fold not in _OPENING and right.unit:
            return not self._space_before(right.unit) and self._closes(right.unit)
        if not is_word(left.fold) and left.fold not in _CLOSING and left.unit:
            return not self._space_after(left.unit)
        return False

    def _space_before(self, unit: Unit) -> bool:
        return unit.start == 0 or self.evidence[unit.text][unit.start - 1].isspace()

    def _space_after(self, unit: Unit) -> bool:
        text = self.evidence[unit.text]
        return unit.end == len(text) or text[unit.end].isspace()

    def _closes(self, unit: Unit) -> bool:
        """Tell a closing straight quote or a hyphen from an opening one at the text's head."""
        return unit.start > 0


@lru_cache(maxsize=32)  # the candidates of a group come one after the other
def _writing_from(evidence: tuple[str, ...]) -> _Writing:
    return _Writing(evidence, units(evidence))


def _article_before(word: str, article: str) -> str:
    """Choose between "a" and "an" where the article came from elsewhere."""
    vowel = re.match(
        r"(?!uni|us[ei]|eu|one|once|ut[ei])[aeiou]|8|11(?!\d)|18(?!\d)|hour|honou?r|honest|heir", word
    )
    return article[0] + ("n" if vowel else "")


def capitalised(word: str) -> str:
    """Capitalise a word unless it has capitals of its own ("iPhone")."""
    return word if any(c.isupper() for c in word) else word[:1].upper() + word[1:]


def lowered(word: str, following: str, inner: frozenset[str]) -> str:
    """Return the spelling, inside a sentence, of a word that opens one.

    :param following: the word after it; "Foreign Minister", "New York" are names.
    :param inner: spellings seen at other positions of the evidence, which are the best witness.
    """
    small = word[:1].lower() + word[1:]
    if word == small or any(c.isupper() for c in small) or word == "I":
        return word
    if fold(word) in GRAMMAR:
        return small
    if following[:1].isupper() and not following.isupper():
        return word
    if small in inner:
        return small
    return small if fold(word) in COMMON_OPENINGS and word not in inner else word


def _openings(evidence: Sequence[str], source: Sequence[Unit]) -> frozenset[int]:
    """Return the units that open a sentence or a quotation, where a capital says nothing."""
    found = set()
    text, opens = -1, True
    for i, unit in enumerate(source):
        if unit.text != text:
            text, opens = unit.text, True
        if is_word(unit.fold):
            if opens:
                found.add(i)
            opens = False
        elif unit.fold in _QUOTES:
            opens = opens or _space_precedes(evidence[unit.text], unit.start)
        else:
            opens = unit.fold in _ENDS or unit.fold == ":" or (opens and unit.fold in _OPENING)
    return frozenset(found)


def _space_precedes(text: str, at: int) -> bool:
    return at == 0 or text[at - 1].isspace()


def _is_dangling(pieces: Sequence[_Piece], final_stop: bool) -> bool:
    last = pieces[-1]
    if last.fold in _DANGLING:
        return True
    if final_stop or last.fold != ".":
        return False
    # "U.S." keeps its stop at the end of a headline.
    return len(pieces) < 3 or pieces[-3].fold != "."


def _assemble(pieces: list[_Piece], gaps: list[str], final_stop: bool) -> tuple[str, tuple[Run, ...]]:
    """Write the pieces down and merge neighbours into runs."""
    text = ""
    runs: list[Run] = []
    for n, piece in enumerate(pieces):
        gap = gaps[n - 1] if n else ""
        start = len(text) + len(gap)
        text += gap + _one_line(piece.text)
        if piece.unit is None:
            continue
        unit = piece.unit
        if n and _continues(pieces[n - 1], piece):
            last = runs.pop()
            runs.append(Run(last.start, len(text), last.evidence, last.evidence_start, unit.end))
        else:
            runs.append(Run(start, len(text), unit.text, unit.start, unit.end))
    if final_stop and not _is_ended(text):
        text += "。" if is_unspaced(text[-1]) else "."
    return text, tuple(runs)


def _continues(left: _Piece, right: _Piece) -> bool:
    if left.unit is None or right.unit is None:
        return False
    return left.place + 1 == right.place and left.unit.text == right.unit.text


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _is_ended(text: str) -> bool:
    closers = frozenset(")]}") | _QUOTES
    while text and text[-1] in closers:
        text = text[:-1]
    return text[-1:] in _ENDS
