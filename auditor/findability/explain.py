"""Why a task is not found: the page where visitors went wrong, the link that won, the one that lost, and what helps."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from auditor.findability.agent import Walks
from auditor.findability.chain import absorption, attention, prospects
from auditor.findability.constants import OPENING
from auditor.findability.figures import clicks_per_link
from auditor.findability.graph import Floats, LinkGraph
from auditor.findability.scent import Goal, alone
from auditor.findability.sitegraph import SiteModel
from auditor.model.findability import Change, Choice, Explanation
from auditor.model.vocabulary import Viewport

WEAK = 2.0
"""A right link whose words lift it less than this above one that says nothing smells weakly; our own bound, in units of
the noise of a choice."""
COMPETING = 0.8
"""A wrong link with this share of the right one's scent competes (Blackmon, Kitajima & Polson's criterion)."""
_BELOW = 2
_LEAST_GAIN = 0.02
_NEAR_BEST = 0.8
"""A link is right if the page behind it is worth at least this share of what the best one is."""


def explain(
    site: SiteModel,
    view: Viewport,
    *,
    walks: Walks,
    utility: Floats,
    goals: Sequence[Goal],
    targets: Sequence[int],
    start: int,
    hub: int,
    wording: str,
    reached: float,
) -> Explanation | None:
    """What cost most, and what would help; None if no way leads to the goal, or nobody went wrong.

    A click is wrong if the page behind it leads to the goal less probably than the page that it was made on; what it
    costs is what the best link of the page would have given more. Only pages that are no worse than the start count:
    behind a wrong turn there are only more of them.

    Args:
        site: the site.
        view: which viewport.
        walks: what the visitors did.
        utility: of each link, a row per wording.
        goals: the wordings' goals, in the same order.
        targets: pages that answer.
        start: page where the visitors began.
        hub: page for associations, or the start page: where a new link could stand.
        wording: words that a new name may take.
        reached: probability that the goal is reached as things are, by `absorption`, the mean of the wordings.
    """
    graph, shown = site.graphs[view], site.shown[view]
    clicks = clicks_per_link(walks, graph)
    mean = utility.mean(axis=0)
    worth = prospects(graph, mean, attention(graph, OPENING[view]), targets)
    onward = worth[graph.target]
    best = graph.most(onward, 0.0)
    astray = (onward < worth[graph.source]) & (worth[graph.source] >= worth[start])
    wrong = np.where(astray, clicks * (best[graph.source] - onward), 0.0)
    lost = np.bincount(graph.source, wrong, graph.pages)
    if not lost.any():
        return None
    page = int(lost.argmax())
    links = np.arange(graph.links)[graph.of(page)]
    winner = int(links[np.argmax(wrong[links])])
    good = links[onward[links] >= _NEAR_BEST * best[page]]
    loser = int(max(good, key=lambda link: (-graph.reveals[link], mean[link])))
    total = max(float(clicks[links].sum()), 1.0)

    def choice(link: int) -> Choice:
        seen = shown[link]
        return Choice(
            name=seen.name,
            leads_to=site.addresses[int(graph.target[link])],
            scent=float(mean[link]),
            share=float(clicks[link] / total),
            selector=seen.selector,
            box=seen.box,
            screen=seen.screen,
            hidden=seen.reveals > 0,
            heading=seen.heading,
        )

    return Explanation(
        page=site.addresses[page],
        title=site.pages[page].title,
        wrong=choice(winner),
        right=choice(loser),
        reasons=tuple(_reasons(site, graph, winner, loser, mean)),
        changes=tuple(_changes(site, view, utility, goals, targets, start, hub, loser, wording, reached)),
    )


def _reasons(site: SiteModel, graph: LinkGraph, wrong: int, right: int, mean: Floats) -> Iterator[str]:
    if graph.reveals[right]:
        yield "hidden"
    if graph.fold[right] >= _BELOW:
        yield "below"
    if not site.scent.vectors[graph.label[right]].any():
        yield "unknown"
    elif mean[right] < WEAK:
        yield "weak"
    if mean[wrong] >= COMPETING * mean[right]:
        yield "competing"


def _changes(
    site: SiteModel,
    view: Viewport,
    utility: Floats,
    goals: Sequence[Goal],
    targets: Sequence[int],
    start: int,
    hub: int,
    link: int,
    wording: str,
    before: float,
) -> list[Change]:
    """What was tried in the model and helps, the best first."""
    graph, opening = site.graphs[view], OPENING[view]
    title = site.pages[targets[0]].title
    next_title = _title(site, int(graph.target[link]))

    def reach(changed: LinkGraph, rows: Floats) -> float:
        seen = attention(changed, opening)
        return float(np.mean([absorption(changed, row, seen, targets, start) for row in rows]))

    page, name = site.addresses[int(graph.source[link])], site.shown[view][link].name
    tried = []
    leads_there = int(graph.target[link]) in targets
    said = wording[:1].upper() + wording[1:] if leads_there else f"{name} – {wording}"
    for new in dict.fromkeys((next_title, said)):
        if new and new.casefold() != name.casefold():
            renamed = utility.copy()
            renamed[:, link] = np.maximum(_utility_of(site, new, goals), renamed[:, link])
            tried.append(
                Change(kind="rename", page=page, link=name, name=new, before=before, after=reach(graph, renamed))
            )
    if graph.reveals[link]:
        opened = graph.reveals.copy()
        same = (graph.source == graph.source[link]) & (graph.group == graph.group[link])
        opened[same] = 0
        after = reach(replace(graph, reveals=opened), utility)
        tried.append(Change(kind="open", page=page, link=name, name=name, before=before, after=after))
    if hub not in targets and not np.isin(graph.target[graph.of(hub)], targets).any() and title:
        more, rows = _with_link(graph, utility, hub, targets[0], _utility_of(site, title, goals))
        after = reach(more, rows)
        tried.append(Change(kind="link", page=site.addresses[hub], link=title, name=title, before=before, after=after))
    helps = [change for change in tried if change.after >= before + _LEAST_GAIN]
    return sorted(helps, key=lambda change: -change.after)


def _title(site: SiteModel, page: int) -> str:
    return site.pages[page].title if page < len(site.pages) else ""


def _utility_of(site: SiteModel, name: str, goals: Sequence[Goal]) -> Floats:
    """Utility that a link called *name* would have, per goal."""
    scent = site.scent_of([name])
    return np.array([alone(scent.of(goal), scent.weights)[0] for goal in goals])


def _with_link(graph: LinkGraph, utility: Floats, page: int, target: int, value: Floats) -> tuple[LinkGraph, Floats]:
    """*graph* and *utility* with one more link, the first of *page*, on its first screen."""
    place = int(graph.offsets[page])
    offsets = graph.offsets.copy()
    offsets[page + 1 :] += 1
    more = replace(
        graph,
        offsets=offsets,
        target=np.insert(graph.target, place, target),
        label=np.insert(graph.label, place, graph.title[target]),
        context=np.insert(graph.context, place, graph.title[target]),
        fold=np.insert(graph.fold, place, 0),
        group=np.insert(graph.group, place, 0),
        reveals=np.insert(graph.reveals, place, 0),
        early=np.insert(graph.early, place, 0.0),
    )
    return more, np.insert(utility, place, value, axis=1)
