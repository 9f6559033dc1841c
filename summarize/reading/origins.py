"""Find copies: articles → for each the first article that it is a copy of.

Broder (1997), "On the resemblance and containment of documents": two articles are copies if the
smaller one's word 5-grams are nearly all in the larger. An index of the grams of the first copies
makes it linear in the words. Knows nothing of publishers beyond their names.
"""

from __future__ import annotations

import re
from collections import Counter

SHINGLE = 5  # words
MIN_CONTAINMENT = 0.8
MIN_CONTAINMENT_OF_ONE_AGENCY = 0.6  # editors cut and retouch an agency's report, and sign it with its name
MIN_SHINGLES = 8  # fewer are a phrase, not an article; such texts must be equal
MAX_SHARING = 50  # articles; a phrase in more of them is nobody's
_WORD = re.compile(r"\w+")


def origins(bodies: list[str], publishers: list[str | None]) -> list[int]:
    """Return for each body the index of the first body that it copies, its own if it copies none.

    :param publishers: the agency or outlet of each, if known.
    """
    index: dict[int, list[int]] = {}
    sizes: dict[int, int] = {}
    exact: dict[tuple[str, ...], int] = {}
    result: list[int] = []
    for i, body in enumerate(bodies):
        words = tuple(_WORD.findall(body.casefold()))
        copied = exact.get(words)
        if copied is None:
            shingles = {hash(words[k : k + SHINGLE]) for k in range(len(words) - SHINGLE + 1)}
            copied = _find(shingles, index, sizes, publishers, i)
            exact[words] = i if copied is None else copied
            if copied is None:
                _add(shingles, index, sizes, i)
        result.append(i if copied is None else copied)
    return result


def _find(
    shingles: set[int],
    index: dict[int, list[int]],
    sizes: dict[int, int],
    publishers: list[str | None],
    i: int,
) -> int | None:
    shared: Counter[int] = Counter()
    n_common = 0
    for shingle in shingles:
        postings = index.get(shingle)
        if postings is None:
            continue
        if len(postings) > MAX_SHARING:
            n_common += 1
        else:
            shared.update(postings)
    size = len(shingles) - n_common
    for other, n_shared in sorted(shared.items()):
        smaller = min(size, sizes[other])
        same = publishers[i] is not None and publishers[i] == publishers[other]
        needed = MIN_CONTAINMENT_OF_ONE_AGENCY if same else MIN_CONTAINMENT
        if smaller >= MIN_SHINGLES and n_shared >= needed * smaller:
            return other
    return None


def _add(shingles: set[int], index: dict[int, list[int]], sizes: dict[int, int], i: int) -> None:
    sizes[i] = len(shingles)
    for shingle in shingles:
        index.setdefault(shingle, []).append(i)
