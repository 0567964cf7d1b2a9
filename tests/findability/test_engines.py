"""The engines beside what must hold of any site: metamorphic tests, baselines, and published orderings."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.findability.chain import Attention, absorption, attention, giving_up
from auditor.findability.figures import figures_of
from auditor.findability.graph import Floats, LinkGraph
from tests.findability.worlds import Tree, tree, walks, with_link

CLEAR = 30.0


def _chain(graph: LinkGraph, utility: Floats, goal: int, opening: float = 0.5) -> float:
    return absorption(graph, utility, attention(graph, opening), [goal], 0)


def _agent(site: Tree, utility: Floats, seed: int = 1) -> float:
    return float(walks(site.graph, utility, (site.goal,), seed=seed).found.mean())


def test_perfect_labels_lead_everybody_straight_there() -> None:
    site = tree((6, 6, 6), goal=77)
    found = walks(site.graph, site.right * CLEAR, (site.goal,))
    figures = figures_of(found, site.graph, site.graph.distances([site.goal]), 0)
    assert (figures.found, figures.direct, figures.first_click, figures.lostness) == (1.0, 1.0, 1.0, 0.0)
    assert _chain(site.graph, site.right * CLEAR, site.goal) > 0.9


def test_labels_that_say_nothing_are_a_random_walk() -> None:
    site = tree((6, 6, 6), goal=77)
    said = np.random.default_rng(3).permutation(site.right) * CLEAR
    nothing = _agent(site, site.right * 0)
    assert _agent(site, said) <= nothing + 0.05
    assert _chain(site.graph, site.right * 0, site.goal) < 0.05


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 42))
def test_a_further_right_link_never_lowers_success(seed: int, page: int) -> None:
    site = tree((6, 6), goal=20)
    chance = np.random.default_rng(seed)
    noise = chance.normal(size=site.graph.links) + 2 * site.right
    more = with_link(site.graph, page, site.goal)
    place = int(site.graph.offsets[page + 1])
    assert _chain(more, np.insert(noise, place, 3.0), site.goal) >= _chain(site.graph, noise, site.goal) - 1e-12


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.05, 0.95))
def test_hiding_the_right_way_in_a_menu_never_raises_success(seed: int, opening: float) -> None:
    site = tree((6, 6), goal=20)
    noise = np.random.default_rng(seed).normal(size=site.graph.links) + 2 * site.right
    hidden = replace(site.graph, reveals=site.right.astype(np.int32) * (site.graph.target == site.goal))
    assert _chain(hidden, noise, site.goal, opening) <= _chain(site.graph, noise, site.goal, opening) + 1e-12


def test_a_clear_link_is_found_only_by_those_who_see_it() -> None:
    """Three links in a row, each the only promising one of its page: who overlooks one is lost among the others."""
    site = tree((40, 40, 40), goal=77)
    graph, utility = site.graph, site.right * CLEAR
    everybody = Attention(np.ones(graph.links), np.ones(graph.links))
    half = Attention(np.ones(graph.links), np.full(graph.links, 0.5))
    assert absorption(graph, utility, everybody, [site.goal], 0) > 0.98
    assert absorption(graph, utility, half, [site.goal], 0, steps=3) == pytest.approx(0.5**3, abs=0.01)
    closed = replace(graph, reveals=(site.right * (graph.target == site.goal)).astype(np.int32))
    assert _chain(closed, utility, site.goal, opening=0.2) < _chain(graph, utility, site.goal) - 0.2


def test_shares_of_a_page_add_up_whoever_overlooks_what() -> None:
    """With one link a page, that link is taken even by those who would overlook it among others."""
    site = tree((1, 1, 1))
    seen = Attention(np.ones(3), np.full(3, 0.1))
    assert absorption(site.graph, np.full(3, CLEAR), seen, [site.goal], 0) > 0.95


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.5, 5.0))
def test_who_smells_the_goal_gives_up_less(seed: int, better: float) -> None:
    site = tree((6, 6), goal=20)
    noise = np.random.default_rng(seed).normal(size=site.graph.links)
    some, more = giving_up(site.graph, noise), giving_up(site.graph, noise + better)
    inner = np.diff(site.graph.offsets) > 0
    assert np.all(more[inner] < some[inner])
    assert np.all((some > 0) & (some < 0.5))


def test_hiding_every_link_in_menus_lowers_what_the_visitors_find() -> None:
    site = tree((6, 6), goal=20)
    utility = site.right * 6.0
    hidden = replace(site.graph, reveals=np.ones(site.graph.links, dtype=np.int32))
    assert walks(hidden, utility, (site.goal,), opening=0.3).found.mean() < _agent(site, utility) - 0.1


def test_a_better_name_for_the_link_that_lost_raises_success() -> None:
    site = tree((8, 8), goal=20)
    wrong = np.zeros(site.graph.links)
    wrong[0] = 12.0
    better = wrong + site.right * 14.0
    assert _agent(site, better) > _agent(site, wrong) + 0.1
    assert _chain(site.graph, better, site.goal) > _chain(site.graph, wrong, site.goal) + 0.1


def test_the_same_seed_gives_the_same_walks() -> None:
    site = tree((6, 6), goal=20)
    one, same, other = (walks(site.graph, site.right * 5, (site.goal,), seed=seed) for seed in (4, 4, 5))
    assert np.array_equal(one.trail, same.trail)
    assert not np.array_equal(one.trail, other.trail)


def _share_found(breadths: tuple[int, ...], clear: float, loss: float) -> float:
    """Share that find a leaf, if the right link is *clear* at the leaves and loses *loss* with each level above."""
    found = []
    for goal in (17, 300, 411):
        site = tree(breadths, goal=goal)
        found.append(_agent(site, site.right * np.maximum(clear - loss * site.height, 0.0)))
    return float(np.mean(found))


def test_vague_upper_levels_make_depth_worse_than_breadth() -> None:
    """Larson & Czerwinski 1998: 8 × 8 × 8 does worse than 16 × 32 and 32 × 16, which lead to as many pages.

    Miller & Remington 2004 explain it by labels: the higher, the vaguer.
    """
    deep, broad, broader = (_share_found(breadths, 8.0, 3.5) for breadths in ((8, 8, 8), (16, 32), (32, 16)))
    assert deep < broad - 0.1
    assert deep < broader - 0.1


def test_labels_that_are_clear_on_all_levels_make_up_for_depth() -> None:
    """Miller & Remington 2004: which structure is best depends on how good the labels are."""
    assert _share_found((8, 8, 8), 8.0, 0.0) > _share_found((8, 8, 8), 8.0, 3.5) + 0.3
    assert _share_found((8, 8, 8), 12.0, 0.0) > 0.95


def test_the_vaguer_the_labels_the_worse() -> None:
    for breadths in ((8, 8, 8), (16, 32)):
        site = tree(breadths, goal=300)
        shares = [_agent(site, site.right * clear) for clear in (12.0, 4.0, 1.0)]
        assert shares == sorted(shares, reverse=True)
        assert shares[0] - shares[2] > 0.3


def test_nobody_looks_longer_than_patience_allows() -> None:
    site = tree((40, 40), goal=20)
    found = walks(site.graph, np.zeros(site.graph.links), (site.goal,))
    assert found.seconds.max() <= 120.0
    assert found.views.max() <= 26
