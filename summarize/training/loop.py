"""The training loop that all recipes share: steps, learning rate, progress lines, checkpoints, resuming.

A run ends after its steps or its minutes, whichever comes first; the learning rate has decayed by then. A
run that was cut off goes on from its last checkpoint, and may be given other steps or minutes.
"""

from __future__ import annotations

import json
import random
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np
import torch

from summarize.device import pick_device, pick_dtype


@dataclass(frozen=True, slots=True)
class Recipe:
    """What every recipe decides; the same recipe runs on CPU and GPU with other sizes."""

    data: Path
    out: Path
    n_articles: int = 20_000
    max_tokens: int = 192  # longer input is left out
    n_steps: int = 3_000
    batch_size: int = 48
    warmup_steps: int = 100
    decay_share: float = 0.25  # of all steps, at the end
    rate_scale: float = 1.0  # on all learning rates
    max_minutes: float = 100.0
    save_every_s: float = 240.0
    seed: int = 20


class Row(Protocol):
    """An encoded example; rows of like length share a batch."""

    @property
    def length(self) -> int: ...


_R = TypeVar("_R", bound=Row)


def batches(rows: Sequence[_R], size: int, rng: random.Random) -> Iterator[list[_R]]:
    """Yield shuffled batches of similar length, for ever."""
    while True:
        order = list(range(len(rows)))
        rng.shuffle(order)
        for start in range(0, len(order), size * 40):
            pool = sorted(order[start : start + size * 40], key=lambda i: rows[i].length)
            groups = [pool[i : i + size] for i in range(0, len(pool), size)]
            rng.shuffle(groups)
            for group in groups:
                yield [rows[i] for i in group]


def pad(rows: list[np.ndarray]) -> torch.Tensor:
    """Stack rows of different length, zero-padded, shape (n_rows, longest)."""
    out = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return torch.from_numpy(out)


class Training(ABC):
    """One training run; its state is saved in ``recipe.out / 'checkpoint.pt'`` and resumed from there."""

    model: torch.nn.Module
    optimizer: torch.optim.Optimizer

    def __init__(self, recipe: Recipe) -> None:
        torch.manual_seed(recipe.seed)
        self.recipe = recipe
        self.device = pick_device("auto")
        self.dtype = pick_dtype("auto", self.device)
        self.step = 0
        self.elapsed_s = 0.0
        self.log: list[dict[str, float]] = []

    @abstractmethod
    def loss(self, batch: list[Any]) -> tuple[torch.Tensor, float]:
        """Return the loss of a batch and the share of right answers in it."""

    def autocast(self) -> torch.autocast:
        """Return a context for the forward pass: half precision where the hardware computes it natively."""
        is_half = self.dtype is not torch.float32
        return torch.autocast(self.device.type, self.dtype if is_half else None, enabled=is_half)

    def optimise(self, groups: Sequence[tuple[Sequence[torch.nn.Parameter], float]]) -> None:
        """Set the optimiser up with groups of parameters and their learning rates."""
        scale = self.recipe.rate_scale
        own: list[dict[str, Any]] = [
            {"params": list(p), "lr": rate * scale, "base": rate * scale} for p, rate in groups
        ]
        self.optimizer = torch.optim.AdamW(own, weight_decay=0.01, betas=(0.9, 0.98))

    def fit(self, rows: Sequence[Row]) -> None:
        """Train to the end of the recipe."""
        self._resume()
        feed = batches(rows, self.recipe.batch_size, random.Random(self.recipe.seed + self.step))
        started, saved = time.monotonic() - self.elapsed_s, time.monotonic()
        window: list[tuple[float, float]] = []
        while (progress := self._progress(time.monotonic() - started)) < 1.0:
            self._set_rate(progress)
            window.append(self._train_step(next(feed)))
            if self.step % 50 == 0:
                self._report(window, time.monotonic() - started)
                window = []
            if time.monotonic() - saved > self.recipe.save_every_s:
                self.elapsed_s, saved = time.monotonic() - started, time.monotonic()
                self._checkpoint()
        self.elapsed_s = time.monotonic() - started
        self._checkpoint()
        self.model.eval()

    def save_report(self, scores: dict[str, Any]) -> None:
        """Write the recipe, the scores on the test part and the log to ``training.json``."""
        for name, score in scores.items():
            print(f"event=tested {name} {score}", flush=True)
        recipe = {k: v for k, v in asdict(self.recipe).items() if k not in ("data", "out", "start")}
        report = {"recipe": recipe, "steps": self.step, "seconds": round(self.elapsed_s), "test": scores}
        text = json.dumps({**report, "log": self.log}, indent=1) + "\n"
        (self.recipe.out / "training.json").write_text(text, encoding="utf-8")

    def _progress(self, elapsed_s: float) -> float:
        return max(self.step / self.recipe.n_steps, elapsed_s / (self.recipe.max_minutes * 60))

    def _set_rate(self, progress: float) -> None:
        """Warm up, hold, then decay linearly to a fiftieth over the last part."""
        left = (1.0 - progress) / self.recipe.decay_share
        factor = min(1.0, (self.step + 1) / self.recipe.warmup_steps, max(left, 0.02))
        for group in self.optimizer.param_groups:
            group["lr"] = group["base"] * factor

    def _train_step(self, batch: list[Row]) -> tuple[float, float]:
        self.model.train()
        loss, accuracy = self.loss(batch)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        return float(loss.detach()), accuracy

    def _report(self, window: list[tuple[float, float]], elapsed_s: float) -> None:
        loss, accuracy = (sum(column) / len(window) for column in zip(*window, strict=True))
        entry = {"step": self.step, "loss": round(loss, 4), "accuracy": round(accuracy, 4)}
        self.log.append({**entry, "seconds": round(elapsed_s)})
        print(" ".join(f"{k}={v}" for k, v in self.log[-1].items()), flush=True)

    def _checkpoint(self) -> None:
        self.recipe.out.mkdir(parents=True, exist_ok=True)
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "elapsed_s": self.elapsed_s,
            "log": self.log,
        }
        partial = self.recipe.out / "checkpoint.partial"
        torch.save(state, partial)
        partial.replace(self.recipe.out / "checkpoint.pt")

    def _resume(self) -> None:
        path = self.recipe.out / "checkpoint.pt"
        if path.exists():
            state = torch.load(path, map_location=self.device)
            self.model.load_state_dict(state["model"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.step, self.elapsed_s, self.log = state["step"], state["elapsed_s"], state["log"]
            print(f"event=resumed step={self.step}", flush=True)
