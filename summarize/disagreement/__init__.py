"""Where sources disagree: figures about the same thing that differ, denials, and competing versions."""

from __future__ import annotations

from summarize.disagreement.comparing import Comparison, compare
from summarize.disagreement.figures import Figure, Statement, figures
from summarize.disagreement.finding import Corpus, corpus_of, with_disagreements
from summarize.disagreement.speech import Denial, Version, denial, versions

__all__ = [
    "Comparison",
    "Corpus",
    "Denial",
    "Figure",
    "Statement",
    "Version",
    "compare",
    "corpus_of",
    "denial",
    "figures",
    "versions",
    "with_disagreements",
]
