import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from summarize import resources
from summarize.errors import ModelError
from summarize.ranking import FEATURES, FOLDS, Ranker, Weights, features, load_ranker
from tests.builders import article
from tests.scripted import analysis

FIRE = "A fire destroyed the timber mill of Lowhaven on Sunday."
COPY = "A fire destroyed the timber mill of Lowhaven on Monday."
VOTE = "Voters in Port Ellery elected a council of nine members."
DEAD = "Three men died in the fire."


def described(*texts: str, origins: tuple[int, ...] = ()) -> list[dict[str, float]]:
    numbers = origins or tuple(range(1, len(texts) + 1))
    articles = [article(t, n, origin=o) for n, (t, o) in enumerate(zip(texts, numbers, strict=True), start=1)]
    found = analysis(*articles)
    rows = features(found.sentences, found.profiles, found.vectors, found.articles, found.story_of)
    return [dict(zip(FEATURES, row, strict=True)) for row in rows.tolist()]


def test_a_sentence_is_described_by_its_place() -> None:
    first, second, third = described(f"{FIRE} {VOTE} {DEAD}")
    assert [s["first in its article"] for s in (first, second, third)] == [1, 1 / 2, 1 / 3]
    assert third["depth in its article"] == pytest.approx(math.log(3))
    assert (first["first sentence"], second["first sentence"], second["second sentence"]) == (1, 0, 1)


def test_words_are_shared_with_the_other_origins_alone() -> None:
    apart = described(VOTE, VOTE, FIRE)[0]
    copied = described(VOTE, VOTE, FIRE, origins=(1, 1, 2))[0]
    assert apart["share of other origins that use a word, mean"] == 0.5  # one of two
    assert copied["share of other origins that use a word, mean"] == 0.0  # a copy is no other origin


def test_what_another_article_says_too_is_like_it() -> None:
    fire, vote, _ = described(f"{FIRE} {VOTE}", COPY)
    assert fire["likeness to other articles"] > 0.8 > vote["likeness to other articles"]


def test_lives_lost_and_who_speaks_are_told_apart() -> None:
    dead, narrator, quoted = described(DEAD, "Moss told us of the fire.", "“It was hell,” said Moss.")
    assert (dead["lives lost"], narrator["lives lost"]) == (1, 0)
    assert (dead["narrator"], narrator["narrator"]) == (0, 1)
    assert quoted["begins with a quotation"] == 1
    assert quoted["share of words outside quotations"] == 2 / 5


def test_the_order_of_articles_changes_nothing() -> None:
    one, two = described(FIRE, COPY)
    assert described(COPY, FIRE) == [two, one]


def test_a_lone_article_and_no_article_are_described_too() -> None:
    (alone,) = described(FIRE)
    assert alone["likeness to other articles"] == 0 and alone["share of the story that its article is"] == 1
    assert described() == []


def ranker() -> Ranker:
    """Build a ranker for which short briefs want the first sentence, long ones lives lost."""
    short, long = np.zeros(len(FEATURES)), np.zeros(len(FEATURES))
    short[FEATURES.index("first sentence")], long[FEATURES.index("lives lost")] = 1.0, 1.0
    folds = tuple(Weights(400, float(n), tuple(long)) for n in range(FOLDS))
    return Ranker(Weights(100, 0.0, tuple(short)), Weights(400, 0.0, tuple(long)), folds, "test")


@pytest.mark.parametrize(
    ("n_words", "first", "dead"), [(50, 1, 0), (100, 1, 0), (200, 0.5, 0.5), (400, 0, 1), (9000, 0, 1)]
)
def test_the_length_of_the_brief_decides_which_weights_count(n_words: int, first: float, dead: float) -> None:
    rows = np.zeros((2, len(FEATURES)))
    rows[0, FEATURES.index("first sentence")] = rows[1, FEATURES.index("lives lost")] = 1.0
    assert ranker().scores(rows, n_words) == pytest.approx([first, dead])


def test_a_cluster_that_was_learned_from_is_ranked_by_the_fold_without_it() -> None:
    assert [ranker().without(n).long.bias for n in (0, 3, 7)] == [0.0, 3.0, 2.0]
    assert ranker().without(7).short == ranker().short


def test_the_shipped_weights_fit_the_features() -> None:
    shipped = load_ranker(resources.find_model("ranker").folder / "weights.json")
    assert (shipped.short.words, shipped.long.words, len(shipped.folds)) == (67, 264, FOLDS)
    assert shipped.signature == replace(shipped).signature != ""


@pytest.mark.parametrize("change", ["features", "values", "no JSON"])
def test_weights_for_other_features_are_refused_by_name(change: str, tmp_path: Path) -> None:
    stored = json.loads((resources.find_model("ranker").folder / "weights.json").read_text())
    if change == "features":
        stored["features"][0] = "colour"
    else:
        stored["long"]["values"].pop()
    path = tmp_path / "weights.json"
    path.write_text("{" if change == "no JSON" else json.dumps(stored))
    with pytest.raises(ModelError, match=r"weights\.json: is no ranker of this version"):
        load_ranker(path)
