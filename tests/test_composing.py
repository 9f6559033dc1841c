from dataclasses import replace

import pytest

from summarize import pipeline
from summarize.checking import RuleChecker
from summarize.citing import tells_of
from summarize.composing import SPARE, Choice, Composed, as_claim, compose, fill, in_full
from summarize.planning import Companion, Planned
from summarize.proposals import Proposer
from summarize.segmentation import plain
from summarize.spoken import Marked
from summarize.types import Candidate, Fact, Verdict
from tests.builders import article, sentence
from tests.scripted import ScriptedWriter, TrustingChecker, planned

LONG = (
    "The harbour authority of Port Ellery closed the northern bridge on Sunday, which had been "
    "repaired in the course of the previous spring."
)
SHORT = "The harbour authority of Port Ellery closed the northern bridge on Sunday."
OTHER = "Port Ellery closed its northern bridge on Sunday, the harbour authority said."


TRUSTED = ScriptedWriter({}), TrustingChecker()


def only(item: Planned, writer: ScriptedWriter, checker: TrustingChecker) -> Composed:
    (composed,) = compose((item,), writer, checker, {}, 0.75)
    return composed


def test_a_shortened_sentence_wins_over_a_long_one_that_adds_little() -> None:
    writer = ScriptedWriter({("shorten", LONG): [SHORT]})
    choice = only(planned(LONG), writer, TrustingChecker()).choice
    assert choice is not None and (choice.text, choice.method) == (SHORT, "fused")


def test_what_the_checker_refuses_is_quoted_verbatim() -> None:
    writer = ScriptedWriter({("shorten", LONG): [SHORT]})
    choice = only(planned(LONG), writer, TrustingChecker(SHORT)).choice
    assert choice is not None and (choice.text, choice.method) == (LONG, "quoted")


def test_the_next_beam_is_taken_when_the_first_is_refused() -> None:
    bad = SHORT.replace("Sunday", "Monday")
    writer = ScriptedWriter({("shorten", LONG): [bad, SHORT]})
    choice = only(planned(LONG), writer, TrustingChecker(bad)).choice
    assert choice is not None and choice.text == SHORT


def test_a_shortening_that_loses_most_of_the_sentence_is_no_candidate() -> None:
    proposer = Proposer(planned(LONG), {})
    assert proposer.reworded(Candidate("The bridge closed on Sunday.", 0.0), (LONG,)) is None


@pytest.mark.parametrize(
    ("lead", "text"),
    [
        (
            "A judge ordered the mayor released on Friday and granted him a new trial.",
            "A judge ordered the mayor released on Friday.",
        ),
        (
            "The brothers were walking to the mill when soldiers of the old army detained them.",
            "The brothers were walking to the mill.",
        ),
        (
            "The glasses can record ten seconds of video at a time for the mayor.",
            "The glasses can record ten seconds of video for the mayor.",
        ),
        (
            "After the mayor was arrested, Ada Moss kept a vigil at the mill for nine months.",
            "Ada Moss kept a vigil at the mill for nine months.",
        ),
        (
            "In some cases, sick lions leave the park and attack the cattle of the valley.",
            "Sick lions leave the park and attack the cattle of the valley.",
        ),
    ],
)
def test_a_wording_keeps_the_half_that_makes_it_news(lead: str, text: str) -> None:
    proposer = Proposer(planned(lead), {})
    assert proposer.reworded(Candidate(text, 0.0), (lead,)) is None
    assert all(p is None or p.text != text for p in proposer.trimmed())


def test_a_copy_of_the_evidence_is_quoted_and_not_fused() -> None:
    writer = ScriptedWriter({("shorten", SHORT): [SHORT], ("fuse", SHORT): [OTHER]})
    choice = only(planned(SHORT, OTHER), writer, TrustingChecker()).choice
    assert choice is not None and choice.method == "quoted"


def test_a_leading_connective_is_cut_and_the_claim_counts_as_shortened() -> None:
    text = f"Meanwhile, {SHORT[0].lower()}{SHORT[1:]}"
    choice = only(planned(text), ScriptedWriter({}), TrustingChecker()).choice
    assert choice is not None and (choice.text, choice.method) == (SHORT, "fused")


