"""Whether a sentence goes on about what the one in front of it tells.

Contract: a question about two sentences that follow each other in one text, answered from their words.
"""

from __future__ import annotations

import re

from summarize.language.names import names
from summarize.language.openings import NUMBERED, PERSONAL, is_person_noun, opens_dependent
from summarize.language.places import DEMONYMS, PLACES
from summarize.language.quotations import is_inside, quotations, without_quotations
from summarize.language.speech import reports
from summarize.language.tokens import content_stems, word_set, words

PRONOUNS = ("he", "she", "it", "they")  # that stand for the subject of the sentence in front
_SOMEBODY = PERSONAL | word_set("he's she's")
_ENDINGS = (
    ".",
    "!",
    "”",
    '"',
    "’",
    "'",
    ")",
)  # of a whole statement; behind a colon or a question another follows
_NARRATOR = re.compile(r"\b(?:I|me|[Mm]y|mine|I[’']\w+)\b")
_SAYS_I = re.compile(r"\bI(?:[’'](?:m|ve|d|ll))?(?= [a-z])")
_BEFORE = 20  # characters in which a noun stands that "I" is the number of
_PARTY = re.compile(
    r"\b(?:I|me|my|mine|we|us|our|ours|you|your|I[’']\w+|[Ww]e[’']\w+|[Yy]ou[’']\w+|We|My|Our|You|Your)\b|"
    r"^(?:Dear [Rr]eaders?|Reader),"
)
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


def hangs_on(first: str, second: str) -> bool:
    """Tell whether a reader who has just read the first sentence can understand the second, dependent one.

    Shallow: somebody must be there whom "he" can mean, a speaker whom an unowned quotation goes on quoting.
    What a narrator says is no news report and is never taken.
    """
    if _PARTY.search(without_quotations(second)) or first.rstrip()[-1:] not in _ENDINGS:
        return False
    opening = opens_dependent(second)
    if opening is None or opening.kind == "connective":
        return True
    if _is_spoken(second):
        return bool(quotations(first)) and (bool(reports(first)) or _is_spoken(first))
    if is_inside(opening.start, quotations(second)) and len(words(opening.text)) > 2:
        # "In this call, we will …" was said to somebody who had heard of it.
        return content_stems(opening.text) <= content_stems(first)
    pronouns = {w.key for w in words(second[: opening.end])} & _SOMEBODY
    pronouns |= {w.key for w in words(without_quotations(second))[:_SUBJECT]} & _SOMEBODY
    return not pronouns or _has_person(first)


def is_narrated(text: str) -> bool:
    """Tell whether somebody speaks of himself alone, outside all quotations."""
    return _any_person(_NARRATOR, without_quotations(text))


def says_i(text: str) -> bool:
    """Tell whether somebody says "I", outside all quotations."""
    return _any_person(_SAYS_I, without_quotations(text))


def _any_person(words: re.Pattern[str], text: str) -> bool:
    return any(
        m[0] != "I" or not NUMBERED.search(text, max(0, m.start() - _BEFORE), m.start())
        for m in words.finditer(text)
    )


def is_personal(text: str) -> bool:
    """Tell whether somebody speaks of himself or to the reader, outside all quotations."""
    return _PARTY.search(without_quotations(text)) is not None


def _is_spoken(text: str) -> bool:
    """Tell whether a sentence is a quotation that does not name its speaker."""
    return bool(quotations(text)) and not reports(text)


def _has_person(text: str) -> bool:
    """Tell whether somebody is mentioned: by name, by a noun or by a pronoun."""
    named = any(n.key not in PLACES | DEMONYMS and not n.text.isupper() for n in names(text))
    return named or any(is_person_noun(w.key) or w.key in _SOMEBODY for w in words(text))
