"""Opinion: sentences that judge in the writer's own words, which a brief would tell as if it were so."""

from __future__ import annotations

import re

from summarize.language.quotations import without_quotations
from summarize.language.speech import reports
from summarize.language.tokens import word_set, words

# Of 21,106 sentences of 250 AllSides events 43 judge by these rules; nearly all that were read did.
_LOADED = word_set(
    """blatantly arrogantly shameful shamefully shameless shamelessly disgraceful disgracefully absurd
    absurdly ridiculous ridiculously pathetic pathetically laughable laughably hypocritical
    hypocrites idiotic idiots stupid stupidity moronic morons lunacy despicable appallingly
    outrageous outrageously egregiously hysterical farcical ludicrous preposterous nonsense cowardly
    vile odious loathsome unhinged deranged delusional craven spineless feckless mendacious
    disingenuous brazenly wisely foolishly sadly thankfully ironically hilarious hilariously
    priceless"""
)
_CALLS = re.compile(
    r"\b(?:call(?:s|ed|ing)?|condemn\w*|reject\w*|derid\w+|ridicul(?:es|ed)|mock\w*|consider\w*|deem\w*|"
    r"apologi[sz]\w*|decr(?:y|ies|ied)|brand(?:s|ed|ing)|label(?:s|led|ed)|describ(?:es|ed|ing)|slam(?:s|med|ming)|"
    r"blast(?:s|ed)|accus(?:es|ed|ing)|denounc(?:es|ed|ing)|dismiss(?:es|ed|ing)|suggest(?:s|ed)|"
    r"determin(?:es|ed)|rul(?:es|ed)|agree[sd]?|prov(?:es|ed)|thinks?|thought|believes?|found|finds?)\b"
)
_RIGHT = re.compile(
    r"\b(?:is|are|was|were) (?:absolutely |completely |entirely |simply |dead )?(?:right|correct|wrong)"
    r"(?: to (?!the\b)| in \w+ing\b|[.!]?$)|\bdead wrong\b"
)


_STEALS = re.compile(
    r"\b(?:steal(?:s|ing)?|stole) (?:this|the|an?|another) "
    r"(?:[\w-]+ ){0,2}(?:election|(?:Court|Senate|House) seat)\b"
)
_CREDITS = re.compile(r"^To (?:his|her|its|their) (?:great |eternal )?credit,")
_CRIME = re.compile(r"\b(?:convict|indict|charg|accus|plot|conspir|trial|tried|arrest|guilty|alleg)")


def _own_words(text: str) -> list[str]:
    """Return the words that are no part of a name or a title: "Despicable Me"."""
    own = [w for w in words(text) if w.text.strip('“”"‘’')]
    opens = own[:1] if not (len(own) > 1 and own[1].text[:1].isupper()) else []
    return [w.key for w in (*opens, *(w for w in own[1:] if w.text.islower()))]


def judges(text: str) -> bool:
    """Tell whether a sentence judges in loaded words, in nobody's mouth: quoted, reported or called so."""
    told = without_quotations(text)
    steals = _STEALS.search(told) and not _CRIME.search(told)
    if _CREDITS.match(told):
        return not any(r.speaker for r in reports(text))
    if _LOADED.isdisjoint(_own_words(told)) and not _RIGHT.search(told) and not steals:
        return False
    return not _CALLS.search(told) and not any(r.speaker for r in reports(text))
