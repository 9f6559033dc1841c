"""What earlier runs knew and told, read for the next one, and a run's outcome, written in one transaction.

Contract: :func:`recollect` gives all that decides what is new; :class:`Outcome` is all that a run leaves
behind. Facts keep their number as long as any of their sentences stays in the folder.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from summarize.novelty import History, KnownTopic, Passage, Told, lasting_numbers
from summarize.pipeline import Made
from summarize.store import Store
from summarize.store.caches import Cache
from summarize.store.folder import Folder, remember
from summarize.types import Brief, Claim


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found.

    ``name`` is that of the brief, None where there was nothing to tell; ``texts`` are its Markdown and JSON,
    to be published, None where the caller prints it himself.
    """

    created: datetime
    folder: Folder
    counts: Mapping[str, int]
    seconds: float
    made: Made
    name: str | None
    texts: tuple[str, str] | None


def last_brief(store: Store) -> datetime | None:
    """Return when the last brief was made."""
    rows = store.rows("SELECT created FROM run WHERE outcome = 'brief' ORDER BY id DESC LIMIT 1")
    return datetime.fromisoformat(rows[0][0]) if rows else None


def names(store: Store) -> frozenset[str]:
    """Return what all briefs are called."""
    return frozenset(n for (n,) in store.rows("SELECT brief FROM run WHERE brief IS NOT NULL"))


def recollect(store: Store) -> History:
    """Return what earlier runs knew and told."""
    told = _told(store)
    known = store.rows(
        "SELECT DISTINCT hash FROM sentence JOIN article USING (sha256) WHERE article.run IS NOT NULL"
    )
    topics = store.rows("SELECT id, story, heading, vector FROM topic ORDER BY id")
    return History(
        since=last_brief(store),
        known=frozenset(h for (h,) in known),
        earlier=tuple(dict.fromkeys(p for claim in told for p in claim.evidence)),
        told=told,
        topics=tuple(KnownTopic(i, s, h, np.frombuffer(v, dtype=np.float32)) for i, s, h, v in topics),
        story_of=dict(store.rows("SELECT sha256, story FROM story_article")),
    )


def _told(store: Store) -> tuple[Told, ...]:
    """Return the claims of earlier briefs that no update has replaced."""
    evidence: dict[int, list[Passage]] = defaultdict(list)
    rows = store.rows(
        "SELECT claim, evidence.sha256, path, start, end, evidence.text, publisher, published, role "
        "FROM evidence LEFT JOIN article USING (sha256) ORDER BY claim, place"
    )
    for claim, sha256, path, start, end, text, publisher, published, role in rows:
        day = date.fromisoformat(published) if published else None
        evidence[claim].append(Passage(sha256, path, start, end, text, publisher, day, role))
    claims = store.rows(
        "SELECT id, topic, text, method, support, why FROM claim "
        "WHERE why IS NULL OR why = 'withdrawn' ORDER BY id"
    )
    return tuple(
        Told(i, topic, text, method, support, tuple(evidence[i]), why == "withdrawn")
        for i, topic, text, method, support, why in claims
    )


def record(store: Store, outcome: Outcome, cache: Cache) -> None:
    """Write a run's outcome, all of it or nothing."""
    with store.transaction():
        run = _record_run(store, outcome)
        remember(store, outcome.folder)
        taken_in = [(run, h) for h in set(outcome.folder.sha_of.values())]
        store.write_all("UPDATE article SET run = ? WHERE sha256 = ? AND run IS NULL", taken_in)
        cache.commit()  # before the facts, which are noted in its sentences
        _record_articles(store, outcome.made, run)
        _record_facts(store, outcome.made, run)
        _record_topics(store, outcome.made, run)
        if outcome.name is not None:
            _record_claims(store, outcome.made.brief, run)
        _end_claims(store, outcome.made, run)


def _record_run(store: Store, outcome: Outcome) -> int:
    texts = [zlib.compress(t.encode("utf-8", "backslashreplace")) for t in outcome.texts or ()]
    markdown, plain = texts or (None, None)
    run = store.write(
        "INSERT INTO run (created, outcome, brief, markdown, json, counts, seconds) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        outcome.created.isoformat(),
        "brief" if outcome.name else "nothing",
        outcome.name,
        markdown,
        plain,
        json.dumps(dict(outcome.counts)),
        outcome.seconds,
    )
    failed = [(run, f.path, f.reason) for f in outcome.folder.failures]
    store.write_all("INSERT INTO failure (run, path, reason) VALUES (?, ?, ?)", failed)
    return run


