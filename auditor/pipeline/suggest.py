"""Proposes which pages of a site answer the built-in tasks, as YAML for the site file."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from auditor.catalogue.tasks import read_tasks
from auditor.content import content
from auditor.derive.urls import host_of
from auditor.errors import StoreError
from auditor.model.config import SiteConfig, Task
from auditor.pipeline.reference import indexed
from auditor.sitesearch.suggest import Candidate, answering, candidates
from auditor.store.history import ENDED, History

_PLAIN = re.compile(
    r"(?!(?:true|false|yes|no|on|off|null|y|n)$)[A-Za-zÅÄÖåäö/][\w/.åäö-]*(?: [\w-]+)*\??", re.IGNORECASE
)
"""What means the same without quotation marks."""
_HEAD = """\
# Tasks for the site file of {site}, proposed by run {run}.
# Look at each: is it the page that answers? Then take away its line «confirmed: false». Put right what is wrong, and
# take away tasks that do not concern you. What stands as confirmed: false is marked so in every figure.
# confidence: how surely our own search puts the page first, however one words the task (0 to 1).
"""


def suggest_tasks(history: History, site: str) -> str:
    """The tasks, as YAML, with proposed targets from the newest run of *site* that came to its end.

    Raises:
        StoreError: there is no such run.
        CardError: the built-in tasks cannot be read.
    """
    run = next((run for run in reversed(history.runs(site)) if run.state in ENDED), None)
    if run is None:
        raise StoreError(f"{history.path}: no run of {site} that came to its end; audit the site first")
    store = history.run(run.id)
    config = SiteConfig.model_validate_json(run.settings)
    search, _ = indexed(store)
    lines = [_HEAD.format(site=site, run=run.id), "tasks:"]
    confirmed = {task.id for task in config.tasks if task.is_confirmed}
    for task in (*config.tasks, *_bank(config)):
        if task.id not in confirmed:
            lines += _task(task, candidates(task, search), host_of(config.start))
    return "\n".join(lines) + "\n"


def _bank(config: SiteConfig) -> Iterator[Task]:
    named = {task.id for task in config.tasks}
    for task in read_tasks(Path(content("rules")) / "tasks.yaml"):
        if task.id not in named:
            yield task


def _task(task: Task, found: tuple[Candidate, ...], host: str) -> Iterator[str]:
    yield f"  - id: {_text(task.id)}"
    yield f"    question: {_text(task.question)}"
    if task.phrasings:
        yield f"    phrasings: [{', '.join(map(_text, task.phrasings))}]"
    if not found:
        yield "    # No page was found that answers. If there is one: targets: [/its/address]"
        return
    taken = answering(found)
    yield "    targets:"
    for one in taken:
        yield f"      - {_text(_short(one.url, host))}  # {_comment(one.title)}, {one.confidence:.2f}"
    for one in found[len(taken) :]:
        yield f"      # - {_text(_short(one.url, host))}  # {_comment(one.title)}, {one.confidence:.2f}"
    yield "    confirmed: false"
    yield f"    confidence: {taken[0].confidence:.2f}"


def _short(url: str, host: str) -> str:
    parts = urlsplit(url)
    return url[url.index(parts.netloc) + len(parts.netloc) :] or "/" if host_of(url) == host else url


def _text(value: str) -> str:
    """*value* as a YAML scalar on one line; what a page said can be no markup in it."""
    if _PLAIN.fullmatch(value):
        return value
    safe = (one if one.isprintable() and one not in '"\\' else f"\\U{ord(one):08x}" for one in value)
    return f'"{"".join(safe)}"'


def _comment(value: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in value).split())[:80] or "–"
