"""Wire the stages: read → segment → embed → deduplicate → cluster → plan → write and check → compare.

Articles are worked on in the order of their content's hash, so that neither file names nor the order
of a list change what the brief says.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import numpy as np

import summarize
from summarize import clustering, composing, deduplication, disagreement, heading, mentions, planning
from summarize.companions import accompany
from summarize.config import Config
from summarize.errors import NothingToSummariseError
from summarize.loading import Models, load_models
from summarize.proposals import plain
from summarize.reading import Reading, ReadOptions, read
from summarize.segmentation import segment
from summarize.topic_writing import compose_topics
from summarize.types import Article, Brief, Briefing, Claim, Dropped, Embedder, Sentence, Signature, Stats
from summarize.weekdays import named_weekdays, resolve_weekdays

Progress = Callable[[str, int, int], None]  # stage, done, total
STAGES = ("read", "load", "segment", "embed", "deduplicate", "cluster", "plan", "write", "compare")


@dataclass(slots=True)
class Clock:
    """Measures the stages and reports their beginning."""

    progress: Progress
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self.progress(name, STAGES.index(name), len(STAGES))
        started = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - started


def summarize_folder(
    source: Path | list[Path], config: Config, *, created: datetime, progress: Progress = lambda *_: None
) -> Brief:
    """Read a folder (or a list of files) and write its brief.

    :param created: the time that the brief carries; timezone-aware.
    :raises NothingToSummariseError: if no article could be read; names what was wrong with each file.
    :raises SummarizeError: for a folder or a model that can't be used.
    """
    clock = Clock(progress)
    with clock.stage("read"):
        reading = read(source, ReadOptions(config.read.max_bytes, config.read.suffixes))
    if not reading.articles:
        raise NothingToSummariseError(_nothing_read(source, reading, config.read.suffixes))
    with clock.stage("load"):
        models = load_models(config)
    return brief_of(reading, models, config, created=created, clock=clock)


def brief_of(reading: Reading, models: Models, config: Config, *, created: datetime, clock: Clock) -> Brief:
    """Write the brief of articles that were read, with models that were loaded."""
    articles = {a.id: a for a in sorted(reading.articles, key=lambda a: (a.sha256, a.path))}
    with clock.stage("segment"):
        sentences = tuple(s for a in articles.values() for s in segment(a, models.splitter))
        profiles = tuple(deduplication.profile(s, articles[s.article]) for s in sentences)
    with clock.stage("embed"):
        vectors = models.embedder.embed([plain(s.text) for s in sentences])
    with clock.stage("deduplicate"):
        limits = deduplication.DeduplicateOptions(
            config.deduplicate.same_similarity, config.deduplicate.candidate_similarity
        )
        groups = deduplication.deduplicate(sentences, profiles, vectors, limits)
        facts = deduplication.as_facts(groups, sentences, profiles, vectors)
    profile_of = {(s.article, s.order): p for s, p in zip(sentences, profiles, strict=True)}
    vector_of = {(s.article, s.order): v for s, v in zip(sentences, vectors, strict=True)}
    with clock.stage("cluster"):
        story_of = _stories(articles, sentences, vectors, models.embedder, config.cluster.min_similarity)
    with clock.stage("plan"):
        fact_vectors = np.stack([clustering.fact_vector(f, vector_of) for f in facts]) if facts else vectors
        shared = planning.shared_stems(profile_of, articles, story_of)
        rated = planning.rate(facts, fact_vectors, profile_of, articles, story_of, shared)
        options = _plan_options(config)
        kept, dropped = planning.usable(rated, profile_of, options)
        topics = accompany(planning.plan(kept, options), sentences, rated)
        dropped += _not_planned(kept, topics)
    with clock.stage("write"):
        told = _by_story(sentences, story_of)
        briefings, unwritten = _write(topics, models, articles, shared, told, config)
        cited = {(e.source, e.start) for b in briefings for c in b.claims for e in c.evidence}
        dropped = tuple(d for d in (*dropped, *unwritten) if (d.source, d.start) not in cited)
    with clock.stage("compare"):
        if briefings:
            corpus = disagreement.corpus_of(facts, vector_of, articles, story_of)
            briefings = disagreement.with_disagreements(briefings, corpus)
    if not briefings:
        raise NothingToSummariseError(_nothing_said(reading, dropped))
    return Brief(
        created=created,
        signature=_signature(reading, models, config),
        sources=tuple(sorted(articles.values(), key=lambda a: a.id)),
        topics=briefings,
        dropped=tuple(
            sorted((*reading.dropped, *dropped), key=lambda d: (d.source, d.start, d.end, d.stage))
        ),
        failures=reading.failures,
        stats=_stats(articles, sentences, len(facts), briefings, clock),
    )


def _stories(
    articles: dict[int, Article],
    sentences: tuple[Sentence, ...],
    vectors: np.ndarray,
    embedder: Embedder,
    min_similarity: float,
) -> dict[int, int]:
    rows: dict[int, list[int]] = {}
    for index, sentence in enumerate(sentences):
        rows.setdefault(sentence.article, []).append(index)
    titled = [i for i in rows if articles[i].title]
    titles = embedder.embed([plain(articles[i].title or "") for i in titled])
    title_of = dict(zip(titled, titles, strict=True))
    portraits = [
        clustering.portray(articles[i], [sentences[r] for r in own], vectors[own], title_of.get(i))
        for i, own in rows.items()
    ]
    return dict(zip(rows, clustering.stories(portraits, min_similarity), strict=True))


def _by_story(sentences: tuple[Sentence, ...], story_of: dict[int, int]) -> dict[int, list[Sentence]]:
    found: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        found.setdefault(story_of[sentence.article], []).append(sentence)
    return found


def _plan_options(config: Config) -> planning.PlanOptions:
    return planning.PlanOptions(
        words=config.words,
        n_topics=config.topics,
        max_topics=config.cluster.max_topics,
        min_claim_words=config.plan.min_claim_words,
        max_claim_words=config.plan.max_claim_words,
    )


def _not_planned(
    rated: tuple[planning.Rated, ...], topics: tuple[planning.PlannedTopic, ...]
) -> tuple[Dropped, ...]:
    planned = {id(c.rated.fact) for t in topics for c in t.claims}
    return tuple(
        Dropped(s.article, s.start, s.end, "plan", "less important")
        for r in rated
        if id(r.fact) not in planned
        for s in r.fact.sentences
    )


def _write(
    topics: tuple[planning.PlannedTopic, ...],
    models: Models,
    articles: dict[int, Article],
    shared: dict[int, dict[str, float]],
    stories: dict[int, list[Sentence]],
    config: Config,
) -> tuple[tuple[Briefing, ...], tuple[Dropped, ...]]:
    """Write, check and trim all topics, then name them."""
    planned = tuple(c for t in topics for c in t.claims)
    if config.writer.unit == "topic":
        composed = compose_topics(
            topics, models.writer, models.checker, models.splitter, config.check.min_support
        )
    else:
        composed = composing.compose(planned, models.writer, models.checker, shared, config.check.min_support)
    kept, dropped = composing.fill(composed, round(config.words * (1 - mentions.ROOM)))
    by_rank = {c.planned.rank: c for c in kept}
    filled = [[by_rank[c.rank] for c in t.claims if c.rank in by_rank] for t in topics]
    filled = sorted((f for f in filled if f), key=_weight, reverse=True)
    headings = _headings(filled, models, articles)
    spare = config.words - sum(len(c.choice.text.split()) for own in filled for c in own if c.choice)
    worded = mentions.refer(filled, stories, models.checker, config.check.min_support, spare)
    origin_of = {a.id: a.origin for a in articles.values()}
    claims = _with_days([[composing.as_claim(c, origin_of) for c in own] for own in worded], articles)
    return tuple(
        Briefing(f"t{n}", name, tuple(own))
        for n, (name, own) in enumerate(zip(headings, claims, strict=True), start=1)
    ), dropped


def _weight(claims: list[composing.Composed]) -> float:
    """Weigh a topic by its three weightiest claims."""
    return sum(sorted((c.planned.rated.salience for c in claims), reverse=True)[:3])


def _headings(
    filled: list[list[composing.Composed]], models: Models, articles: dict[int, Article]
) -> tuple[str, ...]:
    titles = []
    for claims in filled:
        ids = dict.fromkeys(s.article for c in claims for s in c.planned.evidence)
        titles.append([heading.sentence_case(t, articles[i].news) for i in ids if (t := articles[i].title)])
    return heading.name_topics(filled, titles, models.writer, models.embedder, models.checker)


def _with_days(topics: list[list[Claim]], articles: dict[int, Article]) -> list[list[Claim]]:
    """Resolve weekdays where the brief's sources mean, or may mean, different days by the same name."""
    meant: dict[str, set[object]] = {}
    found = {}
    for claim in (c for own in topics for c in own):
        published = {articles[i].published for i in claim.sources}
        only = published.pop() if len(published) == 1 else None
        found[claim] = resolve_weekdays(claim.text, only)
        for day in found[claim]:
            meant.setdefault(day.text.lower(), set()).add(day.date)
        for name in named_weekdays(claim.text) if only is None else ():
            meant.setdefault(name, set()).add(claim.sources)
    return [
        [replace(c, days=tuple(d for d in found[c] if len(meant[d.text.lower()]) > 1)) for c in own]
        for own in topics
    ]


