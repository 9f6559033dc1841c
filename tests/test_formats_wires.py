"""Feeds, JSON records, wires and mails: what is taken out of them, and what hostile ones do."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from summarize.config import ReadConfig
from summarize.errors import InputError
from summarize.reading import Reading, read
from summarize.reading.formats import extract
from summarize.reading.formats.fragments import text_of, text_of_markup
from summarize.reading.formats.naming import part_names
from summarize.reading.formats.statements import moment_of, noted_author, noted_language
from summarize.reading.formats.xml import READERS, root_of

CASES = Path(__file__).parent / "cases" / "formats"
SUFFIXES = (".rss", ".atom", ".xml", ".json", ".jsonl", ".ndjson", ".eml")
SAMPLES = sorted(
    f.name for f in CASES.iterdir() if f.suffix in SUFFIXES and not f.name.endswith(".expected.json")
)
STORY = "The harbour of Port Ellery reopened on Monday after repairs to both of its piers."
FIELDS = ("title", "publisher", "agency", "author", "url", "language", "published")


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    folder = tmp_path_factory.mktemp("samples")
    for name in SAMPLES:
        shutil.copy(CASES / name, folder)
    return read(folder)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_gives_the_articles_that_stand_beside_it(reading: Reading, name: str) -> None:
    expected = json.loads((CASES / name).with_suffix(".expected.json").read_text(encoding="utf-8"))
    found = [a for a in reading.articles if a.path.partition("#")[0] == name]
    by_part = {e["part"]: e for e in expected["articles"]}
    assert {a.part for a in found} == set(by_part)
    stated_of = {
        e.part: e.metadata for e in extract((CASES / name).read_bytes(), name, ReadConfig()).articles
    }
    for article in found:
        wanted = by_part[article.part]
        stated = {key: noted and noted["value"] for key, noted in asdict(stated_of[article.part]).items()}
        assert article.text == "\n\n".join(wanted["paragraphs"])
        assert {key: stated[key] for key in FIELDS} == {key: wanted.get(key) for key in FIELDS}
    failures = [f"{f.path}: {f.reason}" for f in reading.failures if f.path.partition("#")[0] == name]
    assert len(failures) == len(expected["failures"])
    for failure, start in zip(failures, sorted(expected["failures"]), strict=True):
        assert failure.startswith(start)


def test_all_of_a_samples_text_is_news(reading: Reading) -> None:
    for article in reading.articles:
        body = "".join(article.text[s.start : s.end] for s in article.body)
        assert len(body) > 0.9 * len(article.text), article.path


def articles_of(data: bytes | str, name: str, **options: Any) -> list[str]:
    raw = data if isinstance(data, bytes) else data.encode("utf-8")
    return [e.text for e in extract(raw, name, ReadConfig(**options)).articles]


def reasons_of(data: bytes | str, name: str, **options: Any) -> list[str]:
    raw = data if isinstance(data, bytes) else data.encode("utf-8")
    try:
        return [f.reason for f in extract(raw, name, ReadConfig(**options)).failures]
    except InputError as error:
        return [error.reason]


def feed(*items: str, prolog: str = "") -> str:
    entries = "".join(f"<item>{item}</item>" for item in items)
    return f'{prolog}<rss version="2.0"><channel><title>Post</title>{entries}</channel></rss>'


def nitf(paragraphs: str, prolog: str = "", docdata: str = "") -> str:
    return (
        f"{prolog}<nitf><head>{docdata}</head><body><body.content>{paragraphs}</body.content></body></nitf>"
    )


def g2(content: str, meta: str = "", version: int = 1, guid: str = "g1") -> str:
    return (
        f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="{version}"><itemMeta>'
        f"{meta}</itemMeta><contentSet>{content}</contentSet></newsItem>"
    )


def message(*items: str) -> str:
    return f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{"".join(items)}</itemSet></newsMessage>'


PLAIN = f'<inlineData contenttype="text/plain">{STORY}</inlineData>'


# --- XML


@pytest.mark.parametrize(
    ("root", "reason"),
    [
        ("<urlset/>", "a sitemap"),
        ("<opml/>", "an OPML list"),
        ('<x:catalogue xmlns:x="urn:x"/>', "<catalogue>; save it as one of these: rss"),
        ("just words", "no XML"),
        ("<conceptItem/>", "a concept"),
    ],
)
def test_xml_of_another_kind_is_refused_by_what_it_is(root: str, reason: str) -> None:
    (stated,) = reasons_of(root, "a.xml")
    assert reason in stated


@pytest.mark.parametrize(
    "data",
    [
        b"\n\n<?xml version='1.0'?><rss>",
        b"Warning: something failed <br <rss version='2.0'>".replace(b"<br ", b""),
        "<?xml version='1.0' encoding='utf-16'?><rss/>".encode("utf-16"),
        b"<!-- \xff <feed> --><!DOCTYPE rss [<!ENTITY a 'b'>]><rss>",
        b"\x00\x00<rss version='2.0'><channel>",
    ],
)
def test_the_root_is_found_behind_junk(data: bytes) -> None:
    assert root_of(data, "a.xml") == "rss"


def test_an_xhtml_page_is_read_as_a_page() -> None:
    page = b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>'
    assert READERS[root_of(page, "a.xml")] == "html"


# --- Feeds


def test_the_update_of_an_entry_is_not_its_publication() -> None:
    entry = (
        f"<entry><title>T</title><updated>2020-03-05T10:00:00Z</updated><content>{STORY}</content></entry>"
    )
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title>{entry}</feed>'
    (article,) = extract(atom.encode(), "a.atom", ReadConfig()).articles
    assert article.metadata.published is None


def test_a_teaser_is_an_article_and_a_title_alone_is_none() -> None:
    items = ("<title>A</title><description>The harbour reopened on Monday…</description>", "<title>B</title>")
    extraction = extract(feed(*items).encode(), "a.rss", ReadConfig())
    assert [a.text for a in extraction.articles] == ["The harbour reopened on Monday…"]
    assert extraction.failures[0].reason.startswith("only a title")


def test_a_description_that_repeats_the_title_is_no_text() -> None:
    link = "&lt;a href='x'&gt;Pier reopens&lt;/a&gt; The Post"
    item = f"<title>Pier reopens</title><description>{link}</description>"
    assert reasons_of(feed(item), "a.rss")[0].startswith("only a title")


def test_entries_keep_their_parts_when_others_are_added() -> None:
    old = f"<title>A</title><guid>id-1</guid><description>{STORY}</description>"
    new = f"<title>B</title><guid>id-2</guid><description>{STORY}</description>"
    parts = [e.part for e in extract(feed(new, old).encode(), "a.rss", ReadConfig()).articles]
    assert parts == ["id-2", "id-1"]


def test_a_title_is_told_without_the_outlet_that_stands_beside_it() -> None:
    item = (
        f"<title>Pier - reopens - The Post</title><source>The Post</source><description>{STORY}</description>"
    )
    record = {"title": "Pier reopens | the post", "source": {"name": "The Post"}, "text": STORY}
    letter = mail(STORY, Subject="Port Post: Pier reopens")
    kept = {"title": "The Post - Herald merger", "source": "The Herald", "text": STORY}
    assert title_of(feed(item), "a.rss") == "Pier - reopens"
    assert title_of(json.dumps(record), "a.json") == "Pier reopens"
    assert title_of(letter, "a.eml") == "Pier reopens"
    assert title_of(json.dumps(kept), "a.json") == "The Post - Herald merger"


def title_of(data: str | bytes, name: str) -> str | None:
    data = data.encode() if isinstance(data, str) else data
    (article,) = extract(data, name, ReadConfig()).articles
    return article.metadata.title and article.metadata.title.value


def test_a_feed_without_entries_says_where_it_broke() -> None:
    (reason,) = reasons_of("<rss><channel><title>x</title>\n</rss>", "a.rss")
    assert reason.startswith("a feed without entries (line 2:")


# --- Records


def test_configured_fields_win_and_their_absence_is_reported() -> None:
    records = [
        {"d": {"t": STORY}, "text": "wrong", "who": "Jane Roe"},
        {"d": {"t": STORY}},
        {"text": "wrong"},
    ]
    options = {"fields": {"text": "d.t", "author": "who"}}
    data = json.dumps(records)
    assert articles_of(data, "a.json", **options) == [STORY, STORY]
    reasons = reasons_of(data, "a.json", **options)
    assert reasons[0].startswith('no text under "d.t", found "text"')
    assert reasons[1].startswith('no field "who" in 2 of 3 records (2, 3)')


def test_a_missing_field_of_a_single_record_costs_no_article() -> None:
    extraction = extract(json.dumps({"text": STORY}).encode(), "a.json", ReadConfig(fields={"author": "who"}))
    assert [a.part for a in extraction.articles] == [None]
    assert extraction.failures[0].reason.startswith('no field "who", read without it')


@pytest.mark.parametrize(
    "envelope",
    [
        {"hits": {"hits": [{"_id": "1", "_source": {"body": STORY}}]}},
        {"response": {"results": [{"webTitle": "T", "fields": {"bodyText": STORY}}]}},
        {"meta": {"title": "An API", "description": "Its words"}, "payload": [{"title": "T", "text": STORY}]},
        {"data": [{"id": "1", "attributes": {"headline": "T", "body": f"<p>{STORY}</p>"}}]},
        {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [{"id": "1", "content_html": f"<p>{STORY}"}],
        },
        {"title": "T", "content": [{"type": "paragraph", "text": STORY}, {"type": "image", "text": "No"}]},
        {"title": "T", "description": STORY, "comments": [{"text": "First!"}]},
    ],
)
def test_records_are_found_in_the_envelopes_of_interfaces(envelope: dict[str, Any]) -> None:
    assert articles_of(json.dumps(envelope), "a.json") == [STORY]


def test_json_without_an_article_names_its_keys_and_the_remedy() -> None:
    (reason,) = reasons_of('{"name": "x", "items": [1, 2]}', "a.json")
    assert (
        reason
        == 'no field with a text, found "name", "items"; name the field that has it in read.fields.text'
    )


def test_a_brief_is_told_from_an_article() -> None:
    (reason,) = reasons_of('{"schema": "summarize.brief/2", "sources": []}', "a.json")
    assert reason.startswith("a brief, not an article")


def test_a_broken_line_names_itself_and_costs_nothing_else() -> None:
    line = json.dumps({"text": STORY})
    data = f'\ufeff{line}\n\n{{"text": "cut\n{"[" * 10_000}\n7\n{line}'
    assert articles_of(data, "a.jsonl") == [STORY, STORY]
    reasons = reasons_of(data, "a.jsonl")
    assert [r.partition(";")[0][:22] for r in reasons] == [
        "broken JSON (line 3, c",
        "line 4 is nested too d",
        "line 5: no field with ",
    ]


def test_a_separator_of_unicode_inside_a_string_ends_no_line() -> None:
    assert articles_of('{"text": "One \u2028 line."}\n', "a.jsonl") == ["One \u2028 line."]


def test_a_line_of_twenty_megabytes_is_read() -> None:
    data = b'{"text": "' + b"The pier reopened. " * 1_050_000 + b'"}\n'
    (text,) = articles_of(data, "a.jsonl")
    assert len(text) == 19 * 1_050_000 - 1


def test_lone_surrogates_and_nul_are_taken_out_of_text() -> None:
    (text,) = articles_of(r'{"text": "a\ud800b\u0000c\ud83d\ude00"}', "a.json")
    assert text == "a\ufffdbc\U0001f600"


# --- Dates and languages


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2020-03-05T10:15:00Z", "2020-03-05T10:15:00+00:00"),
        ("2020-03-05 10:15:00 +0100", "2020-03-05T10:15:00+01:00"),
        ("2020-03-05 10:15:00 UTC", "2020-03-05T10:15:00+00:00"),
        ("20200305T101500+0100", "2020-03-05T10:15:00+01:00"),
        ("20200305T101500Z", "2020-03-05T10:15:00+00:00"),
        ("2020-03-05T10:15:00.123456Z", "2020-03-05T10:15:00+00:00"),
        ("2020-03-05T10:15:00", "2020-03-05"),  # in which zone?
        ("2020-03-05", "2020-03-05"),
        ("20200305", "2020-03-05"),
        ("20200305101500", "2020-03-05"),
        ("Thu, 05 Mar 2020 10:15:00 -0500", "2020-03-05T10:15:00-05:00"),
        ("5 Mar 2020 10:15 GMT", "2020-03-05T10:15:00+00:00"),
        ("Thu, 05 Mar 2020 10:15:00 CET", "2020-03-05"),
        ("5. März 2020", "2020-03-05"),
        ("jueves, 5 de marzo de 2020", "2020-03-05"),
        ("25/03/2020", "2020-03-25"),
        (1583403300, "2020-03-05T10:15:00+00:00"),
        (1583403300123, "2020-03-05T10:15:00+00:00"),
        ("1583403300", "2020-03-05T10:15:00+00:00"),
        ("Thu Mar  5 10:15:00 2020", "2020-03-05"),
        ("Thu Mar 05 10:15:00 +0000 2020", "2020-03-05T10:15:00+00:00"),
        ("1851-09-18", "1851-09-18"),
        ("03/05/2020", None),
        ("1900-01-01", None),
        ("0001-01-01T00:00:00Z", None),
        ("1970-01-01T00:00:00Z", None),
        ("2020-13-45T10:15:00Z", None),
        ("yesterday", None),
        ("", None),
        (0, None),
        (2020, None),
        (float("inf"), None),
        (float("nan"), None),
        (10**400, None),
        (True, None),
        (None, None),
    ],
)
def test_a_moment_is_read_or_stays_unknown(value: object, moment: str | None) -> None:
    assert moment_of(value) == moment


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("en-GB", "en"),
        ("pt_BR", "pt"),
        ("deu", "de"),
        ("Français", "fr"),
        ("xx", None),
        ("english teacher", None),
    ],
)
def test_a_language_is_a_code_of_two_letters(value: str, code: str | None) -> None:
    noted = noted_language(value, "x")
    assert (noted and noted.value) == code


# --- Markup


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One<p>two &amp; three", "One\n\ntwo & three"),
        ("One.<br><br>Two.<br>Three.", "One.\n\nTwo.\nThree."),
        ("<b>One</b> word\n\nNext <i>one</i>", "One word\n\nNext one"),
        ("<ul><li>a</li><li>b</li></ul><nav>Home</nav><script>x</script>", "a\n\nb"),
        ("<td>a</td><td>b</td>", "a\n\nb"),
        ("<pre>a\n b</pre>", "a\nb"),
        ('<p hidden>x</p><p style="DISPLAY : none">y</p><p>z</p>', "z"),
        ("AT&amp;T grew 5 < 6 &lt; 7", "AT&T grew 5 < 6 < 7"),
        ("&lt;p&gt;Escaped&lt;/p&gt; twice", "Escaped\n\ntwice"),
        ("<p>* * *</p><p>a</p>", "a"),
        ("<p>a\u00adb\u200bc\x00d\ud800</p>", "abcd\ufffd"),
        ("", ""),
        ("<!-- only a comment -->", "<!-- only a comment -->"),
    ],
)
def test_markup_is_read_by_blocks(markup: str, text: str) -> None:
    assert text_of(markup) == text


def test_markup_that_is_nested_too_deeply_is_an_error_or_read() -> None:
    with pytest.raises(RecursionError):
        text_of_markup("<div>" * 100_000 + STORY)


# --- Wires


@pytest.mark.parametrize(
    ("status", "start"),
    [
        ('<pubStatus qcode="stat:canceled"/>', "withdrawn by its agency"),
        ('<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/canceled"/>', "withdrawn by its agency"),
        ('<pubStatus qcode="stat:withheld"/>', "withheld by its agency"),
        ("<embargoed/>", "under an embargo without an end"),
    ],
)
def test_what_an_agency_took_back_is_refused(status: str, start: str) -> None:
    (reason,) = reasons_of(g2(PLAIN, status), "a.xml")
    assert reason.startswith(start)


def test_an_item_under_embargo_is_published_when_that_ends() -> None:
    meta = "<firstCreated>2020-03-05T10:00:00Z</firstCreated><embargoed>2020-03-05T12:30:00+02:00</embargoed>"
    (article,) = extract(g2(PLAIN, meta).encode(), "a.xml", ReadConfig()).articles
    assert article.metadata.published is not None
    assert article.metadata.published.value == "2020-03-05T12:30:00+02:00"
    assert article.metadata.published.where == "NewsML-G2 embargoed"


def test_a_later_version_in_one_message_replaces_or_withdraws_the_earlier() -> None:
    canceled = '<pubStatus qcode="stat:canceled"/>'
    items = (g2(PLAIN), g2(PLAIN, version=2), g2(PLAIN, guid="g2"), g2("", canceled, version=2, guid="g2"))
    extraction = extract(message(*items).encode(), "a.xml", ReadConfig())
    assert [a.part for a in extraction.articles] == ["g1"]
    assert [f.reason.partition(";")[0] for f in extraction.failures] == [
        "replaced by version 2 in the same file",
        "withdrawn by its agency (status canceled)",
        "withdrawn by its agency (status canceled)",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('<remoteContent href="x.xml"/>', "its text is in another file"),
        ('<inlineData contenttype="text/plain"> </inlineData>', "no text in it"),
    ],
)
def test_an_item_without_its_text_says_so(content: str, reason: str) -> None:
    assert reasons_of(g2(content), "a.xml")[0].startswith(reason)


def test_a_picture_and_a_package_are_no_articles() -> None:
    picture = g2('<remoteContent href="x.jpg"/>', '<itemClass qcode="ninat:picture"/>')
    assert reasons_of(picture, "a.xml")[0].startswith("no text but picture")
    package = "<packageItem guid='p'><groupSet><group><itemRef/><itemRef/></group></groupSet></packageItem>"
    assert reasons_of(package, "a.xml")[0].startswith("a package that only refers to other items (2)")


def test_a_broken_wire_names_line_and_column() -> None:
    (reason,) = reasons_of(nitf("<p>One</p>\n<p>Two</q>"), "a.xml")
    assert "line 2, column" in reason


def test_a_withheld_nitf_document_is_refused() -> None:
    (reason,) = reasons_of(nitf("<p>x</p>", docdata='<docdata management-status="withheld"/>'), "a.xml")
    assert reason.startswith("withheld by its agency")


def test_html_that_was_escaped_into_a_wire_is_read_as_html() -> None:
    assert articles_of(nitf("<![CDATA[<p>One &amp; two.</p><p>Three.</p>]]>"), "a.xml") == [
        "One & two.\n\nThree."
    ]


# --- Mail


def mail(body: str, subtype: str = "plain", **headers: str) -> bytes:
    message = EmailMessage()
    for name, value in {"From": "Port Post <news@post.example>", "Subject": "Pier", **headers}.items():
        message[name.replace("_", "-")] = value
    message.set_content(body, subtype=subtype)
    return message.as_bytes()


@pytest.mark.parametrize(
    "body",
    [
        f"{STORY}\n\n-- \nJane Roe\nPort Post\n",
        f"{STORY}\n\nOn Mon, 5 Mar 2020 at 10:00, Jane Roe <j@post.example>\nwrote:\n> Old words.\n> More.\n",
        f"Am 05.03.20 um 10:00 schrieb Jane Roe:\n> Alte Worte.\n\n{STORY}\n",
        f"-----Original Message-----\nFrom: A <a@b.example>\nSent: Monday\nSubject: Pier\n\n{STORY}\n",
        f"Von: A <a@b.example>\nGesendet: Montag\nBetreff: Pier\n\n{STORY}\n",
    ],
)
def test_signatures_quotes_and_forwarded_headers_are_no_news(body: str) -> None:
    assert articles_of(mail(body), "a.eml") == [STORY]


def test_the_signature_and_the_quotes_of_a_mail_in_html_are_left_out() -> None:
    html = (
        f"<p>{STORY}</p><div class='moz-signature'>-- <br>Jane</div><blockquote type='cite'>Old</blockquote>"
        "<div class='gmail_quote'>On Monday Jane wrote: <blockquote>Old</blockquote></div>"
    )
    assert articles_of(mail(html, "html"), "a.eml") == [STORY]


def test_the_part_with_the_real_text_is_read() -> None:
    message = EmailMessage()
    message["From"] = "news@post.example"
    message.set_content(f"{STORY}\n\nThe second paragraph has a few words more.")
    message.add_alternative("<p>See the attached text.</p>", subtype="html")
    assert articles_of(message.as_bytes(), "a.eml")[0].startswith(STORY)


@pytest.mark.parametrize(
    ("data", "start"),
    [
        (b"From: a@b.example\nContent-Type: multipart/encrypted; boundary=x\n\n--x--\n", "encrypted"),
        (b"From: a@b.example\n\n-----BEGIN PGP MESSAGE-----\n\nhQEM\n", "encrypted"),
        (b"From: a@b.example\nContent-Type: application/pdf\n\nxx", "no text in it, only application/pdf"),
        (b"Words without any header at all.\n", "no e-mail"),
    ],
)
def test_a_mail_without_a_readable_text_says_why(data: bytes, start: str) -> None:
    assert reasons_of(data, "a.eml")[0].startswith(start)


def test_a_wrong_charset_is_read_as_what_it_looks_like() -> None:
    head = b"From: a@b.example\nContent-Type: text/plain; charset=nonsense\n\n"
    data = head + b"Un caf\xe9 au lait, s'il vous pla\xeet.\n"
    assert articles_of(data, "a.eml") == ["Un café au lait, s'il vous plaît."]


# --- Hostile input

LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a0 'lol'>"
    + "".join(f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(9))
    + "]>"
)
OUTSIDE = "<!DOCTYPE x [<!ENTITY a9 SYSTEM 'SECRET'>]>"
QUADRATIC = f"<!DOCTYPE x [<!ENTITY a9 '{'a' * 50_000}'>]>"
ITEM = f"<title>T</title><description>{STORY} "


@pytest.mark.parametrize("prolog", [LAUGHS, OUTSIDE, QUADRATIC])
@pytest.mark.parametrize(
    ("before", "after", "n"),
    [
        (f'<rss version="2.0"><channel><item>{ITEM}', "</description></item></channel></rss>", 1),
        ("<nitf><body><body.content><p>", "</p></body.content></body></nitf>", 1),
        (g2(PLAIN).replace("<itemMeta>", "<itemMeta><title>").partition("</itemMeta>")[0], "</title>", 1),
        (
            "<NewsML><NewsItem><NewsComponent><NewsLines><HeadLine>",
            "</HeadLine></NewsLines></NewsComponent>",
            1,
        ),
        (f'<rss version="2.0"><channel><item>{ITEM}', "</description></item></channel></rss>", 20_000),
    ],
)
def test_entities_blow_nothing_up_and_read_no_file(
    tmp_path: Path, prolog: str, before: str, after: str, n: int
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words")
    data = prolog.replace("SECRET", secret.as_uri()) + before + "&a9;" * n + after
    texts = []
    try:
        extraction = extract(data.encode(), "a.xml", ReadConfig())
        texts = [a.text + str(a.metadata) for a in extraction.articles]
    except InputError as error:
        assert error.reason
    assert sum(map(len, texts)) < 200_000
    assert "secret words" not in "".join(texts)


VALID = {
    "a.rss": feed(f"<title>T</title><guid>1</guid><description>{STORY}</description>"),
    "n.xml": nitf(f"<p>{STORY}</p>"),
    "g.xml": message(g2(PLAIN)),
    "a.json": json.dumps({"title": "T", "text": STORY, "published": "2020-03-05"}),
    "a.jsonl": json.dumps({"title": "T", "text": STORY}) + "\n" + json.dumps({"text": STORY}),
    "a.eml": mail(f"{STORY}\n", Date="Thu, 05 Mar 2020 10:15:00 +0100").decode(),
}


@pytest.mark.parametrize("name", VALID)
@pytest.mark.parametrize("junk", [b"\xff", b"\x00", b"\xed\xa0\x80", b"<", b'"', b"&#0;", b"\r\n\r\n"])
def test_junk_anywhere_ends_in_a_text_or_a_reason(name: str, junk: bytes) -> None:
    data = VALID[name].encode()
    for place in range(0, len(data) + 1, 5):
        for broken in (data[:place] + junk + data[place:], data[:place]):
            for text in _tried(broken, name):
                assert text.strip()
                assert "\x00" not in text
                text.encode("utf-8")


def _tried(data: bytes, name: str) -> list[str]:
    try:
        return articles_of(data, name)
    except InputError as error:
        assert ";" in error.reason, error.reason  # what to do about it
        return []


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("[" * 10_000, "a.json"),
        ('{"a":' * 100_000, "a.json"),
        ("[" * 600 + "]" * 600, "a.json"),
        ('{"text": "a", "id": ' + "9" * 5_000 + "}", "a.json"),
        (nitf("<block>" * 5_000 + STORY), "a.xml"),
        (nitf("<block>" * 5_000 + STORY + "</block>" * 5_000), "a.xml"),
        (
            "From: a@b.example\n"
            + "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(2_000)),
            "a.eml",
        ),
        ("<rss>" * 50_000, "a.rss"),
    ],
)
def test_what_is_nested_too_deeply_ends_in_a_reason(data: str, name: str) -> None:
    (reason,) = reasons_of(data, name)
    assert reason


def test_the_parts_of_one_collection_have_names_of_their_own() -> None:
    items = [f"<title>T{n}</title><guid>same</guid><description>{STORY}</description>" for n in range(3)]
    parts = [e.part for e in extract(feed(*items).encode(), "a.rss", ReadConfig()).articles]
    assert len(set(parts)) == 3
    assert parts == part_names(["same"] * 3)


@pytest.mark.parametrize(
    ("stated", "author"),
    [
        ("By Ann Poe", "Ann Poe"),
        ("Von: Ute Behn", "Ute Behn"),
        ("Ludwig von Arnim", "Ludwig von Arnim"),
        ("Mary Derby Smith", "Mary Derby Smith"),
    ],
)
def test_only_in_front_of_a_name_by_is_no_part_of_it(stated: str, author: str) -> None:
    noted = noted_author(stated, "byline")
    assert noted and noted.value == author


def test_a_namespace_that_is_no_utf_8_is_refused_with_a_reason() -> None:
    data = b'<newsItem xmlns="http://iptc.org/&#xD800;std/">'  # half of a surrogate pair
    (reason,) = reasons_of(data, "a.xml")
    assert "; " in reason
