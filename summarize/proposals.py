"""Propose: what may be printed for a planned claim, and how good each wording is.

The verbatim lead sentence, the lead without what it says in passing, what the writer made of it alone, of
it and the other sources' sentences, and of it and its companion. A wording that loses what it must not
lose is no proposal. Nothing here asks whether a wording is true: that is the checker's part.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from summarize.language import (
    asides,
    content_stems,
    core,
    has_unbalanced_quotes,
    is_content,
    names,
    opens_dependent,
    quantities,
    stem,
    without,
    without_connectives,
    words,
)
from summarize.language.quotations import closed
from summarize.language.tokens import lowered
from summarize.planning import Companion, Planned
from summarize.ranking import GRAVE
from summarize.segmentation import plain
from summarize.types import Candidate

EASY_WORDS = 12  # a sentence up to this length costs nothing
WORD_COST = 0.036  # of utility per word beyond it
SCORE_WEIGHT = 0.05  # of the writer's mean log-probability
BASE_WEIGHT = 0.45  # of a content word that no other source uses
BACKGROUND = 0.2  # of the weight of what the lead says in passing
OTHERS = 0.75  # of the weight of what only a sentence besides the lead says
DISTINCT = 0.85  # share of a sentence's content words that it may not say a second time
NAME_WEIGHT = 0.3  # of a name, on top
FIGURE_WEIGHT = 1.0  # of a figure or a loss of life, on top
SMALL = 6  # words up to which an aside, "(R-Texas)", "today", is not told even where there is room
MIN_KEPT = 0.6  # of what a sentence does not say in passing, its figures and names apart: all of them stay
# Behind a clause of its own, "… and was found" would read as part of that clause.
_LEADS_ASTRAY = re.compile(
    r"\b(?:who|which|that|whose|where|when|while|if|because|as|said|says|told)\b|\w{3,}ing\b"
)
# Half of a contrast, a finding without its reason, or what only holds at times, is another message.
_CONTRAST = re.compile(
    r"\b(?:but|though|although|yet|whereas|because|unless|until|when|due to|at a time|"
    r"in (?:response to|exchange for|some cases))\b",
    re.IGNORECASE,
)
# What stands behind these at the end is news as much as what stands in front: of 42 such cuts in 200 briefs
# 25 took the point of the sentence. And what a sentence begins with may be its reason.
_GOES_ON = re.compile(r"\.?,? (?:and|or|as|how|while|where)\b")
_REASON = re.compile(r"(?:After|Before|While|Although|Though|Despite|If|Unless|By [a-z]+ing)\b[^,]*,")
_LAST_WORDS = 3
_SECOND_NAME = re.compile(r", (?:and|but|while) (?:the )?([A-Z][\w’'-]*[a-z])")
_PERSONAL = re.compile(r"\b(?:he|she|his|her|him|himself|herself)\b")
_TIE = 2  # words at the head of a sentence that tie it to the one in front
_LONGEST_INSIDE = 14  # words of a relative clause
_SMALL_OPENER = re.compile(r"(?:He|She|It|They|The|A|An|His|Her|Its|Their)\b")
_PLACE = re.compile(
    r"\bthe (?:province|region|town|city|country|area|village|state|county|district)\b(?! of)"
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A wording, the evidence that it was made from, and its utility; ``companion`` is said with it."""

    text: str
    seen: tuple[str, ...]
    utility: float
    companion: Companion | None = None

    @property
    def is_verbatim(self) -> bool:
        return self.text in self.seen


