"""Coverage: which of the facts that several independent sources state are told in the brief.

The facts are those of the deduplication that made the brief, found again from the brief's own sources.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summarize import deduplication
from summarize.config import Config
from summarize.evaluation.report import Figure, share
from summarize.language import content_stems, names
from summarize.loading import Models
from summarize.profiles import profile
from summarize.segmentation import plain, segment
from summarize.types import Article, Brief, Claim, Fact, Sentence

TOLD = 0.5  # share of the content words of the shorter one, by which a claim tells what a sentence says
MANY = 3  # origins


def facts_of(sources: Sequence[Article], models: Models, config: Config) -> tuple[Fact, ...]:
    """Find the facts of articles as the pipeline does."""
    articles = sorted(sources, key=lambda a: (a.sha256, a.path))
    sentences = tuple(s for a in articles for s in segment(a, models.splitter))
    return grouped(sentences, articles, models, config)


def grouped(
    sentences: tuple[Sentence, ...], articles: Sequence[Article], models: Models, config: Config
) -> tuple[Fact, ...]:
    """Group sentences that state the same thing, as the pipeline does."""
    by_id = {a.id: a for a in articles}
    profiles = tuple(profile(s, by_id[s.article]) for s in sentences)
    vectors = models.embedder.embed([plain(s.text) for s in sentences])
    options = deduplication.options_from(config.deduplicate)
    groups = deduplication.deduplicate(sentences, profiles, vectors, options, models.matcher, models.reader)
    return deduplication.as_facts(groups, sentences, profiles, vectors)


def n_origins(fact: Fact, origin_of: Mapping[int, int]) -> int:
    """Count the independent sources that state a fact; copies of a wire story are one."""
    return len({origin_of[i] for i in fact.articles})


def tells(claim: Claim, fact: Fact) -> bool:
    """Tell whether a claim cites one of a fact's sentences and says what it says.

    A sentence that is cited for a full name alone is not told.
    """
    cited = {(e.source, e.start) for e in claim.evidence}
    own = _said(claim.text)
    for sentence in fact.sentences:
        theirs = _said(sentence.text)
        if (sentence.article, sentence.start) in cited and own & theirs:
            return len(own & theirs) >= TOLD * min(len(own), len(theirs))
    return False


def _said(text: str) -> frozenset[str]:
    """Return the content words that are no part of a name, or all of them if there are no others."""
    found = content_stems(text)
    return found - {s for n in names(text) for s in content_stems(f"{n.title or ''} {n.text}")} or found


def figures(brief: Brief, facts: Sequence[Fact]) -> tuple[Figure, ...]:
    """Measure one brief."""
    claims = [c for t in brief.topics for c in t.claims]
    origin_of = {a.id: a.origin for a in brief.sources}
    shared = [(n, f) for f in facts if (n := n_origins(f, origin_of)) > 1]
    told = [(n, f) for n, f in shared if any(tells(c, f) for c in claims)]
    n_many, n_told = (sum(n >= MANY for n, _ in own) for own in (shared, told))
    n_words = sum(len(c.text.split()) for c in claims)
    n_read = sum(a.n_words for a in brief.sources)
    several = sum(c.origins > 1 for c in claims)
    cited = {i for c in claims for i in c.sources}
    return (
        Figure("facts of several origins that are told", share(len(told), len(shared)), len(shared), "%"),
        Figure(f"facts of {MANY} or more origins that are told", share(n_told, n_many), n_many, "%"),
        Figure("claims of several origins", share(several, len(claims)), len(claims), "%"),
        Figure("sources that are cited", share(len(cited), len(brief.sources)), len(brief.sources), "%"),
        Figure("words of the brief", n_words, len(claims)),
        Figure("words of the articles for each word of it", n_read / max(1, n_words), n_read, "points"),
    )
