"""What travels between the stages.

Every stage takes and returns these frozen values and keeps no state of its own. Offsets count
characters of ``Article.text``, the file's text as read, and every piece of text that reaches the
brief can be found again through them: ``article.text[start:end] == sentence.text``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    import numpy as np

Method = Literal["fused", "quoted"]
Role = Literal["support", "see also"]
Status = Literal["new", "updated", "unchanged"]
Kind = Literal["conflict", "revision", "scope", "rounding"]


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters, ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Noted:
    """A value, and where a file states it: "front matter", "og:title", "dateline"."""

    value: str
    where: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article beside its text; None is unknown, nothing is guessed.

    ``published`` is a date or an aware time in ISO 8601; ``language`` a code of ISO 639-1.
    """

    title: Noted | None = None
    publisher: Noted | None = None
    agency: Noted | None = None
    author: Noted | None = None
    url: Noted | None = None
    language: Noted | None = None
    published: Noted | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One news article: its text, untouched, and which characters of it are news.

    ``path`` names it: its file's path and, if the file holds several, behind a # its ``part``. ``form`` is
    the format that the text was taken from, "text" if it is the file's own.
    ``body`` lists the spans of running news text in reading order, one span per paragraph (or part
    of a paragraph, where furniture stands inside it). ``origin`` is equal for articles that are
    copies of one wire story. ``arrived`` is when a job first saw it.
    """

    id: int
    path: str
    text: str
    sha256: str
    body: tuple[Span, ...]
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    origin: int = 0
    part: str | None = None
    form: str = "text"
    metadata: Metadata = Metadata()
    arrived: datetime | None = None

    @property
    def file(self) -> str:
        """The path of the file that it stands in."""
        return self.path if self.part is None else self.path[: -len(self.part) - 1]

    @property
    def language(self) -> str:
        """The code of its language, English where nothing states another."""
        return self.metadata.language.value if self.metadata.language else "en"

    @property
    def n_words(self) -> int:
        """Words of running news text."""
        return len(self.news.split())

    @property
    def news(self) -> str:
        """The running news text alone, a line per paragraph."""
        return "\n".join(self.text[s.start : s.end] for s in self.body)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article, ``article.text[start:end] == text``."""

    article: int
    order: int  # position among the article's sentences, from 0
    paragraph: int  # index into ``Article.body``
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """Sentences, from one or more sources, that state the same thing; the best one first."""

    sentences: tuple[Sentence, ...]

    @property
    def articles(self) -> tuple[int, ...]:
        """Ids of the articles that state it, ascending."""
        return tuple(sorted({s.article for s in self.sentences}))


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a writer proposes for one planned sentence; ``score`` is a mean log-probability."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checker thinks of a claim: ``support`` in [0, 1] and the rules that it breaks."""

    support: float
    violations: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.violations

    def passes(self, min_support: float) -> bool:
        """Tell whether a claim may be printed: it breaks no rule and is supported well enough."""
        return self.ok and self.support >= min_support


@dataclass(frozen=True, slots=True)
class Evidence:
    """The characters of a source that a claim rests on, or that tell a part of it ("see also")."""

    source: int
    start: int
    end: int
    text: str
    role: Role = "support"


@dataclass(frozen=True, slots=True)
class Day:
    """A weekday named in a claim and the date that its source meant by it."""

    text: str
    date: date


@dataclass(frozen=True, slots=True)
class Update:
    """What changed since a fact was told, ``before`` → ``after``, and the passage that said so before."""

    before: str
    after: str
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of the brief.

    ``update`` says what changed, if the status is ``updated``; ``reported`` is the day of its latest source
    where that was published before the last brief, and only arrived since. ``happened`` are the days that its
    words name, where they are certain.
    """

    text: str
    method: Method
    support: float
    origins: int
    evidence: tuple[Evidence, ...]
    status: Status = "new"
    days: tuple[Day, ...] = ()
    undated: tuple[str, ...] = ()  # weekdays of a source without a date, where others mean several days
    update: Update | None = None
    reported: date | None = None
    happened: tuple[date, ...] = ()

    @property
    def support_evidence(self) -> tuple[Evidence, ...]:
        """What the claim rests on; each passage of it alone, or all of them together, bears it out."""
        return tuple(e for e in self.evidence if e.role == "support")

    @property
    def cited(self) -> tuple[int, ...]:
        """Ids of the sources that it is cited to, ascending."""
        return tuple(sorted({e.source for e in self.support_evidence}))

    @property
    def sources(self) -> tuple[int, ...]:
        """Ids of the sources that it is cited to, or that are named behind "see also", ascending."""
        return tuple(sorted({e.source for e in self.evidence}))


@dataclass(frozen=True, slots=True)
class Position:
    """What one side says in a disagreement."""

    value: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Sources that do not say the same about the same thing.

    A *conflict* can't be explained away; a *revision* gives a newer figure, its positions in order of time;
    figures that differ in *scope* or by *rounding* only look as if they disagreed.
    """

    about: str
    positions: tuple[Position, ...]
    kind: Kind = "conflict"


