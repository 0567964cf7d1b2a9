"""Simulates visitors on the pages of a run, in a process of its own where that pays.

The simulation takes as long as all else at the end of a run, and needs nothing but the pages' files. So it goes on
beside the judging of the site, on another core, and its memory is given back when it is done. Its process holds no
browser, no database and no lock: it may fork, and nothing is held if it outlives the run for the moment until it sees
that the run is gone.
"""

import os
import pickle
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
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
from auditor.model.findability import Findability
from auditor.model.search import Hit
from auditor.pipeline.artifacts import seen_page
from auditor.pipeline.embedding import embedder

_WORTH = 150
"""Pages from which on there is a process of its own; below, it hardly saves the second that it takes to start."""
_AT_ONCE = 50
"""Pages that one process reads at a time."""
_QUIET = {"OPENBLAS_THREAD_TIMEOUT": "4"}
"""Threads of numpy's library of linear algebra sleep between two calls, and do not wait busily on a core that others
need. Their number stays as it is: the last digits of what they sum up together depend on it."""
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


@contextmanager
def simulating(wanted: Wanted) -> Iterator[Callable[[], Findability]]:
    """Begins to simulate; gives a function that waits for what comes of it.

    If the process that was begun for it does not come to its end, the function does the work itself. On leaving, what
    is still going on is ended.
    """
    if cores() < 2 or len(wanted.urls) < _WORTH or not sys.executable:
        yield partial(simulated, wanted, _on_all_cores)
        return
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as answer:
        pickle.dump((os.getpid(), wanted), told)
        told.seek(0)
        # -P: what lies in the working directory is not imported. A session of its own: Ctrl-C is for the run to answer.
        process = subprocess.Popen(
            (sys.executable, "-P", "-W", "ignore", "-m", "auditor.pipeline.visitors"),
            stdin=told,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_QUIET, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            start_new_session=True,
        )

        def result() -> Findability:
            if process.wait() == 0:
                answer.seek(0)
                with suppress(ValidationError):
                    return _RESULT.validate_json(answer.read())
            return simulated(wanted)

        try:
            yield result
        finally:
            if process.poll() is None:
                _end(process)


def _on_all_cores(work: Callable[[_T], _R], items: Sequence[_T]) -> Sequence[_R]:
    return side_by_side(work, items, cores())


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def _pages(wanted: Wanted, each: Each) -> list[SeenPage]:
    """The pages as they were gathered; links that are the same on many are kept once."""
    shared: dict[SeenLink, SeenLink] = {}
    parts = [wanted.urls[start : start + _AT_ONCE] for start in range(0, len(wanted.urls), _AT_ONCE)]
    return [
        replace(
            seen, links={view: tuple(shared.setdefault(link, link) for link in seen.links[view]) for view in seen.links}
        )
        for part in each(partial(_seen, wanted.folder), parts)
        for seen in part
    ]


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
