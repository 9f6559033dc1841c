"""Damaged and hostile files of every format: a sample of the fuzzing benchmark, and that it would notice."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.fuzzing import FOLDERS, Row, Tally, check, measure, to_table
from benchmarks.mutations import Mutant, mutant, samples_in
from summarize.config import ReadConfig
from summarize.reading import Reader
from summarize.reading.extraction import Extracted, Extraction
from summarize.types import Failure, Metadata, Noted

N_FILES = 200
SEED = 7


def test_hundreds_of_hostile_files_are_read_or_refused_as_promised() -> None:
    tally = measure(range(N_FILES), SEED, samples_in(FOLDERS, ReadConfig().suffixes), n_processes=1)
    assert tally.violations == []
    assert sum(row.n_files for row in tally.rows.values()) == N_FILES
    assert all(row.n_read + row.n_refused == row.n_files for row in tally.rows.values())
    assert sum(row.n_read for row in tally.rows.values()) > N_FILES / 3


def test_there_are_samples_of_every_format() -> None:
    suffixes = {s.suffix for s in samples_in(FOLDERS, ReadConfig().suffixes)}
    # The others are other names of these.
    assert set(ReadConfig().suffixes) - suffixes <= {".htm", ".mht"}


def test_the_same_seed_and_number_make_the_same_file() -> None:
    samples = samples_in(FOLDERS, ReadConfig().suffixes)
    made = [mutant(samples, 1, n) for n in range(40)]
    assert made == [mutant(samples, 1, n) for n in range(40)]
    assert len({m.data for m in made}) > 35


class Deceiver(Reader):
    """Answers as a reader would that breaks a promise."""

    def __init__(self, *answers: Extraction | Exception) -> None:
        super().__init__(ReadConfig())
        self._answers = list(answers)

    def extract(self, path: Path, name: str) -> Extraction:
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def article(**values: object) -> Extraction:
    made = {"text": "The harbour reopened on Monday.", "sha256": "0", "form": "html", **values}
    return Extraction((Extracted(**made),))  # type: ignore[arg-type]


def stating(**values: str) -> Extraction:
    return article(metadata=Metadata(**{key: Noted(value, "here") for key, value in values.items()}))


@pytest.mark.parametrize(
    ("answers", "complaint"),
    [
        ([ValueError("oh")], "raised ValueError"),
        ([article(), article(text="Another text.")], "differently"),
        ([article(text="a\0b")], "NUL"),
        ([article(text="a\ud800b")], "surrogates"),
        ([article(part="\u202ea")], "a name with control characters"),
        ([stating(title="a\x1b")], "title is empty or has control characters"),
        ([stating(published="2021-02-30")], "published is no date"),
        ([stating(published="2021-02-03T10:00:00")], "no aware time"),
        ([stating(language="english")], "language is no code"),
        ([Extraction((), (Failure("a.html#1", "no"),))], "without a remedy"),
    ],
)
def test_a_promise_that_is_broken_is_noticed(
    tmp_path: Path, answers: list[Extraction | Exception], complaint: str
) -> None:
    _, wrong = check(Mutant(1, "a.html", b"x", "by hand"), tmp_path, Deceiver(*answers))
    assert any(complaint in text for text in wrong)


def test_the_table_has_a_row_for_each_format_and_their_sum() -> None:
    tally = Tally({".a": Row(2, 1, 1, (0.5, 3)), ".b": Row(3, 3, 0, (0.25, 4), peak_bytes=2_000_000)})
    lines = to_table(tally).splitlines()
    assert lines[2:] == [
        "| .a | 2 | 1 | 1 | 0.50 (3) | 0.00 (0) | 0 |",
        "| .b | 3 | 3 | 0 | 0.25 (4) | 0.00 (0) | 2 |",
        "| all | 5 | 4 | 1 | 0.50 (3) | 0.00 (0) | 2 |",
    ]
