"""The floor: what a bare loop of Playwright and axe-core costs over a list of pages, in both viewports.

One navigation per page, device metrics switched in between, axe run in each viewport, nothing kept. The browser is the
one that the product uses, started as such a loop starts it; how the product tunes it is part of what is compared, and
`tuned` tells how much of the difference that is.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from playwright.async_api import Browser, async_playwright

from auditor.gather.axe import axe_script
from auditor.gather.browser import find_browser, running_browser
from auditor.model.config import AxeConfig, BrowserConfig

_FLAGS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
_OPTIONS = "{resultTypes: ['violations', 'incomplete'], preload: false}"
_AXE = f"async () => (await axe.run(document, {_OPTIONS})).violations.length"
_PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 3, "mobile": True}
_DESKTOP = {"width": 1280, "height": 900, "deviceScaleFactor": 1, "mobile": False}


def floor_seconds(urls: Sequence[str], ports: Mapping[str, int], concurrency: int, *, tuned: bool = False) -> float:
    """Seconds that the bare loop takes over *urls*.

    Args:
        urls: addresses of pages.
        ports: host name → port on loopback that answers for it.
        concurrency: how many pages are looked at at the same time.
        tuned: start the browser with the product's own settings.
    """
    return asyncio.run(_measure(urls, ports, concurrency, tuned))


async def _measure(urls: Sequence[str], ports: Mapping[str, int], concurrency: int, tuned: bool) -> float:
    source = axe_script(AxeConfig())
    async with _tuned(ports) if tuned else _plain(ports) as browser:
        queue = list(reversed(urls))
        started = time.perf_counter()
        await asyncio.gather(*(_worker(browser, queue, source) for _ in range(concurrency)))
        return time.perf_counter() - started


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


@asynccontextmanager
async def _plain(ports: Mapping[str, int]) -> AsyncIterator[Browser]:
    rules = ", ".join(f"MAP {host}:80 127.0.0.1:{port}" for host, port in ports.items())
    async with async_playwright() as playwright:
        choice = await find_browser(playwright, BrowserConfig())
        browser = await playwright.chromium.launch(
            executable_path=choice.path,
            args=[*_FLAGS, f"--host-resolver-rules={rules}"],
            chromium_sandbox=choice.sandboxed,
        )
        yield browser
        await browser.close()


@asynccontextmanager
async def _tuned(ports: Mapping[str, int]) -> AsyncIterator[Browser]:
    async with running_browser(BrowserConfig(), ports) as (browser, _):
        yield browser
