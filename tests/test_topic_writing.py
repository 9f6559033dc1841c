from summarize.planning import PlannedTopic
from summarize.resources import models_dir
from summarize.segmentation import load_tokenizer
from summarize.topic_writing import attribute, compose_topics
from tests.scripted import ScriptedWriter, TrustingChecker, planned

PUNKT = load_tokenizer(models_dir() / "punkt" / "parameters.json")
FIRE = "Fire destroyed the timber mill of Lowhaven on Sunday night."
VOTE = "Voters in Port Ellery elected a council of nine members."
ROADS = "Roads north of Brackwater were closed by heavy snow."


def written(text: str, checker: TrustingChecker | None = None) -> dict[str, str]:
    """Write one topic and return the printed texts with their methods."""
    claims = (planned(FIRE, rank=0), planned(VOTE, rank=1), planned(ROADS, rank=2))
    writer = ScriptedWriter({(None, FIRE): [text]})
    composed = compose_topics([PlannedTopic(claims, 100)], writer, checker or TrustingChecker(), PUNKT, 0.75)
    return {c.choice.text: c.choice.method for c in composed if c.choice}


def test_each_written_sentence_finds_its_evidence_and_the_rest_is_quoted() -> None:
    text = "Fire destroyed the mill of Lowhaven. Voters in Port Ellery elected a council."
    assert written(text) == {
        "Fire destroyed the mill of Lowhaven.": "fused",
        "Voters in Port Ellery elected a council.": "fused",
        ROADS: "quoted",
    }


def test_a_sentence_about_nothing_in_the_evidence_is_not_printed() -> None:
    assert written("Peace talks began in distant Geneva yesterday.") == dict.fromkeys(
        (FIRE, VOTE, ROADS), "quoted"
    )


def test_a_refused_sentence_is_replaced_by_its_evidence() -> None:
    bad = "Fire destroyed the mill of Brackwater."
    assert written(bad, TrustingChecker(bad))[FIRE] == "quoted"


def test_one_sentence_may_draw_on_several_claims() -> None:
    claims = (planned(FIRE, rank=0), planned(ROADS, rank=1))
    both = "Fire destroyed the timber mill of Lowhaven and roads were closed by snow."
    assert [p.rank for p in attribute(both, claims)] == [0, 1]
