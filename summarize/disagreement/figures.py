"""Figures of a sentence with their scope: what is counted, what happened to it, where, when, of whom.

Contract: pure functions of one sentence and the day of its publication. A figure's scope is read from the
words around it, nearest first, because one sentence often holds several figures ("killed 12 and wounded
30"). Knows nothing of other sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from summarize.disagreement.periods import Period, as_of, periods
from summarize.language import Quantity, Word, content_stems, is_content, names, quantities, stem, words
from summarize.language.places import DEMONYMS, PLACES
from summarize.language.tokens import word_set
from summarize.profiles import PERSON_UNITS, TIME_WORDS

NEAR = 8  # words on either side of a figure that tell what it is about
_ROOT = 4  # letters: "Russia" and "Russian" name the same party


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(w) for w in text.split())


STAGES = {
    "dead": _stems(
        "killed killing dead deaths died die dying fatalities fatal perished slain toll lives murdered"
    ),
    "hurt": _stems("wounded injured injuries hurt hospitalized casualties"),
    "missing": _stems("missing unaccounted"),
    "held": _stems("arrested arrests detained detainees jailed custody imprisoned"),
    "displaced": _stems("displaced displacement fled flee fleeing evacuated uprooted homeless evacuations"),
    "sick": _stems("infected infections cases sickened contracted"),
    "safe": _stems("rescued survived survivors freed released recovered"),
}
_STAGE_OF = {s: name for name, own in STAGES.items() for s in own}
_STAGE_UNITS = _STAGE_OF.keys() | _stems("toll")
_MILITARY = _stems("soldier troop serviceman servicemen servicemember personnel marine")
_GENERIC = PERSON_UNITS & _stems("people person persons victim") | _stems("others")
_KINDS = PERSON_UNITS | _stems(
    """child children woman women men student pupil girl boy worker foreigner american voter employee officer
    passenger patient prisoner inmate protester demonstrator migrant villager teenager"""
)
_SUBSET_BEFORE = re.compile(
    r"\b(?:including|includes|included|among (?:them|those|the \w+)(?: (?:was|were|are|is))?|of whom"
    r"|of them|"
    r"of those|of which)(?: (?:at least|about|some|nearly|more than|the|as many as))?\W*$",
    re.IGNORECASE,
)
_SUBSET_AFTER = re.compile(
    r"^\W*(?:of (?:them|whom|those|the (?:dead|victims|wounded|injured|total|\d))|were (?:children"
    r"|women|civilians)|in \w+ alone)\b"
)
_MORE_BEFORE = re.compile(
    r"\b(?:another|an additional|additional|a further|further|adding|an extra|up by|"
    r"(?:rise|increase|jump) of)\W*$",
    re.IGNORECASE,
)
_MORE_AFTER = re.compile(
    r"^\W*(?:(?:more|other|others|additional|further|extra)\b(?! than)|new (?:deaths|cases|infections"
    r"|fatalities)\b)",
    re.IGNORECASE,
)
_FORMER = re.compile(
    r"\b(?:(?:up|down|raised|revised|lowered|cut|corrected|updated|changed|increased|risen|rose|grown"
    r"|jumped|fallen|climbed) "
    r"from|(?:earlier|initial|previous|first|preliminary|prior|original) (?:\w+ )?(?:of|at)"
    r"|instead of the|not the|"
    r"replac\w+ (?:an |the )?(?:earlier |initial |previous )?(?:\w+ of)?)"
    r"(?:\W+(?:an?|the|at least|about|some|nearly|more than|over|around|initial|earlier|previous"
    r"|estimated))*\W*$",
    re.IGNORECASE,
)
_LEVELS = {
    name: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)
    for name, pattern in (
        ("world", r"worldwide|globally|global|(?:around|across) the (?:world|globe)"),
        ("nation", r"nationwide|nationally|countrywide|across the (?:country|nation)"),
        ("region", r"statewide|regionwide|across the (?:state|region|province)"),
        ("local", r"citywide|countywide|across the (?:city|county|town|district)"),
    )
}
_SPAN = re.compile(r"[ -](?:years?|months?|weeks?|days?|hours?|minutes?)\b")
_ROAD = re.compile(r" (?:Highway|Freeway|Interstate|Expressway|Parkway|Turnpike|Street|Avenue|Road)\b")
_AGED = re.compile(r"\b[A-Z][\w’'-]*[a-z][,(]$")  # "Walter Huang, 38, died"
_OF_SUM = re.compile(r"\b[a-z]{3,} of (?:about |nearly |more than |at least |some |over |almost )?$")
# "157 of 338 seats", "156 seats of the 338": how many there are at all.
_OF_ALL = re.compile(r"\b\d[\d,.]*(?: [a-z]+)?(?: out)? of(?: the| its| all)?(?: about| nearly| some)?$")
_MOVES = word_set(
    "went came goes comes go come stood fell rose lost won left made paid spent short more less"
)
_LOCATIVE = word_set("in at near across outside around throughout inside")
_CLAUSE = re.compile(
    r"[;:]|\s[–—]\s|\s--\s|,\s(?:and|but|while|whereas|though|although)\s|\s(?:while|whereas|but)\s"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence as it is compared: its source and the day that this was published, if known."""

    text: str
    source: int
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity and its scope; sets hold stems, or roots of names."""

    quantity: Quantity
    kind: str  # what the figure counts, in classes that can be compared: "person", "soldier", "$", "%" …
    subset: bool
    more: bool  # on top of others
    stage: str | None  # killed, wounded, arrested …
    parties: frozenset[str]
    places: frozenset[str]
    levels: frozenset[str]
    periods: frozenset[Period]
    as_of: str | None
    near: frozenset[str]
    former: bool  # given as what was said before: "up from 12", "earlier reports of 12"
    label: str  # the figure with its noun and what happened to it, in words of the sentence


@lru_cache(maxsize=8192)
def figures(statement: Statement) -> tuple[Figure, ...]:
    """Return the counts, sums and percentages of a sentence, each with its scope."""
    found = [q for q in quantities(statement.text) if _counts(statement.text, q)]
    return tuple(_figure(statement, q, tuple(found)) for q in found)


def is_generic(figure: Figure) -> bool:
    """Tell whether a figure counts people without saying of what sort."""
    unit = figure.quantity.unit
    return figure.kind == "person" and (unit is None or unit in _GENERIC or unit in _STAGE_UNITS)


def _counts(text: str, q: Quantity) -> bool:
    """Leave out what is no measurement: dates, years, ages, "one", parts of a period or a name, roads."""
    if q.kind not in ("count", "money", "percent") or (q.high is not None and q.high < q.value):
        return False
    before, after = text[: q.start].rstrip(), text[q.end :]
    if q.kind == "count" and re.match(
        r"\W?(?:years?|months?|weeks?|days?|hours?) (?:ago|earlier)\b", after.strip()
    ):
        return False
    if q.kind == "count" and _OF_ALL.search(before[-60:]):
        return False
    if q.kind == "count" and (_ROAD.match(after) or (_AGED.search(before) and after[:1] in ",;)")):
        return False
    if q.kind == "count" and re.search(
        r"\b(?:past|last|next|No\.?|Flight|Route|Highway|Interstate|Freeway|Exit|Article|Section|Title"
        r"|Amendment|fiscal|one in)$",
        before,
    ):
        return False
    return not (q.value == 1 and q.text.casefold() in ("one", "1"))


def _figure(statement: Statement, q: Quantity, others: tuple[Quantity, ...]) -> Figure:
    text = statement.text
    tokens = [w for w in words(text) if w.is_word]
    first = sum(w.end <= q.start for w in tokens)
    last = sum(w.start < q.end for w in tokens)
    around = [*tokens[max(0, first - NEAR) : first], *tokens[last : last + NEAR]]
    start, end = _clause(text, q)
    clause = text[start:end]
    stage = _stage(tokens, first, last, start, end)
    head = _head_end(tokens, last, q)
    before, after = text[: q.start], text[q.end :]
    whole = _without_others(text, q, others)
    return Figure(
        quantity=q,
        kind=_kind(q, stage),
        subset=bool(_SUBSET_BEFORE.search(before) or _SUBSET_AFTER.search(after)),
        more=bool(_MORE_BEFORE.search(before) or _is_more(after, _follows_another(text, q, others))),
        stage=stage,
        parties=_parties(tokens[last:head]),
        places=_places(text, start, end),
        levels=frozenset(name for name, pattern in _LEVELS.items() if pattern.search(clause)),
        periods=periods(whole, statement.published),
        as_of=as_of(clause),
        near=frozenset(stem(w.text) for w in around if is_content(w)) - TIME_WORDS - _numbers(text),
        former=bool(_FORMER.search(before)),
        label=_label(text, tokens, q, first, head, (start, end), stage),
    )


def _follows_another(text: str, q: Quantity, others: tuple[Quantity, ...]) -> bool:
    """Tell whether something was counted before; "after three months" is no such thing."""
    return any(o.end <= q.start and not _SPAN.match(text[o.end :]) for o in others)


def _is_more(after: str, follows_another: bool) -> bool:
    """Tell whether a figure comes on top of others; "killing 59 and wounding 520 others" has none such."""
    found = _MORE_AFTER.search(after)
    return found is not None and not (follows_another and "other" in found[0].casefold())


def _clause(text: str, q: Quantity) -> tuple[int, int]:
    """Return the borders of the coordinate clause that a figure stands in."""
    start, end = 0, len(text)
    for match in _CLAUSE.finditer(text):
        if match.end() <= q.start:
            start = match.end()
        elif match.start() >= q.end:
            return start, match.start()
    return start, end


def _without_others(text: str, q: Quantity, others: tuple[Quantity, ...]) -> str:
    """Return the part of a sentence whose periods can be the figure's: up to the clauses of other figures."""
    start, end = _clause(text, q)
    if any(not start <= o.start < end for o in others):
        return text[start:end]
    return text


