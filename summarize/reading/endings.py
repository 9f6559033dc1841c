"""The end of an article: what stands below its last paragraph and is no news, however it is written.

Contract: takes the blocks of a text with the reasons found so far and returns labels for more of them. Knows
how an end looks ("Related stories", then links; a paragraph about the writer), not how it goes on elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.reading.glue import ends_in_glue
from summarize.reading.layout import Block
from summarize.reading.notices import is_bio

MIN_READ = 0.5  # share of an article's words above a heading that can end it
MIN_READ_BEFORE_TEASERS = 0.6  # the same if whole sentences follow
MAX_TEASER = 30  # words
MAX_HEADING = 4  # words of a heading alone; a link has more
N_LAST = 4  # paragraphs among which the writer is presented

_TAIL_MARKER = re.compile(
    r"""\W{0,3}(?:latest|top|more|related|read\ (?:more|also|next)|see\ also|most|trending|recommended
    |popular|
    also\ (?:today|in\ the\ news)|recent\ (?:posts|stories|articles)|editor['’]?s['’]?\ picks|
    you\ (?:may|might)|(?:\d+\ )?comments?|kommentare?|commentaires?|comentarios?|mehr\ zum\ thema|
    auch\ interessant|noticias\ relacionadas|le\ puede\ interesar|te\ puede\ interesar|lire\ aussi|à\ lire|
    sur\ le\ même|das\ könnte|meistgelesen|más\ (?:leídas|noticias)|
    leave\ a|leggi\ anche|leia\ também|lees\ ook|from\ around|promoted|about\ the\ author)\b""",
    re.I | re.X,
)
_RANKED = re.compile(
    r"\W{0,3}(?:most (?:read|popular|viewed|shared)|trending|popular|top stories|meistgelesen|más leídas|"
    r"les plus lus|più letti|mais lidas|meest gelezen)\b",
    re.I,
)
_SPOKEN = re.compile(r"[\"“”„«»]|\b(?:said|says|told|sagte|déclaré|dijo|according to)\b", re.I)

Labels = dict[int, str]


def after_the_end(blocks: Sequence[Block], reasons: Sequence[str | None]) -> Labels:
    """Label what follows a heading such as "Comments" or "Related stories" below the article."""
    n_all = sum(b.n_words for b, reason in zip(blocks, reasons, strict=True) if reason is None)
    n_read = 0
    labels: Labels = {}
    for i, block in enumerate(blocks):
        if reasons[i] is None:
            n_read += block.n_words
            continue
        if block.n_words > 8 or n_read < MIN_READ * n_all or not _TAIL_MARKER.match(block.text):
            continue
        is_comments = reasons[i] == "comments"
        may_be_list = block.n_words <= MAX_HEADING and n_read >= MIN_READ_BEFORE_TEASERS * n_all
        is_ranked = _RANKED.match(block.text) is not None
        is_list = may_be_list and _is_list(blocks[i + 1 :], reasons[i + 1 :], is_ranked)
        for j in range(i + 1, len(blocks)):
            below = blocks[j]
            is_finished = below.n_words > 12 and (below.is_terminated or ends_in_glue(below))
            if is_finished and not (is_comments or is_list):
                break
            if reasons[j] is None:
                labels[j] = "comments" if is_comments else "navigation"
    return labels


def _is_list(blocks: Sequence[Block], reasons: Sequence[str | None], is_ranked: bool) -> bool:
    """Tell whether all that follows are teasers: short, nobody speaks, half of them at least are titles."""
    left = [b for b, reason in zip(blocks, reasons, strict=True) if reason is None]
    n_titles = sum(not b.is_terminated for b in left)
    is_short = all(b.n_words <= MAX_TEASER and not _SPOKEN.search(b.text) for b in left)
    return is_short and len(left) > 1 and (n_titles * 2 >= len(left) or is_ranked)


def about_the_writer(blocks: Sequence[Block], reasons: Sequence[str | None]) -> Labels:
    """Label the last paragraphs that present the writer."""
    body = [i for i, reason in enumerate(reasons) if reason is None]
    labels: Labels = {}
    for i in reversed(body[1:][-N_LAST:]):
        others = "\n".join(blocks[j].text for j in body if j != i and j not in labels)
        if not is_bio(blocks[i].text, blocks[i].n_words, others):
            continue
        labels[i] = "byline"
    return labels
