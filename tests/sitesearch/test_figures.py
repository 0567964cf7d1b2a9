"""Figures of rankings against examples that were worked by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.sitesearch.figures import Scored, randomisation, scored, summed


def test_an_answer_in_the_second_place() -> None:
    # DCG = 3/log2(3) + 1/log2(4); the best order would give 3/log2(2) + 1/log2(3).
    figures = scored(["b", "a", "c"], {"a": 3, "c": 1})
    assert figures.success == {1: 0.0, 3: 1.0, 5: 1.0, 10: 1.0}
    assert figures.reciprocal == 0.5
    assert figures.ndcg == pytest.approx((3 / math.log2(3) + 0.5) / (3 + 1 / math.log2(3)))


def test_a_page_that_only_leads_to_the_answer_is_no_success() -> None:
    figures = scored(["hub", "x"], {"hub": 1, "a": 3})
    assert figures.success[10] == 0.0
    assert figures.reciprocal == 0.0
    assert figures.ndcg == pytest.approx(1 / (3 + 1 / math.log2(3)))


def test_the_eleventh_hit_counts_for_nothing() -> None:
    hits = [f"x{number}" for number in range(10)] + ["a"]
    assert scored(hits, {"a": 3}) == Scored(dict.fromkeys((1, 3, 5, 10), 0.0), 0.0, 0.0)


def test_places_three_six_and_ten() -> None:
    for place, success in ((3, (0, 1, 1, 1)), (6, (0, 0, 0, 1)), (10, (0, 0, 0, 1))):
        hits = [f"x{number}" for number in range(place - 1)] + ["a"]
        figures = scored(hits, {"a": 3})
        assert tuple(figures.success.values()) == success
        assert figures.reciprocal == pytest.approx(1 / place)
        assert figures.ndcg == pytest.approx(1 / math.log2(place + 1))


def test_a_hit_that_is_listed_again_is_worth_nothing_the_second_time() -> None:
    once, twice = scored(["a", "b"], {"a": 3, "b": 3}), scored(["a", "a", "b"], {"a": 3, "b": 3})
    assert once.ndcg == pytest.approx(1.0)
    assert twice.ndcg == pytest.approx((3 + 3 / 2) / (3 + 3 / math.log2(3)))


def test_nothing_found_is_nought() -> None:
    assert scored([], {"a": 3}).reciprocal == 0.0


@given(
    st.lists(st.sampled_from("abcdefgh"), max_size=12), st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 3))
)
def test_figures_lie_between_nought_and_one(hits: list[str], grades: dict[str, int]) -> None:
    figures = scored(hits, grades)
    assert all(0.0 <= value <= 1.0 + 1e-9 for value in (figures.reciprocal, figures.ndcg, *figures.success.values()))
    assert sorted(figures.success.values()) == list(figures.success.values())


def test_means_gap_and_nothing() -> None:
    good, bad = scored(["a"], {"a": 3}), scored(["x"], {"a": 3})
    found = summed([good, bad, bad, bad], [good, good, good, bad], 2, np.random.default_rng(0))
    assert found is not None
    assert (found.queries, found.success[1], found.mrr.value, found.reference_mrr) == (4, 0.25, 0.25, 0.75)
    assert found.gap == 0.5
    assert found.nothing == 0.5
    assert found.mrr.low <= 0.25 <= found.mrr.high
    assert summed([], [], 0, np.random.default_rng(0)) is None


def test_randomisation_by_hand() -> None:
    # Three queries that all rose by 1: of the eight exchanges, two give a mean as far from 0. So p is about 1/4.
    p = randomisation([0, 0, 0], [1, 1, 1], np.random.default_rng(0))
    assert p == pytest.approx(0.25, abs=0.02)
    assert randomisation([0.5, 0.2], [0.5, 0.2], np.random.default_rng(0)) == 1.0
    assert randomisation([], [], np.random.default_rng(0)) == 1.0
    assert randomisation([0] * 12, [1] * 12, np.random.default_rng(0)) < 0.01
