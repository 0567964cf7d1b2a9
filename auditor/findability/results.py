"""The site's own lists of search results, as pages that simulated visitors meet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from auditor.findability.agent import Setting, walk
from auditor.findability.constants import HITS_PER_SCREEN
from auditor.findability.figures import figures_of
from auditor.findability.graph import Floats, Ints, LinkGraph
from auditor.findability.scent import CONTEXT_SHARE, Goal, alone
from auditor.findability.sitegraph import SiteModel
from auditor.model.findability import ViewResult
from auditor.model.search import Hit
from auditor.model.vocabulary import Viewport

MOST_HITS = 30
"""Hits of a list that are kept: nobody has read further within two minutes."""
_TEXT = 400
"""Characters of what a list says of a hit that are read."""


@dataclass(frozen=True, kw_only=True)
class Results:
    """Lists of results beside a graph of links: one page more for each wording."""

    graph: LinkGraph
    utility: Floats
    """A row per wording, a column per link."""
    page: Ints
    """Page with each wording's list; -1 where the search was not asked, or its answer was not understood."""


def beside(
    site: SiteModel,
    graph: LinkGraph,
    utility: Floats,
    goals: Sequence[Goal],
    lists: Sequence[Sequence[Hit] | None],
    view: Viewport,
) -> Results:
    """*graph* with the *lists* as further pages.

    Args:
        site: the site, which tells what pages the hits lead to.
        graph: the links that visitors may also use; without any, all they have is the lists.
        utility: of each of its links, a row per wording.
        goals: the wordings' goals.
        lists: the hits of each wording in their order; None if there is no answer.
        view: where the lists are read.
    """
    numbers: dict[str, int] = {}
    first = graph.pages + len(lists)
    targets: list[list[int]] = []
    for hits in lists:
        shown = [site.number(hit.url) for hit in (hits or ())[:MOST_HITS]]
        known = [number if number is not None and number < graph.pages else None for number in shown]
        targets.append(
            [
                number if number is not None else numbers.setdefault(hit.url, first + len(numbers))
                for number, hit in zip(known, (hits or ())[:MOST_HITS], strict=True)
            ]
        )
    sizes = [*map(len, targets), *[0] * len(numbers)]
    folds = [place // HITS_PER_SCREEN[view] for hits in targets for place in range(len(hits))]
    scents = [hit_utilities(site, goal, hits or ()) for goal, hits in zip(goals, lists, strict=True)]
    number = sum(sizes)
    rows = np.zeros((len(lists), number))
    begin = 0
    for row, scent in enumerate(scents):
        rows[row, begin : begin + len(scent)] = scent
        begin += len(scent)

    def longer(values: Ints, more: Sequence[int] | int) -> Ints:
        return np.concatenate([values, np.broadcast_to(np.array(more, dtype=np.int32), number)]).astype(np.int32)

    return Results(
        graph=replace(
            graph,
            offsets=np.concatenate([graph.offsets, graph.links + np.cumsum(sizes)]).astype(np.int32),
            target=longer(graph.target, [target for hits in targets for target in hits]),
            label=longer(graph.label, 0),
            context=longer(graph.context, 0),
            title=np.concatenate([graph.title, np.zeros(len(sizes))]).astype(np.int32),
            fold=longer(graph.fold, folds),
            group=longer(graph.group, 0),
            reveals=longer(graph.reveals, 0),
            early=np.concatenate([graph.early, np.zeros(number)]),
        ),
        utility=np.concatenate([utility, rows], axis=1),
        page=np.array(
            [graph.pages + place if hits is not None else -1 for place, hits in enumerate(lists)], dtype=np.int32
        ),
    )


def without_links(graph: LinkGraph) -> LinkGraph:
    """The pages of *graph* with nothing to click on: what is left to somebody who only searches."""
    none = np.zeros(0, dtype=np.int32)
    return replace(
        graph,
        offsets=np.zeros_like(graph.offsets),
        target=none,
        label=none,
        context=none,
        fold=none,
        group=none,
        reveals=none,
        early=np.zeros(0),
    )


def hit_utilities(site: SiteModel, goal: Goal, hits: Sequence[Hit]) -> Floats:
    """What the words of each hit promise for *goal*: its title, and, as a context, what is said of it."""
    shown = hits[:MOST_HITS]
    if not shown:
        return np.zeros(0)
    titles = site.scent_of([hit.title for hit in shown])
    texts = site.scent_of([_said(hit) for hit in shown])
    own, around = alone(titles.of(goal), titles.weights), alone(texts.of(goal), texts.weights)
    said = np.array([bool(_said(hit)) for hit in shown])
    return np.where(said, (own + CONTEXT_SHARE * around) / (1 + CONTEXT_SHARE), own)


def _said(hit: Hit) -> str:
    """What a list says of *hit* besides its title."""
    text = hit.text.strip()
    return text.removeprefix(hit.title).strip()[:_TEXT]


def answered(
    result: ViewResult,
    setting: Setting,
    *,
    site: SiteModel,
    goals: Sequence[Goal],
    lists: Sequence[Sequence[Hit] | None],
    by_links: Sequence[float],
    runs: tuple[int, int],
    chance: np.random.Generator,
) -> ViewResult:
    """*result* with what comes of the site's search: alone, beside the links, and by either.

    Args:
        result: what came of the links, in one viewport.
        setting: where and how that was tried.
        site: the site.
        goals: the wordings' goals.
        lists: the hits of each wording; None if there is no answer, which is then not counted at all.
        by_links: share of each wording's visitors who find by the links.
        runs: visitors per wording who only search, and who do both.
        chance: all their chance.
    """
    asked = [number for number, hits in enumerate(lists) if hits is not None]
    if not asked:
        return result
    wanted, known = [goals[number] for number in asked], [lists[number] for number in asked]
    graph, utility, view = setting.graph, setting.utility[asked], result.viewport
    alone = beside(site, without_links(graph), utility[:, :0], wanted, known, view)
    both = beside(site, graph, utility, wanted, known, view)
    pull = np.zeros((len(asked), both.graph.links))
    pull[:, : graph.links] = setting.pull[asked]
    visitor = setting.visitor
    searching = replace(
        setting,
        graph=alone.graph,
        utility=alone.utility,
        pull=np.zeros_like(alone.utility),
        start=alone.page,
        lists_from=graph.pages,
        spent=visitor.seconds_per_query + visitor.seconds_per_click,
    )
    mixing = replace(
        setting,
        graph=both.graph,
        utility=both.utility,
        pull=pull,
        start=setting.start[asked],
        lists_from=graph.pages,
        results=both.page,
    )
    search, mixed = walk(searching, runs[0], chance), walk(mixing, runs[1], chance)
    way = alone.graph.distances(setting.goals)
    by_search = [figures_of(search, alone.graph, way, alone.page, place).found for place in range(len(asked))]
    either = [1 - (1 - by_links[number]) * (1 - share) for number, share in zip(asked, by_search, strict=True)]
    return replace(
        result,
        search=figures_of(search, alone.graph, way, alone.page),
        mixed=figures_of(mixed, both.graph, both.graph.distances(setting.goals), mixing.start),
        either=float(np.mean(either)),
        searched=len(asked),
    )
