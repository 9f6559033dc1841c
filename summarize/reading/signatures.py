"""Read signatures: a byline, a dateline or a credit → who wrote, which outlet published, which agency signs.

Contract: pure functions of one line. An outlet is told from a person by the words of its name; what is
neither for certain stays unknown. An agency is no outlet: the same report appears in many papers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarize.reading.dates import find_dates
from summarize.reading.patterns import AGENCIES

MAX_NAME_WORDS = 7
_AGENCY = re.compile(rf"(?<![\w])(?:{AGENCIES})(?![\w])")
# They gather news for themselves: what they sign, they publish.
_BROADCASTERS = frozenset({"CNN", "BBC", "CBC", "VOA", "Al Jazeera", "RFE/RL", "Bloomberg", "SANA"})
# Words that the names of papers, stations and sites are made of.
_OUTLET_WORDS = (
    "Times|Post|News|Herald|Tribune|Guardian|Journal|Today|Gazette|Chronicle|Observer|Standard|Telegraph|Star|Sun|Globe"
    "|Bulletin|Courier|Dispatch|Examiner|Inquirer|Register|Record|Mirror|Monitor|Review|Magazine|Press|Radio|TV|Television"
    "|Broadcasting|Agency|Wire|Daily|Weekly|Online|Media|Network|Newswire|Spectator|Insider|Report|Reporter|Economist"
    "|Independent|Advocate|Sentinel|Leader|Argus|Echo|Enquirer|Ledger|Mercury|Beacon|Caller|Beast|Channel|Digest|Quarterly"
    "|Zeitung|Tageblatt|Tagesblatt|Tagblatt|Tagesspiegel|Rundschau|Anzeiger|Nachrichten|Kurier|Presse|Spiegel|Bote|Echo|Welt|Zeit|Rundfunk|Tagesschau"
    "|Monde|Figaro|Libération|Parisien|Humanité|Dépêche|Ouest|Gazette|Actualités|Infos?"
    "|País|Mundo|Diario|Periódico|Vanguardia|Noticias|Nación|Prensa|Heraldo|Correo|Voz"
    "|Corriere|Repubblica|Stampa|Gazzetta|Messaggero|Mattino|Giornale|Notizie"
    "|Folha|Jornal|Público|Notícias|Estado|Expresso|Diário"
    "|Volkskrant|Dagblad|Telegraaf|Courant|Krant|Nieuws|Trouw|Omroep"
)
_OUTLET_WORD = re.compile(rf"(?<!\w)(?:{_OUTLET_WORDS})(?!\w)")
_COMPOUND = re.compile(
    r"(?:zeitung|tageblatt|blatt|anzeiger|nachrichten|kurier|krant|nieuws|post)$", re.I
)  # one word: "Küstenzeitung"
_DOMAIN = re.compile(
    r"(?:\w[\w-]*\.)+(?:com|org|net|info|news|gov|tv|io|eu|co\.uk|uk|de|at|ch|fr|es|it|pt|nl|be|us|ca|au|in|ge)\b",
    re.I,
)
_ACRONYM = re.compile(r"[A-Z]{2,5}\d?(?: (?:News|Online|Radio|TV|World|Europe))?$")
_SMALL = frozenset(
    """
    a an and at by de del der des di die das du e el et for für in la le les of on the to und van von y & - –
    """.split()
)
_PERSON_WORD = re.compile(
    r"(?:[^\W\d_a-zß-ÿ][^\W\d_A-Z]+(?:[-'’][^\W\d_a-zß-ÿ]?[^\W\d_]+)*|[A-Z]\.(?:[A-Z]\.)?|Mc[A-Z][a-z]+|Mac[A-Z][a-z]+|[DO]['’][A-Z][a-z]+|Jr\.?|Sr\.?)$"
)
_PARTICLES = frozenset("de del della der den di da dos du la le van von zu bin al el ben ten".split())
_KNOWN = frozenset(
    {
        "Vanity Fair",
        "Mother Jones",
        "Rolling Stone",
        "Hot Air",
        "Foreign Policy",
        "Scientific American",
        "Business Week",
    }
)

_BY = re.compile(
    r"\W{0,3}(?i:(?:written|words|story|reported|posted|text|compiled|escrito)\s)?(?P<by>(?i:by|von|por|par|door)"
    r"|(?i:autor(?:in)?|authors?):)[:\s]\s*(?P<rest>(?:the\s)?[^\W\d_a-zß-ÿ].+)$"
)
_CONTACT = re.compile(r"\s*(?:[\w.+-]+@[\w.-]+\w|(?<!\w)@\w{2,30})\s*")
_SEPARATOR = re.compile(r"\s*(?:\||•|·|–|—|/)\s*|\s+-\s+|,\s*|\s+(?=(?:for|of)\s+(?:the\s+|The\s+)?[A-Z])")
_JOB = re.compile(
    r"\b(?:writers?|reporters?|editors?|correspondents?|columnists?|contributors?|staff|redaktion|redacción|rédaction|redazione|bureau|desk"
    r"|analyst|producer|chief|team|fellow|professor|opinion|news service|min read)\b",
    re.I,
)
_FOR = re.compile(r"^(?:for|of)\s+(?=(?:the|The)?\s*[A-Z])")
_AGENCY_STAFF = re.compile(rf"(?:the )?({AGENCIES})\s+(?:staff|news|wire|service)", re.I)
_SEAT = re.compile(r"[RDI]-[A-Z][\w. ]*")  # a politician's: "(R-WY)"
_CREDITED = re.compile(r"\b(?:photo|foto|image|picture|video|illustration|graphic)s?\b", re.I)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs an article; what a line does not tell is None."""

    author: str | None = None
    outlet: str | None = None
    agency: str | None = None


