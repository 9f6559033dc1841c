"""Why a sentence can't stand alone: its connectives and the words that point to earlier sentences.

Contract: a connective can be cut out at its offsets and leaves a sentence; an anaphora can't. Shallow
by design: it looks at the first words, at the speaker and at pronouns before any noun.
"""

from __future__ import annotations

import re
from functools import lru_cache

from summarize.language.calendar import MONTHS, WEEKDAYS
from summarize.language.connectives import PERIODS, Opening, connectives
from summarize.language.names import TITLES, is_capitalised, names
from summarize.language.places import DEMONYMS, PLACES
from summarize.language.pointing import points_back
from summarize.language.quotations import has_unbalanced_quotes, is_inside, quotations
from summarize.language.speech import reports
from summarize.language.tokens import (
    AUXILIARIES,
    CONJUNCTIONS,
    FUNCTION_WORDS,
    PREPOSITIONS,
    SUBORDINATORS,
    Word,
    is_content,
    word_set,
    words,
)
from summarize.language.verbs import IRREGULAR

# "In a statement, it said …": who?
_UNSIGNED = re.compile(
    r"In an? (?:[a-z]+ )?(?:statement|tweet|letter|report|post|e-?mail|release)(?: on [A-Z]\w+)?, "
    r"(it|they) (?:said|says|say|added|warned|called|announced)\b"
)
# Behind these "I" is a number: "World War I", "Title I".
NUMBERED = re.compile(
    r"\b(?:War|Title|Phase|Class|Part|Type|Level|Article|Division|Schedule|Stage|Grade|Tier|Group|Category|Act|"
    r"Charles|James|Elizabeth|Henry|Francis|Napoleon|Nicholas) $"
)
_CLOSES = " ”\"’',"  # between a quotation and who speaks
PERSONAL = word_set("he she him her his hers himself herself")
_THINGS = word_set(
    """it its they them their theirs itself themselves it's they're he's she's
    it'll it'd they've they'd they'll he'd he'll she'd she'll"""
)
_FIRST_PERSON = word_set(
    """i we us our my me you your ours i'm we're i've we've i'll we'll i'd we'd you've you're you'll you'd"""
)
_DEMONSTRATIVES = word_set("this that these those such")
_BARE_SUBJECTS = word_set("both neither another many some others most several each all few none")
_SAYS_WHICH = word_set("who which that of whose where")
_DONE = word_set("killed hurt held left born found taken shot sent")
_MOMENTS = word_set("point stage moment date country nation economy age era")  # which the reader lives in
_MEANS = word_set("means meant is was makes made explains brings leads leaves left suggests raises")
_WHEN = PERIODS | word_set(  # "Previously it had failed"
    """last next previously recently originally initially usually currently eventually formerly
    lately"""
)
_PERSON_NOUNS = re.compile(
    r"(president|minister|leader|man|woman|boy|girl|official|king|queen|prince|judge|mother|father|"
    r"wife|husband|son|daughter|brother|sister|chief|patient|student|victim|suspect|teen\w*|principal|nurse|"
    r"coach|guard|pilot|clerk|chef|aide|priest|bishop|pope|monk|nun|cadet|intern|star|cop|mom|dad|"
    r"\w+(?:man|woman|person|er|or|ist|ian|ant|ee))$"
)
_THING_NOUNS = word_set(
    """fever water paper order number letter computer power tower river summer winter matter center shelter
    theater server newspaper border corner weather chapter quarter disaster murder gender laser cancer dinner
    tumor error mirror floor door factor sector motor color labor harbor over under after other another
    either whether rather together however never ever later earlier former water super"""
)
_DO = word_set("do does did done doing")
_DEGREES = word_set("far much many little few well long often")  # "did so well"
_EXPLETIVE = re.compile(
    r"it(?:'s|’s| is| was| will be| would be| has been| remains| seems| appears| became)\s+(?:not |un)?"
    r"(?:yet |also )?"
    r"(?:clear|possible|likely|important|necessary|unclear|known|time|hard|easy|difficult|expected|"
    r"believed|hoped|thought|the first|the second|a year|a day|estimated|impossible|unlikely)\b",
    re.I,
)
_ANAPHORIC_NOUNS = word_set(
    """leaders move statement deal agreement decision attack incident announcement visit meeting talks vote
    ruling group pair men women man woman victims suspect suspects company comments remarks latter
    former organisation organization ministry minister president spokesman spokeswoman country town
    region province program programme sides side accord plan proposal report operation strike strikes
    offensive campaign call two three couple law bill measure couple study letter video case event
    government official officials senator governor mayor firm team duo family boy girl child"""
)
_UNIQUE = word_set(
    """world weather economy internet public police army military dollar euro pound coronavirus pandemic
    virus sun moon stock press media market markets poor rich elderly young future past"""
)
_ORDINALS = word_set("second third fourth fifth sixth")
_POINTING_ADJECTIVES = word_set("two three four five same new other latest former pair")
# "In it, Hill says …", "In so doing, …", "Prior to that, …", "On the other, …"
_HEAD_POINTS = re.compile(
    r"(?:In|On|At|With|From|For|About|Under|By) (?:it|them)(?=,)|(?:In so doing|(?:In|By) doing so)(?=,)|"
    r"(?:Prior|Thanks|According|In addition) to (?:this|that|it|them)(?=,)|On the other(?=,)|"
    r"Nor (?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|should|may)\b|"
    r"(?:If(?: only)?|Because|When|While|Although|Though|Since|Unless) (?:that|this)\b"
    rf"(?! (?:{'|'.join(sorted(PERIODS))}|country|season)\b)|"
    r"The (?:second|third|fourth|fifth|earlier|later|next|remaining) (?:witness|option|point|list|stage|"
    r"victim|suspect|man|woman|version|bill|store|incident|group|phase|step|case)\b"
    r"(?! (?:of|in|to|that|who|on|at)\b)|"
    r"(?:All|Most|Many|Some|Several|Few|None|Each|Both|Neither|One|Two|Three) of (?:these|those)\b"
    r"(?! (?:who|whose|that|in|with|[a-z]+ed)\b)|"
    r"Both (?!houses|chambers|sides|parties)[a-z]+s\b(?! (?:of|in|on|at|from)\b)(?!.*\band\b)|"
    r"(?<=[“\"])Well(?=,)"  # an answer
)
_POSTMODIFIERS = (PREPOSITIONS | word_set("that who which whose where")) - {"as", "during", "like"}
_BEFORE_OF = word_set("spoke speaks speak told tells died dies heard consists thought thinks")  # verbs
# "The managers tried to do the same." – as whom?
_DOES_THE_SAME = re.compile(
    r"^(?:(?:On |Last )?\w+day, )?(?:(?![,;]|\b(?:and|but|if|when|after|while|who|that|as)\b).)*"
    r"\b(do(?:es|ing|ne)? the same|did the same)[.”\"]*$"
)
# "Hill says that's not right." – what?
_SAYS_OF_THAT = re.compile(
    r"(?:[A-Z][\w.’'-]+ ){1,5}(?:says|said|thinks|insists|argues|believes) (?:that )?"
    r"(that['’]s|that (?:is|was)(?= (?:not|wrong|right|true|false|why|how|because)\b))"
)
_RELATIVE_DAY = re.compile(
    r"\b(?:the (?:previous|same|following|next) (?:day|week|month|year)|that (?:day|week|month|year|night)|"
    r"the day before|at the time|the same time)\b",
    re.I,
)


