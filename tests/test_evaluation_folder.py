"""The evaluation without references: formulas against values worked out by hand, and the command."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from summarize import loading, resources
from summarize.checking import RuleChecker
from summarize.cli import cli
from summarize.composing import Choice, Composed, as_claim
from summarize.config import load_config
from summarize.evaluation import citations, coverage, folder, readability, redundancy, selftest
from summarize.evaluation.bench import Bench
from summarize.evaluation.material import Material
from summarize.evaluation.remembering import RememberingEmbedder
from summarize.evaluation.report import Figure, Target, to_table
from summarize.evaluation.report import Result as Measured
from summarize.loading import Models
from summarize.segmentation import load_tokenizer
from summarize.types import Brief
from tests.builders import article, brief, claim, evidence, fact, sentence
from tests.scripted import HashedEmbedder, ScriptedWriter, planned, ranker

SPLITTER = load_tokenizer(resources.models_dir() / "punkt" / "parameters.json")
MODELS = Models(SPLITTER, HashedEmbedder(), ScriptedWriter({}), RuleChecker(), ranker())
STORM = """Storm closes the harbour of Ohio

Mayor Anna Berg said on Monday that 300 boats were lost in the harbour.
The storm hit the coast of Ohio with winds of 140 miles an hour.
The council approved a plan for the bridge in March 2014, officials said.
"""
REPORT = """Boats lost in the storm

Anna Berg said that 300 boats were lost in the harbour on Monday.
Carl Dahl said that the bridge in the north of the town was closed for two days.
The council of the town will not rebuild the old bridge in the north, Carl Dahl said on Friday.
"""


def bench(data: Path = Path(), **values: object) -> Bench:
    return Bench(data, load_config(), lambda: MODELS, **values)  # type: ignore[arg-type]


def named(figures: tuple[Figure, ...]) -> dict[str, Figure]:
    return {f.name: f for f in figures}


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder of two articles on one storm."""
    own = tmp_path / "articles"
    own.mkdir()
    (own / "one.txt").write_text(STORM, encoding="utf-8")
    (own / "two.txt").write_text(REPORT, encoding="utf-8")
    return own


# Citations


def supports(claim: str, passages: tuple[str, ...]) -> bool:
    """A claim "ab" is supported by passages that hold both letters."""
    return set(claim) <= set("".join(passages))


def judged(text: str, *passages: str, same: bool = False) -> citations.Judged:
    sources = [article(p, n) for n, p in enumerate(passages, start=1)]
    return citations.judge(claim(text, *sources), supports, lambda claim, passage: same)


def test_a_citation_is_irrelevant_if_it_alone_does_not_support_and_the_others_do() -> None:
    assert judged("ab", "ab", "a").relevant == (True, False)
    assert judged("ab", "a", "b").relevant == (True, True)  # each is needed
    assert judged("ab", "ab", "abc").relevant == (True, True)  # each would do alone
    assert judged("ab", "a", "a b", "b").relevant == (False, True, False)
    assert judged("ab", "ab").relevant == (True,)


def test_no_citation_of_an_unsupported_claim_counts() -> None:
    found = judged("abc", "ab", "a", same=True)
    assert not found.is_supported and found.relevant == (False, False) and found.telling == (False, False)


def test_a_passage_that_is_cited_twice_is_one_citation() -> None:
    assert judged("ab", "a  b", "a b").passages == ("a b",)


def test_recall_and_precision_as_worked_out_by_hand() -> None:
    # Claims 3 of 4; citations 1 of 2, 2 of 2, 0 of 1 and 2 of 2.
    cases = [judged("ab", "ab", "a"), judged("ab", "a", "b"), judged("ab", "c"), judged("ab", "ab", "abc")]
    figures = named(citations.figures(cases))
    assert figures["citation recall"].value == 75 and figures["citation recall"].n == 4
    assert figures["citation precision"].value == pytest.approx(100 * 5 / 7)
    assert figures["citation precision, claims with several citations"].value == pytest.approx(100 * 5 / 6)
    assert figures["citation precision, same fact counted"].value == pytest.approx(100 * 5 / 7)
    assert figures["citations of a claim, mean"].value == 7 / 4
    corroborated = named(citations.figures([judged("ab", "ab", "a", same=True), *cases[1:]]))
    assert corroborated["citation precision, same fact counted"].value == pytest.approx(100 * 6 / 7)
    assert len(citations.cases(cases)) == 2


