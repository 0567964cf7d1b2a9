"""Takes the handbook's pictures: audits a fixture municipality twice, and shows its reports to a browser.

    python -m scripts.handbook_pictures

The pictures are written to docs/handbok/bilder/, each below 300 kB.
"""

import asyncio
import io
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from playwright.async_api import Page

from auditor.gather.browser import running_browser
from auditor.model.config import BrowserConfig, SiteConfig
from auditor.model.vocabulary import Language
from auditor.pipeline.audit import audit
from auditor.pipeline.overview import overview, report_folder, site_folder
from auditor.pipeline.run_report import report_of
from auditor.reporting.overview import write_overview
from auditor.reporting.write import write_report
from auditor.sitefile import read_target
from auditor.store.history import History

ROOT = Path(__file__).parent.parent
SITES = ROOT / "fixtures" / "sites"
PICTURES = ROOT / "docs" / "handbok" / "bilder"
MOST_BYTES = 300_000
_PAGES = 25


@dataclass(frozen=True)
class Shot:
    """One picture."""

    name: str
    path: str
    """Page, relative to the folder of reports; {report} stands for that of the last run."""
    top: str = "body"
    """Selector of what the picture begins with."""
    height: int = 900
    width: int = 1100
    unfold: str = ""
    """Selector of something folded that is opened first."""


SHOTS: Sequence[Shot] = (
    Shot("forsta-sidan", "{report}/index.html", height=980),
    Shot("gor-forst", "{report}/index.html", "#gor-forst", height=900),
    Shot("ett-problem", "{first}", height=1000),
    Shot("utveckling", "{report}/utveckling.html", height=900),
    Shot("metod", "{report}/metod.html", height=820),
    Shot("oversikt", "index.html", height=420),
    Shot("en-webbplats", "{site}/index.html", height=900),
)


def main() -> None:
    """Audits, writes the reports, and takes the pictures."""
    with tempfile.TemporaryDirectory(prefix="auditor-handbook-") as place:
        reports = Path(place) / "reports"
        values = _audited(Path(place), reports)
        for shot, picture in asyncio.run(_taken(reports, values)):
            _save(shot, picture)


def _audited(place: Path, reports: Path) -> dict[str, str]:
    """Two runs of one municipality, the second of the newer site; gives what the paths of the shots stand for."""
    history = History(place / "history.db")
    values: dict[str, str] = {}
    try:
        for year in ("2019", "2022"):
            config = _config(SITES / f"sjoboda-{year}")
            audited = audit(config, history)
            folder = report_folder(reports, audited.site, audited.run_id)
            report = report_of(config, history, audited, Language.SWEDISH, folder, "auditor audit sjoboda.yaml")
            write_report(report, folder, ["html"])
            shown = folder.relative_to(reports).as_posix()
            values = {
                "report": shown,
                "first": f"{shown}/problem/{report.findings[0].key}.html",
                "site": site_folder(audited.site),
            }
        sites = overview(history, reports, Language.SWEDISH)
        write_overview(sites, reports, Language.SWEDISH, datetime.now(UTC).astimezone())
    finally:
        history.close()
    return values


def _config(folder: Path) -> SiteConfig:
    config = read_target(str(folder))
    return config.model_copy(update={"scope": config.scope.model_copy(update={"max_pages": _PAGES})})


async def _taken(reports: Path, values: dict[str, str]) -> list[tuple[Shot, bytes]]:
    async with running_browser(BrowserConfig()) as (browser, _):
        context = await browser.new_context(viewport={"width": 1100, "height": 900}, color_scheme="light")
        page = await context.new_page()
        return [(shot, await _take(page, shot, reports / shot.path.format(**values))) for shot in SHOTS]


async def _take(page: Page, shot: Shot, file: Path) -> bytes:
    await page.set_viewport_size({"width": shot.width, "height": shot.height})
    await page.goto(file.as_uri())
    if shot.unfold:
        await page.locator(shot.unfold).first.evaluate("(one) => { one.open = true; }")
    await page.locator(shot.top).first.evaluate("(one) => one.scrollIntoView()")
    return await page.screenshot()


def _save(shot: Shot, picture: bytes) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    path = PICTURES / f"{shot.name}.webp"
    with Image.open(io.BytesIO(picture)) as image:
        image.save(path, "WEBP", quality=82, method=6)
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise SystemExit(f"{path}: {size} bytes; make it smaller")
    print(f"{path.relative_to(ROOT)}: {size // 1000} kB")


if __name__ == "__main__":
    main()
