"""The floor: what a bare loop of Playwright and axe-core costs over a list of pages, in both viewports.

One navigation per page, device metrics switched in between, axe run in each viewport, nothing kept.
"""

import asyncio
import time
from collections.abc import Mapping, Sequence

from playwright.async_api import Browser

from auditor.gather.axe import axe_script
from auditor.gather.browser import running_browser
from auditor.model.config import AxeConfig, BrowserConfig

_OPTIONS = "{resultTypes: ['violations', 'incomplete'], preload: false}"
_AXE = f"async () => (await axe.run(document, {_OPTIONS})).violations.length"
_PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 3, "mobile": True}
_DESKTOP = {"width": 1280, "height": 900, "deviceScaleFactor": 1, "mobile": False}


async def _worker(browser: Browser, queue: list[str], source: str) -> None:
    context = await browser.new_context()
    page = await context.new_page()
    cdp = await context.new_cdp_session(page)
    while queue:
        url = queue.pop()  # at once: while this one waits, another may take the last
        await cdp.send("Emulation.setDeviceMetricsOverride", _DESKTOP)
        await page.goto(url, wait_until="load")
        await page.evaluate(source)
        await page.evaluate(_AXE)
        await cdp.send("Emulation.setDeviceMetricsOverride", _PHONE)
        await page.evaluate(_AXE)
    await context.close()


async def _measure(urls: Sequence[str], ports: Mapping[str, int], concurrency: int) -> float:
    source = axe_script(AxeConfig())
    async with running_browser(BrowserConfig(), ports) as (browser, _):
        queue = list(reversed(urls))
        started = time.perf_counter()
        await asyncio.gather(*(_worker(browser, queue, source) for _ in range(concurrency)))
        return time.perf_counter() - started


def floor_seconds(urls: Sequence[str], ports: Mapping[str, int], concurrency: int) -> float:
    """Seconds that the bare loop takes over *urls*; *ports* says which hosts are served on loopback."""
    return asyncio.run(_measure(urls, ports, concurrency))
