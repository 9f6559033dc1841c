"""E-mail → one article: a newsletter, a press release, a forwarded story.

Contract: the body's parts in HTML or plain text are read, attachments are not. What is no news by the form of
a mail is left out: the signature, quoted replies, the headers above a forwarded mail. The sender's name is
the publisher. Of a forwarded mail it is the first sender's, and the date is the first mail's, if stated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.headerregistry import AddressHeader, DateHeader
from email.message import EmailMessage
from typing import Any

from summarize.config import ReadConfig
from summarize.errors import InputError
from summarize.reading.decoding import decode
from summarize.reading.formats.contents import Contents, Draft
from summarize.reading.formats.fragments import (
    clean_characters,
    text_of_markup,
    text_of_plain,
    without_title,
)
from summarize.reading.formats.statements import (
    noted,
    noted_address,
    noted_language,
    noted_moment,
    without_outlet,
)
from summarize.types import Metadata, Noted

N_MORE_WORDS = (
    0.8  # share of the plain text's words from which the HTML part, whose paragraphs are whole, wins
)
MAX_PARTS = 1_000
MAX_RAW_HEADER = 5_000  # characters; the parser's time grows with their square
MAX_HEADER = 500  # characters of a header inside a text
MAX_SIGNATURE_LINES = 20  # blank ones included
ENCRYPTED = "encrypted; decrypt it and save it again"
NO_BODY = "no text in it{attached}; save what it brings in a file of its own"

# What the parser of the standard library raises at hostile headers.
_PARSER_ERRORS = (
    *(ValueError, OverflowError, LookupError, TypeError, AttributeError, AssertionError),
    MessageError,
)
_SIGNATURE = re.compile(r"^--([ \u00a0]?)$", re.M)
_QUOTED = re.compile(r"^\s*>")
_ATTRIBUTION = re.compile(
    r"(?:on|am|le|el|il|em|op)\b.{5,300}\b(?:wrote|schrieb\b.*|a écrit|escribió|ha scritto"
    r"|escreveu|schreef\b.*)\s*:?\s*$",
    re.I | re.S,
)
_FORWARDED = re.compile(
    r"^[ \t>*_-]{0,80}(?:forwarded message|begin forwarded message|original message|weitergeleitete nachricht"
    r"|anfang der weitergeleiteten (?:nachricht|e-mail)|ursprüngliche nachricht|message transféré"
    r"|début du message (?:transféré|réexpédié)|message d'origine|mensaje reenviado|mensaje original"
    r"|messaggio inoltrato|mensagem encaminhada)[ \t:>*_-]{0,80}$",
    re.I | re.M,
)
_HEADER = re.compile(
    r"^[\s*]*(?P<name>from|sent|date|to|cc|subject|reply-to|von|gesendet|datum|an|betreff|kopie|de|envoyé|objet"
    r"|à|para|fecha|enviado|asunto|da|inviato|data|oggetto|a|assunto)\s?\*?:\*?\s+(?P<value>\S.*)$",
    re.I,
)
_FROM = ("from", "von", "de", "da")
_DATE = ("sent", "date", "gesendet", "datum", "envoyé", "fecha", "enviado", "inviato", "data")
_SUBJECT = ("subject", "betreff", "objet", "asunto", "oggetto", "assunto")
_SUBJECT_MARK = re.compile(r"^(?:\s*(?:fwd?|wg|tr|rv|enc|i|re|aw|antw|sv|vs)\s?(?:\[\d+\])?:\s*)+", re.I)
_ADDRESS = re.compile(r"\s*[<\[(]?(?:mailto:)?[\w.+-]+@[\w.-]+[>\])]?|[\"']")
_LEFT_OUT = frozenset(
    """
    moz-signature gmail_signature moz-cite-prefix gmail_quote gmail_attr yahoo_quoted protonmail_quote
    """.split()
)
_FRAME_ONLY = frozenset(
    {"gmail_quote", "yahoo_quoted", "protonmail_quote"}
)  # around a forwarded mail as well


def extract(data: bytes, name: str, options: ReadConfig) -> Contents:
    """Take the article out of a mail.

    :raises InputError: if it is no mail, encrypted, or has no text.
    """
    message = message_from_bytes(data, policy=policy.default)
    if not any(_header(message, h) for h in ("From", "Subject", "Date", "Message-ID", "Received")):
        raise InputError(name, "no e-mail: it has no headers; save it in its own format or remove it")
    if _is_encrypted(message):
        raise InputError(name, ENCRYPTED)
    text, forwarded = _body(message, name)
    if text.lstrip().startswith("-----BEGIN PGP MESSAGE-----"):
        raise InputError(name, ENCRYPTED)
    if not any(c.isalnum() for c in text):
        raise InputError(name, _why_no_text(message))
    metadata = _metadata(message, forwarded)
    text = without_title(text, metadata.title)
    return Contents((Draft(text, "mail", metadata, _header(message, "Message-ID")),))


def _parsed(message: EmailMessage, name: str) -> Any:
    """Return a header as the library parses it; one that is too long or that it can't parse is missing."""
    try:
        raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), None)
        return None if raw is None or len(str(raw)) > MAX_RAW_HEADER else message[name]
    except _PARSER_ERRORS:
        return None


