"""The checker's model behind the rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from transformers import BertForSequenceClassification

from summarize.checking.entailment import SupportModel, TrainedChecker, load_support
from tests.tiny_encoders import save_tiny

EVIDENCE = ("A storm closed the bridge of the harbour on Sunday, and it hurt trade.",)
SHORTER = "A storm closed the bridge of the harbour on Sunday."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny model in the form that the shipped one has."""
    path = tmp_path_factory.mktemp("checker")
    return save_tiny(path, BertForSequenceClassification, num_hidden_layers=1, num_labels=1)


def test_scores_are_probabilities_and_do_not_hang_on_the_batch(folder: Path) -> None:
    model = load_support(folder, "cpu", "float32")
    pairs = [(SHORTER, EVIDENCE), ("It hurt trade.", EVIDENCE), (SHORTER, EVIDENCE * 9)] * 15
    together = model.support(pairs)
    assert together.shape == (45,) and ((together > 0) & (together < 1)).all()
    alone = model.support(pairs[1:2])
    assert alone[0] == pytest.approx(together[1], abs=1e-5)
    assert model.support([]).shape == (0,)


def test_a_claim_that_breaks_a_rule_is_refused_whatever_the_model_says(folder: Path) -> None:
    checker = TrainedChecker(load_support(folder, "cpu", "float32"), "0" * 64)
    assert not checker.check(SHORTER.replace("Sunday", "Monday"), EVIDENCE).ok
    fair = checker.check(SHORTER, EVIDENCE)
    assert fair.ok and 0 < fair.support < 1
    assert checker.check(EVIDENCE[0], EVIDENCE).support == 1.0
    assert checker.signature.endswith("000000000000")


def test_a_model_that_is_never_asked_about_verbatim_sentences() -> None:
    class Silent(SupportModel):
        def __init__(self) -> None:
            pass

        def support(self, pairs: list) -> None:  # type: ignore[override]
            raise AssertionError("asked")

    assert TrainedChecker(Silent(), "f").check(EVIDENCE[0], EVIDENCE).ok
    # A name in front of a main clause is not presented by it, and is verbatim as it stands.
    told = "For Trump, the Montana Senate race is personal."
    assert TrainedChecker(Silent(), "f").check(told, (told,)).support == 1.0
    # Who is presented as another sentence does needs no model either.
    said, intro = "“It was odd,” Conant said.", "Alex Conant, a former adviser of the mayor, met Bo Hill."
    both = "“It was odd,” Alex Conant, a former adviser of the mayor, said."
    assert TrainedChecker(Silent(), "f").check(both, (said, intro)).ok
