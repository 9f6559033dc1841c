"""What other methods say of two articles, to be measured beside the reader's own.

An inverted index of word 5-grams in which the first article with enough of them wins, and MinHash (Broder
1997) by ``datasketch``, which estimates Jaccard's index of the same 5-grams.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from datasketch import MinHash, MinHashLSH

SHINGLE = 5  # words
MIN_CONTAINMENT = 0.8
MIN_SHINGLES = 8  # fewer are a phrase; such texts must be equal
MAX_SHARING = 50  # articles; a shingle of more of them is passed over
N_PERMUTATIONS = 128
JACCARD = 0.5  # the threshold that is usual
_WORD = re.compile(r"\w+")


def shingles_of(text: str) -> set[tuple[str, ...]]:
    """Return the different word 5-grams of a text."""
    words = _WORD.findall(text.casefold())
    return {tuple(words[k : k + SHINGLE]) for k in range(len(words) - SHINGLE + 1)}


def first_match(bodies: Sequence[str]) -> list[int]:
    """Return for each body the first one of which it has, or which has of it, four fifths of the 5-grams."""
    index: dict[int, list[int]] = {}
    sizes: dict[int, int] = {}
    exact: dict[tuple[str, ...], int] = {}
    result: list[int] = []
    for i, body in enumerate(bodies):
        words = tuple(_WORD.findall(body.casefold()))
        copied = exact.get(words)
        if copied is None:
            shingles = {hash(words[k : k + SHINGLE]) for k in range(len(words) - SHINGLE + 1)}
            copied = exact[words] = _found(shingles, index, sizes, i)
            if copied == i:
                sizes[i] = len(shingles)
                for shingle in shingles:
                    index.setdefault(shingle, []).append(i)
        result.append(copied)
    return result


def _found(shingles: set[int], index: dict[int, list[int]], sizes: dict[int, int], own: int) -> int:
    shared: Counter[int] = Counter()
    size = len(shingles)
    for shingle in shingles:
        postings = index.get(shingle, [])
        if len(postings) > MAX_SHARING:
            size -= 1
        else:
            shared.update(postings)
    for other, n_shared in sorted(shared.items()):
        smaller = min(size, sizes[other])
        if smaller >= MIN_SHINGLES and n_shared >= MIN_CONTAINMENT * smaller:
            return other
    return own


def minhash(text: str) -> MinHash:
    """Return the MinHash of a text's word 5-grams."""
    made = MinHash(num_perm=N_PERMUTATIONS, seed=1)
    made.update_batch([" ".join(s).encode("utf-8", "surrogatepass") for s in shingles_of(text)])
    return made


def lsh_groups(bodies: Sequence[str], threshold: float = JACCARD) -> list[int]:
    """Return for each body the first one that locality-sensitive hashing finds in its bucket."""
    lsh = MinHashLSH(threshold=threshold, num_perm=N_PERMUTATIONS)
    result: list[int] = []
    for i, body in enumerate(bodies):
        made = minhash(body)
        found = lsh.query(made)
        result.append(result[min(found)] if found else i)
        lsh.insert(i, made)
    return result
