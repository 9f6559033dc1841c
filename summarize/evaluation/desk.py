"""The desk: folders that hold many stories, as a newsroom's do, and how one brief shares its room among them.

Every folder mixes events that three outlets reported each (AllSides roundups, NeuS, Lee et al. 2022) with
single articles on other events. What is told of each event is compared with its own roundup, and is empty
where the brief is silent about it: a brief that tells one story at length and leaves out five scores low.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from summarize.errors import SummarizeError
from summarize.evaluation import scores
from summarize.evaluation.bench import Bench
from summarize.evaluation.datasets import ALLSIDES, Cluster, Dataset, load
from summarize.evaluation.references import briefs_of
from summarize.evaluation.report import Figure, Result, share
from summarize.types import Brief

EVENTS, SINGLE = 8, 8  # of a folder: events of three outlets, and articles on other events
WORDS = 400  # of its brief
N_FOLDERS = 12
TOLD, OF_EVENT = "events of three outlets that are told", "of an event"  # names of figures


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder of many stories: the event of each of its files, and the roundup of each event.

    Events without a roundup are those of a single article.
    """

    folder: Cluster
    event_of: tuple[int, ...]
    roundups: tuple[str, ...]


def measure(bench: Bench) -> tuple[Result, ...]:
    """Write one brief for each folder, and look at what it tells of each of its events."""
    paths = bench.datasets or (bench.file(ALLSIDES),)
    return tuple(measured(bench, load(path)) for path in paths)


def measured(bench: Bench, dataset: Dataset) -> Result:
    """Measure the folders made of one dataset."""
    desks = desks_of(dataset.clusters, bench.limit or N_FOLDERS, bench.seed)
    if not desks:
        raise SummarizeError(
            f"{dataset.name}: {len(dataset.clusters)} clusters are too few; a folder mixes {EVENTS + SINGLE}"
        )
    words = bench.words or WORDS
    briefs = briefs_of(bench, tuple(d.folder for d in desks), words)
    settings = bench.settings(
        "desk",
        dataset.name,
        N_FOLDERS,
        folder=f"{EVENTS} events and {SINGLE} single articles",
        **bench.of_briefs(words),
        rouge=scores.signature(),
        bootstrap=scores.bootstrap_signature(),
    )
    cases = tuple(_case(d, b) for d, b in zip(desks, briefs, strict=True))
    return Result(f"Desk: {dataset.name}", settings, figures(desks, briefs), cases)


def desks_of(clusters: Sequence[Cluster], n_folders: int, seed: int) -> tuple[Desk, ...]:
    """Mix clusters at random; each of them is used once, as an event or for a single article.

    :return: as many folders as the clusters suffice for, at most ``n_folders``.
    """
    order = list(clusters)
    rng = random.Random(seed)
    rng.shuffle(order)
    each = EVENTS + SINGLE
    return tuple(
        _mixed(order[i : i + each], n, rng)
        for n, i in enumerate(range(0, min(len(order) // each, n_folders) * each, each), start=1)
    )


def _mixed(own: list[Cluster], number: int, rng: random.Random) -> Desk:
    events, others = own[:EVENTS], own[EVENTS:]
    files = [(n, text) for n, cluster in enumerate(events) for text in cluster.articles]
    files += [(n, rng.choice(cluster.articles)) for n, cluster in enumerate(others, start=len(events))]
    rng.shuffle(files)
    roundups = tuple(c.reference for c in events)
    folder = Cluster(f"desk {number}", tuple(text for _, text in files), "\n".join(roundups))
    return Desk(folder, tuple(event for event, _ in files), roundups)


def told_of(desk: Desk, brief: Brief | None) -> dict[int, list[str]]:
    """Return the claims on each event, in the brief's order: those that cite its articles most."""
    told: dict[int, list[str]] = {}
    if brief is None:
        return told
    event = _event_by_source(desk, brief)
    for claim in (c for t in brief.topics for c in t.claims):
        cited = Counter(event[i] for i in claim.sources)
        told.setdefault(min(cited, key=lambda e: (-cited[e], e)), []).append(claim.text)
    return told


def _event_by_source(desk: Desk, brief: Brief) -> dict[int, int]:
    """Return the event of each source; its file is named by its place in the folder."""
    return {s.id: desk.event_of[int(s.path.removesuffix(".txt")) - 1] for s in brief.sources}


def figures(desks: Sequence[Desk], briefs: Sequence[Brief | None]) -> tuple[Figure, ...]:
    """Score what each brief tells of its events."""
    told = [told_of(d, b) for d, b in zip(desks, briefs, strict=True)]
    roundups = [r for d in desks for r in d.roundups]
    texts = [" ".join(own.get(n, ())) for d, own in zip(desks, told, strict=True) for n in range(EVENTS)]
    found = scores.rouge(roundups, texts, ("R-1", "R-2", "R-L"))
    n_told = sum(bool(t) for t in texts)
    lengths = [len(t.split()) for t in texts if t]
    aside = [len(c.split()) for own in told for n, cs in own.items() if n >= EVENTS for c in cs]
    n_words = sum(lengths) + sum(aside)
    n_topics = sum(len(b.topics) for b in briefs if b)
    mixed = sum(
        len({events[i] for c in topic.claims for i in c.sources}) > 1
        for desk, b in zip(desks, briefs, strict=True)
        if b and (events := _event_by_source(desk, b))
        for topic in b.topics
    )
    return (
        Figure(TOLD, share(n_told, len(texts)), len(texts), "%"),
        *(
            Figure(f"{m} {OF_EVENT}", float(v.mean()), len(v), "points", interval=scores.interval(v))
            for m, v in found.items()
        ),
        Figure(
            "words on an event that is told, mean", float(np.mean(lengths or [0])), len(lengths), "points"
        ),
        Figure("words on single articles", share(sum(aside), n_words), n_words, "%"),
        Figure("topics that cite two events", share(mixed, n_topics), n_topics, "%"),
    )


def _case(desk: Desk, brief: Brief | None) -> str:
    lines = [desk.folder.name]
    for topic in brief.topics if brief else ():
        lines += [f"  {topic.heading}", *(f"    {c.text}" for c in topic.claims)]
    told = told_of(desk, brief)
    lines += [f"  not told: {r}" for n, r in enumerate(desk.roundups) if n not in told]
    return "\n".join(lines) + "\n"
