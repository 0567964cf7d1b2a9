"""Simulates visitors on the pages that a run gathered, and keeps what they came to with the run."""

from collections.abc import Callable
from pathlib import Path

from pydantic import TypeAdapter

from auditor.catalogue.tasks import read_related, read_tasks
from auditor.content import content
from auditor.derive.urls import canonical
from auditor.findability.assess import plan_of
from auditor.model.config import SiteConfig
from auditor.model.findability import Findability, TaskResult
from auditor.model.search import Hit
from auditor.pipeline.answers import kept_answers
from auditor.pipeline.artifacts import Packed
from auditor.pipeline.visitor_process import VisitorProcess
from auditor.pipeline.visitors import Wanted, simulating
from auditor.store.runs import RunStore

RESULT = "findability.json.gz"
"""File in a run's folder."""
_RESULT = Packed(Findability, level=6)
_TASK = TypeAdapter(TaskResult)


def simulation(
    config: SiteConfig, store: RunStore, start: str, process: VisitorProcess, *, interrupted: bool = False
) -> Callable[[], Findability]:
    """Lets visitors look for things on the pages of a run, beside what else is done; nothing is gathered for it.

    Args:
        config: the site, with its tasks.
        store: the run.
        start: canonical address of the start page.
        process: goes on beside, where that pays.
        interrupted: the pages were not all gathered, because the run was stopped.

    Returns:
        A function that waits for what they find.

    Raises:
        CardError: the built-in tasks or words cannot be read.
    """
    if not config.findability.enabled or interrupted:
        untested = Findability(untested="interrupted" if config.findability.enabled else "off")
        return lambda: untested
    rules = content("rules")
    bank = read_tasks(rules / "tasks.yaml") if config.findability.builtin_tasks else ()
    wanted = Wanted(
        folder=store.folder,
        urls=store.addresses(),
        plan=plan_of(config.tasks, bank, lambda url: canonical(url, start)),
        related=read_related(rules / "related-words.yaml"),
        start=start,
        hub=canonical(config.hub, start) if config.hub else "",
        answers=_lists(store),
        seed=config.seed,
        runs=config.findability.runs,
        embedding=config.findability.embedding,
    )
    return simulating(wanted, process)


def simulate(config: SiteConfig, store: RunStore, start: str, *, interrupted: bool = False) -> Findability:
    """What simulated visitors find on the pages of a run; see `simulation`."""
    with VisitorProcess() as process:
        return simulation(config, store, start, process, interrupted=interrupted)()


def _lists(store: RunStore) -> dict[str, tuple[Hit, ...]]:
    """What the site's search answered to what, in its own order; what could not be read is not there."""
    return {
        answer.question.query: answer.hits
        for answer in kept_answers(store.folder)
        if not (answer.untested or answer.question.order or answer.question.choice)
    }


def simulated_again(config: SiteConfig, store: RunStore, start: str) -> tuple[int, tuple[str, ...]]:
    """How many tasks a run's visitors tried, and which come to another result when they try again.

    A run that kept no result has none to compare with: then there are none of either. What holds for all tasks
    together, but for none alone, is called «*».

    Raises:
        CardError: see `simulate`.
    """
    before = read_findability(store.folder)
    if before is None:
        return 0, ()
    after = simulate(config, store, start, interrupted=before.untested == "interrupted")
    if _RESULT.json(before) == _RESULT.json(after):
        return len(before.tasks), ()
    one, other = ({task.id: _TASK.dump_json(task) for task in result.tasks} for result in (before, after))
    other_tasks = tuple(name for name in dict.fromkeys((*one, *other)) if one.get(name) != other.get(name))
    return len(before.tasks), other_tasks or ("*",)


def write_findability(result: Findability, folder: Path) -> None:
    """Writes *result* into a run's folder, whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    _RESULT.write(result, folder / RESULT)


def read_findability(folder: Path) -> Findability | None:
    """What a run's visitors found; None if it was not simulated, or the file cannot be read."""
    return _RESULT.read(folder / RESULT)