def is_person_noun(word: str) -> bool:
    """Tell whether a casefolded noun means somebody: "caller", "infant"; shallow, by its ending."""
    return _PERSON_NOUNS.fullmatch(word) is not None and word not in _THING_NOUNS | FUNCTION_WORDS


def opens_dependent(text: str) -> Opening | None:
    """Return the gravest reason why a sentence can't stand alone, or None if it can."""
    found = openings(text)
    return next((o for o in found if o.kind == "anaphora"), found[0] if found else None)


def is_dependent(text: str) -> bool:
    """Tell whether a sentence can't stand alone, and nothing that could be cut out of it would help."""
    opening = opens_dependent(text)
    return opening is not None and opening.kind == "anaphora"


@lru_cache(maxsize=4096)
def openings(text: str) -> tuple[Opening, ...]:
    """List everything that ties a sentence to an earlier one, connectives first."""
    tied = list(connectives(text))
    tokens = words(text)
    lead = max((o.end for o in tied if not text[: o.start].strip(' "“‘')), default=0)
    first = next((i for i, w in enumerate(tokens) if w.is_word and w.start >= lead), None)
    if first is None:
        return tuple(tied)
    checks = (
        _as_for,
        _pointing_subject,
        _lonely_pronoun,
        _vague_speaker,
        _bare_definite,
        _unowned_speech,
        _doing_so,
    )
    for check in checks:
        word = check(text, tokens, first)
        if word is not None:
            tied.append(Opening("anaphora", word.text, word.start, word.end))
            return tuple(tied)
    if word := points_back(text, tokens):
        tied.append(Opening("anaphora", word.text, word.start, word.end))
    return tuple(tied)


