"""Standing: which claims of earlier briefs their sources still bear out, and which are withdrawn.

Contract: a pure function of the history and of the articles as they are now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from summarize.analysis import Analysis
from summarize.citing import says_in_other_words
from summarize.novelty.history import History, Passage, Told, words_hash
from summarize.segmentation import plain
from summarize.types import Checker, Claim, Evidence, Sentence, Withdrawn


@dataclass(frozen=True, slots=True)
class Standing:
    """Earlier claims that still stand, by topic number, and those that no longer do.

    ``replaced`` are those that an update took the place of.
    """

    unchanged: Mapping[int, tuple[tuple[Told, Claim], ...]]
    withdrawn: tuple[tuple[Told, Withdrawn], ...]
    replaced: tuple[Told, ...] = ()

    @property
    def restored(self) -> tuple[Told, ...]:
        """Claims that had been withdrawn and stand again."""
        return tuple(told for own in self.unchanged.values() for told, _ in own if told.is_withdrawn)


def standing(
    history: History, found: Analysis, checker: Checker, min_support: float, replaced: Iterable[Passage]
) -> Standing:
    """Look for the evidence of every earlier claim in the articles as they are now.

    A claim that was made from several sentences stands as long as what is left of them supports it.

    :param replaced: passages whose claims an update has replaced; these are neither.
    """
    if not history.told:
        return Standing({}, ())
    places = _Places(found)
    outdated = set(replaced)
    unchanged: dict[int, list[tuple[Told, Claim]]] = {}
    withdrawn, ended = [], []
    heading_of = {t.id: t.heading for t in history.topics}
    for told in history.told:
        if outdated & set(told.evidence):
            ended.append(told)
            continue
        evidence = places.of(told.evidence)
        if bearing := _bearing(told, evidence, checker, min_support):
            origins = len({found.articles[e.source].origin for e in bearing if e.role == "support"})
            claim = Claim(told.text, told.method, told.support, origins, bearing, "unchanged")
            unchanged.setdefault(told.topic, []).append((told, claim))
        elif not told.is_withdrawn:
            reason = places.why_lost(told.evidence)
            withdrawn.append((told, Withdrawn(told.text, heading_of.get(told.topic, ""), reason)))
    return Standing({k: tuple(v) for k, v in unchanged.items()}, tuple(withdrawn), tuple(ended))


def _bearing(
    told: Told, evidence: tuple[Evidence, ...], checker: Checker, min_support: float
) -> tuple[Evidence, ...]:
    """Return what is left of a claim's evidence if it still bears the claim out, else nothing.

    Where a passage that it was cited to is gone, one that told a part of it may make up for that.
    """
    support = [e for e in evidence if e.role == "support"]
    if len(support) == sum(p.role == "support" for p in told.evidence):
        return evidence
    for own in (support, evidence):
        texts = tuple(plain(e.text) for e in own)
        is_told = any(says_in_other_words(text, told.text) for text in texts)
        if is_told or (texts and checker.check(told.text, texts).passes(min_support)):
            return tuple(replace(e, role="support") if e in own else e for e in evidence)
    return ()


class _Places:
    """Finds passages of earlier versions in the articles of now."""

    def __init__(self, found: Analysis) -> None:
        self._by_content = {a.sha256: a for a in sorted(found.articles.values(), key=lambda a: -a.id)}
        self._paths = {a.path for a in found.articles.values()}
        self._by_words: dict[bytes, Sentence] = {}
        for sentence in sorted(found.sentences, key=lambda s: (s.article, s.order), reverse=True):
            self._by_words[words_hash(sentence.text)] = sentence

    def of(self, passages: tuple[Passage, ...]) -> tuple[Evidence, ...]:
        """Return where passages stand now; those that are lost are left out."""
        found = [e for p in passages if (e := self._one(p)) is not None]
        return tuple(sorted(dict.fromkeys(found), key=lambda e: (e.source, e.start)))

    def _one(self, passage: Passage) -> Evidence | None:
        source = self._by_content.get(passage.sha256)
        if source is not None:
            return Evidence(source.id, passage.start, passage.end, passage.text, passage.role)
        sentence = self._by_words.get(words_hash(passage.text))
        if sentence is None:
            return None
        return Evidence(sentence.article, sentence.start, sentence.end, sentence.text, passage.role)

    def why_lost(self, passages: tuple[Passage, ...]) -> str:
        """Name the files that no longer say so."""
        lost = dict.fromkeys(p.path for p in passages if self._one(p) is None)
        edited = [p for p in lost if p in self._paths]
        gone = [p for p in lost if p not in self._paths]
        parts = [f"{', '.join(edited)} now says otherwise"] if edited else []
        return "; ".join([*parts, *([f"{', '.join(gone)} is gone"] if gone else [])])
