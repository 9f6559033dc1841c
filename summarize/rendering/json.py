"""``Brief`` → the JSON that other programs rely on; ``brief.schema.json`` beside this module describes it.

Keys keep their order and numbers are rounded, so that two runs over the same inputs differ in
``created`` and ``stats.seconds`` only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from summarize.rendering.texts import NONE
from summarize.types import Article, Brief, Briefing, Claim, Disagreement, Evidence, News, Position

SCHEMA = "summarize.brief/1"


def to_json(brief: Brief, folder: str | None, texts: Mapping[int, str] = NONE) -> str:
    """Return the brief as indented JSON text with a closing line break.

    :param folder: what leads from the brief to the folder that was read, such as ``../articles``; None if
        the files share no folder, and their paths stand by themselves.
    :param texts: what leads from the brief to the text of each source, if it was written to a file.
    """
    return json.dumps(to_plain(brief, folder, texts), ensure_ascii=False, indent=2) + "\n"


def to_plain(brief: Brief, folder: str | None, texts: Mapping[int, str] = NONE) -> dict[str, Any]:
    """Return the brief as dicts, lists, strings and numbers; the parameters are those of :func:`to_json`.

    :raises ValueError: if ``brief.created`` has no time zone.
    """
    if brief.created.tzinfo is None:
        raise ValueError("brief.created must carry a time zone")
    return {
        "schema": SCHEMA,
        "created": _moment(brief.created),
        "signature": asdict(brief.signature),
        "folder": folder,
        "sources": [_source(article, texts.get(article.id)) for article in brief.sources],
        "topics": [_topic(topic) for topic in brief.topics],
        "dropped": [asdict(dropped) for dropped in brief.dropped],
        "failures": [asdict(failure) for failure in brief.failures],
        "news": _news(brief.news) if brief.news else None,
        "stats": {
            **asdict(brief.stats),
            "seconds": {stage: round(seconds, 3) for stage, seconds in brief.stats.seconds},
        },
    }


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _news(news: News) -> dict[str, Any]:
    return {
        "since": _moment(news.since),
        "articles": news.articles,
        "withdrawn": [asdict(w) for w in news.withdrawn],
        "restored": list(news.restored),
        "edited": [
            {
                "path": e.path,
                "changes": [{"kind": k, "before": before, "after": after} for k, before, after in e.changes],
                "claims": list(e.claims),
            }
            for e in news.edited
        ],
    }


def _source(article: Article, text: str | None) -> dict[str, Any]:
    return {
        "id": article.id,
        "path": article.file,
        "part": article.part,
        "format": article.form,
        "sha256": article.sha256,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published.isoformat() if article.published else None,
        "origin": article.origin,
        "words": article.n_words,
        "metadata": asdict(article.metadata),
        "arrived": _moment(article.arrived) if article.arrived else None,
        "text": text,
    }


def _topic(topic: Briefing) -> dict[str, Any]:
    return {
        "id": topic.id,
        "story": f"s{topic.story}",
        "heading": topic.heading,
        "sources": list(topic.sources),
        "claims": [_claim(claim) for claim in topic.claims],
        "disagreements": [_disagreement(d) for d in topic.disagreements],
        "reconciled": [_disagreement(d) for d in topic.reconciled],
        "uncorroborated": [_position(p) for p in topic.uncorroborated],
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "text": claim.text,
        "method": claim.method,
        "support": round(float(claim.support), 2),
        "origins": claim.origins,
        "status": claim.status,
        "update": asdict(claim.update) if claim.update else None,
        "reported": claim.reported.isoformat() if claim.reported else None,
        "days": [
            *({"text": day.text, "date": day.date.isoformat()} for day in claim.days),
            *({"text": name, "date": None} for name in claim.undated),
        ],
        "happened": [day.isoformat() for day in claim.happened],
        "evidence": _evidence(claim.evidence),
    }


def _disagreement(disagreement: Disagreement) -> dict[str, Any]:
    positions = [_position(p) for p in disagreement.positions]
    return {"about": disagreement.about, "kind": disagreement.kind, "positions": positions}


def _position(position: Position) -> dict[str, Any]:
    return {"value": position.value, "evidence": _evidence(position.evidence)}


def _evidence(evidence: tuple[Evidence, ...]) -> list[dict[str, Any]]:
    return [asdict(e) for e in evidence]
