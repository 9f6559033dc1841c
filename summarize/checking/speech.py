"""Rules on who says it and whether it is so: negation, hedges, quotations and attribution.

Contract: as in ``content``; the rules on negation and attribution follow the alignment.
"""

from __future__ import annotations

import re

from summarize.checking.alignment import Alignment, Line, align, line
from summarize.language import (
    Report,
    content_stems,
    denials,
    has_unbalanced_quotes,
    hedges,
    negations,
    quotable,
    quotations,
    reports,
    stem,
    words,
)
from summarize.language.tokens import FUNCTION_WORDS, word_set

Evidence = tuple[str, ...]

# How far a negation or a hedge reaches: "not yet been officially confirmed" takes four words.
_REACH = 5
_SAID_LAST = re.compile(
    r", (?P<who>[^,“”\"]{2,90}?) "
    r"(?P<verb>said|says|told|reported|announced|confirmed|added|wrote|claimed|argued|"
    r"charges?|charged|alleges?|alleged|contends?|contended|maintains?|maintained|complain(?:s|ed)?|suspect)"
    r"(?: [^,“”\"]{1,40})?[.]?$"
)
_CLAUSE_WORDS = word_set("and but while which who whose because although")
_MIN_COPIED_QUOTE = 4
_MIN_REPORTED = 3  # content words that make a claim out of somebody's speech


def _operators(text: str) -> tuple[int, ...]:
    """Return the indices of the words that turn or soften what follows them."""
    starts = {w.start for w in (*negations(text), *denials(text), *hedges(text))}
    return tuple(i for i, w in enumerate(line(text).spoken) if w.start in starts)


def _reach(source: Line, i: int) -> list[int]:
    """Return the content words under a negation or hedge: the next two within its clause."""
    under: list[int] = []
    for j in range(i + 1, min(i + 1 + _REACH, len(source.spoken))):
        if source.has_mark(j) or source.key(j) in _CLAUSE_WORDS:
            break
        if source.key(j) not in FUNCTION_WORDS:
            under.append(j)
    return under[:2]


def changed_polarity(claim: str, evidence: Evidence) -> tuple[str, ...]:
    """No negation, denial or hedge is dropped from copied words, and none is added."""
    aligned = align(claim, evidence)
    sources = {aligned.source(i) for i in range(len(aligned.claim.spoken))}
    wrong = [
        f"negation: {source.spoken[i].text!r} before {source.spoken[j].text!r} is dropped"
        for k, source in enumerate(aligned.evidence)
        for i in _operators(source.text)
        for j in _governed(source, i)
        if (k, j) in sources and (k, i) not in sources
    ]
    for i in _operators(claim):
        wrong += _moved(aligned, i)
    return tuple(dict.fromkeys(wrong))


def _governed(source: Line, i: int) -> list[int]:
    """As ``_reach``; a predicate such as "are false" also governs the words in front of it."""
    under = _reach(source, i)
    if source.key(i) in ("false", "untrue") or (not under and source.key(i) not in ("if", "unless")):
        under += [j for j in range(max(0, i - 4), i) if source.key(j) not in FUNCTION_WORDS]
    return under


def _moved(aligned: Alignment, i: int) -> list[str]:
    """Check that a negation of the claim governs what it governs in the evidence."""
    place = aligned.source(i)
    word = aligned.claim.spoken[i].text
    if place is None:
        return [f"negation: {word!r} is added"]
    source = aligned.evidence[place[0]]
    here = [stem(aligned.claim.spoken[j].text) for j in _reach(aligned.claim, i)][:1]
    there = [stem(source.spoken[j].text) for j in _reach(source, place[1])]
    if here and there and here[0] not in there:
        return [f"negation: {word!r} governs {here[0]!r}, in the evidence {there[0]!r}"]
    return []


# A quotation may begin later than its source's, and end earlier at a mark only, where nothing turns.
_TURNS = "so|but|because|if|unless|until|except|though|although|while|or|yet|before|provided"
_MAY_END = rf" ?[.;:!?—–-]|,(?! (?:{_TURNS})\b)"


def changed_quotations(claim: str, evidence: Evidence) -> tuple[str, ...]:
    """What the claim quotes is quoted so in one evidence sentence, and quotations keep their marks."""
    wrong = ["quotation: unbalanced marks"] if has_unbalanced_quotes(claim) else []
    known = [quotable(e[a:b]) for e in evidence for a, b in quotations(e)]
    for start, end in quotations(claim):
        said = quotable(claim[start:end])
        if not any(re.search(rf"(?<!\w){re.escape(said)}(?:$|{_MAY_END})", k) for k in known):
            wrong.append(f"quotation: {claim[start:end]!r} is quoted in no evidence sentence")
    return tuple(wrong + _lost_marks(claim, evidence))


