"""Writers of every supported class, with tiny random weights."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch
import yaml

from summarize.errors import ConfigError, ModelError
from summarize.writing import EMBEDDED, Convention, Seq2SeqWriter, WriterOptions, load_writer, options_from
from summarize.writing.alignment import units
from summarize.writing.lexicon import evidence_words
from summarize.writing.model import _Hypothesis
from summarize.writing.words import FUNCTION_WORDS
from tests.tiny_writers import EVIDENCE, MODELS, SENTENCES

ROOT = Path(__file__).parents[1]
HUB_PRESETS = (
    "bart-large-cnn",
    "distilbart",
    "flan-t5",
    "led",
    "mt5",
    "pegasus-multi-news",
    "primera",
)
UNCASED = ("bart_of_bert", "bert_to_bert")
KINDS = pytest.mark.parametrize("kind", sorted(MODELS))


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {kind: make(tmp_path_factory.mktemp(kind)) for kind, make in MODELS.items()}


@pytest.fixture(autouse=True)
def one_thread() -> None:
    torch.set_num_threads(1)


def convention(kind: str) -> Convention:
    if kind in UNCASED:
        return EMBEDDED
    if kind == "led":
        return Convention(separator="<doc-sep>", global_attention="separators")
    return Convention(prefix="summarize: " if "t5" in kind else "")


def writer(folder: Path, **settings: object) -> Seq2SeqWriter:
    kind = settings.pop("kind", folder.name.removesuffix("0"))
    # Random models repeat themselves and stop at once, unless they are kept from it.
    varied = {"min_tokens": 8, "no_repeat_ngram_size": 1}
    chosen = varied | {
        "max_tokens": 40,
        "n_beams": 4,
        "n_candidates": 4,
        "dtype": "float32",
        "device": "cpu",
        "convention": convention(str(kind)),
    }
    return load_writer(str(folder), WriterOptions(**{**chosen, **settings}))  # type: ignore[arg-type]


def written(made: Seq2SeqWriter, task: str | None = None) -> list[tuple[str, ...]]:
    return [tuple(c.text for c in group) for group in made.write(EVIDENCE, task=task)]


@KINDS
def test_each_class_writes_grounded_candidates_best_first(kind: str, folders: dict[str, Path]) -> None:
    made = writer(folders[kind])
    found = made.write(EVIDENCE, task="fuse")
    assert len(found) == len(EVIDENCE)
    assert any(found), "no candidate at all: the test would be empty"
    for evidence, group in zip(EVIDENCE, found, strict=True):
        words, _ = evidence_words(evidence)
        allowed = {u.fold for w in words for u in units([w.text])} | FUNCTION_WORDS | {",", "."}
        assert len(group) <= 4
        assert len({c.text for c in group}) == len(group)
        assert [c.score for c in group] == sorted((c.score for c in group), reverse=True)
        for candidate in group:
            assert candidate.score < 0
            assert {u.fold for u in units([candidate.text])} <= allowed
            assert candidate.text[0].isupper() or not candidate.text[0].isalpha()


@KINDS
def test_the_same_evidence_gives_the_same_candidates_in_any_order(
    kind: str, folders: dict[str, Path]
) -> None:
    made = writer(folders[kind], batch_size=2)
    first = made.write(EVIDENCE)
    assert writer(folders[kind], batch_size=2).write(EVIDENCE) == first
    assert made.write(EVIDENCE[::-1])[::-1] == first


@pytest.mark.parametrize("kind", ["bart_of_bert", "t5"])
def test_greedy_search_and_the_other_groundings_write_too(kind: str, folders: dict[str, Path]) -> None:
    for grounding in ("strict", "soft", "off"):
        found = writer(folders[kind], n_beams=1, n_candidates=1, grounding=grounding).write(EVIDENCE)
        assert all(len(group) <= 1 for group in found)
        assert all(c.score < 0 for group in found for c in group)


def test_a_score_is_the_mean_log_probability_whatever_the_length_penalty(folders: dict[str, Path]) -> None:
    plain = writer(folders["bart_of_bert"], length_penalty=1.0)
    greedy = writer(folders["bart_of_bert"], n_beams=1, n_candidates=1)
    other = writer(folders["bart_of_bert"], length_penalty=0.5)
    scores = {
        c.text: c.score for made in (plain, greedy) for group in made.write(EVIDENCE[:1]) for c in group
    }
    for candidate in other.write(EVIDENCE[:1])[0]:
        if candidate.text in scores:
            assert candidate.score == pytest.approx(scores[candidate.text], abs=1e-4)


@pytest.mark.parametrize("kind", ["bart_of_bert", "bert_to_bert", "mt5", "pegasus", "t5"])
@pytest.mark.parametrize("softmax", ["vocabulary", "evidence"])
def test_a_score_can_be_recomputed_from_the_model(softmax: str, kind: str, folders: dict[str, Path]) -> None:
    made = writer(folders[kind], convention=replace(convention(kind), softmax=softmax))
    (batch,) = made._batches(EVIDENCE[:1], "fuse")
    with torch.inference_mode():
        (automaton,) = made._automata(batch)
        (hypotheses,) = made._generate(batch, [automaton])
        best = next(h for h in hypotheses if h.is_finished)
        target = [*best.ids, *automaton.eos_ids]
        decoder = torch.tensor([[made._generation.decoder_start_token_id, *best.ids]])
        logits = made.model(**made._inputs(batch), decoder_input_ids=decoder).logits[0]
        if softmax == "evidence":
            logits[:, sorted(set(range(logits.shape[1])) - automaton.lexicon())] = -torch.inf
    expected = logits.log_softmax(-1)[range(len(target)), target].mean()
    assert best.score == pytest.approx(float(expected), abs=1e-4)


@KINDS
def test_over_the_words_of_the_evidence_the_other_groups_of_a_batch_play_no_part(
    kind: str, folders: dict[str, Path]
) -> None:
    narrow = replace(convention(kind), softmax="evidence")
    made = writer(folders[kind], convention=narrow, no_repeat_ngram_size=0)
    made.model.double()  # so that rounding never decides between two beams
    weights = {name: tensor.clone() for name, tensor in made.model.state_dict().items()}
    (batch,) = made._batches(EVIDENCE, "fuse")
    with torch.inference_mode():
        together = made._generate(batch, made._automata(batch))
        for group, found in zip(batch, together, strict=True):
            (alone,) = made._generate([group], made._automata([group]))
            assert found
            assert [h.ids for h in alone] == [h.ids for h in found]
            assert [h.score for h in alone] == pytest.approx([h.score for h in found], abs=1e-4)
    assert all(torch.equal(tensor, weights[name]) for name, tensor in made.model.state_dict().items())


def test_a_failure_in_the_middle_leaves_the_model_whole(
    folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = writer(folders["bart_of_bert"])
    before = made.write(EVIDENCE)
    with monkeypatch.context() as patch:
        patch.setattr(made.model.model.decoder, "forward", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            made.write(EVIDENCE)
    assert made.write(EVIDENCE) == before


def test_groups_without_words_get_no_candidates(folders: dict[str, Path]) -> None:
    made = writer(folders["bart_of_bert"])
    assert made.write([]) == []
    assert made.write([(), (" ", "")]) == [(), ()]


def test_a_headline_has_no_full_stop(folders: dict[str, Path]) -> None:
    headlines = [t for group in written(writer(folders["bart_of_bert"]), "headline") for t in group]
    assert headlines
    assert not [t for t in headlines if t.endswith(".") and not t.endswith("U.S.")]


def test_the_task_chooses_the_prefix_and_the_separator_is_the_control_token(folders: dict[str, Path]) -> None:
    made = writer(folders["bart_of_bert"])
    assert EMBEDDED.source(["A b.", "C\nd."], "shorten") == "shorten: A b. [SEP] C d."
    assert made._encode(("Idlib", "Idlib"), "fuse").count(made.tokenizer.sep_token_id) == 2
    assert made._encode(("Idlib [SEP] Idlib",), "fuse").count(made.tokenizer.sep_token_id) == 1
    assert Convention(prefix="summarize: ").source(["a"], "fuse") == "summarize: a"


def test_primeras_separators_and_the_first_token_get_global_attention(folders: dict[str, Path]) -> None:
    made = writer(folders["led"])
    ids = made._encode(SENTENCES[:3], None)
    separator = made.tokenizer.convert_tokens_to_ids("<doc-sep>")
    marked = made._global_attention(torch.tensor([ids]))[0].nonzero().flatten().tolist()
    assert marked == [0, *(i for i, token in enumerate(ids) if token == separator)]
    assert len(marked) == 3


def test_global_attention_of_a_model_without_it_is_an_error(folders: dict[str, Path]) -> None:
    with pytest.raises(ModelError, match="global_attention"):
        writer(folders["bart"], convention=Convention(global_attention="first"))


def test_lengths_are_capped_by_the_model(folders: dict[str, Path]) -> None:
    made = writer(folders["bart"], max_source_tokens=9999, max_tokens=9999)
    assert (made.options.max_source_tokens, made.options.max_tokens) == (128, 126)
    long = (" ".join(SENTENCES * 20),)
    assert len(made._encode(long, None)) == 128
    assert isinstance(made.write([long]), list)


def test_a_cut_text_is_kept_up_to_its_last_whole_sentence_only(folders: dict[str, Path]) -> None:
    made = writer(folders["bart"])
    ids = made.tokenizer("Rain fell. Snow came", add_special_tokens=False)["input_ids"]
    evidence = ("Rain fell.", "Snow came to stay.")
    assert made._text(_Hypothesis(tuple(ids), -1.0, False), evidence, None) == "Rain fell."
    assert made._text(_Hypothesis(tuple(ids), -1.0, True), evidence, None) == "Rain fell. Snow came."


def test_the_signature_names_the_weights_and_the_options(folders: dict[str, Path]) -> None:
    folder = folders["t5"]
    signature = writer(folder).signature
    assert signature == writer(folder).signature
    assert signature.startswith(f"{folder.name}@")
    assert writer(folder, n_beams=2).signature != signature
    assert load_writer(str(folder), WriterOptions(), fingerprint="ab" * 32).signature.startswith(
        f"{folder.name}@abababababab+"
    )


def test_other_weights_have_another_signature(folders: dict[str, Path], tmp_path: Path) -> None:
    made = writer(folders["t5"])
    with torch.no_grad():
        made.model.shared.weight.mul_(1.01)
    other = tmp_path / folders["t5"].name
    made.model.save_pretrained(other)
    made.tokenizer.save_pretrained(other)
    assert writer(other, kind="t5").signature.split("+")[0] != made.signature.split("+")[0]


def test_loading_says_nothing(folders: dict[str, Path], capfd: pytest.CaptureFixture[str]) -> None:
    written(writer(folders["bart"]))
    captured = capfd.readouterr()
    assert (captured.out, captured.err) == ("", "")


@pytest.mark.parametrize("name", ["nobody/such-model", "no/such/folder/anywhere", "./missing"])
def test_a_model_that_cannot_be_reached_is_one_clear_error(name: str) -> None:
    with pytest.raises(ModelError) as caught:
        load_writer(name, WriterOptions(device="cpu"))
    message = str(caught.value)
    assert f'"{name}"' in message
    assert "cache" in message
    assert "--writer embedded" in message


def _copy(folder: Path, to: Path) -> Path:
    to.mkdir()
    for path in folder.iterdir():
        (to / path.name).write_bytes(path.read_bytes())
    return to


def _corrupt(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(b"not weights at all")


def _truncate(folder: Path) -> None:
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-500])


def _remove_weights(folder: Path) -> None:
    (folder / "model.safetensors").unlink()


def _remove_some_weights(folder: Path) -> None:
    from safetensors.torch import load_file, save_file

    weights = load_file(folder / "model.safetensors")
    weights.pop(next(key for key in weights if key.endswith("fc1.weight")))
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


def _spoil_config(folder: Path) -> None:
    (folder / "config.json").write_text("{", encoding="utf-8")


@pytest.mark.parametrize(
    "damage", [_corrupt, _truncate, _remove_weights, _remove_some_weights, _spoil_config]
)
def test_a_damaged_folder_is_one_clear_error(
    damage: object, folders: dict[str, Path], tmp_path: Path
) -> None:
    folder = _copy(folders["bart"], tmp_path / "damaged")
    damage(folder)  # type: ignore[operator]
    with pytest.raises(ModelError, match="damaged"):
        load_writer(str(folder), WriterOptions(device="cpu"))


@pytest.mark.parametrize("name", HUB_PRESETS)
def test_each_preset_is_a_valid_writer(name: str) -> None:
    settings = yaml.safe_load((ROOT / "configs" / f"{name}.yaml").read_text(encoding="utf-8"))["writer"]
    options = options_from(settings)
    assert settings["model"].count("/") == 1
    assert settings["unit"] in ("sentence", "topic")
    assert options.grounding == "strict"
    assert options.max_tokens == settings["max_tokens"]
    assert options.convention.max_source_tokens == settings["max_source_tokens"]
    if options.convention.global_attention == "separators":
        assert options.convention.separator.strip()


def test_unknown_keys_and_bad_values_are_named_together() -> None:
    with pytest.raises(ConfigError, match=r"writer\.beams: no such key"):
        options_from({"beams": 3})
    with pytest.raises(ConfigError) as caught:
        WriterOptions(n_beams=0, grounding="hard", min_tokens=99)  # type: ignore[arg-type]
    assert str(caught.value).count("writer.") == 3


def test_prefixes_of_a_preset_are_by_task() -> None:
    options = options_from({"prefixes": {"fuse": "F: "}, "prefix": "S: "})
    assert [options.convention.prefix_of(task) for task in ("fuse", "shorten", None)] == ["F: ", "S: ", "S: "]


def test_conventions_load_without_the_model_library() -> None:
    code = "import sys, summarize.writing.conventions; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_a_candidate_that_quotes_what_nobody_wrote_is_none(folders: dict[str, Path]) -> None:
    made = writer(folders["bart"])
    evidence = ("The mayor called it “a dark day for us all” on Sunday.",)
    for text, kept in (
        ("He called it “a dark day” on Sunday.", True),
        ("He called it “a day for us”.", False),
    ):
        ids = tuple(made.tokenizer(text, add_special_tokens=False)["input_ids"])
        assert (made._text(_Hypothesis(ids, -0.1, True), evidence, "fuse") is not None) is kept
