"""Novelty: what of a folder was told before, what is new, what changed, and what no longer stands.

Contract: pure functions of an analysis and of the history of earlier briefs. A sentence that an earlier run
knew is no news, in whatever file it stands now, and neither is a fact that any such sentence states. A new
fact is an *update* where it gives another figure, day or answer for what an earlier brief told, by the rules
by which sources disagree. Publication decides what is newer, not the time of files. Writes nothing.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time

import numpy as np

from summarize.analysis import Analysis, Place
from summarize.contradiction import conflict, weekdays_of
from summarize.disagreement import Comparison, Statement, compare
from summarize.language import content_stems, stem, words
from summarize.planning import Rated
from summarize.profiles import Profile, profile
from summarize.segmentation import plain
from summarize.types import (
    Article,
    Briefing,
    Checker,
    Claim,
    Dropped,
    Embedder,
    Evidence,
    Fact,
    Method,
    News,
    Sentence,
    Update,
    Withdrawn,
)
from summarize.weekdays import looks_ahead

# Cosines of a new sentence with one that was told before.
RELATED = 0.55  # from here on another figure may be an update, as between sources (see ``disagreement``)
SAME_MATTER = 0.75  # another day or a negation
RETOLD = 0.80  # the same in other words, if nothing contradicts
UPDATE_WORTH = 0.2  # added to the salience, whose mean is about 0.2
KNOWN = "known from an earlier brief"
# What holds until the other is told of the same thing.
_STATES = tuple(
    tuple(frozenset(stem(w) for w in side.split()) for side in line.split(" | "))
    for line in (
        "closed shut | opened open reopened reopening",
        "missing | found rescued recovered",
        "arrested detained jailed held | released freed acquitted",
        "stopped suspended halted cancelled | resumed restarted",
        "lifted ended | imposed declared",
        "wounded injured | died dead",
        "wanted | arrested captured",
    )
)
_STATE_REACH = 5  # words in front of a state that name whose it is
SAME_STATE = 0.5  # cosine
SMALL = 100  # below it, people count one by one
# A toll that rises by no more than this within a story is an update however differently the rest is worded.
TOLL_STEP, MIN_TOLL, SAME_TOLL = 1.3, 10, 0.25  # ratio, people, cosine
NEWS_WORDS = 120  # of a brief's budget for each new origin: a quiet day gives a short brief
_TIME_UNITS = frozenset(
    stem(w) for w in "second minute hour day night week month year decade century".split()
)
MIN_COMMON = 0.5  # share of the words around two figures of no common kind of event


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a claim of an earlier brief was found, in a file as it was then."""

    sha256: str
    path: str
    start: int
    end: int
    text: str
    publisher: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A claim of an earlier brief; ``topic`` is the number under which its topic is kept."""

    id: int
    topic: int
    text: str
    method: Method
    support: float
    evidence: tuple[Passage, ...]
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class KnownTopic:
    """A topic of earlier briefs; ``vector`` is the sum of its claims' directions, shape (dim,)."""

    id: int
    story: int
    heading: str
    vector: np.ndarray


@dataclass(frozen=True, slots=True)
class History:
    """What earlier briefs knew and told; ``since`` is when the last one was made, None if there is none.

    ``known`` are hashes of sentences; ``earlier`` are the passages that new ones are compared with;
    ``story_of`` is by SHA-256 of an article.
    """

    since: datetime | None
    known: frozenset[bytes] = frozenset()
    earlier: tuple[Passage, ...] = ()
    told: tuple[Told, ...] = ()
    topics: tuple[KnownTopic, ...] = ()
    story_of: Mapping[str, int] = field(default_factory=dict)

    def fingerprint(self) -> str:
        """Return a hash of all that decides what is new."""
        digest = hashlib.sha256(str(self.since).encode())
        for key in sorted(self.known):
            digest.update(key)
        for claim in self.told:
            digest.update(f"{claim.id} {claim.is_withdrawn}".encode())
        return digest.hexdigest()


