"""Ways to make a true sentence false, to teach the checker what it must not let through.

Each function takes a claim, the other sentences of its article and a random generator, and returns the
claim with one error, or None where that kind of error can't be made. The kinds follow FactCC (Kryściński
et al. 2020, section 3.1: entity, number and pronoun swaps, negation) and what fusing models do wrong: titles
that move, subjects that merge, and splices, where a clause of one sentence is hung on a word of another.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from summarize.language import (
    content_stems,
    is_content,
    months,
    names,
    negations,
    quantities,
    reports,
    stem,
    weekdays,
    words,
)
from summarize.language.calendar import MONTHS, WEEKDAYS
from summarize.language.tokens import CONJUNCTIONS, PREPOSITIONS, RELATIVES, lowered, raised

Corruption = Callable[[str, list[str], random.Random], str | None]

_MAGNITUDES = ("hundred", "thousand", "million", "billion", "trillion")
_NUMBERS = tuple("two three four five six seven eight nine ten eleven twelve twenty thirty forty".split())
_DIGITS = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w])")
_SPELLED = re.compile(rf"\b(?:{'|'.join((*_NUMBERS, *_MAGNITUDES))})s?\b", re.I)
_POLAR = (
    "rose fell", "won lost", "supports opposes", "supported opposed", "support oppose", "before after",
    "accepted rejected", "above below", "first last", "higher lower", "increased decreased",
    "increase decrease", "approved rejected", "arrested released", "killed wounded", "more fewer",
    "gains losses", "gained lost",
    "began ended", "opened closed", "north south", "east west", "northern southern", "eastern western",
    "best worst", "left right", "start end", "allowed banned", "allows bans", "raised cut",
    "largest smallest", "highest lowest", "against for", "with without", "majority minority", "men women",
    "father mother", "son daughter", "older younger", "early late", "agreed refused", "success failure",
    "guilty innocent", "attack defend", "attacked defended", "buy sell", "bought sold", "joined left",
    "praised criticized", "allies enemies", "ally enemy", "confirmed denied", "includes excludes",
    "strong weak", "stronger weaker", "oldest youngest", "long short",
)  # fmt: skip
_OPPOSITES = {a: b for pair in _POLAR for a, b in (pair.split(), pair.split()[::-1])}
_MOODS = (
    (r"\b(?:may|might|could)\b", "will"),
    (r"\bwould\b", "will"),
    (r"\b(?:is|are) expected to\b", "will"),
    (r"\b(?:plans|hopes|wants|intends) to\b", "is going to"),
    (r"\bwill be\b", "was"),
    (r"\bhas been\b", "will be"),
    (r"\b(?:was|were)\b", "will be"),
    (r"\b(?:allegedly|reportedly|possibly|probably|likely) ", ""),
    (r"\balleged ", ""),
    (r"\bsuspected ", ""),
    (r"\baccused of\b", "convicted of"),
    (r"\b(?:failed|refused|declined) to\b", "agreed to"),
    (r"\btried to\b", "managed to"),
    (r"\bat least\b", "at most"),
    (r"\b(?:more|higher) than\b", "less than"),
    (r"\b(?:less|lower|fewer) than\b", "more than"),
    (r"\bnearly|almost\b", "more than"),
    (r"\bif\b", "because"),
    (r"\bsome\b", "all"),
    (r"\bmost\b", "all"),
)
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|must|may|might|does|did)\b"
    r"(?! not\b|n['’]t)"
)
_REPORT_AHEAD = re.compile(
    r"^(?P<who>[^,;“”\"]{3,60}?) (?:said|says|claimed|argued|added|warned|insisted|alleged)(?: \w+day)? "
    r"(?:that )?(?P<what>.+)$"
)
_REPORT_BEHIND = re.compile(
    r"^(?P<what>[^“”\"]{25,}), "
    r"(?:according to [^,]{3,60}|[^,]{3,50} (?:said|says|told reporters)(?: on \w+day)?)\.$"
)
_SUBJECT = re.compile(
    r"^(?!(?:He|She|It|They|We|I|You|This|That|These|Those|There|Who|What|But|And)\b)"
    r"(?P<subject>(?:[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3})|The [a-z]+(?: [a-z]+)?) "
    r"(?P<rest>(?:is|are|was|were|has|have|had|will|would|said|told|did|\w{3,}ed)\b.+)$"
)
_HANGING = re.compile(
    r", (?:which|who|where|whose|after|while|as|and|but|when|because|a|an|the) [^.]{12,110}(?=[.,])"
)
_MIN_SIDE = 3  # words on either side of a splice
_PHRASE_OPENERS = PREPOSITIONS | CONJUNCTIONS | RELATIVES | {"not", "also", "now", "then", "too"}


def swap_name(claim: str, others: list[str], rng: random.Random) -> str | None:
    """Put another name of the article in a name's place."""
    mine = names(claim)
    known = {n.text: n for s in (claim, *others) for n in names(s)}
    if not mine or len(known) < 2:
        return None
    old = rng.choice(mine)
    apart = [t for t, n in known.items() if not set(n.key.split()) & set(old.key.split())]
    return _replaced(claim, old.start, old.end, rng.choice(apart)) if apart else None


