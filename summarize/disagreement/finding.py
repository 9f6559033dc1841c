"""Find where the sources of a story disagree with what a topic says, and lay out the positions.

Candidates are near in meaning: the cosines of a topic's sentences with all sentences of the same stories
are one matrix product, and only what passes is compared word by word. A fact that was not planned is found
all the same. Figures disagree only across origins, since copies of one wire story can't; speakers may do so
inside one article. The stage changes no claim.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace

import numpy as np

from summarize.disagreement.comparing import Comparison, compare, is_polled, is_recount, says_what
from summarize.disagreement.figures import Figure, Statement, figures
from summarize.disagreement.speech import Denial, calls_false, denial, versions
from summarize.disagreement.values import compatible, figure_value
from summarize.language import content_stems, is_content, names, negations, reports, stem, words
from summarize.language.tokens import word_set
from summarize.types import (
    Article,
    Briefing,
    Disagreement,
    Evidence,
    Fact,
    Kind,
    Position,
    Sentence,
)

RELATED = 0.45  # cosine from which two sentences may be about the same thing
MIN_COSINE: dict[Kind, float] = {"conflict": 0.6, "revision": 0.55, "scope": 0.5, "rounding": RELATED}
MAX_FAR = 10  # times the smaller of two figures
FAR = 2.5  # times the smaller of two figures; what lies farther apart counts different things,
FAR_COSINE = 0.75  # unless the sentences are as near as this
DENIED = 0.5  # cosine of a denial with what it denies, without a figure in common
MIN_DENIED = 3  # content words in common, without a figure in common
_OF_SPEECH = content_stems(
    "allegation claim report statement accusation charge denial word comment spokesman"
)
_LIGHT = word_set("having being doing making taking getting giving committing any")  # the act comes next
_PASTS = {
    "meet": "met", "pay": "paid", "steal": "stole theft", "sell": "sold", "know": "knew", "tell": "told",
    "shoot": "shot", "leav": "left", "send": "sent", "buy": "bought", "hit": "hit", "break": "broke",
}  # fmt: skip
_ROOT = 5  # letters of its stem that tell an act: "assaulting", "an assault"
MIN_ABOUT = 2  # words around two figures in common, from which one article gives both of one thing
MAX_WORDS = 52  # of a position: longer, it says more than what is disputed
MAX_TOLD = 2  # disagreements in one topic that a reader is told of
GRAVE_VALUE = 10  # deaths that others would be expected to report
MIN_ORIGINS = 3  # of a story, before one source's silence means anything


@dataclass(frozen=True, slots=True)
class Corpus:
    """All sentences with their vectors (rows), facts and stories (by row), and their articles."""

    sentences: tuple[Sentence, ...]
    vectors: np.ndarray
    fact_of: tuple[int, ...]
    story_of: tuple[int, ...]
    articles: Mapping[int, Article]

    def origin(self, row: int) -> int:
        return self.articles[self.sentences[row].article].origin

    def statement(self, row: int) -> Statement:
        sentence = self.sentences[row]
        text = " ".join(sentence.text.split())
        return Statement(text, sentence.article, self.articles[sentence.article].published)


@dataclass(frozen=True, slots=True)
class Edge:
    """Two figures of two sentences (rows) that differ."""

    a: tuple[int, Figure]
    b: tuple[int, Figure]
    comparison: Comparison
    cosine: float


def corpus_of(
    facts: tuple[Fact, ...],
    vector_of: dict[tuple[int, int], np.ndarray],
    articles: Mapping[int, Article],
    story_of: Mapping[int, int],
) -> Corpus:
    """Lay out the sentences of all facts, by article and order.

    :param vector_of: unit rows by (article, order) of a sentence.
    """
    flat = sorted(
        ((s, n) for n, fact in enumerate(facts) for s in fact.sentences),
        key=lambda item: (item[0].article, item[0].order),
    )
    sentences = tuple(s for s, _ in flat)
    return Corpus(
        sentences=sentences,
        vectors=np.stack([vector_of[s.article, s.order] for s in sentences]),
        fact_of=tuple(n for _, n in flat),
        story_of=tuple(story_of[s.article] for s in sentences),
        articles=articles,
    )


def with_disagreements(briefings: tuple[Briefing, ...], corpus: Corpus) -> tuple[Briefing, ...]:
    """Add to each briefing where the sources differ; each disagreement is told once, in its first topic."""
    rows_of = [_rows(b, corpus) for b in briefings]
    denied = _denials(corpus, {corpus.story_of[r] for rows in rows_of for r in rows})
    told: set[tuple[Evidence, ...]] = set()
    done = []
    for briefing, rows in zip(briefings, rows_of, strict=True):
        found = [*_disputes(rows, denied, corpus), *_figures(rows, corpus)]
        fresh = []
        for item in found:
            key = tuple(e for p in item.positions for e in p.evidence)
            if key not in told:
                told.add(key)
                fresh.append(item)
        open_ones = tuple(d for d in fresh if d.kind in ("conflict", "revision"))[:MAX_TOLD]
        reconciled = tuple(d for d in fresh if d.kind in ("scope", "rounding"))
        lone = _uncorroborated(briefing, open_ones, corpus)
        done.append(replace(briefing, disagreements=open_ones, reconciled=reconciled, uncorroborated=lone))
    return tuple(done)


def _rows(briefing: Briefing, corpus: Corpus) -> tuple[int, ...]:
    """Return the rows of all sentences of the facts that a briefing's claims rest on."""
    cited = {(e.source, e.start) for c in briefing.claims for e in c.evidence}
    facts = {
        fact
        for s, fact in zip(corpus.sentences, corpus.fact_of, strict=True)
        if (s.article, s.start) in cited
    }
    return tuple(row for row, fact in enumerate(corpus.fact_of) if fact in facts)


