"""A page: one article's text with what cleaning and its header made of it; its description rests on that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from summarize.reading.cleaning import Cleaned
from summarize.reading.extraction import Extracted
from summarize.reading.headers import Header


@dataclass(frozen=True, slots=True)
class Page:
    """What the description of an article rests on; ``language`` is what its words tell."""

    name: str
    extracted: Extracted
    cleaned: Cleaned
    header: Header | None = None
    language: str | None = None

    @property
    def text(self) -> str:
        """The article's text."""
        return self.extracted.text

    def passages(self, reasons: tuple[str, ...]) -> list[str]:
        """Return the texts that were left out for one of some reasons, in order."""
        return [self.text[a:b] for a, b, reason in self.cleaned.dropped if reason in reasons]

    def paragraphs(self) -> Iterable[str]:
        """Return the paragraphs of news, in order."""
        return (self.text[s.start : s.end] for s in self.cleaned.body)
