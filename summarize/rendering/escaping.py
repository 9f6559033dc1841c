"""Text → Markdown that shows exactly that text; only what would change the rendering is escaped."""

from __future__ import annotations

import re

_SPECIAL = re.compile(
    r"""
    [\\`*\[\]<|~]            # always: code, emphasis, links, tags, tables, strike-through
    | (?<![^\W_])_ | _(?![^\W_])   # an underscore inside a word is harmless
    | (?<!\S)\#              # a heading's marks, opening or closing
    | &(?=\#?\w+;)           # would become the character it names
    """,
    re.VERBOSE,
)
_BLOCK_START = re.compile(r"^(?:[-+>=]|\d{1,9}(?=[.)](?:\s|$)))")


def escape(text: str) -> str:
    """Escape running text; white space is folded, since a line break could start a new block."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))


def escape_start(paragraph: str) -> str:
    """Keep an escaped paragraph from being taken for a list, a quotation or an underline."""
    found = _BLOCK_START.match(paragraph)
    if not found:
        return paragraph
    if found[0][0].isdigit():
        return f"{found[0]}\\{paragraph[found.end() :]}"
    return "\\" + paragraph


def code(text: str) -> str:
    """Return text as a code span, whatever back-ticks it holds."""
    text = " ".join(text.split())
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"