def _figures(rows: tuple[int, ...], corpus: Corpus) -> list[Disagreement]:
    """Compare a topic's sentences with all of their stories."""
    edges: dict[Kind, list[Edge]] = defaultdict(list)
    for i, j, cosine in _near(rows, corpus):
        a, b = sorted((i, j))
        first, second = corpus.statement(a), corpus.statement(b)
        for found in compare(first, second):
            if _may_be_told(found, first, second, cosine):
                edges[found.kind].append(Edge((a, found.a), (b, found.b), found, cosine))
    return [
        _laid_out(kind, group, corpus)
        for kind in ("conflict", "revision", "scope", "rounding")
        for group in _connected(edges[kind])
        if kind != "conflict" or not _is_explained(group, corpus)
    ]


def _is_explained(edges: list[Edge], corpus: Corpus) -> bool:
    """Tell whether all but one of the figures are given by sources that give another of them as well.

    Who writes "a gain of 114,000 jobs" and, with what was revised, "a gain of 200,000" knows both and
    contradicts nobody. Of the dead and hurt he tells that it is not known which is right.
    """
    if any(f.stage for e in edges for _, f in (e.a, e.b)):
        return False
    sides: dict[float, dict[int, Figure]] = defaultdict(dict)
    for row, figure in (side for e in edges for side in (e.a, e.b)):
        sides[figure_value(figure.quantity)][corpus.sentences[row].article] = figure
    given = {article: _given(article, corpus) for own in sides.values() for article in own}

    def explains(value: float, article: int, figure: Figure) -> bool:
        others = (f for other, own in sides.items() if other != value for f in own.values())
        return any(
            f.kind == o.kind
            and len(f.near & o.near) >= MIN_ABOUT
            and compatible(f.quantity, o.quantity)
            and not compatible(f.quantity, figure.quantity)
            for o in others
            for f in given[article]
        )

    left = [v for v, own in sides.items() if not all(explains(v, a, f) for a, f in own.items())]
    return len(left) < 2


