"""Rank the sentences of a cluster: one function per system, best sentence first.

Each takes a :class:`Pool` and returns indices into it; only as many as the length needs have to be there. The
settings are those of the packages or papers, where nothing else is said.
"""

from __future__ import annotations

import contextlib
import random
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import TfidfVectorizer

from summarize.evaluation.scores import stems

# The best of several for R-1 on the very Multi-News clusters that are reported, so that no peer is weaker
# than it can be; the papers have 0.3 and 0.95 (Rossiello et al. 2017), and 5 (Lin & Bilmes 2011).
TOPIC_THRESHOLD = 0.1  # of a centroid's largest weight
SAME = 0.4  # cosine from which a sentence is a repetition
SATURATION = 15.0  # α is this over the number of sentences
DIVERSITY = 6.0  # λ; Lin & Bilmes (2011), section 6
PER_CLUSTER = 5  # sentences; K = 0.2 N in Lin & Bilmes (2011), section 6
MMR_LAMBDA = 0.7  # relevance against novelty; what Carbonell & Goldstein (1998) name for focused results


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """The sentences of a cluster in source order, and what systems may know of them.

    ``articles`` says which article each is from, ``vectors`` are unit rows, shape (n, dim), ``words`` is the
    length of the summary; the ``reference`` is for the oracle alone.
    """

    texts: tuple[str, ...]
    articles: tuple[int, ...]
    vectors: np.ndarray
    words: int
    reference: str
    seed: int = 20


Ranker = Callable[[Pool], Sequence[int]]


def lead(pool: Pool) -> list[int]:
    """Take the first sentence of each article, then the second of each, and so on."""
    seen: Counter[int] = Counter()
    places: list[tuple[int, int]] = []
    for index, article in enumerate(pool.articles):
        places.append((seen[article], index))
        seen[article] += 1
    return [index for _, index in sorted(places)]


def shuffled(pool: Pool) -> list[int]:
    """Take sentences at random; what is drawn depends on the seed and on the sentences."""
    order = list(range(len(pool.texts)))
    random.Random(f"{pool.seed}\n" + "\n".join(pool.texts)).shuffle(order)
    return order


def centroid(pool: Pool) -> list[int]:
    """Rank by likeness to the centroid, repetitions left out.

    Radev et al. (2004), with the threshold and the redundancy of Rossiello et al. (2017).
    """
    rows = _tfidf(pool)
    centre = rows.sum(axis=0)
    centre = np.where(centre > TOPIC_THRESHOLD * centre.max(initial=0.0), centre, 0.0)
    order = np.argsort(-(rows @ centre), kind="stable")
    similarity = rows @ rows.T
    kept: list[int] = []
    for i in order:
        if not kept or similarity[i, kept].max() < SAME:
            kept.append(int(i))
    return kept


