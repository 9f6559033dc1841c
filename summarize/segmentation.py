"""Segment: articles → sentences, with NLTK's Punkt and parameters trained on English news.

Kiss & Strunk (2006), "Unsupervised Multilingual Sentence Boundary Detection". A sentence never
crosses a paragraph. Offsets stay true: ``article.text[s.start:s.end] == s.text``. A quotation stays
with its speaker where the source has both in one sentence. Other languages are :mod:`summarize.foreign`'s
matter. The stage knows nothing about topics.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer, PunktTrainer

from summarize.errors import ModelError
from summarize.foreign import split_foreign
from summarize.language.calendar import WEEKDAYS
from summarize.language.tokens import PREPOSITIONS
from summarize.types import Article, Sentence

MIN_COUNT = 3  # occurrences
MAX_QUOTED_WORDS = 60  # a longer quotation is left in its sentences

# What Punkt can't learn from counts alone: abbreviations that seldom occur but never end a sentence.
ABBREVIATIONS = frozenset(
    """
    jan feb mar apr jun jul aug sep sept oct nov dec tue tues thu thur thurs fri
    mr mrs ms dr prof rev hon gov lt col gen sgt capt cmdr adm maj cpl pvt brig sen rep reps sens pres st
    jr sr messrs mme mlle fr br supt insp det atty
    ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla
    ore pa tenn tex vt va wash wis wyo
    u.s u.k u.n e.u u.s.a d.c n.y n.j n.h n.c s.c n.d s.d n.m l.a a.m p.m i.e e.g ph.d b.a m.a m.d
    vs etc inc corp ltd co bros cos dept est approx mt ft ave blvd rd sq km lb lbs oz vol
    """.split()
)
# A closing quote or bracket that Punkt left at the head of the next sentence belongs to the one before,
# though a page may have glued the two: "… in months.”But …".
_STRAY_CLOSER = re.compile(r"^(?:[”’\"')\]»]+(?=\s|$)|”(?=[A-Z][a-z]+[ ,]))")
# A title in front of a capitalised word is never the end of a sentence, whatever Punkt counted.
_TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|Hon|Gov|Lt|Col|Gen|Sgt|Capt|Cmdr|Adm|Maj|Cpl|Pvt|Brig|Sen|Sens|Rep|Reps|Pres|St"
    r"|Supt|Insp|Det)\.$"
)
# What a number follows: "No. 1", "Fig. 2", "c. 570".
_NUMBERED = re.compile(r"\b(?:Nos?|Figs?|Vol|Art|Sec|Ch|pp?|ca?)\.$")
# Two sentences that a page has glued together: "… with the family.She had grown …", "in 2004.Officials say".
_GLUED = re.compile(r"(?:(?<=[a-z]{3}[.!?])|(?<= (?:19|20)\d\d[.])|(?<=[a-z]{3}[.][”\"]))(?=[A-Z][a-z]+[ ,])")
_BULLET = re.compile(r"(?:(?:[—–-]|--)[ \t]+(?!\d)|[•·▪●►*][ \t]+|(?:…|\.{3})[ \t]*)(?=[\w“\"‘'(])")
# A crosshead that a page has set in front of a paragraph: "'Sold on' In a statement, …".
_CROSSHEAD = re.compile(
    r"['‘][A-Z][\w -]{2,25}['’] "
    r"(?=(?:In (?:an?|the)|On [A-Z]\w+day|At (?:least|the)|But|However|Meanwhile)\b)"
)
_ENDS = (".", "!", "?", "”", '"', "’", "'", ")")
_CONTINUES = re.compile(r"^[\"”’»]*\s*(?:[a-z]|—|–|-)")
# "“Are you still deciding?” Ann Hill asked on Monday.": who only says that somebody spoke, where and how.
_CRIES = re.compile(r"[“\"].*(?:[?!…—–]|\.\.\.)[”\"]$", re.DOTALL)
_WHERE = rf"(?i:{'|'.join(sorted((PREPOSITIONS - {'of', 'for'}) | WEEKDAYS.keys()))})\b"
_SAID_SO = re.compile(
    r"(?:[A-Z][\w.’'-]* ){1,5}"
    rf"(?:(?:asked|asks|told)(?:[.,]| (?:[\w.’'-]+ ){{0,5}}?(?:{_WHERE}|[\w’'-]+[.]$))|"
    r"(?:said|says|added|adds|tweeted|wrote|replied|shouted|cried|joked|quipped|exclaimed|remarked)"
    rf"(?:[.,]| (?:{_WHERE})))"
    r"(?!.*\b(?:that|he|she|it|they|is|are|was|were|had|has|have|would|will|could)\b)",
    re.DOTALL,
)


def train_punkt(texts: list[str]) -> dict[str, Any]:
    """Learn abbreviations, collocations, sentence starters and letter case from raw news texts.

    :return: Punkt's parameters as plain lists, ready for JSON. Orthographic contexts of words seen
        fewer than ``MIN_COUNT`` times are left out: they decide nothing and are most of the size.
    """
    trainer = PunktTrainer()
    for text in texts:
        trainer.train(text, finalize=False)
    trainer.finalize_training()
    parameters, counts = trainer.get_params(), trainer._type_fdist
    return {
        "abbrev_types": sorted(parameters.abbrev_types),
        "collocations": sorted(map(list, parameters.collocations)),
        "sent_starters": sorted(parameters.sent_starters),
        "ortho_context": {
            w: flags for w, flags in sorted(parameters.ortho_context.items()) if counts[w] >= MIN_COUNT
        },
    }


@lru_cache(maxsize=2)
def load_tokenizer(path: Path) -> PunktSentenceTokenizer:
    """Load Punkt with our parameters and the fixed abbreviations.

    :raises ModelError: if the parameter file is missing or can't be read.
    """
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        parameters = PunktParameters()
        parameters.abbrev_types = set(stored["abbrev_types"]) | ABBREVIATIONS
        parameters.collocations = {(a, b) for a, b in stored["collocations"]}
        parameters.sent_starters = set(stored["sent_starters"])
        parameters.ortho_context.update(stored["ortho_context"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"{path}: sentence splitter can't be loaded ({error}); reinstall summarize"
        ) from error
    tokenizer = PunktSentenceTokenizer()
    tokenizer._params = parameters
    return tokenizer


def plain(text: str) -> str:
    """Collapse white space: the evidence may be hard-wrapped in its file."""
    return " ".join(text.split())


def split(text: str, tokenizer: PunktSentenceTokenizer) -> list[tuple[int, int]]:
    """Return the sentence spans of one paragraph, white space at their borders excluded."""
    found = [(s, e) for s, e in tokenizer.span_tokenize(text) if text[s:e].strip()]
    spans = _move_stray_closers(text, [part for span in found for part in _unglued(text, *span)])
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and _belongs_together(text, merged[-1], (start, end)):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _unglued(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [start, *(start + m.start() for m in _GLUED.finditer(text[start:end])), end]
    return list(pairwise(cuts))


def segment(article: Article, tokenizer: PunktSentenceTokenizer) -> tuple[Sentence, ...]:
    """Split an article's body into sentences, as its language wants it."""
    language = article.language
    sentences: list[Sentence] = []
    broken = _broken(article)
    for paragraph, span in enumerate(article.body):
        text = article.text[span.start : span.end]
        found = split(text, tokenizer) if language == "en" else split_foreign(text, language)
        found = found[span.start in broken : len(found) - (span.end in broken)]
        for start, end in found:
            start += _bullet(text, start, end) or _crosshead(text, start, end)
            start, end = _without_brackets(article.text, span.start + start, span.start + end)
            sentences.append(
                Sentence(article.id, len(sentences), paragraph, start, end, article.text[start:end])
            )
    return tuple(sentences)


