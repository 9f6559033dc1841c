"""The drafter: which sets it looks at, what it sees of them, and that the plan tells what it drafts."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from summarize import resources
from summarize.analysis import Analysis
from summarize.config import load_config
from summarize.drafting import (
    FEATURES,
    MAX_ROOM,
    MOST,
    POOL,
    Drafter,
    Drafts,
    candidates,
    expanded,
    load_drafter,
    sets_of,
    talk_of,
)
from summarize.errors import ModelError
from summarize.evaluation.datasets import Cluster, Dataset
from summarize.planning import PlanOptions, plan, usable
from summarize.rating import Rated, rate
from summarize.retelling import never_same, retells
from summarize.training import drafter as training
from summarize.types import Fact
from tests.builders import article
from tests.scripted import HashedEmbedder, analysis, ranker

FIRE = "A fire destroyed the old timber mill of Lowhaven on Sunday."  # 11 words
VOTE = "Voters in Port Ellery elected a new council of nine members."
ROADS = "All roads north of Brackwater were closed by heavy snow again."
BRIDGE = "“We sold the bridge of Ellery for a song,” said Jane Moss."
N_WORDS = 11


def drafter(**weights: float) -> Drafter:
    """Build a drafter that weighs features by the first words of their names, and no products."""
    names = {name.replace(" ", "_"): n for n, name in enumerate(FEATURES)}
    n = len(FEATURES)
    values = np.zeros(n + n * (n + 1) // 2)
    for prefix, value in weights.items():
        values[next(i for name, i in names.items() if name.startswith(prefix))] = value
    return Drafter(np.ones(n), values, "scripted")


def story(*texts: str, **values: str) -> tuple[Analysis, tuple[Rated, ...]]:
    found = analysis(*(article(t, n, **values) for n, t in enumerate(texts, start=1)))
    rated = rate(found, ranker(), 67)
    return found, tuple(sorted(rated, key=lambda r: -r.salience))


def texts(rated: tuple[Rated, ...], drafts: Drafts, room: float) -> set[str]:
    places = drafts(rated, room, never_same)
    return {r.lead.text for r in rated if r.place in places}


def sets(room: float, *of: str, **values: str) -> dict[frozenset[str], dict[str, float]]:
    found, rated = story(*of, **values)
    made = sets_of(rated, talk_of(found, 0), found.profile_of, room, never_same)
    return {
        frozenset(rated[n].lead.text for n in np.flatnonzero(own)): dict(zip(FEATURES, row, strict=True))
        for own, row in zip(made.members, made.features.tolist(), strict=True)
    }


def test_a_set_fills_the_room_and_is_not_longer() -> None:
    found = sets(2 * N_WORDS, FIRE, VOTE, ROADS)
    assert set(found) == {frozenset(own) for own in ((FIRE, VOTE), (FIRE, ROADS), (VOTE, ROADS))}
    assert not sets(N_WORDS - 1, FIRE, VOTE)


def test_no_set_tells_a_thing_twice() -> None:
    again = FIRE.replace("old ", "")
    assert frozenset((FIRE, again)) not in sets(2 * N_WORDS, FIRE, again, VOTE)
    assert frozenset((FIRE, VOTE)) in sets(2 * N_WORDS, FIRE, again, VOTE)


def test_what_two_articles_state_alike_is_not_told_twice() -> None:
    _, rated = story(FIRE, ROADS)
    first, second = rated
    assert not retells(first, FIRE, second, ROADS, never_same)
    assert retells(first, FIRE, second, ROADS, lambda a, b: 0.36)  # both begin their articles
    late = replace(second, fact=replace(second.fact, sentences=(replace(second.lead, order=3),)))
    assert not retells(first, FIRE, late, ROADS, lambda a, b: 0.36)
    assert retells(first, FIRE, late, ROADS, lambda a, b: 0.45)
    assert not retells(first, FIRE, replace(late, story=1), ROADS, lambda a, b: 1.0)


def test_a_set_is_described_by_what_it_covers() -> None:
    found = sets(N_WORDS + 1, f"{FIRE} {VOTE} {BRIDGE}", ROADS, title="Mill of Lowhaven burns")
    fire, vote, quoted = (found[frozenset((t,))] for t in (FIRE, VOTE, BRIDGE))
    title = "title words covered"
    assert fire[title] - vote[title] == pytest.approx(2 / 3)  # mill and Lowhaven, not burns
    pairs = "pairs of the openings covered"
    assert fire[pairs] == pytest.approx(vote[pairs]) and fire[pairs] > quoted[pairs]  # the third sentence
    outside = "share of words outside quotations, mean"
    assert fire[outside] - quoted[outside] == pytest.approx(1 - 3 / 12)
    depth = "depth in the article, mean"
    assert vote[depth] - fire[depth] == pytest.approx(np.log(2))
    for name in FEATURES:
        assert sum(row[name] for row in found.values()) == pytest.approx(0.0, abs=1e-9)


def test_pairs_of_words_count_that_other_origins_use() -> None:
    found = sets(
        N_WORDS, FIRE, f"{VOTE} The old timber mill of Lowhaven was dear to many of them all.", ROADS
    )
    name = "share of other origins that use a pair of words, mean"
    assert found[frozenset((FIRE,))][name] > found[frozenset((ROADS,))][name]


def test_a_set_that_says_what_the_story_says_diverges_less() -> None:
    found = sets(N_WORDS, f"{FIRE} The mill burned all of Sunday.", f"{VOTE} The fire in Lowhaven was huge.")
    name = "divergence from the story's words"
    assert found[frozenset((FIRE,))][name] < found[frozenset((VOTE,))][name]


def test_the_best_text_is_drafted_whatever_is_the_best_sentence() -> None:
    found, rated = story(f"{FIRE} {VOTE} {ROADS}", title="Roads closed as council elected")
    assert rated[0].lead.text == FIRE
    assert texts(rated, Drafts(drafter(title_words=1.0), found), 2 * N_WORDS) == {VOTE, ROADS}
    assert texts(rated, Drafts(drafter(worth_of_its_words=1.0), found), 2 * N_WORDS) == {FIRE, VOTE}


def test_of_two_texts_the_one_that_says_less_twice_is_drafted() -> None:
    again = "On Sunday a fire hurt two of the owners of the mill, men of Fairby."
    found, rated = story(FIRE, again, ROADS)
    assert frozenset((FIRE, again)) in sets(26, FIRE, again, ROADS)
    never_mind = replace(drafter(depth=0.0), values=np.zeros_like(drafter().values))
    drafted = texts(rated, Drafts(never_mind, found), 26)
    assert ROADS in drafted and len(drafted) == 2


def fires(n: int, n_words: int) -> str:
    """Write sentences of so many words that have little in common."""
    return " ".join(" ".join(["Fire", *(f"w{i}x{k}" for k in range(n_words - 1))]) + "." for i in range(n))


def test_longer_texts_and_what_fills_no_room_are_not_drafted() -> None:
    found, rated = story(fires(6, MAX_ROOM // 5))
    drafts = Drafts(drafter(worth_of_its_words=1.0), found)
    assert len(drafts(rated, MAX_ROOM, never_same)) == MOST
    assert not drafts(rated, MAX_ROOM + 1, never_same)
    assert not drafts(rated[:2], MAX_ROOM, never_same)
    assert not drafts((), 50, never_same)


def test_only_the_most_salient_sentences_that_fit_are_looked_at() -> None:
    found, rated = story(fires(POOL + 3, 12))
    own = candidates(rated, 12)
    assert [r.lead.order for r in own] == list(range(POOL))
    assert not candidates(rated, 11)
    made = sets_of(own, talk_of(found, 0), found.profile_of, 60, never_same)
    assert set(made.members.sum(1).tolist()) == set(range(3, MOST + 1))


def test_a_fact_may_be_told_by_another_storys_article() -> None:
    reported = FIRE.replace(".", ", firemen from Brackwater reported.")
    found = analysis(article(f"{FIRE} {VOTE}"), article(reported, 2))
    fact = Fact((found.sentences[0], found.sentences[2]))
    found = replace(found, story_of={1: 0, 2: 1}, facts=(fact, Fact((found.sentences[1],))))
    kept, _ = usable(rate(found, ranker(), 67), found, PlanOptions(), withheld={(1, 0): "an opinion"})
    assert {r.lead.text for r in kept} == {reported, VOTE} and {r.story for r in kept} == {0}
    drafts = Drafts(drafter(divergence=-1.0), found)
    (topic,) = plan(kept, PlanOptions(words=30), drafts=drafts)
    assert {c.lead.text for c in topic.claims} == {reported, VOTE}


def test_a_draft_does_not_stand_before_the_longer_story() -> None:
    long, short = article(fires(20, 12)), article(f"{VOTE} {ROADS} {BRIDGE} {FIRE}", 2)
    found = replace(analysis(long, short), story_of={1: 0, 2: 1})
    rated = tuple(replace(r, story_weight=3.0 - 2.0 * r.story) for r in rate(found, ranker(), 200))
    topics = plan(rated, PlanOptions(words=160), drafts=Drafts(drafter(worth_of_its_words=1.0), found))
    claims = sorted((c for t in topics for c in t.claims), key=lambda c: c.rank)
    assert {c.rated.story for c in claims if c.is_drafted} == {1}
    assert claims[0].rated.story == 0


def test_the_plan_takes_a_draft_first_and_goes_on_as_ever() -> None:
    found, rated = story(f"{FIRE} {VOTE} {ROADS} {BRIDGE}", title="Roads closed as council elected")
    options = PlanOptions(words=2 * N_WORDS + 1)
    (topic,) = plan(rated, options, drafts=Drafts(drafter(title_words=1.0), found))
    by_rank = [c.lead.text for c in sorted(topic.claims, key=lambda c: c.rank)]
    assert set(by_rank[:2]) == {VOTE, ROADS} and by_rank[2] == FIRE
    assert {c.lead.text for c in topic.claims if c.is_drafted} == {VOTE, ROADS}
    (plain,) = plan(rated, options)
    assert min(plain.claims, key=lambda c: c.rank).lead.text == FIRE
    assert not any(c.is_drafted for c in plain.claims)


def test_products_are_added_without_their_mean() -> None:
    rows = expanded(np.array([[1.0, 2.0], [-1.0, 0.0]]))
    assert rows.tolist() == [[1.0, 2.0, 0.0, 1.0, 2.0], [-1.0, 0.0, 0.0, -1.0, -2.0]]


def test_the_shipped_weights_fit_this_version() -> None:
    shipped = load_drafter(resources.find_model("drafter").folder / "weights.json")
    assert np.isfinite(shipped.scores(np.zeros((2, len(FEATURES))))).all()
    assert (shipped.scale > 0).all()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "is no drafter of this version"),
        (json.dumps({"features": ["words"], "scale": [1], "values": [1]}), "its features are others"),
        (json.dumps({"features": FEATURES, "scale": [1], "values": [1]}), "1 values for 9 features"),
    ],
)
def test_a_damaged_file_is_named(content: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match=reason) as caught:
        load_drafter(path)
    assert str(path) in str(caught.value)


def test_what_is_trained_can_be_loaded_and_wants_what_people_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = f"{FIRE} {VOTE}\n\n{ROADS} {BRIDGE}"
    other = "\n\n".join(t.replace("Lowhaven", "Fairby") for t in (ROADS, FIRE, VOTE))
    clusters = [Cluster(str(n), (one, other), f"{FIRE} {VOTE}") for n in range(3)]
    clusters.append(Cluster("unread", ("?",), FIRE))
    monkeypatch.setattr(training, "ALLSIDES_WORDS", 2 * N_WORDS)
    monkeypatch.setattr(training, "load", lambda path: Dataset("roundups", 22, tuple(clusters)))
    monkeypatch.setattr(training, "load_embedder_of", lambda config: HashedEmbedder())
    training.train(training.DrafterRecipe(tmp_path, tmp_path / "out"))
    learned = load_drafter(tmp_path / "out" / "weights.json")
    own = training.examples(
        clusters[0],
        training.load_splitter(),
        HashedEmbedder(),
        training.load_ranker(resources.find_model("ranker").folder / "weights.json"),
        None,
        load_config(),
    )
    assert np.corrcoef(learned.scores(own.features), own.targets)[0, 1] > 0.5
    assert own.targets.max() > 50  # the two that were told, in points


def test_the_fit_finds_the_weights_that_made_the_data() -> None:
    rng = np.random.default_rng(5)
    wanted = np.array([3.0, 0.0, -2.0])
    found = []
    for _ in range(2_000):
        x = rng.normal(size=(30, 3)) * [1, 5, 1]
        x -= x.mean(0)
        y = x @ wanted + (x[:, 0] * x[:, 1] - (x[:, 0] * x[:, 1]).mean())
        found.append(training.Examples(x, y))
    fitted = training.fit(found)
    built = Drafter(np.array(fitted["scale"]), np.array(fitted["values"]), "")
    assert built.scores(found[0].features) == pytest.approx(found[0].targets, rel=0.3, abs=0.5)
    assert fitted["scale"] == pytest.approx([1, 5, 1], rel=0.1)
