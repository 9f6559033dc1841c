"""What limits the rest of a sentence: conditions, and what tells of what, since when or as what it holds.

Contract: questions about a stretch of one sentence. Without a stretch that limits it the sentence says more
than it said, or something else, however well it reads.
"""

from __future__ import annotations

import re
from collections.abc import Set

from summarize.checking.alignment import Line
from summarize.checking.phrases import COORDINATORS, TIME_NOUNS, may_be_verb
from summarize.language import REPORTING_VERBS
from summarize.language.asides import UNDONE, introduces_body
from summarize.language.tokens import AUXILIARIES, CONJUNCTIONS, MODALS, PREPOSITIONS, RELATIVES, word_set

# Without these clauses a sentence says more than it said.
CONDITIONS = word_set(
    """if unless except provided unlikely without only until till not no never nor neither cannot"""
)
_SUPERLATIVE = re.compile(r"(?:first|last|only|most|least|worst|best|ever|\w{3,}est)$")
_NO_DEGREE = re.compile(r"(?:arr|prot|for|inter|requ|unr|inv|cont|harv|gu)est")
_LIMITS = word_set(
    "since in of among for ever"
)  # "the first contact since his arrest", "the worst in decades"
_FIRST_REACH, _ONLY_REACH = 16, 25  # words from "the first", "the only candidate who …" to what makes it true
# "at least $644.05[ before subsidies]": what is in a figure, and what is not.
_COUNTED_IN = word_set("before after excluding minus plus net adjusted")
_DEDUCTED = word_set(
    """tax taxes taxation subsidy subsidies fee fees cost costs inflation deduction deductions expenses
    discount discounts interest rebates"""
)
_APPOINTS = re.compile(
    r"(?:re)?(?:appoint|nam|elect|nominat|designat|describ|install|hail|regard|treat|depict|portray|denounc|"
    r"dismiss|characteri[sz]|select|pick|tapp|recruit|brand|recogni[sz]|identif)(?:e|y|ed|es|s|ing|ied|ies)?|sworn|"
    r"swore|chose|chosen|cast|sees?|saw|seen"
)
_OPPOSES = word_set("while whereas although though")  # "but" may begin another sentence
_UNDONE = UNDONE | {"blocked", "reversed"}
_PAIRED = 12  # words between two clauses that begin alike
# "will allow a law requiring cards[ when casting ballots to take effect]": to do what is still to come.
_FRAME = re.compile(
    r"(?<!the )(?<!an )(?<!task )\b(?:"
    r"(?:allow|ask|urg|requir|permit|enabl|invit|encourag|compel)(?:e[ds]?|s|ed|ing)?|"
    r"order(?:ed|ing)|forc(?:ed|es|ing)|direct(?:ed|ing)|instruct(?:ed|s|ing))\b"
)
_INFINITIVE = re.compile(r"\bto (?!court\b|the\b|two\b|three\b|his\b|her\b|its\b|their\b)[a-z]+")
_TO_DO = re.compile(r"(?:(?:when|while|after|before|in|for) [a-z]+ing [\w ]{0,20})?to [a-z]+")
# What turns back a movement: "fell to a low[, before recovering]".
_MOVES = word_set(
    "fell rose fallen risen dropped climbed slid jumped lost gained dipped plunged soared low lows high"
)
_ASKS_FOR = word_set("appealed appeal asked sought request requested petition petitioned motion bid")
_ROLE_REACH = 14  # words from "appointed" to "as"
_FINDS = REPORTING_VERBS | word_set(
    """found finds concluded believe believes believed think thinks estimate estimated suspect suspects
    suggest suggests argue argues show shows showed predict predicted"""
)
_LONGEST_SOURCE = 7  # words of ", the researchers found"


def limits(line: Line, start: int, end: int) -> bool:
    """Tell whether words ``start`` to ``end``, inside a sentence or to its end, limit the rest."""
    if has_condition(line, start, end) or _says_what_of(line, start, end):
        return True
    if line.key(start) in RELATIVES and line.key(start + 1) in MODALS:
        return True  # "contains iron[, which could be from paint]"
    if line.key(start) in ("as", "when") and any(
        line.key(i) == line.key(start) for i in range(max(1, start - _PAIRED), start)
    ):
        return True  # "retract it as it nears the sun and extend it[ as it retreats]"
    if line.key(start) == "before" and line.key(start + 1).endswith("ing") and _has(line, start, _MOVES):
        return True  # "fell to a session low[, before charging into positive territory]"
    behind = line.spoken[end].start if end < len(line.spoken) else len(line.text)
    if introduces_body(line.text, line.spoken[start].start, behind):
        return True
    if end < len(line.spoken):
        return False
    if _is_half(line, start):
        return True
    is_undone = line.key(start) in RELATIVES and any(line.key(i) in _UNDONE for i in range(start, end))
    if is_undone and _has(line, start, _ASKS_FOR):
        return True  # "had appealed for a ruling[, which the court declined to take up]"
    if line.key(start) in _OPPOSES or (line.key(start) == "but" and not line.has_mark(start)):
        return True  # "would raise some rates[, while it keeps the others]"
    if _completes(line.text[: line.spoken[start].start], line.text[line.spoken[start].start :]):
        return True
    return _limits_superlative(line, start) or _is_set_against(line, start) or _says_who_found(line, start)


