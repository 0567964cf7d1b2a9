"""One tab of the browser: it takes the shape of any viewport, and tells when scripts are done fetching."""

import asyncio
import base64
import contextlib
import json
import re
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext, CDPSession, Dialog, Download, Request
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as BrowserPage

from auditor.derive.secrets import covered
from auditor.derive.urls import host_of
from auditor.gather.trouble import Misbehaved
from auditor.model.config import ViewportsConfig
from auditor.model.page import SCREENSHOT_SCALE
from auditor.model.vocabulary import Viewport

_NARROW = {"width": 320, "height": 640, "deviceScaleFactor": 1, "mobile": False}
_MAX_SHOT_HEIGHT = 6000
_SHOT_QUALITY = 50
_CLOSE_SECONDS = 5.0
_LEAVING_SECONDS = 3.0
_LAST_WORDS_SECONDS = 0.2
"""What a page sends as it is left is stopped by `keep_within`; a tab that is closed before that lets it go."""
_WORLD = "auditor"
_NO_SUCH_WORLD = "Cannot find context"
_KEYS = {"Tab": (9, ""), "Enter": (13, "\r"), "Escape": (27, "")}
"""Key → its code on Windows, and the text it gives."""
_HALF = re.compile(r"((?<!\\)(?:\\\\)*)\\ud[89a-f][0-9a-f]{2}")
_UNSEEN = ("Ping", "CSPViolationReport")
"""What pages send that no visitor sees, as the DevTools protocol names it."""
_ASKED_FOR = ("Document", *_UNSEEN)
_BY_VALUE = {"returnByValue": True, "awaitPromise": True}
_PARTS = frozenset({"stylesheet", "script", "document", "xhr", "fetch", "eventsource"})
"""Kinds of requests whose answers decide how a page looks and works."""
_TWO_FRAMES = """() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(done));
  setTimeout(done, 100);
})"""

# Of several refreshes browsers follow the one that comes first. How their times and addresses are told apart: HTML,
# "shared declarative refresh steps".
_LEADS_ON = r"""[...document.querySelectorAll('meta[http-equiv="refresh" i]')].some((meta) =>
  /^\s*(0+(\.[\d.]*)?|\.[\d.]*)\s*[;,\s]\s*(url\s*=\s*)?['"]?\s*\S/i.test(meta.content))"""


