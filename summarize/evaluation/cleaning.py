"""Cleaning: which characters of labelled pages and texts the reader keeps.

Recall is how much of the news is kept, precision how much of what is kept is news. Characters are counted
without white space; those of the neutral class count for neither. Pages and texts are read one at a time,
each as the only file of a folder, so that nothing is learnt from others of the same outlet. The labelled set
and its split are described in ``benchmarks/pages/README.md``; the pages are in the repository, the texts are
looked up in the research data and left out where that is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from summarize.evaluation import labelled
from summarize.evaluation.alignment import aligned, words_of
from summarize.evaluation.bench import Bench
from summarize.evaluation.extractors import Extractor, ours, peers, read_alone
from summarize.evaluation.labelled import FURNITURE, NEWS, Page, PartName, Text
from summarize.evaluation.material import ARTICLES
from summarize.evaluation.report import Figure, Result, Target, share

TARGET = Target("≥", 97.0)  # percent, of precision and of recall on the test part
STRANGE = f"{FURNITURE}not in the page"  # what an extractor returned and no reader of the page sees
N_WORST = 12


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one page or text: characters by class, in all and kept, and the wrong pieces."""

    name: str
    total: Mapping[str, int]
    kept: Mapping[str, int]
    wrong: tuple[str, ...] = ()

    @property
    def n_news(self) -> int:
        """Characters of news."""
        return self.total.get(NEWS, 0)

    @property
    def n_right(self) -> int:
        """Characters of news that were kept."""
        return self.kept.get(NEWS, 0)

    @property
    def n_kept(self) -> int:
        """Characters that were kept, without neutral ones."""
        return self.n_right + sum(n for kind, n in self.kept.items() if kind.startswith(FURNITURE))

    @property
    def precision(self) -> float:
        """Percent of what was kept; 0 if nothing was."""
        return share(self.n_right, self.n_kept)

    @property
    def recall(self) -> float:
        """Percent of the news."""
        return share(self.n_right, self.n_news)

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return _f1(self.precision, self.recall)


def measure(bench: Bench) -> tuple[Result, ...]:
    """Read every labelled page and text; the test part first, then development, each with the peers."""
    return tuple(result for part in reversed(labelled.PARTS) for result in _of_part(bench, part))


def _of_part(bench: Bench, part: PartName) -> tuple[Result, ...]:
    pages = bench.sample(labelled.pages(part), None)
    texts = bench.sample(_texts(bench, part), None)
    target = TARGET if part == "test" else None
    of_pages = outcomes(pages, ours, bench)
    of_texts = [of_text(text) for text in texts]
    data = (
        f"{len(pages)} pages+{len(texts)} texts" if texts else f"{len(pages)} pages, no texts without --data"
    )
    settings = bench.settings("cleaning", f"{part}, {data}", None)
    groups = {"pages and texts": [*of_pages, *of_texts], "pages": of_pages, "texts": of_texts}
    figures = [f for name, own in groups.items() for f in figures_of(name, own, target)]
    figures += kept_by_kind(groups["pages and texts"])
    compared = {"ours": of_pages, **{name: outcomes(pages, e, bench) for name, e in peers().items()}}
    beside = [f for name, own in compared.items() for f in figures_of(name, own, None)]
    return (
        Result(f"Cleaning, {part}", settings, tuple(figures), worst(groups["pages and texts"], part)),
        Result(f"Extraction of pages beside others, {part}", settings, tuple(beside)),
    )


def _texts(bench: Bench, part: PartName) -> tuple[Text, ...]:
    """Return the labelled texts, none if no research data was given."""
    is_given = bench.data != Path() or (bench.data / ARTICLES).is_file()
    return labelled.texts(part, bench.file(ARTICLES)) if is_given else ()


def outcomes(pages: Sequence[Page], extract: Extractor, bench: Bench) -> list[Outcome]:
    """Extract from every page and compare with its labels."""
    found: list[Outcome] = []
    for n, page in enumerate(pages):
        bench.report("cleaning", n, len(pages))
        found.append(of_page(page, extract(page.html)))
    return found


def of_page(page: Page, extracted: str) -> Outcome:
    """Compare the text that was extracted from a page with its labels."""
    blocks = [words_of(block.text) for block in page.blocks]
    flags, n_strange = aligned(blocks, [words_of(line) for line in extracted.splitlines()])
    total, kept, wrong = {STRANGE: n_strange}, {STRANGE: n_strange}, []
    for block, words, own in zip(page.blocks, blocks, flags, strict=True):
        n_kept = sum(w.n_chars for w, is_kept in zip(words, own, strict=True) if is_kept)
        total[block.kind] = total.get(block.kind, 0) + sum(w.n_chars for w in words)
        kept[block.kind] = kept.get(block.kind, 0) + n_kept
        if (block.kind == NEWS and not all(own)) or (block.kind.startswith(FURNITURE) and any(own)):
            wrong.append(_piece(block.kind, sum(own), len(own), block.text))
    return Outcome(page.name, total, kept, tuple(wrong))


