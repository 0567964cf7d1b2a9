"""The analytic engine: an absorbing Markov chain over pages. No chance, so that a difference is the site's.

After Bloodhound's Information Scent Absorption Rate (Chi et al. 2003): the probability of having come to a page that
answers within a number of steps, if each link is followed in proportion to attention × exp(certainty × utility).
Beyond that model, after what people do in Wikispeedia: some overlook the best link of a page and choose among the rest,
and the better that link smells, the fewer give up there (as SNIF-ACT's satisficing has it).
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from auditor.findability.constants import CERTAINTY, FOLD_ATTENTION, GIVE_UP, LATER_ATTENTION, NOTICED, STEPS
from auditor.findability.graph import Flags, Floats, LinkGraph


@dataclass(frozen=True)
class Attention:
    """What the places of links are worth, one entry a link."""

    share: Floats
    """Share of attention, beside the other links of the page."""
    noticed: Floats
    """Probability that somebody who would take the link sees it at all."""


def attention(graph: LinkGraph, opening: float) -> Attention:
    """What each link gets by where it stands: its screen, and what must be opened to see it.

    Args:
        graph: the links.
        opening: share of visitors who open a closed menu.
    """
    deepest = graph.most(graph.fold, 0)
    later = np.maximum(deepest[graph.source] - 1, 1)
    first, second = FOLD_ATTENTION
    by_fold = np.select(
        [graph.fold == 0, graph.fold == 1], [first, np.full(graph.links, second)], LATER_ATTENTION / later
    )
    opened = np.power(opening, graph.reveals)
    return Attention(np.asarray(by_fold * opened), noticed(graph) * opened)


def noticed(graph: LinkGraph) -> Floats:
    """Probability that each link is seen by somebody who would take it, by the screen it begins on."""
    return np.where(graph.fold == 0, *NOTICED)


def absorption(
    graph: LinkGraph, utility: Floats, seen: Attention, targets: Collection[int], start: int, *, steps: int = STEPS
) -> float:
    """Probability of reaching one of *targets* from *start* within *steps* steps.

    A state is a page and the page before it, so that one can go back once. Going back weighs like one link with the
    mean utility of the page before. At each page some give up. Since nobody's share depends on the way further back,
    two numbers a page are enough: who is there now, and who was there one step ago and may come back.

    Args:
        graph: the links.
        utility: of each link for the goal.
        seen: attention that each link gets.
        targets: pages that answer.
        start: page where one begins.
        steps: clicks at the most, going back included.
    """
    goals = np.zeros(graph.pages, dtype=bool)
    goals[list(targets)] = True
    if goals[start]:
        return 1.0
    share, weight, mean = _shares(graph, utility, seen)
    stay = 1 - giving_up(graph, utility)
    source, target = graph.source, graph.target
    arrives = goals[target]
    back = np.where(arrives, 0.0, mean[source] / (weight[target] + mean[source]))
    taken = share * stay[source]
    found_from = np.bincount(source, taken * arrives, graph.pages)
    back_to = np.bincount(source, taken * back * stay[target], graph.pages)
    onward = np.where(arrives, 0.0, taken * (1 - back))
    forth = sparse.csr_matrix((onward, target, graph.offsets), shape=(graph.pages, graph.pages)).T
    before: Floats = np.zeros(graph.pages)
    here: Floats = np.zeros(graph.pages)
    here[start] = 1.0
    found = 0.0
    for _ in range(steps):
        found += float(found_from @ here)
        before, here = here, np.asarray(forth @ here + before * back_to)
    return min(found, 1.0)


def giving_up(graph: LinkGraph, utility: Floats) -> Floats:
    """Share that gives up at each page: the fewer, the greater the *utility* of its best link."""
    best = graph.most(utility, -np.inf)
    at_nothing, per_unit = GIVE_UP
    return np.asarray(1 / (1 + np.exp(per_unit * np.where(np.isfinite(best), best, 0.0) - at_nothing)))


PROSPECT_STEPS = 6


def prospects(graph: LinkGraph, utility: Floats, seen: Attention, targets: Collection[int]) -> Floats:
    """Probability of reaching one of *targets* from each page within `PROSPECT_STEPS` clicks, without going back."""
    goals = list(targets)
    share, _, _ = _shares(graph, utility, seen)
    stay = 1 - giving_up(graph, utility)
    worth: Floats = np.zeros(graph.pages)
    worth[goals] = 1.0
    for _ in range(PROSPECT_STEPS):
        worth = np.asarray(np.bincount(graph.source, share * worth[graph.target], graph.pages) * stay)
        worth[goals] = 1.0
    return worth


def _shares(graph: LinkGraph, promised: Floats, seen: Attention) -> tuple[Floats, Floats, Floats]:
    """Each link's share among its page's; each page's whole weight; the weight of going back to each page.

    The latter two are relative to the best link of the whole graph, so that nothing overflows.
    """
    utility = CERTAINTY * promised
    best = graph.most(utility, -np.inf)
    top = float(utility.max()) if len(utility) else 0.0
    pull = seen.share * np.exp(utility - best[graph.source])
    total = np.bincount(graph.source, pull, graph.pages)
    number = np.bincount(graph.source, minlength=graph.pages)
    mean = np.bincount(graph.source, utility, graph.pages) / np.maximum(number, 1)
    scale = np.where(np.isfinite(best), np.exp(np.maximum(best - top, -300)), 0.0)
    back = np.where(number > 0, np.exp(np.maximum(mean - top, -300)), 1e-300)
    return (
        _chosen(graph, utility == best[graph.source], pull, seen.noticed),
        np.asarray(total * scale),
        np.asarray(back),
    )


def _chosen(graph: LinkGraph, best: Flags, pull: Floats, noticed: Floats) -> Floats:
    """Each link's share among its page's, when some overlook the best one.

    Who notices the best link chooses among all; who does not, among the rest. Only the best link of a page is taken
    so: the others' places count in their *pull*. Where several are best, whichever comes first.
    """
    source = graph.source
    candidates = np.flatnonzero(best)
    page = source[candidates]  # links of one page lie beside each other
    first = candidates[np.concatenate([[True], page[1:] != page[:-1]])[: len(page)]]
    rest = pull.copy()
    rest[first] = 0.0
    left = np.bincount(source, rest, graph.pages)
    total = np.bincount(source, pull, graph.pages)
    sees = np.ones(graph.pages)
    sees[source[first]] = noticed[first]
    sees[left <= 0] = 1.0
    all_links = pull * (sees / np.maximum(total, 1e-300))[source]
    return np.asarray(all_links + rest * ((1 - sees) / np.maximum(left, 1e-300))[source])
