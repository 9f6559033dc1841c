"""Scores against references, the loaders of clusters, and the part that measures whole briefs by them."""

from __future__ import annotations

import json
import lzma
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from summarize import pipeline, resources
from summarize.checking import RuleChecker
from summarize.config import ReadConfig, load_config
from summarize.errors import SummarizeError
from summarize.evaluation import datasets, references, scores
from summarize.evaluation.bench import Bench
from summarize.evaluation.datasets import Cluster, load, load_own, roundup_article
from summarize.evaluation.report import Figure, Target, to_markdown
from summarize.loading import Models
from summarize.novelty import History
from summarize.reading import Reading
from summarize.segmentation import load_tokenizer
from tests.builders import article, brief, claim
from tests.scripted import HashedEmbedder, ScriptedWriter, ranker

SPLITTER = load_tokenizer(resources.models_dir() / "punkt" / "parameters.json")
STORM = (
    "Ten boats sank when a heavy storm hit the northern coast of Norland on Thursday.",
    "The mayor of Norhaven ordered all the schools of the town to close for a week.",
)


def put(path: Path, *records: dict[str, Any]) -> Path:
    text = "".join(json.dumps(r) + "\n" for r in records)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(lzma.compress(text.encode()) if path.suffix == ".xz" else text.encode())
    return path


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def bench(*paths: Path, limit: int | None = None) -> Bench:
    models = Models(SPLITTER, HashedEmbedder(), ScriptedWriter({}), RuleChecker(), ranker())
    return Bench(Path("nowhere"), load_config(), lambda: models, limit=limit, datasets=paths)


# ROUGE


def test_rouge_is_what_the_definitions_give_by_hand() -> None:
    found = scores.rouge(["the cat sat on the mat"], ["the cat lay on the mat"])
    assert found["R-1"] == pytest.approx([100 * 5 / 6])
    assert found["R-2"] == pytest.approx([100 * 3 / 5])
    assert found["R-L"] == pytest.approx([100 * 5 / 6])
    assert found["R-Lsum"] == pytest.approx([100 * 5 / 6])


def test_the_length_counts_on_both_sides() -> None:
    found = scores.rouge(["a b c d"], ["a b"], ["R-1", "R-2"])
    assert found["R-1"] == pytest.approx([100 * 2 * 1.0 * 0.5 / 1.5])
    assert found["R-2"] == pytest.approx([100 * 2 * 1.0 * (1 / 3) / (4 / 3)])


def test_words_are_stemmed_and_marks_and_case_do_not_count() -> None:
    assert scores.rouge(["The boats sank, it is said."], ["the Boat sank it is said"])["R-1"] == [100]
    assert scores.stems("The boats’ owners; sailing!") == ["the", "boat", "owner", "sail"]


def test_sentences_of_any_order_are_compared_one_by_one_by_the_summary_level_measure() -> None:
    """The example of Lin (2004), section 3.2: the union of both sentences' subsequences has four words."""
    found = scores.rouge(["w1 w2 w3 w4 w5"], ["w1 w3 w8 w9 w5\nw1 w2 w6 w7 w8"])
    precision, recall = 4 / 10, 4 / 5
    assert found["R-Lsum"] == pytest.approx([100 * 2 * precision * recall / (precision + recall)])
    assert found["R-L"] == pytest.approx([100 * 2 * 0.3 * 0.6 / 0.9])


def test_an_empty_text_scores_nothing() -> None:
    assert {m: v.tolist() for m, v in scores.rouge(["a storm"], [""]).items()} == {
        m: [0.0] for m in scores.MEASURES
    }


# Bootstrap


def test_the_interval_of_one_value_is_that_value() -> None:
    assert scores.interval(np.array([7.0, 7.0, 7.0])) == pytest.approx((7.0, 7.0))


def test_the_interval_of_two_values_reaches_from_one_to_the_other() -> None:
    """Both draws fall on the same value in half of the resamples, so each end has a quarter of them."""
    assert scores.interval(np.array([0.0, 100.0])) == (0.0, 100.0)


def test_the_interval_of_many_values_is_two_standard_errors_to_each_side() -> None:
    values = np.array([0.0, 100.0] * 200)
    low, high = scores.interval(values)
    assert low == pytest.approx(50 - 1.96 * 50 / 20, abs=0.4)
    assert high == pytest.approx(50 + 1.96 * 50 / 20, abs=0.4)


def test_significance_is_the_share_of_resamples_that_are_not_better() -> None:
    """Of two cases, one won by 3 and one lost by 1, a quarter of the resamples have the lost one twice."""
    assert scores.paired_p(np.array([3.0, 0.0]), np.array([0.0, 1.0])) == pytest.approx(0.25, abs=0.02)
    assert scores.paired_p(np.array([0.0, 1.0]), np.array([3.0, 0.0])) == pytest.approx(0.75, abs=0.02)


