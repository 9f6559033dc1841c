"""Compare the words of texts: fingerprints that find which may share much, and what two really share.

A shingle is a run of five words (Broder 1997), known by a hash. Of each text's, winnowing (Schleimer,
Wilkerson & Aiken 2003) keeps the least of every window as fingerprints, two of nine; of whatever two texts
share in a run of twelve words they share a fingerprint. That is a guarantee, where MinHash gives a
probability, and it holds for a short text inside a long one, which hardly resemble each other as sets.
Fingerprints only propose; a proposed pair is compared word by word. Knows nothing of publishers or origins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint32]
Mask = NDArray[np.bool_]

SHINGLE = 5  # words
WINDOW = 8  # shingles; a shared run of SHINGLE + WINDOW - 1 words has a common fingerprint
MIN_SHARE = 0.15  # of the shorter text's fingerprints, from which a pair is worth comparing
MAX_ALL = 24  # texts that hold a fingerprint; each pair of them is counted, of more only some
N_HUBS, N_NEAR = 4, 3  # of more: each text with the longest of them, and with the next longer ones
N_BATCHES = 8  # so that the pairs need an eighth of the memory at a time
MAX_GAP = 12  # words
START = 0.1  # of what is shared; less may be a phrase

_WORD = re.compile(r"[぀-ヿ㐀-䶿一-鿿]|[^\W぀-ヿ㐀-䶿一-鿿]+")  # each sign of a script without blanks is a word
_QUOTATION = re.compile(r'“[^”\n]*”|"[^"\n]*"|«[^»\n]*»|„[^“”\n]*[“”]')
_FACTORS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xFF51AFD7ED558CCD],
    np.uint64,
)  # odd numbers with bits set at random


@dataclass(frozen=True, slots=True)
class Shingled:
    """A text as its different shingles, and of each word whether it is quoted or a figure.

    ``hashes`` are sorted; ``places`` tells for each shingle in the text's order which of them it is, and
    ``in_quotations`` for each of them whether the text quotes it.
    """

    hashes: Hashes
    places: NDArray[np.intp]
    in_quotations: Mask
    quoted: Mask
    figures: Mask


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many words of a text stand in runs of five that another one has, too, and how many it has.

    ``longest`` is the longest run of those shared. ``added`` words are not shared; ``before`` of these stand
    before the first tenth of what is shared.
    ``figures`` are the shared words that are numbers, ``filled_in`` the added ones between shared words.
    """

    longest: int
    shared: int
    words: int
    figures: int
    filled_in: int
    before: int

    @property
    def added(self) -> int:
        return self.words - self.shared

    @property
    def share(self) -> float:
        return self.shared / max(1, self.words)


def words_of(text: str) -> list[str]:
    """Return the words of a text, without case and marks."""
    return _WORD.findall(text.casefold())


def hashes_of(words: Sequence[str]) -> Hashes:
    """Return the hash of each shingle, in order; the same in every process."""
    n = max(0, len(words) - SHINGLE + 1)
    if not n:
        return np.zeros(0, np.uint32)
    codes = np.fromiter(map(crc32, "\n".join(words).encode("utf-8", "replace").split(b"\n")), np.uint64)
    mixed = np.zeros(n, np.uint64)
    for k, factor in enumerate(_FACTORS):
        mixed += (codes[k : k + n] + np.uint64(1)) * factor
    mixed ^= mixed >> np.uint64(29)
    mixed *= _FACTORS[0]
    return (mixed >> np.uint64(32)).astype(np.uint32)


def fingerprints(hashes: Hashes) -> Hashes:
    """Return the least hash of each window, sorted, each once; none of a text that fills no window."""
    least = hashes
    reach = 1
    while reach < WINDOW:  # the least of 2, 4 and 8 in a row
        least = np.minimum(least[:-reach], least[reach:])
        reach *= 2
    return np.unique(least)


def shingled(text: str) -> Shingled:
    """Prepare a text of five words or more for ``overlap``.

    A quotation ends in its paragraph; single marks are apostrophes too often to be told.
    """
    text = text.casefold()
    words: list[str] = []
    quoted: list[bool] = []
    at = 0
    for match in _QUOTATION.finditer(text):
        for piece, is_quoted in ((text[at : match.start()], False), (match.group(), True)):
            found = _WORD.findall(piece)
            words += found
            quoted += [is_quoted] * len(found)
        at = match.end()
    rest = _WORD.findall(text[at:])
    words += rest
    quoted += [False] * len(rest)
    figures = np.fromiter(map(str.isdigit, map(itemgetter(0), words)), np.bool_, len(words))
    hashes, places = np.unique(hashes_of(words), return_inverse=True)
    in_quotations = np.zeros(len(hashes), np.bool_)
    in_quotations[places[_of_words(np.array(quoted, np.bool_))]] = True
    return Shingled(hashes, places, in_quotations, np.array(quoted, np.bool_), figures)


