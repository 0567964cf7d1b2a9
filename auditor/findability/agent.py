"""The explaining engine: many seeded visitors who read links, click the best one when it is good enough, and go back.

Utilities after SNIF-ACT 2 (Fu & Pirolli 2007) as CogTool-Explorer 1.2 has them (Teo, John & Blackmon 2012). After the
n-th link read on a page, with x the scent as perceived (utility above a plain link's, and logistic noise; never below
0.01)::

    read on:  U(n) = (U(n-1) + x_n) / (1 + n)
    click:    U(n) = (U(n-1) + max x) / (1 + n + k)
    go back:  U(n) = mean(scents of the page before) - mean(scents here, with confidence in the link that led here) - 1

The highest acts. Visual groups are looked at in the order of what their heading promises (group first, as in
CogTool-Explorer). A visitor knows the way back and which pages were visited, and has no map.
All visitors of a call walk in step, so that numpy does the work.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from auditor.findability.constants import FOLD_ATTENTION, LATER_ATTENTION, VISITOR, Visitor
from auditor.findability.graph import Flags, Floats, Ints, LinkGraph

BACK = -2
"""In a trail: went back."""
SEARCHED = -3
"""In a trail: turned to the site's search."""
ENDED = -1
"""In a trail: nothing more."""


@dataclass(frozen=True, kw_only=True)
class Walks:
    """What came of the visitors, one entry each."""

    wording: Ints
    """Which wording of the goal each had."""
    found: Flags
    seconds: Floats
    """Model seconds, until found or given up."""
    views: Ints
    """Pages looked at, again included."""
    unique: Ints
    """Different pages looked at."""
    backs: Ints
    taps: Ints
    """Clicks, steps back and openings."""
    trail: Ints
    """Link that was clicked at each step, or BACK, SEARCHED, ENDED."""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Where and how the visitors walk."""

    graph: LinkGraph
    utility: Floats
    """One row a wording of the goal, one column a link."""
    pull: Floats
    """How much each link's group promises as a whole, in the same shape."""
    goals: Collection[int]
    start: Ints
    """Page where each wording begins: the same for all, or its own list of search results."""
    opening: float
    """Share of visitors who open a closed menu on a page."""
    results: Ints | None = None
    """Page with the site's own search results of each wording, if the search may be turned to; -1 where it may not."""
    lists_from: int | None = None
    """Pages from this number on are lists of search results."""
    spent: float = 0.0
    """Model seconds that have gone before the first page is read."""
    visitor: Visitor = VISITOR


def walk(setting: Setting, runs: int, chance: np.random.Generator) -> Walks:
    """Lets *runs* visitors per wording look for the goal.

    Args:
        setting: where and how.
        runs: visitors per wording.
        chance: all their chance; the same seed gives the same walks.
    """
    return _Crowd(setting, runs, chance).walk()


def group_pull(graph: LinkGraph, heading: Floats) -> Floats:
    """What each link's group promises: the utility of its heading, with the attention that its place on the page gets.

    Args:
        graph: the links.
        heading: utility of each link's context for the goal.
    """
    groups = graph.groups
    mean = np.bincount(groups.of, heading) / groups.size
    shares = np.array([*FOLD_ATTENTION, LATER_ATTENTION / 2])
    return np.asarray(mean[groups.of] + np.log(shares[np.minimum(groups.first, 2)])[groups.of])


