"""People in a set of sentences: who is meant by a surname, and by which forms they are mentioned.

Contract: a ``Person`` has one surname and one full name in all sentences that were read together; where a
surname may mean two people, or a place, there is no ``Person``, save the one of a family who is mainly
named. What is said inside quotations is left as it was said. Knows nothing of claims.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from summarize.language.calendar import MONTHS, WEEKDAYS
from summarize.language.names import ORGANISATIONS, TITLES, Name, names
from summarize.language.places import DEMONYMS, PLACES
from summarize.language.quotations import is_inside, quotations
from summarize.language.speech import reports
from summarize.language.tokens import ARTICLES, FUNCTION_WORDS, word_set

COURTESY = word_set("mr mrs ms dr")
_NO_SURNAMES = (
    PLACES
    | DEMONYMS
    | ORGANISATIONS
    | word_set(
        "road street avenue park river lake hill nations house city county state group times post news"
    )
)
# Words that open a sentence in front of a name: "Whenever Netflix", "Unlike Putin".
_OPENER = re.compile(
    r"(?:\w+(?:ly|ing|ever)|Unlike|Like|Perhaps|Maybe|Even|Given|Despite|Per|Former|Meet|Let|Enter|Watch|Thanks|"
    r"Yes|No|Sorry|Dear|Poor|Young|Old|Ex|Sometimes|Often|Soon|Today|Tonight|Yesterday|Tomorrow|Now|Then|Still|"
    r"Once|Later|Earlier|Meanwhile|Instead|Together|Here|There|Back|Inside|Outside|Afterwards?|Otherwise|Besides|"
    r"Indeed|Both|Neither|Either|Whether|Nor|Always|Just|Only|Also|Too|Yet|Thus|Hence|Again|Anyway|Almost|Add|Read|See|Follow)"
)
_MOST_NAMES = 4  # words of a full name
# A name of two words at least, as it stands in a text, for use inside other patterns.
FULL_NAME = r"[A-Z][\w’'-]+ (?:[A-Z][\w.’'-]* )*[A-Z][\w’'-]+"
# What somebody is, with what is said in front of it: "deputy director".
_OCCUPATION = (
    r"(?:(?:deputy|vice|senior|chief|general|executive|assistant|associate|managing|defen[cs]e|police|fire|press|"
    r"state|district|federal|royal|school|county|city|company|family|campaign) ){0,2}"
    r"(?:spokes(?:man|woman|person)|attorney|lawyer|chair(?:man|woman)|director|manager|professor|analyst|"
    r"economist|principal|editor|president|(?:co-)?founder|coach|detective|prosecutor|publicist|inspector|"
    r"investigator|researcher|historian|CEO|chief executive|commissioner|superintendent|coroner|consultant|"
    r"advis[eo]r|activist|organi[sz]er|strategist|pollster|biologist|physicist|psychologist|epidemiologist|"
    r"neurologist|scientist|head|mayor|sheriff|owner)"
)
_POINTS_ON = r"(?:an?|the|his|her|its|our|my|their|your|whose|who|and|or|not|said)\b"
# What stands behind a name and says who that is, up to the next mark: "the owner of a bank", "head of it".
APPOSITION = (
    r"(?:(?:an?|the) (?:[\w’'-]+ ){0,9}[\w’'-]+|"
    rf"(?:[A-Z][\w.]*['’]s )?(?:(?!{_POINTS_ON})[a-z-]+ ){{0,2}}{_OCCUPATION}"
    r"(?: (?:of|at|for|in|with) (?:(?!on )[\w’'-]+ ){0,8}[\w’'-]+)?)"
)
_OFTEN, _MAINLY = 4, 0.7  # mentions in full, and their share, by which a surname means one of a family
_SAME_SPELLING = 0.75  # likeness of two spellings of one first name: "Mohamed", "Mohammed"
_PART = re.compile(r"[A-Z][a-z’'-]*[a-z][\w’'-]*|[A-Z]\.?|(?:[A-Z]\.){2,3}|al|de|bin|von|van|da|el")
_SURNAME = re.compile(r"(?:al-|el-|[A-Z])[\w’'-]*[a-z][\w’'-]*")
_PARTICLES = frozenset("Van Von De Del Della Di Da Dos Du La Le St. Saint Bin Ben Al El Abu".split())
_ANY_COURTESY = re.compile(r"(?<!and )\b(?:Mr|Mrs|Ms)\.? (?=[A-Z])")
_COURTESY = re.compile(r"\b(?:Mr|Mrs|Ms|Dr)\.? $")
_TOLD_OF = re.compile(r",|['’]s\b| (?:and|who|said|says|told|has|had|is|was|will|would|[a-z]{3,}ed)\b|[.]$")
_COUNTERPART = re.compile(r"\b(?:his|her|their) (?:[A-Z]\w+ )?counterpart,? $")
# Titles in front of a name, written large: "Turkish President ", "Foreign Minister ".
_ROLE_WORD = r"(?:Prime|Foreign|Vice|Deputy|Interior|Defen[cs]e|Attorney|Lt|Maj|Police|House|Senate|State)\.?"
_ROLE = re.compile(r"(?:\b[A-Z][\w.’'-]+ )+$")
# Behind another word it is another office: "Deputy Secretary of State", "Georgia Secretary of State".
_OFFICE = re.compile(r"(?P<of>(?:\b[A-Z][\w.’'-]* )*)(?:Secretary of [A-Z][a-z]+|Chief of Staff) $")
_WHOSE = ("", "US ", "U.S. ", "White House ")
_MOST_TITLES = 5  # words
_NO_PART = (
    MONTHS.keys()
    | WEEKDAYS.keys()
    | word_set(
        "said says told asked yesterday today former ex acting interim late deputy assistant associate vice "
        "lt nominee designate elect fellow another embattled would-be onetime retired"
    )
)
# "University of Texas President", "Health and Human Services Secretary": half of a name is in front.
_HALF = re.compile(r"(?:\b(?:of|for|and|the)|&|,) *$")
_PAST_ROLE = re.compile(
    r"\b(?:former|ex|then|late|ousted|deposed|acting|incoming|outgoing|deputy|assistant|interim|retired|fired|"
    r"disgraced|onetime|one-time|would-be)[ -](?:[\w.&’'-]+,? ){0,5}$",
    re.I,
)
_DISPUTED = "?"  # a role that somebody no longer has, or does not have yet


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom all sentences call by one surname.

    ``role`` is the title that the sentences agree on, as written in front of the full name, or "". Unless
    ``is_only``, a relative is named too, but so seldom that the bare surname does not mean that one.
    """

    surname: str
    full: str
    role: str
    is_only: bool = True

    @property
    def introduction(self) -> str:
        """The form for a first mention: role and full name."""
        return f"{self.role} {self.full}".strip()


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text mentions a person: the name, and from ``begin`` on the titles in front of it."""

    person: Person
    begin: int
    start: int
    end: int
    is_full: bool
    is_free: bool  # nothing in front belongs to it: its titles may go


def people(texts: Sequence[str], *, surely: bool = True) -> tuple[Person, ...]:
    """Find the people of sentences that tell one story.

    :param texts: sentences, white space collapsed.
    :param surely: leave out whom no sentence gives a title, an age or speech: it may be a place or a firm.
    """
    full: dict[str, Counter[str]] = defaultdict(Counter)
    roles: dict[str, Counter[str]] = defaultdict(Counter)
    persons: set[str] = set()
    unclear: set[str] = set()
    presented: set[str] = set()
    bare: Counter[str] = Counter()
    alone: Counter[str] = Counter()  # "Xi", who is called so: his family name comes first
    articled: Counter[str] = Counter()  # "the Senate"
    for text in texts:
        quoted = quotations(text)
        spoken = {r.speaker for r in reports(text)}
        for name in names(text):
            surname = name.text.split()[-1]
            alone[name.text] += 1
            if not _may_be_surname(surname) or text[name.end : name.end + 1] == "-":
                continue
            before = text[: name.start]
            if len(name.text.split()) > 2 and name.text.split()[-2] in _PARTICLES:
                unclear.add(surname)  # nobody calls Jeff Van Drew "Drew"
            if _is_full(name):
                if not is_inside(name.start, quoted):
                    full[surname][name.text] += 1
                    presented |= {surname} if _is_presented(text, name) else set()
                    roles[surname][_role_now(before)] += 1
            elif " " in name.text and name.start == 0 and _OPENER.fullmatch(name.text.split()[0]):
                pass  # "Add Joe Biden to your list"
            elif " " in name.text:
                unclear.add(surname)  # "Fame Flynet Pippa", "O. J. Simpson": who knows who that is
            else:
                bare[surname] += 1
                articled[surname] += before.rstrip().split(" ")[-1].casefold() in ARTICLES
            if name.title or surname in spoken or re.match(r", (?:aged )?\d\d,", text[name.end :]):
                persons.add(surname)
    unclear |= {surname for surname, forms in full.items() if _is_double(forms)}
    unclear |= {s for s, forms in full.items() if any(alone[f.split()[0]] > alone[s] for f in forms)}
    chosen = (s for s in full if (s in persons and s not in unclear) or not surely)
    clear = (s for s in chosen if 2 * articled[s] <= bare[s])
    clear = (s for s in clear if s in presented or full[s].total() > 1 or not surely)
    found = ((s, *_one_name(full[s])) for s in clear)
    return tuple(
        Person(s, name, _agreed(roles[s]), only) for s, name, only in found if only or (name and surely)
    )


def _is_double(forms: Iterable[str]) -> bool:
    """Tell whether a surname has two words: "Crotty Alexander", beside "Laura E. Crotty Alexander"."""
    long = [re.sub(r"^\w+ [A-Z]\. ", "", f) for f in forms if re.match(r"\w+ [A-Z]\. \w+ ", f)]
    return any(f in long for f in forms)


def _is_presented(text: str, name: Name) -> bool:
    """Tell whether a full name is told of, by a title, a verb or a comma; a photo credit is not."""
    return bool(name.title) or _TOLD_OF.match(text, name.end) is not None


def mentions(text: str, known: Iterable[Person]) -> tuple[Mention, ...]:
    """Find where a text mentions people, outside its quotations, in order."""
    by_surname = {p.surname: p for p in known}
    quoted = quotations(text)
    return tuple(
        found
        for name in names(text)
        if (person := by_surname.get(name.text.split()[-1])) and not is_inside(name.start, quoted)
        if (found := _mention(text, name, person))
    )


def levelled(text: str, known: Iterable[Person]) -> str:
    """Call everybody by the bare surname, so that texts differ only in what they say."""
    for found in reversed(mentions(text, known)):
        text = (
            text[: found.begin if found.is_free else found.start] + found.person.surname + text[found.end :]
        )
    return _ANY_COURTESY.sub("", text)


def _mention(text: str, name: Name, person: Person) -> Mention | None:
    is_full = _is_full(name)
    if (" " in name.text and not is_full) or text[name.end : name.end + 1] == "-":
        return None
    if is_full and not _same_person(name.text, person.full):
        return None
    begin = _titles_begin(text, name.start)
    is_free = _COUNTERPART.search(text[: name.start]) is not None or _is_free(
        text[:begin], has_title=begin < name.start
    )
    return Mention(person, begin, name.start, name.end, is_full, is_free)


def _titles_begin(text: str, start: int) -> int:
    """Return where the titles in front of a name begin; ``start`` if it has none."""
    related = _COURTESY.search(text[:start]) or _COUNTERPART.search(text[:start])
    if related:
        return related.start()
    role = _role(text[:start])
    return start - len(role) - 1 if role else start


def _role(before: str) -> str:
    """Return the capitalised title that ends a text, with its nation: "Turkish President"."""
    if office := _OFFICE.search(before):
        return office.group().strip() if office["of"] in _WHOSE else ""
    run = _ROLE.search(before)
    if not run or _COURTESY.search(before):
        return ""
    parts = run.group().split()
    if not _is_role_word(parts[-1], last=True):
        return ""
    while parts and parts[0].casefold() in FUNCTION_WORDS:
        del parts[0]
    n = 0
    while n < len(parts) and _is_role_word(parts[-1 - n], last=n == 0):
        n += 1
    if n == len(parts):
        return " ".join(parts)
    # "U.S. Trade Representative", "Lowhaven Police Sgt.": all of it, for half a title is another one.
    head = before[: len(before) - len(" ".join(parts)) - 1]
    opens = not head.strip(' “"‘')
    is_whole = (
        len(parts) <= _MOST_TITLES
        and not _HALF.search(head)
        and not (opens and _OPENER.fullmatch(parts[0]))
        and not _NO_PART.intersection(re.sub(r"['’]s$|[.,]+$", "", p.casefold()) for p in parts)
    )
    return " ".join(parts) if is_whole else ""


def _role_now(before: str) -> str:
    return _DISPUTED if _PAST_ROLE.search(before) else _role(before)


def _is_role_word(word: str, *, last: bool) -> bool:
    key = word.rstrip(".").casefold()
    if last:
        return key in TITLES - COURTESY
    return key in TITLES or key in DEMONYMS or re.fullmatch(_ROLE_WORD, word) is not None


def _is_free(before: str, *, has_title: bool) -> bool:
    """Tell whether the words in front of a mention don't belong to it, as "former" or "his" would."""
    word = before.rstrip().split(" ")[-1].casefold() if before.strip() else ""
    is_verb = not has_title and word.endswith(("ing", "ed"))
    return not word or word[-1] in ',;:—–-”"' or word in _FREE_BEFORE or is_verb


