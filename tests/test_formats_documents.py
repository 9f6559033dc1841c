"""PDF and Word documents: what is read from real ones, and why others are refused."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest

from summarize.config import ReadConfig
from summarize.errors import InputError
from summarize.reading import Reading, read
from summarize.reading.formats import extract
from summarize.reading.formats.glyphs import PageText, Segment
from summarize.reading.formats.page_layout import columns_of
from summarize.reading.formats.paragraphs import Hyphens, paragraphs_of
from summarize.reading.formats.properties import stated_author, stated_title
from summarize.types import Article

CASES = Path(__file__).parent / "cases" / "formats"
SAMPLES = sorted(p.name for p in CASES.iterdir() if p.suffix in (".pdf", ".docx"))
READ = [name for name in SAMPLES if not name.startswith("refused")]


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    folder = tmp_path_factory.mktemp("documents")
    for name in SAMPLES:
        shutil.copy(CASES / name, folder)
    return read(folder)


def article_of(reading: Reading, name: str) -> Article:
    return next(a for a in reading.articles if a.path == name)


def expected(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((CASES / f"{name}.expected.json").read_text("utf-8"))
    return loaded


def text_of(data: bytes, name: str, options: ReadConfig | None = None) -> str:
    (article,) = extract(data, name, options or ReadConfig()).articles
    return article.text


def refusal(data: bytes, name: str, options: ReadConfig | None = None) -> str:
    with pytest.raises(InputError) as caught:
        extract(data, name, options or ReadConfig())
    return caught.value.reason


@pytest.mark.parametrize("name", READ)
def test_the_paragraphs_of_a_document_are_read_whole_and_in_order(reading: Reading, name: str) -> None:
    assert article_of(reading, name).text.split("\n\n") == expected(name)["paragraphs"]


@pytest.mark.parametrize("name", READ)
def test_what_a_document_says_of_itself_is_noted_with_its_place(name: str) -> None:
    metadata = extract((CASES / name).read_bytes(), name, ReadConfig()).articles[0].metadata
    for key in ("title", "author", "language", "published"):
        noted = getattr(metadata, key)
        assert (noted and noted.value) == expected(name)[key]
        assert noted is None or noted.where


@pytest.mark.parametrize("name", READ)
def test_the_body_of_a_document_is_most_of_it_and_lies_in_its_text(reading: Reading, name: str) -> None:
    article = article_of(reading, name)
    assert article.form == Path(name).suffix[1:]
    assert all(0 <= s.start < s.end <= len(article.text) for s in article.body)
    # Cleaning takes the repeated story and the headings out of one sample; all others keep most.
    assert article.n_words > (0.25 if "pages" in name else 0.7) * len(article.text.split())


def test_documents_that_can_not_be_read_are_named_with_a_remedy(reading: Reading) -> None:
    reasons = {f.path: f.reason for f in reading.failures}
    assert reasons == {
        "refused_scan.pdf": "a scanned PDF without text; run OCR, for example ocrmypdf, and try again",
        "refused_encrypted.pdf": "encrypted with a password; save it without one, for example by "
        "qpdf --decrypt",
    }


def test_a_page_number_alone_is_no_text() -> None:
    body = Segment("The harbour reopened on Monday.", 50, 300, 500, 10)
    assert laid_out([body, Segment("Page 3 of 7", 250, 300, 30, 8)]) == [body.text]


def test_running_heads_go_though_their_numbers_differ() -> None:
    pages = [
        page(
            [
                Segment(f"Gazette, issue {n}", 50, 150, 760, 8),
                Segment(f"Story number {n} ended well.", 50, 300, 500, 10),
            ]
        )
        for n in (1, 2)
    ]
    assert paragraphs_of(columns_of(pages)) == ["Story number 1 ended well.", "Story number 2 ended well."]


def page(segments: list[Segment]) -> PageText:
    return PageText(tuple(segments), 800, 0, sum(len(s.text) for s in segments), False)


def laid_out(segments: list[Segment]) -> list[str]:
    return paragraphs_of(columns_of([page(segments)]))


def test_rows_of_a_table_stay_rows() -> None:
    rows = [("Saint Maurice", "14"), ("Lady Ellery", "9"), ("Kestrel", "6"), ("Amalia", "3")]
    cells = [
        Segment(text, left, left + 50, 500 - 12 * n, 10)
        for n, row in enumerate(rows)
        for text, left in zip(row, (50, 300), strict=True)
    ]
    assert laid_out(cells) == [" | ".join(row) for row in rows]


def test_a_gap_or_an_indented_line_begins_a_paragraph() -> None:
    texts = [
        "The first paragraph is as wide as this.",
        "And ends here.",
        "The next one follows a gap",
        "of it.",
    ]
    places = [(50, 500, 250), (50, 488, 120), (50, 464, 200), (50, 452, 80)]
    lines = [
        Segment(text, left, right, bottom, 10)
        for text, (left, bottom, right) in zip(texts, places, strict=True)
    ]
    assert laid_out(lines) == [" ".join(texts[:2]), " ".join(texts[2:])]


@pytest.mark.parametrize(
    ("elsewhere", "before", "after", "joined"),
    [
        ("an international port", "the inter-", "national line", "the international line"),
        ("a well-known port", "a well-", "known line", "a well-known line"),
        ("", "the inter-", "national line", "the inter-national line"),
        ("", "the inter\u00ad", "national line", "the international line"),
        ("a harbour", "COVID-", "19 was", "COVID-19 was"),
        ("", "the ein-", "und ausgehenden", "the ein- und ausgehenden"),
        ("", "a pause —", "then", "a pause — then"),
        ("", "a pause—", "then", "a pause—then"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_is_what_the_document_shows_it_to_be(
    elsewhere: str, before: str, after: str, joined: str
) -> None:
    assert Hyphens([elsewhere, before, after]).join(before, after) == joined


def test_a_document_that_breaks_words_breaks_those_too_that_stand_in_it_once() -> None:
    lines = ["the harbour of the town was", "closed; the har-", "bour opens, an author-", "ity said"]
    assert Hyphens(lines).join("an author-", "ity said") == "an authority said"


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Microsoft Word - release_v3.doc", None),
        ("untitled", None),
        ("Press release template", None),
        ("harbour at port ellery REOPENS", "Harbour at Port Ellery reopens"),
        ("Harbour at Port Ellery reopens – The Gazette", "Harbour at Port Ellery reopens – The Gazette"),
        (None, None),
    ],
)
def test_a_title_field_counts_as_far_as_the_text_bears_it_out(stated: str | None, title: str | None) -> None:
    assert stated_title(stated, ["Harbour at Port Ellery reopens", "A ferry left on Monday."]) == title


@pytest.mark.parametrize(
    ("stated", "author"), [("nwhitfield", None), ("Nora Whitfield", "Nora Whitfield"), ("Paul Strand", None)]
)
def test_an_author_field_counts_if_the_text_names_him(stated: str, author: str | None) -> None:
    assert stated_author(stated, ["By Nora Whitfield", "A ferry left."]) == author


def a_docx(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """Put a part into a package, or another in its place."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info.filename, old.read(info))
        new.writestr(name, content)
    return buffer.getvalue()


