"""Saving in one step: a file is the old one or the new one, and what a killed process left is swept up."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from summarize import saving
from summarize.errors import SummarizeError
from summarize.saving import save, sweep


def test_a_file_that_cannot_be_moved_into_its_place_leaves_the_old_one_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "brief.md"
    save(target, b"old")

    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for name in ("replace", "fsync"):
        with monkeypatch.context() as patch:
            patch.setattr(saving.os, name, no_space)
            with pytest.raises(SummarizeError, match="No space left on device"):
                save(target, b"new")
        assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("brief.md", b"old")]
    save(target, b"new")
    assert target.read_bytes() == b"new"


def test_sweeping_removes_what_was_left_half_written_and_nothing_else(tmp_path: Path) -> None:
    left = [".brief-1.md.x3k", ".brief-1.json.ab_", ".latest.md.99"]
    kept = ["brief-1.md", "brief-1.json", "latest.md", ".brief-1.md", ".hidden.md.x", "notes.md.x"]
    for name in (*left, *kept):
        (tmp_path / name).touch()
    sweep(tmp_path, "brief-*.md", "brief-*.json", "latest.md")
    assert sorted(os.listdir(tmp_path)) == sorted(kept)
