import pytest

from summarize.checking import RuleChecker
from summarize.composing import Choice, Composed
from summarize.language.people import Person, levelled, people
from summarize.mentions import refer
from summarize.types import Checker, Sentence
from tests.builders import article, sentence
from tests.scripted import TrustingChecker, planned

URGED = "Turkish President Recep Tayyip Erdogan urged Vladimir Putin to stop the attacks."
SAID = "Erdogan said that the attacks had to stop."
MET = "Russian President Vladimir Putin and his Turkish counterpart Recep Tayyip Erdogan met in Moscow."
STORY = (URGED, SAID, MET)


def composed(text: str, rank: int = 0) -> Composed:
    return Composed(planned(text, rank=rank), Choice(text, "quoted", 1.0))


def story(*texts: str) -> dict[int, list[Sentence]]:
    return {0: [sentence(t, article(t, n)) for n, t in enumerate(texts, start=10)]}


def referred(claims: list[str], told: tuple[str, ...], checker: Checker | None = None) -> list[Composed]:
    topic = [composed(text, rank) for rank, text in enumerate(claims)]
    return refer([topic], story(*told), checker or RuleChecker(), 0.2, spare_words=20)[0]


def texts(claims: list[Composed]) -> list[str]:
    return [c.choice.text for c in claims if c.choice]


def test_a_person_has_one_full_name_and_the_role_that_all_agree_on() -> None:
    assert people(STORY) == (
        Person("Erdogan", "Recep Tayyip Erdogan", "Turkish President"),
        Person("Putin", "Vladimir Putin", "Russian President"),
    )


@pytest.mark.parametrize(
    "told",
    [
        ("Bill Clinton spoke.", "Hillary Clinton spoke.", "Mr. Clinton left."),  # two people
        ("The crowd left Occupy Philly.", "Police cleared Philly."),  # a place: nobody has a title or speaks
        ("O.J. Simpson was freed.", "Nicole Brown Simpson was dead.", "Mr. Simpson said no."),  # two people
        ("Photo: Fame Flynet Agency Pippa in Paris.", "Pippa said no.", "Pippa Middleton left."),  # a credit
        ("Sometimes Cruz lied.", "Sometimes Cruz, a teacher, lied.", "Mr. Cruz said no."),  # no first name
        ("The Health Ministry warned of it.", "The Ministry said no more."),  # an office
        ("The White House said no.", "The House voted on it."),  # a thing, "the House"
    ],
)
def test_a_surname_that_may_mean_another_is_nobody(told: tuple[str, ...]) -> None:
    assert people(told) == ()


def test_a_former_role_introduces_nobody() -> None:
    (person,) = people(
        ("Former President Hosni Mubarak was freed.", "President Hosni Mubarak ruled in 2010.")
    )
    assert person.introduction == "Hosni Mubarak"


def test_a_title_is_a_role_with_all_that_belongs_to_it() -> None:
    (person,) = people(("U.S. Trade Representative Robert Lighthizer spoke.", "Mr. Lighthizer left.")) or (
        None,
    )
    assert person is not None and person.introduction == "U.S. Trade Representative Robert Lighthizer"


def test_whose_family_name_stands_first_is_not_called_by_the_last_one() -> None:
    told = ("President Xi Jinping met Mayor Ann Moss.", "Xi said it was over.", "Moss said no.")
    assert [p.surname for p in people(told)] == ["Moss"]
    assert [p.surname for p in people((told[0], "Jinping said it was over."))] == ["Jinping", "Moss"]


def test_a_surname_of_two_words_is_not_halved() -> None:
    double = ("Mayor Ann E. Poe Roe said so.", *6 * ("Poe Roe left.",))
    assert people(double) == ()  # though six of seven say "Poe Roe"
    single = ("Mayor Ann E. Roe said so.", "Ann Roe left.", "Roe and her team left.")
    assert [p.surname for p in people(single)] == ["Roe"]


def test_a_surname_with_a_particle_is_not_halved() -> None:
    told = ("Rep. Jeff Van Drew switches parties.", "Jeff Van Drew said so on Sunday.", "Drew said so.")
    assert people(told) == ()
    assert [p.surname for p in people(tuple(t.replace("Van ", "") for t in told))] == ["Drew"]


def test_levelled_texts_call_everybody_by_the_surname() -> None:
    assert levelled(MET, people(STORY)) == "Putin and Erdogan met in Moscow."


def test_the_first_mention_gives_role_and_full_name_and_cites_where_they_stand() -> None:
    first = referred([SAID], STORY)[0]
    assert texts([first]) == ["Turkish President Recep Tayyip Erdogan said that the attacks had to stop."]
    assert first.choice is not None and first.choice.method == "fused"
    assert [s.text for s in first.cited] == [SAID, URGED]


def test_who_is_introduced_by_what_is_cited_already_needs_no_further_source() -> None:
    full = "The attacks had to stop, Turkish President Recep Tayyip Erdogan said."
    item = Composed(planned(SAID, full), Choice(SAID, "quoted", 1.0))
    (claim,) = refer([[item]], story(URGED, SAID, full), RuleChecker(), 0.2, spare_words=20)[0]
    assert texts([claim]) == ["Turkish President Recep Tayyip Erdogan said that the attacks had to stop."]
    assert [s.text for s in claim.cited] == [SAID, full]


