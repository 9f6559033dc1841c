import numpy as np
import pytest

from summarize.contradiction import conflict
from summarize.deduplication import DeduplicateOptions, as_facts, deduplicate, is_same, linked
from summarize.matching import FEATURES, Matcher
from summarize.naming import alike
from summarize.profiles import Profile, profile
from summarize.types import Article, Sentence

DISPLACED = [
    "Recently, however, Syrian government and Russian forces have increased fighting that has so far "
    "displaced nearly a million civilians since December.",
    "One million people have been displaced in Syria's Idlib region since December near Turkey's "
    "southern border.",
]


def sentence(text: str, article: int = 1, order: int = 0) -> Sentence:
    return Sentence(article, order, 0, 0, len(text), text)


def of(text: str) -> Profile:
    return profile(sentence(text), Article(1, "a.txt", text, "", ()))


def unit(*rows: list[float]) -> np.ndarray:
    stacked = np.array(rows, dtype=np.float32)
    return np.asarray(stacked / np.linalg.norm(stacked, axis=1, keepdims=True))


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("Two soldiers were killed in Idlib.", "Dozens of soldiers were killed in Idlib.", "numbers"),
        ("The bank will open in 2018.", "The bank will open in 2021.", "years"),
        ("It fell on February 3.", "It fell on February 6.", "dates"),
        ("Turkey will absorb more refugees.", "Turkey will not absorb more refugees.", "negation"),
        ("The ministry confirmed the claims.", "The ministry denied the claims.", "negation"),
        ("Floods hit Pakistan.", "Floods hit Norway.", "names"),
        ("On Monday Pence said it was over.", "On Monday Trump said it was over.", "names"),
        ("It grew from $5 million to $9 million.", "It grew from $5 million to $7 million.", "numbers"),
        ("The state signed a $70-million deal.", "The state signed a $70-billion deal.", "numbers"),
        ("The ferry sank, drowning 40 people.", "When the ferry sank, 60 people drowned.", "numbers"),
        ("The fleet has 40 planes at sea.", "At sea the fleet has 60 aircraft.", "numbers"),
        ("Anna Hill, 46, chairs the board.", "The board's head is 52-year-old Anna Hill.", "numbers"),
        ("The bay is 30 km from town.", "From town it is 40 miles to the bay.", "numbers"),
        ("It held two votes and two debates.", "It held two debates and three votes.", "numbers"),
        ("It ran from 2009 until 2012.", "It was run from 2010 on, until 2012.", "years"),
        ("The trial is from May 3 to May 9.", "From May 5 to May 9 the trial goes on.", "dates"),
        ("He fell ill on Friday.", "On Sunday, aides said, he fell ill.", "weekdays"),
        ("Police say the bridge is safe.", "The bridge is safe, analysts say.", "speakers"),
        ("The ferry sank off Norway.", "Off the coast of Portugal a ferry sank.", "names"),
        ("The prize went to Anna Hill of Leeds.", "Robert Hill of Leeds was given the prize.", "names"),
        ("The mayor thanked Anna Hill.", "Eva Stone was thanked by the mayor.", "other names"),
        ("The pro-Russian forces took a town.", "The pro-Ukrainian forces took a town.", "names"),
        ("The word from Pence came late.", "The word from Trump, the president, came late.", "names"),
        ("The head of the Storm Institute quit.", "The Harbour Institute lost its head.", "names"),
        ("The deal is expected by the end of May.", "The pact is not expected until late May.", "negation"),
        ("The board would sell the port.", "The board will not sell the port.", "negation"),
        ("Hill won and Stone lost the vote.", "Hill won and Stone did not lose the vote.", "negation"),
        ("The House voted 316 to 90.", "The bill passed in a 316-80 vote.", "numbers"),
        ("The trial took 2½ weeks.", "It was a 3 1/2-week trial.", "numbers"),
        ("About 2 1/2 million people fled.", "About 2 1/2 people fled.", "numbers"),
        ("A 2½-week trial ended.", "A 3½-week trial ended.", "numbers"),
        ("Joe Biden won the primary.", "Joseph Stiglitz won the primary.", "names"),
        ("Mike Hill was charged.", "Michael Stone was charged.", "names"),
        ("Federal prosecutors dropped the case.", "State prosecutors dropped the case.", "names"),
        ("Boeing lost money.", "Airbus lost money.", "names"),
        ("Van Hill spoke of it.", "It was spoken of when Alex Hill came.", "names"),
        ("He died in World War II.", "He died in the First World War.", "names"),
        ("The Dow rose 1.5 points.", "The Dow rose 15 points.", "numbers"),
        ("The deal was praised by the FBI.", "The deal was praised by the CIA.", "names"),
        ("A fire in New Mexico hurt three.", "Three were hurt by the North Dakota fire.", "names"),
        ("A fire in Texas hurt three.", "Three were hurt by the South Carolina fire.", "names"),
    ],
)
def test_what_contradicts_is_never_one_fact(a: str, b: str, kind: str) -> None:
    assert conflict(of(a), of(b)) == conflict(of(b), of(a)) == kind
    assert not is_same(of(a), of(b), 0.99, DeduplicateOptions())


