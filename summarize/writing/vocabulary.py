"""The vocabulary that a batch is decoded over: the model's own, or only what its evidence allows.

Evidence and function words come to some hundred tokens, a vocabulary to tens of thousands; output
layer, softmax and beam search over all of them take most of the time of a small model. A
``NarrowVocabulary`` cuts the model's word embeddings down to the tokens in question while a batch is
decoded (L'Hostis et al. 2016, "Vocabulary Selection Strategies for NMT", there by a dictionary, here
by grounding, which loses nothing: the other tokens are forbidden anyway).

The softmax is then taken over the tokens of a group's own lexicon, so that what a group gets doesn't
depend on its neighbours in the batch. That changes the probabilities of models whose mass lies
elsewhere; see ``Convention.softmax``.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, Protocol

import torch
from transformers import GenerationConfig

from summarize.writing.grounding import Automaton

_ID_SETTINGS = (
    "decoder_start_token_id",
    "forced_bos_token_id",
    "bos_token_id",
    "eos_token_id",
    "pad_token_id",
)


class Vocabulary(Protocol):
    """What decoding needs to know: settings and automata in the ids that the model uses meanwhile."""

    @property
    def generation(self) -> GenerationConfig: ...

    @property
    def automata(self) -> Sequence[Automaton]: ...

    def applied(self, model: Any) -> AbstractContextManager[None]:
        """Let the model use these ids inside the context."""

    def original(self, tokens: Sequence[int]) -> tuple[int, ...]:
        """Return the tokenizer's ids of the tokens that were generated."""


class WholeVocabulary:
    """The model as it is."""

    def __init__(self, generation: GenerationConfig, automata: Sequence[Automaton]) -> None:
        self.generation = generation
        self.automata = automata

    def applied(self, model: Any) -> AbstractContextManager[None]:
        """Change nothing."""
        return nullcontext()

    def original(self, tokens: Sequence[int]) -> tuple[int, ...]:
        """Return the tokens themselves."""
        return tuple(tokens)


class NarrowVocabulary:
    """The tokens of a batch's lexicons, numbered anew from 0 in the order of their ids."""

    def __init__(self, generation: GenerationConfig, automata: Sequence[Automaton]) -> None:
        self._lexicons = [automaton.lexicon() for automaton in automata]
        special = (i for name in _ID_SETTINGS for i in as_ids(getattr(generation, name)))
        self.tokens = tuple(sorted(frozenset(special).union(*self._lexicons)))
        self._numbers = {token: n for n, token in enumerate(self.tokens)}
        self._outside = self._outsiders()
        self.automata = [automaton.renumbered(self._numbers) for automaton in automata]
        self.generation = self._renumbered(generation)

    def _renumbered(self, generation: GenerationConfig) -> GenerationConfig:
        narrow = copy.deepcopy(generation)
        for name in _ID_SETTINGS:
            value = getattr(generation, name)
            if value is not None:
                ids = [self._numbers[i] for i in as_ids(value)]
                setattr(narrow, name, ids[0] if isinstance(value, int) else ids)
        return narrow

    def _outsiders(self) -> torch.Tensor:
        """Mark for each group the tokens that only others may use, shape (n_groups, n_tokens)."""
        outside = torch.ones(len(self._lexicons), len(self.tokens), dtype=torch.bool)
        for row, lexicon in zip(outside, self._lexicons, strict=True):
            row[[self._numbers[token] for token in lexicon]] = False
        return outside

    @contextmanager
    def applied(self, model: Any) -> Iterator[None]:
        """Cut the decoder's embeddings and the output layer; the encoder must have run before.

        Most models tie them to the encoder's embeddings, which are cut too then.
        """
        head = model.get_output_embeddings()
        tensors = _vocabulary_tensors(model)
        whole = [tensor.data for tensor in tensors]
        kept = torch.tensor(self.tokens, device=model.device)
        hook = head.register_forward_hook(self._restrict)
        try:
            for tensor, data in zip(tensors, whole, strict=True):
                # Weights have shape (n_vocabulary, d), biases (n_vocabulary,) or (1, n_vocabulary).
                axis = 1 if data.shape[0] == 1 else 0
                tensor.data = data.index_select(axis, kept)
            yield
        finally:
            hook.remove()
            for tensor, data in zip(tensors, whole, strict=True):
                tensor.data = data

    def _restrict(self, _module: Any, _inputs: Any, logits: torch.Tensor) -> torch.Tensor:
        """Leave each group only its own lexicon; logits have shape (n_groups * n_beams, 1, n_tokens)."""
        n_beams = len(logits) // len(self._outside)
        outside = self._outside.to(logits.device).repeat_interleave(n_beams, 0).unsqueeze(1)
        return logits.masked_fill(outside, -torch.inf)

    def original(self, tokens: Sequence[int]) -> tuple[int, ...]:
        """Return the tokenizer's ids of the tokens that were generated."""
        return tuple(self.tokens[n] for n in tokens)


def as_ids(value: int | Iterable[int] | None) -> tuple[int, ...]:
    """Return what a setting names: no token, one or several."""
    if value is None:
        return ()
    return (value,) if isinstance(value, int) else tuple(value)


def _vocabulary_tensors(model: Any) -> list[torch.Tensor]:
    """Return the distinct tensors behind the decoder's embeddings and the output layer."""
    head = model.get_output_embeddings()
    found = [
        model.get_decoder().get_input_embeddings().weight,
        head.weight,
        getattr(head, "bias", None),
        getattr(model, "final_logits_bias", None),  # BART and its kin
    ]
    return list({id(tensor): tensor for tensor in found if tensor is not None}.values())
