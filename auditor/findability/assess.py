"""Simulates visitors who look for what an association needs, on each viewport's graph."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from types import MappingProxyType
from typing import Protocol, TypeVar

import numpy as np

from auditor.findability.constants import (
    CERTAINTY,
    GIVE_UP,
    HITS_PER_SCREEN,
    NOTICED,
    OPENING,
    OPENING_BAND,
    STEPS,
    VISITOR,
)
from auditor.findability.figures import bootstrap
from auditor.findability.scent import Weights
from auditor.findability.seen import VIEWPORTS
from auditor.findability.simulation import MIXED_RUNS, ORACLE_RUNS, Planned, Simulation
from auditor.findability.sitegraph import SiteModel
from auditor.model.config import Task
from auditor.model.findability import Findability, Interval, TaskResult, ViewResult
from auditor.model.search import Hit
from auditor.model.vocabulary import Viewport

_T = TypeVar("_T")
_R = TypeVar("_R")


class Each(Protocol):
    """Does some work with each of several items, anywhere and in any order."""

    def __call__(self, work: Callable[[_T], _R], items: Sequence[_T]) -> Sequence[_R]:
        """What *work* gives for each of *items*, in their order."""


RUNS = 300
"""Simulated visitors per wording and viewport."""
FEWEST_PAGES = 5
"""On fewer pages there is nothing to get lost in."""
_NO_ANSWERS: Mapping[str, Sequence[Hit]] = MappingProxyType({})


def in_turn(work: Callable[[_T], _R], items: Sequence[_T]) -> Sequence[_R]:
    """One item after the other."""
    return [work(item) for item in items]


def assess(
    site: SiteModel,
    plan: Sequence[Planned],
    *,
    start: str,
    hub: str = "",
    answers: Mapping[str, Sequence[Hit]] = _NO_ANSWERS,
    seed: int,
    runs: int = RUNS,
    each: Each = in_turn,
) -> Findability:
    """Simulates every task of *plan*.

    Args:
        site: the site's pages, words and graphs.
        plan: the tasks.
        start: canonical address of the start page.
        hub: canonical address of the page for associations; empty if there is none.
        answers: wording → the hits that the site's search gave to it, in their order. A wording that is not there was
            not asked, or its answer was not understood: what comes of searching is then not tested.
        seed: of all chance. Each task has its own, so that one more task changes no other.
        runs: visitors per wording and viewport.
        each: simulates task by task. No task depends on another, so that it may do so anywhere and in any order.
    """
    number = site.number(start)
    if number is None or len(site.pages) < FEWEST_PAGES:
        return Findability(pages=len(site.pages), untested="too-few-pages")
    oracle = site.told()
    hub_page = site.number(hub) if hub else None

    def result(planned: Planned) -> TaskResult:
        return Simulation(site, planned, number, hub_page, oracle, answers, seed, runs).result()

    tasks = tuple(each(result, plan))
    chance = np.random.default_rng(seed)

    def over_tasks(share: Callable[[ViewResult], float | None]) -> dict[Viewport, Interval]:
        intervals = {}
        for view in VIEWPORTS:
            shares = [share(seen) for task in tasks if (seen := task.view(view)) is not None]
            if (interval := bootstrap([one for one in shares if one is not None], chance)) is not None:
                intervals[view] = interval
        return intervals

    return Findability(
        tasks=tasks,
        shares=over_tasks(lambda view: view.navigation.found),
        by_search=over_tasks(lambda view: view.search.found if view.search else None),
        by_either=over_tasks(lambda view: view.either),
        constants=constants(runs, site.scent.weights),
        scent=f"lsa+{site.embedding}" if site.embedding else "lsa",
        pages=len(site.pages),
    )


def constants(runs: int, weights: Weights) -> dict[str, str]:
    """What the simulation takes for granted, by name."""
    told = {field.name: f"{getattr(VISITOR, field.name):g}" for field in fields(VISITOR)}
    told |= {f"weight_{field.name}": f"{getattr(weights, field.name):g}" for field in fields(weights)}
    told |= {f"opening_{view}": f"{share:g}" for view, share in OPENING.items()}
    told |= {f"hits_per_screen_{view}": str(number) for view, number in HITS_PER_SCREEN.items()}
    return told | {
        "opening_band": "–".join(f"{share:g}" for share in OPENING_BAND),
        "certainty": f"{CERTAINTY:g}",
        "give_up_without_scent": f"{1 / (1 + math.exp(-GIVE_UP[0])):.2g}",
        "give_up_per_unit": f"{GIVE_UP[1]:g}",
        "noticed_first_screen": f"{NOTICED[0]:g}",
        "noticed_further_down": f"{NOTICED[1]:g}",
        "steps": str(STEPS),
        "runs": str(runs),
        "runs_mixed": str(min(runs, MIXED_RUNS)),
        "runs_oracle": str(min(runs, ORACLE_RUNS)),
    }


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
