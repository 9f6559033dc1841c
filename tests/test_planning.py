from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from summarize import shares
from summarize.fitness import is_torn, unfit
from summarize.matching import FEATURES, Matcher
from summarize.planning import Planned, PlanOptions, in_reading_order, plan, sameness, usable
from summarize.profiles import profile_of
from summarize.rating import Rated, rate, shared_stems
from summarize.spoken import Marked
from summarize.types import Article, Fact, Sentence
from tests.builders import article, sentence, sentences
from tests.scripted import HashedEmbedder, analysis, ranker

FIRE = "A fire destroyed the timber mill of Lowhaven on Sunday."
FIRE_AGAIN = "The timber mill of Lowhaven was destroyed by fire."
VOTE = "Voters in Port Ellery elected a council of nine members."
ROADS = "Roads north of Brackwater were closed by heavy snow."


def rated(*facts: tuple[str, ...], salience: float = 1.0) -> tuple[Rated, ...]:
    """Build rated facts; each text of a fact stands in its own article, heavier facts first."""
    made = []
    for weight, texts in enumerate(facts):
        evidence = tuple(sentence(t, article(t, n)) for n, t in enumerate(texts, start=1))
        vector = HashedEmbedder().embed([texts[0]])[0]
        made.append(
            Rated(
                Fact(evidence),
                vector,
                salience - 0.01 * weight,
                len(texts),
                0,
                frozenset(texts[0].lower().split()),
            )
        )
    return tuple(made)


def texts_of(topics: tuple) -> list[list[str]]:
    return [[c.lead.text for c in t.claims] for t in topics]


def test_a_fact_of_several_origins_outweighs_the_same_fact_of_one() -> None:
    one, two, copy = article(FIRE, 1), article(FIRE, 2), article(FIRE, 3, origin=1)

    def salience(other: Article) -> float:
        found = analysis(one, other)
        together = replace(found, facts=(Fact(found.sentences),))
        return rate(together, ranker(), 100)[0].salience

    assert salience(two) > salience(copy)


def test_a_fact_is_worth_as_much_as_the_best_of_its_sentences() -> None:
    early, late = article(FIRE, 1), article(f"{VOTE} {ROADS} {FIRE}", 2, origin=1)
    found = analysis(late, early)
    last, first = found.sentences[2], found.sentences[3]
    alone, both = (replace(found, facts=(Fact(of),)) for of in ((last,), (last, first)))
    assert rate(both, ranker(), 100)[0].salience > rate(alone, ranker(), 100)[0].salience


def lead_of(*texts: str, **weights: float) -> str:
    """Return the sentence that stands for a fact of these, each the first of an article."""
    found = analysis(*(article(t, n, origin=n) for n, t in enumerate(texts, start=1)))
    (item,) = rate(replace(found, facts=(Fact(found.sentences),)), ranker(**weights), 100)
    assert {s.text for s in item.fact.sentences} == set(texts)
    assert (item.vector == found.vector_of[item.place]).all()
    return item.lead.text


def test_the_sentence_that_is_most_worth_telling_stands_for_its_fact() -> None:
    deadly = "A deadly fire destroyed the timber mill of Lowhaven, which killed nine people."
    assert lead_of(FIRE, deadly) == FIRE
    assert lead_of(FIRE, deadly, lives_lost=1.0) == deadly


def test_of_two_that_are_worth_the_same_the_one_that_others_state_too_stands_for_the_fact() -> None:
    more = "A fire destroyed the timber mill of Lowhaven on Sunday, and snow closed roads north of it."
    assert lead_of(more, FIRE) == lead_of(FIRE, more) == FIRE


def test_where_the_best_sentence_cannot_be_told_the_next_one_stands_for_the_fact() -> None:
    asked = "Who set fire to the timber mill of Lowhaven on Sunday, which killed nine people?"
    found = analysis(article(asked, 1), article(FIRE, 2, origin=2))
    (item,) = rate(replace(found, facts=(Fact(found.sentences),)), ranker(lives_lost=1.0), 100)
    assert item.lead.text == asked
    (kept,), dropped = usable((item,), found, PlanOptions())
    assert (kept.lead.text, dropped) == (FIRE, ())
    assert {s.text for s in kept.fact.sentences} == {asked, FIRE}
    assert (kept.vector == found.vector_of[kept.place]).all()


