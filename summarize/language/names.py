"""Names in a sentence, told from words that are capitalised for other reasons, and their titles.

Contract: a ``Name`` spans the capitalised words without the title in front of it. Knows nothing of who
is meant: "Erdogan" and "Recep Tayyip Erdogan" are two keys.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarize.language.calendar import MONTHS, WEEKDAYS, is_month
from summarize.language.places import DEMONYMS, PLACES
from summarize.language.tokens import AUXILIARIES, FUNCTION_WORDS, Word, word_set, words


@dataclass(frozen=True, slots=True)
class Name:
    """A name; ``key`` is casefolded and without possessive, ``title`` casefolded or None."""

    text: str
    start: int
    end: int
    key: str
    title: str | None = None


TITLES = word_set(
    """president minister premier chancellor king queen prince princess pope senator sen rep gov governor
    mayor judge justice general gen colonel col lt lieutenant captain capt sergeant sgt major maj
    admiral adm commander secretary secretary-general speaker spokesman spokeswoman spokesperson
    chairman chairwoman chair chief director ambassador envoy mr mrs ms dr prof professor sir lord lady
    dame sheikh imam ayatollah emir sultan congressman congresswoman leader attorney counterpart lawyer
    officer sheriff coach representative rev reverend bishop archbishop cardinal ceo candidate nominee
    analyst economist detective inspector superintendent constable deputy correspondent journalist
    lawmaker legislator pm mp"""
)
# Titles of three words: "Secretary of State Jane Roe".
_OFFICES = [
    office.split()
    for office in (
        *(
            f"secretary of {field}"
            for field in "state defense defence education energy labor commerce".split()
        ),
        "chief of staff",
        "director of communications",
    )
]
_ABBREVIATED = word_set("mr mrs ms dr prof sen rep gov gen col lt sgt st maj capt adm rev jr sr")
_INNER = word_set("of al el bin ibn abu the de von van der du da del la le di dos y for")
ORGANISATIONS = word_set(
    """observatory organization organisation center centre committee fund institute campaign council agency
    association society department ministry office court party movement front union federation centers
    commission bureau alliance coalition foundation university college academy"""
)
_COMMON_INITIAL = word_set(
    """police violence fighting government opposition parliament inflation unemployment trade growth oil
    gold officials authorities people troops forces rebels refugees protesters residents witnesses
    experts critics doctors investigators prosecutors lawyers scientists researchers voters lawmakers
    analysts two three four five six seven eight nine ten dozens hundreds thousands millions several few
    nearly almost despite amid according speaking asked state reports news recent recently last next
    today yesterday tomorrow tonight first second third no not never none nothing nobody neither nor let
    please new old local international global national federal military security health education"""
)
_VERB_AFTER_NAME = word_set(
    """said says told tells met went came became began took made gave left led lost won fell rose held kept
    hit sent put got saw did does can may might will would could should must won't cannot also has had
    have is was are were wants plays hopes seeks expects urges calls agrees continues faces plans vows
    warns remains attaches backs spoke tests hosts opens closes claims denies welcomes meets"""
)
_HYPHENED = re.compile(r"(\w[\w.]*)-([a-z]\w*)")
_PREFIXED = re.compile(r"(?:al|el|ad|ar|as|at|an|bin|de)-[A-Z].*|al[A-Z].*")


@lru_cache(maxsize=4096)
def names(text: str) -> tuple[Name, ...]:
    """Find the names of a sentence, in order."""
    tokens = words(text)
    found: list[Name] = []
    i = 0
    while i < len(tokens):
        end = _sequence_end(tokens, i)
        if end > i:
            name = _named(text, tokens, i, end)
            if name is not None:
                found.append(name)
        i = max(end, i + 1)
    return tuple(found)


def is_capitalised(word: Word) -> bool:
    """Tell whether a word is written as part of a name."""
    return word.is_word and (word.text[0].isupper() or bool(_PREFIXED.fullmatch(word.text)))


def _can_be_name(tokens: tuple[Word, ...], i: int) -> bool:
    word = tokens[i]
    if not is_capitalised(word) or word.key == "i" or word.key.startswith(("i'", "it's")):
        return False
    if is_month(tokens, i) or (word.key in WEEKDAYS and len(word.key) > 3):
        return False
    if word.key in FUNCTION_WORDS and not (word.text.isupper() and len(word.text) > 1):
        return False
    return not (word.key in MONTHS and i + 1 < len(tokens) and tokens[i + 1].text == ".")


def starts_sentence(tokens: tuple[Word, ...], i: int) -> bool:
    """Tell whether a word is capitalised because of its place: first, or first inside a quotation."""
    if not any(w.is_word for w in tokens[:i]):
        return True
    before = tokens[i - 1].text
    return before in ("“", '"', "‘", ":", "?", "!") or (
        before == "." and (i < 2 or (tokens[i - 2].key not in _ABBREVIATED and len(tokens[i - 2].text) > 1))
    )


def _sequence_end(tokens: tuple[Word, ...], i: int) -> int:
    """Return the end of the run of capitalised words at ``i``; ``i`` itself if there is none."""
    if not _can_be_name(tokens, i):
        return i
    if starts_sentence(tokens, i) and not _is_name_at_start(tokens, i):
        return i
    end = i + 1
    if len(tokens[i].text) > 3 and tokens[i].text.isupper() and tokens[i].key in PLACES:
        return end  # a dateline: "ANKARA Turkish President …"
    while end < len(tokens):
        if _HYPHENED.fullmatch(tokens[end - 1].text) and not _PREFIXED.fullmatch(tokens[end - 1].text):
            return end
        if tokens[end].text == "." and end + 1 < len(tokens) and _is_initial(tokens[end - 1]):
            if not _can_be_name(tokens, end + 1):
                return end
            end += 2
        elif _can_be_name(tokens, end) or (tokens[end].text[0].isdigit() and tokens[end - 1].text.isupper()):
            end += 1
        else:
            step = _inner(tokens, end)
            if step == 0:
                return end
            end += step
    return end


def _is_initial(word: Word) -> bool:
    return word.key in _ABBREVIATED or (len(word.text) == 1 and word.text.isupper())


def _inner(tokens: tuple[Word, ...], i: int) -> int:
    """Count the lower-case words that join two parts of a name at ``i``, the second part included."""
    before = tokens[i - 1].key
    n = 0
    while n < 2 and i + n < len(tokens) and tokens[i + n].key in _INNER and tokens[i + n].text[0].islower():
        n += 1
    if n == 0 or i + n >= len(tokens) or not _can_be_name(tokens, i + n):
        return 0
    first = tokens[i].key
    if first == "for" and before not in ORGANISATIONS:
        return 0
    if first == "the" or (first == "of" and before in PLACES | DEMONYMS):
        return 0
    return n + 1


def _is_name_at_start(tokens: tuple[Word, ...], i: int) -> bool:
    word = tokens[i]
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    following = tokens[i + 2].key if i + 2 < len(tokens) else ""
    if word.key.split("-")[0] in PLACES or word.key in TITLES or _PREFIXED.fullmatch(word.text):
        return True
    if len(word.text) > 1 and word.text.isupper():
        return True
    if any(w.text == word.text and not starts_sentence(tokens, j) for j, w in enumerate(tokens) if j != i):
        return True
    if after is not None and _can_be_name(tokens, i + 1):
        return word.key not in _COMMON_INITIAL or word.key in ("new", "federal", "national", "state")
    return (
        word.key not in _COMMON_INITIAL and word.key not in DEMONYMS and _acts_alone(word, after, following)
    )


def _acts_alone(word: Word, after: Word | None, following: str) -> bool:
    """Tell whether one capitalised word at the start is a subject without an article, hence a name.

    English count nouns need a determiner, so "Putin expressed" names somebody; plurals and mass nouns
    ("Rebels said", "Fighting continued") do without.
    """
    if re.search(r"([^aious]s|ing|ly|ed|men|tion|ment|ness)$", word.key) or after is None:
        return False
    if after.is_possessive:
        return True
    if after.text == ",":
        return following in ("who", "which", "whose", "for") or following.endswith("ing")
    return after.key in _VERB_AFTER_NAME | AUXILIARIES or (
        after.text[0].islower() and bool(re.search(r"ed$", after.key))
    )


def _named(text: str, tokens: tuple[Word, ...], first: int, end: int) -> Name | None:
    """Split a run of capitalised words into title and name."""
    cut = first
    for j in range(first, end):
        if tokens[j].key in TITLES and j + 1 < end and tokens[j + 1].key != "of":
            cut = j + 1
        elif j + 3 < end and [w.key for w in tokens[j : j + 3]] in _OFFICES:
            cut = j + 3
    while cut < end and tokens[cut].text == ".":
        cut += 1
    if cut >= end:
        return None
    title: str | None = " ".join(w.key for w in tokens[first:cut] if w.is_word) or _lower_title(tokens, first)
    start, stop = tokens[cut].start, tokens[end - 1].end
    hyphened = _HYPHENED.fullmatch(tokens[end - 1].text)
    if hyphened and not _PREFIXED.fullmatch(tokens[end - 1].text):
        stop = tokens[end - 1].start + len(hyphened[1])
    span = text[start:stop]
    if cut == first and end - first == 1 and tokens[first].key in TITLES:
        title = None
    key = " ".join(w.key for w in words(span) if w.is_word)
    return Name(span, start, stop, key, title or None)


def _lower_title(tokens: tuple[Word, ...], first: int) -> str:
    """Read a title in small letters in front of a name: "Kremlin spokesman", "French president"."""
    j = first
    while j > 0 and tokens[j - 1].key in TITLES and tokens[j - 1].text[0].islower():
        j -= 1
    if j == first:
        return ""
    while j > 0 and (tokens[j - 1].key in DEMONYMS or tokens[j - 1].key in ("prime", "foreign", "vice")):
        j -= 1
    if j > 0 and is_capitalised(tokens[j - 1]) and tokens[j - 1].key not in FUNCTION_WORDS:
        j -= 1
    return " ".join(w.key for w in tokens[j:first])


def misnames(text: str, evidence: Sequence[str]) -> bool:
    """Tell whether a text has a name that stands so in no evidence sentence, titles apart."""
    known = [f" {' '.join(w.key for w in words(e) if w.is_word)} " for e in evidence]
    return any(not any(f" {n.key} " in k for k in known) for n in names(text))
