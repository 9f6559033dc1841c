"""NITF, the news industry's text format → its text, its metadata, its status.

Source: IPTC, NITF 3.6. The text is ``body.content``; media with their captions are left out of it.
"""

from __future__ import annotations

from typing import Any

from summarize.reading.formats.elements import find, find_all, language_of, words_of
from summarize.reading.formats.fragments import is_markup, local_name, text_of, text_of_plain, text_of_tree
from summarize.reading.formats.releases import released
from summarize.reading.formats.statements import noted, noted_author, noted_language, noted_moment
from summarize.types import Metadata, Noted

_FRAME = ("body.head", "body.end")


def text(nitf: Any) -> str:
    """Return an article's text; its abstract if it has no other."""
    contents = list(find_all(nitf, "body/body.content"))
    if not contents:
        contents = list(find_all(nitf, "body"))
    found = "\n\n".join(filter(None, map(_text_of_content, contents)))
    if is_markup(found):  # HTML that was escaped, or put into CDATA
        found = text_of(found)
    abstract = find(nitf, "body/body.head/abstract")
    return found or ("" if abstract is None else text_of_tree(abstract))


def _text_of_content(content: Any) -> str:
    if not len(content):  # no paragraphs are marked
        return text_of_plain(content.text or "")
    return text_of_tree(content, lambda element: local_name(element) in _FRAME)


def status(nitf: Any) -> str | None:
    """Return the status that the agency gives the document."""
    return _attribute(nitf, "head/docdata", "management-status")


def has_release(nitf: Any) -> bool:
    """Tell whether the document states when it may be published."""
    return _moment(nitf, "head/docdata/date.release", "norm") is not None


def metadata(nitf: Any) -> Metadata:
    """Return what the document states about itself."""
    distributor = noted(words_of(find(nitf, "body/body.head/distributor")), "NITF distributor")
    holder = _holder(nitf)
    agency = distributor or holder
    return Metadata(
        title=_title(nitf),
        publisher=noted(_attribute(nitf, "head/pubdata", "name"), "NITF pubdata") or agency,
        agency=agency,
        author=_author(nitf),
        language=_language(nitf),
        published=_published(nitf),
    )


def _title(nitf: Any) -> Noted | None:
    heading = words_of(find(nitf, "body/body.head/hedline/hl1"))
    return noted(heading, "NITF hl1") or noted(words_of(find(nitf, "head/title")), "NITF title")


def _author(nitf: Any) -> Noted | None:
    people = [words_of(p) for p in find_all(nitf, "body/body.head/byline/person")]
    named = ", ".join(filter(None, people))
    return noted_author(named or words_of(find(nitf, "body/body.head/byline")), "NITF byline")


def _holder(nitf: Any) -> Noted | None:
    stated = _attribute(nitf, "head/docdata/doc.copyright", "holder")
    return noted(stated, "NITF doc.copyright") or noted(
        _attribute(nitf, "head/docdata/doc.rights", "provider"), "NITF doc.rights"
    )


def _language(nitf: Any) -> Noted | None:
    for path in (None, "body", "body/body.content"):
        element = nitf if path is None else find(nitf, path)
        stated = None if element is None else noted_language(language_of(element), "NITF xml:lang")
        if stated:
            return stated
    return None


def _published(nitf: Any) -> Noted | None:
    issued = (
        _moment(nitf, "head/docdata/date.issue", "norm")
        or _moment(nitf, "head/pubdata", "date.publication")
        or _moment(nitf, "body/body.head/dateline/story.date", "norm")
    )
    return released(issued, _moment(nitf, "head/docdata/date.release", "norm"))


def _moment(nitf: Any, path: str, attribute: str) -> Noted | None:
    where = path.rpartition("/")[2] if attribute == "norm" else attribute
    return noted_moment(_attribute(nitf, path, attribute), f"NITF {where}")


def _attribute(nitf: Any, path: str, attribute: str) -> str | None:
    element = find(nitf, path)
    value = None if element is None else element.get(attribute)
    return value.strip() or None if isinstance(value, str) else None