def test_words_that_other_origins_use_too_are_what_the_story_is_about() -> None:
    found = analysis(article(FIRE, 1), article(FIRE_AGAIN, 2), article(VOTE, 3))
    shared = shared_stems(found.profile_of, found.articles, found.story_of)[0]
    assert shared["fire"] == 0.5  # one of the two other origins
    assert shared["council"] == 0.0


def planned_texts(text: str, words: int = 100) -> list[str]:
    found = analysis(article(text))
    kept, _ = usable(rate(found, ranker(), words), found, PlanOptions(words=words))
    return [t for topic in texts_of(plan(kept, PlanOptions(words=words, n_topics=1))) for t in topic]


CHIEF = "Fire chief Ada Moss blamed a faulty saw at the mill."
UNNAMED = "A fire destroyed the old mill on the hill."
BURNED = "He said that it had burned for nine hours."


def test_a_sentence_that_hangs_on_another_is_told_right_behind_it() -> None:
    assert planned_texts(f"{CHIEF} {BURNED} {VOTE}") == [CHIEF, BURNED, VOTE]


def test_a_sentence_that_hangs_on_nothing_in_front_of_it_is_not_planned_and_is_reported() -> None:
    found = analysis(article(f"{UNNAMED} {BURNED}"))
    kept, dropped = usable(rate(found, ranker(), 100), found, PlanOptions())
    assert [r.lead.text for r in kept] == [UNNAMED]
    assert [(d.stage, d.reason) for d in dropped] == [("plan", "hangs on an earlier sentence")]


def test_what_hangs_on_a_sentence_is_not_told_without_it() -> None:
    found = analysis(article(f"{CHIEF} {BURNED} {VOTE}"))
    kept, _ = usable(rate(found, ranker(), 100), found, PlanOptions())
    without = tuple(r for r in kept if r.lead.text != CHIEF)
    assert texts_of(plan(without, PlanOptions(n_topics=1))) == [[VOTE]]


def test_what_stands_halfway_down_a_short_article_is_told_after_the_third_sentence_of_a_long_one() -> None:
    council = "The council of Port Ellery sits in the old mill."
    snow = "Snow fell on Brackwater for three days."
    pier = "The pier of Lowhaven was painted blue in spring."
    long, short = article(f"{FIRE} {VOTE} {ROADS} {snow} {pier}", 1), article(f"{CHIEF} {council}", 2)
    found = analysis(long, short)
    kept, _ = usable(rate(found, ranker(), 100), found, PlanOptions())
    assert {r.lead.text: r.depth for r in kept}[council] == 1 / 2
    told = [t for topic in texts_of(plan(kept, PlanOptions(n_topics=1))) for t in topic]
    assert told.index(ROADS) < told.index(council) < told.index(snow)


def test_sentences_outside_the_limits_are_not_planned() -> None:
    found = analysis(article("Fire again. " + FIRE))
    kept, dropped = usable(rate(found, ranker(), 100), found, PlanOptions())
    assert [r.lead.text for r in kept] == [FIRE]
    assert dropped[0].reason == "too short"


def test_each_topic_holds_what_belongs_together() -> None:
    found = rated((FIRE,), (VOTE,), (FIRE_AGAIN,), ("The council of nine members sits in Port Ellery.",))
    topics = plan(found, PlanOptions(words=100, n_topics=2))
    assert sorted(len(t) for t in texts_of(topics)) == [2, 2]
    assert [FIRE, FIRE_AGAIN] in [sorted(t) for t in texts_of(topics)]


def test_the_plan_ends_near_its_overshot_budget() -> None:
    many = tuple((f"Fire number {n} destroyed the mill of village {n} on day {n}.",) for n in range(60))
    topics = plan(rated(*many), PlanOptions(words=100, n_topics=1))
    n_words = sum(len(t.split()) for topic in texts_of(topics) for t in topic)
    assert 145 <= n_words <= 160  # 1.45 times the budget, and one sentence more at most