def test_a_speaker_behind_a_quotation_is_introduced() -> None:
    told = ("Alex Conant watched the speech.", "“This was the reset,” Conant said.")
    assert texts(referred([told[1]], told)) == ["“This was the reset,” Alex Conant said."]


def test_who_has_no_title_is_introduced_by_what_stands_behind_the_name() -> None:
    told = ("Alex Conant, a former adviser of the mayor, saw the speech.", "“It was odd,” Conant said.")
    assert texts(referred([told[1]], told)) == [
        "“It was odd,” Alex Conant, a former adviser of the mayor, said."
    ]
    last = referred(["“It was odd,” said Conant."], told)
    assert texts(last) == ["“It was odd,” said Alex Conant, a former adviser of the mayor."]
    assert [s.text for s in last[0].cited][1:] == [told[0]]
    assert texts(referred(["Conant's wife was not there."], told)) == ["Alex Conant's wife was not there."]
    kept = refer([[composed(told[1])]], story(*told), RuleChecker(), 0.2, spare_words=2)
    assert texts(kept[0]) == ["“It was odd,” Alex Conant said."]  # no room for more


@pytest.mark.parametrize(
    ("told", "claim", "introduced"),
    [
        (
            "Ann Moss, head of the harbour police, came by boat.",
            "“It was empty,” Moss said.",
            "“It was empty,” Ann Moss, head of the harbour police, said.",
        ),
        (
            "Harbour Isle Sheriff Ann Moss came by boat, and Ann Moss said so.",
            "“It was empty,” Moss said.",
            "“It was empty,” Harbour Isle Sheriff Ann Moss said.",
        ),
        (
            "Ann Moss, a lawyer for the town, told reporters that it was empty.",
            "Ann Moss told reporters that it was empty.",
            "Ann Moss, a lawyer for the town, told reporters that it was empty.",
        ),
        (
            "Rep. Ann Moss told reporters that it was empty.",
            "Ann Moss said on Monday that it was empty.",
            "Rep. Ann Moss said on Monday that it was empty.",
        ),
        (
            "Reeve said so, as former company spokesman Tom Reeve had.",
            "Reeve said that it was empty.",
            "Tom Reeve said that it was empty.",
        ),
    ],
)
def test_a_first_mention_says_who_that_is(told: str, claim: str, introduced: str) -> None:
    more = "“It was empty,” Moss said." if "Moss" in told else "“It was empty,” Reeve said."
    assert texts(referred([claim], (told, claim, more), TrustingChecker())) == [introduced]


@pytest.mark.parametrize(
    "told",
    [
        "University of Harbour President Ann Moss resigned.",  # half of a name
        "Health and Harbour Services Secretary Ann Moss resigned.",
        "Joining Sen. Ann Moss is Tom Reeve.",
        "After Monday's Mayor Ann Moss came Tom Reeve.",
        "They met the fired Harbour Police Chief Ann Moss.",
        "They met deputy Harbour Police Chief Ann Moss.",
        "They came with Ann Moss, his lawyer.",
        "After meeting Ann Moss, Reeve's lawyer, Tom Reeve, left.",
        "The judge fined Ann Moss, whose lawyer, Tom Reeve, left.",
    ],
)
def test_nobody_is_introduced_by_half_a_title_or_by_somebody_elses(told: str) -> None:
    claim, more = "“It was empty,” Moss said.", "Ann Moss said that it was empty."
    assert texts(referred([claim], (told, claim, more), TrustingChecker())) in (
        ["“It was empty,” Ann Moss said."],
        ["“It was empty,” Sen. Ann Moss said."],
        [claim],
    )


@pytest.mark.parametrize("office", ["Former", "Acting", "Deputy", "Assistant"])
def test_the_checker_lets_no_office_grow(office: str) -> None:
    claim = "Harbour Police Chief Ann Moss met Tom Reeve on Monday."
    assert not RuleChecker().check(claim, (f"{office} {claim}",)).ok


def test_the_checker_lets_nobody_be_presented_by_what_belongs_to_the_next_name() -> None:
    evidence = ("Ann Moss won the case.", "After meeting Ann Moss, Reeve's lawyer, Tom Reeve, left.")
    assert not RuleChecker().check("Ann Moss, Reeve's lawyer, won the case.", evidence).ok


def test_who_is_called_by_an_office_already_gets_no_second_one() -> None:
    claim = "Security minister Ann Moss said that it was empty."
    told = "Ann Moss, the island’s security minister, said that it was empty."
    assert texts(referred([claim], (told, claim), TrustingChecker())) == [claim]


