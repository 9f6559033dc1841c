"""Lay out: a long topic → paragraphs, broken where its sentences have least to do with each other.

As TextTiling (Hearst 1997): a gap is as deep as the words on its two sides are different. Only how the text
is set is decided here; no sentence moves.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarize.language import content_stems, opens_dependent

LONGEST = 240  # words that are one paragraph
SHORTEST = 60  # words of a paragraph, where a longer text is broken
ROOM = 110  # words within which the best gap behind these is looked for
_SIDE = 2  # sentences on each side of a gap that are compared


def paragraphs(texts: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """Return the indices of the sentences of each paragraph; one, unless the text is long.

    No paragraph begins with a sentence that hangs on the one before, or is too short.
    """
    n_words = [len(text.split()) for text in texts]
    stems = [content_stems(text) for text in texts]
    starts = [0]
    while sum(n_words[starts[-1] :]) > (LONGEST if starts == [0] else ROOM + SHORTEST):
        gaps = [
            gap
            for gap in range(starts[-1] + 1, len(texts))
            if sum(n_words[starts[-1] : gap]) >= SHORTEST
            and sum(n_words[gap:]) >= SHORTEST
            and opens_dependent(texts[gap]) is None
        ]
        near = [gap for gap in gaps if sum(n_words[starts[-1] : gap]) <= SHORTEST + ROOM]
        if not gaps:
            break
        starts.append(min(near or gaps[:1], key=lambda gap: (_cohesion(stems, gap), gap)))
    return tuple(
        tuple(range(start, end)) for start, end in zip(starts, [*starts[1:], len(texts)], strict=True)
    )


def _cohesion(stems: Sequence[frozenset[str]], gap: int) -> float:
    """Return the share of their words that the sentences before and behind a gap have in common."""
    before, behind = (
        frozenset[str]().union(*side) for side in (stems[max(0, gap - _SIDE) : gap], stems[gap : gap + _SIDE])
    )
    return len(before & behind) / max(1, min(len(before), len(behind)))
