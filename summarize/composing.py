"""Compose: a planned claim → the sentence that is printed, written from its evidence and checked.

The writer rewords all planned claims, batched by task; the verbatim sentence, whole and trimmed, competes
with what it wrote. The best wording that the checker lets through is printed, so fusion is used where it
is better, not always. The last resort is always the evidence itself: nothing is lost when a writer fails.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from summarize.citing import supporting, tells_of
from summarize.contradiction import OTHER_NAMES, conflict
from summarize.language import content_stems, core
from summarize.language.foretelling import is_outdated
from summarize.planning import Companion, Planned
from summarize.profiles import profile_of
from summarize.proposals import Proposal, Proposer
from summarize.retelling import SAID, Sameness, never_same, retells
from summarize.segmentation import plain
from summarize.types import Candidate, Checker, Claim, Dropped, Evidence, Method, Sentence, Writer

FUSED_SENTENCES = 3  # evidence sentences a writer sees at once
FUSED_WORDS = 60  # of evidence that overlaps; beyond them one sentence can't hold it all
NONE_PASSED = "no sentence passed the checker"
NOT_SAID = "not what the wording says"
SPARE = 25  # words from which on what a draft leaves over is filled; fewer are filled by what is short
MORE = 1.5  # times the content words of a claim that another one must have to stand in its place


@dataclass(frozen=True, slots=True)
class Choice:
    """The sentence that is printed, how surely it is supported, and what is said with it.

    ``introducing`` are sentences that give the full name of somebody whom it mentions.
    """

    text: str
    method: Method
    support: float
    companion: Companion | None = None
    introducing: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Composed:
    """A planned claim with its sentence, or with the reason why there is none.

    ``shorter`` is the same claim in fewer words, best first, for where there is no room: without the
    companion, then the shortest wording that passed. ``full`` is how the lead is told where there is room for
    what it says in passing. ``doubted`` are sentences of other sources beside which
    the checker no longer lets the chosen one through.
    """

    planned: Planned
    choice: Choice | None
    reason: str = ""
    shorter: tuple[Composed, ...] = ()
    full: Composed | None = None
    doubted: tuple[Sentence, ...] = ()

    @property
    def told(self) -> tuple[Sentence, ...]:
        """The planned evidence without what the chosen sentence no longer says, or says alone.

        A sentence of another source was taken for the same fact because of what it shares with the lead.
        Where the wording has cut most of that, or tells much more than that, it would be cited for something
        that nobody reads, or that it does not say; it stays if it lent the wording a word. One that only
        foretells what is told as done is cited for nothing.
        """
        assert self.choice is not None
        lead, *others = self.planned.evidence
        first = content_stems(lead.text)
        # What a companion or an introduction brings in is cited by itself.
        beside = content_stems(" ".join(s.text for s in self._beside)) - first
        own = content_stems(self.choice.text) - beside
        kept = [lead]
        for other in others:
            theirs = content_stems(other.text)
            shared = theirs & first
            is_said = 2 * len(shared & own) >= len(shared) and tells_of(other.text, self.choice.text, beside)
            is_said = is_said and not is_outdated(other.text, self.choice.text)
            if (is_said or theirs & own - first) and other not in self.doubted:
                kept.append(other)
        return tuple(kept)

    @property
    def cited(self) -> tuple[Sentence, ...]:
        """All sentences that the chosen one rests on."""
        marked = self.planned.rated.marked
        lead, *others = self.told
        return tuple(dict.fromkeys((marked.passage if marked else lead, *others, *self._beside)))

    @property
    def _beside(self) -> tuple[Sentence, ...]:
        """What is said with the planned fact: its companion, and who the people are."""
        assert self.choice is not None
        companion = self.choice.companion.evidence if self.choice.companion else ()
        return (*companion, *self.choice.introducing)


def compose(
    planned: tuple[Planned, ...],
    writer: Writer,
    checker: Checker,
    shared: dict[int, dict[str, float]],
    min_support: float,
) -> tuple[Composed, ...]:
    """Write and check all planned claims, batched by task.

    :param shared: by story, how much its sources share each content word; see ``planning``.
    """
    planned = _without_strangers(planned)
    proposers = {p.rank: Proposer(p, shared.get(p.rated.story, {})) for p in planned}
    anchors = {p.after for p in planned}
    facts = {p.rank: _told_together(p, proposers[p.rank]) for p in planned}
    pairs = {p.rank: tuple(map(core, proposers[p.rank].pair)) for p in planned if p.companion}
    several = {rank: group for rank, group in facts.items() if len(group) > 1}
    fused = _written({rank: g for rank, g in several.items() if _fits_one(g)}, writer, "fuse")
    fused |= _written({rank: g for rank, g in several.items() if not _fits_one(g)}, writer, "digest")
    joined = _written(pairs, writer, "fuse")
    short = _written({rank: group[:1] for rank, group in facts.items()}, writer, "shorten")
    composed = []
    for p in planned:
        own = proposers[p.rank]
        wordings = [own.lead(), *own.trimmed()]
        wordings += [own.reworded(c, facts[p.rank]) for c in fused.get(p.rank, ())]
        wordings += [own.reworded(c, facts[p.rank][:1]) for c in short.get(p.rank, ())]
        wordings += [own.joint(c) for c in joined.get(p.rank, ())]
        wordings += own.joined() if p.companion else []
        proposals = [w for w in wordings if w and (p.rank not in anchors or own.keeps_names(w.text))]
        full = own.full()
        if full and p.rank in anchors and not own.keeps_names(full.text):
            full = None
        composed.append(_composed(p, proposals, full, checker, min_support))
    return tuple(composed)


def _without_strangers(planned: tuple[Planned, ...]) -> tuple[Planned, ...]:
    """Let nothing that is no part of a draft be told with a claim of it: there is no room for that."""
    drafted = {p.rank for p in planned if p.is_drafted}
    return tuple(
        replace(p, companion=None) if p.is_drafted and p.companion and p.companion.rank not in drafted else p
        for p in planned
    )


def _composed(
    planned: Planned, proposals: list[Proposal], full: Proposal | None, checker: Checker, min_support: float
) -> Composed:
    """Choose the best wording, and shorter ones in case that it finds no room."""
    choice = choose(proposals, checker, min_support)
    if choice is None:
        return Composed(planned, None, NONE_PASSED)
    lone = [w for w in proposals if not w.companion]
    alone = choose(lone, checker, min_support) if choice.companion else choice
    made = [c for c in (choice, alone, _shortest(lone, checker, min_support)) if c]
    whole = choose([full], checker, min_support) if full else None

    def cited(chosen: Choice) -> Composed:
        found = Composed(planned, chosen)
        return replace(found, doubted=_doubted(found, checker, min_support))

    in_full = cited(whole) if whole else None
    best, *shorter = (replace(cited(c), full=in_full) for c in dict.fromkeys(made))
    return replace(best, shorter=tuple(shorter))


def _shortest(proposals: list[Proposal], checker: Checker, min_support: float) -> Choice | None:
    """Return the shortest wording that passes; of two as short the more useful one."""
    by_length = sorted(proposals, key=lambda p: (_n_words(p.text), -p.utility, p.text))
    found = (choose([p], checker, min_support) for p in by_length)
    return next((choice for choice in found if choice), None)


def _n_words(text: str) -> int:
    return len(text.split())


def _doubted(made: Composed, checker: Checker, min_support: float) -> tuple[Sentence, ...]:
    """Return the sentences of other sources that the chosen one was not made from and that put it in doubt.

    A wording of the lead alone was checked against the lead alone; a source that is cited with it must not
    make the checker change its mind.
    """
    if made.choice is None or made.choice.method == "quoted" or len(made.planned.evidence) < 2:
        return ()
    text = made.choice.text

    def passes(doubted: tuple[Sentence, ...]) -> bool:
        return is_supported(text, replace(made, doubted=doubted).cited, checker, min_support)

    if passes(()):
        return ()
    others = made.planned.evidence[1:]
    if not passes(others):
        return ()  # it was made from several, not all of which it needs: nothing tells who is wrong
    doubted = others
    for other in others:
        fewer = tuple(s for s in doubted if s is not other)
        doubted = fewer if passes(fewer) else doubted
    return doubted


def is_supported(text: str, cited: Sequence[Sentence], checker: Checker, min_support: float) -> bool:
    """Tell whether the checker lets a wording through, whichever end of what is cited it reads first.

    The trained checker's score depends on the order, and a reader's does not.
    """
    passages = tuple(plain(s.text) for s in cited)
    orders = dict.fromkeys((passages, passages[::-1]))
    return all(checker.check(text, own).passes(min_support) for own in orders)


def _told_together(planned: Planned, own: Proposer) -> tuple[str, ...]:
    """Return the sentences that a writer may make one of: a sentence that hangs on another stays alone."""
    return own.evidence[: FUSED_SENTENCES if planned.after is None else 1]


def _fits_one(group: tuple[str, ...]) -> bool:
    """Tell whether all that a group says can be told in one sentence; of more, the gist can."""
    return sum(len(sentence.split()) for sentence in group) <= FUSED_WORDS


def choose(proposals: Iterable[Proposal], checker: Checker, min_support: float) -> Choice | None:
    """Return the most useful wording that the checker lets through; a verbatim sentence always passes."""
    for proposal in sorted(set(proposals), key=lambda p: (-p.utility, not p.is_verbatim, p.text, p.seen)):
        if proposal.is_verbatim:
            return Choice(proposal.text, "quoted", 1.0)
        verdict = checker.check(proposal.text, proposal.seen)
        if verdict.passes(min_support):
            return Choice(proposal.text, "fused", verdict.support, proposal.companion)
    return None


def _written(
    groups: Mapping[int, tuple[str, ...]], writer: Writer, task: str
) -> dict[int, tuple[Candidate, ...]]:
    """Return the candidates for each group of evidence, by rank."""
    written = writer.write(list(groups.values()), task=task) if groups else []
    return dict(zip(groups, written, strict=True))


def fill(
    composed: tuple[Composed, ...], words: int, room: Mapping[int, int], same: Sameness = never_same
) -> tuple[tuple[Composed, ...], tuple[Dropped, ...]]:
    """Keep, by rank, what fits its story's words and is not said already; then fill what is left over.

    The first claim of a story is its main one: it may be longer than the story's share. What the draft of a
    story leaves over is filled from ``SPARE`` words on.

    :param words: of all claims.
    :param room: words of each story.
    :param same: how probable it is that two facts are one.
    """
    filling = _Filling(same, {c.planned.after for c in composed})
    drafts: dict[int, list[int]] = {}
    for c in composed:
        if c.planned.is_drafted:
            drafts.setdefault(c.planned.rated.story, []).append(c.planned.rank)
    waiting = sorted(composed, key=lambda c: c.planned.rank)
    scale = min(1.0, words / max(1, sum(room.values())))
    left = {story: round(scale * own) for story, own in room.items()}
    for story in dict.fromkeys(c.planned.rated.story for c in waiting):
        own = (c for c in waiting if c.planned.rated.story == story)
        taken = next((n for c in own if (n := filling.take(c, words))), 0)
        left[story] -= taken
        words -= taken

    def free(item: Composed, left: int) -> int:
        draft = drafts.get(item.planned.rated.story, [])
        is_extra = bool(draft) and not item.planned.is_drafted and all(map(filling.has_told, draft))
        return 0 if is_extra and left < SPARE else left

    for item in waiting:
        story = item.planned.rated.story
        taken = filling.take(item, free(item, min(left[story], words)))
        left[story] -= taken
        words -= taken
    for item in waiting:
        words -= filling.take(item, free(item, words))
    return tuple(filling.kept), filling.dropped


def in_full(
    topics: Sequence[Sequence[Composed]], headings: Sequence[str], words: int, same: Sameness = never_same
) -> tuple[list[list[Composed]], int]:
    """Tell what sentences say in passing where there is room for it, by rank.

    Those of a draft, for which there was room as they stand in their sources; and one whose short form stands
    above it as the heading.

    :param words: of all claims.
    :param same: how probable it is that two facts are one.
    :return: the topics, and how many words are left over.
    """
    spare = words - sum(_length(c) for own in topics for c in own)
    name_of = {c.planned.rank: name for own, name in zip(topics, headings, strict=True) for c in own}
    told = {c.planned.rank: c for own in topics for c in own}
    for rank in sorted(told):
        item, whole = told[rank], told[rank].full
        assert item.choice is not None
        is_echo = item.choice.text.rstrip(".") == name_of[rank]
        if whole and (is_echo or item.planned.is_drafted) and _says_more(whole, item):
            extra = _length(whole) - _length(item)
            others = [c for c in told.values() if c is not item]
            if 0 < extra <= spare and not _refusal(whole, others, words, same):
                spare -= extra
                told[rank] = whole
    return [[told[c.planned.rank] for c in own] for own in topics], spare


def _length(item: Composed) -> int:
    return _n_words(item.choice.text) if item.choice else 0


def _says_more(whole: Composed, item: Composed) -> bool:
    """Tell whether one wording of a claim has all words of another one, and the same sources state it."""
    assert item.choice is not None and whole.choice is not None
    is_part = content_stems(item.choice.text) <= content_stems(whole.choice.text)
    return item.choice.companion is None and is_part and whole.told == item.told


class _Filling:
    """What has found room so far; what has not is asked again where there is more."""

    def __init__(self, same: Sameness, anchors: Set[int | None]) -> None:
        """:param anchors: ranks of the claims on which another one hangs."""
        self.kept: list[Composed] = []
        self._anchors = anchors
        self._same = same
        self._joined: set[int | None] = set()
        self._told: set[int | None] = {None}
        self._refused: dict[int, tuple[Composed, str]] = {}

    def has_told(self, rank: int) -> bool:
        """Tell whether the claim of a rank has found room."""
        return rank in self._told

    def take(self, item: Composed, left: int) -> int:
        """Keep a claim if it fits into so many words; return how many it takes."""
        rank = item.planned.rank
        if rank in self._told:
            return 0
        if rank in self._joined:
            self._told.add(rank)
            self._refused.pop(rank, None)
            return 0
        fit = next((c for c in (item, *item.shorter) if c.choice and _length(c) <= left), item)
        outdone = self._outdone(fit)
        others = [c for c in self.kept if c is not outdone]
        freed = _length(outdone) if outdone else 0
        reason = fit.reason or _refusal(fit, others, left + freed, self._same)
        if fit.planned.after not in self._told:
            reason = "hangs on an earlier sentence"
        if reason or fit.choice is None:
            self._refused[rank] = fit, reason
            return 0
        if outdone:
            self.kept.remove(outdone)
            self._told.remove(outdone.planned.rank)
            self._refused[outdone.planned.rank] = outdone, "said already"
        self._refused.pop(rank, None)
        self.kept.append(fit)
        self._told.add(rank)
        if fit.choice.companion:
            self._joined.add(fit.choice.companion.rank)
        return _length(fit) - freed

    def _outdone(self, item: Composed) -> Composed | None:
        """Return the kept claim that says a part of this one, "The town has a new mayor", if it can go."""
        if item.choice is None:
            return None
        own = content_stems(item.choice.text)
        for other in self.kept:
            assert other.choice is not None
            theirs = content_stems(other.choice.text)
            is_part = len(own & theirs) >= SAID * len(theirs) and len(own) >= MORE * len(theirs)
            may_go = other.planned.rank not in self._anchors and other.choice.companion is None
            is_one_story = other.planned.rated.story == item.planned.rated.story
            if is_part and may_go and is_one_story and _agree(item.choice.text, other.choice.text):
                return other
        return None

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        """What is not told, by rank: refused claims, and passages that the wording does not say."""
        refused = [
            (
                item.planned.rank,
                Dropped(s.article, s.start, s.end, "check" if item.reason else "plan", reason),
            )
            for item, reason in self._refused.values()
            for s in item.planned.evidence
        ]
        unsaid = [
            (item.planned.rank, Dropped(s.article, s.start, s.end, "write", NOT_SAID))
            for item in self.kept
            for s in item.planned.evidence
            if s not in item.told
        ]
        return tuple(dropped for _, dropped in sorted(refused + unsaid, key=lambda pair: pair[0]))


def _agree(text: str, other: str) -> bool:
    """Tell whether two claims deny nothing of each other and give no other figures."""
    return conflict(profile_of(text), profile_of(other)) in (None, OTHER_NAMES)


def _refusal(item: Composed, kept: list[Composed], left: int, same: Sameness) -> str:
    assert item.choice is not None
    if _length(item) > left:
        return "beyond the word budget"
    for other in kept:
        assert other.choice is not None
        told = other.planned.rated, other.choice.text
        if retells(item.planned.rated, item.choice.text, *told, same):
            return "said already"
    return ""


def as_claim(composed: Composed, origin_of: dict[int, int], checker: Checker, min_support: float) -> Claim:
    """Turn a chosen sentence into a claim with all of its evidence, by source.

    What only gives a full name is left out where the rest supports the sentence without.
    """
    choice = composed.choice
    assert choice is not None

    def supports(text: str, passages: Sequence[Sentence]) -> bool:
        in_order = sorted(passages, key=lambda s: (s.article, s.start))  # as it is cited
        return checker.check(text, tuple(plain(s.text) for s in in_order)).passes(min_support)

    cited = composed.cited
    support = supporting(choice.text, cited, supports)
    evidence = [
        Evidence(s.article, s.start, s.end, s.text, "support" if s in support else "see also")
        for s in cited
        if s in support or s not in choice.introducing
    ]
    origins = len({origin_of[s.article] for s in support})
    ordered = tuple(sorted(evidence, key=lambda e: (e.source, e.start)))
    return Claim(choice.text, choice.method, round(choice.support, 2), origins, ordered)
