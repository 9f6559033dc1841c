import json
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from summarize.config import Config
from summarize.evaluation.bench import Bench
from summarize.evaluation.events import Document, b_cubed, document_sets, find_unrelated, portraits_of, scores
from summarize.evaluation.remembering import RememberingEmbedder
from summarize.evaluation.steadiness import (
    QuotingWriter,
    Steadiness,
    VerbatimChecker,
    agreement,
    cohesions,
    steadiness,
    topic_figures,
    topic_of,
)
from summarize.loading import Models
from summarize.resources import verify
from summarize.segmentation import load_tokenizer
from tests.builders import article, brief, claim, evidence
from tests.scripted import HashedEmbedder, ranker
from tests.test_evaluation import put

LONG = "The council of Brackwater met on Tuesday and spoke of the ferry. " * 20


def models() -> Models:
    splitter = load_tokenizer(verify("punkt") / "parameters.json")
    return Models(
        splitter, RememberingEmbedder(HashedEmbedder()), QuotingWriter(), VerbatimChecker(), ranker()
    )


def news(title: str, day: str, *, topic: str = "towns", text: str | None = None) -> dict[str, str]:
    body = text or " ".join(f"{title} word{n}" for n in range(200))
    return {"title": title, "date": day, "topic": topic, "text": body}


def drawn(*records: dict[str, str], n: int = 9) -> list[str]:
    event = Document(4, "Mill burns down", LONG, date(2018, 5, 1))
    return sorted(d.title for d in find_unrelated(iter(records), [event], [event], n, random.Random(1)))


# Scores


def test_b_cubed_is_that_of_the_formula() -> None:
    # Documents a a b: all in one group. Precision (2/3 + 2/3 + 1/3) / 3, recall 1.
    assert b_cubed((0, 0, 1), (7, 7, 7)) == (pytest.approx(5 / 9), 1)
    assert b_cubed((0, 0, 1), (1, 2, 3)) == (1, pytest.approx((0.5 + 0.5 + 1) / 3))


def test_a_perfect_grouping_scores_100_whatever_the_numbers() -> None:
    assert list(scores((0, 0, 1, 2), (5, 5, 3, 9)).values()) == pytest.approx([100] * 5)
    assert scores((0, 0, 1, 1), (0, 1, 0, 1))["ARI"] == pytest.approx(-50)


# Documents


def test_an_unrelated_article_is_far_in_time_from_every_event() -> None:
    near, far = news("Ferry sails", "2018-05-11"), news("Heron nests", "2018-05-12")
    assert drawn(near, far) == ["Heron nests"]


def test_a_title_or_text_of_an_event_is_not_unrelated() -> None:
    assert drawn(news("mill burns down ", "2016-01-01")) == []
    assert drawn(news("Council meets", "2016-01-01", text=LONG + "More words here. " * 9)) == []


def test_two_unrelated_articles_may_not_report_the_same() -> None:
    first = news("Storm closes northern roads", "2016-01-01")
    assert len(drawn(first, news("Heron nests", "2016-01-09"))) == 1
    assert len(drawn(first, news("Northern roads open", "2016-01-09", topic="weather"))) == 1
    assert len(drawn(first, news("Heron nests", "2016-01-09", topic="birds"))) == 2
    assert len(drawn(first, news("Heron nests", "2016-02-09"))) == 2


def test_articles_without_a_date_or_too_short_are_left_out_and_no_more_drawn_than_wanted() -> None:
    assert drawn(news("Heron nests", "soon"), news("Ferry sails", "2016-01-01", text="It sailed.")) == []
    many = [news(f"Title{n} number{n}", f"20{12 + n}-01-01") for n in range(6)]
    assert len(drawn(*many, n=4)) == 4


