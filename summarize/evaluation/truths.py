"""Change a true sentence so that it stays true: to count false alarms on.

A change takes a sentence and returns another wording that the sentence bears out, or None.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from summarize.language.tokens import raised
from summarize.training.examples import keeps_stance, shortened

Change = Callable[[str, random.Random], str | None]

_CONNECTIVE = re.compile(
    r"(?:However|Meanwhile|Moreover|In addition|Still|Nevertheless|Furthermore|Additionally|Indeed|Instead"
    r"|Besides|Of course|As a result|At the same time|On the other hand|Separately), "
    r"|(?:But|And|So|Yet) (?!far\b|then\b)(?=[a-zA-Z])"
)
_FRONT = re.compile(
    r"(?P<who>(?:The |An? |Mr\. |President |Sen\. |Rep\. )?[\w’'. -]{2,50}?) (?P<verb>said|says)"
    r"(?P<when> (?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?= that))?(?: that)? "
    r"(?P<what>(?:the|a|an|he|she|they|it|his|her|[A-Z][a-z]+)\b[^,;:?“”\"]{15,160})\."
)
_OF_A_LIST = re.compile(r",? ?(?:as |\w+ing [^,]*\b(?:and|or)\b)")
_CONTINUES_LIST = re.compile(r",?\s*(?:and|or|both|an?|the|then|but|not|where|with)\b")
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|began)\b|— ")
_ADVERBIAL = re.compile(r"(?:On|In|At|By|For|After|As|When|Before|Since|During)\b")
_OWN_SPEECH = re.compile(r"\b(?:said|says|told|but|while|although|whether|if|and)\b")


def shorter(sentence: str, rng: random.Random) -> str | None:
    """Take a clause out that the sentence can spare, nobody's speech and no denial."""
    example = shortened(sentence, rng)
    if example is None or example.target == sentence or not keeps_stance(example.target, [sentence]):
        return None
    pairs = enumerate(zip(sentence, example.target, strict=False))
    start = next((i for i, (a, b) in pairs if a != b), len(example.target))
    rest = example.target[start:]
    cut = sentence[start : len(sentence) - len(rest)]
    is_spared = (
        sentence.endswith(rest) and "according to" not in cut and not _breaks(sentence[:start], cut, rest)
    )
    return example.target if is_spared else None


def _breaks(before: str, cut: str, rest: str) -> bool:
    """Tell whether a cut took one of a list, or a mark that the sentence needs."""
    is_inner = bool(before and rest.strip(" ."))
    is_apposition = re.match(r",? ?(?:an?|the) ", cut) is not None
    may_be_clause = _FINITE.search(cut) is not None or _ADVERBIAL.match(before) is not None
    ends_in_name = re.search(r"\b[A-Z][\w’'-]*$", before.rstrip(" ,")) is not None
    return (
        before.endswith(".")
        or re.match(r"\.\w", rest) is not None
        or _OF_A_LIST.match(cut) is not None
        or ("," in cut and _CONTINUES_LIST.match(rest) is not None)
        or (is_inner and "(" not in cut and "[" not in cut and re.match(r",?\s*[A-Z]", rest) is not None)
        or (is_inner and is_apposition and (may_be_clause or not ends_in_name))
    )


def attribution_at_end(sentence: str, rng: random.Random) -> str | None:
    """Turn "X said that it rained." into "It rained, X said."."""
    match = _FRONT.fullmatch(sentence)
    if match is None or _OWN_SPEECH.search(match["what"]) or re.search(r"\b(?:who|as|that)\b", match["who"]):
        return None
    if re.match(r"(?:he|she|they|it|his|her)\b", match["what"]) and not re.match(
        r"(?:He|She|They|It)\b", match["who"]
    ):
        return None  # "They want peace, Democrats said": who are they?
    who = re.sub(r"^(The|An?|He|She|They|It)\b", lambda m: m.group().lower(), match["who"])
    return f"{raised(match['what'])}, {who} {match['verb']}{match['when'] or ''}."


def without_connective(sentence: str, rng: random.Random) -> str | None:
    """Drop the word that ties a sentence to the one before it."""
    match = _CONNECTIVE.match(sentence)
    if match is None:
        return None
    return raised(sentence[match.end() :])


CHANGES: tuple[Change, ...] = (shorter, attribution_at_end, without_connective)