def _lost_marks(claim: str, evidence: Evidence) -> list[str]:
    """Find words that are quoted in the evidence and not in the claim, four or more in a row."""
    inside, outside = _ngrams(claim)
    wrong = []
    for sentence in evidence:
        quoted, free = _ngrams(sentence)
        lost = (quoted - free) & (outside - inside)
        if lost:
            wrong.append(f"quotation: {' '.join(min(lost))!r} lost its marks")
    return wrong


def _ngrams(text: str) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """Return the runs of four words that touch a quotation's inside only, and all other runs."""
    spans = quotations(text)
    spoken = [(w, any(a <= w.start < b for a, b in spans)) for w in words(text) if w.is_word]
    inside: set[tuple[str, ...]] = set()
    outside: set[tuple[str, ...]] = set()
    for i in range(len(spoken) - _MIN_COPIED_QUOTE + 1):
        window = spoken[i : i + _MIN_COPIED_QUOTE]
        keys = tuple(w.key for w, _ in window)
        (inside if all(q for _, q in window) else outside).add(keys)
    return inside, outside


def changed_attribution(claim: str, evidence: Evidence) -> tuple[str, ...]:
    """Reported speech keeps its speaker and its verb, and no speaker gets another's words."""
    aligned = align(claim, evidence)
    mine = reports(claim)
    wrong: list[str] = []
    for k, source in enumerate(evidence):
        for report in reports(source):
            n_copied = _n_reported(aligned, k, report)
            if n_copied < _MIN_REPORTED or _stated_plainly(claim, aligned, k):
                continue
            if not any(_same_report(m, report) for m in mine):
                who = report.speaker or report.verb
                wrong.append(f"attribution: what {who!r} {report.verb} is given without its speaker")
    wrong += [w for m in mine for w in _foreign_speech(claim, aligned, m)]
    wrong += [w for k, source in enumerate(evidence) for w in _lost_tail(claim, aligned, k, source)]
    return tuple(dict.fromkeys(wrong))


def _lost_tail(claim: str, aligned: Alignment, k: int, source: str) -> list[str]:
    """Find speech whose speaker stood at the end of the sentence: "…, the head of the agency said"."""
    tail = _SAID_LAST.search(source)
    if tail is None or re.search(rf"\b{tail['verb']}\b", claim):
        return []
    spoken = aligned.evidence[k].spoken
    copied = {p[1] for i in range(len(aligned.claim.spoken)) if (p := aligned.source(i)) and p[0] == k}
    told = [j for j in copied if spoken[j].start < tail.start() and spoken[j].key not in FUNCTION_WORDS]
    if len(told) < _MIN_REPORTED or _stated_plainly(claim, aligned, k):
        return []
    return [f"attribution: what {tail['who']!r} {tail['verb']} is given without its speaker"]


def _n_reported(aligned: Alignment, k: int, report: Report) -> int:
    """Count the content words that the claim copies from a report's speech."""
    source = aligned.evidence[k]
    copied = [aligned.source(i) for i in range(len(aligned.claim.spoken))]
    spoken = [source.spoken[p[1]] for p in copied if p is not None and p[0] == k]
    return sum(
        any(a <= w.start < b for a, b in report.scopes) and w.key not in FUNCTION_WORDS for w in spoken
    )


def _stated_plainly(claim: str, aligned: Alignment, k: int) -> bool:
    """Tell whether another evidence sentence says all of the claim by itself, unattributed."""
    needed = content_stems(claim)
    return any(
        j != k and needed <= content_stems(other.text) and not reports(other.text)
        for j, other in enumerate(aligned.evidence)
    )


def _same_report(a: Report, b: Report) -> bool:
    return stem(a.verb) == stem(b.verb) and _same_speaker(a.speaker, b.speaker)


def _same_speaker(a: str, b: str) -> bool:
    mine, theirs = content_stems(a), content_stems(b)
    if not mine or not theirs:
        return a.casefold() == b.casefold()
    return mine <= theirs or theirs <= mine


def _foreign_speech(claim: str, aligned: Alignment, report: Report) -> list[str]:
    """Check that a report of the claim is one of the evidence, and that the words come from it."""
    by_speaker = [
        (k, r)
        for k, source in enumerate(aligned.evidence)
        for r in reports(source.text)
        if _same_report(report, r)
    ]
    if not by_speaker:
        return [f"attribution: {report.speaker!r} {report.verb} nothing in the evidence"]
    said = [
        w.text
        for w in aligned.claim.spoken
        if any(a <= w.start < b for a, b in report.scopes) and w.key not in FUNCTION_WORDS
    ]
    stems = {stem(w) for w in said}
    best = max(
        len(
            stems
            & frozenset[str]().union(*(content_stems(aligned.evidence[k].text[a:b]) for a, b in r.scopes))
        )
        for k, r in by_speaker
    )
    # Names and a date around the speech may come from elsewhere; most of it may not.
    if stems and best < 0.75 * len(stems):
        return [f"attribution: {report.speaker!r} is given words of another sentence"]
    return []
