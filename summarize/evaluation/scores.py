"""Score texts against references by ROUGE, and say how far chance could move the scores.

ROUGE is Lin (2004) as the package rouge-score computes it; intervals and significance are the bootstrap of
Koehn (2004), "Statistical Significance Tests for Machine Translation Evaluation". All scores are 0 to 100.
The module knows nothing of how a text was made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.metadata import version
from types import SimpleNamespace
from typing import Any

import numpy as np

MEASURES: dict[str, str] = {"R-1": "rouge1", "R-2": "rouge2", "R-L": "rougeL", "R-Lsum": "rougeLsum"}
N_RESAMPLES = 10_000
SEED = 20
COVERED = 95.0  # % of the resamples lie within an interval


def rouge(
    references: Sequence[str], outputs: Sequence[str], measures: Sequence[str] = tuple(MEASURES)
) -> dict[str, np.ndarray]:
    """Return the F1 of each output by each measure, words stemmed.

    :param references: one per output; a line is a sentence, which matters to R-Lsum alone.
    :param measures: keys of ``MEASURES``.
    :return: by measure, float64, shape (n_outputs,), 0 to 100; 0 for an empty output.
    """
    scorer = _scorer(tuple(MEASURES[m] for m in measures))
    rows = [scorer.score(r, o) for r, o in zip(references, outputs, strict=True)]
    return {m: np.array([100.0 * row[MEASURES[m]].fmeasure for row in rows]) for m in measures}


def signature() -> str:
    """Return what the scores depend on, for a result's settings."""
    return f"rouge-score-{version('rouge-score')}+F1+stem+lines:punkt"


def bootstrap_signature() -> str:
    """Return what intervals and significance depend on, for a result's settings."""
    return f"{N_RESAMPLES}+seed:{SEED}"


def interval(values: np.ndarray, *, n_resamples: int = N_RESAMPLES, seed: int = SEED) -> tuple[float, float]:
    """Return the bootstrap interval of a mean, by percentiles, ``COVERED`` per cent wide.

    :param values: one score per case, shape (n,).
    :raises ValueError: if there are none.
    """
    outside = (100.0 - COVERED) / 2
    low, high = np.percentile(resampled_means(values, n_resamples, seed), [outside, 100.0 - outside])
    return float(low), float(high)


def paired_p(a: np.ndarray, b: np.ndarray, *, n_resamples: int = N_RESAMPLES, seed: int = SEED) -> float:
    """Return the share of resamples in which system ``a`` is not better than system ``b``.

    Koehn (2004), section 4: both are scored on the same resampled cases. Below 0.01, ``a`` is better
    with 99 % confidence. No resample at all counts as 0, which means less than 1 / ``n_resamples``.

    :param a: one score per case, shape (n,).
    :param b: the other system's scores on the same cases, in the same order.
    :raises ValueError: if there are no scores, or not as many of both.
    """
    if a.shape != b.shape:
        raise ValueError(f"scores of {a.shape} and {b.shape} cases can't be paired")
    return float(np.mean(resampled_means(a - b, n_resamples, seed) <= 0.0))


def resampled_means(values: np.ndarray, n_resamples: int = N_RESAMPLES, seed: int = SEED) -> np.ndarray:
    """Return the mean of each resample: as many cases, drawn with replacement.

    :return: float64, shape (n_resamples,).
    :raises ValueError: if there are no values.
    """
    n = len(values)
    if n == 0:
        raise ValueError("there is no score to resample")
    # How often each case is drawn, shape (n_resamples, n).
    n_drawn = np.random.default_rng(seed).multinomial(n, np.full(n, 1.0 / n), size=n_resamples)
    return np.asarray(n_drawn @ values / n, dtype=np.float64)


def means(scores: Mapping[str, np.ndarray]) -> dict[str, float]:
    """Return the mean of each measure."""
    return {name: float(values.mean()) for name, values in scores.items()}


def stems(text: str) -> list[str]:
    """Return the words that ROUGE counts: lower-cased, without marks, stemmed."""
    return list(_tokenizer().tokenize(text))


@lru_cache(maxsize=4)
def _scorer(types: tuple[str, ...]) -> Any:
    from rouge_score.rouge_scorer import RougeScorer

    return RougeScorer(list(types), tokenizer=_tokenizer())


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    """Return the package's own tokenizer and stemmer; a text that comes again is not stemmed again."""
    from nltk.stem.porter import PorterStemmer
    from rouge_score import tokenize

    stemmer = SimpleNamespace(stem=lru_cache(maxsize=100_000)(PorterStemmer().stem))
    return SimpleNamespace(tokenize=lru_cache(maxsize=1_000)(lambda text: tokenize.tokenize(text, stemmer)))
