"""The measure of origins and its benchmark: what is planted is what is said, and counts are right."""

from __future__ import annotations

import json
import random
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks import origins as benchmark
from summarize.config import Config
from summarize.evaluation import copies, origin_peers
from summarize.evaluation import origins as evaluation
from summarize.evaluation.bench import Bench
from summarize.evaluation.copies import CHANGES, Text
from summarize.reading.shingles import words_of
from summarize.resources import verify
from summarize.segmentation import load_tokenizer
from tests.test_evaluation import put
from tests.test_origins import OTHER, WIRE, report, text

ONE = Text("Ferry sails again", tuple(enumerate(WIRE)))
TWO = Text("Mill burns down", tuple(enumerate(OTHER)))


def sentences(changed: Text) -> list[str]:
    return [s for _, s in changed.lines]


# Copies


def test_an_article_is_put_together_as_it_was_split() -> None:
    tokenizer = load_tokenizer(verify("punkt") / "parameters.json")
    split = copies.text_of(" A title ", "It rained. It stopped.\n\nAll went home.", tokenizer)
    assert split.lines == ((0, "It rained."), (0, "It stopped."), (1, "All went home."))
    assert split.whole == "A title\n\nIt rained. It stopped.\n\nAll went home.\n"


@pytest.mark.parametrize("seed", range(5))
def test_a_cut_leaves_two_to_nine_tenths_in_their_order(seed: int) -> None:
    rng = random.Random(seed)
    for cut in (copies.cut_at_end, copies.cut_at_random):
        kept = sentences(cut(ONE, TWO, rng))
        assert 8 <= len(kept) <= 18
        assert kept == sorted(kept, key=WIRE.index)
    assert sentences(copies.cut_at_end(ONE, TWO, rng)) == WIRE[: len(kept)] or len(kept) < 20


def test_every_change_does_what_it_is_called() -> None:
    rng = random.Random(1)
    assert copies.retitle(ONE, TWO, rng) == Text(TWO.title, ONE.lines)
    led = sentences(copies.replace_lead(ONE, TWO, rng))
    assert led[0] == OTHER[0] and led[2:] == WIRE[2:]
    rewritten = sentences(copies.rewrite_lead(ONE, TWO, rng))
    assert rewritten[0] != WIRE[0] and rewritten[2:] == WIRE[2:]
    reordered = sentences(copies.reorder(ONE, TWO, rng))
    assert reordered != WIRE and sorted(reordered) == sorted(WIRE)
    framed = sentences(copies.furnish(ONE, TWO, rng))
    assert len(framed) > len(WIRE) and [s for s in framed if s in WIRE] == WIRE
    touched = " ".join(sentences(copies.retouch(ONE, TWO, rng))).split()
    before = " ".join(WIRE).split()
    assert 0 < sum(a != b for a, b in zip(before, touched, strict=True)) <= len(before) / 15


def test_a_round_up_holds_its_items_with_their_titles() -> None:
    item = copies.item_of(ONE)
    assert sentences(item) == WIRE[:4]  # of 18 words each, the first sixty
    made = copies.round_up([item, copies.item_of(TWO)]).whole
    assert all(s in made for s in (*WIRE[:4], *OTHER[:4], ONE.title, TWO.title))


# The measure


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    news = [
        {
            "id": str(n),
            "title": f"Title {n}",
            "text": text(*report(1000 + n)),
            "source": "Post",
            "date": f"2018-{1 + n % 12:02}-01",
        }
        for n in range(24)
    ]
    put(tmp_path / evaluation.ARTICLES, [json.dumps(r) for r in news])
    for name in evaluation.REPORTS:
        events = [{"id": f"event {n}", "docs": [_document(n, k) for k in range(2)]} for n in range(8)]
        put(tmp_path / name, [json.dumps(e) for e in events])
    models = SimpleNamespace(splitter=load_tokenizer(verify("punkt") / "parameters.json"))
    return Bench(tmp_path, Config(), lambda: models, limit=4)  # type: ignore[arg-type, return-value]