def test_the_checker_judges_as_it_would_before_printing() -> None:
    strict = citations.checker_supports(RuleChecker(), 0.5)
    assert strict("Ten boats sank.", ("Ten boats sank.", "It rained."))
    assert not strict("Twelve boats sank.", ("Ten boats sank.",))


def test_words_alone_judge_too() -> None:
    told = "The storm sank ten boats."
    # Three of the four content words; none; one that no other passage holds.
    assert citations.near(told, ("A storm sank boats.", "It rained.", "There were ten.")) == (
        True,
        False,
        True,
    )
    figures = named(citations.figures([judged("The ten boats sank in Ohio.", "The ten boats sank.")]))
    assert figures["by words: numbers that stand in what is cited"].value == 100
    assert figures["by words: names that stand in what is cited"].value == 0


def test_two_sentences_state_the_same_fact_as_deduplication_has_it() -> None:
    same = citations.same_fact(MODELS, load_config())
    assert same("The storm sank ten boats in the harbour.", "The storm sank ten boats in the old harbour.")
    assert not same("The storm sank ten boats in the harbour.", "The storm sank 90 boats in the harbour.")


def test_a_source_is_not_cited_for_what_the_wording_has_cut() -> None:
    plan = planned(
        "The teams will march under the flag, which features a blue peninsula on a white background.",
        "The flag features a blue peninsula and islands.",
        "The teams will march under one flag.",
    )
    whole = as_claim(
        Composed(plan, Choice(plan.lead.text, "quoted", 1.0)), {1: 1, 2: 2, 3: 3}, MODELS.checker, 0.75
    )
    assert whole.sources == (1, 2, 3) and whole.cited == (1,) and whole.origins == 1
    cut = as_claim(
        Composed(plan, Choice("The teams will march under the flag.", "fused", 1.0)),
        {1: 1, 2: 2, 3: 3},
        MODELS.checker,
        0.75,
    )
    assert cut.sources == (1, 3) and cut.origins == 2
    lent = as_claim(
        Composed(plan, Choice("The teams will march, with islands.", "fused", 1.0)),
        {1: 1, 2: 2, 3: 3},
        MODELS.checker,
        0.75,
    )
    assert lent.sources == (1, 2, 3)


# Coverage


def test_the_facts_of_several_origins_are_counted_by_hand() -> None:
    texts = (
        "The storm sank ten boats. The road is closed.",
        "A storm sank ten boats. It rained.",
        "Ten boats sank.",
    )
    one, two, copy = (article(t, n, origin=min(n, 2)) for n, t in enumerate(texts, start=1))
    sunk = fact(sentence("The storm sank ten boats.", one), sentence("A storm sank ten boats.", two))
    closed = fact(sentence("The road is closed.", one), sentence("It rained.", two))
    copied = fact(sentence("A storm sank ten boats.", two), sentence("Ten boats sank.", copy))
    told = claim("The storm sank boats.", cites=[evidence("The storm sank ten boats.", one)], origins=2)
    made = brief([one, two, copy], {"Storm": [told]})
    figures = named(coverage.figures(made, [sunk, closed, copied]))
    assert coverage.n_origins(copied, {1: 1, 2: 2, 3: 2}) == 1
    shared = figures["facts of several origins that are told"]
    assert (shared.value, shared.n) == (50, 2)
    assert figures["facts of 3 or more origins that are told"].n == 0
    assert figures["claims of several origins"].value == 100
    assert figures["sources that are cited"].value == pytest.approx(100 / 3)
    assert figures["words of the articles for each word of it"].value == (9 + 7 + 3) / 4


