"""What news agencies send: NewsML-G2, NewsML 1.x and NITF → articles.

Contract: the XML has to be well-formed; no DTD is loaded and no entity resolved but characters of HTML, which
older wires take from their DTD. What an agency withdrew is refused with that reason.
"""

from __future__ import annotations

from html.entities import name2codepoint
from typing import Any

from lxml import etree

from summarize.config import ReadConfig
from summarize.errors import InputError
from summarize.reading.formats import newsml, newsml_g2, nitf
from summarize.reading.formats.contents import Contents, Draft, Refused
from summarize.reading.formats.fragments import local_name, without_title
from summarize.reading.formats.releases import NO_END, latest, refusal


def extract(data: bytes, name: str, options: ReadConfig) -> Contents:
    """Take the articles out of a wire.

    :raises InputError: if it is no well-formed XML.
    """
    root = _parsed(data, name)
    kind = local_name(root)
    if kind == "nitf":
        return Contents((_nitf(root),))
    items = newsml.items_of(root) if kind == "newsml" else newsml_g2.items_of(root)
    if not items:
        raise InputError(name, "a message without items; send it again or remove it")
    held = latest(items)
    return Contents(held, holds_many=kind == "newsmessage" or len(held) > 1)


def _parsed(data: bytes, name: str) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        message = getattr(error, "msg", None) or str(error)
        raise InputError(name, f"broken XML ({message}); have it sent again or mend it there") from error
    for entity in root.iter(etree.Entity):
        if entity.name not in name2codepoint:
            line = entity.getparent().sourceline
            raise InputError(
                name,
                f"uses the entity &{entity.name[:40]}; (line {line}), which is not resolved; write it out",
            )
    return root


def _nitf(root: Any) -> Draft | Refused:
    status = nitf.status(root)
    stated = nitf.metadata(root)
    reason = refusal(status)
    if reason is None and status == "embargoed" and not nitf.has_release(root):
        reason = NO_END
    if reason is not None:
        return Refused(reason)
    text = without_title(nitf.text(root), stated.title)
    return Draft(text, "nitf", stated) if text else Refused("no text in it; remove it")
