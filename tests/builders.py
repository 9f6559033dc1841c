"""Builders: the shared types from short strings, with valid values for all that a test does not care about.

``article("First. Second.")`` has one paragraph; ``claim("It rained.", article)`` cites the sentence of that
article that it equals, or any passage named in ``cites``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from summarize.types import (
    Article,
    Brief,
    Briefing,
    Claim,
    Day,
    Disagreement,
    Dropped,
    Evidence,
    Fact,
    Failure,
    Method,
    Position,
    Sentence,
    Signature,
    Span,
    Stats,
)

CREATED = datetime(2020, 3, 6, 6, 0, tzinfo=UTC)


def article(text: str, id: int = 1, *, path: str | None = None, **values: Any) -> Article:
    """Build an article; each line of ``text`` that is not blank is a paragraph of its body."""
    body, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            start = at + len(line) - len(line.lstrip())
            body.append(Span(start, start + len(line.strip())))
        at += len(line) + 1
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    values = {"body": tuple(body), "origin": id, **values}
    return Article(id=id, path=path or f"{chr(96 + id)}.txt", text=text, sha256=sha256, **values)


def sentence(text: str, source: Article | None = None, *, order: int = 0, paragraph: int = 0) -> Sentence:
    """Build a sentence where it stands in ``source``; without one, in an article of that text alone."""
    source = source or article(text)
    start = source.text.index(text)
    return Sentence(source.id, order, paragraph, start, start + len(text), text)


def sentences(source: Article) -> tuple[Sentence, ...]:
    """Split an article at full stops followed by a blank; enough for tests, no more."""
    found: list[Sentence] = []
    for paragraph, span in enumerate(source.body):
        start = span.start
        while start < span.end:
            stop = source.text.find(". ", start, span.end)
            end = span.end if stop < 0 else stop + 1
            found.append(Sentence(source.id, len(found), paragraph, start, end, source.text[start:end]))
            start = end + 1
    return tuple(found)


def fact(*of: Sentence | str) -> Fact:
    """Build a fact; strings become sentences of articles 1, 2, 3 …"""
    made = (s if isinstance(s, Sentence) else sentence(s, article(s, n)) for n, s in enumerate(of, start=1))
    return Fact(tuple(made))


def evidence(text: str, source: Article) -> Evidence:
    """Build evidence from the first place where ``text`` stands in ``source``."""
    start = source.text.index(text)
    return Evidence(source.id, start, start + len(text), text)


def claim(text: str, *sources: Article, cites: Iterable[Evidence] = (), **values: Any) -> Claim:
    """Build a claim; without ``cites`` its evidence is the first body paragraph of each source."""
    whole = tuple(evidence(s.text[s.body[0].start : s.body[0].end], s) for s in sources)
    method: Method = values.pop("method", "fused" if len(sources) > 1 else "quoted")
    values = {"support": 1.0, "origins": len({s.origin for s in sources}) or 1, **values}
    return Claim(text=text, method=method, evidence=tuple(cites) or whole, **values)


def day(text: str, iso: str) -> Day:
    """Build a weekday and the date that it meant."""
    return Day(text, date.fromisoformat(iso))


def disagreement(about: str, *positions: tuple[str, Article]) -> Disagreement:
    """Build a disagreement from pairs of value and source; the value stands in the source."""
    return Disagreement(
        about, tuple(Position(value, (evidence(value, source),)) for value, source in positions)
    )


def brief(
    sources: Iterable[Article] = (),
    topics: dict[str, list[Claim]] | Iterable[Briefing] = (),
    *,
    dropped: Iterable[Dropped] = (),
    failures: Iterable[tuple[str, str]] = (),
    **values: Any,
) -> Brief:
    """Build a brief; ``topics`` may be a dict of headings with their claims. Counts are worked out."""
    if isinstance(topics, dict):
        named = enumerate(topics.items(), start=1)
        topics = tuple(Briefing(f"t{n}", heading, tuple(claims)) for n, (heading, claims) in named)
    sources, topics = tuple(sources), tuple(topics)
    methods = [c.method for t in topics for c in t.claims]
    stats = Stats(
        articles=len(sources),
        sentences=len(methods),
        facts=len(methods),
        topics=len(topics),
        claims=len(methods),
        fused=methods.count("fused"),
        quoted=methods.count("quoted"),
        seconds=(("read", 0.0123456), ("write", 1.5)),
    )
    signature = Signature("0.1.0", "writer", "embedder", "checker", "config", "inputs")
    values = {"created": CREATED, "signature": signature, "stats": stats, **values}
    return Brief(
        sources=sources,
        topics=topics,
        dropped=tuple(dropped),
        failures=tuple(Failure(path, reason) for path, reason in failures),
        **values,
    )


def storm_brief(**values: Any) -> Brief:
    """Build a small complete brief: two sources, a fused and a quoted claim, a disagreement, a drop."""
    one = article(
        "Storm hits coast\n\nA storm hit the coast on Thursday. Ten people died.\n\nSubscribe now",
        1,
        path="wire/one.txt",
        title="Storm hits coast",
        publisher="Daily Post",
        published=date(2020, 2, 21),
    )
    two = article(
        "The coast was hit by a storm. 12 people died.", 2, path="two.txt", published=date(2020, 3, 1)
    )
    hit = claim(
        "A storm hit the coast on Thursday.",
        one,
        two,
        cites=[
            evidence("A storm hit the coast on Thursday.", one),
            evidence("The coast was hit by a storm.", two),
        ],
        days=(day("Thursday", "2020-02-20"),),
        support=0.978,
    )
    died = claim("Ten people died.", one, cites=[evidence("Ten people died.", one)])
    differ = disagreement("people died", ("Ten people died", one), ("12 people died", two))
    start = one.text.index("Subscribe")
    return brief(
        [one, two],
        [Briefing("t1", "A storm on the coast", (hit, died), (differ,))],
        dropped=[Dropped(1, start, len(one.text), "read", "boilerplate")],
        **values,
    )