def _signature(reading: Reading, models: Models, config: Config) -> Signature:
    inputs = hashlib.sha256()
    for article in sorted(reading.articles, key=lambda a: a.path):
        inputs.update(f"{article.path}\0{article.sha256}\n".encode())
    return Signature(
        version=summarize.__version__,
        writer=models.writer.signature,
        embedder=models.embedder.signature,
        checker=models.checker.signature,
        config=config.fingerprint(),
        inputs=inputs.hexdigest(),
    )


def _stats(
    articles: dict[int, Article],
    sentences: tuple[Sentence, ...],
    n_facts: int,
    briefings: tuple[Briefing, ...],
    clock: Clock,
) -> Stats:
    methods = [c.method for b in briefings for c in b.claims]
    return Stats(
        articles=len(articles),
        sentences=len(sentences),
        facts=n_facts,
        topics=len(briefings),
        claims=len(methods),
        fused=methods.count("fused"),
        quoted=methods.count("quoted"),
        seconds=tuple(clock.seconds.items()),
    )


def _nothing_read(source: Path | list[Path], reading: Reading, suffixes: tuple[str, ...]) -> str:
    where = str(source) if isinstance(source, Path) else "the list of files"
    return f"{where}: no readable article ({' or '.join(suffixes)}){_failed(reading)}"


def _nothing_said(reading: Reading, dropped: tuple[Dropped, ...]) -> str:
    reasons = Counter(d.reason for d in dropped)
    why = ", ".join(f"{n:,} {reason}" for reason, n in reasons.most_common()) or "they have none"
    return (
        f"the articles hold no sentence that can be told by itself ({why}); "
        f"add longer articles, or see plan in the configuration{_failed(reading)}"
    )


def _failed(reading: Reading) -> str:
    return "".join(f"\n  {f.path}: {f.reason}" for f in reading.failures)
