"""The whole chain on ``seeds/``: what a reader and a checking program may rely on.

Nothing here asks for exact words, and nothing is judged with the package's own checker: numbers, names,
furniture and repetition are recognised by the few plain expressions below.
"""

from __future__ import annotations

import itertools
import json
import re
import shutil
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from summarize import pipeline
from summarize.config import Config, load_config
from summarize.language import names as names_in
from summarize.rendering import to_json, to_markdown
from summarize.types import Brief, Claim, Evidence

pytestmark = pytest.mark.usefixtures("models_loaded_once")

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
SCHEMA = Path(pipeline.__file__).parent / "rendering" / "brief.schema.json"
CREATED = datetime(2020, 3, 6, 6, 0, tzinfo=UTC)
BUDGET = 400  # words, the default

FURNITURE = re.compile(
    r"Advertisement|Accessibility links|Breaking News|Latest Headlines|\b(?:XS|SM|MD|LG)\b|Enregistrer"
    r"|INTERACTIVE|Previous ?article|Next ?article|File Photo|AP Photo|FILE [-–]|EPA-EFE|Source:"
    r"|\(UPI\)|ANKARA|[—–-] ?AFP|Key town changes hands|Refugee crisis"
    r"|A confrontation between the Syrian forces"
)
NUMBER_WORDS = frozenset(
    """one two three four five six seven eight nine ten eleven twelve dozen dozens scores hundred hundreds
    thousand thousands million millions billion billions half twice""".split()
)
NOT_CONTENT = frozenset(
    """a an the of in on at to for from by with and or but as that which who whom whose it its he his she her
    they their them this these those is are was were be been being has have had will would could can may
    might not no also said says saying say told after before while when where since until than more""".split()
)


@pytest.fixture(scope="module")
def config() -> Config:
    return load_config()


@pytest.fixture(scope="module")
def brief(config: Config, models_loaded_once: None) -> Brief:
    return pipeline.summarize_folder(SEEDS, config, created=CREATED)


@pytest.fixture(scope="module")
def plain(brief: Brief) -> dict[str, Any]:
    """The brief as another program reads it."""
    read: dict[str, Any] = json.loads(to_json(brief, "seeds"))
    return read


@pytest.fixture(scope="module")
def claims(brief: Brief) -> list[Claim]:
    return [claim for topic in brief.topics for claim in topic.claims]


def own_evidence(claim: Claim) -> str:
    return " ".join(" ".join(e.text.split()) for e in claim.evidence)


def words(text: str) -> list[str]:
    """Split into words; hyphens and points stay inside, a possessive ending is cut off."""
    found = re.findall(r"\w+(?:[-.,]\w+)*", text.replace("’", "'").replace("´", "'").replace("'", " "))
    return [w for w in found if w != "s"]


def numbers(text: str) -> set[str]:
    return {w.lower() for w in words(text) if w[0].isdigit() or w.lower() in NUMBER_WORDS}


def names(text: str) -> set[str]:
    """Capitalised words, but not the first of the text, which is capitalised anyway."""
    return {w for w in words(text)[1:] if w[0].isupper()}


def content(text: str) -> frozenset[str]:
    """The first six letters of each content word: "attacks" and "attacked" are the same."""
    return frozenset(w.lower()[:6] for w in words(text) if w.lower() not in NOT_CONTENT)


def overlap(one: str, other: str) -> float:
    """Share of the shorter text's content words that the other has too."""
    a, b = content(one), content(other)
    return len(a & b) / max(1, min(len(a), len(b)))


# The measures themselves


def test_the_measures_see_what_they_are_for() -> None:
    assert numbers("Nearly 1,000 of 3.6 million, two-thirds; a million.") == {"1,000", "3.6", "million"}
    assert names("Turkey's Erdogan met al-Assad in the U.S.") == {"Erdogan", "U.S"}
    assert overlap("Rebels attacked the town.", "The town was attacked by rebels on Monday.") == 1.0
    assert overlap("Rebels attacked the town.", "Greece closed its border.") == 0.0


# Form


