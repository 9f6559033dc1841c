"""Word (.docx): the text of a document in its order: paragraphs, lists, tables, text boxes, then footnotes.

Contract: each paragraph is a block; so is each row of a table, its cells with " | " between them, unless the
cells hold running text: then each paragraph of theirs is a block. Text boxes follow the paragraph that they
are tied to. Page headers and footers, comments, and what is deleted, moved away or hidden are left out.
The title is a paragraph of the style Title, or a heading above all else; the document's own fields count only
where the text bears them out, and the days on which it was made and saved say nothing of publication.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from docx import Document
from docx.document import Document as DocumentObject
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from summarize.config import ReadConfig
from summarize.errors import InputError
from summarize.reading.formats.contents import Contents, single
from summarize.reading.formats.properties import (
    noted,
    stated_author,
    stated_title,
    without_title,
)
from summarize.reading.formats.statements import noted_language
from summarize.types import Metadata, Noted

MAX_CELL = 80  # characters; a longer one is running text
CELL_MARK = " | "
_FORM = "docx"
_OLE, _RTF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = "purl.oclc.org/ooxml"  # in the names of relations; what follows the ISO's strict variant
_BODY = "word/document.xml"
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\u00ad]")
_DAMAGED = (OpcError, zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, NotImplementedError)
_BROKEN = (*_DAMAGED, etree.LxmlError, AttributeError, IndexError, RuntimeError)
_SKIPPED = frozenset(
    map(qn, ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:txbxContent", "w:instrText", "w:delText"))
) | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_P, _TBL, _TR, _TC, _BOX = map(qn, ("w:p", "w:tbl", "w:tr", "w:tc", "w:txbxContent"))
_CHARACTERS = {qn("w:tab"): " ", qn("w:br"): " ", qn("w:cr"): " ", qn("w:noBreakHyphen"): "-"}
_NOTES = ((RELATIONSHIP_TYPE.FOOTNOTES, "w:footnote"), (RELATIONSHIP_TYPE.ENDNOTES, "w:endnote"))


def extract(data: bytes, name: str, options: ReadConfig) -> Contents:
    """Take the text out of a Word document.

    :raises InputError: if it is damaged, encrypted, another kind of document, empty or unpacks to too much.
    """
    _check(data, name, options)
    try:
        document = Document(io.BytesIO(data))
        blocks = [(text, style) for text, style in _blocks(document) if text]
        fields = document.core_properties
        stated = fields.title, fields.author, fields.language
    except _BROKEN as error:
        if _STRICT in str(error):
            raise InputError(name, "Strict Open XML; save it as an ordinary Word document") from error
        raise InputError(name, f"a damaged Word document ({_said(error)}); open and save it anew") from error
    if not blocks:
        raise InputError(name, "a Word document without text; remove it or put an article in it")
    return _contents(blocks, *stated)


def _said(error: BaseException) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__


def _check(data: bytes, name: str, options: ReadConfig) -> None:
    """Refuse what is no Word document, or unpacks to too much, before anything of it is unpacked."""
    if data.startswith(_OLE):
        kind = "an encrypted" if _ENCRYPTED in data else "an old"
        remedy = "save it without its password" if _ENCRYPTED in data else "save it as .docx"
        raise InputError(name, f"{kind} Word document; open it in a word processor and {remedy}")
    if data.startswith(_RTF):
        raise InputError(name, "Rich Text, not .docx; open it in a word processor and save it as .docx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except _DAMAGED as error:
        raise InputError(name, "no Word document, or a damaged one; open and save it anew") from error
    if any(p.flag_bits & 1 for p in parts):
        raise InputError(name, "encrypted; open it in a word processor and save it without its password")
    # No part can unpack to more than it states: zipfile stops there.
    n_bytes = sum(p.file_size for p in parts)
    if n_bytes > options.max_unpacked_bytes:
        raise InputError(
            name,
            f"unpacks to {n_bytes:,} bytes, more than the limit of {options.max_unpacked_bytes:,}; take the "
            "pictures out or raise read.max_unpacked_bytes",
        )
    if "mimetype" in (names := {p.filename for p in parts}):
        raise InputError(name, "an OpenDocument text or a book, not .docx; save it as .docx")
    if _BODY not in names and not any(n.startswith("word/") for n in names):
        raise InputError(name, "an archive or another office document, not .docx; save it as .docx")


def _contents(
    blocks: list[tuple[str, str]], title_field: str, author_field: str, language_field: str
) -> Contents:
    paragraphs = [text for text, _ in blocks]
    title = _title(blocks, title_field)
    author = stated_author(author_field, paragraphs)
    metadata = Metadata(
        title=title,
        author=noted(author, "Word author"),
        language=noted_language(language_field, "Word language"),
    )
    kept = without_title(paragraphs, title.value if title else None) or paragraphs
    return single("\n\n".join(kept), _FORM, metadata)


def _title(blocks: list[tuple[str, str]], field: str) -> Noted | None:
    for text, style in blocks:
        if style == "title":
            return Noted(text, "style Title")
    text, style = blocks[0]
    if style == "heading 1":
        return Noted(text, "first heading")
    return noted(stated_title(field, [text for text, _ in blocks]), "Word title")


def _blocks(document: DocumentObject) -> Iterator[tuple[str, str]]:
    """Yield the text of each block, and the name of its style."""
    styles = {s.style_id: (s.name or "").lower() for s in document.styles}
    body = document.element.body
    if body is None:
        return
    yield from _of(body, styles)
    for kind, tag in _NOTES:
        for relation in document.part.rels.values():
            if relation.reltype == kind and not relation.is_external:
                notes = parse_xml(relation.target_part.blob)
                for note in notes.iter(qn(tag)):
                    if note.get(qn("w:type")) in (None, "normal"):
                        yield from _of(note, styles)


def _of(parent: etree._Element, styles: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the blocks below an element, whatever content controls and the like stand between.

    Without recursion, since what a file nests is not known.
    """
    pending = [iter(parent)]
    while pending:
        element = next(pending[-1], None)
        if element is None:
            pending.pop()
        elif element.tag == _P:
            yield _text(element), _style(element, styles)
            pending.append(iter(_boxes(element)))
        elif element.tag == _TR and _is_row(cells := list(element.iterchildren(_TC))):
            yield CELL_MARK.join(filter(None, map(_text_of_cell, cells))), "table"
        elif isinstance(element.tag, str) and element.tag not in _SKIPPED - {_BOX}:
            pending.append(iter(element))


