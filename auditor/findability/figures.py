"""What simulated walks come to: shares, lostness, and intervals."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from auditor.findability.agent import BACK, ENDED, SEARCHED, Walks
from auditor.findability.graph import Floats, Ints, LinkGraph
from auditor.model.findability import Figures, Interval

RESAMPLES = 2000
"""Resamples of a bootstrap interval."""
_TAIL = 2.5


def figures_of(
    walks: Walks, graph: LinkGraph, distance: Floats, start: int | Ints, wording: int | None = None
) -> Figures:
    """The figures of *walks*, or of those with one *wording*.

    Args:
        walks: what the visitors did.
        graph: the links that they did it on.
        distance: clicks from each page to the goal.
        start: page where they began, the same for all or one for each wording.
        wording: number of the wording; None takes all.
    """
    rows = np.arange(len(walks.found)) if wording is None else np.flatnonzero(walks.wording == wording)
    found = walks.found[rows]
    first = walks.trail[rows, 0]
    clicked = first >= 0
    begun = distance[np.broadcast_to(start, int(walks.wording.max(initial=0)) + 1)[walks.wording]]
    right = distance[graph.target[first[clicked]]] <= begun[rows][clicked]
    winners = rows[found]
    return Figures(
        runs=len(rows),
        found=float(found.mean()) if len(rows) else 0.0,
        direct=float((found & (walks.backs[rows] == 0)).mean()) if len(rows) else 0.0,
        first_click=float(right.mean()) if clicked.any() else None,
        lostness=_mean(lostness(walks.unique[winners], walks.views[winners], begun[winners] + 1)),
        taps=float(np.median(walks.taps[winners])) if len(winners) else None,
        seconds=float(np.median(walks.seconds[winners])) if len(winners) else None,
    )


def _mean(values: Floats) -> float | None:
    finite = values[np.isfinite(values)]
    return float(finite.mean()) if len(finite) else None


def lostness(unique: npt.ArrayLike, visits: npt.ArrayLike, least: npt.ArrayLike) -> Floats:
    """Smith's lostness (1996): √((N/S − 1)² + (R/N − 1)²).

    Args:
        unique: N, different pages visited.
        visits: S, pages visited, again included.
        least: R, pages that the shortest way has, with both ends.
    """
    n, s = np.asarray(unique, dtype=np.float64), np.asarray(visits, dtype=np.float64)
    return np.asarray(np.sqrt((n / s - 1) ** 2 + (np.minimum(least, n) / n - 1) ** 2))


def bootstrap(values: Sequence[float], chance: np.random.Generator, resamples: int = RESAMPLES) -> Interval | None:
    """Mean of *values* with the percentile interval over resampled tasks (Efron); None if there are none."""
    if not values:
        return None
    known = np.asarray(values, dtype=np.float64)
    means = known[chance.integers(0, len(known), (resamples, len(known)))].mean(axis=1)
    low, high = np.percentile(means, [_TAIL, 100 - _TAIL])
    return Interval(value=float(known.mean()), low=float(low), high=float(high))


def usual_trail(walks: Walks, *, found: bool) -> tuple[int, ...]:
    """The way that most of those that found (or did not) took: links, BACK and SEARCHED; the shortest of equals."""
    trails = walks.trail[walks.found == found]
    if not len(trails):
        return ()
    different, number = np.unique(trails, axis=0, return_counts=True)
    order = np.lexsort(((different != ENDED).sum(axis=1), -number))
    return tuple(int(step) for step in different[order[0]] if step != ENDED)


def clicks_per_link(walks: Walks, graph: LinkGraph) -> Floats:
    """How often each link was clicked, by all visitors together."""
    clicked = walks.trail[(walks.trail != BACK) & (walks.trail != ENDED) & (walks.trail != SEARCHED)]
    return np.bincount(clicked, minlength=graph.links).astype(np.float64)
