"""Which sentences are somebody's words though they bear no marks: alone they would read as if it were so.

The middle of a long quotation has neither marks nor a speaker; a post that a page embeds has a signature
behind its last sentence; and one article prints as a post what another one quotes. Knows nothing of what
is done with them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from summarize.language.speech import is_within_speech, quotable, quotations
from summarize.types import Article, Sentence

MIN_WORDS = 4  # of a sentence that is known by its words; shorter ones recur by chance
_MARKS = frozenset('"“”')
_SIGNED = re.compile(r"[—–-] ?[^—–\n]{1,60}\(@\w+\)")  # "— Ada Moss (@adamoss) June 15, 2018"
_PIECE_ENDS = re.compile(r"(?<=[.!?])\s+")


def spoken(sentences: Sequence[Sentence], articles: Mapping[int, Article]) -> frozenset[int]:
    """Return the indices of the sentences that are parts of a longer quotation, or of a post.

    :param articles: by id.
    """
    inside = {n for n, s in enumerate(sentences) if is_spoken(s, articles[s.article])}
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


def is_spoken(sentence: Sentence, article: Article) -> bool:
    """Tell by its paragraph whether a sentence is part of a longer quotation or of a post."""
    own = article.body[sentence.paragraph]
    paragraph, at = article.text[own.start : own.end], sentence.start - own.start
    if _SIGNED.search(paragraph, at):
        return True
    return is_within_speech(paragraph, at) and not _MARKS & set(sentence.text)