def of_text(text: Text) -> Outcome:
    """Read a text and compare, by offsets, what is kept with its labels."""
    kept = [False] * len(text.text)
    for article in read_alone("page.txt", text.text):
        for span in article.body:
            kept[span.start : span.end] = [True] * (span.end - span.start)
    return of_flags(text, kept)


def of_flags(text: Text, kept: Sequence[bool]) -> Outcome:
    """Count the characters of a text, given which were kept."""
    total: dict[str, int] = {}
    of_kind: dict[str, int] = {}
    for kind, is_kept in zip(text.kinds, kept, strict=True):
        if kind:
            total[kind] = total.get(kind, 0) + 1
            of_kind[kind] = of_kind.get(kind, 0) + is_kept
    return Outcome(text.name, total, of_kind, tuple(_wrong_runs(text, kept)))


def _wrong_runs(text: Text, kept: Sequence[bool]) -> list[str]:
    """Return the pieces of a text, one class and one line each, that were not treated as they should be."""
    found, start = [], 0
    for end in range(1, len(text.text) + 1):
        if end == len(text.text) or text.text[end] == "\n" or _changes(text, end):
            own = [k for kind, k in zip(text.kinds[start:end], kept[start:end], strict=True) if kind]
            kind = next((k for k in text.kinds[start:end] if k), "")
            if own and ((kind == NEWS and not all(own)) or (kind.startswith(FURNITURE) and any(own))):
                found.append(_piece(kind, sum(own), len(own), text.text[start:end].strip()))
            start = end
    return found


def _changes(text: Text, at: int) -> bool:
    """Tell whether another class begins at a character."""
    before = next((k for k in reversed(text.kinds[:at]) if k), "")
    return bool(text.kinds[at]) and text.kinds[at] != before


def _piece(kind: str, n_kept: int, n_all: int, text: str) -> str:
    return f"{kind}, kept {n_kept} of {n_all}: {text}"


def figures_of(name: str, own: Sequence[Outcome], target: Target | None) -> tuple[Figure, ...]:
    """Return precision, recall and F1 over all characters, and their means over pages and texts."""
    n_right, n_kept, n_news = (sum(values) for values in _counts(own))
    precision, recall = share(n_right, n_kept), share(n_right, n_news)
    means = [fmean(values) if own else 0.0 for values in _rates(own)]
    return (
        Figure(f"{name}: precision", precision, n_kept or n_news, "%", target),
        Figure(f"{name}: recall", recall, n_news, "%", target),
        Figure(f"{name}: F1", _f1(precision, recall), n_news, "%"),
        Figure(f"{name}: precision, mean", means[0], len(own), "%"),
        Figure(f"{name}: recall, mean", means[1], len(own), "%"),
    )


def _counts(own: Sequence[Outcome]) -> tuple[list[int], list[int], list[int]]:
    return [o.n_right for o in own], [o.n_kept for o in own], [o.n_news for o in own]


def _rates(own: Sequence[Outcome]) -> tuple[list[float], list[float]]:
    return [o.precision for o in own], [o.recall for o in own]


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def kept_by_kind(own: Sequence[Outcome]) -> list[Figure]:
    """Return of each kind of furniture, and of what is neutral, how much was kept."""
    kinds = sorted({kind for o in own for kind in o.total} - {NEWS})
    counts = [(k, sum(o.kept.get(k, 0) for o in own), sum(o.total.get(k, 0) for o in own)) for k in kinds]
    return [
        Figure(f"kept of {kind.removeprefix(FURNITURE)}", share(n_kept, n), n, "%")
        for kind, n_kept, n in counts
        if n
    ]


def worst(own: Sequence[Outcome], part: PartName) -> tuple[str, ...]:
    """List the pages and texts with the lowest F1, one case each.

    Of the test part only the figures: whoever mends a rule must not see what it fails on there.
    """
    listed = sorted(own, key=lambda o: (o.f1, o.name))[:N_WORST]
    shown = {
        o.name: "".join(f"  {piece}\n" for piece in o.wrong) if part == "development" else "" for o in listed
    }
    return tuple(
        f"{part}, {o.name}: precision {o.precision:.1f} %, recall {o.recall:.1f} %\n{shown[o.name]}"
        for o in listed
    )
