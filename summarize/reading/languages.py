"""Tell the language of a text, and only where it is certain.

English is told by its own commonest words, at no cost; what is not plainly English goes to py3langid (Lui &
Baldwin 2012, "langid.py: An Off-the-shelf Language Identification Tool"), which takes a second to load and is
therefore loaded on need. Short texts, and those whose parts are not all in one language, are of none.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ANY = "any"  # in a list of languages: all of them
N_PARTS = 6  # samples of a text, which must all be in one language
PART = 400  # characters of a sample
MIN_CHARACTERS = 200  # of a text; the language of a shorter one is not certain
MIN_ENGLISH = 0.1  # share of the words below in each part; of news it is about a quarter
MIN_CONFIDENCE = 0.98  # probability, of each part
# Common in all English text, and in no other language with Latin letters.
_ENGLISH = frozenset(
    """
    the of and to that for with by from has have had his their which would been this said they not who
    """.split()
)
_WORD = re.compile(r"[^\W\d_]+")
_NAMES = dict(
    entry.split()
    for entry in (
        "ar Arabic, bg Bulgarian, ca Catalan, cs Czech, da Danish, de German, el Greek, en English,"
        " es Spanish, et Estonian, fa Persian, fi Finnish, fr French, he Hebrew, hi Hindi, hr "
        "Croatian, hu Hungarian, id Indonesian, it Italian, ja Japanese, ko Korean, lt Lithuanian, "
        "lv Latvian, nl Dutch, no Norwegian, pl Polish, pt Portuguese, ro Romanian, ru Russian, sk "
        "Slovak, sl Slovene, sr Serbian, sv Swedish, tr Turkish, uk Ukrainian, vi Vietnamese, zh "
        "Chinese"
    ).split(", ")
)


def language_of(text: str) -> str | None:
    """Return the ISO 639-1 code of a text's language, None unless it is certain."""
    text = " ".join(text.split())
    if len(text) < MIN_CHARACTERS:
        return None
    found: str | None = None
    for part in _parts(text):
        told = "en" if _is_plainly_english(part) else _told(part)
        if told is None or told != (found or told):
            return None
        found = told
    return found


def is_known(language: str | None, languages: tuple[str, ...]) -> bool:
    """Tell whether models for some languages can be given a text; one of unknown language can."""
    return language is None or ANY in languages or language in languages


def name_of(language: str) -> str:
    """Return what to call a language to a reader: "German (de)"."""
    return f"{_NAMES[language]} ({language})" if language in _NAMES else f'the language "{language}"'


def _parts(text: str) -> list[str]:
    """Return samples of a text at even distances, from its beginning to its end."""
    n = min(N_PARTS, -(-len(text) // PART))
    step = (len(text) - PART) / max(1, n - 1)
    return [text[at : at + PART] for at in (round(i * step) for i in range(n))] if n > 1 else [text[:PART]]


def _is_plainly_english(part: str) -> bool:
    words = _WORD.findall(part.lower())
    return sum(w in _ENGLISH for w in words) >= MIN_ENGLISH * max(1, len(words))


def _told(part: str) -> str | None:
    language, confidence = _identifier().classify(part)
    return str(language) if confidence >= MIN_CONFIDENCE and len(language) == 2 else None


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