def _given(article: int, corpus: Corpus) -> list[Figure]:
    """Return all figures that an article gives."""
    rows = (r for r, s in enumerate(corpus.sentences) if s.article == article)
    return [f for row in rows for f in figures(corpus.statement(row))]


def _may_be_told(found: Comparison, a: Statement, b: Statement, cosine: float) -> bool:
    """Tell whether two figures that differ are about one thing, as far as their sentences show it."""
    if cosine < MIN_COSINE[found.kind]:
        return False
    if found.kind not in ("conflict", "revision"):
        return True
    if _is_far(found, cosine) or not says_what(found) or is_polled(found):
        return False
    return found.kind == "conflict" or is_recount(found, a, b)


def _is_far(found: Comparison, cosine: float) -> bool:
    """Tell whether two figures lie too far apart for two accounts of one thing, for all that is known."""
    low, high = sorted((figure_value(found.a.quantity), figure_value(found.b.quantity)))
    reach = MAX_FAR if cosine >= FAR_COSINE else FAR
    return high > reach * low


def _near(rows: tuple[int, ...], corpus: Corpus) -> list[tuple[int, int, float]]:
    """Return pairs of rows that hold figures, are of two origins of one story and near in meaning."""
    own = [r for r in rows if _states_figures(r, corpus)]
    stories = {corpus.story_of[r] for r in own}
    others = [r for r, story in enumerate(corpus.story_of) if story in stories]
    if not own:
        return []
    cosines = corpus.vectors[own] @ corpus.vectors[others].T
    pairs = set()
    for x, y in zip(*np.nonzero(cosines >= RELATED), strict=True):
        i, j = own[x], others[y]
        same_story = corpus.story_of[i] == corpus.story_of[j]
        if same_story and corpus.origin(i) != corpus.origin(j) and _states_figures(j, corpus):
            pairs.add((min(i, j), max(i, j)))
    return [(i, j, float(corpus.vectors[i] @ corpus.vectors[j])) for i, j in sorted(pairs)]


def _states_figures(row: int, corpus: Corpus) -> bool:
    """Tell whether a sentence gives figures as its own; those in a denial are somebody else's."""
    return bool(figures(corpus.statement(row))) and denial(corpus.sentences[row].text) is None


def _connected(edges: list[Edge]) -> list[list[Edge]]:
    """Group edges that share a figure, the surest group first."""
    group: dict[tuple[int, int], int] = {}
    for n, edge in enumerate(edges):
        keys = [(row, figure.quantity.start) for row, figure in (edge.a, edge.b)]
        old = {group[k] for k in keys if k in group}
        for key, value in list(group.items()):
            if value in old:
                group[key] = n
        for key in keys:
            group[key] = n
    found: dict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        found[group[edge.a[0], edge.a[1].quantity.start]].append(edge)
    return sorted(found.values(), key=lambda own: -max(e.cosine for e in own))


def _laid_out(kind: Kind, edges: list[Edge], corpus: Corpus) -> Disagreement:
    """Put equal figures into one position; those of a revision in order of time."""
    sides: dict[tuple[float, str], dict[int, Figure]] = defaultdict(dict)
    newer: dict[tuple[float, str], int] = defaultdict(int)
    for edge in edges:
        for n, (row, figure) in enumerate((edge.a, edge.b)):
            key = (figure_value(figure.quantity), figure.quantity.bound)
            sides[key][row] = figure
            newer[key] += edge.comparison.later == n
    ordered = sorted(sides, key=lambda k: (newer[k], -len(sides[k]) if kind == "conflict" else 0, k))
    positions = tuple(_position(sides[key], corpus) for key in ordered)
    return Disagreement(_about(edges), positions, kind)


def _position(side: dict[int, Figure], corpus: Corpus) -> Position:
    labels = sorted((f.label for f in side.values()), key=lambda label: (-len(label.split()), label))
    return Position(labels[0], _cited(side, corpus))


