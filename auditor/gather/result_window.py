"""A tab of the browser in which results of the site's search are shown, sorted, narrowed and leafed through."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import BrowserContext, CDPSession
from playwright.async_api import Error as PlaywrightError

from auditor.derive.result_controls import Press
from auditor.derive.search_way import fill, learned_template
from auditor.derive.urls import canonical
from auditor.gather.inpage import script
from auditor.gather.search import Typing, come_to_rest, loaded
from auditor.gather.tab import Tab
from auditor.gather.trouble import Misbehaved
from auditor.gather.visit import Arrival
from auditor.model.config import ViewportsConfig
from auditor.model.search import Order, Question, SearchWay
from auditor.model.vocabulary import Viewport

_STEP_SECONDS = 0.1
_ANSWER_STEPS = 30
_PICTURE_SECONDS = 5
_STATE = """((selector) => {
  const said = location.href + (document.querySelector(selector) || document.body)?.innerHTML;
  let sum = 0;
  for (let place = 0; place < said.length; place += 1) sum = (sum * 31 + said.charCodeAt(place)) | 0;
  return `${sum} ${said.length} ${globalThis.auditorMark === true}`;
})"""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One page of results as it was shown."""

    html: str
    address: str


class Untold(Exception):
    """There is no answer; its text is the reason."""


@dataclass(frozen=True, kw_only=True)
class WindowRules:
    """How a site's search is asked, and what one may do there."""

    way: SearchWay
    turn: Callable[[str], Awaitable[None]]
    """Waits until it is polite to send the host of an address a request."""
    allows: Callable[[str], bool]
    """Whether robots.txt lets one visit an address."""
    orders: Mapping[Order, str] = field(default_factory=dict)
    """Order → address of the results in that order, with {query}, from the site file."""
    viewport: Viewport = Viewport.DESKTOP
    """The shape in which results are shown."""


