"""Odd input through the command line: what it does to the exit code, to stderr and to the other files.

The models are the embedded ones, loaded once; ``--config fast`` keeps the writer quick.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from summarize import pipeline, reading, resources
from summarize.cli import cli
from summarize.loading import load_models
from summarize.reading import decoding
from summarize.reading.discovery import Found, find_files
from summarize.types import Failure

pytestmark = pytest.mark.usefixtures("models_loaded_once")

STORM = """Storm leaves Harwick without power

A storm cut the power of 12,000 homes in Harwick on Monday, the town's mayor Ann López said.

Two ferries broke loose from their moorings in Harwick during the night, the coast guard of Essex said.

Rescue teams brought 45 people from flooded houses in the old town to a school on the hill.
"""
FERRIES = """Mayor counts the cost of the storm

Two ferries broke loose in Harwick and the harbour was closed on Monday after a heavy storm.

About 12,000 homes in Harwick were without power on Monday, said mayor Ann López.

Schools in the county will stay closed until Wednesday because of fallen trees.
"""
ARABIC = """قالت رئيسة البلدية ليلى حداد إن عاصفة قطعت الكهرباء عن 12000 منزل في مدينة طرابلس يوم الاثنين.

وأغلق ميناء طرابلس بعد أن انجرفت عبارتان خلال الليل، حسب خفر السواحل.

ونقلت فرق الإنقاذ خمسة وأربعين شخصا من المنازل المغمورة بالمياه إلى مدرسة على التل.
"""
HEBREW = """סערה השאירה 12,000 בתים בעיר חיפה ללא חשמל ביום שני, אמרה ראש העיר דנה כהן לעיתונאים.

נמל חיפה נסגר לאחר ששתי מעבורות ניתקו ממקום עגינתן במהלך הלילה, לפי משמר החופים.

צוותי החילוץ העבירו ארבעים וחמישה אנשים מבתים מוצפים אל בית ספר על הגבעה.
"""
CHINESE = """周一，一场暴风雨导致港口城市一万二千户家庭停电，市长李安说。港口在两艘渡轮夜间脱离系泊后关闭。

