"""Aligns a claim to its evidence: which words were copied from where.

Contract: every word of the claim is either part of one ``Run``, a stretch of words that stands so in
one evidence sentence, or it was added. Of all alignments the one with the fewest runs is taken, those
in source order and within one sentence first.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from summarize.language import Word, stem, words
from summarize.language.tokens import FUNCTION_WORDS

_JUMP, _BACK, _SWITCH = 1.0, 0.3, 0.15  # a new run; going back in a sentence; into another sentence
_ADDED, _INFLECTED = 1.4, 0.2
_NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as its words, with the punctuation in front of each word."""

    text: str
    spoken: tuple[Word, ...]
    marks: tuple[str, ...]  # len(spoken) + 1 entries: the last one closes the sentence

    def key(self, i: int) -> str:
        """Return the key of word ``i``, or "" outside the sentence."""
        return self.spoken[i].key if 0 <= i < len(self.spoken) else ""

    def stems(self, start: int, end: int) -> tuple[str, ...]:
        """Return the stems of the content words in a stretch, in order."""
        stretch = self.spoken[max(start, 0) : end]
        return tuple(stem(w.text) for w in stretch if w.key not in FUNCTION_WORDS and not w.is_possessive)

    def has_mark(self, i: int) -> bool:
        """Tell whether punctuation (not a mere abbreviation's stop) stands before word ``i``."""
        if i <= 0 or i >= len(self.spoken):
            return True
        return self.marks[i].strip(".'\"“”‘’$€£%[]&/") != ""


@dataclass(frozen=True, slots=True)
class Run:
    """``claim[start:end]`` copies ``evidence[line][at : at + end - start]`` (indices of words)."""

    start: int
    end: int
    line: int
    at: int

    @property
    def stop(self) -> int:
        """Where the run ends in its evidence."""
        return self.at + self.end - self.start


@dataclass(frozen=True, slots=True)
class Alignment:
    """A claim, its evidence, and the runs that connect them, in the claim's order."""

    claim: Line
    evidence: tuple[Line, ...]
    runs: tuple[Run, ...]

    @property
    def added(self) -> tuple[int, ...]:
        """Words of the claim that were copied from nowhere."""
        copied = {i for run in self.runs for i in range(run.start, run.end)}
        return tuple(i for i in range(len(self.claim.spoken)) if i not in copied)

    def source(self, i: int) -> tuple[int, int] | None:
        """Return evidence line and word that word ``i`` of the claim copies."""
        for run in self.runs:
            if run.start <= i < run.end:
                return run.line, run.at + i - run.start
        return None


@lru_cache(maxsize=2048)
def line(text: str) -> Line:
    """Split a sentence into words and the marks between them."""
    spoken: list[Word] = []
    marks = [""]
    for word in words(text):
        if word.is_word:
            spoken.append(word)
            marks.append("")
        else:
            marks[-1] += word.text
    return Line(text, tuple(spoken), tuple(marks))


@lru_cache(maxsize=256)
def align(claim: str, evidence: tuple[str, ...]) -> Alignment:
    """Align a claim's words to the evidence with the fewest runs; O(claim * evidence)."""
    target, lines = line(claim), tuple(line(e) for e in evidence)
    places = [(k, j) for k, source in enumerate(lines) for j in range(len(source.spoken))]
    path = _cheapest(target, lines, places)
    return Alignment(target, lines, _runs(path, places))


def _cost(word: Word, source: Word) -> float:
    if word.key == source.key:
        return 0.0 if word.text == source.text else 0.01
    if word.key in FUNCTION_WORDS or source.key in FUNCTION_WORDS:
        return _NEVER
    return _INFLECTED if stem(word.text) == stem(source.text) else _NEVER


def _cheapest(target: Line, lines: tuple[Line, ...], places: list[tuple[int, int]]) -> list[int | None]:
    """Return for every word of the claim the index of its place, or None."""
    n = len(places)
    # State s < n: the word copies place s; state n + s: it was added, the last copy was place s;
    # the last state: nothing was copied yet.
    costs = [_NEVER] * (2 * n) + [0.0]
    back: list[list[int]] = []
    for word in target.spoken:
        entry = _entries(costs, places)
        new, origin = [_NEVER] * (2 * n + 1), [2 * n] * (2 * n + 1)
        for s, (k, j) in enumerate(places):
            match = _cost(word, lines[k].spoken[j])
            if match < _NEVER:
                best, came = entry[s]
                if s and places[s - 1][0] == k and costs[s - 1] <= best:
                    best, came = costs[s - 1], s - 1
                new[s], origin[s] = best + match, came
            came = s if costs[s] <= costs[n + s] else n + s
            new[n + s], origin[n + s] = costs[came] + _ADDED, came
        new[2 * n] = costs[2 * n] + _ADDED
        costs = new
        back.append(origin)
    state = min(range(2 * n + 1), key=costs.__getitem__)
    path: list[int | None] = []
    for origin in reversed(back):
        path.append(state if state < n else None)
        state = origin[state]
    return path[::-1]


def _entries(costs: list[float], places: list[tuple[int, int]]) -> list[tuple[float, int]]:
    """Return, for a run that begins at each place, the least cost so far and the state it comes from."""
    n = len(places)
    last = [min((costs[s], s), (costs[n + s], n + s)) for s in range(n)]
    start = (costs[2 * n], 2 * n)
    by_line: dict[int, tuple[float, int]] = {}
    for (k, _), value in zip(places, last, strict=True):
        by_line[k] = min(by_line.get(k, value), value)
    entries: list[tuple[float, int]] = []
    forward: tuple[float, int] = (_NEVER, 2 * n)
    for s, (k, j) in enumerate(places):
        if j == 0:
            forward = (_NEVER, 2 * n)
        others = [(c + _SWITCH, o) for line_at, (c, o) in by_line.items() if line_at != k]
        options = [start, forward, (by_line[k][0] + _BACK, by_line[k][1]), *others]
        cost, came = min(options)
        entries.append((cost + _JUMP, came))
        forward = min(forward, last[s])
    return entries


def _runs(path: list[int | None], places: list[tuple[int, int]]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for i, state in enumerate(path):
        if state is None:
            continue
        k, j = places[state]
        if runs and runs[-1].end == i and runs[-1].line == k and runs[-1].stop == j:
            runs[-1] = Run(runs[-1].start, i + 1, k, runs[-1].at)
        else:
            runs.append(Run(i, i + 1, k, j))
    return tuple(runs)
