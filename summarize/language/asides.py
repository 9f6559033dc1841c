"""Asides: what a sentence says in passing, and could be told without.

Contract: ``asides`` returns spans of the text; what is left without one of them, or without all, is a
sentence as long as each span is cut whole. Spans don't overlap. What changes the meaning of the rest is
no aside: a condition, a denial, who said it, an apposition that holds the subject.
"""

from __future__ import annotations

import re

from summarize.language.calendar import DAY
from summarize.language.connectives import without_connectives
from summarize.language.people import FULL_NAME
from summarize.language.quotations import quotations
from summarize.language.speech import REPORTING_VERBS, hedges, negations
from summarize.language.tokens import raised
from summarize.types import Span

_FREE = r"[^,;:()“”\"—–]"
_VERB = (
    r"(?:has|have|had|is|are|was|were|will|would|can|could|may|might|must|should|did|does|said|told|"
    r"became|began|bought|broke|brought|built|came|caught|chose|cut|drew|drove|fell|felt|fled|fought|found|"
    r"gave|got|grew|held|hit|kept|knew|laid|led|left|lost|made|met|paid|put|quit|ran|read|rose|sat|saw|sent|"
    r"set|shot|sold|sought|spent|spoke|stood|struck|taught|thought|threw|took|upheld|went|won|wore|wrote|"
    r"(?!(?:privileged|related|unrelated|limited|alleged|unnamed|armed|elected|retired|wounded|injured|increased)\b)"
    r"[a-z]{3,}ed)"
)
_OUTLET = (
    r"(?:statement|interview|tweet|e-?mail|post|letter|memo|report|release|speech|briefing|conference|blog)"
)
# Not "At a speech in Abingdon, Va., Ann Ray said", nor "As a result its chief, Ann Ray, said".
_NAMED = (
    r"(?=[A-Z](?!-[A-Z]))(?![A-Z][a-z]{0,4}\.,)"
    rf"(?!(?:[A-Z][\w.’'-]* ){{0,3}}[A-Z][\w.’'-]*, (?:[a-z]+ly |also )?(?:{_VERB}|says)\b[^,]*$)"
)
_PATTERNS = (
    re.compile(r" \((?!\d{3}\) )[^()]{2,90}\)"),  # but an area code
    re.compile(r" \[[^\[\]]{2,60}\]"),
    re.compile(r" (?:—|–|--|-) (?!(?:and|or) )[^—–;:“”\"]{4,110} (?:—|–|--|-)(?= )"),
    # ", which had been repaired,", ", a lawyer,", ", using a crane."
    re.compile(rf", (?:which|who|whose|where) [^,;“”\"]{{4,110}}(?:,(?= {_VERB}\b)|(?=\.$))"),
    re.compile(rf"(?<=[a-z]), (?:an?|the) [a-z]{_FREE}{{4,80}},(?= {_VERB}\b)"),
    # "Tester, a two-term senator, who is in a close race": the second comma stays.
    re.compile(rf"(?<=[A-Z][a-z]{{2}}), (?:an?|the) [a-z]{_FREE}{{4,80}}(?=, (?:who|which|whose) )"),
    re.compile(rf"(?<=[A-Z][a-z]{{3}}), (?:an?|the) [a-z]{_FREE}{{4,80}}(?=, (?:who|which|whose) )"),
    re.compile(rf", (?!according|including)[a-z]{{3,}}ing {_FREE}{{8,110}}(?=\.$)"),
    re.compile(rf", (?:including|such as|along with|as well as) {_FREE}{{4,80}}(?:(?=\.$)|,(?= {_VERB}\b))"),
    re.compile(rf", (?:especially|particularly|mostly|largely) {_FREE}{{8,90}}(?=\.$)"),
    re.compile(rf", (?:after|when|since) {_FREE}{{12,110}}(?=\.$)"),
    # ", located an hour from the coast." ", one of the men who were there."
    re.compile(
        r", (?:[a-z]{3,}ed|known|held|built|seen|made) (?:in|at|as|by|on|near|about|from) "
        rf"{_FREE}{{4,90}}(?=\.$)"
    ),
    re.compile(rf", (?:an?|the|one of) [a-z]{_FREE}{{6,90}}(?=\.$)"),
    re.compile(r"^\([^()]{3,60}\) (?=[A-Z])"),
    re.compile(
        r" (?:(?:—|–|--)|-(?= (?:which|who|a|an|the) )) "
        r"(?!(?:with|without|and|but|or|if|for|though|as in|that is|namely) )"
        r"(?:(?! --? )[^—–;:“”\"]){20,110}(?=\.$)"
    ),
    # "In an unusual twist, …", "Speaking to reporters, …"
    re.compile(
        r"^(?:Amid|Despite|With|While|Although|Though|As|By [a-z]+ing|Speaking|Writing|After|Before|Ahead of"
        rf"|Following) {_FREE}{{8,90}}, {_NAMED}"  # "As Ann Ray, R-Ohio, put it"
    ),
    # "Trawling through the archives, the Smiths found": whoever does so is named behind the comma.
    re.compile(
        rf"^(?!According|Nothing|Something|Everything|Anything|During|Following|Excluding|Including|Being)"
        rf"[A-Z][a-z]{{2,}}ing {_FREE}{{8,90}}, (?=[A-Z][\w’'-]+ (?:[\w’'-]+ ){{0,3}}{_VERB}\b)"
    ),
    # ", with the aim of reducing tension."
    re.compile(rf", with (?:the|an?) (?:aim|goal|hope|intention|purpose) of {_FREE}{{8,90}}(?=\.$)"),
    re.compile(rf"^In an? [a-z]{{3,}} (?:twist|turn|move|development|sign)\b{_FREE}{{0,50}}, (?=[a-zA-Z])"),
    re.compile(rf"^(?:In|At) an? (?:[a-z]+ ){{0,2}}{_OUTLET}{_FREE}{{0,40}}, {_NAMED}"),
    # "she said in an interview with a local paper."
    re.compile(
        rf"(?<=\bsaid) in an? (?:[a-z]+ ){{0,2}}{_OUTLET} (?:with|to|on|at|for) "
        r"(?:(?! that )[^,;:()“”\"—–]){3,60}(?=\.$)"
    ),
    # "said in a statement on Monday that"
    re.compile(
        rf"(?<=\bsaid)(?: in (?:an?|his|her|its|their) (?:[a-z]+ ){{0,2}}{_OUTLET})?"
        rf"(?: (?:on |late |early )?{DAY}(?: (?:morning|afternoon|evening|night))?)?"
        r"(?<!said)(?=[,.](?! which\b)| (?:that(?! (?:could|would|will|may|might|is|was|has|had)\b)"
        r"|the|he|she|it|they)\b)"
    ),
    # A day that only its own date explains, and is another one by the time that a brief is read.
    re.compile(
        r"(?<=[a-z,)])(?<![Uu]ntil)(?<![Ss]ince)(?<! of)(?<!from)(?<! by)(?<!than)(?<! for)"
        r"(?<!earlier)(?<!later)(?<!late)(?<!early)"
        r" (?:today|tonight|yesterday|last night|this (?:morning|afternoon|evening))"
        rf"(?=[,.]| (?:that|at|in|for|after|when|as|to|on|by|with|from|according|amid|{_VERB})\b)"
    ),
    re.compile(r"^(?:Today|Tonight|Yesterday|Last night|This (?:morning|afternoon|evening)),? (?=[A-Za-z])"),
    # "Last month, she had warned": the verb says that it was before; a figure would be another one without.
    re.compile(r"^(?:Last|Earlier this) (?:week|month|year), (?=[A-Z](?:\S+ ){1,5}had\b)(?!.*\d)"),
    re.compile(r"(?<=\b(?:is|as)) currently(?= [a-z])|(?<=\b(?:are|was|has|had)) currently(?= [a-z])"),
    # What strengthens and tells nothing.
    re.compile(
        r"(?<=[a-z])(?<!not)(?<!n't)(?<!n’t)(?<!ever)"
        r" (?:actually|really|literally|basically|incredibly)(?= [a-z])"
    ),
    # ", 53,": the commas belong to the age alone if a verb follows.
    re.compile(rf"(?<=[a-z]), (?:aged )?\d\d,(?= {_VERB}\b)"),
)
# To the end of the sentence, commas and all, if the main verb is in front and no comma leads back to it.
_TAIL = re.compile(
    r", (?:which|who|whose|where|(?!according|including)[a-z]{3,}ing) [^;:()“”\"—–]{8,140}(?=\.$)"
)
_RESUMES = re.compile(
    rf",(?: [a-z]+ly)? (?:{_VERB}|[a-z]+s|an?|the|they|it|he|she|we|this|and|or|but|after|before|when|while|"
    r"because|since|though|although|with|in|on|at|by|for|from|to|during|until|into|onto|toward|towards|out|off|over|"
    r"under|through|between|against|among|across|along|around|behind|as|than)\b"
)
_OPENS_PHRASE = re.compile(
    r"(?:While|When|Although|Though|If|Unless|Because|Since|As|After|Before|Once|Despite|In|On|At|With|By|For|From|"
    r"During|Under|Over|Inspired|[A-Z][a-z]+ing)\b"
)
OPENS_CLAUSE = re.compile(
    r"(?:While|When|Whenever|Although|Though|If|Unless|Because|Since|As|After|Before|Once)\b"
)
_BOUND = r"of|in|on|at|by|to|from|with|for|near|against|over|during"
_LAST_RELATIVE = re.compile(r", (?:which|who|whose|where) [^,]*$")
_RELATIVE = re.compile(r", (?:which|who|whose|where)\b")
_CLAUSE_BORDER = re.compile(
    rf"[,;:—–]|\b(?:who|which|that|and|but|because|if|as|when|while|{'|'.join(sorted(REPORTING_VERBS))})\b"
)
# "accused of the attack", "based in Ohio": a participle with its phrase, to the end.
_REDUCED = re.compile(
    r"(?<!\bwas )(?<!\bwere )(?<!\bhas )(?<!\bhad )(?<!\bhave )(?<!\bis )(?<!\bare )"
    rf"\b(?:[a-z]{{3,}}ed|held|built|made|seen|known|born|sent|led|shot) (?:{_BOUND}) "
    rf"(?:(?!\b(?:{_BOUND})\b)[\w’'-]+ ?){{1,5}}$"
)
_OPEN_INSERTION = re.compile(
    r", (?:even|especially|then|now|still|once|at|in|on|by|with)\b[^,]{0,40}$|"
    # "Ann Hill, 23[, who was there], won", "Ann Hill, mayor of Lowhaven[, who was there], left"
    r"^(?!(?:In|On|At|By|For|From|Since|During|After|Before|Until|Last|This|Late|Early|Under|With|As|When|While)"
    r" )(?:[A-Z][\w.’'-]+ )+[A-Z][\w.’'-]+, [a-z\d][^,]{0,60}$|"
    r"^[A-Z][\w.’'-]+, \d[^,]{0,60}$"
)
# "Hill, a senator[, who was there,] voted", but "Today, a senator[, who was there,] voted": which one is it?
_UNSURE = re.compile(r"^[A-Z][\w’'-]+, (?:an?|the) [^,]{0,60}$")
_HALF = re.compile(r"\bnot only\b(?!.*\b(?:but|also)\b)")
_DASH = re.compile(r" (?:—|–|--|-) |—")
# What came of it was nothing: "the appeal, which the court dismissed".
UNDONE = frozenset("declined refused rejected denied failed overturned dismissed".split())
_TIES = re.compile(
    r"\b(?:according|if|unless|except|only|not|never|no|without|false|at least|in theory|on paper|"
    rf"{'|'.join(sorted(UNDONE))})\b|n['’]t\b",
    re.I,
)
_POSSIBLE = re.compile(r"^\W+(?:which|who|that) (?:could|may|might)\b")  # "– which could be from paint"
_SUPERLATIVE = re.compile(r"\b(?:first|last|only|most|least|worst|best|\w{3,}est)\b")
# "Ann Ray, the president of a charity,[ said]", "[said ]Ann Ray, a doctor": else nobody knows who that is.
_SPEAKS_NEXT = re.compile(rf" (?:{'|'.join(sorted(REPORTING_VERBS))})\b")
_ENDS_IN_NAME = re.compile(rf"(?:^|[ “\"]){FULL_NAME}$")
_ENDS_IN_SPEAKER = re.compile(rf"\b(?:{'|'.join(sorted(REPORTING_VERBS))}) {FULL_NAME}$")
# "with Ray, a doctor,[ seen at the front]": what is cut there is what "with" needs.
_WITH = re.compile(r", with [A-Z][^,]*, [^,]*$")
_BODY = re.compile(
    r"\bthe (company|firm|group|agency|bank|organi[sz]ation|network|party|union|university|airline)\b"
)
_OWNS = re.compile(r"\b(?:owns?|owned|runs?|ran|founded|founder|heads?|headed|leads?|led|of|at)\b")
# Lives lost, and who is a child, are told in passing, but are no aside.
_GRAVE = re.compile(
    r"\b(?:kill|dead\b|deadl|death|die[ds]?\b|wound|injur|child\b|children\b|bab(?:y|ies)\b)", re.I
)


