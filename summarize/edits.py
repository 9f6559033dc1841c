"""Compare two versions of an article: which figures, names and quotations changed, each from what to what.

Contract: a pure function of two texts. Sentences are aligned first, so that a sentence that only moved, and a
number that stands elsewhere now, is no edit. Words are aligned inside each pair of sentences, and what one
version has in the place of another's figure is what it became. Knows nothing of claims or files.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Literal

from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

from summarize.language import (
    FUNCTION_WORDS,
    Quantity,
    Word,
    names,
    quantities,
    quotable,
    quotations,
    words,
)
from summarize.language.names import is_capitalised
from summarize.segmentation import ABBREVIATIONS, plain, split
from summarize.types import Span

Kind = Literal["figure", "name", "quotation"]
# Ratio of matching words from which two sentences are versions of one. Two sentences on one matter reach
# about a third; a headline of four words keeps half when its figure and its verb change.
SIMILAR = 0.45
_BLANK_LINE = re.compile(r"\n\s*\n")
_KINDS: tuple[Kind, ...] = ("figure", "name", "quotation")


@dataclass(frozen=True, slots=True)
class Edit:
    """What changed from one version to the next; ``before`` is empty if it was added, ``after`` if removed.

    ``old`` and ``new`` are where it stands in the two texts. Where one side is empty, its span is that of
    the sentence which the other side's sentence was before or has become, or empty if there is none.
    """

    kind: Kind
    before: str
    after: str
    old: Span
    new: Span


def edits(old: str, new: str) -> tuple[Edit, ...]:
    """Return what changed between two versions of one article's text, in the order of the old one."""
    sides = _Side(old), _Side(new)
    pairs = _aligned(*sides)
    found = [edit for left, right in pairs for kind in _KINDS for edit in _changes(kind, left, right)]
    kept = _without_moved(found, sides)
    return tuple(
        Edit(f.kind, _text(f.before), _text(f.after), _span(f.before, f.left), _span(f.after, f.right))
        for f in sorted(kept, key=_order)
    )


