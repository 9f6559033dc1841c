"""The measure of metadata: articles written out in known styles, and what is found in them."""

from __future__ import annotations

import json
import lzma
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from summarize.cli import cli
from summarize.evaluation.metadata import STYLES, Known, judge

WORDS = "The harbour of Port Ellery reopened on Monday after repairs to both of its piers, the mayor said. "
KNOWN = Known("Harbour of Port Ellery reopens", "Coast Times", "Ann Carver", date(2020, 3, 25), WORDS)


@pytest.mark.parametrize(
    ("field", "found", "verdict"),
    [
        ("title", "Harbour of  Port Ellery reopens", "right"),
        ("title", "Harbour", "wrong"),
        ("title", None, "unknown"),
        ("publisher", "The Coast Times, LLC", "right"),
        ("publisher", "AP", "wrong"),
        ("published", "2020-03-25", "right"),
        ("published", "2020-03-24", "wrong"),
    ],
)
def test_a_value_is_right_wrong_or_unknown(field: str, found: str | None, verdict: str) -> None:
    assert judge(KNOWN, field, found) == verdict


@pytest.mark.parametrize("style", STYLES)
def test_a_style_states_what_it_says_that_it_states(style: str) -> None:
    own = STYLES[style]
    written = own.write(KNOWN) + own.name(KNOWN)
    assert WORDS in written
    for field in ("title", "publisher", "author"):
        assert (str(getattr(KNOWN, field)) in written) == (field in own.states)
    assert ("2020" in written) == ("published" in own.states)


def test_the_measure_is_a_part_of_the_evaluation(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    with lzma.open(tmp_path / "news" / "articles.jsonl.xz", "wt", encoding="utf-8") as lines:
        for n in range(4):
            text = "\n\n".join(f"{WORDS}It was the {k}th time in {n + 2} years." for k in range(4, 12))
            row = {"title": f"Harbour {n} of Port Ellery reopens", "source": "Coast Times", "text": text}
            lines.write(json.dumps({**row, "date": f"2020-03-2{n}"}) + "\n")
    result = CliRunner().invoke(
        cli, ["evaluate", "--data", str(tmp_path), "--part", "metadata", "--format", "json"]
    )
    assert result.exit_code == 0, result.output
    (measured,) = json.loads(result.stdout)["results"]
    value_of = {f["name"]: f["value"] for f in measured["figures"]}
    assert value_of["front matter: title right"] == value_of["labelled: author right"] == 100
    assert value_of["title, source, date: publisher right"] == 100
    assert value_of["published: wrong"] == value_of["published, not stated: wrong"] == 0