def test_the_json_is_valid_against_the_schema(plain: dict[str, Any]) -> None:
    jsonschema.validate(plain, json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_all_five_articles_are_read_and_none_fails(brief: Brief) -> None:
    assert [s.path for s in brief.sources] == sorted(p.name for p in SEEDS.glob("*.txt"))
    assert brief.failures == ()


def test_there_are_three_to_six_topics_and_each_has_a_heading_of_its_own(brief: Brief) -> None:
    assert 3 <= len(brief.topics) <= 6
    assert all(t.heading.strip() and t.claims for t in brief.topics)
    assert len({t.heading.lower() for t in brief.topics}) == len(brief.topics)


def test_the_claims_keep_to_the_word_budget_and_use_most_of_it(claims: list[Claim]) -> None:
    n_words = sum(len(c.text.split()) for c in claims)
    assert BUDGET / 2 <= n_words <= BUDGET


def test_the_counts_are_those_of_the_topics(plain: dict[str, Any]) -> None:
    methods = [c["method"] for t in plain["topics"] for c in t["claims"]]
    stats = plain["stats"]
    assert (stats["articles"], stats["topics"], stats["claims"]) == (5, len(plain["topics"]), len(methods))
    assert (stats["fused"], stats["quoted"]) == (methods.count("fused"), methods.count("quoted"))


def test_the_markdown_names_every_cited_source(brief: Brief) -> None:
    markdown = to_markdown(brief, "seeds")
    cited = {i for topic in brief.topics for i in topic.sources}
    for source in brief.sources:
        if source.id in cited:
            assert f"- [{source.id}] " in markdown
            assert f"](seeds/{source.path}#L" in markdown


def test_the_markdown_holds_every_claim_with_its_citations(brief: Brief, claims: list[Claim]) -> None:
    markdown = re.sub(r" \((?:date not given|\d+ \w+)\)", "", to_markdown(brief, "seeds"))
    for claim in claims:
        cited = {e.source for e in claim.support_evidence}
        citations = "".join(f"[{i}]" for i in sorted(cited))
        beside = "".join(f"[{i}]" for i in claim.sources if i not in cited)
        assert claim.text.split(" [")[0][:20].strip('"“') in markdown  # brackets are escaped
        assert (f"{citations}, see also {beside}" if beside else citations) in markdown


# Evidence


def test_every_claim_has_evidence(claims: list[Claim]) -> None:
    assert all(c.evidence for c in claims)


def test_every_piece_of_evidence_stands_in_its_file_at_its_offsets(plain: dict[str, Any]) -> None:
    paths = {s["id"]: s["path"] for s in plain["sources"]}
    # From the bytes: offsets count all characters, and reading as text would change the lines' ends.
    texts = {i: (SEEDS / path).read_bytes().decode("utf-8") for i, path in paths.items()}
    for claim in (c for t in plain["topics"] for c in t["claims"]):
        for e in claim["evidence"]:
            assert texts[e["source"]][e["start"] : e["end"]] == e["text"]


def test_every_number_of_a_claim_stands_in_its_own_evidence(claims: list[Claim]) -> None:
    for claim in claims:
        assert numbers(claim.text) <= numbers(own_evidence(claim)), claim.text


def test_every_name_of_a_claim_stands_in_its_own_evidence(claims: list[Claim]) -> None:
    for claim in claims:
        assert names(claim.text) <= set(words(own_evidence(claim))), claim.text


def test_every_quotation_of_a_claim_stands_in_its_own_evidence(claims: list[Claim]) -> None:
    for claim in claims:
        for quoted in re.findall(r'["“]([^"“”]+)["”]', claim.text):
            assert quoted.strip(" ,.") in own_evidence(claim), claim.text


def test_a_quoted_claim_is_its_evidence_word_for_word(claims: list[Claim]) -> None:
    for claim in (c for c in claims if c.method == "quoted"):
        assert claim.text in [" ".join(e.text.split()) for e in claim.evidence]


def test_no_claim_counts_more_origins_than_it_cites_sources(claims: list[Claim]) -> None:
    assert all(1 <= c.origins <= len(c.sources) for c in claims)


# Content


def test_no_site_furniture_is_in_any_claim_evidence_or_heading(brief: Brief, claims: list[Claim]) -> None:
    for text in [*(c.text for c in claims), *(own_evidence(c) for c in claims)]:
        assert not FURNITURE.search(text), text
    for topic in brief.topics:
        assert not FURNITURE.search(topic.heading), topic.heading


def test_every_claim_is_a_whole_sentence(claims: list[Claim]) -> None:
    for claim in claims:
        assert re.match(r'["“]?[A-Z0-9]', claim.text), claim.text
        assert re.search(r'[.!?]["”]?$', claim.text), claim.text


def test_no_two_claims_say_the_same(claims: list[Claim]) -> None:
    for one, other in itertools.combinations(claims, 2):
        assert overlap(one.text, other.text) < 0.75, f"{one.text}\n{other.text}"


def test_no_passage_is_told_twice(claims: list[Claim]) -> None:
    def introduces(claim: Claim, passage: Evidence) -> bool:
        """Tell whether a passage may be cited for somebody's full name alone."""
        full = [n.text for n in names_in(passage.text) if " " in n.text]
        return len(claim.evidence) > 1 and any(name in claim.text for name in full)

    cited = [(c, e) for c in claims for e in c.evidence]
    told = Counter((e.source, e.start) for _, e in cited)
    introducing = {(e.source, e.start) for c, e in cited if introduces(c, e)}
    assert all(n == 1 or (n == 2 and passage in introducing) for passage, n in told.items())


def test_at_least_three_topics_cite_two_or_more_sources(brief: Brief) -> None:
    assert sum(len(t.sources) >= 2 for t in brief.topics) >= 3


def test_the_displaced_million_rests_on_three_sources(claims: list[Claim]) -> None:
    about = [c for c in claims if "million" in c.text and re.search(r"displace|forced|flee", c.text)]
    assert max((len(c.sources) for c in about), default=0) >= 3


def test_the_russian_denial_is_told_and_says_who_denies(claims: list[Claim]) -> None:
    denials = [c.text for c in claims if re.search(r"are false|disputed|denied|no verifiable", c.text)]
    assert any(re.search(r"Russia|Zhuravlev", text) for text in denials)


def test_different_counts_of_killed_soldiers_are_never_one_claim(claims: list[Claim]) -> None:
    counts = (
        r"\b34\b.*soldiers",
        r"\b16 military personnel",
        r"[Tt]wo more Turkish soldiers",
        r"\beight Turkish military personnel",
    )
    for claim in claims:
        for text in (claim.text, own_evidence(claim)):
            assert sum(bool(re.search(count, text)) for count in counts) <= 1, text


def test_at_least_a_third_of_the_claims_are_written_anew(claims: list[Claim]) -> None:
    assert sum(c.method == "fused" for c in claims) * 3 >= len(claims)


# The same input, the same brief


def test_two_runs_give_the_same_json_but_for_time(brief: Brief, config: Config) -> None:
    again = pipeline.summarize_folder(SEEDS, config, created=datetime.now(UTC))
    assert _without_time(to_json(again, "seeds")) == _without_time(to_json(brief, "seeds"))


def test_neither_names_nor_order_of_the_files_change_the_claims(
    brief: Brief, config: Config, tmp_path: Path
) -> None:
    for n, path in enumerate(sorted(SEEDS.glob("*.txt"), reverse=True)):
        shutil.copy(path, tmp_path / f"{n}-renamed.md")
    renamed = pipeline.summarize_folder(tmp_path, config, created=CREATED)
    assert _said(renamed) == _said(brief)


def _without_time(text: str) -> str:
    """Cut the two places that tell of time out of the JSON text itself: the rest must be equal bytes."""
    text = re.sub(r'"created": "[^"]*"', '"created": ""', text)
    return re.sub(r'"seconds": \{[^}]*\}', '"seconds": {}', text)


def _said(brief: Brief) -> set[tuple[str, frozenset[str]]]:
    return {(c.text, frozenset(e.text for e in c.evidence)) for t in brief.topics for c in t.claims}


def sides(plain: dict[str, Any], name: str, kind: str) -> list[str]:
    """The values of all positions in disagreements of one kind, a line for each disagreement."""
    found = [d for topic in plain["topics"] for d in topic[name] if d["kind"] == kind]
    return [" | ".join(p["value"].lower() for p in d["positions"]) for d in found]


def test_the_denial_of_the_displacement_is_told_as_a_conflict(plain: dict[str, Any]) -> None:
    told = sides(plain, "disagreements", "conflict")
    assert any("million" in line and "false, according to oleg zhuravlev" in line for line in told)
    assert any("reports of the alleged flow of hundreds of thousands" in line for line in told)


def test_figures_that_only_look_different_are_traced_and_not_told(plain: dict[str, Any]) -> None:
    roundings, scopes = sides(plain, "reconciled", "rounding"), sides(plain, "reconciled", "scope")
    assert any("one million" in line and "nearly a million" in line for line in roundings)
    assert any("two more turkish soldiers" in line and "16" in line and "34" in line for line in scopes)
    assert not any("soldiers" in line for line in sides(plain, "disagreements", "conflict"))
