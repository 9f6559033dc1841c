"""The seq2seq writer: evidence in, n-best sentences out, for any model of the family.

Contract: the same evidence gives the same candidates, in whatever order the groups come (beam
search without sampling, batches in a fixed order). What a candidate's words are, ``grounding``
decides; how they look on paper, ``surface`` does. Nothing is downloaded or logged at import.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from transformers import DynamicCache, EncoderDecoderCache, GenerationConfig, LogitsProcessorList

from summarize.language import misnames, misquotes
from summarize.log import quiet
from summarize.types import Candidate
from summarize.writing.attention import share_evidence, shares_evidence
from summarize.writing.conventions import WriterOptions
from summarize.writing.grounding import Automaton, AutomatonBuilder, GroundingProcessor
from summarize.writing.loading import load, signature_of
from summarize.writing.surface import realise
from summarize.writing.vocabulary import NarrowVocabulary, Vocabulary, WholeVocabulary, as_ids

SOFT_PENALTY = 5.0  # nats per token that leaves the evidence
_LOST = -1e6  # beam search's mark for hypotheses that don't exist
_SCORE_BYTES = 1 << 30  # most that one batch's kept scores may take
_WHOLE_SENTENCES = re.compile(r".*[.!?…]['’”\"»)\]]*(?=\s+['‘“\"«(\[]*[A-Z])", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Group:
    """One group of evidence on its way through the model."""

    index: int
    evidence: tuple[str, ...]
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Hypothesis:
    """What beam search returned: the model's own tokens, without start and end."""

    ids: tuple[int, ...]
    score: float  # mean log-probability, nats per token
    is_finished: bool


class _BeamCache(EncoderDecoderCache):
    """Keys and values of beam search, where all beams of a group see the same evidence.

    So those of the evidence are computed once for a group instead of once for a beam, they stay where they
    are when beams change their places, and are not even repeated where the model can share them.
    """

    def __init__(self, model: Any, start: int, n_beams: int, evidence: dict[str, Any]) -> None:
        config = model.config.get_text_config(decoder=True)
        super().__init__(DynamicCache(config=config), DynamicCache(config=config))
        first = torch.full((len(evidence["attention_mask"]), 1), start, device=model.device)
        model(**evidence, decoder_input_ids=first, past_key_values=self, use_cache=True)
        self.self_attention_cache = DynamicCache(config=config)
        if not shares_evidence(model):
            self.cross_attention_cache.batch_repeat_interleave(n_beams)

    def reorder_cache(self, beam_idx: torch.LongTensor) -> None:
        self.self_attention_cache.reorder_cache(beam_idx)


