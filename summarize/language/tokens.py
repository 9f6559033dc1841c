"""Words of a text, their stems, and the closed list of function words.

Contract: every ``Word`` stands in the given string at its offsets, ``text[w.start:w.end] == w.text``,
and whatever the language or the script, nothing but white space is left out. Knows nothing of grammar.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from nltk.stem.snowball import SnowballStemmer

_APOSTROPHES = "'’´`ʼ"
_HYPHENS = "-‐‑"

# Abbreviations with inner full stops, numbers with digit groups, words with inner hyphens or
# apostrophes; whatever else is not white space is a mark of its own.
_TOKEN = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}"
    rf"|\d+(?:[.,:]\d+)*\w*(?:[{_HYPHENS}]\w+)*"
    rf"|[^\W_]+(?:[{_HYPHENS}{_APOSTROPHES}_][^\W_]+)*"
    r"|[^\s]"
)
_POSSESSIVE = re.compile(rf"(?<=\w)[{_APOSTROPHES}][sS]$")


def word_list(text: str) -> list[str]:
    """Read a list of words written with spaces between them."""
    return text.split()


def word_set(text: str) -> frozenset[str]:
    """Read a closed list of words written with spaces between them."""
    return frozenset(word_list(text))


@dataclass(frozen=True, slots=True)
class Word:
    """A word or, if ``is_word`` is false, one punctuation mark; a possessive 's is a word of its own."""

    text: str
    start: int
    end: int
    is_word: bool

    @property
    def key(self) -> str:
        """Casefolded, with plain apostrophes and hyphens: equal for equal words."""
        return _key(self.text)

    @property
    def is_possessive(self) -> bool:
        return self.text[0] in _APOSTROPHES and self.text[1:].casefold() == "s"


@lru_cache(maxsize=65_536)
def _key(text: str) -> str:
    return plain(text).casefold()


def plain(text: str) -> str:
    """Replace typographic apostrophes and hyphens by plain ones; the length stays."""
    return re.sub(r"[‐‑]", "-", re.sub(r"[’´`ʼ]", "'", text))


def raised(text: str) -> str:
    """Give a text a capital at its head."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """Take the capital from the head of a text."""
    return text[:1].lower() + text[1:]


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[Word, ...]:
    """Split a text into words and punctuation marks, in order."""
    found: list[Word] = []
    for match in _TOKEN.finditer(text):
        token, start = match.group(), match.start()
        possessive = _POSSESSIVE.search(token)
        if possessive:
            cut = start + possessive.start()
            found.append(Word(text[start:cut], start, cut, True))
            found.append(Word(possessive.group(), cut, match.end(), True))
        else:
            found.append(Word(token, start, match.end(), token[0].isalnum()))
    return tuple(found)


_stemmer = SnowballStemmer("english")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the casefolded stem without possessive and diacritics."""
    base = plain(word).casefold()
    base = re.sub(r"'s?$", "", base) or base
    bare = "".join(c for c in unicodedata.normalize("NFKD", base) if not unicodedata.combining(c))
    return str(_stemmer.stem(bare))


ARTICLES = word_set("a an the")
PRONOUNS = word_set(
    """i you he she it we they me him her us them my your his its our their mine yours hers ours theirs
    myself yourself himself herself itself ourselves themselves this that these those who whom whose
    which what there one another each both such any some all many most other others same"""
)
AUXILIARIES = word_set(
    """am is are was were be been being has have had having do does did will would shall should can must 's
    're 've 'll 'd it's"""
)
PREPOSITIONS = word_set(
    """of in on at by for with from to into onto over under above below between among through during before
    after since until till against about around across along toward towards upon off out up down near
    beside besides behind beyond within inside outside despite via per amid amidst throughout following
    including like as than"""
)
CONJUNCTIONS = word_set(
    """and or but because while when where whereas although though if unless whether how why once so that
    as since until after before"""
)
SUBORDINATORS = word_set(
    """because while when where whereas although though if unless whether once as since until after before"""
)
MODALS = word_set("could may might")  # of what is possible
RELATIVES = word_set("who whom whose which that where when")
ADVERBS = word_set(
    """also again still so far already just then now here very too even ever yet more less much only rather
    quite almost nearly later earlier ago however meanwhile moreover instead as well soon thus therefore
    hence otherwise once further both either else"""
)
# Negation words are left out on purpose: they decide what a sentence says.
FUNCTION_WORDS: frozenset[str] = (
    ARTICLES | PRONOUNS | AUXILIARIES | PREPOSITIONS | CONJUNCTIONS | ADVERBS
) - {"almost", "nearly", "unless"}


_ENGLISH = frozenset("the and with from who of to a".split())


def looks_english(tokens: Sequence[Word]) -> bool:
    """Tell whether two words stand in a text, in small letters, that together no other language has."""
    return len(_ENGLISH & {w.text for w in tokens}) > 1


def is_content(word: Word) -> bool:
    """Tell whether a word carries meaning of its own."""
    return word.is_word and not word.is_possessive and word.key not in FUNCTION_WORDS


@lru_cache(maxsize=4096)
def content_stems(text: str) -> frozenset[str]:
    """Return the stems of all words outside the list of function words."""
    return frozenset(stem(w.text) for w in words(text) if is_content(w)) - {""}