def move_title(claim: str, others: list[str], rng: random.Random) -> str | None:
    """Leave a title where it stands and put another person behind it."""
    titled = [n for n in names(claim) if n.title]
    people = [n.text for s in (claim, *others) for n in names(s)]
    if not titled:
        return None
    old = rng.choice(titled)
    apart = [p for p in dict.fromkeys(people) if not set(p.split()) & set(old.text.split())]
    return _replaced(claim, old.start, old.end, rng.choice(apart)) if apart else None


def exchange_names(claim: str, others: list[str], rng: random.Random) -> str | None:
    """Let two names of the claim change places: who did it and to whom."""
    mine = names(claim)
    pairs = [
        (a, b)
        for k, a in enumerate(mine)
        for b in mine[k + 1 :]
        if not set(a.key.split()) & set(b.key.split())
    ]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    if re.fullmatch(r",? (?:and|or|,) ", claim[a.end : b.start]) or not claim[a.end : b.start].strip(" ,"):
        return None
    return claim[: a.start] + b.text + claim[a.end : b.start] + a.text + claim[b.end :]


def change_number(claim: str, others: list[str], rng: random.Random) -> str | None:
    """Change a figure, or take another one from the article."""
    numerals = list(_DIGITS.finditer(claim))
    spelled = list(_SPELLED.finditer(claim))
    if not numerals and not spelled:
        return None
    match = rng.choice(numerals + spelled)
    return _replaced(claim, match.start(), match.end(), _other_number(match.group(), others, rng))


def _other_number(old: str, others: list[str], rng: random.Random) -> str:
    word = old.lower()
    for known in (_NUMBERS, _MAGNITUDES):
        if word in known:
            return _cased(rng.choice([n for n in known if n != word]), old)
        if word.rstrip("s") in known:
            return _cased(rng.choice([n for n in known if n != word.rstrip("s")]) + "s", old)
    elsewhere = [q.text for s in others for q in quantities(s) if q.kind == "count" and q.text.isdigit()]
    if elsewhere and rng.random() < 0.4 and (taken := rng.choice(elsewhere)) != old:
        return taken
    value = float(old.replace(",", ""))
    step = value + rng.choice((-3, -2, -1, 1, 2, 3))
    is_year = len(old) == 4 and old[:2] in ("19", "20")
    changed = step if is_year or rng.random() < 0.4 else rng.choice((value * 2, value * 10, value + 10))
    if changed == value or changed < 0:
        changed = value + 1
    if "." in old:
        return f"{changed:.{len(old.split('.')[1])}f}"
    return f"{changed:,.0f}" if "," in old or changed >= 10_000 else f"{changed:.0f}"


