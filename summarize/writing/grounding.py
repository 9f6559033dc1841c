"""Grounded decoding: a writer may only use the words of its evidence and a few function words.

The words are spelt as token ids and kept in tries; a hypothesis is in the set of trie nodes that
its tokens can have reached. The sets are numbered and their transitions remembered, so that the
automaton is determinised as far as decoding needs it: a step costs one dictionary look-up per token
of the hypothesis. A started word must be finished as it stands in the evidence, and a text may end
only where a word ends. Numbers are words like others: they are written as in the evidence or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce

import torch
from transformers import LogitsProcessor

from summarize.writing.lexicon import (
    Encoder,
    Ids,
    ends_sentence,
    evidence_words,
    is_run_together,
    spelling_at_head,
    spellings_inside,
)
from summarize.writing.words import FUNCTION_WORDS

# Roots of the tries: at the head of the text, between two words, at the head of a later sentence.
HEAD, BETWEEN, SENTENCE = 0, 1, 2
DEAD, INITIAL = 0, 1  # states


class Automaton:
    """Accepts the token sequences that a group of evidence allows."""

    def __init__(self, eos_ids: Iterable[int]) -> None:
        self.eos_ids = frozenset(eos_ids)
        self._children: list[dict[int, int]] = [{}, {}, {}]
        self._follow: list[frozenset[int]] = [frozenset()] * 3
        self._states: list[frozenset[int]] = [frozenset(), frozenset({HEAD})]
        self._numbers: dict[frozenset[int], int] = {s: n for n, s in enumerate(self._states)}
        self._steps: list[dict[int, int]] = [{}, {}]
        self._allowed: dict[int, torch.Tensor] = {}

    def add(self, root: int, ids: Ids, *, ends_sentence: bool = False) -> None:
        """Let a word be written where ``root`` says; all words must be added before decoding."""
        node = root
        for token in ids:
            if token not in self._children[node]:
                self._children[node][token] = len(self._children)
                self._children.append({})
                self._follow.append(frozenset())
            node = self._children[node][token]
        self._follow[node] |= {BETWEEN, SENTENCE} if ends_sentence else {BETWEEN}

    def lexicon(self) -> frozenset[int]:
        """Return all tokens that may be written somewhere, end tokens included."""
        return self.eos_ids.union(*self._children)

    def renumbered(self, numbers: Mapping[int, int]) -> Automaton:
        """Return the same automaton over other token ids, as yet without states."""
        other = Automaton(numbers[token] for token in self.eos_ids)
        other._children = [{numbers[t]: node for t, node in c.items()} for c in self._children]
        other._follow = self._follow
        return other

    def step(self, state: int, token: int) -> int:
        """Return the state after one more token, ``DEAD`` if the token is not allowed."""
        known = self._steps[state].get(token)
        if known is not None:
            return known
        reached = {self._children[n][token] for n in self._states[state] if token in self._children[n]}
        nodes = frozenset(reached.union(*(self._follow[n] for n in reached)))
        self._steps[state][token] = self._number(nodes)
        return self._steps[state][token]

    def _number(self, nodes: frozenset[int]) -> int:
        """Return the state that is this set of nodes."""
        number = self._numbers.setdefault(nodes, len(self._states))
        if number == len(self._states):
            self._states.append(nodes)
            self._steps.append({})
        return number

    def forgive(self, state: int) -> int:
        """Return the state itself or, after a miss, the one that takes up the next word."""
        return self._number(frozenset({BETWEEN, SENTENCE})) if state == DEAD else state

    def walk(self, tokens: Iterable[int]) -> int:
        """Return the state after a sequence."""
        return reduce(self.step, tokens, INITIAL)

    def is_border(self, state: int) -> bool:
        """Tell whether the text may end here."""
        return BETWEEN in self._states[state]

    def accepts(self, tokens: Iterable[int]) -> bool:
        """Tell whether a whole text, without its end token, is grounded."""
        return self.is_border(self.walk(tokens))

    def allowed(self, state: int) -> torch.Tensor:
        """Return the ids that may come next, ascending, shape (n,); a dead end may only end."""
        if state not in self._allowed:
            ids = {token for node in self._states[state] for token in self._children[node]}
            if self.is_border(state) or not ids:
                ids |= self.eos_ids
            self._allowed[state] = torch.tensor(sorted(ids), dtype=torch.long)
        return self._allowed[state]


class AutomatonBuilder:
    """Builds automata for one tokenizer; what all groups share is encoded once."""

    def __init__(self, tokenizer: object, eos_ids: Sequence[int], line_break: str = "") -> None:
        self.encoder = Encoder(tokenizer)
        self.eos_ids = tuple(eos_ids)
        self.breaks: tuple[Ids, ...] = ()
        if line_break:
            self.breaks = ((self.encoder.tokenizer.convert_tokens_to_ids(line_break),),)

    def build(self, evidence: Sequence[str]) -> Automaton:
        """Return the automaton of a group of evidence."""
        automaton = Automaton(self.eos_ids)
        words, marks = evidence_words(evidence)
        inner = frozenset(w.text for w in words if not w.opens)
        for word in words:
            for text in spellings_inside(word, inner) if self.encoder.is_cased else (word.text,):
                self._add_word(automaton, text)
        for text in sorted(FUNCTION_WORDS):
            self._add_word(automaton, text)
        for mark in sorted(marks):
            for ids in self.encoder.glued(mark):
                automaton.add(BETWEEN, ids, ends_sentence=ends_sentence(mark))
        for ids in self.breaks:
            automaton.add(BETWEEN, ids, ends_sentence=True)
        return automaton

    def _add_word(self, automaton: Automaton, text: str) -> None:
        ends = ends_sentence(text)
        if is_run_together(text):
            for ids in self.encoder.encode([text, " " + text]):
                for token in ids:
                    automaton.add(HEAD, (token,))
                    automaton.add(BETWEEN, (token,))
            return
        for ids in self.encoder.encode([" " + text]):
            automaton.add(BETWEEN, ids, ends_sentence=ends)
        heads = dict.fromkeys((text, spelling_at_head(text))) if self.encoder.is_cased else (text,)
        for head in heads:
            for ids in self.encoder.encode([head, " " + head]):
                automaton.add(HEAD, ids, ends_sentence=ends)
            for ids in self.encoder.encode([" " + head]):
                automaton.add(SENTENCE, ids, ends_sentence=ends)


class GroundingProcessor(LogitsProcessor):
    """Forbids, or makes dear, every token that leaves the evidence.

    :param automata: one per group of the batch.
    :param n_beams: rows of scores per group.
    :param n_prompt: tokens that stand before the model's own (start token, forced first token).
    :param penalty: None forbids; else what is taken from the log-probability.
    """

    def __init__(
        self, automata: Sequence[Automaton], n_beams: int, n_prompt: int = 1, penalty: float | None = None
    ) -> None:
        self.automata = automata
        self.n_beams = n_beams
        self.n_prompt = n_prompt
        self.penalty = penalty
        self._reached: list[dict[Ids, int]] = [{(): INITIAL} for _ in automata]

    def __call__(self, input_ids: torch.LongTensor, scores: torch.FloatTensor) -> torch.FloatTensor:
        """Mask the next tokens' scores, shape (n_groups * n_beams, n_vocabulary)."""
        if input_ids.shape[1] < self.n_prompt:
            return scores
        kept = self._kept(input_ids, scores.shape[1]).to(scores.device)
        masked = scores - (torch.inf if self.penalty is None else self.penalty)
        masked.view(-1)[kept] = scores.reshape(-1)[kept]
        return masked  # type: ignore[return-value]

    def _kept(self, input_ids: torch.Tensor, n_vocabulary: int) -> torch.Tensor:
        """Return the flat indices of the scores that stay as they are."""
        rows = []
        for row, tokens in enumerate(input_ids[:, self.n_prompt :].tolist()):
            group = row // self.n_beams
            state = self._state(group, tuple(tokens))
            rows.append(self.automata[group].allowed(state) + row * n_vocabulary)
        return torch.cat(rows)

    def _state(self, group: int, tokens: Ids) -> int:
        """Return the state after a row's tokens, one step from where the row stood before."""
        reached = self._reached[group]
        if tokens not in reached:
            automaton = self.automata[group]
            state = automaton.step(self._state(group, tokens[:-1]), tokens[-1])
            reached[tokens] = state if self.penalty is None else automaton.forgive(state)
        return reached[tokens]
