"""Rules on how a claim is put together: what was cut, what was moved, what was hung on what.

Contract: as in ``content``, on the alignment. Fusing models go wrong here with nothing but the
evidence's own words: a clause of one sentence hung on a noun of the other. So a switch of sentences
needs a reason to be right, and without one it is refused.
"""

from __future__ import annotations

from itertools import pairwise

from summarize.checking.alignment import Alignment, Line, Run, align, line
from summarize.checking.borders import may_skip, may_start, may_stop
from summarize.checking.phrases import COORDINATORS, is_adverb, is_time_phrase, is_verbish, may_be_verb
from summarize.language import REPORTING_VERBS, content_stems, quotations, reports, stem
from summarize.language.calendar import MONTHS, WEEKDAYS
from summarize.language.tokens import (
    ARTICLES,
    CONJUNCTIONS,
    FUNCTION_WORDS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
    word_set,
)

Evidence = tuple[str, ...]

_TELL = REPORTING_VERBS | {"report", "say", "write", "argue"}
_GLUE = word_set("and but while who which")
_CLAUSE_OPENERS = word_set("because although though if unless whereas who which when where while")
_EVER = word_set("whenever wherever whatever whoever whichever")
# Before "that", and before a subordinator, these open a clause with it: "now that", "even though".
_WITH_THAT = word_set("now given seeing except not granted")
_BEFORE_CLAUSE = word_set(
    "even just ever only much long shortly soon right immediately particularly especially"
)
_MOMENTS = word_set("time times day days moment minute minutes hour hours week weeks month months year years")
_TIME_STEMS = frozenset(stem(w) for w in (*MONTHS, *WEEKDAYS))


def bad_junctions(claim: str, evidence: Evidence) -> tuple[str, ...]:
    """Every cut and every switch of sentences is at a border where it can't change the meaning."""
    aligned = align(claim, evidence)
    if not aligned.runs:
        return ("junction: nothing of the claim is copied",)
    wrong = _bad_ends(aligned) + _bad_additions(aligned)
    for n in range(1, len(aligned.runs)):
        wrong += _between(aligned, n)
    return tuple(wrong)


def _bad_ends(aligned: Alignment) -> list[str]:
    first, last = aligned.runs[0], aligned.runs[-1]
    wrong = []
    head, tail = aligned.evidence[first.line], aligned.evidence[last.line]
    if not may_start(head, first.at) and not _is_moved_time(aligned, 0):
        wrong.append(f"junction: begins in mid-sentence at {head.key(first.at)!r}")
    if not may_stop(tail, last.stop) and not _is_fronted_end(aligned):
        wrong.append(f"junction: breaks off after {tail.key(last.stop - 1)!r}")
    is_cut = last.stop < len(tail.spoken)
    is_one = first.line == last.line and not _is_moved_time(aligned, 0)
    if is_cut and is_one and _loses_main_clause(aligned.claim, tail, last.stop):
        wrong.append(f"junction: breaks off after {tail.key(last.stop - 1)!r}, before the main clause")
    if is_cut and _leaves_condition(aligned.claim):
        wrong.append(f"junction: breaks off after {tail.key(last.stop - 1)!r}, in a quoted clause")
    if not is_one and _is_clause_alone(aligned.claim):
        wrong.append(f"junction: {head.key(first.at)!r} opens a clause without a main one")
    if is_cut and _loses_predicate(aligned.claim, tail, last.stop):
        wrong.append(f"junction: breaks off after {tail.key(last.stop - 1)!r}, before the verb")
    return wrong


def _leaves_condition(claim: Line) -> bool:
    """Tell whether a sentence ends in a quotation that is but a clause: "asked “If he had custody.”"."""
    spans = quotations(claim.text)
    if not spans or claim.text[spans[-1][1] :].strip(' .”"’'):
        return False
    inside = line(claim.text[slice(*spans[-1])].strip(' “”"‘’'))
    opens = inside.key(0) in SUBORDINATORS - {"as", "once"} or _opens_clause(inside)
    is_sentence = inside.text[:1].isupper()  # it is no part of the one around it
    return opens and is_sentence and not any(inside.has_mark(i) for i in range(1, len(inside.spoken)))


