"""Clean: a text → the spans of it that are running news text, and the rest with reasons.

The rules look at shape (short, no full stop), place (above the first paragraph, below the last one),
repetition (inside the file, across files) and the phrases of ``patterns``. Cleaning selects, it never
rewrites. In doubt a paragraph stays: a stray line costs less than a lost fact.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from summarize.reading.endings import about_the_writer, after_the_end
from summarize.reading.glue import cut_glue, ends_in_glue
from summarize.reading.layout import Block, lay_out
from summarize.reading.patterns import furniture
from summarize.reading.titles import find_title
from summarize.types import Span

LONG = 20  # words; a line this long without a full stop is a paragraph all the same
MAX_CAPTION = 110  # words; longer paragraphs that stand twice running are a copying error
MAX_SUBHEAD_QUESTION = 10  # words
MIN_QUESTIONS = 3  # of an interview
MAX_ENTRY = 40  # words of an entry of a list
MIN_ENTRIES = 3
UNPUNCTUATED = 0.1  # share of words in finished sentences, below which a text has no punctuation
N_TOP = 2  # paragraphs among which a dateline may be short
REPEATED_IN = 2  # unrelated articles that make a line without a full stop the frame of a page
REPEATED_SENTENCE_IN = 4  # the same for a sentence, at the top or the end of the articles
REPEATED_AT_END_IN = 3  # the same for one that always stands at the end
MAX_REPEATED_WORDS = 60
MAX_FRAME_LINES = 4  # one under another at the end of articles

_REPORTED = re.compile(r"\b(?:said|says|told|added|according to|asked|wrote|announced)\b")
_CONJUNCTION = re.compile(r"(?:And|But|So|Or|Und|Aber|Oder|Et|Mais|Ou|Y|Pero|E|Ma)\b")
_FIRST_PERSON = re.compile(
    r"\b(?:I|I['’]\w+|[Mm]y|[Mm]e|[Ww]e|[Oo]ur|[Ii]ch|[Mm]ein\w*|[Ww]ir|[Jj]e|[Jj]['’]\w+|[Nn]ous|[Yy]o|[Mm]i|"
    r"[Nn]osotros|[Ii]o|[Nn]oi|[Ee]u|[Nn]ós)\b"
)
_QUOTE = tuple("\"“«„‘'")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article's body, what was left out of it, and its title; offsets of the file's text."""

    body: tuple[Span, ...]
    dropped: tuple[tuple[int, int, str], ...]
    title: str | None


@dataclass(frozen=True, slots=True)
class _Page:
    blocks: tuple[Block, ...]
    reasons: tuple[str | None, ...]  # None where the block is news

    @property
    def body(self) -> list[int]:
        return [i for i, reason in enumerate(self.reasons) if reason is None]

    def label(self, labels: dict[int, str]) -> _Page:
        return replace(self, reasons=tuple(labels.get(i, r) for i, r in enumerate(self.reasons)))


def clean(text: str, is_place: Callable[[str], bool] = lambda word: False) -> Cleaned:
    """Select the news in one file's text.

    :param is_place: tells whether a word in capitals is one that the other articles write without.
    :return: disjoint spans in order; together they cover every visible character. No body at all if
        the text has only furniture.
    """
    blocks = lay_out(text)
    page = _Page(blocks, tuple(furniture(b) for b in blocks))
    labels, title = find_title(text, page.blocks, page.reasons)
    page = page.label(labels)
    page = page.label(_repeated(page))
    page = page.label(after_the_end(page.blocks, page.reasons))
    page = page.label(_shapeless(page))
    page = page.label(about_the_writer(page.blocks, page.reasons))
    if not page.body:
        page = _keep_longest(page)
    return _collect(text, page, title, is_place)


def without_frame(cleaned: list[Cleaned], texts: list[str], origins: list[int]) -> list[Cleaned]:
    """Leave out the lines that unrelated articles share: the frame of the page they were taken from.

    What stands above or below such a line is looked at again: an appeal may have several.

    :param origins: the same number for copies of one story, which share everything by right.
    """
    for _ in range(MAX_FRAME_LINES):
        frame = _frame(cleaned, texts, origins)
        if not frame:
            break
        without = [_leave_out(c, t, frame) for c, t in zip(cleaned, texts, strict=True)]
        if without == cleaned:
            break
        cleaned = without
    return cleaned


