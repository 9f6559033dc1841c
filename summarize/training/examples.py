"""Examples that teach the writer: evidence sentences in, one sentence out.

Four tasks share one model and are told apart by their prefix. *fuse*: several sentences that overlap
become one that loses nothing. *digest*: what long sentences come to, in a short one, as people write
highlights. *shorten*: one sentence is freed of what it can spare. *headline*: a heading from the first
sentences. Targets are made of words of their evidence, because that is all that grounded decoding will
allow; a few words of what people wrote may be missing there, but no number and no name. Split by
document: the callers hand in disjoint records.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from summarize.language import asides, without

TASKS = ("fuse", "digest", "shorten", "headline")
MAX_SOURCES = 3  # sentences that one consolidated sentence is made from
MAX_LEADS = 4  # sentences that a headline is made from
FUSED_SHARE = 0.85  # of a joined sentence's content words that must stand in its halves
DIGEST_SHARE = 0.75  # of a digest's content words that must stand in its evidence
MAX_DIGEST_WORDS = 28

_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
_CONNECTIVES = (
    "However, ", "Meanwhile, ", "But ", "And ", "Moreover, ", "In addition, ", "Also on Monday, ", "Still, ",
    "Earlier, ", "As a result, ", "For his part, ", "In the meantime, ", "Nevertheless, ", "Besides, ",
    "At the same time, ", "On the other hand, ", "Furthermore, ", "Instead, ", "Indeed, ", "Of course, ",
    "Despite this, ", "Additionally, ", "Separately, ", "Then, ", "So ", "Yet ",
)  # fmt: skip
_INSERTED = (", however,", ", meanwhile,", ", for his part,", ", in the meantime,", ", too,", ", of course,")
_DATELINES = (
    "WASHINGTON (Reuters) - ", "LONDON — ", "(CNN) -- ", "NEW YORK (AP) — ", "BEIRUT (AFP) - ", "PARIS — ",
    "Feb. 3 (UPI) -- ", "BRUSSELS ", "By our staff. ", "(Reuters) - ",
)  # fmt: skip
_STANCES = (
    re.compile(r"\b(?:not|no|never|nor|neither|without|denied|denies|disputed|false)\b|n['’]t\b", re.I),
    re.compile(r"\b(?:may|might|could|would|alleged|allegedly|reportedly|likely|if|whether)\b", re.I),
    re.compile(r"\b(?:said|says|told|according|tweeted|added|wrote|reported|argued|claimed)\b", re.I),
)
_TRIVIAL = frozenset(
    """a an the of in on at to for from by with as and or but while who whom which that is are was were be
    been being has have had do does did it its their his her they he she we i you after before when where than
    then this these those there s t 's""".split()
)
_EXACT = re.compile(
    r"\b(?:\w*\d\w*|(?<!^)[A-Z]\w+)(?:[-'’.]\w+)*"
)  # figures, and names but for the first word
_CLAUSE = re.compile(r"(?:, |; | — | – |(?<=\w) (?=(?:after|while|because|although|before|and|but|as) ))")
_NAME = re.compile(r"(?<![.!?“\"] )(?<!^)\b(?:[A-Z][\w’'-]+ ){1,4}[A-Z][\w’'-]+")
_TIME = re.compile(
    r" (?:on|late|early) (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|night|evening))?"
)


@dataclass(frozen=True, slots=True)
class Example:
    """One training example."""

    task: str
    evidence: tuple[str, ...]
    target: str


def content(text: str) -> frozenset[str]:
    """Return the casefolded words of a text that carry content."""
    return frozenset(w for w in (m.group().casefold() for m in _WORD.finditer(text)) if w not in _TRIVIAL)


def is_grounded(target: str, evidence: Iterable[str]) -> bool:
    """Tell whether every content word of the target stands in the evidence."""
    return content(target) <= content(" ".join(evidence))


def is_nearly_grounded(target: str, evidence: Iterable[str], share: float) -> bool:
    """Tell whether this share of the content words stands in the evidence, figures and names among them."""
    wanted, known = content(target), content(" ".join(evidence))
    missing = wanted - known
    exact = {m.group().casefold() for m in _EXACT.finditer(target)}
    return len(missing) <= (1.0 - share) * len(wanted) and not missing & exact