def _header(message: EmailMessage, name: str) -> str | None:
    """Return a header, decoded, on one line."""
    return " ".join(clean_characters(str(_parsed(message, name) or "")).split()) or None


def _is_encrypted(message: EmailMessage) -> bool:
    kind = message.get_content_type()
    is_signed_only = "signed" in str(message.get_param("smime-type") or "")
    return kind == "multipart/encrypted" or (
        kind in ("application/pkcs7-mime", "application/x-pkcs7-mime") and not is_signed_only
    )


def _body(message: EmailMessage, name: str) -> tuple[str, dict[str, str]]:
    """Return the text of the body and the headers of the mail that it forwards, if any."""
    plain, markup = "", ""
    for part in _text_parts(message):
        content = _decoded(part, name)
        if part.get_content_type() == "text/html":
            markup += "\n" + content
        else:
            plain += "\n\n" + (_unflowed(part, content) if _is_flowed(part) else content)
    is_forwarded = bool(
        _FORWARDED.search(plain) or _FORWARDED.search(re.sub(r"<[^<>]{0,500}>", "\n", markup))
    )
    html_text, html_headers = _news_of(text_of_markup(markup, _left_out(is_forwarded)), has_quotes=False)
    plain_text, plain_headers = _news_of(plain, has_quotes=not is_forwarded)
    if html_text and _n_words(html_text) >= N_MORE_WORDS * _n_words(plain_text):
        return html_text, html_headers
    return plain_text, plain_headers


def _text_parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the parts that a mail program shows as its text."""
    waiting: list[Any] = [message]
    for _ in range(MAX_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        if part.get_content_maintype() == "multipart":
            payload = part.get_payload()
            waiting += reversed(payload) if isinstance(payload, list) else []
        elif part.get_content_type() in ("text/plain", "text/html") and not _is_attached(part):
            yield part


def _is_attached(part: EmailMessage) -> bool:
    try:
        return part.get_content_disposition() == "attachment" or bool(part.get_filename())
    except _PARSER_ERRORS:
        return True


def _decoded(part: EmailMessage, name: str) -> str:
    """Decode a part by the charset that it states, or, where that is wrong, as what it looks like."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else str(payload or "").encode("utf-8", "replace")
    try:
        charset = part.get_content_charset() or "ascii"
        text = data.decode(charset)
    except (LookupError, ValueError):
        text = decode(data, name) if data else ""
    return clean_characters(text).replace("\r\n", "\n")


def _is_flowed(part: EmailMessage) -> bool:
    return str(part.get_param("format") or "").lower() == "flowed"


def _unflowed(part: EmailMessage, text: str) -> str:
    """Put lines together that were broken for sending (RFC 3676)."""
    deletes = str(part.get_param("delsp") or "").lower() == "yes"
    paragraphs: list[str] = []
    is_open = False
    for line in text.splitlines():
        line = line.removeprefix(" ") if not line.startswith(">") else line
        if is_open and not line.startswith(">") and line != "-- ":
            paragraphs[-1] += line
        else:
            paragraphs.append(line)
        is_open = line.endswith(" ") and line != "-- " and not line.startswith(">")
        if is_open and deletes:
            paragraphs[-1] = paragraphs[-1][:-1]
    return "\n".join(paragraphs)


def _left_out(is_forwarded: bool) -> Callable[[Any], bool]:
    names = _LEFT_OUT - _FRAME_ONLY if is_forwarded else _LEFT_OUT

    def is_left_out(element: Any) -> bool:
        if not isinstance(element.tag, str) or not element.attrib:
            return False
        if element.tag == "blockquote" and element.get("type") == "cite":
            return not is_forwarded
        return any(name in names for name in (element.get("class") or "").split())

    return is_left_out