def _about(edges: list[Edge]) -> str:
    """Name what is counted: the words of the fullest label without its number."""
    labels = [
        f.label.removeprefix(" ".join(f.quantity.text.split())).strip() for e in edges for _, f in (e.a, e.b)
    ]
    return max(labels, key=lambda label: (len(label.split()), label))


def _cited(rows: Iterable[int], corpus: Corpus) -> tuple[Evidence, ...]:
    chosen = [corpus.sentences[r] for r in sorted(rows)]
    return tuple(Evidence(s.article, s.start, s.end, s.text) for s in chosen)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A row that denies, and the row that states what it denies, if both are told in the story."""

    row: int
    denial: Denial
    target: int


def _denials(corpus: Corpus, of_stories: Set[int]) -> list[Dispute]:
    """Match every denial of some stories with the sentence of its story that states what it denies."""
    found = []
    stories = np.array(corpus.story_of)
    texts = {r: s.text for r, s in enumerate(corpus.sentences) if corpus.story_of[r] in of_stories}
    denying = {r: d for r, text in texts.items() if (d := denial(text)) is not None}
    for row, item in denying.items():
        cosines = corpus.vectors @ corpus.vectors[row]
        near = np.nonzero((cosines >= RELATED) & (stories == stories[row]))[0].tolist()
        rated = [(_denies(row, item, r, float(cosines[r]), corpus), r) for r in near if r not in denying]
        best = max(((score, -r) for score, r in rated if score is not None), default=None)
        if best is not None:
            target = -best[1]
            found.append(Dispute(row, item, target))
    return found


def _denies(row: int, item: Denial, target: int, cosine: float, corpus: Corpus) -> float | None:
    """Rate how surely a denial is about a sentence; None if it is not."""
    text = corpus.sentences[target].text
    if corpus.fact_of[row] == corpus.fact_of[target] or negations(text) or calls_false(text):
        return None  # a negation goes on with the denial rather than states what is denied
    if any(_is_one_voice(item.speaker, r.speaker) for r in reports(text)):
        return None  # who rejects a report has not denied what he says himself
    told = content_stems(text)
    if stem(item.word) in told:
        return None  # "a motion rejecting the statements" is another account of who rejected them
    shared = len((item.content & told) - _OF_SPEECH)
    common = _common_figure(item, row, target, corpus) is not None
    if not common and not _tells_act(text, item.denied):
        return None
    if not (common and shared) and not (cosine >= DENIED and shared >= MIN_DENIED):
        return None
    return cosine + 0.3 * common + 0.1 * (corpus.origin(row) != corpus.origin(target)) + 0.02 * shared


def _is_one_voice(a: str, b: str) -> bool:
    """Tell whether two speakers are one: "the president" and "President Donald Trump"."""
    short, long = sorted((content_stems(a), content_stems(b)), key=len)
    return bool(short) and short <= long


def _tells_act(text: str, denied: str) -> bool:
    """Tell whether a text has what somebody denies doing: who denied discussing it does not deny that it is.

    What is denied without a verb, "the charges", has no act.
    """
    first, *rest = words(denied) or (None,)
    if (
        first is None
        or not first.key.endswith("ing")
        or first.key.endswith("thing")
        or first.key == "wrongdoing"
    ):
        return True
    act = first if first.key not in _LIGHT else next((w for w in rest if is_content(w)), first)
    root = stem(act.text)[:_ROOT]
    roots = (root, *_PASTS.get(root, "").split())
    return any(s.startswith(roots) for s in content_stems(text))


def _common_figure(item: Denial, row: int, target: int, corpus: Corpus) -> Figure | None:
    """Return the target's figure of the kind and size that a denial speaks of."""
    mine = figures(replace(corpus.statement(row), text=item.denied))
    for figure in figures(corpus.statement(target)):
        if any(f.kind == figure.kind and compatible(f.quantity, figure.quantity) for f in mine):
            return figure
    return None


