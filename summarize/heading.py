"""Heading: a few words that name a topic, made of the words of its sources.

Three kinds compete: headlines that the writer proposes, titles of the articles that the topic draws on,
and the head of one of its own sentences, cut at a border. Each must name something, stand whole and not
repeat another heading; the one nearest in meaning to this topic, and far from the others, wins. For want of
one a whole sentence is taken, and at last the beginning of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set

import numpy as np

from summarize.checking.alignment import Line, line
from summarize.checking.borders import may_stop
from summarize.checking.grammar import clause_lacks_verb
from summarize.checking.phrases import is_time_phrase, may_be_verb
from summarize.clustering import unit
from summarize.composing import Composed
from summarize.language import (
    Name,
    content_stems,
    core,
    names,
    opens_dependent,
    quantities,
    reports,
    words,
)
from summarize.language.calendar import DAY, MONTHS, WEEKDAYS
from summarize.language.opinion import judges
from summarize.language.places import DEMONYMS, PLACES, STATES
from summarize.language.speech import REPORTING_VERBS, negations
from summarize.language.tokens import (
    ARTICLES,
    AUXILIARIES,
    FUNCTION_WORDS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    raised,
    word_set,
)
from summarize.language.verbs import has_main_verb
from summarize.segmentation import plain
from summarize.types import Checker, Embedder, Writer

MAX_WORDS = 13
MAX_TITLE_WORDS = 18
LONGEST = 24  # words of a title, or of a head, that is taken for want of anything else
BEGUN = 10  # words of a sentence whose beginning is the heading where nothing else will do
MIN_WORDS = 4
LEADS = 2  # claims that a headline is written from
ALIKE = 0.6  # share of content words from which two headings say the same
ELSEWHERE = 0.5  # weight of the nearest other topic
SHORTER = 0.01  # per word: of two headings as near, the shorter
STRAY = 0.1  # of a heading that is nearer to another topic
LATER = 0.15  # per claim of the topic that weighs more than the one whose head is taken
TOLD = 0.6  # share of the words of a head that the topic's claims have
HEADED = 0.2  # of a head beside a title: titles are made to be headings
CUT = 0.3  # per share of its sentence that a head leaves out: "The group says on its website"
ECHO = 0.15  # of the head of a topic's only sentence, which the reader reads again below it
WHOLE = 8  # words of a head that says what its sentence does,
STUB = 0.03  # and what each word less costs: "The Supreme Court will hear arguments"
_PARTIES = word_set("democrat dem gop republican congress senate")
_TIMES = frozenset(t for t in (*MONTHS, *WEEKDAYS) if len(t) > 3)
_WORDS_TOO = word_set(
    "march us turkey polish chad china jordan"
)  # places and peoples that are other words as well
_LEADING_TIME = re.compile(
    r"^(?:On|In|Last|Earlier|Late|Early|This|Over|During|Since|For|At|By)\b(?: [\w.]+){0,4}, "
)
# A verb that a clause may follow without "that", and no second verb yet; and the verb of that clause.
_TAKES_CLAUSE = re.compile(
    r"\b(?:suggest|show|found|find|indicate|believe|think|thought|argue|warn|hope|fear|expect|insist|reveal|conclude"
    r"|mean|knew|know|predict|estimate|admit|acknowledge|confirm|den(?:y|ie)|allege|note|report|announce|claim|sa(?:y|id)"
    r"|feel|felt|hear|heard|learn|discover|state|add|declare)(?:e?d|s)? "
    r"(?:the|an?|its|his|her|their|this|these|some|most|many|all)\b[^,;:“”\"—–]*$"
)
_FINITE = r"(?:could|may|might|will|would|can|should|must|is|are|was|were|has|have|had|does|did)(?:n['’]t)?\b"
_JOINED = "that|which|who|whose|where|when|and|but|or|as|after|before|because|if|while|than"
_GOES_ON = re.compile(rf"(?: (?!(?:{_JOINED})\b)[\w'’-]+){{0,9}}? {_FINITE}")
# Not cut where it is a part of a name, "Black Friday", or of "until Friday" and "next Friday".
_DAY = re.compile(
    r"(?:(?<=[a-z”’\")])(?<!until)(?<!since)(?<!before)(?<!after)(?<!next)(?<!last)(?<!this)(?<!every)(?<!each)"
    r"(?<!from)(?<! by)(?<! to)(?<! and)(?<!between)(?<!Super)(?<!Black)(?<!Easter)(?<!Good)| on)"
    rf"(?: later?| earl(?:y|ier))? {DAY}(?: (?:morning|afternoon|evening|night))?\b"
    r"(?!['’]| [A-Z]| (?:and|or|through|to)\b)"
)
# Beside what, and after what, the reader of a heading does not know.
_ALSO = re.compile(r" also(?= [a-z])|(?:(?<= was)|(?<= were)|(?<= had)) then(?= [a-z]+(?:ed|en)\b)")
_LISTS = re.compile(
    r"[A-Z][\w’'-]+, [A-Z]"
)  # "Margot, Perot founded": two subjects, or half of an apposition
_TEASER = re.compile(
    r"(?:[.:;,]| [–—-]) "
    r"(?:Here['’]s|Here are|What we know|What you need|What to know|And (?:it|that)['’]s)\b.*$",
    re.I,
)
# A title that says what its text is, or only asks: "5 takeaways from the hearing", "Why it matters".
_ABOUT = re.compile(
    r"(?:(?:the |top )*(?:\d+|two|three|four|five|six|seven|eight|nine|ten) (?:[\w-]+ ){0,2}"
    r"(?:takeaways|questions|things|reasons|ways|facts|lessons|charts|moments|quotes|tips|myths|answers)"
    r"(?: (?:from|about|for|on|in|to|that|you|we|why)\b|$)|"
    r"(?:why|how|what|(?-i:[Ww]ho)|where|when|here['’]s|here are|meet|tick tock|fact[- ]check(?:ing|ed)?)\b|"
    r"inside (?:the|an?|(?-i:[A-Z]))|"
    r"(?:analysis|explainer|explained|opinion|editorial|column|review|transcript)\s*[:|]|"
    r".*(?:, explained|what you need to know|what to know|\bto watch)$)",
    re.IGNORECASE,
)
# "Ann Hill, 32, of Lowhaven" stands below a picture.
_PICTURED = re.compile(r"(?:[A-Z][\w.’'-]*,? ){2,4}\d\d, (?:of|from)(?: [A-Z][\w.’'-]*,?)+$")
# "Ten inconsistencies in the speech": no heading without a verb.
_COUNTED = re.compile(
    r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten) "
    r"(?!.*\b(?:dead|injured|missing|killed|hurt|wounded|arrested|charged|held)\b)[\w-]",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:exclusive|breaking(?: news)?|live(?: updates| blog)?|video|watch(?: live)?|photos|updated?)"
    r"\s*[:|]\s*(?=\S)",
    re.IGNORECASE,
)
_SUBJECT = 4  # words of a headline in which its subject stands
_PEOPLE = word_set(
    """man woman boy girl father mother teen student teacher principal officer mayor president senator
    governor judge lawyer doctor nurse coach player actor singer pastor priest pilot soldier driver worker
    suspect candidate minister king prince pope"""
)
_WHOSE = re.compile(r"\b(?:[Hh]is|[Hh]er|[Hh]im|[Hh]e|[Ss]he)\b")
# How a state's name ends: "West Virginia".
_STATE_ENDS = STATES | word_set("hampshire jersey mexico york carolina dakota island virginia")
# UTF-8 that was read as something else, and "Boehner'speakership".
_GARBLED = re.compile(r"[ÃÂ][\u0080-\u00ff¢]|â€|^×|®|\b[A-Z][a-z]{2,}['’][a-z]{6,}")
# "ordered every public school[ in the country to let …]": what was ordered is still to come.
_ASKS = re.compile(
    r"\b(?:order|ask|urg|tell|told|allow|requir|forc|want|direct|instruct|encourag|pressur|pushe[sd]|invit|compel)\w*\b[^,]*$"
)
_ASKED = re.compile(r"[^,.;:]{0,60}\bto [a-z]+\b")
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}(?=\W|$)")
_TITLE = re.compile(r"(?<!Lt\. )\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov)\. (?=[A-Z])")
_FULL_STOP = re.compile(r"\.([”\"]?)$")
_QUOTED = re.compile(r"[“\"]([^“”\",.]{1,40})[”\"]")
_HOLDS_CLAUSE = re.compile(r",|\b(?:who|which|whose|that)\b| (?:[–—-]|--) ")
_OPEN_RELATIVE = re.compile(r", (?:who|which|whose)\b")
# An apposition behind the subject: "Chip Gaines, the host, has agreed …".
_APPOSITION = re.compile(
    r"^([A-Z][^,;“\"]{3,60}), (?!and\b|but\b)[^;“\"]{3,90}?, "
    r"(?=(?:has|have|had|is|are|was|were|will|would|can|could|[a-z]{3,}ed)\b)"
)
_ATTRIBUTED = re.compile(r"(?<=\S), (?:[\w.’'-]+ ){1,5}(?:said|says)$")
# "“The vote was lopsided,” Ms. Roe said.", "“The vote was lopsided. Nobody came,” Ms. Roe told the council."
_SPOKEN = re.compile(
    r"^[“\"]([^“”\"‘?!.]{20,90})(?:\. [^“”\"]*)?,[”\"] "
    r"((?:[A-Z][\w.’'-]+ ?){1,5}) (?:said|told|tweeted|wrote)\b[^“”\"]*$"
)
_WHO_SAYS = re.compile(r"^(.{2,60}?): ‘(.+)’$")
_LEADS_IN = word_set("as after while when before if although though because since until")
_HOW_MUCH = word_set("one-third two-thirds one-half half nearly about almost more at up one two three four a")
# "Nearly two weeks after the storm ravaged the island", "Shortly after it": what was then?
_TIME_BEFORE = re.compile(
    r"(?:(?:[\w-]+ ){0,4}(?:hour|day|week|month|year|decade)s?|shortly|soon|just|right|immediately) "
    r"(?:after|before|since)\b(?! (?:noon|midnight|dawn|dusk|\d))[^,]*$",
    re.IGNORECASE,
)
_TYING = word_set("in of to with for into against as over")
_NO_SUBJECT = re.compile(
    r"(?:It|There|What|Here|That)(?:['’]s)?(?![\w-])|The (?:[A-Z]\w+ )?(?:Republican|Democrat)(?= [a-z])"
)
_DANGLING = frozenset(
    """a an the of in on at to for from by with as and or but that which who is are was were has have had
    his her its their first second third fourth fifth sixth seventh eighth ninth tenth
    until since next this every before after
    just only even also still nearly almost about around
    say says said tell tells told add adds added ask asks asked""".split()
)

_LIGHT = _DANGLING | FUNCTION_WORDS  # may be repeated, and end no heading

# What a title writes large though it is no name, though it may be a part of one: "Medicare for All".
_SMALL = (FUNCTION_WORDS | {"new"}) - {"i", "us", "may"}

_TAKES_BACK = re.compile(
    r"[,;:]? (?:[–—-]+ )?(?:but|though|although|yet|until|unless|except|because|only|without)\b",
    re.IGNORECASE,
)

# At the end of a head these wait for what is said: "The senator revealed", "She told reporters Sunday".
_WAITING = re.compile(
    rf"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bbe )\b"
    rf"(?:{'|'.join(sorted(REPORTING_VERBS))}|reveal(?:s|ed)|disclose[sd]|show(?:s|ed)|believe[sd]|"
    r"posted|f(?:ind|ound) out)"
    r"(?: reporters)?(?: on (?:Facebook|Twitter|Instagram))?"
    r"(?: in an? [\w ]{0,20}(?:interview|letter|post|speech|statement|tweet))?"
    rf"(?: on)?(?: {DAY})?$|"
    r"\b(?:based|focus(?:es|ed)|depend(?:s|ed)|reli(?:es|ed)|cent(?:er|re)(?:s|d|ed)|insist(?:s|ed)|linked|"
    r"depicted|attributed|got [a-z]+)$|"
    r"\b(?:last|first|never) (?:seen|heard|spotted)$|"  # "He was last seen": where?
    r"\bbetween (?!.*\band\b).*$|"  # "The dissonance between his words": and what?
    r"(?<!ed )(?<!en )(?<!hit )(?<!struck )\bby (?!lightning\b|spring\b|morning\b|evening\b)[a-z]+ing$"
)
# "Only eight states post those ratings": which, only the sentence before tells.
_POINTS = re.compile(
    r"\b(?:those|these)\b(?! (?:who|of|with|in|from|that|which|whose|on|at|without|under|over|near|still|not|"
    r"killed|hurt|hit|held|lost|[a-z]+(?:ed|ing))\b)",
    re.IGNORECASE,
)


def name_topics(
    topics: Sequence[Sequence[Composed]],
    titles: Sequence[Sequence[str]],
    writer: Writer,
    embedder: Embedder,
    checker: Checker,
    untold: Sequence[Sequence[str]] = (),
) -> tuple[str, ...]:
    """Name each topic; what the writer proposes must be true of what it saw.

    :param titles: of the articles that each topic cites, in sentence case.
    :param untold: those of them, for each topic, that say what its sentences don't: the last resort.
    """
    if not topics:
        return ()
    leads = [_leads(t) for t in topics]
    proposals = writer.write(leads, task="headline")
    centres = np.stack([_centre(t) for t in topics])
    used: list[str] = []
    for n, claims in enumerate(topics):
        written = [c.text.rstrip(" .") for c in proposals[n]]
        written = [t for t in written if not _LISTS.match(t) and checker.check(f"{t}.", leads[n]).ok]
        printed = [plain_title(t) for t in titles[n] if not judges(t)]
        malus = _heads(claims)
        others = [plain_title(t) for t in untold[n] if not judges(t)] if untold else []
        fit = _fit(written, printed, malus, claims, used) or [t for t in others if _is_new(t, used)][:1]
        used.append(_nearest(fit, malus, n, centres, embedder) if fit else _begun(claims, used))
    return tuple(used)


def _heads(claims: Sequence[Composed]) -> dict[str, float]:
    """Return sentences of a topic that are short enough and heads of all, with what each of them loses.

    By the weight of its claim, as a stub, by what was cut off, as an echo. What one source alone says of a
    fact, and the brief does not, heads nothing.
    """
    told = frozenset().union(*(content_stems(_said(c)) for c in claims))
    echo = ECHO if len(claims) == 1 else 0.0
    malus: dict[str, float] = {}
    for n, claim in enumerate(sorted(claims, key=lambda c: c.planned.rank)):
        for sentence in (plain(s.text) for s in claim.planned.evidence):
            whole = core(sentence)
            found = (head_of(sentence), headline_of(sentence))
            for head in dict.fromkeys(h for h in found if h and _begins(h, whole)):
                own = content_stems(head)
                cut = 1.0 - len(own) / max(1, len(content_stems(whole)))
                stub = STUB * max(0, WHOLE - _n_words(head))
                sure = content_stems(
                    " ".join([*(q.text for q in quantities(head)), *(n.text for n in names(head))])
                )
                if len(own & told) >= TOLD * len(own) and sure <= told:
                    malus.setdefault(head, HEADED + LATER * n + echo + stub + CUT * cut)
    return malus


def _begins(head: str, whole: str) -> bool:
    """Tell whether a sentence without its asides begins like its head, and no clause is left open in it."""
    return whole.startswith(head) and _OPEN_RELATIVE.search(head) is None


def _fit(
    written: list[str], printed: list[str], heads: Iterable[str], claims: Sequence[Composed], used: list[str]
) -> list[str]:
    """Return the texts that will do, of the best kind that has any.

    Headlines, titles and heads that name somebody; those that name nobody; a title, whatever its marks; a
    sentence of the topic as a whole; a title that only says what it is about; a long title; a long head.
    """
    telling = [t for t in printed if not _says_about(t)]
    for nameless in (False, True):
        fit = [t for t in written if is_fit(t, used, nameless=nameless)]
        fit += [t for t in (*heads, *telling) if is_fit(t, used, MAX_TITLE_WORDS, nameless=nameless)]
        if fit:
            return list(dict.fromkeys(fit))
    if fit := [t for t in telling if _is_new(t, used)][:1]:
        return fit
    told = [_said(c) for c in claims] + [plain(s.text) for c in claims for s in c.planned.evidence]
    whole = dict.fromkeys(h for h in map(headline_of, told) if h)
    if fit := [h for h in whole if is_fit(h, used, MAX_TITLE_WORDS, nameless=True)]:
        return fit
    for longest in (MAX_TITLE_WORDS, LONGEST):
        if fit := [t for t in printed if _is_new(t, used, longest)][:1]:
            return fit
    longer = (h for h in (head_of(t, LONGEST) for t in told) if h)
    if fit := [h for h in longer if is_fit(h, used, LONGEST, nameless=True)][:1]:
        return fit
    whole = dict.fromkeys(h for h in (headline_of(_said(c), LONGEST) for c in claims) if h)
    return sorted((h for h in whole if is_fit(h, used, LONGEST, nameless=True)), key=_n_words)[:1]


def _n_words(text: str) -> int:
    return len(text.split())


def _says_about(title: str) -> bool:
    """Tell whether a title only says what its text is about."""
    is_counted = _COUNTED.match(title) is not None and not has_main_verb(words(title))
    return is_counted or any(p.match(title) is not None for p in (_ABOUT, _PICTURED))


def _is_new(title: str, used: Sequence[str], longest: int = MAX_TITLE_WORDS) -> bool:
    """Tell whether a title will do where nothing better was found: its marks are its own."""
    own = content_stems(title)
    return (
        len(title.split()) <= longest
        and len(own) >= 2
        and not _GARBLED.search(title)
        and not any(_alike(own, content_stems(u)) for u in used)
    )


def is_fit(text: str, used: Sequence[str], longest: int = MAX_WORDS, *, nameless: bool = False) -> bool:
    """Tell whether a text will do as a heading beside those already used.

    :param longest: words.
    :param nameless: whether it may name nobody and no place, for where nothing better was found.
    """
    words = text.split()
    if not MIN_WORDS <= len(words) <= longest or not (nameless or names(text)):
        return False
    told = _ATTRIBUTED.sub("", text)
    if (
        _NO_SUBJECT.match(text)
        or (words[0].casefold() in _LEADS_IN and "," not in text)
        or _TIME_BEFORE.match(text)
        or told.split()[-1].casefold() in _DANGLING
        or _WAITING.search(told)
        or _POINTS.search(text)
        or clause_lacks_verb(f"{text}.")
        or re.search(r"[.;“”\"()\[\]?!]", text)
        or opens_dependent(_WHO_SAYS.sub(r"“\2,” \1 said.", text))
    ):
        return False
    if _GARBLED.search(text) or _lacks_person(text):
        return False
    own = content_stems(text)
    folded = [w.casefold() for w in words]
    repeats = any(folded.count(w) > 1 and w not in _LIGHT for w in folded)
    return len(own) >= 2 and not repeats and not any(_alike(own, content_stems(u)) for u in used)


def _lacks_person(text: str) -> bool:
    """Tell whether "his" or "she" stands before anybody is named or told of; a place is nobody."""
    found = _WHOSE.search(text)
    if found is None or any(w.key in _PEOPLE for w in words(text[: found.start()])[:_SUBJECT]):
        return False
    return not any(n.end <= found.start() and not _is_place(n) for n in names(text))


def _is_place(name: Name) -> bool:
    return name.title is None and (name.key in PLACES or name.key.split()[-1] in _STATE_ENDS)


def plain_title(title: str) -> str:
    """Leave out of a title what only teases or labels: "Video: Hotel sues guests. Here's why"."""
    label = _LABELLED.match(title)
    return _TEASER.sub("", raised(title[label.end() :]) if label else title)


def headline_of(sentence: str, longest: int = MAX_TITLE_WORDS) -> str | None:
    """Return a whole sentence as a headline, or the head of a longer one, without its days and asides.

    A word or two that it quotes stand in single marks; of what somebody says it makes "Roe: ‘It failed’".

    :param longest: words.
    """
    spoken = _SPOKEN.match(sentence)
    if spoken and has_main_verb(words(spoken[1])) and _is_speaker(spoken[2], sentence):
        return f"{spoken[2]}: ‘{spoken[1]}’"
    sentence = _INITIALS.sub(lambda m: m[0].replace(".", ""), _TITLE.sub("", sentence))
    text = _ALSO.sub("", _DAY.sub("", core(sentence)))
    text = raised(_LEADING_TIME.sub("", text))
    opens = text.split(" ")[0].casefold() in PREPOSITIONS | SUBORDINATORS
    if opens or text[:1] in '"“‘':
        return None
    is_whole = _FULL_STOP.search(text) is not None
    text = _FULL_STOP.sub(r"\1", text)
    if not is_whole or len(text.split()) > longest:
        head = head_of(text, longest)
        if head is None:
            return None
        mark = text[text.find(head) + len(head) :][:1]
        text = head + mark if mark in ("”", '"') else head
    return _QUOTED.sub(r"‘\1’", text)


def _is_speaker(who: str, sentence: str) -> bool:
    """Tell whether somebody is named, and is the one who speaks."""
    is_named = any(who.endswith(n.text) for n in names(sentence))
    opens = who.split()[0].casefold() in FUNCTION_WORDS  # "On Monday Trump"
    return is_named and not opens and any(r.speaker.endswith(who) for r in reports(sentence))


def head_of(sentence: str, longest: int = MAX_WORDS) -> str | None:
    """Return the longest beginning of a sentence that is short enough and may stand as a clause.

    :param longest: words.
    """
    sentence = _APPOSITION.sub(r"\1 ", _LEADING_TIME.sub("", sentence))
    sentence = raised(sentence)
    source = line(sentence)
    if source.key(0) in PREPOSITIONS | SUBORDINATORS or sentence[:1] in '"“‘':
        return None
    if source.key(0).endswith("ing") and len(source.spoken) > 1 and source.key(1) in PREPOSITIONS:
        return None  # "Speaking to CNN before Monday's rescues, a relative said …": its subject comes later
    for stop in range(min(longest, len(source.spoken) - 1), MIN_WORDS, -1):
        head = sentence[: source.spoken[stop - 1].end]
        dangles: object = source.key(stop - 1) in _DANGLING or _WAITING.search(head)
        dangles = dangles or _splits_name(source, stop)
        is_asked = _ASKS.search(head) and _ASKED.match(sentence[source.spoken[stop - 1].end :])
        dangles = dangles or _waits(source, stop) or is_asked
        dangles = dangles or _ends_with_place(source, stop)
        dangles = dangles or _cuts_clause(head, sentence[len(head) :])
        if _has_verb(source, stop) and may_stop(source, stop) and not dangles:
            if _HOLDS_CLAUSE.search(head):
                continue
            return None if _is_half(head, sentence[len(head) :]) else head
    return None


def _is_half(head: str, rest: str) -> bool:
    """Tell whether what follows a head takes back a part of it: "did not find it[ near the mill]"."""
    return _TAKES_BACK.match(rest) is not None or bool(negations(head))


def sentence_case(title: str, text: str) -> str:
    """Write a title in sentence case: only words that its article's text writes large stay large.

    :param text: the running text; a word counts as large where it stands so in mid-sentence.
    """
    first, *rest = title.split(" ")
    is_titled = sum(w[:1].isupper() for w in rest) > 0.5 * len(rest)
    if not is_titled:
        return title
    large = set(re.findall(r"(?<=[\w,’'] )[A-Z][\w’']*", text))
    large |= {part for name in names(text) for part in re.split(r"[ -]", name.text)}
    alone = set(re.findall(r"(?<=[a-z,’'] )[A-Z][\w’']*(?= [a-z]|[,.;])", text))
    told = [first, *(re.sub(r"[\w’']+", lambda m: _cased(m[0], large), w) for w in rest)]
    for n, word in enumerate(told[1:], start=1):  # "Visits New York", but "With A New Plan"
        bare = word.strip(",.:;")
        beside = (f"{told[n - 1]} {word}", " ".join(told[n : n + 2]))
        is_part = (bare.casefold() in _SMALL and (bare == "A" or not bare.isupper())) or (
            bare.istitle() and bare not in alone and re.search(rf"\b{re.escape(bare.lower())}\b", text)
        )
        if is_part and not any(b in text for b in beside if b != word):
            told[n] = word.lower()
    return " ".join(told)


def _cased(word: str, large: Set[str]) -> str:
    """Write a word of a title small, unless it is large in the text or means a place, a people or a party."""
    bare = re.sub(r"['’]s?$", "", word).lstrip("'’")
    key = bare.casefold()
    is_name = bool({key, key.removesuffix("s")} & ((DEMONYMS | PLACES | _PARTIES | _TIMES) - _WORDS_TOO))
    return word if {word, bare} & large or bare.isupper() or is_name else word.lower()


def _leads(claims: Sequence[Composed]) -> tuple[str, ...]:
    free = [c for c in claims if c.planned.after is None]
    weightiest = sorted(free, key=lambda c: c.planned.rank)[:LEADS]
    return tuple(plain(c.planned.lead.text) for c in weightiest)


def _centre(claims: Sequence[Composed]) -> np.ndarray:
    return unit(np.mean([c.planned.rated.vector for c in claims], axis=0))


def _said(composed: Composed) -> str:
    return composed.choice.text if composed.choice else ""


def _cuts_clause(head: str, rest: str) -> bool:
    """Tell whether a head would make a thing of what is said of it: "suggests the drug[ could do harm]"."""
    clause = _TAKES_CLAUSE.search(head)
    return bool(clause and not re.search(rf"\b{_FINITE}", clause[0]) and _GOES_ON.match(rest))


def _has_verb(source: Line, stop: int) -> bool:
    return any(may_be_verb(source, i) for i in range(1, stop))


def _waits(source: Line, stop: int) -> bool:
    """Tell whether a stop would cut "in a collapse" off "was embroiled", or "on selling" off "banked it"."""
    if stop + 1 >= len(source.spoken) or source.has_mark(stop):
        return False
    if source.key(stop) in ("and", "or"):
        return not _opens_clause(source, stop + 1)  # "used after rocks[ and bottles were thrown]"
    if source.key(stop) not in PREPOSITIONS:
        return False
    if source.key(stop) == "by" and (source.key(stop + 1)[:1].isdigit() or source.key(stop + 1) in _HOW_MUCH):
        return True  # "wants to see the number of prescriptions cut[ by a third]"
    is_tied = source.key(stop) in _TYING and not is_time_phrase(
        source, stop, min(stop + 3, len(source.spoken))
    )
    return (is_tied and source.key(stop - 1).endswith("ed")) or source.key(stop + 1).endswith("ing")


def _opens_clause(source: Line, i: int) -> bool:
    """Tell whether a clause or a predicate surely begins at a word behind "and"."""
    key, after = source.key(i), source.key(i + 1)
    is_past = key.endswith("ed") and after in ARTICLES | PREPOSITIONS | PRONOUNS
    return key in ARTICLES | PRONOUNS | AUXILIARIES or is_past


def _ends_with_place(source: Line, stop: int) -> bool:
    """Tell whether what stands last only says where the place in front of it is: "Naples, Italy"."""
    return source.has_mark(stop - 1) and source.key(stop - 1) in PLACES


def _splits_name(source: Line, stop: int) -> bool:
    """Tell whether a stop would leave "the Secure" of "the Secure and Succeed Act"."""
    if source.key(stop) != "and" or stop + 1 >= len(source.spoken):
        return False
    return source.spoken[stop - 1].text[0].isupper() and source.spoken[stop + 1].text[0].isupper()


def _nearest(
    texts: list[str], malus: dict[str, float], own: int, centres: np.ndarray, embedder: Embedder
) -> str:
    near = embedder.embed(texts) @ centres.T
    others = np.delete(near, own, axis=1).max(axis=1) if len(centres) > 1 else np.zeros(len(texts))
    length = np.array([len(t.split()) for t in texts])
    later = np.array([malus.get(t, 0.0) for t in texts])
    # An article's title may fit another topic that draws on it better than this one.
    stray = STRAY * (others > near[:, own])
    scores = near[:, own] - ELSEWHERE * others - SHORTER * length - later - stray
    return max(zip(scores.tolist(), texts, strict=True))[1]


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    return len(a & b) >= ALIKE * max(1, min(len(a), len(b)))


def _begun(claims: Sequence[Composed], used: Sequence[str]) -> str:
    """Begin a sentence of the topic and leave its end to the reader: "A man lay down in front of a car …"."""
    told = [text for c in claims if (text := _FULL_STOP.sub(r"\1", _said(c)))]
    if not told:
        return "In brief"
    fresh = [t for t in told if not any(_alike(content_stems(t), content_stems(u)) for u in used)]
    own = min(fresh or told, key=_opens_late).split()
    begun = own[:BEGUN]
    while len(own) > len(begun) > MIN_WORDS and _hangs_over(begun[-1]):
        begun.pop()
    text = " ".join(begun).rstrip(" ,;:–—")
    return text if len(begun) == len(own) else f"{text} …"


def _opens_late(text: str) -> tuple[bool, bool]:
    """Tell whether a sentence begins with what somebody says, or with a phrase before its subject."""
    return text[:1] in "“\"‘'", text.split(" ")[0].casefold() in PREPOSITIONS | SUBORDINATORS


def _hangs_over(word: str) -> bool:
    """Tell whether a word waits for the next one: "the", "Centre's"."""
    bare = word.strip(',;:“”"').casefold()
    return bare in _LIGHT or bare.endswith(("'s", "’s"))