class _Crowd:
    def __init__(self, setting: Setting, runs: int, chance: np.random.Generator) -> None:
        self._set = setting
        self._graph = setting.graph
        self._chance = chance
        wordings = len(setting.utility)
        number = wordings * runs
        depth = setting.visitor.most_views + 2
        self._wording = np.repeat(np.arange(wordings, dtype=np.int32), runs)
        self._goal = np.zeros(self._graph.pages, dtype=bool)
        self._goal[list(setting.goals)] = True
        self._page: Ints = np.zeros((number, depth), dtype=np.int32)
        self._page[:, 0] = setting.start[self._wording]
        self._depth: Ints = np.zeros(number, dtype=np.int32)
        self._confidence: Floats = np.zeros((number, depth))
        self._trials: Floats = np.zeros((number, depth))
        self._before: Floats = np.full((number, depth), -np.inf)
        self._visited: Flags = np.zeros((number, self._graph.pages), dtype=bool)
        self._visited[np.arange(number), self._page[:, 0]] = True
        self._searched: Flags = np.zeros(number, dtype=bool)
        self._found: Flags = self._goal[self._page[:, 0]]
        self._alive: Flags = ~self._found & (self._graph.links > 0)
        self._seconds: Floats = np.full(number, setting.spent)
        self._views: Ints = np.ones(number, dtype=np.int32)
        self._backs: Ints = np.zeros(number, dtype=np.int32)
        self._taps: Ints = np.zeros(number, dtype=np.int32)
        self._trail: Ints = np.full((number, depth), ENDED, dtype=np.int32)
        # What holds for a link whoever meets it is reckoned once and laid flat: looking it up takes most of the time.
        self._scent: Floats = (setting.visitor.plain_scent + setting.utility).ravel()
        self._pull: Floats = setting.pull.ravel()
        self._opened: Floats = np.power(setting.opening, self._graph.reveals)
        self._row_of_wording = self._wording.astype(np.int64) * self._graph.links

    def walk(self) -> Walks:
        for step in range(self._set.visitor.most_views):
            rows = np.flatnonzero(self._alive).astype(np.int32)
            if not len(rows):
                break
            self._step(step, rows)
        return Walks(
            wording=self._wording,
            found=self._found,
            seconds=np.minimum(self._seconds, self._set.visitor.patience),
            views=self._views,
            unique=self._visited.sum(axis=1).astype(np.int32),
            backs=self._backs,
            taps=self._taps,
            trail=self._trail,
        )

    def _step(self, step: int, rows: Ints) -> None:
        visitor = self._set.visitor
        links, scent, count = self._shown(rows)
        depth = self._depth[rows]
        read = _read(
            scent,
            count,
            self._before[rows, depth],
            self._confidence[rows, depth],
            self._trials[rows, depth],
            self._readiness(self._page[rows, depth]),
            visitor,
        )
        here = np.arange(len(rows))
        chosen = links[here, read.best]
        seconds = read.number * visitor.seconds_per_link
        most = max(int(read.number.max()), 1)
        fold = self._graph.fold.take(links[:, :most])
        deepest = np.where(np.arange(most) < read.number[:, None], fold, 0).max(axis=1)
        self._seconds[rows] += seconds + deepest * visitor.seconds_per_screen
        search = np.zeros(len(rows), dtype=bool)
        if self._set.results is not None:
            can = (self._set.results[self._wording[rows]] >= 0) & ~self._searched[rows]
            lost = ~read.clicked & (depth == 0)
            search = can & ((read.strongest < visitor.search_when_below) | lost)
        click = read.clicked & ~search
        back = ~click & ~search & (depth > 0)
        self._alive[rows[~(click | back | search)]] = False
        self._back(step, rows[back])
        self._click(step, rows[click], chosen[click], read.strongest[click], read.others[click])
        if search.any():
            self._search(step, rows[search], read.others[search])
        late = self._alive & (self._seconds > visitor.patience)
        self._found[self._seconds > visitor.patience] = False
        self._alive[late] = False

    def _readiness(self, page: Ints) -> Floats:
        visitor, lists = self._set.visitor, self._set.lists_from
        among_hits = page >= lists if lists is not None else np.zeros(len(page), dtype=bool)
        return np.where(among_hits, visitor.readiness_hits, visitor.readiness)

    def _shown(self, rows: Ints) -> tuple[Ints, Floats, npt.NDArray[np.int64]]:
        """Links of each visitor's page in the order in which they are looked at, their scent, and how many there are.

        What stands behind the last one of a row is nothing.
        """
        graph = self._graph
        page = self._page[rows, self._depth[rows]]
        first, number = graph.offsets[page], graph.offsets[page + 1] - graph.offsets[page]
        columns = np.arange(max(int(number.max()), 1))
        inside = columns < number[:, None]
        links = np.where(inside, first[:, None] + columns, 0).astype(np.int32)
        group = graph.group.take(links)
        shape = (len(rows), int(group.max()) + 1)
        of_group = group + np.arange(0, shape[0] * shape[1], shape[1])[:, None]
        opened = self._chance.random(shape).take(of_group) < self._opened.take(links)
        met = self._visited.ravel().take(graph.target.take(links) + (rows.astype(np.int64) * graph.pages)[:, None])
        available = inside & opened & ~met
        of_wording = links + self._row_of_wording[rows][:, None]
        scent = self._scent.take(of_wording) + self._chance.logistic(size=links.shape)
        promise = self._pull.take(of_wording) + self._chance.logistic(size=shape).take(of_group)
        order = np.argsort(np.where(available, -promise, np.inf), axis=1, kind="stable")
        count = available.sum(axis=1)
        chosen = order[:, : max(int(count.max()), 1)] + np.arange(0, links.size, links.shape[1])[:, None]
        return links.take(chosen), np.maximum(scent.take(chosen), self._set.visitor.least_scent), count

    def _click(self, step: int, rows: Ints, links: Ints, scent: Floats, others: Floats) -> None:
        graph, visitor = self._graph, self._set.visitor
        self._trail[rows, step] = links
        openings = graph.reveals[links]
        self._seconds[rows] += visitor.seconds_per_click + openings * visitor.seconds_per_opening
        self._taps[rows] += 1 + openings
        self._enter(rows, graph.target[links], scent, others)

    def _search(self, step: int, rows: Ints, others: Floats) -> None:
        assert self._set.results is not None
        self._trail[rows, step] = SEARCHED
        self._searched[rows] = True
        self._seconds[rows] += self._set.visitor.seconds_per_query + self._set.visitor.seconds_per_click
        self._taps[rows] += 1
        strength = np.full(len(rows), self._set.visitor.search_when_below)
        self._enter(rows, self._set.results[self._wording[rows]], strength, others)

    def _enter(self, rows: Ints, pages: Ints, confidence: Floats, before: Floats) -> None:
        self._depth[rows] += 1
        depth = self._depth[rows]
        self._page[rows, depth] = pages
        self._confidence[rows, depth] = confidence
        self._trials[rows, depth] = 1
        self._before[rows, depth] = before
        self._views[rows] += 1
        self._visited[rows, pages] = True
        found = self._goal[pages]
        self._found[rows[found]] = True
        self._alive[rows[found]] = False

    def _back(self, step: int, rows: Ints) -> None:
        visitor = self._set.visitor
        self._trail[rows, step] = BACK
        self._depth[rows] -= 1
        depth = self._depth[rows]
        self._confidence[rows, depth] += visitor.least_scent
        self._trials[rows, depth] += 1
        self._seconds[rows] += visitor.seconds_per_click
        self._views[rows] += 1
        self._backs[rows] += 1
        self._taps[rows] += 1