@dataclass(frozen=True, slots=True)
class Briefing:
    """What the brief says on one topic; topics of one ``story`` have its number.

    ``disagreements`` are what a reader must be told, conflicts and revisions; ``reconciled`` are figures
    that only look different, kept for tracing; ``uncorroborated`` is what one source alone says of a matter
    on which others report too.
    """

    id: str
    heading: str
    claims: tuple[Claim, ...]
    disagreements: tuple[Disagreement, ...] = ()
    reconciled: tuple[Disagreement, ...] = ()
    uncorroborated: tuple[Position, ...] = ()
    story: int = 0

    @property
    def sources(self) -> tuple[int, ...]:
        """Ids of all sources cited under the heading, ascending."""
        return tuple(sorted({i for c in self.claims for i in c.sources}))


@dataclass(frozen=True, slots=True)
class Dropped:
    """Text that a stage left out, and why; nothing disappears silently."""

    source: int
    start: int
    end: int
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be used, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Hashes of everything that decides the brief: same signature, same brief.

    ``config`` covers the settings and the ranker's weights.
    """

    version: str
    writer: str
    embedder: str
    checker: str
    config: str
    inputs: str


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts over the whole run, and seconds by stage."""

    articles: int
    sentences: int
    facts: int
    topics: int
    claims: int
    fused: int
    quoted: int
    seconds: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A claim of an earlier brief whose sources no longer say so; ``reason`` names them."""

    text: str
    heading: str
    reason: str


@dataclass(frozen=True, slots=True)
class Edited:
    """A file whose text was changed under the same name: what it says otherwise now, and what rested on it.

    ``changes`` are (kind, before, after), the kind being figure, name or quotation; ``claims`` are texts of
    claims of earlier briefs.
    """

    path: str
    changes: tuple[tuple[str, str, str], ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class News:
    """What a brief that follows an earlier one tells beside its claims; ``articles`` counts the new ones.

    ``restored`` are claims that were withdrawn and stand again.
    """

    since: datetime
    articles: int
    withdrawn: tuple[Withdrawn, ...] = ()
    restored: tuple[str, ...] = ()
    edited: tuple[Edited, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """The whole result, ready to be rendered; ``news`` if it tells what is new since an earlier one."""

    created: datetime
    signature: Signature
    sources: tuple[Article, ...]
    topics: tuple[Briefing, ...]
    dropped: tuple[Dropped, ...]
    failures: tuple[Failure, ...]
    stats: Stats
    news: News | None = None

    @property
    def tells_news(self) -> bool:
        """Whether it says anything that an earlier brief did not."""
        told = any(c.status != "unchanged" for t in self.topics for c in t.claims)
        return told or (
            self.news is not None and bool(self.news.withdrawn or self.news.restored or self.news.edited)
        )


class Embedder(Protocol):
    """Turns texts into vectors."""

    signature: str

    def embed(self, texts: list[str]) -> np.ndarray:
        """Return unit rows, float32, shape (len(texts), dim)."""
        ...


class PairReader(Protocol):
    """Reads two sentences at once."""

    signature: str

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """Return how probable it is that each two state the same thing, float32, shape (n_pairs,)."""
        ...


class Writer(Protocol):
    """Proposes sentences for evidence."""

    signature: str

    def write(self, evidence: list[tuple[str, ...]], task: str | None = None) -> list[tuple[Candidate, ...]]:
        """Return candidates, best first, for each group of evidence.

        :param task: fuse, digest, shorten or headline, for writers that know tasks.
        """
        ...


class Checker(Protocol):
    """Judges whether evidence supports a claim."""

    signature: str

    def check(self, claim: str, evidence: tuple[str, ...]) -> Verdict:
        """Return the verdict on one claim against all of its evidence."""
        ...
