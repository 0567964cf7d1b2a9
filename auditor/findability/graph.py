"""The links that a viewport shows, as arrays: what both engines walk on.

Links of one page lie beside each other, in reading order. Names and contexts are numbers of labels: most links of a
site say the same as others, so a label's scent is reckoned once for a goal.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.csgraph import dijkstra

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
_N = TypeVar("_N", np.int32, np.float64)


@dataclass(frozen=True)
class Groups:
    """The visual groups of all pages."""

    of: npt.NDArray[np.int64]
    """Group that each link stands in."""
    size: npt.NDArray[np.int64]
    """How many links each has."""
    first: npt.NDArray[np.int64]
    """The first screen on which each has a link."""


@dataclass(frozen=True, kw_only=True)
class LinkGraph:
    """One viewport's links."""

    offsets: Ints
    """Links of page p are those from offsets[p] up to, not including, offsets[p + 1]."""
    target: Ints
    """Page that each link leads to. A page that was not looked at, or lies outside the site, has no links."""
    label: Ints
    """Number of each link's name."""
    context: Ints
    """Number of the label that stands around or above it: a heading, a teaser."""
    title: Ints
    """Number of the label that each page calls itself by."""
    fold: Ints
    """Which screen each link begins on, 0 for the first."""
    group: Ints
    """Number of the visual group on its page that each link stands in, in reading order."""
    reveals: Ints
    """How many menus or accordions must be opened to see it."""
    early: Floats
    """1 for links in the page's own first text, 0 for others."""
    spread: Floats
    """On how many pages each label stands."""

    @property
    def pages(self) -> int:
        """Number of pages."""
        return len(self.offsets) - 1

    @property
    def links(self) -> int:
        """Number of links."""
        return len(self.target)

    @cached_property
    def has_menus(self) -> bool:
        """Whether any link stands in what must be opened first."""
        return bool(self.reveals.any())

    @cached_property
    def source(self) -> Ints:
        """Page that each link stands on."""
        return np.repeat(np.arange(self.pages, dtype=np.int32), np.diff(self.offsets))

    @cached_property
    def groups(self) -> Groups:
        """The groups in which the links stand."""
        key = self.source.astype(np.int64) * (int(self.group.max(initial=0)) + 1) + self.group
        _, of = np.unique(key, return_inverse=True)
        size = np.bincount(of)
        first = np.full(len(size), np.iinfo(np.int32).max, dtype=np.int64)
        np.minimum.at(first, of, self.fold)
        return Groups(of, size, first)

    @cached_property
    def _with_links(self) -> Ints:
        """Pages that have links."""
        return np.flatnonzero(np.diff(self.offsets)).astype(np.int32)

    def most(self, values: npt.NDArray[_N], nothing: float) -> npt.NDArray[_N]:
        """The greatest of the *values* of each page's links, one a link; *nothing* for a page without links."""
        best = np.full(self.pages, nothing, dtype=values.dtype)
        if self.links:
            best[self._with_links] = np.maximum.reduceat(values, self.offsets[self._with_links])
        return best

    def distances(self, goals: Collection[int]) -> Floats:
        """Clicks from each page to the nearest of *goals*; infinity where no way leads."""
        ones = np.ones(self.links)
        backwards = sparse.csr_matrix((ones, (self.target, self.source)), shape=(self.pages, self.pages))
        known = [goal for goal in goals if 0 <= goal < self.pages]
        if not known:
            return np.full(self.pages, np.inf)
        return np.asarray(dijkstra(backwards, unweighted=True, indices=known, min_only=True), dtype=np.float64)

    def of(self, page: int) -> slice:
        """The links of *page*."""
        return slice(int(self.offsets[page]), int(self.offsets[page + 1]))


def plain_graph(
    targets: Sequence[Sequence[int]],
    labels: Sequence[Sequence[int]],
    titles: Sequence[int],
    *,
    contexts: Sequence[Sequence[int]] | None = None,
    folds: Sequence[Sequence[int]] | None = None,
    groups: Sequence[Sequence[int]] | None = None,
    reveals: Sequence[Sequence[int]] | None = None,
    early: Sequence[Sequence[float]] | None = None,
) -> LinkGraph:
    """A graph from lists, one inner list a page; what is left out is 0 (context: the label itself)."""
    sizes = [len(page) for page in targets]

    def flat(lists: Sequence[Sequence[float]] | None, kind: type) -> npt.NDArray[np.generic]:
        if lists is None:
            return np.zeros(sum(sizes), dtype=kind)
        return np.array([value for page in lists for value in page], dtype=kind)

    label = flat(labels, np.int32).astype(np.int32)
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    most = int(max([*label.tolist(), *titles, *(c for page in contexts or () for c in page), -1])) + 1
    pairs = np.unique(np.repeat(np.arange(len(sizes)), sizes) * np.int64(max(most, 1)) + label)
    return LinkGraph(
        offsets=offsets,
        target=flat(targets, np.int32).astype(np.int32),
        label=label,
        context=flat(contexts, np.int32).astype(np.int32) if contexts is not None else label,
        title=np.array(titles, dtype=np.int32),
        fold=flat(folds, np.int32).astype(np.int32),
        group=flat(groups, np.int32).astype(np.int32),
        reveals=flat(reveals, np.int32).astype(np.int32),
        early=flat(early, np.float64).astype(np.float64),
        spread=np.bincount(pairs % max(most, 1), minlength=most).astype(np.float64),
    )
