"""Pairs of sentences that state the same thing, or don't: paraphrases and shared events.

Readers only; nothing is learned here. Training and measuring use the same readers and disjoint parts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from summarize.language import content_stems
from summarize.training.data import plain_marks, read_jsonl

ECB = "events/ecbplus_topics_1_35.jsonl.xz"
NEWS = "news/articles.jsonl.xz"
# In ECB+ an event is told by a sentence that has this share of the words of the event's name,
TOLD = 0.6
# and two sentences state the same if they share two events or more, and this share of all that they tell.
MIN_SHARED_EVENTS, SHARED = 2, 0.5
ECB_WORDS = range(6, 61)  # a sentence
_ROOT = 6  # letters by which the words of an event's name are found


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences, whether they state the same, and where they are from."""

    a: str
    b: str
    is_same: bool
    source: str


@dataclass(frozen=True, slots=True)
class EventSentence:
    """A sentence of ECB+ with the events that it tells."""

    topic: str
    doc: str
    text: str
    events: frozenset[str]


def read_mrpc(data: Path, part: str) -> list[Pair]:
    """Read the MSR Paraphrase Corpus (Dolan & Brockett 2005).

    :param part: ``train`` or ``val``.
    """
    path = data / "pairs" / f"mrpc_msr-para-{part}.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8-sig").splitlines()[1:]]
    return [Pair(plain_marks(r[3]), plain_marks(r[4]), r[0] == "1", "mrpc") for r in rows]


def read_ecb(data: Path) -> list[EventSentence]:
    """Read the sentences of ECB+ (Cybulska & Vossen 2014) that tell two events or more.

    The file lists events by document, with a name such as ``t10_extend_offer``. A sentence of the document
    is taken to tell an event if it has most words of its name: a proxy, which misses synonyms.
    """
    found = []
    for record in read_jsonl(data / ECB):
        named = {
            i: {w[:_ROOT] for w in content_stems(re.sub(r"^t\d+b?_", "", name).replace("_", " "))}
            for i, name in record["instances"]
            if i.startswith(("ACT", "NEG"))
        }
        named = {i: {w for w in own if not w.isdigit()} for i, own in named.items()}
        for sentence in record["sentences"]:
            text = untokenised(sentence)
            if "http" in text or len(text.split()) not in ECB_WORDS:
                continue
            has = {w[:_ROOT] for w in content_stems(text)}
            told = frozenset(i for i, own in named.items() if own and len(own & has) >= TOLD * len(own))
            if len(told) >= MIN_SHARED_EVENTS:
                found.append(EventSentence(record["topic"], record["doc"], text, told))
    return found


def is_ecb_test(topic: str) -> bool:
    """Tell whether a topic is kept for testing: every second one is."""
    return int(topic) % 2 == 0


def tell_the_same(a: EventSentence, b: EventSentence) -> bool:
    """Tell whether two sentences share most of their events."""
    shared = len(a.events & b.events)
    return shared >= MIN_SHARED_EVENTS and shared >= SHARED * len(a.events | b.events)


def ecb_pairs(sentences: list[EventSentence]) -> list[Pair]:
    """Pair all sentences of different documents of one topic."""
    return [
        Pair(a.text, b.text, tell_the_same(a, b), "ecb")
        for a, b in combinations(sentences, 2)
        if a.topic == b.topic and a.doc != b.doc
    ]


def untokenised(text: str) -> str:
    """Undo the spaces that a tokeniser put around marks."""
    text = plain_marks(text)
    text = re.sub(r" (?=[.,:;!?%)])|(?<=[($]) ", "", text)
    text = re.sub(r" (n't|'s|'re|'ve|'ll|'d|'m)\b", r"\1", text)
    text = re.sub(r"(?<=\w) ([-–]) (?=\w)", r"\1", text)
    return re.sub(r"(?<=\d)([.,:]) (?=\d)", r"\1", text)
