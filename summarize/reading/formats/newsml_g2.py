"""NewsML-G2 → one article per newsItem.

Source: IPTC, NewsML-G2 2.x. The text is what stands inline in the ``contentSet`` (NITF, XHTML or plain text);
of several renditions it is the longest. Items that only describe or refer are refused.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from summarize.reading.formats import nitf
from summarize.reading.formats.contents import Draft, Refused
from summarize.reading.formats.elements import find, find_all, language_of, text_of_data, words_of
from summarize.reading.formats.fragments import clean_characters, local_name, text_of_tree, without_title
from summarize.reading.formats.releases import NO_END, Item, is_withdrawal, refusal, released
from summarize.reading.formats.statements import (
    is_address,
    noted,
    noted_address,
    noted_author,
    noted_language,
    noted_moment,
)
from summarize.types import Metadata, Noted

_KINDS = {
    "packageitem": "a package that only refers to other items ({n}); put the items themselves here",
    "conceptitem": "a concept, not an article; remove it",
    "knowledgeitem": "a list of concepts, not an article; remove it",
    "planningitem": "a plan of coverage, not an article; remove it",
    "catalogitem": "a catalogue, not an article; remove it",
}


def items_of(root: Any) -> list[Item]:
    """Return the items of a newsMessage, or the one that the root is."""
    if local_name(root) != "newsmessage":
        return [_item(root)]
    return [_item(element) for element in find_all(root, "itemSet/*")]


def _item(element: Any) -> Item:
    guid = clean_characters(element.get("guid") or "").strip() or None
    version = element.get("version") or ""
    number = int(version) if version.isascii() and version.isdecimal() and len(version) < 10 else 0
    reason = _refusal(element)
    if reason is not None:
        return Item(Refused(reason, guid), number, is_withdrawal(reason))
    return Item(_draft(element, guid, number), number)


def _refusal(element: Any) -> str | None:
    kind = local_name(element)
    if kind in _KINDS:
        n_items = sum(1 for _ in find_all(element, ".//itemRef"))
        return _KINDS[kind].format(n=n_items)
    if kind != "newsitem":
        return f"an element <{clean_characters(kind)[:40]}>, not an article; remove it"
    embargo = find(element, "itemMeta/embargoed")
    if embargo is not None and not words_of(embargo):
        return NO_END
    return refusal(_code(find(element, "itemMeta/pubStatus")))


def _draft(element: Any, guid: str | None, version: int) -> Draft | Refused:
    text, inner, language = _content(element)
    if not text:
        return Refused(_why_no_text(element), guid)
    own = _metadata(element, version, language)
    filled = _filled(own, nitf.metadata(inner)) if inner is not None else own
    stated = replace(
        filled,
        title=filled.title or noted(words_of(find(element, "itemMeta/title")), "NewsML-G2 title"),
        url=noted_address(guid, "NewsML-G2 guid") if guid and is_address(guid) else None,
        published=released(filled.published or _of_version(element), _embargo(element)),
    )
    return Draft(without_title(text, stated.title), "newsml-g2", stated, guid)


def _content(element: Any) -> tuple[str, Any, str | None]:
    """Return the longest of the inline texts, the NITF that it stands in, if any, and its language."""
    best: tuple[str, Any, str | None] = ("", None, None)
    for content in find_all(element, "contentSet/*"):
        text, inner = "", None
        if local_name(content) == "inlinexml":
            for child in content.iterchildren("*"):
                inner = child if local_name(child) == "nitf" else None
                text = nitf.text(child) if inner is not None else text_of_tree(child)
                break
        elif local_name(content) == "inlinedata":
            data = "".join(content.itertext())
            text = text_of_data(data, content.get("encoding"), content.get("contenttype"))
        if len(text) > len(best[0]):
            child_language = next((language_of(c) for c in content.iterchildren("*")), None)
            best = text, inner, language_of(content) or child_language
    return best


def _why_no_text(element: Any) -> str:
    kind = (_code(find(element, "itemMeta/itemClass")) or "").replace("/", ":").rpartition(":")[2]
    if kind and kind not in ("text", "composite"):
        return f"no text but {clean_characters(kind)[:40]}; remove it"
    remote = find(element, "contentSet/remoteContent")
    if remote is not None:
        return "its text is in another file (remoteContent); put the text itself here"
    return "no text in it; remove it"


def _metadata(element: Any, version: int, language: str | None) -> Metadata:
    agency = _agency(element)
    return Metadata(
        title=noted(words_of(find(element, "contentMeta/headline")), "NewsML-G2 headline"),
        publisher=agency,
        agency=agency,
        author=_author(element, agency),
        language=_language(element, language),
        published=_published(element, version),
    )


def _agency(element: Any) -> Noted | None:
    for path, where in (("itemMeta/provider", "provider"), ("contentMeta/infoSource", "infoSource")):
        party = find(element, path)
        named = noted(_name(party), f"NewsML-G2 {where}")
        if named:
            return named
    return None


def _author(element: Any, agency: Noted | None) -> Noted | None:
    stated = noted_author(words_of(find(element, "contentMeta/by")), "NewsML-G2 by")
    if stated:
        return stated
    names = [words_of(find(creator, "name")) for creator in find_all(element, "contentMeta/creator")]
    people = [n for n in names if n and not (agency and n.casefold() == agency.value.casefold())]
    return noted_author(", ".join(dict.fromkeys(people)), "NewsML-G2 creator")


def _language(element: Any, inline: str | None) -> Noted | None:
    tags = {e.get("tag") for e in find_all(element, "contentMeta/language") if e.get("tag")}
    stated = noted_language(tags.pop(), "NewsML-G2 language") if len(tags) == 1 else None
    return (
        stated
        or noted_language(inline, "NewsML-G2 content xml:lang")
        or noted_language(language_of(element), "NewsML-G2 xml:lang")
    )


def _published(element: Any, version: int) -> Noted | None:
    """Return when the first version was made; a later version's time is that of an update."""
    paths = ["itemMeta/firstCreated", "itemMeta/versionCreated", "contentMeta/contentCreated"]
    if version > 1:
        paths.remove("itemMeta/versionCreated")
    for path in paths:
        stated = _moment(element, path)
        if stated:
            return stated
    return None


def _of_version(element: Any) -> Noted | None:
    """Return when this version was made, the only time that an item has to state."""
    stated = _moment(element, "itemMeta/versionCreated")
    version = element.get("version") or "?"
    return stated and Noted(stated.value, f"{stated.where} of version {clean_characters(version)[:9]}")


def _embargo(element: Any) -> Noted | None:
    return _moment(element, "itemMeta/embargoed")


def _moment(element: Any, path: str) -> Noted | None:
    return noted_moment(words_of(find(element, path)), f"NewsML-G2 {path.rpartition('/')[2]}")


def _name(party: Any) -> str | None:
    if party is None:
        return None
    own = words_of(find(party, "name"))
    return own or party.get("literal") or (_code(party) or "").rpartition(":")[2].rpartition("/")[2] or None


def _code(element: Any) -> str | None:
    if element is None:
        return None
    code: str | None = element.get("qcode") or element.get("uri")
    return code


def _filled(first: Metadata, second: Metadata) -> Metadata:
    """Return what is stated first, or else second."""
    return Metadata(**{f.name: getattr(first, f.name) or getattr(second, f.name) for f in fields(Metadata)})
