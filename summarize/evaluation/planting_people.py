"""Plant an error in a true sentence: another name, a title that moved, another speaker or none.

As in :mod:`summarize.evaluation.planting`.
"""

from __future__ import annotations

import random
import re

from summarize.evaluation.material import PLACE, SPEECH_VERB, Material, replaced
from summarize.language.tokens import raised

_UNIQUE_TITLES = (
    "Speaker",
    "Chief Justice",
    "Attorney General",
    "Secretary of State",
    "Prime Minister",
    "President",
)
# Whose title a reader may grant without evidence.
_PRESIDENTS = frozenset("Obama Bush Clinton Carter Trump Biden Reagan Nixon Kennedy Johnson Ford".split())
# Who speaks without a name; those on one line may be the same people.
_CROWDS = (
    "officials police prosecutors authorities investigators aides lawyers",
    "critics analysts experts researchers",
    "supporters activists advocates protesters witnesses",
    "lawmakers Democrats Republicans",
)
_VAGUE = frozenset("critics supporters activists advocates aides".split())  # anybody may be one of them
_ANY_CROWD = "|".join(" ".join(_CROWDS).split())
_SPEAKER = (
    r"(?!\w+day\b|that\b|(?:While|Although|Though|When|If|As|After|Because|Since)\b)"
    r"(?:[A-Z]|[a-z]+ [A-Z]|[Tt]he |[Aa]n? |[Oo]fficials|[Pp]olice|[Aa]uthorities)[^,;:.“”\"]{0,60}?"
)
_WHEN = r"(?: (?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day| in an? \w+| at an? [\w ]+)?"
_FINITE = r"(?:is|was|are|were|has|had|have|would|will|should|could|can|may|did|does)"
_PRONOUN = re.compile(
    r"(?:he|she|they|it|I|we|you|this|that|there|his|her|their|its|these|those)\b", re.IGNORECASE
)
# In front of a name that bears no title: nothing, or a word in small letters that is none.
_UNTITLED = re.compile(r"(?:^|\b(?!the |secretary |president |leader |attorney |justice |minister )[a-z]+ )$")
_FIRST_NAME = re.compile(
    r"\b(?!(?:Mr|Mrs|Ms|Dr|President|Senator|Sen|Rep|Gov|Gen|Secretary|Speaker|Judge|Justice|Minister|Leader)\b)"
    r"[A-Z][\w’'-]*\.? $"
)
_AT_END = (
    re.compile(rf"(?P<kept>[^“”\"]+), {_SPEAKER} (?:said|says){_WHEN}\.$"),
    re.compile(rf"(?P<kept>[^“”\"]+), (?:said|says) (?!.*\b{_FINITE}\b){_SPEAKER}{_WHEN}\.$"),
    re.compile(r"(?P<kept>[^“”\"]+), according to [^,;:“”\"]{3,70}\.$"),
)
_AT_FRONT = (
    re.compile(rf"{_SPEAKER} (?:said|says|claimed|argued|alleged){_WHEN} that (?P<kept>[^“”\"]+)$"),
    re.compile(rf"{_SPEAKER} (?:said|says) (?P<kept>(?!\w+day )(?:the|a|an|[A-Z][a-z]+) [^“”\"]+)$"),
    re.compile(r"According to [^,;:“”\"]{3,70}, (?P<kept>[^“”\"]+)$"),
)


def swapped_person(material: Material, rng: random.Random) -> str | None:
    """Put another person of the article in a person's place, by full name or surname as it was."""
    text = material.sentence
    mentions = [(m, n) for n in material.people for m in _mentions(n, text)]
    rng.shuffle(mentions)
    for match, name in mentions:
        rival = _rival(material, name, rng)
        if rival:
            return replaced(text, match.span(), rival if " " in match.group() else rival.split()[-1])
    return None


def swapped_place(material: Material, rng: random.Random) -> str | None:
    """Put another country or state of the article in a place's place."""
    text = material.sentence
    found = list(PLACE.finditer(text))
    others = [p for p in material.places if p not in text]
    if not found or not others:
        return None
    return replaced(text, rng.choice(found).span(), _nearby(others, material, rng))


