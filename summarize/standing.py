"""Whether a sentence stands alone, and how to free it of a connective that ties it to an earlier one."""

from __future__ import annotations

from summarize.language import Opening, opens_dependent


def obstacle(text: str) -> Opening | None:
    """Return what keeps a sentence from standing alone; what can't be cut comes before what can.

    "However, he left" is reported as the pronoun: cutting "However" would not help.
    """
    first = opens_dependent(text)
    if first is None or first.kind == "anaphora":
        return first
    rest = obstacle(without(text, first))
    return rest if rest is not None and rest.kind == "anaphora" else first


def without(text: str, opening: Opening) -> str:
    """Cut a connective out of a sentence and close the gap."""
    before, after = text[: opening.start].rstrip(), text[opening.end :].lstrip(" ,")
    joined = f"{before} {after}" if before else after
    return joined[:1].upper() + joined[1:]


def freed(text: str) -> str | None:
    """Return a sentence without its connectives, or None if it hangs on an earlier one all the same."""
    while (opening := opens_dependent(text)) is not None:
        shorter = without(text, opening)
        if opening.kind == "anaphora" or len(shorter) >= len(text):
            return None
        text = shorter
    return text
