"""Where sources disagree: figures set side by side, denials, and what a topic is told of them."""

from __future__ import annotations

import time
from datetime import date

import numpy as np
import pytest

from summarize.disagreement import (
    Statement,
    compare,
    corpus_of,
    denial,
    figures,
    versions,
    with_disagreements,
)
from summarize.disagreement.periods import differ, periods
from summarize.disagreement.values import compatible
from summarize.evaluation.disagreements import Case, score
from summarize.language import quantities
from summarize.types import Article, Briefing, Fact
from tests.builders import article, claim, sentences

MONDAY = date(2020, 3, 2)
TUESDAY = date(2020, 3, 3)

MILLION = (
    "Government forces have increased fighting that has displaced nearly a million civilians since December."
)
ONE_MILLION = "One million people have been displaced in the Idlib region since December near the border."
TWO = "Two more Turkish soldiers were killed in Idlib on Thursday."
SIXTEEN = "Turkey has lost 16 military personnel this month in clashes with Syrian troops in Idlib."
THIRTY_FOUR = (
    "Turkey stepped up its intervention after the killing of 34 Turkish soldiers in Idlib last week."
)


def kinds(a: str, b: str, first: date | None = MONDAY, second: date | None = MONDAY) -> list[str]:
    return [c.kind for c in compare(Statement(a, 1, first), Statement(b, 2, second))]


def test_counts_of_other_years_are_no_revision() -> None:
    new = "On Monday the agency said that, as of August 2016, there have been 50 cases of the fever."
    old = "The agency began counting cases of the fever in 2014, when 121 cases were confirmed."
    assert kinds(new, old) == kinds(old, new) == ["scope"]
    assert kinds(new, old.replace("2014", "2016")) != ["scope"]


def test_a_count_without_a_comma_is_no_year() -> None:
    a, b = (
        f"As of {day}, {n} people had died of the fever." for day, n in (("Monday", 1200), ("Sunday", 1500))
    )
    assert kinds(a, b) == ["revision"]


def test_parts_of_a_sum_contradict_nobody() -> None:
    parts = "The state will send 2.5 million doses of the vaccine to Mexico and 1.5 million to Canada."
    whole = "The state will send 4 million doses of the vaccine to Canada and Mexico."
    assert kinds(parts, whole) == kinds(whole, parts) == ["scope"]
    assert kinds(parts.replace("1.5", "1.1"), whole) == ["conflict"]


def test_how_many_there_are_at_all_is_no_other_count() -> None:
    won = "The Liberals are projected to win 157 seats in the Canadian house."
    for told in (
        "The Liberals had won 157 of 338 seats in the Canadian house.",
        "The Liberals took 157 seats of the 338 seats in the Canadian house.",
    ):
        assert kinds(won, told) == []
    assert kinds(won, won.replace("157", "121")) == ["conflict"]


def test_soldiers_in_prison_are_not_those_who_died() -> None:
    assert (
        kinds("Two soldiers were killed and a third wounded.", "Three soldiers are in prison over it.") == []
    )


def test_a_thing_that_is_a_fake_denies_nothing() -> None:
    assert denial("A spokesman said that the gun the driver pointed at him was a fake.") is None
    assert denial("A spokesman said that the report on the gun was fake.") is not None


def quantity_of(text: str):  # type: ignore[no-untyped-def]
    return quantities(f"There were {text} people.")[0]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("1,187", "about 1,200"),
        ("nearly a million", "one million"),
        ("more than 1,000", "1,187"),
        ("34", "dozens of"),
        ("650,000", "hundreds of thousands of"),
        ("1.19 million", "1.2 million"),
        ("10 to 15", "12"),
        ("at least 17", "17"),
    ],
)
def test_a_figure_and_its_rounding_can_both_hold(a: str, b: str) -> None:
    assert compatible(quantity_of(a), quantity_of(b))
    assert compatible(quantity_of(b), quantity_of(a))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("15", "17"),
        ("28", "30"),
        ("about 1,200", "about 1,500"),
        ("nearly a million", "1.4 million"),
        ("more than 100", "340"),
        ("dozens of", "3,000"),
        ("10 to 15", "40"),
    ],
)
def test_figures_that_exclude_each_other_are_no_rounding(a: str, b: str) -> None:
    assert not compatible(quantity_of(a), quantity_of(b))
    assert not compatible(quantity_of(b), quantity_of(a))