@dataclass(frozen=True, slots=True)
class _Item:
    """A figure, name or quotation, and a key that is equal if it says the same; ``unit`` is what is counted.

    ``first`` and ``last`` are its words in the sentence, the last one excluded.
    """

    kind: Kind
    key: tuple[object, ...]
    unit: str | None
    span: Span  # in the whole text
    first: int
    last: int
    text: str


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence at its place; ``text`` is as it stands, so that offsets add up."""

    start: int
    text: str

    @property
    def words(self) -> tuple[Word, ...]:
        return words(self.text)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(w.key for w in self.words)

    def items(self, kind: Kind) -> tuple[_Item, ...]:
        return _items(kind, self)


@dataclass(frozen=True, slots=True)
class _Found:
    """A change between two sentences, before it is known whether its other half is elsewhere."""

    kind: Kind
    before: _Item | None
    after: _Item | None
    left: _Sentence | None
    right: _Sentence | None


class _Side:
    """One version: its sentences and, by kind, everything that they name."""

    def __init__(self, text: str) -> None:
        self.sentences = _sentences(text)
        self.items = {kind: [i for s in self.sentences for i in s.items(kind)] for kind in _KINDS}


def _sentences(text: str) -> list[_Sentence]:
    """Split a text at blank lines, and by the fixed abbreviations alone: no model is needed."""
    found: list[_Sentence] = []
    at = 0
    for border in (*(m.span() for m in _BLANK_LINE.finditer(text)), (len(text), len(text))):
        for start, end in split(text[at : border[0]], _splitter()):
            found.append(_Sentence(at + start, text[at + start : at + end]))
        at = border[1]
    return found


@cache
def _splitter() -> PunktSentenceTokenizer:
    parameters = PunktParameters()
    parameters.abbrev_types = set(ABBREVIATIONS)
    tokenizer = PunktSentenceTokenizer()
    tokenizer._params = parameters
    return tokenizer


_Pair = tuple[_Sentence | None, _Sentence | None]


def _aligned(old: _Side, new: _Side) -> list[_Pair]:
    """Pair the sentences that differ: equal ones are set aside wherever they stand, then the most alike."""
    left, right = _unequal(old.sentences, new.sentences)
    ratios = sorted(
        (-ratio, abs(i - j), i, j)
        for i, a in enumerate(left)
        for j, b in enumerate(right)
        if (ratio := _likeness(a.keys, b.keys)) >= SIMILAR
    )
    mine: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in ratios:
        if i not in mine and j not in taken:
            mine[i] = j
            taken.add(j)
    paired: list[_Pair] = [(s, right[mine[i]] if i in mine else None) for i, s in enumerate(left)]
    return paired + [(None, s) for j, s in enumerate(right) if j not in taken]


def _unequal(old: Sequence[_Sentence], new: Sequence[_Sentence]) -> tuple[list[_Sentence], list[_Sentence]]:
    """Leave out the sentences that stand, white space aside, in both versions."""

    def left_over(these: Sequence[_Sentence], those: Sequence[_Sentence]) -> list[_Sentence]:
        known = Counter(plain(s.text) for s in those)
        rest = []
        for sentence in these:
            known[plain(sentence.text)] -= 1
            if known[plain(sentence.text)] < 0:
                rest.append(sentence)
        return rest

    return left_over(old, new), left_over(new, old)


def _likeness(a: Sequence[str], b: Sequence[str]) -> float:
    n_shared = sum((Counter(a) & Counter(b)).values())
    if 2 * n_shared < SIMILAR * (len(a) + len(b)):
        return 0.0  # the ratio can't be higher than without regard to order
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def _changes(kind: Kind, left: _Sentence | None, right: _Sentence | None) -> list[_Found]:
    """Return what differs between two versions of a sentence, or all of one that has no other version."""
    before, after = (s.items(kind) if s else () for s in (left, right))
    if left is None or right is None:
        return [_Found(kind, i, None, left, right) for i in before] + [
            _Found(kind, None, i, left, right) for i in after
        ]
    aligned = _Aligned(left.keys, right.keys)
    partner = aligned.partners(before, after)
    taken = set(partner.values())
    found = [
        _Found(kind, item, after[partner[n]], left, right)
        for n, item in enumerate(before)
        if n in partner and item.key != after[partner[n]].key
    ]
    lost = [i for n, i in enumerate(before) if n not in partner and not aligned.keeps(i, 0)]
    gained = [i for n, i in enumerate(after) if n not in taken and not aligned.keeps(i, 1)]
    found += [_Found(kind, i, _in_its_place(i, aligned.opposite(i, 0), right), left, right) for i in lost]
    found += [_Found(kind, _in_its_place(i, aligned.opposite(i, 1), left), i, left, right) for i in gained]
    return found


def _in_its_place(item: _Item, numbers: Sequence[int], sentence: _Sentence) -> _Item | None:
    """Return the capitalised words in a name's place: at the start of a sentence few are known as names."""
    found = [sentence.words[n] for n in numbers]
    is_name = all(is_capitalised(w) and w.key not in FUNCTION_WORDS for w in found)
    if item.kind != "name" or not found or not is_name:
        return None
    return _item("name", sentence, found[0].start, found[-1].end, (" ".join(w.key for w in found),), None)


class _Aligned:
    """The words of two versions of a sentence, and which of them stand in the same place."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self._same: dict[int, int] = {}
        self._region: tuple[dict[int, int], dict[int, int]] = {}, {}
        codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        for n, (tag, i, i_end, j, j_end) in enumerate(codes):
            if tag == "equal":
                self._same.update(zip(range(i, i_end), range(j, j_end), strict=True))
            else:
                self._region[0].update(dict.fromkeys(range(i, i_end), n))
                self._region[1].update(dict.fromkeys(range(j, j_end), n))

    def partners(self, before: Sequence[_Item], after: Sequence[_Item]) -> dict[int, int]:
        """Return for each item of the old sentence the one in its place, if any, by their numbers."""
        shared = [
            (-n_same, -n_region, abs(i - j), i, j)
            for i, a in enumerate(before)
            for j, b in enumerate(after)
            for n_same, n_region in (self._shared(a, b),)
            if n_same or n_region
        ]
        found: dict[int, int] = {}
        for _, _, _, i, j in sorted(shared):
            if i not in found and j not in found.values():
                found[i] = j
        return found

    def keeps(self, item: _Item, side: int) -> bool:
        """Tell whether the words of an item stand unchanged in the other version, read otherwise there.

        A name is known by its surroundings: "Saraqeb fell" has one only for who knows the town. What a
        quotation is, its marks alone decide.
        """
        inside = range(item.first, item.last)
        return item.kind != "quotation" and not any(k in self._region[side] for k in inside)

    def opposite(self, item: _Item, side: int) -> list[int]:
        """Return the other version's words that replace all words of an item, by their numbers."""
        regions = {self._region[side].get(k) for k in range(item.first, item.last)}
        if len(regions) != 1 or None in regions:
            return []
        return [k for k, region in self._region[1 - side].items() if region in regions]

    def _shared(self, a: _Item, b: _Item) -> tuple[int, int]:
        """Count the words that two items have in the same place, and the replaced ones of one region."""
        same = sum(b.first <= self._same.get(k, -1) < b.last for k in range(a.first, a.last))
        regions = {self._region[0].get(k) for k in range(a.first, a.last)} - {None}
        return same, sum(self._region[1].get(k) in regions for k in range(b.first, b.last))


