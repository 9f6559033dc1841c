"""Origins: which articles are told to be copies, against copies that were made and reports that are none.

Copies are made of news articles, one of each kind of change. No copies are the reports that different outlets
wrote on one event, the same with a statement that both print, and weather and market reports that fill one
frame. Some reports of one event are a wire story all the same: pairs that share much by another measure, the
matching blocks of ``difflib``, are counted apart, and all of them are among the cases for reading by hand.

Articles and events are divided by a hash of their ids. The reader's limits were chosen on the one half, and
the other is measured.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import accumulate, combinations, islice
from zlib import crc32

from summarize.evaluation import copies
from summarize.evaluation.bench import Bench
from summarize.evaluation.material import ARTICLES
from summarize.evaluation.report import Figure, Result, Target, share
from summarize.reading.origins import origins
from summarize.reading.shingles import candidates, fingerprints, hashes_of, words_of
from summarize.training.data import ROUNDUPS, read_jsonl

REPORTS = (
    "events/allsides_events_train.jsonl.xz",
    ROUNDUPS,
    "clusters/allsides_roundup_val.jsonl.xz",
)
N_ARTICLES = 200  # that copies are made of
N_FRAMES = 100
MIN_SENTENCES = 10  # of an article that copies are made of
STATEMENT_WORDS = 80  # that two reports print alike, at least
BLOCK = 4  # words; what is shorter is no copying
COUNTED_APART = 0.45  # of the shorter report's words in matching blocks
ITEM, EVENT = "item of a round-up", "reports of one event"
STATEMENT, FRAME = "reports with one statement", "one frame, other figures"
SHORT_STATEMENT, BRIEF_WORDS = "short reports with one statement", 120
PAGES = "pages of one outlet, weeks apart, that share much"
DAYS_APART = 14
_WEATHER = (
    "Good morning. It will be {0} degrees in the city and {1} in the hills today, with winds of {2} miles an "
    "hour from the coast. The sun sets at {3} minutes past the hour. Tomorrow expect up to {4} millimetres "
    "of rain and a high of {5}. For the rest of the week the forecasters see little change, and they ask "
    "drivers to take care on the bridges. Water in the reservoirs stands at {6} percent."
)
_MARKETS = (
    "Stocks ended the day at {0} points in busy trading as investors waited for figures from the central "
    "bank. The index of smaller companies closed {1} points away from its record. Some {2} million shares "
    "changed hands on the main board, against {3} million the day before. Oil was sold at {4} dollars a "
    "barrel, and gold at {5} dollars an ounce. Analysts said that trading would stay quiet until the "
    "holiday. The yield of ten-year bonds was {6} hundredths of a point."
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, whether one is a copy of the other, and what was done, or who wrote them."""

    kind: str
    a: str
    b: str
    is_copy: bool
    names: str = ""


Decision = Callable[[Sequence[str]], list[int]]


def measure(bench: Bench) -> tuple[Result, ...]:
    """Measure pairs, and all of their texts as one folder."""
    copied, different = copies_of(bench, held_out=True), reports(bench, held_out=True)
    apart = [p for p in different if p.kind == EVENT and shared_words(p.a, p.b) >= COUNTED_APART]
    pairs = [*copied, *(p for p in different if p not in apart)]
    found = decide(ours, pairs)
    figures = [
        *_scores("copies", pairs, found, (Target("≥", 98.0), Target("≥", 95.0))),
        *_by_kind(pairs, found),
        *_apart(apart),
        *_folder(copied, pairs),
        *_peers(pairs),
    ]
    cases = [_case(p, f) for p, f in zip(pairs, found, strict=True) if f != p.is_copy]
    cases += [_case(p, f) for p, f in zip(apart, decide(ours, apart), strict=True)]
    data = "+".join((ARTICLES, *REPORTS))
    settings = bench.settings("origins", data, N_ARTICLES, part_of_data="test half")
    return (Result("Origins", settings, tuple(figures), tuple(cases)),)


def ours(bodies: Sequence[str]) -> list[int]:
    """Group texts as the reader does that knows no publisher."""
    return origins(bodies, [None] * len(bodies))


def decide(method: Decision, pairs: Sequence[Pair]) -> list[bool]:
    """Return which pairs are joined, each in a folder of its own."""
    return [method((p.a, p.b)) == [0, 0] for p in pairs]


def is_held_out(key: str) -> bool:
    """Tell whether an article or an event, by its id, is measured and not developed on."""
    return crc32(key.encode()) % 2 == 1


# What is a copy


