"""The browser of a walk, and the visitors in it: started again when it ends, and recycled before it has grown large."""

import asyncio
import contextlib
import json
from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import Any

from playwright.async_api import Browser, BrowserContext, StorageState
from playwright.async_api import Error as PlaywrightError

from auditor.errors import GatherError
from auditor.gather.browser import BrowserChoice, running_browser
from auditor.gather.capture import Capture
from auditor.gather.http import user_agent
from auditor.gather.inpage import script
from auditor.gather.way_out import asked_directly
from auditor.model.config import SiteConfig
from auditor.model.vocabulary import Viewport

_MOST_RESTARTS = 6
_SECONDS = 10.0
"""For what a browser is asked for before it is closed, and for closing it."""
_NO_WINDOWS = "window.open = () => null"
"""Windows that a page opens are nothing that its visitor asked for; a blocked one is never asked for by the browser."""
_PLATFORMS = {Viewport.DESKTOP: "X11; Linux x86_64", Viewport.PHONE: "Linux; Android 14; Mobile"}


class Visitor:
    """A browser that visits a site as somebody from Sweden. Use as an async context manager.

    Raises on entry:
        BrowserMissing: there is no browser.
    """

    browser: Browser
    choice: BrowserChoice
    looks: int = 0
    """Pages that this browser was shown since it was started; counted by whoever shows them."""
    capture: Capture | None = None
    """Hears of what is loaded in contexts that are opened from now on."""

    def __init__(self, config: SiteConfig, ports: Mapping[str, int], way_out: int) -> None:
        """A visitor of the site of *config*.

        Args:
            config: the site.
            ports: host name → port on loopback that answers for it.
            way_out: port on loopback of the proxy through which all else goes.
        """
        self._config = config
        self._ports = ports
        self._way_out = way_out
        self._restarts = 0
        self._open: dict[tuple[Viewport, int], BrowserContext] = {}
        self._left: dict[tuple[Viewport, int], StorageState] = {}
        """What a recycled browser's contexts had been given to keep."""

    async def __aenter__(self) -> "Visitor":
        await self._start()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._running.aclose()

    async def _start(self) -> None:
        self.looks = 0
        self._open = {}
        self._running = AsyncExitStack()
        self.browser, self.choice = await self._running.enter_async_context(
            running_browser(self._config.browser, self._ports, self._way_out, asked_directly(self._config.start))
        )

    async def restart(self) -> None:
        """Starts another browser in place of one that is gone; its contexts are gone too.

        Raises:
            GatherError: browsers ended too often.
        """
        self._restarts += 1
        if self._restarts > _MOST_RESTARTS:
            raise GatherError(
                f"browser: {self.choice.path} ended {self._restarts} times; see that the machine has memory enough and "
                "run the same command again, it goes on where it was"
            )
        await self._replace()

    @property
    def is_worn(self) -> bool:
        """Whether the browser was shown so many pages that it should be recycled."""
        return self.looks >= self._config.browser.recycle

    async def recycle(self) -> None:
        """Closes the browser and starts it again. Contexts are gone; one that is opened in place of another finds what
        sites gave that one to keep, so that no site takes its visitor for somebody new.
        """
        for who, context in self._open.items():
            with contextlib.suppress(PlaywrightError, TimeoutError):
                async with asyncio.timeout(_SECONDS):
                    self._left[who] = await context.storage_state()
        if self.capture:
            await self.capture.drain()
        await self._replace()

    async def _replace(self) -> None:
        with contextlib.suppress(Exception):
            async with asyncio.timeout(_SECONDS):
                await self._running.aclose()
        await self._start()

    def agent(self, viewport: Viewport) -> str:
        """The user agent of a phone or a desktop that says who we are."""
        major = self.browser.version.split(".")[0]
        platform = _PLATFORMS.get(viewport, _PLATFORMS[Viewport.DESKTOP])
        agent = f"Mozilla/5.0 ({platform}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{major}.0.0.0 Safari/537.36"
        return f"{agent} {user_agent(self._config.politeness.contact)}"

    async def context(self, viewport: Viewport, number: int | None = None) -> BrowserContext:
        """A context that says that it is a phone or a desktop, and behaves like one.

        Args:
            viewport: the phone or the desktop.
            number: tells it from others of its kind, and so whose place it takes after the browser was recycled; a
                context without one takes nobody's.
        """
        device: dict[str, Any] = {}
        if viewport is Viewport.PHONE:
            size = self._config.viewports.phone
            device = {"viewport": {"width": size.width, "height": size.height}, "is_mobile": True, "has_touch": True}
        context = await self.browser.new_context(
            service_workers="block",
            user_agent=self.agent(viewport),
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
            storage_state=self._left.pop((viewport, number), None) if number is not None else None,
            **device,
        )
        await context.add_init_script(_NO_WINDOWS)
        if self._config.archive.redact:
            await context.add_init_script(f"({script('redact')})({json.dumps(self._config.archive.redact)})")
        if self.capture:
            self.capture.listen(context)
        if number is not None:
            self._open[viewport, number] = context
        return context