@pytest.mark.parametrize(
    ("claim", "ok"),
    [
        ("“It was odd,” Alex Conant, a former adviser of the mayor, said.", True),
        ("“It was odd,” Alex Conant, a former adviser, said.", False),
        ("“It was odd,” Alex Conant, the mayor, said.", False),
        ("“It was odd,” Bo Hill, a former adviser of the mayor, said.", False),
    ],
)
def test_the_checker_lets_an_apposition_stand_only_behind_its_own_name(claim: str, ok: bool) -> None:
    told = ("“It was odd,” Conant said.", "Alex Conant, a former adviser of the mayor, met Bo Hill.")
    assert RuleChecker().check(claim, told).ok is ok


def test_later_mentions_give_the_surname() -> None:
    first = URGED.replace("Vladimir Putin", "Russian President Vladimir Putin")
    assert texts(referred([URGED, MET], STORY)) == [first, "Putin and Erdogan met in Moscow."]


def test_a_courtesy_title_goes_once_the_person_is_known() -> None:
    told = ("Catherine Ashton arrived in Cairo.", "Ms. Ashton’s visit ended on Monday.")
    assert texts(referred(list(told), told)) == [told[0], "Ashton’s visit ended on Monday."]


@pytest.mark.parametrize(
    "claim",
    [
        "The Erdogan government refused to open the border.",
        "Officials in the Erdogan camp refused to open the border.",
        '"Erdogan will not open the border," a diplomat said.',
        "An Erdogan-led coalition refused to open the border.",
        "The court ruled in Erdogan v. Assad that the border is open.",
        "The court ruled in Assad v. Erdogan that the border is open.",
    ],
)
def test_a_surname_that_belongs_to_a_thing_or_a_quotation_stays(claim: str) -> None:
    assert texts(referred([claim], (*STORY, claim))) == [claim]


def test_what_the_checker_refuses_stays_as_it_was() -> None:
    short = "Recep Tayyip Erdogan said that the attacks had to stop."
    long = f"Turkish President {short}"
    assert texts(referred([SAID], STORY, TrustingChecker(long))) == [short]
    assert texts(referred([SAID], STORY, TrustingChecker(long, short))) == [SAID]


def test_nobody_is_introduced_where_there_is_no_room() -> None:
    for spare, name in (
        (4, "Turkish President Recep Tayyip Erdogan"),
        (2, "Recep Tayyip Erdogan"),
        (1, "Erdogan"),
    ):
        kept = refer([[composed(SAID)]], story(*STORY), RuleChecker(), 0.2, spare_words=spare)
        assert texts(kept[0]) == [SAID.replace("Erdogan", name)]


def test_people_of_one_story_introduce_nobody_of_another() -> None:
    assert texts(refer([[composed(SAID)]], {1: story(*STORY)[0]}, RuleChecker(), 0.2, 20)[0]) == [SAID]


@pytest.mark.parametrize(
    ("claim", "ok"),
    [
        ("Turkish President Recep Tayyip Erdogan said that the attacks had to stop.", True),
        ("Russian President Recep Tayyip Erdogan said that the attacks had to stop.", False),
        ("Recep Tayyip Putin said that the attacks had to stop.", False),
        ("Vladimir Putin said that the attacks had to stop.", False),
    ],
)
def test_the_checker_lets_a_name_be_completed_by_its_own_parts_only(claim: str, ok: bool) -> None:
    assert RuleChecker().check(claim, (SAID, URGED)).ok is ok


def test_of_a_family_the_one_who_is_mainly_named_goes_by_the_surname_once_named_in_full() -> None:
    told = (
        "Joe Biden entered the race.",
        *(f"Joe Biden, who spoke in {place}, won." for place in ("Iowa", "Ohio", "Maine")),
        "His son Hunter Biden stayed away.",
        "Mr. Biden spoke in Iowa.",
    )
    claims = ["Mr. Biden spoke in Iowa.", told[0], "Mr. Biden spoke in Iowa."]
    assert texts(referred(claims, told)) == [claims[0], told[0], "Biden spoke in Iowa."]
    assert texts(referred([told[0], told[4]], told)) == [told[0], told[4]]


def test_a_counterpart_who_is_known_is_called_by_the_surname_whatever_stands_in_front() -> None:
    met = "Erdogan spoke of peace before he meets his Russian counterpart Vladimir Putin in Moscow."
    claims = texts(referred([URGED, met], STORY))
    assert claims[1] == "Erdogan spoke of peace before he meets Putin in Moscow."


def test_an_office_of_three_words_is_a_title() -> None:
    told = (
        "U.S. Secretary of State Ann Moss has landed.",
        "Secretary of State Ann Moss left on Friday.",
        "White House Chief of Staff Ben Roe stayed.",
        "The Secretary of State said so.",
    )
    assert people(told) == (
        Person("Moss", "Ann Moss", "U.S. Secretary of State"),
        Person("Roe", "Ben Roe", "White House Chief of Staff"),
    )
    assert levelled(told[1], people(told)) == "Moss left on Friday."
    assert people(("Former Secretary of State Ann Moss left.",))[0].role == ""


@pytest.mark.parametrize("of", ["Deputy", "Georgia", "Army", "Under"])
def test_a_longer_office_is_another_one(of: str) -> None:
    (person,) = people([f"{of} Secretary of State Ann Moss has landed."])
    assert person.role == ""
