"""Study: one article's text → its header, the characters of it that are news, its language and its years.

Contract: a pure function of the text and of the few answers that it asked the other articles for, which are
noted, so that a study can be used again as long as they answer the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, replace

from summarize.reading.cleaning import Cleaned, clean
from summarize.reading.dates import find_dates
from summarize.reading.extraction import Extracted
from summarize.reading.headers import Header, header_of
from summarize.reading.languages import language_of


@dataclass(frozen=True, slots=True)
class Study:
    """What one text tells.

    ``years`` are those of its full dates, captions and all; ``language`` is that of its news, an ISO 639-1
    code, None unless it is certain; ``asked`` has the words that were looked for among those that other
    articles begin with a capital, and whether they were there.
    """

    cleaned: Cleaned
    years: frozenset[int]
    asked: tuple[tuple[str, bool], ...]
    header: Header | None = None
    language: str | None = None

    def holds(self, capitalised: Set[str]) -> bool:
        """Tell whether a study of the same text would find the same beside these words."""
        return all((word in capitalised) == answer for word, answer in self.asked)


Studying = Callable[[Extracted], Study]
Recalling = Callable[[Mapping[str, Extracted], Set[str], Studying], Mapping[str, Study]]


def key_of(extracted: Extracted) -> str:
    """Return what a study is kept under: the same bytes are another text in another format."""
    return f"{extracted.form} {extracted.sha256}"


def study(extracted: Extracted, capitalised: Set[str]) -> Study:
    """Study one text.

    :param capitalised: words that the articles begin with a capital.
    """
    asked: dict[str, bool] = {}

    def is_place(word: str) -> bool:
        asked[word] = word in capitalised
        return asked[word]

    header = header_of(extracted.text) if extracted.metadata.title is None else None
    cleaned = _below(header, extracted.text, is_place)
    years = frozenset(m.year for m in find_dates(extracted.text) if m.year is not None)
    news = "\n".join(extracted.text[s.start : s.end] for s in cleaned.body)
    return Study(cleaned, years, tuple(sorted(asked.items())), header, language_of(news))


def _below(header: Header | None, text: str, is_place: Callable[[str], bool]) -> Cleaned:
    """Clean what stands below a header, with offsets of the whole text."""
    if header is None:
        return clean(text, is_place)
    cleaned = clean(" " * header.end + text[header.end :], is_place)
    dropped = (*header.lines, *cleaned.dropped)
    return replace(cleaned, dropped=dropped, title=header.title or cleaned.title)


def afresh(texts: Mapping[str, Extracted], capitalised: Set[str], make: Studying) -> Mapping[str, Study]:
    """Study all texts, remembering nothing.

    :param texts: by :func:`key_of`, as are the studies.
    """
    return {key: make(extracted) for key, extracted in texts.items()}
