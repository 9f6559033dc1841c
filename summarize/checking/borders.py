"""Where a sentence may be cut: which stretches can go and leave what is left true and grammatical.

Contract: questions about one evidence sentence, answered from its words and marks alone. When in
doubt the answer is no: the sentence is then quoted as it stands.
"""

from __future__ import annotations

import re

from summarize.checking.alignment import Line
from summarize.checking.limits import has_condition, limits
from summarize.checking.phrases import (
    COORDINATORS,
    PAST,
    SPANS,
    TIME_NOUNS,
    is_adverb,
    is_time_phrase,
    is_verbish,
    may_be_verb,
)
from summarize.language import REPORTING_VERBS
from summarize.language.asides import has_told
from summarize.language.calendar import MONTHS, WEEKDAYS
from summarize.language.tokens import (
    ARTICLES,
    AUXILIARIES,
    CONJUNCTIONS,
    MODALS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
    word_set,
)

# What these open tells where or when, and seldom which one is meant, as "a source outside the army" does.
_SETTINGS = word_set("during amid amidst throughout after before following in on at near")
# "a source in the army", "the children in the home": the phrase says which one.
_DETERMINERS = ARTICLES | word_set("any some his her its their this that these those")
_LONGEST_SETTING = 9  # words
_VIEWS = word_set("implication view theory paper principle opinion telling eyes mind")
_PARTICLES = word_set("up down out off over in on")  # of "pulled out"
_GOALS = word_set("to into onto of than")  # what a verb further ahead may wait for
_LINKING = word_set("felt seemed became remained looked sounded is are was were be been has have had by")
_DASHES = "—–"
_LONGEST_INSERTION = 16  # words
_LONGEST_ITEM = 8  # words
_PRESENT = word_set("may might could insist say think believe hope want seem appear remain face expect plan")
_SINCE = word_set("earlier later ago before after")
_ADJECTIVE = re.compile(
    r"\w{2,}(?:ous|ful|ive|ical|less|able|ible|ish)|false|true|long|new|old|big|small|great|large|huge|little|young|"
    r"bad|good|high|low|rare|wide|deep|strong|tough"
)
_CHANGING = re.compile(r"(?:ed|ing)$")


def may_stop(line: Line, stop: int) -> bool:
    """Tell whether a sentence may end before word ``stop``."""
    if stop >= len(line.spoken):
        return True
    if limits(line, stop, len(line.spoken)) or _shares_object(line, stop):
        return False
    if "(" in line.marks[stop] and any(")" in line.marks[i] for i in range(stop + 1, len(line.spoken))):
        return False  # "for highly skilled[ (and highly paid) workers]"
    if stop + 1 < len(line.spoken) and line.key(stop - 1) == line.key(stop + 1):
        return False  # "country[ after country denied his request]"
    key = line.key(stop)
    if key in _SINCE and line.key(stop - 1) in SPANS:
        return False  # "a day earlier", "two weeks ago"
    if _is_midlist(line, stop) or (not line.has_mark(stop) and _opens_item(line, stop)):
        return False
    if line.has_mark(stop):
        if key == "that" or line.key(stop - 1) in _LINKING or "…" in line.marks[stop - 1]:
            return False
        if key in _GOALS or _resumes(line, stop) or _is_item(line, stop):
            return False
        if line.key(stop - 2) in ARTICLES and _ADJECTIVE.fullmatch(line.key(stop - 1)):
            return False  # "adopted the false[, partisan label of a mill]"
        return _opens_addition(line, stop)
    is_any = line.key(stop - 1).endswith("s") and line.key(stop - 2) not in ARTICLES
    if (key == "where" and is_any) or (key in ("and", "or") and _joins_nouns(line, stop)):
        return False  # "the areas[ where it rained]", "in the mouth[ and leg]"
    if key in (CONJUNCTIONS - {"that", "so", "how", "why", "whether", "because"}):
        return not (is_verbish(line, stop - 1) or _compares(line, stop) or stop == len(line.spoken) - 1)
    if _is_contact_clause(line, stop):
        return True
    return _opens_free_phrase(line, stop) or is_time_phrase(line, stop, len(line.spoken))


