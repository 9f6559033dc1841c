"""Show figures whose names say row and column ("LexRank: R-1") as one table, a row per system."""

from __future__ import annotations

from summarize.evaluation.report import Figure, Result, shown, to_markdown

EMPTY = "–"
MISSED = "✗"


def to_table(result: Result) -> str:
    """Render a result as a heading, its signature and a table; a value that misses its target is marked "✗".

    Where a name does not say row and column, the result is rendered as ``summarize evaluate`` does it.
    """
    cells = {_place(f): f for f in result.figures}
    if None in cells or len(cells) < len(result.figures):
        return to_markdown(result)
    places = [place for place in cells if place]
    rows = list(dict.fromkeys(row for row, _ in places))
    columns = list(dict.fromkeys(column for _, column in places))
    lines = ["| " + " | ".join(("system", *columns)) + " |", "|---|" + "---:|" * len(columns)]
    for row in rows:
        values = [_cell(cells.get((row, column))) for column in columns]
        lines.append("| " + " | ".join((row, *values)) + " |")
    if any(f.is_met is False for f in result.figures):
        lines += ["", f"{MISSED} misses its target"]
    n = max((f.n for f in result.figures), default=0)
    return "\n".join((f"## {result.title}", "", f"`{result.signature}`, n = {n:,}", "", *lines, ""))


def _place(figure: Figure) -> tuple[str, str] | None:
    row, mark, column = figure.name.rpartition(": ")
    return (row, column) if mark else None


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return EMPTY
    return shown(figure) + (f" {MISSED}" if figure.is_met is False else "")