def is_good_sentence(text: str) -> bool:
    """Tell whether a news sentence is fit to be a target: whole, of ordinary length, not speech."""
    n_words = len(text.split())
    return (
        7 <= n_words <= 48
        and text[0].isupper()
        and text[-1] in '.”"'
        and text.count("“") == text.count("”")
        and text.count('"') % 2 == 0
        and text.count("(") == text.count(")")
        and "\n" not in text
        and "http" not in text
        and "@" not in text
        and "©" not in text
        and "Caption" not in text
    )


def reversed_split(complex_sentence: str, simple: list[str], rng: random.Random) -> Iterator[Example]:
    """WikiSplit (Botha et al. 2018) read backwards is fusion; read forwards, its first half is shortening."""
    if is_nearly_grounded(complex_sentence, simple, FUSED_SHARE):
        yield Example("fuse", tuple(simple), complex_sentence)
    first = simple[0]
    ratio = len(first) / len(complex_sentence)
    if 0.4 < ratio < 0.9 and is_grounded(first, [complex_sentence]) and rng.random() < 0.6:
        yield Example("shorten", (complex_sentence,), first)


def views(sentence: str, others: list[str], rng: random.Random) -> Example | None:
    """Make partial, overlapping views of a sentence; the target is the sentence.

    Each view holds the first clause and its own share of the others, with names shortened and times
    dropped here and there, sometimes behind a dateline or a connective. All content of the sentence
    stays in at least one view.
    """
    clauses = [c for c in _CLAUSE.split(sentence.rstrip(".")) if c]
    borders = [m.group() for m in _CLAUSE.finditer(sentence.rstrip("."))]
    if not 2 <= len(clauses) <= 7 or len(clauses[0].split()) < 4 or len(borders) != len(clauses) - 1:
        return None
    n_views = 2 if rng.random() < 0.75 else 3
    owner = [rng.randrange(n_views) for _ in borders]
    made = []
    for view in range(n_views):
        text = clauses[0] + "".join(
            b + c
            for b, c, o in zip(borders, clauses[1:], owner, strict=True)
            if o == view or rng.random() < 0.2
        )
        made.append(_disguise(text, rng) + ".")
    made[rng.randrange(n_views)] = _restore_core(made, clauses[0], sentence)
    rng.shuffle(made)
    if others and rng.random() < 0.15:
        made.append(rng.choice(others))
    evidence = tuple(_noise(v, rng) for v in dict.fromkeys(made))
    return Example("fuse", evidence, sentence) if is_grounded(sentence, evidence) else None


def _restore_core(made: list[str], core: str, sentence: str) -> str:
    """Let one view keep the first clause in full, so that nothing of the target is lost."""
    best = max(made, key=lambda v: len(content(v) & content(sentence)))
    return core + best[len(core) :] if best.startswith(core[:12]) else core + "."


def _disguise(text: str, rng: random.Random) -> str:
    if rng.random() < 0.4:
        text = _NAME.sub(lambda m: m.group().split()[-1] if rng.random() < 0.6 else m.group(), text)
    if rng.random() < 0.4:
        text = _TIME.sub("", text)
    return text


def _noise(text: str, rng: random.Random) -> str:
    roll = rng.random()
    if roll < 0.08:
        return rng.choice(_DATELINES) + text
    if roll < 0.16:
        return rng.choice(_CONNECTIVES) + text
    return text


def not_joined(sentence: str, foreign: str) -> Example:
    """Two sentences that share no fact: the first alone is the answer (nothing may be spliced on)."""
    return Example("fuse", (sentence, foreign), sentence)


def shortened(sentence: str, rng: random.Random) -> Example | None:
    """Put noise in front of a sentence or take what it says in passing out of it."""
    source, target = sentence, sentence
    cuts = asides(sentence)
    if cuts and rng.random() < 0.85:
        target = without(sentence, cuts if rng.random() < 0.5 else (rng.choice(cuts),))
    if rng.random() < (0.25 if target != sentence else 0.9):
        source = _connected(source, rng)
    if source == target or len(target.split()) < 7:
        return None
    return Example("shorten", (source,), target)


