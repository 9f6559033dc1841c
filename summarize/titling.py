"""Titles: the articles that a topic draws on → those of their titles that may head it.

A reader takes a heading for what the brief says, so that a title must say what one of the topic's sentences
does: by the decision of deduplication on two sentences, by half of the title's own words, or because the
sentence is the first one below it. The others are given apart, for where nothing else is found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from summarize.composing import Composed
from summarize.genre import Opinions
from summarize.heading import sentence_case
from summarize.language import names
from summarize.language.places import DEMONYMS, PLACES, STATES
from summarize.language.tokens import word_set
from summarize.matching import Matcher
from summarize.profiles import Profile, profile_of
from summarize.types import Article, Embedder

# Read by hand on the headings of 14 mixed folders.
SAME = 0.3  # chance that a title and a sentence state the same, from which the sentence tells it
HALF = 0.5  # of a title's event words; it must be as near as two sentences on one matter are
NEAR = 0.5  # cosine
BELOW = 0.45  # cosine from which the first sentence of an article tells what the title above it does
_LEADING_NAME = re.compile(r"[A-Z][a-z][a-z]+(?: [A-Z][a-z]+)*")
# Who may be called otherwise in the text: by a person, or by a member.
_EVERYBODY = (
    PLACES
    | STATES
    | DEMONYMS
    | word_set(
        "democrats republicans dems congress senate house white supreme court president "
        "trump obama biden fed police facebook google twitter"
    )
)


@dataclass(frozen=True, slots=True)
class Titles:
    """Titles of one topic, in sentence case: those that its sentences tell, and the others."""

    told: tuple[str, ...]
    others: tuple[str, ...]


def titles_of(
    topics: Sequence[Sequence[Composed]],
    articles: Mapping[int, Article],
    opinions: Opinions,
    embedder: Embedder,
    matcher: Matcher | None,
) -> tuple[Titles, ...]:
    """Return the titles of reports, for want of them those of what reports and argues.

    :param matcher: None if nothing is known of what states the same; then every title will do.
    """
    found = []
    for claims in topics:
        ids = dict.fromkeys(s.article for c in claims for s in c.planned.evidence)
        own = [articles[i] for i in ids if articles[i].title and i not in opinions.articles]
        own = [a for a in own if a.id not in opinions.slanted] or own
        titles: dict[str, set[int]] = {}
        for a in own:
            titles.setdefault(sentence_case(a.title or "", a.news), set()).add(a.id)
        told = tuple(titles) if matcher is None else _told(titles, claims, embedder, matcher)
        said = " ".join(c.choice.text for c in claims if c.choice)
        told = tuple(t for t in told if not _is_of_another(t, [articles[i].news for i in titles[t]], said))
        found.append(Titles(told, tuple(t for t in titles if t not in told)))
    return tuple(found)


def _told(
    titles: Mapping[str, Set[int]], claims: Sequence[Composed], embedder: Embedder, matcher: Matcher
) -> tuple[str, ...]:
    """Return the titles that one of the claims tells.

    :param titles: with the articles that each stands above.
    """
    said = [(c, c.choice.text) for c in claims if c.choice]
    if not titles or not said:
        return ()
    near = embedder.embed(list(titles)) @ embedder.embed([text for _, text in said]).T
    profiles = [profile_of(text) for _, text in said]
    begins = [{s.article for s in c.cited if s.order == 0} for c, _ in said]
    told = []
    for title, row in zip(titles, near.tolist(), strict=True):
        own = profile_of(title)
        is_below = any(titles[title] & b and x >= BELOW for b, x in zip(begins, row, strict=True))
        if is_below or any(_tells(own, p, x, matcher) for p, x in zip(profiles, row, strict=True)):
            told.append(title)
    return tuple(told)


def _is_of_another(title: str, texts: Sequence[str], said: str) -> bool:
    """Tell whether a title begins with a name of its article that what is told leaves out.

    :param texts: of the articles that stand below the title.
    """
    found = _LEADING_NAME.match(title)
    named = found[0].split() if found else []
    if not named or any(w.casefold() in _EVERYBODY or w.casefold() in said.casefold() for w in named):
        return False
    is_name = any(re.search(rf"(?<=[a-z,] ){named[0]}\b", text) for text in texts)
    is_word = any(re.search(rf"\b{named[0].lower()}\b", text) for text in texts)
    return is_name and not is_word and any(n.title or " " in n.text for n in names(said))


def _tells(title: Profile, said: Profile, cosine: float, matcher: Matcher) -> bool:
    if matcher.probability(title, said, cosine) >= SAME:
        return True
    shared = title.event & said.content
    return cosine >= NEAR and bool(shared) and len(shared) >= HALF * len(title.event)
