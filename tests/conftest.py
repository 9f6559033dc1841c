"""What holds for every test: no network, no model hub, and nothing written to the user's folders."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, settings

# A machine that is busy with something else is no defect of the code.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

# Before any test imports a model library, which reads them once.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HUB_DISABLE_PROGRESS_BARS"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"
# Tiny models gain nothing from threads, and lose much where tests share the cores with anything else.
os.environ["OMP_NUM_THREADS"] = "1"


def _refuse(*_: Any, **__: Any) -> NoReturn:
    raise AssertionError("a test tried to use the network; build what it needs in the test")


@pytest.fixture(autouse=True)
def no_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every attempt to reach another machine fail."""
    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, _refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, _refuse)


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the session a cache folder of its own, so that checksums are still computed only once."""
    before = os.environ.get("XDG_CACHE_HOME")
    folder = tmp_path_factory.mktemp("cache")
    os.environ["XDG_CACHE_HOME"] = str(folder)
    yield folder
    if before is None:
        del os.environ["XDG_CACHE_HOME"]
    else:
        os.environ["XDG_CACHE_HOME"] = before


@pytest.fixture(scope="module")
def models_loaded_once() -> Iterator[None]:
    """Load the embedded models for the first run and keep them for the others."""
    import functools

    import torch

    from summarize import pipeline
    from summarize.loading import load_models

    n_threads = torch.get_num_threads()
    torch.set_num_threads(1)  # several only wait for each other on a busy machine
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "load_models", functools.cache(load_models))
        yield
    torch.set_num_threads(n_threads)
