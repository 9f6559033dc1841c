"""What a measurement found, with the settings that it depends on, and how that is shown.

Modelled on sacrebleu (Post 2018, "A Call for Clarity in Reporting BLEU Scores"): no figure without its
signature. Knows nothing of how anything is measured.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Literal

Relation = Literal["≥", "≤", ">", "<", "="]
_HOLDS: dict[Relation, Callable[[float, float], bool]] = {
    "≥": operator.ge,
    "≤": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure should reach, such as "≥ 95"."""

    relation: Relation
    value: float

    def is_met(self, value: float) -> bool:
        """Tell whether a value, unrounded, reaches the target."""
        return _HOLDS[self.relation](value, self.value)


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number; ``n`` is how many cases it rests on, ``unit`` is "", "%", "points" or "p".

    ``interval`` is where the value lies with 95 % confidence, "p" a probability.
    """

    name: str
    value: float
    n: int
    unit: str = ""
    target: Target | None = None
    interval: tuple[float, float] | None = None

    @property
    def is_met(self) -> bool | None:
        """Whether the target is met; None if there is none, or nothing to measure it on."""
        return self.target.is_met(self.value) if self.target and self.n else None


@dataclass(frozen=True, slots=True)
class Result:
    """The figures of one table and the settings that produced them, in the order to be shown.

    ``cases`` are what they rest on, as text for reading by hand; neither table nor JSON has them.
    """

    title: str
    settings: tuple[tuple[str, str], ...]
    figures: tuple[Figure, ...]
    cases: tuple[str, ...] = ()

    @property
    def signature(self) -> str:
        """The settings on one line: ``part:planted|seed:20|…``."""
        return "|".join(f"{key}:{value}" for key, value in self.settings)


def share(part: int, whole: int) -> float:
    """Return a percentage; 0 of nothing is 0."""
    return 100 * part / whole if whole else 0.0


def to_markdown(result: Result) -> str:
    """Render one result as a heading, its signature and a table."""
    rows = [("figure", "value", "n", "target", "met"), *map(_row, result.figures)]
    head, *body = ("| " + " | ".join(row) + " |" for row in rows)
    return "\n".join((f"## {result.title}", "", f"`{result.signature}`", "", head, _RULE, *body, ""))


def to_table(result: Result) -> str:
    """Render one result for a terminal: title, signature, and columns that are aligned.

    The signature is broken at its bars, never inside a setting.
    """
    rows = [("FIGURE", "VALUE", "N", "TARGET", "MET"), *map(_row, result.figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(
            cell.ljust(w) if i in _TEXT_COLUMNS else cell.rjust(w)
            for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
    return "\n".join((result.title, *_folded(result.signature), "", *lines, ""))


def _folded(signature: str) -> list[str]:
    lines = [""]
    for setting in signature.split("|"):
        piece = f"{lines[-1]}|{setting}" if lines[-1] else setting
        if lines[-1] and len(piece) > _LINE:
            lines[-1] += "|"
            lines.append(setting)
        else:
            lines[-1] = piece
    return lines


_LINE = 100  # characters of a line of the signature
_TEXT_COLUMNS = (0, 4)
_RULE = "|---|---:|---:|---:|---|"


def _row(figure: Figure) -> tuple[str, ...]:
    target = f"{figure.target.relation} {_number(figure.target.value, figure.unit)}" if figure.target else ""
    met = {True: "yes", False: "no", None: ""}[figure.is_met]
    return figure.name, shown(figure), f"{figure.n:,}", target, met


def shown(figure: Figure) -> str:
    """Return the value with its interval as a table shows them: "45.12 [44.30, 45.90]"."""
    if not figure.n:
        return "–"
    value = _number(figure.value, figure.unit)
    if figure.interval is None:
        return value
    return f"{value} [{', '.join(_number(v, figure.unit) for v in figure.interval)}]"


def _number(value: float, unit: str) -> str:
    if unit == "%":
        return f"{value:.1f} %"
    if unit == "p":
        return f"{value:.4f}"
    return f"{value:.2f}" if unit == "points" else f"{value:,.0f}"


def to_json(results: Iterable[Result]) -> str:
    """Render all results with every digit of every figure."""
    stored = [
        {"title": r.title, "settings": dict(r.settings), "figures": [_stored(f) for f in r.figures]}
        for r in results
    ]
    return json.dumps({"results": stored}, ensure_ascii=False, indent=1) + "\n"


def _stored(figure: Figure) -> dict[str, object]:
    return {**asdict(figure), "met": figure.is_met}
