"""Words inside a sentence that only an earlier sentence explains: "Congress rejected that proposal".

Contract: a word that points back, or None. What a clause in front of it may explain is left alone: in
"She said that it had failed, and he denied the claim" nothing is missing. Quotations are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.language.calendar import DAY, MONTHS, WEEKDAYS
from summarize.language.names import names
from summarize.language.quotations import is_inside, quotations
from summarize.language.speech import REPORTING_VERBS
from summarize.language.tokens import (
    ARTICLES,
    AUXILIARIES,
    CONJUNCTIONS,
    FUNCTION_WORDS,
    MODALS,
    PREPOSITIONS,
    SUBORDINATORS,
    Word,
    stem,
    word_set,
    words,
)
from summarize.language.verbs import has_main_verb, may_be_main

# What somebody has said: who reads "officials rejected the claim" behind another claim takes it for that one.
_SAID = word_set(
    """claim claims allegation allegations accusation accusations remark remarks comment comments assertion
    assertions suggestion suggestions denial denials"""
)
_ONE = _SAID | word_set(
    """proposal statement offer request idea decision argument tweet deal agreement bill measure plan policy
    law order move effort attack incident case issue concern view charge rule requirement notion theory
    assessment warning promise pledge demand phrase term title position role sum goal process trend question
    answer approach condition restriction limit tariff strategy system vote meeting event message video letter
    article study report book project program investigation inquiry scandal crisis test result finding
    conclusion explanation manner list ruling stance strategy information protection increase decrease rise
    drop pattern movie film model definition product spirit file episode concept category technique behavior
    behaviour outcome arrangement provision standard practice gesture tactic figure estimate scheme version
    experience tradition habit nomination appointment"""
)
_MANY = frozenset(f"{noun}s" for noun in _ONE) | word_set(
    """policies theories strategies inquiries crises countries people groups men women numbers figures words
    minors children elections services elements minutes hours cases kinds stories"""
)
_WHAT_SORT = word_set("broad broader sweeping new original controversial latest particular proposed whole")
_DESCRIBES = re.compile(
    r"(?!opening|closing|medical|existing|unemployed|initial|final|official)[a-z]+"
    r"(?:ary|ous|ful|ive|less|al|ic|ish|ing|ed|able|ible|ant|ent)"
)
_QUANTIFIERS = word_set("several many no any other two three four few all some most")
_SAYS_WHICH = word_set(
    "of that by from about against regarding over made who which to without most least he she they it we you"
)
_BEHIND = 4  # words in which "that" may follow: "the claim, made in May, that …"
_COMPLEMENT = REPORTING_VERBS | word_set(
    "found finds warned stressed believe believes believed think thinks thought know knows knew hope hopes "
    "hoped show shows showed shown mean means meant is was so such"
)
_BORDERS = frozenset(",;:—–-")
_RELATIVES = word_set("who which whose that")
_REACH = 4  # words from a name to the pronoun that its verb acts on
_TELLS = REPORTING_VERBS | word_set("confirmed confirms acknowledged conceded admitted insisted hinted")
_IDIOMS = REPORTING_VERBS | word_set("make makes made find finds found put puts poured pours bless")
_COMPARES = word_set(
    "whether if as than when what like how why because whoever whatever wherever everything all anything much"
)
# "He was elected less than two weeks later": later than what?
_LATER = re.compile(
    r"\b(?:(?:(?:less|more) than|about|just|only|barely|nearly|almost|some) )?"
    r"(?:(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|several|some|many|a few|\d+) )?"
    r"(?:second|minute|hour|day|week|month|year|decade)s? (?:later|earlier|afterwards?)\b"
    r"(?! (?:than|in|this|on|each|every|for|because)\b)",
    re.IGNORECASE,
)
_FURTHER = re.compile(r"(?:[^\s,;:]+ ){1,6}a step further\b(?! than\b|, [a-z]+ing\b)", re.IGNORECASE)
_IN_WHICH = re.compile(
    r"The news (?:comes|came) (?:as|after|just|amid|a day)\b|"
    r"(?:In|During|At|After) the (?:[a-z\d½’'-]+ ){0,2}"
    r"(?:statement|interview|letter|tweet|video|post|filing|memo|speech|announcement|email|interviews|messages|"
    r"note|call|conversation|recording|footage|clip|hearing)"
    r"(?= to [A-Z]|,)|"
    r"In (?:both|each|neither) (?:case|instance|incident)s?,|"
    r"(?:Earlier|Later) in the (?:day|evening|night),|"
    r"Asked (?:again|further|in more [a-z]+ terms)\b"
)
# "He was not willing to go that far": how far? "She wants the police to do this more often": what?
_THAT_FAR = re.compile(
    r"(?:(?![,;:]|\b(?:and|but|if|when|after|while|who|that|as|because)\b).)*?"
    r"\b(?P<at>(?:go|goes|going|gone|went) that far\b|"
    r"(?:do|does|did|doing|done) this(?=[.,;]| (?:by|again|more|even|often)\b))"
)
# "Hill's comments were widely criticized": which ones? Those "on the case" are known.
_WHOSE_WORDS = re.compile(
    rf"(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep)\. )?(?!{DAY})(?:[A-Z][\w.-]+ ){{0,2}}[A-Z][\w.-]*['’]s? "
    r"(?:comments?|remarks?|statements?|words|tweet|answer|reply) "
    r"(?:(?:was|were) (?:[a-z]+ly )?[a-z]+ed\b|(?:drew|sparked|prompted) )"
)
# "A spokesman for the company called it a mistake.": which one?
_OF_WHOM = re.compile(
    r"(?:A|An|The|Another) (?:\w+ )?"
    r"(?:spokes\w+|lawyer|attorney|official|representative|statement|executive|member) (?:for|of|from|with) "
    r"the (?:company|firm|agency|department|ministry|group|bank|union|network|panel|campaign)"
    r"(?= [a-z])(?! (?:that|which|who|of|for)\b)"
)
# "Bids for that are at $11,000.", "Police say the four are suspects."
_THAT_ARE = re.compile(
    r"(?:(?![,;:]|\b(?:and|but|if|when|after|while|who|that|as|because)\b).)*?"
    r"\b(?P<at>(?:for|of|with|about|on|from) that|the (?:two|three|four|five|six)) "
    r"(?:is|are|was|were|had|have|has|will)\b"
)
# "Hill has denied any wrongdoing": of what was she accused?
_DENIES_ALL = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr)\. )?(?:[A-Z][\w.’'-]* |(?:has|have|had|both|all|repeatedly|strongly|always) ){1,7}"
    r"(?:denied|denies|deny) (?:any|all|the|committing any|having done any) "
    r"(?:wrongdoing|misconduct|wrong|allegations|accusations|charges|claims)(?=[.,]?$)"
)
# "Part of the reason for this is …", "The bill would cover all of that.": of what?
_OF_THAT = re.compile(
    r".*?\b(?P<at>(?:reasons?|causes?|explanations?) (?:for|of|behind) (?:this|that)|all of (?:this|that)|"
    r"(?:that|these|those) (?:kind|type|sort)s? of)\b"
)
# "Hill then left the town.": after what? "She was shot while protesting there.": where?
_THEN = re.compile(
    r"(?:(?![,;:]|\b(?:and|but|if|when|after|before|while|who|that|as|because|since|once|first|until|by)\b).)*?"
    r"\b(?P<at>(?:would|will|(?:had|was|were)(?= then [a-z]+(?:ed|en)\b)) then\b|(?<=[a-z] )then "
    r"(?:[a-z]{3,}ed|told|said|went|came|took|gave|made|left|met|got|saw|sent|held|ran|began|shot|hit)\b)"
)
_SPEAKS_OF = re.compile(r"[”\"] (?:[\w.’'-]+ ){1,5}(?:said|says|asked) (?:of|about)\b")
_CONTINUED = re.compile(r"[^“\"]{3,60}\b(?P<at>continued)[:,] ?[“\"][A-Z]")
_THERE = re.compile(
    r"\W*+\w++(?:(?![A-Z]|\bwhere\b).)*?"
    r"\b(?P<at>(?:was|were|been|is|are|[a-z]+ing|[a-z]+ed) there(?=[.,]))"
)
_COUNTS_FROM = re.compile(
    rf"\b(?:{'|'.join((*WEEKDAYS, *MONTHS))})\b|"
    r"\b(?:and|but|or|when|while|after|since|before|until|as|in|on|at|from|than|by|then|first|once|initially|"
    r"compared|till|to|who|which|where|whose|if)\b|[\d;:]",
    re.IGNORECASE,
)
_ANTICIPATES = AUXILIARIES | word_set("to upon hard clear possible")  # "left it to the states to decide"


def points_back(text: str, tokens: Sequence[Word]) -> Word | None:
    """Return the first word that something in front of the sentence must explain.

    :param tokens: all words of the text, marks among them.
    """
    quoted = quotations(text)
    hanging = _hangs_in_the_air(text)
    if hanging and not is_inside(hanging.start, quoted):
        return hanging
    of_that = _OF_THAT.match(text)
    if of_that and not _is_explained([w for w in tokens if w.end <= of_that.start("at")]):
        return _at(of_that)
    for i, word in enumerate(tokens):
        if not word.is_word:
            continue
        if is_inside(word.start, quoted):
            if word.key in ("that", "those", "such") and _is_pointer(tokens, i):
                begin = next(a for a, b in quoted if a <= word.start < b)
                told = [w for w in tokens if w.end <= begin]
                if not _is_answered(told) and not _SPEAKS_OF.search(text, begin):
                    return word
            continue
        found = _is_pointer(tokens, i) or _is_elliptic(tokens, i) or _is_lone_object(text, tokens, i)
        if found:
            return word
    return None


def _hangs_in_the_air(text: str) -> Word | None:
    """Find "two weeks later", "a step further" or "In the letter, …" where nothing says what that is."""
    found = _LATER.search(text)
    if found and _COUNTS_FROM.search(text[: found.start()]):
        return None
    patterns = (
        _FURTHER,
        _IN_WHICH,
        _THAT_FAR,
        _WHOSE_WORDS,
        _OF_WHOM,
        _THAT_ARE,
        _DENIES_ALL,
        _THEN,
        _THERE,
        _CONTINUED,
    )
    for pattern in patterns:
        found = found or pattern.match(text)
    if found is None or (found.re is _THEN and _has_told(text[: found.start("at")])):
        return None
    return _at(found)


def _has_told(text: str) -> bool:
    """Tell whether something is told already, besides that somebody speaks: "Shares fell, then rose"."""
    return has_main_verb([w for w in words(text) if w.key not in REPORTING_VERBS])


def _at(found: re.Match[str]) -> Word:
    at = "at" if "at" in found.groupdict() else 0
    return Word(found[at], found.start(at), found.end(at), True)


def _is_pointer(tokens: Sequence[Word], i: int) -> bool:
    """Tell whether "that proposal", "these claims", "the remarks" begins at a word."""
    determiner = tokens[i].key
    if determiner not in ("the", "that", "this", "these", "those", "such") or i == 0:
        return False
    before = tokens[i - 1].key
    if determiner in ("that", "this") and i + 2 < len(tokens) and tokens[i + 1].key in _WHAT_SORT:
        i += 1  # "that broad approach"
    elif determiner == "the" and i + 2 < len(tokens) and tokens[i + 2].key in _SAID:
        i += _DESCRIBES.fullmatch(tokens[i + 1].text) is not None  # "the incendiary claim"
    noun, after = (tokens[k] if k < len(tokens) else None for k in (i + 1, i + 2))
    if noun is None:
        return False
    following = after.key if after else ""
    if determiner == "such":
        is_known = before in _QUANTIFIERS and noun.key.endswith("s") and noun.text.islower()
    else:
        known = {"the": _SAID, "these": _MANY, "those": _MANY}.get(determiner, _ONE - _MANY)
        is_known = noun.key in known
    if not is_known or following in _SAYS_WHICH or (after is not None and after.is_possessive):
        return False
    if after is not None and after.is_word and _tells_which(after, tokens[i + 3 : i + 3 + _BEHIND]):
        return False
    if determiner == "that" and before in _COMPLEMENT:
        return False  # "said that law enforcement needs it"
    if following == "on" and i + 3 < len(tokens) and tokens[i + 3].text[0].islower():
        return False  # "the remarks on race"
    root = stem(noun.text)
    return not any(stem(w.text) == root for w in tokens[:i]) and not _is_explained(tokens[:i])


def _tells_which(after: Word, behind: Sequence[Word]) -> bool:
    """Tell whether what follows a noun says which one: a name, a second noun, or "that" a little later."""
    is_noun = after.text.islower() and after.key not in FUNCTION_WORDS and not may_be_main(after)
    is_name = after.text[0].isupper() and after.key not in WEEKDAYS
    return is_noun or is_name or any(w.key == "that" for w in behind)


def _is_explained(before: Sequence[Word]) -> bool:
    """Tell whether a clause stands in front of the one that a text ends in; "polls show that" is none."""
    for n in range(len(before) - 1, 0, -1):
        if before[n].key == "that" and before[n - 1].key in _COMPLEMENT:
            before = before[n + 1 :]
            break
    ties = CONJUNCTIONS | SUBORDINATORS | _RELATIVES
    borders = [n for n, w in enumerate(before[:-1]) if w.text in _BORDERS or w.key in ties]
    told = [w for w in before[: borders[-1]] if w.key not in _RELATIVES] if borders else []
    return has_main_verb(told)


def _is_answered(before: Sequence[Word]) -> bool:
    """Tell whether more than that somebody speaks is told in front of what he says."""
    return _does_more(before) or any(w.key == "about" for w in before)


def _does_more(before: Sequence[Word]) -> bool:
    """Tell whether a verb stands there that says more than that somebody speaks."""
    return has_main_verb([w for w in before if w.is_word and w.key not in _TELLS])


def _is_elliptic(tokens: Sequence[Word], i: int) -> bool:
    """Tell whether a clause ends in its auxiliary, "he had – but", and none says in front of it what."""
    word = tokens[i]
    after = tokens[i + 1].text if i + 1 < len(tokens) else "."
    if word.text not in AUXILIARIES | MODALS or after not in (".", ";", "—", "–", "--") or i == 0:
        return False
    before = tokens[:i]
    if not before[-1].is_word or any(w.key in _COMPARES for w in before):
        return False
    return not _does_more(before)


def _is_lone_object(text: str, tokens: Sequence[Word], i: int) -> bool:
    """Tell whether "it" or "them" is what somebody acts on, and nothing else is named: "She vetoed it"."""
    if tokens[i].key not in ("it", "them") or i == 0:
        return False
    first = next(iter(names(text)), None)
    if first is None or first.end > tokens[i].start:
        return False
    begins = first.start == 0 or (first.title is not None and not text[: first.start].count(","))
    between = [w for w in tokens[:i] if w.start >= first.end]
    plain = all(w.is_word and w.text[0].islower() and not w.is_possessive for w in between)
    nouns = (ARTICLES | PREPOSITIONS | CONJUNCTIONS | SUBORDINATORS | _RELATIVES) - {"to"}
    free = not any(w.key in nouns for w in between)
    following = tokens[i + 1].key if i + 1 < len(tokens) else "."
    acts = 0 < len(between) <= _REACH and has_main_verb(tokens[:i]) and between[-1].key not in _IDIOMS
    return begins and plain and free and acts and not (tokens[i].key == "it" and following in _ANTICIPATES)
