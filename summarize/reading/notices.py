"""Notices in full sentences: a page asks for money or consent, or presents the writer of an article.

They look like news and are told from it by who speaks: the page says "we" or "our" outside all quotations, or
a last paragraph says what somebody is whom the article never mentions. In the languages of ``phrases``.
"""

from __future__ import annotations

import re

MAX_WORDS = 110  # longer paragraphs are no notices
MAX_WORDS_OF_ARCHIVE = 130
MAX_WORDS_OF_APPEAL = 65
MAX_WORDS_OF_BIO = 70

_I = re.IGNORECASE
_QUOTES = re.compile('["“”„«»]')
_SPEAKS = re.compile(
    r"""\b(?:we|us|our|ours|you|yours?|this\ (?:web)?site|wir|uns|unser\w*|sie|ihnen|ihre?[mnrs]?|nous|notre
    |nos|vous
    |votre|vos|nosotros|nuestr[ao]s?|usted|tus?|noi|nostr[aoie]|voi|vostr\w+|você|nosso|seu|wij|onze?|uw
    |jouw)\b""",
    _I | re.X,
)
# What the page calls its own, and what a paper makes.
_OUR_PRESS = re.compile(
    r"""\b(?:our|this|independent|quality|free|more|unser\w*|diesen?|unabhängig\w*|notre|nos|cet
    |indépendante?|nuestr[ao]s?
    |este|independiente|nostr[aoie]|questo|indipendente|noss[ao]s?|onze)\ (?:\w+,?\ ){0,2}
    (?:journalism\w*|reporting|newsrooms?|reporters?|newspapers?|coverage|stor(?:y|ies)|articles?|report
    |paper|magazine
    |work|news|journalismus|redaktion|berichterstattung|zeitung|artikel|journalisme|rédaction|periodismo
    |redacción
    |artículo|giornalismo|redazione|articolo|jornalismo|redação|journalistiek|redactie)\b
    |\b(?:paywall|readers\ pay|price\ of\ a\ (?:coffee|cup))\b""",
    _I | re.X,
)
_GIVE = re.compile(
    r"""\b(?:support(?:ing)?|donat\w+|contribut(?:e|ing|ions?)|chip(?:ping)?\ in|members?|membership|gifts?
    |subscri\w+
    |as\ little\ as|tax-deductible|keep\ (?:it|our\ \w+|this\ \w+)\ (?:open|free|going)|unterstütz\w+|spenden?
    |abonn\w+|mitglied\w*|soutenez|soutien|un\ don|adhérez|apoya\w*|dona(?:r|ción|te|zione)?|suscr\w+
    |soci[oa]s?
    |sosten\w+|apoie|assin\w+|steun\w*|doneer\w*)\b""",
    _I | re.X,
)
_ASKS = re.compile(
    r"""\b(?:help|consider|please|join|become|make|if\ you|can\ you|could\ you|today|now|thank|bitte
    |wenn\ sie|jetzt
    |helfen|aidez|si\ vous|ayúd\w+|hazte|si\ (?:te|le|quieres|puedes)|aiuta\w*|se\ (?:puoi|vuoi)|ajude
    |se\ você
    |help\ ons)\b""",
    _I | re.X,
)
_LETTER = re.compile(
    r"""\b(?:newsletters?|(?:daily|weekly|morning|evening|free)\ (?:letter|briefing|bulletin|e-?mail)|inbox
    |e-?mail\ alerts?
    |infolettre|lettre\ d['’]information|boletín|rundbrief|postfach)\b""",
    _I | re.X,
)
_OFFERS = re.compile(
    r"""\b(?:sign|subscri\w+|get|gets|receive|send|sends|delivered|join|free|every|each|weekly|daily
    |jede[nrs]?|kostenlos
    |bestell\w+|erhalten|inscri\w+|recev\w+|chaque|gratuit\w*|cada|gratis|recib\w+|suscr\w+)\b""",
    _I | re.X,
)
_ADDRESS = re.compile(
    r"[\w.+-]+@[\w-]+\.\w|\b\+?\d[\d ()/-]{6,}\d\b|\b(?:whatsapp|newsdesk|newsroom|hotline)\b", _I
)
_WRITE_TO_US = re.compile(
    r"""\b(?:(?:tell|let|contact|call|e-?mail|write\ to|send|text|message|join|share\ .{0,40}with)\ (?:us
    |our)\b|get\ in\ touch
    |(?:schreiben|mailen|melden|sagen)\ sie\ (?:uns|an|der)|rufen\ sie|écrivez|contactez|envoyez|dites-nous
    |escríb\w+
    |cuénte?n\w+|contácte\w+|scrive(?:te|teci)|escreva)""",
    _I | re.X,
)
_ASKED_YOU = re.compile(
    r"[^.?!]{0,120}\b(?:you|your|sie|ihnen|vous|votre|usted|tú?|lei|você|je|u)\b[^.?!]{0,120}\?", _I
)
_LEGAL = re.compile(
    r"""\bforward-looking\ statements?\b.*(?:risks|uncertaint|differ|within\ the\ meaning)
    |\b(?:not|neither)\b.{0,30}\b(?:reflect|represent)\ the\ (?:\w+\ ){0,2}(?:views?|opinions?|position)\b
    |\b(?:for\ informational\ purposes\ only|(?:constitute|intended\ as|considered)\ (?:\w+\ )?(?:investment
    |legal|financial
    |medical|tax)\ advice)\b
    |\breproduc\w+\b.{0,60}\b(?:prohibited|forbidden|not\ (?:allowed|permitted)
    |without\ (?:\w+\ )?(?:permission|consent|leave))
    |\btoute\ reproduction\b|\breproducción\ (?:total|parcial)|\bvervielfältigung\b.{0,60}\bgenehmigung""",
    _I | re.X | re.S,
)
_FORM = re.compile(
    r"\bverify (?:that )?you['’]re not a robot\b|\byou must select a newsletter\b|\bre-?enter your e-?mail\b|"
    r"\byou must enter the characters\b|"
    r"\b(?:please )?enable javascript\b|\bjavascript is (?:disabled|turned off)\b",
    _I,
)
# What stands beside a post or below a video.
_WIDGET = re.compile(
    r"^(?:Tweet with|Add) a location\b|\byou (?:can|tweet)\b.*\blocation\b.*\btweets?\b|"
    r"\btranscript could not be loaded\b|\bthe video has been rented\b|"
    r"\bfeature is not available right now\b|\bwant to watch this again\b",
    _I | re.S,
)
_HAPPENED = re.compile(r"\b(?:\w+day|sued|hackers?|court|judges?|lost|broke)\b")
# What an archive says of the pages that it keeps.
_KEPT = re.compile(
    r"^(?=.*\b(?:Internet Archive|Wayback Machine|Archive-?It)\b)"
    r"(?=.*\b(?:crawls?|crawl data|web captures|WARCs|broken links)\b)|"
    r"^Crawls of (?:the )?(?:web|sites|pages|URLs|supported)\b",
    _I | re.S,
)
_COOKIES = re.compile(r"\b(?:cookies?|unique identifiers|local storage|nutzungsprofile|traceurs)\b", _I)
_CONSENT = re.compile(
    r"""\b(?:consent|accept|agree|allow|stor(?:e|es|ed|ing)|device|partners|preferences|settings|choices
    |privacy|browser
    |adverts?|ads|experience|zustimm\w*|einwillig\w*|partner|werbung|einstellungen|datenschutz\w*|consentement
    |accept\w+|partenaires|appareil|aceptar?|acepta\w*|consentimiento|dispositivo|preferencias|navegación
    |consenso
    |accett\w+|aceit\w+|toestemming|voorkeuren)\b""",
    _I | re.X,
)
_REPORTED = re.compile(
    r"\b(?:said|says|told|according to|announced|sagte|erklärte|déclaré|dijo|ha detto)\b", _I
)