class Seq2SeqWriter:
    """Writes with an encoder-decoder; use ``load_writer`` to get one."""

    def __init__(self, model: Any, tokenizer: Any, options: WriterOptions, signature: str) -> None:
        self.model = model
        self.tokenizer = tokenizer
        self.options = options
        self.signature = signature
        self._n_prompt = 1 + (model.generation_config.forced_bos_token_id is not None)
        self._generation = _generation_config(model, tokenizer, options)
        model.generation_config = self._generation  # or its own defaults would fill what ours leaves open
        self._is_narrow = options.grounding == "strict" and options.convention.softmax == "evidence"
        if self._is_narrow:
            share_evidence(model)
        self._builder = AutomatonBuilder(
            tokenizer, as_ids(self._generation.eos_token_id), options.convention.line_break
        )
        self._specials = _special_pattern(tokenizer)

    def write(self, evidence: list[tuple[str, ...]], task: str | None = None) -> list[tuple[Candidate, ...]]:
        """Propose texts for each group of evidence.

        :param task: chooses the prefix, for models that know several; others ignore it.
        :return: for each group at most ``n_candidates`` distinct texts, best first; none if the model
            has found no whole sentence in the group's words.
        """
        written: list[tuple[Candidate, ...]] = [()] * len(evidence)
        with quiet(), torch.inference_mode():
            for batch in self._batches(evidence, task):
                for group, candidates in zip(batch, self._write_batch(batch, task), strict=True):
                    written[group.index] = candidates
        return written

    def _batches(self, evidence: Sequence[tuple[str, ...]], task: str | None) -> Iterator[list[_Group]]:
        """Yield groups of similar length; the order of the input plays no part."""
        groups = [
            _Group(i, e, self._encode(e, task)) for i, e in enumerate(evidence) if any(map(str.strip, e))
        ]
        groups.sort(key=lambda g: (len(g.ids), g.ids, g.evidence))
        size = self._batch_size()
        for start in range(0, len(groups), size):
            yield groups[start : start + size]

    def _batch_size(self) -> int:
        """Return the groups per batch, so that the scores that beam search keeps fit into memory."""
        n_vocabulary = int(self.model.get_output_embeddings().weight.shape[0])
        per_group = 4 * self.options.n_beams * self.options.max_tokens * n_vocabulary  # bytes
        return max(1, min(self.options.batch_size, _SCORE_BYTES // per_group))

    def _encode(self, evidence: tuple[str, ...], task: str | None) -> tuple[int, ...]:
        """Return the input ids; text that reads like a control token is taken apart."""
        plain = [self._specials.sub(" ", piece) for piece in evidence]
        source = self.options.convention.source(plain, task)
        limit = self.options.max_source_tokens
        return tuple(self.tokenizer(source, truncation=True, max_length=limit)["input_ids"])

    def _write_batch(self, batch: list[_Group], task: str | None) -> Iterator[tuple[Candidate, ...]]:
        automata = self._automata(batch)
        hypotheses = self._generate(batch, automata)
        for n, group in enumerate(batch):
            found = hypotheses[n]
            if self.options.grounding == "strict":
                found = [h for h in found if not h.is_finished or automata[n].accepts(h.ids)]
            yield self._candidates(found, group.evidence, task)

    def _automata(self, batch: list[_Group]) -> list[Automaton]:
        if self.options.grounding == "off":
            return []
        return [self._builder.build(group.evidence) for group in batch]

    def _generate(self, batch: list[_Group], automata: list[Automaton]) -> list[list[_Hypothesis]]:
        """Run beam search on one batch."""
        inputs = self._inputs(batch)
        encoded = self.model.get_encoder()(**inputs, return_dict=True)
        evidence = {"encoder_outputs": encoded, "attention_mask": inputs["attention_mask"]}
        start = self._generation.decoder_start_token_id
        cache = _BeamCache(self.model, start, self.options.n_beams, evidence)
        vocabulary = self._vocabulary(automata)
        with vocabulary.applied(self.model):
            output = self.model.generate(
                **evidence,
                past_key_values=cache,
                generation_config=vocabulary.generation,
                logits_processor=self._processors(vocabulary.automata),
            )
        rows = output.sequences[:, 1:].tolist()
        found = [self._hypothesis(row, i, output, vocabulary) for i, row in enumerate(rows)]
        n = len(rows) // len(batch)
        return [[h for h in found[i : i + n] if h.score > _LOST] for i in range(0, len(rows), n)]

    def _vocabulary(self, automata: list[Automaton]) -> Vocabulary:
        if self._is_narrow:
            return NarrowVocabulary(self._generation, automata)
        return WholeVocabulary(self._generation, automata)

    def _processors(self, automata: Sequence[Automaton]) -> LogitsProcessorList:
        if not automata:
            return LogitsProcessorList()
        penalty = SOFT_PENALTY if self.options.grounding == "soft" else None
        return LogitsProcessorList(
            [GroundingProcessor(automata, self.options.n_beams, self._n_prompt, penalty)]
        )

    def _inputs(self, batch: list[_Group]) -> dict[str, torch.Tensor]:
        """Pad a batch; ids and masks have shape (n_groups, longest)."""
        longest = max(len(g.ids) for g in batch)
        pad = self._generation.pad_token_id
        ids = torch.tensor([[*g.ids, *[pad] * (longest - len(g.ids))] for g in batch])
        mask = torch.tensor([[1] * len(g.ids) + [0] * (longest - len(g.ids)) for g in batch])
        inputs = {"input_ids": ids, "attention_mask": mask}
        if self.options.convention.global_attention != "none":
            inputs["global_attention_mask"] = self._global_attention(ids)
        return {name: tensor.to(self.model.device) for name, tensor in inputs.items()}

    def _global_attention(self, ids: torch.Tensor) -> torch.Tensor:
        """Mark the first token, and PRIMERA's document separators (Xiao et al. 2022, section 2)."""
        marked = torch.zeros_like(ids)
        marked[:, 0] = 1
        if self.options.convention.global_attention == "separators":
            separator = self.tokenizer.convert_tokens_to_ids(self.options.convention.separator.strip())
            marked[ids == separator] = 1
        return marked

    def _hypothesis(self, row: list[int], index: int, output: Any, vocabulary: Vocabulary) -> _Hypothesis:
        """Cut a row at its end token and work out its mean log-probability."""
        eos = as_ids(vocabulary.generation.eos_token_id)
        end = next((i for i, token in enumerate(row) if token in eos and i >= self._n_prompt - 1), None)
        if end is None:
            pad = vocabulary.generation.pad_token_id
            while row and row[-1] == pad:
                row = row[:-1]
        n_tokens = len(row) if end is None else end + 1
        score = self._mean_score(row[:n_tokens], index, output)
        return _Hypothesis(vocabulary.original(row[self._n_prompt - 1 : end]), score, end is not None)

    def _mean_score(self, row: list[int], index: int, output: Any) -> float:
        if not row:
            return 2 * _LOST
        if output.get("sequences_scores") is not None:  # sum / n_tokens ** length_penalty
            total = float(output.sequences_scores[index]) * math.pow(len(row), self.options.length_penalty)
        else:  # greedy search keeps no sums
            steps = (logits[index].float().log_softmax(-1) for logits in output.logits)
            total = math.fsum(float(step[token]) for step, token in zip(steps, row, strict=False))
        return total / len(row)

    def _candidates(
        self, hypotheses: list[_Hypothesis], evidence: tuple[str, ...], task: str | None
    ) -> tuple[Candidate, ...]:
        found: dict[str, Candidate] = {}
        for hypothesis in hypotheses:
            text = self._text(hypothesis, evidence, task)
            if text:
                found.setdefault(text, Candidate(text, hypothesis.score))
        return tuple(found.values())[: self.options.n_candidates]

    def _text(self, hypothesis: _Hypothesis, evidence: tuple[str, ...], task: str | None) -> str | None:
        """Decode, and restore the surface; None if that can't be done without inventing one."""
        text = self.tokenizer.decode(
            list(hypothesis.ids), skip_special_tokens=True, clean_up_tokenization_spaces=False
        )
        if self.options.convention.line_break:
            text = text.replace(self.options.convention.line_break, " ")
        text = " ".join(text.split())
        if not hypothesis.is_finished:
            whole = _WHOLE_SENTENCES.match(text)  # a cut text is good up to its last whole sentence
            text = whole.group() if whole else ""
        surface = realise(text, evidence, final_stop=task != "headline")
        if self.options.grounding != "strict":
            return surface.text if surface else (text if self._builder.encoder.is_cased else None)
        if surface is None or surface.has_spliced_name:
            return None
        if misquotes(surface.text, evidence) or misnames(surface.text, evidence):
            return None
        return surface.text


def load_writer(name: str, options: WriterOptions, *, fingerprint: str | None = None) -> Seq2SeqWriter:
    """Load a model by hub name or folder and make it a writer.

    :param fingerprint: SHA-256 of the model if it is known already.
    :raises ModelError: if the model is missing, incomplete or can't be reached.
    :raises ConfigError: if the device was named but is not there.
    """
    model, tokenizer, options = load(name, options)
    return Seq2SeqWriter(model, tokenizer, options, signature_of(name, model, options, fingerprint))


def _generation_config(model: Any, tokenizer: Any, options: WriterOptions) -> GenerationConfig:
    """Take the token ids from the model and every decision from the options."""
    theirs, config = model.generation_config, model.config
    start = theirs.decoder_start_token_id
    settings: dict[str, Any] = {
        "decoder_start_token_id": config.decoder_start_token_id if start is None else start,
        "forced_bos_token_id": theirs.forced_bos_token_id,
        "bos_token_id": theirs.bos_token_id,
        "eos_token_id": _first(theirs.eos_token_id, config.eos_token_id, tokenizer.sep_token_id),
        "pad_token_id": _first(theirs.pad_token_id, config.pad_token_id, tokenizer.pad_token_id),
        "max_new_tokens": options.max_tokens,
        "min_new_tokens": options.min_tokens or None,
        "num_beams": options.n_beams,
        "num_return_sequences": min(options.n_candidates, options.n_beams),
        "no_repeat_ngram_size": options.no_repeat_ngram_size or None,
        "do_sample": False,
        "return_dict_in_generate": True,
    }
    if options.n_beams > 1:
        settings |= {"length_penalty": options.length_penalty, "output_scores": True}
    else:
        settings |= {"output_logits": True}
    return GenerationConfig(**settings)


def _first(*values: Any) -> Any:
    return next(value for value in values if value is not None)


def _special_pattern(tokenizer: Any) -> re.Pattern[str]:
    """Match what the tokenizer would read as a control token."""
    tokens = sorted({*tokenizer.all_special_tokens, *tokenizer.get_added_vocab()}, key=len, reverse=True)
    return re.compile("|".join(re.escape(t) for t in tokens if t.strip()) or r"(?!)")
