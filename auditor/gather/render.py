"""Looks at one page in the browser: one navigation, three viewports, and what each of them shows."""

import asyncio
import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext, CDPSession, Dialog, Download, Request
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as BrowserPage
from playwright.async_api import TimeoutError as PlaywrightTimeout
from pydantic import TypeAdapter

from auditor.derive.summary import template_of
from auditor.derive.urls import canonical
from auditor.gather.axe import AxeRunner
from auditor.gather.inpage import script
from auditor.model.config import ViewportsConfig
from auditor.model.facts import Facts, FixedArea
from auditor.model.page import SCREENSHOT_SCALE, Document, Page, Rendering, Response
from auditor.model.vocabulary import Viewport

_FACTS = TypeAdapter(Facts)
_BANNER = TypeAdapter(FixedArea)
_NARROW = {"width": 320, "height": 640, "deviceScaleFactor": 1, "mobile": False}
_REVEAL_BUDGET = {"clicks": 25, "milliseconds": 5000}
_MAX_SHOT_HEIGHT = 8000
_STEP_SECONDS = 30.0
_TWO_FRAMES = """() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(done));
  setTimeout(done, 100);
})"""
_PRIVATE_HEADERS = ("set-cookie", "authorization", "www-authenticate")
_HTML_TYPES = ("text/html", "application/xhtml+xml", "")
_REVEALABLE = ("headings", "links", "controls", "forms", "fields", "blocks", "mentions")
# Transitions and animations are stopped, so that what is measured does not depend on the moment.
_STILL = """(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('*,*::before,*::after{transition:none!important;animation-duration:1ms!important;animation-delay:0s!important;scroll-behavior:auto!important}');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
})()"""


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A page to look at."""

    url: str
    name: str
    """What its files are called."""
    depth: int = 0
    query: str | None = None
    """For a page of search results: what was typed."""
    hits_expected: bool | None = None
    is_handoff: bool = False


@dataclass
class Look:
    """What the browser saw of one page."""

    final_url: str = ""
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    redirects: tuple[str, ...] = ()
    html: str = ""
    renderings: list[Rendering] = field(default_factory=list)
    untested: dict[str, str] = field(default_factory=dict)
    is_download: bool = False

    @property
    def is_html(self) -> bool:
        """The address gave an HTML document that was looked at."""
        return bool(self.html)


class PageRenderer:
    """Looks at pages, one after the other, in one browser context."""

    def __init__(
        self,
        context: BrowserContext,
        axe: AxeRunner,
        viewports: ViewportsConfig,
        *,
        timeout: float,
        screenshots: Path | None = None,
    ) -> None:
        self._context = context
        self._axe = axe
        self._viewports = viewports
        self._timeout = timeout
        self._screenshots = screenshots
        self._page: BrowserPage | None = None
        self._cdp: CDPSession | None = None
        self._pending = 0

    async def look(self, visit: Visit) -> Look:
        """Everything about one page. Never raises for what a page does."""
        look = Look()
        try:
            async with asyncio.timeout(self._timeout * 2 + 3 * _STEP_SECONDS):
                await self._look(visit, look)
        except TimeoutError:
            look.untested["page"] = "too-long"
            await self.discard()
        except PlaywrightError as error:
            look.untested["page"] = f"failed-to-load|{_reason(error)}"
            await self.discard()
        return look

    async def discard(self) -> None:
        """Drops the browser page, so that the next look begins with a new one."""
        page, self._page, self._cdp = self._page, None, None
        if page:
            try:
                async with asyncio.timeout(5):
                    await page.close(run_before_unload=False)
            except (PlaywrightError, TimeoutError):
                pass

    async def _fresh_page(self) -> BrowserPage:
        if self._page is None or self._page.is_closed():
            self._page = await self._context.new_page()
            self._page.set_default_timeout(self._timeout * 1000)
            self._page.on("dialog", _dismiss)
            self._page.on("download", _cancel)
            self._page.on("popup", _close)
            self._page.on("request", self._started)
            self._page.on("requestfinished", self._ended)
            self._page.on("requestfailed", self._ended)
            self._cdp = await self._context.new_cdp_session(self._page)
        return self._page

    def _started(self, request: Request) -> None:
        if request.resource_type in ("fetch", "xhr"):
            self._pending += 1

    def _ended(self, request: Request) -> None:
        if request.resource_type in ("fetch", "xhr"):
            self._pending -= 1

    async def _look(self, visit: Visit, look: Look) -> None:
        page = await self._fresh_page()
        await self._switch(Viewport.DESKTOP)
        if not await self._load(page, visit, look):
            return
        await page.evaluate(script("look"))
        banners = await self._dismiss_banner(page)
        look.html = await page.content()
        for viewport in (Viewport.DESKTOP, Viewport.PHONE, Viewport.NARROW):
            try:
                async with asyncio.timeout(_STEP_SECONDS):
                    await self._render(page, viewport, visit, look, banners.get(viewport))
            except TimeoutError:
                look.untested[viewport] = "viewport-too-long"
                await self.discard()
                return

    async def _load(self, page: BrowserPage, visit: Visit, look: Look) -> bool:
        """Goes to the page; whether there is a document to look at."""
        self._pending = 0
        try:
            response = await page.goto(visit.url, wait_until="domcontentloaded", timeout=self._timeout * 1000)
        except PlaywrightTimeout:
            look.untested["page"] = f"no-answer|{self._timeout:g}"
            await self.discard()
            return False
        except PlaywrightError as error:
            look.is_download = "Download is starting" in str(error) or "ERR_ABORTED" in str(error)
            look.untested["page"] = "download" if look.is_download else f"failed-to-load|{_reason(error)}"
            await self.discard()
            return False
        look.final_url = page.url
        if response is not None:
            look.status = response.status
            look.headers = {key: value for key, value in response.headers.items() if key not in _PRIVATE_HEADERS}
            look.redirects = tuple(_chain(response.request))
            kind = look.headers.get("content-type", "text/html").split(";")[0].strip().lower()
            look.is_download = kind not in _HTML_TYPES
            if look.status >= 400 or look.is_download:
                look.untested["page"] = "download" if look.is_download else f"status|{look.status}"
                return False
        if canonical(page.url) != visit.url and not visit.is_handoff and page.url.startswith("http"):
            look.untested["page"] = f"redirect|{page.url}"
            return False
        try:
            await page.wait_for_load_state("load", timeout=min(self._timeout, 15) * 1000)
        except PlaywrightTimeout:
            look.untested["load"] = "never-loaded"
        await self._settle(page)
        return True

    async def _settle(self, page: BrowserPage) -> None:
        """Waits until scripts that fetch content are done, three seconds at the most."""
        for _ in range(30):
            await page.evaluate(_TWO_FRAMES)
            if self._pending <= 0:
                return
            await asyncio.sleep(0.1)

    async def _switch(self, viewport: Viewport) -> None:
        assert self._cdp
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

    async def _dismiss_banner(self, page: BrowserPage) -> dict[Viewport, FixedArea]:
        banner = await page.evaluate(script("banner"), {"dismiss": False})
        if not banner:
            return {}
        seen = {Viewport.DESKTOP: _BANNER.validate_python(banner)}
        await self._switch(Viewport.PHONE)
        await self._settle(page)
        if banner := await page.evaluate(script("banner"), {"dismiss": False}):
            seen[Viewport.PHONE] = _BANNER.validate_python(banner)
        await self._switch(Viewport.DESKTOP)
        await page.evaluate(script("banner"), {"dismiss": True})
        await self._settle(page)
        return seen

    async def _render(
        self, page: BrowserPage, viewport: Viewport, visit: Visit, look: Look, banner: FixedArea | None
    ) -> None:
        if viewport is not Viewport.DESKTOP:
            await self._switch(viewport)
            await self._settle(page)
        await page.evaluate(script("look"))
        await page.evaluate(_STILL)
        raw = await page.evaluate(script("facts"))
        axe = None
        screenshot = ""
        if viewport is not Viewport.NARROW:
            try:
                axe = await self._axe.run(page)
            except PlaywrightError as error:
                look.untested[f"{viewport}:axe"] = f"axe-failed|{_reason(error)}"
            if axe and axe.skipped_frames:
                look.untested[f"{viewport}:frames"] = f"frames|{', '.join(axe.skipped_frames)}"
            screenshot = await self._shoot(viewport, raw, f"{visit.name}-{viewport}.webp")
            await self._reveal(page, viewport, raw, look)
        elif any(not item["exempt"] for item in raw["overflow"]):
            screenshot = await self._shoot(viewport, raw, f"{visit.name}-{viewport}.webp")
        look.renderings.append(
            Rendering(
                url=visit.url,
                viewport=viewport,
                facts=_FACTS.validate_python(raw),
                axe=axe,
                screenshot=screenshot,
                banner=banner,
                query=visit.query,
                hits_expected=visit.hits_expected,
            )
        )

    async def _reveal(self, page: BrowserPage, viewport: Viewport, raw: dict[str, Any], look: Look) -> None:
        """Opens what can be opened, and writes into *raw* what each toggle brought to light."""
        before = page.url
        try:
            opened = await page.evaluate(script("reveal"), _REVEAL_BUDGET)
        except PlaywrightError as error:
            look.untested[f"{viewport}:reveal"] = f"reveal-failed|{_reason(error)}"
            opened = None
        if opened:
            for kind in _REVEALABLE:
                for item in raw[kind]:
                    if not item["visible"]:
                        item["revealed_by"] = opened["revealed"].get(item["selector"], ())
            for control in raw["controls"]:
                control["reveals_links"] = opened["counts"].get(control["selector"], 0)
                control["opens_navigation"] = control["selector"] in opened["opens_navigation"]
            if opened["exhausted"]:
                look.untested[f"{viewport}:reveal"] = "reveal-budget"
        if (not opened or not opened["restored"] or page.url != before) and viewport is Viewport.DESKTOP:
            await page.goto(before.split("#")[0], wait_until="load")
            await page.evaluate(script("look"))
            await self._dismiss_banner(page)

    async def _shoot(self, viewport: Viewport, raw: Mapping[str, Any], name: str) -> str:
        if self._screenshots is None or self._cdp is None:
            return ""
        density = self._viewports.phone.scale if viewport is Viewport.PHONE else 1.0
        clip = {
            "x": 0,
            "y": 0,
            "width": raw["width"],
            "height": max(1, min(raw["page_height"], _MAX_SHOT_HEIGHT)),
            "scale": SCREENSHOT_SCALE[viewport] / density,
        }
        answer = await self._cdp.send(
            "Page.captureScreenshot",
            {"format": "webp", "quality": 55, "clip": clip, "captureBeyondViewport": True, "optimizeForSpeed": True},
        )
        (self._screenshots / name).write_bytes(base64.b64decode(answer["data"]))
        return name


def page_of(visit: Visit, look: Look, *, today: date, fetched_at: str) -> Page:
    """The artifacts of a page, made of what the browser saw."""
    document = None
    if look.html and not look.is_download:
        document = Document(url=visit.url, html=look.html, today=today.isoformat())
    return Page(
        response=Response(
            url=visit.url,
            final_url=look.final_url or visit.url,
            status=look.status,
            content_type=look.headers.get("content-type", "").split(";")[0].strip().lower(),
            redirects=look.redirects,
            headers=look.headers,
            fetched_at=fetched_at,
        ),
        document=document,
        renderings=tuple(look.renderings),
        depth=visit.depth,
        is_handoff=visit.is_handoff,
        is_content=not (visit.is_handoff or look.is_download or look.status in (404, 410) or _redirected(visit, look)),
        template=template_of(document) if document else "",
        untested=dict(look.untested),
    )


def _redirected(visit: Visit, look: Look) -> bool:
    return bool(look.final_url) and look.final_url.startswith("http") and canonical(look.final_url) != visit.url


def _chain(request: Request) -> list[str]:
    chain: list[str] = []
    before = request.redirected_from
    while before is not None and len(chain) < 20:
        chain.insert(0, before.url)
        before = before.redirected_from
    return chain


def _reason(error: PlaywrightError) -> str:
    """One line of what went wrong, without the call log."""
    return error.message.splitlines()[0].removeprefix("Page.goto: ")[:300]


async def _dismiss(dialog: Dialog) -> None:
    await dialog.dismiss()


async def _cancel(download: Download) -> None:
    await download.cancel()


async def _close(page: BrowserPage) -> None:
    await page.close()
