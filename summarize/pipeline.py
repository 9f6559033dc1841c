"""Wire the stages: read → segment → embed → deduplicate → cluster → plan → write and check → compare.

Articles are worked on in the order of their content's hash, so that neither file names nor the order
of a list change what the brief says.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

import summarize
from summarize import (
    announcing,
    composing,
    disagreement,
    genre,
    heading,
    mentions,
    novelty,
    planning,
    rating,
    titling,
)
from summarize.analysis import Analysis, Recall, analyse
from summarize.clock import Clock, Progress
from summarize.companions import accompany
from summarize.config import Config
from summarize.drafting import Drafts
from summarize.errors import NothingToSummariseError
from summarize.happening import dated
from summarize.loading import Models, load_models
from summarize.novelty import Comparer, History
from summarize.novelty.continuing import Continued, continued
from summarize.reading import Reading, read
from summarize.retelling import Sameness
from summarize.topic_writing import compose_topics
from summarize.types import Article, Brief, Briefing, Dropped, Sentence, Signature, Stats
from summarize.weekdays import with_days


def summarize_folder(
    source: Path | list[Path],
    config: Config,
    *,
    created: datetime,
    since: date | None = None,
    progress: Progress = lambda *_: None,
) -> Brief:
    """Read a folder (or a list of files) and write its brief.

    :param created: the time that the brief carries; timezone-aware.
    :param since: tell only what was published on that day or later and that no older article says.
    :raises NothingToSummariseError: if no article could be read; names what was wrong with each file.
    :raises SummarizeError: for a folder or a model that can't be used.
    """
    clock = Clock(progress)
    with clock.stage("read"):
        reading = read(source, config.read, config.languages)
    if not reading.articles:
        raise NothingToSummariseError(_nothing_read(source, reading, config.read.suffixes))
    with clock.stage("load"):
        models = load_models(config)
    if since is None:
        return brief_of(reading, models, config, created=created, clock=clock)
    return follow_up(
        reading,
        models,
        config,
        lambda found: novelty.published_before(since, found),
        created=created,
        clock=clock,
    ).brief


def brief_of(reading: Reading, models: Models, config: Config, *, created: datetime, clock: Clock) -> Brief:
    """Write the brief of articles that were read, with models that were loaded."""
    made = follow_up(reading, models, config, lambda _: History(None), created=created, clock=clock)
    if not made.brief.topics:
        raise NothingToSummariseError(_nothing_said(reading, made.brief.dropped))
    return made.brief


@dataclass(frozen=True, slots=True)
class Made:
    """A brief, the analysis that it rests on, and how it goes on from earlier ones."""

    brief: Brief
    found: Analysis
    continued: Continued


def follow_up(
    reading: Reading,
    models: Models,
    config: Config,
    recollect: Callable[[Analysis], History],
    *,
    created: datetime,
    clock: Clock,
    recall: Recall | None = None,
) -> Made:
    """Write what is new since earlier briefs; without any, all of it. The brief may have no topic.

    :param recollect: returns what is known already.
    """
    found = analyse(
        reading,
        models.splitter,
        models.embedder,
        config,
        clock,
        recall,
        matcher=models.matcher,
        reader=models.reader,
    )
    articles = found.articles
    with clock.stage("plan"):
        history = recollect(found)
        known = novelty.known_places(history, found)
        new = novelty.new_articles(known, found)
        stories = novelty.lasting_stories(found, history)
        comparer = Comparer(history, found, models.embedder, stories)
        shared = rating.shared_stems(found.profile_of, articles, found.story_of)
        opinions = genre.opinions(found.sentences, found.vectors, articles, found.story_of, models.genre)
        to_tell = replace(config, words=novelty.budget(config.words, history, found, new))
        options = _plan_options(to_tell)
        every = rating.rate(found, models.ranker, options.words, options.most_stories, opinions.arguing)
        rated, old = novelty.only_news(every, known, comparer)
        withheld = dict.fromkeys(announcing.passed(found), "announced for a day that has passed")
        withheld |= dict.fromkeys(opinions.places, "the author's opinion")
        kept, dropped = planning.usable(rated, found, options, known, withheld)
        same = planning.sameness(found, models.matcher)
        drafts = Drafts(models.drafter, found) if models.drafter else planning.no_draft
        planned = planning.plan(kept, options, same, drafts)
        reported = tuple(s for s in found.sentences if (s.article, s.order) not in withheld)
        topics = accompany(planned, reported, rated)
        dropped += _not_planned(kept, topics) + old
    with clock.stage("write"):
        briefings, unwritten = _write(
            topics, models, articles, opinions, shared, found.by_story, to_tell, same
        )
        cited = {(e.source, e.start) for b in briefings for c in b.claims for e in c.evidence}
        dropped = tuple(d for d in (*dropped, *unwritten) if (d.source, d.start) not in cited)
    with clock.stage("compare"):
        if briefings:
            corpus = disagreement.corpus_of(found.facts, found.vector_of, articles, found.story_of)
            briefings = disagreement.with_disagreements(briefings, corpus)
        briefings, replaced = novelty.with_status(briefings, history, found, comparer)
        stands = novelty.standing(history, found, models.checker, config.check.min_support, replaced)
        following = continued(briefings, found, history, stands, stories, config.words)
    brief = Brief(
        created=created,
        signature=_signature(reading, models, config, history),
        sources=tuple(sorted(articles.values(), key=lambda a: a.id)),
        topics=dated(following.briefings, articles),
        dropped=tuple(
            sorted((*reading.dropped, *dropped), key=lambda d: (d.source, d.start, d.end, d.stage))
        ),
        failures=reading.failures,
        stats=_stats(found, following.briefings, clock),
        news=novelty.news(history, new, stands),
    )
    return Made(brief, found, following)


def _plan_options(config: Config) -> planning.PlanOptions:
    return planning.PlanOptions(
        words=config.words,
        n_topics=config.topics,
        max_topics=config.cluster.max_topics,
        min_claim_words=config.plan.min_claim_words,
        max_claim_words=config.plan.max_claim_words,
    )


def _not_planned(
    rated: tuple[rating.Rated, ...], topics: tuple[planning.PlannedTopic, ...]
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
    articles: Mapping[int, Article],
    opinions: genre.Opinions,
    shared: dict[int, dict[str, float]],
    stories: dict[int, list[Sentence]],
    config: Config,
    same: Sameness,
) -> tuple[tuple[Briefing, ...], tuple[Dropped, ...]]:
    """Write, check and trim all topics, then name them."""
    planned = tuple(c for t in topics for c in t.claims)
    if config.writer.unit == "topic":
        composed = compose_topics(
            topics, models.writer, models.checker, models.splitter, config.check.min_support
        )
    else:
        composed = composing.compose(planned, models.writer, models.checker, shared, config.check.min_support)
    kept, dropped = composing.fill(
        composed, round(config.words * (1 - planning.FOR_NAMES)), {t.story: t.room for t in topics}, same
    )
    by_rank = {c.planned.rank: c for c in kept}
    filled = [[by_rank[c.rank] for c in t.claims if c.rank in by_rank] for t in topics]
    filled = _in_order(_without_lone([f for f in filled if f]))
    headings = _headings(filled, models, articles, opinions)
    filled, spare = composing.in_full(filled, headings, config.words, same)
    worded = mentions.refer(filled, stories, models.checker, config.check.min_support, spare)
    origin_of = {a.id: a.origin for a in articles.values()}
    as_claim = partial(
        composing.as_claim, origin_of=origin_of, checker=models.checker, min_support=config.check.min_support
    )
    claims = with_days([[as_claim(c) for c in own] for own in worded], articles)
    return tuple(
        Briefing(f"t{n}", name, tuple(own))
        for n, (name, own) in enumerate(zip(headings, claims, strict=True), start=1)
    ), dropped


def _without_lone(topics: list[list[composing.Composed]]) -> list[list[composing.Composed]]:
    """Tell a topic's only claim under the nearest topic of its story: one sentence is no topic."""
    kept = [list(own) for own in topics]
    for own in sorted((own for own in kept if len(own) == 1), key=_weight):
        others = [o for o in kept if o is not own and _story(o) == _story(own)]
        if others and len(own) == 1:
            host = max(others, key=lambda o: _likeness(own[0], o))
            host[:] = _merged(host, own)
            kept.remove(own)
    return kept