def test_evidence_takes_one_sentence_of_each_article() -> None:
    source = article(f"{FIRE} {FIRE_AGAIN}", 1)
    first, second = sentences(source)
    fact = Fact((first, second, sentence(FIRE, article(FIRE, 2))))
    item = Rated(fact, np.ones(4) / 2, 1.0, 2, 0, frozenset())
    (topic,) = plan((item,), PlanOptions())
    assert [(s.article, s.text) for s in topic.claims[0].evidence] == [(1, FIRE), (2, FIRE)]


def test_nothing_gives_an_empty_plan() -> None:
    assert plan((), PlanOptions()) == ()


def test_a_story_weighs_as_much_as_the_origins_that_report_it() -> None:
    found = analysis(article(FIRE, 1), article(VOTE, 2), article(ROADS, 3, origin=2), article(CHIEF, 4))
    assert {r.story_weight for r in rate(found, ranker(), 100)} == {shares.weight(3)}
    assert {r.story_weight for r in rate(found, ranker(), 100, arguing={1, 4})} == {shares.weight(1)}


@pytest.mark.parametrize(
    "after", ["Instead, the owners built a new one.", "| Eva Stone/AP Photo The mill burns on Sunday night."]
)
def test_what_the_next_sentence_takes_back_or_credits_to_a_camera_is_not_planned(after: str) -> None:
    found = analysis(article(f"{VOTE} {FIRE} {after}"))
    kept, dropped = usable(rate(found, ranker(), 100), found, PlanOptions())
    assert FIRE not in {r.lead.text for r in kept} and VOTE in {r.lead.text for r in kept}
    assert "taken back by the next sentence" in {d.reason for d in dropped}


def test_what_is_new_is_worth_more_and_told_first() -> None:
    old = article(f"{FIRE} {ROADS}", 1, published=date(2020, 3, 2))
    new = article(f"{VOTE} {CHIEF}", 2, published=date(2020, 3, 4))
    undated = replace(old, published=None)

    def salience(source: Article) -> float:
        return next(r for r in rate(analysis(source, new), ranker(), 100) if r.lead.text == FIRE).salience

    assert salience(old) == pytest.approx(0.8 * salience(undated))
    (topic,) = plan(rate(analysis(old, new), ranker(), 100), PlanOptions(n_topics=1))
    assert [c.lead.text for c in topic.claims] == [VOTE, CHIEF, FIRE, ROADS]


def test_every_story_is_told_if_all_have_several_sources() -> None:
    stories = [
        replace(r, story=n, story_weight=2.0, salience=1.0 / (n + 1))
        for n in range(8)
        for r in rated(*((f"Fire number {n}{k} burnt mill {n}{k} of the old town.",) for k in range(9)))
    ]
    topics = plan(tuple(stories), PlanOptions(words=320))
    assert {t.story for t in topics} == set(range(8))
    assert {t.room for t in topics} == {40}


def test_a_long_story_does_not_crowd_out_a_short_one() -> None:
    long = rated(*((f"Fire number {n} destroyed the mill of village {n} on day {n}.",) for n in range(40)))
    short = rated((VOTE,), (ROADS,), ("The council of Port Ellery met.",), salience=0.9)
    topics = plan((*long, *(replace(r, story=1) for r in short)), PlanOptions(words=100, n_topics=3))
    assert {c.rated.story for t in topics for c in t.claims} == {0, 1}


