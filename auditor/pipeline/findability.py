"""Simulates visitors on the pages that a run gathered, and keeps what they came to with the run."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter

from auditor.catalogue.tasks import read_related, read_tasks
from auditor.content import content
from auditor.derive.urls import canonical
from auditor.findability.assess import assess, plan_of
from auditor.findability.sitegraph import SeenLink, SeenPage, SiteModel, see
from auditor.model.config import SiteConfig
from auditor.model.findability import Findability, TaskResult
from auditor.model.search import Hit
from auditor.pipeline.answers import kept_answers
from auditor.pipeline.artifacts import Packed, gathered_page
from auditor.pipeline.embedding import embedder
from auditor.store.runs import RunStore

RESULT = "findability.json.gz"
"""File in a run's folder."""
_RESULT = Packed(Findability, level=6)
_TASK = TypeAdapter(TaskResult)


def simulate(config: SiteConfig, store: RunStore, start: str, *, interrupted: bool = False) -> Findability:
    """What simulated visitors find on the pages of a run; nothing is gathered for it.

    Args:
        config: the site, with its tasks.
        store: the run.
        start: canonical address of the start page.
        interrupted: the pages were not all gathered, because the run was stopped.

    Raises:
        CardError: the built-in tasks or words cannot be read.
    """
    if not config.findability.enabled:
        return Findability(untested="off")
    if interrupted:
        return Findability(untested="interrupted")
    rules = content("rules")
    bank = read_tasks(rules / "tasks.yaml") if config.findability.builtin_tasks else ()
    plan = plan_of(config.tasks, bank, lambda url: canonical(url, start))
    embed = embedder() if config.findability.embedding else None
    site = SiteModel(list(_pages(store)), read_related(rules / "related-words.yaml"), embed)
    return assess(
        site,
        plan,
        start=start,
        hub=canonical(config.hub, start) if config.hub else "",
        answers=_lists(store),
        seed=config.seed,
        runs=config.findability.runs,
    )


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


def _pages(store: RunStore) -> Iterator[SeenPage]:
    shared: dict[SeenLink, SeenLink] = {}
    for stored in store.pages():
        page = gathered_page(store.folder, stored.summary.url)
        if page is not None and (seen := see(page)) is not None:
            links = {view: tuple(shared.setdefault(link, link) for link in seen.links[view]) for view in seen.links}
            yield replace(seen, links=links)


def write_findability(result: Findability, folder: Path) -> None:
    """Writes *result* into a run's folder, whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    _RESULT.write(result, folder / RESULT)


def read_findability(folder: Path) -> Findability | None:
    """What a run's visitors found; None if it was not simulated, or the file cannot be read."""
    return _RESULT.read(folder / RESULT)