def asides(text: str) -> tuple[Span, ...]:
    """Return what the sentence says in passing, in order; longer spans win over those inside them."""
    quoted = quotations(text)
    found: list[Span] = []
    spans = [(m.start(), m.end()) for p in _PATTERNS for m in p.finditer(text) if m.group().strip()]
    spans += _tails(text)
    spans = [(a, b) for a, b in spans if not (_is_item(text, a, b) or _closes_pair(text, a, b))]
    for start, end in sorted(spans, key=lambda s: s[0] - s[1]):
        if (
            text[start : start + 2] == ", "
            and not re.search(rf"\b{_VERB}\b", _LAST_RELATIVE.sub("", _without_insertion(text[:start])))
            and end == len(text) - 1
        ):
            continue  # "Keller and her team, relied on statistics" ends in its main verb
        if end == len(text) - 1 and OPENS_CLAUSE.match(text) and "," not in text[:start]:
            continue  # "While it rose, climbing to ten, it counts for nothing": the main clause is in there
        if text[end - 1] == "," and _RELATIVE.match(text, start) and has_told(text[:start]):
            continue  # "He left the town, which had been shelled, was burnt and lies in ruins"
        if text[end - 1] == "," and _UNSURE.match(text[:start]):
            continue
        if end == len(text) - 1 and _HALF.search(text[:start]):
            continue  # "not only failed to stop it – it opened a case"
        if presents_speaker(text, start, end) or _WITH.search(text[:start]):
            continue
        free = all(end <= a.start or start > a.end for a in found)
        unquoted = all(end <= a or start >= b for a, b in quoted)
        goes_before = any(b == start for _, b in spans)
        if text[end - 1] == "," and _OPEN_INSERTION.search(text[:start]) and not goes_before:
            end -= 1  # "Letterman, even then[, which was in 1998], was aloof"
        limits = _limits(text, start, end) or introduces_body(text, start, end)
        if free and unquoted and not limits and not _changes_meaning(text[start:end]):
            found.append(Span(start, end))
    return tuple(sorted(found, key=lambda a: a.start))


