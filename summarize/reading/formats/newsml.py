"""NewsML 1.x → one article per component with a text.

Source: IPTC, NewsML 1.2. A NewsItem holds components within components; one with a text of its own is an
article; of equivalent ones (languages, formats) the longest is. Headlines and parties are those of the
component, else of the ones around it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from summarize.reading.formats import nitf
from summarize.reading.formats.contents import Draft, Refused
from summarize.reading.formats.elements import find, find_all, language_of, text_of_data, words_of
from summarize.reading.formats.fragments import clean_characters, text_of_tree, without_title
from summarize.reading.formats.releases import NO_END, Item, is_withdrawal, refusal, released
from summarize.reading.formats.statements import (
    noted,
    noted_address,
    noted_author,
    noted_language,
    noted_moment,
)
from summarize.types import Metadata, Noted

# Components with these roles accompany an article.
_ACCOMPANYING = (
    "caption",
    "photo",
    "picture",
    "graphic",
    "headline",
    "byline",
    "summary",
    "abstract",
    "keyword",
)
NO_TEXT = "no text in it; remove it"
REFERS = "a package that only refers to other items ({n}); put the items themselves here"


def items_of(root: Any) -> list[Item]:
    """Return the items of a NewsML file."""
    return [item for element in find_all(root, "NewsItem") for item in _items(element, root)]


def _items(element: Any, root: Any) -> Iterator[Item]:
    key, version = _identity(element)
    reason = _refusal(element)
    if reason is not None:
        yield Item(Refused(reason, key), version, is_withdrawal(reason))
        return
    texts = _texts(element)
    if not texts:
        n_references = sum(1 for _ in find_all(element, ".//NewsItemRef"))
        yield Item(Refused(REFERS.format(n=n_references) if n_references else NO_TEXT, key), version)
    for place, (component, text, inner) in enumerate(texts, start=1):
        own = key if len(texts) == 1 else f"{key or ''}#{component.get('Duid') or place}"
        stated = _metadata(component, inner, element, root)
        yield Item(Draft(without_title(text, stated.title), "newsml", stated, own), version)


def _identity(element: Any) -> tuple[str | None, int]:
    identifier = find(element, "Identification/NewsIdentifier")
    if identifier is None:
        return None, 0
    names = [words_of(find(identifier, n)) for n in ("ProviderId", "DateId", "NewsItemId")]
    revision = words_of(find(identifier, "RevisionId")) or ""
    key = ":".join(filter(None, names)) or words_of(find(identifier, "PublicIdentifier"))
    is_number = revision.isascii() and revision.isdecimal() and len(revision) < 10
    return key or None, int(revision) if is_number else 0


def _refusal(element: Any) -> str | None:
    status = _formal(find(element, "NewsManagement/Status"))
    if (status or "").casefold() == "embargoed" and _embargo(element) is None:
        return NO_END
    return refusal(status)


def _texts(element: Any) -> list[tuple[Any, str, Any]]:
    """List the components with a text of their own, their texts, and the NITF in which these stand."""
    found: dict[Any, tuple[Any, str, Any]] = {}
    for component in find_all(element, ".//NewsComponent"):
        role = (_formal(find(component, "Role")) or "").casefold()
        if any(word in role for word in _ACCOMPANYING):
            continue
        text, inner = _text(component)
        group = _equivalents(component)
        if text and (group not in found or len(found[group][1]) < len(text)):
            found[group] = component, text, inner
    return list(found.values())


def _equivalents(component: Any) -> Any:
    """Return the outermost component whose parts are equivalent, or else the component itself."""
    outer = component
    for around in component.iterancestors("{*}NewsComponent"):
        if around.get("EquivalentsList") == "yes":
            outer = around
    return outer


def _text(component: Any) -> tuple[str, Any]:
    """Return the texts of a component's own content items, or the longest if they are equivalent."""
    texts, inner = [], None
    for item in find_all(component, "ContentItem"):
        kind = (_formal(find(item, "MediaType")) or "text").casefold()
        content = find(item, ".//DataContent")
        if content is None or "text" not in kind:
            continue
        document = find(content, "nitf")
        inner = document if inner is None else inner
        texts.append(nitf.text(document) if document is not None else _text_of_data(content, item))
    if component.get("EquivalentsList") == "yes":
        return max(texts, key=len, default=""), inner
    return "\n\n".join(filter(None, texts)), inner


def _text_of_data(content: Any, item: Any) -> str:
    if len(content):
        return text_of_tree(content)
    encoding = find(item, "Encoding")
    notation = None if encoding is None else encoding.get("Notation")
    return text_of_data(content.text or "", notation, _formal(find(item, "MimeType")))


def _metadata(component: Any, inner: Any, element: Any, root: Any) -> Metadata:
    inside = nitf.metadata(inner) if inner is not None else Metadata()
    agency = _agency(component, element, root) or inside.agency
    first = _moment(find(element, "NewsManagement/FirstCreated"), "FirstCreated")
    revised = _moment(find(element, "NewsManagement/ThisRevisionCreated"), "ThisRevisionCreated")
    return Metadata(
        title=_line(component, "HeadLine", noted) or inside.title,
        publisher=agency or inside.publisher,
        agency=agency,
        author=_line(component, "ByLine", noted_author) or inside.author,
        url=_address(component),
        language=_language(component) or inside.language,
        published=released(first or inside.published or revised, _embargo(element)),
    )


def _around(component: Any, path: str) -> Iterator[Any]:
    """Yield what stands at a path in a component, then in those around it."""
    for around in (component, *component.iterancestors("{*}NewsComponent")):
        yield from find_all(around, path)


def _line(component: Any, name: str, note: Callable[[object, str], Noted | None]) -> Noted | None:
    for line in _around(component, f"NewsLines/{name}"):
        stated = note(words_of(line), f"NewsML {name}")
        if stated:
            return stated
    return None


def _address(component: Any) -> Noted | None:
    for item in find_all(component, "ContentItem"):
        stated = noted_address(item.get("Href"), "NewsML ContentItem")
        if stated:
            return stated
    return None


def _agency(component: Any, element: Any, root: Any) -> Noted | None:
    for name in ("Provider", "Source"):
        for party in _around(component, f"AdministrativeMetadata/{name}/Party"):
            stated = noted(_formal(party), f"NewsML {name}")
            if stated:
                return stated
    return (
        _line(component, "CreditLine", noted)
        or noted(_formal(find(root, "NewsEnvelope/SentFrom/Party")), "NewsML SentFrom")
        or noted(words_of(find(element, "Identification/NewsIdentifier/ProviderId")), "NewsML ProviderId")
    )


def _language(component: Any) -> Noted | None:
    stated = [_formal(e) for e in _around(component, "DescriptiveMetadata/Language")]
    around = [language_of(c) for c in (component, *component.iterancestors("*"))]
    for tag, where in (*((s, "Language") for s in stated), *((a, "xml:lang") for a in around)):
        language = noted_language(tag, f"NewsML {where}")
        if language:
            return language
    return None


def _embargo(element: Any) -> Noted | None:
    """Return when an item under embargo becomes usable."""
    management = find(element, "NewsManagement")
    if management is None or (_formal(find(management, "Status")) or "").casefold() != "embargoed":
        return None
    return _moment(find(management, "StatusWillChange/DateAndTime"), "StatusWillChange")


def _moment(element: Any, name: str) -> Noted | None:
    return noted_moment(words_of(element), f"NewsML {name}")


def _formal(element: Any) -> str | None:
    name = None if element is None else element.get("FormalName")
    return clean_characters(name) if name else None
