"""Builders: random seq2seq models of each supported class, a few kilobytes each, with a tokenizer.

Each returns the folder that it saved model and tokenizer to. The weights are random but seeded; the
tokenizers are trained on ``SENTENCES``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import (
    BartConfig,
    BartForConditionalGeneration,
    BartTokenizer,
    BertConfig,
    BertTokenizer,
    EncoderDecoderConfig,
    EncoderDecoderModel,
    LEDConfig,
    LEDForConditionalGeneration,
    MT5Config,
    MT5ForConditionalGeneration,
    PegasusConfig,
    PegasusForConditionalGeneration,
    PegasusTokenizer,
    T5Config,
    T5ForConditionalGeneration,
    T5Tokenizer,
)

SENTENCES = (
    "The U.S. killed 34 soldiers on Monday, Turkey's army said.",
    "Erdogan’s troops hit al-Assad’s 3.6 million men in Idlib.",
    'Putin said "the situation is dangerous" (he did not say why).',
    "Two rebel-held towns – Saraqeb and Sarmin – fell; $1,000 was paid.",
    "Zoë Müller flew to São Paulo before the de-escalation talks began.",
)
EVIDENCE = [SENTENCES[:2], (SENTENCES[3], SENTENCES[0]), (SENTENCES[4],), (SENTENCES[2], SENTENCES[1])]


def wordpiece() -> BertTokenizer:
    """An uncased WordPiece tokenizer, like the embedded writer's."""
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    trained = BertTokenizer({token: i for i, token in enumerate(special)})
    backend = trained.backend_tokenizer
    backend.train_from_iterator(SENTENCES, trainers.WordPieceTrainer(vocab_size=160, special_tokens=special))
    return BertTokenizer(backend.get_vocab())


def byte_level() -> BartTokenizer:
    """A cased byte-level BPE tokenizer, like BART's and LED's."""
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    backend = Tokenizer(models.BPE())
    backend.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    backend.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=400, special_tokens=special, initial_alphabet=pre_tokenizers.ByteLevel.alphabet()
    )
    backend.train_from_iterator(SENTENCES, trainer)
    model = backend.model.__getstate__()

    stored = json.loads(model)
    merges = [tuple(m) if isinstance(m, list) else tuple(m.split(" ")) for m in stored["merges"]]
    return BartTokenizer(vocab=stored["vocab"], merges=merges)


def _unigram(special: list[str]) -> list[tuple[str, float]]:
    """Make a SentencePiece-like vocabulary: short words whole, long ones in halves, and all letters.

    Made by hand because the library's trainer gives another one each time.
    """
    words = dict.fromkeys(w for text in SENTENCES for w in text.split())
    pieces = dict.fromkeys(special, 0.0)
    for n, word in enumerate(words):
        whole = "▁" + word
        for piece in (whole,) if len(word) <= 6 else (whole[:5], whole[5:]):
            pieces.setdefault(piece, -3.0 - 0.01 * n)
    letters = {*"abcdefghijklmnopqrstuvwxyz▁", *"".join(SENTENCES)} - {" "}
    for letter in sorted(letters):
        pieces.setdefault(letter, -12.0)
    return list(pieces.items())


def sentencepiece_t5() -> T5Tokenizer:
    """A cased SentencePiece tokenizer, like T5's and mT5's."""
    return T5Tokenizer(vocab=_unigram(["<pad>", "</s>", "<unk>"]), extra_ids=0)


def sentencepiece_pegasus() -> PegasusTokenizer:
    """A cased SentencePiece tokenizer, like PEGASUS'."""
    vocab = _unigram(["<pad>", "</s>", "<unk>"])
    return PegasusTokenizer(vocab=vocab, additional_special_tokens=["<mask_1>"], offset=2)


_BART = {
    "d_model": 16,
    "encoder_layers": 1,
    "decoder_layers": 1,
    "encoder_attention_heads": 2,
    "decoder_attention_heads": 2,
    "encoder_ffn_dim": 32,
    "decoder_ffn_dim": 32,
}
_T5 = {"d_model": 16, "d_kv": 8, "d_ff": 32, "num_layers": 1, "num_heads": 2, "decoder_start_token_id": 0}