class Proposer:
    """Rates wordings for one planned claim."""

    def __init__(self, planned: Planned, shared: dict[str, float]) -> None:
        self.evidence = tuple(plain(s.text) for s in planned.evidence)
        self._companion = planned.companion
        self._follows = planned.after is not None
        self._is_introduced = planned.rated.is_introduced
        marked = planned.rated.marked
        lead = self._whole = marked.text if marked else closed(self.evidence[0])
        self._seen = plain(marked.passage.text) if marked else self.evidence[0]
        told = core(lead)  # what the lead does not say in passing
        self._lead, self._told = content_stems(lead), content_stems(told)
        self._grave = {s for q in quantities(told) for s in content_stems(q.text)} | (self._told & GRAVE)
        self._named = {_spoken(n.text)[-1] for n in names(without(lead, asides(lead)))}
        self._weights = _weights(self.evidence, shared)
        self._added = _weights((self.pair[1],), shared) if planned.companion else {}

    @property
    def pair(self) -> tuple[str, ...]:
        """The lead and its companion; the lead alone if it has none."""
        extra = self._companion.evidence[:1] if self._companion else ()
        return (self.evidence[0], *(plain(s.text) for s in extra))

    def reworded(self, candidate: Candidate, seen: tuple[str, ...]) -> Proposal | None:
        """Take what the writer made of the evidence; None if it is a copy, a fragment, or lost a name."""
        text, lead = candidate.text, self.evidence[0]
        if text in seen or has_unbalanced_quotes(text) or not self._may_open(text) or not self._keeps(text):
            return None
        if _loses_antecedent(text, lead) or self._loses_name(text) or _repeats(text, lead):
            return None
        if _loses_limit(text, lead) or _breaks_off(text, lead):
            return None
        return Proposal(text, seen, self.utility(text, candidate.score))

    def joint(self, candidate: Candidate) -> Proposal | None:
        """Take what the writer made of lead and companion; None if it does not say both."""
        text = _with_comma(candidate.text, core(self.pair[-1]))
        own = content_stems(text)
        new = content_stems(self.pair[-1]) - self._lead
        says_both = self._keeps(text) and len(own & new) >= MIN_KEPT * len(new)
        repeats = all(_repeats(text, s) for s in self.pair) or _names_twice(text)
        if text in self.pair or not new or not says_both or self._loses_name(text) or repeats:
            return None
        head = core(self.pair[0]).rstrip(".")
        if "," in head and text.startswith(f"{head} and "):
            return None  # behind a list or an insertion a further verb is hard to place
        extra = len(core(self.pair[-1]).split())
        return Proposal(text, self.pair, self.utility(text, candidate.score, extra), self._companion)

    def joined(self) -> list[Proposal | None]:
        """Join lead and companion by rule, as the writer's training examples are joined."""
        first, second = map(core, self.pair)
        return [self.joint(Candidate(text, 0.0)) for text in joins(first, second)]

    def lead(self) -> Proposal | None:
        """Take the lead as it stands, freed of a connective; None if it hangs on what is not there."""
        text = self._whole if self._follows else without_connectives(self._whole)
        if not self._may_open(text):
            return None
        return Proposal(text, (self._seen,), self.utility(text, 0.0))

    def keeps_names(self, text: str) -> bool:
        """Tell whether whomever the next sentence may call "he" or "it" is still named."""
        return {_spoken(n.text)[-1] for n in names(self.evidence[0])} <= set(_spoken(text))

    def trimmed(self) -> list[Proposal | None]:
        """Take the lead's asides out, all together and one by one; not out of a part of a quotation."""
        lead = self.evidence[0]
        found = asides(lead) if lead == self._whole else ()
        ways = [found, *((a,) for a in found)] if found else []
        cut = [without(lead, way) for way in ways]
        texts = dict.fromkeys(_closed_up(t if self._follows else without_connectives(t)) for t in cut)
        return [self.reworded(Candidate(text, 0.0), (lead,)) for text in texts]

    def full(self) -> Proposal | None:
        """Take the lead with all that it says in passing, but for what is not worth a word: "today"."""
        lead = self.evidence[0]
        if lead != self._whole:
            return self.lead()
        small = tuple(a for a in asides(lead) if len(lead[a.start : a.end].split()) <= SMALL)
        text = _closed_up(without(lead, small)) if small else lead
        text = text if self._follows else without_connectives(text)
        as_it_stands = self.lead()
        if as_it_stands and as_it_stands.text == text:
            return as_it_stands
        return self.reworded(Candidate(text, 0.0), (lead,))

    def _may_open(self, text: str) -> bool:
        """Tell whether a wording stands alone, or is tied as its lead is to the sentence that it follows."""
        if self._follows:
            return text.split()[:_TIE] == self._whole.split()[:_TIE]
        opening = opens_dependent(text)
        return opening is None or (self._is_introduced and opening.is_definite)

    def _keeps(self, text: str) -> bool:
        """Tell whether a wording says nearly all of the lead that it does not say in passing."""
        own = content_stems(text)
        return len(own & self._told) >= MIN_KEPT * len(self._told) and self._grave <= own

    def _loses_name(self, text: str) -> bool:
        """Tell whether a name was cut that the lead does not mention just in passing.

        One name may go with an insertion, if the sentence still ends as it did; an abbreviation never may.
        """
        lost = self._named - set(_spoken(text))
        is_insertion = _spoken(text)[-1:] == _spoken(self.evidence[0])[-1:]
        return bool(lost) and not (is_insertion and len(lost) == 1 and not min(lost).isupper())

    def utility(self, text: str, score: float, free: int = 0) -> float:
        """Rate a sentence: share of what matters in the evidence, less its length.

        :param free: words that cost nothing, those of a companion: the plan found it worth saying.
        """
        covered = sum(self._weights.get(s, self._added.get(s, 0.0)) for s in content_stems(text))
        covered /= max(1e-9, sum(self._weights.values()))
        return covered - WORD_COST * max(0, len(text.split()) - free - EASY_WORDS) + SCORE_WEIGHT * score


