"""Make copies of articles as newsrooms do: cut, retitled, with another lead, in another order, in a frame.

An article is a title and its sentences, each with the number of its paragraph. Every change returns another
one, and is decided by a random generator alone.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from nltk.tokenize.punkt import PunktSentenceTokenizer

from summarize.evaluation.frames import ABOVE, BELOW, BETWEEN

CUT = (0.1, 0.6)  # share of the sentences that are left out
LEAD = (1, 2)  # sentences
RETOUCHED = 25  # words, of which one is another
REWRITTEN = 3  # the same of a lead that was written anew
ITEM_WORDS = 60  # of an item of a round-up, at least
N_ITEMS = (3, 6)
FURNITURE = (3, 6)  # lines
_NAMES = ("Ann Carver", "Tom Delaney", "Maria Lund", "Peter Osei", "Joan Whitfield")


@dataclass(frozen=True, slots=True)
class Text:
    """An article that can be changed; of ``lines`` each is the number of a paragraph and a sentence of it."""

    title: str
    lines: tuple[tuple[int, str], ...]

    @property
    def whole(self) -> str:
        """The article as it lies in a file."""
        paragraphs = [" ".join(s for _, s in own) for _, own in groupby(self.lines, key=lambda line: line[0])]
        return "\n\n".join((self.title, *paragraphs)) + "\n"


Change = Callable[[Text, Text, random.Random], Text]


def text_of(title: str, text: str, tokenizer: PunktSentenceTokenizer) -> Text:
    """Split an article into the sentences of its paragraphs."""
    paragraphs = [line for line in text.split("\n") if line.strip()]
    return Text(title.strip(), tuple((n, s) for n, p in enumerate(paragraphs) for s in tokenizer.tokenize(p)))


def cut_at_end(text: Text, _: Text, rng: random.Random) -> Text:
    """Leave out the last sentences."""
    return replace(text, lines=text.lines[: _n_kept(text, rng)])


def cut_at_random(text: Text, _: Text, rng: random.Random) -> Text:
    """Leave out sentences anywhere."""
    kept = sorted(rng.sample(range(len(text.lines)), _n_kept(text, rng)))
    return replace(text, lines=tuple(text.lines[i] for i in kept))


def _n_kept(text: Text, rng: random.Random) -> int:
    return max(1, round(len(text.lines) * (1 - rng.uniform(*CUT))))


def retitle(text: Text, other: Text, _: random.Random) -> Text:
    """Give the article the title of another one."""
    return replace(text, title=other.title)


def replace_lead(text: Text, other: Text, rng: random.Random) -> Text:
    """Put the first sentences of another article in the place of its own."""
    n = rng.randint(*LEAD)
    return replace(text, lines=(*((-1, s) for _, s in other.lines[:n]), *text.lines[n:]))


def rewrite_lead(text: Text, other: Text, rng: random.Random) -> Text:
    """Replace every third word of the first sentences by words of another article."""
    n = rng.randint(*LEAD)
    lead = tuple((p, _reworded(s, other, REWRITTEN, rng)) for p, s in text.lines[:n])
    return replace(text, lines=(*lead, *text.lines[n:]))


def retouch(text: Text, other: Text, rng: random.Random) -> Text:
    """Replace a word in twenty-five all over the article."""
    lines = tuple((p, _reworded(s, other, RETOUCHED, rng)) for p, s in text.lines)
    return replace(text, lines=lines)


def _reworded(sentence: str, other: Text, every: int, rng: random.Random) -> str:
    foreign = re.findall(r"[^\W\d_]{3,}", " ".join(s for _, s in other.lines)) or ["also"]
    words = sentence.split(" ")
    start = rng.randrange(every)
    words[start::every] = rng.choices(foreign, k=len(words[start::every]))
    return " ".join(words)


def reorder(text: Text, _: Text, rng: random.Random) -> Text:
    """Shuffle the sentences, each in a paragraph of its own."""
    sentences = [s for _, s in text.lines]
    rng.shuffle(sentences)
    return replace(text, lines=tuple(enumerate(sentences)))


def furnish(text: Text, _: Text, rng: random.Random) -> Text:
    """Put lines of a page's frame above, between and below the paragraphs."""
    lines = list(text.lines)
    for kinds, place in ((BELOW, len(lines)), (BETWEEN, rng.randrange(len(lines) + 1)), (ABOVE, 0)):
        options = [line for own in kinds.values() for line in own]
        drawn = rng.sample(options, min(len(options), rng.randint(*FURNITURE) // 2 + 1))
        filled = [line.format(person=rng.choice(_NAMES), n=rng.randrange(10, 28)) for line in drawn]
        lines[place:place] = [(-2 - n, line) for n, line in enumerate(filled)]
    return replace(text, lines=tuple(lines))


def change_several(text: Text, other: Text, rng: random.Random) -> Text:
    """Cut the article, retitle it, and do up to three things more."""
    cut, lead = rng.choice((cut_at_end, cut_at_random)), rng.choice((replace_lead, rewrite_lead))
    more = rng.sample((lead, reorder, retouch, furnish), rng.randint(1, 3))
    for change in (cut, retitle, *more):
        text = change(text, other, rng)
    return text


CHANGES: Mapping[str, Change] = {
    "cut at the end": cut_at_end,
    "cut at random": cut_at_random,
    "retitled": retitle,
    "another lead": replace_lead,
    "lead rewritten": rewrite_lead,
    "retouched": retouch,
    "sentences reordered": reorder,
    "furniture added": furnish,
    "several at once": change_several,
}


def item_of(text: Text) -> Text:
    """Return the beginning of an article, as an agency's brief has it."""
    for n in range(1, len(text.lines) + 1):
        if sum(len(s.split()) for _, s in text.lines[:n]) >= ITEM_WORDS:
            return replace(text, lines=text.lines[:n])
    return text


def round_up(items: list[Text]) -> Text:
    """Put several items into one article, one below the other with their titles."""
    lines: list[tuple[int, str]] = []
    for item in items:
        lines.append((len(lines), item.title))
        lines += [(len(lines) + n, s) for n, (_, s) in enumerate(item.lines)]
    return Text("The day in brief", tuple(lines))


def with_passage(text: str, passage: str, rng: random.Random) -> str:
    """Insert a paragraph between those of a text, after the first."""
    paragraphs = [p for p in text.split("\n") if p.strip()]
    paragraphs.insert(rng.randint(1, len(paragraphs)), passage)
    return "\n\n".join(paragraphs)
