"""The analytic engine: an absorbing Markov chain over pages. No chance, so that a difference is the site's.

After Bloodhound's Information Scent Absorption Rate (Chi et al. 2003): the probability of having come to a page that
answers within a number of steps, if each link is followed in proportion to attention × exp(certainty × utility).
"""

from collections.abc import Collection

import numpy as np

from auditor.findability.constants import CERTAINTY, FOLD_ATTENTION, LATER_ATTENTION, QUIT, STEPS
from auditor.findability.graph import Floats, LinkGraph


def attention(graph: LinkGraph, opening: float) -> Floats:
    """Share of attention that each link gets by where it stands: its screen, and what must be opened to see it.

    Args:
        graph: the links.
        opening: share of visitors who open a closed menu.
    """
    deepest = np.zeros(graph.pages, dtype=np.int64)
    np.maximum.at(deepest, graph.source, graph.fold)
    later = np.maximum(deepest[graph.source] - 1, 1)
    first, second = FOLD_ATTENTION
    by_fold = np.select(
        [graph.fold == 0, graph.fold == 1], [first, np.full(graph.links, second)], LATER_ATTENTION / later
    )
    return np.asarray(by_fold * np.power(opening, graph.reveals))


def absorption(
    graph: LinkGraph,
    utility: Floats,
    seen: Floats,
    targets: Collection[int],
    start: int,
    *,
    steps: int = STEPS,
    give_up: float = QUIT,
) -> float:
    """Probability of reaching one of *targets* from *start* within *steps* steps.

    A state is a page and the page before it, so that one can go back once. Going back weighs like one link with the
    mean utility of the page before.

    Args:
        graph: the links.
        utility: of each link for the goal.
        seen: attention that each link gets.
        targets: pages that answer.
        start: page where one begins.
        steps: clicks at the most, going back included.
        give_up: share that stops at each step.
    """
    goals = np.zeros(graph.pages, dtype=bool)
    goals[list(targets)] = True
    if goals[start]:
        return 1.0
    share, weight, mean = _shares(graph, utility, seen)
    source, target = graph.source, graph.target
    arrived = goals[target]
    back = mean[source] / (weight[target] + mean[source])
    fresh: Floats = np.zeros(graph.pages)
    fresh[start] = 1.0
    came: Floats = np.zeros(graph.links)
    found = 0.0
    for _ in range(steps):
        onward = np.bincount(target, came * (1 - back), graph.pages) + fresh
        fresh = np.asarray(np.bincount(source, came * back, graph.pages) * (1 - give_up))
        came = np.asarray(onward[source] * share * (1 - give_up))
        found += float(came[arrived].sum())
        came[arrived] = 0.0
    return min(found, 1.0)


PROSPECT_STEPS = 6


def prospects(graph: LinkGraph, utility: Floats, seen: Floats, targets: Collection[int]) -> Floats:
    """Probability of reaching one of *targets* from each page within `PROSPECT_STEPS` clicks, without going back."""
    goals = list(targets)
    share, _, _ = _shares(graph, utility, seen)
    worth: Floats = np.zeros(graph.pages)
    worth[goals] = 1.0
    for _ in range(PROSPECT_STEPS):
        worth = np.asarray(np.bincount(graph.source, share * worth[graph.target], graph.pages) * (1 - QUIT))
        worth[goals] = 1.0
    return worth


def _shares(graph: LinkGraph, promised: Floats, seen: Floats) -> tuple[Floats, Floats, Floats]:
    """Each link's share among its page's; each page's whole weight; the weight of going back to each page.

    The latter two are relative to the best link of the whole graph, so that nothing overflows.
    """
    utility = CERTAINTY * promised
    best = np.full(graph.pages, -np.inf)
    np.maximum.at(best, graph.source, utility)
    top = float(utility.max()) if len(utility) else 0.0
    pull = seen * np.exp(utility - best[graph.source])
    total = np.bincount(graph.source, pull, graph.pages)
    share = pull / np.maximum(total[graph.source], 1e-300)
    number = np.bincount(graph.source, minlength=graph.pages)
    mean = np.bincount(graph.source, utility, graph.pages) / np.maximum(number, 1)
    scale = np.where(np.isfinite(best), np.exp(np.maximum(best - top, -300)), 0.0)
    back = np.where(number > 0, np.exp(np.maximum(mean - top, -300)), 1e-300)
    return np.asarray(share), np.asarray(total * scale), np.asarray(back)