def _as_for(text: str, tokens: tuple[Word, ...], first: int) -> Word | None:
    if tokens[first].key == "as" and first + 1 < len(tokens) and tokens[first + 1].key == "for":
        return Word(
            text[tokens[first].start : tokens[first + 1].end],
            tokens[first].start,
            tokens[first + 1].end,
            True,
        )
    return None


def _pointing_subject(text: str, tokens: tuple[Word, ...], first: int) -> Word | None:
    """Find a demonstrative or a bare "both", "neither", "many" at the head of the sentence."""
    head = tokens[first]
    if pointing := _HEAD_POINTS.match(text, head.start):
        return Word(pointing[0], pointing.start(), pointing.end(), True)
    after = tokens[first + 1] if first + 1 < len(tokens) else None
    following = after.key if after else ""
    third = tokens[first + 2 : first + 3]
    if head.key in _DEMONSTRATIVES:
        return None if head.key == "this" and following in PERIODS else head
    if head.key in PREPOSITIONS and following in _DEMONSTRATIVES:
        return _pointing_phrase(text, tokens, first)
    if after and head.key in PREPOSITIONS | SUBORDINATORS and following == "then" and third:
        is_time = third[0].text == "," or head.key == "since"  # "since then", but "by then President Hill"
        return Word(text[head.start : after.end], head.start, after.end, True) if is_time else None
    if head.key == "if" and following in ("not", "so") and third and third[0].text == ",":
        return Word(text[head.start : after.end], head.start, after.end, True) if after else None
    if head.key == "other" and following.endswith("s") and following not in FUNCTION_WORDS:
        return head  # "Other items sold badly."
    if head.key == "one" and (following in IRREGULAR or following.endswith("ed")):
        return head  # "One grabbed the purse."
    if head.key in ("neither", "another") or (head.key == "which" and following in _MEANS):
        return head
    if head.key in _BARE_SUBJECTS:
        bare = after is None or not after.is_word or following in FUNCTION_WORDS - {"more", "of", "the"}
        bare = bare or re.search(r"(ed|ly)$", following) is not None or following == "sides"
        # "Many took to it", but "Some lost luggage"
        bare = bare or (following in IRREGULAR and all(w.key in FUNCTION_WORDS for w in third))
        return (
            head if bare and not (following in ("a", "the") or (after and after.text[0].isdigit())) else None
        )
    if head.key in ("a", "the") and following in _ORDINALS and third and third[0].text == ",":
        return tokens[first + 1]  # "A third, Rep. Hill, voted no."
    if head.key in ("even", "still") and following in ("more", "others"):
        return head if any(w.key in AUXILIARIES | IRREGULAR or w.key.endswith("ed") for w in third) else None
    if head.key == "the" and following in ("latter", "former", "other", "others", "same"):
        return head
    if same := _DOES_THE_SAME.match(text) or _SAYS_OF_THAT.match(text, head.start):
        return Word(same[1], same.start(1), same.end(1), True)
    match = _RELATIVE_DAY.search(text)
    if match and not any(w.key in MONTHS or w.key in WEEKDAYS for w in tokens):
        return Word(match.group(), match.start(), match.end(), True)
    return None


