"""Cleaning: which characters of a page the reader keeps, against pages whose every character is known.

The pages are synthetic: the paragraphs of news articles that no model was trained on, with lines of a page's
frame set above, between and below them. What is a paragraph must be kept, what is a line of the frame must be
left out. The lines were written for this measure, apart from the reader's own expressions; real pages hold
frames that nobody thought of, so the figures are an upper bound.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from summarize.config import ReadConfig
from summarize.evaluation.bench import Bench
from summarize.evaluation.material import ARTICLES
from summarize.evaluation.report import Figure, Result, Target, share
from summarize.reading import read
from summarize.training.corpus import TEST_SHARE, sentences_of
from summarize.training.data import is_test, read_jsonl
from summarize.training.examples import is_good_sentence

N_PAGES = 200
PARAGRAPHS = range(4, 12)  # of a page
SENTENCES = range(1, 4)  # of a paragraph
TARGET = Target("≥", 95.0)  # percent
# By kind; each page draws some of them. {person} and {n} are filled in.
ABOVE: dict[str, tuple[str, ...]] = {
    "menu": ("Home | World | Politics | Business | Sport", "Skip to main content", "Menu\nSearch\nSign in"),
    "byline": ("By {person}", "By {person}, staff writer", "{person} | Washington bureau"),
    "date": (
        "March {n}, 2019 at 10:42 a.m. EST",
        "Published {n} May 2018",
        "Updated 4:{n} PM ET, Tue June 5, 2018",
    ),
    "share": ("Share this article", "Facebook Twitter Email", "Print\nEmail\nShare", "{n} comments"),
}
BETWEEN: dict[str, tuple[str, ...]] = {
    "caption": (
        "Image copyright Getty Images",
        "{person} in a file photo. (AP Photo/{person})",
        "Photo: {person}/Reuters",
        "The old square in the morning light. Photograph: {person}/Getty",
    ),
    "related": (
        "Read more: What we know so far",
        "RELATED: Five things to watch this week",
        "Also read | The week in pictures",
        "See also: How the vote works",
    ),
    "advert": ("Advertisement", "Story continues below advertisement", "Sponsored content"),
    "newsletter": (
        "Sign up for our newsletter",
        "Get the day's top stories in your inbox every morning.",
        "Subscribe to The Morning Post for full access",
        "Like this story? There are more of them in our weekly letter, which is free.",
    ),
}
BELOW: dict[str, tuple[str, ...]] = {
    "about": (
        "{person} is a reporter who covers health care and the courts for the Daily Courier.",
        "{person} contributed to this report.",
        "Reporting by {person}; editing by {person}",
    ),
    "support": (
        "Our reporting is free to read because readers pay for it. Please consider a gift.",
        "Help us keep our journalism open to everyone for as little as $1.",
    ),
    "notice": (
        "© 2019 The Morning Post. All rights reserved.",
        "This material may not be published, broadcast, rewritten or redistributed.",
        "Terms of use\nPrivacy policy\nCookie settings",
    ),
    "contact": ("Follow {person} on Twitter @writer{n}", "Got a tip? Write to tips@example.com"),
    "more": ("Most read", "More from this section", "Recommended for you", "Trending now"),
    "comments": ("View all {n} comments", "Comments are closed", "Join the conversation"),
}
_PEOPLE = ("Ann Carver", "Tom Delaney", "Maria Lund", "Peter Osei", "Joan Whitfield")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of lines of a page: news, or a kind of its frame."""

    text: str
    kind: str = "news"


@dataclass(frozen=True, slots=True)
class Page:
    """The pieces of a page, which are set apart by blank lines."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The page as it lies in a file."""
        return "\n\n".join(p.text for p in self.pieces) + "\n"

    def kinds(self) -> list[str]:
        """Return the kind of every character; "" for white space."""
        made: list[str] = []
        for piece in self.pieces:
            made += ["" if c.isspace() else piece.kind for c in piece.text] + ["", ""]
        return made[:-1]


