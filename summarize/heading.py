"""Heading: a few words that name a topic, made of the words of its evidence.

The writer proposes headlines from the topic's weightiest sentences; one must name something, stand
whole and not repeat another heading. Else the title of an article that is about this topic is used,
and if there is none, the names that set the topic apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from summarize.composing import Composed, plain
from summarize.language import content_stems, names
from summarize.types import Candidate, Writer

MAX_WORDS = 10
MIN_WORDS = 3
LEADS = 2  # claims that a headline is written from
ALIKE = 0.6  # share of content words from which two headings say the same
_DANGLING = frozenset(
    "a an the of in on at to for from by with as and or but that which who is are was were has have had his her its their".split()
)


def propose(topics: Sequence[Sequence[Composed]], writer: Writer) -> list[tuple[Candidate, ...]]:
    """Ask the writer for headlines, one group of candidates per topic."""
    groups = []
    for claims in topics:
        weightiest = sorted(claims, key=lambda c: c.planned.rank)[:LEADS]
        groups.append(tuple(plain(c.planned.lead.text) for c in weightiest))
    return writer.write(groups, task="headline") if groups else []


def choose(candidates: Sequence[Candidate], claims: Sequence[Composed], titles: Sequence[str], used: Sequence[str]) -> str:
    """Take the best candidate that will do, a title that fits, or the topic's names."""
    texts = [c.text.rstrip(" .") for c in candidates]
    said = [content_stems(c.choice.text) for c in claims if c.choice]
    for text in [*texts, *_fitting(titles, said)]:
        if is_fit(text, used):
            return text
    return _names(claims, used)


def is_fit(text: str, used: Sequence[str]) -> bool:
    """Tell whether a text will do as a heading beside those already used."""
    words = text.split()
    if not MIN_WORDS <= len(words) <= MAX_WORDS or not names(text):
        return False
    if words[-1].casefold() in _DANGLING or any(c in text for c in ".;“”\"()[]"):
        return False
    own = content_stems(text)
    folded = [w.casefold() for w in words]
    repeats = len(own) < 2 or any(folded.count(w) > 1 and w not in _DANGLING for w in folded)
    return not repeats and not any(_alike(own, content_stems(u)) for u in used)


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    return len(a & b) >= ALIKE * max(1, min(len(a), len(b)))


def _fitting(titles: Sequence[str], said: Sequence[frozenset[str]]) -> list[str]:
    """Return titles most of whose content the topic's first claims say."""
    first = frozenset().union(*said[:2]) if said else frozenset()
    return [t for t in titles if (own := content_stems(t)) and len(own & first) >= 0.7 * len(own)]


def _names(claims: Sequence[Composed], used: Sequence[str]) -> str:
    """Join the two names that the topic's claims mention most and other headings don't."""
    counts: Counter[str] = Counter()
    surface: dict[str, str] = {}
    for claim in claims:
        if claim.choice:
            for name in names(claim.choice.text):
                counts[name.key] += 1
                surface.setdefault(name.key, name.text)
    fresh = [k for k in counts if not any(k in u.casefold() for u in used)]
    best = sorted(fresh or counts, key=lambda k: (-counts[k], k))[:2]
    return " and ".join(surface[k] for k in best) or "In brief"


