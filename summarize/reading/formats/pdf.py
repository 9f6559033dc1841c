"""PDF: its text layer, in reading order, with running heads and page numbers left out.

PDFium reads it, the library of the Chromium browser: of the libraries tried it alone gives the words of all
samples whole. Lines, columns and paragraphs are ours. Nothing in the file is run, and nothing fetched.
Title and author count only as far as the text bears them out; the date on which the file was made is not that
of its publication, and is not read.
"""

from __future__ import annotations

import ctypes

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from summarize.config import ReadConfig
from summarize.errors import InputError
from summarize.reading.formats.contents import Contents, single
from summarize.reading.formats.glyphs import PageText, read_page
from summarize.reading.formats.page_layout import columns_of
from summarize.reading.formats.paragraphs import paragraphs_of
from summarize.reading.formats.properties import (
    noted,
    stated_author,
    stated_title,
    without_title,
)
from summarize.reading.formats.statements import noted_language
from summarize.types import Metadata

MIN_PAGE_TEXT = 40  # characters; a picture of a page may have a stamp with fewer
MAX_UNKNOWN = 0.3  # share of the glyphs whose character the fonts don't tell
HEADER_BYTES = 1024  # in which the file must say that it is a PDF
_OCR = "run OCR, for example ocrmypdf, and try again"
_FORM = "pdf"


def extract(data: bytes, name: str, options: ReadConfig) -> Contents:
    """Take the text out of a PDF.

    :raises InputError: if it is damaged, encrypted, or has no text but only pictures of it.
    """
    if b"%PDF-" not in data[:HEADER_BYTES]:
        raise InputError(name, "no PDF, though its name says so; give it the ending of what it is")
    with _opened(data, name) as document:
        pages = _pages(document, name, options)
        _refuse_unreadable(pages, name)
        paragraphs = [p for p in paragraphs_of(columns_of(pages)) if p.strip()]
        if not paragraphs:
            raise InputError(name, f"a PDF without text; if it shows any, {_OCR}")
        title = stated_title(document.get_metadata_value("Title"), paragraphs)
        author = stated_author(document.get_metadata_value("Author"), paragraphs)
        language = _language(document)
    metadata = Metadata(
        title=noted(title, "PDF title"),
        author=noted(author, "PDF author"),
        language=noted_language(language, "PDF language"),
    )
    text = "\n\n".join(without_title(paragraphs, title) or paragraphs)
    return single(text, _FORM, metadata)


def _opened(data: bytes, name: str) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            reason = "encrypted with a password; save it without one, for example by qpdf --decrypt"
        else:
            reason = "a damaged PDF; fetch it again or save it anew"
        raise InputError(name, reason) from error


def _pages(document: pdfium.PdfDocument, name: str, options: ReadConfig) -> list[PageText]:
    pages: list[PageText] = []
    n_characters = 0
    for number in range(len(document)):
        try:
            page = document[number]
            pages.append(read_page(page))
            page.close()
        except pdfium.PdfiumError as error:
            raise InputError(name, f"page {number + 1} is damaged; save it anew or leave it out") from error
        n_characters += sum(len(s.text) for s in pages[-1].segments)
        if n_characters > options.max_unpacked_bytes:
            raise InputError(
                name,
                f"more text than the limit of {options.max_unpacked_bytes:,} bytes; split it or raise "
                "read.max_unpacked_bytes",
            )
    return pages


def _refuse_unreadable(pages: list[PageText], name: str) -> None:
    n_pictures = sum(p.has_image and sum(len(s.text) for s in p.segments) < MIN_PAGE_TEXT for p in pages)
    if n_pictures * 2 > len(pages):
        raise InputError(name, f"a scanned PDF without text; {_OCR}")
    n_glyphs = sum(p.n_glyphs for p in pages)
    if sum(p.n_unknown for p in pages) > MAX_UNKNOWN * n_glyphs:
        raise InputError(name, f"a PDF whose fonts don't tell what their characters are; {_OCR}")


def _language(document: pdfium.PdfDocument) -> str:
    """Return the tag of the language that the file states."""
    buffer = ctypes.create_string_buffer(64)
    length = raw.FPDFCatalog_GetLanguage(
        document, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), len(buffer)
    )
    return buffer.raw[: min(length, len(buffer))].decode("utf-16-le", "replace").rstrip("\0")
