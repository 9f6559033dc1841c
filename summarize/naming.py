"""Naming: whether two sentences name different people, places or bodies where they should name the same.

Contract: two profiles in. A name that only one side has is no difference, nor is one that the other side
has in another form: abbreviated, spelt otherwise, as an adjective. Knows nothing of figures and dates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import takewhile

from summarize.language import stem
from summarize.language.calendar import MONTHS, WEEKDAYS
from summarize.language.names import ORGANISATIONS, TITLES
from summarize.language.places import COUNTRIES, DEMONYMS, PLACES, STATES
from summarize.language.tokens import ARTICLES, FUNCTION_WORDS
from summarize.profiles import ROOT, Mention, Profile, Token

MISSPELT = (
    0.75  # share of letters in order from which two names are spellings of one; Robert and Roger have 0.73
)
# Names of one place that share no root.
_SAME_PLACE = (
    "american us u.s. america states washington", "british uk u.k. britain", "french france",
    "dutch netherlands", "greek greece", "spanish spain", "swiss switzerland", "danish denmark",
    "welsh wales", "nations un u.n.", "polish poland", "ukrainian ukraine", "english england",
    "us u.s. federal", "hispanic latino",
)  # fmt: skip
# Forms of one first name, or of a war's number, of which neither is the other's beginning. Beside the same
# surname they tell nobody apart; beside another one they make nobody the same.
_FORMS = (
    "william bill billy will", "robert bob bobby", "james jim jimmy", "joseph joe", "richard dick rick",
    "edward ed ted eddie", "charles chuck charlie", "anthony tony", "elizabeth liz beth betsy",
    "katherine catherine kate kathy", "john jack johnny", "lawrence larry", "henry hank harry",
    "margaret maggie peggy", "deborah debbie", "gerald jerry", "bernard bernie", "stephen steven steve",
    "andrew andy drew", "michael mike", "rudolph rudy", "theodore ted", "second ii",
)  # fmt: skip


def _by_word(lines: Sequence[str]) -> dict[str, frozenset[int]]:
    found: dict[str, frozenset[int]] = {}
    for n, line in enumerate(lines):
        for word in line.split():
            found[stem(word)] = found.get(stem(word), frozenset()) | {n}
    return found


_PLACE_OF, _FORM_OF = _by_word(_SAME_PLACE), _by_word(_FORMS)
_PLACES = frozenset(stem(w) for w in PLACES | STATES)
_ROLES = frozenset(stem(w) for w in TITLES | {"first", "prime", "democrat", "republican"})
_FUNCTION_STEMS = frozenset(stem(w) for w in FUNCTION_WORDS) | {""}
_NO_PERSONS = _PLACES | _ROLES | frozenset(stem(w) for w in DEMONYMS | ORGANISATIONS)
_NO_NAMES = frozenset(
    stem(w) for w in TITLES | MONTHS.keys() | WEEKDAYS.keys() | {"miss", "st", "saint", "police"}
)
# A name that begins or ends like this is a place's or a body's: "New Hampshire", "San Diego County".
_BEGINS_PLACE = frozenset(
    stem(w) for w in "new united north south east west mount mt gulf san los las fort".split()
)
_NAMED_FOR = frozenset(stem(w) for w in ("fort", "mount", "mt", "camp", "port", "lake"))  # a person
_ENDS_BODY = frozenset(
    stem(w) for w in "county city avenue market jail prison school hospital news times service".split()
)
_WHERE = frozenset(("in", "near", "at", "from"))
_EXCHANGED = 4  # words of names
_SHORTEST = 3  # letters
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_ENDINGS = frozenset("a an e ea es ey i ia ian ic ical ican ie in is ish istan ist n ness o s y".split())
_OF_TWO_WORDS = frozenset(  # countries and states, by their second word
    stem(w) for w in "hampshire jersey mexico york carolina dakota virginia zealand korea africa".split()
)
# What names of different bodies share: "the White House", "the House Intelligence Committee".
_OF_MANY = frozenset(stem(w) for w in ("house", "committee", "news", "olympic", "family"))
_PARTICLES = frozenset(stem(w) for w in "de del della di da dos du la le".split())
_OFFICES = _ROLES - {stem("first")}
_PARTS_OF_BRITAIN = frozenset({"england", "scotland", "wales"})
# Countries, and states of one country: of two that differ neither lies in the other.
_LANDS = frozenset(stem(w) for w in (COUNTRIES | STATES) - _PARTS_OF_BRITAIN)


def names_differ(a: Profile, b: Profile) -> bool:
    """Tell whether two sentences surely name different ones: two countries, or two names in one place."""
    mine, theirs = _lacking(a, b), _lacking(b, a)
    return (
        ((_lands(a, b) or any(map(_is_land, mine))) and (_lands(b, a) or any(map(_is_land, theirs))))
        or any(_between_the_same(x, y) and is_rarer(y.words, b, a) for x in mine for y in b.mentions)
        or any(_between_the_same(x, y) and is_rarer(x.words, a, b) for x in a.mentions for y in theirs)
        or any(_partly_other(x, y, a, b) for x in a.mentions for y in b.mentions)
        or (_name_people(mine, theirs) and _stand_alike(mine, theirs))
    )


def may_differ(a: Profile, b: Profile) -> bool:
    """Tell whether two sentences may name different ones: a person each, or two beside one word.

    Of one event two reports name other people, "Mark Esper" and "Mr. Trump", and mean the same nevertheless.
    """
    mine, theirs = _lacking(a, b), _lacking(b, a)
    return _name_people(mine, theirs) or _stand_alike(mine, theirs)


def _name_people(mine: Sequence[Mention], theirs: Sequence[Mention]) -> bool:
    return any(map(_is_person, mine)) and any(map(_is_person, theirs))


def _stand_alike(mine: Sequence[Mention], theirs: Sequence[Mention]) -> bool:
    return any(_beside_one_word(x, y) for x in mine for y in theirs)


def _lacking(own: Profile, other: Profile) -> list[Mention]:
    """Return the names of which the other side has no word and no short form."""
    return [
        m
        for m in own.mentions
        if m.words
        and m.words[0] not in _LETTERS  # "S" and "P" of "S&P"
        and not known(m.words, other.capitals)
        and not _is_abbreviated(m, own, other)
    ]


def _is_abbreviated(name: Mention, own: Profile, other: Profile) -> bool:
    """Tell whether the other side has the initials of a name, or the name of these initials."""
    if any(short in name.initials for short in other.acronyms):
        return True
    return _is_spread(name, own, other) or any(
        w.replace(".", "") in own.acronyms and w.replace(".", "") in m.initials
        for w in name.words
        for m in other.mentions
    )


def _lands(own: Profile, other: Profile) -> bool:
    """Tell whether one side names a country or a state that the other one does not."""
    capital = [t.is_capital and t.is_content for t in own.tokens]
    return any(
        t.stem in _LANDS
        and capital[i]
        and not any(capital[max(0, i - 1) : i] + capital[i + 1 : i + 2])
        and not known((t.stem,), other.capitals)
        for i, t in enumerate(own.tokens)
    )


def _is_spread(name: Mention, own: Profile, other: Profile) -> bool:
    """Tell whether initials stand for several names in a row: "Americans with Disabilities Act" is two."""
    short = [w for w in other.acronyms if len(w) >= _SHORTEST and w in _initials(own.capitals)]
    if any(word[0] in w for w in short for word in name.words):
        return True
    long = [w for w in name.words if w in own.acronyms and len(w) >= _SHORTEST]
    return any(w in _initials(other.capitals) for w in long)


def _is_land(name: Mention) -> bool:
    """Tell whether a name is a country's or a state's of two words: "New Mexico"."""
    return len(name.words) == 2 and name.words[0] in _BEGINS_PLACE and name.words[1] in _OF_TWO_WORDS


def _is_person(name: Mention) -> bool:
    """Tell whether a name is a person's by its title or form, or that of who speaks."""
    if name.has_title:
        return True
    if _NO_PERSONS & set(name.words) or (name.before in ARTICLES and name.after not in _FUNCTION_STEMS):
        return False  # "the Grand Central concourse"
    if len(name.words) > 1 and (name.words[0] in _BEGINS_PLACE or name.words[-1] in _ENDS_BODY):
        return False
    return name.speaks or len(name.words) > 1


