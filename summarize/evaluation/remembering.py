"""An embedder for measurements that look at the same texts again and again."""

from __future__ import annotations

import numpy as np

from summarize.types import Embedder


class RememberingEmbedder:
    """An :class:`~summarize.types.Embedder` that embeds no text twice."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._vectors: dict[str, np.ndarray] = {}
        self.signature = embedder.signature

    def embed(self, texts: list[str]) -> np.ndarray:
        """Return unit rows, float32, shape (len(texts), dim)."""
        new = sorted(set(texts) - self._vectors.keys())
        self._vectors |= zip(new, self._embedder.embed(new), strict=True)
        return np.stack([self._vectors[t] for t in texts]) if texts else self._embedder.embed([])