def test_a_sentence_that_only_lends_a_name_is_not_told() -> None:
    source = article("Mayor Anna Berg opened the new town hall on Friday. Berg closed the road.")
    opened, closed = (sentence(t, source) for t in source.text.replace(". ", ".|").split("|"))
    told = claim(
        "Mayor Anna Berg closed the road.", cites=[evidence(s.text, source) for s in (opened, closed)]
    )
    assert coverage.tells(told, fact(closed))
    assert not coverage.tells(told, fact(opened))


def test_the_facts_are_those_of_the_pipeline(articles: Path) -> None:
    results = folder.written(bench(), articles)
    assert len(coverage.facts_of(results.sources, MODELS, load_config())) == results.stats.facts


# Redundancy


def test_pairs_that_say_the_same_are_counted() -> None:
    claims = ["The storm sank ten boats.", "Ten boats sank.", "Rain fell on Friday."]
    assert redundancy.n_alike_by_words(claims) == 1
    vectors = np.array([[1, 0], [0.8, 0.6], [0, 1]], dtype=np.float32)
    assert redundancy.n_alike_by_vectors(vectors) == 1


def test_repeated_runs_are_counted_by_hand() -> None:
    assert redundancy.trigrams("The storm hit the northern coast.") == [
        ("storm", "hit", "northern"),
        ("hit", "northern", "coast"),
    ]
    claims = ["The storm hit the northern coast.", "Storm hit northern towns."]
    figures = named(redundancy.figures(claims, np.eye(2, dtype=np.float32)))
    assert figures["runs of three content words that are repeated"].value == 25  # of four one
    assert (
        named(redundancy.figures([], np.zeros((0, 2))))["claim pairs that share half of their words"].n == 0
    )


# Readability


@pytest.mark.parametrize(
    ("word", "n"),
    [("cat", 1), ("the", 1), ("made", 1), ("table", 2), ("houses", 2), ("wanted", 2), ("jumped", 1),
     ("area", 3), ("Syrian", 3), ("situation", 4), ("region", 2), ("refugee", 3), ("well-known", 2),
     ("it’s", 1), ("rhythm", 1)],
)  # fmt: skip
def test_syllables_are_counted(word: str, n: int) -> None:
    assert readability.n_syllables(word) == n


def test_reading_ease_is_what_flesch_s_formula_gives_by_hand() -> None:
    # Six words and six syllables; then eight words and ten syllables in two sentences.
    assert readability.reading_ease(["The cat sat on the mat."]) == pytest.approx(206.835 - 6.09 - 84.6)
    both = ["The cat sat.", "The table stood in the kitchen."]
    assert readability.reading_ease(both) == pytest.approx(206.835 - 1.015 * 4.5 - 84.6 * 11 / 9)
    assert readability.reading_ease([]) == 0


def test_sentences_that_hang_on_another_are_found() -> None:
    assert readability.hangs("He denied it.") and readability.hangs("But the road is open.")
    assert not readability.hangs("The road is open.")


def test_people_who_are_introduced_twice_are_counted() -> None:
    told = ["Mayor Anna Berg closed the road.", "Anna Berg said it was late."]
    assert readability.n_introduced(told, told) == (2, 1)
    assert readability.n_introduced([told[0], "Berg said it was late."], told) == (1, 0)


def test_the_readability_of_a_brief_is_counted_by_hand() -> None:
    long = "The road " + "and the road " * 13 + "is closed."
    figures = named(readability.figures([long, "It rained."], []))
    assert figures["words of a sentence, mean"].value == (43 + 2) / 2
    assert figures["sentences over 40 words"].value == 50
    assert figures["sentences that hang on another one"].value == 50


# Self-test