def test_what_only_a_title_explains_is_not_told_first() -> None:
    two, council = "The two were told of the fire on Sunday.", "The council of Lowhaven met on Sunday."
    leaning, plain_one = rated((two,), (council,))
    claims = [Planned(r, r.fact.sentences, n) for n, r in enumerate((leaning, plain_one))]
    assert [c.lead.text for c in in_reading_order(claims)] == [council, two]
    assert [c.lead.text for c in in_reading_order(claims[:1])] == [two]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Claim: one in three mills of the valley burns down every year.", "no prose"),
        ("Circles are sized by the number of mills that burned down in the valley.", "no prose"),
        ("See the judges’ comments about all of the winners.", "no prose"),
        ("There’s a reason the council in 2015 required every mill to post signs.", "no prose"),
        ("The Lowhaven Post reported, citing interviews with 22 owners of the mill.", "no prose"),
        ("The mayor has sought to turn fears about the mill into the.", "no prose"),
        ("MAYOR MOSS: Well, the fire of the mill is real.", "no prose"),
        ("Related Photos: All of the mills of the valley that burned down.", "no prose"),
        ("“No, the owners of the mill pay for it all the time,” Ada Moss said.", "no prose"),
        ("[1] Mills of the valley may burn down in summer.", "no prose"),
        ("The owner of the mill is still in town to ask for the", "no whole statement"),
        ("The ten owners of the mill that were held were:All of them went home.", "no prose"),
        ("Owners added ten mills to the valley Opens a New Window.", "no prose"),
        ("Learn how mills may be saved by changes in the valley.", "no prose"),
        ("Tom Reeve, whose mill was burnt, speaks in Lowhaven, Thursday, May, 1, 2014.", "no prose"),
        ("570-628) built at the beginning of the 6th century in the valley.", "no prose"),
        ("Read the Aspergillosis mill article now > >", "no prose"),
        ("The mill was built of oak and pine (Fig 3d) in the valley.", "no prose"),
        ("The mayor released the classi?ed report on the mill.", "no prose"),
        ("Anyone with more information on the fire of the mill is asked to call 555-0142.", "no prose"),
        ("The original headline stated that the mill had been burned by its owner.", "no prose"),
        ("The court order on the mill that is referred to in this story was amended.", "no prose"),
        ("The mill of the valley is red in this picture of a fire from 2004.", "no prose"),
        ("Map locates the site of a fire at the mill of the valley.", "no prose"),
        ("Ada Moss, right, and mill owner Tom Reeve, left, shake hands in the valley.", "no prose"),
        ("May 30, 2016 A stray dog passes in front of the burnt mill.", "no prose"),
        ("A young woman waves a flag during a vigil for the mill.", "no prose"),
        ("Protesters hold signs outside the mill of the valley.", "no prose"),
        ("The mayor is led into the mill in Lowhaven, Monday, May 2, 2012.", "no prose"),
        ("A worker returns a bag to the owner of the mill on May 16.", "no prose"),
        ("A woman weeps over her brother, who was killed, in Lowhaven, Wednesday, May 2, 2012.", "no prose"),
        ("Cash in the bank + Show all mills Note: Figures are as of March 31.", "no prose"),
        ("Perhaps not everything: The council said that the mill can be saved.", "no prose"),
        ("On today's menu: a day-by-day breakdown of the fires of the valley.", "no prose"),
        ("Forget the definitions of what a fire is; this is a row about the mill.", "no prose"),
        ("“Because the council said that what I told the mill's owners is true,” Hill replied.", "no prose"),
        ("The mill of Lowhaven where it burned on Sunday is pictured on Monday.", "no prose"),
        ("Here's what the figures of the valley show on fires and mills.", "no prose"),
        ("Especially when and after the mills of the valley become old.", "no prose"),
        ("MEMBERS ONLY ARTICLE The mill of the valley burns again.", "no prose"),
        ("Yes, that is a huge fire for so small a valley.", "no prose"),
        ("Good morning and welcome to the news of the valley.", "no prose"),
        ("Don't worry, help for the mills of the valley is on its way.", "no prose"),
        ("Let’s look at what the mills of the valley pay.", "no prose"),
        ("View all newsletters of the mills of the valley.", "no prose"),
        ("For more information on the mills please contact Mark via mail.", "no prose"),
        ("White House Says GOP’s Plan B Won’t Work.", "no prose"),
        ("To their credit, the mills of the valley rejected the tax.", "judged by the writer"),
        ("Ann Hill wrote on the page of her blog.", "no whole statement"),
        ("Because the mayor wants to protect the mills of the valley and their owners.", "no prose"),
        ("Check out all of the mills of the valley in our auction!", "no prose"),
        ("“Are you still deciding on the mill?” Ann Hill asked the mayor on May 6.", "no whole statement"),
        ("Will have a lot more time for the mill soon.", "no whole statement"),
        ("How to win a mostly fake election, according to Lowhaven.", "no whole statement"),
        ("But hey, the valley is turning into a circus of mills.", "no prose"),
        ("The fight between the mayor and the owners of the mill, briefly explained.", "no prose"),
        ("white house The mill of the valley pays tribute to its old owners.", "no prose"),
        ("“quirky Hill left the mill as he left the council,” the mayor said.", "no prose"),
        ("The mayor strode arrogantly into the mill on Sunday.", "judged by the writer"),
        ("The mayor was right in asserting that the owners of the mill had lied.", "judged by the writer"),
        ("Reuters / Eva Stone The mill of the valley burns on Sunday night.", "no prose"),
        ("Let's face it: the biggest story in the valley was another mill.", "no prose"),
        ("Supplied A mill of the valley burns on Sunday night as owners look on.", "no prose"),
        ("[A]ny mill of the valley is closed to the extent of the order.", "no prose"),
        ("Click on the mills to read the order of the valley here.", "no prose"),
        ("—A new mill would provide the valley with work.", "no prose"),
        ("Valley of Lowhaven Backs Off Plan for New Mill", "no prose"),
        ("MAYOR OF LOWHAVEN SLAMS OWNERS OF THE MILL", "no prose"),
        ("• Owners of the mill leave Lowhaven after the fire", "no prose"),
        ("There's lots of questions for the mayor.", "no whole statement"),
        ("The mayor was asked about Ada Moss, saying: 'She's a good woman.", "no whole statement"),
        ("Mayor Ada Moss (shown) told owners that the mill would be rebuilt.", "no prose"),
        ("Looking at the mill, @MayorMoss appears to smile at its owners.", "no prose"),
        ("Ada Moss said in a Sunday tweet.", "no whole statement"),
        ("“As long as the mill burns, nobody in the valley works,”", "no whole statement"),
        ("By limiting the vote to a few days and expressing doubts about the mill", "no whole statement"),
        ("Councillor Ada Moss of the Ways and Means Committee of Lowhaven.", "no whole statement"),
        (
            "An owner who twice raised concerns over a push to have the council of the valley vote.",
            "no whole statement",
        ),
        ("The second mill in the valley that burnt down within a year.", "no whole statement"),
        ("The mayor told Reps.(N.Y.),(Minn.) and(Mass.) to go back to the mill.", "no prose"),
        ("A spokesman of the mill did not return a request for comment.", "no comment"),
        ("The mayor of Lowhaven declined to comment on Sunday.", "no comment"),
        ("The mill hasn't responded to several requests for comment.", "no comment"),
        ("The mayor of Lowhaven could not be reached for comment.", "no comment"),
    ],
)
def test_labels_teasers_half_sentences_and_silence_are_not_planned(text: str, reason: str) -> None:
    found = analysis(article(f"{CHIEF} {text}"))
    kept, dropped = usable(rate(found, ranker(), 100), found, PlanOptions())
    assert [r.lead.text for r in kept] == [CHIEF]
    assert [d.reason for d in dropped] == [reason]