def test_a_sentence_that_hangs_on_another_is_never_printed() -> None:
    composed = only(
        planned("He closed the northern bridge of the old harbour."), ScriptedWriter({}), TrustingChecker()
    )
    assert composed.choice is None and composed.reason


def test_only_facts_of_several_sentences_are_fused() -> None:
    writer = ScriptedWriter({})
    compose((planned(LONG, rank=0), planned(SHORT, OTHER, rank=1)), writer, TrustingChecker(), {}, 0.75)
    assert [group for task, group in writer.asked if task == "fuse"] == [(SHORT, OTHER)]


def test_a_refused_claim_is_reported_with_its_stage() -> None:
    item = Composed(planned(LONG), None, "no sentence passed the checker")
    kept, dropped = fill((item,), 400, {0: 400})
    assert kept == () and [(d.stage, d.reason) for d in dropped] == [
        ("check", "no sentence passed the checker")
    ]


def test_the_budget_is_kept_by_rank() -> None:
    writer, checker = ScriptedWriter({}), TrustingChecker()
    lighter = planned("Prices of fresh fish rose by a tenth at the market of Lowhaven.", rank=1)
    composed = compose((lighter, planned(SHORT, rank=0)), writer, checker, {}, 0.75)
    kept, dropped = fill(composed, 15, {0: 15})
    assert [c.planned.rank for c in kept] == [0]
    assert [d.reason for d in dropped] == ["beyond the word budget"]


def of_story(story: int, *texts: str, rank: int = 0) -> tuple[Composed, ...]:
    """Compose claims of one story, of ranks ``rank``, ``rank`` + 1 …"""
    claims = tuple(planned(t, rank=rank + n) for n, t in enumerate(texts))
    return tuple(
        replace(c, planned=replace(c.planned, rated=replace(c.planned.rated, story=story)))
        for c in compose(claims, ScriptedWriter({}), TrustingChecker(), {}, 0.75)
    )


def test_each_story_has_room_of_its_own_and_what_one_leaves_over_goes_to_the_others() -> None:
    bridge = of_story(0, SHORT, "The mayor of Port Ellery resigned after a long night of talks.")
    fish = of_story(1, "Prices of fresh fish rose by a tenth at the market of Lowhaven.", rank=2)
    kept, dropped = fill((*bridge, *fish), 25, {0: 12, 1: 13})
    assert [c.planned.rank for c in kept] == [0, 2]
    assert [d.reason for d in dropped] == ["beyond the word budget"]
    kept, dropped = fill((*bridge, *fish), 38, {0: 12, 1: 26})
    assert ([c.planned.rank for c in kept], dropped) == ([0, 2, 1], ())


def test_where_words_are_short_all_stories_lose_the_same_share() -> None:
    mayor = "The mayor of Port Ellery resigned after a long night of talks."
    bridge = of_story(0, SHORT, mayor)
    fish = of_story(1, "Prices of fresh fish rose by a tenth at the market of Lowhaven.", rank=2)
    kept, _ = fill((*bridge, *fish), 26, {0: 100, 1: 100})  # 13 words each
    assert [c.planned.rank for c in kept] == [0, 2]


def test_the_main_claim_of_a_story_may_be_longer_than_its_share() -> None:
    bridge = of_story(0, SHORT, "The mayor of Port Ellery resigned.")
    fish = of_story(1, "Prices of fresh fish rose by a tenth at the market of Lowhaven.", rank=2)
    kept, _ = fill((*bridge, *fish), 30, {0: 22, 1: 8})
    assert [c.planned.rank for c in kept] == [0, 2]