_NAME = r"[^\W\d_a-z][\w.’'-]*(?:\ (?:(?:de|von|van|der|la|al|bin)\ )?[^\W\d_a-z][\w.’'-]*){1,3}"
_BIO = re.compile(
    rf"""{_NAME}(?:\ and\ {_NAME}\ are\b
    |(?:,\ (?:an?\ |the\ )?[^,.]{{3,80}},)?\ (?:is|was|serves\ as|works\ as|has\ been|ist|war|est|es|è|é)
        \ (?:an?|the|our|one|currently|now|senior|chief|also|co-?author|editor|former|president|professor
        |director
        |[A-Z][\w’'.&\ -]{{2,40}}[’']s?|ein\w*|der|die|unser\w*|Redakteur\w*|Reporter\w*|Korrespondent\w*
        |Autor\w*
        |Journalist\w*|Volontär\w*|une?|le|la|l['’]|journaliste|correspondant\w*|una|el|periodista
        |corresponsal
        |redactor\w*|giornalista|jornalista)\b
    |\ (?:covers|writes\ (?:about|on|for)|reports\ (?:on|for|from)|has\ (?:covered|written|reported|worked)
    |joined|edits
        |hosts|contributes\ to|teaches|schreibt|berichtet|couvre|écrit|cubre|escribe)\b)""",
    re.X,
)
_JOBS = re.compile(
    r"""\b(?:reporters?|correspondents?|editors?|columnists?|writers?|journalists?|bureau\ chief|fellow
    |professor|author
    |contributor|host|producer|intern|photographer|blogger|analyst|attorney|lawyer|lecturer|scholar|director
    |president
    |founder|strategist|consultant|commentator|redakteur\w*|korrespondent\w*|autorin|autor|volontär\w*
    |journalist\w*
    |correspondante?|periodista|corresponsal|redactora?|giornalista|jornalista|covers|writes|reports|covered
    |written
    |schreibt|berichtet|couvre|écrit|cubre|escribe)\b""",
    _I | re.X,
)
_CONTACT = re.compile(
    rf"(?:(?:[Tt]he )?(?:writer|author|reporter)|{_NAME}) can be (?:reached|contacted|followed|found) "
    r"(?:at|by|on|via|through)\b"
)


