"""Load clusters of articles with a reference: the research sets, and pairs of a user's own.

A file is told by the fields of its first record. Multi-News (Fabbri et al. 2019) comes as LongBench has it
(Bai et al. 2024), the AllSides roundups as NeuS has them (Lee et al. 2022). Knows nothing of scores.
"""

from __future__ import annotations

import json
import lzma
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarize.config import ReadConfig
from summarize.errors import SummarizeError
from summarize.reading import Reader, Reading, read
from summarize.reading.decoding import load as load_text
from summarize.reading.discovery import find_files

MULTI_NEWS = "clusters/multi_news_longbench.jsonl.xz"
ALLSIDES = "clusters/allsides_roundup_val.jsonl.xz"
REFERENCE = "reference.md"
MULTI_NEWS_WORDS = 264  # what the systems of the published tables are cut at
ALLSIDES_WORDS = 67  # the mean length of a roundup


@dataclass(frozen=True, slots=True)
class Cluster:
    """What different outlets wrote on one event, the texts of files, and what a person made of them.

    ``number`` is that of a cluster which the ranker learned from: the fold that did not see it ranks it.
    """

    name: str
    articles: tuple[str, ...]
    reference: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Dataset:
    """A named set of clusters; ``words`` is the length that a summary of any of them may have."""

    name: str
    words: int
    clusters: tuple[Cluster, ...]


def load(path: Path) -> Dataset:
    """Load a data file, or a folder of one's own articles with its ``reference.md``.

    :raises SummarizeError: if there is no such file, or it is of no known kind; says which kinds are known.
    """
    if path.is_dir():
        clusters = load_own(path)
        n_words = sum(len(c.reference.split()) for c in clusters)
        return Dataset(path.name, max(1, round(n_words / len(clusters))), clusters)
    records = list(_records(path))
    fields = set(records[0]) if records else set()
    for kind in _KINDS:
        if kind.fields <= fields:
            return Dataset(path.name, kind.words, tuple(_clusters(path, records, kind)))
    raise SummarizeError(
        f"{path}: not a known set of clusters; a record has the fields "
        + ", or ".join(" and ".join(sorted(k.fields)) for k in _KINDS)
        + f"; or give a folder of articles with a {REFERENCE}"
    )


def load_own(folder: Path) -> tuple[Cluster, ...]:
    """Load the articles of a folder and the reference in it or beside it, or a cluster of each subfolder.

    :raises SummarizeError: if there is no reference, no article, or one of them can't be read.
    """
    if (folder / REFERENCE).is_file():
        return (_own(folder, folder / REFERENCE),)
    pairs = [(p, p / REFERENCE) for p in sorted(folder.iterdir()) if p.is_dir() and (p / REFERENCE).is_file()]
    beside = folder.resolve().parent / REFERENCE
    if not pairs and beside.is_file():
        pairs = [(folder, beside)]
    if not pairs:
        raise SummarizeError(
            f"{folder}: no {REFERENCE} in it, in a subfolder or beside it; write what a brief should say"
        )
    return tuple(_own(own, reference) for own, reference in pairs)


def passages(context: str) -> list[str]:
    """Return the articles of a LongBench record: what follows each "Passage N:", with its line breaks."""
    parts = re.split(r"^Passage \d+:\n", context, flags=re.MULTILINE)
    texts = [p.replace("NEWLINE_CHAR", "\n") for p in parts]
    return [t.strip() for t in texts if t.strip()]


def roundup_article(title: str, lead: str, full_text: str | None) -> str:
    """Return an article of a roundup as a file: title, lead and full text, a blank line between them.

    Where the full text begins with the lead, white space aside, the lead is not said twice.
    """
    body = (full_text or "").strip()
    is_said = " ".join(body.split()).startswith(" ".join(lead.split()))
    parts = (title.strip(), "" if is_said else lead.strip(), body)
    return "\n\n".join(part for part in parts if part)


def read_cluster(cluster: Cluster, options: ReadConfig) -> Reading:
    """Read the articles of a cluster as if they lay in a folder, in their order."""
    with folder_of(cluster.articles) as folder:
        return read(folder, options)


@contextmanager
def folder_of(texts: tuple[str, ...] | list[str]) -> Iterator[Path]:
    """Yield a folder that holds the texts as files, as long as it is used."""
    with tempfile.TemporaryDirectory() as name:
        for n, text in enumerate(texts, start=1):
            (Path(name) / f"{n:03}.txt").write_text(text, encoding="utf-8", newline="")
        yield Path(name)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of data file: the fields that tell it, the length of its summaries, and how a record is read."""

    fields: frozenset[str]
    words: int
    read: Callable[[int, dict[str, Any]], Cluster]


def _multi_news(number: int, record: dict[str, Any]) -> Cluster:
    return Cluster(f"cluster {number}", tuple(passages(record["context"])), record["answers"][0], number)


def _roundup(number: int, record: dict[str, Any]) -> Cluster:
    docs = (roundup_article(d["title"], d["lead"], d["full_text"]) for d in record["docs"])
    return Cluster(record["id"], tuple(text for text in docs if text), record["roundup"])


_KINDS = (
    _Kind(frozenset({"context", "answers"}), MULTI_NEWS_WORDS, _multi_news),
    _Kind(frozenset({"id", "docs", "roundup"}), ALLSIDES_WORDS, _roundup),
)


def _clusters(path: Path, records: list[dict[str, Any]], kind: _Kind) -> Iterator[Cluster]:
    for number, record in enumerate(records):
        try:
            yield kind.read(number, record)
        except (KeyError, IndexError, TypeError, AttributeError) as error:
            raise SummarizeError(
                f"{path}: record {number + 1} is not like the others ({type(error).__name__}: {error})"
            ) from error


def _records(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with (
            lzma.open(path, "rt", encoding="utf-8")
            if path.suffix == ".xz"
            else path.open(encoding="utf-8") as lines
        ):
            for line in lines:
                yield dict(json.loads(line))
    except OSError as error:
        raise SummarizeError(f"{path}: can't be read ({error.strerror or error})") from error
    except (lzma.LZMAError, ValueError, TypeError) as error:
        raise SummarizeError(f"{path}: no JSON lines ({error})") from error


def _own(folder: Path, reference: Path) -> Cluster:
    options = ReadConfig()
    found, _ = find_files(folder, options)
    with Reader(options) as reader:
        read = [reader.extract(f.path, str(f.path)) for f in found if f.path.resolve() != reference.resolve()]
    texts = [e.text for extraction in read for e in extraction.articles]
    if not texts:
        raise SummarizeError(f"{folder}: no article ({', '.join(options.suffixes)})")
    return Cluster(folder.name, tuple(texts), load_text(reference, str(reference), options.max_bytes).text)
