"""Which items of an agency may be used: their status, embargo and versions.

Contract: what the agency withdrew or withholds is refused, and so is what a later version in the same file
replaces. An item under embargo is read, and the time from which it may be used counts as its publication: an
agency sends it so that desks can prepare, and no clock is read here to say whether that time has come. It shows
as the date of the source. An embargo without an end is a refusal.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from summarize.reading.formats.contents import Draft, Refused
from summarize.types import Noted

WITHDRAWN = "withdrawn by its agency (status {status}); do not use it, and remove earlier versions of it"
WITHHELD = "withheld by its agency (status {status}); wait until it is released"
NO_END = "under an embargo without an end; wait until its agency releases it"
REPLACED = "replaced by version {version} in the same file; remove it"
_WITHDRAWN = ("canceled", "cancelled", "killed", "deleted")
_WITHHELD = ("withheld",)


@dataclass(frozen=True, slots=True)
class Item:
    """One version of an item as its file tells it."""

    held: Draft | Refused
    version: int = 0
    is_withdrawn: bool = False


def refusal(status: str | None) -> str | None:
    """Return why an item of a status may not be used; None if it may.

    :param status: a name, or a code of the IPTC's lists ("stat:canceled", ".../pubstatusg2/canceled").
    """
    name = (status or "").strip().replace("/", ":").rpartition(":")[2].casefold()
    if name in _WITHDRAWN:
        return WITHDRAWN.format(status=name)
    return WITHHELD.format(status=name) if name in _WITHHELD else None


def is_withdrawal(reason: str | None) -> bool:
    """Tell whether an item was refused because the agency took it back."""
    return reason is not None and reason.startswith(WITHDRAWN.partition("{")[0])


def released(published: Noted | None, embargo: Noted | None) -> Noted | None:
    """Return when an item is published: when its embargo ends, if that is later than it was sent."""
    if published is None or embargo is None:
        return embargo or published
    return embargo if _is_later(embargo.value, published.value) else published


def _is_later(moment: str, other: str) -> bool:
    """Compare two moments; by their days if one is only a day."""
    if len(moment) > 10 and len(other) > 10:
        return datetime.fromisoformat(moment) > datetime.fromisoformat(other)
    return moment[:10] > other[:10]


def latest(items: Iterable[Item]) -> tuple[Draft | Refused, ...]:
    """Refuse the versions of an item that a later one in the same file replaces or withdraws."""
    items = list(items)
    last: dict[str, Item] = {}
    for item in items:
        key = item.held.key
        if key is not None and (key not in last or last[key].version <= item.version):
            last[key] = item
    return tuple(_unless_replaced(item, last) for item in items)


def _unless_replaced(item: Item, last: dict[str, Item]) -> Draft | Refused:
    final = last.get(item.held.key or "", item)
    if final is item or isinstance(item.held, Refused):
        return item.held
    # Under a key of its own, so that the last version is named as if it were alone.
    key = f"{item.held.key} version {item.version}"
    if final.is_withdrawn:
        return Refused(WITHDRAWN.format(status="canceled"), key)
    return Refused(REPLACED.format(version=final.version), key)
