"""Updates: which figure, day, answer or state is told otherwise than in an earlier brief, from what to what.

Contract: by the rules by which sources disagree, and stricter, since "before" is said outright. Publication
decides what is newer, not the time of files. Knows nothing of what is worth telling.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

import numpy as np

from summarize.analysis import Analysis
from summarize.contradiction import conflict, weekdays_of
from summarize.disagreement import Comparison, Statement, compare
from summarize.disagreement.values import SILENT_MIN
from summarize.language import content_stems, stem, words
from summarize.novelty.history import History, Passage, words_hash
from summarize.profiles import Profile, profile
from summarize.segmentation import plain
from summarize.types import Article, Embedder, Sentence, Update
from summarize.weekdays import looks_ahead

# Cosines of a new sentence with one that was told before.
RELATED = 0.55  # from here on another figure may be an update, as between sources (see ``disagreement``)
SAME_MATTER = 0.75  # another day or a negation
RETOLD = 0.80  # the same in other words, if nothing contradicts
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
_STATE_WORDS = frozenset().union(*(side for sides in _STATES for side in sides))
_STATE_REACH = 5  # words in front of a state that name whose it is
SAME_STATE = 0.5  # cosine
# A toll that rises by no more than this within a story is an update however differently the rest is worded.
TOLL_STEP, MIN_TOLL, SAME_TOLL = 1.3, 10, 0.25  # ratio, people, cosine
_TIME_UNITS = frozenset(
    stem(w) for w in "second minute hour day night week month year decade century".split()
)
MIN_COMMON = 0.5  # share of the words around two figures of no common kind of event


class Comparer:
    """Compares new sentences with the passages of earlier briefs."""

    def __init__(
        self, history: History, found: Analysis, embedder: Embedder, stories: Mapping[str, int]
    ) -> None:
        self._articles = found.articles
        self._story_of = {**history.story_of, **stories}
        self._vector_of, self._profile_of = found.vector_of, found.profile_of
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
        own = self._profile_of[sentence.article, sentence.order]
        return any(
            cosine >= RETOLD and conflict(self._profile(row), own) is None
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
        mine, theirs = self._profile_of[new.article, new.order], self._profile(row)
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
        return self._articles[sentence.article]

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


@lru_cache(maxsize=8192)
def _stated(text: str) -> list[tuple[str, str, frozenset[str]]]:
    """Return each word that tells a state, as stem and as written, with those of the nouns in front of it."""
    found = [w for w in words(text) if w.is_word]
    return [
        (
            key,
            w.text,
            content_stems(" ".join(x.text for x in found[max(0, n - _STATE_REACH) : n] if x.text.islower())),
        )
        for n, w in enumerate(found)
        if (key := stem(w.text)) in _STATE_WORDS
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
    # "more than 1,300" may well have been 1,312
    is_counted = a.quantity.value < SILENT_MIN or a.quantity.value % 10 != 0
    return (
        (found.kind == "revision" or (found.kind == "rounding" and is_counted))
        and a.kind == b.kind == "person"
        and a.stage is not None
        and a.stage == b.stage
        and MIN_TOLL <= a.quantity.value < b.quantity.value <= TOLL_STEP * a.quantity.value
    )


def _in_words(days: frozenset[date]) -> str:
    return " and ".join(f"{day:%A}, {day.day} {day:%B}" for day in sorted(days))
