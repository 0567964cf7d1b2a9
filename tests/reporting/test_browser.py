"""The HTML report opened as files in a real browser: axe finds nothing, nothing scrolls sideways or is fetched."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import ConsoleMessage, Page, Request

from auditor.gather.axe import axe_script
from auditor.gather.browser import running_browser
from auditor.model.config import AxeConfig, BrowserConfig
from auditor.reporting.html import write_html
from tests.reporting.sample import sample
from tests.reporting.test_html import hostile

pytestmark = pytest.mark.browser

PAGES = (
    "sv/index.html",
    "sv/omraden/accessibility.html",
    "sv/problem/index.html",
    "sv/problem/a1f04c9be210.html",
    "sv/problem/4fa2c6b2e773.html",
    "sv/sidor/index.html",
    "sv/sidor/1.html",
    "sv/metod.html",
    "sv/utveckling.html",
    "en/index.html",
    "partial/index.html",
    "empty/index.html",
)
LOOKS: Sequence[tuple[int, Literal["light", "dark"]]] = (
    (390, "light"),
    (320, "light"),
    (320, "dark"),
    (1280, "light"),
    (1280, "dark"),
)
AXE_RUN = """async () => (await axe.run({resultTypes: ['violations']})).violations.map(
  (one) => `${one.id}: ${one.nodes.map((node) => node.html + ' ' + node.failureSummary).slice(0, 2).join('; ')}`)"""
UNFOLD = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    written: Path, width: int, scheme: Literal["light", "dark"]
) -> None:
    assert asyncio.run(_problems(written, width, scheme)) == []


def test_pages_work_as_files_under_their_own_policy(written: Path) -> None:
    assert asyncio.run(_alone(written)) == []


def test_hostile_texts_do_not_run(tmp_path: Path) -> None:
    write_html(hostile(sample()), tmp_path)
    assert asyncio.run(_run_by(tmp_path)) == []


def test_the_filter_leaves_what_fits(written: Path) -> None:
    assert asyncio.run(_filtered(written / "sv" / "problem" / "index.html")) == (12, 2, "2 av 12 visas", 1)


def test_a_mailed_link_to_a_task_that_is_folded_away_opens_it_and_paper_shows_all(tmp_path: Path) -> None:
    report = sample()
    assert report.findability is not None
    tasks = report.findability.tasks * 2
    write_html(replace(report, findability=replace(report.findability, tasks=tasks)), tmp_path)
    assert asyncio.run(_opened(tmp_path / "uppgifter.html", "#uppgift-2")) == [["uppgift-2"], ["uppgift-2"], 4, 1]


async def _opened(path: Path, fragment: str) -> list[object]:
    """Tasks that are open once the link is followed; those in view; and how many are open on paper, and afterwards."""
    opened = "[...document.querySelectorAll('.task-more[open]')].map((one) => one.parentElement.id)"
    async with running_browser(BrowserConfig()) as (browser, _):
        page = await browser.new_page()
        await page.goto(path.as_uri() + fragment)
        told = [await page.evaluate(opened)]
        told.append(
            await page.evaluate("""[...document.querySelectorAll('.task')].filter((one) => {
              const top = one.getBoundingClientRect().top;
              return top >= 0 && top < innerHeight / 2;
            }).map((one) => one.id)""")
        )
        await page.evaluate("dispatchEvent(new Event('beforeprint'))")
        told.append(len(await page.evaluate(opened)))
        await page.evaluate("dispatchEvent(new Event('afterprint'))")
        return [*told, len(await page.evaluate(opened))]


async def _problems(folder: Path, width: int, scheme: Literal["light", "dark"]) -> list[str]:
    problems: list[str] = []
    axe = f"() => {{ {axe_script(AxeConfig())} }}"
    async with running_browser(BrowserConfig()) as (browser, _):
        context = await browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
        page = await context.new_page()
        for name in PAGES:
            await page.goto((folder / name).as_uri())
            await page.evaluate(UNFOLD)
            if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                problems.append(f"{name}: scrolls sideways")
            await page.evaluate(axe)
            problems += [f"{name}: {one}" for one in await page.evaluate(AXE_RUN)]
    return problems


async def _alone(folder: Path) -> list[str]:
    """What goes wrong without any help from outside."""
    async with running_browser(BrowserConfig()) as (browser, _):
        return await _looked_at(await browser.new_page(), folder)


async def _looked_at(page: Page, folder: Path) -> list[str]:
    problems: list[str] = []

    def told(message: ConsoleMessage) -> None:
        problems.append(message.text)

    def asked(request: Request) -> None:
        if not request.url.startswith("file:"):
            problems.append(request.url)

    page.on("console", told)
    page.on("request", asked)
    for name in PAGES:
        await page.goto((folder / name).as_uri())
        await page.evaluate("document.querySelectorAll('img').forEach((one) => { one.loading = 'eager'; })")
        await page.wait_for_load_state("networkidle")
        if await page.evaluate("[...document.images].some((one) => !one.naturalWidth)"):
            problems.append(f"{name}: a picture did not load")
        if await page.evaluate("getComputedStyle(document.querySelector('.skip')).position") != "absolute":
            problems.append(f"{name}: the style sheet did not load")
    return problems


async def _run_by(folder: Path) -> list[str]:
    ran: list[str] = []
    async with running_browser(BrowserConfig()) as (browser, _):
        context = await browser.new_context(bypass_csp=True)
        page = await context.new_page()

        def told(message: ConsoleMessage) -> None:
            ran.append(message.text)

        def asked(request: Request) -> None:
            if not request.url.startswith(folder.as_uri()):
                ran.append(request.url)

        page.on("console", told)
        page.on("request", asked)
        page.on("dialog", lambda dialog: ran.append(dialog.message))
        for path in [*folder.glob("*.html"), *sorted(folder.glob("*/*.html"))[::7]]:
            await page.goto(path.as_uri())
            if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                ran.append(f"{path.name}: scrolls sideways")
    return ran


async def _filtered(path: Path) -> tuple[int, int, str, int]:
    async with running_browser(BrowserConfig()) as (browser, _):
        page = await browser.new_page()
        await page.goto(path.as_uri())
        all_items = await page.locator("[data-item]:visible").count()
        await page.fill("#filter-text", "sidfoten")
        shown = await page.locator("[data-item]:visible").count()
        told = await page.locator(".filter-count").text_content()
        await page.select_option("#filter-area", "accessibility")
        return all_items, shown, told or "", await page.locator("[data-item]:visible").count()
