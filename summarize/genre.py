"""Genre: whether an article reports or argues, and which sentences tell what their author thinks.

A column, an editorial or a commentary says in its author's name what a brief would tell as if it were so; so
does a report now and then. Some articles are labelled: by their section, their title or a disclaimer. Others
are known by how they are written: they ask, demand and judge, say "I", "we" and "you", and quote little. Of
single sentences a linear model of their vectors tells how probable it is that they argue; trained by
``summarize train genre``. What somebody else is quoted with is no opinion of the article's.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from summarize.analysis import Place
from summarize.language import quotations, reports
from summarize.language.cohesion import is_personal
from summarize.language.opinion import judges
from summarize.language.quotations import without_quotations
from summarize.resources import EMBEDDER
from summarize.types import Article, Sentence
from summarize.weights import read_weights

FEATURES = (f"vector of {EMBEDDER}",)
_SECTION = (
    r"(?:opinions?|commentary|editorials?|op-?eds?|guest (?:column|commentary|essay)|letters? to the editor)"
)
_LABEL = re.compile(
    rf"{_SECTION}\s*(?:[:|]|--| [–—-] )|.* (?:[|–—]|- ) ?(?:[\w ]{{2,30}} )?{_SECTION}$|"
    rf".*\(opinion\)$|{_SECTION}$",
    re.IGNORECASE,
)
_LABEL_LINE = re.compile(rf"\W*(?:{_SECTION}|columnists?)\W*", re.IGNORECASE)
_OTHER_SECTION = re.compile(
    r"\W*(?:news|world|politics|business|sports?|culture|arts?|style|tech|technology|science|health|weather|"
    r"video|lifestyle|travel|entertainment|money|life|local|more)\W*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"https?://(?:opinions?\.|(?![^/]*(?:\.gov\b|court|justia|\blaw))[^/]*/(?:[^?#]*/)?"
    r"(?:opinions?|commentary|commentisfree|columnists?|editorials?|op-?eds?)(?:/|\.html?$|$))",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"\b(?:views|opinions) expressed (?:in|by|here)\b(?![^.\n]{0,60}\b(?:comments?|users?|readers?)\b)"
    r"[^.\n]{0,120}"
    r"\b(?:authors?|own|contributors?|columnists?)\b",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(
    r"\b(?:clearly|obviously|of course|surely|frankly|perhaps|indeed|truly|simply|merely|hardly|utterly|"
    r"absolutely|undoubtedly|apparently|supposedly|so-called|actually|really|certainly|naturally|"
    r"unfortunately|fortunately|sadly)\b",
    re.IGNORECASE,
)
_DEMAND = re.compile(
    r"\b(?:should|must|ought|need to|cannot|(?:ca|do|is|wo|does)n['’]t|let['’]s)\b", re.IGNORECASE
)
# How much an article argues by its wording: a logistic regression on 1,892 AllSides articles, of which 58
# come from a section of opinion (classes weighed equally, rounded), on shares of the sentences.
_PERSONAL, _JUDGES, _ASKS, _STRESSES, _DEMANDS, _QUOTES, _BIAS = 3.5, 30.0, 9.0, 8.5, 11.5, -5.5, 0.3
ARGUES = 2.2  # by wording alone; 3.5 % of those articles reach it, nearly all of them commentary
# With the mean chance of its own sentences beside it. Beyond that are a tenth of those articles, and seven
# tenths of the ones that are labelled; they were cross-validated by events.
_MEAN, _WORDING, _TOGETHER = 10.0, 0.5, 3.0
# Of 100 sentences in reports that reach the first chance about 85 judge, demand or guess; in an article that
# argues a sentence below the second one states a fact as a rule.
OPINION, FACTUAL = 0.8, 0.06
# Between reports and what argues lie analyses, features and the reports of partisan sites. From the first sum
# on the more an article argues the lower a chance its sentences may have; from the second one on its title is
# none to head a topic with. Of 180 articles of six days nearly all beyond the second were no plain reports.
_REPORTS, _SLANTED, _SLOPE, _LEAST = 0.5, 1.5, 0.3, 0.3
MIN_SENTENCES = 8  # of an article; fewer tell nothing
FIRST = 60  # sentences of an article that are looked at
_MIN_WORDS, _QUOTED_WORDS = 4, 4


@dataclass(frozen=True, slots=True)
class Genre:
    """Weights of a sentence's vector."""

    bias: float
    values: np.ndarray  # shape (dim,)
    signature: str

    def chances(self, vectors: np.ndarray) -> np.ndarray:
        """Return how probable it is that sentences argue, shape (n,).

        :param vectors: unit, shape (n, dim).
        """
        return np.asarray(1.0 / (1.0 + np.exp(-(vectors @ self.values + self.bias))))


def load_genre(path: Path) -> Genre:
    """Read weights that ``summarize train genre`` wrote.

    :raises ModelError: if the file can't be read, or is for another embedder.
    """
    return read_weights(path, "genre model", FEATURES, _built)


