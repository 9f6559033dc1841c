"""Configuration files, presets and the command line's options."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from summarize.config import Config, load_config, override, preset_names
from summarize.errors import ConfigError
from summarize.resources import configs_dir


def write(folder: Path, text: str, name: str = "own.yaml") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def problems(folder: Path, text: str) -> list[str]:
    """Return the lines of the error that a file causes, without the file's name."""
    path = write(folder, text)
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    return [line.removeprefix(f"{path}: ") for line in str(caught.value).splitlines()]


def test_the_default_preset_spells_out_every_default() -> None:
    assert load_config() == load_config("default") == Config()
    written = yaml.safe_load((configs_dir() / "default.yaml").read_text(encoding="utf-8"))
    assert written == json.loads(json.dumps(dataclasses.asdict(Config())))


@pytest.mark.parametrize("name", preset_names())
def test_every_shipped_preset_loads(name: str) -> None:
    assert isinstance(load_config(name), Config)


def test_the_presets_differ_from_the_default_where_they_say() -> None:
    fast, nightly = load_config("fast"), load_config("nightly")
    assert (fast.writer.n_beams, fast.writer.n_candidates, fast.words) == (1, 1, 400)
    assert (nightly.writer.n_beams, nightly.words) == (12, 800)


def test_a_file_changes_only_the_keys_that_it_names(tmp_path: Path) -> None:
    path = write(tmp_path, "extends: nightly\nplan: {max_claim_words: 40}\nwriter: {n_candidates: 2}\n")
    nightly = load_config("nightly")
    assert load_config(path) == dataclasses.replace(
        nightly,
        plan=dataclasses.replace(nightly.plan, max_claim_words=40),
        writer=dataclasses.replace(nightly.writer, n_candidates=2),
    )


def test_a_file_may_extend_a_file_beside_it(tmp_path: Path) -> None:
    write(tmp_path, "words: 123\n", "base.yaml")
    assert load_config(write(tmp_path, "extends: base.yaml\ntopics: 2\n")) == Config(words=123, topics=2)


def test_an_empty_file_means_the_defaults(tmp_path: Path) -> None:
    assert load_config(write(tmp_path, "# nothing\n")) == Config()


def test_all_mistakes_of_a_file_are_reported_at_once(tmp_path: Path) -> None:
    text = """
extends: default
words: true
topics: 9
plan: {wrods: 3, min_claim_words: 90}
cluster: 3
read: {suffixes: [txt], max_bytes: 1.5}
writer:
  n_beam: 4
  n_candidates: 9
  min_tokens: 100
  device: gpu
  length_penalty: .nan
  prefixes: {1: a}
  grounding: Strict
qwzx: 1
"""
    assert problems(tmp_path, text) == [
        "words: must be a whole number, is true",
        'plan.wrods: no such key (did you mean "words"?)',
        "cluster: must be a section with keys, is 3",
        'read.suffixes: must be like ".txt", is "txt"',
        "read.max_bytes: must be a whole number, is 1.5",
        'writer.n_beam: no such key (did you mean "n_beams"?)',
        'writer.device: must be one of auto, cpu, mps, cuda, cuda:0 …, is "gpu"',
        "writer.length_penalty: must be from -10 to 10, is NaN",
        'writer.prefixes: must map text to text, is {"1": "a"}',
        'writer.grounding: must be one of strict, soft, off, is "Strict"',
        "qwzx: no such key (known here: words, topics, languages, read, embedder, deduplicate, cluster, "
        "plan, writer, check)",
        "writer.min_tokens: 100 is more than writer.max_tokens (96); lower the one or raise the other",
        "writer.n_candidates: 9 is more than writer.n_beams (8); lower the one or raise the other",
        "plan.min_claim_words: 90 is more than plan.max_claim_words (60); lower the one or raise the other",
        "topics: 9 is more than cluster.max_topics (8); lower the one or raise the other",
    ]


