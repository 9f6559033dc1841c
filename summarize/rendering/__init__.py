"""Render: ``Brief`` → Markdown or JSON text. Pure functions that compute nothing new and touch no file."""

from __future__ import annotations

from summarize.rendering.json import to_json
from summarize.rendering.markdown import to_markdown

__all__ = ["to_json", "to_markdown"]