def words_hash(text: str) -> bytes:
    """Return 16 bytes that stand for a sentence, however its white space is laid out."""
    return hashlib.sha256(plain(text).encode("utf-8", "surrogatepass")).digest()[:16]


def published_before(day: date, found: Analysis) -> History:
    """Build the history of a brief that is to tell what was published on a day or later."""
    old = {i for i, a in found.articles.items() if a.published is not None and a.published < day}
    sentences = [s for s in found.sentences if s.article in old]
    return History(
        since=datetime.combine(day, time(), UTC),
        known=frozenset(words_hash(s.text) for s in sentences),
        earlier=tuple(_passage(s, found.articles[s.article]) for s in sentences),
    )


def _passage(sentence: Sentence, source: Article) -> Passage:
    return Passage(
        source.sha256,
        source.path,
        sentence.start,
        sentence.end,
        sentence.text,
        source.publisher,
        source.published,
    )


def lasting_stories(found: Analysis, history: History) -> dict[str, int]:
    """Give each article's story the number that most of its articles had before, each number once.

    :return: by SHA-256 of an article.
    """
    members: dict[int, set[str]] = defaultdict(set)
    for article, story in found.story_of.items():
        members[story].add(found.articles[article].sha256)
    votes = [
        (-n, old, story)
        for story, own in members.items()
        for old, n in Counter(history.story_of[h] for h in own if h in history.story_of).items()
    ]
    number: dict[int, int] = {}
    for _, old, story in sorted(votes):
        if story not in number and old not in number.values():
            number[story] = old
    following = max(history.story_of.values(), default=0) + 1
    for story in sorted(members):
        if story not in number:
            number[story] = following
            following += 1
    return {sha256: number[story] for story, own in members.items() for sha256 in own}