def test_a_system_is_never_better_than_itself_and_surely_better_than_one_that_loses_every_case() -> None:
    values = np.array([1.0, 5.0, 2.0])
    assert scores.paired_p(values, values) == 1.0
    assert scores.paired_p(values + 1, values) == 0.0


def test_the_same_seed_draws_the_same_resamples() -> None:
    values = np.arange(50.0)
    assert scores.interval(values) == scores.interval(values) != scores.interval(values, seed=1)


def test_what_can_not_be_resampled_is_refused() -> None:
    with pytest.raises(ValueError, match="no score"):
        scores.interval(np.array([]))
    with pytest.raises(ValueError, match="paired"):
        scores.paired_p(np.array([1.0]), np.array([1.0, 2.0]))


def test_an_interval_and_a_probability_are_shown_with_their_digits() -> None:
    figures = (
        Figure("R-1", 45.123, 9, "points", interval=(44.3, 45.9)),
        Figure("p", 0.0051, 9, "p", Target("<", 0.01)),
    )
    table = to_markdown(references.Result("T", (), figures))
    assert "| R-1 | 45.12 [44.30, 45.90] | 9 |" in table
    assert "| p | 0.0051 | 9 | < 0.0100 | yes |" in table


# Loaders


def test_multi_news_is_known_by_its_fields(tmp_path: Path) -> None:
    context = "Passage 1:\nStorm NEWLINE_CHAR It hit.\nPassage 2:\nCoast"
    path = put(tmp_path / "any.jsonl.xz", {"context": context, "answers": ["A storm."], "length": 2})
    assert load(path) == datasets.Dataset(
        "any.jsonl.xz", 264, (Cluster("cluster 0", ("Storm \n It hit.", "Coast"), "A storm.", 0),)
    )


def test_roundups_are_known_by_their_fields(tmp_path: Path) -> None:
    doc = {"title": "Storm hits", "lead": "A storm hit.", "full_text": None, "source": "Post"}
    path = put(tmp_path / "any.jsonl", {"id": "val-7", "docs": [doc, doc], "roundup": "A storm."})
    article = "Storm hits\n\nA storm hit."
    assert load(path) == datasets.Dataset(
        "any.jsonl", 67, (Cluster("val-7", (article, article), "A storm."),)
    )


@pytest.mark.parametrize(
    ("full_text", "body"),
    [
        (None, "A storm\nhit."),
        ("", "A storm\nhit."),
        ("Boats sank.", "A storm\nhit.\n\nBoats sank."),
        ("A storm hit. Boats sank.", "A storm hit. Boats sank."),
        ("Post – A storm hit.", "A storm\nhit.\n\nPost – A storm hit."),
    ],
)
def test_a_lead_is_said_unless_the_full_text_begins_with_it(full_text: str | None, body: str) -> None:
    assert roundup_article("Storm", "A storm\nhit.", full_text) == f"Storm\n\n{body}"


def test_a_reference_among_the_articles_is_no_article(tmp_path: Path) -> None:
    folder = write(tmp_path / "storm", a="A storm hit.", b="Boats sank.", reference="A storm sank boats.")
    assert load(folder) == datasets.Dataset(
        "storm", 4, (Cluster("storm", ("A storm hit.", "Boats sank."), "A storm sank boats."),)
    )


def test_a_reference_may_lie_beside_the_folder(tmp_path: Path) -> None:
    folder = write(tmp_path / "storm", a="A storm hit.")
    write(tmp_path, reference="A storm.")
    assert load_own(folder) == (Cluster("storm", ("A storm hit.",), "A storm."),)


