"""Which sentences are somebody's words though they bear no marks: alone they would read as if it were so.

The middle of a long quotation has neither marks nor a speaker, and what it quotes itself bears the marks of
that alone; a post that a page embeds has a signature behind its last sentence; a paragraph in which somebody
says "I" is his, set apart from the report or a column's; and one article prints as a post what another one
quotes. Knows nothing of what is done with them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate, groupby

from summarize.language.cohesion import says_i
from summarize.language.speech import in_double_marks, quotable, quotations
from summarize.language.tokens import looks_english, words
from summarize.types import Article, Sentence

MAX_SENTENCES = 8  # of a paragraph that is one person's words throughout; where all is one paragraph none is
MIN_WORDS = 4  # of a sentence that is known by its words; shorter ones recur by chance
_MARKS = frozenset('"“”')
# "— Ada Moss (@adamoss) June 15, 2018"
_SIGNED = re.compile(r"(?<!\w)[—–-] ?[^—–\n]{1,60}\(@\w+\)\s*(?:[A-Z][a-z]+\.? \d{1,2}, \d{4}|$)")
_INCHES = re.compile(r"(\d)\"(?=[\s,.;)])")  # a 12" pipe
_PIECE_ENDS = re.compile(r"(?<=[.!?])\s+")


def spoken(sentences: Sequence[Sentence], articles: Mapping[int, Article]) -> frozenset[int]:
    """Return the indices of the sentences that are parts of a longer quotation, or of a post.

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
    return frozenset(inside | set(same))


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