def _loses_predicate(claim: Line, tail: Line, stop: int) -> bool:
    """Tell whether a sentence was cut before its verb: "The delegation, using …[, showed a video]"."""
    rest = range(1, len(claim.spoken))
    has_verb = any(may_be_verb(claim, i) for i in rest)
    if not has_verb and not any(
        claim.key(i).endswith("s") and claim.key(i) not in FUNCTION_WORDS for i in rest
    ):
        return True
    participle = tail.key(stop).endswith("ing") or (
        tail.key(stop).endswith("ed") and tail.key(stop + 1) in PREPOSITIONS
    )
    spared = participle or "(" in tail.marks[stop]
    if _lacks_verb(claim):
        return True
    if tail.key(stop) == "and" and any(tail.key(i) in _TELL for i in range(stop + 1, stop + 4)):
        return True  # "…, Rick Potts [and colleagues report]"
    is_clause = tail.has_mark(stop) and tail.key(stop) in RELATIVES | CONJUNCTIONS
    if not has_verb and not spared and not is_clause:
        return True
    return tail.has_mark(stop) and may_be_verb(tail, stop) and not spared


def _loses_main_clause(claim: Line, tail: Line, stop: int) -> bool:
    """Tell whether a sentence that begins with a phrase ends in that phrase: "In the city, while …"."""
    if not (_leads(claim, 0) or _opens_clause(claim)):
        return False
    first_mark = next((i for i in range(1, len(tail.spoken)) if tail.has_mark(i)), 0)
    if first_mark >= stop:
        return True
    marks = [i for i in range(1, len(claim.spoken)) if claim.has_mark(i)]
    return bool(marks) and not any(
        not _leads(claim, a) and any(may_be_verb(claim, i) for i in range(a, b))
        for a, b in pairwise([*marks, len(claim.spoken)])
    )


def _opens_clause(claim: Line) -> bool:
    """Tell whether several words open a subordinate clause: "Now that", "Even if", "Two days after"."""
    first, second, third = (claim.key(i) for i in range(3))
    if (first in _WITH_THAT and second == "that") or (first, second) == ("rather", "than"):
        return True
    if first in _BEFORE_CLAUSE and second in SUBORDINATORS | {"as"}:
        return not (second in ("after", "before") and _has_subject_behind(claim, 1))
    moments = _MOMENTS if first == "the" else {"time", "moment"}
    if first in ("the", "every", "each") and second in moments and third in ARTICLES | PRONOUNS:
        return True  # "The day the bridge fell", "Every time he came"
    after = next((i for i in range(1, 4) if claim.key(i) in ("after", "before")), 0)
    return after > 0 and claim.key(after - 1) in _MOMENTS and not _has_subject_behind(claim, after)


def _has_subject_behind(claim: Line, after: int) -> bool:
    """Tell whether a second noun phrase stands before the verb: "after the vote the mayor left"."""
    verb = next((i for i in range(after + 1, len(claim.spoken)) if may_be_verb(claim, i)), 0)
    begins = (i for i in range(after + 2, verb) if claim.key(i) in ARTICLES)
    return any(claim.key(i - 1) not in PREPOSITIONS | ARTICLES for i in begins)


def _is_clause_alone(claim: Line) -> bool:
    """Tell whether a sentence put together from several is but a subordinate clause: "Whenever X said …"."""
    opens = claim.key(0) in (SUBORDINATORS - {"since", "after", "before"}) | _EVER
    return (opens or _opens_clause(claim)) and not any(claim.has_mark(i) for i in range(1, len(claim.spoken)))


def _leads(claim: Line, i: int) -> bool:
    """Tell whether a word opens a phrase or clause that is not the main one."""
    key = claim.key(i)
    opens = key in PREPOSITIONS | SUBORDINATORS | RELATIVES | {"according"}
    return opens or key.endswith(("ing", "ed"))


