"""The evaluation: formulas against values worked out by hand, planted errors, and the command."""

from __future__ import annotations

import json
import lzma
import math
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from summarize import resources
from summarize.checking import RuleChecker
from summarize.cli import cli
from summarize.config import load_config
from summarize.errors import SummarizeError
from summarize.evaluation import briefs, datasets, fusion, grounding, parts, planted, summac
from summarize.evaluation import planting as plant
from summarize.evaluation import planting_people as people
from summarize.evaluation.bench import Bench, require
from summarize.evaluation.fusion_sets import FusionCase
from summarize.evaluation.material import Material, materials
from summarize.evaluation.report import Figure, Result, Target, to_json, to_markdown
from summarize.evaluation.sari import ngrams, sari
from summarize.evaluation.strays import strays
from summarize.evaluation.truths import attribution_at_end, shorter, without_connective
from summarize.loading import Models
from summarize.segmentation import load_tokenizer
from summarize.training.data import is_test
from tests.builders import article, brief, claim, evidence
from tests.scripted import HashedEmbedder, ScriptedWriter, ranker

SPLITTER = load_tokenizer(resources.models_dir() / "punkt" / "parameters.json")


def put(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(exist_ok=True)
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.write("".join(line + "\n" for line in lines))


def bench(data: Path, script: dict[tuple[str | None, str], list[str]] | None = None) -> Bench:
    """A bench with a writer that does as it is told."""
    models = Models(SPLITTER, HashedEmbedder(), ScriptedWriter(script or {}), RuleChecker(), ranker())
    return Bench(data, load_config(), lambda: models)


# Report


def test_a_target_is_met_from_its_value_on_and_never_on_nothing() -> None:
    assert Figure("a", 95.0, 9, "%", Target("≥", 95.0)).is_met is True
    assert Figure("a", 5.1, 9, "%", Target("≤", 5.0)).is_met is False
    assert Figure("a", 60.0, 9, "points", Target(">", 60.0)).is_met is False
    assert Figure("a", 0.0, 0, target=Target("=", 0)).is_met is None


def test_a_table_is_headed_by_what_produced_it() -> None:
    settings = (("part", "planted"), ("seed", "20"))
    shares = (Figure("caught", 96.25, 1200, "%", Target("≥", 95.0)), Figure("none", 0.0, 0, "%"))
    assert to_markdown(Result("Errors", settings, shares)).split("\n") == [
        "## Errors",
        "",
        "`part:planted|seed:20`",
        "",
        "| figure | value | n | target | met |",
        "|---|---:|---:|---:|---|",
        "| caught | 96.2 % | 1,200 | ≥ 95.0 % | yes |",
        "| none | – | 0 |  |  |",
        "",
    ]


def test_the_json_has_every_digit() -> None:
    stored = json.loads(to_json([Result("t", (("seed", "1"),), (Figure("a", 1 / 3, 3),), ("case",))]))
    assert stored["results"][0]["settings"] == {"seed": "1"}
    assert stored["results"][0]["figures"][0]["value"] == 1 / 3
    assert "cases" not in stored["results"][0]


# Metrics


def test_sari_is_what_the_paper_s_formula_gives_by_hand() -> None:
    # Orders 1 to 4. Added: nothing by either, F = 1. Kept: P = (1 + 1 + 0 + 1) / 4 = 0.75 and
    # R = (2/3 + 1/2 + 0 + 1) / 4 = 13/24, F = 0.62903. Deleted: P = (1/2 + 1/2 + 1/2 + 1) / 4 = 0.625.
    assert sari("a b c d", "a b", "a b c") == pytest.approx(100 * (1 + 0.629032 + 0.625) / 3, abs=1e-3)


def test_sari_rewards_a_rightly_added_word() -> None:
    # One word each. Order 1: added {x} of {x}, kept nothing, deleted {a} of {a}; longer orders are empty.
    assert sari("a", "x", "x") == 100
    # Wrongly added: precision and recall 0 at order 1, 1 at the empty orders; kept: nothing of {a}; 3/4 each.
    assert sari("a", "y", "a") == pytest.approx(100 * (3 / 4 + 3 / 4 + 3 / 4) / 3)


def test_sari_gives_nothing_for_deleting_nothing_where_something_should_go() -> None:
    # Added: F = 1. Kept: order 1 {a, b} of {a}: P 1/2, R 1; order 2 {ab} of {}: 0; then 1: P 5/8, R 3/4.
    # Deleted: {} of {b} and {} of {ab}: 0, then 1: P = 1/2.
    kept = 2 * 0.625 * 0.75 / 1.375
    assert sari("a b", "a b", "a") == pytest.approx(100 * (1 + kept + 0.5) / 3)


def test_ngrams_are_casefolded_and_marks_are_words() -> None:
    assert ngrams("It fell, Tom.", 2) == {("it", "fell"), ("fell", ","), (",", "tom"), ("tom", ".")}


def test_rouge_l_and_bleu_as_worked_out_by_hand() -> None:
    cases = [FusionCase(("x",), "the storm hit the coast")]
    # The longest common subsequence has 3 words: P = 3/3, R = 3/5, F = 0.75.
    assert fusion.mean_rouge_l(cases, ["the storm coast"]) == pytest.approx(75)
    assert fusion.corpus_bleu(cases, ["The Storm hit the coast"]) == pytest.approx(100)


# Grounding


def test_what_the_evidence_lacks_is_found() -> None:
    source = ("In 2019, Anna Berg paid $1,500 for three boats; “It was fair,” she said.",)
    clean = strays("Anna Berg paid $1,500 for three boats.", source)
    assert (clean.words, clean.numbers, clean.names, clean.quotations) == ((), (), (), ())
    found = strays("Anna Bergs paid $500 and four euros: “It was cheap,” Berg Anna said.", source)
    assert found.words == ("bergs", "$500", "four", "euros", "cheap")
    assert found.numbers == ("$500", "four")
    assert found.names == ("Anna Berg", "Berg Anna") or "Berg Anna" in found.names
    assert found.quotations == ("It was cheap,",)


def test_a_part_of_a_number_or_a_name_does_not_count_as_the_whole() -> None:
    assert strays("He owns 500 boats.", ("He owns 1,500 boats.",)).numbers == ("500",)
    assert strays("He met Ann.", ("He met Anna.",)).names == ("Ann",)
    assert strays("The 1930s ended.", ("In the 1930s it ended.",)).numbers == ()


# Planted errors

TEXT = "Gov. Anna Berg said on Monday that 300 boats, worth $5 million, were lost in March 2014 in Norway."
MATERIAL = Material(
    "Berg said on Monday that 300 boats, worth $5 million, were lost on March 5 of 2014 in Ohio.",
    "Prime Minister Carl Dahl met two officials on Friday in Texas.",
    ("Anna Berg", "Carl Dahl"),
    ("Ohio", "Texas"),
)


def made(planter: plant.Planter, sentence: str | None = None) -> set[str]:
    """Everything that a planter makes of the material, over many seeds."""
    material = replace(MATERIAL, sentence=sentence or MATERIAL.sentence)
    return {c for n in range(40) if (c := planter(material, random.Random(n)))}


@pytest.mark.parametrize("planter", [p for kind in planted.PLANTERS.values() for p in kind])
def test_a_planted_error_is_never_the_truth(planter: plant.Planter) -> None:
    sentences = (
        MATERIAL.sentence,
        "Carl Dahl did not sign the two treaties, officials said.",
        "The council approved the plan on Tuesday, according to the mayor.",
        "Police said three men were arrested in June.",
        "They waited for Carl Dahl in the rain.",
    )
    found = [(s, c) for s in sentences for c in made(planter, s)]
    assert found or planter is people.moved_title
    assert all(claim not in (sentence, MATERIAL.other) for sentence, claim in found)


def test_figures_change_by_more_than_about_forgives() -> None:
    claims = made(plant.changed_number)
    assert any(" 450 boats" in c for c in claims)
    assert not any(" 300 boats" in c and "$5 million" in c for c in claims)
    assert all("March 5" in c and "2014" in c for c in claims)


@pytest.mark.parametrize(
    "sentence",
    ["More than 300 people died.", "At least $5 million was lost.", "It took up to 40 days.", "It was 2014."],
)
def test_a_bound_or_a_year_is_left_alone(sentence: str) -> None:
    assert not made(plant.changed_number, sentence) and not made(plant.changed_magnitude, sentence)


def test_dates_change_and_limits_stay() -> None:
    assert all("Monday" not in c for c in made(plant.changed_weekday))
    assert all("March 5 " not in c and "March" in c for c in made(plant.changed_day))
    assert all("of 2014" not in c for c in made(plant.changed_year))
    assert not made(plant.changed_month, "The bridge stays closed until June.")


def test_negations_are_put_in_and_taken_out_but_never_doubled() -> None:
    assert made(plant.added_negation, "The bridge was closed.") == {"The bridge was not closed."}
    assert made(plant.added_did_not, "Then Berg signed the bill.") == {"Then Berg did not sign the bill."}
    assert made(plant.dropped_negation, "It won’t open again.") == {"It will open again."}
    assert not made(plant.added_negation, "It was closed, if nobody objects.")
    assert not made(plant.dropped_negation, "It is not only old.")


def test_names_are_swapped_for_others_of_the_article() -> None:
    assert made(people.swapped_person) == {MATERIAL.sentence.replace("Berg", "Dahl")}
    assert made(people.swapped_place) == {MATERIAL.sentence.replace("Ohio", "Texas")}
    assert made(people.moved_title) == {"Prime Minister " + MATERIAL.sentence}
    assert not made(people.moved_title, "Prime Minister Dahl met Carl Dahl.")


def test_speakers_are_swapped_or_lost() -> None:
    assert made(people.swapped_speaker) == {MATERIAL.sentence.replace("Berg", "Dahl")}
    assert made(people.lost_speaker, "The road is open, police said on Monday.") == {"The road is open."}
    assert made(people.lost_speaker, "According to police, the road is open.") == {"The road is open."}
    assert not made(people.lost_speaker, "Mr. Berg said Sunday he left.")
    assert not made(people.lost_speaker, "Berg said he left.")  # "He left" would lose who he is
    swapped = made(people.swapped_crowd, "Officials said the road is open.")
    assert swapped and not any("olice said" in c for c in swapped)  # police may be officials


def test_true_changes_keep_what_is_said() -> None:
    rng = random.Random(1)
    assert without_connective("But the road is open.", rng) == "The road is open."
    assert without_connective("So far the road is open.", rng) is None
    moved = attribution_at_end("The mayor said on Monday that the northern road is open.", rng)
    assert moved == "The northern road is open, the mayor said on Monday."
    assert attribution_at_end("Berg said they want the northern road.", rng) is None
    sentence = "Anna Berg, a lawyer from the north, has opened the road that leads to the old harbour."
    claims = {c for n in range(20) if (c := shorter(sentence, random.Random(n)))}
    assert claims == {"Anna Berg has opened the road that leads to the old harbour."}
    listed = "He called the mayor a coward, a man without honour, a liar and somebody who hates the sea."
    assert [shorter(listed, random.Random(n)) for n in range(20)] == [None] * 20


def test_only_unseen_articles_are_planted_in(tmp_path: Path) -> None:
    first = "\n".join(
        (
            "Mayor Anna Berg said the road to the harbour is open.",
            "Mr. Berg did not say for how long the road and the harbour stay so.",
        )
    )
    seen = "The council met in the old town hall on Friday.\nThe mayor stayed at home the whole day."
    records = [{"text": first}, *({"text": seen} for _ in range(19))]
    put(tmp_path / "news" / "articles.jsonl.xz", [json.dumps(r) for r in records])
    found = list(materials(bench(tmp_path)))
    assert {m.sentence for m in found} == set(first.split("\n"))
    assert all(m.other != m.sentence and m.people == ("Anna Berg",) for m in found)


def test_planted_errors_are_counted_by_kind(tmp_path: Path) -> None:
    lines = [
        f"Mayor Anna Berg said on Monday that {n} boats were lost off the coast of Ohio."
        for n in range(20, 60)
    ]
    put(tmp_path / "news" / "articles.jsonl.xz", [json.dumps({"text": "\n".join(lines)})])
    (result,) = planted.measure(replace(bench(tmp_path), limit=4))
    figures = {f.name: f for f in result.figures}
    assert figures["number: caught"].n == 3 and figures["date: caught"].value == 100
    assert figures["true claims, verbatim: refused"].value == 0
    assert len(result.cases) == figures["all errors: caught"].n + figures["true claims: refused"].n


# Fusion


def test_the_writer_is_compared_with_copying_and_joining(tmp_path: Path) -> None:
    first, second = "The storm hit the coast.", "The storm closed the bridge."
    fused = "The storm hit the coast and closed the bridge."
    put(tmp_path / "fusion" / "wiki_split_validation.tsv.xz", [f"{fused}\t{first} <::::> {second}"])
    record = {"sentence_1": first, "sentence_2": second, "fused": "Rain fell."}
    put(tmp_path / "fusion" / "points_of_correspondence.jsonl.xz", [json.dumps(record)] * 5)
    given = bench(tmp_path, {("fuse", first): [fused]})
    results = fusion.measure(given)
    wiki = {f.name: f for f in results[0].figures}
    assert wiki["ROUGE-L F1, writer"].value == 100 and wiki["ROUGE-L F1, writer"].is_met
    assert wiki["SARI, writer"].value == 100
    assert wiki["references that are grounded"].value == 100
    assert results[2].figures[0].n == 2  # numbers 0 and 4 of the five
    assert results[3].figures == ()  # no grounded reference
    table = grounding.measure(given)[0].figures
    assert [f.value for f in table if f.target and f.target.relation == "="] == [0, 0, 0, 0]


def test_one_record_in_so_many_is_for_testing() -> None:
    assert [n for n in range(9) if is_test(n, 4)] == [0, 4, 8]


# SummaC


def test_the_threshold_comes_from_the_other_half() -> None:
    scored = [(0.1, False), (0.2, False), (0.6, True), (0.9, True)]
    assert summac.best_threshold(scored) == pytest.approx(0.4)
    assert summac.best_threshold([(0.5, True)]) == -math.inf
    # Of three consistent ones two are found, of two inconsistent ones one: (2/3 + 1/2) / 2.
    mixed = [(0.9, True), (0.8, True), (0.1, True), (0.7, False), (0.2, False)]
    assert summac.balanced_accuracy(mixed, 0.5) == pytest.approx((2 / 3 + 1 / 2) / 2)


def test_all_summaries_of_a_document_are_in_one_half() -> None:
    documents = [f"document {n}" for n in range(40)]
    assert {summac.half_of(d) for d in documents} == {0, 1}
    cases = [summac.Judged(d, "s", n % 2 == 0) for n, d in enumerate(documents)]
    assert summac.cross_validated(cases, [float(c.is_consistent) for c in cases]) == 1
    assert summac.cross_validated(cases, [0.5] * 40) == 0.5


def test_tokenised_text_is_read_like_any_other() -> None:
    assert summac.untokenised("it 's over , -lrb- he said -rrb- .") == "it's over, (he said)."
    assert summac.sentences("it is over . he left .\nshe stayed", SPLITTER) == [
        "it is over.",
        "he left.",
        "she stayed",
    ]


def test_a_summary_is_the_mean_of_its_sentences_best_support() -> None:
    asked: list[tuple[str, tuple[str, ...]]] = []

    def support(claims: list[str], given: list[tuple[str, ...]]) -> list[float]:
        asked.extend(zip(claims, given, strict=True))
        return [1.0 if any("harbour" in e for e in g) and "harbour" in c else 0.2
                for c, g in zip(claims, given, strict=True)]  # fmt: skip

    document = "The harbour burned. Rain fell on Friday. Nobody was hurt."
    scores = summac.consistency(
        [(document, "The harbour burned. The sun shone on Friday."), ("", "Rain.")], SPLITTER, support
    )
    assert scores == [pytest.approx(0.6), 0.0]
    assert ("The sun shone on Friday.", ("Rain fell on Friday.",)) in asked
    assert all(1 <= len(g) <= 2 for _, g in asked)


# Briefs


def test_clusters_are_taken_apart_at_their_passages() -> None:
    context = (
        "Passage 1:\nStorm NEWLINE_CHAR NEWLINE_CHAR It hit.\nPassage 2:\n\nPassage 3:\nIn Passage 9: no."
    )
    assert datasets.passages(context) == ["Storm \n \n It hit.", "In Passage 9: no."]


def test_citations_are_read_again_from_the_file(tmp_path: Path) -> None:
    source = article("The storm hit the coast. Ten boats sank.", path="a.txt")
    (tmp_path / "a.txt").write_text(source.text, encoding="utf-8")
    right = evidence("Ten boats sank.", source)
    told = claim("Ten boats sank.", cites=[right, replace(right, start=0)])
    finished = brief([source], {"Storm": [told, replace(told, method="fused")]})
    assert briefs.n_offset_errors(finished, tmp_path) == 2
    figures = {f.name: f for f in briefs.figures([briefs.Made("x", finished, 2)])}
    assert figures["claims that are fused"].value == 50
    assert figures["citations whose characters say something else"].n == 4
    assert figures["words not in the evidence"].value == 0


# Command


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Put two parts in the registry's place: one that measures, one that can't."""

    class Fake(parts.Part):
        def measure(self, bench: Bench) -> tuple[Result, ...]:
            if self.needs:
                require(self.name, self.needs)
            settings = bench.settings(self.name, "none", 7)
            return (Result("Fine", settings, (Figure("a", 1, 1),), ("read me\n",)),)

    monkeypatch.setitem(parts.PARTS, "planted", Fake("planted", ""))
    monkeypatch.setitem(parts.PARTS, "fusion", Fake("fusion", "", ("no_such_package",)))
    return lambda: None


def test_a_part_without_its_packages_is_named_and_the_others_are_measured(
    measured: Callable[[], None], tmp_path: Path
) -> None:
    stored, cases = tmp_path / "all.json", tmp_path / "cases.txt"
    options = ["--part", "fusion", "--part", "planted", "--json", str(stored), "--dump", str(cases)]
    run = CliRunner().invoke(
        cli, ["evaluate", "--data", str(tmp_path), "--seed", "3", "--format", "md", *options]
    )
    assert run.exit_code == 2
    assert "fusion: needs no_such_package; pip install 'summarize[evaluate]'" in run.stderr
    assert "`part:planted|data:none|seed:3|limit:7|version:" in run.stdout
    assert [r["title"] for r in json.loads(stored.read_text(encoding="utf-8"))["results"]] == ["Fine"]
    assert cases.read_text(encoding="utf-8") == "read me\n"


def test_a_missing_data_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SummarizeError, match=r"articles\.jsonl\.xz: no such file"):
        planted.measure(bench(tmp_path))


def test_a_sample_depends_on_the_seed_alone(tmp_path: Path) -> None:
    given = bench(tmp_path)
    assert (
        given.sample(range(50), 9)
        == given.sample(range(50), 9)
        != replace(given, seed=1).sample(range(50), 9)
    )
    assert given.sample(range(3), 9) == [0, 1, 2] == given.sample(range(3), None)


@pytest.mark.parametrize("part", parts.PARTS.values(), ids=str)
def test_every_part_names_a_module_that_measures(part: parts.Part) -> None:
    __import__(part.module)
    assert callable(sys.modules[part.module].measure)


def test_the_help_imports_no_heavy_library() -> None:
    script = (
        "import sys; from summarize.cli import main\n"
        "sys.argv = ['summarize', 'evaluate', '--help']\n"
        "try: main()\n"
        "except SystemExit as end: assert end.code == 0\n"
        "heavy = {'torch', 'transformers', 'nltk', 'numpy', 'sacrebleu', 'rouge_score'}\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & heavy))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.endswith("\n[]\n")
