"""Which documents report the same event: sets with a known answer, and measures of an answer.

The events are AllSides' (NeuS, Lee et al. 2022): what two or three outlets wrote on one. The fixed settings
of ``clustering`` were chosen on every second event, those with an even number; the others are held out.
"""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from pathlib import Path

from summarize.clustering import LEAD_SENTENCES, Portrait, portray
from summarize.errors import SummarizeError
from summarize.evaluation.bench import Bench
from summarize.evaluation.report import Figure
from summarize.language import content_stems
from summarize.reading import read
from summarize.segmentation import plain, segment
from summarize.training.data import read_jsonl
from summarize.types import Article

EVENTS = "events/allsides_events_train.jsonl.xz"
NEWS = "news/articles.jsonl.xz"
N_MIXED = 500  # documents of events, and as many unrelated ones
DAYS_APART = 10  # at least, between an unrelated article and the documents of any event
SHINGLE, COPIED = 5, 0.1  # words; share of an article's shingles from which it is a copy
MIN_WORDS = 150  # of an unrelated article
YEARS = range(2012, 2021)


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its title and the number of its event; an unrelated one has an event to itself."""

    event: int
    title: str
    text: str
    published: date | None = None
    topic: str = ""

    @property
    def whole(self) -> str:
        """What every system sees."""
        return f"{self.title.strip()}\n\n{self.text.strip()}"


@dataclass(frozen=True, slots=True)
class DocumentSet:
    """Documents to be grouped; ``rows`` are their places among all documents that were read."""

    name: str
    rows: tuple[int, ...]
    events: tuple[int, ...]


def read_events(path: Path, limit: int | None = None) -> list[Document]:
    """Read the documents of all events, or of the first ``limit``."""
    return [
        Document(number, d["title"], d["full_text"], _day(d["date"]))
        for number, record in enumerate(read_jsonl(path))
        if limit is None or number < limit
        for d in record["docs"]
    ]


def document_sets(bench: Bench) -> tuple[list[Document], tuple[DocumentSet, ...]]:
    """Return all documents and the sets among them: all events, the held-out ones, and these mixed."""
    documents = read_events(bench.file(EVENTS), bench.limit)
    held_out = [i for i, d in enumerate(documents) if d.event % 2]
    some = _whole_events(documents, held_out, N_MIXED, random.Random(bench.seed))
    unrelated = find_unrelated(
        (record for record in read_jsonl(bench.file(NEWS))),
        [documents[i] for i in some],
        documents,
        len(some),
        random.Random(bench.seed),
    )
    first = len(documents)
    documents += unrelated
    mixed = [*some, *range(first, len(documents))]
    named = {
        "all events": range(first),
        "held-out events": held_out,
        "held-out events and unrelated articles": mixed,
    }
    return documents, tuple(
        DocumentSet(name, tuple(rows), tuple(documents[i].event for i in rows))
        for name, rows in named.items()
    )


def find_unrelated(
    records: Iterator[dict[str, str]],
    among: Sequence[Document],
    events: Sequence[Document],
    n: int,
    rng: random.Random,
) -> list[Document]:
    """Draw articles that report none of the events, nor the same as each other; numbered below zero.

    Nothing that a system under test uses decides: an article is far in time from every document that it will
    be mixed with, no copy of any, and near in time to no other that has its topic or two words of its title.

    :param among: what they will be mixed with.
    :param events: all documents, whose titles and copies are left out.
    """
    days = {d.published.toordinal() for d in among if d.published}
    titles = {d.title.lower().strip() for d in events}
    shingles = set().union(*(_shingles(d.text) for d in events))
    drawn = list(records)
    rng.shuffle(drawn)
    found: list[Document] = []
    for record in drawn:
        if len(found) == n:
            break
        new = Document(
            -1 - len(found), record["title"], record["text"], _day(record["date"]), record["topic"]
        )
        if new.published is None or len(new.text.split()) < MIN_WORDS:
            continue
        at = new.published.toordinal()
        if new.title.lower().strip() in titles or any(abs(at - day) <= DAYS_APART for day in days):
            continue
        if any(_may_be_one(new, other) for other in found):
            continue
        own = _shingles(new.text)
        if len(own & shingles) > COPIED * len(own):
            continue
        found.append(new)
    return found


def portraits_of(bench: Bench, documents: Sequence[Document]) -> list[Portrait]:
    """Read, split and embed the documents as the pipeline does, each from a file of its own.

    :raises SummarizeError: if one of them can't be read.
    """
    models = bench.models()
    articles = _articles(documents)
    split = [segment(a, models.splitter) for a in articles]
    if len(articles) < len(documents) or not all(split):
        raise SummarizeError("clustering: documents without a sentence; the data is not what it should be")
    leads = [[plain(s.text) for s in own[:LEAD_SENTENCES]] for own in split]
    texts = [t for own in leads for t in own]
    vectors = models.embedder.embed([*texts, *(plain(a.title or "") for a in articles)])
    stops = list(accumulate(len(own) for own in leads))
    return [
        portray(article, own, vectors[stop - len(lead) : stop], title if article.title else None)
        for article, own, lead, stop, title in zip(
            articles, split, leads, stops, vectors[len(texts) :], strict=True
        )
    ]


def scores(events: Sequence[int], found: Sequence[int]) -> dict[str, float]:
    """Return ARI (Hubert & Arabie 1985), V-measure (Rosenberg & Hirschberg 2007) and B³, all times 100."""
    from sklearn.metrics import adjusted_rand_score, v_measure_score

    precision, recall = b_cubed(events, found)
    return {
        "ARI": 100 * float(adjusted_rand_score(events, found)),
        "V": 100 * float(v_measure_score(events, found)),
        "B³ precision": 100 * precision,
        "B³ recall": 100 * recall,
        "B³ F1": 100 * 2 * precision * recall / (precision + recall),
    }


def b_cubed(events: Sequence[int], found: Sequence[int]) -> tuple[float, float]:
    """Return B³ precision and recall (Bagga & Baldwin 1998), in (0, 1].

    Of each document: the share of its group that is of its event, and of its event that is in its group.
    """
    both = Counter(zip(events, found, strict=True))
    n_of_event, n_of_group = Counter(events), Counter(found)
    precision = sum(n * n / n_of_group[group] for (_, group), n in both.items())
    recall = sum(n * n / n_of_event[event] for (event, _), n in both.items())
    return precision / len(events), recall / len(events)


def score_figures(system: str, values: dict[str, float], n: int) -> tuple[Figure, ...]:
    """Return a row of scores: figures named "system: measure"."""
    return tuple(Figure(f"{system}: {name}", value, n, "points") for name, value in values.items())


def _articles(documents: Sequence[Document]) -> list[Article]:
    with tempfile.TemporaryDirectory() as name:
        for n, document in enumerate(documents):
            (Path(name) / f"{n:06}.txt").write_text(document.whole, encoding="utf-8")
        reading = read(Path(name))
    return sorted(reading.articles, key=lambda a: a.path)


def _whole_events(documents: Sequence[Document], rows: list[int], n: int, rng: random.Random) -> list[int]:
    """Draw whole events until their documents are ``n``, or as near below it as one gets."""
    own: dict[int, list[int]] = {}
    for row in rows:
        own.setdefault(documents[row].event, []).append(row)
    order = sorted(own)
    rng.shuffle(order)
    drawn: list[int] = []
    for event in order:
        if len(drawn) + len(own[event]) <= n:
            drawn += own[event]
    return sorted(drawn)


def _may_be_one(one: Document, other: Document) -> bool:
    if one.published is None or other.published is None:
        return True
    if abs((one.published - other.published).days) > DAYS_APART:
        return False
    return one.topic == other.topic or len(content_stems(one.title) & content_stems(other.title)) > 1


def _shingles(text: str) -> set[str]:
    words = text.lower().split()
    return {" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return day if day.year in YEARS else None
