"""What is read of saved pages, HTML and MHTML, from real layouts and from hostile ones."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from pathlib import Path

import pytest

from summarize.config import ReadConfig
from summarize.errors import InputError
from summarize.reading import read
from summarize.reading.formats import extract
from summarize.types import Article, Metadata

CASES = Path(__file__).parent / "cases" / "formats"
WEB = sorted(p for s in ("html", "xhtml", "mhtml") for p in CASES.glob(f"*.{s}"))
STORY = "The harbour of Port Ellery reopened on Monday after repairs to both of its piers."
MORE = "Fishing boats may use the inner basin from Thursday, the port authority said."
PAGE = f"<p>{STORY}</p><p>{MORE}</p>"


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Article]:
    """Read all samples at once: starting the process that reads them takes a second."""
    folder = tmp_path_factory.mktemp("pages")
    for path in WEB:
        shutil.copy(path, folder)
    reading = read(folder)
    assert not reading.failures
    return {a.path: a for a in reading.articles}


@pytest.mark.parametrize("path", WEB, ids=lambda p: p.name)
def test_a_saved_page_gives_its_article_and_what_it_states(path: Path, articles: dict[str, Article]) -> None:
    expected = json.loads(path.with_name(path.name + ".expected.json").read_text(encoding="utf-8"))
    article = articles[path.name]
    assert article.text.split("\n\n") == expected["paragraphs"]
    stated = extract(path.read_bytes(), path.name, ReadConfig()).articles[0].metadata
    noted = {k: v and [v["value"], v["where"]] for k, v in asdict(stated).items()}
    assert noted == {key: expected["metadata"].get(key) for key in noted}
    assert article.form == path.suffix.lstrip(".").replace("xhtml", "html")


def text(html: str | bytes, name: str = "a.html") -> str:
    return extraction(html, name)[0]


def metadata(html: str) -> Metadata:
    return extraction(html, "a.html")[1]


def extraction(html: str | bytes, name: str) -> tuple[str, Metadata]:
    data = html.encode() if isinstance(html, str) else html
    (article,) = extract(data, name, ReadConfig()).articles
    return article.text, article.metadata


UMLAUTS = "Zwölf Fährgäste „standen“ fünf Stunden auf der Brücke, teilte die Polizei am Montag mit."
JAPANESE = "港は月曜日に再び開かれた。修理には二百万円かかったと市は発表した。漁船は木曜日から入れる。"


@pytest.mark.parametrize(
    ("encoding", "statement", "sentence"),
    [
        ("utf-8", '<meta charset="utf-8">', UMLAUTS),
        ("utf-8", "", UMLAUTS),
        ("utf-8-sig", '<meta charset="iso-8859-1">', UMLAUTS),
        ("utf-16", "", UMLAUTS),
        ("cp1252", '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=iso-8859-1">', UMLAUTS),
        ("cp1252", "", UMLAUTS),
        ("utf-8", '<meta charset="windows-1252">', UMLAUTS),
        ("cp1252", '<meta charset="utf-8">', UMLAUTS),
        ("cp932", '<meta charset="x-sjis">', JAPANESE),
        ("euc_jp", "<meta charset=EUC-JP>", JAPANESE),
        ("utf-8", '<meta charset="nonsense-8">', UMLAUTS),
    ],
)
def test_a_page_is_decoded_as_browsers_do(encoding: str, statement: str, sentence: str) -> None:
    page = f"<html><head>{statement}<title>x</title></head><body><p>{sentence}</p></body></html>"
    assert text(page.encode(encoding)) == sentence


def test_an_encoding_that_only_a_comment_states_does_not_count() -> None:
    page = (
        f"<html><!-- <meta charset=utf-16> --><head><meta charset=cp1251></head><p>{'Мэр сказал: да. ' * 9}"
    )
    assert text(page.encode("cp1251")).startswith("Мэр сказал: да.")


def test_invisible_characters_are_left_out() -> None:
    spoilt = STORY.replace("harbour", "har\u200bbour").replace("Monday", "\u202eMon\u00adday\u202c")
    assert text(f"<p>{spoilt}</p>") == STORY


LINKED = '<script type="application/ld+json">{}</script>'


@pytest.mark.parametrize(
    ("head", "expected", "where"),
    [
        ('<meta property="article:published_time" content="2020-03-05">', "2020-03-05", None),
        (
            '<meta property="article:modified_time" content="2021-01-01"><meta name="date" '
            'content="2020-03-05T10:00:00+02:00">',
            "2020-03-05T10:00:00+02:00",
            "meta date",
        ),
        ('<meta name="pubdate" content="2020-03-05T10:00:00">', "2020-03-05", "meta pubdate"),
        ('<meta name="pubdate" content="Thu, 05 Mar 2020 10:00:00 GMT">', "2020-03-05T10:00:00+00:00", None),
        ('<meta name="pubdate" content="05/03/2020">', None, None),
        ('<meta property="article:modified_time" content="2021-01-01">', None, None),
        ('<meta itemprop="dateModified" content="2021-01-01">', None, None),
        ('<meta itemprop="copyrightYear" content="2019">', None, None),
        (LINKED.format('{"@type":"NewsArticle","dateModified":"2021-01-01"}'), None, None),
        (
            LINKED.format(
                '{"@graph":[{"@type":"Organization"},{"@type":"NewsArticle","datePublished":'
                '"2020-03-05T08:00:00Z","dateModified":"2021-01-01"}]}'
            ),
            "2020-03-05T08:00:00+00:00",
            "JSON-LD",
        ),
        (
            LINKED.format(
                '{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","datePublished":"2020-03-05"}]}'
            ),
            None,
            None,
        ),
        ('<link rel="canonical" href="https://a.example/2020/03/05/harbour">', "2020-03-05", "address"),
        ('<link rel="canonical" href="https://a.example/2020/harbour">', None, None),
    ],
)
def test_the_head_tells_the_day_of_publication(head: str, expected: str | None, where: str | None) -> None:
    published = metadata(f"<html><head>{head}</head><body>{PAGE}</body></html>").published
    assert (published and published.value) == expected
    assert where is None or (published is not None and published.where == where)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f'<h1>T</h1><time datetime="2020-03-05">5 March</time>{PAGE}', "2020-03-05"),
        (f"<h1>T</h1><time>5 March 2020</time>{PAGE}", "2020-03-05"),
        (f'<h1>T</h1><p>Updated <time datetime="2021-01-01">1 January</time></p>{PAGE}', None),
        (f"<h1>T</h1><div class='date'>Updated 1 January 2021</div>{PAGE}", None),
        (
            f"<h1>T</h1><div class='date'>Published 5 March 2020, updated 1 January 2021</div>{PAGE}",
            "2020-03-05",
        ),
        (f"<h1>T</h1><div>Thursday, 5 March 2020</div>{PAGE}", "2020-03-05"),
        (f"<h1>T</h1>{PAGE}<footer>&copy; 2019-2021 The Morning Post</footer>", None),
        (f"<h1>T</h1>{PAGE}<small>Copyright 2020 by The Morning Post</small>", None),
        (f"<h1>T</h1>{PAGE}<p>The piers were built on 5 March 1920, and nobody remembers it.</p>", None),
        (f"<h1>T</h1>{PAGE}<div id='comments'><time datetime='2021-01-01'>1 January</time></div>", None),
        (f"<aside><time datetime='2021-01-01'>1 January</time></aside><h1>T</h1>{PAGE}", None),
    ],
)
def test_the_page_shows_the_day_of_publication_or_none_is_known(body: str, expected: str | None) -> None:
    published = metadata(f"<html><body><article>{body}</article></body></html>").published
    assert (published and published.value) == expected


def test_a_window_title_is_split_where_the_page_shows_the_title() -> None:
    page = f"<title>Harbour reopens | The Morning Post</title><h1>Harbour reopens</h1>{PAGE}"
    found = metadata(page)
    assert found.title is not None and found.title.value == "Harbour reopens"
    assert found.publisher is not None and found.publisher.value == "The Morning Post"


def test_a_window_title_stays_whole_where_nothing_tells_its_parts_apart() -> None:
    found = metadata(f"<title>Harbour reopens - two piers repaired</title>{PAGE}")
    assert found.title is not None and found.title.value == "Harbour reopens - two piers repaired"
    assert found.publisher is None


TEASER = '<div class="item"><h2><a href="/{n}">A headline of the day</a></h2><p>{text}</p></div>'


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<frameset cols=2><frame src=a.html><frame src=b.html></frameset>", "only frames"),
        ("<html><body></body></html>", "holds no article"),
        ("<!-- nothing -->", "holds no article"),
        ("<li><a href=/x>Another page of this site that is linked from here</a>" * 30, "holds no article"),
        ("".join(TEASER.format(n=n, text=MORE) for n in range(8)), "holds no article"),
        ("<h1>Harbour</h1><form><p>To read on, tell us your address and choose a password, please.</p>"
         "<input type=password>", "no article"),
        ("<script>document.write('" + STORY + "')</script>", "holds no article"),
        ("<div>" * 5_000 + PAGE, "nested more than 500 deep"),
    ],
    ids=["frames", "empty", "comment", "links", "front page", "form", "script", "deep"],
)  # fmt: skip
def test_a_page_without_an_article_is_refused_with_the_reason(html: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        text(html)


@pytest.mark.parametrize(
    "html",
    [
        f"<title>no body</title>{PAGE}",
        "<div>" * 300 + PAGE,
        f"<p><font><b><i>{'<p><font>' * 100}</font>{PAGE}",
        f"<div class='{'x ' * 100_000}' id='{'y' * 100_000}'>{PAGE}",
        f"<style>{'a{b:c}' * 50_000}</style><script>{'a();' * 50_000}</script>{PAGE}",
        f"<script type='application/ld+json'>{'[' * 50_000}</script>{PAGE}",
        LINKED.format('{"@type":"NewsArticle","headline":[1],"author":[[7]],"url":{},"datePublished":9}')
        + PAGE,
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>{PAGE}',
        f"<table><tr><td><table><tr><td>{PAGE}",
        f"<p hidden>Nobody sees that this paragraph was put here for machines to read.</p>{PAGE}",
        f"<div style='display:none'><p>{MORE}</p></div><div>{PAGE}</div>",
    ],
    ids="bodiless deep unclosed names bombs json wrong doctype tables hidden unshown".split(),
)
def test_odd_markup_neither_hides_nor_spoils_the_article(html: str) -> None:
    assert text(html) == f"{STORY}\n\n{MORE}"


def test_the_article_that_only_a_script_shows_is_taken_from_what_the_page_states() -> None:
    stated = json.dumps({"@type": "NewsArticle", "articleBody": f"{STORY}\n\n{MORE}"})
    page = f'<script type="application/ld+json">{stated}</script><div id="app"></div>'
    assert text(page) == f"{STORY}\n\n{MORE}"


def test_a_line_break_ends_a_paragraph_only_after_a_sentence() -> None:
    page = f"<div>{STORY}<br>{MORE}<br>The third line was broken<br>by the page and not by its author.</div>"
    paragraphs = [STORY, MORE, "The third line was broken by the page and not by its author."]
    assert text(page).split("\n\n") == paragraphs


def mhtml(*parts: str, header: str = "") -> bytes:
    joined = "".join(f"--b\r\n{part}\r\n" for part in parts)
    return (
        f'MIME-Version: 1.0\r\n{header}Content-Type: multipart/related; boundary="b"\r\n\r\n{joined}--b--'
    ).encode()


def test_the_root_document_is_the_one_that_the_file_names() -> None:
    data = mhtml(
        f"Content-Type: text/html\r\nContent-ID: <a@x>\r\n\r\n<p>{MORE}</p>",
        f"Content-Type: text/html\r\nContent-ID: <b@x>\r\n\r\n<p>{STORY}</p>",
    ).replace(b'boundary="b"', b'boundary="b"; start="<b@x>"')
    assert text(data, "a.mht") == STORY


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (mhtml("Content-Type: image/png\r\n\r\nx"), "holds no HTML page"),
        (b"no mail at all", "holds no HTML page"),
        (mhtml("Content-Type: text/html\r\n\r\n"), "holds no article|empty"),
    ],
)
def test_an_archive_without_a_page_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        text(data, "a.mhtml")


def test_paragraphs_for_subscribers_are_the_article_where_most_of_it_is_theirs() -> None:
    rest = "".join(f'<p class="paywall">{STORY} It was the {n}th report.</p>' for n in range(9))
    page = f'<div class="article-body"><p>{MORE}</p>{rest}</div>'
    assert text(page).count(STORY) == 9
    offer = '<p class="paywall">Subscribe now and read all of our news.</p>'
    notice = f'<div class="article-body">{PAGE * 5}{offer}</div>'
    assert "Subscribe" not in text(notice)


def test_an_article_that_is_mostly_a_list_has_its_first_and_its_last_paragraph() -> None:
    entries = "".join(
        f"<li>Number {n} of the dishes was asked for more than the World Cup.</li>" for n in range(9)
    )
    page = f"<article><p>{STORY}</p><ul>{entries}</ul><p>{MORE}</p></article>"
    paragraphs = text(page).split("\n\n")
    assert (paragraphs[0], paragraphs[-1], len(paragraphs)) == (STORY, MORE, 11)


LONG = "".join(f"<p>{STORY.replace('Monday', day)}</p>" for day in ("Tuesday", "Wednesday", "Friday"))


def test_a_last_section_about_the_company_is_no_news() -> None:
    page = f"<article><h1>T</h1>{LONG}<h2>About Port Ellery Ltd</h2><p>{MORE}</p><p>{MORE}</p></article>"
    assert MORE not in text(page)


@pytest.mark.parametrize("heading", ["About the piers", "Contact with the other island", "More on the piers"])
def test_a_subhead_like_the_head_of_furniture_hides_nothing(heading: str) -> None:
    assert MORE in text(f"<article><h1>T</h1>{LONG}<h2>{heading}</h2><p>{MORE}</p><p>{STORY}</p></article>")


def test_a_last_paragraph_in_italics_is_a_note_and_one_inside_is_text() -> None:
    note = "<p><em>Ada Tarn wrote this from Port Ellery.</em></p>"
    page = f"<article>{PAGE}<p><em>{MORE}</em></p>{PAGE}{note}</article>"
    assert text(page).split("\n\n") == [STORY, MORE, MORE, STORY, MORE]


def test_a_paragraph_that_is_a_label_and_a_link_is_no_text() -> None:
    label = '<p>From our archive: <a href="/x">The storm that broke both piers</a></p>'
    page = f"<article>{PAGE}{label}{PAGE}</article>"
    assert text(page).split("\n\n") == [STORY, MORE, STORY, MORE]


def test_text_that_the_parser_takes_for_none_is_a_reason_and_no_crash(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise ValueError("All strings must be XML compatible")

    monkeypatch.setattr("summarize.reading.formats.html.extract", refuse)
    with pytest.raises(InputError, match=r"holds characters that are none; mend it"):
        text(PAGE)