def copies_of(bench: Bench, *, held_out: bool) -> list[Pair]:
    """Make of each article a copy of each kind; the articles take turns to lend their sentences."""
    rng, n = random.Random(bench.seed), bench.limit or N_ARTICLES
    tokenizer = bench.models().splitter
    records = [r for r in read_jsonl(bench.file(ARTICLES)) if is_held_out(r["id"]) == held_out]
    rng.shuffle(records)
    split = (copies.text_of(r["title"], r["text"], tokenizer) for r in records)
    texts = list(islice((t for t in split if len(t.lines) >= MIN_SENTENCES), n + copies.N_ITEMS[1]))
    pairs: list[Pair] = []
    for i, text in enumerate(texts[:n]):
        others = texts[i + 1 : i + rng.randint(*copies.N_ITEMS)]
        for kind, change in copies.CHANGES.items():
            pairs.append(Pair(kind, text.whole, change(text, others[0], rng).whole, True, text.title))
        item = copies.item_of(text)
        items = [item, *map(copies.item_of, others)]
        rng.shuffle(items)
        pairs.append(Pair(ITEM, item.whole, copies.round_up(items).whole, True, text.title))
    return pairs


# What is none


def reports(bench: Bench, *, held_out: bool) -> list[Pair]:
    """Pair the reports of each event, lend some pairs a statement, and fill frames."""
    rng = random.Random(bench.seed)
    pairs = list(_of_events(bench, held_out))
    passages = _passages(bench, held_out)
    drawn = rng.sample(pairs, min(len(pairs), bench.limit or N_ARTICLES))
    for pair, passage in zip(drawn, passages, strict=False):
        if shared_words(pair.a, pair.b) < COUNTED_APART:
            whole, short = (pair.a, pair.b), [_beginning(text) for text in (pair.a, pair.b)]
            for kind, texts in ((STATEMENT, whole), (SHORT_STATEMENT, short)):
                a, b = (copies.with_passage(text, passage, rng) for text in texts)
                pairs.append(Pair(kind, a, b, False, pair.names))
    for n in range(min(N_FRAMES, bench.limit or N_FRAMES)):
        frame = (_WEATHER, _MARKETS)[n % 2]
        a, b = (frame.format(*rng.sample(range(2, 3_000), 7)) for _ in range(2))
        pairs.append(Pair(FRAME, a, b, False))
    return [*pairs, *bench.sample(list(_of_one_outlet(bench, held_out)), N_ARTICLES)]


def _beginning(text: str) -> str:
    """Return the first paragraphs of a text, up to a brief report."""
    paragraphs = [p for p in text.split("\n") if p.strip()]
    lengths = accumulate(len(p.split()) for p in paragraphs)
    return "\n\n".join(
        p for p, n in zip(paragraphs, lengths, strict=True) if n <= BRIEF_WORDS or p is paragraphs[0]
    )


def _of_events(bench: Bench, held_out: bool) -> Iterator[Pair]:
    seen: set[frozenset[str]] = set()
    for name in REPORTS:
        for record in read_jsonl(bench.file(name)):
            event = record.get("cluster") or record["id"]
            told = [d for d in record["docs"] if d["full_text"]] if is_held_out(event) == held_out else []
            for one, other in combinations(told, 2):
                urls = frozenset((one["url"], other["url"]))
                if len(urls) == 2 and urls not in seen and one["source"] != other["source"]:
                    seen.add(urls)
                    names = f"{event}, {one['source']}: {one['title']} | {other['source']}: {other['title']}"
                    yield Pair(EVENT, one["full_text"], other["full_text"], False, names)


def _of_one_outlet(bench: Bench, held_out: bool) -> Iterator[Pair]:
    """Yield pairs with many common fingerprints, galleries and background say, that are no news together."""
    records = [r for r in read_jsonl(bench.file(ARTICLES)) if is_held_out(r["id"]) == held_out and r["date"]]
    records.sort(key=lambda r: -len(words_of(r["text"])))
    prints = [fingerprints(hashes_of(words_of(r["text"]))) for r in records]
    for pair in candidates(prints):
        one, other = (records[i] for i in pair)
        days = abs(date.fromisoformat(one["date"]) - date.fromisoformat(other["date"])).days
        if one["source"] == other["source"] and days >= DAYS_APART:
            names = f"{one['source']}: {one['title']} | {other['title']}"
            yield Pair(PAGES, one["text"], other["text"], False, names)


