"""The checker's model: how surely does the evidence support a claim.

A cross-encoder reads the claim and its evidence together and gives one number; it is trained by
``summarize train checker``. It sees what rules can't, a clause that was hung on the wrong noun, and is
blind to what rules see: it never overrules one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from summarize.checking import RuleChecker, is_verbatim, with_surnames, without_presentations
from summarize.checking.rewordings import is_undoable
from summarize.cross_encoder import probabilities
from summarize.device import pick_device, pick_dtype
from summarize.log import quiet
from summarize.types import Verdict

MAX_TOKENS = 192  # of claim and evidence together
SEPARATOR = " [SEP] "  # between evidence sentences

Pair = tuple[str, tuple[str, ...]]  # a claim and its evidence


class SupportModel:
    """Scores claims against evidence."""

    def __init__(self, model: Any, tokenizer: Any) -> None:
        self._model = model.eval()
        self._tokenizer = tokenizer

    def support(self, pairs: list[Pair]) -> np.ndarray:
        """Return the probability that each claim is supported, float32, shape (n_pairs,).

        Evidence beyond the limit is cut.
        """
        claims = [" ".join(claim.split()) for claim, _ in pairs]
        evidence = [SEPARATOR.join(" ".join(e.split()) for e in sentences) for _, sentences in pairs]
        return probabilities(self._model, self._tokenizer, claims, evidence, MAX_TOKENS)


class TrainedChecker:
    """The ``Checker`` in use: the rules, then the model.

    A claim that breaks a rule is refused whatever the model says; one that breaks none is supported as
    surely as the model says, unless it is a sentence that was plainly reworded: then nothing is left to ask.
    """

    def __init__(self, model: SupportModel, fingerprint: str) -> None:
        self._rules = RuleChecker()
        self._model = model
        self.signature = f"{self._rules.signature}+model@{fingerprint[:12]}"

    def check(self, claim: str, evidence: tuple[str, ...]) -> Verdict:
        """Return the broken rules, or how probable the evidence makes the claim."""
        verdict = self._rules.check(claim, evidence)
        forms = dict.fromkeys((claim, without_presentations(claim, evidence)))
        pairs = [with_surnames(form, evidence) for form in forms]
        if not verdict.ok or any(is_verbatim(*pair) or is_undoable(*pair) for pair in pairs):
            return verdict
        return Verdict(max(float(support) for support in self._model.support(pairs)))


def load_support(folder: Path, device: str = "auto", dtype: str = "auto") -> SupportModel:
    """Load the model from its folder."""
    place = pick_device(device)
    with quiet():
        model = AutoModelForSequenceClassification.from_pretrained(folder, dtype=pick_dtype(dtype, place))
        return SupportModel(model.to(place), AutoTokenizer.from_pretrained(folder))