CONFLICTS = [
    ("The air strike killed 15 civilians in Sarmin.", "An air strike in Sarmin killed 17 civilians."),
    ("The blast killed 12 people and wounded 30.", "The blast wounded 45 people and killed 12."),
    ("Police arrested 140 protesters in Paris.", "In Paris, 210 protesters were arrested by police."),
    ("The company will cut 4,500 jobs in Ohio.", "The company said it will cut 6,000 jobs in Ohio."),
    (
        "The company paid a fine of $3.2 million over the spill.",
        "The company paid a $5 million fine over the spill.",
    ),
    (
        "The measure won the support of 52 percent of voters.",
        "The measure was supported by 61 percent of voters.",
    ),
]
ROUNDINGS = [
    (MILLION, ONE_MILLION),
    (
        "The quake destroyed 1,187 homes in the valley.",
        "About 1,200 homes in the valley were destroyed by the quake.",
    ),
    ("The deal is worth $1.46 billion to the airline.", "The airline's deal is worth nearly $1.5 billion."),
    ("Unemployment rose to 4.9 percent in May.", "Unemployment rose to about 5 percent in May."),
    (
        "Turkey already hosts more than 3.6 million Syrian refugees.",
        "Turkey hosts 3.6 million Syrian refugees.",
    ),
]
SCOPES = [
    (TWO, SIXTEEN),
    (TWO, THIRTY_FOUR),
    (SIXTEEN, THIRTY_FOUR),
    ("The virus has killed 26 people in Italy.", "The virus has killed 3,100 people worldwide."),
    ("The crash killed 60 people.", "The crash killed 14 children."),
    ("The storm killed 9 people in Cuba.", "The storm killed 23 people in Haiti."),
    ("Gunmen killed 12 people on Monday.", "Gunmen have killed 90 people since January."),
    ("The attack killed 12 people in Kabul.", "The attack wounded 40 people in Kabul."),
    ("Clashes killed 20 Turkish soldiers.", "Clashes killed 50 Syrian soldiers."),
]
REVISIONS = [
    ("The toll stood at 10 dead after the quake.", "The quake's death toll has risen to 14."),
    ("The quake killed 10 people.", "The quake killed 14 people, up from 10 reported earlier."),
    ("The fire destroyed 80 homes.", "The fire destroyed 130 homes, according to the latest count."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        *((a, b, "conflict") for a, b in CONFLICTS),
        *((a, b, "rounding") for a, b in ROUNDINGS),
        *((a, b, "scope") for a, b in SCOPES),
        *((a, b, "revision") for a, b in REVISIONS),
    ],
)
def test_a_pair_gets_its_label_whichever_sentence_comes_first(a: str, b: str, kind: str) -> None:
    assert kinds(a, b) == [kind]
    assert kinds(b, a) == [kind]


def test_a_higher_toll_published_later_is_a_revision_and_a_lower_one_is_not() -> None:
    low, high = "The flood killed 15 people in the valley.", "The flood killed 22 people in the valley."
    found = compare(Statement(low, 1, MONDAY), Statement(high, 2, TUESDAY))
    assert [(c.kind, c.later) for c in found] == [("revision", 1)]
    swapped = compare(Statement(high, 2, TUESDAY), Statement(low, 1, MONDAY))
    assert [(c.kind, c.later) for c in swapped] == [("revision", 0)]
    assert kinds(high, low, MONDAY, TUESDAY) == ["conflict"]


@pytest.mark.parametrize(
    "text", sorted({t for pair in CONFLICTS + ROUNDINGS + SCOPES + REVISIONS for t in pair})
)
def test_a_sentence_does_not_disagree_with_itself(text: str) -> None:
    assert kinds(text, text) == []
    assert kinds(text, text, MONDAY, TUESDAY) == []


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The blast killed 12 people.", "Twelve people were killed in the blast."),
        ("The club sold 40,000 tickets for the final.", "The storm destroyed 300 homes on the coast."),
        ("He was sentenced in 2018.", "He was sentenced in 2019."),
        ("The plan costs $3 billion.", "The plan covers 12 million people."),
        ("The strike killed 15 civilians.", "Turkey lost 34 soldiers in the town."),
    ],
)
def test_what_agrees_or_counts_something_else_is_not_set_side_by_side(a: str, b: str) -> None:
    assert kinds(a, b) == []


def test_what_is_added_to_a_toll_is_no_other_toll() -> None:
    added, whole = (
        "The town raised its toll, adding 1,290 deaths.",
        "The town raised its toll to 3,869 deaths.",
    )
    assert kinds(added, whole) == kinds(whole, added) == ["scope"]


