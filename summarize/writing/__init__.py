"""Write: groups of evidence sentences → candidate sentences, by a seq2seq model.

Contract: the writer sees nothing but the evidence, and with ``grounding: strict`` every word that
it writes stands there or in a closed list of function words. The models' library is imported when
a writer is first asked for, not before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from summarize.writing.conventions import EMBEDDED, Convention, WriterOptions, options_from
from summarize.writing.surface import Run, Surface, realise, restore

if TYPE_CHECKING:
    from summarize.writing.model import Seq2SeqWriter, load_writer

__all__ = [
    "EMBEDDED",
    "Convention",
    "Run",
    "Seq2SeqWriter",
    "Surface",
    "WriterOptions",
    "load_writer",
    "options_from",
    "realise",
    "restore",
]


def __getattr__(name: str) -> Any:
    if name in ("Seq2SeqWriter", "load_writer"):
        from summarize.writing import model

        return getattr(model, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
