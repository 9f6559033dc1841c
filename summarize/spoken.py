"""Which sentences are somebody's words though they bear no marks: alone they would read as if it were so.

The middle of a long quotation has neither marks nor a speaker, and what it quotes itself bears the marks of
that alone; a post that a page embeds has a signature behind its last sentence; a paragraph in which somebody
says "I" is his, set apart from the report or a column's; what stands behind the name of who speaks in a
transcript is that one's; and one article prints as a post what another one quotes. Behind the sentence in
front of it the middle of a quotation can be told, with marks of its own. Knows nothing of what is done with
them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import accumulate, groupby

from summarize.language.cohesion import PRONOUNS, is_personal, says_i
from summarize.language.quotations import (
    MARKS,
    closed,
    ends_quotation,
    in_double_marks,
    open_quotation,
    quotable,
    quotations,
    without_quotations,
)
from summarize.language.speech import reports
from summarize.language.tokens import looks_english, words
from summarize.segmentation import plain
from summarize.types import Article, Sentence

MAX_SENTENCES = 8  # of a paragraph that is one person's words throughout; where all is one paragraph none is
MAX_PASSAGE = 1500  # characters from the beginning of a quotation on that show what its middle is
MIN_WORDS = 4  # of a sentence that is known by its words; shorter ones recur by chance
_PRONOUNS = {*PRONOUNS, *(p.capitalize() for p in PRONOUNS), "I"}
# "— Ada Moss (@adamoss) June 15, 2018"
_SIGNED = re.compile(r"(?<!\w)[—–-] ?[^—–\n]{1,60}\(@\w+\)\s*(?:[A-Z][a-z]+\.? \d{1,2}, \d{4}|$)")
_INCHES = re.compile(r"(\d)\"(?=[\s,.;)])")  # a 12" pipe
# "TRUMP: Well, the leaks are real.", not "THE FACTS: The leaks are real."
_TURN = re.compile(r"(?:^|(?<=[.!?…)\]”\"’—-] ))(?!THE |A )([A-Z][A-Z.'’\- ]*[A-Z]\.?)(?:, [A-Z]{3,})?: ")
MIN_TURNS = 2  # of a transcript
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
    inside |= _in_turns(sentences, articles)
    said = {quotable(sentences[n].text) for n in inside}
    for sentence in sentences:
        for start, end in quotations(sentence.text) if MARKS & set(sentence.text) else ():
            said |= {quotable(piece) for piece in _PIECE_ENDS.split(sentence.text[start:end])}
    same = (
        n
        for n, s in enumerate(sentences)
        if not MARKS & set(s.text) and len(s.text.split()) >= MIN_WORDS and quotable(s.text) in said
    )
    inside |= set(same)
    ends = _ends(sentences, inside)
    owned: set[int] = set()
    marked: dict[int, Marked] = {}
    for start, end in sorted(ends.items()):
        if start not in owned:
            is_named = bool(reports(sentences[start].text))
            if not _has_one_speaker(sentences, start if is_named else start - 1, end):
                inside |= set() if is_named else {start}
                continue
        behind = _behind(sentences, inside, start)
        owned |= {behind} if behind != end else set()  # it goes on in the next paragraph
        marked |= _in_marks(sentences[start:behind], start, articles[sentences[start].article].text)
    return Spoken(frozenset(inside), marked)


def _ends(sentences: Sequence[Sentence], parts: Set[int]) -> dict[int, int]:
    """Return where each quotation of several sentences closes, by where it, or a paragraph of it, begins."""
    ends: dict[int, int] = {}
    for start in reversed(range(len(sentences))):
        first = sentences[start]
        if not _is_left_open(first.text):
            continue
        behind = _behind(sentences, parts, start)
        other = sentences[behind] if behind < len(sentences) else None
        if other is None or other.article != first.article:
            continue
        if _paragraph(other) == _paragraph(first):
            if ends_quotation(other.text):
                ends[start] = behind
        elif behind in ends:
            ends[start] = ends[behind]
        elif other.text[:1] in MARKS and not _is_left_open(other.text):
            ends[start] = behind
    return ends


def _is_left_open(text: str) -> bool:
    whole = closed(text)
    return whole != text and whole.startswith(text.rstrip())


def _behind(sentences: Sequence[Sentence], parts: Set[int], start: int) -> int:
    """Return the index behind the sentences without marks that go on with a quotation in its paragraph."""
    n = start + 1
    while (
        n in parts
        and _paragraph(sentences[n]) == _paragraph(sentences[start])
        and not MARKS & set(sentences[n].text)
    ):
        n += 1
    return n


def _has_one_speaker(sentences: Sequence[Sentence], named: int, end: int) -> bool:
    """Tell whether a quotation names at its end nobody but the one whom another sentence names.

    :param named: index of the sentence that begins the quotation, or of the one before it.
    """
    told = sentences[end].text
    if not any(w.is_word for w in words(without_quotations(told))):
        return True
    if named < 0 or sentences[named].article != sentences[end].article:
        return False
    last, first = _speakers(told), _speakers(sentences[named].text)
    if len(first) == 1 and last and last <= _PRONOUNS:
        return True
    return bool(last) and all(any(_is_one_person(a, b) for b in first) for a in last)


def _speakers(text: str) -> set[str]:
    return {r.speaker for r in reports(text) if r.speaker}


def _is_one_person(a: str, b: str) -> bool:
    """Tell whether two speakers are surely one: called the same, or "Moss" and "Mayor Ada Moss"."""
    short, long = sorted((a, b), key=len)
    return short.casefold() == long.casefold() or (short[:1].isupper() and long.endswith(f" {short}"))


def _in_marks(quoted: Sequence[Sentence], start: int, text: str) -> dict[int, Marked]:
    """Give the sentences behind the first one of a quotation marks of their own, by index.

    Not inside what the speaker quotes.

    :param start: index of the first one.
    """
    first, *others = quoted
    opens, closes = '""' if '"' in first.text else "“”"
    found: dict[int, Marked] = {}
    for n, own in enumerate(others, start=start + 1):
        passage = replace(own, start=first.start, text=text[first.start : own.end])
        if len(passage.text) > MAX_PASSAGE or open_quotation(passage.text) is None:
            break
        found[n] = Marked(f"{opens}{plain(own.text)}{closes}", passage)
    return found


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
        is_inside = last >= 0 and at < quoted[last][1] and not MARKS & set(sentence.text)
        if at <= signed or is_inside or (depth and depth[at] and not sentence.text.startswith("“")):
            found.add(n)
    return found


def _in_turns(sentences: Sequence[Sentence], articles: Mapping[int, Article]) -> set[int]:
    """Return the sentences without marks that stand behind the name of who speaks, in their paragraph.

    A label is a speaker's if somebody says "I", "we" or "you" behind it at least every second time.
    """
    turns = {a: _turns(article) for a, article in articles.items()}
    found = set()
    for n, sentence in enumerate(sentences):
        if not MARKS & set(sentence.text):
            own = turns[sentence.article]
            found |= {n} if any(start <= sentence.start < end for start, end in own) else set()
    return found


def _turns(article: Article) -> list[tuple[int, int]]:
    """Return where each turn of a transcript starts and ends, in characters of the article."""
    by_speaker: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for part in article.body:
        text = article.text[part.start : part.end]
        labels = list(_TURN.finditer(text))
        for label, end in zip(labels, [*(m.start() for m in labels[1:]), len(text)], strict=False):
            by_speaker[label[1]].append((part.start + label.start(), part.start + end))
    if sum(map(len, by_speaker.values())) < MIN_TURNS:
        return []
    return [
        turn
        for own in by_speaker.values()
        if 2 * sum(is_personal(article.text[start:end]) for start, end in own) >= len(own)
        for turn in own
    ]


def _is_one_persons(text: str, group: Sequence[tuple[int, Sentence]]) -> bool:
    """Tell whether somebody says "I" in a paragraph without marks; in Danish "I" is "in"."""
    return not MARKS & set(text) and looks_english(words(text)) and any(says_i(s.text) for _, s in group)


def _depths(text: str) -> tuple[int, ...]:
    """Return at each character in how many quotations it stands; nothing unless one holds another.

    Where not each “ has its ”, a mark is missing somewhere and nobody knows.
    """
    if text.count("“") != text.count("”"):
        return ()
    depths = tuple(accumulate((mark == "“") - (mark == "”") for mark in text))
    return depths if max(depths, default=0) > 1 and min(depths) >= 0 else ()