def test_a_figure_is_worded_with_its_noun_and_what_happened() -> None:
    text = "On Thursday, 15 civilians, including a child, were killed by air strikes."
    assert figures(Statement(text, 1))[0].label == "15 civilians killed"
    assert figures(Statement(THIRTY_FOUR, 1))[0].label == "killing of 34 Turkish soldiers"


def test_the_day_of_speaking_is_no_period() -> None:
    assert periods("Ten died, officials said Friday.", MONDAY) == frozenset()
    assert periods("Ten died on Friday, officials said.", MONDAY) != frozenset()


def test_periods_differ_by_anchor_and_by_grain() -> None:
    def of(text: str) -> frozenset:  # type: ignore[type-arg]
        return periods(text, MONDAY)

    assert differ(of("this month"), of("last month"))
    assert differ(of("killed on Monday"), of("killed since January"))
    assert differ(of("killed in the valley"), of("killed so far this year"))
    assert not differ(of("killed on Monday"), of("killed in the valley"))
    assert not differ(of("killed in March"), of("killed this month"))


@pytest.mark.parametrize(
    ("text", "speaker", "clause"),
    [
        (
            "Russian officials disputed claims that thousands are fleeing.",
            "Russian officials",
            "Russian officials disputed claims that thousands are fleeing",
        ),
        (
            '"Reports of a flow of thousands are false," Oleg Zhuravlev, head of the center for Syria, said.',
            "Oleg Zhuravlev, head of the center for Syria",
            "reports of a flow of thousands are false, "
            "according to Oleg Zhuravlev, head of the center for Syria",
        ),
        (
            "The White House, in a statement, denied any wrongdoing.",
            "The White House",
            "The White House, in a statement, denied any wrongdoing",
        ),
        (
            "Netanyahu has maintained his innocence and denied the claims.",
            "Netanyahu",
            "Netanyahu has maintained his innocence and denied the claims",
        ),
    ],
)
def test_a_denial_is_kept_in_its_own_words_with_its_speaker(text: str, speaker: str, clause: str) -> None:
    found = denial(text)
    assert found is not None
    assert (found.speaker, found.clause) == (speaker, clause)


@pytest.mark.parametrize(
    "text", ["A judge denied bail to him.", "The Senate rejected the bill.", "They were denied access to it."]
)
def test_to_refuse_is_not_to_deny(text: str) -> None:
    assert denial(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "The president is tired of fake news, a reporter said.",  # what is fake?
        "Women were offered money to make false claims, Moss said.",
        "The letter is false.",  # says who?
        "Lawyers wrote that it is irrelevant to whether his tax returns were false.",
        "The report is not false, the minister said.",
        "The island is small and lies in the Pacific, officials said.",
        "The firm works on how to label certain posts as false, Hill said.",
        "The cloth could be a fake, according to a new study of its stains.",
    ],
)
def test_a_word_in_passing_denies_nothing(text: str) -> None:
    assert denial(text) is None


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        (
            "While Moss and Hale have denied any link between the gift and the vote and said so, it rained.",
            "Moss and Hale have denied any link between the gift and the vote",
        ),
        (
            "The mill burned, but Moss disputed claims of arson, saying it was old.",
            "Moss disputed claims of arson",
        ),
    ],
)
def test_a_denial_is_told_in_its_own_words(text: str, clause: str) -> None:
    found = denial(text)
    assert found is not None
    assert found.clause == clause


def test_texts_in_capitals_and_of_great_length_are_looked_through_quickly() -> None:
    long = "which " * 20_000
    started = time.process_time()
    denial("THE WHITE HOUSE PRESS SECRETARY SARAH SANDERS AND THE OTHERS denied the claims.")
    denial(f"{long}, Smith said it is false.")
    assert figures(Statement("The fund paid a sum of $5 million of ﾞ to them.", 1))
    compare(*(Statement(f"The fund paid a sum of ${n} million of ﾞ to them.", n) for n in (5, 7)))
    assert time.process_time() - started < 5


def test_what_is_called_untrue_in_passing_is_unknown() -> None:
    told = "Moss's speech, which included several statements labeled untrue by fact checkers, was followed by"
    assert denial(f"{told} joint remarks of the mayor and the governor.") is None


