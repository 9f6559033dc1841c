"""Plant an error in a true sentence: a number, a date or a negation.

A planter takes a :class:`Material` and returns a sentence that its evidence does not bear out, or None if
it finds no place where the change would surely be wrong ("more than 300" holds for 400 as well).
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable

from summarize.evaluation.material import Material, replaced

Planter = Callable[[Material, random.Random], str | None]

_MONTHS = "January February March April May June July August September October November December".split()
_SHORT_MONTHS = "Jan. Feb. Aug. Sept. Oct. Nov. Dec.".split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTH = "|".join(_MONTHS) + "|" + "|".join(re.escape(m) for m in _SHORT_MONTHS)
_SPELLED = (
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty".split()
)
_MAGNITUDES = ("thousand", "million", "billion", "trillion")
_LOOSE = re.compile(
    r"(?:than|least|most|over|above|exceeds?|exceeding|up to|under|below|nearly|almost|close to"
    r"|as (?:many|much) as|minimum of|maximum of|within|every)\s+(?:[$€£]?[\d.,]+\s+)?$",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:by|before|after|until|since|through)(?: the end of| late| early| mid-| next| last)? ?$"
)
_FIGURE = re.compile(
    r"(?<![\w.,/:#–-])[$€£]?(?P<value>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
    r"(?!\w|[.,:/]\d|[-–]\d| [ap]\.m| ?[ap]m\b|/)"
)
_YEAR = r"\b(?:in|of|the|from|late|early) (?P<year>(?:19|20)\d\d)(?=[ ,.;)])"


def changed_number(material: Material, rng: random.Random) -> str | None:
    """Give a figure another value, that of the other evidence sentence if it has one."""
    text = material.sentence
    for match in _shuffled((m for m in _FIGURE.finditer(text) if _is_plain(text, m)), rng):
        theirs = [m["value"] for m in _FIGURE.finditer(material.other) if _is_plain(material.other, m)]
        value = match["value"]
        options = [v for v in theirs if _differs(v, value)] if rng.random() < 0.5 else []
        options = options or _other_values(value, is_percent="percent" in text or "%" in text)
        taken = {m["value"] for m in _FIGURE.finditer(text)}
        options = [v for v in options if v not in taken]
        if options:
            return replaced(text, match.span("value"), rng.choice(options))
    return None


def changed_spelled_number(material: Material, rng: random.Random) -> str | None:
    """Exchange a number that is written as a word."""
    text = material.sentence
    pattern = rf"(?<![\w-])(?:{'|'.join(_SPELLED)})\b(?!-| (?:or|to|hundred|thousand|million|dozen)\b)"
    for match in _shuffled(re.finditer(pattern, text), rng):
        if not _LOOSE.search(text[: match.start()]):
            return replaced(text, match.span(), rng.choice([w for w in _SPELLED if w not in text]))
    return None


def changed_magnitude(material: Material, rng: random.Random) -> str | None:
    """Make millions out of billions and the like."""
    text = material.sentence
    for match in _shuffled(re.finditer(rf"(?<=\d )(?:{'|'.join(_MAGNITUDES)})\b", text), rng):
        if not _LOOSE.search(text[: match.start()]):
            return replaced(text, match.span(), rng.choice([m for m in _MAGNITUDES if m not in text]))
    return None


def _is_plain(text: str, match: re.Match[str]) -> bool:
    """Tell whether a figure is neither a year nor a day, and no mere bound."""
    before = text[: match.start()]
    is_year = re.fullmatch(r"(?:1[5-9]|20)\d\d", match.group()) is not None
    is_day = re.search(rf"(?:{_MONTH}) $", before) is not None
    return not is_year and not is_day and not _LOOSE.search(before) and match["value"] not in ("0", "1")


def _number(value: str) -> float:
    return float(value.replace(",", ""))


def _differs(a: str, b: str) -> bool:
    """Tell whether two figures differ by more than "about" forgives."""
    return abs(_number(a) - _number(b)) > 0.2 * max(_number(a), _number(b))


def _other_values(value: str, is_percent: bool) -> list[str]:
    number = _number(value)
    decimals = len(value.partition(".")[2])
    values = [number * f for f in ((0.5, 0.7) if is_percent else (0.5, 0.7, 1.4, 1.5, 2))]
    shown = [f"{v:,.{decimals}f}" if "," in value else f"{v:.{decimals}f}" for v in values]
    return [v for v in shown if _differs(v, value) and _number(v) > 1]


def changed_weekday(material: Material, rng: random.Random) -> str | None:
    """Put another day of the week."""
    pattern = rf"(?<!Black )(?<!Super )(?<!Good )(?<!News )\b(?:{'|'.join(_WEEKDAYS)})\b(?! [A-Z])"
    return _exchanged(material, pattern, _WEEKDAYS, rng)


def changed_month(material: Material, rng: random.Random) -> str | None:
    """Put another month, written out if it was, else in short."""
    sure = [m for m in _MONTHS if m not in ("March", "May")]
    doubtful = r"(?<=\b(?:in|of) )(?:March|May)\b(?=[ ,.])|\b(?:March|May)(?= \d)"
    long = rf"\b(?:{'|'.join(sure)})\b(?! [A-Z])|{doubtful}"
    short = rf"\b(?:{'|'.join(re.escape(m) for m in _SHORT_MONTHS)})(?= \d)"
    return _exchanged(material, long, sure, rng) or _exchanged(material, short, _SHORT_MONTHS, rng)


def changed_day(material: Material, rng: random.Random) -> str | None:
    """Put another day of the month."""
    text = material.sentence
    for match in _dates(text, rf"\b(?:{_MONTH}) (?P<day>[12]?\d|3[01])(?![\d-])", rng):
        days = [str(d) for d in range(1, 29) if not re.search(rf"\b{d}\b", text)]
        return replaced(text, match.span("day"), rng.choice(days))
    return None


def changed_year(material: Material, rng: random.Random) -> str | None:
    """Put another year, one to six years off."""
    text = material.sentence
    for match in _dates(text, _YEAR, rng):
        near = [str(int(match["year"]) + d) for d in (-6, -4, -3, -2, -1, 1, 2, 3)]
        return replaced(text, match.span("year"), rng.choice([y for y in near if y not in text]))
    return None


def _exchanged(material: Material, pattern: str, names: list[str], rng: random.Random) -> str | None:
    """Exchange one of a closed list of names, half the time for one of the other evidence sentence."""
    text = material.sentence
    for match in _dates(text, pattern, rng):
        free = [n for n in names if n not in text]
        near = [n for n in free if n in material.other]
        return replaced(text, match.span(), rng.choice(near if near and rng.random() < 0.5 else free))
    return None


def _dates(text: str, pattern: str, rng: random.Random) -> list[re.Match[str]]:
    """Find dates that are no limits: "after May" may hold for June as well."""
    found = _shuffled(re.finditer(pattern, text), rng)
    return [m for m in found if not _LIMIT.search(text[: m.start()])]


# Negation. A sentence that has one already, or a condition, is left alone: another could be harmless.
_NEGATIVE = re.compile(
    r"\b(?:not|no|never|nor|neither|none|nothing|nobody|without|cannot|hardly|unless|if|whether|den(?:y|ied|ies)"
    r"|refus\w+|reject\w*|fail\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
_PARTICIPLE = (
    r"(?:\w{3,}ed|been|made|taken|given|found|held|seen|become|won|lost|led|known|shown|said|done|paid|told)"
)
_TO_NEGATE = re.compile(
    rf"\b(?:(?:has|have|had)(?= {_PARTICIPLE}\b)|(?:will|would|can|should|must)(?= [a-z]+\b)"
    rf"|(?:is|are|was|were)(?= (?:{_PARTICIPLE}|a|an|the|in|on|at|[a-z]+ing)\b))"
)
_PAST = {
    "announced": "announce", "approved": "approve", "asked": "ask", "became": "become",
    "began": "begin", "called": "call", "came": "come", "killed": "kill", "led": "lead", "lost": "lose",
    "made": "make", "met": "meet", "passed": "pass", "received": "receive", "released": "release",
    "signed": "sign", "supported": "support", "told": "tell", "took": "take", "voted": "vote",
    "warned": "warn", "went": "go", "won": "win", "wrote": "write",
}  # fmt: skip
_TO_DID = re.compile(
    rf"(?<=[A-Z][a-z] |[a-z]{{2}} )(?:{'|'.join(_PAST)})(?= (?:the|a|an|his|her|its|their|that|to|in)\b)"
)
_AFTER_VERB = re.compile(
    r"['’]\w+\s$|\b(?:was|were|is|are|been|be|being|has|have|had|and|or|who|which|by|to|be|also|\w+ly)\s$"
)
_DROPPABLE = (
    (
        re.compile(
            r"\b(do|does|did|is|are|was|were|will|would|can|could|should|has|have|had) not (?=[a-z]+)"
        ),
        r"\1 ",
    ),
    (re.compile(r"\b(do|does|did|is|are|was|were|would|could|should|has|have|had)n['’]t\b"), r"\1"),
    (re.compile(r"\bcannot\b|\bcan['’]t\b"), "can"),
    (re.compile(r"\bwon['’]t\b"), "will"),
    (re.compile(r"\b(is|are|was|were|will|would|can|could) no longer\b"), r"\1"),
    (re.compile(r"\b(has|have|had|was|were|is|are|will|would) never\b"), r"\1"),
)
_HARMLESS_NOT = re.compile(
    r"(?:not|n['’]t) (?:only|just|yet|necessarily|merely|simply|all|every|until|so|even|because|too|the only"
    r"|alone|quite|really|always|fully|entirely|help|know if)\b|but not\b|or not\b|\bnot to\b|\?$",
    re.IGNORECASE,
)


def added_negation(material: Material, rng: random.Random) -> str | None:
    """Negate a sentence that has no negation: "will not", "was not"."""
    text = material.sentence
    if _NEGATIVE.search(text):
        return None
    for match in _shuffled(_TO_NEGATE.finditer(text), rng):
        return replaced(text, (match.end(), match.end()), " not")
    return None


def added_did_not(material: Material, rng: random.Random) -> str | None:
    """Negate a verb in the simple past: "did not sign"."""
    text = material.sentence
    if _NEGATIVE.search(text):
        return None
    for match in _shuffled(_TO_DID.finditer(text), rng):
        if not _AFTER_VERB.search(text[: match.start()]):
            return replaced(text, match.span(), f"did not {_PAST[match.group()]}")
    return None


def dropped_negation(material: Material, rng: random.Random) -> str | None:
    """Take a sentence's only negation out."""
    text = material.sentence
    if len(_NEGATIVE.findall(text)) != 1 or _HARMLESS_NOT.search(text):
        return None
    for pattern, instead in _DROPPABLE:
        if pattern.search(text):
            return pattern.sub(instead, text, count=1)
    return None


def _shuffled(matches: Iterable[re.Match[str]], rng: random.Random) -> list[re.Match[str]]:
    found = list(matches)
    rng.shuffle(found)
    return found
