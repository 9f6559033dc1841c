"""Write a whole topic at once, then find the evidence of each sentence (``unit: topic``).

Models that were trained on whole documents (PRIMERA, BART, PEGASUS) write several sentences from all
of a topic's evidence. Each of them is attributed afterwards to the planned claims whose content it
repeats and checked against their evidence, the way ALCE (Gao et al. 2023) judges citations. What
can't be attributed, or is refused, is not printed; planned claims that no sentence covers are quoted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nltk.tokenize.punkt import PunktSentenceTokenizer

from summarize.composing import NONE_PASSED, Choice, Composed, choose
from summarize.language import content_stems, opens_dependent
from summarize.planning import Planned, PlannedTopic
from summarize.proposals import Proposer
from summarize.segmentation import plain, split
from summarize.types import Checker, Method, Writer

MIN_COVERED = 0.5  # of a sentence's content words that its first piece of evidence must hold
MAX_ATTRIBUTED = 3  # planned claims that one sentence may draw on


def compose_topics(
    topics: Sequence[PlannedTopic],
    writer: Writer,
    checker: Checker,
    splitter: PunktSentenceTokenizer,
    min_support: float,
) -> tuple[Composed, ...]:
    """Write all topics in one batch and return one result per planned claim."""
    groups = [tuple(plain(c.lead.text) for c in sorted(t.claims, key=lambda c: c.rank)) for t in topics]
    written = writer.write(groups) if groups else []
    composed: list[Composed] = []
    for topic, candidates in zip(topics, written, strict=True):
        text = candidates[0].text if candidates else ""
        sentences = [text[start:end] for start, end in split(text, splitter)]
        composed += _attributed(sentences, topic.claims, checker, min_support)
    return tuple(composed)


def _attributed(
    sentences: list[str], planned: tuple[Planned, ...], checker: Checker, min_support: float
) -> list[Composed]:
    """Give each sentence its evidence; quote the planned claims that are left over."""
    left = {p.rank: p for p in planned}
    composed = []
    for sentence in sentences:
        found = attribute(sentence, tuple(left.values()))
        if not found or opens_dependent(sentence) is not None:
            continue
        evidence = tuple(s for p in found for s in p.evidence)
        seen = tuple(plain(s.text) for s in evidence)
        verdict = checker.check(sentence, seen)
        if verdict.passes(min_support):
            method: Method = "quoted" if sentence == seen[0] else "fused"
            choice = Choice(sentence, method, verdict.support)
            own = replace(found[0], evidence=evidence)
            whole = Proposer(own, {}).lead()
            full = choose([whole], checker, min_support) if whole else None
            composed.append(Composed(own, choice, full=Composed(own, full) if full else None))
            for p in found:
                del left[p.rank]
    for p in left.values():
        lead = Proposer(p, {}).lead()
        quoted = choose([lead], checker, min_support) if lead else None
        composed.append(Composed(p, quoted, "" if quoted else NONE_PASSED))
    return composed


def attribute(sentence: str, planned: tuple[Planned, ...]) -> tuple[Planned, ...]:
    """Return the planned claims whose lead sentences together hold the sentence's content words.

    Greedy set cover, weightiest claim first on ties; empty if the best one holds less than half.
    """
    missing = set(content_stems(sentence))
    wanted = len(missing)
    found: list[Planned] = []
    left = sorted(planned, key=lambda p: p.rank)
    while missing and left and len(found) < MAX_ATTRIBUTED:
        best = max(left, key=lambda p: len(missing & content_stems(p.lead.text)))
        gained = missing & content_stems(best.lead.text)
        if not gained or (not found and len(gained) < MIN_COVERED * wanted):
            break
        found.append(best)
        left.remove(best)
        missing -= gained
    return tuple(found)
