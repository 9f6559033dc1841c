"""Readability: how hard the claims of a brief are to read, counted on their text alone.

Flesch (1948), "A new readability yardstick". A syllable is counted for each group of vowel letters, as Coke &
Rothkopf (1970), "Note on a simple algorithm for a computer-produced reading ease score", do, less the endings
that English writes and does not speak. Numbers and capitals are left out of the count of syllables: nobody
reads "1,500" or "U.N." by its vowels.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.evaluation.report import Figure, share
from summarize.language.people import mentions, people

LONG = 40  # words; a sentence beyond them has to be read twice
# "-es" is spoken behind these, "-ed" behind t and d.
_SILENT = re.compile(
    r"(?:(?<=[^aeiouylr])e|(?<=[aeiouy][lr])e|(?<=[^aeioutd])ed|(?<=[^aeiouszxgc])(?<![cs]h)es)$"
)
_VOWELS = re.compile(r"[aeiouy]+")
# Two vowels that are spoken apart: "Syr-ian", "situ-ation", "ar-ea", "cre-ate".
_APART = re.compile(r"(?<![tcsgx])i(?=[aou])|(?<![qg])u(?=a)|(?<=[aeiou][^aeiou])e(?=a$)|(?<=cr)e(?=at)")
_HANGING = re.compile(
    r"\W*(?:(?:he|she|it|they|him|them|his|her|its|their|this|these|those|such|that"
    r"|but|and|or|so|yet|nor|also|still|however|moreover|meanwhile|instead|besides|therefore|thus|then|additionally"
    r"|in addition|as a result|for example|for instance|on the other hand|at the same time)\b(?! to\b))",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")


def n_syllables(word: str) -> int:
    """Count the syllables of an English word, at least one."""
    bare = re.sub(r"['’]\w*$", "", word.casefold())
    parts = [re.sub(r"[^a-z]", "", p) for p in bare.split("-")]
    return max(1, sum(max(1, _n_vowels(_SILENT.sub("", p))) for p in parts if p))


def _n_vowels(part: str) -> int:
    return len(_VOWELS.findall(part)) + len(_APART.findall(part))


def reading_ease(sentences: Sequence[str]) -> float:
    """Return Flesch's reading ease: about 30 is a scholarly journal, 50 a quality paper, 65 plain English.

    206.835 - 1.015 words per sentence - 84.6 syllables per word.
    """
    n_words = sum(len(s.split()) for s in sentences)
    spoken = [w for s in sentences for w in _WORD.findall(s) if not w.isupper()]
    if not n_words or not spoken:
        return 0.0
    syllables = sum(map(n_syllables, spoken)) / len(spoken)
    return 206.835 - 1.015 * n_words / len(sentences) - 84.6 * syllables


def hangs(sentence: str) -> bool:
    """Tell whether a sentence opens with a pronoun or a connective that needs another sentence in front.

    By a list of its own, apart from the rules by which the plan leaves such sentences out.
    """
    return _HANGING.match(sentence) is not None


def n_introduced(sentences: Sequence[str], told: Sequence[str]) -> tuple[int, int]:
    """Count the mentions of people by full name, and those of people who had been given in full before.

    :param told: what the sentences rest on, which tells who is a person.
    """
    known = people([*told, *sentences], surely=False)
    seen: set[str] = set()
    n_full = n_again = 0
    for sentence in sentences:
        for found in mentions(sentence, known):
            if found.is_full:
                n_full += 1
                n_again += found.person.surname in seen
                seen.add(found.person.surname)
    return n_full, n_again


def figures(sentences: Sequence[str], told: Sequence[str]) -> tuple[Figure, ...]:
    """Count over the claims of one brief, in its order."""
    n, lengths = len(sentences), [len(s.split()) for s in sentences]
    n_full, n_again = n_introduced(sentences, told)
    return (
        Figure("words of a sentence, mean", sum(lengths) / max(1, n), n, "points"),
        Figure("Flesch reading ease", reading_ease(sentences), n, "points"),
        Figure(f"sentences over {LONG} words", share(sum(w > LONG for w in lengths), n), n, "%"),
        Figure("sentences that hang on another one", share(sum(map(hangs, sentences)), n), n, "%"),
        Figure("full names of people who were introduced already", share(n_again, n_full), n_full, "%"),
    )