def _news_of(text: str, has_quotes: bool) -> tuple[str, dict[str, str]]:
    """Leave out the signature, quoted replies and the headers of a forwarded mail, and return these."""
    forwarded = max((m.end() for m in _FORWARDED.finditer(text)), default=0)
    near_end = len(text)
    for _ in range(MAX_SIGNATURE_LINES):
        near_end = max(text.rfind("\n", 0, near_end), 0)
    for mark in _SIGNATURE.finditer(text, forwarded):
        # Two dashes without the space may also part the stories of a newsletter.
        if mark[1] or mark.start() >= near_end:
            text = text[: mark.start()]
            break
    if has_quotes:
        text = _without_quotes(text)
    return _without_headers(text_of_plain(text))


def _without_quotes(text: str) -> str:
    kept: list[str] = []
    for line in text.splitlines():
        if not _QUOTED.match(line):
            kept.append(line)
            continue
        while kept and not kept[-1].strip():
            kept.pop()
        for n_lines in (1, 2, 3):  # "On Monday, Jane Roe wrote:", perhaps broken
            if sum(map(len, kept[-n_lines:])) > MAX_HEADER:
                break
            if _ATTRIBUTION.match(" ".join(kept[-n_lines:]).strip()):
                del kept[-n_lines:]
                break
        kept.append("")
    return "\n".join(kept)


def _without_headers(text: str) -> tuple[str, dict[str, str]]:
    """Leave out the block of headers in front of a forwarded mail: two or more in lines or blocks running."""
    lines = text.split("\n")
    marker = next((i for i, line in enumerate(lines) if _FORWARDED.fullmatch(line)), None)
    start = 0 if marker is None else marker + 1
    headers: dict[str, str] = {}
    end = start
    while end < len(lines):
        match = _HEADER.match(lines[end])
        if match:
            headers.setdefault(match["name"].casefold(), match["value"].strip())
        elif lines[end].strip():
            break
        end += 1
    is_headers = any(n in headers for n in _FROM) and any(n in headers for n in (*_DATE, *_SUBJECT))
    if not is_headers:
        headers, end = {}, start
    if marker is None and not headers:
        return text, {}
    above = lines[: start if marker is None else marker]
    return text_of_plain("\n".join([*above, "", *lines[end:]])), headers


def _n_words(text: str) -> int:
    return sum("://" not in word for word in text.split())


def _why_no_text(message: EmailMessage) -> str:
    attached = [p.get_content_type() for p in message.walk() if not p.is_multipart()][:3]
    kinds = sorted({kind for kind in attached if kind not in ("text/plain", "text/html")})
    return NO_BODY.format(attached=f", only {', '.join(kinds)}" if kinds else "")


def _metadata(message: EmailMessage, forwarded: dict[str, str]) -> Metadata:
    subject = noted(_SUBJECT_MARK.sub("", _header(message, "Subject") or ""), "Subject header")
    publisher = _first_sender(forwarded) if forwarded else _sender(message)
    return Metadata(
        title=without_outlet(subject, publisher),
        publisher=publisher,
        url=noted_address((_header(message, "Archived-At") or "").strip("<>"), "Archived-At header"),
        language=_language(message),
        published=_first_date(forwarded) if forwarded else _date(message),
    )


def _language(message: EmailMessage) -> Noted | None:
    stated = (_header(part, "Content-Language") for part in (message, *_text_parts(message)))
    return noted_language(next(filter(None, stated), None), "Content-Language header")


def _first_sender(forwarded: dict[str, str]) -> Noted | None:
    sender = next((forwarded[name] for name in _FROM if name in forwarded), "")
    return noted(_ADDRESS.sub("", sender[:MAX_HEADER]), "forwarded From header")


def _first_date(forwarded: dict[str, str]) -> Noted | None:
    date = next((forwarded[name] for name in _DATE if name in forwarded), None)
    return noted_moment(date, "forwarded Date header")


def _sender(message: EmailMessage) -> Noted | None:
    sender = _parsed(message, "From")
    if isinstance(sender, AddressHeader) and sender.addresses:
        return noted(clean_characters(sender.addresses[0].display_name), "From header")
    return None


def _date(message: EmailMessage) -> Noted | None:
    date = _parsed(message, "Date")
    moment = date.datetime if isinstance(date, DateHeader) else None
    return noted_moment(moment.isoformat() if moment else _header(message, "Date"), "Date header")
