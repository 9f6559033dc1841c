"""Plant an error in a true sentence: a word becomes its opposite.

The pairs are antonyms of WordNet 3.0 (Fellbaum 1998), of those that news uses: both of a pair stand forty
times and more in the Multi-News and AllSides clusters.
"""

from __future__ import annotations

import random
import re

from summarize.evaluation.material import Material, replaced

_PAIRS = """
rose fell; rise fall; increased decreased; increase decrease; accepted rejected; accept reject; opened closed;
began ended; begins ends; won lost; win lose; gained lost; arrived left; appeared disappeared;
attacked defended; praised criticized; hired fired; passed failed; bought sold; buy sell; raised lowered;
allowed prohibited; legal illegal; guilty innocent; likely unlikely; possible impossible; before after;
higher lower; best worst; better worse; stronger weaker; strong weak; large small; early late; earlier later;
public private; domestic foreign; north south; northern southern; east west; eastern western; male female;
men women; man woman; boy girl; husband wife; father mother; son daughter; brother sister; victory defeat;
success failure; majority minority; imports exports; employed unemployed; rich poor; conservative liberal;
"""
_OF = {
    word: other
    for pair in _PAIRS.split(";")
    if pair.strip()
    for left, right in (pair.split(),)
    for word, other in ((left, right), (right, left))
}
_WORD = re.compile(rf"(?<![\w-])(?:{'|'.join(_OF)})(?![\w-])")


def changed_to_opposite(material: Material, rng: random.Random) -> str | None:
    """Exchange a word for its opposite, if the sentence does not have that one, too."""
    text = material.sentence
    held = set(re.findall(r"\w+", text.casefold()))
    found = [m for m in _WORD.finditer(text) if _OF[m.group()] not in held]
    if not found:
        return None
    match = rng.choice(found)
    return replaced(text, match.span(), _OF[match.group()])