def _lacks_verb(claim: Line) -> bool:
    """Tell whether the last clause has no verb: "…, especially because his most valuable possession"."""
    last = max((i for i in range(len(claim.spoken)) if claim.key(i) in _CLAUSE_OPENERS), default=None)
    if last is None or claim.key(last + 1).endswith("ing"):
        return False
    if _never_returns(claim):
        return True
    rest = range(last + 1, len(claim.spoken))
    return not any(
        may_be_verb(claim, i) or (claim.key(i).endswith("s") and claim.key(i) not in PRONOUNS) for i in rest
    )


def _never_returns(claim: Line) -> bool:
    """Tell whether a relative clause follows the subject and the sentence ends in it: "Officers, who …"."""
    first = next((i for i in range(1, len(claim.spoken)) if claim.key(i) in ("who", "which")), 0)
    if first and not claim.has_mark(first):
        # "said 15 deputies who complained of pain": of two verbs one belongs to the deputies.
        told = max(
            (i for i in range(first) if claim.key(i) in REPORTING_VERBS or claim.key(i) == "that"), default=0
        )
        is_subject = not any(
            may_be_verb(claim, i) or claim.key(i) in PREPOSITIONS for i in range(told + 1, first)
        )
        n_verbs = sum(may_be_verb(claim, i) for i in range(first + 1, len(claim.spoken)))
        return is_subject and n_verbs < 2
    if not first or any(may_be_verb(claim, i) for i in range(first)):
        return False
    return not any(claim.has_mark(i) and may_be_verb(claim, i) for i in range(first + 1, len(claim.spoken)))


def _is_moved_time(aligned: Alignment, n: int) -> bool:
    """Tell whether run ``n`` is a time phrase put in front."""
    run = aligned.runs[n]
    return n == 0 and len(aligned.runs) > 1 and is_time_phrase(aligned.evidence[run.line], run.at, run.stop)


def _is_fronted_end(aligned: Alignment) -> bool:
    """Tell whether the claim ends where the time phrase stood that now begins it."""
    first, last = aligned.runs[0], aligned.runs[-1]
    return _is_moved_time(aligned, 0) and first.line == last.line and first.at == last.stop


def _bad_additions(aligned: Alignment) -> list[str]:
    edges = {run.start for run in aligned.runs[1:]}
    wrong = []
    for i in aligned.added:
        word = aligned.claim.spoken[i]
        if word.key not in _GLUE or i + 1 not in edges:
            wrong.append(f"junction: {word.text!r} is added")
    return wrong


def _between(aligned: Alignment, n: int) -> list[str]:
    """Judge the seam between run ``n - 1`` and run ``n``."""
    before, after = aligned.runs[n - 1], aligned.runs[n]
    seam = f"{aligned.claim.key(before.end - 1)!r} and {aligned.claim.key(after.start)!r}"
    glued = after.start > before.end
    if before.line == after.line:
        return _within(aligned, n, seam, glued)
    if not _keeps_speaker(aligned, after):
        return [f"junction: what follows {seam} is nothing that this speaker said"]
    if _may_switch(aligned, n):
        return []
    return [f"junction: {seam} come from two sentences and share too little"]


def _within(aligned: Alignment, n: int, seam: str, glued: bool) -> list[str]:
    """Judge a cut within one sentence: nothing reordered, and only what can go is gone."""
    before, after = aligned.runs[n - 1], aligned.runs[n]
    source = aligned.evidence[before.line]
    if glued:
        return [f"junction: a word is added between {seam}"]
    if _is_moved_time(aligned, n - 1):
        return [] if may_start(source, after.at) else [f"junction: {seam} are out of order"]
    if after.at < before.stop:
        return [f"junction: {seam} are out of order"]
    first = aligned.runs[0]
    if _is_moved_time(aligned, 0) and (first.at, first.stop) == (before.stop, after.at):
        return []
    lacks_comma = _closes_age(source, before.stop) and not aligned.claim.has_mark(after.start)
    if may_skip(source, before.stop, after.at) and not lacks_comma:
        return []
    return [f"junction: the cut between {seam} is at no border"]


