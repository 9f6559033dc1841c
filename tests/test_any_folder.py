"""A folder that mixes all formats: one brief cites every file, and every citation leads to its characters.

``cases/mixed`` holds articles on one accident, a file of each format; the PDF was printed by LibreOffice from
the document that pandoc made, as was the Word file.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from summarize import rendering
from summarize.cli import cli
from summarize.config import SUFFIXES
from summarize.reading import read
from summarize.verifying import verify

MIXED = Path(__file__).parent / "cases" / "mixed"
SCHEMA = json.loads((Path(rendering.__file__).parent / "brief.schema.json").read_bytes())


def test_every_suffix_that_is_read_is_in_the_folder_or_is_another_name_for_one_that_is() -> None:
    same = {".htm": ".html", ".xhtml": ".html", ".mht": ".mhtml", ".ndjson": ".jsonl"}
    there = {suffix for path in MIXED.iterdir() for suffix in path.suffixes}
    assert {same.get(suffix, suffix) for suffix in SUFFIXES} == there


def test_every_file_tells_its_title_publisher_and_day() -> None:
    reading = read(MIXED)
    assert reading.failures == ()
    for article in reading.articles:
        assert article.title, article.path
        assert article.published is not None and article.published.year == 2021, article.path
    # Neither the PDF nor the Word file names who published it.
    assert {a.path for a in reading.articles if not a.publisher} == {"l.pdf", "m.docx"}


@pytest.mark.usefixtures("models_loaded_once")
def test_one_brief_cites_every_file_of_a_folder_that_mixes_all_formats(tmp_path: Path) -> None:
    folder, target = tmp_path / "articles", tmp_path / "brief.json"
    shutil.copytree(MIXED, folder)
    options = ["--config", "fast", "--words", "1500", "--topics", "20", "--texts"]
    result = CliRunner().invoke(cli, ["brief", str(folder), "-o", str(target), *options])
    assert (result.exit_code, result.stderr) == (0, "")
    made = json.loads(target.read_bytes())
    jsonschema.validate(made, SCHEMA)
    evidence = [e for t in made["topics"] for c in t["claims"] for e in c["evidence"]]
    path_of = {s["id"]: s["path"] for s in made["sources"]}
    assert {path_of[e["source"]] for e in evidence} == {p.name for p in MIXED.iterdir()}
    text_of = {s["id"]: (tmp_path / s["text"]).read_bytes().decode() for s in made["sources"]}
    assert all(text_of[e["source"]][e["start"] : e["end"]] == e["text"] for e in evidence)
    assert verify(target).alarms == ()
