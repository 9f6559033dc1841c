"""Matches of sentences, carried from run to run: nothing is compared twice, and nothing is lost."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.deduplication import DeduplicateOptions, same_pairs
from summarize.profiles import profile
from summarize.store.matches import carried, packed_matches
from tests.builders import article, sentence
from tests.scripted import HashedEmbedder

OPTIONS = DeduplicateOptions(0.8, 0.78)
TEXTS = [
    "The storm sank ten boats in the old harbour.",
    "The storm sank ten boats in the harbour of the town.",
    "The storm sank 90 boats in the harbour of the town.",
    "A storm in the harbour sank ten old boats of the town.",
    "The fire has displaced 40,000 people of the coast since May.",
    "Since May the blaze at the coast drove 40,000 people from home.",
    "The mayor said the bridge stays closed.",
    "The bridge stays closed, the mayor said.",
]
PROFILES = [profile(sentence(t), article(t)) for t in TEXTS]
VECTORS = HashedEmbedder().embed(TEXTS)


def key(number: int) -> bytes:
    return number.to_bytes(16, "big")


def test_pairs_are_found_under_the_places_that_their_sentences_have_now() -> None:
    stored = packed_matches([key(1), key(2), key(3), key(4)], {(0, 1): 0.9, (2, 3): 0.7, (0, 3): 0.6})
    pairs, fresh = carried(stored, [key(4), key(9), key(3), key(1)])
    assert pairs == {(0, 2): 0.7, (0, 3): 0.6}
    assert fresh == [1]


def test_what_had_no_sentences_makes_all_of_them_fresh() -> None:
    assert carried(packed_matches([], {}), [key(1), key(2)]) == ({}, [0, 1])


def test_the_sentences_of_these_tests_have_pairs_by_likeness_and_by_a_shared_figure() -> None:
    found = same_pairs(PROFILES, VECTORS, OPTIONS)
    assert (0, 1) in found and (6, 7) in found
    assert (4, 5) in found and found[4, 5] < OPTIONS.candidate_similarity
    assert len(found) < len(list(combinations(TEXTS, 2)))


@given(order=st.permutations(range(len(TEXTS))), n_known=st.integers(0, len(TEXTS)), n_gone=st.integers(0, 3))
def test_carried_and_new_pairs_are_those_of_comparing_all(
    order: list[int], n_known: int, n_gone: int
) -> None:
    known = order[:n_known]
    before = same_pairs([PROFILES[i] for i in known], VECTORS[known], OPTIONS)
    now = sorted(order[n_gone:])
    profiles, vectors = [PROFILES[i] for i in now], VECTORS[now]
    pairs, fresh = carried(packed_matches(list(map(key, known)), before), list(map(key, now)))
    assert [now[i] for i in fresh] == sorted(set(now) - set(known))
    new = same_pairs(profiles, vectors, OPTIONS, fresh)
    assert not pairs.keys() & new.keys()
    assert pairs | new == same_pairs(profiles, vectors, OPTIONS)


def test_nothing_fresh_needs_no_comparison() -> None:
    assert same_pairs(PROFILES, np.full_like(VECTORS, np.nan), OPTIONS, []) == {}


def test_the_threshold_is_that_of_the_two_sentences_alone_whatever_else_is_compared() -> None:
    cosine = float(VECTORS[0] @ VECTORS[1])
    exact = DeduplicateOptions(cosine, cosine)
    above = DeduplicateOptions(float(np.nextafter(cosine, 1)), float(np.nextafter(cosine, 1)))
    assert same_pairs(PROFILES[:2], VECTORS[:2], exact) == {(0, 1): pytest.approx(cosine)}
    assert same_pairs(PROFILES[:2], VECTORS[:2], above) == {}
