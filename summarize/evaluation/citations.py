"""Citations: whether what a claim cites supports it, and whether each citation is one that supports.

Gao, Yen, Yu & Chen (2023), "Enabling Large Language Models to Generate Text with Citations" (ALCE), with
this project's checker as the judge instead of an entailment model. A claim is recalled if all of its cited
passages together support it; a citation of such a claim is irrelevant if it alone does not support the claim
while the others do without it. A citation of a claim that is not recalled counts as wrong. We pool claims and
citations over all briefs, ALCE averages over answers first.

The checker knows no paraphrase: what another source says in other words never supports a claim for it, so
that every corroborating citation counts as irrelevant. Beside the strict figure therefore stands one that
also counts a passage that states the same fact as the printed sentence, by the decision of deduplication,
which is measured on its own against people's judgement. What is named behind "see also" is no citation: it
tells a part of the claim, and is judged by that decision alone.

Because the checker also decides what is printed, a second judge stands beside it that knows only words. It
was written apart from the checker (:mod:`summarize.evaluation.strays`) and asks which of a claim's words,
names and numbers stand in what is cited.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from summarize.config import Config
from summarize.evaluation.bench import Bench
from summarize.evaluation.coverage import grouped
from summarize.evaluation.datasets import Dataset
from summarize.evaluation.references import briefs_of, datasets
from summarize.evaluation.report import Figure, Result, Target, share
from summarize.evaluation.strays import counts, strays, words
from summarize.loading import Models
from summarize.segmentation import plain
from summarize.types import Article, Brief, Checker, Claim, Role, Sentence, Span
from summarize.writing.words import FUNCTION_WORDS

TARGET = Target("≥", 95.0)  # percent
HALF = 0.5  # of a claim's content words that one passage holds if it tells of the same
Supports = Callable[[str, tuple[str, ...]], bool]
"""Tell whether passages, all together, support a claim."""
Same = Callable[[str, str], bool]
"""Tell whether two sentences state the same fact."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with its passages, whether they support it, and which of them are relevant.

    ``same`` tells of each passage whether it states the same fact as the claim, as it is printed; so does
    ``beside`` of each passage that is only named behind "see also".
    """

    claim: str
    method: str
    passages: tuple[str, ...]
    is_supported: bool
    relevant: tuple[bool, ...]
    same: tuple[bool, ...]
    beside: tuple[bool, ...] = ()

    @property
    def telling(self) -> tuple[bool, ...]:
        """Which passages are relevant or state the same fact."""
        return tuple(r or (s and self.is_supported) for r, s in zip(self.relevant, self.same, strict=True))


def measure(bench: Bench) -> tuple[Result, ...]:
    """Judge the citations of the briefs that the part ``references`` scores."""
    return tuple(_measured(bench, dataset) for dataset in datasets(bench))


def _measured(bench: Bench, dataset: Dataset) -> Result:
    briefs = briefs_of(bench, dataset.clusters, dataset.words)
    models, floor = bench.models(), bench.config.check.min_support
    supports, same = checker_supports(models.checker, floor), same_fact(models, bench.config)
    judged: list[Judged] = []
    claims = claims_of(briefs)
    for done, claim in enumerate(claims):
        bench.report("judge citations", done, len(claims))
        judged.append(judge(claim, supports, same))
    settings = bench.settings(
        "citations",
        dataset.name,
        None,
        **bench.of_briefs(dataset.words),
        min_support=str(floor),
    )
    return Result(f"Citations: {dataset.name}", settings, figures(judged), cases(judged))


def checker_supports(checker: Checker, min_support: float) -> Supports:
    """Return the judge that lets through what a brief would print."""

    def supports(claim: str, passages: tuple[str, ...]) -> bool:
        return checker.check(claim, passages).passes(min_support)

    return supports


def same_fact(models: Models, config: Config) -> Same:
    """Return the decision of deduplication on two sentences of unrelated, undated articles."""

    def same(claim: str, passage: str) -> bool:
        texts = (claim, passage)
        articles = [Article(n, "", t, "", (Span(0, len(t)),)) for n, t in enumerate(texts, start=1)]
        sentences = tuple(Sentence(a.id, 0, 0, 0, len(a.text), a.text) for a in articles)
        return len(grouped(sentences, articles, models, config)) == 1

    return same


def judge(claim: Claim, supports: Supports, same: Same) -> Judged:
    """Judge the citations of one claim.

    A passage that is cited twice is one citation.
    """
    passages = passages_of(claim)
    is_supported = bool(passages) and supports(claim.text, passages)
    relevant = tuple(
        is_supported and (supports(claim.text, (p,)) or not _supported(claim.text, passages, n, supports))
        for n, p in enumerate(passages)
    )
    alike = tuple(r or same(claim.text, p) for r, p in zip(relevant, passages, strict=True))
    beside = tuple(same(claim.text, p) for p in passages_of(claim, "see also"))
    return Judged(claim.text, claim.method, passages, is_supported, relevant, alike, beside)


def passages_of(claim: Claim, role: Role = "support") -> tuple[str, ...]:
    """Return the passages that a claim is cited to, or of another role, white space levelled, each once."""
    return tuple(dict.fromkeys(plain(e.text) for e in claim.evidence if e.role == role))


def claims_of(briefs: Iterable[Brief | None]) -> list[Claim]:
    """Return the claims of several briefs in their order."""
    return [c for b in briefs if b for t in b.topics for c in t.claims]


def figures(judged: list[Judged]) -> tuple[Figure, ...]:
    """Count what is supported and what is relevant, by the checker and by words alone."""
    several = [j for j in judged if len(j.passages) > 1]
    telling = [t for j in judged for t in j.telling]
    beside = [same for j in judged for same in j.beside]
    name = "citation precision, same fact counted"
    made = [
        _recall("citation recall", judged, TARGET),
        _precision("citation precision", judged, TARGET),
        Figure(name, share(sum(telling), len(telling)), len(telling), "%"),
        Figure('named behind "see also": the same fact', share(sum(beside), len(beside)), len(beside), "%"),
    ]
    for method in ("fused", "quoted"):
        own = [j for j in judged if j.method == method]
        made += [
            _recall(f"citation recall, {method} claims", own),
            _precision(f"citation precision, {method} claims", own),
        ]
    made.append(_precision("citation precision, claims with several citations", several))
    return (*made, *_by_words(judged))


def cases(judged: Iterable[Judged]) -> tuple[str, ...]:
    """Return claims that fall short with their passages, for reading by hand."""
    return tuple(
        f"{j.method}, {'supported' if j.is_supported else 'NOT SUPPORTED'}: {j.claim}\n"
        + "".join(
            f"  {'relevant' if r else 'same fact' if s else 'IRRELEVANT'}: {p}\n"
            for p, r, s in zip(j.passages, j.relevant, j.same, strict=True)
        )
        for j in judged
        if not all((j.is_supported, *j.relevant))
    )


def _supported(claim: str, passages: tuple[str, ...], without: int, supports: Supports) -> bool:
    rest = passages[:without] + passages[without + 1 :]
    return bool(rest) and supports(claim, rest)


def _recall(name: str, judged: list[Judged], target: Target | None = None) -> Figure:
    return Figure(name, share(sum(j.is_supported for j in judged), len(judged)), len(judged), "%", target)


def _precision(name: str, judged: list[Judged], target: Target | None = None) -> Figure:
    relevant = [r for j in judged for r in j.relevant]
    return Figure(name, share(sum(relevant), len(relevant)), len(relevant), "%", target)


def _by_words(judged: list[Judged]) -> tuple[Figure, ...]:
    """Return the figures of the judge that knows only words."""
    n_held: dict[str, int] = {"words": 0, "names": 0, "numbers": 0}
    n_all = dict(n_held)
    n_citations = sum(len(j.passages) for j in judged)
    for j in judged:
        held, missing = counts(j.claim, j.passages), strays(j.claim, j.passages)
        for kind in n_held:
            n_all[kind] += getattr(held, kind)
            n_held[kind] += getattr(held, kind) - len(getattr(missing, kind))
    n_near = sum(n for j in judged for n in near(j.claim, j.passages))
    return (
        *(
            Figure(f"by words: {kind} that stand in what is cited", share(n_held[kind], n), n, "%")
            for kind, n in n_all.items()
        ),
        Figure(
            "by words: citations that hold half of the claim's words, or one that no other holds",
            share(n_near, n_citations),
            n_citations,
            "%",
        ),
        Figure("citations of a claim, mean", n_citations / max(1, len(judged)), len(judged), "points"),
    )


def near(claim: str, passages: tuple[str, ...]) -> tuple[bool, ...]:
    """Tell of each passage whether it holds half of a claim's content words, or one that no other holds."""
    wanted = {w for w in words(claim) if w not in FUNCTION_WORDS}
    held = [wanted & set(words(p)) for p in passages]
    others = [set[str]().union(*(h for k, h in enumerate(held) if k != n)) for n in range(len(held))]
    return tuple(len(h) >= HALF * len(wanted) or bool(h - o) for h, o in zip(held, others, strict=True))
