"""Pictures beside what verdicts rest on: cut from the run's screenshots, with the place marked."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from functools import lru_cache
from pathlib import Path

from auditor.derive.page_kinds import first_heading
from auditor.model.facts import Box, Facts
from auditor.model.page import SCREENSHOT_SCALE, Page, Rendering
from auditor.model.report import Crop
from auditor.model.verification import EvidenceItem, ReportGround, VerificationReport
from auditor.model.vocabulary import Viewport
from auditor.pipeline.artifacts import gathered_page
from auditor.pipeline.evidence_export import REPORT_PICTURES
from auditor.reporting.crops import Shot, make_crop
from auditor.store.runs import RunStore

EACH_SIDE = 3
"""Pictures of elements beside what speaks for one condition, and as many beside what speaks against it; of pages as
such one on each side, for their headings tell little."""
MOST_BYTES = 6_000_000
"""All pictures of one report together: what e-mail takes, with room for the rest."""
_NAME = "utsnitt-"


def with_pictures(report: VerificationReport, store: RunStore, folder: Path) -> VerificationReport:
    """*report* with a picture beside the first things that speak against and for each condition.

    An element is shown where it stands, a page by its main heading. What speaks against a claim comes first when the
    pictures together grow too large; those left out keep the link to the whole screenshot.

    Args:
        report: the verdicts.
        store: the run that they rest on.
        folder: the report's; pictures are written into ``bilder`` within it.

    Raises:
        OSError: a picture cannot be written.
    """
    for old in (folder / REPORT_PICTURES).glob(f"{_NAME}*"):
        old.unlink()
    maker = _Maker(store, folder)
    for name in ("speaks_against", "speaks_for"):
        for claim in report.claims:
            for ground in _grounds(claim.ground):
                for item in _worth_showing(getattr(ground, name)):
                    maker.make(item)
    claims = tuple(replace(claim, ground=_shown(claim.ground, maker, set())) for claim in report.claims)
    return replace(report, claims=claims)


def _worth_showing(items: Sequence[EvidenceItem]) -> Iterator[EvidenceItem]:
    elements = [item for item in items if item.selector]
    yield from elements[:EACH_SIDE]
    if not elements:
        yield from items[:1]


def _grounds(ground: ReportGround) -> Iterator[ReportGround]:
    yield ground
    for part in ground.parts:
        yield from _grounds(part)


def _shown(ground: ReportGround, maker: "_Maker", before: set[str]) -> ReportGround:
    """*ground* with its pictures, each once in a claim: *before* holds the files of those that were shown."""

    def with_crop(item: EvidenceItem) -> EvidenceItem:
        crop = maker.made(item)
        if crop is None or crop.file in before:
            return item
        before.add(crop.file)
        return replace(item, crop=crop)

    return replace(
        ground,
        speaks_for=tuple(with_crop(item) for item in ground.speaks_for),
        speaks_against=tuple(with_crop(item) for item in ground.speaks_against),
        parts=tuple(_shown(part, maker, before) for part in ground.parts),
    )


class _Maker:
    """Cuts each place once."""

    def __init__(self, store: RunStore, folder: Path) -> None:
        self._shots = store.folder / "shots"
        self._folder = folder
        self._crops: dict[tuple[str, Viewport | None, str], Crop | None] = {}
        self._bytes = 0
        self._page = lru_cache(maxsize=8)(lambda url: gathered_page(store.folder, url))

    def made(self, item: EvidenceItem) -> Crop | None:
        """The picture of *item*, if there is one."""
        return self._crops.get(_place(item))

    def make(self, item: EvidenceItem) -> None:
        """Cuts the picture of *item*, unless that was done or there is no room."""
        place = _place(item)
        if place not in self._crops and item.url and self._bytes < MOST_BYTES:
            self._crops[place] = self._cut(item)

    def _cut(self, item: EvidenceItem) -> Crop | None:
        page: Page | None = self._page(item.url)
        for seen in _renderings(page, item.viewport) if page else ():
            box = _box(seen, item.selector)
            if box is None or seen.viewport not in SCREENSHOT_SCALE:
                continue
            name = f"{REPORT_PICTURES}/{_NAME}{len(self._crops) + 1:03}.webp"
            shot = Shot(path=self._shots / seen.screenshot, scale=SCREENSHOT_SCALE[seen.viewport])
            if size := make_crop(shot, box, self._folder / name):
                self._bytes += (self._folder / name).stat().st_size
                return Crop(file=name, url=item.url, viewport=seen.viewport, width=size[0], height=size[1])
        return None


def _place(item: EvidenceItem) -> tuple[str, Viewport | None, str]:
    return item.url, item.viewport, item.selector


def _renderings(page: Page, viewport: Viewport | None) -> Iterator[Rendering]:
    """The renderings with a picture that can show it: of the viewport that it is about, else the phone's first."""
    for wanted in (viewport,) if viewport else (Viewport.PHONE, Viewport.DESKTOP):
        seen = page.rendering(wanted)
        if seen is not None and seen.screenshot:
            yield seen


def _box(seen: Rendering, selector: str) -> Box | None:
    """Where *selector* stands at rest; the main heading for the page itself; None if that is not seen."""
    if not selector:
        heading = first_heading(seen)
        return heading.box if heading else None
    return next((box for name, box in _boxes(seen.facts) if name == selector), None)


def _boxes(facts: Facts) -> Iterator[tuple[str, Box]]:
    for kind in fields(facts):
        found = getattr(facts, kind.name)
        for one in found if isinstance(found, tuple) else ():
            if getattr(one, "visible", False) and isinstance(box := getattr(one, "box", None), Box):
                yield getattr(one, "selector", ""), box
