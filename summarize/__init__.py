"""One brief from many news articles, with citations to the exact characters."""

from __future__ import annotations

__version__ = "0.1.0"