def _boxes(paragraph: etree._Element) -> list[etree._Element]:
    return [box for box in paragraph.iter(_BOX) if not _is_fallback(box, paragraph)]


def _is_fallback(box: etree._Element, paragraph: etree._Element) -> bool:
    """Tell whether a text box is an older program's version of one that is there, or in another box."""
    for above in box.iterancestors():
        if above is paragraph:
            return False
        if above.tag in _SKIPPED:
            return True
    return False


def _is_row(cells: list[etree._Element]) -> bool:
    """Tell whether a table's row is one of short cells, and no part of a page's layout."""
    if len(cells) < 2 or any(next(c.iter(_TBL), None) is not None for c in cells):
        return False
    texts = [[t for p in c.iterchildren(_P) if (t := _text(p))] for c in cells]
    return all(len(t) <= 1 and len("".join(t)) <= MAX_CELL for t in texts)


def _text_of_cell(cell: etree._Element) -> str:
    return " ".join(filter(None, (_text(p) for p in cell.iterchildren(_P))))


def _text(paragraph: etree._Element) -> str:
    """Return what can be read of a paragraph; without recursion."""
    pieces: list[str] = []
    pending = [iter(paragraph)]
    while pending:
        element = next(pending[-1], None)
        if element is None:
            pending.pop()
        elif element.tag == qn("w:t"):
            pieces.append(element.text or "")
        elif element.tag in _CHARACTERS:
            pieces.append(_CHARACTERS[element.tag])
        elif isinstance(element.tag, str) and element.tag not in _SKIPPED and not _is_hidden(element):
            pending.append(iter(element))
    return " ".join(_UNSEEN.sub("", "".join(pieces)).split())


def _is_hidden(element: etree._Element) -> bool:
    if element.tag != qn("w:r"):
        return False
    vanish = element.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return vanish is not None and vanish.get(qn("w:val"), "true") not in ("0", "false", "off")


def _style(paragraph: etree._Element, styles: dict[str, str]) -> str:
    found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return styles.get(found.get(qn("w:val"), ""), "") if found is not None else ""