def change_date(claim: str, others: list[str], rng: random.Random) -> str | None:
    """Put another weekday or month in one's place."""
    found = [(w, WEEKDAYS) for w in weekdays(claim)] + [(w, MONTHS) for w in months(claim)]
    if not found:
        return None
    word, known = rng.choice(found)
    full = [n for n in known if len(n) > 4 or n == "may"]
    return _replaced(
        claim, word.start, word.end, raised(rng.choice([n for n in full if n[:3] != word.key[:3]]))
    )


def change_year(claim: str, others: list[str], rng: random.Random) -> str | None:
    """Change a year by one to nine."""
    found = list(re.finditer(r"\b(?:19|20)\d\d\b", claim))
    if not found:
        return None
    match = rng.choice(found)
    return _replaced(
        claim, match.start(), match.end(), str(int(match.group()) + rng.choice((-9, -4, -2, -1, 1, 2, 3)))
    )


def negate(claim: str, others: list[str], rng: random.Random) -> str | None:
    """Drop a negation, or add one."""
    found = [w for w in negations(claim) if w.key in ("not", "never", "no")]
    if found and rng.random() < 0.7:
        word = rng.choice(found)
        return _squeezed(claim[: word.start] + claim[word.end :])
    if contracted := re.search(r"(?<=\w)n['’]t\b", claim):
        return _replaced(claim, contracted.start(), contracted.end(), "")
    places = list(_AUXILIARY.finditer(claim))
    if not places:
        return None
    match = rng.choice(places)
    return claim[: match.end()] + " not" + claim[match.end() :]


def change_mood(claim: str, others: list[str], rng: random.Random) -> str | None:
    """Turn what may be into what is, what will be into what was, some into all."""
    return _by_pattern(claim, _MOODS, rng)


def reverse(claim: str, others: list[str], rng: random.Random) -> str | None:
    """Put the opposite in a word's place."""
    found = [w for w in words(claim) if w.key in _OPPOSITES]
    if not found:
        return None
    word = rng.choice(found)
    return _replaced(claim, word.start, word.end, _cased(_OPPOSITES[word.key], word.text))


def swap_speaker(claim: str, others: list[str], rng: random.Random) -> str | None:
    """Give what somebody said to another."""
    mine = [r for r in reports(claim) if r.speaker and len(r.speaker) < 60]
    known = [r.speaker for s in others for r in reports(s) if r.speaker and len(r.speaker) < 60]
    known += [n.text for s in (claim, *others) for n in names(s)]
    if not mine:
        return None
    report = rng.choice(mine)
    said, start = content_stems(report.speaker), report.start
    apart = [k for k in dict.fromkeys(known) if content_stems(k) and not content_stems(k) & said]
    if not apart or not claim.startswith(report.speaker, start):
        return None
    new = rng.choice(apart)
    return _replaced(claim, start, start + len(report.speaker), raised(new) if start == 0 else new)


def drop_speaker(claim: str, others: list[str], rng: random.Random) -> str | None:
    """Make a fact of what somebody claims."""
    if found := _REPORT_AHEAD.match(claim):
        return raised(found["what"])
    if found := _REPORT_BEHIND.match(claim):
        return found["what"] + "."
    return None


def merge_subjects(claim: str, others: list[str], rng: random.Random) -> str | None:
    """Let one sentence's subject do what another's did."""
    mine = _SUBJECT.match(claim)
    theirs = [m for s in others if (m := _SUBJECT.match(s)) and not _alike(m["subject"], claim)]
    return f"{mine['subject']} {rng.choice(theirs)['rest']}" if mine and theirs else None


def splice(claim: str, others: list[str], rng: random.Random) -> str | None:
    """Join two sentences at a word that they share, so that the second half hangs on the wrong one."""
    tokens = words(claim)
    places: list[str] = []
    for other in others:
        theirs = {stem(w.text): w for w in words(other) if is_content(w)}
        for k, word in enumerate(tokens):
            match = theirs.get(stem(word.text)) if is_content(word) else None
            if match is None or k < _MIN_SIDE:
                continue
            rest = other[match.end :]
            if len(rest.split()) >= _MIN_SIDE and not _says(claim[word.end :], rest):
                places.append(claim[: word.end] + rest)
    return rng.choice(places) if places else None


