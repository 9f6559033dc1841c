"""Matches: which sentences state the same thing, carried from one run to the next.

Contract: sentences that were compared with each other need not be again; a new one is compared with all.
What is stored names each sentence by a key that covers all that a comparison depends on, the first with the
same key apart from the second. Knows nothing of how sentences are compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

KEY_SIZE = 16  # bytes
_HEAD = 8  # bytes that tell the number of keys
_PAIR = np.dtype([("a", "<u4"), ("b", "<u4"), ("cosine", "<f8")])
Pairs = Mapping[tuple[int, int], float]


def packed_matches(keys: Sequence[bytes], pairs: Pairs) -> bytes:
    """Store the keys of sentences that were all compared, and the pairs (i, j) of them that match."""
    rows = np.array([(i, j, cosine) for (i, j), cosine in sorted(pairs.items())], dtype=_PAIR)
    return len(keys).to_bytes(_HEAD, "little") + b"".join(keys) + rows.tobytes()


def carried(stored: bytes, keys: Sequence[bytes]) -> tuple[dict[tuple[int, int], float], list[int]]:
    """Return the stored pairs as indices into today's keys, i < j, and which of these were not there then."""
    end = _HEAD + KEY_SIZE * int.from_bytes(stored[:_HEAD], "little")
    place = {stored[at : at + KEY_SIZE]: n for n, at in enumerate(range(_HEAD, end, KEY_SIZE))}
    now = {place[key]: index for index, key in enumerate(keys) if key in place}
    rows = np.frombuffer(stored, dtype=_PAIR, offset=end).tolist()
    found = [(now[a], now[b], cosine) for a, b, cosine in rows if a in now and b in now]
    pairs = {(min(i, j), max(i, j)): cosine for i, j, cosine in found}
    return pairs, [index for index, key in enumerate(keys) if key not in place]
