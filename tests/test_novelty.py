"""What is new: known sentences, updates, old reports, withdrawn claims, and what keeps its number."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from summarize.analysis import Analysis
from summarize.novelty import (
    NEWS_WORDS,
    Comparer,
    History,
    KnownTopic,
    Passage,
    Standing,
    Told,
    budget,
    known_places,
    lasting_stories,
    new_articles,
    news,
    only_news,
    published_before,
    standing,
    with_status,
    words_hash,
)
from summarize.novelty.continuing import continued
from summarize.novelty.updates import _other_state
from summarize.rating import Rated
from summarize.types import Article, Briefing, Claim, Fact
from tests.builders import article, claim
from tests.scripted import HashedEmbedder, TrustingChecker, analysis

MONDAY, TUESDAY = date(2020, 3, 2), date(2020, 3, 3)
SINCE = datetime(2020, 3, 2, 6, tzinfo=UTC)
TOLL = "The flood in the valley killed 12 people and closed the only bridge."
HIGHER = "The flood in the valley killed 17 people and closed the only bridge."


def passage(text: str, source: Article) -> Passage:
    start = source.text.index(text)
    return Passage(
        source.sha256, source.path, start, start + len(text), text, source.publisher, source.published
    )


def told(text: str, source: Article, *more: Passage, id: int = 1, topic: int = 1) -> Told:
    return Told(id, topic, text, "quoted", 1.0, (passage(text, source), *more))


def history(*claims: Told, known: tuple[str, ...] = ()) -> History:
    passages = tuple(p for c in claims for p in c.evidence)
    texts = (*known, *(p.text for p in passages))
    return History(SINCE, frozenset(map(words_hash, texts)), passages, claims)


def marked(of: Claim, past: History, *articles: Article) -> Claim:
    found = analysis(*articles)
    (briefing,), _ = with_status((Briefing("t1", "Flood", (of,)),), past, found, comparer(past, found))
    return briefing.claims[0]


def rated(*articles: Article) -> tuple[Rated, ...]:
    found = analysis(*articles)
    vectors = found.vector_of
    return tuple(
        Rated(f, vectors[f.sentences[0].article, f.sentences[0].order], 1.0, 1, 0, frozenset())
        for f in found.facts
    )


def left(past: History, *articles: Article) -> list[str]:
    found = analysis(*articles)
    kept, _ = only_news(rated(*articles), known_places(past, found), comparer(past, found))
    return [r.lead.text for r in kept]


def comparer(past: History, found: Analysis) -> Comparer:
    return Comparer(past, found, HashedEmbedder(), lasting_stories(found, past))


def test_a_sentence_that_was_known_is_no_news_in_another_file_or_layout() -> None:
    past = history(known=(TOLL,))
    assert left(past, article(TOLL.replace(" killed", "  killed"), path="copy.txt")) == []
    assert left(past, article("The mayor resigned over the dam.")) == ["The mayor resigned over the dam."]


def test_a_fact_is_known_if_any_of_its_sentences_is() -> None:
    past, found = history(known=(TOLL,)), analysis(article(TOLL, 1), article("Twelve died in the flood.", 2))
    one, two = found.facts
    vector = found.vectors[0]
    both, lone = (
        Rated(fact, vector, 1.0, 1, 0, frozenset())
        for fact in (Fact((two.sentences[0], one.sentences[0])), two)
    )
    kept, _ = only_news(
        (both, lone), known_places(past, found), Comparer(History(SINCE), found, HashedEmbedder(), {})
    )
    assert both not in kept
    assert lone in kept


def test_what_was_told_in_almost_the_same_words_is_no_news_unless_a_figure_changed() -> None:
    old = article(TOLL, published=MONDAY)
    past = history(told(TOLL, old))
    reworded = article(TOLL.replace("only bridge", "bridge"), 2, published=TUESDAY)
    assert left(past, reworded) == []
    assert left(past, article(HIGHER, 2, published=TUESDAY)) == [HIGHER]


def test_what_is_dropped_as_known_is_reported() -> None:
    source = article(TOLL)
    past, found = history(known=(TOLL,)), analysis(source)
    _, dropped = only_news(rated(source), known_places(past, found), comparer(past, found))
    assert [(d.start, d.end, d.stage, d.reason) for d in dropped] == [
        (0, len(TOLL), "plan", "known from an earlier brief")
    ]


def test_a_later_and_higher_toll_is_an_update_from_what_to_what() -> None:
    old, new = article(TOLL, published=MONDAY), article(HIGHER, 2, published=TUESDAY)
    found = marked(claim(HIGHER, new), history(told(TOLL, old)), new)
    assert found.status == "updated"
    assert found.update is not None
    assert (found.update.before, found.update.after) == ("12 people killed", "17 people killed")
    assert (found.update.path, found.update.text) == (old.path, TOLL)


def test_all_figures_that_changed_are_given() -> None:
    before = "The storm killed 58 people and injured 515 in the city."
    after = "The storm killed 59 people and injured 527 in the city."
    old, new = article(before, published=MONDAY), article(after, 2, published=TUESDAY)
    found = marked(claim(after, new), history(told(before, old)), new)
    assert found.update is not None
    assert (found.update.before, found.update.after) == (
        "58 people killed, 515 injured", "59 people killed, 527 injured"
    )  # fmt: skip


def test_an_older_report_is_no_update_whenever_it_arrives() -> None:
    old, new = article(TOLL, published=TUESDAY), article(HIGHER, 2, published=MONDAY)
    assert marked(claim(HIGHER, new), history(told(TOLL, old)), new).status == "new"


def test_a_correction_in_the_same_file_is_an_update_whatever_its_date() -> None:
    lower = TOLL.replace("12", "9")
    old, new = article(TOLL, published=MONDAY), article(lower, published=MONDAY)
    found = marked(claim(lower, new), history(told(TOLL, old)), new)
    assert found.update is not None and found.update.before == "12 people killed"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("He came four days after the vote.", "He came eight days after the vote."),
        ("The school has 12 teachers of music.", "The council spent 17 million on roads."),
    ],
)  # fmt: skip
def test_figures_of_time_or_of_another_matter_are_no_update(before: str, after: str) -> None:
    old, new = article(before, published=MONDAY), article(after, 2, published=TUESDAY)
    assert marked(claim(after, new), history(told(before, old)), new).status == "new"


def test_another_day_for_the_same_meeting_is_an_update() -> None:
    before, after = (f"The two leaders will meet in Geneva on {day}." for day in ("Thursday", "Friday"))
    old, new = article(before, published=MONDAY), article(after, 2, published=TUESDAY)
    found = marked(claim(after, new), history(told(before, old)), new)
    assert found.update is not None
    assert (found.update.before, found.update.after) == ("Thursday, 5 March", "Friday, 6 March")


def test_what_was_published_before_the_last_brief_is_marked_with_its_day() -> None:
    late, fresh = article(TOLL, published=date(2020, 2, 28)), article(TOLL, published=MONDAY)
    past = history(known=("Something else was known before.",))
    assert marked(claim(TOLL, late), past, late).reported == date(2020, 2, 28)
    assert marked(claim(TOLL, fresh), past, fresh).reported is None


def test_an_unknown_day_stays_unknown() -> None:
    source = article(TOLL)
    assert marked(claim(TOLL, source), history(known=("x y z.",)), source).reported is None
    late = article(TOLL, 2, published=date(2020, 2, 28))  # one that gives a full name, say
    assert marked(claim(TOLL, source, late), history(known=("x y z.",)), source, late).reported is None


# What stands


def stands(past: History, *articles: Article, refused: tuple[str, ...] = ()) -> Standing:
    return standing(past, analysis(*articles), TrustingChecker(*refused), 0.2, ())


def test_a_claim_stands_where_its_file_is_as_it_was() -> None:
    source = article(TOLL)
    (own,) = stands(history(told(TOLL, source)), source).unchanged[1]
    assert (own[1].status, own[1].evidence[0].text) == ("unchanged", TOLL)


def test_a_claim_stands_on_a_copy_of_its_sentence_elsewhere() -> None:
    other = article("Rain fell all night. " + TOLL, 2)
    (own,) = stands(history(told(TOLL, article(TOLL))), other).unchanged[1]
    (cited,) = own[1].evidence
    assert (cited.source, other.text[cited.start : cited.end]) == (2, TOLL)


@pytest.mark.parametrize(
    ("path", "reason"), [("b.txt", "a.txt is gone"), ("a.txt", "a.txt now says otherwise")]
)
def test_a_claim_whose_sentence_is_nowhere_is_withdrawn_and_the_file_named(path: str, reason: str) -> None:
    now = article("The mayor resigned over the dam.", path=path)
    past = replace(history(told(TOLL, article(TOLL))), topics=(KnownTopic(1, 1, "Flood", np.ones(64)),))
    ((_, withdrawn),) = stands(past, now).withdrawn
    assert (withdrawn.text, withdrawn.heading, withdrawn.reason) == (TOLL, "Flood", reason)


def test_what_was_withdrawn_is_not_withdrawn_again_and_stands_once_it_is_back() -> None:
    gone = replace(told(TOLL, article(TOLL)), is_withdrawn=True)
    assert stands(history(gone), article("The mayor resigned.", path="b.txt")).withdrawn == ()
    assert len(stands(history(gone), article(TOLL)).unchanged[1]) == 1


def test_a_claim_of_two_sentences_needs_the_checker_when_one_is_lost() -> None:
    second = article("The bridge is closed.", 2)
    joint = f"{TOLL[:-1]}, and no lorry, car or cart may use it."
    both = replace(told(TOLL, article(TOLL), passage("The bridge is closed.", second)), text=joint)
    assert stands(history(both), article(TOLL)).withdrawn == ()
    assert len(stands(history(both), article(TOLL), refused=(joint,)).withdrawn) == 1


def test_a_claim_stands_without_what_told_a_part_of_it_and_not_on_that_alone() -> None:
    beside = article("The flood killed people.", 2, path="b.txt")
    both = history(told(TOLL, article(TOLL), replace(passage(beside.text, beside), role="see also")))
    assert stands(both, article(TOLL), refused=(TOLL,)).withdrawn == ()
    assert len(stands(both, beside, refused=(TOLL,)).withdrawn) == 1
    ((_, now),) = stands(both, beside).unchanged[1]  # it makes up for what is gone
    assert [e.role for e in now.evidence] == ["support"]
    again = article("In the valley the flood killed 12 people and closed the only bridge.", 3)
    both_tell = history(told(TOLL, article(TOLL), passage(again.text, again)))
    assert stands(both_tell, again, refused=(TOLL,)).withdrawn == ()  # in other words, whatever is checked
    ((_, now),) = stands(both, article(TOLL), beside).unchanged[1]
    assert [e.role for e in now.evidence] == ["support", "see also"]


def test_a_claim_that_an_update_replaced_is_neither_unchanged_nor_withdrawn() -> None:
    source = article(TOLL)
    past = history(told(TOLL, source))
    found = standing(past, analysis(source), TrustingChecker(), 0.2, past.earlier)
    assert (found.unchanged, found.withdrawn) == ({}, ())


# Numbers that stay


def test_a_story_keeps_the_number_that_most_of_its_articles_had() -> None:
    one, two, three = article("A.", 1), article("B.", 2), article("C.", 3)
    past = History(SINCE, story_of={one.sha256: 7, two.sha256: 7, "gone": 9})
    found = replace(analysis(one, two, three), story_of={1: 0, 2: 0, 3: 1})
    assert lasting_stories(found, past) == {one.sha256: 7, two.sha256: 7, three.sha256: 10}


def test_two_stories_never_get_one_number() -> None:
    one, two = article("A.", 1), article("B.", 2)
    past = History(SINCE, story_of={one.sha256: 7, two.sha256: 7})
    found = replace(analysis(one, two), story_of={1: 0, 2: 1})
    assert sorted(lasting_stories(found, past).values()) == [7, 8]


def follow(source: Article, vector: np.ndarray, story: int = 4) -> Briefing:
    found = analysis(source)
    topic = KnownTopic(3, story, "The old heading", vector)
    past = History(SINCE, topics=(topic,), story_of={source.sha256: 4})
    new = Briefing("t1", "A new heading", (claim(source.text, source),))
    return continued([new], found, past, Standing({}, ()), lasting_stories(found, past), 400).briefings[0]


def test_a_topic_goes_on_under_its_number_and_heading() -> None:
    source = article(TOLL)
    own = HashedEmbedder().embed([TOLL])[0]
    assert (follow(source, own).id, follow(source, own).heading) == ("t3", "The old heading")
    assert follow(source, own).story == 4


def test_another_matter_or_another_story_is_a_new_topic() -> None:
    source = article(TOLL)
    other = HashedEmbedder().embed(["Parliament voted on taxes."])[0]
    assert (follow(source, other).id, follow(source, other).heading) == ("t4", "A new heading")
    assert follow(source, HashedEmbedder().embed([TOLL])[0], story=5).id == "t4"


def test_what_still_stands_comes_behind_the_news_of_its_topic_within_the_words() -> None:
    source = article(TOLL)
    older = [told(f"{n} {TOLL}", article(f"{n} {TOLL}"), id=n, topic=8) for n in (1, 2, 3)]
    unchanged = {8: tuple((t, Claim(t.text, "quoted", 1.0, 1, (), "unchanged")) for t in older)}
    past = History(SINCE, topics=(KnownTopic(8, 4, "Before", np.ones(64)),), story_of={source.sha256: 4})
    new = Briefing("t1", "Now", (claim(TOLL, source),))
    found = analysis(source)
    made = continued([new], found, past, Standing(unchanged, ()), lasting_stories(found, past), 26).briefings
    assert [b.heading for b in made] == ["Now", "Before"]
    assert [c.text[0] for c in made[1].claims] == ["3"]  # the latest; thirteen words each, but for the number


# How much is told


def new_of(past: History, found: Analysis) -> frozenset[int]:
    return new_articles(known_places(past, found), found)


def test_a_quiet_day_gives_a_short_brief() -> None:
    found = analysis(article(TOLL, 1), article("The mayor resigned over the dam.", 2))
    past = history(known=(TOLL,))
    new = new_of(past, found)
    assert budget(400, past, found, new) == NEWS_WORDS
    assert budget(50, past, found, new) == 50
    assert budget(400, History(None), found, new_of(History(None), found)) == 400


def test_articles_that_are_mostly_known_are_not_counted_as_new() -> None:
    old, edited = article(TOLL, 1), article(f"{TOLL} Rain fell all night. {HIGHER}", 2)
    past, found = history(known=(TOLL, "Rain fell all night.")), analysis(old, edited)
    made = news(past, new_of(past, found), Standing({}, ()))
    assert made is not None and made.articles == 0
    assert news(History(None), frozenset({1}), Standing({}, ())) is None


def test_a_date_makes_older_articles_known_and_undated_ones_new() -> None:
    old, new = article(TOLL, 1, published=MONDAY), article(HIGHER, 2, published=TUESDAY)
    undated = article("The mayor resigned over the dam.", 3)
    past = published_before(TUESDAY, analysis(old, new, undated))
    assert past.since == datetime(2020, 3, 3, tzinfo=UTC)
    assert past.known == {words_hash(TOLL)}
    assert [p.path for p in past.earlier] == [old.path]


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("The bridge was closed.", "The bridge was opened again.", ("closed", "opened")),
        ("Two climbers were missing.", "Both climbers were found at dawn.", ("missing", "found")),
        ("The mayor was arrested.", "The editor was released.", None),
        ("The bridge was closed.", "The bridge was closed again.", None),
    ],
)
def test_a_state_changes_if_it_is_told_of_the_same_thing(
    before: str, after: str, change: tuple[str, str] | None
) -> None:
    assert _other_state(before, after) == change


def test_what_was_nearly_so_many_and_is_so_many_now_is_an_update_and_not_the_other_way() -> None:
    nearly = "Nearly a million people have been displaced in the province."
    reached = "One million people have been displaced in the province."
    old, new = article(nearly, published=MONDAY), article(reached, 2, published=TUESDAY)
    found = marked(claim(reached, new), history(told(nearly, old)), new)
    assert found.update is not None and found.update.before == "nearly a million people displaced"
    back, now = article(reached, published=MONDAY), article(nearly, 2, published=TUESDAY)
    assert marked(claim(nearly, now), history(told(reached, back)), now).status == "new"


def test_the_count_of_a_month_updates_that_of_a_day_in_it() -> None:
    on_a_day = "The north has lost eight soldiers killed in attacks on March 2."
    of_month = "The north has lost 16 soldiers killed in attacks this month."
    old, new = article(on_a_day, published=MONDAY), article(of_month, 2, published=date(2020, 3, 9))
    found = marked(claim(of_month, new), history(told(on_a_day, old)), old, new)
    assert found.update is not None and found.update.before.startswith("eight soldiers")
    later = article(of_month, 2, published=date(2020, 4, 9))
    assert marked(claim(of_month, later), history(told(on_a_day, old)), old, later).update is None