def hang(claim: str, others: list[str], rng: random.Random) -> str | None:
    """Hang a clause or an apposition of another sentence on this one."""
    clauses = [m.group() for s in others for m in _HANGING.finditer(s)]
    clauses = [c for c in clauses if not _says(claim, c)]
    if not clauses:
        return None
    clause = rng.choice(clauses)
    commas = [m.start() for m in re.finditer(r",", claim) if len(claim[: m.start()].split()) >= _MIN_SIDE]
    if commas and rng.random() < 0.4:
        at = rng.choice(commas)
        return claim[:at] + clause + claim[at:]
    return claim.rstrip(".") + clause + "."


def cut_amiss(claim: str, others: list[str], rng: random.Random) -> str | None:
    """Cut words out, or off the end, where no phrase begins: what is left says something else, or nothing."""
    tokens = words(claim)
    if len(tokens) < 3 * _MIN_SIDE:
        return None
    places = [
        k
        for k in range(_MIN_SIDE, len(tokens) - 1)
        if tokens[k].key not in _PHRASE_OPENERS and claim[tokens[k - 1].end : tokens[k].start] == " "
    ]
    if not places:
        return None
    first = rng.choice(places)
    left = len(tokens) - first
    if left < 2 * _MIN_SIDE or rng.random() < 0.5:
        return claim[: tokens[first].start].rstrip() + "."
    last = first + rng.randint(2, min(9, left - _MIN_SIDE))
    return claim[: tokens[first].start] + claim[tokens[last].start :]


KINDS: dict[str, tuple[Corruption, float]] = {
    "name": (swap_name, 1.5),
    "title": (move_title, 0.8),
    "roles": (exchange_names, 1.0),
    "number": (change_number, 1.5),
    "date": (change_date, 0.7),
    "year": (change_year, 0.4),
    "negation": (negate, 1.2),
    "mood": (change_mood, 1.0),
    "opposite": (reverse, 0.8),
    "speaker": (swap_speaker, 1.0),
    "unattributed": (drop_speaker, 0.6),
    "subjects": (merge_subjects, 1.0),
    "splice": (splice, 2.5),
    "clause": (hang, 1.2),
    "cut": (cut_amiss, 1.8),
}
"""Every kind of error with the weight that it is drawn with."""


def corrupted(claim: str, others: list[str], rng: random.Random) -> tuple[str, str] | None:
    """Plant one error of a kind drawn by weight, falling back on the others.

    :param others: sentences of the same article that don't say what the claim says.
    :return: the false claim and the kind of its error.
    """
    left = list(KINDS)
    while left:
        kind = rng.choices(left, [KINDS[k][1] for k in left])[0]
        made = KINDS[kind][0](claim, others, rng)
        if made is not None and made != claim and made not in others:
            return made, kind
        left.remove(kind)
    return None


def _by_pattern(claim: str, patterns: tuple[tuple[str, str], ...], rng: random.Random) -> str | None:
    found = [(m, new) for p, new in patterns for m in re.finditer(p, claim)]
    if not found:
        return None
    match, new = rng.choice(found)
    return _replaced(claim, match.start(), match.end(), new)


def _replaced(text: str, start: int, end: int, new: str) -> str:
    made = text[:start] + new + text[end:]
    return raised(made) if start == 0 else made


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _cased(new: str, old: str) -> str:
    return raised(new) if old[:1].isupper() else lowered(new)


def _alike(subject: str, claim: str) -> bool:
    return bool(content_stems(subject) & content_stems(claim))


def _says(text: str, part: str) -> bool:
    """Tell whether a text holds nearly all content of a part."""
    wanted = content_stems(part)
    return len(wanted & content_stems(text)) >= 0.7 * len(wanted)