@pytest.mark.parametrize(
    ("a", "b"),
    [
        DISPLACED,
        ("The campaign is seeking $972,814.", "The campaign is seeking about $973,000."),
        ("The index rose 0.81 percent on Friday.", "The index rose 0.8 percent on Friday."),
        ("The boy was 52 km from home.", "The boy was 32 miles from home."),
        ("American troops left Kabul.", "U.S. troops left Kabul."),
        ("The lawyer said he had no comment.", "The lawyer declined to comment."),
        ("Sen. Ben Nelson (D-Neb.) won.", "Senator Ben Nelson, Democrat of Nebraska, won."),
        ("Police arrested 21 people.", "British police arrested 21 people on Tuesday."),
        ("The bay is 30 km from town.", "From town it is 19 miles to the bay."),
        ("The House voted 316 to 90.", "The bill passed in a 316-90 vote."),
        ("The House voted 316 to 90.", "The bill won 316 votes."),
        ("The vote was 316 to 90.", "The bill passed in a 316-90 vote."),
        ("The rate fell from a high of 60 to 40 percent.", "The rate fell to 40 percent from 60 percent."),
        ("Two and a half million fled.", "Some 2½ million fled, 2.5 million in all."),
        ("He lost races in 2008 and a third in 2012.", "He lost a race in 2008 and one more in 2012."),
        ("The nail is 5 3/4 inches long.", "The nail is 5¾ inches long."),
        ("She was five and a half months pregnant.", "She was 5 1/2 months pregnant."),
        ("The trial took 2½ weeks.", "It was a 2 1/2-week trial."),
        ("The index rose to 50.7 from 47.9.", "The index rose to 50.7 after a month at 47.9."),
        ("The vote was 237-186.", "They voted by 186 to 237."),
        ("Hill met Stone on Monday.", "Hill said Tuesday that he had met Stone."),
        ("Police say it is safe.", "Officials say it is safe."),
        ("Critics say it is unsafe.", "Experts say it is unsafe."),
        ("The storm hit without warning.", "The storm, which did not weaken, hit without warning."),
        ("Hill met Stone in Leeds.", "In Leeds Anna Hill met the Grand Harbour board."),
        ("Shares of General Electric fell.", "GE shares fell."),
        ("Shares of General Electric Co. fell on Friday.", "Shares of GE fell on Friday."),
        ("The broad Standard & Poor's 500 index rose.", "The broad S&P 500 index rose."),
        (
            "The court cited the Americans with Disabilities Act first.",
            "The ADA was cited first by the court.",
        ),
        ("He died at home in Albany, New York.", "He died at home in Albany, N.Y."),
        ("Today analysts praised the port.", "On Wednesday analysts praised the port."),
        (
            "He told a rally in New Hampshire why he runs.",
            "Why he runs for the United States he told a rally.",
        ),
        ("A firebreak near Mount Lemmon held, crews said.", "Crews led by Gordon Gay said a firebreak held."),
        ("Norway told Portugal of the storm.", "Portugal was told of the storm by Norway."),
        ("The dog dont bark at night.", "The dog doesn't bark at night."),
        ("Attorney General Bill Hill has resigned.", "William Hill, the attorney general, has resigned."),
        ("Mayor Anna de Stone will run.", "De Stone, the mayor, will run."),
        ("Anna B. Stone resigned.", "Democrat Anna Stone resigned."),
        ("Aides of the White House knew.", "Aides knew, the House Intelligence Committee heard."),
        ("Fort Hill is named after him.", "It is named after Henry Hill."),
        ("He served in the Second World War.", "In World War II he served."),
        ("Chuck Hill (D., N.Y.) praised the port.", "Chuck Hill (D-N.Y.) praised the port."),
        ("Speaking from Leeds, Hill said it.", "President Hill said it in Leeds."),
    ],
)
def test_what_is_said_in_other_words_is_no_contradiction(a: str, b: str) -> None:
    assert conflict(of(a), of(b)) is None
    assert conflict(of(b), of(a)) is None


def test_a_million_of_another_year_is_not_the_same_million() -> None:
    now = "One million people have been displaced in the region since December near the border."
    then = "More than a million people fled across the border region in 2015."
    assert not is_same(of(now), of(then), 0.5, DeduplicateOptions())
    assert is_same(of(now), of(then.replace(" in 2015", "")), 0.5, DeduplicateOptions())