def moved_title(material: Material, rng: random.Random) -> str | None:
    """Give a person the title that another person of the evidence bears."""
    text = material.sentence
    borne = [t for t in _UNIQUE_TITLES if re.search(rf"\b{t} [A-Z]", " ".join(material.evidence))]
    for title in borne:
        for name in material.people:
            surname = name.split()[-1]
            bears = re.search(rf"\b{title} (?:[A-Z][\w.]* )*{surname}\b", " ".join(material.evidence))
            mentions = [m for m in _mentions(name, text) if _UNTITLED.search(text[: m.start()])]
            if mentions and not bears and surname not in _PRESIDENTS:
                start = rng.choice(mentions).start()
                return replaced(text, (start, start), f"{title} ")
    return None


def swapped_speaker(material: Material, rng: random.Random) -> str | None:
    """Let another person of the article say it."""
    text = material.sentence
    for name in _shuffled_names(material, rng):
        either = rf"(?:{re.escape(name)}|{re.escape(name.split()[-1])})"
        before = r"(?:(?<=, )|^|(?<=[a-z] ))"
        match = re.search(rf"{before}{either}(?= {SPEECH_VERB}\b)|(?<=\bsaid ){either}(?=[,.])", text)
        rival = _rival(material, name, rng)
        if match and rival:
            return replaced(text, match.span(), rival if " " in match.group() else rival.split()[-1])
    return None


def swapped_crowd(material: Material, rng: random.Random) -> str | None:
    """Let other people of no name say it: police instead of critics."""
    text = material.sentence
    pattern = rf"\b(?i:{_ANY_CROWD})(?= (?:said|say|told)\b)|(?<=\bto )(?:{_ANY_CROWD})(?=[,.])"
    match = re.search(pattern, text)
    if match is None:
        return None
    others = [g for g in _CROWDS if match.group().casefold() not in g.casefold().split()]
    rivals = [c for g in others for c in g.split() if c not in _VAGUE and c.casefold() not in text.casefold()]
    new = _nearby(rivals, material, rng)
    return replaced(text, match.span(), raised(new) if match.start() == 0 else new)


def lost_speaker(material: Material, rng: random.Random) -> str | None:
    """Take the attribution away, so that what somebody claims turns fact."""
    text = material.sentence
    for pattern in _AT_END:
        match = pattern.fullmatch(text)
        if match and not _is_reported(match["kept"]):
            return match["kept"] + "."
    for pattern in _AT_FRONT:
        match = pattern.fullmatch(text)
        if match and not _PRONOUN.match(match["kept"]) and not _is_reported(match["kept"]):
            return raised(match["kept"])
    return None


def _is_reported(text: str) -> bool:
    """Tell whether a clause still says who said it, or is no statement."""
    return re.search(r"\b(?:said|says|told|according|asked|added)\b|\?", text) is not None


def _mentions(name: str, text: str) -> list[re.Match[str]]:
    """Find a person by full name, or by surname alone."""
    surname = re.escape(name.split()[-1])
    alone = [
        m for m in re.finditer(rf"\b{surname}\b(?! [A-Z])", text) if not _FIRST_NAME.search(text[: m.start()])
    ]
    return [*re.finditer(rf"\b{re.escape(name)}\b", text), *alone]


def _rival(material: Material, name: str, rng: random.Random) -> str | None:
    """Return another person of the article whom the sentence does not mention, or None."""
    surname = name.split()[-1]
    others = [
        p for p in material.people if p.split()[-1] != surname and p.split()[-1] not in material.sentence
    ]
    return _nearby(others, material, rng) if others else None


def _nearby(options: list[str], material: Material, rng: random.Random) -> str:
    """Choose from what the other evidence sentence mentions, if anything: that is harder to notice."""
    near = [o for o in options if o.split()[-1] in material.other]
    return rng.choice(near or options)


def _shuffled_names(material: Material, rng: random.Random) -> list[str]:
    return rng.sample(material.people, len(material.people))