@pytest.fixture
def bench(tmp_path: Path) -> Callable[..., Bench]:
    def make() -> Bench:
        events = [
            {
                "docs": [
                    {
                        "title": "Fire destroys the mill of Lowhaven",
                        "full_text": f"Report {k} of {n}. " + LONG,
                        "date": "2018-05-01",
                    }
                    for k in range(2)
                ]
            }
            for n in range(6)
        ]
        put(tmp_path / "events" / "allsides_events_train.jsonl.xz", [json.dumps(e) for e in events])
        articles = [news(f"Title{n} number{n}", f"20{12 + n}-01-01") for n in range(8)]
        put(tmp_path / "news" / "articles.jsonl.xz", [json.dumps(a) for a in articles])
        return Bench(tmp_path, Config(), models)

    return make


def test_the_sets_are_all_events_the_odd_ones_and_these_mixed(bench: Callable[..., Bench]) -> None:
    documents, (everything, held_out, mixed) = document_sets(bench())
    assert len(documents) == 12 + 6
    assert everything.events == (0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5)
    assert held_out.events == (1, 1, 3, 3, 5, 5)
    assert mixed.events == (1, 1, 3, 3, 5, 5, -1, -2, -3, -4, -5, -6)


def test_each_document_is_read_as_an_article_with_its_title(bench: Callable[..., Bench]) -> None:
    surroundings = bench()
    documents, _ = document_sets(surroundings)
    found = portraits_of(surroundings, documents[:2])
    assert [p.stems["mill"] for p in found] == [3, 3]


# Topics


def test_a_sentence_has_the_topic_that_cites_it() -> None:
    one, two = article("It burned. It rained.", 1), article("All burned.", 2)
    first = claim("It burned.", one, two, cites=[evidence("It burned.", one), evidence("All burned.", two)])
    second = claim("It rained.", one, cites=[evidence("It rained.", one)])
    told = brief([one, two], {"Fire": [first], "Rain": [second]})
    assert topic_of(told) == {("a.txt", 0): 0, ("b.txt", 0): 0, ("a.txt", 11): 1}


def test_agreement_counts_sentences_that_both_briefs_cite() -> None:
    one = {("a", n): n // 2 for n in range(6)}
    assert agreement(one, {p: 9 - k for p, k in one.items()}) == 1
    assert agreement(one, {("a", n): n % 2 for n in range(4)}) == pytest.approx(-0.5)
    assert agreement(one, {("a", n): 0 for n in range(3)}) is None


def test_cohesion_is_the_mean_cosine_of_the_pairs() -> None:
    same, single = cohesions([["It burned.", "It burned."], ["It rained."]], HashedEmbedder())
    assert same == pytest.approx(1, abs=1e-4)
    assert single is None


def test_what_is_undefined_is_not_averaged() -> None:
    one = Steadiness(2, 0.5, None, 0.4, (1.0, 0.5), ())
    other = Steadiness(4, 0.7, 0.1, 0.6, (0.0,), (1.0,))
    values = {f.name.split(": ")[1]: (round(f.value, 6), f.n) for f in topic_figures([one, other])}
    assert values["number"] == (3, 2)
    assert values["ARI without one article"] == (50, 3)
    assert values["ARI beside a foreign article"] == (100, 1)
    assert values["cohesion of the largest less that of the others"] == (10, 1)
    assert values["share of the largest"] == (60, 2)


def test_a_folder_is_written_again_without_each_article(tmp_path: Path) -> None:
    texts = [
        "A fire destroyed the timber mill of Lowhaven on Sunday. Forty workers of the mill lost their jobs.",
        "The timber mill of Lowhaven burned to the ground on Sunday. Owner Marta Quill blamed old wiring.",
        "Firefighters fought the flames at Lowhaven for nine hours. Rain helped them in the night.",
    ]
    texts = [f"Fire at the mill of Lowhaven\n\n{text}" for text in texts]
    found = steadiness(texts, f"Council meets\n\n{LONG}", models(), Bench(tmp_path, Config(), models))
    assert found is not None
    assert found.n_topics >= 1
    assert 0 < found.largest <= 1
    assert all(-1 <= v <= 1 for v in (*found.without, *found.beside))
    assert len(found.without) <= 3 and len(found.beside) == 1