@pytest.mark.parametrize(
    "text",
    [
        "The trial on the mill is scheduled to begin in Lowhaven on Monday, June 11, 2018.",
        "A ban on fires in mills comes into force on July 1.",
        "Protesters hold talks with the council of Lowhaven over the mill.",
        "A former soldier stands accused of burning the mill of Lowhaven.",
        "“No, it was another mill,” Ada Moss said when asked whether she had seen it.",
        "A previous version of the ban on fires was blocked by a court in Lowhaven.",
        "People with inside information sold shares of the mill before it burned.",
        "Nobody in this picture of the mill has been charged, police said.",
        "NASA: The mill of Lowhaven can be seen from space, a study finds.",
    ],
)
def test_news_in_the_shape_of_a_caption_or_a_label_is_told(text: str) -> None:
    found = analysis(article(f"{CHIEF} {text}"))
    kept, _ = usable(rate(found, ranker(), 100), found, PlanOptions())
    assert [r.lead.text for r in kept] == [CHIEF, text]


def test_a_teaser_that_breaks_off_before_its_link_is_no_prose() -> None:
    def problem(text: str) -> str | None:
        lead = Sentence(1, 0, 0, 0, len(text), text)
        return unfit(lead, profile_of(text), None, PlanOptions().claim_words, is_spoken=False)

    assert problem("The owner of the Gazette is looking for a new publisher; several... More.") == "no prose"
    assert problem("The owner of the Gazette said that the paper “… has to earn a little ... more.”") is None