class Comparer:
    """Compares new sentences with the passages of earlier briefs."""

    def __init__(self, history: History, found: Analysis, embedder: Embedder) -> None:
        self._found = found
        self._story_of = {**history.story_of, **lasting_stories(found, history)}
        self._vector_of = found.vector_of
        self._passages = history.earlier
        texts = [plain(p.text) for p in self._passages]
        self._vectors = embedder.embed(texts) if texts else np.zeros((0, 1), dtype=np.float32)
        self._profiles: dict[int, Profile] = {}

    def update(self, claim: str, sentences: Sequence[Sentence]) -> tuple[Update, Passage] | None:
        """Say what a claim tells otherwise than an earlier brief did, or None.

        The surest case first: figures, all that changed; then a day; then an answer; then a state.
        """
        found: list[tuple[int, float, int, Update]] = []
        for sentence in sentences:
            for row, cosine in self._near(sentence):
                change = self._change(claim, sentence, row, cosine)
                if change is not None:
                    rank, update = change
                    found.append((rank, -cosine, row, update))
        if not found:
            return None
        found.sort(key=lambda f: f[:3])
        rank, _, row, first = found[0]
        return (_together([u for r, *_, u in found if r == 0]) if rank == 0 else first), self._passages[row]

    def is_retold(self, sentence: Sentence) -> bool:
        """Tell whether an earlier brief told the same in other words."""
        return any(
            cosine >= RETOLD
            and conflict(self._profile(row), profile(sentence, self._article(sentence))) is None
            for row, cosine in self._near(sentence)
        )

    def _near(self, sentence: Sentence) -> list[tuple[int, float]]:
        if not self._passages:
            return []
        cosines = self._vectors @ self._vector_of[sentence.article, sentence.order]
        return [(row, float(cosines[row])) for row in np.nonzero(cosines >= SAME_TOLL)[0].tolist()]

    def _change(self, claim: str, new: Sentence, row: int, cosine: float) -> tuple[int, Update] | None:
        old = self._passages[row]
        if words_hash(old.text) == words_hash(new.text):
            return None
        if (figure := self._other_figure(claim, new, old, cosine)) is not None:
            return 0, figure
        if cosine >= SAME_STATE and self._is_newer(new, old):
            state = _other_state(old.text, new.text)
            if state is not None and state[1] in claim:
                return 3, Update(*state, old.path, old.text)
        if cosine < SAME_MATTER:
            return None
        mine, theirs = profile(new, self._article(new)), self._profile(row)
        reason = conflict(theirs, mine)
        if reason == "days" and _are_put_off(theirs, old.text, mine, new.text) and self._is_newer(new, old):
            return 1, Update(_in_words(theirs.days), _in_words(mine.days), old.path, old.text)
        if reason == "negation" and cosine >= RETOLD and self._is_newer(new, old):
            return 2, Update(plain(old.text), "", old.path, old.text)
        return None

    def _other_figure(self, claim: str, new: Sentence, old: Passage, cosine: float) -> Update | None:
        source = self._article(new)
        before = Statement(plain(old.text), 0, old.published)
        after = Statement(plain(new.text), 1, source.published)
        same_voice = old.path == source.path or (old.publisher and old.publisher == source.publisher)
        changes = []
        for found in compare(before, after):
            newer = found.later == 1 if found.kind == "revision" else self._is_newer(new, old)
            same_story = self._story_of.get(old.sha256) == self._story_of[source.sha256]
            related = cosine >= RELATED and _is_one_count(found)
            revised = related and (found.kind == "revision" or _is_reached(found))
            revised = revised or (same_story and (_is_risen_toll(found) or _is_sum(found)))
            corrected = related and found.kind == "conflict" and same_voice
            if newer and (revised or corrected) and found.b.quantity.text in claim:
                changes.append(Update(found.a.label, found.b.label, old.path, old.text))
        return _together(changes) if changes else None

    def _is_newer(self, new: Sentence, old: Passage) -> bool:
        """Tell whether a sentence is younger than a passage; a file that was edited is, whatever its date."""
        source = self._article(new)
        if old.path == source.path and old.sha256 != source.sha256:
            return True
        return source.published is not None and old.published is not None and source.published > old.published

    def _article(self, sentence: Sentence) -> Article:
        return self._found.articles[sentence.article]

    def _profile(self, row: int) -> Profile:
        if row not in self._profiles:
            old = self._passages[row]
            source = Article(0, old.path, old.text, old.sha256, (), published=old.published)
            self._profiles[row] = profile(Sentence(0, 0, 0, 0, len(old.text), old.text), source)
        return self._profiles[row]


def _is_reached(found: Comparison) -> bool:
    """Tell whether what was nearly so many is so many by now, or more."""
    a, b = found.a.quantity, found.b.quantity
    return found.kind == "rounding" and a.bound == "below" != b.bound and a.value == b.value


def _is_sum(found: Comparison) -> bool:
    """Tell whether a count of a month holds the one of a day in it."""
    a, b = found.a, found.b
    months = {p.anchor for p in b.periods if p.grain == "month"}
    days = [p.anchor for p in a.periods if p.grain == "day" and p.anchor.isdigit()]
    is_inside = bool(days) and all(day[:-2] in months for day in days)
    is_same = a.kind == b.kind and a.stage is not None and a.stage == b.stage
    return found.reason == "period" and is_same and is_inside and b.quantity.value > a.quantity.value


def _are_put_off(before: Profile, old: str, after: Profile, new: str) -> bool:
    """Tell whether two sentences set another day for what is to come; the day of telling it is none."""
    is_set = all(bool(weekdays_of(own)[1]) and not weekdays_of(own)[0] for own in (before, after))
    return is_set and looks_ahead(old) and looks_ahead(new)


def _other_state(before: str, after: str) -> tuple[str, str] | None:
    """Return the words for two states that exclude each other, of one thing: a bridge closed, then opened."""
    old, new = _stated(before), _stated(after)
    for sides in _STATES:
        for one, other in (sides, sides[::-1]):
            for state, word, of in old:
                for later, now, of_now in new:
                    if state in one and later in other and of & of_now:
                        return word, now
    return None


