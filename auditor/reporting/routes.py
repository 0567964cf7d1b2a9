"""The way of a simulated visitor as the report draws it: stops, and the fork where the wrong link won."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.model.findability import Change, Choice, Explanation, TaskResult, ViewResult
from auditor.model.report import Crop

MOST_STOPS = 8
"""Stops that are drawn; what comes after is told as a number."""
CHANGES_SHOWN = 2


@dataclass(frozen=True, kw_only=True)
class Branch:
    """One of the two links at a fork."""

    link: Choice
    crop: Crop | None


@dataclass(frozen=True, kw_only=True)
class Fork:
    """Where most went wrong: the link that won, the one that lost, and what would help."""

    wrong: Branch
    right: Branch
    reasons: Sequence[str]
    changes: Sequence[Change]


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One page on the way."""

    page: str
    title: str
    link: str = ""
    """Name of the link that was taken; empty at the end."""
    back: bool = False
    crop: Crop | None = None
    fork: Fork | None = None
    end: str = ""
    """found or lost, at the last stop."""


@dataclass(frozen=True, kw_only=True)
class Route:
    """The most usual way of a task in one viewport."""

    stops: Sequence[Stop]
    further: int
    """Stops that are not drawn."""
    aside: Stop | None
    """The fork, if it lies on another page than the way's."""


def route(task: TaskResult, view: ViewResult, crops: Mapping[str, Crop]) -> Route:
    """The way of *view*, with the fork on the first of its stops that is the page where most went wrong.

    Args:
        task: the task.
        view: its result in one viewport.
        crops: pictures by task, viewport and which.
    """
    key = f"{task.id}:{view.viewport}"
    why = view.explanation
    fork = _fork(why, key, crops) if why else None
    stops = list(_stops(view, key, crops))
    forked = None
    if why and fork:
        number = next((n for n, stop in enumerate(stops) if stop.page == why.page and not stop.back), None)
        if number is None or number >= MOST_STOPS:
            forked = Stop(page=why.page, title=why.title, fork=fork)
        else:
            old = stops[number]
            stops[number] = Stop(page=old.page, title=old.title, link=old.link, fork=fork, end=old.end)
    drawn = stops if len(stops) <= MOST_STOPS + 1 else [*stops[:MOST_STOPS], stops[-1]]
    return Route(stops=drawn, further=len(stops) - len(drawn), aside=forked)


def _stops(view: ViewResult, key: str, crops: Mapping[str, Crop]) -> Iterator[Stop]:
    for number, step in enumerate(view.path):
        last = number == len(view.path) - 1
        yield Stop(
            page=step.page,
            title=step.title,
            link=step.link,
            back=step.back,
            crop=crops.get(f"{key}:{number}"),
            end=("found" if view.path_found else "lost") if last else "",
        )


def _fork(why: Explanation, key: str, crops: Mapping[str, Crop]) -> Fork:
    return Fork(
        wrong=Branch(link=why.wrong, crop=crops.get(f"{key}:wrong")),
        right=Branch(link=why.right, crop=crops.get(f"{key}:right")),
        reasons=why.reasons,
        changes=why.changes[:CHANGES_SHOWN],
    )
