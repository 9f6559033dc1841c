"""Errors that are planted to teach the checker: each makes the sentence say something else."""

import random

import pytest

from summarize.training import corruptions
from summarize.training.claims import is_trained_document, nearest
from summarize.training.corruptions import KINDS, corrupted

CLAIM = (
    "President Ann López said on Monday that 34 soldiers of Turkey were not killed by Russia in May 2019, "
    "because the army may have fled before the attack."
)
OTHERS = [
    "General Ben Lowe said that 12 soldiers were wounded near Harwick, where the attack began.",
    "The council of Port Ellery, which had paid for the army, closed the northern bridge.",
]


@pytest.mark.parametrize("kind", [k for k in KINDS if k not in ("subjects", "clause")])
def test_each_kind_changes_the_claim(kind: str) -> None:
    made = {KINDS[kind][0](CLAIM, OTHERS, random.Random(seed)) for seed in range(20)} - {None}
    assert made and CLAIM not in made


def test_subjects_merge_and_clauses_are_hung_on_another_sentence() -> None:
    merged = corruptions.merge_subjects(
        "Turkey closed the bridge.", ["Syria has lost the war."], random.Random(1)
    )
    assert merged == "Turkey has lost the war."
    hung = corruptions.hang("Turkey closed the bridge.", OTHERS, random.Random(1))
    assert hung == "Turkey closed the bridge, which had paid for the army." or (
        hung == "Turkey closed the bridge, where the attack began."
    )


def test_a_splice_joins_two_sentences_at_a_word_that_they_share() -> None:
    found = corruptions.splice(
        "The men who robbed the bank fled.", ["Police guard the bank of Lowhaven now."], random.Random(1)
    )
    assert found == "The men who robbed the bank of Lowhaven now."


def test_a_sentence_without_anything_to_change_is_left_alone() -> None:
    assert corrupted("It rains.", [], random.Random(1)) is None


def test_all_kinds_are_drawn() -> None:
    drawn = {made[1] for seed in range(300) if (made := corrupted(CLAIM, OTHERS, random.Random(seed)))}
    assert len(drawn) >= 10


def test_the_evidence_of_a_claim_keeps_its_order() -> None:
    sentences = ["The bridge fell.", "It rained for days.", "Nobody was on the bridge when it fell."]
    assert nearest("The bridge fell when nobody was on it.", sentences, 2) == (sentences[0], sentences[2])


def test_documents_are_split_once_and_for_all() -> None:
    chosen = [is_trained_document(f"document {n}") for n in range(300)]
    assert 60 < sum(chosen) < 140 and chosen == [is_trained_document(f"document {n}") for n in range(300)]