def _joins_nouns(line: Line, stop: int) -> bool:
    """Tell whether "and" at ``stop`` adds a mere noun to the one in front of it."""
    key = line.key(stop + 1)
    opens = ARTICLES | PRONOUNS | PREPOSITIONS | SUBORDINATORS | CONJUNCTIONS | AUXILIARIES
    end = min(stop + 5, len(line.spoken))
    near = range(stop + 1, next((i for i in range(stop + 2, end) if line.has_mark(i)), end))
    is_name = stop + 1 < len(line.spoken) and line.spoken[stop + 1].text[:1].isupper()
    return not (key in opens or is_adverb(key) or is_name or any(may_be_verb(line, i) for i in near))


def _compares(line: Line, stop: int) -> bool:
    """Tell whether "as" at ``stop`` opens no clause of its own: "as much … as", "takes her as his wife"."""
    if line.key(stop) != "as":
        return False
    before = {line.key(i) for i in range(max(0, stop - 14), stop)}
    if not any(may_be_verb(line, i) for i in range(stop + 1, min(stop + 8, len(line.spoken)))):
        return True  # "he takes her as his accomplice"
    return bool(before & {"as", "same", "such", "so"}) or line.key(stop + 1).endswith("ing")


def _opens_addition(line: Line, stop: int) -> bool:
    """Tell whether what follows a mark is said in addition: not "big[, cosmopolitan cities]"."""
    key = line.key(stop)
    if key in ("and", "or") and any(c in line.marks[stop] for c in "—–-"):
        return False  # "send them back – or face a closure"
    openers = ARTICLES | RELATIVES | CONJUNCTIONS | PREPOSITIONS | SUBORDINATORS
    return key in openers or key.endswith(("ing", "ed")) or any(c in line.marks[stop] for c in "—–-(;:")


def _is_item(line: Line, stop: int) -> bool:
    """Tell whether a list goes on at a comma: "in the city[, the hills, and the port]"."""
    last = next((i for i in range(stop, min(stop + 12, len(line.spoken))) if line.key(i) in ("and", "or")), 0)
    return last > stop and line.has_mark(last) and not any(may_be_verb(line, i) for i in range(stop, last))


def _resumes(line: Line, stop: int) -> bool:
    """Tell whether the sentence goes on behind the insertion at ``stop``.

    "bring it[, his idea,] to fruition", "the markets[ – London too –] that appear to be worth it",
    "a woman[, seen in May,] may be in town".
    """
    is_dash = any(c in line.marks[stop] for c in _DASHES)
    for i in range(stop + 1, min(stop + _LONGEST_INSERTION, len(line.spoken))):
        closes = any(c in line.marks[i] for c in _DASHES) if is_dash else line.has_mark(i)
        if closes:
            key = line.key(i)
            if is_dash or key in _GOALS or is_verbish(line, i) or key in _PRESENT:
                return True
    return False


def _is_midlist(line: Line, stop: int) -> bool:
    """Tell whether the last item of a short list would be lost: "in the city, the hills[, and the port]"."""
    near = any("," in line.marks[i] for i in range(max(1, stop - _LONGEST_ITEM), stop))
    return near and _opens_item(line, stop)


def _opens_item(line: Line, stop: int) -> bool:
    """Tell whether an item without a verb of its own begins behind "and" or "or"."""
    rest = range(stop + 1, min(stop + 5, len(line.spoken)))
    return line.key(stop) in ("and", "or") and not any(may_be_verb(line, i) for i in rest)


def _is_contact_clause(line: Line, i: int) -> bool:
    """Tell whether a short clause hangs on a count: "the 3.6 million refugees it hosts"."""
    counted = any(line.key(k)[:1].isdigit() for k in range(max(0, i - 4), i))
    short = len(line.spoken) - i <= 4
    return line.key(i) in ("it", "he", "she", "they") and counted and short and not may_be_verb(line, i - 1)


