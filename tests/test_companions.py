"""What is said together: sentences that hang on a planned one, and planned ones of one subject."""

from dataclasses import replace

import pytest

from summarize.companions import accompany
from summarize.composing import compose, fill
from summarize.planning import Planned, PlannedTopic
from summarize.proposals import joins
from summarize.rating import Rated
from summarize.types import Article, Fact, Sentence
from tests.builders import article, sentence
from tests.scripted import HashedEmbedder, ScriptedWriter, TrustingChecker

HOSTS = "Turkey already hosts 3.6 million refugees."
ABSORB = "It says it cannot absorb any more."
BOTH = "Turkey already hosts 3.6 million refugees, and it says it cannot absorb any more."
WARNED = "Turkey warned Syria on Monday."
MERGED = "Turkey already hosts 3.6 million refugees and warned Syria on Monday."


def fact(text: str, source: Article, order: int, salience: float) -> Rated:
    found = sentence(text, source, order=order)
    return Rated(Fact((found,)), HashedEmbedder().embed([text])[0], salience, 1, 0, frozenset())


def accompanied(*texts: str, planned: tuple[int, ...], other_article: bool = False) -> tuple[Planned, ...]:
    """Plan some sentences of one article (or of two) and look for companions among all of them."""
    first, second = article("\n".join(texts), 1), article("\n".join(texts), 2)
    rated = tuple(
        fact(t, second if other_article and n else first, n, 2.0 - 0.1 * n) for n, t in enumerate(texts)
    )
    claims = tuple(Planned(rated[n], rated[n].fact.sentences, rank) for rank, n in enumerate(planned))
    sentences: tuple[Sentence, ...] = tuple(s for r in rated for s in r.fact.sentences)
    weightless = tuple(replace(r, salience=-9.0) for r in rated[:1])  # so that nothing else is the least
    (topic,) = accompany((PlannedTopic(claims, 100),), sentences, (*rated, *weightless))
    return topic.claims


def test_a_sentence_that_hangs_on_the_planned_one_keeps_it_company() -> None:
    (claim,) = accompanied(HOSTS, ABSORB, planned=(0,))
    assert claim.companion is not None and claim.companion.rank is None
    assert [s.text for s in claim.companion.evidence] == [ABSORB]


def test_two_planned_facts_of_one_subject_are_told_together_once() -> None:
    claims = accompanied(HOSTS, WARNED, planned=(0, 1))
    assert claims[0].companion is not None and claims[0].companion.rank == 1
    assert claims[1].companion is None
    writer = ScriptedWriter({("fuse", HOSTS): [MERGED]})
    composed = compose(claims, writer, TrustingChecker(), {}, 0.5)
    kept, dropped = fill(composed, 100, {0: 100})
    assert [c.choice.text for c in kept if c.choice] == [MERGED] and dropped == ()


def test_what_another_article_tells_of_the_same_subject_is_told_by_itself() -> None:
    claims = accompanied(HOSTS, WARNED, planned=(0, 1), other_article=True)
    assert [c.companion for c in claims] == [None, None]


def test_nobody_is_called_by_a_longer_name_in_the_same_breath() -> None:
    short, full = "Moss was running as an independent.", "Ada Mary Moss was born in Lowhaven in May."
    assert accompanied(short, full, planned=(0, 1))[0].companion is None
    assert accompanied(full, short, planned=(0, 1))[0].companion is not None


def test_a_sentence_of_another_article_does_not_hang_on_this_one() -> None:
    (claim,) = accompanied(HOSTS, ABSORB, planned=(0,), other_article=True)
    assert claim.companion is None


def test_a_long_sentence_stays_alone() -> None:
    long = (
        HOSTS[:-1]
        + ", and the camps along the border have room for as many more in the coming year" * 2
        + "."
    )
    (claim,) = accompanied(long, ABSORB, planned=(0,))
    assert claim.companion is None


def test_the_joint_sentence_cites_both_and_loses_to_none_if_refused() -> None:
    claims = accompanied(HOSTS, ABSORB, planned=(0,))
    writer = ScriptedWriter({("fuse", HOSTS): [BOTH]})
    (joint,) = compose(claims, writer, TrustingChecker(), {}, 0.5)
    assert joint.choice is not None and joint.choice.text == BOTH and joint.choice.companion
    (alone,) = compose(claims, writer, TrustingChecker(BOTH), {}, 0.5)
    assert alone.choice is not None and (alone.choice.text, alone.choice.method) == (HOSTS, "quoted")