def _numbers(text: str) -> frozenset[str]:
    return frozenset(s for q in quantities(text) for s in content_stems(q.text))


def _kind(q: Quantity, stage: str | None) -> str:
    unit = q.unit
    if q.kind == "percent" or (q.kind == "count" and 0 < q.value < 1):
        return "%"
    if unit in _MILITARY:
        return "soldier"
    if unit in _KINDS or unit in _GENERIC or (unit in _STAGE_UNITS and stage):
        return "person"
    if unit is None:
        return "person" if stage else ""
    return unit


def _stage(tokens: list[Word], first: int, last: int, start: int, end: int) -> str | None:
    """Return what happened to what is counted, by the nearest word that says so in the clause."""
    best: tuple[int, str] | None = None
    for i, word in enumerate(tokens):
        name = _STAGE_OF.get(stem(word.text)) or _lost(tokens, i, first, last)
        if name and start <= word.start < end:
            # A verb in front governs what follows, so it is as near as one directly behind.
            distance = first - i if i < first else i - last + 1
            if distance <= 2 * NEAR and (best is None or distance < best[0]):
                best = (distance, name)
    return best[1] if best else None


def _lost(tokens: list[Word], i: int, first: int, last: int) -> str | None:
    """Read "has lost 16 soldiers" as deaths."""
    if tokens[i].key not in ("lost", "lose") or i != first - 1:
        return None
    noun = {stem(w.text) for w in tokens[last : last + 3]}
    return "dead" if noun & (_MILITARY | PERSON_UNITS) else None