救援队将四十五人从老城区被淹的房屋转移到山上的一所学校，该县学校将停课到周三。
"""
NOISE = random.Random(7).randbytes(3000)

Folder = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Make a folder of files; names may lack their suffix, text is saved as UTF-8."""

    def make(**files: str | bytes) -> Path:
        made = tmp_path / "articles"
        made.mkdir()
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            (made / f"{name}.txt").write_bytes(data)
        return made

    return make


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the shipped models, to be damaged, and let each run load its models anew."""
    copied = tmp_path / "models"
    shutil.copytree(resources.models_dir(), copied)
    monkeypatch.setattr(resources, "models_dir", lambda: copied)
    monkeypatch.setattr(pipeline, "load_models", load_models)
    return copied


def call(source: Path, *arguments: str | Path, config: str | Path = "fast") -> Result:
    """Run ``summarize brief``; anything but an exit code is a defect and raises."""
    result = CliRunner().invoke(cli, ["brief", str(source), "--config", str(config), *map(str, arguments)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def brief_of(source: Path, *, code: int = 0, config: str | Path = "fast") -> dict[str, Any]:
    """Return the brief as read from JSON, its evidence compared with the files."""
    result = call(source, "--format", "json", config=config)
    assert result.exit_code == code, result.stderr
    made: dict[str, Any] = json.loads(result.stdout)
    texts = {s["id"]: decoding.load(source / s["path"], s["path"], 10**9).text for s in made["sources"]}
    for e in (e for claim in claims_of(made) for e in claim["evidence"]):
        assert texts[e["source"]][e["start"] : e["end"]] == e["text"]
    return made


def claims_of(made: dict[str, Any]) -> list[dict[str, Any]]:
    return [claim for topic in made["topics"] for claim in topic["claims"]]


def said(made: dict[str, Any]) -> str:
    return " ".join(claim["text"] for claim in claims_of(made))


def cited(made: dict[str, Any]) -> set[str]:
    paths = {s["id"]: s["path"] for s in made["sources"]}
    return {paths[e["source"]] for claim in claims_of(made) for e in claim["evidence"]}


# Nothing to read


def test_a_folder_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    result = call(tmp_path / "nowhere")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nowhere: no such folder; check the spelling" in result.stderr


def test_an_empty_folder_is_nothing_to_summarise(folder: Folder) -> None:
    result = call(folder())
    assert (result.exit_code, result.stdout) == (3, "")
    assert "articles: no readable article (.txt, .md, .html, " in result.stderr


def test_a_folder_of_other_files_is_nothing_to_summarise(folder: Folder) -> None:
    source = folder()
    (source / "photo.jpg").write_bytes(b"\xff\xd8\xff" + NOISE)
    assert call(source).exit_code == 3


def test_without_a_readable_article_each_file_is_named_with_its_reason(folder: Folder) -> None:
    result = call(folder(noise=NOISE, nothing=b"", blank=" \n\t\n", pdf=b"%PDF-1.7\n" + NOISE))
    assert (result.exit_code, result.stdout) == (3, "")
    for line in ("noise.txt: binary", "nothing.txt: empty", "blank.txt: empty", "pdf.txt: a PDF, not text"):
        assert line in result.stderr


def test_the_suffixes_looked_for_are_those_of_the_configuration(folder: Folder, tmp_path: Path) -> None:
    config = tmp_path / "own.yaml"
    config.write_text("extends: fast\nread:\n  suffixes: [.news]\n")
    result = call(folder(a=STORM), config=config)
    assert result.exit_code == 3
    assert "no readable article (.news)" in result.stderr


def test_articles_without_a_tellable_sentence_say_why_and_name_what_failed(folder: Folder) -> None:
    result = call(folder(a="He said that it was not so and that they would never do that again.\n", b=b""))
    assert (result.exit_code, result.stdout) == (3, "")
    assert "1 hangs on an earlier sentence" in result.stderr
    assert "b.txt: empty" in result.stderr


@pytest.mark.parametrize(
    "text",
    [
        "!!! ??? ... --- *** ### ((( )))\n" * 20,
        "word " * 5000,
        "x" * 300_000,
        "😀 " * 500,
        "\ufeff\n\u200b\n",
    ],
    ids=["marks", "one word", "one long word", "faces", "invisible"],
)
def test_text_that_is_no_news_is_refused_with_a_message(folder: Folder, text: str) -> None:
    result = call(folder(a=text))
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith("Error:")


# Some inputs fail


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (NOISE, "binary data, not text"),
        (b"\x89PNG\r\n\x1a\n" + NOISE, "a PNG image, not text"),
        (b"", "empty"),
        (b"\0" * 5000, "binary data, not text"),
    ],
    ids=["binary", "image", "zero bytes", "only NUL"],
)
def test_a_bad_file_is_named_and_costs_the_others_nothing(
    folder: Folder, content: bytes, reason: str
) -> None:
    source = folder(a=STORM, c=FERRIES)
    without = brief_of(source)
    (source / "b.txt").write_bytes(content)
    result = call(source)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"b.txt: {reason}")
    assert f"`b.txt`: {reason}" in result.stdout
    made = brief_of(source, code=1)
    assert [f["path"] for f in made["failures"]] == ["b.txt"]
    for key in ("signature", "sources", "topics", "dropped"):
        assert made[key] == without[key]


def test_a_file_above_the_limit_is_skipped_and_named(folder: Folder, tmp_path: Path) -> None:
    config = tmp_path / "small.yaml"
    config.write_text("extends: fast\nread:\n  max_bytes: 1000\n")
    source = folder(a=STORM, b=STORM * 10)
    result = call(source, config=config)
    assert result.exit_code == 1
    assert "b.txt: " in result.stderr and "more than the limit of 1,000" in result.stderr
    assert cited(brief_of(source, code=1, config=config)) == {"a.txt"}


def test_a_huge_file_is_not_read_at_all(folder: Folder) -> None:
    source = folder()
    with (source / "huge.txt").open("wb") as file:
        file.truncate(50_000_000)  # sparse: it takes no room on the disk
    started = time.monotonic()
    result = call(source)
    assert result.exit_code == 3
    assert "huge.txt: 50,000,000 bytes, more than the limit of 20,000,000" in result.stderr
    assert time.monotonic() - started < 5


def test_a_file_that_must_not_be_read_is_named(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    source = folder(a=STORM, locked=FERRIES)
    (source / "locked.txt").chmod(0)
    if os.access(source / "locked.txt", os.R_OK):  # whoever may read everything
        monkeypatch.setattr(decoding, "open", _refusing("locked.txt"), raising=False)
    result = call(source)
    assert result.exit_code == 1
    assert "locked.txt: can't be read (Permission denied); check its permissions" in result.stderr


def test_a_file_that_vanishes_after_the_listing_is_named(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def list_and_lose(*arguments: Any) -> tuple[tuple[Found, ...], tuple[Failure, ...]]:
        found = find_files(*arguments)
        (source / "b.txt").unlink()
        return found

    source = folder(a=STORM, b=FERRIES)
    monkeypatch.setattr(reading, "find_files", list_and_lose)
    result = call(source)
    assert result.exit_code == 1
    assert "b.txt: gone since the folder was listed" in result.stderr


def test_a_broken_link_is_named(folder: Folder) -> None:
    source = folder(a=STORM)
    (source / "b.txt").symlink_to(source / "nowhere.txt")
    result = call(source)
    assert result.exit_code == 1
    assert result.stderr.startswith("b.txt: ")


def test_a_pipe_among_the_articles_does_not_hang_the_run(folder: Folder) -> None:
    source = folder(a=STORM)
    os.mkfifo(source / "b.txt")
    result = call(source)
    assert result.exit_code == 1
    assert "b.txt: not a regular file" in result.stderr


# Odd text


def test_nul_characters_inside_an_article_change_no_offset(folder: Folder) -> None:
    made = brief_of(folder(a=STORM.replace("old town", "old\0 town"), b=FERRIES.replace(". ", ".\0 ")))
    assert len(made["sources"]) == 2


def test_each_file_is_read_in_its_own_encoding(folder: Folder) -> None:
    made = brief_of(
        folder(
            a=STORM.encode("utf-16"),
            b=FERRIES.encode("cp1252"),
            c=STORM.replace("Harwick", "Dover").encode("utf-8-sig"),
            d=FERRIES.replace("Harwick", "Dover").encode("utf-16-le"),
        )
    )
    assert len(made["sources"]) == 4
    assert "López" in said(made) and "\ufffd" not in said(made)


@pytest.mark.parametrize("end", ["\r\n", "\r"], ids=["Windows", "old Mac"])
def test_line_ends_of_other_systems_change_no_claim(folder: Folder, end: str) -> None:
    source = folder(a=STORM, b=FERRIES)
    before = {c["text"] for c in claims_of(brief_of(source))}
    for path in source.iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", end.encode()))
    assert {c["text"] for c in claims_of(brief_of(source))} == before


def test_a_stray_byte_inside_utf_8_costs_nothing(folder: Folder) -> None:
    stray = "The weather in Essex stays schön until Friday, forecasters in Harwick said.\n".encode("cp1252")
    assert "López" in said(brief_of(folder(a=STORM.encode() + b"\n" + stray)))


def test_one_article_twice_is_one_origin(folder: Folder) -> None:
    made = brief_of(folder(a=STORM, b=STORM))
    assert {s["origin"] for s in made["sources"]} == {1}
    assert {c["origins"] for c in claims_of(made)} == {1}
    assert cited(made) == {"a.txt", "b.txt"}
    assert len(claims_of(made)) == 3


def test_a_single_article_makes_a_brief_of_one_topic(folder: Folder) -> None:
    made = brief_of(folder(a=STORM))
    assert len(made["topics"]) == 1
    assert len(claims_of(made)) == 3
    assert cited(made) == {"a.txt"}


def test_two_short_articles_on_different_things_are_both_told(folder: Folder) -> None:
    other = "Scientists in Geneva measured the mass of a rare particle more exactly than ever, CERN said.\n"
    assert cited(brief_of(folder(a=STORM, b=other))) == {"a.txt", "b.txt"}


def test_a_thousand_files_of_one_line_are_done_in_a_minute(folder: Folder) -> None:
    towns, things = ("Harwick", "Elmport", "Stowe", "Dunmere", "Ely"), ("bridge", "school", "harbour", "road")
    files = {
        f"n{i}": f"The town council of {towns[i % 5]} agreed on Monday to repair its {things[i % 4]} "
        f"number {i} for {i * 7 + 100} dollars.\n"
        for i in range(1000)
    }
    source = folder(**files)
    started = time.monotonic()
    made = brief_of(source)
    assert time.monotonic() - started < 60
    assert made["stats"]["articles"] == 1000
    assert claims_of(made)


@pytest.mark.parametrize(("text", "word"), [(ARABIC, "طرابلس"), (HEBREW, "חיפה")], ids=["Arabic", "Hebrew"])
def test_text_from_right_to_left_is_told_as_it_stands(folder: Folder, text: str, word: str) -> None:
    made = brief_of(folder(a=text))
    assert word in said(made)
    assert all(c["text"] in text for c in claims_of(made) if c["method"] == "quoted")
    assert len(made["topics"]) == 1


def test_chinese_alone_ends_with_a_brief_or_with_the_reason(folder: Folder) -> None:
    result = call(folder(a=CHINESE))
    assert result.exit_code in (0, 3)
    assert result.stdout.startswith("# Brief") or "no sentence that can be told by itself" in result.stderr


def test_articles_in_other_languages_leave_the_english_ones_as_they_are(folder: Folder) -> None:
    source = folder(a=STORM, b=FERRIES)
    before = {c["text"] for c in claims_of(brief_of(source))}
    (source / "z1.txt").write_text(CHINESE, encoding="utf-8")
    (source / "z2.txt").write_text(HEBREW, encoding="utf-8")
    made = brief_of(source)
    assert len(made["sources"]) == 4
    assert before <= {c["text"] for c in claims_of(made)}


# Configuration and models


def test_all_mistakes_of_a_configuration_are_told_at_once(folder: Folder, tmp_path: Path) -> None:
    config = tmp_path / "own.yaml"
    config.write_text(
        "extends: fast\nwrods: 300\nplan:\n  min_claim_words: 80\n  max_claim_word: 10\n"
        "writer:\n  n_beams: many\n  n_candidates: 9\n  grounding: sometimes\nread: 5\n"
    )
    result = call(folder(a=STORM), config=config)
    assert (result.exit_code, result.stdout) == (2, "")
    for part in (
        'wrods: no such key (did you mean "words"?)',
        'plan.max_claim_word: no such key (did you mean "max_claim_words"?)',
        "plan.min_claim_words: 80 is more than plan.max_claim_words (60)",
        'writer.n_beams: must be a whole number, is "many"',
        "writer.grounding: must be one of strict, soft, off",
        "read: must be a section with keys, is 5",
    ):
        assert part in result.stderr, part


@pytest.mark.parametrize("file", ["writer/model.safetensors", "punkt/parameters.json"])
def test_a_damaged_model_is_named_with_the_remedy(folder: Folder, shipped: Path, file: str) -> None:
    with (shipped / file).open("r+b") as opened:
        opened.seek(100)
        opened.write(b"damage")
    result = call(folder(a=STORM))
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{shipped / file}: does not match its checksum" in result.stderr
    assert "reinstall summarize" in result.stderr


@pytest.mark.parametrize("file", ["writer/model.safetensors", "punkt/parameters.json", "manifest.json"])
def test_a_missing_model_is_named_with_the_remedy(folder: Folder, shipped: Path, file: str) -> None:
    (shipped / file).unlink()
    result = call(folder(a=STORM))
    assert (result.exit_code, result.stdout) == (2, "")
    assert str(shipped / file) in result.stderr and "reinstall summarize" in result.stderr


def test_a_writer_that_cannot_be_reached_is_told_in_one_message(folder: Folder) -> None:
    result = call(folder(a=STORM), "--writer", "nobody/no-such-writer")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("Error:") == 1
    assert result.stderr.count('writer "nobody/no-such-writer" can\'t be loaded') == 1
    assert "in the cache /" in result.stderr and "--writer embedded" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_embedder_that_cannot_be_reached_is_told_in_one_message(folder: Folder) -> None:
    result = call(folder(a=STORM), "--embedder", "nobody/no-such-embedder")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("Error:") == 1
    assert 'embedder "nobody/no-such-embedder" can\'t be loaded' in result.stderr
    assert "--embedder embedded" in result.stderr


# Output


def test_a_brief_written_among_its_sources_is_warned_of(folder: Folder) -> None:
    source = folder(a=STORM)
    result = call(source, "-o", source / "brief.md")
    assert result.exit_code == 0
    assert "brief.md lies in" in result.stderr and "may read it as an article" in result.stderr
    assert (source / "brief.md").is_file()


def test_a_brief_written_elsewhere_is_not_warned_of(folder: Folder, tmp_path: Path) -> None:
    assert call(folder(a=STORM), "-o", tmp_path / "brief.md").stderr == ""


def test_names_with_blanks_and_marks_are_linked_so_that_they_can_be_followed(folder: Folder) -> None:
    source = folder(**{"a b#c [1] <ü>": STORM})
    result = call(source)
    assert result.exit_code == 0
    assert "/a%20b%23c%20%5B1%5D%20%3C%C3%BC%3E.txt#L" in result.stdout


def _refusing(name: str) -> Callable[..., Any]:
    def refuse(path: Path, mode: str) -> Any:
        if Path(path).name == name:
            raise PermissionError(13, "Permission denied")
        return open(path, mode)

    return refuse