def _without_insertion(head: str) -> str:
    """Leave out a participle behind a comma at the end: "Lebanon, battered by debt" has not told its verb."""
    last = _CLAUSE_BORDER.split(head)[-1]
    is_participle = bool(last.strip()) and not _REDUCED.sub("", last).strip()
    return head[: len(head) - len(last)] if is_participle else head


def presents_speaker(text: str, start: int, end: int) -> bool:
    """Tell whether a span says who it is, named in full in front of it, that speaks."""
    if not re.match(r", (?:an?|the|one of) [a-z]", text[start:end]):
        return False
    head = text[:start]
    speaks_next = text[end - 1] == "," and _SPEAKS_NEXT.match(text, end) and _ENDS_IN_NAME.search(head)
    return bool(speaks_next or _ENDS_IN_SPEAKER.search(head))


def introduces_body(text: str, start: int, end: int) -> bool:
    """Tell whether a span names who is "the company" or "the party" behind it: ", which owns Purdue, …"."""
    told = {m[1] for m in _BODY.finditer(text, 0, start)}
    own = text[start:end] if start else ""
    named = _OWNS.search(own) is not None and re.search(r"\b[A-Z]", own) is not None
    return named and any(m[1] not in told for m in _BODY.finditer(text, end))


def has_told(head: str) -> bool:
    """Tell whether the clause that a text ends in has its verb; "the man accused of it" has none yet."""
    clause = _CLAUSE_BORDER.split(head)[-1]
    return re.search(rf"\b{_VERB}\b", _REDUCED.sub("", clause)) is not None


