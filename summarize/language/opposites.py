"""Words that can't both be true of one event: "rose" and "fell", "upheld" and "struck down".

Contract: sets of stems in, an answer out. The opposites of what somebody did to somebody else, "bought" and
"sold", "won" and "lost", tell one event from both sides; they are opposites only where all else is the same.
"""

from __future__ import annotations

from collections.abc import Set

from summarize.language.tokens import stem

# One pair of sides per line.
_OPPOSITES = """
rise rises rose risen rising climb climbed jump jumped surge surged soar soared increase increased increasing
    grow grew grown rally rallied expand expanded higher
    | fall falls fell fallen falling drop dropped decline declined plunge plunged slump slumped sink sank sunk
    tumble tumbled decrease decreased shrink shrank shrunk slide slid lower dip dipped
uphold upholds upheld | overturn overturned strike struck void voided invalidate invalidated annul annulled
    reverse reversed quash quashed
pass passed approve approved adopt adopted ratify ratified
    | defeat defeated reject rejected block blocked veto vetoed fail failed sink sank shelve shelved
accept accepted agree agreed | reject rejected refuse refused decline declined rebuff rebuffed
sign signed | veto vetoed
support supported backed endorse endorsed favor favour
    | oppose opposed against
convict convicted guilty | acquit acquitted exonerate exonerated
arrest arrested detain detained jail jailed | release released free freed
open opened opens reopen reopened | close closed closes shut shuttered
begin begins began begun start started starts launch launched resume resumed
    | end ended ends finish finished halt halted suspend suspended stop stopped
hire hired hires | fire fired dismiss dismissed cut
lift lifted ease eased loosen loosened | impose imposed tighten tightened
allow allowed allows permit permitted legalize legalized | ban banned bar barred prohibit prohibited
    outlaw outlawed forbid forbade
legal constitutional | illegal unlawful unconstitutional
raise raised raises hike hiked | cut lower lowered reduce reduced slash slashed
survive survived alive | die died killed dead
increase increased | reduce reduced cut halve halved
best | worst
stronger | weaker
better | worse
confirm confirmed | debunk debunked refute refuted
reinstate reinstated | suspend suspended fire fired
extend extended | end ended expire expired
deploy deployed | withdraw withdrew
majority | minority
"""
# What one side loses the other one wins, and so on: opposite only in the very same place.
_CONVERSES = """
win won wins beat defeated | lose lost loses
gain gained | lose lost
buy bought buys | sell sold sells
before | after
for | against
up | down
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
early earlier | late later
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
gain gains | loss losses
prosecution prosecutors | defense defence
demand | supply
black | white
day days | night nights
arrive arrived | leave left depart departed
appear appeared | disappear disappeared
attack attacked | defend defended
praise praised | criticize criticized blast blasted
increase increases | decrease decreases
"""


def _sides(table: str) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    lines = " ".join(f"\n{line}" if not line.startswith(" ") else line for line in table.split("\n"))
    pairs = (line.split("|") for line in lines.split("\n") if "|" in line)
    return tuple(
        (frozenset(map(stem, left.split())), frozenset(map(stem, right.split()))) for left, right in pairs
    )


_SURE, _IN_PLACE = _sides(_OPPOSITES), _sides(_OPPOSITES + _CONVERSES)


def are_opposed(mine: Set[str], theirs: Set[str], *, in_place: bool = False) -> bool:
    """Tell whether each of two sets of stems has one side of a pair and not the other side.

    :param in_place: whether they stand in the same place of two sentences that are else the same.
    """
    return any(
        (_has(mine, a, b) and _has(theirs, b, a)) or (_has(mine, b, a) and _has(theirs, a, b))
        for a, b in (_IN_PLACE if in_place else _SURE)
    )


def _has(own: Set[str], side: Set[str], other: Set[str]) -> bool:
    return not side.isdisjoint(own) and other.isdisjoint(own)
