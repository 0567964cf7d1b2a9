"""Simulates visitors who look for what an association needs, on each viewport's graph."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from auditor.findability.agent import BACK, SEARCHED, Setting, Walks, group_pull, walk
from auditor.findability.chain import absorption, attention
from auditor.findability.constants import OPENING, OPENING_BAND, QUIT, STEPS, VISITOR
from auditor.findability.explain import explain
from auditor.findability.figures import bootstrap, figures_of, usual_trail
from auditor.findability.graph import Floats, LinkGraph
from auditor.findability.scent import WEIGHTS, Goal, LabelScent, Scent, features, utilities
from auditor.findability.sitegraph import VIEWPORTS, SiteModel
from auditor.model.config import Task
from auditor.model.findability import Findability, Step, TaskResult, ViewResult
from auditor.model.vocabulary import Viewport

RUNS = 300
"""Simulated visitors per wording and viewport."""
_ORACLE_RUNS = 60
FEWEST_PAGES = 5
"""On fewer pages there is nothing to get lost in."""
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


def assess(
    site: SiteModel,
    plan: Sequence[Planned],
    *,
    start: str,
    hub: str = "",
    seed: int,
    runs: int = RUNS,
    progress: Callable[[str], None] = lambda task: None,
) -> Findability:
    """Simulates every task of *plan*.

    Args:
        site: the site's pages, words and graphs.
        plan: the tasks.
        start: canonical address of the start page.
        hub: canonical address of the page for associations; empty if there is none.
        seed: of all chance. Each task has its own, so that one more task changes no other.
        runs: visitors per wording and viewport.
        progress: told each task's id before it begins.
    """
    number = site.number(start)
    if number is None or len(site.pages) < FEWEST_PAGES:
        return Findability(pages=len(site.pages), untested="too-few-pages")
    oracle = Scent(site.space, site.documents)
    tasks = []
    for planned in plan:
        progress(planned.task.id)
        tasks.append(_Simulation(site, planned, number, site.number(hub) if hub else None, oracle, seed, runs).result())
    chance = np.random.default_rng(seed)
    shares = {}
    for view in VIEWPORTS:
        found = [seen.navigation.found for task in tasks if (seen := task.view(view)) is not None]
        if (interval := bootstrap(found, chance)) is not None:
            shares[view] = interval
    return Findability(tasks=tuple(tasks), shares=shares, constants=constants(runs), pages=len(site.pages))


def constants(runs: int) -> dict[str, str]:
    """What the simulation takes for granted, by name."""
    told = {field.name: f"{getattr(VISITOR, field.name):g}" for field in fields(VISITOR)}
    told |= {f"weight_{field.name}": f"{getattr(WEIGHTS, field.name):g}" for field in fields(WEIGHTS)}
    told |= {f"opening_{view}": f"{share:g}" for view, share in OPENING.items()}
    return told | {
        "opening_band": "–".join(f"{share:g}" for share in OPENING_BAND),
        "quit": f"{QUIT:g}",
        "steps": str(STEPS),
        "runs": str(runs),
    }


def wordings(task: Task) -> tuple[str, ...]:
    """The ways in which somebody may put *task*: its phrasings, or else its question."""
    return tuple(dict.fromkeys(task.phrasings)) or (task.question,)


def goal_of(site: SiteModel, task: Task, wording: str) -> Goal:
    """What somebody looks for who puts *task* as *wording*: their words, and these with the question at length."""
    return Goal(name=site.bag(wording), text=site.bag(f"{wording} . {wording} . {task.question}", related=True))


def rank(site: SiteModel, task: Task) -> list[tuple[float, int]]:
    """Pages that may answer *task*, the likeliest first: likeness of title and text, in words, to all its wordings."""
    said = site.bag(" . ".join((task.question, *task.phrasings)), related=True)
    goal = site.space.lexical([said]).T
    titles = site.space.lexical([site.bag(page.title) for page in site.pages])
    texts = site.space.lexical(site.documents)
    scores = (titles @ goal).toarray().ravel() + (texts @ goal).toarray().ravel()
    return sorted(((float(score), number) for number, score in enumerate(scores)), key=lambda pair: (-pair[0], pair[1]))


class _Simulation:
    def __init__(
        self, site: SiteModel, planned: Planned, start: int, hub: int | None, oracle: Scent, seed: int, runs: int
    ) -> None:
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

    def result(self) -> TaskResult:
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
        labels = [site.scent.of(goal) for goal in self._goals]
        utility = np.array([utilities(features(graph, scent, site.likeness[view])) for scent in labels])
        headings = np.array([_label_utility(scent)[graph.context] for scent in labels])
        distance = graph.distances(targets)
        walks = self._walk(graph, utility, headings, targets, OPENING[view], self._runs)
        perfect = self._oracle_utility(graph, targets)
        ideal = self._walk(graph, perfect, perfect, targets, OPENING[view], _ORACLE_RUNS)
        navigation = figures_of(walks, graph, distance, self._start)

        def reached(opening: float) -> float:
            seen = attention(graph, opening)
            return float(np.mean([absorption(graph, row, seen, targets, self._start) for row in utility]))

        trail = usual_trail(walks, found=bool(walks.found.any()))
        way = distance[self._start]
        return ViewResult(
            viewport=view,
            navigation=navigation,
            wordings={
                wording: figures_of(walks, graph, distance, self._start, number)
                for number, wording in enumerate(self._wordings)
            },
            reached=reached(OPENING[view]),
            opening_band=(reached(OPENING_BAND[0]), reached(OPENING_BAND[1])),
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
            )
            if navigation.found < _EXPLAINED_BELOW or navigation.direct < _STRAIGHT_BELOW
            else None,
        )

    def _walk(
        self, graph: LinkGraph, utility: Floats, headings: Floats, goals: Sequence[int], opening: float, runs: int
    ) -> Walks:
        setting = Setting(
            graph=graph,
            utility=utility,
            pull=np.array([group_pull(graph, heading) for heading in headings]),
            goals=goals,
            start=np.full(len(utility), self._start, dtype=np.int32),
            opening=opening,
        )
        return walk(setting, runs, self._chance)

    def _oracle_utility(self, graph: LinkGraph, targets: Sequence[int]) -> Floats:
        """Utility of links that told what is behind them: the destination's text, and whether it answers."""
        rows = []
        inside = graph.target < len(self._site.pages)
        for goal in self._goals:
            page = _label_utility(self._oracle.of(goal))
            row = np.where(inside, page[np.where(inside, graph.target, 0)], 0.0)
            rows.append(row + _CERTAIN * np.isin(graph.target, targets))
        return np.array(rows)

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


def _label_utility(scent: LabelScent) -> Floats:
    """Utility of labels by their words alone."""
    return np.asarray(
        WEIGHTS.topic * scent.topic
        + WEIGHTS.name * scent.name
        + WEIGHTS.words * scent.words
        + WEIGHTS.same * scent.same
    )


def plan_of(own: Sequence[Task], bank: Sequence[Task], address: Callable[[str], str]) -> tuple[Planned, ...]:
    """The tasks of a run: the site file's own, and those of the bank that it does not name itself.

    Args:
        own: the site file's tasks.
        bank: the built-in tasks.
        address: makes an address of a task's target canonical.
    """
    named = {task.id for task in own}
    mine = [Planned(task=task, own=True, targets=tuple(address(url) for url in task.targets)) for task in own]
    return (*mine, *(Planned(task=task, own=False) for task in bank if task.id not in named))
