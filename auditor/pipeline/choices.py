"""What a night takes over of what the run before chose and found out: it tries out the same pages.

Else each night would try out the first pages of each template among those few that it renders: that takes time, and
what only trying out finds would come and go with the pages that happened to change.
"""

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from auditor.gather.journal import Journal
from auditor.pipeline.carry import CARRIED, EarlierRun

CHOICES = "choices.jsonl"
"""File in a run's folder."""


def hand_on(earlier: EarlierRun, path: Path) -> None:
    """Begins the journal at *path* with what holds of the run before; leaves one that is there already as it is.

    That is what was chosen and seen on pages that can be carried on. Whether a phone gets something else is found out
    anew for each template once in `reuse.nights` days, as pages are rendered.

    Raises:
        OSError: the file cannot be written.
    """
    if path.exists():
        return
    before = earlier.before
    journal = Journal(before.folder / CHOICES)
    carried = {url for url, note in before.notes() if note.startswith(CARRIED)}

    @cache
    def can_be_carried(url: str) -> bool:
        known = before.page_with_loads(url)
        return known is not None and known[0].summary.rendered

    def holds(entry: Mapping[str, Any]) -> bool:
        """Whether *entry* tells of a page as it is: what was taken over of one that was then rendered does not."""
        return can_be_carried(entry["url"]) and (not entry.get("carried") or entry["url"] in carried)

    chosen = {entry["url"]: entry for entry in journal.entries("page") if entry["chosen"] and holds(entry)}
    templates = {entry["template"] for entry in chosen.values()}
    draft = path.with_suffix(".part")
    draft.unlink(missing_ok=True)
    begun = Journal(draft)
    begun.write("before", pages=before.page_count())
    for entry in (*chosen.values(), *filter(holds, journal.entries("opened"))):
        begun.write(**{**entry, "carried": True})
    for entry in {(one["viewport"], one["manner"]): one for one in journal.entries("focus")}.values():
        begun.write(**entry)
    for entry in journal.entries("device"):
        if entry["template"] in templates and not earlier.is_due(entry["template"]):
            begun.write(**entry)
    os.replace(draft, path)  # noqa: PTH105 – Path.replace says less plainly that it is atomic