def test_each_subfolder_with_a_reference_is_a_cluster(tmp_path: Path) -> None:
    write(tmp_path / "b", x="Boats sank.", reference="Boats.")
    write(tmp_path / "a", x="A storm hit.", reference="A storm.")
    write(tmp_path / "c", x="No reference here.")
    assert [c.name for c in load_own(tmp_path)] == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "a.jsonl",
            b'{"text": "a"}\n',
            "a record has the fields answers and context, or docs and id and roundup",
        ),
        ("a.jsonl", b"", "not a known set"),
        ("a.jsonl", b"no json", "no JSON lines"),
        ("a.jsonl.xz", b"no xz", "no JSON lines"),
        ("a.jsonl", b'{"context": "Passage 1:\\na", "answers": []}\n', "record 1 is not like the others"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_what_is_known(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SummarizeError, match=message):
        load(tmp_path / name)


def test_a_missing_file_or_reference_or_article_is_named(tmp_path: Path) -> None:
    with pytest.raises(SummarizeError, match="can't be read"):
        load(tmp_path / "none.jsonl")
    with pytest.raises(SummarizeError, match=r"no reference\.md in it"):
        load(write(tmp_path / "storm", a="A storm hit."))
    with pytest.raises(SummarizeError, match="no article"):
        load(write(tmp_path / "empty", reference="A storm."))


def test_articles_are_read_as_if_they_lay_in_a_folder() -> None:
    reading = datasets.read_cluster(Cluster("x", tuple(STORM), ""), ReadConfig())
    assert [a.text for a in reading.articles] == list(STORM)


# Part


def test_claims_are_joined_in_the_order_of_the_brief_without_headings() -> None:
    source = article("A storm hit. Boats sank. Schools closed.")
    one, two, three = (claim(t, source) for t in ("A storm hit.", "Boats sank.", "Schools closed."))
    assert references.text_of(brief([source], {"Storm": [two, one], "Town": [three]})) == (
        "Boats sank. A storm hit. Schools closed."
    )
    assert references.text_of(None) == ""


def test_each_sentence_gets_a_line() -> None:
    assert references.as_lines("A storm hit.  Boats\nsank. Schools closed.", SPLITTER) == (
        "A storm hit.\nBoats\nsank.\nSchools closed."
    )


def test_whole_briefs_are_scored_with_interval_length_and_cases(tmp_path: Path) -> None:
    folder = write(tmp_path / "storm", a=f"{STORM[0]}\n\n{STORM[1]}", reference=" ".join(STORM))
    result = references.scored(bench(), datasets.Dataset("storm", 60, load_own(folder)))
    figures = {f.name: f for f in result.figures}
    assert figures["R-1"].value == pytest.approx(100)
    assert figures["R-1"].interval == pytest.approx((100, 100))
    n_words = len(" ".join(STORM).split())
    assert figures["words of a brief, mean"].value == figures["words of a reference, mean"].value == n_words
    assert figures["clusters without a brief"].value == 0
    assert all(f"  claim: {text}\n" in result.cases[0] for text in STORM)
    assert "words:60" in result.signature and "rouge:rouge-score-" in result.signature


def test_a_cluster_that_yields_no_brief_scores_as_an_empty_text(tmp_path: Path) -> None:
    told = {"docs": [{"title": "", "lead": STORM[0], "full_text": None}], "roundup": STORM[0]}
    mute = {
        "docs": [{"title": "", "lead": "They left the coast in small boats that sank.", "full_text": None}],
        "roundup": STORM[0],
    }
    empty = {"docs": [{"title": "", "lead": "", "full_text": None}], "roundup": STORM[0]}
    path = put(tmp_path / "a.jsonl", *({"id": f"{n}", **r} for n, r in enumerate((told, mute, empty))))
    (result,) = references.measure(bench(path))
    figures = {f.name: f for f in result.figures}
    assert figures["R-2"].value == pytest.approx(100 / 3)
    assert figures["clusters without a brief"].value == 2


def test_the_same_briefs_are_written_once(tmp_path: Path) -> None:
    folder = write(tmp_path / "storm", a=STORM[0], reference=STORM[0])
    given = bench(folder)
    (dataset,) = references.datasets(given)
    first = references.briefs_of(given, dataset.clusters, 40)
    assert references.briefs_of(given, dataset.clusters, 40)[0] is first[0] is not None
    assert references.briefs_of(given, dataset.clusters, 41)[0] is not first[0]


def test_targets_belong_to_the_files_that_they_were_set_for() -> None:
    texts, briefs = ["a b"], [None]
    own = references.figures("storm", texts, texts, list(briefs), SPLITTER)
    news = references.figures("multi_news_longbench.jsonl.xz", texts, texts, list(briefs), SPLITTER)
    assert [f.target for f in own] == [None] * len(own)
    assert [f.target.value for f in news if f.target] == [45.0, 15.0, 20.5]


def test_a_limit_draws_clusters(tmp_path: Path) -> None:
    records = [{"context": f"Passage 1:\n{n}", "answers": [str(n)]} for n in range(9)]
    (drawn,) = references.datasets(bench(put(tmp_path / "a.jsonl", *records), limit=3))
    assert len(drawn.clusters) == 3


def test_other_weights_of_the_ranker_give_a_brief_another_signature() -> None:
    reading = Reading((), (), ())
    one = bench().models()
    other = replace(one, ranker=replace(one.ranker, signature="other"))
    signatures = [pipeline._signature(reading, m, load_config(), History(None)) for m in (one, one, other)]
    assert signatures[0] == signatures[1] != signatures[2]