@dataclass(frozen=True)
class _Reading:
    clicked: Flags
    best: npt.NDArray[np.int64]
    """Column of the strongest link."""
    strongest: Floats
    others: Floats
    """Mean scent of the links that were read, the strongest excluded."""
    number: npt.NDArray[np.int64]
    """Links that were read."""


_BLOCK = 16
"""Links that all read before it is seen who goes on."""


def _read(
    scent: Floats,
    count: npt.NDArray[np.int64],
    before: Floats,
    confidence: Floats,
    trials: Floats,
    readiness: Floats,
    visitor: Visitor,
) -> _Reading:
    """Reads on until an action is better. Each row has *count* links; *readiness* is k of each."""
    rows = len(scent)
    read = _Reading(
        clicked=np.zeros(rows, dtype=bool),
        best=np.zeros(rows, dtype=np.int64),
        strongest=np.zeros(rows),
        others=np.zeros(rows),
        number=np.zeros(rows, dtype=np.int64),
    )
    live = np.flatnonzero(count > 0)
    on, click, most, total = (np.zeros(len(live)) for _ in range(4))
    best = np.zeros(len(live), dtype=np.int64)
    for begin in range(0, int(count.max(initial=0)), _BLOCK):
        x = np.ascontiguousarray(scent[live, begin : begin + _BLOCK].T)
        columns = np.arange(begin, begin + len(x))[:, None]
        x_most = np.maximum.accumulate(np.concatenate([most[None], x]))
        x_best = np.maximum.accumulate(np.concatenate([best[None], np.where(x > x_most[:-1], columns, -1)]))[1:]
        x_most = x_most[1:]
        x_total = np.cumsum(np.concatenate([total[None], x]), axis=0)[1:]
        x_on, x_click = np.empty_like(x), np.empty_like(x)
        k = readiness[live]
        for place in range(len(x)):
            x_on[place] = on = (on + x[place]) / (2 + begin + place)
            x_click[place] = click = (click + x_most[place]) / (2 + begin + place + k)
        go_back = before[live] - (confidence[live] + x_total) / (trials[live] + columns + 1) - visitor.back_cost
        last = count[live] == columns + 1
        clicks = (x_click >= go_back) & (last | (x_click >= x_on))
        ends = clicks | last | (go_back > x_on)
        ended = ends.any(axis=0)
        who = np.flatnonzero(ended)
        at = ends[:, who].argmax(axis=0)
        row = live[who]
        read.clicked[row] = clicks[at, who]
        read.best[row] = x_best[at, who]
        read.strongest[row] = x_most[at, who]
        read.number[row] = begin + at + 1
        read.others[row] = (x_total[at, who] - x_most[at, who]) / np.maximum(begin + at, 1)
        goes_on = ~ended
        live, on, click = live[goes_on], on[goes_on], click[goes_on]
        most, total, best = x_most[-1][goes_on], x_total[-1][goes_on], x_best[-1][goes_on]
        if not len(live):
            break
    return read