def test_a_mistake_is_named_with_the_file_that_it_stands_in(tmp_path: Path) -> None:
    base = write(tmp_path, "words: 0\n", "base.yaml")
    path = write(tmp_path, "extends: base.yaml\ntopics: -1\n")
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert str(caught.value).splitlines() == [
        f"{path}: topics: must be from 0 to 1000, is -1",
        f"{base}: words: must be from 1 to 1000000, is 0",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("extends: own.yaml\n", "extends: leads back to this file; remove one of the extends"),
        ("extends: 3\n", 'extends: must be a preset or a file, is 3; try "default"'),
        ("- 1\n", 'must hold keys and values, such as "words: 400"'),
    ],
)
def test_a_file_that_makes_no_sense_is_refused(tmp_path: Path, text: str, expected: str) -> None:
    assert problems(tmp_path, text) == [expected]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("words: 1\ntopics: [1\nplan: 2\n", 3),
        ("words: 1\nwords: 2\n", 2),
        ("a: !!python/name:os.system\n", 1),
    ],
)
def test_invalid_yaml_is_reported_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert str(caught.value).startswith(f"{path}:{line}: not valid YAML: ")


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_bytes(b"\xff\xfe\x00w")
    with pytest.raises(ConfigError, match="UTF-8"):
        load_config(str(path))


def test_an_unknown_preset_is_answered_with_the_known_ones() -> None:
    with pytest.raises(ConfigError) as caught:
        load_config("nightli")
    assert 'nightli: no such configuration (did you mean "nightly"?)' in str(caught.value)
    assert all(name in str(caught.value) for name in preset_names())


def test_the_command_line_wins_over_the_file() -> None:
    made = override(load_config("nightly"), words=50, topics=2, writer="some/model", embedder="other/model")
    assert (made.words, made.topics) == (50, 2)
    assert (made.writer.model, made.embedder.model) == ("some/model", "other/model")
    assert made.writer.n_beams == 12


def test_asking_for_many_topics_lifts_their_limit() -> None:
    assert override(Config(), topics=20).cluster.max_topics == 20


def test_nothing_on_the_command_line_changes_nothing() -> None:
    assert override(Config()) == Config()


def test_options_out_of_range_are_reported_together() -> None:
    with pytest.raises(ConfigError) as caught:
        override(Config(), words=0, topics=-2)
    assert str(caught.value).splitlines() == [
        "command line: words: must be from 1 to 1000000, is 0",
        "command line: topics: must be from 0 to 1000, is -2",
    ]


def test_a_writer_that_a_preset_describes_brings_its_conventions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "writer: {model: hub/long, separator: ' ||||| ', max_source_tokens: 4096}\n", "long.yaml")
    write(tmp_path, "words: 400\n", "default.yaml")
    monkeypatch.setattr("summarize.config.configs_dir", lambda: tmp_path)
    for name in ("long", "hub/long"):
        assert override(Config(), writer=name).writer == load_config("long").writer


def test_the_fingerprint_depends_on_the_values_only(tmp_path: Path) -> None:
    one = load_config(write(tmp_path, "words: 300\ncheck: {min_support: 1}\n"))
    other = load_config(write(tmp_path, "check:\n  min_support: 1.0\nwords: 300\n"))
    assert one.fingerprint() == other.fingerprint()
    assert one.fingerprint() != Config().fingerprint()
    assert len(one.fingerprint()) == 64


_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)
_KEYS = st.sampled_from([f.name for f in dataclasses.fields(Config)] + ["extends", "x"])


@given(values=st.dictionaries(_KEYS, _VALUES, max_size=3))
def test_any_content_gives_a_configuration_or_a_config_error(
    tmp_path_factory: pytest.TempPathFactory, values: dict[str, Any]
) -> None:
    path = tmp_path_factory.mktemp("any") / "own.yaml"
    path.write_text(yaml.safe_dump(values, allow_unicode=False), encoding="utf-8")
    try:
        assert isinstance(load_config(str(path)), Config)
    except ConfigError as error:
        assert str(error)


def test_languages_may_be_one_word_or_a_list(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text("languages: any\n")
    (tmp_path / "two.yaml").write_text("languages: [en, de]\n")
    (tmp_path / "odd.yaml").write_text("languages: German\n")
    assert load_config(str(tmp_path / "one.yaml")).languages == ("any",)
    assert load_config(str(tmp_path / "two.yaml")).languages == ("en", "de")
    with pytest.raises(
        ConfigError, match='languages: must be a code such as en or de, or "any", is "German"'
    ):
        load_config(str(tmp_path / "odd.yaml"))
