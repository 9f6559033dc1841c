"""Mentions: people are introduced once, by role and full name, and called by their surname from then on.

Nenkova & McKeown (2003), "References to named entities: a corpus study": sentences that were taken from
many articles read as one text when the first mention of a person gives the full name and the later ones
the surname. The sentence that introduces a person is cited with the claim; a form that the checker does
not let through, or for which there is no room, is not used: then the full name alone is tried.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from summarize.composing import Composed, is_supported
from summarize.language import names
from summarize.language.people import APPOSITION, Mention, Person, mentions, people
from summarize.language.speech import REPORTING_VERBS
from summarize.language.tokens import word_set
from summarize.segmentation import plain
from summarize.types import Checker, Sentence

_INTRODUCED = 2  # people at most whom one sentence introduces
# "Trump administration", "Assad forces": there the surname belongs to a thing.
_OWNED = word_set(
    """administration regime government campaign team family allies supporters officials aides era rally
    trial case presidency forces camp loyalists backers voters circle organization company foundation"""
)

# "Hill v. Stone" is the name of a case.
_CASE, _IN_CASE = re.compile(r" vs?\.? [A-Z]"), re.compile(r"[A-Z][\w’'-]* vs?\.? $")
_APPOSITION = rf", (?P<who>{APPOSITION})(?=,(?! [A-Z][\w’'-]+ [A-Z])|\.$)"
_BEHIND_APPOSITION = re.compile(rf"[,.]|(?= (?:{'|'.join(sorted(REPORTING_VERBS))})\b) ")


@dataclass(frozen=True, slots=True)
class _Introduction:
    """A person, and the sentence that gives role and full name, as ``form`` finds them.

    ``apposition`` says who that is behind the name, "a lawyer for the town", where no title does in front.
    """

    person: Person
    sentence: Sentence
    form: re.Pattern[str]
    apposition: str = ""

    def beside(self, told: Sequence[Sentence]) -> Sentence:
        """Return the sentence to cite with a claim: one of its own that says so, before any other."""
        return next((s for s in told if self.form.search(plain(s.text))), self.sentence)


def refer(
    topics: Sequence[Sequence[Composed]],
    stories: Mapping[int, Sequence[Sentence]],
    checker: Checker,
    min_support: float,
    spare_words: int,
) -> list[list[Composed]]:
    """Word the mentions of people anew, in reading order.

    :param stories: all sentences of each story.
    :param spare_words: how much longer all claims together may become.
    """
    cited = frozenset(s for topic in topics for composed in topic for s in composed.cited)
    of_topics = {composed.planned.rated.story for topic in topics for composed in topic}
    known = {k: _introductions(sentences, cited) for k, sentences in stories.items() if k in of_topics}
    told: set[tuple[int, str]] = set()
    worded = []
    for topic in topics:
        claims = []
        for composed in topic:
            story = composed.planned.rated.story
            seen = {s for k, s in told if k == story}
            forms = (_referred(composed, known.get(story, {}), seen, role) for role in (True, False))
            fit = (
                form
                for form in forms
                if form is composed
                or (
                    _n_words(form) - _n_words(composed) <= max(0, spare_words)
                    and _passes(form, checker, min_support)
                )
            )
            new = next(fit, composed)
            spare_words -= _n_words(new) - _n_words(composed)
            told |= {(story, m.person.surname) for m in _mentions(new, known.get(story, {})) if _tells(m)}
            claims.append(new)
        worded.append(claims)
    return worded


def _introductions(sentences: Sequence[Sentence], cited: frozenset[Sentence]) -> dict[str, _Introduction]:
    """Return by surname where each person is introduced in full.

    A passage that no claim tells comes before those that are cited already, early ones before late ones.
    """
    texts = {id(s): plain(s.text) for s in sentences}
    found = {}
    for person in people(list(texts.values())):
        form = re.compile(rf"(?<![\w-]){re.escape(person.introduction)}(?![\w-])")
        places = sorted(
            (s for s in sentences if form.search(texts[id(s)])),
            key=lambda s: (s in cited, s.order, len(s.text), s.text),
        )
        told = re.compile(rf"(?<![\w-]){re.escape(person.introduction)}{_APPOSITION}")
        presented = next((s for s in places if not person.role and told.search(texts[id(s)])), None)
        if presented and (own := told.search(texts[id(presented)])):
            form = re.compile(rf"(?<![\w-]){re.escape(own[0])}")
            found[person.surname] = _Introduction(person, presented, form, own["who"])
        elif places:
            found[person.surname] = _Introduction(person, places[0], form)
    return found


def _mentions(composed: Composed, known: Mapping[str, _Introduction]) -> tuple[Mention, ...]:
    assert composed.choice is not None
    return mentions(composed.choice.text, [i.person for i in known.values()])


def _referred(
    composed: Composed, known: Mapping[str, _Introduction], told: set[str], with_role: bool
) -> Composed:
    """Return the claim with its mentions worded anew; the claim itself if there is nothing to do.

    :param with_role: whether a first mention gives more than the full name.
    """
    choice = composed.choice
    assert choice is not None
    text, seen = choice.text, set(told)
    cited: list[Sentence] = []
    changes: list[tuple[int, int, str]] = []
    for found in _mentions(composed, known):
        surname = found.person.surname
        if surname in seen and not _is_listed(found, text):
            changes += _shortened(found, text)
        elif surname in seen:
            continue
        elif with_role and _lacks_apposition(found, known[surname], text) and len(cited) < _INTRODUCED:
            changes.append((found.end, found.end, f", {known[surname].apposition},"))
            cited.append(known[surname].beside(composed.cited))
        elif with_role and _lacks_role(found) and len(cited) < _INTRODUCED:
            changes.append((found.begin, found.end, found.person.introduction))
            cited.append(known[surname].beside(composed.cited))
        elif _may_introduce(found, text) and len(cited) < _INTRODUCED:
            changes.append(_introduced(found, with_role, known[surname].apposition, text))
            cited.append(known[surname].beside(composed.cited))
        if _tells(found):
            seen.add(surname)
    for start, end, form in reversed(changes):
        text = text[:start] + form + text[end:]
    if text == choice.text:
        return composed
    new = replace(choice, text=text, method="fused", introducing=tuple(dict.fromkeys(cited)))
    return replace(composed, choice=new)


def _introduced(found: Mention, with_role: bool, apposition: str, text: str) -> tuple[int, int, str]:
    """Give a first mention the full name, and the role if wanted, unless it has a title of its own.

    An apposition goes where a mark or a verb of saying follows: "Ann Hill, a lawyer, said".
    """
    behind = _BEHIND_APPOSITION.match(text, found.end) if with_role and apposition else None
    if behind is not None:
        comma = "" if behind[0] in ",." else ","
        return found.begin, found.end, f"{found.person.full}, {apposition}{comma}"
    if not with_role and _is_courtesy(found):
        return found.begin, found.end, found.person.full
    if found.begin < found.start and not _is_courtesy(found):
        return found.start, found.end, found.person.full
    return found.begin, found.end, found.person.introduction


def _is_courtesy(found: Mention) -> bool:
    return found.start - found.begin <= len("Mrs. ")


def _tells(found: Mention) -> bool:
    """Tell whether a reader knows from a mention who the surname means later."""
    return found.is_full or found.person.is_only


def _may_introduce(found: Mention, text: str) -> bool:
    """Tell whether a first mention is a bare surname that stands for the person."""
    following = re.match(r" (\w+)", text[found.end :])
    owns = following is not None and following[1].casefold() in _OWNED
    if _CASE.match(text, found.end) or _IN_CASE.search(text[: found.begin]):
        return False
    return found.person.is_only and not found.is_full and found.is_free and not owns


def _lacks_apposition(found: Mention, known: _Introduction, text: str) -> bool:
    """Tell whether somebody is named in full, and right behind the name nothing says who that is."""
    behind = _BEHIND_APPOSITION.match(text, found.end)
    is_named = found.is_full and found.is_free and text[found.begin : found.end] == found.person.full
    return is_named and bool(known.apposition) and behind is not None and not behind[0].strip()


def _lacks_role(found: Mention) -> bool:
    """Tell whether somebody is named in full without the title that all give who give one."""
    return found.is_full and found.is_free and found.begin == found.start and bool(found.person.role)


def _is_listed(found: Mention, text: str) -> bool:
    """Tell whether a mention stands in a list of names: all of them are given in full then."""
    before = re.search(r"[A-Z][\w’'-]+, (?:and )?$", text[: found.begin])
    after = re.match(r", [A-Z][\w’'-]+ [A-Z]", text[found.end :])
    return found.is_full and (before is not None or after is not None)


def _shortened(found: Mention, text: str) -> list[tuple[int, int, str]]:
    """Leave a later mention the surname."""
    if not found.is_free or not (found.is_full or found.begin < found.start):
        return []
    family = [n for n in names(text) if n.text.split()[-1] == found.person.surname]
    if not found.person.is_only and len(family) > 1:
        return []
    return [(found.begin, found.end, found.person.surname)]


def _passes(composed: Composed, checker: Checker, min_support: float) -> bool:
    assert composed.choice is not None
    return is_supported(composed.choice.text, composed.cited, checker, min_support)


def _n_words(composed: Composed) -> int:
    assert composed.choice is not None
    return len(composed.choice.text.split())
