"""One task, simulated in each viewport: by the links, by the site's search, and with perfect labels."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

import numpy as np

from auditor.findability.agent import BACK, SEARCHED, Setting, group_pull, walk
from auditor.findability.chain import absorption, attention
from auditor.findability.constants import OPENING, OPENING_BAND
from auditor.findability.explain import explain
from auditor.findability.figures import figures_of, usual_trail
from auditor.findability.graph import Floats, LinkGraph
from auditor.findability.results import answered
from auditor.findability.scent import Goal, LabelScent, Scent, features, label_utility, utilities
from auditor.findability.seen import VIEWPORTS
from auditor.findability.sitegraph import SiteModel
from auditor.model.config import Task
from auditor.model.findability import Step, TaskResult, ViewResult
from auditor.model.search import Hit
from auditor.model.vocabulary import Viewport

ORACLE_RUNS = 60
"""Simulated visitors per wording in the pass with perfect labels."""
MIXED_RUNS = 100
"""Simulated visitors per wording who use both links and search."""
_CERTAIN = 10.0
"""Utility of a link that is known to lead to the answer, in the pass with perfect labels."""
_EXPLAINED_BELOW, _STRAIGHT_BELOW = 0.9, 0.5
"""Tasks that fewer find, or find without going back, are explained."""
_SHARE_OF_BEST, _MOST_TARGETS, _LEAST_LIKENESS = 0.9, 3, 0.2


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A task to be simulated."""

    task: Task
    own: bool
    """From the site file; else from the built-in tasks."""
    targets: tuple[str, ...] = ()
    """Canonical addresses that the site file names."""


def wordings(task: Task) -> tuple[str, ...]:
    """The ways in which somebody may put *task*: its phrasings, or else its question."""
    return tuple(dict.fromkeys(task.phrasings)) or (task.question,)


def goal_of(site: SiteModel, task: Task, wording: str) -> Goal:
    """What somebody looks for who puts *task* as *wording*: their words, and these with the question at length."""
    text = site.bag(f"{wording} . {wording} . {task.question}", related=True)
    return Goal(name=site.bag(wording), text=text, said=wording)


def rank(site: SiteModel, task: Task) -> list[tuple[float, int]]:
    """Pages that may answer *task*, the likeliest first: likeness of title and text, in words, to all its wordings."""
    said = site.bag(" . ".join((task.question, *task.phrasings)), related=True)
    goal = site.space.lexical([said]).T
    scores = (site.titles @ goal).toarray().ravel() + (site.texts @ goal).toarray().ravel()
    return sorted(((float(score), number) for number, score in enumerate(scores)), key=lambda pair: (-pair[0], pair[1]))