def _has(line: Line, stop: int, words: Set[str]) -> bool:
    """Tell whether one of some words stands before ``stop``."""
    return any(line.key(i) in words for i in range(stop))


def _completes(head: str, tail: str) -> bool:
    """Tell whether a tail says what somebody is allowed, asked or ordered to do."""
    n_open = len(_FRAME.findall(head)) - len(_INFINITIVE.findall(head))
    return n_open > 0 and _TO_DO.match(tail) is not None


def _is_half(line: Line, stop: int) -> bool:
    """Tell whether "not only" is left without what it leads to: "not only failed[, but opened a case]"."""
    opens = (i for i in range(1, stop) if (line.key(i - 1), line.key(i)) == ("not", "only"))
    first = next(opens, None)
    return first is not None and not any(line.key(i) in ("but", "also") for i in range(first, stop))


def has_condition(line: Line, start: int, end: int) -> bool:
    """Tell whether a stretch opens with a condition, or sets one behind its first comma."""
    return any(
        line.key(i) in CONDITIONS and (i == start or line.key(i) in ("if", "unless"))
        for i in range(start, end)
    )


def _limits_superlative(line: Line, stop: int) -> bool:
    """Tell whether a phrase at ``stop`` says among what something is the first, or the worst."""
    near = range(max(0, stop - (_ONLY_REACH if "only" in map(line.key, range(stop)) else _FIRST_REACH)), stop)
    return line.key(stop) in _LIMITS and any(_is_superlative(line, i) for i in near)


def _is_superlative(line: Line, i: int) -> bool:
    """Tell whether a word is "first" or "worst"; "last month", "at least" and "protest" are no such thing."""
    key = line.key(i)
    no_degree = (key == "last" and line.key(i + 1) in TIME_NOUNS) or (
        key == "least" and line.key(i - 1) == "at"
    )
    return _SUPERLATIVE.match(key) is not None and not no_degree and not _NO_DEGREE.fullmatch(key)


def _says_what_of(line: Line, start: int, end: int) -> bool:
    """Tell whether a stretch says what somebody is appointed as, or what a figure leaves out."""
    if line.key(start) in _COUNTED_IN and _is_figure(line, start - 1):
        told = {line.key(i) for i in range(start + 1, min(end, start + 5))}
        return line.key(start) not in ("before", "after") or bool(told & _DEDUCTED)
    role = next(
        (
            i
            for i in range(start, end)
            if line.key(i) == "as" and not any(may_be_verb(line, k) for k in range(i + 1, min(end, i + 8)))
        ),
        None,
    )
    if role is None:
        return False
    before = range(start - 1, max(-1, role - _ROLE_REACH), -1)
    verb = next((i for i in before if _APPOINTS.fullmatch(line.key(i)) or line.key(i) == "as"), None)
    return verb is not None and line.key(verb) != "as"


def _is_set_against(line: Line, stop: int) -> bool:
    """Tell whether a phrase sets a figure against another: "2 percent of adults and 4 percent[ of children]".

    The same preposition stands behind both figures, and "and", "but" or "while" between them.
    """
    if line.key(stop) not in PREPOSITIONS:
        return False
    same = [i for i in range(1, stop) if line.key(i) == line.key(stop)]
    joined = next((i for i in range(stop - 1, 0, -1) if line.key(i) in COORDINATORS), 0)
    counts = any(_is_figure(line, i) for i in range(joined + 1, stop))
    return counts and any(
        i < joined and any(_is_figure(line, k) for k in range(max(0, i - 4), i)) for i in same
    )


def _says_who_found(line: Line, stop: int) -> bool:
    """Tell whether a sentence ends in who knows it: ", the researchers found", ", historians believe"."""
    last = len(line.spoken) - 1
    is_short = line.has_mark(stop) and 1 <= last - stop < _LONGEST_SOURCE
    is_clause = line.key(stop) in RELATIVES | CONJUNCTIONS or line.key(last - 1) in AUXILIARIES
    return is_short and line.key(last) in _FINDS and not is_clause  # but ", as analysts had predicted"


def _is_figure(line: Line, i: int) -> bool:
    return line.key(i)[:1].isdigit() or line.key(i) in (
        "percent",
        "million",
        "billion",
        "trillion",
        "dollars",
    )
