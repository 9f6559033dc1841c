"""Verbs as they can be seen in the form of words: no tagger, and in doubt a word can be one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.language.tokens import AUXILIARIES, Word, is_content, word_set

_AUXILIARIES = AUXILIARIES | word_set("could may might cannot")
IRREGULAR = word_set(
    """said told fell rose went came left took made won lost met held kept began shot hit sent struck fled
    led spoke found gave got saw wrote brought bought broke built caught chose cut did drew drove felt
    fought grew knew laid let meant paid put ran set sold spent stood swept taught thought threw
    understood withdrew wore do does won't don't didn't can't 's 're
    became sat undertook blew dealt drank ate flew forgave forgot froze hid rode
    sang sank shook shut slept spread stole stuck swore swam tore woke wound burnt
    quit beat cost hurt slid clung burst wept bid lay overshot bit fed shed spun sped hung lent dug swung
    shone crept leapt rang arose fell upheld sought"""
)
# The forms that news tells most events in.
BASE_OF = {
    "won": "win", "met": "meet", "held": "hold", "began": "begin", "sent": "send", "left": "leave",
    "fell": "fall", "rose": "rise", "took": "take", "made": "make", "lost": "lose", "gave": "give",
    "went": "go", "came": "come", "spoke": "speak", "sold": "sell", "paid": "pay", "fled": "flee",
    "bought": "buy", "withdrew": "withdraw", "chose": "choose", "ran": "run", "broke": "break",
    "built": "build", "struck": "strike", "led": "lead", "stood": "stand", "became": "become",
    "brought": "bring", "shot": "shoot", "flew": "fly", "wrote": "write", "threw": "throw", "sought": "seek",
    "kept": "keep", "found": "find", "heard": "hear", "saw": "see",
}  # fmt: skip
_BASE = word_set(
    """say think believe hope want need know argue expect fear claim agree call warn face get give go have
    keep lead leave live look make mean meet plan remain see seem seek serve share show stand take tell try
    work recognize realize conclude demand insist treat undergo apply gather arrest battle reach protest
    flee fight join urge vow await hold pass rise fall vote win lose fly return begin end die kill attack"""
)
_END = re.compile(r".{2,}(?:ed|s|es)$")
_PAST_END = re.compile(r"[a-z].+ed$")
_CONTRACTED = re.compile(r".+['’](?:s|re|ve|ll|d|m|t)$")
# What these open has a verb of its own, which is not the sentence's.
_RELATIVE = word_set("who which whose whom")
_ASKING = word_set("how what whether why where")
_PASSIVE = word_set("by in at as to on with from about for")  # "Pressed by a reporter about his plan"
_INFINITE = word_set("be been being")
_ADVERBS = word_set("also now still often already currently always never")
_REACH = 3  # words from an auxiliary to its verb


def has_main_verb(tokens: Sequence[Word]) -> bool:
    """Tell whether a verb stands outside of relative clauses and of questions inside, or behind one.

    A clause goes to the next mark; of two verbs in it the second may be the sentence's: "who was seen fell".
    Of 8,620 sentences of 150 AllSides events 34 have none by this, about half of which are no sentences.
    """
    clauses: list[list[Word]] = [[]]  # the first is all that stands outside
    is_inside = False
    before: Word | None = None
    for word in tokens:
        if not word.is_word:
            is_inside = False
            continue
        opens = word.key in _RELATIVE or (before is not None and _opens_clause(word, before))
        if opens:
            is_inside = True
            clauses.append([])
        if opens or before is None or before.key != "to":  # no infinitive
            clauses[-1 if is_inside else 0].append(word)
        before = word
    main, *inner = clauses
    if len(main) > 1 and main[0].key.endswith("ed") and main[1].key in _PASSIVE:
        main = main[1:]
    return any(map(may_be_main, main)) or any(_n_told(own) > 1 for own in inner)


def may_be_main(word: Word) -> bool:
    """Tell whether a word may be a finite verb, by its form."""
    known = word.key in _AUXILIARIES | IRREGULAR | _BASE or _CONTRACTED.match(word.key) is not None
    return known or (word.text[0].islower() and _END.match(word.key) is not None)


def _opens_clause(word: Word, before: Word) -> bool:
    names_thing = is_content(before) and not may_be_main(before) and not before.key.endswith("ing")
    return word.key in _ASKING or (word.key == "that" and names_thing)


def _is_present(word: Word) -> bool:
    is_past = word.key in _AUXILIARIES | IRREGULAR or _PAST_END.match(word.key) is not None
    return not is_past and (word.key in _BASE or _END.match(word.key) is not None)


def _n_told(clause: list[Word]) -> int:
    """Count verbs that tell, each with its auxiliaries once."""
    n, left = 0, 0  # words that the last auxiliary still reaches
    opener, *rest = clause
    present = next((w for w in rest if w.key not in _ADVERBS), opener)  # "the law that bans abortion"
    if opener.key not in _ASKING and present.text[0].islower() and _is_present(present):
        n = 1
    for word in clause:
        is_auxiliary = word.key in _AUXILIARIES or word.key.endswith("n't")
        if is_auxiliary and word.key not in _INFINITE and not (word.key == "have" and left):
            n, left = n + 1, _REACH
        elif (word.key in IRREGULAR or _PAST_END.match(word.key)) and not left:
            n += 1
        left = max(0, left - 1)
    return n