def test_groups_have_complete_linkage_so_chains_do_not_form() -> None:
    # a-b and b-c are alike, a-c is not: the stronger pair is joined, c stays alone.
    texts = ["The harbour bridge closed for storm repairs."] * 3
    found = tuple(sentence(t, i + 1) for i, t in enumerate(texts))
    vectors = unit([1.0, 0.0], [0.94, 0.34], [0.6, 0.8])
    groups = deduplicate(found, tuple(of(t) for t in texts), vectors, DeduplicateOptions(0.8, 0.7))
    assert groups == ((0, 1), (2,))


def test_two_groups_are_joined_only_if_all_their_pairs_are_the_same() -> None:
    scores = {(0, 1): 0.9, (2, 3): 0.8, (0, 2): 0.7, (0, 3): 0.7, (1, 2): 0.7}
    assert linked(4, scores) == ((0, 1), (2, 3))
    assert linked(4, {**scores, (1, 3): 0.6}) == ((0, 1, 2, 3),)


def test_a_shared_distinctive_quantity_lets_looser_wordings_pass() -> None:
    first, second = of(DISPLACED[0]), of(DISPLACED[1])
    assert is_same(first, second, 0.5, DeduplicateOptions())
    assert not is_same(first, second, 0.3, DeduplicateOptions())


def test_the_same_quantity_of_another_event_is_another_fact() -> None:
    europe = of("In 2015 more than a million people fled to Europe.")
    assert not is_same(of(DISPLACED[1]), europe, 0.7, DeduplicateOptions())


def test_a_fragment_is_not_every_sentence_that_contains_its_words() -> None:
    fragment = of("But civil asset forfeiture?")
    long = of(
        "Critics have long argued that civil asset forfeiture allows law enforcement to police for profit, "
        "since many of the proceeds from seizures go back to departments."
    )
    short = of("Judges limited civil asset forfeiture.")
    assert not is_same(fragment, long, 0.7, DeduplicateOptions())
    assert is_same(fragment, short, 0.7, DeduplicateOptions())


def test_likeness_of_names_alone_is_not_enough() -> None:
    a = of("President Recep Tayyip Erdogan met President Vladimir Putin in Moscow.")
    b = of("President Recep Tayyip Erdogan rebuked President Vladimir Putin in Moscow.")
    assert not is_same(a, b, 0.79, DeduplicateOptions(candidate_similarity=0.9))


def test_a_headline_of_names_alone_is_compared_by_all_its_words() -> None:
    a, b = of("Harbour Bridge Closed After Storm"), of("Storm: Harbour Bridge Closed")
    assert is_same(a, b, 0.85, DeduplicateOptions())
    assert not is_same(a, of("Museum Opens Harbour Wing"), 0.85, DeduplicateOptions(candidate_similarity=0.9))


@pytest.mark.parametrize(
    ("one", "other", "are_alike"),
    [
        ("turkey", "turkish", True),
        ("nebraska", "neb.", True),
        ("mohammed", "mohamed", True),
        ("trump", "trumka", False),
        ("michael", "michigan", False),
    ],
)
def test_names_are_alike_by_an_ending_an_abbreviation_or_a_misspelling(
    one: str, other: str, are_alike: bool
) -> None:
    assert alike(one, other) is alike(other, one) is are_alike


def test_a_figure_is_rounded_or_converted_but_no_other_figure_of_its_unit() -> None:
    near = of("It comes within 3.7 million miles of the sun.")
    assert conflict(near, of("It comes within 3.9 million miles (6.2 million km) of the sun.")) == "numbers"
    assert conflict(near, of("It comes within 6 million km of the sun.")) is None


def test_every_sentence_is_in_exactly_one_group() -> None:
    rng = np.random.default_rng(3)
    texts = [f"The harbour bridge closed after storm number {n}." for n in range(12)]
    vectors = unit(*rng.normal(size=(12, 4)).tolist())
    groups = deduplicate(tuple(map(sentence, texts)), tuple(map(of, texts)), vectors)
    assert sorted(i for g in groups for i in g) == list(range(12))


def test_the_sentence_that_stands_alone_speaks_for_the_fact() -> None:
    texts = ["However, he closed the harbour bridge.", "Norway closed the harbour bridge."]
    found = tuple(sentence(t, i + 1) for i, t in enumerate(texts))
    (fact,) = as_facts(((0, 1),), found, tuple(map(of, texts)), unit([1, 0], [1, 0.1]))
    assert fact.sentences[0].text == texts[1]
    assert fact.articles == (1, 2)


