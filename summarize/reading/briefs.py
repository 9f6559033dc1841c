"""Tell what this program wrote itself, so that no brief reports its own sentences as news.

Contract: goes by the first line of a Markdown brief, and by the names that the texts of its sources have in
their folder. What only looks alike is an article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

REASON = "a brief, not an article; keep briefs outside the folder of articles"
TEXTS_REASON = "the texts beside a brief, not articles; keep briefs outside the folder of articles"
TEXTS_SUFFIX = ".texts"  # of the folder with the texts of a brief's sources
TEXT_NAME = re.compile(r"\d{1,9}-[\w.-]{1,80}\.txt")  # of a text in it
_FIRST_LINE = re.compile(
    r"\ufeff?# (?:Brief · [\d,]+ articles?\b"
    r"|New since \d{1,2} [A-Z][a-z]+ \d{4}, \d\d:\d\d UTC · )"
)


def is_brief(text: str) -> bool:
    """Tell whether a text is a brief in Markdown, by its first line."""
    return _FIRST_LINE.match(text) is not None


def are_texts(folder: str, names: Iterable[str]) -> bool:
    """Tell whether a folder has the texts beside a brief: it is called so, and so is all that is in it.

    :param names: of what is in the folder; of an empty one it does not matter.
    """
    return folder.endswith(TEXTS_SUFFIX) and all(TEXT_NAME.fullmatch(name) for name in names)
