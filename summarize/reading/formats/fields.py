"""Read the fields of a record: by the paths of the configuration, else by the names that are in use.

Names are compared without regard to case, hyphens and underscores, so that ``articleBody`` and
``article_body`` are one. Knows schema.org's articles and the records of the usual interfaces (JSON Feed,
WordPress, NewsAPI, The Guardian's, crawlers) and of agencies (ninjs).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from summarize.reading.formats.envelopes import Found
from summarize.reading.formats.fragments import clean_characters, line_of, text_of, without_title
from summarize.reading.formats.releases import NO_END, refusal, released
from summarize.reading.formats.statements import (
    is_address,
    noted,
    noted_address,
    noted_author,
    noted_language,
    noted_moment,
    without_outlet,
)
from summarize.types import Metadata, Noted

MAX_CUT = 60  # characters of the mark that NewsAPI puts where it cut a text
MAX_LISTED = 20  # authors; more are a list of something else
_BODIES = tuple(
    """
    articlebody fulltext bodytext maintext articletext articlecontent contenttext text body content
    contenthtml bodyhtml bodyxhtml bodies html story article cleantext rawtext
    plaintext paragraphs contentelements
    """.split()
)
_TEASERS = tuple(
    "leadparagraph lead standfirst description summary abstract excerpt snippet trailtext".split()
)
NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "title": tuple("title headline headlines heading webtitle articletitle newstitle".split()),
        "text": (*_BODIES, *_TEASERS),
        "url": tuple("url link weburl canonicalurl articleurl permalink sourceurl shareurl uri".split()),
        "publisher": tuple(
            "publisher source outlet sitename site publication newspaper sourcename sourcedomain".split()
        ),
        "agency": tuple("agency newsagency wire wireservice infosource copyrightholder".split()),
        "author": tuple("author authors byline creator by writer journalist".split()),
        "language": tuple("language lang inlanguage languagecode locale".split()),
        "published": tuple(
            """
            published publishedat datepublished publicationdate publishdate publisheddate datepublish pubdate
            webpublicationdate firstpublisheddate firstpublishedat releasedate firstcreated dategmt date
            timestamp
            """.split()
        ),
        "id": tuple("id guid uuid articleid docid newsid identifier @id".split()),
    }
)
# Objects that wrap one value: NewsAPI's source, WordPress's rendered, MongoDB's $date, an author's name.
_WRAPPED = tuple(
    "name rendered title @value value main original text full_name displayName $date $oid $numberLong".split()
)
_WRAPPED_TEXT = ("rendered", "html", "text", "plain", "value", "content", "@value", "body")
_RUNNING = re.compile(r"p|paragraph|text|html|sanitized_html|raw_html|markdown|textblock|block", re.I)
_NESTED = ("fields", "article")  # objects whose keys count as the record's own
_NEWSAPI_CUT = re.compile(r"\s*\[\+\d+ chars\]\s*$")
_SEPARATORS = str.maketrans("", "", "-_")


def keys_of(value: Any) -> list[str]:
    """Return the keys of a record, or of the first record in a list, for an error to name."""
    if isinstance(value, list):
        value = next((v for v in value if isinstance(v, Mapping)), None)
    if not isinstance(value, Mapping):
        return []
    return [f'"{clean_characters(str(key))[:40]}"' for key in value]


class Fields:
    """Looks the fields of records up.

    :param paths: what is wanted → the path of its key; wins over the known names.
    """

    def __init__(self, paths: Mapping[str, str]) -> None:
        self.paths = dict(paths)

    def has_text(self, found: Found) -> bool:
        """Tell whether a record has the text of an article."""
        if "text" in self.paths:
            return _is_textual(self.configured(found, "text"))
        record = _normal(found.record)
        return any(_is_textual(record.get(name)) for name in _BODIES)

    def has_teaser(self, found: Found) -> bool:
        """Tell whether a record has a title and a teaser."""
        if "text" in self.paths or not self.has_title(found):
            return False
        record = _normal(found.record)
        return any(_is_textual(record.get(name)) for name in _TEASERS)

    def has_title(self, found: Found) -> bool:
        """Tell whether a record has a title."""
        return any(value for _, value in self._values(found, "title"))

    def configured(self, found: Found, wanted: str) -> Any:
        """Return what stands at a path of the configuration; None if it names none or nothing is there."""
        path = self.paths.get(wanted)
        if path is None:
            return None
        value = _at(found.record, path)
        return _at(found.envelope, path) if value is None else value

    def text(self, found: Found) -> str:
        """Return a record's text; nothing if it has none."""
        for _, value in self._values(found, "text"):
            text = _text(value)
            cut = _NEWSAPI_CUT.search(text, max(0, len(text) - MAX_CUT))
            text = text[: cut.start()] if cut else text
            if text:
                return without_title(text, self._title(found))
        return ""

    def empty(self, record: Any) -> list[str]:
        """Return the keys that should hold a text and hold none."""
        if "text" in self.paths:
            return []
        spelt = _spelling(record)
        return [spelt[name] for name in NAMES["text"] if name in spelt]

    def key(self, found: Found) -> str | None:
        """Return what a record calls itself by: its id, else its address."""
        for wanted in ("id", "url"):
            for _, value in self._values(found, wanted):
                key = line_of(str(_single(value) or ""))
                if key and (wanted == "id" or is_address(key)):
                    return key
        return None

    def metadata(self, found: Found) -> Metadata:
        """Return what a record states about its text."""
        return Metadata(
            title=self._title(found),
            publisher=self._noted(found, "publisher", _noted_outlet),
            agency=self._noted(found, "agency", noted),
            author=self._noted(found, "author", noted_author),
            url=self._noted(found, "url", noted_address),
            language=self._noted(found, "language", noted_language),
            published=released(self._noted(found, "published", noted_moment), self._embargo(found)),
        )

    def refusal(self, found: Found) -> str | None:
        """Return why a record may not be used; agencies say so in ninjs (IPTC, News in JSON)."""
        record = _normal(found.record)
        if "embargoed" in record and _single(record["embargoed"]) in ("", True):
            return NO_END
        return refusal(str(_single(record.get("pubstatus")) or ""))

    def _title(self, found: Found) -> Noted | None:
        publisher = self._noted(found, "publisher", _noted_outlet)
        return without_outlet(self._noted(found, "title", noted), publisher)

    def _embargo(self, found: Found) -> Noted | None:
        stated = _normal(found.record).get("embargoed")
        return noted_moment(_single(stated), _where(found.record, "embargoed"))

    def _noted(self, found: Found, wanted: str, note: Any) -> Noted | None:
        for key, value in self._values(found, wanted):
            single = _listed(value) if wanted == "author" else _single(value)
            if key.translate(_SEPARATORS).casefold() == "dategmt" and isinstance(single, str):
                single = re.sub(r"(T\d\d:\d\d:\d\d)$", r"\1Z", single)  # WordPress: the name says it
            stated: Noted | None = note(single, _where(found.record, key))
            if stated:
                return stated
        return None

    def _values(self, found: Found, wanted: str) -> Iterator[tuple[str, Any]]:
        """Yield what may be the field, best first, with the key that it stands under."""
        if wanted in self.paths:
            value = self.configured(found, wanted)
            if value is not None:
                yield self.paths[wanted], value
            if wanted == "text":  # another field would be another text
                return
        record, spelt = _normal(found.record), _spelling(found.record)
        for name in NAMES[wanted]:
            if record.get(name) is not None:
                yield spelt[name], record[name]
        envelope = _normal(found.envelope) if wanted == "id" else {}
        if envelope.get("id") is not None:
            yield "id", envelope["id"]


