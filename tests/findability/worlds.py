"""Small sites made of numbers: trees with known labels, for tests of the engines."""

from dataclasses import dataclass, replace

import numpy as np

from auditor.findability.agent import Setting, Walks, group_pull, walk
from auditor.findability.graph import Floats, LinkGraph, plain_graph


@dataclass(frozen=True)
class Tree:
    """A site whose pages branch evenly; the goal is one leaf."""

    graph: LinkGraph
    goal: int
    right: Floats
    """1 for links on the way to the goal, 0 for others."""
    height: Floats
    """How many levels lie below the page that each link leads to."""


def tree(breadths: tuple[int, ...], goal: int = 0) -> Tree:
    """A tree with *breadths* links on each level; *goal* numbers its leaf. Every page's name is its number."""
    levels: list[list[int]] = [[0]]
    targets: list[list[int]] = [[]]
    parent = {0: -1}
    for breadth in breadths:
        level = []
        for page in levels[-1]:
            for _ in range(breadth):
                child = len(targets)
                targets.append([])
                targets[page].append(child)
                parent[child] = page
                level.append(child)
        levels.append(level)
    leaf = levels[-1][goal]
    way = {leaf}
    while parent[min(way)] > 0:
        way.add(parent[min(way)])
    graph = plain_graph(targets, targets, range(len(targets)))
    level_of = {page: level for level, pages in enumerate(levels) for page in pages}
    flat = [target for page in targets for target in page]
    return Tree(
        graph,
        leaf,
        np.array([float(target in way) for target in flat]),
        np.array([float(len(breadths) - level_of[target]) for target in flat]),
    )


def walks(
    graph: LinkGraph, utility: Floats, goals: tuple[int, ...], *, runs: int = 300, seed: int = 1, opening: float = 0.5
) -> Walks:
    """Walks of *runs* visitors from page 0."""
    rows = np.atleast_2d(utility)
    pull = np.array([group_pull(graph, row * 0) for row in rows])
    start = np.zeros(len(rows), dtype=np.int32)
    setting = Setting(graph=graph, utility=rows, pull=pull, goals=goals, start=start, opening=opening)
    return walk(setting, runs, np.random.default_rng(seed))


def with_link(graph: LinkGraph, page: int, target: int) -> LinkGraph:
    """*graph* with one more link, last on *page*, labelled by the target's number."""
    place = int(graph.offsets[page + 1])
    offsets = graph.offsets.copy()
    offsets[page + 1 :] += 1

    def put(values: np.ndarray, value: float) -> np.ndarray:
        return np.insert(values, place, value)

    return replace(
        graph,
        offsets=offsets,
        target=put(graph.target, target),
        label=put(graph.label, target),
        context=put(graph.context, target),
        fold=put(graph.fold, 0),
        group=put(graph.group, 0),
        reveals=put(graph.reveals, 0),
        early=put(graph.early, 0),
    )
