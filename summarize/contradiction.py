"""Contradictions: why two sentences can't state the same thing, however alike they are.

Contract: two profiles in, the name of the first contradiction out, or None. What only one side tells is
none: it must be said of the same thing, and otherwise. Two ways to see that: by sets (each side has a
figure, a date, a name of one kind that the other one lacks) and by place, where an alignment of the words
leaves a name, a number or a "not" standing against something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import product

from summarize.counting import figures_differ, may_be_one, other_number, told_by_one
from summarize.language import stem
from summarize.language.calendar import MONTHS, WEEKDAYS
from summarize.language.opposites import opposites
from summarize.language.speech import REPORTING_VERBS
from summarize.language.tokens import ARTICLES
from summarize.naming import (
    abbreviates,
    are_short_forms,
    begins_large,
    exchanged,
    is_rarer,
    known,
    may_differ,
    names_differ,
)
from summarize.profiles import Profile, Token

OTHER_NAMES = "other names"  # the weakest reason: each side names somebody whom the other one does not
_DAYS = frozenset(stem(w) for w in WEEKDAYS)
_SAID = frozenset(stem(w) for w in REPORTING_VERBS)
_SAID_REACH = 3  # words from a verb of saying to its day: "told reporters on Monday"
_FROM_NOW = frozenset(stem(w) for w in ("today", "tonight", "yesterday", "tomorrow"))
_MONTHS = frozenset(stem(w) for w in MONTHS)
_NOT = frozenset(stem(w) for w in ("not", "never", "no", "cannot"))
_TITLES = frozenset(
    stem(w) for w in "president speaker minister secretary general justice attorney chief state prime".split()
)
# Whoever is called so here may be called by any title there.
_POLITE = frozenset(stem(w) for w in ("mr", "mrs", "ms", "miss", "dr"))
# What says "not" by its meaning: against a negation it is no contradiction.
_NEGATIVE = frozenset(
    stem(w)
    for w in """refuse decline fail lack avoid lose end remove prevent stop block halt unable unlike unless
    impossible unlikely absent refusal failure rule barely hardly rarely seldom""".split()
)
# Who speaks without a name; those on one line may be the same people. Critics and supporters may be anybody.
_CROWDS = (
    "official authorities police prosecutor investigator lawyer attorney aide",
    "analyst expert economist researcher scientist",
    "witnesses resident",
    "protester demonstrator",
    "lawmaker legislator democrat republican",
)
_CROWD_OF = {stem(w): n for n, line in enumerate(_CROWDS) for w in line.split()}
_NAMELESS = _CROWD_OF.keys() | {stem(w) for w in "critic opponent supporter activist advocate".split()}
_TURNS_REACH = 4  # words
_SHORT = 3  # words that stand in the same place
_CLAUSE = 2  # content words of an exchange that is no clause, "not" among them
_BEGINNING = 2  # letters that the forms of an irregular verb share
Slot = tuple[tuple[Token, ...], tuple[Token, ...]]


def conflict(a: Profile, b: Profile) -> str | None:
    """Name what two sentences can't both mean if they were one fact, or None."""
    if _negation_differs(a, b):
        return "negation"
    for name in ("dates", "years"):
        mine, theirs = getattr(a, name), getattr(b, name)
        if mine - theirs and theirs - mine:
            return name
    if a.days and b.days and not a.days & b.days:
        return "days"
    if _days_differ(a, b):
        return "weekdays"
    if _crowds_differ(a, b):
        return "speakers"
    if figures_differ(a, b):
        return "numbers"
    if opposed(a, b):
        return "opposites"
    places = [place for place in slots(a, b) if not _are_spelt_alike(*place)]
    for mine, theirs in places:
        if other_number(mine, theirs, a, b):
            return "numbers"
        if exchanged(mine, theirs, a, b):
            return "names"
        if a.n_negations != b.n_negations and _is_negated(mine, theirs):
            return "negation"
        if _is_opposite(mine, theirs, a, b):
            return "opposites"
    both = [p for p in places if all(p)]
    only = places if len(places) == 1 else both if len(both) == 1 else []
    if only and (reason := _only_exchange(*only[0], a, b)):
        return reason
    if names_differ(a, b):
        return "names"
    return OTHER_NAMES if may_differ(a, b) else None