def _beside_one_word(x: Mention, y: Mention) -> bool:
    """Tell whether the same word stands before or behind two names."""
    if x.after == y.after != "":
        return True
    may_hold = bool(_PLACES & set(x.words)) != bool(_PLACES & set(y.words))  # "in Leeds", "in Britain"
    return x.before == y.before and x.before not in ("", *ARTICLES) and not (x.before in _WHERE and may_hold)


def _between_the_same(x: Mention, y: Mention) -> bool:
    return x.left == y.left != "" and x.right == y.right != ""


def _partly_other(x: Mention, y: Mention, a: Profile, b: Profile) -> bool:
    """Tell whether two names share a word and differ in another: "Robert Hill" and "Anna Hill"."""
    if not set(x.words) & set(y.words) - _PLACES - _OF_MANY:
        return False
    if (x.words[0] in _NAMED_FOR) != (y.words[0] in _NAMED_FOR):
        return False  # "Fort Hill" and "Anna Hill"
    mine, theirs = _telling(x, b), _telling(y, a)
    if are_short_forms(mine, theirs):
        return False
    return bool(mine and theirs) and not any(v[0] == w[0] for v in mine for w in theirs)


def _telling(name: Mention, other: Profile) -> list[str]:
    """Return the words of a name that the other side lacks and that tell it from others of its kind."""
    told = set(name.words) - _LETTERS - _PARTICLES - _OFFICES - _OF_MANY
    return [w for w in name.words if w in told and not known((w,), other.capitals)]


