"""The part that measures folders of many stories."""

from __future__ import annotations

import json
from pathlib import Path

from summarize import resources
from summarize.checking import RuleChecker
from summarize.config import load_config
from summarize.evaluation import desk
from summarize.evaluation.bench import Bench
from summarize.evaluation.datasets import Cluster
from summarize.loading import Models
from summarize.segmentation import load_tokenizer
from tests.builders import article, brief, claim
from tests.scripted import HashedEmbedder, ScriptedWriter, ranker

SPLITTER = load_tokenizer(resources.models_dir() / "punkt" / "parameters.json")
PLACES = """Lowhaven Brackwater Ellery Tarn Norhaven Midport Ashby Dunmore Corrin Velden Harlow Stenby Ostia
Pelham Quarn Ruston""".split()


def clusters(n: int = desk.EVENTS + desk.SINGLE) -> list[Cluster]:
    """Build events that share no word but the commonest."""
    made = []
    for place in PLACES[:n]:
        own = place.lower()
        told = f"The {place} river drowned nine {own}lings at the {own}bridge of {own}town on Monday."
        others = (
            f"Farmers of {place} asked the {own}council for {own}crowns to save the {own}fields.",
            f"Rain over the {own}hills of {place} had swollen {own}streams and {own}lakes in April.",
            f"Soldiers carried {own}folk of {place} out of {own}homes in {own}boats at night.",
        )
        articles = tuple(f"{place} river drowns {own}lings\n\n{more} {told}" for more in others)
        made.append(Cluster(place, articles, told))
    return made


def test_each_cluster_is_used_once_and_single_articles_have_no_roundup() -> None:
    drawn = desk.desks_of(clusters() * 2, 12, seed=1)
    assert len(drawn) == 2
    for one in drawn:
        assert sorted(one.event_of) == sorted([*list(range(desk.EVENTS)) * 3, *range(desk.EVENTS, 16)])
        assert len(one.roundups) == desk.EVENTS
        assert len(one.folder.articles) == len(one.event_of)
    assert desk.desks_of(clusters(5), 12, seed=1) == ()
    assert drawn == desk.desks_of(clusters() * 2, 12, seed=1) != desk.desks_of(clusters() * 2, 12, seed=2)


def test_claims_are_compared_with_the_roundup_of_the_event_that_they_cite() -> None:
    files = ["Ten boats sank.", "Ten boats sank off Tarn.", "Hill won the vote.", "It rained in Ostia."]
    sources = [article(text, n, path=f"{n:03}.txt") for n, text in enumerate(files, start=1)]
    one = desk.Desk(
        Cluster("desk 1", tuple(files), ""), (0, 0, 1, 8), ("Ten boats sank.", "Hill won.", *"cdefgh")
    )
    sunk, rain = claim("Ten boats sank.", sources[0]), claim("It rained in Ostia.", sources[3])
    made = brief(sources, {"Tarn": [sunk], "Ostia": [rain]})
    assert desk.told_of(one, made) == {0: ["Ten boats sank."], 8: ["It rained in Ostia."]}
    found = {f.name: f.value for f in desk.figures([one], [made])}
    assert found["events of three outlets that are told"] == 100 / 8
    assert found["R-1 of an event"] == 100 / 8  # the one that is told is told word for word
    assert found["words on an event that is told, mean"] == 3
    assert found["words on single articles"] == 100 * 4 / 7
    assert found["topics that cite two events"] == 0
    assert desk.figures([one], [None])[0].value == 0


def test_a_folder_of_many_events_is_written_and_measured(tmp_path: Path) -> None:
    path = tmp_path / "roundups.jsonl"
    records = [
        {
            "id": c.name,
            "roundup": c.reference,
            "docs": [
                {"title": a.split("\n")[0], "lead": a.split("\n")[2], "full_text": None} for a in c.articles
            ],
        }
        for c in clusters()
    ]
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    models = Models(SPLITTER, HashedEmbedder(), ScriptedWriter({}), RuleChecker(), ranker())
    (result,) = desk.measure(Bench(Path("nowhere"), load_config(), lambda: models, datasets=(path,)))
    found = {f.name: f for f in result.figures}
    assert found["events of three outlets that are told"].n == desk.EVENTS
    # Four of the single articles tell of rain in the same words, and pass for a story of their own.
    assert found["events of three outlets that are told"].value >= 100 * (desk.EVENTS - 1) / desk.EVENTS
    assert found["R-1 of an event"].value > 30
    assert dict(result.settings)["words"] == str(desk.WORDS)
