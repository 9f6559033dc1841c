"""Fitness: what formats take out of hostile files → what may be shown and stored.

Contract: texts lose only what no text can hold, so that offsets count what the format gave; what is shown on
one line (names, titles, reasons) also loses what steers a terminal or turns the direction of what follows.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from summarize.types import Metadata

REPLACEMENT = "\ufffd"
_UNFIT = re.compile("[\0\ud800-\udfff]")
_STEERING = re.compile("[\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]+")
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_KEYS = tuple(Metadata.__dataclass_fields__)


def fit_text(text: str) -> str:
    """Replace, one for one, what is no character: NUL and lone surrogates."""
    return _UNFIT.sub(REPLACEMENT, text) if _UNFIT.search(text) else text


def fit_metadata(metadata: Metadata) -> Metadata:
    """Put each value on one line without characters that steer; what is then empty is unknown."""
    changed = {}
    for key in _KEYS:
        noted = getattr(metadata, key)
        if noted is not None and (value := _on_a_line(noted.value)) != noted.value:
            changed[key] = replace(noted, value=value) if value else None
    return replace(metadata, **changed) if changed else metadata


def _on_a_line(value: str) -> str:
    """Fold white space, and take out what steers."""
    return " ".join(_STEERING.sub("", " ".join(value.split())).split())


def visible(text: str) -> str:
    """Return a text on one line, each character that can't be seen replaced."""
    shown = (REPLACEMENT if unicodedata.category(c) in _INVISIBLE else c for c in text)
    return " ".join("".join(shown).split())