def _opens_free_phrase(line: Line, i: int) -> bool:
    """Tell whether a phrase that can be left out begins at ``i``: a preposition behind a noun."""
    if i == len(line.spoken) - 1:
        return False  # "fit right in"
    before = line.key(i - 1)
    restricts = before not in TIME_NOUNS and {line.key(i - 2), line.key(i - 3)} & _DETERMINERS
    if line.key(i) not in _SETTINGS or restricts:
        return False
    passive = before.endswith("ed") and line.key(i - 2) in AUXILIARIES
    tied = _CHANGING.search(before) or before in PREPOSITIONS | AUXILIARIES | CONJUNCTIONS | ARTICLES
    return passive or not (tied or before in REPORTING_VERBS or before in PAST)


def may_start(line: Line, first: int) -> bool:
    """Tell whether a sentence may begin at word ``first``, with a subject of its own."""
    # A mere connective, "But when …", leaves a whole sentence behind.
    if first == 0 or (first == 1 and (line.key(0) in COORDINATORS or is_adverb(line.key(0)))):
        return not is_verbish(line, first) or first == 0
    if has_condition(line, 0, first) or is_verbish(line, first):
        return False
    if any(
        line.key(i) in MONTHS and (line.key(i + 1)[:1].isdigit() or line.key(i - 1)[:1].isdigit())
        for i in range(first)
    ):
        return False  # "On May 8, …": what came later may stand in front of it
    if any(line.key(i) in _VIEWS for i in range(first)):
        return False  # "By implication, …": then it is somebody's view
    if first + 1 < len(line.spoken) and line.marks[first + 1].startswith(".,") and "," in line.marks[first]:
        return False  # "At a speech in Abingdon, [Va., Ann Hill argued]"
    key, before = line.key(first), line.key(first - 1)
    if first == 1 and (before in ARTICLES or (before == "so" and key in ("far", "many", "much", "long"))):
        return False
    if key in RELATIVES or key in COORDINATORS or (key in PRONOUNS and line.stems(0, first)):
        return False
    if (first <= 6 and any(c in line.marks[first] for c in "—–)")) or "--" in line.marks[first]:
        return True
    if first == 1 and line.spoken[0].text.isupper() and not line.has_mark(1):
        return True  # a dateline: "ANKARA Turkish President …"
    if before in COORDINATORS and line.has_mark(first - 1):
        return not _CHANGING.search(key) and key not in PREPOSITIONS
    opener = line.key(0)
    leads = opener in PREPOSITIONS | SUBORDINATORS | CONJUNCTIONS | {"earlier"} or is_adverb(opener)
    leads = leads or (opener.endswith("ing") and first > 1)
    hangs = opener in PREPOSITIONS | SUBORDINATORS  # "In the city, …", "As he fled, …"
    if (not line.stems(0, first) and not hangs) or (is_adverb(opener) and first == 1):
        return True
    return line.has_mark(first) and (leads or is_time_phrase(line, 0, first))


