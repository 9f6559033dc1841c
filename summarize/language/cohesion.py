"""Whether a sentence goes on about what the one in front of it tells.

Contract: a question about two sentences that follow each other in one text, answered from their words.
"""

from __future__ import annotations

import re

from summarize.language.tokens import content_stems

PRONOUNS = ("he", "she", "it", "they")  # that stand for the subject of the sentence in front
_SUBJECT = 4  # words
_OPENING = re.compile(r"^(?:The|These|Those|His|Her|Its|Their|[A-Z][\w’'-]+)\b")
_LEADING_CLAUSE = re.compile(
    r"^(?:In|On|At|By|For|From|After|Before|As|While|When|If|Although|Though|Despite|But|And|However|So|"
    r"Instead|Meanwhile|Then|According|Last|This|That|There|Hopefully|Another|Earlier|Now|With|To)\b"
)


def goes_on(first: str, second: str) -> bool:
    """Tell whether the second sentence's subject is a pronoun, or is mentioned in the first."""
    words = second.split()
    if not words or _LEADING_CLAUSE.match(second):
        return False
    if words[0].casefold() in PRONOUNS:
        return True
    subject = content_stems(" ".join(words[:_SUBJECT]))
    return bool(_OPENING.match(second)) and bool(subject & content_stems(first))