def _tails(text: str) -> list[tuple[int, int]]:
    """Find a relative or participle clause with commas inside that ends the sentence."""
    return [
        (m.start(), m.end())
        for m in _TAIL.finditer(text)
        if re.search(rf"\b{_VERB}\b", text[: m.start()]) and not _RESUMES.search(m.group(), 1)
    ]


def without(text: str, spans: tuple[Span, ...]) -> str:
    """Cut spans out of a text and begin it with a capital again."""
    for span in reversed(spans):
        head, cut = text[: span.start], text[span.start : span.end]
        if _DASH.match(cut) and span.end < len(text) - 1 and "," not in head and _OPENS_PHRASE.match(head):
            head += ","  # "After the war – a long one – it rained" keeps a comma
        text = head + text[span.end :]
    return raised(re.sub(r"(?<=[A-Z]\.)\.$", "", text.strip()))


def core(text: str) -> str:
    """Return the sentence without its asides and connectives."""
    return without_connectives(without(text, asides(text)))


def _is_item(text: str, start: int, end: int) -> bool:
    """Tell whether what looks like an apposition at the end is an item, or a clause, or hangs on no name."""
    if not re.match(r", (?:an?|the|one of) ", text[start:end]) or end != len(text) - 1:
        return False
    name = re.search(r"[\w’'-]+$", text[:start])
    hangs = name is not None and name.group()[0].isupper()
    return "," in text[:start] or not hangs or _CLAUSE.match(text[start:end]) is not None


# ", the results were odd": a clause of its own, behind "When it was tried on Wikipedia".
_CLAUSE = re.compile(rf", (?:an?|the|one of) (?:(?!who|that|which|whose)\S+ ){{1,6}}?{_VERB}\b")


def _closes_pair(text: str, start: int, end: int) -> bool:
    """Tell whether a span begins at the second dash of a pair: "The plan – a bold one – failed." """
    opens = _DASH.match(text, start) is not None and end == len(text) - 1
    return opens and len(_DASH.findall(text[:start])) % 2 == 1


def _limits(text: str, start: int, end: int) -> bool:
    """Tell whether a span says since when something is the first, or the worst."""
    return text[start:end].startswith(", since") and _SUPERLATIVE.search(text[:start]) is not None


def _changes_meaning(span: str) -> bool:
    words = {w.casefold() for w in re.findall(r"\w+", span)}
    says = bool(words & REPORTING_VERBS)
    says = says or _POSSIBLE.match(span) is not None
    return says or bool(_TIES.search(span) or _GRAVE.search(span) or negations(span) or hedges(span))
