"""Writers, checkers and embedders that do as they are told, and plans built from short strings."""

from __future__ import annotations

import zlib

import numpy as np

from summarize import resources
from summarize.analysis import Analysis
from summarize.checking import RuleChecker
from summarize.deduplication import profile
from summarize.loading import Models
from summarize.planning import Planned
from summarize.ranking import FEATURES, FOLDS, Ranker, Weights
from summarize.rating import Rated
from summarize.segmentation import load_tokenizer
from summarize.types import Article, Candidate, Fact, Verdict
from tests.builders import article, sentence, sentences


class ScriptedWriter:
    """Answers each task with the texts that the script has for the first evidence sentence."""

    signature = "scripted"

    def __init__(self, script: dict[tuple[str | None, str], list[str]]) -> None:
        self.script = script
        self.asked: list[tuple[str | None, tuple[str, ...]]] = []

    def write(self, evidence: list[tuple[str, ...]], task: str | None = None) -> list[tuple[Candidate, ...]]:
        self.asked += [(task, group) for group in evidence]
        return [
            tuple(Candidate(t, -0.1 * n) for n, t in enumerate(self.script.get((task, e[0]), [])))
            for e in evidence
        ]


class TrustingChecker:
    """Refuses only what it was told to."""

    signature = "trusting"

    def __init__(self, *refused: str) -> None:
        self.refused = refused

    def check(self, claim: str, evidence: tuple[str, ...]) -> Verdict:
        return Verdict(1.0, ("refused",) if claim in self.refused else ())


class HashedEmbedder:
    """Embeds texts as bags of hashed words: alike texts are near, and no model is needed."""

    signature = "hashed"

    def embed(self, texts: list[str]) -> np.ndarray:
        rows = np.full((len(texts), 64), 1e-3, dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.lower().split():
                row[zlib.crc32(word.strip(".,").encode()) % 64] += 1
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def planned(*texts: str, rank: int = 0, salience: float = 1.0, origins: int = 1) -> Planned:
    """Build a planned claim whose evidence are the texts, one article each, numbered from 1."""
    evidence = tuple(sentence(t, article(t, n), order=rank) for n, t in enumerate(texts, start=1))
    vector = HashedEmbedder().embed([texts[0]])[0]
    rated = Rated(Fact(evidence), vector, salience, origins, 0, frozenset())
    return Planned(rated, evidence, rank)


def analysis(*articles: Article) -> Analysis:
    """Analyse articles of one story; every sentence is a fact of its own."""
    found = tuple(s for a in articles for s in sentences(a))
    by_id = {a.id: a for a in articles}
    own = tuple(profile(s, by_id[s.article]) for s in found)
    vectors = HashedEmbedder().embed([s.text for s in found])
    return Analysis(by_id, found, own, vectors, tuple(Fact((s,)) for s in found), dict.fromkeys(by_id, 0))


def ranker(**weights: float) -> Ranker:
    """Build a ranker of the same weights for any length: by the first words of a feature's name.

    Without any, what stands first is worth most.
    """
    names = {name.replace(" ", "_"): name for name in FEATURES}
    wanted = {n: next(full for k, full in names.items() if k.startswith(n)) for n in weights}
    of = {wanted[n]: value for n, value in weights.items()} or {"first in its article": 1.0}
    values = tuple(of.get(name, 0.0) for name in FEATURES)
    made = [Weights(words, 0.0, values) for words in (67, 264)]
    return Ranker(made[0], made[1], (made[1],) * FOLDS, "scripted")


def models() -> Models:
    """Build models that need no learning: alike texts are near, and evidence is quoted as it stands."""
    splitter = load_tokenizer(resources.models_dir() / "punkt" / "parameters.json")
    return Models(splitter, HashedEmbedder(), ScriptedWriter({}), RuleChecker(), ranker())