def test_a_joint_sentence_that_says_only_one_of_the_two_is_not_taken() -> None:
    claims = accompanied(HOSTS, ABSORB, planned=(0,))
    text = "Turkey already hosts 3.6 million."
    writer = ScriptedWriter({("fuse", HOSTS): [text]})
    (composed,) = compose(claims, writer, TrustingChecker(), {}, 0.5)
    assert composed.choice is not None and composed.choice.text != text


def test_a_pair_is_joined_by_rule_where_the_writer_has_no_joint_sentence() -> None:
    claims = accompanied(HOSTS, ABSORB, planned=(0,))
    (composed,) = compose(claims, ScriptedWriter({}), TrustingChecker(), {}, 0.5)
    assert composed.choice is not None and composed.choice.companion is not None
    assert (
        composed.choice.text
        == "Turkey already hosts 3.6 million refugees, and it says it cannot absorb any more."
    )


@pytest.mark.parametrize(
    ("first", "second", "joint"),
    [
        (
            "Turkey shut the border.",
            "Turkey called for talks.",
            "Turkey shut the border and called for talks.",
        ),
        ("Erdogan flew to Moscow.", "He met Putin there.", "Erdogan flew to Moscow, and he met Putin there."),
    ],
)
def test_a_shared_name_is_told_once_and_a_pronoun_stays(first: str, second: str, joint: str) -> None:
    assert joins(first, second) == (joint,)


def test_a_second_verb_is_not_hung_on_another_clause() -> None:
    assert joins("Turkey said that it had shut the border.", "Turkey called for talks.") == ()


def test_where_there_is_no_room_for_both_the_planned_one_is_told_alone() -> None:
    claims = accompanied(HOSTS, ABSORB, planned=(0,))
    composed = compose(claims, ScriptedWriter({("fuse", HOSTS): [BOTH]}), TrustingChecker(), {}, 0.5)
    kept, dropped = fill(composed, 8, {0: 8})
    assert [c.choice.text for c in kept if c.choice] == [HOSTS] and dropped == ()


def test_a_sentence_that_was_cut_short_is_no_companion() -> None:
    (claim,) = accompanied(HOSTS, "It is a former world No.", planned=(0,))
    assert claim.companion is None


def chain(*texts: str) -> tuple[Planned, ...]:
    """Plan all sentences of one article, each hanging on the one before."""
    claims = accompanied(*texts, planned=tuple(range(len(texts))))
    return tuple(replace(c, after=c.rank - 1 if c.rank else None, companion=None) for c in claims)


def test_what_hangs_on_a_claim_is_printed_as_it_stands() -> None:
    claims = chain("Turkish president Erdogan flew to Moscow.", "He met Putin there on Thursday.")
    kept, dropped = fill(compose(claims, ScriptedWriter({}), TrustingChecker(), {}, 0.5), 100, {0: 100})
    assert [c.choice.text for c in kept if c.choice][1] == "He met Putin there on Thursday."
    assert dropped == ()


def test_what_hangs_on_a_claim_that_finds_no_room_is_dropped_with_it() -> None:
    claims = chain("Turkish president Erdogan flew to Moscow with nine ministers.", "He met Putin there.")
    kept, dropped = fill(compose(claims, ScriptedWriter({}), TrustingChecker(), {}, 0.5), 5, {0: 5})
    assert kept == ()
    assert [d.reason for d in dropped] == ["beyond the word budget", "hangs on an earlier sentence"]


def test_a_claim_that_another_hangs_on_keeps_its_names() -> None:
    first = (
        "Turkish president Erdogan flew to Moscow on Thursday with a delegation of nine ministers and aides."
    )
    short = "Turkish president Erdogan flew on Thursday with a delegation of nine ministers and aides."
    writer = ScriptedWriter({("shorten", first): [short]})
    (free,) = compose(chain(first), writer, TrustingChecker(), {}, 0.5)
    held, _ = compose(chain(first, "He met Putin there."), writer, TrustingChecker(), {}, 0.5)
    assert free.choice is not None and held.choice is not None
    assert "Moscow" in held.choice.text
