"""Who says what: attributions, negations, denials and hedges of a sentence.

Contract: spans and offsets refer to the given string. Knows nothing of whether the speaker is right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from summarize.language.calendar import WEEKDAYS
from summarize.language.names import names
from summarize.language.quotations import is_inside, quotations
from summarize.language.tokens import (
    AUXILIARIES,
    PREPOSITIONS,
    SUBORDINATORS,
    Word,
    word_set,
    words,
)

NEGATIONS = word_set("not no never neither nor without none nobody nothing cannot hardly barely")
DENIALS = word_set(
    """deny denies denied denying denial denials dispute disputes disputed disputing reject rejects
    rejected rejecting refute refutes refuted refuting false untrue dismiss dismissed dismisses"""
)
HEDGES = word_set(
    """may might could alleged allegedly reportedly claims claimed claim apparently suspected possible
    possibly likely unlikely potential potentially purported purportedly supposedly believed expected
    probably perhaps seemingly if unless"""
)
REPORTING_VERBS = word_set(
    """say says said saying tell tells told telling add adds added adding announce announces announced
    claim claimed claiming warn warns warned warning stated stating reported stress stresses stressed
    insist insists insisted argue argues argued declare declares declared confirm confirms confirmed
    deny denies denied dispute disputes disputed explain explains explained wrote writes tweeted
    predicts predicted estimated estimates suggested suggests alleged alleges acknowledged acknowledges
    admitted admits noted noting quoted pledged vowed replied recalled concluded commented
    asserted asserts contended contends countered counters cautioned cautions remarked lamented quipped
    joked fumed mused scoffed retorted exclaimed boasted bragged"""
)
# Of the forms above, those that report only before "that" or a quotation, or behind the speech.
_PARTICIPLES = frozenset(v for v in REPORTING_VERBS if v.endswith("ing"))
_OPAQUE = (_PARTICIPLES - {"saying"}) | word_set(
    "concluded declared added confirmed denied disputed announced stressed suggested noted pledged vowed"
)
_PASSIVE = word_set("is are was were be been being")
_BETWEEN = AUXILIARIES | word_set("also later earlier then previously repeatedly recently not")
_NEVER_SUBJECT = word_set("that and but or which who so it what")


@dataclass(frozen=True, slots=True)
class Report:
    """Somebody says something; the speech lies in ``scopes``, spans of characters."""

    speaker: str
    verb: str
    start: int  # of the speaker
    end: int  # of the verb
    scopes: tuple[tuple[int, int], ...]


def negations(text: str) -> tuple[Word, ...]:
    """Return the grammatical negations of a text: "not", "n't", "no", "without" …"""
    return tuple(w for w in words(text) if w.key in NEGATIONS or w.key.endswith("n't"))


def denials(text: str) -> tuple[Word, ...]:
    """Return the words of a text that negate by their meaning: "deny", "reject", "false" …"""
    return tuple(w for w in words(text) if w.key in DENIALS)


def hedges(text: str) -> tuple[Word, ...]:
    """Return the words of a text that leave open whether something is so: "may", "allegedly" …"""
    found = tuple(w for w in words(text) if w.key in HEDGES)
    return tuple(w for w in found if not (w.text == "May" and w.start > 0))


def attributions(text: str) -> tuple[str, ...]:
    """Return who a sentence says that something comes from, in order of mention."""
    return tuple(r.speaker for r in reports(text) if r.speaker)


@lru_cache(maxsize=4096)
def reports(text: str) -> tuple[Report, ...]:
    """Find every "X said …", "…, said X" and "according to X" outside quotation marks."""
    tokens = words(text)
    quoted = quotations(text)
    found: list[Report] = []
    for i, word in enumerate(tokens):
        if is_inside(word.start, quoted):
            continue
        report = None
        if word.key == "according" and i + 1 < len(tokens) and tokens[i + 1].key == "to":
            report = _according(text, tokens, i)
        elif word.key in REPORTING_VERBS and word.text[0].islower():
            report = _verbal(text, tokens, i, quoted)
        if report is not None:
            found.append(report)
    return tuple(_clipped(text, r, found[n + 1 :]) for n, r in enumerate(found))


def _clipped(text: str, report: Report, later: list[Report]) -> Report:
    """End a speech where ", and X said" begins the next one."""
    start = next((r.start for r in later if re.search(r",\s+(and|but|while)\s+$", text[: r.start])), None)
    if start is None:
        return report
    return replace(report, scopes=tuple((a, min(b, start) if a < start else b) for a, b in report.scopes))


def _according(text: str, tokens: tuple[Word, ...], i: int) -> Report:
    end = _phrase_end(tokens, i + 2)
    speaker = _span(text, tokens, i + 2, end)
    leads = not any(w.is_word for w in tokens[:i])
    last = tokens[end - 1].end
    scope = (last, len(text)) if leads else (0, tokens[i].start)
    return Report(speaker, "according", tokens[i].start, last, (scope,))


def _verbal(
    text: str, tokens: tuple[Word, ...], i: int, quoted: tuple[tuple[int, int], ...]
) -> Report | None:
    verb = tokens[i]
    before = tokens[i - 1] if i else None
    if before is None or before.key in _PASSIVE | {"to", "the", "a", "of", "as"}:
        return None
    first = _subject_start(tokens, i, quoted)
    end = _inverted_end(tokens, i)
    if end > i:
        speaker = _span(text, tokens, i + 1, end)
        return Report(speaker, verb.key, verb.start, tokens[end - 1].end, ((0, verb.start),))
    if verb.key in _OPAQUE and not _reports_here(text, tokens, i, first):
        return None
    subject_end = _subject_end(tokens, i, first)
    speaker = _span(text, tokens, first, subject_end) if first is not None else ""
    if first is not None and (before.key == "and" or verb.key in _PARTICIPLES):
        speaker = next((n.text for n in names(text) if n.start <= tokens[first + 1].start), "")
    if not speaker and verb.key.endswith("ed"):
        return None  # a participle: "a man, later stated to be …"
    start = tokens[first].start if first is not None else verb.start
    return Report(speaker, verb.key, start, verb.end, _scopes(text, tokens, first, i))


def _inverted_end(tokens: tuple[Word, ...], i: int) -> int:
    """Return the end of the speaker in "…, said X", or ``i`` if the verb is not so placed."""
    before, verb = tokens[i - 1], tokens[i].key
    if before.is_word or before.text not in ',”"»’?!' or verb in ("told", "tell", "tells"):
        return i
    end = _phrase_end(tokens, i + 1)
    speaker = tokens[i + 1 : end]
    if not speaker or any(w.key in (PREPOSITIONS | {"that"}) - {"of", "for"} for w in speaker):
        return i
    if speaker[0].key in WEEKDAYS | {"last": 0, "this": 0, "he": 0, "it": 0, "they": 0}:
        return i
    after = tokens[end] if end < len(tokens) else None
    closes = after is None or not after.is_word or after.key in PREPOSITIONS | {"who"} | WEEKDAYS.keys()
    named = speaker[0].key in ("the", "a", "an") or speaker[-1].text[0].isupper()
    return end if closes and named else i


def _reports_here(text: str, tokens: tuple[Word, ...], i: int, first: int | None) -> bool:
    after = tokens[i + 1].text if i + 1 < len(tokens) else "."
    trailing = first is not None and first > 0 and tokens[first - 1].text in ',”"»' and after in ".,;"
    return trailing or after in ("that", "“", '"', ":", ",")


def _subject_end(tokens: tuple[Word, ...], i: int, first: int | None) -> int:
    """Skip back over auxiliaries and, from a comma, over what stands between subject and verb."""
    if first is None:
        return i
    for j in range(first, i):
        if not tokens[j].is_word and tokens[j].text in ",—–(":
            return j
        if j > first and tokens[j].key in _BETWEEN:
            return j
    return i


def _subject_start(tokens: tuple[Word, ...], i: int, quoted: tuple[tuple[int, int], ...]) -> int | None:
    """Return where the subject of the verb at ``i`` begins, or None."""
    j = i - 1
    while j >= 0 and tokens[j].is_word and tokens[j].key in _BETWEEN:
        j -= 1
    if j < 0:
        return None
    if tokens[j].is_word:
        if tokens[j].key == "and" or tokens[i].key in _PARTICIPLES:
            return _leading_subject(tokens)
        first = _back_to_border(tokens, j, quoted)
        return first if first <= j else None
    if tokens[j].text not in ",—–)":
        return None
    if tokens[i].key in _PARTICIPLES:
        return _leading_subject(tokens)
    return _before_insertion(tokens, j, quoted)


def _leading_subject(tokens: tuple[Word, ...]) -> int | None:
    first = next((k for k, w in enumerate(tokens) if w.is_word), None)
    if first is None or tokens[first].key in PREPOSITIONS | SUBORDINATORS:
        return None
    return first


def _back_to_border(tokens: tuple[Word, ...], j: int, quoted: tuple[tuple[int, int], ...]) -> int:
    """Walk back over a noun phrase from its last word."""
    while j >= 0:
        word = tokens[j]
        if not word.is_word or is_inside(word.start, quoted):
            break
        if word.key in SUBORDINATORS | _NEVER_SUBJECT | {"as"} and not _joins_names(tokens, j):
            break
        if word.key in WEEKDAYS or word.key in AUXILIARIES:
            break
        j -= 1
    return j + 1


def _joins_names(tokens: tuple[Word, ...], j: int) -> bool:
    if tokens[j].key != "and" or j == 0 or j + 1 >= len(tokens):
        return tokens[j].key == "it"
    return tokens[j - 1].text[0].isupper() and tokens[j + 1].text[0].isupper()


def _before_insertion(
    tokens: tuple[Word, ...], comma: int, quoted: tuple[tuple[int, int], ...]
) -> int | None:
    """Find the subject in "Zhuravlev, head of the centre, said" and "after Erdogan, seeking …, said"."""
    starts = [0]
    for k in range(comma):
        if tokens[k].text in ",—–(" or (tokens[k].text in '”"»' and not is_inside(tokens[k].start, quoted)):
            starts.append(k + 1)
    if len(starts) < 2:
        return None
    for k in starts[:-1]:
        end = next((n for n in range(k, comma) if not tokens[n].is_word), comma)
        first = _back_to_border(tokens, end - 1, quoted)
        if k < end and first < end and not is_inside(tokens[k].start, quoted):
            head = tokens[first]
            if head.key not in PREPOSITIONS and not re.search(r"(ing|ly)$", head.key):
                return first
    return None


def _phrase_end(tokens: tuple[Word, ...], i: int) -> int:
    """Return the end of the noun phrase at ``i``."""
    j = i
    while j < len(tokens):
        word = tokens[j]
        joins = word.text in "-&." and j + 1 < len(tokens) and tokens[j + 1].text[0].isupper()
        if not word.is_word and not joins:
            break
        if word.key in SUBORDINATORS | AUXILIARIES | {"who", "which", "that", "but", "on", "in"}:
            break
        if word.key in REPORTING_VERBS or word.key in WEEKDAYS:
            break
        if word.key == "and" and not _joins_names(tokens, j):
            break
        j += 1
    return j


def _scopes(text: str, tokens: tuple[Word, ...], first: int | None, i: int) -> tuple[tuple[int, int], ...]:
    """Say where the reported words are: behind the verb, before the speaker, or on both sides."""
    rest = tokens[i + 1 :]
    after = (tokens[i].end, len(text))
    if first is None or first == 0 or tokens[first - 1].text not in ',”"»’—–':
        return (after,)
    before = (0, tokens[first].start)
    n_before = sum(w.is_word for w in tokens[:first])
    if _is_adjunct(rest):
        return (before,)
    if tokens[first - 1].text in '”"»':
        return (before,) if not any(w.text in '“"«' for w in rest) else (before, after)
    quote_follows = any(w.text in '“"«' for w in rest)
    if quote_follows and n_before > 3:
        return (before, after)
    return (after,)


def _is_adjunct(rest: tuple[Word, ...]) -> bool:
    """Tell whether what follows a verb is only when, where and how it was said."""
    spoken = [w for w in rest if w.is_word]
    if not spoken:
        return True
    clause = next((k for k, w in enumerate(rest) if not w.is_word), len(rest))
    if any(w.key in AUXILIARIES | {"that", "he", "she", "it", "they"} for w in rest[:clause]):
        return False
    opens = spoken[0].key in PREPOSITIONS - {"like", "as"} or spoken[0].key in WEEKDAYS
    opens = opens or spoken[0].key in ("last", "late", "earlier", "later", "this", "citing", "yesterday")
    return opens or not rest[0].is_word


def _span(text: str, tokens: tuple[Word, ...], first: int, end: int) -> str:
    return text[tokens[first].start : tokens[end - 1].end] if first < end else ""