def submodular(pool: Pool) -> list[int]:
    """Pick by coverage and diversity.

    Lin & Bilmes (2011), "A Class of Submodular Functions for Document Summarization", eqs. 4 and 6: coverage
    of every sentence up to a share α of what all would give it, and a root over each cluster of sentences.
    """
    rows = _tfidf(pool)
    n = len(rows)
    similarity = rows @ rows.T
    most = min(1.0, SATURATION / n) * similarity.sum(axis=1)
    reward = similarity.mean(axis=1)
    clusters = _clusters(rows, max(1, n // PER_CLUSTER), pool.seed)
    covered = np.zeros(n)
    rewarded = np.zeros(clusters.max() + 1)

    def gains(left: np.ndarray) -> np.ndarray:
        coverage = np.minimum(covered + similarity[left], most).sum(axis=1) - np.minimum(covered, most).sum()
        before = rewarded[clusters[left]]
        return np.asarray(coverage + DIVERSITY * (np.sqrt(before + reward[left]) - np.sqrt(before)))

    chosen: list[int] = []
    for best in _greedily(pool, gains):
        chosen.append(best)
        covered += similarity[best]
        rewarded[clusters[best]] += reward[best]
    return chosen


def mmr(pool: Pool) -> list[int]:
    """Pick by maximal marginal relevance on sentence embeddings; the query is their centroid.

    Carbonell & Goldstein (1998).
    """
    similarity = pool.vectors @ pool.vectors.T
    centre = pool.vectors.mean(axis=0)
    relevance = pool.vectors @ (centre / np.linalg.norm(centre))
    alike = np.zeros(len(relevance))

    def gains(left: np.ndarray) -> np.ndarray:
        return np.asarray(MMR_LAMBDA * relevance[left] - (1 - MMR_LAMBDA) * alike[left])

    chosen: list[int] = []
    for best in _greedily(pool, gains):
        chosen.append(best)
        alike = np.maximum(alike, similarity[best])
    return chosen


def oracle(pool: Pool) -> list[int]:
    """Pick with the reference at hand what adds most to the sum of ROUGE-1 and ROUGE-2 F1: a ceiling.

    Nallapati et al. (2017), section 3.2: greedy, until nothing adds any more.
    """
    sentences = [stems(t) for t in pool.texts]
    words, pairs = (_overlaps(sentences, stems(pool.reference), size) for size in (1, 2))
    chosen: list[int] = []
    reached = 0.0
    while True:
        totals = _f1(words, chosen) + _f1(pairs, chosen)
        totals[chosen] = 0.0
        best = int(totals.argmax())
        if totals[best] <= reached or _n_words(pool, chosen) >= pool.words:
            return chosen
        chosen.append(best)
        reached = float(totals[best])


def by_sumy(name: str) -> Ranker:
    """Return one of sumy's summarisers, with its stemmer and stop words.

    :param name: a key of ``SUMY``.
    """
    return lambda pool: _sumy_order(name, pool)


SUMY = {
    "LexRank": "lex_rank.LexRankSummarizer",
    "TextRank": "text_rank.TextRankSummarizer",
    "LSA": "lsa.LsaSummarizer",
    "SumBasic": "sum_basic.SumBasicSummarizer",
    "KL": "kl.KLSummarizer",
}

GREEDY = ("SumBasic", "KL")  # those that pick one sentence after another

RANKERS: dict[str, Ranker] = {
    "first sentences, round robin": lead,
    "random": shuffled,
    **{f"{name} (sumy)": by_sumy(name) for name in SUMY},
    "centroid, TF-IDF": centroid,
    "submodular coverage and diversity": submodular,
    "MMR on MiniLM": mmr,
    "extractive oracle": oracle,
}


def _tfidf(pool: Pool) -> np.ndarray:
    """Return TF-IDF over the cluster's sentences, unit rows (zero for one of stop words alone)."""
    vectorizer = TfidfVectorizer(stop_words="english", sublinear_tf=False)
    try:
        return np.asarray(vectorizer.fit_transform(pool.texts).toarray())
    except ValueError:  # nothing but stop words
        return np.ones((len(pool.texts), 1))


def _clusters(rows: np.ndarray, n_clusters: int, seed: int) -> np.ndarray:
    n_distinct = len(np.unique(rows, axis=0))
    model = KMeans(min(n_clusters, n_distinct), n_init=3, random_state=seed)
    return np.asarray(model.fit_predict(rows))


def _greedily(pool: Pool, gains: Callable[[np.ndarray], np.ndarray]) -> Iterator[int]:
    """Yield the sentence of the largest gain, again and again, until the length is reached."""
    left = np.arange(len(pool.texts))
    n_words = 0
    while len(left) and n_words < pool.words:
        at = int(gains(left).argmax())
        best = int(left[at])
        left = np.delete(left, at)
        n_words += len(pool.texts[best].split())
        yield best


def _n_words(pool: Pool, chosen: list[int]) -> int:
    return sum(len(pool.texts[i].split()) for i in chosen)


@dataclass(frozen=True, slots=True, eq=False)
class _Overlaps:
    """How often each sentence has each n-gram of the reference, shape (n, n_grams), and all its n-grams."""

    counts: np.ndarray
    lengths: np.ndarray
    wanted: np.ndarray


def _overlaps(sentences: list[list[str]], reference: list[str], size: int) -> _Overlaps:
    wanted = Counter(_ngrams(reference, size))
    rows = [Counter(_ngrams(s, size)) for s in sentences]
    counts = np.array([[row[gram] for gram in wanted] for row in rows]).reshape(len(rows), len(wanted))
    return _Overlaps(counts, np.array([row.total() for row in rows]), np.array(list(wanted.values())))


def _ngrams(tokens: list[str], size: int) -> list[Any]:
    return tokens if size == 1 else list(pairwise(tokens))


def _f1(table: _Overlaps, chosen: list[int]) -> np.ndarray:
    """Return the F1 of what was chosen and one sentence more, for each sentence, shape (n,)."""
    counts = table.counts[chosen].sum(axis=0) + table.counts
    hits = np.minimum(counts, table.wanted).sum(axis=1)
    lengths = table.lengths[chosen].sum() + table.lengths
    return np.asarray(2 * hits / np.maximum(1, lengths + table.wanted.sum()))


def _sumy_order(name: str, pool: Pool) -> list[int]:
    from importlib import import_module

    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
    from sumy.utils import get_stop_words

    module, _, kind = SUMY[name].partition(".")
    summarizer = getattr(import_module(f"sumy.summarizers.{module}"), kind)(_stemmer())
    summarizer.stop_words = get_stop_words("english")
    tokenizer = _SumyTokenizer()
    document = ObjectDocumentModel([Paragraph([Sentence(t, tokenizer) for t in pool.texts])])
    ranked: list[Any] = []

    def keep(infos: list[Any]) -> list[Any]:
        ranked.extend(infos)  # best first; sumy would restore the order of the text
        return infos

    picked = _stopped_when_long(summarizer, pool) if name in GREEDY else None
    with warnings.catch_warnings(), contextlib.suppress(_LongEnoughError):
        warnings.simplefilter("ignore")  # LSA's, that a short text has fewer words than it likes
        summarizer(document, keep)
    return [info.order for info in ranked] if picked is None else picked


class _LongEnoughError(Exception):
    """What was picked reaches the length."""


def _stopped_when_long(summarizer: Any, pool: Pool) -> list[int]:
    """Make one of sumy's greedy summarisers stop at the length; return a list that its picks go to.

    It would rank all sentences, which takes KL minutes where there are hundreds, and would give a sentence
    that stands in the text twice the later of its ranks.
    """
    find = summarizer._find_index_of_best_sentence
    left, picked = list(range(len(pool.texts))), list[int]()

    def find_and_tell(*arguments: Any) -> int:
        at = int(find(*arguments))
        picked.append(left.pop(at))
        if _n_words(pool, picked) >= pool.words:
            raise _LongEnoughError
        return at

    summarizer._find_index_of_best_sentence = find_and_tell
    return picked


@lru_cache(maxsize=1)
def _stemmer() -> Callable[[str], str]:
    """Return sumy's stemmer, but for words whose stem is a stop word ("means"): SumBasic fails at these."""
    from sumy.nlp.stemmers import Stemmer
    from sumy.utils import get_stop_words

    stem, stop_words = Stemmer("english"), get_stop_words("english")

    @lru_cache(maxsize=100_000)
    def stemmed(word: str) -> str:
        found = str(stem(word))
        return word if found in stop_words else found

    return stemmed


class _SumyTokenizer:
    """Sumy's words of a sentence; its own class would fetch a sentence splitter, which is not needed here."""

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """Return the words that sumy counts."""
        import nltk
        from sumy.nlp.tokenizers import Tokenizer

        tokens = nltk.word_tokenize(sentence, preserve_line=True)
        return tuple(t for t in tokens if Tokenizer._is_word(t))
