"""The words of a piece of evidence, and the token ids that spell them.

A word is what stands between two spaces, with and without the quotes, brackets and stops at its
edges; its inner hyphens, points and apostrophes belong to it. Works with every tokenizer family
(WordPiece, byte-level BPE, SentencePiece), because each word is encoded in place: at the head of
the text, after a space, or glued to the word before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from summarize.writing.alignment import is_unspaced, units
from summarize.writing.surface import capitalised, lowered
from summarize.writing.words import FREE_MARKS

Ids = tuple[int, ...]

_LEAD = "([{“‘«‹„\"'¿¡"
_TRAIL = ")]}”’»›\"'.,;:!?…。，、！？；："
_EDGES = re.compile(rf"^([{re.escape(_LEAD)}]*)(.*?)([{re.escape(_TRAIL)}]*)$", re.DOTALL)
_POSSESSIVE = re.compile(r"['’´`]s$|(?<=s)['’´`]$", re.IGNORECASE)
_DASH = re.compile(r"[—–/]|--+|\.\.+|…")
_SENTENCE_END = re.compile(r"[.!?…]['’”\"»)\]]*$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word that may be written. ``opens``: it stood at the head of a sentence of the evidence."""

    text: str
    opens: bool = False


def evidence_words(evidence: Iterable[str]) -> tuple[list[Word], frozenset[str]]:
    """Return the distinct words of the evidence, and the marks that close them there."""
    words: dict[Word, None] = {}
    marks = set(FREE_MARKS)
    for text in evidence:
        opens = True
        for raw in text.split():
            lead, core, trail = _edges(raw)
            marks.update(trail)
            for spelling in _spellings(lead, core, trail):
                words.setdefault(Word(spelling, opens))
            opens = _SENTENCE_END.search(raw) is not None or (opens and not core)
    return list(words), frozenset(marks)


def _edges(raw: str) -> tuple[str, str, str]:
    match = _EDGES.match(raw)
    lead, core, trail = match.groups() if match else ("", raw, "")
    if "." in core and trail.startswith("."):  # U.S. keeps its last stop
        core, trail = core + ".", trail[1:]
    return lead, core, trail


def _spellings(lead: str, core: str, trail: str) -> Iterator[str]:
    """Yield a word with and without the marks around it, its parts at dashes, and its base form."""
    if not core:
        yield lead + trail
        return
    parts = [core, *(p for p in _DASH.split(core) if p and p != core)]
    bases = [_POSSESSIVE.sub("", part) for part in parts]
    yield from dict.fromkeys([*parts, *bases])
    for head in dict.fromkeys((lead, "")):
        for n in range(len(trail) + 1):
            yield head + core + trail[:n]


def ends_sentence(text: str) -> bool:
    """Tell whether a new sentence may begin after this word or mark."""
    return _SENTENCE_END.search(text) is not None


def spellings_inside(word: Word, inner: frozenset[str]) -> tuple[str, ...]:
    """Return how a word may be spelt inside a sentence: openings also without their capital."""
    if not word.opens:
        return (word.text,)
    head, small = _small(word.text, inner)
    return tuple(dict.fromkeys((word.text, head + small)))


def _small(text: str, inner: frozenset[str]) -> tuple[str, str]:
    lead = len(text) - len(text.lstrip(_LEAD))
    first = units([text[lead:]])[:1]
    end = lead + first[0].end if first else lead
    return text[:lead], lowered(text[lead:end], "", inner) + text[end:]


def spelling_at_head(text: str) -> str:
    """Capitalise a word for the head of a sentence, behind its opening marks."""
    lead = len(text) - len(text.lstrip(_LEAD))
    return text[:lead] + capitalised(text[lead:])


class Encoder:
    """Token ids of words, remembered: the same few thousand words come again and again."""

    def __init__(self, tokenizer: Any) -> None:
        self.tokenizer = tokenizer
        self._ids: dict[str, Ids] = {}
        self._banned = frozenset(tokenizer.all_special_ids)
        self.is_cased = self._encode(["A"]) != self._encode(["a"])
        self._anchors = [(a, self._encode([a])[0]) for a in ("a", "the", "1", "x")]

    def _encode(self, texts: Sequence[str]) -> list[Ids]:
        rows = self.tokenizer(list(texts), add_special_tokens=False, return_attention_mask=False)["input_ids"]
        return [tuple(row) for row in rows]

    def encode(self, texts: Iterable[str]) -> Iterator[Ids]:
        """Yield the ids of each text that the vocabulary can spell without special tokens."""
        wanted = list(texts)
        missing = [t for t in dict.fromkeys(wanted) if t not in self._ids]
        if missing:
            self._ids.update(zip(missing, self._encode(missing), strict=True))
        for text in wanted:
            ids = self._ids[text]
            if ids and not self._banned.intersection(ids):
                yield ids

    def glued(self, mark: str) -> Iterator[Ids]:
        """Yield the ids of a mark that follows a word without a space."""
        for anchor, head in self._anchors:
            for ids in self.encode([anchor + mark]):
                if len(ids) > len(head) and ids[: len(head)] == head:
                    yield ids[len(head) :]


def is_run_together(text: str) -> bool:
    """Tell whether a word is a run of ideographs, which is grounded token by token."""
    return any(is_unspaced(char) for char in text)