def _connected(sentence: str, rng: random.Random) -> str:
    if rng.random() < 0.3 and (
        comma := re.match(r"[A-Z][\w ]{3,40}(?= (?:has|have|is|are|was|were|had|will|said)\b)", sentence)
    ):
        return sentence[: comma.end()] + rng.choice(_INSERTED) + sentence[comma.end() :]
    opening = rng.choice(_CONNECTIVES)
    return opening + sentence


def keeps_stance(target: str, evidence: Iterable[str]) -> bool:
    """Tell whether a real consolidation keeps negation, doubt and who said it."""
    source = " ".join(evidence)
    return all(bool(p.search(target)) == bool(p.search(source)) for p in _STANCES)


def headline(title: str, opening: list[str]) -> Example | None:
    """A title, and the few of an article's first sentences that hold its words."""
    title = re.sub(r"\s*[|\-–—:]\s*[A-Z][\w. ]{2,25}$", "", title).strip()
    if not 4 <= len(title.split()) <= 12 or title[-1] in "?!…":
        return None
    chosen = _cover(content(title), opening, MAX_LEADS)
    if chosen is None or chosen[0].startswith(title):
        return None
    return Example("headline", tuple(s for s in opening if s in chosen), title)


def consolidated(target: str, sources: list[str], rng: random.Random) -> Example | None:
    """Pair a sentence with the few sentences of other sources that together cover its content.

    Kept only where at most three sentences cover every content word.
    """
    wanted = content(target)
    if len(wanted) < 5:
        return None
    scored = [(len(wanted & content(s)), s) for s in sources]
    pool = [s for n, s in sorted(scored, reverse=True)[:40] if n >= 3 and s != target]
    chosen = _cover(wanted, pool, MAX_SOURCES)
    if chosen is None or len(wanted & content(chosen[0])) < 0.5 * len(wanted):
        return None
    if len(chosen) == 1:
        ratio = len(target) / len(chosen[0])
        fits = 0.35 < ratio < 0.92 and keeps_stance(target, chosen)
        return Example("shorten", tuple(chosen), target) if fits else None
    if not keeps_stance(target, chosen):
        return None
    rng.shuffle(chosen)
    return Example("fuse", tuple(chosen), target)


def digest(target: str, evidence: tuple[str, ...]) -> Example | None:
    """A short sentence that a person wrote of longer ones; None if it says what they do not."""
    n_words = len(target.split())
    fits = 5 <= n_words <= MAX_DIGEST_WORDS and n_words < 0.8 * len(" ".join(evidence).split())
    if not fits or target[-1:] not in '."”' or not is_nearly_grounded(target, evidence, DIGEST_SHARE):
        return None
    return Example("digest", evidence, target)


def consolidated_digest(target: str, sources: list[str]) -> Example | None:
    """Pair a roundup's sentence with the one or two sentences that cover most of it."""
    wanted = content(target)
    pool = sorted((s for s in sources if s != target), key=lambda s: (-len(wanted & content(s)), s))[:40]
    chosen = _cover(wanted, pool, 2, 1.0 - DIGEST_SHARE)
    if chosen is None or len(wanted) < 4 or not keeps_stance(target, chosen):
        return None
    return digest(target, tuple(s for s in sources if s in chosen))


def _cover(wanted: frozenset[str], sentences: list[str], n: int, spare: float = 0.0) -> list[str] | None:
    """Choose at most ``n`` sentences that together hold the wanted words, greedily; None if none do.

    :param spare: share of the wanted words that may be missing.
    """
    chosen: list[str] = []
    missing = set(wanted)
    while len(missing) > spare * len(wanted) and len(chosen) < n and sentences:
        best = max(sentences, key=lambda s: len(missing & content(s)))
        if not missing & content(best):
            return None
        chosen.append(best)
        missing -= content(best)
    return None if len(missing) > spare * len(wanted) or not chosen else chosen
