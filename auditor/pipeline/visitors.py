"""Simulates visitors on the pages of a run, in a process of its own where that pays.

The simulation takes as long as all else at the end of a run, and needs nothing but the pages' files. So it goes on
beside the judging of the site, on another core, and its memory is given back when it is done.
"""

import os
import pickle
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from auditor.findability.assess import Each, assess, in_turn
from auditor.findability.seen import SeenLink, SeenPage
from auditor.findability.simulation import Planned
from auditor.findability.sitegraph import SiteModel
from auditor.forked import cores, side_by_side
from auditor.garbage import searched_seldom
from auditor.model.findability import Findability
from auditor.model.search import Hit
from auditor.pipeline.artifacts import seen_page
from auditor.pipeline.embedding import embedder
from auditor.pipeline.visitor_process import VisitorProcess

_AT_ONCE = 50
"""Pages that one process reads at a time."""
_RESULT = TypeAdapter(Findability)
_T = TypeVar("_T")
_R = TypeVar("_R")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is simulated, and on what."""

    folder: Path
    """Of the run."""
    urls: Sequence[str]
    """Canonical addresses of its pages."""
    plan: Sequence[Planned]
    related: Sequence[Sequence[str]]
    start: str
    hub: str
    answers: Mapping[str, Sequence[Hit]]
    seed: int
    runs: int
    embedding: bool


@searched_seldom()
def simulated(wanted: Wanted, each: Each = in_turn) -> Findability:
    """What the visitors come to. Whatever process works it out, and *each* in what order: it is the same."""
    embed = embedder() if wanted.embedding else None
    if embed:  # it has threads of its own, which a fork would share
        each = in_turn
    site = SiteModel(_pages(wanted, each), wanted.related, embed)
    return assess(
        site,
        wanted.plan,
        start=wanted.start,
        hub=wanted.hub,
        answers=wanted.answers,
        seed=wanted.seed,
        runs=wanted.runs,
        each=each,
    )


def simulating(wanted: Wanted, process: VisitorProcess) -> Callable[[], Findability]:
    """Begins to simulate; gives a function that waits for what comes of it.

    If *process*, which does it where that pays, does not come to its end, the function does the work itself.
    """
    if not process.is_worth(len(wanted.urls)):
        return partial(simulated, wanted, _on_all_cores)
    answer = process.ask(wanted)

    def result() -> Findability:
        if told := answer():
            with suppress(ValidationError):
                return _RESULT.validate_json(told)
        return simulated(wanted)

    return result


def _on_all_cores(work: Callable[[_T], _R], items: Sequence[_T]) -> Sequence[_R]:
    return side_by_side(work, items, cores())


def _pages(wanted: Wanted, each: Each) -> Iterator[SeenPage]:
    """The pages as they were gathered; links that are the same on many are kept once."""
    shared: dict[SeenLink, SeenLink] = {}
    parts = [wanted.urls[start : start + _AT_ONCE] for start in range(0, len(wanted.urls), _AT_ONCE)]
    for part in each(partial(_seen, wanted.folder), parts):
        for seen in part:
            links = {view: tuple(shared.setdefault(link, link) for link in seen.links[view]) for view in seen.links}
            yield replace(seen, links=links)


def _seen(folder: Path, urls: Sequence[str]) -> list[SeenPage]:
    return [seen for url in urls if (seen := seen_page(folder, url)) is not None]


def _main() -> None:
    """What the process of its own does: takes what is wanted from stdin, and writes what comes of it to stdout."""
    run, wanted = pickle.load(sys.stdin.buffer)

    def each(work: Callable[[_T], _R], items: Sequence[_T]) -> Sequence[_R]:
        if os.getppid() != run:
            raise SystemExit("the run is gone")
        return _on_all_cores(work, items)

    sys.stdout.buffer.write(_RESULT.dump_json(simulated(wanted, each)))


if __name__ == "__main__":
    _main()