def test_two_versions_in_one_sentence_are_kept_with_both_speakers() -> None:
    found = versions("The army said 12 people were killed, while rebels said 40 people were killed.")
    assert found is not None
    assert [v.value for v in found] == [
        "12 people were killed, according to The army",
        "40 people were killed, according to rebels",
    ]
    assert versions("The army said 12 people were killed, while rebels said it rained.") is None


def briefed(*texts: str, origins: tuple[int, ...] = ()) -> tuple[Briefing, dict[int, Article]]:
    """Write a topic that claims the first sentence; all sentences are alike in meaning."""
    articles = {
        n: article(text, n, published=MONDAY, origin=origins[n - 1] if origins else n)
        for n, text in enumerate(texts, start=1)
    }
    found = [s for a in articles.values() for s in sentences(a)]
    vectors = {(s.article, s.order): np.array([1.0], dtype=np.float32) for s in found}
    corpus = corpus_of(tuple(Fact((s,)) for s in found), vectors, articles, dict.fromkeys(articles, 0))
    topic = Briefing("t1", "A topic", (claim(texts[0], articles[1]),))
    return with_disagreements((topic,), corpus)[0], articles


def test_a_conflict_with_a_fact_that_was_not_planned_is_told_with_both_sources() -> None:
    topic, articles = briefed(*CONFLICTS[0])
    (found,) = topic.disagreements
    assert found.kind == "conflict"
    assert [p.value for p in found.positions] == ["15 civilians killed", "17 civilians killed"]
    for position in found.positions:
        for e in position.evidence:
            assert articles[e.source].text[e.start : e.end] == e.text


def test_figures_far_apart_or_of_nobody_knows_what_are_no_dispute() -> None:
    far = "An air strike in Sarmin killed 170 civilians."
    assert briefed(CONFLICTS[0][0], far)[0].disagreements == ()
    shares = ("The tax was backed by 52 percent.", "The tax was backed by 61 percent.")
    assert briefed(*shares)[0].disagreements == ()
    sums = (
        "The fine of $5 billion was Facebook's.",
        "The fine was a part of Facebook's $9 billion in revenue.",
    )
    assert briefed(*sums)[0].disagreements == ()


def test_two_polls_are_no_dispute() -> None:
    def told(people: str) -> bool:
        texts = (
            f"The tax was backed by 52 percent of {people}.",
            f"The tax was backed by 61 percent of {people}.",
        )
        return bool(briefed(*texts)[0].disagreements)

    assert told("the mills of Norland")
    assert not told("Americans") and not told("likely voters")


def test_three_others_beside_one_are_no_other_figure_than_four() -> None:
    first = "After three months nobody knows who took the lives of Mayor Moss and three other Americans."
    assert "conflict" not in kinds(first, "The attacks killed four Americans.")


def test_who_gives_both_figures_contradicts_nobody_unless_they_count_lives() -> None:
    def told(first: str, second: str) -> bool:
        return bool(briefed(first, second)[0].disagreements)

    fewer, more = (
        "The mills cut 4,500 jobs in Ohio.",
        "The mills cut 6,000 jobs in Ohio with what was revised.",
    )
    assert told(fewer, more)
    assert not told(fewer, f"{fewer} {more}") and not told(f"{fewer} {more}", fewer.replace("mills", "firms"))
    assert told(fewer, f"{more} Boeing cut 4,500 posts in Iowa in 1998.")  # of something else
    assert told("The blast killed 12 people.", "The blast killed 12 people. The blast killed 17 people.")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Congress passed a $2 trillion stimulus package.", "$2 trillion stimulus package"),
        ("The firm paid a fine of about $3 million on Monday.", "fine of about $3 million"),
        ("The sale brought $3 million, he said.", "$3 million"),
    ],
)
def test_a_sum_is_told_with_what_it_is_of(text: str, label: str) -> None:
    (found,) = figures(Statement(text, 1))
    assert found.label == label


def test_copies_of_one_wire_story_do_not_disagree() -> None:
    topic, _ = briefed(*CONFLICTS[0], origins=(1, 1))
    assert topic.disagreements == ()


def test_figures_that_only_look_different_are_kept_for_tracing() -> None:
    topic, _ = briefed(*ROUNDINGS[1])
    assert topic.disagreements == ()
    assert [d.kind for d in topic.reconciled] == ["rounding"]


def test_a_revision_lists_the_newer_figure_last() -> None:
    topic, _ = briefed(REVISIONS[1][1], REVISIONS[1][0])
    (found,) = topic.disagreements
    assert (found.kind, [p.value for p in found.positions]) == (
        "revision",
        ["10 people killed", "14 people killed"],
    )