def _record_articles(store: Store, made: Made, run: int) -> None:
    store.write_all(
        "UPDATE article SET title = ?, publisher = ?, published = ? WHERE sha256 = ?",
        [
            (a.title, a.publisher, a.published.isoformat() if a.published else None, a.sha256)
            for a in made.found.articles.values()
        ],
    )
    stories = made.continued.story_of
    known = {i for (i,) in store.rows("SELECT id FROM story")}
    store.write_all(
        "INSERT INTO story (id, run) VALUES (?, ?)", [(i, run) for i in sorted(set(stories.values()) - known)]
    )
    store.write_all(
        "INSERT OR REPLACE INTO story_article (sha256, story) VALUES (?, ?)", sorted(stories.items())
    )


def _record_facts(store: Store, made: Made, run: int) -> None:
    """Give each fact the number that most of its sentences had, each number once, and new ones a new one."""
    articles, facts = made.found.articles, made.found.facts
    places = [[(articles[s.article].sha256, s.order) for s in f.sentences] for f in facts]
    rows = store.rows_of(
        "SELECT sha256, place, fact FROM sentence WHERE fact IS NOT NULL AND sha256 IN (?)",
        (a.sha256 for a in articles.values()),
    )
    number_of = {(sha256, place): fact for sha256, place, fact in rows}
    ((last,),) = store.rows("SELECT max(id) FROM fact")
    last = last or 0
    numbers = lasting_numbers(places, number_of, last)
    store.write_all("INSERT INTO fact (id, run) VALUES (?, ?)", [(n, run) for n in numbers if n > last])
    store.write_all(
        "UPDATE sentence SET fact = ? WHERE sha256 = ? AND place = ?",
        [
            (number, *place)
            for number, own in zip(numbers, places, strict=True)
            for place in own
            if number_of.get(place) != number
        ],
    )


def _record_topics(store: Store, made: Made, run: int) -> None:
    store.write_all(
        "INSERT INTO topic (id, story, heading, vector, run) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET story = excluded.story, vector = excluded.vector",
        [
            (t.id, t.story, t.heading, t.vector.astype(np.float32).tobytes(), run)
            for t in made.continued.topics
        ],
    )


def _record_claims(store: Store, brief: Brief, run: int) -> None:
    sources = {a.id: a for a in brief.sources}
    for topic in brief.topics:
        for claim in topic.claims:
            if claim.status == "unchanged":
                continue
            number = store.write(
                "INSERT INTO claim (run, topic, fact, text, method, support, status) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                run,
                int(topic.id[1:]),
                _fact_of(store, claim, {i: a.sha256 for i, a in sources.items()}),
                claim.text,
                claim.method,
                claim.support,
                claim.status,
            )
            store.write_all(
                "INSERT INTO evidence (claim, place, sha256, path, start, end, text, role) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        number,
                        n,
                        sources[e.source].sha256,
                        sources[e.source].path,
                        e.start,
                        e.end,
                        e.text,
                        e.role,
                    )
                    for n, e in enumerate(claim.evidence)
                ],
            )


def _fact_of(store: Store, claim: Claim, sha_of: Mapping[int, str]) -> int | None:
    """Return the number of the fact that most of a claim's evidence states."""
    facts: Counter[int] = Counter()
    for e in claim.evidence:
        rows = store.rows("SELECT fact FROM sentence WHERE sha256 = ? AND end = ?", sha_of[e.source], e.end)
        facts.update(f for (f,) in rows if f is not None)
    return min(facts, key=lambda f: (-facts[f], f)) if facts else None


def _end_claims(store: Store, made: Made, run: int) -> None:
    end = "UPDATE claim SET ended = ?, why = ? WHERE id = ?"
    store.write_all(end, [(run, "replaced", i) for i in made.continued.replaced])
    store.write_all(end, [(run, "withdrawn", i) for i in made.continued.withdrawn])
    store.write_all(end, [(None, None, i) for i in made.continued.restored])