def _document(event: int, k: int) -> dict[str, str]:
    sentences = report(2000 + 2 * event + k * (event != 3))  # the reports of event 3 are one
    return {
        "title": f"Report {k}",
        "source": f"outlet {k}",
        "url": f"{event}/{k}",
        "full_text": text(*sentences),
        "date": "2018-01-01",
    }


def test_the_measure_finds_all_that_was_planted_and_counts_a_real_copy_apart(bench: Bench) -> None:
    (result,) = evaluation.measure(bench)
    figures = {f.name: f for f in result.figures}
    assert figures["copies: recall"].n == 4 * (len(CHANGES) + 1)
    assert figures["copies: precision"].value == figures["one folder of all texts: recall"].value == 100
    assert figures["copies, cut at random: joined"].value == 100
    held_out = [n for n in range(8) if evaluation.is_held_out(f"event {n}")]
    apart = figures["reports of one event that share 45 % or more of their words: joined"]
    assert apart.n == (3 in held_out) and apart.value == 100 * apart.n
    assert figures["no copies, reports of one event: joined"].n == len(held_out) - apart.n


def test_the_halves_share_no_article_and_no_event(bench: Bench) -> None:
    pairs = [
        {p.names for p in evaluation.reports(bench, held_out=held_out) if p.kind == evaluation.EVENT}
        for held_out in (False, True)
    ]
    assert len(pairs[0] | pairs[1]) == 8 and not pairs[0] & pairs[1]
    titles = [{p.names for p in evaluation.copies_of(bench, held_out=h)} for h in (False, True)]
    assert titles[0] and titles[1] and not titles[0] & titles[1]


def test_shared_words_are_those_in_blocks_of_four() -> None:
    assert evaluation.shared_words("a b c d e f g h", "x a b c d y e f g") == 4 / 8


def test_scores_are_those_of_the_formula() -> None:
    pairs = [evaluation.Pair("", "", "", is_copy) for is_copy in (True, True, True, False)]
    precision, recall = evaluation._scores("x", pairs, [True, True, False, True], (None, None))
    assert (precision.value, precision.n) == (pytest.approx(200 / 3), 3)
    assert (recall.value, recall.n) == (pytest.approx(200 / 3), 3)


def test_peers_join_what_is_equal_and_not_what_is_cut() -> None:
    bodies = [text(*WIRE), text(*OTHER), text(*WIRE), text(*WIRE[:6])]
    assert origin_peers.first_match(bodies) == [0, 1, 0, 0]
    assert origin_peers.lsh_groups(bodies) == [0, 1, 0, 3]
    assert origin_peers.minhash(bodies[0]).jaccard(origin_peers.minhash(bodies[2])) == 1


# The benchmark


def test_texts_are_read_from_their_file_as_they_were_made(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "texts"
    benchmark.make(str(bench.data), str(path), "60", "3")
    made = list(benchmark.made(bench.data / benchmark.ARTICLES, 60, random.Random(3)))
    stored = benchmark.Stored(path)
    assert list(stored) == [whole for whole, _ in made]
    assert len(benchmark.Stored(path, 7)) == 7
    families = json.loads(path.with_suffix(".families").read_text())
    assert families == [n if family is None else family for n, (_, family) in enumerate(made)]
    assert 5 < sum(family is not None for _, family in made) < 30
    assert all(len(set(words_of(stored[n])) & set(words_of(stored[f]))) > 9 for n, f in enumerate(families))


def test_a_run_counts_the_pairs_that_it_found_and_what_it_took(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "texts"
    benchmark.make(str(bench.data), str(path), "40", "3")
    run = benchmark.measured("ours", path, 40)
    assert run.right <= min(run.joined, run.planted)
    assert run.planted > 0 and run.processor_s > 0 and run.megabytes > 10
    shown = benchmark.to_table(benchmark.result([run], 3))
    assert f"| ours, 40 articles | {run.seconds:.2f} |" in shown
