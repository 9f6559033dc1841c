"""The mix that the checker is trained on: claims with their evidence, supported or not."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nltk.tokenize.punkt import PunktSentenceTokenizer

from summarize.training import corpus, joins
from summarize.training import examples as make
from summarize.training.corruptions import corrupted, splice
from summarize.training.data import read_jsonl
from summarize.training.examples import Example

CLAIMS_PER_ARTICLE = 3
JOINS_PER_ARTICLE = 2
SUMMAC_SETS = ("factcc", "polytope", "summeval", "xsumfaith")
SUMMAC_TRAIN_SHARE = 3  # every third document's judged summaries are learned from
NLI_REPEATS = 2
_RTE_MNLI = ("nli_mnli_train.jsonl.xz", "nli_rte_train.jsonl.xz")


@dataclass(frozen=True, slots=True)
class JudgedClaim:
    """A claim, its evidence, and whether the evidence supports it; ``kind`` says how it was made."""

    claim: str
    evidence: tuple[str, ...]
    is_supported: bool
    kind: str


def checker_claims(
    data: Path, tokenizer: PunktSentenceTokenizer, n_articles: int, seed: int
) -> Iterator[JudgedClaim]:
    """Yield training claims of all kinds, unshuffled."""
    rng = random.Random(seed)
    yield from list(_nli(data)) * NLI_REPEATS
    yield from _summac(data, tokenizer)
    yield from _from_examples(data, tokenizer, rng)
    yield from _news(data, tokenizer, rng, n_articles, test=False)


def test_claims(data: Path, tokenizer: PunktSentenceTokenizer, seed: int) -> list[JudgedClaim]:
    """Return claims from articles that the training never sees."""
    return list(_news(data, tokenizer, random.Random(seed + 1), 4000, test=True))


def is_trained_document(document: str) -> bool:
    """Tell whether the judged summaries of a document are learned from; all others are for testing."""
    return int(hashlib.sha256(document.encode()).hexdigest(), 16) % SUMMAC_TRAIN_SHARE == 0


def _nli(data: Path) -> Iterator[JudgedClaim]:
    """Natural language inference: what follows is supported, what is neutral or contradicts is not."""
    for name in _RTE_MNLI:
        for record in read_jsonl(data / "checks" / name):
            premise, _, hypothesis = record["sentence"].partition("\nsentence 2: ")
            premise = premise.removeprefix("sentence 1: ")
            yield JudgedClaim(hypothesis, (premise,), record["label"] == "entailment", "nli")


def _summac(data: Path, tokenizer: PunktSentenceTokenizer) -> Iterator[JudgedClaim]:
    """People's judgements of summaries (SummaC, Laban et al. 2022), each sentence with its best evidence.

    Of a long summary that was judged inconsistent nobody knows which sentence is wrong: left out.
    """
    for name in SUMMAC_SETS:
        for record in read_jsonl(data / "checks" / f"summac_{name}.jsonl.xz"):
            if not is_trained_document(record["document"]):
                continue
            sentences = corpus.sentences_of(record["document"], tokenizer)
            claims = corpus.sentences_of(record["claim"], tokenizer)
            if sentences and (record["label"] == 1 or len(claims) == 1):
                for claim in claims:
                    evidence = nearest(claim, sentences, 3)
                    yield JudgedClaim(claim, evidence, record["label"] == 1, "summac")


def nearest(claim: str, sentences: list[str], n: int) -> tuple[str, ...]:
    """Return the ``n`` sentences that share most words with a claim, in their order."""
    wanted = make.content(claim)
    ranked = sorted(range(len(sentences)), key=lambda i: (-len(wanted & make.content(sentences[i])), i))
    return tuple(sentences[i] for i in sorted(ranked[:n]))


def _from_examples(
    data: Path, tokenizer: PunktSentenceTokenizer, rng: random.Random
) -> Iterator[JudgedClaim]:
    """What the writer learns to write is supported; with an error planted it is not."""
    for example in corpus.real_examples(data, tokenizer, rng):
        yield from _both(example, [], rng)


def _news(
    data: Path, tokenizer: PunktSentenceTokenizer, rng: random.Random, n_articles: int, *, test: bool
) -> Iterator[JudgedClaim]:
    for sentences in corpus.articles(data, tokenizer, n_articles, test=test):
        good = [s for s in sentences if make.is_good_sentence(s)]
        if len(good) < 4:
            continue
        joined = joins.continued(sentences)
        for example in rng.sample(joined, min(JOINS_PER_ARTICLE, len(joined))):
            yield from _both(example, good, rng)
        for sentence in rng.sample(good, min(CLAIMS_PER_ARTICLE, len(good))):
            others = [s for s in good if s != sentence]
            yield from _both(_example(sentence, others, rng), others, rng)
        yield from _unsupported(good, rng)


def _example(sentence: str, others: list[str], rng: random.Random) -> Example:
    """Make evidence for a sentence, or a shorter wording of it."""
    roll, found = rng.random(), None
    if roll < 0.3:
        found = make.views(sentence, others, rng)
    elif roll < 0.6:
        found = make.shortened(sentence, rng)
    elif roll < 0.75:
        found = joins.taken_apart(sentence, rng)
    elif roll < 0.85:
        other = rng.choice(others)
        return Example(
            "fuse", (sentence, other), f"{sentence[:-1]}, and {other}" if rng.random() < 0.5 else sentence
        )
    return found or Example("fuse", (sentence,), sentence)


def _both(example: Example, others: list[str], rng: random.Random) -> Iterator[JudgedClaim]:
    """Yield a claim as it is and with an error; the evidence often holds what the error is made of."""
    evidence = list(example.evidence)
    if others and rng.random() < 0.4:
        evidence.append(rng.choice(others))
        rng.shuffle(evidence)
    yield JudgedClaim(example.target, tuple(evidence), True, example.task)
    context = [e for e in evidence if e != example.target]
    context += rng.sample(others, min(3, len(others)))
    if made := corrupted(example.target, context, rng):
        yield JudgedClaim(made[0], tuple(evidence), False, made[1])


def _unsupported(good: list[str], rng: random.Random) -> Iterator[JudgedClaim]:
    """A sentence that is not in its evidence, and a splice of two that are."""
    first, second, third = rng.sample(good, 3)
    if rng.random() < 0.4:
        yield JudgedClaim(first, (second, third), False, "elsewhere")
    for claim in rng.sample(good, len(good)):
        others = [s for s in good if s != claim]
        if made := splice(claim, others, rng):
            source = next((s for s in others if made.endswith(s[-8:])), None)
            if source:
                pair = (claim, source) if rng.random() < 0.5 else (source, claim)
                yield JudgedClaim(made, pair, False, "splice")
                return
