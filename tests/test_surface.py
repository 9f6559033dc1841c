"""The way back from a model's plain text to the surface of the evidence."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from transformers import AutoTokenizer

from summarize.resources import embedder_dir, models_dir
from summarize.segmentation import load_tokenizer, split
from summarize.writing.alignment import FREE, align, fold, units
from summarize.writing.surface import Surface, capitalised, lowered, realise, restore

SEEDS = Path(__file__).parents[1] / "seeds"
TWO = (
    "Russian President Vladimir Putin met the US envoy.",
    "Turkish President Recep Tayyip Erdogan left Moscow.",
)


def seed_sentences() -> list[str]:
    punkt = load_tokenizer(models_dir() / "punkt" / "parameters.json")
    paragraphs = [p for f in sorted(SEEDS.glob("*.txt")) for p in f.read_text(encoding="utf-8").split("\n")]
    return [p[start:end] for p in paragraphs for start, end in split(p, punkt)]


def surface(text: str, evidence: tuple[str, ...]) -> Surface:
    found = realise(text, evidence)
    assert found is not None
    return found


def test_every_seed_sentence_comes_back_from_the_uncased_tokenizer() -> None:
    tokenizer = AutoTokenizer.from_pretrained(embedder_dir())
    found = seed_sentences()
    assert len(found) > 100
    for sentence in found:
        ids = tokenizer(sentence, add_special_tokens=False)["input_ids"]
        restored = restore(tokenizer.decode(ids), (sentence,))
        plain = " ".join(sentence.split())
        assert restored in (plain, plain + "."), sentence


def test_every_pair_of_seed_sentences_comes_back_from_its_joint_evidence() -> None:
    found = [s for s in seed_sentences() if s.endswith(".")]
    for first, second in pairwise(found):
        restored = restore(second.lower(), (first, second))
        assert restored == " ".join(second.split())


@pytest.mark.parametrize(
    "sentence",
    [
        "The U.S. paid $1,000, or 3.6%, to al-Assad’s men.",
        'Zoë said: "It\'s a café" (in São Paulo).',
        "“We will not go,” he said – twice.",
        "The regime´s rock 'n' roll costs €100 and £5m.",
        "AT&T's e-mail: a/b, 50-50 and #1.",
        "北京 is not 東京。",
        "Prices rose 2½ percent…",
    ],
)
def test_a_lower_cased_and_spaced_out_sentence_comes_back(sentence: str) -> None:
    spaced = " ".join(unit.fold for unit in units([sentence]))
    assert restore(spaced, (sentence,)) == sentence


def test_line_breaks_and_runs_of_spaces_become_one_space() -> None:
    assert restore("rain fell today", ("Rain\n  fell\u00a0 today.",)) == "Rain fell today."


def test_a_word_that_does_not_stand_in_the_evidence_is_refused() -> None:
    assert restore("rain fell on mars", ("Rain fell on Earth.",)) is None


def test_part_of_a_number_or_word_is_refused() -> None:
    assert restore("it hosts 36 people", ("It hosts 360 people.",)) is None


def test_the_last_word_of_all_evidence_may_move_inside() -> None:
    assert restore("rain and snow", ("Rain", "Snow")) == "Rain and Snow."


def test_function_words_may_join_what_stands_apart() -> None:
    assert restore("rain fell and snow came", ("Rain fell.", "Snow came.")) == "Rain fell and Snow came."


@pytest.mark.parametrize("text", ["", " ", ".", ", the"])
def test_a_text_without_content_is_refused(text: str) -> None:
    assert restore(text, ("Rain fell, it did.",)) is None


def test_marks_at_the_head_are_dropped() -> None:
    assert restore(", rain fell", ("Today, rain fell.",)) == "Rain fell."


def test_case_follows_the_run_that_a_word_belongs_to() -> None:
    evidence = ("Tell us about it.", "The US left.")
    assert restore("the us left", evidence) == "The US left."
    assert restore("tell us about it", evidence) == "Tell us about it."


def test_the_first_word_of_a_sentence_loses_its_capital_inside() -> None:
    assert restore("in may the army left", ("The army left.", "In May it rained.")) == "In May the army left."
    assert restore("on friday two soldiers left", ("Two soldiers left.", "On Friday it rained.")) == (
        "On Friday two soldiers left."
    )


@pytest.mark.parametrize(
    ("word", "following", "inner", "expected"),
    [
        ("The", "United", (), "the"),
        ("Two", "Turkish", (), "two"),
        ("Syrian", "forces", (), "Syrian"),
        ("Turkish", "forces", ("forces",), "Turkish"),
        ("Government", "forces", (), "government"),
        ("Government", "House", (), "Government"),
        ("New", "York", (), "New"),
        ("Clashes", "erupted", (), "clashes"),
        ("Artillery", "fire", (), "Artillery"),
        ("Artillery", "fire", ("artillery",), "artillery"),
        ("Police", "said", ("Police",), "Police"),
        ("US", "troops", (), "US"),
        ("I", "will", (), "I"),
        ("iPhone", "sales", (), "iPhone"),
    ],
)
def test_names_keep_their_capital(word: str, following: str, inner: tuple[str, ...], expected: str) -> None:
    assert lowered(word, following, frozenset(inner)) == expected


def test_the_first_letter_of_a_claim_is_a_capital_unless_the_word_has_its_own() -> None:
    assert capitalised("al") == "Al"
    assert capitalised("iPhone") == "iPhone"
    assert restore("syrian rebels left", ("On Friday Syrian rebels left.",)) == "Syrian rebels left."
    assert restore("rebels left", ("On Friday rebels left.",)) == "Rebels left."


def test_a_full_stop_is_added_once_and_dangling_marks_go() -> None:
    assert restore("rain fell,", ("Rain fell, it said.",)) == "Rain fell."
    assert restore("rain fell .", ("Rain fell today.",)) == "Rain fell."
    assert restore("did rain fall ?", ("Did rain fall?",)) == "Did rain fall?"
    assert restore("he said “ go . ”", ("He said “Go.”",)) == "He said “Go.”"


def test_a_headline_ends_without_a_full_stop() -> None:
    assert restore("rain fell .", ("Rain fell.",), final_stop=False) == "Rain fell"
    assert restore("rain in the u . s .", ("Rain in the U.S.",), final_stop=False) == "Rain in the U.S."


def test_where_runs_meet_spacing_follows_the_rules() -> None:
    evidence = ("Rain fell (in Rome).", "Snow “will stay”, he said.")
    assert restore("rain fell, he said", evidence) == "Rain fell, he said."
    assert restore("snow (in rome)", evidence) == "Snow (in Rome)."
    assert restore("rain “will stay”", evidence) == "Rain “will stay”."


def test_an_article_agrees_with_the_word_that_it_was_put_before() -> None:
    evidence = ("A deal fell.", "An attack came.", "It was an uneasy hour.")
    assert restore("it was a attack", evidence) == "It was an attack."
    assert restore("it was an deal", evidence) == "It was a deal."


def test_a_name_put_together_from_two_is_marked() -> None:
    assert surface("turkish president vladimir putin left moscow", TWO).has_spliced_name
    assert surface("president vladimir moscow", TWO).has_spliced_name


def test_a_shortened_name_is_no_splice() -> None:
    assert not surface("president erdogan left moscow", TWO).has_spliced_name
    assert not surface("vladimir putin met the us envoy and erdogan left moscow", TWO).has_spliced_name


def test_runs_point_at_the_characters_that_they_copy() -> None:
    found = surface("vladimir putin met recep tayyip erdogan", TWO)
    copied = [
        (found.text[r.start : r.end], TWO[r.evidence][r.evidence_start : r.evidence_end]) for r in found.runs
    ]
    assert copied == [("Vladimir Putin met",) * 2, ("Recep Tayyip Erdogan",) * 2]


def test_a_free_word_ends_a_run() -> None:
    found = surface("rain fell and russian president", ("Rain fell.", "Russian President."))
    assert [(r.start, r.end, r.evidence) for r in found.runs] == [(0, 9, 0), (14, 31, 1)]
    opening = surface("rain fell and russian president", ("Russian President.", "Rain fell."))
    assert [(r.start, r.end, r.evidence) for r in opening.runs] == [(0, 9, 1), (14, 31, 0)]


def test_the_alignment_has_as_few_breaks_as_possible() -> None:
    source = units(["the dog saw the cat"])
    assert align(["the", "cat"], source, frozenset()) == [3, 4]
    assert align(["the", "dog", "saw"], source, frozenset()) == [0, 1, 2]
    assert align(["and", "cat"], source, frozenset({"and"})) == [FREE, 4]
    assert align(["cow"], source, frozenset()) is None


def test_folding_drops_case_diacritics_and_invisible_characters() -> None:
    assert fold("Zoë Şişli") == "zoe sisli"
    assert fold("so\u00adft\u200b") == "soft"


def test_units_are_words_marks_and_ideographs_with_their_places() -> None:
    found = [(u.fold, u.text, u.start, u.end) for u in units(["3.6m", "東京,"])]
    assert found == [
        ("3", 0, 0, 1),
        (".", 0, 1, 2),
        ("6m", 0, 2, 4),
        ("東", 1, 0, 1),
        ("京", 1, 1, 2),
        (",", 1, 2, 3),
    ]


@settings(max_examples=150)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=3), st.text(max_size=30))
def test_no_text_makes_it_fail_and_runs_always_fold_alike(evidence: list[str], text: str) -> None:
    for written in (text, evidence[0], " ".join(evidence)):
        found = realise(written, evidence)
        if found is None:
            continue
        for run in found.runs:
            copied = evidence[run.evidence][run.evidence_start : run.evidence_end]
            assert fold(found.text[run.start : run.end]).split() == fold(copied).split()


def test_a_comma_may_be_set_that_no_evidence_sentence_has() -> None:
    evidence = ("Erdogan flew to Moscow on Thursday.", "He met Putin there.")
    surface = realise("erdogan flew to moscow on thursday, and he met putin there.", evidence)
    assert (
        surface is not None and surface.text == "Erdogan flew to Moscow on Thursday, and he met Putin there."
    )


def test_an_abbreviation_ends_the_sentence_with_one_stop() -> None:
    surface = realise("it went outside the u. s..", ("It went outside the U.S., and came back.",))
    assert surface is not None and surface.text == "It went outside the U.S."


def test_behind_an_abbreviation_no_sentence_begins() -> None:
    evidence = (
        "It is owned by Barnes & Noble, Inc., which bought it.",
        "It was formerly a company of its own.",
    )
    surface = realise("it is owned by barnes & noble, inc. formerly a company of its own.", evidence)
    assert surface is not None and surface.text.startswith(
        "It is owned by Barnes & Noble, Inc. formerly a company"
    )
