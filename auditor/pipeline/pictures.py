"""Pictures of a report: a run's screenshots, and what is cut out of them for its tasks."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from auditor.model.facts import Box
from auditor.model.findability import Findability, TaskResult, ViewResult
from auditor.model.page import SCREENSHOT_SCALE
from auditor.model.report import Crop, Place
from auditor.model.vocabulary import Viewport
from auditor.reporting.crops import Shot, make_crops
from auditor.store.runs import RunStore, StoredPage

PICTURES = "bilder"
_KEPT = 3
"""Screenshots that are kept in memory at a time, as many findings lie in one: 17 MB each at the most."""
STEPS_SHOWN = 8
"""Steps of a way that have a picture, at the most."""

_AT_ONCE = 2
"""Screenshots that are unpacked at the same time: a long one takes some twenty megabytes."""


class Pictures:
    """Brings a run's screenshots into the report's folder, each once."""

    def __init__(self, store: RunStore, pages: Iterable[StoredPage], folder: Path) -> None:
        self._shots = store.folder / "shots"
        self._folder = folder
        self._shot = lru_cache(maxsize=_KEPT)(Shot)
        self._of = {page.summary.url: page.screenshots for page in pages}
        shutil.rmtree(folder / PICTURES, ignore_errors=True)
        (folder / PICTURES).mkdir(parents=True, exist_ok=True)

    def shot(self, url: str, viewport: Viewport) -> Shot | None:
        """The screenshot of a page, for cutting."""
        name = self._of.get(url, {}).get(viewport)
        path = self._shots / name if name else None
        return self._shot(path, SCREENSHOT_SCALE[viewport]) if path and path.is_file() else None

    def page(self, url: str) -> dict[Viewport, str]:
        """Screenshots of a page within the report's folder."""
        return {
            viewport: f"{PICTURES}/{name}"
            for viewport, name in self._of.get(url, {}).items()
            if viewport is not Viewport.NARROW and self._bring(name)
        }

    def _bring(self, name: str) -> bool:
        source, target = self._shots / name, self._folder / PICTURES / name
        if not source.is_file():
            return False
        with suppress(OSError):
            os.link(source, target)
        if not target.exists():
            shutil.copyfile(source, target)
        return True


def task_crops(
    findability: Findability, shot_of: Callable[[str, Viewport], Shot | None], folder: Path
) -> dict[str, Crop]:
    """Pictures of the links on the ways of tasks that are explained: of those that won and lost, and of each step.

    Args:
        findability: what the visitors found.
        shot_of: the screenshot of a page in a viewport, if there is one.
        folder: the report's folder.

    Returns:
        By task, viewport and which: ``wrong``, ``right``, or the number of a step from 0.

    Raises:
        OSError: a picture cannot be written.
    """
    wanted = [shown for task in findability.tasks for view in task.views for shown in _shown(task, view)]
    names = {key: f"{PICTURES}/lank-{_digest(place)}.webp" for key, place in wanted}
    places = {names[key]: place for key, place in wanted}
    with ThreadPoolExecutor(_AT_ONCE) as threads:  # what unpacks and packs pictures lets other threads go on
        made = dict(
            zip(
                places, threads.map(lambda name: make_crops([places[name]], shot_of, folder, name), places), strict=True
            )
        )
    return {key: crop for key, name in names.items() if (crop := made[name]) is not None}


def _shown(task: TaskResult, view: ViewResult) -> Iterator[tuple[str, Place]]:
    why = view.explanation
    if why is None:
        return
    key = f"{task.id}:{view.viewport}"
    for which, choice in (("wrong", why.wrong), ("right", why.right)):
        yield f"{key}:{which}", _place(why.page, view.viewport, choice.selector, choice.name, choice.box)
    for number, step in enumerate(view.path[:STEPS_SHOWN]):
        if step.link and not step.back:
            yield f"{key}:{number}", _place(step.page, view.viewport, step.selector, step.link, step.box)


def _place(url: str, viewport: Viewport, selector: str, name: str, box: Box | None) -> Place:
    return Place(url=url, viewport=viewport, selector=selector, text=name, html="", sentence="", box=box)


def _digest(place: Place) -> str:
    """One name for one picture, however many tasks show it."""
    told = "\x1f".join((place.url, str(place.viewport), place.selector, repr(place.box)))
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]