def _broken(article: Article) -> frozenset[int]:
    """Return where spans of one line end and begin again in the middle of a sentence: half of one is none."""
    edges: set[int] = set()
    for span, after in pairwise(article.body):
        goes_on = article.text[after.start].islower() or article.text[after.start] in ",;:()"
        is_open = article.text[span.end - 1] not in '.!?…"”’»)'
        if goes_on and is_open and "\n" not in article.text[span.end : after.start]:
            edges |= {span.end, after.start}
    return frozenset(edges)


def _bullet(text: str, start: int, end: int) -> int:
    """Return the length of the mark before a whole sentence of a list: "— Then, …"; links have no end."""
    found = _BULLET.match(text[:end], start) if text[:end].endswith(_ENDS) else None
    return len(found.group()) if found and not text[:start].rstrip(" ").split("\n")[-1] else 0


def _crosshead(text: str, start: int, end: int) -> int:
    """Return the length of the crosshead before a sentence."""
    found = _CROSSHEAD.match(text, start, end)
    return len(found.group()) if found else 0


def _without_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out the brackets around a whole sentence, "(He denied it.)", or those of a pair of sentences."""
    inner = text[start + 1 : end - 1]
    if not set(inner) & set("()") and (text[start] == "(") != (text[end - 1] == ")"):
        is_end = text[end - 1] == ")" and inner[-1:] in '.!?”"'
        return start + (text[start] == "("), end - is_end
    is_whole = text[start] == "(" and text[end - 1] == ")" and inner[-1:] in ".!?"
    return (start + 1, end - 1) if is_whole and not set(inner) & set("()") else (start, end)


def _move_stray_closers(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    moved: list[tuple[int, int]] = []
    for start, end in spans:
        stray = _STRAY_CLOSER.match(text[start:end])
        if stray and moved:
            moved[-1] = (moved[-1][0], start + stray.end())
            start += stray.end()
            start += len(text[start:end]) - len(text[start:end].lstrip())
        if start < end:
            moved.append((start, end))
    return moved


def _belongs_together(text: str, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Tell whether Punkt cut inside a quotation or between it and its speaker.

    “Go!” he said · “A deal?” Ann Hill asked · “We wait. We hope,” the minister said.
    """
    before, after = text[left[0] : left[1]], text[right[0] : right[1]]
    if before.endswith(("”", "’", '"', "»", "?", "!", "…")) and _CONTINUES.match(after):
        return True
    if _CRIES.match(before) and _SAID_SO.match(after):
        return True
    if _TITLE.search(before) or (_NUMBERED.search(before) and after[:1].isdigit()):
        return True
    both = text[left[0] : right[1]]
    return _is_open(before) and not _is_open(both) and len(both.split()) <= MAX_QUOTED_WORDS


def _is_open(text: str) -> bool:
    """Tell whether a quotation has begun and not ended."""
    return text.count("“") > text.count("”") or text.count('"') % 2 == 1
