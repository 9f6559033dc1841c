"""A folder that keeps filling up, made up by a seed: what arrives, is edited, moved and deleted.

The articles are of a few stories, from a few agencies. Their sentences come from templates with names,
numbers and dates, so that facts repeat from article to article, and figures rise from day to day. One agency
ends its articles with a slogan, which counts as news only while few of them are there.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

FIRST_DAY = date(2020, 2, 6)
STORIES = (
    ("Storm", "Ohio", "storm", "Anna Berg", "the mayor of Ohio"),
    ("Fire", "Marlow", "fire", "Carl Dahl", "the fire chief of Marlow"),
    ("Flood", "Tarnów", "flood", "Jan Nowak", "a spokesman for the province"),
)
AGENCIES = ("Daily Post", "North Wire", "The Courier")
TEMPLATES: tuple[Callable[[str, str, str, str, int, str], str], ...] = (
    lambda place, thing, who, role, n, day: f"The {thing} in {place} has killed {n} people since {day}.",
    lambda place, thing, who, role, n, day: f"{who}, {role}, said that {10 * n} houses were lost in {place}.",
    lambda place, thing, who, role, n, day: f"Some {100 * n} residents of {place} left their homes on {day}.",
    lambda place, thing, who, role, n, day: f"Schools in {place} stay closed until the {thing} is over.",
    lambda place, thing, who, role, n, day: f'"We need {n + 2} more boats," {who} told reporters in {place}.',
    lambda place, thing, who, role, n, day: f"The army sent {5 * n} soldiers to {place} on {day}.",
    lambda place, thing, who, role, n, day: f"The road from {place} to the coast is open again, {who} said.",
    lambda place, thing, who, role, n, day: f"Insurers put the damage of the {thing} at ${3 * n} million.",
)
SLOGANS = {"North Wire": "North Wire reports every day from all towns of the region."}
SENTENCES = 5  # of each article


@dataclass(frozen=True, slots=True)
class Step:
    """What happens to the folder before one run: files to write, to move and to delete, by relative path."""

    now: datetime
    written: tuple[tuple[str, str], ...]
    moved: tuple[tuple[str, str], ...]
    deleted: tuple[str, ...]


def steps(n_articles: int, seed: int) -> tuple[Step, ...]:
    """Make up the life of a folder in which so many articles arrive, one to five at a time."""
    rng = random.Random(seed)
    made: list[Step] = []
    texts: dict[str, str] = {}
    n = 0
    while n < n_articles:
        now = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, 6, tzinfo=UTC) + timedelta(len(made))
        old = sorted(texts)
        written, moved, deleted = {}, [], []
        if old and rng.random() < 0.4:  # a silent edit: another figure under the same path
            path = old.pop(rng.randrange(len(old)))
            written[path] = texts[path].replace("0 ", "5 ", 1).replace("killed ", "killed 1", 1)
        if old and rng.random() < 0.3:
            path = old.pop(rng.randrange(len(old)))
            moved.append((path, f"archive/{Path(path).name}"))
            texts[moved[-1][1]] = texts.pop(path)
        if old and rng.random() < 0.3:
            deleted.append(old.pop(rng.randrange(len(old))))
            del texts[deleted[-1]]
        for _ in range(min(rng.randint(1, 5), n_articles - n)):
            n += 1
            written[f"{n:03}.txt"] = _article(rng, now.date(), n)
        texts |= written
        made.append(Step(now, tuple(written.items()), tuple(moved), tuple(deleted)))
    return tuple(made)


def apply(step: Step, folder: Path) -> None:
    """Do to a folder what a step says; its files look as if they had been quiet for an hour."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in step.deleted:
        (folder / path).unlink()
    for before, after in step.moved:
        (folder / after).parent.mkdir(exist_ok=True)
        os.replace(folder / before, folder / after)
    for path, text in step.written:
        (folder / path).write_text(text, encoding="utf-8")
        an_hour_ago = (folder / path).stat().st_mtime - 3600
        os.utime(folder / path, (an_hour_ago, an_hour_ago))


def _article(rng: random.Random, day: date, n: int) -> str:
    title, place, thing, who, role = STORIES[rng.randrange(len(STORIES))]
    days = (day - FIRST_DAY).days
    told = rng.sample(range(len(TEMPLATES)), SENTENCES)
    lines = [TEMPLATES[t](place, thing, who, role, 4 + days // 3, f"{day:%A}") for t in told]
    head = f"---\ntitle: {title} in {place}, report {n}\ndate: {day.isoformat()}\n"
    agency = rng.choice(AGENCIES)
    if agency in SLOGANS:
        lines.append(SLOGANS[agency])
    return f"{head}publisher: {agency}\n---\n\n" + "\n\n".join(lines) + "\n"