class ResultWindow:
    """Shows results in a tab of its own; close it when done.

    The first questions are typed; once two showed how results are addressed, further ones go to that address. No
    document is asked for by POST but while the search's own field is sent, whatever a page's scripts attempt.
    """

    def __init__(self, context: BrowserContext, viewports: ViewportsConfig, timeout: float, rules: WindowRules) -> None:
        """Takes its tools.

        Args:
            context: where the tab is opened.
            viewports: sizes.
            timeout: seconds that a page may take to answer.
            rules: how the search is asked.
        """
        self._context = context
        self._viewports = viewports
        self._timeout = timeout
        self._rules = rules
        self._template = "" if rules.way.can_be_typed and not rules.way.given else rules.way.template
        self._guess = ""
        self._typing = False
        self._open: Tab | None = None
        self.overlay = False
        """Hits lie over the page while one types, and there is no page of results."""
        self.in_place = False
        """Scripts put results into a page that was there before."""

    async def arrive(self, question: Question) -> bool:
        """Shows the results for the words of *question*; whether they stand in the order that it asks for already.

        Raises:
            Untold: it may not be asked, or answers with an error.
            Misbehaved, PlaywrightError: the page does something odd.
        """
        tab = await self._tab()
        ordered = self._rules.orders.get(question.order, "") if question.order else ""
        if template := ordered or self._template:
            await self._go(tab, fill(template, question.query))
            return bool(ordered)
        if self._rules.way.template and not self._rules.allows(fill(self._rules.way.template, question.query)):
            raise Untold("robots")
        await self._go(tab, self._rules.way.page)
        try:
            arrival = await self._typed(tab, question.query)
        except Misbehaved as reason:
            if str(reason) != "search-overlay":
                raise
            self.overlay = True
            await self._go(tab, self._rules.way.page)
            arrival = await self._typed(tab, question.query)
        if arrival.status >= 400:
            raise Untold(f"status|{arrival.status}")
        self.in_place = bool(arrival.asked and arrival.asked.in_place)
        if self._rules.way.given:
            self._template = self._rules.way.template
        elif not self.in_place and (learned := learned_template(tab.page.url, question.query)):
            self._template = learned if learned == self._guess else ""
            self._guess = learned
        return False

    async def _typed(self, tab: Tab, words: str) -> Arrival:
        if self.overlay:  # what is seen already belongs to the page, and a hit may lead to the same address
            await tab.run(script("look"))
            await self._call("seen")
        self._typing = not self.overlay
        try:
            rules = self._rules
            typing = Typing(rules.way, words, rules.turn, send=not self.overlay, viewport=rules.viewport)
            return await typing(tab)
        finally:
            self._typing = False

    async def show(self) -> Seen:
        """What is shown now."""
        raw = await self._call("read")
        return Seen(html=raw["html"], address=raw["address"])

    async def press(self, press: Press) -> bool:
        """Uses a control, and waits for what comes of it; whether anything did."""
        tab = self._shown
        if press.address:
            if canonical(press.address) != canonical(tab.page.url):
                await self._go(tab, press.address)
            return True
        if press.number is None:
            return False
        before = await self._state()
        await self._rules.turn(tab.page.url)
        tab.forget_requests()
        if not await self._call("press", number=press.number, option=press.option):
            return False
        if await self._changed(before):
            return True
        if press.submits is None or not await self._call("press", number=press.submits):
            return False
        return await self._changed(before)

    async def open(self, toggle: Press) -> None:
        """Opens what may hold controls."""
        if toggle.number is not None and await self._call("press", number=toggle.number):
            await come_to_rest(self._shown)

    async def picture(self) -> bytes:
        """What the window shows, as JPEG; empty if there is no picture of it."""
        if self._open is None:
            return b""
        with contextlib.suppress(PlaywrightError, TimeoutError):
            async with asyncio.timeout(_PICTURE_SECONDS):
                return await self._open.page.screenshot(type="jpeg", quality=50)
        return b""

    @property
    def spoiled(self) -> bool:
        """Whether the next question is better asked in another tab."""
        return self._open is not None and self._open.spoiled

    async def close(self) -> None:
        """Drops the tab; the next question opens another."""
        tab, self._open = self._open, None
        if tab:
            await tab.close()

    async def _tab(self) -> Tab:
        if self._open is None or self._open.page.is_closed():
            self._open = await Tab.open(self._context, self._viewports, self._timeout)
            await self._open.switch(self._rules.viewport)
            await _guard(self._context, self._open, lambda: self._typing)
        return self._open

    @property
    def _shown(self) -> Tab:
        if self._open is None:
            raise Misbehaved("closed")
        return self._open

    async def _go(self, tab: Tab, address: str) -> None:
        if not self._rules.allows(address):
            raise Untold("robots")
        await self._rules.turn(address)
        tab.forget_requests()
        response = await tab.page.goto(address, wait_until="domcontentloaded")
        if response and response.status >= 400:
            raise Untold(f"status|{response.status}")
        await loaded(tab)

    async def _changed(self, before: str) -> bool:
        for _ in range(_ANSWER_STEPS):
            await asyncio.sleep(_STEP_SECONDS)
            if await self._state() != before:
                await self._shown.page.wait_for_load_state("domcontentloaded")
                await loaded(self._shown)
                return True
        return False

    async def _state(self) -> str:
        """What tells one showing of results from another; a document on its way is another."""
        with contextlib.suppress(Misbehaved, PlaywrightError):
            holder = "body" if self.overlay else "main,[role=main]"
            return str(await self._shown.run(f"{_STATE}('{holder}')"))
        return ""

    async def _call(self, step: str, *, number: int | None = None, option: str = "") -> Any:
        return await self._shown.call(script("snapshot"), {"step": step, "number": number, "option": option})


async def _guard(context: BrowserContext, tab: Tab, may_post: Callable[[], bool]) -> CDPSession:
    """Lets the tab ask for documents by GET alone, but while *may_post* says so."""
    cdp = await context.new_cdp_session(tab.page)

    async def paused(event: Mapping[str, Any]) -> None:
        harmless = event["request"]["method"] in ("GET", "HEAD") or may_post()
        with contextlib.suppress(PlaywrightError):
            if harmless:
                await cdp.send("Fetch.continueRequest", {"requestId": event["requestId"]})
            else:
                refusal = {"requestId": event["requestId"], "errorReason": "Aborted"}
                await cdp.send("Fetch.failRequest", refusal)

    cdp.on("Fetch.requestPaused", paused)
    await cdp.send("Fetch.enable", {"patterns": [{"urlPattern": "*", "resourceType": "Document"}]})
    return cdp