def _head_end(tokens: list[Word], last: int, q: Quantity) -> int:
    """Return the end of the noun phrase behind a figure."""
    if q.unit is None or q.kind != "count":
        return last
    for i in range(last, min(last + 6, len(tokens))):
        if stem(tokens[i].text) == q.unit:
            return i + 1
    return last


def _parties(phrase: list[Word]) -> frozenset[str]:
    """Return roots of the nations and groups that modify the noun: "34 Turkish soldiers"."""
    return frozenset(w.key[:_ROOT] for w in phrase if w.text[0].isupper() and w.key in DEMONYMS)


# "Italy, which is reporting 19,468 deaths": whose count it is.
_COUNTS = re.compile(
    r",? (?:which |where )?(?:has|had|have|is|was|reports?|reported|recorded|counts?|counted|saw)\b"
)
_ONE_NAME = {
    "united states": "us",
    "u.s.": "us",
    "america": "us",
    "united kingdom": "uk",
    "u.k.": "uk",
    "britain": "uk",
}


def _places(text: str, start: int, end: int) -> frozenset[str]:
    """Return roots of the names in the clause that stand where a place does."""
    found: set[str] = set()
    for name in names(text):
        if not start <= name.start < end:
            continue
        before = re.search(
            r"(\w+)(?: the| northern| southern| eastern| western| central)?\W*$", text[: name.start]
        )
        locative = before is not None and before[1].casefold() in _LOCATIVE
        counts = name.key in PLACES and _COUNTS.match(text, name.end)
        if name.title is None and (locative or counts):
            key = _ONE_NAME.get(name.key, name.key)
            found |= {w.replace(".", "")[:_ROOT] for w in key.split() if len(w) > 1}
    return frozenset(found)


