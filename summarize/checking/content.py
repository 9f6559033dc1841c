"""Rules on what a claim is made of: words, numbers, dates, names and titles.

Contract: each rule takes a claim and its evidence and returns the violations, readable, none if kept.
"""

from __future__ import annotations

import re
from collections import Counter

from summarize.checking.alignment import align
from summarize.language import (
    FUNCTION_WORDS,
    Name,
    Quantity,
    asides,
    content_stems,
    is_content,
    months,
    names,
    quantities,
    stem,
    weekdays,
    words,
)
from summarize.language.names import starts_sentence

Evidence = tuple[str, ...]
MIN_PARTS = 2  # of a total


def unknown_words(claim: str, evidence: Evidence) -> tuple[str, ...]:
    """Every content word stands in the evidence, and is written there with the same capitals."""
    stems = frozenset[str]().union(*(content_stems(e) for e in evidence))
    bare = {w.key for e in evidence for w in words(e)}
    missing = [w for w in words(claim) if is_content(w) and stem(w.text) not in stems and w.key not in bare]
    return tuple(f"word: {w.text!r} stands in no evidence sentence" for w in missing)


def changed_capitals(claim: str, evidence: Evidence) -> tuple[str, ...]:
    """A capitalised word is capitalised in the evidence, and the other way round."""
    written: dict[str, set[str]] = {}
    free: set[str] = set()
    for sentence in evidence:
        tokens = words(sentence)
        for i, word in enumerate(tokens):
            written.setdefault(word.key, set()).add(word.text)
            if starts_sentence(tokens, i):
                free.add(word.key)
    tokens = words(claim)
    wrong: list[str] = []
    for i, word in enumerate(tokens):
        known = written.get(word.key)
        if not word.is_word or known is None or word.text in known or starts_sentence(tokens, i):
            continue
        if word.key in FUNCTION_WORDS or (word.key in free and word.text.islower()):
            continue
        wrong.append(f"capitals: {word.text!r} is written {min(known)!r} in the evidence")
    return tuple(wrong)


def unknown_numbers(claim: str, evidence: Evidence) -> tuple[str, ...]:
    """Every quantity has an equal one in the evidence: value, unit, kind and approximation."""
    known = [q for e in evidence for q in quantities(e)]
    wrong = [q for q in quantities(claim) if not any(_equal(q, k) for k in known)]
    return tuple(f"number: {_described(q)} stands in no evidence sentence" for q in wrong)


def lost_counts(claim: str, evidence: Evidence) -> tuple[str, ...]:
    """Of a total and its parts, "all seven counts, one of this, five of that, one more", none is left out."""
    own = Counter(q.value for q in quantities(claim) if q.kind == "count")
    wrong = []
    for sentence in evidence:
        counted = [q for q in quantities(sentence) if q.kind == "count" and q.unit]
        for unit in sorted({str(q.unit) for q in counted}):
            values = sorted((q.value for q in counted if q.unit == unit), reverse=True)
            is_total = len(values) > MIN_PARTS and values[0] == sum(values[1:])
            n_kept = sum((own & Counter(values)).values())
            if is_total and own[values[0]] and 1 < n_kept < len(values):
                wrong.append(f"number: a part of {values[0]:g} ({unit}) is left out")
    return tuple(wrong)


def _equal(a: Quantity, b: Quantity) -> bool:
    if (a.value, a.high, a.bound, a.approximate) != (b.value, b.high, b.bound, b.approximate):
        return False
    if a.kind != b.kind and {a.kind, b.kind} != {"count", "year"}:
        return False
    return a.unit == b.unit or a.unit is None or b.unit is None


def _described(quantity: Quantity) -> str:
    unit = f" ({quantity.unit})" if quantity.unit and quantity.kind == "count" else ""
    return quantity.text + unit


def unknown_days(claim: str, evidence: Evidence) -> tuple[str, ...]:
    """Every weekday and month stands in the evidence."""
    wrong: list[str] = []
    for kind, find in (("weekday", weekdays), ("month", months)):
        known = {w.key for e in evidence for w in find(e)}
        wrong += [
            f"{kind}: {w.text} stands in no evidence sentence" for w in find(claim) if w.key not in known
        ]
    return tuple(wrong)


def lost_days(claim: str, evidence: Evidence) -> tuple[str, ...]:
    """No day, month or year is cut from a sentence that keeps another: what happened when would shift."""
    wrong: list[str] = []
    aligned = align(claim, evidence)
    copied = {aligned.source(i) for i in range(len(aligned.claim.spoken))}
    for k, source in enumerate(aligned.evidence):
        starts = {w.start for find in (weekdays, months) for w in find(source.text)}
        starts |= {q.start for q in quantities(source.text) if q.kind == "year"}
        dated = {i for i, w in enumerate(source.spoken) if w.start in starts}
        lost = sorted(i for i in dated if (k, i) not in copied)
        if lost and len(lost) < len(dated):
            passing = asides(source.text)
            wrong += [
                f"time: {source.spoken[i].text!r} is cut, another day stays"
                for i in lost
                if not any(a.start <= source.spoken[i].start < a.end for a in passing)
            ]
    return tuple(wrong)


def unknown_names(claim: str, evidence: Evidence) -> tuple[str, ...]:
    """Every name is one of the evidence's or its short form, and keeps its title."""
    sources = [f" {' '.join(w.key for w in words(e) if w.is_word)} " for e in evidence]
    known = [n for e in evidence for n in names(e)]
    wrong: list[str] = []
    for name in names(claim):
        compound = re.match(r"(?:-\w+)*", claim[name.end :])
        key = name.key + (compound.group().casefold() if compound else "")  # "a Washington-based group"
        if not any(f" {key} " in source for source in sources):
            wrong.append(f"name: {name.text!r} stands in no evidence sentence")
        elif name.title and not any(_bears(name, k) for k in known):
            wrong.append(f"title: {name.title!r} does not belong to {name.text!r} in the evidence")
    return tuple(wrong + _foreign_modifiers(claim, evidence))


def _bears(name: Name, known: Name) -> bool:
    same = known.key == name.key or known.key.endswith(" " + name.key)
    title = known.title or ""
    return same and (title == name.title or title.endswith(" " + (name.title or "")))


def _foreign_modifiers(claim: str, evidence: Evidence) -> list[str]:
    """Find a name that lost words in its midst: "Recep Erdogan", or half of another's name."""
    keys = {n.key for e in evidence for n in names(e)}
    parts = {p for key in keys for p in _short_forms(key)}
    tokens = {w.key for e in evidence for w in words(e)}
    wrong = []
    for name in names(claim):
        whole = name.key in parts or any(name.key in key for key in keys)
        known = set(name.key.split()) <= tokens and not _stands_so(name.text, evidence)
        if " " in name.key and not whole and known:
            wrong.append(f"name: {name.text!r} is put together from parts")
    return wrong


def _short_forms(key: str) -> set[str]:
    parts = key.split()
    return {" ".join(parts[i:]) for i in range(len(parts))} | {
        " ".join(parts[:i]) for i in range(2, len(parts))
    }


def _stands_so(text: str, evidence: Evidence) -> bool:
    pattern = re.compile(rf"(?<!\w){re.escape(text)}(?!\w)")
    return any(pattern.search(e) for e in evidence)
