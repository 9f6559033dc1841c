"""Denials and competing versions in a sentence: what is disputed, in which word, and by whom.

Contract: pure functions of one sentence; every content word of what they return stands in it. To deny bail
or to reject a bill denies nothing that was said, so verbs count only where a statement is their object.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarize.disagreement.figures import Statement, figures
from summarize.disagreement.values import compatible
from summarize.language import Report, content_stems, negations, quotations, reports, stem
from summarize.language.speech import is_inside

_FALSE_WORDS = "false|untrue|baseless|fabricated|unfounded|fake|a lie|lies|fiction"
_FALSE_WORD = re.compile(_FALSE_WORDS, re.IGNORECASE)  # few sentences hold one, so it is looked for first
_FALSE = re.compile(
    r"\b(?:is|are|was|were|be|being|as|called?|calls|calling|labell?ed)\b[^.,;]{0,60}?"
    rf"\b({_FALSE_WORDS})\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(denied|denies|disputed|disputes|rejected|rejects|refuted|refutes|dismissed|dismisses"
    r"|contradicted|contradicts)\b"
)
_RELATIVE = re.compile(r"\b(?:which|who|whose)\b[^,;]*$")
_STATEMENT = re.compile(
    r"\b(?:claims?|reports?|reporting|allegations?|accusations?|charges?|suggestions?|account|accounts"
    r"|assertions?|statements?|"
    r"involvement|responsibility|wrongdoing|figures?|toll|estimates?|rumou?rs|version|story"
    r"|characterization|notion|"
    r"having|that|being|knowing|any|it|this)\b",
    re.IGNORECASE,
)
_NO_STATEMENT = re.compile(
    r"^\W*(?:an? |the |his |her |their |its |them |him )?(?:\w+ )?(?:bail|access|entry|requests?|asylum"
    r"|parole|permission|motion|bill|"
    r"petition|appeal|visas?|benefits|coverage|treatment|service|proposal|offer|deal|plan|nomination"
    r"|permits?)\b"
)
_REACH = 8  # words behind a verb in which its object is looked for
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be)(?: \w+ly)?\s+$")
_TAIL = re.compile(
    r"(?:\b(?:has|have|had|also|repeatedly|flatly|strongly|strenuously|quickly|immediately"
    r"|categorically|vehemently|"
    r"later|on|\w+day|previously|again|since|firmly|publicly)\s*)+$"
)
_CONTRAST = re.compile(r",?\s+(?:while|but|whereas|though|although)\s", re.IGNORECASE)
_PAST = {
    "denies": "denied",
    "disputes": "disputed",
    "rejects": "rejected",
    "refutes": "refuted",
    "dismisses": "dismissed",
    "contradicts": "contradicted",
}
MAX_SPEAKER = 14  # words


@dataclass(frozen=True, slots=True)
class Denial:
    """Somebody says that something is not so; ``speaker`` may be empty."""

    speaker: str
    word: str  # "false", "denied" …
    content: frozenset[str]  # stems of what is denied

    @property
    def value(self) -> str:
        """Return the position in words: "false, according to …", "denied by …"."""
        if self.word not in _PAST.values():
            return f"{self.word}, according to {self.speaker}" if self.speaker else f"called {self.word}"
        return f"{self.word} by {self.speaker}" if self.speaker else self.word


@dataclass(frozen=True, slots=True)
class Version:
    """What one side says."""

    speaker: str
    text: str

    @property
    def value(self) -> str:
        return f"{self.text}, according to {self.speaker}"


def denial(text: str) -> Denial | None:
    """Return what a sentence denies, or None."""
    text = " ".join(text.split())
    return _by_verb(text) or _called_false(text)


def versions(text: str) -> tuple[Version, Version] | None:
    """Return the two versions of "X said …, while Y said …" if both can't be true, or None."""
    text = " ".join(text.split())
    border = next((m for m in _CONTRAST.finditer(text) if not is_inside(m.start(), quotations(text))), None)
    if border is None:
        return None
    first, second = text[: border.start()], text[border.end() :].rstrip(".")
    found = [_version(first), _version(second)]
    if found[0] is None or found[1] is None or found[0].speaker == found[1].speaker:
        return None
    return (found[0], found[1]) if _opposed(found[0].text, found[1].text) else None


def _version(clause: str) -> Version | None:
    told = [r for r in reports(clause) if r.speaker]
    if len(told) != 1:
        return None
    start, end = max(told[0].scopes, key=lambda s: s[1] - s[0])
    said = clause[start:end].strip(' ,“”"').removeprefix("that ").strip()
    return Version(_described(clause, told[0]), said) if len(said.split()) >= 3 else None


def _opposed(first: str, second: str) -> bool:
    """Tell whether two statements are about the same and differ in a figure or a negation."""
    shared = content_stems(first) & content_stems(second)
    mine, theirs = figures(Statement(first, 0)), figures(Statement(second, 0))
    pairs = [(x, y) for x in mine for y in theirs if x.kind == y.kind]
    if pairs:
        return bool(shared) and not any(compatible(x.quantity, y.quantity) for x, y in pairs)
    denied = bool(negations(first) or denial(first)) != bool(negations(second) or denial(second))
    return len(shared) >= 2 and denied


def _by_verb(text: str) -> Denial | None:
    for match in _VERB.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        if (
            is_inside(match.start(), quotations(text))
            or _PASSIVE.search(before)
            or _NO_STATEMENT.search(after)
        ):
            continue
        near = " ".join(after.split()[:_REACH])
        denies = match[1] in ("denied", "denies")
        if not _STATEMENT.search(near) and not (denies and re.match(r"\s+\w+ing\b", after)):
            continue
        word = _PAST.get(match[1], match[1])
        return Denial(_subject(before), word, content_stems(after))
    return None


def _called_false(text: str) -> Denial | None:
    match = _FALSE.search(text) if _FALSE_WORD.search(text) else None
    if match is None or _RELATIVE.search(text[: match.start()]):
        return None  # "his speech, which included statements called untrue": which ones, nobody says
    told = [r for r in reports(text) if r.speaker]
    speaker = _described(text, told[0]) if told else ""
    return Denial(
        speaker, match[1].casefold(), content_stems(text) - content_stems(speaker) - {stem(match[1])}
    )


def _subject(before: str) -> str:
    """Return the subject that ends a clause: what follows the last border, adverbs cut off."""
    head = _TAIL.sub("", before.rstrip()).rstrip()
    appositive = re.search(r"([A-Z][^,]*, (?!in |at |on |through |via |after |with |who )[^,]{3,80}),$", head)
    if appositive:
        head = appositive[1]
    elif head.endswith(","):
        head = head.split(",")[0]  # "The White House, in a statement, denied"
    else:
        head = re.split(r"[,;:–—]\s|\b(?:but|while|and|although|though|that|after|as|who)\s", head)[-1]
    return head.strip() if 0 < len(head.split()) <= MAX_SPEAKER else ""


def _described(text: str, report: Report) -> str:
    """Return a speaker with the description that stands in commas behind the name."""
    pattern = re.escape(report.speaker) + r", ([^,;“”\"]{3,90}), (?:\w+ )?" + re.escape(report.verb)
    match = re.search(pattern, text)
    behind = re.search(
        rf"{re.escape(report.verb)} {re.escape(report.speaker)}, ([^,;“”\"]{{3,90}}?)[.,]?$", text
    )
    found = match or behind
    return f"{report.speaker}, {found[1]}" if found else report.speaker
