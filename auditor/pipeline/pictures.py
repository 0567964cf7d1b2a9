"""The pictures of a report: a run's screenshots, brought into the report's folder."""

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from auditor.model.page import SCREENSHOT_SCALE
from auditor.model.vocabulary import Viewport
from auditor.reporting import Shot
from auditor.store.runs import RunStore, StoredPage

PICTURES = "bilder"
"""Folder in the report's folder."""


class Pictures:
    """Brings a run's screenshots into the report's folder, each once."""

    def __init__(self, store: RunStore, pages: Iterable[StoredPage], folder: Path) -> None:
        self._shots = store.folder / "shots"
        self._folder = folder
        self._of = {page.summary.url: page.screenshots for page in pages}
        shutil.rmtree(folder / PICTURES, ignore_errors=True)
        (folder / PICTURES).mkdir(parents=True, exist_ok=True)

    def shot(self, url: str, viewport: Viewport) -> Shot | None:
        """The screenshot of a page, for cutting."""
        name = self._of.get(url, {}).get(viewport)
        path = self._shots / name if name else None
        return Shot(path, SCREENSHOT_SCALE[viewport]) if path and path.is_file() else None

    def page(self, url: str) -> dict[Viewport, str]:
        """Screenshots of a page within the report's folder."""
        return {
            viewport: f"{PICTURES}/{name}"
            for viewport, name in self._of.get(url, {}).items()
            if viewport is not Viewport.NARROW and self._bring(name)
        }

    @property
    def folder(self) -> Path:
        """The report's folder."""
        return self._folder

    def _bring(self, name: str) -> bool:
        source, target = self._shots / name, self._folder / PICTURES / name
        if not source.is_file():
            return False
        with suppress(OSError):
            os.link(source, target)
        if not target.exists():
            shutil.copyfile(source, target)
        return True
