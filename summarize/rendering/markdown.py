"""``Brief`` → the Markdown that a person reads, also as plain text pasted into an e-mail.

Words of a source are escaped where Markdown would take them for formatting, and never changed
otherwise, except that a weekday is followed by the date that its source meant.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import asdict, replace
from datetime import UTC, date
from urllib.parse import quote

from summarize.reading.discovery import COMPRESSED
from summarize.rendering.escaping import code, escape, escape_start
from summarize.rendering.paragraphs import paragraphs
from summarize.rendering.texts import NONE
from summarize.types import (
    Article,
    Brief,
    Briefing,
    Claim,
    Disagreement,
    Evidence,
    News,
    Position,
    Signature,
)

TITLE, NEWS_TITLE = "Brief", "New since"  # what the first line begins with
N_UNCITED_SHOWN = 5  # further articles that were read but not cited are only counted
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_MONTH = "(?:" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in (*_MONTHS, "Sept")) + r")\b"
UNDATED = "date not given"
# What already tells the date behind a weekday: a bracket, "the 20th", "20 February", "February 20".
_DATED = re.compile(
    rf"[,\s]*(?:\(|(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)\b|\d{{1,2}}\s+(?:of\s+)?{_MONTH}|{_MONTH}\.?\s*\d)"
)
# A full stop that belongs to an abbreviation stays with it: "in the U.S. [1]".
_ABBREVIATION = re.compile(r"(?:\b(?:\w\.)+|\b(?:Inc|Ltd|Co|Corp|Jr|Sr|St|etc|No|Bros|Gov|Sen)\.)$")


def to_markdown(brief: Brief, folder: str, texts: Mapping[int, str] = NONE) -> str:
    """Return the brief as Markdown.

    :param folder: what to put before the sources' paths in links, such as ``seeds``; may be empty.
    :param texts: what leads to the text of each source, if it was written to a file.
    """
    with_year = len({a.published.year for a in brief.sources if a.published}) != 1
    blocks = [_title(brief)]
    n_standing = sum(c.status == "unchanged" for t in brief.topics for c in t.claims)
    brief = _without_unchanged(brief)
    for topic in brief.topics:
        blocks += [f"## {escape(topic.heading)}\n{_body(topic, with_year)}"]
    if not brief.topics:
        empty = "The articles hold nothing that could be said with enough support."
        blocks += ["No new claims; what changed in the sources is below." if brief.news else empty]
    if brief.news:
        blocks += _changes(brief.news, n_standing)
    blocks += [_sources(brief, folder, texts)]
    if brief.failures:
        blocks += [
            "**Not read**\n\n" + "\n".join(f"- {code(f.path)}: {escape(f.reason)}" for f in brief.failures)
        ]
    return "\n\n".join([*blocks, _footer(brief)]) + "\n"


def _without_unchanged(brief: Brief) -> Brief:
    """Leave out what an earlier brief told; ``brief.json`` has it all."""
    topics = []
    for topic in brief.topics:
        claims = tuple(c for c in topic.claims if c.status != "unchanged")
        if claims:
            topics.append(replace(topic, claims=claims))
    return replace(brief, topics=tuple(topics))


def _changes(news: News, n_standing: int) -> list[str]:
    """Tell in a line each what was withdrawn, which files were edited, and how much still stands."""
    lines = []
    if news.withdrawn:
        texts: dict[str, list[str]] = {}
        for item in news.withdrawn:
            texts.setdefault(item.reason, []).append(f"“{escape(item.text)}”")
        gone = "; ".join(f"{escape(reason)}: {' '.join(own)}" for reason, own in texts.items())
        lines.append(f"*Withdrawn,* as {gone}")
    if news.restored:
        lines.append(f"*Stands again:* {' '.join(f'“{escape(text)}”' for text in news.restored)}")
    for edited in news.edited:
        changes = ", ".join(_change(before, after) for _, before, after in edited.changes)
        relying = (
            f" Earlier briefs relied on it for {_counted(len(edited.claims), 'claim')}."
            if edited.claims
            else ""
        )
        lines.append(
            f"*Edited since it was read:* {code(edited.path)}: {changes or 'wording only'}.{relying}"
        )
    if n_standing:
        stand = "stands" if n_standing == 1 else "stand"
        lines.append(f"*Of earlier briefs* {_counted(n_standing, 'claim')} still {stand}.")
    return ["  \n".join(lines)] if lines else []


def _change(before: str, after: str) -> str:
    if before and after:
        return f"{escape(before)} → {escape(after)}"
    return f"{escape(after)} added" if after else f"{escape(before)} removed"


def short_hash(signature: Signature) -> str:
    """Return twelve hexadecimal digits that stand for the whole signature."""
    canonical = json.dumps(asdict(signature), sort_keys=True)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def date_range(days: Iterable[date]) -> str:
    """Return the first and last day in words, as briefly as is clear; empty if there is none."""
    known = sorted(days)
    if not known:
        return ""
    first, last = known[0], known[-1]
    if first == last:
        return _in_words(last, True)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_in_words(last, True)}"
    return f"{_in_words(first, first.year != last.year)} – {_in_words(last, True)}"


def _in_words(day: date, with_year: bool) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if with_year else "")


def _title(brief: Brief) -> str:
    n_articles, n_origins = len(brief.sources), len({a.origin for a in brief.sources})
    origins = "origin" if n_origins == n_articles else "independent origin"  # some are copies
    counts = f"{_counted(n_articles, 'article')}, {_counted(n_origins, origins)}"
    if brief.news:
        since = brief.news.since.astimezone(UTC)
        name = f"{NEWS_TITLE} {_in_words(since.date(), True)}, {since:%H:%M} UTC"
        return f"# {name} · {_counted(brief.news.articles, 'new article')} of {n_articles:,}"
    return "# " + " · ".join(filter(None, [TITLE, counts, _days(brief)]))


def _days(brief: Brief) -> str:
    """Return the days of the cited sources, and how many of these state none; empty if all do not."""
    cited = _first_cited(brief)
    stated = [a.published for a in brief.sources if a.id in cited]
    days = date_range(d for d in stated if d)
    n_undated = stated.count(None)
    return f"{days}, {n_undated:,} undated" if days and n_undated else days


def _counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def _body(topic: Briefing, with_year: bool) -> str:
    sentences = []
    undated: set[str] = set()
    for claim, before in zip(topic.claims, (None, *topic.claims[:-1]), strict=True):
        if before is None or before.cited != claim.cited:
            undated = set()
        sentences.append(_sentence(claim, with_year, undated))
        undated |= {
            name for name in claim.undated if _with_dates(claim.text, [(name, UNDATED)]) != claim.text
        }
    told = [
        escape_start(" ".join(sentences[i] for i in own))
        for own in paragraphs([claim.text for claim in topic.claims])
    ]
    # Two spaces at the end of a line keep the next one apart without a blank line between.
    notes = [*(_differ(d) for d in topic.disagreements), *(_alone(p) for p in topic.uncorroborated)]
    return "\n\n".join([*told[:-1], "  \n".join([told[-1], *notes])])


def _sentence(claim: Claim, with_year: bool, undated: Set[str]) -> str:
    """Return one claim with its dates and its citations, the final full stop last.

    :param undated: weekdays of which the claim in front has just said that its sources don't date them.
    """
    notes = [(d.text, _in_words(d.date, with_year)) for d in claim.days]
    unknown = [(name, UNDATED) for name in claim.undated if name not in undated]
    text = escape(_with_dates(claim.text, [*notes, *unknown]))
    cited = _citations(claim.evidence) + _history(claim)
    stop = "." if claim.cited != claim.sources else ""  # "… “It is closed.” [1], see also [2]."
    if text.endswith("..") or _ABBREVIATION.search(text):
        return f"{text} {cited}{stop}"
    if text.endswith("."):
        return f"{text[:-1]} {cited}."
    # Without any closing mark, a heading or a cut sentence say, the next claim would run into this one.
    return f"{text} {cited}." if text[-1:].isalnum() else f"{text} {cited}{stop}"


def _history(claim: Claim) -> str:
    """Say what was told before, and that a report is an old one."""
    notes = []
    if claim.reported:
        notes.append(f"reported {_in_words(claim.reported, True)}")
    if claim.update:
        before = claim.update.before
        notes.append(f"before: {escape(before)}" if claim.update.after else f"before: “{escape(before)}”")
    return f" ({'; '.join(notes)})" if notes else ""


def _citations(evidence: tuple[Evidence, ...]) -> str:
    """Number the sources that bear something out, then those that tell a part of it."""
    cited = {e.source for e in evidence if e.role == "support"}
    named = {e.source for e in evidence} - cited
    beside = f", see also {_numbers(named)}" if named else ""
    return _numbers(cited) + beside


def _numbers(sources: Set[int]) -> str:
    return "".join(f"[{source}]" for source in sorted(sources))


def _with_dates(text: str, notes: Sequence[tuple[str, str]]) -> str:
    """Put a note behind each listed weekday: "on Thursday (20 February)".

    Inside a quotation the brackets are square, as editors do: they are not the speaker's.
    """
    done, at = "", 0
    for weekday, note in notes:
        found = re.compile(rf"\b{re.escape(weekday)}\b(?:['’]s\b)?").search(text, at)
        if not found or _DATED.match(text, found.end()):
            continue
        note = f"[{note}]" if _inside_quotation(text, found.start()) else f"({note})"
        done, at = f"{done}{text[at : found.end()]} {note}", found.end()
    return done + text[at:]


def _inside_quotation(text: str, at: int) -> bool:
    before = text[:at]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _differ(disagreement: Disagreement) -> str:
    """Return the positions side by side; their values say what they are about."""
    positions = [_stated(p) for p in disagreement.positions]
    if disagreement.kind == "revision":
        return f"*Revised:* {', then '.join(positions)}."
    return f"*Sources differ:* {'; '.join(positions)}."


def _alone(position: Position) -> str:
    return f"*Not corroborated elsewhere:* {_stated(position)}."


def _stated(position: Position) -> str:
    return f"{escape(position.value)} {_citations(position.evidence)}"


def _sources(brief: Brief, folder: str, texts: Mapping[int, str]) -> str:
    """Return the cited sources, then those that were only read.

    The numbers are written out, because a Markdown list counts for itself and would skip no gap.
    """
    first_cited = _first_cited(brief)
    first_of_origin: dict[int, int] = {}
    lines = ["**Sources**", ""]
    for article in brief.sources:
        if article.id in first_cited:
            same = first_of_origin.setdefault(article.origin, article.id)
            copy = f" (same story as [{same}])" if same != article.id else ""
            link = _link(article, folder, texts.get(article.id), first_cited[article.id])
            lines.append(f"- [{article.id}] {_source(article, link)}{copy}")
    uncited = [a for a in brief.sources if a.id not in first_cited]
    if uncited:
        shown = ", ".join(f"[{a.id}] {code(_joined(folder, a.path))}" for a in uncited[:N_UNCITED_SHOWN])
        more = f" and {len(uncited) - N_UNCITED_SHOWN:,} more" if len(uncited) > N_UNCITED_SHOWN else ""
        lines.append(f"- Read, not cited: {shown}{more}")
    return "\n".join(lines)


def _first_cited(brief: Brief) -> dict[int, int]:
    """Return for each cited source the smallest offset of a cited passage."""
    first: dict[int, int] = {}
    for evidence in _all_evidence(brief):
        first[evidence.source] = min(evidence.start, first.get(evidence.source, evidence.start))
    return first


def _all_evidence(brief: Brief) -> Iterable[Evidence]:
    for topic in brief.topics:
        for claim in topic.claims:
            yield from claim.evidence
        for position in (*topic.uncorroborated, *(p for d in topic.disagreements for p in d.positions)):
            yield from position.evidence


def _source(article: Article, link: str) -> str:
    known = [escape(article.publisher)] if article.publisher else []
    known += [_in_words(article.published, True)] if article.published else []
    return ", ".join([*known, link]) + (f": {escape(article.title)}" if article.title else "")


def _link(article: Article, folder: str, text: str | None, start: int) -> str:
    """Return a link to the line of a passage; only to the file, if its lines are not those of the text."""
    label = _joined(folder, article.path)
    is_own = article.form == "text" and article.part is None and not article.path.lower().endswith(COMPRESSED)
    target = _quoted(_joined(folder, article.file) if is_own or text is None else text)
    if is_own or text is not None:
        line = article.text.count("\n", 0, start) + 1
        target, label = f"{target}#L{line}", f"{label}#L{line}" if is_own else label
    return f"[{code(label)}]({target})"


def _quoted(path: str) -> str:
    return quote(path, errors="surrogateescape")


def _joined(folder: str, path: str) -> str:
    folder = folder.replace("\\", "/").rstrip("/") or ("/" if folder.startswith("/") else "")
    if folder in ("", "."):
        return path
    return folder + path if folder == "/" else f"{folder}/{path}"


def _footer(brief: Brief) -> str:
    methods = [c.method for t in brief.topics for c in t.claims]
    stages = Counter(dropped.stage for dropped in brief.dropped)
    furniture = stages.pop("read", 0)
    written = f"{_counted(methods.count('fused'), 'sentence')} fused, {methods.count('quoted'):,} quoted"
    left_out = f"{_counted(furniture, 'passage')} left out as site furniture"
    if stages:
        left_out += ", " + ", ".join(
            f"{_counted(n, 'sentence')} by {stage}" for stage, n in sorted(stages.items())
        )
    version = escape(brief.signature.version)
    return f"*{written}; {left_out} · summarize {version}, signature {short_hash(brief.signature)}*"
