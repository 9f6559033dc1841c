import numpy as np
import pytest

from summarize.clustering import Portrait, portray, similarities, stem_list, stories, unit, word_vectors
from summarize.profiles import profile
from tests.builders import article, sentences
from tests.scripted import HashedEmbedder

EAST, NORTH = np.array([1.0, 0.0]), np.array([0.0, 1.0])
THRESHOLD = 0.36  # the default

# Two fires, two elections: what a headline calls them is the same.
MILL_FIRE = (
    "Fire destroys timber mill in Lowhaven\n"
    "A fire destroyed the timber mill of Lowhaven on Sunday, and firefighters needed nine hours "
    "to control the flames. Owner Marta Quill said that forty workers lost their jobs.",
    "Lowhaven timber mill burns down\n"
    "The timber mill of Lowhaven burned to the ground on Sunday. Firefighters fought the flames "
    "for nine hours, and owner Marta Quill said forty workers had lost their jobs.",
)
HOTEL_FIRE = (
    "Fire guts hotel in Port Ellery\n"
    "A fire gutted the Grand Hotel of Port Ellery on Sunday, and firefighters rescued 18 guests "
    "from the roof. Police chief Tom Varga suspects a faulty kitchen oven.",
    "Grand Hotel of Port Ellery on fire\n"
    "Firefighters rescued 18 guests from the roof of the Grand Hotel in Port Ellery on Sunday as "
    "fire gutted it. A faulty kitchen oven is suspected, police chief Tom Varga said.",
)
COUNCIL_VOTE = (
    "Brackwater elects first woman mayor\n"
    "Voters in Brackwater elected Ines Dahl mayor on Tuesday with 61 percent of the vote. She "
    "promised to reopen the ferry to Skerry Island.",
    "Ines Dahl wins Brackwater mayor's race\n"
    "Ines Dahl won the election for mayor of Brackwater on Tuesday with 61 percent of the vote, "
    "and promised that the ferry to Skerry Island would reopen.",
)
SENATE_VOTE = (
    "Runoff decides Harrow senate seat\n"
    "Voters in Harrow elected farmer Joss Penn to the senate on Tuesday after a runoff, by 212 "
    "votes. His rival Lena Moss demanded a recount.",
    "Joss Penn wins senate runoff in Harrow\n"
    "Farmer Joss Penn won the senate seat of Harrow by 212 votes in a runoff on Tuesday. Lena "
    "Moss, his rival, demanded a recount.",
)


def portraits(*texts: str) -> list[Portrait]:
    made = []
    for n, text in enumerate(texts, start=1):
        title, body = text.split("\n")
        source = article(body, n, title=title)
        own = sentences(source)
        vectors = HashedEmbedder().embed([*(s.text for s in own), title])
        made.append(portray(source, own, vectors[:-1], vectors[-1]))
    return made


def test_rows_have_length_one_and_zero_rows_stay_zero() -> None:
    assert unit(np.array([[3.0, 4.0], [0.0, 0.0]])).tolist() == [
        [pytest.approx(0.6), pytest.approx(0.8)],
        [0, 0],
    ]


@pytest.mark.parametrize("one, other", [(MILL_FIRE, HOTEL_FIRE), (COUNCIL_VOTE, SENATE_VOTE)])
def test_stories_that_share_a_vocabulary_are_kept_apart(one: tuple[str, str], other: tuple[str, str]) -> None:
    found = stories(portraits(one[0], other[0], one[1], other[1]), THRESHOLD)
    assert found == (0, 1, 0, 1)


def test_a_mixed_folder_falls_into_its_stories_whatever_the_order() -> None:
    texts = [*MILL_FIRE, *HOTEL_FIRE, *COUNCIL_VOTE, *SENATE_VOTE]
    assert stories(portraits(*texts), THRESHOLD) == (0, 0, 1, 1, 2, 2, 3, 3)
    assert stories(portraits(*texts[::-1]), THRESHOLD) == (0, 0, 1, 1, 2, 2, 3, 3)


