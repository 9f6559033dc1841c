"""What an output holds that its evidence does not: words, numbers, names and quotations.

Written apart from the checker and from grounded decoding, with expressions of its own, so that a
mistake there is not repeated here: a figure on grounding must not rest on the code that it measures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarize.writing.words import FUNCTION_WORDS

_EDGES = "\"'“”‘’«»()[]{}.,;:!?…"
_DASHES = re.compile(r"[—–/]|--+|\.\.+|…")
_SPELLED = """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
    million billion trillion dozen dozens hundreds thousands millions billions
""".split()
_NUMBER = re.compile(
    r"(?:[$€£]|(?<!\w)(?<!\d\.))\d+(?:[.,:]\d+)*\w*%?(?: (?:hundred|thousand|million|billion|trillion))?"
    rf"|\b(?:{'|'.join(_SPELLED)})\b",
    re.IGNORECASE,
)
# Capitalised words in a row, initials and inner "of" or "de" included.
_NAME = re.compile(
    r"\b[^\W\d_a-z][\w.'’-]*(?:(?: (?:of|de|al|bin|van|von|del|la))? (?=[^\W\d_a-z])[\w.'’-]+)*"
)
_DAY = re.compile(r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z][a-z]+uary|March|April|May|June|July"
                  r"|August|[A-Z][a-z]+ember|October)s?\b")  # fmt: skip
_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")


@dataclass(frozen=True, slots=True)
class Strays:
    """What stands in no evidence sentence, as it is written in the output."""

    words: tuple[str, ...]
    numbers: tuple[str, ...]
    names: tuple[str, ...]
    quotations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each an output holds."""

    words: int
    numbers: int
    names: int
    quotations: int


def strays(output: str, evidence: tuple[str, ...]) -> Strays:
    """Find what an output did not take from its evidence."""
    return Strays(
        tuple(w for w in words(output) if not _is_known(w, _known_words(evidence))),
        tuple(n for n in numbers(output) if not any(_holds(e, n) for e in evidence)),
        tuple(n for n in names(output, evidence) if not any(_holds(e, n) for e in evidence)),
        tuple(q for q in quotations(output) if not any(_bare(q) in _bare(e) for e in evidence)),
    )


def counts(output: str, evidence: tuple[str, ...]) -> Counts:
    """Count what ``strays`` looks at."""
    found = (words(output), numbers(output), names(output, evidence), quotations(output))
    return Counts(*(len(f) for f in found))


def words(text: str) -> list[str]:
    """Return the casefolded words between blanks, without the marks at their edges."""
    found = (w.strip(_EDGES) for w in text.replace("’", "'").casefold().split())
    return [w for w in found if any(c.isalnum() for c in w)]


def numbers(text: str) -> list[str]:
    """Return numbers in digits with their sign and magnitude, and spelled ones."""
    return [m.group() for m in _NUMBER.finditer(text)]


def names(text: str, evidence: tuple[str, ...]) -> list[str]:
    """Return runs of capitalised words; weekdays and months end a run.

    The first word of a sentence is left out if the evidence also has it in small letters.
    """
    small = {w for e in evidence for w in re.findall(r"\b[a-z][\w'’-]*", e)} | FUNCTION_WORDS
    found: list[str] = []
    for piece in _pieces(_DAY.sub("|", text)):
        first, _, rest = piece.partition(" ")
        name = rest if text.startswith(first) and first.casefold() in small else piece
        if len(name) > 1:
            found.append(name)
    return found


def _pieces(text: str) -> list[str]:
    return [re.sub(r"['’]s?$|[.'’-]+$", "", m.group()) for m in _NAME.finditer(text)]


def quotations(text: str) -> list[str]:
    """Return what stands between double quotation marks."""
    return _QUOTED.findall(text)


def _known_words(evidence: tuple[str, ...]) -> frozenset[str]:
    known = set(FUNCTION_WORDS)
    for word in (w for e in evidence for w in words(e)):
        known.update((word, *(part.strip(_EDGES) for part in _DASHES.split(word))))
    return frozenset(known | {_base(w) for w in known})


def _is_known(word: str, known: frozenset[str]) -> bool:
    parts = [p.strip(_EDGES) for p in _DASHES.split(word)]
    return word in known or all(not p or p in known for p in parts)


def _base(word: str) -> str:
    return re.sub(r"(?:'s|(?<=s)')$", "", word)


def _holds(evidence: str, part: str) -> bool:
    """Tell whether a part stands in the evidence as it is, not within a longer word or number."""
    before = r"(?<![\w$€£])(?<!\d[.,])" if part[0].isalnum() else ""
    return re.search(rf"{before}{re.escape(part)}(?!\w|[.,]\d)", evidence, re.IGNORECASE) is not None


def _bare(text: str) -> str:
    return re.sub(r"[\s.,;!?'’‘“”\"]+", " ", text).strip().casefold()
