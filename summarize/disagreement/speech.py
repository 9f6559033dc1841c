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
from summarize.language.quotations import is_inside
from summarize.language.tokens import lowered

_FALSE_WORDS = "false|untrue|baseless|fabricated|unfounded|fake|a lie|absurd|nonsense"
_FALSE_WORD = re.compile(_FALSE_WORDS, re.IGNORECASE)  # few sentences hold one, so it is looked for first
_FALSE = re.compile(
    r"\b(?:is|are|was|were|be|being|as|called?|calls|calling|labell?ed)\b[^.,;]{0,60}?"
    # A statement is false; "fake news" and "false claims" are only called so in passing.
    rf"(?<!\ba )\b({_FALSE_WORDS})\b"
    r"(?=[”\"’]?\s*(?:[.,;:!?)]|$|\s(?:and|or|but|by|because|in|at|on|when|while|as)\b))",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(denied|denies|disputed|disputes|rejected|rejects|refuted|refutes|dismissed|dismisses"
    r"|contradicted|contradicts)\b"
)
_RELATIVE = re.compile(r"\b(?:which|who|whose|whether|if)\b")
_NOT = re.compile(r"\b(?:not|never|neither|nor|known)\b|n['’]t\b")
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
_WITHDRAWN = re.compile(
    r"\b(?:initially|originally|at first) (?:denied|disputed|rejected|dismissed)\b|"
    r"\bbefore (?:later )?(?:admitting|acknowledging|conceding|confirming)\b"
)
_PASSED = "motion|resolution|bill|measure|amendment|ruling"
_RULES = re.compile(rf"\b(?:court|judges?|justices?|panel|jury|jurors|{_PASSED})$", re.IGNORECASE)
_MOTION = re.compile(rf"\b(?:{_PASSED}|vote) (?:that|which)(?: \w+ly)?\s+$")
# "to label certain tweets as false": which ones, nobody says
_LABELS = re.compile(
    r"\b(?:label|flag|mark|treat)(?:s|ing|l?ed|l?ing)? (?:certain|some|any|such|[\w’'-]+s) "
    r"(?:[\w’'-]+ ){0,3}as $"
)
_MAYBE = re.compile(r"\b(?:could|may|might)(?: \w+ly)?\s+$")
_REACH = 8  # words behind a verb in which its object is looked for
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be)(?: \w+ly)?\s+$")
_TAIL = re.compile(
    r"(?:\b(?:has|have|had|also|repeatedly|flatly|strongly|strenuously|quickly|immediately"
    r"|categorically|vehemently|"
    r"later|on|\w+day|previously|again|since|firmly|publicly)\s*)+$"
)
# "any link between the two and said that …" is about the link
_OBJECT_ENDS = re.compile(
    r"[;—–]|:\s|,\s|(?<=[a-z]{4})[.!?][”\"]?\s|\s(?:but|while|whereas|although|though|saying|calling|insisting)\s"
    r"|\sand (?:\w+ly )?(?:said|says|told|tells|accused|called|insisted|added|argued|claimed|vowed)\b"
)
_DOES_TWO_THINGS = re.compile(r"^([A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)*) [a-z][^,;]*\band$")
_CLAUSE_BEGINS = re.compile(
    r"^\W*(?:While|Although|Though|But|And|However|Meanwhile),? |[;:] "
    r"|,? (?:but|while|although|though|because|whereas) ",
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
_NOBODY = frozenset("he she it they i we further also sources".split())
MAX_SPEAKER = 14  # words


@dataclass(frozen=True, slots=True)
class Denial:
    """Somebody says that something is not so; ``speaker`` may be empty.

    ``denied`` is what the denial speaks of, as it stands; ``clause`` is the denial itself in its own words,
    without a final full stop, and with who says so: "reports of a flow are false, according to the army".
    """

    speaker: str
    word: str  # "false", "denied" …
    denied: str
    clause: str

    @property
    def content(self) -> frozenset[str]:
        """Stems of what is denied."""
        return content_stems(self.denied) - content_stems(self.speaker) - {stem(self.word)}


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


def calls_false(text: str) -> bool:
    """Tell whether a sentence calls something false, whoever says so."""
    return _FALSE.search(" ".join(text.split())) is not None


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
    longest = max(told[0].scopes, key=lambda s: s[1] - s[0])
    said = _said_at(clause, told[0], longest[0])
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
    if _WITHDRAWN.search(text):
        return None
    for match in _VERB.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        if (
            is_inside(match.start(), quotations(text))
            or _PASSIVE.search(before)
            or _NO_STATEMENT.search(after)
            or _MOTION.search(before)
        ):
            continue
        if match[1].startswith(("reject", "dismiss")) and _RULES.search(_subject(before)):
            continue  # a court decides on a claim, and says nothing of what happened
        near = " ".join(after.split()[:_REACH])
        denies = match[1] in ("denied", "denies")
        if not _STATEMENT.search(near) and not (denies and re.match(r"\s+\w+ing\b", after)):
            continue
        word = _PAST.get(match[1], match[1])
        border = _OBJECT_ENDS.search(after)
        denied = after[: border.start() if border else None].rstrip(" .")
        speaker = _subject(before)
        return Denial(speaker, word, denied.strip(), _whole_clause(before) + match[1] + denied)
    return None


def _whole_clause(before: str) -> str:
    """Return what stands before a verb from the beginning of its clause on, a list of subjects whole."""
    borders = list(_CLAUSE_BEGINS.finditer(before))
    return before[borders[-1].end() if borders else 0 :]


def _called_false(text: str) -> Denial | None:
    match = _FALSE.search(text) if _FALSE_WORD.search(text) else None
    if (
        match is None
        or _NOT.search(match[0])
        or _LABELS.search(text[: match.start(1)])
        or _MAYBE.search(text[: match.start()])
    ):
        return None
    clause = re.split("[,;]", text[: match.start(1)])[-1]
    if _RELATIVE.search(clause):
        return None  # "his speech, which included statements called untrue": which ones, nobody says
    told = [r for r in reports(text) if r.speaker and r.speaker.casefold() not in _NOBODY]
    if not told:
        return None  # nobody knows whose word it is
    speaker = _described(text, told[0])
    said = _said_at(text, told[0], match.start(1))
    if re.fullmatch(r"(?!police$)[a-z]+(?<!s)", speaker):
        return None  # "attorney": whose?
    said = said.rstrip(".")
    said += "”" if said.count("“") > said.count("”") else ""
    said = lowered(said) if _STATEMENT.match(said) else said  # "Reports of …", no name
    clause = f"{said}, according to {speaker}" if said else text.rstrip(".")
    return Denial(speaker, match[1].casefold(), text, clause)


def _said_at(text: str, report: Report, at: int) -> str:
    """Return what a report says, as far as it covers a place; empty if the place is none of its words."""
    said = next((text[start:end] for start, end in report.scopes if start <= at < end), "")
    return said.strip(' ,“”"').removeprefix("that ").strip()


def _subject(before: str) -> str:
    """Return the subject that ends a clause: what follows the last border, adverbs cut off."""
    head = _TAIL.sub("", before.rstrip()).rstrip()
    appositive = re.search(r"([A-Z][^,]*, (?!in |at |on |through |via |after |with |who )[^,]{3,80}),$", head)
    if appositive:
        head = appositive[1]
    elif doer := _DOES_TWO_THINGS.match(head):
        head = doer[1]  # "Netanyahu has maintained his innocence and denied"
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
