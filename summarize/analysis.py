"""Analyse: articles → sentences, facts and stories; what all that comes later rests on.

Contract: the first half of the pipeline, segment to cluster, as one pure step, so that planning, training
and evaluation see the same facts. Decides nothing about what is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from nltk.tokenize.punkt import PunktSentenceTokenizer

from summarize import clustering, deduplication
from summarize.clock import Clock
from summarize.config import Config
from summarize.matching import Matcher
from summarize.profiles import Profile
from summarize.reading import Reading
from summarize.segmentation import plain, segment
from summarize.spoken import Marked, spoken
from summarize.types import Article, Embedder, Fact, PairReader, Sentence

Place = tuple[int, int]  # article, order of the sentence in it
Splitting = Callable[[Article], tuple[Sentence, ...]]
Profiling = Callable[[Sentence, Article], Profile]
Pairs = dict[tuple[int, int], float]  # cosines of sentences, by index
Matching = Callable[[Sequence[int] | None], Pairs]


class Recall(Protocol):
    """Knows what an earlier run worked out, and works out the rest."""

    def sentences(self, articles: Sequence[Article], split: Splitting) -> tuple[Sentence, ...]:
        """Return the sentences of all articles."""
        ...

    def profiles(
        self, sentences: Sequence[Sentence], articles: Mapping[int, Article], make: Profiling
    ) -> tuple[Profile, ...]:
        """Return the profile of each sentence."""
        ...

    def matches(
        self, sentences: Sequence[Sentence], articles: Mapping[int, Article], settings: str, match: Matching
    ) -> Pairs:
        """Return the pairs of sentences that state the same thing.

        :param settings: what the pairs depend on beside sentences and dates.
        :param match: finds the pairs with one of some sentences; of all, given None.
        """
        ...


class Afresh:
    """The :class:`Recall` of a run that remembers nothing."""

    def sentences(self, articles: Sequence[Article], split: Splitting) -> tuple[Sentence, ...]:
        return tuple(s for a in articles for s in split(a))

    def profiles(
        self, sentences: Sequence[Sentence], articles: Mapping[int, Article], make: Profiling
    ) -> tuple[Profile, ...]:
        return tuple(make(s, articles[s.article]) for s in sentences)

    def matches(
        self, sentences: Sequence[Sentence], articles: Mapping[int, Article], settings: str, match: Matching
    ) -> Pairs:
        return match(None)


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the articles say, before anything is chosen.

    ``profiles`` and the rows of ``vectors`` (unit, shape (n_sentences, dim)) are in the order of
    ``sentences``; ``story_of`` is by article. ``spoken`` are parts of longer quotations; ``marked`` gives
    those that can be told behind the sentence in front the marks that they lack.
    """

    articles: Mapping[int, Article]
    sentences: tuple[Sentence, ...]
    profiles: tuple[Profile, ...]
    vectors: np.ndarray
    facts: tuple[Fact, ...]
    story_of: Mapping[int, int]
    spoken: Set[Place] = frozenset()
    marked: Mapping[Place, Marked] = field(default_factory=dict)

    @property
    def profile_of(self) -> dict[Place, Profile]:
        """The profile of each sentence, by its place."""
        return {(s.article, s.order): p for s, p in zip(self.sentences, self.profiles, strict=True)}

    @property
    def vector_of(self) -> dict[Place, np.ndarray]:
        """The vector of each sentence, by its place."""
        return {(s.article, s.order): v for s, v in zip(self.sentences, self.vectors, strict=True)}

    @property
    def by_story(self) -> dict[int, list[Sentence]]:
        """All sentences of each story."""
        found: dict[int, list[Sentence]] = defaultdict(list)
        for sentence in self.sentences:
            found[self.story_of[sentence.article]].append(sentence)
        return dict(found)


def analyse(
    reading: Reading,
    splitter: PunktSentenceTokenizer,
    embedder: Embedder,
    config: Config,
    clock: Clock,
    recall: Recall | None = None,
    *,
    matcher: Matcher | None = None,
    reader: PairReader | None = None,
) -> Analysis:
    """Segment, embed, deduplicate and cluster articles that were read.

    They are worked on in the order of their content's hash, so that names of files change nothing.
    """
    articles = {a.id: a for a in sorted(reading.articles, key=lambda a: (a.sha256, a.path))}
    recall = recall or Afresh()
    with clock.stage("segment"):
        sentences = recall.sentences(tuple(articles.values()), lambda a: segment(a, splitter))
        profiles = recall.profiles(sentences, articles, deduplication.profile)
    with clock.stage("embed"):
        vectors = embedder.embed([plain(s.text) for s in sentences])
    with clock.stage("deduplicate"):
        limits = deduplication.options_from(config.deduplicate)
        same = recall.matches(
            sentences,
            articles,
            " ".join([embedder.signature, *(m.signature for m in (matcher, reader) if m), str(limits)]),
            lambda fresh: deduplication.same_pairs(
                profiles, vectors, limits, fresh, matcher, reader, [s.text for s in sentences]
            ),
        )
        # What somebody is quoted with is no second source of a statement.
        quoted = spoken(sentences, articles)
        parts = quoted.parts
        alike = {pair: c for pair, c in same.items() if (pair[0] in parts) == (pair[1] in parts)}
        groups = deduplication.linked(len(sentences), alike)
        facts = deduplication.as_facts(groups, sentences, profiles, vectors)
    with clock.stage("cluster"):
        known = dict(zip(sentences, profiles, strict=True))
        story_of = _stories(
            articles,
            sentences,
            vectors,
            embedder,
            config.cluster.min_similarity,
            lambda s: (t.stem for t in known[s].tokens if t.is_content),
        )
    place_of = [(s.article, s.order) for s in sentences]
    return Analysis(
        articles,
        sentences,
        profiles,
        vectors,
        facts,
        story_of,
        frozenset(place_of[n] for n in parts),
        {place_of[n]: marked for n, marked in quoted.marked.items()},
    )


def _stories(
    articles: Mapping[int, Article],
    sentences: tuple[Sentence, ...],
    vectors: np.ndarray,
    embedder: Embedder,
    min_similarity: float,
    stems_of: Callable[[Sentence], Iterable[str]],
) -> dict[int, int]:
    rows: dict[int, list[int]] = {}
    for index, sentence in enumerate(sentences):
        rows.setdefault(sentence.article, []).append(index)
    titled = [i for i in rows if articles[i].title]
    titles = embedder.embed([plain(articles[i].title or "") for i in titled])
    title_of = dict(zip(titled, titles, strict=True))
    portraits = [
        clustering.portray(articles[i], [sentences[r] for r in own], vectors[own], title_of.get(i), stems_of)
        for i, own in rows.items()
    ]
    return dict(zip(rows, clustering.stories(portraits, min_similarity), strict=True))