class Tab:
    """A page of the browser that answers no dialog, keeps no download and opens no further tab.

    Scripts of ours run in a world of their own: they see the page's elements, but not its variables nor what it did to
    prototypes, and leave nothing behind.
    """

    def __init__(self, page: BrowserPage, cdp: CDPSession, frame: str, viewports: ViewportsConfig) -> None:
        self.page = page
        self.spoiled = False
        """Whether the page opened dialogs or windows: the next page is better off in another tab."""
        self._cdp = cdp
        self._frame = frame
        self._world: int | None = None
        self._sign = secrets.token_hex(8)
        """What our own world of a document is known by, which no page knows."""
        self._viewports = viewports
        self._pending = 0
        self.strayed = ""
        """Where the page wanted to go though it may not; see `keep_within`."""
        self.wanted = ""
        """The document that the page, or who drives it, asked for last; empty while nobody watches."""
        self._within: frozenset[str] | None = None
        self._watching = False
        self._asked: list[Request] = []
        self._talks = False
        page.on("websocket", self._talking)
        page.on("dialog", self._dismiss)
        page.on("download", _cancel)
        page.on("popup", self._close)
        page.on("request", self._started)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._ended)

    @classmethod
    async def open(cls, context: BrowserContext, viewports: ViewportsConfig, timeout: float) -> "Tab":
        """A new tab in *context*; actions in it give up after *timeout* seconds."""
        page = await context.new_page()
        page.set_default_timeout(timeout * 1000)
        cdp = await context.new_cdp_session(page)
        tree = await cdp.send("Page.getFrameTree")
        return cls(page, cdp, tree["frameTree"]["frame"]["id"], viewports)

    def forget_requests(self) -> None:
        """Called before a navigation: what the old page was fetching does not matter any more."""
        self._pending = 0
        self._asked = []
        self._talks = False

    async def parts(self) -> tuple[str, ...] | None:
        """Addresses of styles, scripts, frames and data that were fetched since `forget_requests`, each once.

        None if some of it cannot be asked for again: it was sent there, came over an open line, or was opened by a
        secret in its address, which is not kept.
        """
        found: dict[str, None] = {}
        for request in self._asked:
            if request.resource_type not in _PARTS or self._is_own(request):
                continue
            if request.method != "GET":
                if await _says_something(request):
                    return None
            elif covered(request.url) != request.url:
                return None
            elif request.url.startswith(("http://", "https://")):
                found[request.url.split("#")[0]] = None
        return None if self._talks else tuple(found)

    async def keep_within(self, hosts: frozenset[str] | None) -> None:
        """From now on the tab stays where it is when its page wants to go to another host than *hosts*; None: it goes.

        Frames within the page may show what they like, since visitors see it. What a page sends that no visitor sees
        (pings, reports of violated policies) is not sent at all.
        """
        self._within, self.strayed, self.wanted = hosts, "", ""
        if not self._watching:
            self._watching = True
            self._cdp.on("Fetch.requestPaused", self._paused)
            await self._cdp.send("Fetch.enable", {"patterns": [{"resourceType": kind} for kind in _ASKED_FOR]})

    async def _paused(self, event: dict[str, Any]) -> None:
        url, stray = str(event["request"]["url"]), False
        if event["resourceType"] == "Document" and event["frameId"] == self._frame:
            self.wanted = url
            stray = self._within is not None and host_of(url) not in self._within
            self.strayed = url if stray else self.strayed
        with contextlib.suppress(PlaywrightError):
            if stray or event["resourceType"] in _UNSEEN:
                await self._cdp.send("Fetch.failRequest", {"requestId": event["requestId"], "errorReason": "Aborted"})
            else:
                await self._cdp.send("Fetch.continueRequest", {"requestId": event["requestId"]})

    async def mark(self) -> None:
        """Remembers the document that is shown, so that `has_left` can tell."""
        await self.run("globalThis.auditorMark = true")

    async def has_left(self) -> bool:
        """Whether another document took the place of the marked one, be it the same page again."""
        return not await self.run("globalThis.auditorMark === true")

    async def address(self) -> str:
        """The address of the document that is shown now; Playwright hears of it a moment later."""
        return str(await self.run("location.href"))

    async def leads_on(self) -> bool:
        """Whether the document says that it leads on to another address at once, which takes it a moment."""
        return bool(await self.run(_LEADS_ON))

    async def leave(self) -> bool:
        """Goes to an empty page, with scripts switched off, so that no page gets in the way of the next one.

        What it sends as it goes is stopped by `keep_within`. False if the page does not let go in time; the tab is of
        no use then.
        """
        with contextlib.suppress(PlaywrightError, TimeoutError):
            async with asyncio.timeout(_LEAVING_SECONDS):
                await self._cdp.send("Emulation.setScriptExecutionDisabled", {"value": True})
                await self._cdp.send("Page.navigate", {"url": "about:blank"})
                await self._cdp.send("Emulation.setScriptExecutionDisabled", {"value": False})
                return True
        return False

    async def close(self) -> None:
        """Closes the tab, whatever its page thinks of that, when what the page sent at last has been stopped."""
        if await self.leave():
            await asyncio.sleep(_LAST_WORDS_SECONDS)
        with contextlib.suppress(PlaywrightError, TimeoutError):
            async with asyncio.timeout(_CLOSE_SECONDS):
                await self.page.close(run_before_unload=False)

    async def run(self, expression: str) -> Any:
        """The value of *expression* in our own world of the document.

        Raises:
            Misbehaved: it raised.
        """

        def asked(sign: str, world: int) -> Mapping[str, Any]:
            return {"expression": f"{sign} ? (\n{expression}\n) : '{self._sign}'", "contextId": world}

        return await self._ask("Runtime.evaluate", asked)

    async def call(self, function: str, argument: Any = None) -> Any:
        """What *function* gives in our own world of the document, secrets covered; promises are waited for.

        Raises:
            Misbehaved: it raised.
        """

        def asked(sign: str, world: int) -> Mapping[str, Any]:
            # As one text: Playwright checks values that are handed over node by node, which takes longer than the look.
            work = f"{sign} ? JSON.stringify((await ({function})(given)) ?? null) : '{self._sign}'"
            declaration = f"async (given) => {work}"
            return {"functionDeclaration": declaration, "executionContextId": world, "arguments": [{"value": argument}]}

        answer = await self._ask("Runtime.callFunctionOn", asked)
        return None if answer is None else from_json(covered(answer))

    async def interrupt(self) -> None:
        """Ends the script that keeps the page busy."""
        with contextlib.suppress(PlaywrightError, TimeoutError):
            async with asyncio.timeout(_CLOSE_SECONDS):
                await self._cdp.send("Runtime.terminateExecution")

    async def _ask(self, method: str, asked: Callable[[str, int], Mapping[str, Any]]) -> Any:
        """What the browser answers to *method* in our own world, which *asked* is given with a test for its sign.

        The world that was asked last is tried first, without asking for it again: that would double the way to the
        browser and back. It is gone if the tab shows another document, and its number may be that of another world
        then; only ours has the sign.
        """
        if self._world is not None:
            try:
                given = asked(f"globalThis.auditorSign === '{self._sign}'", self._world)
                answer = _value(await self._cdp.send(method, {**given, **_BY_VALUE}))
            except PlaywrightError as error:
                if _NO_SUCH_WORLD not in error.message:
                    raise
            else:
                if answer != self._sign:
                    return answer
        world = await self._cdp.send("Page.createIsolatedWorld", {"frameId": self._frame, "worldName": _WORLD})
        self._world = int(world["executionContextId"])
        given = asked(f"(globalThis.auditorSign = '{self._sign}')", self._world)
        return _value(await self._cdp.send(method, {**given, **_BY_VALUE}))

    async def settle(self) -> None:
        """Waits until scripts that fetch content are done, three seconds at the most."""
        for _ in range(30):
            await self.call(_TWO_FRAMES)
            if self._pending <= 0:
                return
            await asyncio.sleep(0.1)

    @property
    def half_width(self) -> int:
        """Half the desktop's width in CSS pixels."""
        return self._viewports.desktop.width // 2

    async def halve(self) -> None:
        """Takes half the desktop's width and height, as a browser zoomed to 200 percent does; no touch, one pixel each.

        The screen says that it lies on its side, as that of a phone of this shape would.
        """
        size = self._viewports.desktop
        metrics = {
            "width": self.half_width,
            "height": size.height // 2,
            "deviceScaleFactor": 1,
            "mobile": False,
            "screenOrientation": {"type": "landscapePrimary", "angle": 90},
        }
        await self._cdp.send("Emulation.setDeviceMetricsOverride", metrics)

    async def switch(self, viewport: Viewport) -> None:
        """Takes the shape of *viewport*, without loading the page again."""
        await self._take(viewport)
        await self._cdp.send("Emulation.setTouchEmulationEnabled", {"enabled": viewport is Viewport.PHONE})

    @asynccontextmanager
    async def coarse(self, viewport: Viewport) -> AsyncIterator[None]:
        """While it lasts, the screen of *viewport* has one pixel for each of CSS.

        A picture of a phone's nine takes five times as long, and tells no more of whether something changed.
        """
        await self._take(viewport, density=1)
        try:
            yield
        finally:
            await self._take(viewport)

    async def _take(self, viewport: Viewport, density: float | None = None) -> None:
        if viewport is Viewport.NARROW:
            metrics: dict[str, Any] = dict(_NARROW)
        else:
            size = self._viewports.phone if viewport is Viewport.PHONE else self._viewports.desktop
            metrics = {
                "width": size.width,
                "height": size.height,
                "deviceScaleFactor": density or size.scale,
                "mobile": viewport is Viewport.PHONE,
            }
        await self._cdp.send("Emulation.setDeviceMetricsOverride", metrics)

    async def press(self, key: str, *, times: int = 1, shift: bool = False) -> None:
        """Presses Tab, Enter or Escape as a person does; one press does not wait for the last one's consequences.

        A key that is pressed several *times* is let go of once: every message to the browser takes its time.
        """
        code, text = _KEYS[key]
        stroke = {"key": key, "code": key, "windowsVirtualKeyCode": code, "modifiers": 8 if shift else 0}
        down = {"type": "keyDown", "text": text} if text else {"type": "rawKeyDown"}
        presses = [*[{**stroke, **down}] * times, {**stroke, "type": "keyUp"}]
        await asyncio.gather(*(self._cdp.send("Input.dispatchKeyEvent", one) for one in presses))

    async def strike(self, characters: str) -> None:
        """Presses the keys of *characters* one after the other, without waiting for what comes of it."""
        presses = []
        for character in characters:
            code = ord(character.upper()) if character.isascii() and character.isalnum() else 0
            stroke = {"key": character, "windowsVirtualKeyCode": code}
            presses += [{**stroke, "type": "keyDown", "text": character}, {**stroke, "type": "keyUp"}]
        await asyncio.gather(*(self._cdp.send("Input.dispatchKeyEvent", one) for one in presses))

    async def point(self, x: float, y: float) -> None:
        """Moves the pointer to a place in the viewport, in CSS pixels."""
        await self._cdp.send("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": x, "y": y})

    async def picture(self) -> str:
        """What the viewport shows now; the same picture is the same text."""
        asked = {"format": "png", "optimizeForSpeed": True}
        return str((await self._cdp.send("Page.captureScreenshot", asked))["data"])

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

    def _is_own(self, request: Request) -> bool:
        """Whether *request* is for the page's own document."""
        return request.is_navigation_request() and request.frame == self.page.main_frame

    def _talking(self, line: object) -> None:
        self._talks = True

    def _started(self, request: Request) -> None:
        self._asked.append(request)
        if request.resource_type in ("fetch", "xhr"):
            self._pending += 1

    def _ended(self, request: Request) -> None:
        if request.resource_type in ("fetch", "xhr"):
            self._pending -= 1

    async def _dismiss(self, dialog: Dialog) -> None:
        self.spoiled = True
        with contextlib.suppress(PlaywrightError):
            await dialog.dismiss()

    async def _close(self, window: BrowserPage) -> None:
        self.spoiled = True
        with contextlib.suppress(PlaywrightError):
            await window.close()


def from_json(text: str) -> Any:
    """The value that JavaScript wrote as *text*, with U+FFFD for every half of a surrogate pair: no file holds such."""
    return json.loads(_HALF.sub(r"\1\\ufffd", text) if "\\ud" in text else text)


async def _says_something(request: Request) -> bool:
    """Whether an answer came that a page can use: what only counts visits answers with nothing."""
    with contextlib.suppress(PlaywrightError, TimeoutError):
        async with asyncio.timeout(_CLOSE_SECONDS):
            response = await request.response()
            return bool(response and response.status != 204 and response.headers.get("content-length") != "0")
    return True


def _value(answer: Any) -> Any:
    if trouble := answer.get("exceptionDetails"):
        said = trouble.get("exception", {}).get("description") or trouble.get("text") or ""
        raise Misbehaved(f"script|{(str(said).splitlines() or [''])[0][:200]}")
    return answer["result"].get("value")


async def _cancel(download: Download) -> None:
    with contextlib.suppress(PlaywrightError):
        await download.cancel()
