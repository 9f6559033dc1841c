"""Weekdays that a text names, resolved against the day that it was published."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from summarize.language import quotations
from summarize.language.calendar import MONTH, MONTHS, WEEKDAYS
from summarize.language.quotations import without_quotations
from summarize.types import Article, Claim, Day

_WEEK = timedelta(days=6)  # from which on a reader no longer knows which Tuesday is meant
_NAMES = "|".join(name for name in WEEKDAYS if name.endswith("day"))
_WEEKDAY = re.compile(rf"\b(?:(last|next) )?({_NAMES})\b", re.IGNORECASE)
_DATE = re.compile(rf"\b({MONTH})\b\.? (\d{{1,2}})\b(?!,? \d{{4}})")
_AHEAD = re.compile(
    r"\b(?:will|would(?! have\b)|to meet|plans?|(?:planned|slated) (?:for|on|to)|due(?! to\b)|scheduled|"
    r"expected|set(?! (?:back|up|off|out|aside|down|forth|free|fire|in motion)\b|"
    r" (?:an?|the|new) (?:[\w-]+ )?(?:records?|precedents?|examples?|tone|stage|fires?)\b|"
    r" (?:[\w’'-]+ ){1,4}(?:on fire|ablaze|alight)\b)|"
    r"upcoming|going to|(?:is|are|was|were|seems?) (?:un)?likely to|see you|"
    r"(?:is|are) due to (?!the\b|an?\b|its\b|his\b|her\b|their\b)[a-z]+|"
    r"(?-i:may|might)(?! have\b| (?:on|in|at|of|late|early)\b| \w+day\b|[,.]))\b|\bwon['’]t\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?!hundred|indeed|speed|exceed|proceed|succeed|scheduled|expected|(?:planned|slated) (?:for|on|to)\b)"
    r"(?:said|told|was|were|had|did|made|took|went|came|began|fell|rose|won|lost|met|held|gave|left|wrote|spoke|"
    r"struck|led|saw|got|sent|shot|hit|quit|flew|heard|found|threw|sank|ran|drew|died|sued|fled|[a-z]{3,}ed)\b"
)
# Behind these a participle is no verb of its own: "the amended bill", "US-led", "will be formally charged".
_ATTRIBUTES = re.compile(
    r"(?:-|\b(?:an?|the|its|his|her|their|those|these|of|be|been|being|is|are|gets?|[a-z]+ly) )$", re.I
)
_DETERMINERS = re.compile(
    r"(?:\b(?:an?|the|its|his|her|their)|(?<!\bhe)(?<!\bshe)(?<!\bit)(?<!\bwho)(?<!\bthat)['’]s|s['’]) $",
    re.I,
)
_SHORT_FOR_IS = re.compile(r"['’]s $")
_IS_TO = re.compile(r" (?:to|for|on)\b")
_BORDER = re.compile(
    r"[,;:–—]|\b(?:who|which|that|and|but|as|when|while|after|before|where|because|if|though)\b"
)
_RELATIVE = re.compile(r"\b(?:who|which|that)\b[^,]*$")
_ASIDE = re.compile(r", (?:who|which|whose) [^,]*,")  # "On Monday Hill, who is expected to win, said"
_SINCE = re.compile(r"\bsince\b[^,;.]*$", re.IGNORECASE)  # what began on a day is past, whatever comes next
# What somebody has said or decided on a day is past: "comments on Tuesday on the order".
_SAID = re.compile(
    r"\b(?:comments?|remarks?|statements?|rulings?|decisions?|tweets?|announcements?|orders?|reports?|letters?)"
    r" (?:made )?(?:late |early )?(?:on )?$",
    re.IGNORECASE,
)

# A day until which something lasts is to come ("stays closed until Friday"), unless it lasted ("was closed").
_UNTIL = re.compile(r"\b(?:until|till|through)(?: \w+)? $", re.IGNORECASE)
# What has to come about "by Friday" if somebody asks for it or threatens.
_DEADLINE = re.compile(
    r"\b(?:if|unless|demand(?:s|ed|ing)?|deadlines?|ultimatum|vow(?:s|ed|ing)?|promis(?:e[sd]?|ing)|"
    r"urg(?:e[ds]?|ing)|must|needs? to|ha(?:s|ve) to)\b"
    r"(?:(?!\b(?:had been|was|were|and|but)\b)[^,;])*\bby(?: late| early)? $",
    re.IGNORECASE,
)
_LASTED = re.compile(r"\b(?:was|were|had|did)\b[^,;.]*$", re.IGNORECASE)


def resolve_weekdays(text: str, published: date | None) -> tuple[Day, ...]:
    """Return the date meant by each weekday in a sentence of an article published on that day.

    News names the nearest such day: the past one in a report, the coming one where the verb that it goes
    with looks ahead ("will meet Thursday", but not "said Thursday that he will meet"). Nothing is returned
    where the day of publication is not known, nor for a past day that would be six days before it: as likely
    it is the next one, reported across a date line.
    """
    if published is None:
        return ()
    found = ((m, _is_ahead(text, m)) for m in _WEEKDAY.finditer(text))
    days = (
        (m.group(2), _nearest(m, published, bool(ahead))) for m, ahead in found if m[1] or ahead is not None
    )
    return tuple(Day(name, day) for name, day in days if day)


def coming_days(text: str, published: date | None) -> tuple[date, ...]:
    """Return the days, weekdays or dates, on which something was still to come when a text was published."""
    if published is None:
        return ()
    named = [(m, _nearest(m, published, ahead=True)) for m in _WEEKDAY.finditer(text)]
    named += [(m, _next(m, published)) for m in _DATE.finditer(text)]
    return tuple(day for m, day in named if day and day >= published and _is_ahead(text, m))


def _next(found: re.Match[str], published: date) -> date | None:
    """Return the day of a date without a year that is nearest to the day of publication."""
    month, day = MONTHS[found[1].casefold()], int(found[2])
    near = []
    for year in (published.year - 1, published.year, published.year + 1):
        try:
            near.append(date(year, month, day))
        except ValueError:
            continue
    return min(near, key=lambda d: abs(d - published), default=None)


def with_days(topics: Sequence[Sequence[Claim]], articles: Mapping[int, Article]) -> list[list[Claim]]:
    """Resolve weekdays where the brief's sources mean, or may mean, different days by the same name.

    Where the sources are a week apart all of them are. Where they mean several known days, or are a week
    apart, the weekday of a source without a date is listed too, so that nobody takes it for one of them.
    """
    meant: dict[str, set[object]] = {}
    found: dict[Claim, tuple[Day, ...]] = {}
    for claim in (c for own in topics for c in own):
        published = {articles[i].published for i in claim.cited}
        found[claim] = resolve_weekdays(claim.text, published.pop() if len(published) == 1 else None)
        for day in found[claim]:
            meant.setdefault(day.text.lower(), set()).add(day.date)
        known = {day.text for day in found[claim]}
        for name in named_weekdays(claim.text):
            if name not in known:
                meant.setdefault(name.lower(), set()).add(claim.cited)
    known_days = [d for c in found for i in c.sources if (d := articles[i].published)]
    is_wide = bool(known_days) and max(known_days) - min(known_days) >= _WEEK
    n_known = {name: sum(isinstance(d, date) for d in days) for name, days in meant.items()}
    several = {name for name, n in n_known.items() if n > 1 or (n and is_wide)}

    def described(claim: Claim) -> Claim:
        days = tuple(d for d in found[claim] if is_wide or len(meant[d.text.lower()]) > 1)
        # Of sources with several dates nobody knows from which one the weekday was counted.
        has_none = all(articles[i].published is None for i in claim.cited)
        names = named_weekdays(claim.text) if has_none else ()
        return replace(claim, days=days, undated=tuple(n for n in names if n.lower() in several))

    return [[described(claim) for claim in own] for own in topics]


def _is_ahead(text: str, day: re.Match[str]) -> bool | None:
    """Tell whether a weekday is a coming one: by the verb before it, or by the first behind it if it leads.

    What is quoted elsewhere in the sentence tells nothing. Only a day until which something lasts, or by
    which somebody demands it, needs no other sign. None if it stands in a quotation without a verb.
    """
    before, behind = text[: day.start()], text[day.end() :]
    if _UNTIL.search(before) and not _LASTED.search(before):
        return True
    if _SINCE.search(before):
        return False
    if _DEADLINE.search(without_quotations(before)):
        return True
    quoted = next((span for span in quotations(text) if span[0] <= day.start() < span[1]), None)
    if quoted:
        before, behind = text[quoted[0] : day.start()], text[day.end() : quoted[1]]
    else:
        before, behind = without_quotations(before), without_quotations(behind)
    leading, following = _verbs(before), _verbs(_ASIDE.sub(",", behind))
    if _SAID.search(before) and not (leading and leading[-1][2]):
        return False
    first = next((looks for _, _, looks in following), False)
    if not leading:
        return first if following or not quoted else None
    _, end, looks = leading[-1]
    if looks or (re.search(r"\bthat\b", before[end:]) and first):
        return True  # "told them that Tuesday will be a feast"
    is_done_by = re.match(r" by\b(?! (?:\w+day|late|early)\b| *$)", before[end:])
    if is_done_by and any(ahead for *_, ahead in leading):
        return None  # "will sign the bill passed by the council Monday": of which verb is the day?
    return any(
        ahead and not _BORDER.search(before[stop : leading[-1][0]]) and not _RELATIVE.search(before[:start])
        for start, stop, ahead in leading
    )


def _verbs(text: str) -> list[tuple[int, int, bool]]:
    """Return where a text tells of what was or is to come: start, end, and whether it looks ahead."""
    past = [m.span() for m in _PAST.finditer(text) if not _ATTRIBUTES.search(text[: m.start()])]
    ahead = [
        m.span()
        for m in _AHEAD.finditer(text)
        if not _DETERMINERS.search(text[: m.start()])
        # "The Senate's expected to vote"
        or (_SHORT_FOR_IS.search(text[: m.start()]) and _IS_TO.match(text, m.end()))
    ]
    return sorted([(*span, False) for span in past] + [(*span, True) for span in ahead])


def looks_back(text: str) -> bool:
    """Tell whether a sentence tells of what has come about, other than that somebody said something."""
    told = without_quotations(text)
    return any(not ahead and told[a:b] not in ("said", "told") for a, b, ahead in _verbs(told))


def looks_ahead(text: str) -> bool:
    """Tell whether a sentence tells of something to come."""
    return _AHEAD.search(text) is not None


def weekday_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return where a text names weekdays."""
    return tuple(m.span(2) for m in _WEEKDAY.finditer(text))


def named_weekdays(text: str) -> tuple[str, ...]:
    """Return the weekdays that a text names."""
    return tuple(m.group(2) for m in _WEEKDAY.finditer(text))


def _nearest(found: re.Match[str], published: date, ahead: bool) -> date | None:
    offset = (WEEKDAYS[found.group(2).lower()] - published.weekday()) % 7  # days ahead, 0 to 6
    if (found.group(1) or "").lower() == "last":
        return published + timedelta(days=offset - 7)
    if (found.group(1) or "").lower() == "next":
        return published + timedelta(days=offset or 7)
    if offset == 0 or ahead:
        return published + timedelta(days=offset)
    return published + timedelta(days=offset - 7) if offset > 1 else None
