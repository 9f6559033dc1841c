"""Name the parts of a file: short, unique in it, and the same when others are added before or behind.

A job knows an article by its name, so a feed's items keep theirs from one download to the next.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence

from summarize.reading.formats.fitness import visible

MAX_LENGTH = 60  # characters of a key that is a part's name as it stands
MAX_PATH = 160  # characters of a path inside an archive that is a part's name as it stands
_SHORT = re.compile(rf"[\w.~+-]{{1,{MAX_LENGTH}}}")


def part_names(keys: Sequence[str | None]) -> list[str]:
    """Return a name for each part.

    A short key is the name; of an address it is the last piece of the path; else a hash of the key. Where a
    key is missing or stands twice, the place in the file is the name, or is added to it.

    :param keys: what the file calls its parts by.
    """
    proposed = [_proposal(key) for key in keys]
    n_uses = Counter(name for name in proposed if name is not None)
    names = [
        _hashed(key) if name is not None and key is not None and n_uses[name] > 1 else name
        for key, name in zip(keys, proposed, strict=True)
    ]
    n_uses = Counter(name for name in names if name is not None)
    own = {name for name, n in n_uses.items() if n == 1}
    made: dict[str, None] = {}
    for place, name in enumerate(names, start=1):
        if name in own:
            made[name] = None
            continue
        called = str(place) if name is None else f"{name}.{place}"
        while called in own or called in made:
            called += "~"
        made[called] = None
    return list(made)


def _proposal(key: str | None) -> str | None:
    if key is None or not key.strip():
        return None
    key = key.strip()
    if _SHORT.fullmatch(key) and key.strip("."):
        return key
    last = re.split(r"[?#]", key)[0].rstrip("/").rpartition("/")[2]
    is_telling = _SHORT.fullmatch(last) and re.search(r"\d|-", last) and not last.startswith("index.")
    return last if is_telling else _hashed(key)


def _hashed(key: str) -> str:
    return hashlib.sha256(key.strip().encode("utf-8", "surrogatepass")).hexdigest()[:10]


def member_names(paths: Sequence[str]) -> list[str]:
    """Return a name for each file of an archive: its path in it, fit to be shown, and unique.

    Steps upwards, drives and roots are left out, since they lead nowhere; what can't be seen is shown as a
    replacement character. Of equal names the second is called "name~2".

    :param paths: in a fixed order, by which equal names are told apart.
    """
    n_uses: Counter[str] = Counter()
    made: list[str] = []
    for path in paths:
        pieces = [p for p in visible(path).split("/") if p.strip() not in ("", ".", "..")]
        if pieces and re.fullmatch(r"[A-Za-z]:", pieces[0]):
            pieces.pop(0)
        name = _shortened("/".join(pieces) or "unnamed", path)
        n_uses[name] += 1
        made.append(name if n_uses[name] == 1 else f"{name}~{n_uses[name]}")
    return made


def _shortened(name: str, path: str) -> str:
    return name if len(name) <= MAX_PATH else f"{name[: MAX_PATH - 40]}…{_hashed(path)}{name[-20:]}"