def _without_moved(found: Iterable[_Found], sides: tuple[_Side, _Side]) -> list[_Found]:
    """Cancel what was removed here against what was added there, and what the other version says anyway."""
    found = list(found)
    kept = [f for f in found if f.before and f.after]
    gained: dict[Kind, list[_Found]] = defaultdict(list)
    for f in found:
        if f.before is None:
            gained[f.kind].append(f)
    for f in found:
        if f.before is not None and f.after is None:
            match = next((g for g in gained[f.kind] if g.after and _is_same(f.before, g.after)), None)
            if match is not None:
                gained[f.kind].remove(match)
            elif not _is_said(f.before, sides[1]):
                kept.append(f)
    return kept + [g for own in gained.values() for g in own if g.after and not _is_said(g.after, sides[0])]


def _is_said(item: _Item, side: _Side) -> bool:
    """Tell whether a version names an item elsewhere; a bare number elsewhere may count anything."""
    if item.kind == "figure" and item.unit is None:
        return False
    return any(_is_same(item, other) and item.unit == other.unit for other in side.items[item.kind])


def _is_same(a: _Item, b: _Item) -> bool:
    return a.key == b.key and (a.unit == b.unit or a.unit is None or b.unit is None)


def _items(kind: Kind, sentence: _Sentence) -> tuple[_Item, ...]:
    read = {"figure": _figures, "name": _names, "quotation": _quoted}[kind](sentence.text)
    return tuple(_item(kind, sentence, *values) for values in read)


_Read = tuple[int, int, tuple[object, ...], str | None]  # start, end, key, unit


def _figures(text: str) -> list[_Read]:
    """Find the quantities, and the words with digits that are neither quantity nor name: "mid-30s"."""
    found: list[_Read] = [(q.start, q.end, _figure_key(q), q.unit) for q in quantities(text)]
    known = [(start, end) for start, end, _, _ in found] + [(n.start, n.end) for n in names(text)]
    for word in words(text):
        is_read = any(start < word.end and word.start < end for start, end in known)
        if not is_read and any(c.isdigit() for c in word.text):
            found.append((word.start, word.end, (word.key,), None))
    return sorted(found, key=lambda f: f[0])


def _names(text: str) -> list[_Read]:
    """Find the names; "Twenty were arrested" begins with none."""
    figures = [(q.start, q.end) for q in quantities(text)]
    return [
        (n.start, n.end, (n.key,), None)
        for n in names(text)
        if not any(start <= n.start and n.end <= end for start, end in figures)
    ]


def _quoted(text: str) -> list[_Read]:
    return [(a, b, (said,), None) for a, b in quotations(text) if (said := quotable(text[a:b]))]


def _figure_key(quantity: Quantity) -> tuple[object, ...]:
    currency = quantity.unit if quantity.kind == "money" else None
    return quantity.kind, quantity.value, quantity.high, quantity.approximate, quantity.bound, currency


def _item(
    kind: Kind, sentence: _Sentence, start: int, end: int, key: tuple[object, ...], unit: str | None
) -> _Item:
    inside = [n for n, w in enumerate(sentence.words) if w.start < end and start < w.end]
    span = Span(sentence.start + start, sentence.start + end)
    return _Item(kind, key, unit, span, inside[0], inside[-1] + 1, plain(sentence.text[start:end]))


def _text(item: _Item | None) -> str:
    return item.text if item else ""


def _span(item: _Item | None, sentence: _Sentence | None) -> Span:
    if item is not None:
        return item.span
    return Span(sentence.start, sentence.start + len(sentence.text)) if sentence else Span(0, 0)


def _order(found: _Found) -> tuple[bool, int, int, int]:
    """Order by place in the old version; what is only in the new one comes last, by its place there."""
    old, new = _span(found.before, found.left), _span(found.after, found.right)
    return found.left is None, old.start, new.start, _KINDS.index(found.kind)