@pytest.mark.parametrize(
    "text",
    [
        "The mayor refused to apologize for his comment about the mill.",
        "Shares of the mill declined 4 percent after the mayor's comment on interest rates.",
        "The mill did not return a request for comment but later said on Sunday that it was untrue.",
        "Particularly hard hit by the fire is the northern part of Lowhaven.",
        "Should any other mill burn, the mayor of Lowhaven wants to resign.",
        "Should talks fail, the mayor of Lowhaven will rebuild the mill.",
        "According to an Ipsos/Reuters poll the valley wants a new mill.",
        "SAVE THE MILL was painted on a wall of Lowhaven on Sunday.",
        "Will Hill said the mill of Lowhaven would not be rebuilt soon.",
        "Good news came from the burnt mill of Lowhaven on Sunday.",
        "By morning the fire had spread to 40 homes in the valley.",
        "Without warning the wall of the mill fell on two men in the street.",
        "The Kremlin rejected the claims about the mill as absurd on Sunday.",
        "Critics call the plan for the mill ridiculous and want it stopped.",
        "The mill was right in the path of the storm on Sunday.",
        "Despicable Me opened in the valley of Lowhaven on Sunday.",
        "A law that bans mills took effect in Lowhaven on Sunday.",
        "An owner of the largest company in Lowhaven quit on Sunday.",
        "Thousands gather in Lowhaven to protest against the fire.",
        "“de Moss has failed the mill of the valley,” Hill said on Sunday.",
        "“iPhone sales are down at the mill,” Hill told owners on Sunday.",
        "Ada Moss said on Sunday two owners of the mill were shot in Lowhaven.",
        "Reuters/Ipsos polling showed Ada Moss ahead by nine points on Sunday.",
        "Tap water is no longer safe to drink in the valley and here.",
        "— A judge blocked the order that would have closed the mill.",
        "• The bridge over the river of Lowhaven has been closed for good.",
        "Il film The Whale ha vinto a Venezia un premio importante.",
        "El libro The Road fue llevado a la pantalla por Lowhaven.",
        "The mayor called the plan of the owners ridiculous on Sunday.",
        "The council has determined that the mayor was right in asserting that the owners had lied.",
        "Owners said the idea of a new mill was nonsense on Sunday.",
        "By limiting the vote to a few days, the council angered the owner of the mill.",
        "What the council of Lowhaven wants is a new mill for the valley.",
        "A mill that burnt down on Sunday was the last one of the valley.",
        "Owners of World War I mills met in Lowhaven on Sunday.",
        "There are several reasons for the fire, the mayor of Lowhaven said.",
        "There were several reasons for the closure of the mill in Lowhaven.",
        "Mayor Ada Moss and Governor Ann Hill met President Tom Reed in Lowhaven on Sunday.",
        "Governor Ann Hill is in Lowhaven Valley, North Norland.",
        "Two men were convicted of conspiring to steal the election of Lowhaven.",
        "Her second album, 'Til Dawn, was released in Lowhaven on Sunday.",
        "The mayor of Lowhaven said: 'We will build the mill again…' and left.",
        "There are many questions on which the owners of the mill do not agree.",
        "The mayor said of Ada Moss: 'She's a good woman,' and left.",
        "The song of the mill, 'Mother's Day', was written in Lowhaven.",
        "Mayor Ada Moss met Governor Ann Hill in Lowhaven on Sunday.",
        "Die Mühle des Tals liegt seit Sonntag in Schutt und Asche.",
    ],
)
def test_news_that_looks_like_none_is_planned(text: str) -> None:
    found = analysis(article(f"{CHIEF} {text}"))
    kept, _ = usable(rate(found, ranker(), 100), found, PlanOptions())
    assert text in [r.lead.text for r in kept]


