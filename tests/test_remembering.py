"""What the job remembers changes nothing: with all of it or none, a run gives the same brief."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from summarize import resources
from summarize.config import load_config
from summarize.job import following
from summarize.job.run import Job, Report, run
from summarize.loading import Models
from summarize.reading import Extracted
from summarize.reading.study import afresh, study
from summarize.segmentation import load_tokenizer
from summarize.store import Store, open_store
from summarize.store.caches import Cache, Remembered
from summarize.store.folder import read_again
from tests.builders import article, sentence
from tests.scripted import HashedEmbedder, ScriptedWriter, TrustingChecker, ranker

STORM = """Storm closes the harbour

HARTMOND – The storm sank ten boats in the old harbour, mayor Anna Berg said on 3 March 2020.
At least 300 people lost their homes in the storm, the council said.
The bridge in the north of the town was closed for two days.
"""
LATER = """Town counts its boats

The storm sank ten boats in the old harbour of the town, mayor Anna Berg said on 3 March 2020.
Some 450 people lost their homes in the storm, the council said.
A ferry from Hartmond will replace the bridge until May.
"""
VOTE = """Senate votes on the budget

The senate of Ohio passed the budget of 2 billion dollars on 4 March 2020, Carl Dahl said.
The vote was 52 to 48 after a debate of nine hours.
"""
MONDAY = datetime(2020, 3, 9, 6, 0, tzinfo=UTC)


class CountingEmbedder(HashedEmbedder):
    """Remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: list[str]) -> np.ndarray:
        self.asked += texts
        return super().embed(texts)


@pytest.fixture
def embedder(monkeypatch: pytest.MonkeyPatch) -> CountingEmbedder:
    made = CountingEmbedder()
    splitter = load_tokenizer(resources.models_dir() / "punkt" / "parameters.json")
    models = Models(splitter, made, ScriptedWriter({}), TrustingChecker(), ranker())
    monkeypatch.setattr(following, "load_models", lambda _: models)
    return made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "state") as opened:
        yield opened


def save(folder: Path, **texts: str) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        path = folder / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        os.utime(path, (1e9, 1e9 + len(text)))


def brief_of(folder: Path, store: Store, day: int) -> Report:
    return run(Job(folder, None, load_config()), store, MONDAY + timedelta(days=day), sleep=lambda _: None)


def told(store: Store) -> list[tuple[object, ...]]:
    """Return all that the briefs told as the store has it."""
    columns = "run, topic, claim.text, method, support, status, ended, why, path, start, evidence.text"
    return store.rows(
        f"SELECT {columns} FROM claim JOIN evidence ON claim = claim.id ORDER BY 1, 2, 3, 9, 10"
    )


def test_a_run_that_remembers_gives_the_brief_of_one_that_works_all_out_anew(
    tmp_path: Path, embedder: CountingEmbedder
) -> None:
    found = []
    for name, forget in (("warm", ""), ("cold", "DELETE FROM cache; DELETE FROM segmentation")):
        with open_store(tmp_path / name) as store:
            folder = tmp_path / f"articles-{name}"
            for day, texts in enumerate(({"storm": STORM}, {"later": LATER}, {"vote": VOTE})):
                save(folder, **texts)
                embedder.asked = []
                report = brief_of(folder, store, day)
                assert report.brief is not None
                for statement in filter(None, forget.split(";")):
                    store.write(statement)
            assert report.brief.stats.facts < report.brief.stats.sentences
            found.append((replace(report.brief, stats=replace(report.brief.stats, seconds=())), told(store)))
            asked = set(embedder.asked)
            assert ("The bridge in the north of the town was closed for two days." in asked) == (
                name == "cold"
            )
            assert "The vote was 52 to 48 after a debate of nine hours." in asked
    assert found[0] == found[1]


def test_an_unchanged_folder_loads_no_model(
    tmp_path: Path, store: Store, embedder: CountingEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(tmp_path / "articles", storm=STORM)
    assert brief_of(tmp_path / "articles", store, 0).outcome == "brief"
    monkeypatch.setattr(following, "load_models", lambda _: pytest.fail("models were loaded"))
    assert brief_of(tmp_path / "articles", store, 1).outcome == "unchanged"


def test_a_study_is_made_again_only_if_the_other_articles_now_tell_otherwise(store: Store) -> None:
    shouted = "Talks go on\n\nLOWHAVEN The talks went on for a second day, the mayor said.\n"
    article, made = Extracted(shouted, ""), []

    def studies(*capitalised: str) -> str:
        recall = Remembered(store, Cache(store))
        names = frozenset(capitalised)
        found = recall.studies({"a": article}, names, lambda t: made.append(names) or study(t, names))
        assert found == afresh({"a": article}, names, lambda t: study(t, names))
        span = found["a"].cleaned.body[0]
        return shouted[span.start : span.end].split()[0]

    assert studies("Ohio") == "LOWHAVEN"
    assert studies("Ohio", "Paris") == "LOWHAVEN" and len(made) == 1
    assert studies("Lowhaven") == "The" and len(made) == 2
    assert studies("Lowhaven", "Ohio") == "The" and len(made) == 2


def test_reading_from_the_store_gives_what_reading_the_files_gives(
    tmp_path: Path, store: Store, embedder: CountingEmbedder
) -> None:
    save(tmp_path / "articles", storm=STORM, later=LATER, vote=VOTE)
    report = brief_of(tmp_path / "articles", store, 0)
    recall = Remembered(store, Cache(store))
    assert read_again(store, report.folder, recall.studies) == read_again(store, report.folder)


def test_only_new_sentences_are_compared(store: Store) -> None:
    source = article("It rained. It poured. It rained.")
    sentences = [sentence("It rained.", source), sentence("It poured.", source)]
    again = sentence("It rained.", source, order=2)
    asked: list[object] = []

    def matches(*own: int) -> dict[tuple[int, int], float]:
        every = [*sentences, again]
        recall = Remembered(store, Cache(store))
        return recall.matches(
            [every[i] for i in own],
            {1: source},
            "settings",
            lambda fresh: asked.append(fresh) or {(0, 1): 0.5},
        )

    assert matches(0, 1) == {(0, 1): 0.5}
    assert matches(1, 0) == {(0, 1): 0.5}
    assert asked == [None, []]
    matches(0, 1, 2)
    assert asked[-1] == [2]  # the same words once more are a sentence of their own


def test_other_settings_are_compared_anew(store: Store) -> None:
    recall = Remembered(store, Cache(store))
    source = article("It rained.")
    asked: list[object] = []
    for settings in ("0.80", "0.85"):
        recall.matches(
            [sentence("It rained.", source)], {1: source}, settings, lambda f: asked.append(f) or {}
        )
    assert asked == [None, None]


def test_what_is_not_asked_for_is_forgotten_once_it_is_the_larger_part(store: Store) -> None:
    def n_left(n_asked: int) -> int:
        cache = Cache(store)
        cache.find("vector", [bytes([n]) for n in range(n_asked)])
        with store.transaction():
            cache.commit()
        return int(store.rows("SELECT count(*) FROM cache")[0][0])

    Cache(store).keep("vector", {bytes([n]): b"v" for n in range(10)})
    assert n_left(10) == 10
    assert n_left(5) == 10  # half of them may be back tomorrow
    assert n_left(4) == 4
    assert Cache(store).find("vector", [b"\x03", b"\x04"]) == {b"\x03": b"v"}
