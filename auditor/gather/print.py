"""Prints a page of our own as PDF, through the browser that audits use."""

import asyncio
from pathlib import Path

from playwright.async_api import Error as PlaywrightError

from auditor.errors import GatherError
from auditor.gather.browser import running_browser
from auditor.gather.trouble import plain
from auditor.model.config import BrowserConfig


def print_pdf(page: Path, target: Path, browser: BrowserConfig) -> None:
    """Writes *page*, an HTML file, as a tagged PDF with an outline to *target*.

    Raises:
        BrowserMissing: there is no browser.
        GatherError: it did not print.
    """
    asyncio.run(_print(page, target, browser))


async def _print(page: Path, target: Path, config: BrowserConfig) -> None:
    async with running_browser(config) as (browser, _):
        context = await browser.new_context(java_script_enabled=False, offline=True)
        tab = await context.new_page()
        try:
            await tab.goto(page.resolve().as_uri(), wait_until="load")
            await tab.pdf(
                path=target,
                format="A4",
                margin={"top": "20mm", "bottom": "20mm", "left": "18mm", "right": "18mm"},
                tagged=True,
                outline=True,
                print_background=True,
            )
        except PlaywrightError as error:
            raise GatherError(f"{target}: the browser could not print the report ({plain(error)})") from error
