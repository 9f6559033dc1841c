"""Sentences that need their context: they are listed by place, and counted by hand."""

from __future__ import annotations

import configparser
import json
import lzma
from pathlib import Path

from summarize.config import load_config
from summarize.evaluation.bench import Bench
from summarize.evaluation.context import LISTED, Read, cases, figures, read_listed

SETUP = Path(__file__).parent.parent / "setup.cfg"


def test_the_sentences_are_those_at_the_listed_places(tmp_path: Path) -> None:
    told = "The storm closed\nthe bridge. It fell."
    record = {"context": f"Passage 1:\n{told}\nPassage 2:\nThe mayor left.", "answers": ["It fell."]}
    path = tmp_path / "clusters" / "few.jsonl.xz"
    path.parent.mkdir()
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.write(json.dumps(record) + "\n")
    listed = tmp_path / "listed.tsv"
    listed.write_text(
        "clusters\tnumber\tarticle\tstart\tend\tgrade\n"
        f"few\t0\t0\t0\t{told.index(' It')}\talone\nfew\t0\t1\t0\t15\thangs\n"
    )
    bench = Bench(tmp_path, load_config(), lambda: None)  # type: ignore[arg-type, return-value]
    assert read_listed(bench, listed) == [
        Read("The storm closed the bridge.", "alone"),
        Read("The mayor left.", "hangs"),
    ]


def test_what_is_found_is_counted_by_hand() -> None:
    read = [
        Read("As a result, the mill of Ely closed.", "hangs"),
        Read("The harvest of Ely was a sign of it.", "hangs"),
        Read("Nor did the mill of Ely open again.", "alone"),
        Read("Ann Hill closed the mill of Ely.", "alone"),
        Read("Ann Hill closed the mill of", "no news"),
    ]
    assert [(f.value, f.n) for f in figures(read)] == [(50.0, 2), (50.0, 2), (50.0, 2), (100.0, 1)]
    assert [c.split(":")[0] for c in cases(read)] == ["hangs", "alone"]


def test_the_list_is_whole_and_part_of_an_installation() -> None:
    rows = [line.split("\t") for line in LISTED.read_text(encoding="utf-8").splitlines()[1:]]
    assert len(rows) == len(set(map(tuple, rows))) == 1600
    assert {row[5] for row in rows} == {"alone", "hangs", "no news"}
    assert all(int(row[3]) < int(row[4]) for row in rows)
    setup = configparser.ConfigParser()
    setup.read(SETUP, encoding="utf-8")
    patterns = setup["options.package_data"]["summarize.evaluation"].split()
    assert any(LISTED.match(pattern) for pattern in patterns)