def read_byline(line: str) -> Signature | None:
    """Return who a byline names, None if the line is none.

    The author's name is without "By", job, address and outlet; several names stay as they stand.
    """
    found = _BY.match(line)
    if not found or _CREDITED.search(line[: found.end("by")]):
        return None
    rest = _CONTACT.sub(" ", found["rest"]).strip()
    cut = next((m.start for m in find_dates(rest)), len(rest))
    rest = rest[:cut].rstrip(" ,|-–—•·/(")
    read: list[Signature] = []
    after_job = False
    for part in filter(None, _SEPARATOR.split(rest)):
        name = _FOR.sub("", part).strip(" .")
        # "Ann Poe, Politico" names an outlet; what follows a job may be a department.
        read.append(_read_part(name, may_be_outlet=bool(read) and not after_job))
        after_job = after_job or _JOB.search(name) is not None
    return Signature(
        ", ".join(s.author for s in read if s.author) or None,
        next((s.outlet for s in read if s.outlet), None),
        next((s.agency for s in read if s.agency), None),
    )


def _read_part(name: str, may_be_outlet: bool) -> Signature:
    """Tell what one piece of a byline is; nothing, if it may be several things."""
    if _AGENCY.fullmatch(name.removeprefix("the ")):
        return split_signer(name.removeprefix("the "))
    if staff := _AGENCY_STAFF.match(name):
        return Signature(agency=staff[1])
    if _JOB.search(name):
        rest = " ".join(_JOB.sub(" ", name).split())
        return Signature(outlet=rest) if is_outlet(rest) else Signature()
    if is_outlet(name) or (may_be_outlet and is_name(name) and not _are_people(name)):
        return Signature(outlet=name)
    return Signature(author=name) if _are_people(name) else Signature()


def agency_in(line: str) -> str | None:
    """Return the agency that a dateline names in brackets: "ANKARA (Reuters) –"."""
    for match in re.finditer(r"\(([^()]{2,40})\)", line):
        if known := _AGENCY.search(match[1]):
            return known[0]
        return match[1].strip() if is_name(match[1].strip()) and not _SEAT.fullmatch(match[1]) else None
    return None


def unquoted(text: str) -> str:
    """Return a text without the quotation marks around all of it."""
    is_quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" and text[0] not in text[1:-1]
    return text[1:-1] if is_quoted else text


def split_signer(name: str) -> Signature:
    """Tell whether a name that signs a report is an agency's or an outlet's."""
    known = _AGENCY.fullmatch(name)
    return Signature(agency=name) if known and name not in _BROADCASTERS else Signature(outlet=name)


def is_name(text: str) -> bool:
    """Tell whether a line may be the name of a person or an outlet: a few words, begun with capitals."""
    words = text.split()
    ends = text[-1:] in ".!?:,;" and not _DOMAIN.search(text) and not text.endswith(("Inc.", "Jr.", "Co."))
    if ends or not 1 <= len(words) <= MAX_NAME_WORDS:
        return False
    if re.search(r"[:;!?\"“”«»„$%#]|\d{3,}|’s\b|'s\b", text):
        return False
    content = [w for w in words if w.lower() not in _SMALL]
    return bool(content) and all(
        w[0].isupper() or w[0] in "(&@" or w[0].isdigit() or _DOMAIN.fullmatch(w) for w in content
    )


def is_outlet(text: str) -> bool:
    """Tell whether a line is the name of an outlet or agency for certain, by the words in it."""
    if not is_name(text):
        return False
    if _DOMAIN.search(text) or _AGENCY.fullmatch(text) or _ACRONYM.match(text) or text in _KNOWN:
        return True
    return bool(_OUTLET_WORD.search(text)) or (" " not in text and bool(_COMPOUND.search(text)))


def is_person(text: str) -> bool:
    """Tell whether a line has the shape of a person's name, which that of some outlets has as well."""
    words = text.split()
    if (
        not 2 <= len(words) <= 5
        or is_outlet(text)
        or words[0] in ("The", "Der", "Die", "Das", "Le", "La", "El", "Il")
    ):
        return False
    return all(_PERSON_WORD.match(w) or w in _PARTICLES for w in words) and words[0] not in _PARTICLES


def _are_people(text: str) -> bool:
    """Tell whether a text names one person or several."""
    names = [n for n in re.split(r"\s*(?:,|&|\band\b|\bund\b|\bet\b|\by\b|\be\b|\ben\b)\s*", text) if n]
    return bool(names) and all(is_person(n.title() if n.isupper() else n) for n in names)