def _label(
    text: str,
    tokens: list[Word],
    q: Quantity,
    first: int,
    head: int,
    clause: tuple[int, int],
    stage: str | None,
) -> str:
    """Word the figure with its noun and with what happened, in words of the sentence."""
    start, end = q.start, max(q.end, tokens[head - 1].end if head else 0)
    if q.kind != "count":
        return _sum_label(text, tokens, q, head, end)
    figure = text[start:end]
    if start == 0 and not figure.isupper():
        figure = figure[0].lower() + figure[1:]
    before = [w.key for w in tokens[max(0, first - 2) : first]]
    if before[-1:] == ["of"] and _STAGE_OF.get(stem(before[0])):
        return _plain(before[0], "of", figure)  # "the killing of 34 soldiers"
    if before and _lost(tokens, first - 1, first, head):
        return _plain(before[-1], figure)
    happened = [
        w
        for w in tokens
        if clause[0] <= w.start < clause[1] and w.key.endswith("ed") and _STAGE_OF.get(stem(w.text)) == stage
    ]
    if stage and happened and not any(_STAGE_OF.get(stem(w)) for w in figure.split()):
        return _plain(figure, min(happened, key=lambda w: abs(w.start - start)).key)
    return _plain(figure)


def _sum_label(text: str, tokens: list[Word], q: Quantity, head: int, end: int) -> str:
    """Word a sum or a share with what it is of: "52 percent of voters", "$5 million fine", "debt of $3"."""
    stop = _tail(tokens, head, end)
    if stop == end and q.kind == "money":
        for word in tokens[head : head + 3]:
            is_noun = is_content(word) and word.text.islower() and not word.key.endswith(("ed", "ing"))
            if not is_noun or word.key in _MOVES or word.start > stop + 1:
                break
            stop = word.end
    before = _OF_SUM.search(text[: q.start]) if stop == end else None
    return _plain(text[before.start() if before else q.start : stop])


def _tail(tokens: list[Word], head: int, end: int) -> int:
    """Take "of voters", "in aid" behind a sum or a percentage into its label."""
    after = tokens[head : head + 4]
    if len(after) < 2 or after[0].key not in ("of", "in", "for"):
        return end
    stop = (
        3 if after[1].key in ("the", "all", "its", "their", "registered", "likely") and len(after) > 2 else 2
    )
    return after[stop - 1].end


def _plain(*parts: str) -> str:
    return " ".join(" ".join(parts).split())