def may_skip(line: Line, start: int, end: int) -> bool:
    """Tell whether the words ``start`` to ``end`` may be left out of the midst of a sentence."""
    if limits(line, start, end):
        return False
    if line.key(end) == "that" and line.key(end + 1) in AUXILIARIES | MODALS:
        return False  # "said [in a report] that could raise pressure"
    if "[" in line.marks[start] or "(" in line.marks[start]:
        closes = "]" in line.marks[end] or ")" in line.marks[end]
        return closes and not line.key(end)[:1].isdigit()  # "(323) 890-5500"
    dates = line.key(start) in _SINCE and line.key(start - 1) in SPANS  # "days earlier"
    if (end - start == 1 and is_adverb(line.key(start)) and not dates) or _is_setting(line, start, end):
        return True
    if line.has_mark(end) and _hangs(line, end, line.key(start) in RELATIVES):
        return False
    both = line.has_mark(start) and line.has_mark(end)
    if both and (_opens_item(line, end) or not _opens_addition(line, start)):
        return False  # "the hand[, the chest], and the back", "Ohio[, New York], Delaware and Maine"
    if line.key(start) in RELATIVES and line.has_mark(start + 1):
        return False  # "to his team[, which, along with others,] appeared": its verb is still to come
    if (
        line.key(start) in RELATIVES
        and may_be_verb(line, end)
        and has_told(line.text[: line.spoken[start - 1].end])
    ):
        return False
    if line.has_mark(start) and line.has_mark(end):
        return not is_verbish(line, start)
    if (line.key(start), line.key(start + 1)) == ("as", "well"):
        return False
    if line.key(start) in COORDINATORS | SUBORDINATORS | {"as"} and line.has_mark(end):
        return line.key(start) != "and" and not is_verbish(line, end)
    return _is_free_phrase(line, start, end)


def _shares_object(line: Line, stop: int) -> bool:
    """Tell whether the verb before a stop shares its object with another: "named[, and is free of, them]"."""
    if not line.has_mark(stop) or line.key(stop) not in ("and", "or", "but"):
        return False
    closes = next((i for i in range(stop + 1, min(stop + 9, len(line.spoken))) if line.has_mark(i)), 0)
    return closes > 0 and line.key(closes - 1) in PREPOSITIONS - _PARTICLES


def _is_setting(line: Line, start: int, end: int) -> bool:
    """Tell whether a stretch says where or when somebody said it: "said [in a statement on Monday] that"."""
    if line.key(start - 1) not in REPORTING_VERBS or end - start > _LONGEST_SETTING or line.has_mark(start):
        return False
    opens = line.key(start) in PREPOSITIONS - {"of", "to"} or line.key(start) in WEEKDAYS
    opens = opens and line.key(end - 1) not in PREPOSITIONS | ARTICLES  # "said [after] the fire that"
    plain = not any(line.has_mark(i) or may_be_verb(line, i) for i in range(start + 1, end))
    onward = line.key(end) in PRONOUNS | ARTICLES | {"that"}
    # "said in the statement, which was not issued until …": there it is what is told of.
    is_told_of = line.has_mark(end) and line.key(end) in RELATIVES
    return opens and plain and (line.has_mark(end) or onward) and not is_told_of


def _hangs(line: Line, i: int, after_relative: bool) -> bool:
    """Tell whether what begins at ``i`` leans on the word in front of it.

    Behind a relative clause a word in "-ed" is the main verb, "Turkey, which …, stepped up".
    """
    key = line.key(i)
    if key in ARTICLES or (is_adverb(key) and line.key(i + 1) in ARTICLES):
        end = next((j for j in range(i + 1, len(line.spoken)) if line.has_mark(j)), len(line.spoken))
        reports = any(line.key(j) in REPORTING_VERBS for j in range(i, end))
        return not after_relative and not reports  # "at the club[ as a guest of Smith], also a passenger"
    return key in RELATIVES or key.endswith("ing") or (key.endswith("ed") and not after_relative)


def _is_free_phrase(line: Line, start: int, end: int) -> bool:
    if not _opens_free_phrase(line, start):
        return False
    inner = range(start + 1, end)
    if any(line.has_mark(i) or line.key(i) in CONJUNCTIONS | RELATIVES | {"to"} for i in inner):
        return False
    if any(is_verbish(line, i) or line.key(i).endswith("ing") for i in inner):
        return False
    after = line.key(end)
    if after in ("and", "or") and not may_be_verb(line, end + 1):
        return False  # what is coordinated may begin inside the phrase: "with a host and a jury"
    return line.has_mark(end) or after in PREPOSITIONS | AUXILIARIES | CONJUNCTIONS | REPORTING_VERBS
