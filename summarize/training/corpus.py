"""The mix that the writer is trained on, read from the public data folder."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from nltk.tokenize.punkt import PunktSentenceTokenizer

from summarize.segmentation import split
from summarize.training import examples as make
from summarize.training import joins
from summarize.training.data import (
    ROUNDUPS,
    WIKI_SPLIT_TEST_SHARE,
    is_test,
    plain_marks,
    read_correspondences,
    read_jsonl,
    read_tsv,
)
from summarize.training.examples import Example

MAX_PREMISE_WORDS = 60
MAX_SENTENCES = 40  # of one article, from its top: news puts what matters first
REAL_REPEATS = 4  # real consolidation is rare and worth more than what is made up
SPLIT_REPEATS = 2
HEADED = 8  # sentences at an article's top that may hold the words of its title
MAX_JOINED, MAX_APART, MAX_VIEWED = 2, 2, 3  # examples of each kind that one article gives
TEST_SHARE = 20  # every 20th article is kept for testing


def writer_examples(
    data: Path, tokenizer: PunktSentenceTokenizer, n_articles: int, seed: int
) -> Iterator[Example]:
    """Yield training examples of all kinds, unshuffled."""
    rng = random.Random(seed)
    yield from [*_wiki_split(data, rng, test=False)] * SPLIT_REPEATS
    yield from _paraphrases(data, rng)
    real = [
        *_correspondences(data, test=False),
        *_events(data, tokenizer, rng),
        *_roundups(data, tokenizer, rng),
    ]
    real += _entailed(data)
    yield from real * REAL_REPEATS
    yield from _news(data, tokenizer, rng, n_articles, test=False)


def real_examples(data: Path, tokenizer: PunktSentenceTokenizer, rng: random.Random) -> Iterator[Example]:
    """Yield the training examples that people wrote and that say nothing new; headlines are none of them."""
    found = [*_wiki_split(data, rng, test=False), *_correspondences(data, test=False)]
    found += [*_events(data, tokenizer, rng), *_roundups(data, tokenizer, rng)]
    yield from (e for e in found if e.task != "headline" and make.is_grounded(e.target, e.evidence))


def test_examples(data: Path, tokenizer: PunktSentenceTokenizer, seed: int) -> dict[str, list[Example]]:
    """Return examples from documents that the training never sees, by name of the set."""
    rng = random.Random(seed + 1)
    news = list(_news(data, tokenizer, rng, 2000, test=True))
    split_pairs = list(_wiki_split(data, rng, test=True))
    sets = {f"news-{task}": [e for e in news if e.task == task] for task in make.TASKS}
    sets["news-digest"] = list(_correspondences(data, test=True))
    sets["wikisplit-fuse"] = [e for e in split_pairs if e.task == "fuse"]
    return {name: found[:400] for name, found in sets.items() if found}


def sentences_of(text: str, tokenizer: PunktSentenceTokenizer) -> list[str]:
    """Split running text, paragraph by paragraph."""
    found = []
    for paragraph in text.split("\n"):
        found += [paragraph[s:e] for s, e in split(paragraph, tokenizer)]
        if len(found) > MAX_SENTENCES:
            break
    return found


def _wiki_split(data: Path, rng: random.Random, *, test: bool) -> Iterator[Example]:
    """Read the tune part and four fifths of the validation part, or, for testing, the last fifth."""
    tune, validation = (data / "fusion" / f"wiki_split_{part}.tsv.xz" for part in ("tune", "validation"))
    rows = [] if test else list(read_tsv(tune))
    rows += [r for n, r in enumerate(read_tsv(validation)) if is_test(n, WIKI_SPLIT_TEST_SHARE) == test]
    for columns in rows:
        whole, parts = columns[0], [p.strip() for p in columns[1].split("<::::>")]
        yield from make.reversed_split(plain_marks(whole), [plain_marks(p) for p in parts], rng)


def _correspondences(data: Path, *, test: bool) -> Iterator[Example]:
    for record in read_correspondences(data / "fusion" / "points_of_correspondence.jsonl.xz", test=test):
        evidence = (plain_marks(record["sentence_1"]), plain_marks(record["sentence_2"]))
        if found := make.digest(plain_marks(record["fused"]), evidence):
            yield found


def _entailed(data: Path) -> Iterator[Example]:
    """Short sentences that people found to follow from longer ones (Recognizing Textual Entailment)."""
    for record in read_jsonl(data / "checks" / "nli_rte_train.jsonl.xz"):
        premise, claim = (p.split(": ", 1)[1] for p in record["sentence"].split("\n", 1))
        is_one = len(premise.split()) <= MAX_PREMISE_WORDS
        if record["label"] == "entailment" and is_one and (found := make.digest(claim, (premise,))):
            yield found


def _paraphrases(data: Path, rng: random.Random) -> Iterator[Example]:
    """Two wordings of one fact: the richer one is the answer if it covers the other's names and numbers."""
    lines = (data / "pairs" / "mrpc_msr-para-train.tsv").read_text(encoding="utf-8-sig").splitlines()
    for line in lines[1:]:
        quality, _, _, first, second = line.split("\t")
        richer, poorer = sorted((first, second), key=len, reverse=True)
        if quality == "1":
            pair = [richer, poorer]
            rng.shuffle(pair)
            yield Example("fuse", (pair[0], pair[1]), richer)


