"""Metadata: what the reader finds of title, outlet, author and day, against articles of which all is known.

News articles are written out as files in the styles in which newsrooms, scrapers and people save them, and
each style is read as a folder of its own. What a file states must be found; what it does not state must not
be invented: a wrong value is worse than none. The styles were written for this measure, apart from the
reader's expressions; the authors are invented.
"""

from __future__ import annotations

import json
import random
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from summarize.evaluation.bench import Bench
from summarize.evaluation.material import ARTICLES
from summarize.evaluation.report import Figure, Result, Target, share
from summarize.reading import read
from summarize.training.data import read_jsonl
from summarize.types import Article

N_ARTICLES = 300
MIN_WORDS = 80
FIELDS = ("title", "publisher", "author", "published")
MAX_WRONG = Target("≤", 1.0)  # percent
_FIRST = ("Ann", "Tom", "María", "Peter", "Joan", "Kwame", "Li", "Søren", "Fatima", "J. P.")
_LAST = (
    "Carver",
    "Delaney",
    "Lund-Hansen",
    "Osei",
    "Whitfield",
    "O'Neill",
    "de la Cruz",
    "McRae",
    "Kim",
    "Müller",
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is true of an article."""

    title: str
    publisher: str
    author: str
    day: date
    text: str

    @property
    def published(self) -> str:
        """The day in ISO 8601."""
        return self.day.isoformat()

    @property
    def in_words(self) -> str:
        """The day as American papers write it."""
        return f"{self.day:%B} {self.day.day}, {self.day.year}"


@dataclass(frozen=True, slots=True)
class Style:
    """How an article is saved; ``states`` are the fields that can be found then."""

    write: Callable[[Known], str]
    states: tuple[str, ...] = FIELDS
    name: Callable[[Known], str] = lambda known: "article"


def _slug(known: Known) -> str:
    return f"{known.day:%Y%m%d}-" + "-".join(re.findall(r"[a-z]+", known.title.lower())[:6])


_NO_AUTHOR = ("title", "publisher", "published")
STYLES: Mapping[str, Style] = {
    "front matter": Style(
        lambda k: (
            f"---\ntitle: {json.dumps(k.title)}\nsource: {json.dumps(k.publisher)}\n"
            f"author: {json.dumps(k.author)}\ndate: {k.published}\n---\n\n{k.text}"
        )
    ),
    "front matter, loose": Style(
        lambda k: (
            f"---\ntitle: {k.title}\nsite: {k.publisher}\nauthors:\n  - {k.author}\n"
            f"published: {k.published}T23:30:00-05:00\n---\n{k.text}"
        )
    ),
    "title, source, date": Style(
        lambda k: f"{k.title}\n{k.publisher}\n{k.published}\n\n{k.text}", _NO_AUTHOR
    ),
    "source, title, date in words": Style(
        lambda k: f"{k.publisher}\n{k.title}\n{k.in_words}\n\n{k.text}", _NO_AUTHOR
    ),
    "date, source, title": Style(
        lambda k: f"{k.published}\n{k.publisher}\n{k.title}\n\n{k.text}", _NO_AUTHOR
    ),
    "title, byline, source, date": Style(
        lambda k: f"{k.title}\n\nBy {k.author}\n\n{k.publisher}\n\n{k.day:%d %b %Y}, 14:05 GMT\n\n{k.text}"
    ),
    "title, byline with source, weekday": Style(
        lambda k: f"{k.title}\nBy {k.author}, {k.publisher}\n{k.day:%A}, {k.in_words}\n\n{k.text}"
    ),
    "title, source | date": Style(
        lambda k: f"{k.title}\n{k.publisher} | {k.in_words}\n\n{k.text}", _NO_AUTHOR
    ),
    "Markdown, source and date in italics": Style(
        lambda k: f"# {k.title}\n\n*{k.publisher}, {k.in_words}*\n\n{k.text}", _NO_AUTHOR
    ),
    "labelled": Style(
        lambda k: (
            f"Title: {k.title}\nSource: {k.publisher}\nAuthor: {k.author}\nDate: {k.day:%m/%d/%Y}\n\n{k.text}"
        )
    ),
    "labelled, German": Style(
        lambda k: f"Titel: {k.title}\nQuelle: {k.publisher}\nDatum: {k.day:%d.%m.%Y}\n\n{k.text}", _NO_AUTHOR
    ),
    "title, source": Style(lambda k: f"{k.title}\n{k.publisher}\n\n{k.text}", ("title", "publisher")),
    "title, date": Style(lambda k: f"{k.title}\nPublished: {k.in_words}\n\n{k.text}", ("title", "published")),
    "title": Style(lambda k: f"{k.title}\n\n{k.text}", ("title",)),
    "text alone, date in the name": Style(lambda k: k.text, ("published",), _slug),
    "text alone": Style(lambda k: k.text, ()),
}


def measure(bench: Bench) -> tuple[Result, ...]:
    """Write articles out in each style, read them, and count what was found of each field."""
    sample = bench.sample(_known(bench), N_ARTICLES)
    counts: dict[tuple[str, str], Counter[str]] = {}
    cases: list[str] = []
    for done, (name, style) in enumerate(STYLES.items()):
        bench.report("metadata", done, len(STYLES))
        for known, article in zip(sample, _read(sample, style), strict=True):
            for field in FIELDS:
                found = found_of(article, field)
                verdict = judge(known, field, found)
                counts.setdefault((name, field), Counter())[verdict] += 1
                if verdict == "wrong":
                    cases.append(f"{name}, {field}: {found!r} for {getattr(known, field)!r}\n")
    settings = bench.settings("metadata", f"{ARTICLES} in {len(STYLES)} styles", N_ARTICLES)
    return (Result("Metadata of text files", settings, figures(counts), tuple(cases)),)


def figures(counts: Mapping[tuple[str, str], Counter[str]]) -> tuple[Figure, ...]:
    """Sum up by field, over the styles that state it and those that don't, and by style."""
    made: list[Figure] = []
    for field in FIELDS:
        for is_stated in (True, False):
            chosen = [
                c for (name, f), c in counts.items() if f == field and (f in STYLES[name].states) == is_stated
            ]
            total = sum(chosen, Counter[str]())
            label = field if is_stated else f"{field}, not stated"
            for verdict in ("right", "wrong", "unknown"):
                target = MAX_WRONG if is_stated and verdict == "wrong" else None
                made.append(
                    Figure(
                        f"{label}: {verdict}",
                        share(total[verdict], total.total()),
                        total.total(),
                        "%",
                        target,
                    )
                )
    for (name, field), own in counts.items():
        if field in STYLES[name].states:
            made.append(Figure(f"{name}: {field} right", share(own["right"], own.total()), own.total(), "%"))
    return tuple(made)


def judge(known: Known, field: str, found: str | None) -> str:
    """Return right, wrong or unknown."""
    if found is None:
        return "unknown"
    truth = getattr(known, field)
    if field == "publisher":
        return "right" if _core(found) == _core(truth) else "wrong"
    return "right" if " ".join(found.split()) == " ".join(truth.split()) else "wrong"


def _core(publisher: str) -> frozenset[str]:
    """Return what tells an outlet from others: "The Washington Times, LLC" is "Washington Times"."""
    words = re.findall(r"\w+", publisher.casefold())
    aside = {"the", "online", "news", "web", "llc", "inc", "com", "www", "editorial", "opinion"}
    return frozenset(w for w in words if w not in aside) or frozenset(words)


def found_of(article: Article | None, field: str) -> str | None:
    """Return what was found of a field; of the time of publication the day."""
    if article is None:
        return None
    if field == "published":
        return article.published.isoformat() if article.published else None
    noted = getattr(article.metadata, field)
    return noted.value if noted else None


def _known(bench: Bench) -> list[Known]:
    rng = random.Random(bench.seed)
    made = []
    for row in read_jsonl(bench.file(ARTICLES)):
        try:
            day = date.fromisoformat(row["date"])
        except ValueError:
            continue
        if len(row["text"].split()) >= MIN_WORDS:
            author = f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"
            made.append(
                Known(row["title"].strip(), row["source"].strip(), author, day, row["text"].strip() + "\n")
            )
    return made


def _read(sample: list[Known], style: Style) -> list[Article | None]:
    """Write a folder of articles in a style and read it; None for those that can't be used."""
    with tempfile.TemporaryDirectory() as name:
        paths = [f"{n:04}/{style.name(known)}.txt" for n, known in enumerate(sample)]
        for path, known in zip(paths, sample, strict=True):
            (Path(name) / path).parent.mkdir()
            (Path(name) / path).write_text(style.write(known), encoding="utf-8", newline="")
        articles = {a.path: a for a in read(Path(name)).articles}
    return [articles.get(path) for path in paths]