@pytest.mark.parametrize(
    ("chance", "order", "elsewhere", "told"),
    [
        (0.45, 3, True, [0]),
        (0.4, 3, True, [0, 1]),
        (0.4, 0, True, [0]),  # what two articles begin with
        (0.3, 0, True, [0, 1]),
        (0.9, 0, False, [0, 1]),  # nobody says one thing twice
    ],
)
def test_the_second_account_of_a_fact_by_another_article_is_not_told(
    chance: float, order: int, elsewhere: bool, told: list[int]
) -> None:
    def placed(item: Composed, article: int) -> Composed:
        rated = item.planned.rated
        lead = replace(rated.lead, article=article, order=order)
        return replace(item, planned=replace(item.planned, rated=replace(rated, fact=Fact((lead,)))))

    first, second = of_story(0, SHORT, "Prices of fresh fish rose by a tenth at the market of Lowhaven.")
    pair = placed(first, 1), placed(second, 2 if elsewhere else 1)
    kept, dropped = fill(pair, 100, {0: 100}, lambda a, b: chance)
    assert [c.planned.rank for c in kept] == told
    assert [d.reason for d in dropped] == ["said already"] * (2 - len(told))


def test_what_a_draft_leaves_over_is_filled_only_from_a_sentence_on() -> None:
    """Of few words what is short would be told, not what is good; nothing of it is lost without a word."""
    few = "Prices of fresh fish rose by a tenth."  # 8 words
    story = [replace(planned(SHORT, rank=0), is_drafted=True), planned(few, rank=1)]
    composed = compose(tuple(story), ScriptedWriter({}), TrustingChecker(), {}, 0.75)
    own = len(SHORT.split())
    kept, dropped = fill(composed, own + SPARE - 1, {0: own + SPARE - 1})
    assert [c.planned.rank for c in kept] == [0]
    assert [d.reason for d in dropped] == ["beyond the word budget"]
    kept, _ = fill(composed, own + SPARE, {0: own + SPARE})
    assert [c.planned.rank for c in kept] == [0, 1]
    drafted = (composed[0], replace(composed[1], planned=replace(story[1], is_drafted=True)))
    kept, _ = fill(drafted, own + 8, {0: own + 8})
    assert [c.planned.rank for c in kept] == [0, 1]


def test_what_hangs_on_a_claim_that_finds_room_late_is_told_with_it() -> None:
    first, second, third = of_story(
        0,
        SHORT,
        "The mayor of Port Ellery resigned after a long night of talks.",
        "Fishermen of Lowhaven told reporters that the port had let them down.",
    )
    third = replace(third, planned=replace(third.planned, after=1))
    kept, _ = fill((first, second, third), 42, {0: 12, 1: 30})
    assert [c.planned.rank for c in kept] == [0, 1, 2]


def test_what_was_said_is_not_said_again() -> None:
    composed = compose(
        (planned(SHORT, rank=0), planned(OTHER, rank=1)), ScriptedWriter({}), TrustingChecker(), {}, 0.75
    )
    kept, dropped = fill(composed, 400, {0: 400})
    assert [c.planned.rank for c in kept] == [0]
    assert [d.reason for d in dropped] == ["said already"]


def test_who_says_a_part_makes_room_for_who_says_all_of_it() -> None:
    vague, whole = "Port Ellery closed a northern bridge.", LONG
    checker = TrustingChecker()
    composed = compose(
        (planned(vague, rank=0), planned(whole, rank=1)), ScriptedWriter({}), checker, {}, 0.75
    )
    n_words = len(whole.split())
    kept, dropped = fill(composed, n_words, {0: n_words})
    assert [c.planned.rank for c in kept] == [1]
    assert [(d.end, d.reason) for d in dropped] == [(len(vague), "said already")]
    kept, dropped = fill(composed, 10, {0: 10})
    assert [c.planned.rank for c in kept] == [0] and [d.reason for d in dropped] == ["beyond the word budget"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "The fire at the mill killed 12 people.",
            "The fire at the mill killed 15 people, hurt two firemen and shut a school.",
        ),
        (
            "Moss was not arrested in Lowhaven.",
            "Moss was arrested in Lowhaven with two bankers, three lawyers and a judge.",
        ),
    ],
)
def test_nobody_makes_room_for_who_says_otherwise(first: str, second: str) -> None:
    claims = (planned(first, rank=0), planned(second, rank=1))
    composed = compose(claims, ScriptedWriter({}), TrustingChecker(), {}, 0.75)
    kept, _ = fill(composed, 100, {0: 100})
    assert 0 in {c.planned.rank for c in kept}


