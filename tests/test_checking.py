"""What the rules accept, and above all what they refuse."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from summarize.checking import RuleChecker
from summarize.checking.alignment import align
from summarize.language import without_connectives, words
from summarize.language.verbs import has_main_verb
from summarize.types import Verdict

SEEDS = Path(__file__).parent.parent / "seeds"

LINES = (
    "Ankara is demanding that the Assad forces stop their offensive in Idlib and withdraw beyond"
    " the lines agreed with Russia in 2018 in Sochi."
)
SOCHI = (
    "Erdogan told Putin the solution was to return to the Sochi agreement they signed in 2018, "
    "which allowed Turkey to establish military posts across Idlib designed to prevent a regime "
    "assault."
)
TOWN = (
    "The strategic town of Saraqeb has already changed hands twice in less than a month during "
    "heavy fighting."
)
GATEWAY = (
    "Saraqeb has already changed hands twice in less than a month, reflecting its importance as "
    "a gateway to the government-controlled northern city of Aleppo and to rebel-held Idlib city"
    " to the west."
)
HOSTS = "Turkey already hosts more than 3.6 million Syrian refugees and says it cannot absorb any more."
INFLUX = (
    "Turkey is determined to prevent a fresh influx of displaced people adding to the 3.6 "
    "million Syrian refugees it already hosts."
)
KILLED = (
    "Two more Turkish soldiers were killed in Idlib on Thursday, but Ankara said it's "
    "neutralized at least 150 Syrian troops."
)
GREECE = "Greece said on Sunday it has blocked nearly 10,000 Syrian refugees at its border with Turkey."
COLD = (
    "Some 13,000 refugees have amassed at the Turkey-Greece border, including families with "
    "young children who spent the night in the cold, the International Organization for "
    "Migration said."
)
LOST = (
    "Turkey, which backs some rebel groups in the province, has lost 16 military personnel this "
    "month in clashes with Syrian troops."
)
STEPPED = (
    "Turkey, which has backed rebels fighting al-Assad for much of Syria’s nine-year civil war, "
    "stepped up its intervention in response to the killing of 34 Turkish soldiers in Idlib last"
    " week, the deadliest strike against the Turkish army in decades."
)
HOPES = (
    "Turkish President Recep Tayyip Erdogan said he hopes to reach a deal on a ceasefire in "
    "Syria’s northwest when he meets his Russian counterpart Vladimir Putin later in the week."
)
DISPUTED = (
    "Russian officials disputed Turkish claims that hundreds of thousands of Idlib citizens are "
    "fleeing for Turkey."
)
CRISIS = (
    "One million people have been displaced in Syria’s Idlib region since December near Turkey’s"
    " southern border, causing what the United Nations says may be the worst humanitarian crisis"
    " in nine years of war."
)
TANKS = (
    "Turkish forces had so far destroyed eight helicopters, scores of tanks, and five air "
    "defence systems, Akar said on Monday."
)
RECENTLY = (
    "Recently, however, Syrian government and Russian forces have increased fighting that has so"
    " far displaced nearly a million civilians since December."
)
MOSCOW = (
    "“I will go to Moscow on Thursday to discuss the developments in Syria,” Erdogan told "
    "members of his party in the capital, Ankara."
)
AIRSPACE = (
    "Russia, for its part, said it could not guarantee the safety of Turkish aircraft over "
    "Syria, and Damascus said it was closing Syrian air space over the Idlib region."
)
THREAT = (
    "Turkish President Recep Tayyip Erdogan has threatened to push back Syrian government forces"
    " in Idlib unless they withdraw from the region by the end of month, after an attack by "
    "Syrian forces killed eight Turkish military personnel in Idlib on February 3."
)

ACCEPTED = [
    (
        TOWN[:-1] + GATEWAY[GATEWAY.index(", reflecting") :],
        (
            TOWN,
            GATEWAY,
        ),
    ),
    (
        "Turkey is determined to prevent a fresh influx of displaced people adding to the "
        "3.6 million Syrian refugees it already hosts and says it cannot absorb any more.",
        (
            HOSTS,
            INFLUX,
        ),
    ),
    (
        "Recently, Syrian government and Russian forces have increased fighting that has so "
        "far displaced nearly a million civilians since December.",
        (RECENTLY,),
    ),
    (
        "Turkey has lost 16 military personnel this month in clashes with Syrian troops.",
        (LOST,),
    ),
    (
        "Turkey, which backs some rebel groups in the province, has lost 16 military personnel this month.",
        (LOST,),
    ),
    (
        "Ankara said it's neutralized at least 150 Syrian troops.",
        (KILLED,),
    ),
    (
        "Two more Turkish soldiers were killed in Idlib on Thursday.",
        (KILLED,),
    ),
    (
        "Two more Turkish soldiers were killed on Thursday, but Ankara said it's neutralized"
        " at least 150 Syrian troops.",
        (KILLED,),
    ),
    (
        "On Thursday, two more Turkish soldiers were killed in Idlib.",
        (KILLED,),
    ),
    (
        "Russia said it could not guarantee the safety of Turkish aircraft over Syria, and "
        "Damascus said it was closing Syrian air space over the Idlib region.",
        (AIRSPACE,),
    ),
    (
        "Damascus said it was closing Syrian air space over the Idlib region.",
        (AIRSPACE,),
    ),
    (
        "Greece said on Sunday it has blocked nearly 10,000 Syrian refugees.",
        (GREECE,),
    ),
    (
        "Some 13,000 refugees have amassed at the Turkey-Greece border, the International "
        "Organization for Migration said.",
        (COLD,),
    ),
    (
        "Two more Turkish soldiers were killed in Idlib on Thursday, and Turkey has lost 16 "
        "military personnel this month in clashes with Syrian troops.",
        (
            KILLED,
            LOST,
        ),
    ),
    (
        "Turkish forces had so far destroyed eight helicopters, scores of tanks, and five "
        "air defence systems, Akar said.",
        (TANKS,),
    ),
]

# Sentences that a model cut short, as they were found by reading the briefs of unseen articles.
BROKEN = [
    (
        "Laws denying people access to shops are akin to discrimination.",
        "By implication, laws denying people access to shops are akin to discrimination.",
    ),
    (
        "Va., Ann Hill argued that the rate went down.",
        "At a speech in Abingdon, Va., Ann Hill argued that the rate went down.",
    ),
    (
        "Hill was the only candidate who took the step of lining up financial staff to court donors.",
        "Hill was the only candidate who took the step of lining up financial staff to court donors in each "
        "region of the country.",
    ),
    (
        "Employers are raising pay for highly skilled.",
        "Employers are raising pay for highly skilled (and already highly paid) workers.",
    ),
    (
        "The Times said that could raise pressure on Turkey.",
        "The Times said in a report that could raise pressure on Turkey.",
    ),
    (
        "Hopes of finding asylum appeared to dim Tuesday as country.",
        "Hopes of finding asylum appeared to dim Tuesday as country after country denied his request.",
    ),
    (
        "A woman authorities believe has robbed jewelry stores across the Southeast.",
        "A woman authorities believe has robbed jewelry stores across the Southeast, including one in North "
        "Carolina, may be working with an accomplice.",
    ),
    (
        "It is the exchange’s businesses in the trading of derivatives.",
        "It is the exchange’s businesses in the trading of derivatives — including London’s — that appear "
        "to be the main attraction in the talks.",
    ),
    (
        "Sometimes there is as much tense drama in the casting of a movie.",
        "Sometimes there is as much tense drama in the casting of a movie as there is in the product.",
    ),
    (
        "Middleton was in Paris to attend a party at the Chez Raspoutine, also a passenger in the car.",
        "Middleton was in Paris to attend a party at the Chez Raspoutine as a guest of label owner Arthur de "
        "Soultrait, also a passenger in the car.",
    ),
    (
        "Search teams have found four large parts of the plane on the sea bed.",
        "Search teams have found four large parts of the plane on the sea bed, the head of Indonesia's "
        "search and rescue agency said on Saturday.",
    ),
    (
        "By pumping blood onto a model at wound points depicted on the shroud.",
        "By pumping blood onto a model at wound points depicted on the shroud, they could compare the angle.",
    ),
    (
        "The number of pandas rose to 1,864, state media cited an official survey data.",
        "The number of pandas rose to 1,864, state media cited an official survey data as saying this month.",
    ),
    (
        "Palace press officers, who one might have assumed would be preparing an apology to the people.",
        "Palace press officers, who one might have assumed would be preparing an apology to the people, and "
        "maybe a contribution to a charity, insist it’s nothing to do with them.",
    ),
    (
        "Pippa spoke about the photos and how she couldn't care less and has got it.",
        "Pippa spoke about the photos and how she couldn't care less.",
        "Pippa has got it.",
    ),
    (
        "A caper film about a veteran con man and the young woman he takes.",
        "A caper film about a veteran con man and the young woman he takes as his accomplice.",
    ),
    (
        "He pulled off physical comedy that felt.",
        "He pulled off physical comedy that felt, for kids, somehow illicit.",
    ),
    (
        "To turn it into numbers, Keller and her team from Metron Inc in Virginia.",
        "To turn it into numbers, Keller and her team from Metron Inc in Virginia, relied on figures.",
    ),
    (
        "Jumaah had returned to his native Iraq days, fearing for his wife.",
        "Jumaah had returned to his native Iraq days earlier, fearing for his wife.",
    ),
    (
        "Anyone with information is encouraged to contact the Homicide Bureau at 890-5500.",
        "Anyone with information is encouraged to contact the Homicide Bureau at (323) 890-5500.",
    ),
    (
        "A murder suspect remains on the run, and it left a player dead.",
        "A murder suspect remains on the run.",
        "It left a player dead.",
    ),
    (
        "Ohio, Delaware and Maine declared states of emergency.",
        "Ohio, New York, Delaware and Maine declared states of emergency.",
    ),
    (
        "Supreme Court dismissed a challenge to the ban.",
        "The Supreme Court dismissed a challenge to the ban, sending it back.",
    ),
    (
        "Biden added people of color to his team appeared to raise their share.",
        "Biden added people of color to his team, which, along with others, appeared to raise their share.",
    ),
    (
        "While the number of tests per day has increased in Texas.",
        "While the number of tests per day has increased in Texas, climbing to 20,000, it means nothing.",
    ),
    (
        "The sheriff's office said 15 deputies who complained of pain.",
        "The sheriff's office said 15 deputies who complained of pain after the fires broke out have been "
        "released.",
    ),
    (
        "Far, the administration has sanctioned 189 individuals.",
        "So far, the administration has sanctioned 189 individuals.",
    ),
    (
        "The sanctions froze assets of seven oligarchs, 17 senior Russian officials.",
        "The sanctions froze assets of seven oligarchs, 17 senior Russian officials, and a state-owned firm.",
    ),
    (
        "Cruises have become popular - nearly 30,000 more came by ship.",
        "Cruises have become popular - nearly 30,000 more came by ship than flights this year.",
    ),
    (
        "Director, Comey was very clear that he wanted this completed.",
        "Director [James] Comey was very clear that he wanted this completed.",
    ),
    (
        "Whenever Netflix said that a small vendor had suffered a breach.",
        "Netflix said that a small vendor had suffered a breach.",
        "Whenever Netflix's subscriber gains fall short, the stock plunges.",
    ),
]


REFUSED = [
    (
        "Ankara is demanding that the Assad forces withdraw beyond the lines agreed with "
        "Russia in 2018, which allowed Turkey to establish military posts across Idlib.",
        (
            LINES,
            SOCHI,
        ),
    ),
    (
        "Ankara is demanding that the Assad forces withdraw beyond the lines agreed with "
        "Russia in 2018 in Sochi.",
        (LINES,),
    ),
    (
        "Putin told Erdogan the solution was to return to the Sochi agreement they signed in 2018.",
        (SOCHI,),
    ),
    (
        "Turkish President Vladimir Putin said he hopes to reach a deal on a ceasefire in Syria’s northwest.",
        (HOPES,),
    ),
    (
        "Russia said it could guarantee the safety of Turkish aircraft over Syria.",
        (AIRSPACE,),
    ),
    (
        "Greece said on Sunday it has blocked 10,000 Syrian refugees at its border with Turkey.",
        (GREECE,),
    ),
    (
        "Greece said on Monday it has blocked nearly 10,000 Syrian refugees at its border with Turkey.",
        (
            GREECE,
            TANKS,
        ),
    ),
    (
        "Greece said on Tuesday it has blocked nearly 10,000 Syrian refugees at its border with Turkey.",
        (GREECE,),
    ),
    (
        "Some 13,000 refugees have amassed at the Turkey-Greece border, including families "
        "with young children.",
        (COLD,),
    ),
    (
        "Greece said some 13,000 refugees have amassed at the Turkey-Greece border.",
        (
            GREECE,
            COLD,
        ),
    ),
    (
        "Hundreds of thousands of Idlib citizens are fleeing for Turkey.",
        (DISPUTED,),
    ),
    (
        "Two more Turkish soldiers were killed in Idlib on Thursday, but Ankara said it's "
        "neutralized 150 Syrian troops.",
        (KILLED,),
    ),
    (
        "Two more Turkish soldiers were killed in Idlib on Thursday, but Ankara said it's "
        "neutralized at least 160 Syrian troops.",
        (KILLED,),
    ),
    (
        "Turkey has lost 34 military personnel this month in clashes with Syrian troops.",
        (
            LOST,
            STEPPED,
        ),
    ),
    (
        "Turkish forces had so far destroyed five helicopters, scores of tanks, and eight "
        "air defence systems, Akar said on Monday.",
        (TANKS,),
    ),
    (
        "The United Nations says the worst humanitarian crisis in nine years of war.",
        (CRISIS,),
    ),
    (
        "Turkish President Recep Tayyip Erdogan has threatened to push back Syrian "
        "government forces in Idlib.",
        (THREAT,),
    ),
    (
        "I will go to Moscow on Thursday to discuss the developments in Syria, Erdogan told "
        "members of his party.",
        (MOSCOW,),
    ),
    (
        "Turkish forces had so far destroyed eight helicopters, scores of tanks, and five "
        "air defence systems, Erdogan said on Monday.",
        (
            TANKS,
            MOSCOW,
        ),
    ),
    (
        "Ankara and Saraqeb has already changed hands twice in less than a month.",
        (
            LINES,
            GATEWAY,
        ),
    ),
    (
        "Turkey shelled Syrian troops in Idlib province, killing five people.",
        (
            "Turkey shelled Syrian troops in Idlib province.",
            "Russia bombed hospitals in Idlib province, killing five people.",
        ),
    ),
    (
        "Turkish stocks fell by 200 points after the attack.",
        ("Turkish stocks fell by 200 points after the attack, before charging to a record.",),
    ),
    (
        "The Sancak family sent money from the company to its own pockets.",
        ("The Sancak family, which owns Idlib Pharma, sent money from the company to its own pockets.",),
    ),
    (
        "He was shot by police officers of Idlib four times, in the mouth.",
        ("He was shot by police officers of Idlib four times, in the mouth and leg, before being led off.",),
    ),
    (
        "Turkey will retract its lines as it nears Idlib and extend them, to keep peace.",
        ("Turkey will retract its lines as it nears Idlib and extend them as it leaves, to keep peace.",),
    ),
    (
        "Turkey made an offer befitting the severity of the crisis.",
        ("Turkey made an offer befitting — at least in rhetoric — the severity of the crisis.",),
    ),
    (
        "Turkey had appealed for a quick ruling on the case.",
        ("Turkey had appealed for a quick ruling on the case, which the court declined to take up.",),
    ),
    (
        "Turkey will allow a law requiring all voters of Idlib to show a card with their address.",
        (
            "Turkey will allow a law requiring all voters of Idlib to show a card with their address when "
            "casting ballots to take effect.",
        ),
    ),
    (
        "Erdogan asked the firm to take down a letter accusing him of murder.",
        ("Erdogan asked the firm to take down a letter baselessly accusing him of murder.",),
    ),
    (
        "Erdogan said that soldiers took the wounded of Idlib to areas.",
        ("Erdogan said that soldiers took the wounded of Idlib to areas where they could be helped.",),
    ),
    (
        "Erdogan said on Monday: “History is written by the winners.”",
        ("Erdogan said on Monday: “History is written by the winners, so it depends on who wins.”",),
    ),
    (
        "Turkey deployed troops in Idlib, which killed five people.",
        (
            "Turkey deployed troops in Idlib.",
            "The attack in Idlib, which killed five people, went on.",
        ),
    ),
]


def check(claim: str, *evidence: str) -> Verdict:
    return RuleChecker().check(claim, evidence)


@pytest.mark.parametrize(("claim", "evidence"), [(claim, evidence) for claim, *evidence in BROKEN])
def test_a_sentence_that_breaks_off_or_loses_its_speaker_is_refused(claim: str, evidence: list[str]) -> None:
    assert not check(claim, *evidence).ok


@pytest.mark.parametrize(
    ("claim", "rest", "reason"),
    [
        (
            "A Lowhaven woman serving life in prison for the murder of a man who hired her for work",
            "as a girl has been granted clemency",
            "no main verb",
        ),
        (
            "Pressed by a reporter about how the fire could be called a success, or what his plan is",
            "to spread it, the mayor left",
            "no main verb",
        ),
        ("The council won't approve that mill, the mayor could build one", "of his own", "joins them"),
    ],
)
def test_what_is_left_of_a_sentence_has_a_main_verb_and_one_main_clause(
    claim: str, rest: str, reason: str
) -> None:
    opener = "While t" if claim.startswith("The") else claim[0]
    verdict = check(f"{claim}.", f"{opener}{claim[1:]} {rest}.")
    assert any(reason in violation for violation in verdict.violations)


@pytest.mark.parametrize(
    "opener",
    [
        "While",
        "Now that",
        "Even though",
        "Shortly after",
        "Two days before",
        "The day",
        "Every time",
        "Given that",
    ],
)
def test_a_clause_does_not_stand_without_its_main_one(opener: str) -> None:
    clause, main = f"{opener} the council passed a bill on the bridge of Lowhaven", "the mayor called a vote"
    assert not check(f"{clause}.", f"{clause}, {main} on Sunday.").ok
    assert check(f"{clause}, {main}.", f"{clause}, {main} on Sunday.").ok


@pytest.mark.parametrize(
    "text",
    [
        "A man who was seen there was shot.",
        "What he wants is a deal with Iran.",
        "The bill that passed the House would cut taxes.",
        "They say that bill is dead and they’re glad.",
    ],
)
def test_a_verb_behind_a_clause_is_a_main_verb(text: str) -> None:
    assert has_main_verb(words(text))


@pytest.mark.parametrize(("claim", "evidence"), ACCEPTED)
def test_true_fusions_and_shortenings_pass(claim: str, evidence: tuple[str, ...]) -> None:
    assert check(claim, *evidence).violations == ()


@pytest.mark.parametrize(("claim", "evidence"), REFUSED)
def test_corruptions_are_refused(claim: str, evidence: tuple[str, ...]) -> None:
    assert not check(claim, *evidence).ok


def seed_sentences() -> list[str]:
    found = []
    for path in sorted(SEEDS.glob("*.txt")):
        for piece in re.split(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])|\n+", path.read_text(encoding="utf-8")):
            if len(piece.split()) > 4:
                found.append(piece.strip())
    return found


def test_every_sentence_supports_itself_in_full() -> None:
    sentences = seed_sentences()
    assert len(sentences) > 60
    for sentence in sentences:
        verdict = check(sentence, "Another sentence stands here.", sentence)
        assert verdict.ok, (sentence, verdict.violations)
        assert verdict.support == 1.0


def test_every_seed_sentence_passes_without_its_connectives() -> None:
    n_trimmed = 0
    for sentence in seed_sentences():
        trimmed = without_connectives(sentence)
        if trimmed != sentence and sentence[-1] in '.”"':
            n_trimmed += 1
            assert check(trimmed, sentence).violations == ()
    assert n_trimmed >= 8


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("Turkey lost 160 military personnel this month.", "number"),
        ("Turkey lost more than 16 military personnel this month.", "number"),
        ("Turkey has lost 16 soldiers this month.", "word"),
        ("turkey has lost 16 military personnel this month.", "shape"),
        ("Turkey has lost 16 military personnel this month", "shape"),
        ("Turkey has lost 16 military personnel in.", "shape"),
        ("Turkey has lost 16 military military personnel this month.", "shape"),
        ("Turkey has lost 16 military personnel this month, in clashes,.", "shape"),
        ("Turkey has not lost 16 military personnel this month.", "negation"),
        ("Turkey may have lost 16 military personnel this month.", "negation"),
        ("Turkey has lost 16 “military personnel” this month.", "quotation"),
        ("President Turkey has lost 16 military personnel this month.", "title"),
        ("Russia said Turkey has lost 16 military personnel this month.", "attribution"),
    ],
)
def test_a_violation_says_which_rule_was_broken(claim: str, reason: str) -> None:
    found = check(claim, LOST).violations
    assert any(v.startswith(reason) for v in found), found


def test_of_a_total_and_its_parts_none_is_left_out() -> None:
    told = "Moss was guilty on seven counts — one count of theft, five counts of fraud and one count of fire."
    short = "Moss was guilty on seven counts, five counts of fraud and one count of fire."
    assert any("part of 7" in v for v in check(short, told).violations)
    assert not any("part of" in v for v in check("Moss was guilty on seven counts.", told).violations)
    apart = "Two boats sank, three boats fled and nine boats stayed."
    assert not any("part of" in v for v in check("Two boats sank and nine boats stayed.", apart).violations)


def test_who_charges_something_at_the_end_of_a_sentence_stays() -> None:
    told = "The report on the mill is full of errors and may have been stolen, lawyers for Hill charge."
    assert any(
        v.startswith("attribution")
        for v in check("The report on the mill is full of errors.", told).violations
    )


def test_what_is_compared_and_what_is_found_is_a_whole() -> None:
    advice = "People at higher risk should begin screening earlier than the age of 50, the doctor said."
    cut = "People at higher risk should begin screening than the age of 50, the doctor said."
    assert "shape: nothing is compared" in RuleChecker().check(cut, (advice,)).violations
    assert RuleChecker().check(advice, (advice,)).ok
    more = "More people died of the virus in the first week of May in Ely than in all of April."
    assert (
        "shape: nothing is compared"
        not in RuleChecker().check(more.replace(" in Ely", ""), (more,)).violations
    )
    survey = "The survey, published on Monday, found that the voters oppose the ban."
    assert RuleChecker().check("The survey found that the voters oppose the ban.", (survey,)).ok
    found = "They found that the next revolution, marking the end of the age, came ten years earlier."
    cut = "They found that the next revolution."
    assert "shape: a clause has no verb" in RuleChecker().check(cut, (found,)).violations


def test_a_title_stays_with_its_name() -> None:
    pair = "Russian President Vladimir Putin met Turkish President Recep Tayyip Erdogan in Moscow."
    swapped = "Turkish President Vladimir Putin met Russian President Recep Tayyip Erdogan in Moscow."
    found = check(swapped, pair).violations
    assert sum(v.startswith("title") for v in found) == 2


def test_a_condition_may_not_be_cut_off() -> None:
    assert not check("Cavusoglu said Erdogan might meet with Putin.",
                     "Cavusoglu said Erdogan might meet with Putin, if necessary.").ok  # fmt: skip


def test_a_relative_clause_stays_with_its_noun() -> None:
    first = "Moscow, an ally of the Syrian regime, and Ankara, which supports the opposition, disagree."
    assert not check("Moscow, which supports the opposition, disagree.", first).ok


def test_a_statement_that_is_told_of_is_no_mere_setting() -> None:
    said = "“We were polite,” Ann Hill said in the statement, which was not issued until Monday."
    assert (
        not RuleChecker()
        .check("“We were polite,” Ann Hill said, which was not issued until Monday.", (said,))
        .ok
    )
    plain = "“We were polite,” Ann Hill said in the statement, and left on Monday."
    assert RuleChecker().check("“We were polite,” Ann Hill said, and left on Monday.", (plain,)).ok


def test_subjects_may_not_be_merged() -> None:
    turkey, russia = "Turkey agreed to a truce in Sochi.", "Russia agreed to a truce in Sochi in 2018."
    assert not check("Turkey agreed to a truce in Sochi in 2018.", turkey, russia).ok
    assert not check("Turkey and Russia agreed to a truce in Sochi.", turkey, russia).ok


def test_a_speech_is_not_extended_by_what_another_sentence_states() -> None:
    claim = TANKS.replace(", Akar said on Monday.", ", and Greece said on Sunday it has blocked nearly 10,000"
                          " Syrian refugees at its border with Turkey, Akar said on Monday.")  # fmt: skip
    assert not check(claim, TANKS, GREECE).ok


def test_a_claim_without_evidence_or_words_fails_without_crashing() -> None:
    assert not RuleChecker().check("Turkey has lost 16 military personnel.", ()).ok
    assert not check("", LOST).ok
    assert not check("…", LOST).ok
    assert check("俄罗斯总统普京周四会见了埃尔多安。", "俄罗斯总统普京周四会见了埃尔多安。").ok


def test_the_order_of_the_evidence_does_not_matter_to_the_verdict() -> None:
    for claim, evidence in ACCEPTED + REFUSED:
        assert check(claim, *evidence).ok == check(claim, *evidence[::-1]).ok


def test_support_counts_words_with_their_neighbours() -> None:
    # "Turkey" and "lost" are nine words apart; the other five of six content words are neighbours.
    assert check("Turkey has lost 16 military personnel this month.", LOST).support == pytest.approx(5 / 6)
    # Of five content words only "month" and "clashes" stand in this order.
    assert check("Syrian month clashes rebel Turkey.", LOST).support == pytest.approx(2 / 5)


def test_an_alignment_has_as_few_runs_as_can_be() -> None:
    runs = align("Turkey has lost 16 military personnel this month.", (LOST,)).runs
    assert [(r.start, r.end, r.at) for r in runs] == [(0, 1, 0), (1, 8, 9)]


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        (
            "The harbour delegation, using a model to make its counterparts enter talks.",
            "The harbour delegation, using a model to make its counterparts enter talks, showed it.",
        ),
        (
            "The discovery of the reliquary with ashes from the grave in Ephesus.",
            "The discovery of the reliquary with ashes from the grave in Ephesus near Burgas resembles one.",
        ),
    ],
)
def test_a_sentence_cut_before_its_verb_is_refused(claim: str, source: str) -> None:
    assert any("before the verb" in v for v in RuleChecker().check(claim, (source,)).violations)


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        ("“We pay for the whole wall.”", True),
        ('"We pay for the whole wall."', True),
        ("We pay for the whole wall.", False),  # nobody says it
        ("“pay for the whole wall.”", False),
        ("“It will be built by May. We pay for the whole wall.”", True),
        ("“It will be built by May.”", False),  # what follows may turn it: a passage ends with it
    ],
)
def test_what_a_passage_ends_with_inside_a_quotation_stands_in_marks_of_its_own(
    claim: str, holds: bool
) -> None:
    passage = "Moss said: “The wall is sense. It will be built by May. We pay for the whole wall."
    assert RuleChecker().check(claim, (passage,)).ok is holds


def test_what_stands_behind_no_opening_mark_is_not_quoted() -> None:
    passage = "Moss said: the wall is sense. We pay for the whole wall."
    assert not RuleChecker().check("“We pay for the whole wall.”", (passage,)).ok


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        (
            "“Hill is a thief of the worst kind.”",
            "Moss said: “It is absurd that Mr. Hill is a thief of the worst kind.",
        ),
        ("“Will invade the isle soon.”", "“Nobody thinks that the U.S. will invade the isle soon."),
        (
            "“The council left at noon on Monday.”",
            "Moss called it “odd on Monday. The council left at noon on Monday.",
        ),
        (
            "“The council left at noon on Monday.”",
            "He called it „sense“. The council left at noon on Monday.",
        ),
        ("“So it was in the end.”", "Moss said: “It was ... So it was in the end."),
    ],
)
def test_what_is_no_whole_sentence_of_an_open_quotation_is_not_quoted_alone(claim: str, passage: str) -> None:
    assert not RuleChecker().check(claim, (passage,)).ok


def test_a_sentence_ends_in_dots_only_where_its_source_does() -> None:
    source = "The trial of Ada Moss starts at 1 p.m. and is expected to last a week."
    assert not RuleChecker().check("The trial of Ada Moss starts at 1 p.m....", (source,)).ok
