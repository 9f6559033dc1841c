"""Citing: which passages bear a sentence of the brief out, and which only tell of the same.

A fact is stated by sentences of several sources, and the one that is printed says more than some of them do.
A source is cited if it states all of it; one that states a part of it is named behind "see also"; one that
says something else is not named. "See also" is how legal citing names sources that support less directly.

Contract: pure functions of texts; a checker is handed in. Knows nothing of how the sentence was chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set

from summarize.contradiction import OTHER_NAMES, conflict
from summarize.language import (
    REPORTING_VERBS,
    content_stems,
    is_content,
    names,
    quantities,
    quotations,
    stem,
    words,
)
from summarize.language.calendar import MONTHS, WEEKDAYS
from summarize.language.tokens import word_set
from summarize.language.verbs import may_be_main
from summarize.profiles import profile_of
from summarize.segmentation import plain
from summarize.types import Sentence

Supports = Callable[[str, Sequence[Sentence]], bool]
"""Tell whether the checker lets a sentence through beside what it is cited to."""
# What tells of the same has a third of a sentence's content words at least, a quarter of those that are no
# names, all its figures, and what it quotes but for a word or two.
STATED, EVENTS, QUOTED = 1 / 3, 0.25, 0.9
MIN_STATED = 3  # words of content that it has, of a sentence with more: two may be any two
MIN_FIGURE, NEAR = 3, 0.1  # figures from here on, and how far apart two accounts of one may be, as a share
QUOTED_WORDS = 4  # from which on a quotation is one, and not a word in marks
OTHER_WORDS = 2  # content words, of a third at most, that a passage may put differently or not say
IN_ORDER = 0.5  # share of the content words of both that follow each other alike
_DATES = frozenset(stem(w) for w in (*WEEKDAYS, *MONTHS))
# In front of what they turn into something else; who is somebody's brother is somebody else.
_TURNS = frozenset(
    stem(w)
    for w in """accused alleged allegedly suspected charged refused declined threatened urged asked former ex
    brother sister wife husband son daughter father mother aide lawyer plan planned plans may might could
    would failed tried attempt attempted almost nearly believed apparently reportedly rumored discussed
    considering proposed want wants wanted oppose opposed deny denied claim claimed sought seek""".split()
)
# What one text has and the other one lacks says another thing.
_TELLING = word_set("not never no none few fewer less most all half next last previous more hardly")
_CONDITIONS = frozenset(("if", "unless"))
_SPEAKS = REPORTING_VERBS | {"posted"}


def tells_of(passage: str, told: str, beside: Set[str] = frozenset()) -> bool:
    """Tell whether a passage that gives the same fact states enough of what is told to be named for it.

    :param beside: content stems of what is told with the fact, which count for nothing.
    """
    theirs, own = content_stems(passage), content_stems(told) - beside
    named = content_stems(" ".join(f"{n.title or ''} {n.text}" for n in names(told)))
    quotes = (told[a:b] for a, b in quotations(told))
    quoted = content_stems(" ".join(q for q in quotes if len(q.split()) >= QUOTED_WORDS)) - beside
    wanted = ((own, STATED), (own - named, EVENTS), (quoted, QUOTED))
    if len(theirs & own) < min(MIN_STATED, len(own) - 1):
        return False
    return _gives_the_figures(passage, told, beside) and all(
        len(theirs & part) >= share * len(part) for part, share in wanted
    )


def says_in_other_words(passage: str, told: str) -> bool:
    """Tell whether a passage that tells of the same says all of it, a word or two put differently.

    A figure, a day, a surname, what is quoted and what somebody does can't be put differently, nor may the
    passage say it of something that was only planned, alleged or refused, or of others.
    """
    own = content_stems(told)
    missing = own - content_stems(passage)
    if len(missing) > min(OTHER_WORDS, len(own) / 3) or any(c.isdigit() for w in missing for c in w):
        return False
    surnames = frozenset().union(*(content_stems(n.text.split()[-1]) for n in names(told)))
    if missing & (_DATES | surnames | _deeds(told)):
        return False
    if {q.value for q in quantities(told)} - {q.value for q in quantities(passage)}:
        return False
    if conflict(profile_of(told), profile_of(passage)) not in (None, OTHER_NAMES):
        return False
    return _quotes_the_same(passage, told) and not _is_turned(passage, told) and _in_order(passage, told)


def _deeds(told: str) -> frozenset[str]:
    """Return the stems of what may be verbs, but for those that only say that somebody spoke."""
    verbs = (w for w in words(told) if is_content(w) and may_be_main(w))
    return frozenset(stem(w.key) for w in verbs if w.key not in _SPEAKS)


def supporting(text: str, passages: Sequence[Sentence], supports: Supports) -> tuple[Sentence, ...]:
    """Return what a sentence of the brief is cited to, of all that it was made from and that tells of it.

    That is whatever bears the sentence out by itself, and whatever the rest does not support it without: by
    ALCE's measure of precision (Gao et al. 2023) a citation is irrelevant if it does neither. Of two that
    make up for each other the earlier one is kept; above all the first, which the sentence was written from.
    """
    kept = list(passages)
    if len(kept) == 1:
        return tuple(kept)
    for passage in reversed(passages):
        if supports(text, (passage,)) or says_in_other_words(plain(passage.text), text):
            continue
        rest = [s for s in kept if s is not passage]
        if rest and supports(text, rest):
            kept = rest
    return tuple(kept)


def _quotes_the_same(passage: str, told: str) -> bool:
    """Tell whether what is quoted stands in the passage word for word, in marks, or is all of it."""
    if _spoken(told) == _spoken(passage):
        return True
    said = [_spoken(passage[a:b]) for a, b in quotations(passage)]
    return all(any(_spoken(told[a:b]) in s for s in said) for a, b in quotations(told))


def _is_turned(passage: str, told: str) -> bool:
    """Tell whether the passage alone says "accused of", "refused to", "former" or "if" of what is told."""
    own, known = content_stems(told), {stem(w.key) for w in words(told)}
    theirs = [w for w in words(passage) if w.is_word]
    mine, other = ({w.key for w in words(text)} for text in (told, passage))
    if other & _CONDITIONS - mine or (mine ^ other) & _TELLING:
        return True
    return any(
        stem(w.key) in _TURNS - known and content_stems(" ".join(x.text for x in theirs[n + 1 : n + 4])) & own
        for n, w in enumerate(theirs)
    )


def _in_order(passage: str, told: str) -> bool:
    """Tell whether most of the content words that both have follow each other alike, and all names do.

    "An officer shot a man" and "a man shot an officer" have the same words.
    """
    called = [[n.text.split()[-1].casefold() for n in names(text)] for text in (told, passage)]
    both = [list(dict.fromkeys(n for n in own if n in called[0] and n in called[1])) for own in called]
    if both[0] != both[1]:
        return False
    mine, theirs = _contents(told), _contents(passage)
    shared = [s for s in mine if s in theirs]
    longest = [0] * (len(theirs) + 1)  # of the subsequences common to what was read so far and to each head
    for s in shared:
        before = longest[:]
        for n, other in enumerate(theirs, start=1):
            longest[n] = before[n - 1] + 1 if s == other else max(before[n], longest[n - 1])
    return longest[-1] > IN_ORDER * len(shared)


def _contents(text: str) -> list[str]:
    return [stem(w.key) for w in words(text) if is_content(w)]


def _spoken(text: str) -> str:
    """Return the words of a text, each between blanks."""
    return f" {' '.join(w.key for w in words(text) if w.is_word)} "


def _gives_the_figures(passage: str, told: str, beside: Set[str]) -> bool:
    """Tell whether a passage has all figures that are told, about."""
    given = _figures(passage)
    return all(any(abs(a - b) <= NEAR * max(a, b) for b in given) for a in _figures(told, beside))


def _figures(text: str, beside: Set[str] = frozenset()) -> list[float]:
    """Return counts, sums and shares; "two leaders" and "one of them" are none."""
    kinds = ("count", "money", "percent", "ordinal")
    found = [q for q in quantities(text) if q.kind in kinds and q.value >= MIN_FIGURE]
    return [q.value for q in found if not beside or not content_stems(q.text) <= beside]
