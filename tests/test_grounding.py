"""Grounded decoding: whatever the scores, only words of the evidence and function words come out."""

from __future__ import annotations

import random
from typing import Any, cast

import pytest
import torch

from summarize.writing.alignment import fold
from summarize.writing.grounding import Automaton, AutomatonBuilder, GroundingProcessor
from summarize.writing.lexicon import Word, evidence_words, spelling_at_head
from summarize.writing.words import FUNCTION_WORDS
from tests.tiny_writers import EVIDENCE, SENTENCES, TOKENIZERS

EOS = 1
FAMILIES = pytest.mark.parametrize("family", sorted(TOKENIZERS))


@pytest.fixture(scope="module")
def builders() -> dict[str, AutomatonBuilder]:
    made = {name: make() for name, make in TOKENIZERS.items()}
    return {n: AutomatonBuilder(t, [t.sep_token_id or t.eos_token_id]) for n, t in made.items()}


def texts(evidence: tuple[str, ...]) -> list[str]:
    return [word.text for word in evidence_words(evidence)[0]]


def automaton(*words: tuple[int, ...]) -> Automaton:
    built = Automaton([EOS])
    for ids in words:
        built.add(0, ids)
        built.add(1, ids)
    return built


def masked_by(processor: GroundingProcessor, ids: list[list[int]], scores: Any) -> Any:
    return processor(cast(Any, torch.tensor(ids)), scores)


def random_text(builder: AutomatonBuilder, evidence: tuple[str, ...], rng: random.Random) -> str:
    """Decode with random scores under the processor."""
    built = builder.build(evidence)
    processor = GroundingProcessor([built], n_beams=1)
    size = len(builder.encoder.tokenizer)
    ids = [0]
    for _ in range(40):
        scores = torch.tensor([[rng.random() for _ in range(size)]])
        ids.append(int(masked_by(processor, [ids], scores).argmax()))
        if ids[-1] in builder.eos_ids:
            return str(builder.encoder.tokenizer.decode(ids[1:-1], skip_special_tokens=True))
    while not built.accepts(ids[1:]):
        ids.pop()
    return str(builder.encoder.tokenizer.decode(ids[1:], skip_special_tokens=True))


def letters(text: str) -> str:
    return fold("".join(text.split()))


def is_made_of(text: str, words: set[str]) -> bool:
    """Tell whether a folded text without spaces is a sequence of words (dynamic programming)."""
    good = {0}
    for end in range(1, len(text) + 1):
        if any(end - len(w) in good and text.endswith(w, 0, end) for w in words):
            good.add(end)
    return len(text) in good


@FAMILIES
def test_random_scores_write_only_words_of_the_evidence(family: str, builders: dict[str, Any]) -> None:
    rng = random.Random(7)
    for evidence in EVIDENCE:
        words, marks = evidence_words(evidence)
        allowed = {letters(w.text) for w in words} | FUNCTION_WORDS | marks
        for _ in range(8):
            text = random_text(builders[family], evidence, rng)
            assert text
            assert is_made_of(letters(text), allowed), text


@pytest.mark.parametrize("family", ["byte_level", "sentencepiece_t5", "sentencepiece_pegasus"])
def test_with_spaces_in_the_tokens_every_written_word_is_one_of_the_evidence(
    family: str, builders: dict[str, Any]
) -> None:
    rng = random.Random(8)
    for evidence in EVIDENCE:
        words, marks = evidence_words(evidence)
        allowed = {fold(w.text) for w in words} | FUNCTION_WORDS
        for _ in range(8):
            for word in random_text(builders[family], evidence, rng).split():
                bare = fold(word)
                while bare not in allowed and bare and bare[-1] in marks:
                    bare = bare[:-1]
                assert bare in allowed | {""}, word


@FAMILIES
def test_the_evidence_itself_may_be_written(family: str, builders: dict[str, Any]) -> None:
    builder = builders[family]
    for sentence in SENTENCES:
        ids = builder.encoder.tokenizer(sentence, add_special_tokens=False)["input_ids"]
        assert builder.build((sentence,)).accepts(ids), sentence


@FAMILIES
def test_other_words_and_other_numbers_may_not_be_written(family: str, builders: dict[str, Any]) -> None:
    builder = builders[family]
    built = builder.build((SENTENCES[0],))
    for text in ("The army said 43", "The army said 3", "Idlib", "The army did not", "The arm", "Turkey's U"):
        ids = builder.encoder.tokenizer(text, add_special_tokens=False)["input_ids"]
        assert not built.accepts(ids), text