def _events(data: Path, tokenizer: PunktSentenceTokenizer, rng: random.Random) -> Iterator[Example]:
    """Sentences of one outlet, written from those of the other outlets on the same event."""
    for record in read_jsonl(data / "events" / "allsides_events_train.jsonl.xz"):
        texts = [sentences_of(d["full_text"], tokenizer) for d in record["docs"]]
        for own, sentences in enumerate(texts):
            others = [s for k, t in enumerate(texts) if k != own for s in t if len(s.split()) <= 60]
            yield from _consolidate(sentences, others, rng)


def _roundups(data: Path, tokenizer: PunktSentenceTokenizer, rng: random.Random) -> Iterator[Example]:
    for record in read_jsonl(data / ROUNDUPS):
        sources = []
        for doc in record["docs"]:
            sources += sentences_of(doc["full_text"] or doc["lead"] or "", tokenizer)
        written = sentences_of(record["roundup"], tokenizer)
        yield from _consolidate(written, sources, rng)
        digests = (make.consolidated_digest(s, sources) for s in written)
        yield from (d for d in digests if d)
        if found := make.headline(record["roundup_title"].rstrip("."), sources[:HEADED]):
            yield found


def _consolidate(targets: list[str], sources: list[str], rng: random.Random) -> Iterator[Example]:
    for target in targets:
        if make.is_good_sentence(target) and (found := make.consolidated(target, sources, rng)):
            yield found


def articles(
    data: Path, tokenizer: PunktSentenceTokenizer, n_articles: int, *, test: bool
) -> Iterator[list[str]]:
    """Yield the sentences of each news article of the training or of the test part."""
    for _, sentences in _titled(data, tokenizer, n_articles, test=test):
        yield sentences


def _titled(
    data: Path, tokenizer: PunktSentenceTokenizer, n_articles: int, *, test: bool
) -> Iterator[tuple[str, list[str]]]:
    for number, record in enumerate(read_jsonl(data / "news" / "articles.jsonl.xz")):
        if is_test(number, TEST_SHARE) == test and number < n_articles:
            sentences = sentences_of(record["text"], tokenizer)
            yield record["title"], [s for s in sentences if len(s.split()) <= 60]


def _news(
    data: Path, tokenizer: PunktSentenceTokenizer, rng: random.Random, n_articles: int, *, test: bool
) -> Iterator[Example]:
    for title, sentences in _titled(data, tokenizer, n_articles, test=test):
        if len(sentences) > 1 and (found := make.headline(title, sentences[:HEADED])):
            yield found
        joined = joins.continued(sentences)
        yield from rng.sample(joined, min(MAX_JOINED, len(joined)))
        yield from _self_supervised([s for s in sentences if make.is_good_sentence(s)], rng)


def _self_supervised(good: list[str], rng: random.Random) -> Iterator[Example]:
    apart = [e for s in good if (e := joins.taken_apart(s, rng))]
    yield from rng.sample(apart, min(MAX_APART, len(apart)))
    for sentence in rng.sample(good, min(MAX_VIEWED, len(good))):
        roll = rng.random()
        others = [s for s in good if s != sentence]
        if roll < 0.4:
            found = make.views(sentence, others, rng)
        elif roll < 0.44 and others:
            found = make.not_joined(sentence, rng.choice(others))
        else:
            found = make.shortened(sentence, rng)
        if found:
            yield found