_FREE_BEFORE = word_set(  # words that end in front of a name
    """and but or that while when after before because as if of to with by for from on at in about against
    between than said says told urged asked met whether where"""
)


def _is_full(name: Name) -> bool:
    parts = name.text.split()
    if not 2 <= len(parts) <= _MOST_NAMES or any(p.casefold() in PLACES | DEMONYMS for p in parts):
        return False
    if name.start == 0 and _OPENER.fullmatch(parts[0]):
        return False
    whole = len(parts[0].replace(".", "")) > 1 and parts[0][0].isupper()
    return whole and all(_PART.fullmatch(p) for p in parts[:-1]) and _may_be_surname(parts[-1])


def _may_be_surname(word: str) -> bool:
    return len(word) > 2 and _SURNAME.fullmatch(word) is not None and word.casefold() not in _NO_SURNAMES


def _one_name(forms: Counter[str]) -> tuple[str, bool]:
    """Return the most frequent full name, or "", and whether all others can mean the same person."""
    best = max(forms, key=lambda f: (forms[f], len(f), f))
    same = sum(n for form, n in forms.items() if _same_person(form, best))
    if same == forms.total():
        return best, True
    return (best, False) if same >= max(_OFTEN, _MAINLY * forms.total()) else ("", False)


def _same_person(a: str, b: str) -> bool:
    mine, theirs = a.split(), b.split()
    alike = SequenceMatcher(None, mine[0].casefold(), theirs[0].casefold()).ratio() >= _SAME_SPELLING
    return mine[-1] == theirs[-1] and mine[0][0] == theirs[0][0] and alike


def _agreed(roles: Counter[str]) -> str:
    """Return the longest role if no sentence gives another one."""
    known = sorted((r for r in roles if r), key=len) if _DISPUTED not in roles else []
    return known[-1] if known and all(known[-1].endswith(r) for r in known) else ""
