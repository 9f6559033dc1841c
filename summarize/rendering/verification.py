"""``Verification`` → the text that a person reads, or JSON for other programs."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from typing import Any

from summarize.passages import Resting
from summarize.verifying import Judgement, Place, State, Verification

SCHEMA = "summarize.verification/1"
_STATES: tuple[State, ...] = ("intact", "moved", "changed", "gone")
_LABELS = {
    "claim": "claim",
    "disagreement": "sources differ",
    "reconciled": "reconciled",
    "uncorroborated": "not corroborated",
}


def to_text(found: Verification) -> str:
    """Return a line of counts and a block for each passage that is not intact; closes with a line break."""
    return "\n\n".join([_summary(found), *map(_block, found.alarms)]) + "\n"


def to_json(found: Verification) -> str:
    """Return every judgement as indented JSON text with a closing line break."""
    plain = {
        "schema": SCHEMA,
        "brief": found.brief,
        "folder": found.folder,
        "counts": _counts(found),
        "altered": list(found.altered),
        "passages": [_plain(j) for j in found.judgements],
    }
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def _counts(found: Verification) -> dict[str, int]:
    counts = Counter(j.state for j in found.judgements)
    return {state: counts[state] for state in _STATES}


def _summary(found: Verification) -> str:
    n = len(found.judgements)
    counts = ", ".join(f"{n_own} {state}" for state, n_own in _counts(found).items() if n_own)
    text = f"{found.brief}: {n} cited {'passage' if n == 1 else 'passages'}" + (f": {counts}" if n else "")
    n_claims = len({r for j in found.alarms for r in j.passage.resting if r.role == "claim"})
    if found.alarms:
        text += f"; {n_claims} {'claim rests' if n_claims == 1 else 'claims rest'} on what is not intact"
    if found.altered:
        text += f"\nchanged in other places than those cited: {', '.join(found.altered)}"
    return text


def _block(judgement: Judgement) -> str:
    passage = judgement.passage
    where = f"{passage.source.name}, characters {passage.start}–{passage.end}"
    lines = [f"{judgement.state}  {where}: {judgement.reason}", f"  cited: {_line(passage.text)}"]
    if judgement.now is not None:
        place = f"{judgement.now.path}#L{judgement.now.line}"
        words = f": {_line(judgement.now.text)}" if judgement.state == "changed" else ""
        lines.append(f"  now:   {place}{words}")
    if judgement.copy is not None:
        lines.append(f"  copy:  {judgement.copy.path}#L{judgement.copy.line} says the same words")
    return "\n".join([*lines, *_resting(passage.resting)])


def _resting(resting: tuple[Resting, ...]) -> list[str]:
    lines: list[str] = []
    heading = None
    for rests in resting:
        if rests.heading != heading:
            heading = rests.heading
            lines.append(f"  under “{_line(heading)}”")
        lines.append(f"    {_LABELS[rests.role]}: {_line(rests.text)}")
    return lines


def _plain(judgement: Judgement) -> dict[str, Any]:
    passage = judgement.passage
    return {
        "state": judgement.state,
        "reason": judgement.reason or None,
        "source": passage.source.id,
        "path": passage.source.path,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "now": _place(judgement.now),
        "copy": _place(judgement.copy),
        "claims": [asdict(rests) for rests in passage.resting],
    }


def _place(place: Place | None) -> dict[str, Any] | None:
    return asdict(place) if place is not None else None


def _line(text: str) -> str:
    return " ".join(text.split())