def test_a_word_document_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    bomb = with_part(a_docx("Text."), "word/media/image1.png", b"\0" * 200_000_000)
    assert len(bomb) < 300_000
    assert "unpacks to 200," in refusal(bomb, "a.docx")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000), "an old Word document"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "an encrypted Word document",
        ),
        (b"{\\rtf1\\ansi Hello.}", "Rich Text"),
        (b"%PDF-1.7 or so", "no Word document"),
        (b"", "no Word document"),
    ],
    ids=["doc", "encrypted", "rtf", "pdf", "empty"],
)
def test_what_only_calls_itself_docx_is_refused_with_what_it_is(data: bytes, reason: str) -> None:
    assert refusal(data, "a.docx").startswith(reason)


def test_a_truncated_word_document_is_refused() -> None:
    data = a_docx("The harbour reopened on Monday.")
    assert "open and save it anew" in refusal(data[: len(data) // 2], "a.docx")


def test_entities_in_a_word_document_are_not_expanded() -> None:
    bomb = b"""<!DOCTYPE d [<!ENTITY a "boom"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>
    <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>
    <w:t>The harbour reopened. &b; &f;</w:t></w:r></w:p></w:body></w:document>"""
    text = text_of(with_part(a_docx("x"), "word/document.xml", bomb), "a.docx")
    assert "The harbour reopened." in text
    assert "boom" not in text and "root:" not in text


def test_a_word_document_without_text_is_refused() -> None:
    assert "without text" in refusal(a_docx(), "a.docx")


@pytest.mark.parametrize("data", [b"<html>no PDF</html>", b"%PDF-1.7\nnothing of it is right"])
def test_a_damaged_pdf_is_refused(data: bytes) -> None:
    assert "PDF" in refusal(data, "a.pdf")


def test_a_truncated_pdf_is_read_or_refused_but_never_crashes() -> None:
    data = (CASES / "harbour_groff_columns.pdf").read_bytes()
    for n in range(0, len(data), 997):
        try:
            assert text_of(data[:n], "a.pdf")
        except InputError as error:
            assert error.reason
