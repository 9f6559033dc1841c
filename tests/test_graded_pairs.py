"""Graded pairs: they are listed by place, and read from the data's own texts."""

from __future__ import annotations

import configparser
import json
import lzma
from pathlib import Path

from summarize.training.data import ROUNDUPS
from summarize.training.graded import LISTED, read_graded

FIRST, SECOND = "The storm closed\nthe bridge.", "A storm shut the bridge."


def test_the_texts_of_a_pair_are_those_at_its_places(tmp_path: Path) -> None:
    docs = [{"full_text": None}, {"full_text": f"Head. {FIRST}"}, {"full_text": SECOND}]
    path = tmp_path / ROUNDUPS
    path.parent.mkdir()
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.write(json.dumps({"id": "train-7", "docs": docs}) + "\n" + json.dumps({"id": "train-8"}) + "\n")
    n, m = len(FIRST), len(SECOND)
    lines = [
        "roundup\tdocument\tstart\tend\tdocument\tstart\tend\tgrade\tpart",
        f"train-7\t1\t6\t{6 + n}\t2\t0\t{m}\t2\ttrain",
        f"train-7\t1\t0\t5\t2\t0\t{m}\t0\ttest",
    ]
    listed = tmp_path / "listed.tsv"
    listed.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert [(p.event, p.a, p.b, p.grade, p.is_test) for p in read_graded(tmp_path, listed)] == [
        ("train-7", "The storm closed the bridge.", SECOND, 2, False),
        ("train-7", "Head.", SECOND, 0, True),
    ]


def test_no_event_of_the_shipped_list_is_both_learned_from_and_tested_on() -> None:
    listed = LISTED.read_text(encoding="utf-8").splitlines()[1:]
    parts: dict[str, set[str]] = {"train": set(), "test": set()}
    for line in listed:
        event, *_, grade, part = line.split("\t")
        assert grade in "012"
        parts[part].add(event)
    assert parts["train"] and parts["test"] and not parts["train"] & parts["test"]


def test_the_list_is_part_of_an_installation() -> None:
    setup = configparser.ConfigParser()
    setup.read(LISTED.parents[2] / "setup.cfg", encoding="utf-8")
    patterns = setup["options.package_data"]["summarize.training"].split()
    assert any(LISTED.match(pattern) for pattern in patterns)
