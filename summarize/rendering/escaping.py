"""Text → Markdown that shows exactly that text; only what would change the rendering is escaped.

A lone underscore is what wires that know no other one write for a dash, and is shown as that.

What steers a terminal or turns the direction of the text behind it is left out: nobody could see it, and it
would act beyond the text that it stands in.
"""

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
_STEERING = re.compile("[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_BLOCK_START = re.compile(r"^(?:[-+>=]|\d{1,9}(?=[.)](?:\s|$)))")


def escape(text: str) -> str:
    """Escape running text; white space is folded, since a line break could start a new block."""
    return _SPECIAL.sub(r"\\\g<0>", on_a_line(text).replace(" _ ", " – "))


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
    text = on_a_line(text)
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def on_a_line(text: str) -> str:
    """Fold white space, and leave out what steers."""
    return " ".join(_STEERING.sub("", text).split())