class Simulation:
    """Visitors who look for one task's answer."""

    def __init__(
        self,
        site: SiteModel,
        planned: Planned,
        start: int,
        hub: int | None,
        oracle: Scent,
        answers: Mapping[str, Sequence[Hit]],
        seed: int,
        runs: int,
    ) -> None:
        """Sets the task up.

        Args:
            site: the site.
            planned: the task.
            start: number of the start page.
            hub: number of the page for associations, if there is one.
            oracle: the pages' texts as labels, for the pass with perfect labels.
            answers: wording → hits of the site's search.
            seed: of all chance.
            runs: visitors per wording and viewport.
        """
        self._site = site
        self._planned = planned
        self._task = planned.task
        self._start = start
        self._hub = start if hub is None else hub
        self._oracle = oracle
        self._runs = runs
        self._chance = np.random.default_rng([seed, *planned.task.id.encode()])
        self._wordings = wordings(self._task)
        self._goals = [goal_of(site, self._task, wording) for wording in self._wordings]
        self._answers = [answers.get(wording) for wording in self._wordings]

    @cached_property
    def _scents(self) -> list[LabelScent]:
        return [self._site.scent.of(goal) for goal in self._goals]

    @cached_property
    def _told(self) -> list[Floats]:
        """What the pages' own texts promise, a row a wording: the utility of links that told what is behind them."""
        return [label_utility(self._oracle.of(goal), self._oracle.weights) for goal in self._goals]

    def result(self) -> TaskResult:
        """What they found."""
        named = bool(self._planned.targets)
        known = [self._site.number(url) for url in self._planned.targets] if named else self._ranked()
        targets = [number for number in known if number is not None and number < len(self._site.pages)]
        result = TaskResult(
            id=self._task.id,
            question=self._task.question,
            targets=tuple(self._site.addresses[number] for number in targets) or self._planned.targets,
            confirmed=named and self._task.confirmed,
            own=self._planned.own,
        )
        if not targets:
            return replace(result, untested="target-not-gathered" if named else "no-target")
        return replace(result, views=tuple(self._view(view, targets) for view in VIEWPORTS if self._shows(view)))

    def _ranked(self) -> list[int]:
        ranked = [pair for pair in rank(self._site, self._task)[:_MOST_TARGETS] if pair[0] >= _LEAST_LIKENESS]
        return [number for score, number in ranked if score >= _SHARE_OF_BEST * ranked[0][0]]

    def _shows(self, view: Viewport) -> bool:
        return self._site.graphs[view].of(self._start) != slice(0, 0) and bool(self._site.graphs[view].links)

    def _view(self, view: Viewport, targets: Sequence[int]) -> ViewResult:
        site, graph = self._site, self._site.graphs[view]
        utility = np.array(
            [utilities(features(graph, scent, site.likeness[view]), site.scent.weights) for scent in self._scents]
        )
        headings = np.array([label_utility(scent, site.scent.weights)[graph.context] for scent in self._scents])
        distance = graph.distances(targets)
        setting = self._setting(graph, utility, headings, targets, OPENING[view])
        walks = walk(setting, self._runs, self._chance)
        perfect = self._oracle_utility(graph, targets)
        clear = self._setting(graph, perfect, perfect, targets, OPENING[view])
        ideal = walk(clear, min(self._runs, ORACLE_RUNS), self._chance)
        navigation = figures_of(walks, graph, distance, self._start)

        @cache
        def reached(opening: float) -> float:
            seen = attention(graph, opening)
            return float(np.mean([absorption(graph, row, seen, targets, self._start) for row in utility]))

        usually, *band = (reached(opening if graph.has_menus else 1.0) for opening in (OPENING[view], *OPENING_BAND))
        trail = usual_trail(walks, found=bool(walks.found.any()))
        way = distance[self._start]
        by_wording = [figures_of(walks, graph, distance, self._start, number) for number in range(len(self._wordings))]
        result = ViewResult(
            viewport=view,
            navigation=navigation,
            wordings=dict(zip(self._wordings, by_wording, strict=True)),
            reached=usually,
            opening_band=(band[0], band[1]),
            shortest=int(way) if np.isfinite(way) else None,
            label_gap=max(0.0, float(ideal.found.mean()) - navigation.found),
            structure_gap=1.0 - float(ideal.found.mean()),
            path=tuple(self._steps(view, trail)),
            path_found=bool(walks.found.any()),
            explanation=explain(
                site,
                view,
                walks=walks,
                utility=utility,
                goals=self._goals,
                targets=targets,
                start=self._start,
                hub=self._hub,
                wording=self._wordings[0],
                reached=usually,
            )
            if navigation.found < _EXPLAINED_BELOW or navigation.direct < _STRAIGHT_BELOW
            else None,
        )
        return answered(
            result,
            setting,
            site=site,
            goals=self._goals,
            lists=self._answers,
            by_links=[one.found for one in by_wording],
            runs=(self._runs, min(self._runs, MIXED_RUNS)),
            chance=self._chance,
        )

    def _setting(
        self, graph: LinkGraph, utility: Floats, headings: Floats, goals: Sequence[int], opening: float
    ) -> Setting:
        return Setting(
            graph=graph,
            utility=utility,
            pull=np.array([group_pull(graph, heading) for heading in headings]),
            goals=goals,
            start=np.full(len(utility), self._start, dtype=np.int32),
            opening=opening,
        )

    def _oracle_utility(self, graph: LinkGraph, targets: Sequence[int]) -> Floats:
        """Utility of links that told what is behind them: the destination's text, and whether it answers."""
        inside = graph.target < len(self._site.pages)
        answers = _CERTAIN * np.isin(graph.target, targets)
        return np.array(
            [np.where(inside, page[np.where(inside, graph.target, 0)], 0.0) + answers for page in self._told]
        )

    def _steps(self, view: Viewport, trail: Iterable[int]) -> Iterable[Step]:
        graph, shown = self._site.graphs[view], self._site.shown[view]
        pages = [self._start]
        for step in trail:
            if step == SEARCHED:
                break
            if step == BACK:
                yield Step(page=self._site.addresses[pages[-1]], title=self._title(pages[-1]), back=True)
                pages.pop()
                continue
            link = shown[step]
            yield Step(
                page=self._site.addresses[pages[-1]],
                title=self._title(pages[-1]),
                link=link.name,
                selector=link.selector,
                box=link.box,
            )
            pages.append(int(graph.target[step]))
        yield Step(page=self._site.addresses[pages[-1]], title=self._title(pages[-1]))

    def _title(self, number: int) -> str:
        return self._site.pages[number].title if number < len(self._site.pages) else ""
