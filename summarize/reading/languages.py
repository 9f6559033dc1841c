"""Tell the language of a text, and only where it is certain; read one that is stated.

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
_CODES = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz
    ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii
    ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi
    mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw
    sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk
    ur uz ve vi vo wa wo xh yi yo za zh zu
    """.split()
)
# Of languages that files write so: codes of three letters, names in English and in the language itself.
_CODE_OF = {
    name: names.split()[0]
    for names in (
        "en eng english",
        "de deu ger german deutsch",
        "fr fra fre french français",
        "es spa spanish español castellano",
        "it ita italian italiano",
        "pt por portuguese português",
        "nl nld dut dutch nederlands",
        "pl pol polish polski",
        "sv swe swedish svenska",
        "da dan danish dansk",
        "no nor norwegian norsk",
        "fi fin finnish suomi",
        "cs ces cze czech čeština",
        "hu hun hungarian magyar",
        "ro ron rum romanian română",
        "el ell gre greek ελληνικά",
        "tr tur turkish türkçe",
        "ru rus russian русский",
        "uk ukr ukrainian українська",
        "ar ara arabic العربية",
        "he heb hebrew עברית",
        "fa fas per persian farsi فارسی",
        "hi hin hindi हिन्दी",
        "zh zho chi chinese 中文",
        "ja jpn japanese 日本語",
        "ko kor korean 한국어",
    )
    for name in names.split()
}


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


def code_of(stated: str) -> str | None:
    """Return the ISO 639-1 code of a language that is stated as a tag (pt-BR), three letters or a name."""
    tag = stated.strip().casefold()
    main = re.split(r"[-_]", tag)[0]
    return main if main in _CODES else _CODE_OF.get(tag) or _CODE_OF.get(main)


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
