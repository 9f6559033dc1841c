"""Reads one number, in digits or words, at a place in a sentence. Knows nothing of what it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from summarize.language.tokens import Word, word_list, word_set

_ONES = {
    name: float(i)
    for i, name in enumerate(
        word_list(
            """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen"""
        )
    )
}
TENS = {
    name: 10.0 * i
    for i, name in enumerate(word_list("twenty thirty forty fifty sixty seventy eighty ninety"), start=2)
}
_SMALL = _ONES | TENS
_MAGNITUDES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
    "lakh": 1e5,
    "crore": 1e7,
    "bn": 1e9,
    "tn": 1e12,
}
_SUFFIXES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
_VAGUE = {
    "tens": 10.0,
    "dozens": 12.0,
    "scores": 20.0,
    "hundreds": 1e2,
    "thousands": 1e3,
    "millions": 1e6,
    "billions": 1e9,
    "trillions": 1e12,
}
_ADVERBIAL = {"twice": 2.0, "thrice": 3.0}
_FRACTIONS = {"half": 0.5, "third": 1 / 3, "quarter": 0.25, "fifth": 0.2}
_WHOLES = range(1, 100)  # a fraction stands behind
_PARTS, _ABOVE = frozenset("23458"), frozenset("1234567")
_SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
ORDINALS: dict[str, float] = {
    name: float(i)
    for i, name in enumerate(
        word_list(
            """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"""
        ),
        start=1,
    )
}
HYPHEN_ORDINAL = re.compile(
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-[a-z]+(?:st|nd|rd|th)"
)

CURRENCY_SIGNS = {"$": "$", "€": "€", "£": "£", "¥": "¥", "₹": "₹", "₽": "₽", "₺": "₺"}
CURRENCY_WORDS = {
    "dollar": "$",
    "dollars": "$",
    "usd": "$",
    "euro": "€",
    "euros": "€",
    "eur": "€",
    "pounds": "£",
    "gbp": "£",
    "yen": "¥",
    "yuan": "yuan",
    "rupees": "₹",
    "roubles": "₽",
    "rubles": "₽",
    "lira": "₺",
    "francs": "franc",
    "pesos": "peso",
}
_DIGITS = re.compile(r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)([a-z]*)")
_NO_NUMBER_AFTER = word_set("""of who that which whose another 's is was has had will would can could""")
_NO_NUMBER_BEFORE = word_set("the this that any every another each which no only")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number that spans ``tokens[start:end]``; ``unit`` is the word hyphened to it."""

    value: float
    start: int
    end: int
    vague: bool = False
    high: float | None = None
    unit: str | None = None


def parse_numeral(tokens: tuple[Word, ...], i: int) -> Numeral | None:
    """Read the longest number that begins at ``tokens[i]``, or return None."""
    key = tokens[i].key
    if key in _VAGUE:
        return _vague(tokens, i)
    if key in _ADVERBIAL:
        return Numeral(_ADVERBIAL[key], i, i + 1, unit="times")
    if key in ("a", "an", "half"):
        return _with_article(tokens, i)
    if key[0].isdigit():
        return _with_fraction(tokens, _digits(tokens, i))
    if key == "one" and not _counts_one(tokens, i):
        return None
    if "-" in key:
        return _hyphened(tokens, i)
    if key in _SMALL or key in _MAGNITUDES:
        return _with_fraction(tokens, _spelled(tokens, i))
    return None


def _with_fraction(tokens: tuple[Word, ...], whole: Numeral | None) -> Numeral | None:
    """Read on over "½", "and a half" and "1/2", which is three tokens, and over "million" behind it."""
    if whole is None or whole.unit or whole.vague or whole.high is not None or whole.value not in _WHOLES:
        return whole
    keys = [t.key for t in tokens[whole.end : whole.end + 3]]
    if keys and keys[0] in _SIGNS:
        return _magnified(tokens, replace(whole, value=whole.value + _SIGNS[keys[0]], end=whole.end + 1))
    if keys == ["and", "a", "half"]:
        return _magnified(tokens, replace(whole, value=whole.value + 0.5, end=whole.end + 3))
    over, _, unit = keys[2].partition("-") if len(keys) > 2 and keys[1] == "/" else ("", "", "")
    if over in _PARTS and keys[0] in _ABOVE and int(keys[0]) < int(over):
        value, unit = whole.value + int(keys[0]) / int(over), unit.partition("-")[0]
        return _magnified(tokens, replace(whole, value=value, end=whole.end + 3, unit=unit or None))
    return whole


def _digits(tokens: tuple[Word, ...], i: int) -> Numeral | None:
    if "-" in tokens[i].key:
        return _hyphened(tokens, i)
    key = tokens[i].key
    if key[-1] in _SIGNS:  # "3½"
        whole = _simple(key)
        return None if whole is None else _magnified(tokens, Numeral(whole, i, i + 1))
    match = _DIGITS.fullmatch(key)
    if match is None:
        return None
    value, suffix = float(match[1].replace(",", "")), match[2]
    if suffix in _SUFFIXES:
        return Numeral(value * _SUFFIXES[suffix], i, i + 1)
    if suffix == "s":
        return Numeral(value, i, i + 1, vague=True)
    if suffix:
        return Numeral(value, i, i + 1, unit=suffix)
    return _magnified(tokens, Numeral(value, i, i + 1))


def _magnified(tokens: tuple[Word, ...], numeral: Numeral) -> Numeral:
    """Read on over "million", also with a word hyphened to it: "77 million-member", "$1 trillion-plus"."""
    value, end, unit = numeral.value, numeral.end, numeral.unit
    while end < len(tokens) and unit is None:
        word, _, rest = tokens[end].key.partition("-")
        if word not in _MAGNITUDES:
            break
        value *= _MAGNITUDES[word]
        end += 1
        unit = rest or None
    return Numeral(value, numeral.start, end, unit=None if unit == "plus" else unit)


def _hyphened(tokens: tuple[Word, ...], i: int) -> Numeral | None:
    """Read "10-15", "twenty-five", "nine-year", "15-year-old", "two-thirds", "38-million"."""
    parts = tokens[i].key.split("-")
    values = [_simple(p) for p in parts]
    first = values[0]
    if first is None:
        return None
    second = values[1]
    if parts[0] in TENS and parts[1] in _ONES and second is not None:
        whole = Numeral(first + second, i, i + 1, unit=parts[2] if len(parts) > 2 else None)
        return whole if whole.unit else _spelled(tokens, i)
    if second is not None:
        return Numeral(first, i, i + 1, high=second)
    if parts[1] in _MAGNITUDES:
        unit = parts[2] if len(parts) > 2 else None
        return Numeral(first * _MAGNITUDES[parts[1]], i, i + 1, unit=unit)
    fraction = parts[1].rstrip("s")
    if fraction in _FRACTIONS:
        return Numeral(first * _FRACTIONS[fraction], i, i + 1)
    return Numeral(first, i, i + 1, unit=parts[1])


def _simple(part: str) -> float | None:
    if part and part[-1] in _SIGNS and part[:-1].isdecimal():
        return float(part[:-1]) + _SIGNS[part[-1]]
    match = _DIGITS.fullmatch(part)
    if match and not match[2]:
        return float(match[1].replace(",", ""))
    return _SMALL.get(part)


def _counts_one(tokens: tuple[Word, ...], i: int) -> bool:
    """Tell the number "one" from the pronoun."""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    before = tokens[i - 1].key if i else ""
    if after is None or not after.is_word or after.key in _NO_NUMBER_AFTER:
        return False
    return before not in _NO_NUMBER_BEFORE or after.key in _MAGNITUDES


def _spelled(tokens: tuple[Word, ...], i: int) -> Numeral:
    """Add up number words: "two hundred and fifty thousand"."""
    total = current = 0.0
    end = i
    while end < len(tokens):
        key = tokens[end].key
        tens = _tens(key)
        if key == "and" and end > i and tokens[end - 1].key == "hundred" and _next_small(tokens, end + 1):
            end += 1
            continue
        if tens is not None and (current == 0 or current >= 100):
            current += tens
        elif key in _ONES and (current == 0 or current % 100 in range(20, 100, 10) or current % 100 == 0):
            current += _ONES[key]
        elif key in ("hundred", "dozen"):
            current = (current or 1.0) * _MAGNITUDES[key]
        elif key in _MAGNITUDES:
            total += (current or 1.0) * _MAGNITUDES[key]
            current = 0.0
        else:
            break
        end += 1
    return Numeral(total + current, i, end)


def _tens(key: str) -> float | None:
    first, _, second = key.partition("-")
    if first not in TENS or (second and second not in _ONES):
        return None
    return TENS[first] + _ONES.get(second, 0.0)


def _next_small(tokens: tuple[Word, ...], i: int) -> bool:
    return i < len(tokens) and (tokens[i].key in _SMALL or _tens(tokens[i].key) is not None)


def _with_article(tokens: tuple[Word, ...], i: int) -> Numeral | None:
    """Read "a million", "half a million", "half of", "a third of", "a half"."""
    key, after = tokens[i].key, tokens[i + 1].key if i + 1 < len(tokens) else ""
    if key == "half":
        inner = parse_numeral(tokens, i + 1) if after in ("a", "an") else None
        if inner and inner.value > 1:
            return Numeral(inner.value / 2, i, inner.end)
        return Numeral(0.5, i, i + 1)
    if after in _MAGNITUDES:
        return _magnified(tokens, Numeral(1.0, i, i + 1))
    following = tokens[i + 2].key if i + 2 < len(tokens) else ""
    if after in _FRACTIONS and following == "of":
        return Numeral(_FRACTIONS[after], i, i + 2)
    return None


def _vague(tokens: tuple[Word, ...], i: int) -> Numeral | None:
    """Read "dozens of", "hundreds of thousands"; "scores" needs its "of" to be a number."""
    value, end = _VAGUE[tokens[i].key], i + 1
    has_of = end < len(tokens) and tokens[end].key == "of"
    if tokens[i].key in ("scores", "tens") and not has_of:
        return None
    while end + 1 < len(tokens) and tokens[end].key == "of" and tokens[end + 1].key in _VAGUE:
        value *= _VAGUE[tokens[end + 1].key]
        end += 2
    return Numeral(value, i, end, vague=True)