def _passages(bench: Bench, held_out: bool) -> Iterator[str]:
    """Yield sentences from the middle of articles, as statements that two reports print."""
    for record in read_jsonl(bench.file(ARTICLES)):
        if is_held_out(record["id"]) == held_out:
            lines = copies.text_of("", record["text"], bench.models().splitter).lines
            chosen: list[str] = []
            for _, sentence in lines[len(lines) // 2 :]:
                chosen.append(sentence)
                if len(" ".join(chosen).split()) >= STATEMENT_WORDS:
                    yield " ".join(chosen)
                    break


def shared_words(a: str, b: str) -> float:
    """Return the share of the shorter text's words that stand in matching blocks, by ``difflib``."""
    one, other = words_of(a), words_of(b)
    blocks = SequenceMatcher(None, one, other).get_matching_blocks()
    n_shared = sum(block.size for block in blocks if block.size >= BLOCK)
    return n_shared / max(1, min(len(one), len(other)))


# Figures


def _scores(
    name: str, pairs: Sequence[Pair], found: Sequence[bool], targets: tuple[Target | None, Target | None]
) -> list[Figure]:
    right = sum(f and p.is_copy for p, f in zip(pairs, found, strict=True))
    n_copies = sum(p.is_copy for p in pairs)
    return [
        Figure(f"{name}: precision", share(right, sum(found)), sum(found), "%", targets[0]),
        Figure(f"{name}: recall", share(right, n_copies), n_copies, "%", targets[1]),
    ]


def _by_kind(pairs: Sequence[Pair], found: Sequence[bool]) -> list[Figure]:
    of_kind: dict[tuple[str, bool], list[bool]] = {}
    for pair, is_found in zip(pairs, found, strict=True):
        of_kind.setdefault((pair.kind, pair.is_copy), []).append(is_found)
    return [
        Figure(
            f"{'copies' if is_copy else 'no copies'}, {kind}: joined",
            share(sum(own), len(own)),
            len(own),
            "%",
        )
        for (kind, is_copy), own in of_kind.items()
    ]


def _apart(pairs: Sequence[Pair]) -> list[Figure]:
    name = f"reports of one event that share {100 * COUNTED_APART:.0f} % or more of their words: joined"
    return [Figure(name, share(sum(decide(ours, pairs)), len(pairs)), len(pairs), "%")]


def _folder(copied: Sequence[Pair], pairs: Sequence[Pair]) -> list[Figure]:
    """Group all texts as one folder; an article and its copies are one origin, and nothing else is.

    Round-ups are left out, since each holds items of several articles.
    """
    whole = [p for p in copied if p.kind != ITEM]
    of_article = {p.b: p.a for p in whole} | {p.a: p.a for p in whole}
    texts = list(dict.fromkeys((*of_article, *(t for p in pairs if p.kind == EVENT for t in (p.a, p.b)))))
    truth = [of_article.get(text, text) for text in texts]
    found = ours(texts)
    right, joined, true = (
        _n_pairs(groups) for groups in (list(zip(truth, found, strict=True)), found, truth)
    )
    return [
        Figure("one folder of all texts: precision", share(right, joined), joined, "%"),
        Figure("one folder of all texts: recall", share(right, true), true, "%"),
    ]


def _n_pairs(groups: Sequence[object]) -> int:
    sizes: dict[object, int] = {}
    for group in groups:
        sizes[group] = sizes.get(group, 0) + 1
    return sum(n * (n - 1) // 2 for n in sizes.values())


def _peers(pairs: Sequence[Pair]) -> list[Figure]:
    from summarize.evaluation import origin_peers as peers

    none = (None, None)
    figures = _scores("first match of 5-grams", pairs, decide(peers.first_match, pairs), none)
    known = {text: peers.minhash(text) for text in {t for p in pairs for t in (p.a, p.b)}}
    alike = [known[p.a].jaccard(known[p.b]) for p in pairs]
    figures += _scores("MinHash, Jaccard ≥ 0.5", pairs, [v >= peers.JACCARD for v in alike], none)
    best = max(sorted(set(alike)), key=lambda t: _f1(pairs, [v >= t for v in alike]))
    name = f"MinHash, Jaccard ≥ {best:.2f}, the best on these pairs"
    return figures + _scores(name, pairs, [v >= best for v in alike], none)


def _f1(pairs: Sequence[Pair], found: Sequence[bool]) -> float:
    right = sum(f and p.is_copy for p, f in zip(pairs, found, strict=True))
    return 2 * right / max(1, sum(found) + sum(p.is_copy for p in pairs))


def _case(pair: Pair, is_found: bool) -> str:
    told = "joined" if is_found else "kept apart"
    return f"{pair.kind}, {told}, {shared_words(pair.a, pair.b):.2f} shared: {pair.names}\n"