def notice(text: str, n_words: int) -> str | None:
    """Name the kind of notice that a paragraph is: boilerplate, or a byline with how to reach somebody."""
    if n_words <= MAX_WORDS_OF_ARCHIVE and _is_of_a_frame(text):
        return "boilerplate"
    if n_words > MAX_WORDS or _QUOTES.search(text):
        return None
    if _CONTACT.match(text) and n_words <= MAX_WORDS_OF_BIO:
        return "byline"
    if _REPORTED.search(text):
        return None
    if _LEGAL.search(text):
        return "copyright"
    is_appeal = n_words <= MAX_WORDS_OF_APPEAL and _is_appeal(text)
    is_call = n_words <= MAX_WORDS_OF_APPEAL and (_is_letter(text) or _is_contact(text))
    is_form = _FORM.search(text) is not None
    return "boilerplate" if is_appeal or is_call or is_form or _is_about_cookies(text) else None


def _is_of_a_frame(text: str) -> bool:
    found = _KEPT.search(text) or (_WIDGET.search(text) and not _QUOTES.search(text))
    return bool(found) and not _REPORTED.search(text) and not _HAPPENED.search(text)


def _is_about_cookies(text: str) -> bool:
    return bool(_COOKIES.search(text) and _CONSENT.search(text) and _SPEAKS.search(text))


def _is_letter(text: str) -> bool:
    return bool(_LETTER.search(text) and _OFFERS.search(text) and _SPEAKS.search(text))


def _is_contact(text: str) -> bool:
    return bool(_WRITE_TO_US.search(text) and (_ADDRESS.search(text) or _ASKED_YOU.match(text)))


def _is_appeal(text: str) -> bool:
    return bool(
        _OUR_PRESS.search(text) and _GIVE.search(text) and _ASKS.search(text) and _SPEAKS.search(text)
    )


def is_bio(text: str, n_words: int, others: str) -> bool:
    """Tell whether a paragraph at an article's end presents somebody whom the rest does not mention.

    :param others: the rest of the article.
    """
    match = _BIO.match(text)
    is_told = _QUOTES.search(text) or _REPORTED.search(text)
    if match is None or n_words > MAX_WORDS_OF_BIO or is_told or not _JOBS.search(text):
        return False
    name = re.match(_NAME, text)
    surname = name[0].split()[-1].rstrip(".,’'") if name else ""
    return bool(surname) and surname not in others