def _built(stored: dict[str, Any], signature: str) -> Genre:
    return Genre(float(stored["bias"]), np.array(stored["values"], dtype=float), signature)


@dataclass(frozen=True, slots=True)
class Opinions:
    """The articles that argue where as many report on their story, and what authors think.

    Where more argue than report, as of a film, the opinions are the story. ``arguing`` are all articles that
    do; ``slanted`` those that report, and argue as well.
    """

    articles: frozenset[int]
    places: frozenset[Place]
    arguing: frozenset[int] = frozenset()
    slanted: frozenset[int] = frozenset()


def opinions(
    sentences: Sequence[Sentence],
    vectors: np.ndarray,
    articles: Mapping[int, Article],
    story_of: Mapping[int, int],
    model: Genre | None,
) -> Opinions:
    """Find what the articles' authors think; of an article that argues it is all that is no plain fact.

    :param vectors: of the sentences, shape (n_sentences, dim).
    :param model: None for an embedder that it was not made for; then only whole articles are known.
    """
    rows: dict[int, list[int]] = {}
    for n, sentence in enumerate(sentences):
        if articles[sentence.article].language == "en":
            rows.setdefault(sentence.article, []).append(n)
    own = [n for mine in rows.values() for n in mine if is_own(sentences[n].text)]
    found = model.chances(vectors[own]).tolist() if model and own else []
    chance = dict(zip(own, found, strict=False))
    score = {
        article: _score([sentences[n].text for n in mine], [chance[n] for n in mine if n in chance])
        for article, mine in rows.items()
    }
    arguing = {a for a, x in score.items() if x > _TOGETHER or is_labelled(articles[a])}
    votes = Counter[int]()
    for article, story in story_of.items():
        votes[story] += -1 if article in arguing else 1
    outvoted = frozenset(a for a in arguing if votes[story_of[a]] >= 0)
    told = set()
    for n in own:
        article = sentences[n].article
        limit, unknown = (FACTUAL, 1.0) if article in outvoted else (OPINION, 0.0)
        if article not in arguing and votes[story_of[article]] >= 0:
            limit = max(_LEAST, limit - _SLOPE * max(0.0, score[article] - _REPORTS))
        if chance.get(n, unknown) >= limit:
            told.add((article, sentences[n].order))
    slanted = frozenset(a for a, x in score.items() if x > _SLANTED and a not in arguing)
    return Opinions(outvoted, frozenset(told), frozenset(arguing), slanted)


def is_own(text: str) -> bool:
    """Tell whether a sentence is in its author's words: nobody is reported, hardly a word is quoted."""
    quoted = sum(len(text[a:b].split()) for a, b in quotations(text))
    return quoted < _QUOTED_WORDS and not any(r.speaker for r in reports(text))


def is_labelled(article: Article) -> bool:
    """Tell whether an article is marked as opinion: by its address, title, section line or disclaimer."""
    url = article.metadata.url
    if url and is_section(url.value):
        return True
    if article.title and _LABEL.match(article.title):
        return True
    top = article.text[: article.body[0].start].splitlines() if article.body else []
    in_top = any(_LABEL_LINE.fullmatch(line) for line in top)
    in_menu = any(_OTHER_SECTION.fullmatch(line) for line in top)
    return (in_top and not in_menu) or _DISCLAIMER.search(_around(article)) is not None


def _around(article: Article) -> str:
    """Return what surrounds the running text, its last paragraph included."""
    if not article.body:
        return article.text
    return article.text[: article.body[0].start] + "\n" + article.text[article.body[-1].start :]


def is_section(url: str) -> bool:
    """Tell whether an address lies in a section of opinion."""
    return _ADDRESS.match(url) is not None


def _score(texts: Sequence[str], chances: Sequence[float]) -> float:
    """Return how much an article argues, beyond ``_TOGETHER`` if it does.

    :param texts: its sentences.
    :param chances: of those that are its own.
    """
    wording = argumentation(texts)
    if len(chances) < MIN_SENTENCES:
        return math.inf if wording > ARGUES else -math.inf
    return _MEAN * math.fsum(chances) / len(chances) + _WORDING * wording


def argumentation(texts: Sequence[str]) -> float:
    """Return by their wording how much the sentences of an English article argue; reports are below 0.

    Minus infinity where there are too few to tell.
    """
    texts = [t for t in texts if len(t.split()) >= _MIN_WORDS][:FIRST]
    if len(texts) < MIN_SENTENCES:
        return -math.inf
    told = [without_quotations(t) for t in texts]
    total = (
        _PERSONAL * sum(map(is_personal, texts))
        + _JUDGES * sum(map(judges, texts))
        + _ASKS * sum(t.rstrip().endswith("?") for t in told)
        + _STRESSES * sum(_EMPHASIS.search(t) is not None for t in told)
        + _DEMANDS * sum(_DEMAND.search(t) is not None for t in told)
        + _QUOTES * sum(bool(quotations(t) or reports(t)) for t in texts)
    )
    return _BIAS + total / len(texts)
