"""One tab of the browser: it takes the shape of any viewport, and tells when scripts are done fetching."""

import asyncio
import base64
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext, CDPSession, Dialog, Download, Request
from playwright.async_api import Page as BrowserPage

from auditor.model.config import ViewportsConfig
from auditor.model.page import SCREENSHOT_SCALE
from auditor.model.vocabulary import Viewport

_NARROW = {"width": 320, "height": 640, "deviceScaleFactor": 1, "mobile": False}
_MAX_SHOT_HEIGHT = 6000
_SHOT_QUALITY = 50
_TWO_FRAMES = """() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(done));
  setTimeout(done, 100);
})"""


class Tab:
    """A page of the browser that answers no dialog, keeps no download and opens no further tab."""

    def __init__(self, page: BrowserPage, cdp: CDPSession, viewports: ViewportsConfig) -> None:
        self.page = page
        self._cdp = cdp
        self._viewports = viewports
        self._pending = 0
        page.on("dialog", _dismiss)
        page.on("download", _cancel)
        page.on("popup", _close)
        page.on("request", self._started)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._ended)

    @classmethod
    async def open(cls, context: BrowserContext, viewports: ViewportsConfig, timeout: float) -> "Tab":
        """A new tab in *context*; actions in it give up after *timeout* seconds."""
        page = await context.new_page()
        page.set_default_timeout(timeout * 1000)
        return cls(page, await context.new_cdp_session(page), viewports)

    def forget_requests(self) -> None:
        """Called before a navigation: what the old page was fetching does not matter any more."""
        self._pending = 0

    async def settle(self) -> None:
        """Waits until scripts that fetch content are done, three seconds at the most."""
        for _ in range(30):
            await self.page.evaluate(_TWO_FRAMES)
            if self._pending <= 0:
                return
            await asyncio.sleep(0.1)

    async def switch(self, viewport: Viewport) -> None:
        """Takes the shape of *viewport*, without loading the page again."""
        if viewport is Viewport.NARROW:
            metrics: dict[str, Any] = dict(_NARROW)
        else:
            size = self._viewports.phone if viewport is Viewport.PHONE else self._viewports.desktop
            metrics = {
                "width": size.width,
                "height": size.height,
                "deviceScaleFactor": size.scale,
                "mobile": viewport is Viewport.PHONE,
            }
        await self._cdp.send("Emulation.setDeviceMetricsOverride", metrics)
        await self._cdp.send("Emulation.setTouchEmulationEnabled", {"enabled": viewport is Viewport.PHONE})

    async def shoot(self, viewport: Viewport, width: float, height: float, path: Path) -> None:
        """Writes a picture of the page from its top left corner, *width* × *height* CSS pixels, cut at 6,000 high.

        JPEG at a reduced scale takes a third of WebP's time at full scale, and crops stay legible.
        """
        density = self._viewports.phone.scale if viewport is Viewport.PHONE else 1.0
        clip = {
            "x": 0,
            "y": 0,
            "width": max(1, width),
            "height": max(1, min(height, _MAX_SHOT_HEIGHT)),
            "scale": SCREENSHOT_SCALE[viewport] / density,
        }
        answer = await self._cdp.send(
            "Page.captureScreenshot",
            {
                "format": "jpeg",
                "quality": _SHOT_QUALITY,
                "clip": clip,
                "captureBeyondViewport": True,
                "optimizeForSpeed": True,
            },
        )
        path.write_bytes(base64.b64decode(answer["data"]))

    def _started(self, request: Request) -> None:
        if request.resource_type in ("fetch", "xhr"):
            self._pending += 1

    def _ended(self, request: Request) -> None:
        if request.resource_type in ("fetch", "xhr"):
            self._pending -= 1


async def _dismiss(dialog: Dialog) -> None:
    await dialog.dismiss()


async def _cancel(download: Download) -> None:
    await download.cancel()


async def _close(page: BrowserPage) -> None:
    await page.close()