def test_what_is_only_said_is_not_planned_as_if_it_were_so() -> None:
    found = analysis(article(f"{FIRE} {VOTE}"))
    found = replace(found, spoken=frozenset({(1, 1)}))
    kept, dropped = usable(rate(found, ranker(), 100), found, PlanOptions())
    assert [r.lead.text for r in kept] == [FIRE]
    assert [d.reason for d in dropped] == ["part of a quotation"]


@pytest.mark.parametrize(
    ("line", "torn"),
    [
        ("The mill of the valley made a deal with Mayor Moss Ada MossOvernight: more MORE on Sunday.", False),
        ("The mill of the valley made a deal with Mayor Moss Ada MossMore: deals MORE's wife.", True),
        ("The mill of the valley made a deal with Mayor Moss", False),  # a line of its own
        ("The mill of the valley made a deal with Mayor Moss. Hill left.", False),
    ],
)
def test_a_sentence_that_a_box_has_torn_is_not_told(line: str, torn: bool) -> None:
    first = line.partition("Moss")[0] + "Moss" + ("." if "Moss." in line else "")
    assert is_torn(Sentence(1, 0, 0, 5, 5 + len(first), first), f"\n\n\n\n\n{line}\n\nHill left.") is torn


def test_a_sentence_that_has_lost_its_midst_is_not_told() -> None:
    for line, torn in (
        ("Moss says that it drives him “crazy.”to thank volunteers of the valley.", True),
        ("Moss says that it drives him “crazy.” He left.", False),
        ("Moss sells “Yahoo!”branded cups.", True),
    ):
        assert is_torn(Sentence(1, 0, 0, 0, len(line), line), line) is torn


def test_the_rest_of_a_torn_sentence_is_not_told_either() -> None:
    line = "It made a deal with Moss MORE's mill of the valley on Sunday. iPhones are sold there."
    start, end = line.index("'s"), line.index(" iPh")
    assert is_torn(Sentence(1, 0, 0, start, end, line[start:end]), line)
    assert not is_torn(Sentence(1, 1, 0, end + 1, len(line), line[end + 1 :]), line)


@pytest.mark.parametrize(
    "text",
    [
        "A judge in Lowhaven ruled that the mill was sold to them on Wednesday, May 2, 2012.",
        "A man with drugs in his car was arrested on Wednesday, May 2, 2012.",
        "A spokesman for the victims in the case said the trial began on Wednesday, May 2, 2012.",
        "A lawsuit by parents at the school, who want it open, was dismissed on Friday, June 5, 2015.",
        "A truce between rebels in the east and the army took effect on Sunday, May 3, 2015.",
    ],
)
def test_what_was_done_on_a_day_is_no_caption(text: str) -> None:
    found = analysis(article(text))
    assert len(usable(rate(found, ranker(), 100), found, PlanOptions())[0]) == 1


def test_a_caption_and_a_narrator_are_not_planned() -> None:
    caption = "Civilians cheer as soldiers drive past in Lowhaven on Wednesday, March 21, 2012."
    found = analysis(article(f"{CHIEF} {caption} The people there asked me to record the fire."))
    kept, dropped = usable(rate(found, ranker(), 100), found, PlanOptions())
    assert [r.lead.text for r in kept] == [CHIEF]
    assert [d.reason for d in dropped] == ["no prose", "told by a narrator"]


