"""SARI: how well a system adds, keeps and deletes words, against source and reference.

Xu, Napoles, Pavlick, Chen & Callison-Burch (2016), "Optimizing Statistical Machine Translation for Text
Simplification", section 4, with one reference, so that #g is an indicator and n-grams form sets.
The paper leaves 0/0 open. Here it is 1 if neither system nor reference has anything to add, keep or
delete, so that an exact match gets 100; who does nothing where the reference does something gets 0.
Knows nothing of models.
"""

from __future__ import annotations

import re

MAX_ORDER = 4  # k in the paper
_TOKEN = re.compile(r"\w+|[^\w\s]")

NGrams = frozenset[tuple[str, ...]]


def sari(source: str, output: str, reference: str) -> float:
    """Return the SARI of one output, 0 to 100: the mean of F_add, F_keep and P_del.

    Precision and recall of each operation are averaged over the orders 1 to 4 before F is taken.

    :param source: the evidence, its sentences joined.
    """
    added, kept, deleted = [], [], []
    for n in range(1, MAX_ORDER + 1):
        i, o, r = (ngrams(text, n) for text in (source, output, reference))
        added.append(_precision_recall(o - i, r - i))
        kept.append(_precision_recall(i & o, i & r))
        deleted.append(_precision_recall(i - o, i - r))
    p_deleted = sum(p for p, _ in deleted) / MAX_ORDER
    return 100 * (_f(added) + _f(kept) + p_deleted) / 3


def ngrams(text: str, n: int) -> NGrams:
    """Return the n-grams of a text's casefolded words and marks."""
    tokens = _TOKEN.findall(text.casefold())
    return frozenset(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))


def _precision_recall(system: NGrams, reference: NGrams) -> tuple[float, float]:
    if not system or not reference:
        right = float(system == reference)
        return right, right
    hits = len(system & reference)
    return hits / len(system), hits / len(reference)


def _f(by_order: list[tuple[float, float]]) -> float:
    precision, recall = (sum(values) / MAX_ORDER for values in zip(*by_order, strict=True))
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