def test_nobody_makes_room_on_whom_something_hangs_or_who_is_of_another_story() -> None:
    vague = planned("Port Ellery closed a northern bridge.", rank=0)
    follower = replace(planned("It will open in spring, the mayor said.", rank=2), after=0)
    elsewhere = replace(planned(LONG, rank=1), rated=replace(planned(LONG).rated, story=1))
    writer, checker = ScriptedWriter({}), TrustingChecker()
    bound = compose((vague, planned(LONG, rank=1), follower), writer, checker, {}, 0.75)
    assert [c.planned.rank for c in fill(bound, 100, {0: 100})[0]] == [0, 2]
    apart = compose((vague, elsewhere), writer, checker, {}, 0.75)
    assert 0 in {c.planned.rank for c in fill(apart, 100, {0: 50, 1: 50})[0]}


def test_a_sentence_whose_short_form_is_the_heading_is_told_in_full() -> None:
    writer = ScriptedWriter({("shorten", LONG): [SHORT]})
    topic = [only(planned(LONG), writer, TrustingChecker())]

    def told(name: str, words: int) -> tuple[list[str], int]:
        (own,), spare = in_full([topic], [name], words)
        return [c.choice.text for c in own if c.choice], spare

    n_short, n_long = len(SHORT.split()), len(LONG.split())
    assert told(SHORT.rstrip("."), n_long + 1) == ([LONG], 1)
    assert told(SHORT.rstrip("."), n_long - 1) == ([SHORT], n_long - 1 - n_short)  # no room
    assert told("Port Ellery closes a bridge", 100) == ([SHORT], 100 - n_short)
    writer = ScriptedWriter({("shorten", LONG): [LONG.replace("northern ", ""), SHORT]})
    long_one = only(planned(LONG), writer, TrustingChecker())
    (short_one,), _ = fill((long_one,), n_short, {0: n_short})
    assert short_one.choice and short_one.choice.text == SHORT
    (own,), _ = in_full([[short_one]], [SHORT.rstrip(".")], n_long)
    assert [c.choice.text for c in own if c.choice] == [LONG]
    name = "Port Ellery closed the bridge after a ship hit it"
    fused = Composed(planned(LONG), Choice(f"{name}.", "fused", 1.0))
    (own,), _ = in_full([[fused]], [name], 100)
    assert own == [fused]  # its source does not say it all


def test_a_draft_is_told_with_what_it_says_in_passing_by_rank_while_there_is_room() -> None:
    tide = "Prices of fresh fish rose by a tenth in Lowhaven, which had been spared by the storm of May."
    items = [replace(planned(LONG, rank=1), is_drafted=True), replace(planned(tide), is_drafted=True)]
    bridge, fish = (only(item, ScriptedWriter({}), TrustingChecker()) for item in items)
    short_tide = tide.split(",")[0] + "."

    def told(words: int, *own: Composed) -> list[str]:
        ((found,), _) = in_full([own], ["Bridge"], words)
        return [c.choice.text for c in found if c.choice]

    assert [c.choice.text for c in (bridge, fish) if c.choice] == [SHORT, short_tide]
    assert told(100, bridge, fish) == [LONG, tide]
    assert told(len(SHORT.split()) + len(tide.split()), bridge, fish) == [SHORT, tide]
    undrafted = replace(bridge, planned=replace(bridge.planned, is_drafted=False))
    assert told(100, undrafted) == [SHORT]
    again = only(
        planned("Workmen repaired the northern bridge in the course of the previous spring.", rank=2),
        *TRUSTED,
    )
    assert told(100, bridge, again) == [
        SHORT,
        "Workmen repaired the northern bridge in the course of the previous spring.",
    ]


def test_what_is_not_worth_a_word_is_not_told_in_full_either() -> None:
    text = "Ann Hill (R-Texas) closed the northern bridge on Sunday, which had been repaired in spring."
    full = Proposer(planned(text), {}).full()
    assert full and full.text == text.replace(" (R-Texas)", "")
    kept = Composed(
        planned(text), Choice("Ann Hill (R-Texas) closed the northern bridge on Sunday.", "fused", 1.0)
    )
    whole = Composed(planned(text), Choice(full.text, "fused", 1.0))
    item = replace(kept, planned=replace(kept.planned, is_drafted=True), full=whole)
    ((own,), _) = in_full([[item]], ["Bridge"], 100)
    assert own == [item]  # it would lose what is told now


