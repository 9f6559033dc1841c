"""Fitness: whether a sentence can be told at all, by itself or right behind the one before it.

What is no whole statement of news (``language.statements``) is not, nor what is torn, taken back by the next
sentence, or only part of a quotation. Whether it is worth telling is not asked here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from summarize.analysis import Place
from summarize.language import words
from summarize.language.cohesion import hangs_on
from summarize.language.quotations import closed
from summarize.language.statements import flaw
from summarize.language.verbs import has_main_verb
from summarize.profiles import Profile
from summarize.segmentation import plain
from summarize.spoken import Marked
from summarize.types import Sentence

MIN_FOLLOWER_WORDS = 5
_GOES_ON = re.compile(
    r".*\bMORE\s+(?:after|amid|and|as|at|because|before|but|by|during|for|from|in|on|over|to|when|while|with)\b"
)
_UNDOES = re.compile(r"Instead, |\| ?[A-Z][\w.’'-]+ [A-Z].*/")  # "| Ann Hill/Getty Images"
_LACKS_MIDST = re.compile(r"[a-z][.!?][”\"][a-z]{2}")
_MID_SENTENCE = re.compile(r"['’]s\b|[a-z,;]")


def unfit(
    lead: Sentence,
    profile: Profile,
    before: Sentence | None,
    n_words: range,
    told: frozenset[Place] = frozenset(),
    *,
    is_spoken: bool,
    marked: Mapping[Place, Marked] = MappingProxyType({}),
) -> str | None:
    """Say why a sentence can be told neither by itself nor behind the one before it; None if it can.

    :param before: the sentence in front of it in its article.
    :param n_words: how long a sentence that stands alone may be.
    :param told: sentences that the reader knows from an earlier brief.
    :param is_spoken: whether it is part of a longer quotation.
    :param marked: the parts of longer quotations that can be told behind the sentence in front, with marks.
    """
    own = marked.get((lead.article, lead.order))
    if is_spoken and own is None:
        return "part of a quotation"
    hangs = own is not None or is_hanging(lead, profile, told)
    least = MIN_FOLLOWER_WORDS if hangs else n_words.start
    if reason := flaw(own.text if own else closed(lead.text), range(least, n_words.stop)):
        return reason
    if own is None and hangs and not (before and hangs_on(_told(before, marked), plain(lead.text))):
        return "hangs on an earlier sentence"
    return None


def _told(sentence: Sentence, marked: Mapping[Place, Marked]) -> str:
    own = marked.get((sentence.article, sentence.order))
    return own.text if own else plain(sentence.text)


def is_torn(sentence: Sentence, text: str) -> bool:
    """Tell whether something that was cut out of its line, a box of links, has torn a sentence in two.

    So has what was lost in "… drives him “crazy.”to thank volunteers". Its first half is whole if what
    follows begins like a phrase of its own: "… defended Trump | for it".

    :param text: of its article.
    """
    own = sentence.text.strip()
    line_end = text.find("\n", sentence.end)
    behind = text[sentence.end : line_end if line_end >= 0 else None].strip()
    before = text[text.rfind("\n", 0, sentence.start) + 1 : sentence.start].strip()
    lacks_end = (
        own[-1:].isalnum() and bool(behind) and not (_GOES_ON.match(behind) and has_main_verb(words(own)))
    )
    lacks_begin = _MID_SENTENCE.match(own) is not None and before[-1:].isalnum()
    return lacks_end or lacks_begin or _LACKS_MIDST.search(own) is not None


def is_undone(after: Sentence | None) -> bool:
    """Tell whether the sentence behind one says that it came otherwise, or that it stood below a picture."""
    return after is not None and _UNDOES.match(after.text) is not None


def is_hanging(lead: Sentence, profile: Profile, told: frozenset[Place]) -> bool:
    """Tell whether a sentence can't be understood without the one before it.

    "The ministry said" can, where an article begins with it or the reader knows the sentence before.
    """
    if profile.opening is None or profile.opening.kind != "anaphora":
        return False
    return not (profile.opening.is_definite and is_introduced(lead, told))


def is_introduced(lead: Sentence, told: frozenset[Place]) -> bool:
    """Tell whether the reader knows what comes before a sentence, or nothing does."""
    return lead.order == 0 or (lead.article, lead.order - 1) in told
