"""Properties: what a document's own fields say of its title and author, where its text bears it out.

Such fields are filled by programs and templates ("Microsoft Word - release_v3.doc", the account's name), so
they count only if the text says the same. The date on which a file was made says nothing of publication.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.types import Noted

N_TITLE_PARAGRAPHS = 8  # from the top, among which a title stands
MAX_WORDS = 40
BORNE_OUT = 0.6  # share of the title's words that the first paragraphs have
_WORD = re.compile(r"\w+")
_PROGRAM = re.compile(
    r"^(?:microsoft (?:word|powerpoint|office)|untitled|unbenannt|document\d*|dokument\d*|slide \d+)\b"
    r"|\.\w{2,5}$",
    re.I,
)


def noted(value: str | None, where: str) -> Noted | None:
    """Return a value with its place; None if there is none."""
    return Noted(value, where) if value else None


def stated_title(stated: str | None, paragraphs: Sequence[str]) -> str | None:
    """Return the title that a document's field states, if its first paragraphs bear it out.

    :return: as it stands in the text, if it is a paragraph there.
    """
    title = " ".join((stated or "").split())
    words = _WORD.findall(title.casefold())
    if not 2 <= len(words) <= MAX_WORDS or _PROGRAM.search(title):
        return None
    first = paragraphs[:N_TITLE_PARAGRAPHS]
    for paragraph in first:
        if _WORD.findall(paragraph.casefold()) == words:
            return paragraph
    there = set(_WORD.findall(" ".join(first).casefold()))
    return title if sum(w in there for w in words) >= BORNE_OUT * len(words) else None


def stated_author(stated: str | None, paragraphs: Sequence[str]) -> str | None:
    """Return the author that a document's field states, if he is named in its text by at least two words."""
    author = " ".join((stated or "").split())
    if not 2 <= len(author.split()) <= 6 or len(author) > 80:
        return None
    named = re.compile(rf"(?<!\w){re.escape(author)}(?!\w)", re.I)
    return author if any(named.search(p) for p in paragraphs) else None


def without_title(paragraphs: Sequence[str], title: str | None) -> list[str]:
    """Leave out of the first paragraphs what is the title."""
    first, rest = paragraphs[:N_TITLE_PARAGRAPHS], paragraphs[N_TITLE_PARAGRAPHS:]
    return [p for p in first if p != title] + list(rest)