def _merged(host: list[composing.Composed], own: list[composing.Composed]) -> list[composing.Composed]:
    """Tell two topics as one; in order, unless a claim hangs on what another one's wording says."""
    by_rank = {c.planned.rank: c for c in (*host, *own)}
    if any(c.planned.after not in by_rank.keys() | {None} for c in by_rank.values()):
        return [*host, *own]
    return [by_rank[p.rank] for p in planning.in_reading_order([c.planned for c in by_rank.values()])]


def _story(topic: list[composing.Composed]) -> int:
    return topic[0].planned.rated.story


def _likeness(claim: composing.Composed, topic: list[composing.Composed]) -> float:
    return float(sum(claim.planned.rated.vector @ c.planned.rated.vector for c in topic) / len(topic))


def _in_order(topics: list[list[composing.Composed]]) -> list[list[composing.Composed]]:
    """Begin with the story of the most origins; inside it with the topic that its articles begin with."""
    weight: dict[int, float] = {}
    for own in topics:
        weight[_story(own)] = max(weight.get(_story(own), 0.0), _weight(own))

    def key(own: list[composing.Composed]) -> tuple[float, float, int, float, float]:
        first = own[0].planned.rated
        return -first.story_weight, -weight[first.story], first.story, first.depth, -_weight(own)

    return sorted(topics, key=key)


