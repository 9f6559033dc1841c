"""Which sentences are somebody's words though they bear no marks: alone they would read as if it were so.

The middle of a long quotation has neither marks nor a speaker, and what it quotes itself bears the marks of
that alone; a post that a page embeds has a signature behind its last sentence; a paragraph in which somebody
says "I" is his, set apart from the report or a column's; and one article prints as a post what another one
quotes. Behind the sentence in front of it the middle of a quotation can be told, with marks of its own.
Knows nothing of what is done with them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import accumulate, groupby

from summarize.language.cohesion import PRONOUNS, says_i
from summarize.language.speech import closed, ends_quotation, in_double_marks, quotable, quotations, reports
from summarize.language.tokens import looks_english, words
from summarize.segmentation import plain
from summarize.types import Article, Sentence

MAX_SENTENCES = 8  # of a paragraph that is one person's words throughout; where all is one paragraph none is
MIN_WORDS = 4  # of a sentence that is known by its words; shorter ones recur by chance
_MARKS = frozenset('"“”')
# "— Ada Moss (@adamoss) June 15, 2018"
_SIGNED = re.compile(r"(?<!\w)[—–-] ?[^—–\n]{1,60}\(@\w+\)\s*(?:[A-Z][a-z]+\.? \d{1,2}, \d{4}|$)")
_INCHES = re.compile(r"(\d)\"(?=[\s,.;)])")  # a 12" pipe
_PIECE_ENDS = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence in the middle of a quotation with marks of its own.

    ``passage`` shows that it is one: its article from the sentence on that begins the quotation.
    """

    text: str
    passage: Sentence


@dataclass(frozen=True, slots=True)
class Spoken:
    """The indices of the sentences that are only said.

    Those that are marked go on with what the sentence in front of them is quoted with, and that one names the
    speaker or hangs on one that does.
    """

    parts: frozenset[int]
    marked: Mapping[int, Marked]


def spoken(sentences: Sequence[Sentence], articles: Mapping[int, Article]) -> Spoken:
    """Find the sentences that are parts of a longer quotation, or of a post.

    :param articles: by id.
    """
    inside: set[int] = set()
    for (article, _), group in groupby(enumerate(sentences), lambda item: _paragraph(item[1])):
        inside |= _inside(list(group), articles[article])
    said = {quotable(sentences[n].text) for n in inside}
    for sentence in sentences:
        for start, end in quotations(sentence.text) if _MARKS & set(sentence.text) else ():
            said |= {quotable(piece) for piece in _PIECE_ENDS.split(sentence.text[start:end])}
    same = (
        n
        for n, s in enumerate(sentences)
        if not _MARKS & set(s.text) and len(s.text.split()) >= MIN_WORDS and quotable(s.text) in said
    )
    inside |= set(same)
    marked: dict[int, Marked] = {}
    for start, last in _quotations(sentences, inside):
        if _has_another_speaker(sentences, start, last):
            inside.add(start)
            continue
        first, text = sentences[start], articles[sentences[start].article].text
        opens, closes = '""' if '"' in first.text else "“”"
        for n in range(start + 1, last):
            own = sentences[n]
            passage = replace(own, start=first.start, text=text[first.start : own.end])
            marked[n] = Marked(f"{opens}{plain(own.text)}{closes}", passage)
    return Spoken(frozenset(inside), marked)


def _quotations(sentences: Sequence[Sentence], parts: Set[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last sentence of each quotation of several ones.

    The last one closes it; where it goes on in the next paragraph, the one there that opens it again counts.
    """
    for start, first in enumerate(sentences):
        if not _MARKS & set(first.text) or not _is_left_open(first.text):
            continue
        last = start + 1
        while last in parts and not _MARKS & set(sentences[last].text) and _is_one(first, sentences[last]):
            last += 1
        end = sentences[last] if last < len(sentences) else None
        if end is None or end.article != first.article:
            continue
        if ends_quotation(end.text) if _is_one(first, end) else end.text[:1] in _MARKS:
            yield start, last


def _is_left_open(text: str) -> bool:
    return closed(text)[:-1] == text.rstrip()


def _is_one(first: Sentence, other: Sentence) -> bool:
    return _paragraph(first) == _paragraph(other)


def _has_another_speaker(sentences: Sequence[Sentence], start: int, last: int) -> bool:
    """Tell whether a quotation that names its speaker only at its end follows one of somebody else."""
    said = reports(sentences[last].text) if _is_one(sentences[start], sentences[last]) else ()
    speaker = next((r.speaker.split()[-1] for r in said if r.speaker), "")
    if reports(sentences[start].text) or not speaker or speaker.casefold() in PRONOUNS:
        return False
    before = sentences[start - 1] if start else None
    return before is None or before.article != sentences[start].article or speaker not in before.text


def _paragraph(sentence: Sentence) -> tuple[int, int]:
    return sentence.article, sentence.paragraph


def _inside(group: Sequence[tuple[int, Sentence]], article: Article) -> set[int]:
    """Return which sentences of one paragraph stand before its signature, or inside a quotation.

    All of them, if it is one person's words.
    """
    own = article.body[group[0][1].paragraph]
    text = article.text[own.start : own.end]
    is_english = article.language == "en"  # other languages open with other marks
    if is_english and len(group) <= MAX_SENTENCES and _is_one_persons(text, group):
        return {n for n, _ in group}
    signed = max((m.start() for m in _SIGNED.finditer(text)), default=-1)
    quoted = in_double_marks(_INCHES.sub(r"\1 ", text)) if is_english else ()
    starts = [start for start, _ in quoted]
    depth = _depths(text) if is_english else ()
    found = set()
    for n, sentence in group:
        at = sentence.start - own.start
        last = bisect_right(starts, at) - 1
        is_inside = last >= 0 and at < quoted[last][1] and not _MARKS & set(sentence.text)
        if at <= signed or is_inside or (depth and depth[at] and not sentence.text.startswith("“")):
            found.add(n)
    return found


def _is_one_persons(text: str, group: Sequence[tuple[int, Sentence]]) -> bool:
    """Tell whether somebody says "I" in a paragraph without marks; in Danish "I" is "in"."""
    return not _MARKS & set(text) and looks_english(words(text)) and any(says_i(s.text) for _, s in group)


def _depths(text: str) -> tuple[int, ...]:
    """Return at each character in how many quotations it stands; nothing unless one holds another.

    Where not each “ has its ”, a mark is missing somewhere and nobody knows.
    """
    if text.count("“") != text.count("”"):
        return ()
    depths = tuple(accumulate((mark == "“") - (mark == "”") for mark in text))
    return depths if max(depths, default=0) > 1 and min(depths) >= 0 else ()