def _save(model: Any, tokenizer: Any, folder: Path) -> Path:
    """Save; a raised end token lets random models come to an end."""
    end = model.generation_config.eos_token_id or model.config.eos_token_id
    with torch.no_grad():
        if hasattr(model, "final_logits_bias"):
            model.final_logits_bias[:, end] = 3.0
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def bert_to_bert(folder: Path) -> Path:
    """An ``EncoderDecoderModel`` of two BERTs."""
    tokenizer = wordpiece()
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
    encoder = BertConfig(vocab_size=len(tokenizer), **sizes)
    decoder = BertConfig(vocab_size=len(tokenizer), is_decoder=True, add_cross_attention=True, **sizes)
    config = EncoderDecoderConfig.from_encoder_decoder_configs(encoder, decoder)
    ids = {
        "decoder_start_token_id": tokenizer.cls_token_id,
        "eos_token_id": tokenizer.sep_token_id,
        "pad_token_id": tokenizer.pad_token_id,
    }
    torch.manual_seed(0)
    model = EncoderDecoderModel(config=config)
    for key, value in ids.items():
        setattr(model.config, key, value)
        setattr(model.generation_config, key, value)
    with torch.no_grad():
        model.decoder.cls.predictions.bias[tokenizer.sep_token_id] = 3.0
    return _save(model, tokenizer, folder)


def bart_of_bert(folder: Path) -> Path:
    """A BART with BERT's tokenizer, which is what the embedded writer is."""
    tokenizer = wordpiece()
    config = BartConfig(
        vocab_size=len(tokenizer),
        max_position_embeddings=128,
        pad_token_id=tokenizer.pad_token_id,
        bos_token_id=tokenizer.cls_token_id,
        eos_token_id=tokenizer.sep_token_id,
        decoder_start_token_id=tokenizer.cls_token_id,
        forced_eos_token_id=None,
        **_BART,
    )
    torch.manual_seed(11)
    return _save(BartForConditionalGeneration(config), tokenizer, folder)


def bart(folder: Path) -> Path:
    """A BART, with the forced first token of bart-large-cnn."""
    tokenizer = byte_level()
    config = BartConfig(
        vocab_size=len(tokenizer),
        max_position_embeddings=128,
        bos_token_id=0,
        pad_token_id=1,
        eos_token_id=2,
        decoder_start_token_id=2,
        **_BART,
    )
    torch.manual_seed(21)
    model = BartForConditionalGeneration(config)
    model.generation_config.forced_bos_token_id = 0
    return _save(model, tokenizer, folder)


def led(folder: Path) -> Path:
    """A LED with a document separator, like PRIMERA's."""
    tokenizer = byte_level()
    tokenizer.add_special_tokens({"additional_special_tokens": ["<doc-sep>"]})
    config = LEDConfig(
        vocab_size=len(tokenizer),
        max_encoder_position_embeddings=256,
        max_decoder_position_embeddings=64,
        attention_window=8,
        bos_token_id=0,
        pad_token_id=1,
        eos_token_id=2,
        decoder_start_token_id=2,
        **_BART,
    )
    torch.manual_seed(3)
    return _save(LEDForConditionalGeneration(config), tokenizer, folder)


def pegasus(folder: Path) -> Path:
    """A PEGASUS."""
    tokenizer = sentencepiece_pegasus()
    config = PegasusConfig(
        vocab_size=len(tokenizer),
        max_position_embeddings=128,
        pad_token_id=tokenizer.pad_token_id,
        eos_token_id=tokenizer.eos_token_id,
        decoder_start_token_id=tokenizer.pad_token_id,
        forced_eos_token_id=tokenizer.eos_token_id,
        **_BART,
    )
    torch.manual_seed(4)
    return _save(PegasusForConditionalGeneration(config), tokenizer, folder)


def t5(folder: Path) -> Path:
    """A T5."""
    tokenizer = sentencepiece_t5()
    torch.manual_seed(5)
    return _save(T5ForConditionalGeneration(T5Config(vocab_size=len(tokenizer), **_T5)), tokenizer, folder)


def mt5(folder: Path) -> Path:
    """A mT5."""
    tokenizer = sentencepiece_t5()
    torch.manual_seed(6)
    return _save(MT5ForConditionalGeneration(MT5Config(vocab_size=len(tokenizer), **_T5)), tokenizer, folder)


TOKENIZERS: dict[str, Callable[[], Any]] = {
    "wordpiece": wordpiece,
    "byte_level": byte_level,
    "sentencepiece_t5": sentencepiece_t5,
    "sentencepiece_pegasus": sentencepiece_pegasus,
}
MODELS: dict[str, Callable[[Path], Path]] = {
    "bert_to_bert": bert_to_bert,
    "bart_of_bert": bart_of_bert,
    "bart": bart,
    "led": led,
    "pegasus": pegasus,
    "t5": t5,
    "mt5": mt5,
}