def _closes_age(source: Line, stop: int) -> bool:
    """Tell whether a number set off by a comma ends before ``stop``: "Ryan, 23[, of Lowhaven], won"."""
    return source.key(stop - 1).isdigit() and source.has_mark(stop - 1) and source.has_mark(stop)


def _keeps_speaker(aligned: Alignment, run: Run) -> bool:
    """Tell whether words inside somebody's reported speech were that speaker's in their sentence."""
    start = aligned.claim.spoken[run.start].start
    source = aligned.evidence[run.line]
    place = source.spoken[run.at].start
    for report in reports(aligned.claim.text):
        if not any(a <= start < b for a, b in report.scopes):
            continue
        speaker = content_stems(report.speaker)
        if not any(
            speaker & content_stems(r.speaker) and any(a <= place < b for a, b in r.scopes)
            for r in reports(source.text)
        ):
            return False
    return True


def _may_switch(aligned: Alignment, n: int) -> bool:
    """Tell whether one of the reasons holds for which a switch of sentences is right."""
    before, after = aligned.runs[n - 1], aligned.runs[n]
    left = may_stop(aligned.evidence[before.line], before.stop)
    if left and _coordinates(aligned, before, after):
        return True
    if _resumes(aligned, n):
        return True
    n_shared = _n_shared(aligned, before, after)
    if any(_shares_subject(aligned, _moved(before, after, f)) for f in range(n_shared + 1)):
        return True
    if any(_continues(aligned, after, f, left or f > 0) for f in range(n_shared + 1)):
        return True
    return left and (_describes(aligned, before, after) or _apposes(aligned, after))


def _n_shared(aligned: Alignment, before: Run, after: Run) -> int:
    """Count how many words behind the seam both sentences have: the seam could be there as well."""
    source = aligned.evidence[before.line]
    n = 0
    while after.start + n < after.end and source.key(before.stop + n) == aligned.claim.key(after.start + n):
        n += 1
    return n


def _coordinates(aligned: Alignment, before: Run, after: Run) -> bool:
    """ "…, and B": a whole clause with its own subject follows a whole clause."""
    source, claim = aligned.evidence[after.line], aligned.claim
    inner = source.key(after.at) in COORDINATORS
    first = after.at + 1 if inner else after.at
    glue = claim.key(after.start if inner else after.start - 1)
    joined = glue in COORDINATORS and (inner or after.start > before.end)
    if not joined and ";" not in claim.marks[after.start]:
        return False
    if joined and glue != "and" and not inner:
        return False  # a contrast that nobody made
    # Without a comma "and" joins anything: nouns, verbs; "but" and "while" join clauses.
    if joined and glue == "and" and not claim.has_mark(after.start if inner else after.start - 1):
        return False
    opener = source.key(first)
    leans = opener in (PRONOUNS | {"either", "more", "less"}) - {
        "there",
        "some",
        "many",
        "most",
        "all",
    } or is_adverb(opener)
    # "…, and less interested in it" is half a phrase: both halves need a verb.
    told = any(may_be_verb(claim, i) for i in range(after.start))
    tells = any(may_be_verb(claim, i) for i in range(after.start + 1, len(claim.spoken)))
    return told and tells and may_start(source, first) and not leans and not is_verbish(source, first)


def _moved(before: Run, after: Run, shift: int) -> tuple[Run, Run]:
    """Move the seam over words that both sentences have."""
    return (
        Run(before.start, before.end + shift, before.line, before.at),
        Run(after.start + shift, after.end, after.line, after.at + shift),
    )