@FAMILIES
def test_a_text_ends_only_where_a_word_ends(family: str, builders: dict[str, Any]) -> None:
    builder = builders[family]
    built = builder.build(("Saraqeb fell.",))
    ids = builder.encoder.tokenizer("Saraqeb", add_special_tokens=False)["input_ids"]
    may_end = [
        bool(set(built.allowed(built.walk(ids[:n])).tolist()) & built.eos_ids) for n in range(len(ids) + 1)
    ]
    assert may_end == [False] * len(ids) + [True]


def test_a_started_word_must_be_finished() -> None:
    built = automaton((5, 6), (7,))
    assert built.allowed(built.walk([])).tolist() == [5, 7]
    assert built.allowed(built.walk([5])).tolist() == [6]
    assert built.allowed(built.walk([5, 6])).tolist() == [EOS, 5, 7]


def test_two_readings_of_the_same_tokens_are_both_kept() -> None:
    built = automaton((5,), (5, 6), (6, 8))
    assert built.accepts([5, 6])  # the second word
    assert built.accepts([5, 6, 8])  # the first, then the third
    assert not built.accepts([6])


def test_a_renumbered_automaton_accepts_the_same_texts_in_other_ids() -> None:
    built = automaton((5, 6), (7,))
    assert built.lexicon() == {EOS, 5, 6, 7}
    other = built.renumbered({EOS: 0, 5: 1, 6: 2, 7: 3})
    assert other.accepts([1, 2, 3])
    assert not other.accepts([1, 3])
    assert other.allowed(other.walk([3])).tolist() == [0, 1, 3]


def test_strict_grounding_forbids_and_leaves_the_other_scores_alone() -> None:
    processor = GroundingProcessor([automaton((2,)), automaton((3,))], n_beams=2)
    scores = torch.arange(16.0).reshape(4, 4)
    masked = masked_by(processor, [[0]] * 4, scores)
    kept = torch.isfinite(masked)
    assert kept.nonzero().tolist() == [[0, 2], [1, 2], [2, 3], [3, 3]]
    assert masked[kept].tolist() == [2.0, 6.0, 11.0, 15.0]


def test_soft_grounding_takes_a_fixed_penalty_and_forgives() -> None:
    processor = GroundingProcessor([automaton((2, 3))], n_beams=1, penalty=5.0)
    at_head = masked_by(processor, [[0]], torch.zeros(1, 4))
    assert at_head.tolist() == [[-5.0, -5.0, 0.0, -5.0]]
    after_a_miss = masked_by(processor, [[0, 3]], torch.zeros(1, 4))
    assert after_a_miss.tolist() == [[-5.0, 0.0, 0.0, -5.0]]


def test_forced_first_tokens_are_not_the_processors_business() -> None:
    processor = GroundingProcessor([automaton((2,))], n_beams=1, n_prompt=2)
    assert masked_by(processor, [[0]], torch.zeros(1, 4)).tolist() == [[0.0] * 4]


def test_control_tokens_in_the_evidence_are_no_words(builders: dict[str, Any]) -> None:
    built = builders["wordpiece"].build(("Rain [SEP] fell",))
    assert builders["wordpiece"].encoder.tokenizer.sep_token_id not in built.allowed(1).tolist()


def test_words_are_offered_with_and_without_the_marks_at_their_edges() -> None:
    assert set(texts(("“troops”,",))) == {"troops", "troops”", "troops”,", "“troops", "“troops”", "“troops”,"}


def test_parts_of_hyphenated_words_are_no_words_and_stops_of_abbreviations_stay() -> None:
    assert texts(("rebel-held",)) == ["rebel-held"]
    assert texts(("U.S. army",)) == ["U.S.", "army"]


def test_possessives_offer_their_base_form() -> None:
    assert "Turkey" in texts(("Turkey's army",))
    assert "Assad" not in texts(("al-Assad’s men",))
    assert "al-Assad" in texts(("al-Assad’s men",))


def test_the_first_word_of_a_sentence_is_known_as_such() -> None:
    words, _ = evidence_words(("Rain fell. Snow came.",))
    assert {w.text for w in words if w.opens and w.text.isalpha()} == {"Rain", "Snow"}
    assert Word("fell") in words


def test_the_first_word_of_a_text_may_get_a_capital() -> None:
    assert spelling_at_head("“two") == "“Two"
    assert spelling_at_head("iPhone") == "iPhone"


def test_no_negation_modal_or_number_is_a_function_word() -> None:
    assert not FUNCTION_WORDS & {"not", "no", "never", "may", "might", "could", "would", "one", "two", "all"}