def _disputes(rows: tuple[int, ...], denied: list[Dispute], corpus: Corpus) -> list[Disagreement]:
    """Return the denials that a topic's facts make or meet, by what is denied, and its competing versions."""
    facts = {corpus.fact_of[r] for r in rows}
    by_target: dict[int, list[Dispute]] = defaultdict(list)
    for dispute in denied:
        target = corpus.fact_of[dispute.target]
        if target in facts or corpus.fact_of[dispute.row] in facts:
            by_target[target].append(dispute)
    laid_out = [_as_disagreement(own, corpus) for own in by_target.values()]
    found = [d for d in laid_out if all(len(p.value.split()) <= MAX_WORDS for p in d.positions)]
    for row in rows:
        pair = versions(corpus.sentences[row].text)
        if pair is not None:
            positions = tuple(Position(v.value, _cited([row], corpus)) for v in pair)
            found.append(Disagreement(pair[0].text, positions))
    return found


def _as_disagreement(disputes: list[Dispute], corpus: Corpus) -> Disagreement:
    """Set a claim, with all that state it, against its denial in the words of the best named speaker.

    Where the denial speaks of a figure, that is the claim, else its sentence. The denial stands in its own
    words always: who calls reports of an exodus false has not spoken of how many lost their homes.
    """
    best = max(disputes, key=lambda d: (_is_named(d.denial), len(d.denial.speaker.split()), -d.row))
    fact = corpus.fact_of[best.target]
    stating = [r for r, own in enumerate(corpus.fact_of) if own == fact]
    figured = [
        f.label for r in stating if (f := _common_figure(best.denial, best.row, r, corpus)) is not None
    ]
    whole = corpus.statement(best.target).text.rstrip(".")
    about = max(figured, key=lambda label: (len(label.split()), label), default=whole)
    claim = Position(about, _cited(stating, corpus))
    denying = Position(best.denial.clause, _cited({d.row for d in disputes}, corpus))
    return Disagreement(about, (claim, denying))


def _is_named(item: Denial) -> bool:
    return bool(names(item.speaker)) and any(w[0].isupper() for w in item.speaker.split()[1:2])


def _uncorroborated(
    briefing: Briefing, told: tuple[Disagreement, ...], corpus: Corpus
) -> tuple[Position, ...]:
    """Return a grave toll that one origin alone gives while others report on the same matter, if any."""
    disputed = {(e.source, e.start) for d in told for p in d.positions for e in p.evidence}
    for row in _rows(briefing, corpus):
        sentence = corpus.sentences[row]
        if (sentence.article, sentence.start) in disputed:
            continue
        for figure in figures(corpus.statement(row)):
            grave = figure.stage == "dead" and figure.kind in ("person", "soldier")
            has_noun = re.search("[a-z]{3}", figure.label) is not None  # "100,000" tells nobody
            if (
                grave
                and has_noun
                and figure.quantity.value >= GRAVE_VALUE
                and _stands_alone(row, figure, corpus)
            ):
                return (Position(figure.label, _cited([row], corpus)),)
    return ()


def _stands_alone(row: int, figure: Figure, corpus: Corpus) -> bool:
    """Tell whether at least two other origins tell of deaths in the matter, and none gives such a figure."""
    same = [r for r, story in enumerate(corpus.story_of) if story == corpus.story_of[row]]
    others = [r for r in same if corpus.origin(r) != corpus.origin(row)]
    if len({corpus.origin(r) for r in same}) < MIN_ORIGINS:
        return False
    cosines = corpus.vectors[others] @ corpus.vectors[row]
    near = [r for r, c in zip(others, cosines, strict=True) if c >= RELATED]
    reporting = {
        corpus.origin(r) for r in near if any(f.stage == "dead" for f in figures(corpus.statement(r)))
    }
    known = any(
        f.kind in ("person", "soldier") and compatible(f.quantity, figure.quantity)
        for r in near
        for f in figures(corpus.statement(r))
    )
    return len(reporting) >= MIN_ORIGINS - 1 and not known