MATERIAL = Material(
    "Berg said on Monday that 300 boats were lost in Ohio.",
    "Prime Minister Carl Dahl met two officials on Friday in Texas.",
    ("Anna Berg", "Carl Dahl"),
    ("Ohio", "Texas"),
    ("Berg said on Monday that 300 boats were lost in Ohio, in a storm.", "The storm sank 300 boats."),
)


def test_errors_are_planted_in_claims_first_and_judged_against_what_the_claims_cite() -> None:
    plain = Material("The storm sank 90 boats off Texas on Sunday.", "It rained.", (), ("Ohio", "Texas"))
    trials = selftest.plant([MATERIAL], [plain], 3, random.Random(1))
    numbers = [t for t in trials if t.planted.kind == "number"]
    assert [t.origin for t in numbers] == ["claim", "sentence"]
    assert numbers[0].planted.evidence == MATERIAL.cited
    assert numbers[1].planted.evidence == (plain.sentence, plain.other)
    assert all(t.planted.claim not in t.planted.evidence for t in trials)
    assert len({(t.planted.kind, t.planted.how) for t in trials if t.origin == "claim"}) == sum(
        t.origin == "claim" for t in trials
    )
    assert {t.planted.kind for t in trials} >= {"number", "name", "date", "speaker"}


def test_what_the_checker_refuses_is_counted_by_kind_and_origin() -> None:
    trials = selftest.plant([MATERIAL], [], 3, random.Random(1))
    trials += selftest.truths([MATERIAL], [], 5, random.Random(1))
    caught = {t.planted for t in trials if t.planted.kind in ("number", "true, verbatim")}
    figures = named(selftest.figures(trials, caught))
    assert figures["number: caught"].is_met and figures["name: caught"].value == 0
    assert (
        figures["claims as printed: refused"].value == 100
        and not figures["claims as printed: refused"].is_met
    )
    assert figures["negation: caught"].n == figures["negation, in claims: caught"].n


def test_a_brief_lends_its_claims_and_its_articles_sentences(articles: Path) -> None:
    made = folder.written(bench(), articles)
    claims, sentences = selftest.materials_of(made, SPLITTER, random.Random(1))
    assert {m.sentence for m in claims} <= {c.text for t in made.topics for c in t.claims}
    assert all(m.evidence == m.cited and m.other not in m.cited for m in claims)
    assert all(m.evidence == (m.sentence, m.other) for m in sentences)
    assert len(sentences) == 6


def test_the_checker_catches_what_is_planted_in_a_brief(articles: Path) -> None:
    given = bench()
    trials = selftest.trials_of(given, folder.written(given, articles), 5)
    result = selftest.result(given, "Self-test", "articles", trials)
    figures = named(result.figures)
    assert figures["number: caught"].n >= 2 and figures["number: caught"].value == 100
    assert figures["claims as printed: refused"].n >= 2 and figures["claims as printed: refused"].value == 0
    assert len(result.cases) == len(trials)


# Folder


class Counting(HashedEmbedder):
    """Counts the texts that it embeds."""

    n = 0

    def embed(self, texts: list[str]) -> np.ndarray:
        self.n += len(texts)
        return super().embed(texts)


def test_no_text_is_embedded_twice() -> None:
    counting = Counting()
    remembering = RememberingEmbedder(counting)
    first = remembering.embed(["a b", "c", "a b"])
    assert counting.n == 2 and first.shape[0] == 3
    assert (remembering.embed(["c"]) == first[1:2]).all() and counting.n == 2
    assert remembering.embed([]).shape[0] == 0


def test_a_reference_among_the_articles_is_not_read(articles: Path) -> None:
    (articles / "reference.md").write_text(
        "300 boats were lost in the storm, the mayor said.", encoding="utf-8"
    )
    made = folder.written(bench(), articles)
    assert [a.path for a in made.sources] == ["one.txt", "two.txt"]


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["evaluate", *(str(a) for a in arguments)])


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "load_models", lambda config: MODELS)