def _shares_subject(aligned: Alignment, seam: tuple[Run, Run]) -> bool:
    """ "A is …" and "A does … and says …": the second verb keeps its subject."""
    before, after = seam
    source, claim = aligned.evidence[after.line], aligned.claim
    if not may_stop(aligned.evidence[before.line], before.stop):
        return False
    if source.key(after.at) not in ("and", "but") or not is_verbish(source, after.at + 1):
        return False
    name = source.spoken[0]
    if not name.text[0].isupper() or claim.key(0) != name.key or name.key in ARTICLES | PRONOUNS:
        return False
    if aligned.runs[0].line == after.line or aligned.runs[0].at != 0:
        return False
    between = {source.key(i) for i in range(1, after.at)}
    return not between & (CONJUNCTIONS | RELATIVES | REPORTING_VERBS) and _is_verb_next(claim, source)


def _is_verb_next(claim: Line, source: Line) -> bool:
    """Tell whether the shared first word is the whole subject in both sentences."""
    capital = any(line.spoken[1].text[0].isupper() for line in (claim, source) if len(line.spoken) > 1)
    return (
        not capital and claim.key(1) not in ("and", "'s", "or") and source.key(1) not in ("and", "'s", "or")
    )


def _resumes(aligned: Alignment, n: int) -> bool:
    """Tell whether the claim returns to a sentence where it left it, behind a closed insertion."""
    before, after = aligned.runs[n - 1], aligned.runs[n]
    earlier = [r for r in aligned.runs[: n - 1] if r.line == after.line]
    if not earlier or n < 2:
        return False
    left = earlier[-1].stop
    source = aligned.evidence[after.line]
    closed = aligned.evidence[before.line].has_mark(before.stop) and aligned.claim.has_mark(after.start)
    return closed and (after.at == left or (after.at > left and may_skip(source, left, after.at)))


def _continues(aligned: Alignment, after: Run, shift: int, left: bool) -> bool:
    """Tell whether the claim says all that the second sentence says up to the seam, and goes on there."""
    source, claim = aligned.evidence[after.line], aligned.claim
    at, here = after.at + shift, after.start + shift
    needed = source.stems(0, at)
    said = claim.stems(0, here)
    if len([s for s in needed if s not in _TIME_STEMS and not s.isdigit()]) < 2 or not left:
        return False
    for k in range(len(said) - len(needed) + 1):
        if said[k : k + len(needed)] == needed and not _is_joined(claim, k):
            direct = k + len(needed) == len(said)
            border = source.has_mark(at) or source.key(at) in PREPOSITIONS | CONJUNCTIONS
            return direct or (border and source.key(at) not in RELATIVES)
    return False


def _is_joined(claim: Line, k: int) -> bool:
    """Tell whether the content word ``k`` of the claim is the second half of "A and B"."""
    places = [i for i in range(len(claim.spoken)) if claim.stems(i, i + 1)]
    return k > 0 and claim.key(places[k] - 1) in ("and", "or", "not", "nor")


def _describes(aligned: Alignment, before: Run, after: Run) -> bool:
    """ "A, which …": the relative clause hangs on the name that is its sentence's whole subject."""
    source, claim = aligned.evidence[after.line], aligned.claim
    glued = after.start > before.end
    relative = claim.key(after.start - 1) if glued else source.key(after.at)
    if relative not in ("which", "who", "whose") or not claim.has_mark(before.end):
        return False
    if glued and not is_verbish(source, after.at):
        return False
    head = source.stems(0, after.at)
    named = after.at > 0 and all(w.text[0].isupper() or w.key in ARTICLES for w in source.spoken[: after.at])
    return named and bool(head) and claim.stems(0, before.end)[-len(head) :] == head


def _apposes(aligned: Alignment, after: Run) -> bool:
    """ "Moscow, an ally of …": the apposition keeps the name in front of it."""
    source, claim = aligned.evidence[after.line], aligned.claim
    if source.key(after.at) not in ARTICLES or not source.has_mark(after.at) or after.at == 0:
        return False
    if not claim.has_mark(after.start) or not source.has_mark(after.stop):
        return False
    verbs = any(is_verbish(source, i) or source.key(i) == "and" for i in range(after.at, after.stop))
    name, here = source.spoken[after.at - 1], claim.spoken[after.start - 1]
    return name.text[0].isupper() and name.key == here.key and name.key not in MONTHS and not verbs