def _where(record: Any, key: str) -> str:
    is_linked = isinstance(record, Mapping) and ("@type" in record or "@context" in record)
    return f'{"JSON-LD" if is_linked else "JSON field"} "{clean_characters(key)[:80]}"'


def _normal(record: Any) -> dict[str, Any]:
    """Return a record by names without case and separators; what stands nearer to the root wins."""
    normal: dict[str, Any] = {}
    if isinstance(record, Mapping):
        for inner in _NESTED:
            if isinstance(record.get(inner), Mapping):
                normal |= {_name(k): v for k, v in record[inner].items()}
        normal |= {_name(k): v for k, v in record.items()}
    return normal


def _spelling(record: Any) -> dict[str, str]:
    spelt: dict[str, str] = {}
    if not isinstance(record, Mapping):
        return spelt
    for inner in _NESTED:
        if isinstance(record.get(inner), Mapping):
            spelt |= {_name(k): f"{inner}.{k}" for k in record[inner]}
    return spelt | {_name(k): k for k in record}


def _name(key: str) -> str:
    return key.translate(_SEPARATORS).casefold()


def _at(value: Any, path: str) -> Any:
    """Follow a dotted path; a number counts into a list, a key may itself have dots."""
    if isinstance(value, Mapping) and path in value:
        return value[path]
    for piece in path.split("."):
        if isinstance(value, Mapping):
            value = value.get(piece)
        elif isinstance(value, list) and piece.isdecimal() and len(piece) < 10 and int(piece) < len(value):
            value = value[int(piece)]
        else:
            return None
    return value


def _is_textual(value: Any) -> bool:
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, list):
        return any(isinstance(v, str) or (_is_block(v) and _is_textual(_block(v))) for v in value)
    return isinstance(value, Mapping) and any(isinstance(value.get(k), str) for k in _WRAPPED_TEXT)


def _text(value: Any) -> str:
    """Return the text of a string, of a list of paragraphs, or of an object around them."""
    if isinstance(value, str):
        return text_of(value)
    if isinstance(value, list):
        pieces = [v if isinstance(v, str) else _block(v) for v in value]
        return "\n\n".join(t for piece in pieces if isinstance(piece, str) and (t := text_of(piece)))
    if isinstance(value, Mapping):
        return next(
            (t for k in _WRAPPED_TEXT if isinstance(value.get(k), str) and (t := text_of(value[k]))), ""
        )
    return ""


def _is_block(value: Any) -> bool:
    """Tell a paragraph of an editor from an article: it has no title, and calls itself running text."""
    if not isinstance(value, Mapping) or any(_name(k) in NAMES["title"] for k in value):
        return False
    return bool(_RUNNING.fullmatch(str(value.get("type", "text"))))


def _block(value: Any) -> Any:
    if not _is_block(value):
        return None
    return next((value[k] for k in _WRAPPED_TEXT if isinstance(value.get(k), str)), None)


def _single(value: Any) -> Any:
    """Return the one value that a list or an object wraps."""
    for _ in range(3):
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, Mapping):
            value = next((value[k] for k in _WRAPPED if value.get(k) is not None), None)
    return None if isinstance(value, Mapping | list) else value


def _listed(value: Any) -> Any:
    """Return names, of which there may be several, as one string."""
    if not isinstance(value, list):
        return _single(value)
    names = [single for v in value[:MAX_LISTED] if isinstance(single := _single(v), str) and single.strip()]
    return ", ".join(dict.fromkeys(names)) or None


def _noted_outlet(value: object, where: str) -> Noted | None:
    """Note an outlet's name; its address is none."""
    return None if isinstance(value, str) and is_address(value) else noted(value, where)