def _pointing_phrase(text: str, tokens: tuple[Word, ...], first: int) -> Word | None:
    """Take "In this call", "Under that law", but not "At this point", "Until this year", "For those who"."""
    pointer = tokens[first + 1]
    noun = tokens[first + 2] if first + 2 < len(tokens) else pointer
    if pointer.key == "this" and noun.key in PERIODS | WEEKDAYS.keys() | _MOMENTS:
        return None
    after = tokens[first + 3].key if first + 3 < len(tokens) else ""
    if not noun.is_word or noun.key == "to" or noun.key in _POSTMODIFIERS | {"not"}:
        return None
    if pointer.key in ("those", "these") and (after in _SAYS_WHICH or re.search(r"(?:ed|ing)$", noun.key)):
        return None  # "For those people who …", "Among those arrested was …"
    if pointer.key == "those" and noun.key in _DONE:
        return None
    return Word(text[tokens[first].start : noun.end], tokens[first].start, noun.end, True)


def _lonely_pronoun(text: str, tokens: tuple[Word, ...], first: int) -> Word | None:
    """Find a third-person pronoun that no noun before it, nor the main clause, can explain."""
    quoted = quotations(text)
    found_names = names(text)
    persons = [n.start for n in found_names if n.key not in PLACES and n.key not in DEMONYMS]
    tied = tuple((o.start, o.end) for o in connectives(text))
    for i in range(first, len(tokens)):
        word = tokens[i]
        if is_inside(word.start, tied) or word.key not in PERSONAL | _THINGS or word.text == "IT":
            continue
        inside = next(((a, b) for a, b in quoted if a <= word.start < b), None)
        begin = inside[0] if inside else tokens[first].start
        if inside and text[begin : word.start].strip():
            continue
        if word.key in ("it", "it's") and _EXPLETIVE.match(text, word.start):
            continue
        # "“No president has done so,” he fumed": whom somebody speaks of is not who speaks.
        speaks = not inside and any(
            end <= word.start and not text[end : word.start].strip(_CLOSES) for _, end in quoted
        )
        spoken = quoted if speaks else ()
        if inside or not _has_antecedent(tokens, i, begin, persons, spoken):
            if not inside and _explained_later(tokens, first, i):
                continue
            return word
    return None


def _has_antecedent(
    tokens: tuple[Word, ...], i: int, begin: int, persons: list[int], spoken: tuple[tuple[int, int], ...]
) -> bool:
    before = [w for w in tokens[:i] if w.start >= begin and w.is_word and not is_inside(w.start, spoken)]
    if tokens[i].key in PERSONAL or tokens[i].key.partition("'")[0] in ("he", "she"):
        if any(start < tokens[i].start and not is_inside(start, spoken) for start in persons):
            return True
        return any(_PERSON_NOUNS.fullmatch(w.key) and w.key not in FUNCTION_WORDS for w in before)
    return any(is_content(w) and not w.text[0].isdigit() and not _is_when(w) for w in before)


def _is_when(word: Word) -> bool:
    return word.key in WEEKDAYS or word.key in MONTHS or word.key in _WHEN


def _explained_later(tokens: tuple[Word, ...], first: int, i: int) -> bool:
    """Tell whether the pronoun stands in a leading phrase whose main clause names somebody."""
    if tokens[first].key not in PREPOSITIONS | SUBORDINATORS and not tokens[first].key.endswith("ing"):
        return False
    comma = next((k for k in range(i, len(tokens)) if tokens[k].text == ","), None)
    if comma is None or comma + 1 >= len(tokens):
        return False
    subject = tokens[comma + 1]
    return is_capitalised(subject) or subject.key in ("the", "a", "an")


def _vague_speaker(text: str, tokens: tuple[Word, ...], first: int) -> Word | None:
    """Find a speaker that only an earlier sentence explains: "the ministry said", "he told"."""
    if unsigned := _UNSIGNED.match(text, tokens[first].start):
        return Word(unsigned[1], unsigned.start(1), unsigned.end(1), True)
    for report in reports(text):
        inner = words(report.speaker)
        if not inner or inner[0].key not in ("the", "he", "she", "they", "it"):
            continue
        pronoun = inner[0].key != "the"
        start = text.find(report.speaker, report.start)
        if pronoun and any(is_content(w) for w in tokens if w.end <= start and not _quoted(text, w)):
            continue
        if pronoun or (_is_bare(inner) and not _named_before(text, start)):
            return Word(report.speaker, start, start + len(report.speaker), True)
    return None