def measure(bench: Bench) -> tuple[Result, ...]:
    """Compose pages, read them, and count characters."""
    tokenizer, rng = bench.models().splitter, random.Random(bench.seed)
    texts = [r["text"] for n, r in enumerate(read_jsonl(bench.file(ARTICLES))) if is_test(n, TEST_SHARE)]
    rng.shuffle(texts)
    pages: list[Page] = []
    for text in texts:
        sentences = [s for s in dict.fromkeys(sentences_of(text, tokenizer)) if is_good_sentence(s)]
        if len(sentences) >= PARAGRAPHS.start * SENTENCES.stop:
            pages.append(compose(sentences, rng))
        if len(pages) == (bench.limit or N_PAGES):
            break
    kept = [kept_of(page) for page in pages]
    settings = bench.settings("cleaning", f"{ARTICLES}+synthetic frames", N_PAGES)
    return (Result("Cleaning (synthetic pages)", settings, figures(pages, kept), _cases(pages, kept)),)


def compose(sentences: Sequence[str], rng: random.Random) -> Page:
    """Set paragraphs of news into a frame."""
    left = iter(sentences)
    lengths = rng.choices(SENTENCES, k=rng.choice(PARAGRAPHS))
    news = [Piece(text) for n in lengths if (text := " ".join(islice(left, n)))]
    above, between, below = (_drawn(lines, rng) for lines in (ABOVE, BETWEEN, BELOW))
    for piece in between:
        news.insert(rng.randrange(1, len(news)), piece)
    return Page((*above, *news, *below))


def _drawn(lines: dict[str, tuple[str, ...]], rng: random.Random) -> list[Piece]:
    """Draw a line of each kind, three times out of four."""
    drawn = [(kind, rng.choice(own)) for kind, own in lines.items() if rng.random() < 0.75]
    return [Piece(t.format(person=rng.choice(_PEOPLE), n=rng.randrange(10, 28)), k) for k, t in drawn]


def kept_of(page: Page) -> list[bool]:
    """Read a page as the only file of a folder, and tell of every character whether it was kept."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "page.txt").write_text(page.text, encoding="utf-8", newline="")
        reading = read(Path(name), ReadConfig())
    kept = [False] * len(page.text)
    for article in reading.articles:
        for span in article.body:
            kept[span.start : span.end] = [True] * (span.end - span.start)
    return kept


def figures(pages: Sequence[Page], kept: Sequence[Sequence[bool]]) -> tuple[Figure, ...]:
    """Count the characters that are no white space."""
    of_kind: dict[str, list[bool]] = {}
    for page, own in zip(pages, kept, strict=True):
        for kind, is_kept in zip(page.kinds(), own, strict=True):
            of_kind.setdefault(kind, []).append(is_kept)
    of_kind.pop("", None)
    n_kept = sum(sum(own) for own in of_kind.values())
    news = of_kind.get("news", [])
    frame = [k for kind, own in of_kind.items() if kind != "news" for k in own]
    return (
        Figure("pages", len(pages), len(pages)),
        Figure("kept characters that are news (precision)", share(sum(news), n_kept), n_kept, "%", TARGET),
        Figure("news characters that are kept (recall)", share(sum(news), len(news)), len(news), "%", TARGET),
        Figure("frame characters left out", share(frame.count(False), len(frame)), len(frame), "%"),
        *(
            Figure(f"left out: {kind}", share(own.count(False), len(own)), len(own), "%")
            for kind, own in sorted(of_kind.items())
            if kind != "news"
        ),
    )


def _cases(pages: Sequence[Page], kept: Sequence[Sequence[bool]]) -> tuple[str, ...]:
    """Return the pieces that were not treated as they should be."""
    found: list[str] = []
    for page, own in zip(pages, kept, strict=True):
        at = 0
        for piece in page.pieces:
            n = sum(own[at : at + len(piece.text)])
            if (piece.kind == "news") != (2 * n > len(piece.text)):
                found.append(f"{piece.kind}, {'kept' if n else 'left out'}: {piece.text}\n")
            at += len(piece.text) + 2
    return tuple(found)