def joins(first: str, second: str) -> tuple[str, ...]:
    """Join two sentences by a second verb or a relative clause if they share a name, else by ", and"."""
    head, mine, theirs = first.rstrip("."), names(first), names(second)
    shared = mine and theirs and mine[0].text.split()[-1] == theirs[0].text.split()[-1]
    if shared and mine[0].start == theirs[0].start == 0:
        name, told, more = first[: mine[0].end], head[mine[0].end :].strip(), second[theirs[0].end :].strip()
        nested = []
        if _is_person(first + " " + second):
            nested += [f"{name}, who {told}, {more}"] * _fits_inside(told)
            nested += [f"{name}, who {more.rstrip('.')}, {told}."] * _fits_inside(more.rstrip("."))
        return tuple(nested) if _LEADS_ASTRAY.search(first) else (f"{head} and {more}", *nested)
    if theirs and theirs[0].start == 0:
        return (f"{head}, and {second}",)
    return (f"{head}, and {lowered(second)}",) if _SMALL_OPENER.match(second) else ()


def _is_person(text: str) -> bool:
    """Tell whether two sentences of one subject are about a person."""
    return bool(names(text)[0].title) or _PERSONAL.search(text) is not None


def _fits_inside(predicate: str) -> bool:
    """Tell whether a predicate is background, "was speaking in Cairo", and short."""
    if not re.match(r"(?:is|was|has|had)\b", predicate):
        return False
    return len(predicate.split()) <= _LONGEST_INSIDE and "," not in predicate and '"' not in predicate


def _spoken(text: str) -> list[str]:
    """Return the words of a text, compounds such as "Oscar-winning" in their parts."""
    return [part for w in words(text) if w.is_word for part in w.text.split("-")]


def _with_comma(text: str, second: str) -> str:
    """Set the comma that a whole clause wants in front of it: "…, and it says"."""
    opener = re.escape(second.split()[0])
    return re.sub(rf"(?<=\w) and (?={opener}\b)", ", and ", text, count=1, flags=re.I)


def _closed_up(text: str) -> str:
    """Take out the blank that some pages leave in front of a stop."""
    return re.sub(r" (?=[.,;](?:\s|$))", "", text)


def _repeats(text: str, lead: str) -> bool:
    """Tell whether a sentence says a good part of itself twice, more than the lead does."""
    return _distinct(text) < min(DISTINCT, _distinct(lead))


def _names_twice(text: str) -> bool:
    """Tell whether a second clause begins with a name that the first one has: "…, and Medlin was able"."""
    return any(re.search(rf"\b{re.escape(m[1])}\b", text[: m.start()]) for m in _SECOND_NAME.finditer(text))


def _distinct(text: str) -> float:
    told = [stem(w.text) for w in words(text) if is_content(w)]
    return len(set(told)) / max(1, len(told))


def _loses_limit(text: str, lead: str) -> bool:
    """Tell whether a wording leaves out what the lead says against itself, or when it holds."""
    theirs, own = ({m.casefold() for m in _CONTRAST.findall(t)} for t in (lead, text))
    begins = _REASON.match(lead)
    return theirs > own or (begins is not None and not text.startswith(lead[: begins.end()]))


def _breaks_off(text: str, lead: str) -> bool:
    """Tell whether a wording ends where the lead goes on: "He was arrested[ and fined]"."""
    last = text.rstrip('.”"').split()[-_LAST_WORDS:]
    at = lead.rfind(" ".join(last))
    return at >= 0 and _GOES_ON.match(lead, at + len(" ".join(last))) is not None


def _loses_antecedent(text: str, lead: str) -> bool:
    """Tell whether "the province" stays while the name that it stood for was cut."""
    cut = {n.key for n in names(lead)} - {n.key for n in names(text)}
    return bool(cut) and _PLACE.search(text) is not None


def _weights(evidence: tuple[str, ...], shared: dict[str, float]) -> dict[str, float]:
    """Weigh the content words: what several sentences share counts more, what only another says less."""
    counts = Counter(stem for sentence in evidence for stem in content_stems(sentence))
    lead = content_stems(evidence[0])
    figures = {s for sentence in evidence for q in quantities(sentence) for s in content_stems(q.text)}
    named = {s for sentence in evidence for n in names(sentence) for s in content_stems(n.text)}
    background = lead - content_stems(without(evidence[0], asides(evidence[0])))
    return {
        stem: (BACKGROUND if stem in background else 1.0)
        * (n if n > 1 or stem in lead else OTHERS)
        * (
            BASE_WEIGHT
            + shared.get(stem, 0.0)
            + NAME_WEIGHT * (stem in named)
            + FIGURE_WEIGHT * (stem in figures or stem in GRAVE)
        )
        for stem, n in counts.items()
    }