@pytest.mark.usefixtures("tiny")
def test_a_folder_is_measured_from_the_command_line(articles: Path, tmp_path: Path) -> None:
    run = call(articles, "--words", "60", "--dump", tmp_path / "dump.txt", "--json", tmp_path / "all.json")
    assert run.exit_code == 0, run.output
    lines = run.stdout.split("\n")
    assert lines[0] == "Folder: articles" and lines[1].startswith("part:folder|data:articles|seed:20|")
    assert any(line.startswith("Self-test: articles") for line in lines)
    assert "words:60" in run.stdout and run.stderr == ""
    stored = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))["results"]
    figures = {f["name"]: f["value"] for r in stored for f in r["figures"]}
    assert figures["articles"] == 2 and figures["citation recall"] == 100
    assert figures["words not in the evidence"] == 0
    assert "claim: " in (tmp_path / "dump.txt").read_text(encoding="utf-8")


@pytest.mark.usefixtures("tiny")
def test_a_folder_with_a_reference_is_compared_with_it(articles: Path) -> None:
    (articles / "reference.md").write_text("300 boats were lost, Anna Berg said.", encoding="utf-8")
    run = call(articles, "--format", "json")
    assert run.exit_code == 0, run.output
    titles = [r["title"] for r in json.loads(run.stdout)["results"]]
    assert titles == ["Folder: articles", "Self-test: articles", "References: articles"]


@pytest.mark.usefixtures("tiny")
def test_a_dataset_is_measured_with_and_without_references(tmp_path: Path) -> None:
    record = {"context": f"Passage 1:\n{STORM}Passage 2:\n{REPORT}", "answers": ["300 boats were lost."]}
    path = tmp_path / "clusters.jsonl"
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    run = call("--dataset", path, "--words", "50", "--format", "md")
    assert run.exit_code == 0, run.output
    assert "## References: clusters.jsonl" in run.stdout and "## Citations: clusters.jsonl" in run.stdout
    assert run.stdout.count("|words:50|") == 2
    assert "## References" not in call("--dataset", path, "--part", "citations", "--format", "md").stdout


def test_with_nothing_given_the_usage_says_what_to_give(tmp_path: Path) -> None:
    run = call()
    assert run.exit_code == 2 and "give a FOLDER of articles, --dataset FILE, or --data DATA" in run.stderr
    run = call(tmp_path, "--part", "planted")
    assert run.exit_code == 2 and "--part planted measures --data or --dataset" in run.stderr


@pytest.mark.usefixtures("tiny")
def test_a_folder_without_articles_is_named_and_the_next_is_measured(articles: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    run = call(empty, articles)
    assert run.exit_code == 2 and f"{empty}: no readable article" in run.stderr
    assert run.stdout.startswith("Folder: articles")


def test_a_table_is_aligned_and_its_signature_breaks_between_settings() -> None:
    settings = (("part", "a" * 60), ("data", "b" * 60))
    figures = (Figure("caught", 96.25, 1200, "%", Target("≥", 95.0)), Figure("none", 0.0, 0, "%"))
    assert to_table(Measured("Errors", settings, figures)).split("\n") == [
        "Errors",
        f"part:{'a' * 60}|",
        f"data:{'b' * 60}",
        "",
        "FIGURE   VALUE      N    TARGET  MET",
        "caught  96.2 %  1,200  ≥ 95.0 %  yes",
        "none         –      0",
        "",
    ]


def test_the_same_folder_gives_the_same_figures_whatever_the_files_are_called(articles: Path) -> None:
    first: Brief = folder.written(bench(), articles)
    (articles / "one.txt").rename(articles / "zzz.txt")
    second = folder.written(bench(), articles)
    told = [[c.text for t in b.topics for c in t.claims] for b in (first, second)]
    assert told[0] == told[1]
    assert folder.figures(first, MODELS, bench()) == folder.figures(second, MODELS, bench())