def test_a_denial_is_set_against_what_it_denies() -> None:
    said = (
        "Reports that hundreds of thousands of civilians are moving to the border are false, the army said."
    )
    topic, _ = briefed(MILLION, said)
    (found,) = topic.disagreements
    assert [p.value for p in found.positions] == [
        "nearly a million civilians displaced",
        "reports that hundreds of thousands of civilians are moving to the border are false, "
        "according to the army",
    ]


def test_who_denies_discussing_a_thing_does_not_deny_the_thing() -> None:
    stepped = "Mayor Moss stepped into the case of the Port Ellery bridge and its old builder Hale on Monday."
    spoke = "Mayor Moss discussed the case of the Port Ellery bridge with its old builder Hale on Monday."
    denied = "Mayor Moss denied discussing the case of the Port Ellery bridge with its old builder Hale."
    apart, _ = briefed(stepped, denied)
    assert apart.disagreements == ()
    met = briefed(spoke.replace("discussed", "met over"), denied.replace("discussing", "meeting over"))[0]
    assert len(met.disagreements) == 1
    (found,) = briefed(spoke, denied)[0].disagreements
    assert found.positions[1].value == denied.rstrip(".")


def test_who_tells_of_a_denial_as_well_does_not_state_what_is_denied() -> None:
    told = "Mayor Moss was joined by the council in rejecting the claims about the bridge of Port Ellery."
    denied = "Mayor Moss rejected the claims about the bridge of Port Ellery and the council."
    assert briefed(told, denied)[0].disagreements == ()


def test_the_count_of_a_country_that_is_named_beside_it_is_not_that_of_another() -> None:
    italy = "The toll of the fever is above that of Italy, which is reporting 19,468 deaths from the fever."
    here = "A tally on Saturday showed that 18,860 people have died of the fever in the United States."
    there = "A tally on Saturday showed that 17,160 people have died of the fever in the U.S."
    assert briefed(italy, here)[0].disagreements == ()
    assert len(briefed(there, here)[0].disagreements) == 1


def test_nobody_denies_what_he_says_himself() -> None:
    said = "{} said that the bridge of Port Ellery will bring harm to the town and its harbour."
    denied = "Mayor Ada Moss rejected reports that the bridge of Port Ellery will bring harm to the harbour."
    assert len(briefed(said.format("Hale"), denied)[0].disagreements) == 1
    assert briefed(said.format("The mayor"), denied)[0].disagreements == ()


def test_a_court_that_rejects_a_claim_denies_nothing() -> None:
    assert denial("A federal court rejected this claim against the city.") is None
    assert denial("The city rejected this claim.") is not None
    assert denial("The council passed a motion that rejected statements about the city.") is None
    assert denial("The city denied claims that it had fired before admitting the mistake.") is None
    assert denial("The city initially denied claims that it had fired.") is None
    assert denial("Judge Roy Moss rejected the allegations of assault.") is not None


def test_a_grave_figure_that_one_origin_alone_gives_is_marked() -> None:
    others = ("The raid killed 2 people.", "Two people were killed in the raid.")
    lone, _ = briefed("The raid killed 40 soldiers of the guard.", *others)
    assert [p.value for p in lone.uncorroborated] == ["40 soldiers killed"]
    confirmed, _ = briefed(
        "The raid killed 40 soldiers.", *others, "About 40 soldiers were killed in the raid."
    )
    assert confirmed.uncorroborated == ()


def test_planted_cases_are_counted_by_the_label_that_their_pair_of_figures_gets() -> None:
    a, b = (Statement(t, n, MONDAY) for n, t in enumerate(CONFLICTS[0], start=1))
    cases = (
        Case("conflict", a, b, 15.0, 17.0, "news", "number"),
        Case("scope", a, b, 15.0, 17.0, "news", "place"),
        Case("conflict", a, a, 15.0, 17.0, "news", "number"),
    )
    scored = score(cases)
    assert scored.of("conflict") == (1, 2)
    assert scored.of("scope") == (0, 1)
    assert scored.accuracy == pytest.approx(1 / 3)


def test_an_age_and_the_number_of_a_road_are_no_count_of_the_dead() -> None:
    text = "Walter Huang, 38, died when his car slammed into a barrier on the 101 Highway near Lowhaven."
    assert figures(Statement(text, 1)) == ()