def test_many_reports_of_one_event_are_one_story() -> None:
    leads = ["On Sunday", "Late on Sunday", "In Lowhaven", "At dawn", "Officials said", "Neighbours said"]
    texts = [text.replace("\n", f"\n{lead}: ") for lead in leads for text in MILL_FIRE]
    assert set(stories(portraits(*texts), THRESHOLD)) == {0}


def test_articles_that_share_nothing_are_a_story_each() -> None:
    unlike = [
        MILL_FIRE[0],
        COUNCIL_VOTE[0],
        "Herons return\nHerons nest again beside Lake Orrin after dry years.",
    ]
    assert stories(portraits(*unlike), THRESHOLD) == (0, 1, 2)


def test_a_single_article_is_a_story() -> None:
    assert stories(portraits(MILL_FIRE[0]), THRESHOLD) == (0,)
    assert stories([], THRESHOLD) == ()


def test_likeness_is_the_geometric_mean_of_meaning_and_words() -> None:
    alike = [Portrait(EAST, {"fire": 1}), Portrait(unit(EAST + NORTH), {"fire": 1})]
    assert similarities(alike) == pytest.approx([np.sqrt(np.sqrt(0.5))])
    assert similarities([alike[0], Portrait(NORTH, {"fire": 1})]) == pytest.approx([0.0])
    assert similarities([alike[0], Portrait(EAST, {"vote": 1})]) == pytest.approx([0.0])


def test_likenesses_stand_in_the_order_of_condensed_matrices() -> None:
    three = [Portrait(v, {"fire": 1}) for v in (EAST, NORTH, EAST)]
    assert similarities(three) == pytest.approx([0, 1, 0])  # pairs 0-1, 0-2, 1-2


def test_words_weigh_by_frequency_and_rarity_and_own_words_count_for_the_length_in_part() -> None:
    first, second = word_vectors([{"fire": 1, "mill": 1}, {"fire": 3}]).toarray()
    shared, own = 1.0, (1 + np.log(3 / 2)) ** 1.5  # 1 + log((1 + 2 texts) / (1 + n)), to the power of 1.5
    assert first == pytest.approx([shared / np.sqrt(shared**2 + 0.1 * own**2), 0])
    assert second == pytest.approx([1, 0])  # columns are fire, mill; nothing of the second is its own


def test_stems_are_those_of_content_words_as_often_as_they_occur() -> None:
    assert stem_list("The fires of Lowhaven: fire on fire.") == ["fire", "lowhaven", "fire", "fire"]


def test_a_portrait_weighs_the_title_and_takes_the_beginning_alone() -> None:
    source = article("It burned. Rain fell.", title="Mill burns")
    found = portray(source, sentences(source), np.stack([EAST, EAST]), NORTH)
    assert found.vector == pytest.approx(np.array([1, 0.5]) / np.sqrt(1.25))
    assert found.stems == {"mill": 3, "burn": 4, "rain": 1, "fell": 1}
    long = article(" ".join(f"Word{n} fell." for n in range(300)))
    only = portray(long, sentences(long), np.tile(EAST, (300, 1)), None)
    assert only.stems["fell"] == 200  # of two words each


def test_the_stems_of_a_profile_paint_the_same_portrait_as_the_text() -> None:
    source = article(
        "The fires of Lowhaven\u2019s mill can\u2019t reach the U.S. depot. It holds 1,200 tons of coal."
    )
    own = sentences(source)
    known = {s: profile(s, source) for s in own}
    stems = [[t.stem for t in known[s].tokens if t.is_content] for s in own]
    assert stems == [stem_list(s.text) for s in own] and all(stems)
    vectors = np.stack([EAST] * len(own))
    drawn = portray(source, own, vectors, None, lambda s: stems[own.index(s)])
    assert drawn.stems == portray(source, own, vectors, None).stems
