"""Paragraphs: a long topic is set in several, none of which begins with what hangs on the one before."""

from summarize.rendering import paragraphs as layout
from summarize.rendering.paragraphs import paragraphs

FLOOD = "The flood of the river Orne broke the old dam above Lowhaven in the night to Sunday, officials said."
VOTE = "Voters in Port Ellery chose Ada Moss for mayor, after a campaign on taxes and on the price of flats."


def test_a_text_of_ordinary_length_is_one_paragraph() -> None:
    n = layout.LONGEST // len(FLOOD.split())
    assert paragraphs([FLOOD] * n) == (tuple(range(n)),)
    assert paragraphs([]) == ((),)


def test_a_long_text_is_broken_where_its_matter_changes() -> None:
    texts = [FLOOD] * 6 + [VOTE] * 8
    found = paragraphs(texts)
    assert [i for own in found for i in own] == list(range(len(texts)))
    assert 6 in {own[0] for own in found}
    n_words = [sum(len(texts[i].split()) for i in own) for own in found]
    assert len(found) > 1 and min(n_words) >= layout.SHORTEST
    assert max(n_words) <= layout.SHORTEST + layout.ROOM + len(VOTE.split())


def test_no_paragraph_begins_with_what_hangs_on_the_one_before() -> None:
    hanging = FLOOD.replace("The flood of the river Orne", "It")
    texts = [FLOOD if n % 5 == 0 else hanging for n in range(20)]
    starts = [own[0] for own in paragraphs(texts)]
    assert len(starts) > 1 and all(start % 5 == 0 for start in starts)
    assert paragraphs([FLOOD, *[hanging] * 19]) == (tuple(range(20)),)