def _weight(claims: list[composing.Composed]) -> float:
    """Weigh a topic by its three weightiest claims."""
    return sum(sorted((c.planned.rated.salience for c in claims), reverse=True)[:3])


def _headings(
    filled: list[list[composing.Composed]],
    models: Models,
    articles: Mapping[int, Article],
    opinions: genre.Opinions,
) -> tuple[str, ...]:
    titles = titling.titles_of(filled, articles, opinions, models.embedder, models.matcher)
    return heading.name_topics(
        filled,
        [t.told for t in titles],
        models.writer,
        models.embedder,
        models.checker,
        untold=[t.others for t in titles],
    )


def _signature(reading: Reading, models: Models, config: Config, history: History) -> Signature:
    inputs = hashlib.sha256()
    for article in sorted(reading.articles, key=lambda a: a.path):
        inputs.update(f"{article.path}\0{article.sha256}\n".encode())
    if history.since is not None:
        inputs.update(history.fingerprint().encode())
    decided = [config.fingerprint(), models.ranker.signature]
    decided += [m.signature for m in (models.matcher, models.reader, models.genre, models.drafter) if m]
    return Signature(
        version=summarize.__version__,
        writer=models.writer.signature,
        embedder=models.embedder.signature,
        checker=models.checker.signature,
        config=hashlib.sha256("\n".join(decided).encode()).hexdigest(),
        inputs=inputs.hexdigest(),
    )


def _stats(
    found: Analysis,
    briefings: tuple[Briefing, ...],
    clock: Clock,
) -> Stats:
    methods = [c.method for b in briefings for c in b.claims]
    return Stats(
        articles=len(found.articles),
        sentences=len(found.sentences),
        facts=len(found.facts),
        topics=len(briefings),
        claims=len(methods),
        fused=methods.count("fused"),
        quoted=methods.count("quoted"),
        seconds=tuple(clock.seconds.items()),
    )


def _nothing_read(source: Path | list[Path], reading: Reading, suffixes: tuple[str, ...]) -> str:
    where = str(source) if isinstance(source, Path) else "the list of files"
    return f"{where}: no readable article ({', '.join(suffixes)}){_failed(reading)}"


def _nothing_said(reading: Reading, dropped: tuple[Dropped, ...]) -> str:
    reasons = Counter(d.reason for d in dropped)
    why = ", ".join(f"{n:,} {reason}" for reason, n in reasons.most_common()) or "they have none"
    return (
        f"the articles hold no sentence that can be told by itself ({why}); "
        f"add longer articles, or see plan in the configuration{_failed(reading)}"
    )


def _failed(reading: Reading) -> str:
    return "".join(f"\n  {f.path}: {f.reason}" for f in reading.failures)
