"""Closed lists: words that may be written without evidence, and words that are no names.

Small on purpose. ``FUNCTION_WORDS`` holds what joins phrases and changes no fact: no negations, no
modal verbs, no numbers, no hedges.
"""

from __future__ import annotations

FUNCTION_WORDS = frozenset(
    """
    the a an of in on at to for from by with as and while who which that when where after before
    is are was were be been has have had it its they their he his she her
    """.split()
)

FREE_MARKS = frozenset(",.")
"""Marks that may be set without evidence."""

GRAMMAR = FUNCTION_WORDS | frozenset(
    """
    about above across again against ago all almost along already also although
    always amid among amongst another any anyone anything around because behind being below
    besides between beyond both but by can cannot could currently despite did do does during earlier
    each either elsewhere even ever every everyone everything except few finally following
    formerly fortunately further furthermore given having here hers him himself how however if indeed
    initially inside instead into itself just lately later least less like likewise many meanwhile
    might moreover most mostly much must my nearby nearly neither never nevertheless no nobody none nor
    not nothing now nowadays occasionally off often once one only onto or otherwise our out
    outside over own perhaps previously rather recently reportedly roughly same separately
    several shall should similarly since so some somebody someone something sometimes soon still such
    than them themselves then there therefore these this those though through throughout thus
    till today together tomorrow tonight too toward towards under underneath unfortunately unless unlike until
    up upon us usually very via we what whatever whenever whereas wherever whether whichever
    whoever whom whose why within without would yesterday yet you your according afterwards
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundreds thousands millions billions tens dozens scores half asked speaking citing
    """.split()
)
"""Words that keep a capital at the head of a sentence only."""

COMMON_OPENINGS = frozenset(
    """
    activists aides air analysts armed attackers attacks authorities campaigners charities children
    citizens civilians clashes companies critics demonstrators diplomats doctors early economists
    emergency experts families fighters fighting firefighters first forces foreign government governments
    heavy high investigators investors journalists judges last late lawmakers lawyers leaders local media
    medics members men migrants militants military
    ministers neighbouring neighboring new next officers officials old
    opponents opposition organisers organizers other others overall parents people police politicians
    prices prosecutors protesters protests rebels refugees relatives reporters reports rescuers researchers
    residents scientists second security services shares soldiers sources state strong
    students supporters talks teachers tensions third tourists troops victims villagers violence
    volunteers voters witnesses women workers young
    """.split()
)
"""The same, unless the next word has a capital too: "New York", "Foreign Minister"."""
