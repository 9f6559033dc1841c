"""Weights: the files of the linear models: ranker, matcher and genre."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from summarize.errors import ModelError
from summarize.saving import save

Model = TypeVar("Model")


def write_weights(folder: Path, stored: Mapping[str, Any], *, indent: int | None = 1) -> None:
    """Write what :func:`read_weights` reads as ``weights.json``; the folder is made if it is not there.

    :param indent: blanks per level; None for one line.
    """
    folder.mkdir(parents=True, exist_ok=True)
    save(folder / "weights.json", (json.dumps(stored, indent=indent) + "\n").encode())


def read_weights(
    path: Path, kind: str, features: Sequence[str], build: Callable[[dict[str, Any], str], Model]
) -> Model:
    """Read a model from a JSON file that names its features.

    :param kind: "ranker", "matcher" or "genre model", for the message.
    :param build: makes the model of what is stored and its signature; may raise Key-, Type- and ValueError.
    :raises ModelError: if the file can't be read, or is for other features.
    """
    try:
        raw = path.read_bytes()
        stored = json.loads(raw)
        if stored["features"] != list(features):
            raise ValueError("its features are others")
        return build(stored, hashlib.sha256(raw).hexdigest())
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path}: is no {kind} of this version ({error}); reinstall summarize") from error