def test_a_full_wording_is_told_only_if_what_is_cited_with_it_supports_it() -> None:
    class Doubting(TrustingChecker):
        def check(self, claim: str, evidence: tuple[str, ...]) -> Verdict:
            return Verdict(1.0, ("refused",) if "repaired" in claim and len(evidence) > 1 else ())

    text = LONG.replace("on Sunday", "on Sunday (by order of the mayor)")
    item = replace(planned(text, OTHER), is_drafted=True)
    made = only(item, ScriptedWriter({}), Doubting())
    assert made.choice and made.choice.text == SHORT and len(made.told) == 2
    ((own,), _) = in_full([[made]], ["Bridge"], 100)
    assert own == [made]


def test_a_claim_of_a_draft_is_told_with_no_companion_from_outside() -> None:
    first, second = "Ann Hill opened the bridge on Sunday.", "Ann Hill was elected mayor in May."
    extra = planned(second, rank=1)
    claim = replace(planned(first), is_drafted=True, companion=Companion(extra.evidence, 1))
    joined = "Ann Hill opened the bridge on Sunday and was elected mayor in May."

    def told(*items: Planned) -> str:
        choice = compose(items, ScriptedWriter({("fuse", first): [joined]}), TrustingChecker(), {}, 0.75)[
            0
        ].choice
        return choice.text if choice else ""

    assert told(claim, extra) == first
    assert (
        told(claim, replace(extra, is_drafted=True))
        == told(replace(claim, is_drafted=False), extra)
        == joined
    )


def test_where_a_part_of_a_draft_finds_no_room_others_of_its_story_may() -> None:
    few = "Prices of fresh fish rose by a tenth."  # 8 words
    story = (
        replace(planned(SHORT, rank=0), is_drafted=True),
        replace(planned(LONG, rank=1), is_drafted=True),
    )
    composed = compose((*story, planned(few, rank=2)), ScriptedWriter({}), TrustingChecker(), {}, 0.75)
    n_words = len(SHORT.split()) + 8
    kept, _ = fill(composed, n_words, {0: n_words})
    assert [c.planned.rank for c in kept] == [0, 2]


def test_a_claim_cites_all_its_evidence_and_counts_origins() -> None:
    composed = only(planned(SHORT, OTHER), ScriptedWriter({}), TrustingChecker())
    claim = as_claim(composed, {1: 1, 2: 1}, TrustingChecker(), 0.75)
    assert claim.sources == (1, 2) and claim.origins == 1
    assert [e.text for e in claim.evidence] == [SHORT, OTHER]


class Wavering(TrustingChecker):
    """Refuses a claim beside one sentence."""

    def check(self, claim: str, evidence: tuple[str, ...]) -> Verdict:
        return Verdict(0.1 if claim not in evidence and set(self.refused) & set(evidence) else 1.0)


def test_a_source_is_in_doubt_whichever_is_read_first() -> None:
    class LastFirst(TrustingChecker):
        """Doubts what is read first if it is the other source."""

        def check(self, claim: str, evidence: tuple[str, ...]) -> Verdict:
            return Verdict(0.0 if evidence[0] == OTHER and len(evidence) > 1 else 1.0)

    writer = ScriptedWriter({("shorten", LONG): [SHORT]})
    assert [s.text for s in only(planned(LONG, OTHER), writer, LastFirst()).doubted] == [OTHER]
    assert only(planned(LONG, OTHER), writer, TrustingChecker()).doubted == ()