def exchanged(mine: Sequence[Token], theirs: Sequence[Token], a: Profile, b: Profile) -> bool:
    """Tell whether in one place of two aligned sentences nothing but names stands, and they differ.

    :param mine: what ``a`` has there.
    :param theirs: what ``b`` has there.
    """
    sides = [[t for t in _in_front(side) if t.is_content] for side in (mine, theirs)]
    if not all(len(side) in range(1, _EXCHANGED + 1) and all(t.is_capital for t in side) for side in sides):
        return False
    if begins_large(sides[0], a) or begins_large(sides[1], b):
        return False
    here, there = ([t.stem for t in side if t.is_name and t.stem not in _NO_NAMES] for side in sides)
    if (
        not here
        or not there
        or are_short_forms(here, there)
        or abbreviates(*([t.stem for t in side] for side in sides))
    ):
        return False
    return (
        is_rarer(here, a, b)
        and is_rarer(there, b, a)
        and not (known(here, b.capitals) and known(there, a.capitals))
    )


def begins_large(side: Sequence[Token], own: Profile) -> bool:
    """Tell whether a side of several words is large for it begins the sentence: "Speaking from Leeds"."""
    return len(side) > 1 and side[0] is own.tokens[0] and not side[0].is_name


def _in_front(side: Sequence[Token]) -> Sequence[Token]:
    """Leave out what explains a name: "Roe, the mayor of Leeds" is "Roe"."""
    head = tuple(takewhile(lambda t: t.stem not in ARTICLES, side))
    is_person = all((t.is_name or t.is_capital) and t.stem not in _PLACES for t in head)
    return head if head and is_person else side


def is_rarer(names: Sequence[str], own: Profile, other: Profile) -> bool:
    """Tell whether the other side has a name less often; else it stands in another place there."""
    here, there = (sum(known((c,), names) for c in p.capitals) for p in (own, other))
    return there < here


def abbreviates(names: Sequence[str], others: Sequence[str]) -> bool:
    """Tell whether one of two names is the other's initials: "GE", "N.Y.", the "S" and "P" of "S&P"."""
    return _has_initials(names, others) or _has_initials(others, names)


def _has_initials(names: Sequence[str], others: Sequence[str]) -> bool:
    short = [n.replace(".", "") for n in names]
    letters = "".join(short) if all(len(n) == 1 for n in short) else ""
    return any(len(w) > 1 and w in _initials(others) for w in (*short, letters))


def _initials(names: Sequence[str]) -> str:
    return "".join(w[0] for w in names)


def known(names: Sequence[str], others: Sequence[str]) -> bool:
    """Tell whether one of the words of some names stands among others."""
    return any(alike(x, y) for x in names for y in others)


@lru_cache(maxsize=65_536)
def alike(one: str, other: str) -> bool:
    """Tell whether two words of names may name the same: a root, a nationality, a misspelling."""
    one, other = one.rpartition("-")[2].replace(".", ""), other.rpartition("-")[2].replace(".", "")
    if one == other or _share_a_line(_PLACE_OF, one, other) or _have_one_root(one, other):
        return True
    return len(one) > ROOT and SequenceMatcher(None, one, other).ratio() >= MISSPELT


def _share_a_line(lines: Mapping[str, frozenset[int]], one: str, other: str) -> bool:
    return bool(lines.get(one, frozenset()) & lines.get(other, frozenset()))


def are_short_forms(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Tell whether two first names are forms of one: "Bill" and "William"."""
    return len(mine) == len(theirs) == 1 and _share_a_line(_FORM_OF, mine[0], theirs[0])


def _have_one_root(one: str, other: str) -> bool:
    """Tell whether two words differ by an ending, "Turkey" and "Turkish", or one is the other's beginning."""
    n = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    if n == min(len(one), len(other)):
        return n >= _SHORTEST  # "Neb." and "Nebraska"
    return n >= ROOT and one[n:] in _ENDINGS and other[n:] in _ENDINGS