def _frame(cleaned: list[Cleaned], texts: list[str], origins: list[int]) -> set[str]:
    seen: dict[str, set[int]] = {}
    tops: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    for page, text, origin in zip(cleaned, texts, origins, strict=True):
        for i, span in enumerate(page.body):
            key = _key(text, span)
            if key:
                seen.setdefault(key, set()).add(origin)
                is_end = i >= max(1, len(page.body) - 2)
                ends[key] += is_end
                tops[key] += i == 0 and not is_end
    return {k for k, where in seen.items() if _is_frame(k, len(where), tops[k], ends[k])}


def _key(text: str, span: Span) -> str | None:
    if span.end - span.start > MAX_REPEATED_WORDS * 10:
        return None
    words = text[span.start : span.end].casefold().split()
    return " ".join(words) if len(words) <= MAX_REPEATED_WORDS else None


def _is_frame(key: str, n_origins: int, n_tops: int, n_ends: int) -> bool:
    if key.startswith(_QUOTE):
        return False
    if not Block(0, len(key), key).is_terminated:
        return n_origins >= REPEATED_IN
    at_end = n_origins >= REPEATED_AT_END_IN and n_ends >= n_origins
    return at_end or (n_origins >= REPEATED_SENTENCE_IN and n_tops + n_ends >= n_origins)


def _leave_out(page: Cleaned, text: str, frame: set[str]) -> Cleaned:
    kept = tuple(s for s in page.body if _key(text, s) not in frame)
    if not kept or len(kept) == len(page.body):
        return page
    gone = [(s.start, s.end, "repetition") for s in page.body if s not in kept]
    return replace(page, body=kept, dropped=tuple(sorted([*page.dropped, *gone])))


def _repeated(page: _Page) -> dict[int, str]:
    """Label what stands in the file twice: captions are exported beside their picture and below it."""
    first: dict[str, int] = {}
    labels: dict[int, str] = {}
    doubled = [i for i in page.body[1:] if page.blocks[i].key == page.blocks[i - 1].key]
    is_doubled_throughout = len(doubled) * 3 > len(page.body)
    for i, block in enumerate(page.blocks):
        if page.reasons[i] not in (None, "title"):
            continue
        j = first.setdefault(block.key, i)
        if i == j:
            continue
        labels[i] = "repetition"
        # Nobody writes a paragraph twice running; next to itself it is the text of a picture.
        if (
            j == i - 1
            and page.reasons[j] is None
            and block.n_words <= MAX_CAPTION
            and not is_doubled_throughout
        ):
            labels[i] = labels[j] = "caption"
    return labels


def _shapeless(page: _Page) -> dict[int, str]:
    """Label the lines that are no sentences: subheads, menus, names."""
    body = page.body
    sizable = [page.blocks[i] for i in body if page.blocks[i].n_words >= 8]
    n_finished = sum(b.n_words for b in sizable if b.is_terminated)
    has_punctuation = n_finished >= UNPUNCTUATED * max(1, sum(b.n_words for b in sizable))
    is_interview = _is_interview(page)
    listed = _announced(page)
    is_text = {
        i: i in listed
        or _is_text(page, i, LONG if has_punctuation else 8, body[0] < i < body[-1] and not is_interview)
        for i in body
    }
    news = [i for i in body if is_text[i]]
    labels: dict[int, str] = {}
    for i in body:
        if not is_text[i]:
            between = bool(news) and news[0] < i < news[-1]
            in_list = any(
                is_text.get(j) is False and is_text.get(k) is False
                for j, k in ((i - 1, i + 1), (i + 1, i + 2), (i - 1, i - 2))
            )
            labels[i] = "subhead" if between and not in_list else "navigation"
    return labels


def _is_text(page: _Page, i: int, long: int, inside: bool) -> bool:
    block = page.blocks[i]
    after = page.blocks[i + 1] if i + 1 < len(page.blocks) and page.reasons[i + 1] is None else None
    before = page.blocks[i - 1] if i and page.reasons[i - 1] is None else None
    if block.is_terminated:
        return not (inside and _is_subhead_question(block, before))
    if block.n_words >= long or ends_in_glue(block) or (block.n_words >= 8 and _REPORTED.search(block.text)):
        return True
    last = block.text[-1]
    if last in ":,;—–" and block.n_words >= 6 and after is not None:
        return True
    if after is not None and _continues(block, after):
        return True
    return before is not None and _continues(before, block)