def test_a_source_that_makes_the_checker_doubt_the_wording_is_not_cited() -> None:
    third = "The northern bridge of Port Ellery closed on Sunday, the harbour authority wrote."
    writer = ScriptedWriter({("shorten", LONG): [SHORT]})
    item = planned(LONG, OTHER, third)
    composed = only(item, writer, Wavering(OTHER))
    assert composed.choice is not None and composed.choice.text == SHORT
    assert as_claim(composed, {1: 1, 2: 2, 3: 3}, TrustingChecker(), 0.75).sources == (1, 3)
    _, dropped = fill((composed,), 400, {0: 400})
    assert [(d.source, d.stage, d.reason) for d in dropped] == [(2, "write", "not what the wording says")]
    assert only(item, writer, Wavering()).doubted == ()
    quoted = only(planned(SHORT, OTHER), ScriptedWriter({}), Wavering(OTHER))
    assert as_claim(quoted, {1: 1, 2: 2}, TrustingChecker(), 0.75).sources == (1, 2)


def test_a_source_that_states_only_a_little_of_what_is_told_is_not_cited() -> None:
    told = "The harbour authority closed the northern bridge, cancelled all ferries and sent its crews home."
    part = "Port Ellery's bridge stays closed."
    writer = ScriptedWriter({("fuse", told, part): []})
    composed = only(planned(told, part, OTHER), writer, TrustingChecker())
    assert [s.text for s in composed.told] == [told, OTHER]
    lent = only(planned(SHORT, part), ScriptedWriter({("fuse", SHORT): [SHORT]}), TrustingChecker())
    assert [s.text for s in lent.told] == [SHORT, part]  # of a shorter sentence that is enough


def test_a_source_that_shares_the_names_alone_is_not_cited() -> None:
    told = "President Anna Hill and Robert Stone will discuss the port in Brackwater."
    assert not tells_of("Robert Stone said in Brackwater that President Anna Hill was ill.", told)
    assert tells_of("Robert Stone will talk with President Anna Hill in Brackwater about its port.", told)


def test_a_source_is_cited_for_figures_only_if_it_has_all_of_them() -> None:
    told = "At least 12 people were killed and 40 wounded when a bomb exploded at a mosque on Friday."
    assert not tells_of("A bomb exploded at a mosque on Friday, killing people.", told)
    assert not tells_of("A dozen people were killed when a bomb exploded at a mosque on Friday.", told)
    assert tells_of("A bomb at a mosque on Friday killed a dozen people and wounded nearly 41.", told)
    assert tells_of("A bomb exploded at a mosque on Friday.", "Two bombs exploded at a mosque on Friday.")


def test_what_a_companion_or_an_introduction_says_takes_no_source_away_and_brings_none() -> None:
    other = "Port Ellery closed its bridge on Sunday."
    third = "Mayor Anna Hill counted cranes for a council of nine."
    beside = (
        "Mayor Anna Hill had counted ninety cranes, forty lorries and eleven boats for a council of nine."
    )
    long = f"{SHORT[:-1]}, where Mayor Anna Hill had counted ninety cranes, forty lorries and eleven boats."
    (added,) = planned(beside).evidence
    for choice in (
        Choice(long, "fused", 1.0, companion=Companion((added,))),
        Choice(long, "fused", 1.0, introducing=(added,)),
    ):
        made = Composed(planned(SHORT, other, third), choice)
        assert [s.text for s in made.told] == [SHORT, other]
        assert [s.text for s in made.cited] == [SHORT, other, beside]
    alone = Composed(planned(SHORT, other, third), Choice(long, "fused", 1.0))
    assert [s.text for s in alone.told] == [SHORT, third]


def test_a_source_is_cited_for_a_quotation_only_if_it_has_most_of_its_words() -> None:
    told = "“The bridge will stay closed until the spring,” said Anna Hill, the mayor of Port Ellery."
    assert tells_of("Anna Hill said: “It will stay closed, the bridge, until spring.”", told)
    assert not tells_of("Anna Hill, the mayor of Port Ellery, was jeered at the bridge.", told)
    assert tells_of(
        "Anna Hill, the mayor of Port Ellery, came.", "“No,” said Anna Hill, the mayor of Port Ellery."
    )


@pytest.mark.parametrize("text", ["A\nhard  wrapped\tline.", "  A hard wrapped line. "])
def test_white_space_is_collapsed(text: str) -> None:
    assert plain(text) == "A hard wrapped line."


