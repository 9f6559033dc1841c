"""Naming: whether two sentences name different people, places or bodies where they should name the same.

Contract: two profiles in. A name that only one side has is no difference, nor is one that the other side
has in another form: abbreviated, spelt otherwise, as an adjective. Knows nothing of figures and dates.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from summarize.language import stem
from summarize.language.names import ORGANISATIONS, TITLES
from summarize.language.places import COUNTRIES, DEMONYMS, PLACES, STATES
from summarize.language.tokens import ARTICLES
from summarize.profiles import ROOT, Mention, Profile

MISSPELT = (
    0.75  # share of letters in order from which two names are spellings of one; Robert and Roger have 0.73
)
# Names of one place that share no root.
_SAME_PLACE = (
    "american us u.s. america states washington", "british uk u.k. britain england", "french france",
    "dutch netherlands", "greek greece", "spanish spain", "swiss switzerland", "danish denmark", "welsh wales",
    "nations un u.n.", "polish poland", "ukrainian ukraine", "english england",
)  # fmt: skip
_PLACE_OF = {stem(w): n for n, line in enumerate(_SAME_PLACE) for w in line.split()}
_PLACES = frozenset(stem(w) for w in PLACES | STATES)
_ROLES = frozenset(stem(w) for w in TITLES | {"first", "prime", "democrat", "republican"})
_NO_PERSONS = _PLACES | _ROLES | frozenset(stem(w) for w in DEMONYMS | ORGANISATIONS)
_PARTS_OF_BRITAIN = frozenset({"england", "scotland", "wales"})
# Countries, and states of one country: of two that differ neither lies in the other.
_LANDS = frozenset(stem(w) for w in (COUNTRIES | STATES) - _PARTS_OF_BRITAIN)


def names_differ(a: Profile, b: Profile) -> bool:
    """Tell whether two sentences name different ones in one place or of one kind."""
    mine, theirs = _lacking(a, b), _lacking(b, a)
    if mine and theirs:
        if any(m.words[0] in _LANDS and len(m.words) == 1 for m in mine) and any(
            t.words[0] in _LANDS and len(t.words) == 1 for t in theirs
        ):
            return True
        if any(map(_is_person, mine)) and any(map(_is_person, theirs)):
            return True
        if any(_in_one_place(x, y) for x in mine for y in theirs):
            return True
    if any(_between_the_same(x, y) for x in mine for y in b.mentions):
        return True
    if any(_between_the_same(x, y) for x in theirs for y in a.mentions):
        return True
    return any(_partly_other(x, y, a, b) for x in a.mentions for y in b.mentions)


def _lacking(own: Profile, other: Profile) -> list[Mention]:
    """Return the names none of whose words the other side has."""
    return [m for m in own.mentions if m.words and not known(m.words, other.capitals)]


def _is_person(name: Mention) -> bool:
    """Tell whether a name is a person's by its title or form, or that of who speaks."""
    if _NO_PERSONS & set(name.words):
        return False
    return name.has_title or name.speaks or len(name.words) > 1


def _in_one_place(x: Mention, y: Mention) -> bool:
    """Tell whether the same word stands before or behind two names."""
    return (x.before == y.before and x.before not in ("", *ARTICLES)) or (x.after == y.after and x.after != "")


def _between_the_same(x: Mention, y: Mention) -> bool:
    return x.left == y.left != "" and x.right == y.right != ""


def _partly_other(x: Mention, y: Mention, a: Profile, b: Profile) -> bool:
    """Tell whether two names share a word and differ in another: "Robert Hill" and "Anna Hill"."""
    if not set(x.words) & set(y.words):
        return False
    mine = [w for w in x.words if not known((w,), b.capitals)]
    theirs = [w for w in y.words if not known((w,), a.capitals)]
    return bool(mine and theirs) and not any(v[0] == w[0] for v in mine for w in theirs)


def known(names: Sequence[str], others: Sequence[str]) -> bool:
    """Tell whether one of the words of some names stands among others, or they abbreviate each other."""
    if any(alike(x, y) for x in names for y in others):
        return True
    initials = "".join(n[0] for n in names), "".join(n[0] for n in others)
    short = [n.replace(".", "") for n in names if len(n.replace(".", "")) in (2, 3, 4)]
    shorts = [n.replace(".", "") for n in others if len(n.replace(".", "")) in (2, 3, 4)]
    return any(n in initials[1] for n in short) or any(n in initials[0] for n in shorts)


@lru_cache(maxsize=65_536)
def alike(one: str, other: str) -> bool:
    """Tell whether two words of names may name the same: a root, a nationality, a misspelling."""
    one, other = one.rpartition("-")[2].replace(".", ""), other.rpartition("-")[2].replace(".", "")
    n = min(ROOT, max(3, min(len(one), len(other))))  # "Neb." and "Nebraska"
    if one[:n] == other[:n] or _PLACE_OF.get(one, one) == _PLACE_OF.get(other, other):
        return True
    return len(one) > ROOT and SequenceMatcher(None, one, other).ratio() >= MISSPELT