def overlap(one: Shingled, other: Shingled, min_words: int) -> Overlap:
    """Count what a text shares with another, its quotations left out.

    What one of them quotes and the other prints without marks, an embedded post say, is quoted in both.

    :param min_words: of a text that has fewer besides quotations, these count as well.
    """
    at = np.searchsorted(other.hashes, one.hashes)
    at[at == len(other.hashes)] = 0
    common = other.hashes[at] == one.hashes if len(other.hashes) else np.zeros(len(at), np.bool_)
    quotations = one.in_quotations.copy()
    quotations[common] |= other.in_quotations[at[common]]
    own = ~(one.quoted | _to_words(quotations[one.places]))
    if own.sum() < min_words:
        own[:] = True
    everything = _to_words(common[one.places])
    shared, added = own & everything, own & ~everything
    so_far = shared.cumsum()
    start = int(np.searchsorted(so_far, START * so_far[-1])) if len(so_far) else 0
    filled_in = added & one.figures & _between(everything)
    runs = (~everything).cumsum()[shared]
    longest = int(np.bincount(runs).max()) if len(runs) else 0
    counts = (shared, own, shared & one.figures, filled_in, added[:start])
    return Overlap(longest, *(int(mask.sum()) for mask in counts))


def _between(words: Mask) -> Mask:
    """Return which words stand in a short gap between marked ones."""
    places = np.arange(len(words))
    last = np.maximum.accumulate(np.where(words, places, -len(words)))
    following = np.minimum.accumulate(np.where(words, places, 2 * len(words))[::-1])[::-1]
    return following - last <= MAX_GAP + 1


def _of_words(words: Mask) -> Mask:
    """Return which shingles consist of marked words alone."""
    n = max(0, len(words) - SHINGLE + 1)
    marked = np.ones(n, np.bool_)
    for k in range(SHINGLE):
        marked &= words[k : k + n]
    return marked


def _to_words(shingles: Mask) -> Mask:
    """Return which words belong to a marked shingle."""
    n = len(shingles)
    marked = np.zeros(n + SHINGLE - 1, np.bool_)
    for k in range(SHINGLE):
        marked[k : k + n] |= shingles
    return marked


def candidates(prints: Sequence[Hashes]) -> Iterator[tuple[int, int]]:
    """Yield the pairs that share enough fingerprints to be compared, as (longer, shorter).

    A fingerprint of very many texts, of an outlet's frame say, costs a few pairs for each of them and not one
    with each other: linear, where copies still meet the longest of their kind.

    :param prints: the fingerprints of each text, the longest text first.
    """
    n_prints = np.fromiter(map(len, prints), np.int64, len(prints))
    entries = np.concatenate([np.zeros(0, np.uint32), *prints]).astype(np.uint64)
    entries <<= np.uint64(_HALF)
    entries |= np.repeat(np.arange(len(prints), dtype=np.uint64), n_prints)
    entries.sort()  # by fingerprint, then by length
    texts, places, sizes = _postings(entries)
    for batch in range(N_BATCHES):
        chosen = np.flatnonzero((texts % N_BATCHES == batch) & (places > 0))
        pairs, n_shared = np.unique(_pairs(texts, places, sizes, chosen), return_counts=True)
        longer, shorter = pairs >> _HALF, pairs & ((1 << _HALF) - 1)
        enough = n_shared >= MIN_SHARE * n_prints[shorter]
        yield from zip(longer[enough].tolist(), shorter[enough].tolist(), strict=True)


_HALF = 32  # bits
_Numbers = NDArray[np.int64]


def _postings(entries: NDArray[np.uint64]) -> tuple[_Numbers, _Numbers, _Numbers]:
    """List the texts that hold each fingerprint of several texts, one list after the other.

    :return: of each entry its text, its place in its list, and the list's length.
    """
    prints = entries >> np.uint64(_HALF)
    begins = np.flatnonzero(np.append(True, prints[1:] != prints[:-1])[: len(prints)])
    sizes = np.diff(np.append(begins, len(entries)))
    texts = entries[np.repeat(sizes > 1, sizes)] & np.uint64((1 << _HALF) - 1)
    sizes = sizes[sizes > 1]
    places = np.arange(len(texts)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return texts.astype(np.int64), places, np.repeat(sizes, sizes)


def _pairs(texts: _Numbers, places: _Numbers, sizes: _Numbers, chosen: _Numbers) -> _Numbers:
    """Pair the chosen entries with longer texts of their lists; longer and shorter are packed in a number."""
    found = [np.zeros(0, np.int64)]
    for place in range(N_HUBS):
        many = chosen[(sizes[chosen] > MAX_ALL) & (places[chosen] > place + N_NEAR)]
        found.append((texts[many - places[many] + place] << _HALF) | texts[many])
    for back in range(1, MAX_ALL):
        chosen = chosen[(places[chosen] >= back) & ((sizes[chosen] <= MAX_ALL) | (back <= N_NEAR))]
        found.append((texts[chosen - back] << _HALF) | texts[chosen])
    return np.concatenate(found)
