"""Ways from a page to its news, ours and others': each takes HTML and returns lines of text.

Ours is the whole reader, from a file in a folder to the articles' news. The others are measured as they come:
trafilatura (Barbaresi 2021, "Trafilatura: A Web Scraping Library and Command-Line Tool for Text Discovery and
Extraction") and jusText (Pomikálek 2011, "Removing Boilerplate and Duplicate Content from Web Corpora").
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from summarize.reading import read
from summarize.types import Article

Extractor = Callable[[str], str]
_LANGUAGE = re.compile(r"<html[^>]*\blang=[\"']?([a-z]{2})", re.IGNORECASE)
_STOPLISTS = {"de": "German", "es": "Spanish", "fr": "French"}  # anything else is English


def ours(html: str) -> str:
    """Read the page as the only file of a folder; the news of its article, nothing if there is none."""
    return "\n".join(article.news for article in read_alone("page.html", html))


def read_alone(name: str, content: str) -> tuple[Article, ...]:
    """Read a file as the only one of its folder."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_text(content, encoding="utf-8", newline="")
        return read(Path(folder)).articles


def peers() -> dict[str, Extractor]:
    """Return the other extractors by name.

    Trafilatura keeps readers' comments unless told otherwise, which are never news; so it is also measured
    without them, and its two other settings only without.
    """
    from trafilatura import extract

    return {
        "trafilatura": lambda html: extract(html) or "",
        "trafilatura, no comments": lambda html: extract(html, include_comments=False) or "",
        "trafilatura, favor_precision": lambda html: (
            extract(html, include_comments=False, favor_precision=True) or ""
        ),
        "trafilatura, favor_recall": lambda html: (
            extract(html, include_comments=False, favor_recall=True) or ""
        ),
        "jusText": _justext,
    }


def _justext(html: str) -> str:
    import justext

    found = _LANGUAGE.search(html)
    stoplist = justext.get_stoplist(_STOPLISTS.get(found.group(1).lower() if found else "", "English"))
    return "\n".join(p.text for p in justext.justext(html, stoplist) if not p.is_boilerplate)