def _is_subhead_question(block: Block, before: Block | None) -> bool:
    if not block.text.endswith("?") or block.text.startswith(_QUOTE):
        return False
    in_dialogue = before is not None and before.text.endswith((":", "?"))
    goes_on = _CONJUNCTION.match(block.text) is not None
    return not (in_dialogue or goes_on) and block.n_words <= MAX_SUBHEAD_QUESTION


def _is_interview(page: _Page) -> bool:
    """Tell whether short questions are asked and, mostly, answered by somebody who speaks of himself."""
    asked = [
        i
        for i, j in pairwise(page.body)
        if j == i + 1 and page.blocks[i].text.endswith("?") and not page.blocks[i].text.startswith(_QUOTE)
    ]
    n_personal = sum(_FIRST_PERSON.search(page.blocks[i + 1].text) is not None for i in asked)
    return len(asked) >= MIN_QUESTIONS and n_personal * 2 >= len(asked)


def _announced(page: _Page) -> set[int]:
    """Return the lines of lists that a line with a colon announces."""
    found: set[int] = set()
    for i, block in enumerate(page.blocks):
        if not block.text.endswith(":") or page.reasons[i] not in (None, "navigation", "subhead"):
            continue
        entries: list[int] = []
        for j in range(i + 1, len(page.blocks)):
            if page.reasons[j] is not None or page.blocks[j].n_words > MAX_ENTRY:
                break
            entries.append(j)
        # News counts and measures; a menu does not.
        told = [j for j in entries if page.blocks[j].is_terminated or re.search(r"\d", page.blocks[j].text)]
        if len(told) >= MIN_ENTRIES and len(told) * 2 >= len(entries):
            found.update(j for j in entries if j in told or (j < told[-1] and page.blocks[j].n_words > 3))
    return found


def _continues(before: Block, after: Block) -> bool:
    """Tell whether a paragraph was broken in two by what the page put into it."""
    open_ended = not before.is_terminated and before.n_words >= 5
    return open_ended and after.text[0].islower() and after.is_terminated


def _keep_longest(page: _Page) -> _Page:
    """Keep the longest lines of a text in which nothing looks like a sentence."""
    by_shape = ("title", "subhead", "navigation", "repetition")
    shaped = [i for i, b in enumerate(page.blocks) if page.reasons[i] in by_shape and furniture(b) is None]
    if not shaped:
        return page
    longest = max(len(page.blocks[i].text) for i in shaped)
    kept = {i for i in shaped if len(page.blocks[i].text) * 2 >= longest}
    others = {i for i in kept if page.reasons[i] != "title"}
    reasons = (None if i in (others or kept) else r for i, r in enumerate(page.reasons))
    return replace(page, reasons=tuple(reasons))


def _collect(text: str, page: _Page, title: str | None, is_place: Callable[[str], bool]) -> Cleaned:
    shouted = _place_test(text, is_place)
    spans: list[Span] = []
    dropped: list[tuple[int, int, str]] = []
    order = {i: n for n, i in enumerate(page.body)}
    joins = False
    for i, (block, reason) in enumerate(zip(page.blocks, page.reasons, strict=True)):
        if reason is not None:
            dropped.append((block.start, block.end, reason))
            continue
        cuts = cut_glue(block, order[i] < N_TOP, shouted)
        dropped.extend(cuts.cut)
        kept = [Span(a, b) for a, b in cuts.kept]
        joins = (
            bool(spans) and i > 0 and page.reasons[i - 1] is None and _continues(page.blocks[i - 1], block)
        )
        if joins and kept and not cuts.cut and spans[-1].end == page.blocks[i - 1].end:
            kept[0] = Span(spans.pop().start, kept[0].end)
        spans.extend(kept)
    return Cleaned(tuple(spans), tuple(sorted(dropped)), title)


def _place_test(text: str, is_place: Callable[[str], bool]) -> Callable[[str], bool]:
    def test(word: str) -> bool:
        usual = word.title()
        written_so = re.search(rf"\b{re.escape(usual)}\b", text) is not None
        return text.count(word) == 1 and (written_so or is_place(usual))

    return test


def capitalised_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that texts begin with a capital; "Ankara" tells that "ANKARA" is no acronym."""
    return frozenset(w for text in texts for w in re.findall(r"\b[^\W\d_a-z][^\W\d_A-Z]{3,}\b", text))