def _stated(text: str) -> list[tuple[str, str, frozenset[str]]]:
    """Return each word that tells a state, as stem and as written, with those of the nouns in front of it."""
    every = frozenset().union(*(side for sides in _STATES for side in sides))
    found = [w for w in words(text) if w.is_word]
    return [
        (
            key,
            w.text,
            content_stems(" ".join(x.text for x in found[max(0, n - _STATE_REACH) : n] if x.text.islower())),
        )
        for n, w in enumerate(found)
        if (key := stem(w.text)) in every
    ]


def _together(changes: Sequence[Update]) -> Update:
    """Make one update of several; of two about one new figure the first counts."""
    befores: dict[str, str] = {}
    for change in changes:
        befores.setdefault(change.after, change.before)
    return replace(changes[0], before=", ".join(befores.values()), after=", ".join(befores))


def _is_one_count(found: Comparison) -> bool:
    """Tell whether two figures count one thing at two times, surely enough to say "before".

    How long something took is no count; and what happened must be the same, or most of the words around.
    """
    a, b = found.a, found.b
    if {a.quantity.unit, b.quantity.unit} & _TIME_UNITS:
        return False
    if a.stage is not None and a.stage == b.stage:
        return True
    smaller = min(len(a.near), len(b.near))
    return smaller > 0 and len(a.near & b.near) >= MIN_COMMON * smaller


def _is_risen_toll(found: Comparison) -> bool:
    a, b = found.a, found.b
    counted = a.quantity.value < SMALL or a.quantity.value % 10  # "more than 1,300" may well have been 1,312
    return (
        (found.kind == "revision" or (found.kind == "rounding" and bool(counted)))
        and a.kind == b.kind == "person"
        and a.stage is not None
        and a.stage == b.stage
        and MIN_TOLL <= a.quantity.value < b.quantity.value <= TOLL_STEP * a.quantity.value
    )


def _in_words(days: frozenset[date]) -> str:
    return " and ".join(f"{day:%A}, {day.day} {day:%B}" for day in sorted(days))


def only_news(
    rated: tuple[Rated, ...], history: History, comparer: Comparer
) -> tuple[tuple[Rated, ...], tuple[Dropped, ...]]:
    """Keep the facts that no earlier brief knew; what updates one is worth more.

    Two counts of "at least" so many are one fact, and the second may be an update all the same.
    """
    news: list[Rated] = []
    dropped: list[Dropped] = []
    for item in rated:
        fresh = tuple(s for s in item.fact.sentences if words_hash(s.text) not in history.known)
        if fresh and comparer.update(fresh[0].text, fresh):
            news.append(replace(item, fact=Fact(fresh), salience=item.salience + UPDATE_WORTH))
        elif is_known(item.fact, history) or comparer.is_retold(item.lead):
            dropped += [Dropped(s.article, s.start, s.end, "plan", KNOWN) for s in item.fact.sentences]
        else:
            news.append(item)
    return tuple(news), tuple(dropped)


def is_known(fact: Fact, history: History) -> bool:
    """Tell whether an earlier run knew a sentence that states the fact."""
    return any(words_hash(s.text) in history.known for s in fact.sentences)


def known_places(history: History, found: Analysis) -> frozenset[Place]:
    """Return where the sentences stand that earlier runs knew."""
    return frozenset((s.article, s.order) for s in found.sentences if words_hash(s.text) in history.known)


def with_status(
    briefings: tuple[Briefing, ...], history: History, found: Analysis, comparer: Comparer
) -> tuple[tuple[Briefing, ...], frozenset[Passage]]:
    """Mark claims as new or updated, and those whose sources are older than the last brief.

    :return: also the passages whose claims are replaced by updates.
    """
    sentence_at = {(s.article, s.start): s for s in found.sentences}
    replaced: set[Passage] = set()

    def marked(claim: Claim) -> Claim:
        sentences = [sentence_at[e.source, e.start] for e in claim.evidence]
        days = [d for e in claim.evidence if (d := found.articles[e.source].published) is not None]
        is_old = bool(days) and history.since is not None and max(days) < history.since.date()
        old = max(days) if is_old else None
        change = comparer.update(claim.text, sentences)
        if change is None:
            return replace(claim, reported=old)
        replaced.add(change[1])
        return replace(claim, status="updated", update=change[0], reported=old)

    done = tuple(replace(b, claims=tuple(map(marked, b.claims))) for b in briefings)
    return done, frozenset(replaced)