def test_of_a_fact_that_somebody_calls_alleged_the_careful_account_stands_first() -> None:
    texts = ["Hill was held for stealing a boat.", "Hill of Leeds was held for allegedly stealing a boat."]
    found = tuple(sentence(t, i + 1) for i, t in enumerate(texts))
    for same in (unit([1, 0], [1, 0.1]), unit([1, 0.1], [1, 0])):
        (fact,) = as_facts(((0, 1),), found, tuple(map(of, texts)), same)
        assert fact.sentences[0].text == texts[1]
    sure = ["A jury found Hill guilty of stealing a boat.", "Hill allegedly stole a boat of the harbour."]
    found = tuple(sentence(t, i + 1) for i, t in enumerate(sure))
    (fact,) = as_facts(((0, 1),), found, tuple(map(of, sure)), unit([1, 0], [1, 0.1]))
    assert fact.sentences[0].text == sure[0]  # no less careful


QUIT = "Senator Anna Hill quit the race for the governor's office on Monday."
ENDED = "Hill ended her campaign for governor, which many had expected after a weak debate."
BRIDGE = "The bridge over the northern harbour stays closed until the spring."


def weighing(feature: str = "", least: float = 0.5) -> Matcher:
    """A matcher that takes what has this much of a feature for the same; without one, nothing."""
    values = tuple(100.0 * (name == feature) for name in FEATURES)
    return Matcher(-100.0 * least, values, "scripted")


def test_a_matcher_decides_what_is_long_enough_and_no_contradiction() -> None:
    options = DeduplicateOptions()
    willing, unwilling = weighing("cosine"), weighing()
    assert not is_same(of(QUIT), of(ENDED), 0.6, options)
    assert is_same(of(QUIT), of(ENDED), 0.6, options, willing)
    assert not is_same(of(QUIT), of(ENDED), 0.5, options, willing)  # less alike than is looked at
    assert not is_same(of(QUIT), of(QUIT), 1.0, options, unwilling)
    for other in (QUIT.replace("quit", "did not quit"), QUIT.replace("Anna Hill", "Eva Stone")):
        assert not is_same(of(QUIT), of(other), 0.95, options, willing)
    assert is_same(of("Anna Hill quits."), of("Hill has quit."), 0.9, options, unwilling)  # too short
    assert is_same(of(DISPLACED[0]), of(DISPLACED[1]), 0.56, options, unwilling)  # share a million displaced


def test_what_names_others_on_each_side_is_the_same_only_where_the_matcher_is_sure() -> None:
    told = of('"This is the worst day in the history of the harbour," Mayor Anna Hill told the council.')
    heard = of("Senator Eva Stone heard her say how it was the worst day of all in the history of a harbour.")
    assert conflict(told, heard) == conflict(heard, told) == "other names"
    options = DeduplicateOptions()
    assert is_same(told, heard, 0.9, options, weighing("cosine", 0.85))
    assert not is_same(told, heard, 0.9, options, weighing("cosine", 0.902))  # likely enough for any other
    assert is_same(told, told, 0.9, options, weighing("cosine", 0.902))
    strict = DeduplicateOptions(same_probability=0.6)
    assert not is_same(told, heard, 0.9, strict, weighing("cosine", 0.898))
    assert not is_same(told, heard, 0.9, options)
    place = (
        told,
        of("A senator from Norway said how it was the worst day of all in the history of a harbour."),
    )
    assert conflict(*place) is None


def test_groups_and_pairs_are_made_by_the_matcher() -> None:
    texts = (QUIT, ENDED, BRIDGE)
    found, profiles = tuple(map(sentence, texts)), tuple(map(of, texts))
    vectors = unit([1, 0.8, 0], [1, 0.6, 0.2], [1, 0.3, 0.9])
    groups = deduplicate(found, profiles, vectors, matcher=weighing("cosine", 0.9))
    assert groups == ((0, 1), (2,))
    strict = DeduplicateOptions(same_probability=1.0)
    assert deduplicate(found, profiles, vectors, strict, weighing("cosine", 0.9)) == (
        (0,),
        (1,),
        (2,),
    )


def test_a_number_alone_that_differs_keeps_two_sentences_apart_whatever_it_counts() -> None:
    told = "Ms Hill ran a site in Lowhaven after the attacks of 11 September 2001."
    assert conflict(of(told), of(told.replace("11", "92"))) == "numbers"
    seen = "NOVEMBER 01: Ann Hill speaks in Lowhaven on November 1, 2018."
    assert conflict(of(seen), of(seen.replace("01:", "2:"))) == "numbers"
    assert conflict(of(seen), of(seen.replace("01:", "1:"))) is None