def slots(a: Profile, b: Profile) -> Iterator[Slot]:
    """Yield the places where different words stand between the same ones; either side may be empty."""
    matcher = SequenceMatcher(None, [t.stem for t in a.tokens], [t.stem for t in b.tokens], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            yield a.tokens[i:j], b.tokens[k:m]


def _are_spelt_alike(mine: Sequence[Token], theirs: Sequence[Token]) -> bool:
    """Tell whether two names differ in their marks alone: "(D., N.Y.)", "(D-N.Y.)"."""
    is_name = all(t.is_capital and not any(map(str.isdigit, t.stem)) for t in (*mine, *theirs))
    here, there = ("".join(c for t in side for c in t.stem if c.isalnum()) for side in (mine, theirs))
    return is_name and here == there


def opposed(a: Profile, b: Profile) -> bool:
    """Tell whether one sentence has a word of which the other one has the opposite: "passed", "defeated"."""
    pair = opposites(_stems(a.tokens), _stems(b.tokens))
    return bool(pair) and _is_sure(pair, a, b)


def _stems(tokens: Iterable[Token]) -> frozenset[str]:
    return frozenset(t.stem for t in tokens)


def _is_opposite(mine: tuple[Token, ...], theirs: tuple[Token, ...], a: Profile, b: Profile) -> bool:
    """Tell whether a word stands where the other sentence has its opposite, and little else differs there."""
    if not all(len(side) <= _SHORT for side in (mine, theirs)):
        return False
    here, there = (_stems(t for t in side if not t.is_capital) for side in (mine, theirs))
    pair = opposites(here, there, in_place=True)
    return bool(pair) and _is_sure(pair, a, b)


def _is_sure(pair: frozenset[str], a: Profile, b: Profile) -> bool:
    """Tell whether nothing turns one of two opposites round: "did not pass", "declined to strike down"."""
    return not any(
        token.stem in pair
        and (token.stem in own.negated or any(map(_turns, own.tokens[max(0, i - _TURNS_REACH) : i])))
        for own in (a, b)
        for i, token in enumerate(own.tokens)
    )


def _turns(token: Token) -> bool:
    return token.stem in _NEGATIVE or _is_not(token)


def _negation_differs(a: Profile, b: Profile) -> bool:
    """Tell whether one side negates or denies what the other one says, unless that has a word for it."""
    if a.denies != b.denies:
        return not (a.content ^ b.content) & _NEGATIVE
    return _negates_more(a, b) or _negates_more(b, a)


def _negates_more(own: Profile, other: Profile) -> bool:
    """Tell whether one side has a negation more, of what the other one says without a word for "not"."""
    if own.n_negations <= other.n_negations or (other.content - own.content) & _negatives(other):
        return False
    only = own.negated - other.negated
    return bool(only & other.content) and not only & (_NEGATIVE - other.content)


def _negatives(own: Profile) -> frozenset[str]:
    """Return what says "not" by its meaning; "the end" and "safety rules" do not."""
    found = set()
    for i, token in enumerate(own.tokens):
        before = own.tokens[i - 1].stem if i else ""
        after = own.tokens[i + 1].stem if i + 1 < len(own.tokens) else ""
        is_noun = before in ARTICLES or (token.stem == "rule" and after != "out")
        if token.stem in _NEGATIVE and not is_noun:
            found.add(token.stem)
    return frozenset(found)


def _is_negated(mine: tuple[Token, ...], theirs: tuple[Token, ...]) -> bool:
    """Tell whether one side has no more than a "not" and another form of a verb: "would", "will not"."""
    marked = [any(map(_is_not, side)) for side in (mine, theirs)]
    return marked[0] != marked[1] and not any(t.is_content and not _is_not(t) for t in (*mine, *theirs))


def _is_verb_negated(mine: tuple[Token, ...], theirs: tuple[Token, ...], a: Profile, b: Profile) -> bool:
    """Tell whether a word stands against a "not" and a word; an added clause may negate what it will."""
    if a.n_negations == b.n_negations or any(map(_is_not, mine)) == any(map(_is_not, theirs)):
        return False
    return all(0 < sum(t.is_content for t in side) <= _CLAUSE for side in (mine, theirs))


def _says_not(own: tuple[Token, ...], other: tuple[Token, ...]) -> bool:
    """Tell whether one side has a word that means "not"; "lost" against "did not lose" is none."""
    begun = {t.stem[:_BEGINNING] for t in other if t.is_content and not _is_not(t)}
    return any(t.stem in _NEGATIVE and t.stem[:_BEGINNING] not in begun for t in own)


def _is_not(token: Token) -> bool:
    return token.stem in _NOT or token.stem.endswith("n't")


def _days_differ(a: Profile, b: Profile) -> bool:
    """Tell whether each side has a weekday, or a month, that the other one lacks.

    The day on which something was said and the one on which it came about are never set against each other.
    """
    return any(
        x - y and y - x
        for x, y in zip((*weekdays_of(a), _months(a)), (*weekdays_of(b), _months(b)), strict=True)
    )


def weekdays_of(own: Profile) -> tuple[set[str], set[str]]:
    """Return the weekdays on which something was said, and the others."""
    said: set[str] = set()
    others: set[str] = set()
    for i, token in enumerate(own.tokens):
        if token.stem in _DAYS and token.is_capital:
            before = {t.stem for t in own.tokens[max(0, i - _SAID_REACH) : i]}
            (said if before & _SAID else others).add(token.stem[:3])
    return said, others


def _months(own: Profile) -> set[str]:
    return {t.stem[:3] for t in own.tokens if t.stem in _MONTHS and t.is_capital}


def _crowds_differ(a: Profile, b: Profile) -> bool:
    """Tell whether people of no name say it on each side, and they are not of one kind."""
    mine, theirs = ({_CROWD_OF[w] for w in p.speakers if w in _CROWD_OF} for p in (a, b))
    return bool(mine and theirs and not mine & theirs)


def _only_exchange(mine: tuple[Token, ...], theirs: tuple[Token, ...], a: Profile, b: Profile) -> str | None:
    """Name what is exchanged where all else is the same: capitals for capitals, a number, a title put in."""
    if _is_verb_negated(mine, theirs, a, b):
        return None if _says_not(mine, theirs) or _says_not(theirs, mine) else "negation"
    if not mine or not theirs:
        added = mine or theirs
        return (
            "titles"
            if all(t.stem in _TITLES and t.is_capital for t in added if t.is_content)
            and any(t.is_content for t in added)
            else None
        )
    here, there = ([t for t in side if t.is_content and t.stem not in _POLITE] for side in (mine, theirs))
    if not here or not there:
        return None
    if len(here) == len(there) == 1 and here[0].stem.isdecimal() and there[0].stem.isdecimal():
        return None if int(here[0].stem) == int(there[0].stem) else "numbers"  # "9 May", "92 May"
    if all(t.is_capital for t in (*here, *there)):
        sides = [t.stem for t in here], [t.stem for t in there]
        is_moved = not (is_rarer(sides[0], a, b) and is_rarer(sides[1], b, a))
        is_nameless = bool(_NAMELESS & {*sides[0], *sides[1]})  # "Police", "Officials" at the head
        is_one = known(*sides) or abbreviates(*sides) or _may_be_one_day(*sides)
        is_one = is_one or are_short_forms(*sides) or begins_large(here, a) or begins_large(there, b)
        return None if is_moved or is_nameless or is_one else "names"
    pairs = list(product(told_by_one(mine, a, b), told_by_one(theirs, a, b)))
    in_one_unit = all(x.unit == y.unit or None in (x.unit, y.unit) for x, y in pairs)
    return "numbers" if pairs and in_one_unit and not any(may_be_one(x, y) for x, y in pairs) else None


def _may_be_one_day(mine: list[str], theirs: list[str]) -> bool:
    """Tell whether one side has a weekday and the other one "today"; which day that is nobody says."""
    return any(set(x) <= _DAYS and set(y) <= _FROM_NOW for x, y in ((mine, theirs), (theirs, mine)))
