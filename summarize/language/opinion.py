"""Opinion: sentences that judge in the writer's own words, which a brief would tell as if it were so."""

from __future__ import annotations

import re

from summarize.language.speech import quotations, reports
from summarize.language.tokens import word_set, words

# Of 21,106 sentences of 250 AllSides events 47 judge by these rules; of 45 that were read 43 did.
_LOADED = word_set(
    """blatantly arrogantly shameful shamefully shameless shamelessly disgraceful disgracefully absurd
    absurdly ridiculous ridiculously pathetic pathetically laughable laughably hypocritical
    hypocrites idiotic idiots stupid stupidity moronic morons insane lunacy despicable deplorable
    appalling appallingly outrageous outrageously egregiously hysterical farcical ludicrous
    preposterous nonsense cowardly vile odious loathsome unhinged deranged delusional craven
    spineless feckless mendacious disingenuous brazenly wisely foolishly sadly thankfully ironically
    hilarious hilariously priceless"""
)
_CALLS = re.compile(
    r"\b(?:call(?:s|ed|ing)|brand(?:s|ed|ing)|label(?:s|led|ed)|describ(?:es|ed|ing)|slam(?:s|med|ming)|blast(?:s|ed)|"
    r"accus(?:es|ed|ing)|denounc(?:es|ed|ing)|dismiss(?:es|ed|ing)|suggest(?:s|ed)|"
    r"determin(?:es|ed)|rul(?:es|ed)|agree[sd]?|prov(?:es|ed)|thinks?|thought|believes?|found|finds?)\b"
)
_RIGHT = re.compile(
    r"\b(?:is|are|was|were) (?:absolutely |completely |entirely |simply |dead )?(?:right|correct|wrong) "
    r"(?:(?:to|in|about)\b|[.!]?$)|\bdead wrong\b"
)


def judges(text: str) -> bool:
    """Tell whether a sentence judges in loaded words, in nobody's mouth: quoted, reported or called so."""
    told = text
    for start, end in reversed(quotations(text)):
        told = told[:start] + told[end:]
    if _LOADED.isdisjoint(w.key for w in words(told)) and not _RIGHT.search(told):
        return False
    return not _CALLS.search(told) and not any(r.speaker for r in reports(text))
