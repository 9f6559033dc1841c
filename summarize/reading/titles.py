"""The head of a text: which line is the title, and which lines beside it name the outlet or the section.

Contract: takes the blocks of a text with the reasons found so far; returns labels for more of them and the
title, None where no line is one. A title is never guessed from the article's words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.reading.glue import ends_in_glue
from summarize.reading.layout import Block

MAX_WORDS = 26
MAX_QUESTION = 18  # words
MAX_NAME = 5  # words of a line that names an outlet or a section
MAX_LINES = 6  # of a head

_QUOTE = tuple("\"“«„‘'")
_DECORATION = "#>*_=-" + "".join(map(chr, range(33))) + "\x85\xa0\u2028\u2029"
_STAMPS = ("timestamp", "byline")

Labels = dict[int, str]


def find_title(
    text: str, blocks: Sequence[Block], reasons: Sequence[str | None]
) -> tuple[Labels, str | None]:
    """Find the title: a heading, the first line of a head, or the line most like what follows."""
    body = [i for i, reason in enumerate(reasons) if reason is None]
    first = next((i for i in body if _is_sentence(blocks[i])), None)
    for i, (block, reason) in enumerate(zip(blocks, reasons, strict=True)):
        if reason == "heading" and (first is None or i < first or block.text.startswith("# ")):
            return {i: "title"}, _text(block, is_heading=True)
    n_head = _head(text, blocks)
    names = _names_in_head(blocks[:n_head], reasons)
    if n_head > 1 and _is_alone(blocks, reasons[:n_head], names):
        return {0: "title", **dict.fromkeys(names, "navigation")}, _text(blocks[0])
    if first is None:
        return {}, None
    return _by_shared_words(blocks, body, first, names)


def _by_shared_words(
    blocks: Sequence[Block], body: Sequence[int], first: int, names: Sequence[int]
) -> tuple[Labels, str | None]:
    candidates = [i for i in body if i <= first and _is_title_shaped(blocks[i])]
    if not candidates or (candidates == [first] and len(body) == 1):
        return {}, None
    below = " ".join(blocks[i].key[:600] for i in body if i > candidates[-1])[:3000]
    shares = {i: _n_shared(blocks[i], below) for i in candidates}
    unlike = [i for i in candidates if i in names and not shares[i]]
    labels = dict.fromkeys(unlike, "navigation")
    candidates = [i for i in candidates if i not in labels]
    if not candidates:
        return labels, None
    best = max(candidates, key=lambda i: (shares[i], blocks[i].n_words, -i))
    if blocks[best].n_words < 4 and not shares[best]:
        return labels, None
    labels |= {i: "navigation" for i in candidates if i < best} | {best: "title"}
    return labels, _text(blocks[best])


def _names_in_head(head: Sequence[Block], reasons: Sequence[str | None]) -> list[int]:
    """Return the lines of a head that are names.

    A head is lines without a blank one between them, one of them a date or a byline.
    """
    if not any(reason in _STAMPS for reason in reasons[: len(head)]):
        return []
    if not all(reasons[i] is not None or i == 0 or _is_name(block) for i, block in enumerate(head)):
        return []
    return [i for i, block in enumerate(head) if reasons[i] is None and _is_name(block)]


def _head(text: str, blocks: Sequence[Block]) -> int:
    """Return how many blocks the first lines of a text are, up to a blank one; 0 if that is all there is."""
    n = 1
    while n < len(blocks) and text.count("\n", blocks[n - 1].end, blocks[n].start) <= 1:
        n += 1
    return n if n < len(blocks) and n <= MAX_LINES else 0


def _is_name(block: Block) -> bool:
    words = [w for w in re.findall(r"[^\W\d_]+", block.text) if len(w) > 3]
    return block.n_words <= MAX_NAME and not block.is_terminated and all(w[0].isupper() for w in words)


def _is_alone(blocks: Sequence[Block], head: Sequence[str | None], names: Sequence[int]) -> bool:
    """Tell whether of a head the first line alone can be the title, with a full stop or without.

    :param head: the reasons of its lines.
    """
    left = [i for i, reason in enumerate(head) if reason is None and i not in names]
    return left == [0] and any(reason in _STAMPS for reason in head) and blocks[0].n_words <= MAX_WORDS


def _is_sentence(block: Block) -> bool:
    finished = block.is_terminated or ends_in_glue(block)
    return (finished and not _is_title_shaped(block)) or block.n_words > MAX_WORDS


def _is_title_shaped(block: Block) -> bool:
    if block.n_words > MAX_WORDS or block.text.endswith(":"):
        return False
    ends = block.text.rstrip("\"'”’»")[-1:]
    question = ends in "?!？！؟" and not block.text.startswith(_QUOTE) and block.n_words <= MAX_QUESTION
    return question or not (block.is_terminated or ends_in_glue(block))


def _n_shared(block: Block, below: str) -> int:
    words = {w[:6] for w in re.findall(r"\w{4,}", block.key)}
    return sum(w in below for w in words)


def _text(block: Block, is_heading: bool = False) -> str:
    text = block.text.split("\n")[0] if is_heading else block.text
    return " ".join(text.lstrip(_DECORATION.replace("-", "")).rstrip(_DECORATION.replace(">", "")).split())