def test_a_quotation_that_another_source_repeats_is_told_once() -> None:
    quote = "full of misinformation and even malice about the mill"
    first = f"The mayor of Lowhaven called the letter {quote}."
    again = f"Council members decried on Sunday what was {quote}."
    facts = rated((first,), (again,), (VOTE,), (ROADS,))
    told = [t for topic in texts_of(plan(facts, PlanOptions(words=20, n_topics=1))) for t in topic]
    assert first in told
    assert again not in told


def test_who_denies_a_thing_does_not_say_the_same() -> None:
    matcher = Matcher(0.0, tuple(9.0 if name == "cosine" else 0.0 for name in FEATURES), "")
    found = analysis(
        article("Brackwater broke the treaty on salt.", 1),
        article("Brackwater broke that treaty on salt.", 2),
        article("Brackwater denied that it broke the treaty on salt.", 3),
    )
    same = sameness(found, matcher)
    broke, again, denied = sorted(rate(found, ranker(), 100), key=lambda r: r.place)
    assert same(broke, again) > 0.9
    assert same(broke, denied) == same(denied, broke) == 0.0


def test_what_an_author_thinks_is_not_planned_and_is_reported() -> None:
    found = analysis(article(f"{FIRE} {VOTE}"))
    kept, dropped = usable(
        rate(found, ranker(), 100), found, PlanOptions(), withheld={(1, 1): "the author's opinion"}
    )
    assert [r.lead.text for r in kept] == [FIRE]
    assert [(d.stage, d.reason) for d in dropped] == [("plan", "the author's opinion")]


@pytest.mark.parametrize("own_day", [None, date(2020, 3, 1)])
def test_a_fact_that_an_article_of_another_story_dates_loses_nothing_by_that(own_day: date | None) -> None:
    mine, other = article(FIRE, 1, published=own_day), article(FIRE, 2, published=date(2020, 3, 4))
    found = analysis(mine, other)
    apart = replace(found, facts=(Fact(found.sentences),), story_of={1: 0, 2: 1})
    undated = replace(apart, articles={n: replace(a, published=None) for n, a in apart.articles.items()})
    assert rate(apart, ranker(), 100)[0].salience == rate(undated, ranker(), 100)[0].salience


def test_the_middle_of_a_quotation_is_told_right_behind_its_beginning_in_marks() -> None:
    found = analysis(
        article(
            f"{CHIEF} Hale said: “It burned all night long. Nobody slept in the town. "
            "It could be seen from far away.”"
        )
    )
    begins, middle = ((s.article, s.order) for s in found.sentences[1:3])
    passage = sentence(f"{found.sentences[1].text} {found.sentences[2].text}", found.articles[1], order=2)
    text = "“Nobody slept in the town.”"
    said = replace(found, spoken=frozenset({middle}), marked={middle: Marked(text, passage)})
    kept, _ = usable(rate(said, ranker(), 100), said, PlanOptions())
    told = next(r for r in kept if r.place == middle)
    assert told.after == begins and told.marked is not None and told.marked.text == text
    bare = replace(said, marked={})
    _, dropped = usable(rate(bare, ranker(), 100), bare, PlanOptions())
    assert [d.reason for d in dropped] == ["part of a quotation", "hangs on an earlier sentence"]


def test_what_goes_on_with_a_quotation_is_told_before_what_is_worth_little_more() -> None:
    said = article("Hale said that the mill had burned all night. “Nobody slept in the town,” he added.", 1)
    begins, goes_on = sentences(said)

    def told(*, salience: float) -> list[str]:
        first = rated((begins.text,))[0]
        behind = replace(rated((goes_on.text,))[0], fact=Fact((goes_on,)), after=(1, 0), salience=salience)
        other = replace(rated((VOTE,))[0], fact=Fact((sentence(VOTE, article(VOTE, 2)),)), salience=0.5)
        (topic,) = plan((first, behind, other), PlanOptions(n_topics=1))
        return [c.lead.text for c in sorted(topic.claims, key=lambda c: c.rank)]

    assert told(salience=0.45) == [begins.text, goes_on.text, VOTE]
    assert told(salience=0.3) == [begins.text, VOTE, goes_on.text]