@dataclass(frozen=True, slots=True)
class Standing:
    """Earlier claims that still stand, by topic number, and those that no longer do."""

    unchanged: Mapping[int, tuple[tuple[Told, Claim], ...]]
    withdrawn: tuple[tuple[Told, Withdrawn], ...]


def standing(
    history: History, found: Analysis, checker: Checker, min_support: float, replaced: Iterable[Passage]
) -> Standing:
    """Look for the evidence of every earlier claim in the articles as they are now.

    A claim that was made from several sentences stands as long as what is left of them supports it.

    :param replaced: passages whose claims an update has replaced; these are neither.
    """
    places = _Places(found)
    outdated = set(replaced)
    unchanged: dict[int, list[tuple[Told, Claim]]] = {}
    withdrawn = []
    heading_of = {t.id: t.heading for t in history.topics}
    for told in history.told:
        if outdated & set(told.evidence):
            continue
        evidence = places.of(told.evidence)
        if evidence and _still_supported(told, evidence, checker, min_support):
            origins = len({found.articles[e.source].origin for e in evidence})
            claim = Claim(told.text, told.method, told.support, origins, evidence, "unchanged")
            unchanged.setdefault(told.topic, []).append((told, claim))
        elif not told.is_withdrawn:
            reason = places.why_lost(told.evidence)
            withdrawn.append((told, Withdrawn(told.text, heading_of.get(told.topic, ""), reason)))
    return Standing({k: tuple(v) for k, v in unchanged.items()}, tuple(withdrawn))


def _still_supported(
    told: Told, evidence: tuple[Evidence, ...], checker: Checker, min_support: float
) -> bool:
    if len(evidence) == len(told.evidence):
        return True
    texts = tuple(plain(e.text) for e in evidence)
    return checker.check(told.text, texts).passes(min_support)


def budget(n_words: int, history: History, found: Analysis) -> int:
    """Return how many words the news is worth: all of the budget only if enough is new."""
    if history.since is None:
        return n_words
    origins = {found.articles[a].origin for a in _new_articles(history, found)}
    return min(n_words, NEWS_WORDS * max(1, len(origins)))


def _new_articles(history: History, found: Analysis) -> set[int]:
    """Return the articles of whose sentences earlier runs knew less than half."""
    every = Counter(s.article for s in found.sentences)
    known = Counter(s.article for s in found.sentences if words_hash(s.text) in history.known)
    return {a for a, n in every.items() if 2 * known[a] < n}


def news(history: History, found: Analysis, withdrawn: tuple[Withdrawn, ...]) -> News | None:
    """Say since when a brief tells what is new; None if there is no earlier one."""
    if history.since is None:
        return None
    return News(history.since, len(_new_articles(history, found)), withdrawn)


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
            return Evidence(source.id, passage.start, passage.end, passage.text)
        sentence = self._by_words.get(words_hash(passage.text))
        if sentence is None:
            return None
        return Evidence(sentence.article, sentence.start, sentence.end, sentence.text)

    def why_lost(self, passages: tuple[Passage, ...]) -> str:
        """Name the files that no longer say so."""
        lost = dict.fromkeys(p.path for p in passages if self._one(p) is None)
        edited = [p for p in lost if p in self._paths]
        gone = [p for p in lost if p not in self._paths]
        parts = [f"{', '.join(edited)} now says otherwise"] if edited else []
        return "; ".join([*parts, *([f"{', '.join(gone)} is gone"] if gone else [])])