def _quoted(text: str, word: Word) -> bool:
    return is_inside(word.start, quotations(text))


def _named_before(text: str, position: int) -> bool:
    """Tell whether a name outside the speech could be what "the ministry" takes up."""
    return any(
        n.end <= position and re.search(r"ministr|govern|compan|court|agency|party", n.key)
        for n in names(text)
    )


def _doing_so(text: str, tokens: tuple[Word, ...], first: int) -> Word | None:
    """Find "Mexico has refused to do so", where no clause before tells what."""
    for i in range(first, len(tokens) - 1):
        do, so, after = tokens[i], tokens[i + 1], tokens[i + 2 : i + 3]
        if so.key == "so" and do.key in _DO and not any(is_content(w) or w.key in _DEGREES for w in after):
            begin = next((a for a, b in quotations(text) if a <= do.start < b), tokens[first].start)
            before = [w for w in tokens if begin <= w.start and w.end <= do.start]
            tells = any(w.text in ",;:—–" or w.key in SUBORDINATORS | CONJUNCTIONS for w in before)
            is_second = re.search(r"[a-z]{4}[.?!] ", text[begin : do.start]) is not None  # of a quotation
            return None if tells or is_second else so
    return None


def _is_bare(phrase: tuple[Word, ...]) -> bool:
    """Tell whether "the …" names no one by itself: no capital, no figure, at most two words."""
    spoken = [w for w in phrase if w.is_word][1:]
    if any(w.text[0].isupper() or w.text[0].isdigit() for w in spoken) or not 1 <= len(spoken) <= 2:
        return False
    noun = spoken[-1].key
    if len(spoken) == 1:
        return noun not in _UNIQUE
    return noun in _ANAPHORIC_NOUNS or noun in TITLES or spoken[0].key in _POINTING_ADJECTIVES


def _bare_definite(text: str, tokens: tuple[Word, ...], first: int) -> Word | None:
    """Find a subject such as "The move", "The two leaders" that nothing in the sentence explains."""
    if tokens[first].key != "the":
        return None
    phrase = [tokens[first]]
    for word in tokens[first + 1 : first + 5]:
        ends = not word.is_word or word.key in FUNCTION_WORDS or len(phrase) > 3
        if ends or (len(phrase) > 1 and re.search(r"(ed|said|told|fell|rose|came|went|led)$", word.key)):
            break
        phrase.append(word)
        if word.key in _ANAPHORIC_NOUNS and not _continues(tokens, first + len(phrase)):
            break
    at = first + len(phrase)
    while at < len(tokens) and tokens[at].text in ".…[":
        at += 1
    after = tokens[at].key if at < len(tokens) else ""
    # A possessive or a phrase behind the noun says which one is meant.
    if after in _POSTMODIFIERS or not _is_bare(tuple(phrase)):
        return None
    return Word(text[phrase[0].start : phrase[-1].end], phrase[0].start, phrase[-1].end, True)


def _continues(tokens: tuple[Word, ...], i: int) -> bool:
    """Tell whether the noun before begins a compound: "the team captain", "the town council of Ely"."""
    if i < len(tokens) and tokens[i].key in _ANAPHORIC_NOUNS:
        return True
    owned = i + 2 < len(tokens) and tokens[i + 1].key == "of" and is_capitalised(tokens[i + 2])
    return owned and tokens[i].key not in _BEFORE_OF and not tokens[i].key.endswith("ed")


def _unowned_speech(text: str, tokens: tuple[Word, ...], first: int) -> Word | None:
    """Find speech whose speaker the sentence does not give."""
    if reports(text):
        return None
    quoted = quotations(text)
    length = sum(b - a for a, b in quoted)
    if quoted and (length > 0.75 * len(text.strip()) or has_unbalanced_quotes(text)):
        return tokens[first]
    for word in tokens:
        if (
            word.key in _FIRST_PERSON
            and word.text not in ("US", "U.S.")
            and not (word.text == "I" and NUMBERED.search(text[: word.start]))
            and not is_inside(word.start, quoted)
        ):
            return word
    return None