def test_of_more_than_one_sentence_can_hold_the_writer_is_asked_for_the_gist() -> None:
    long = " ".join([LONG] * 2)
    writer = ScriptedWriter({("fuse", SHORT): [OTHER], ("digest", long): [SHORT]})
    compose((planned(SHORT, OTHER), planned(long, LONG, rank=1)), writer, TrustingChecker(), {}, 0.75)
    tasks = {task: group for task, group in writer.asked if len(group) > 1}
    assert tasks == {"fuse": (SHORT, OTHER), "digest": (long, LONG)}


def test_a_claim_that_finds_no_room_is_told_in_its_shortest_wording() -> None:
    shortest = "The harbour authority of Port Ellery closed the northern bridge."
    writer = ScriptedWriter({("shorten", SHORT): [shortest]})
    composed = compose((planned(SHORT),), writer, TrustingChecker(), {}, 0.75)
    n_words = len(shortest.split())
    for room, expected in ((100, {SHORT, shortest}), (n_words, {shortest}), (n_words - 1, set())):
        kept, _ = fill(composed, room, {0: room})
        assert {c.choice.text for c in kept if c.choice} <= expected
        assert bool(kept) is bool(expected)


def test_a_topic_of_one_claim_is_told_under_another_in_the_order_of_its_articles() -> None:
    def told(rank: int, after: int | None = None) -> Composed:
        claim = replace(
            planned(f"Port Ellery closed bridge number {rank} of the harbour.", rank=rank), after=after
        )
        return Composed(claim, Choice(claim.lead.text, "quoted", 1.0))

    def ranks(*topics: list[Composed]) -> list[list[int]]:
        return [[c.planned.rank for c in own] for own in pipeline._without_lone([list(t) for t in topics])]

    assert ranks([told(1), told(2)], [told(0)]) == [[0, 1, 2]]
    assert ranks([told(1), told(3, after=1), told(2)], [told(0)]) == [[0, 1, 3, 2]]
    # What it hangs on is said by another claim's wording: nothing is moved.
    assert ranks([told(1), told(3, after=7)], [told(0)]) == [[1, 3, 0]]
    assert ranks([told(1), told(2)], [told(3), told(4)]) == [[1, 2], [3, 4]]


def test_what_is_told_in_marks_of_its_own_is_cited_with_the_sentence_that_opens_them() -> None:
    source = article("Hill said: “The bridge is old and weak. It stays closed until spring. We wait.”")
    own = sentence("It stays closed until spring.", source, order=1)
    passage = sentence(f"Hill said: “The bridge is old and weak. {own.text}", source)
    item = planned("The bridge of Port Ellery is closed.")
    rated = replace(item.rated, fact=Fact((own,)), marked=Marked(f"“{own.text}”", passage))
    item = replace(item, rated=rated, evidence=(own,), after=0)
    (composed,) = compose((item,), ScriptedWriter({}), RuleChecker(), {}, 0.75)
    assert composed.choice is not None and composed.choice.text == f"“{own.text}”"
    assert composed.told == (own,) and composed.cited == (passage,)


def test_a_source_that_only_foretells_what_is_told_as_done_is_not_cited() -> None:
    done = "The council of Port Ellery voted on Monday to close the old northern bridge."
    plan = "The council of Port Ellery may vote on Monday to close the old northern bridge."
    again = "The council voted on Monday to close the northern bridge of Port Ellery."
    composed = Composed(planned(done, plan, again), Choice(done, "quoted", 1.0))
    assert [s.text for s in composed.told] == [done, again]


def test_a_source_that_lent_a_wording_its_words_is_cited_though_it_foretells() -> None:
    lead = "The council of Port Ellery voted to close the old northern bridge."
    other = "The council will vote on Monday to close the bridge."
    composed = Composed(planned(lead, other), Choice(f"{lead[:-1]} on Monday.", "fused", 1.0))
    assert [s.text for s in composed.told] == [lead, other]


def test_a_wording_does_not_break_off_at_an_abbreviation_either() -> None:
    source = "The trial of Ada Moss starts at 1 p.m. and is expected to last a week."
    proposer = Proposer(planned(source), {})
    assert proposer.reworded(Candidate("The trial of Ada Moss starts at 1 p.m.", 0.0), (source,)) is None
