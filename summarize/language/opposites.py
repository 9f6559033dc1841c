"""Words that can't both be true of one event: "rose" and "fell", "upheld" and "struck down".

Contract: sets of stems in, an answer out. The opposites of what somebody did to somebody else, "bought" and
"sold", "won" and "lost", tell one event from both sides; they are opposites only where all else is the same.
"""

from __future__ import annotations

from collections.abc import Set

from summarize.language.tokens import stem

# One pair of sides per line; words that mean nothing else in news: "closed" is no opposite of "opened", since
# its stem is that of "close to".
_OPPOSITES = """
rose risen rise soar soared surge surged increase increased
    | fell fallen plunge plunged plummet plummeted slump slumped tumble tumbled decrease decreased
uphold upholds upheld | overturn overturned struck void voided invalidate invalidated annul annulled
    reverse reversed quash quashed threw thrown toss tossed
pass passed approve approved adopt adopted ratify ratified | defeat defeated reject rejected veto vetoed
accept accepted agree agreed | reject rejected rebuff rebuffed
sign signed | veto vetoed
support supported endorse endorsed | oppose opposed
favor favour | oppose opposed against
convict convicted guilty | acquit acquitted exonerate exonerated innocent
raise raised raises hike hiked | lowered reduce reduced slash slashed
confirm confirmed | debunk debunked refute refuted
reinstate reinstated | suspend suspended
deploy deployed | withdraw withdrew
"""
# What one side loses the other one wins; and words of many meanings. Opposite only in the very same place.
_IN_PLACE_TOO = """
climb climbed jump jumped grow grew grown growing rally rallied expand expanded gain gained gains rose rise
    increase increased add added up higher
    | drop dropped decline declined sink sank sunk slide slid dip dipped slip slipped shrink shrank lose lost
    loss losses fall fell decrease decreased down lower cut
win won wins beat defeated | lose lost loses
open opened opens reopen reopened | close closed closes shut shuttered
begin begins began begun start started starts launch launched resume resumed extend extended
    | end ended ends finish finished halt halted suspend suspended stop stopped expire expired
arrest arrested detain detained jail jailed | release released free freed
hire hired hires | fire fired dismiss dismissed cut
raise raised increase increased | cut lower lowered reduce reduced
allow allowed reinstate reinstated approve approved | block blocked bar barred
pass passed | fail failed sink sank shelve shelved block blocked
accept accepted agree agreed | refuse refused decline declined
support supported backed | oppose opposed fight fought
buy bought buys | sell sold sells
before | after
for | against
enter entered join joined | leave left quit withdraw withdrew exit exited
more most | less fewer least
north northern | south southern
east eastern | west western
left | right
man men male boy | woman women female girl
father | mother
son | daughter
brother | sister
husband | wife
friend ally allies | foe enemy enemies
high | low
import imported imports | export exported exports
lend lent | borrow borrowed
above | below
inside | outside
positive | negative
all | some
early | late
earlier | later
convict convicted | clear cleared
grant granted | refuse refused
lift lifted ease eased loosen loosened drop dropped | impose imposed tighten tightened
allow allowed allows permit permitted legalize legalized | ban banned prohibit prohibited outlaw outlawed
    forbid forbade
legal constitutional | illegal unlawful unconstitutional
survive survived alive | die died killed dead
best | worst
stronger | weaker
better | worse
majority | minority
uphold upholds upheld | strike
large larger | small smaller
long longer | short shorter
new newer | old older
good | bad
strong | weak
rich | poor
likely | unlikely
possible | impossible
true | false
public | private
domestic | foreign
civilian civilians | military
conservative | liberal
employed employment | unemployed unemployment
employer | employee
success | failure
victory | defeat
prosecution prosecutors | defense defence
demand | supply
black | white
day days | night nights
arrive arrived | leave left depart departed
appear appeared | disappear disappeared
attack attacked | defend defended
praise praised | criticize criticized blast blasted
"""


def _sides(table: str) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    lines = " ".join(f"\n{line}" if not line.startswith(" ") else line for line in table.split("\n"))
    pairs = (line.split("|") for line in lines.split("\n") if "|" in line)
    return tuple(
        (frozenset(map(stem, left.split())), frozenset(map(stem, right.split()))) for left, right in pairs
    )


_SURE, _IN_PLACE = _sides(_OPPOSITES), _sides(_OPPOSITES + _IN_PLACE_TOO)


def opposites(mine: Set[str], theirs: Set[str], *, in_place: bool = False) -> frozenset[str]:
    """Return the stems of a pair of which each of two sets has one side and not the other; or none.

    :param in_place: whether they stand in the same place of two sentences that are else the same.
    """
    for left, right in _IN_PLACE if in_place else _SURE:
        for a, b in ((left, right), (right, left)):
            if _has(mine, a, b) and _has(theirs, b, a):
                return (a & mine) | (b & theirs)
    return frozenset()


def _has(own: Set[str], side: Set[str], other: Set[str]) -> bool:
    return not side.isdisjoint(own) and other.isdisjoint(own)
