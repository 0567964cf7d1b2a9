"""Asks the site's search many questions, and reads what it answers: every page of results, in an order, narrowed."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from playwright.async_api import BrowserContext, CDPSession
from playwright.async_api import Error as PlaywrightError

from auditor.derive.result_controls import Press
from auditor.derive.result_page import ResultPage, ResultSelectors, read_result_page
from auditor.derive.result_words import SearchWords
from auditor.derive.search_way import fill, learned_template
from auditor.derive.urls import canonical
from auditor.gather.inpage import script
from auditor.gather.search import Typing, come_to_rest, loaded
from auditor.gather.tab import Tab
from auditor.gather.trouble import ODD_ANSWERS, Misbehaved, reason_of
from auditor.model.config import ViewportsConfig
from auditor.model.search import Answer, Hit, Order, Question, SearchWay
from auditor.model.vocabulary import Viewport

_STEP_SECONDS = 0.1
_ANSWER_STEPS = 30
_QUESTION_SECONDS = 90.0
_MOST_TOGGLES = 4


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One page of results as it was shown."""

    html: str
    address: str
    status: int = 200


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An answer, and what it was read from."""

    answer: Answer
    pages: tuple[Seen, ...] = ()
    picture: bytes = b""
    """The first page of results, or what could not be made out, as JPEG; empty if there is none."""


@dataclass(frozen=True, kw_only=True)
class AskingRules:
    """What is known of a site's search, and what one may do with it."""

    way: SearchWay
    words: SearchWords
    turn: Callable[[str], Awaitable[None]]
    """Waits until it is polite to send the host of an address a request."""
    allows: Callable[[str], bool]
    """Whether robots.txt lets one visit an address."""
    selectors: ResultSelectors = ResultSelectors()
    orders: dict[Order, str] = field(default_factory=dict)
    """Order → address of the results in that order, with {query}, from the site file."""
    most_pages: int = 6
    """Pages of results that are read of one answer."""


class SearchAsker:
    """Asks questions one after the other in a tab of its own. Use as an async context manager.

    The first questions are typed; once two showed how results are addressed, further ones go to that address. Controls
    are pressed only where `find_controls` recognised them: nothing but the search's own form is ever sent, and no
    document is asked for by POST but by that form.
    """

    def __init__(self, context: BrowserContext, viewports: ViewportsConfig, timeout: float, rules: AskingRules) -> None:
        self._context = context
        self._viewports = viewports
        self._timeout = timeout
        self._rules = rules
        self._template = "" if rules.way.field and not rules.way.given else rules.way.template
        self._guess = ""
        self._pattern = ""
        self._in_place = False
        self._typing = False
        self._tab: Tab | None = None

    async def __aenter__(self) -> "SearchAsker":
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._discard()

    async def ask(self, question: Question, *, most_pages: int | None = None) -> Reply:
        """What the search answers to *question*. Never raises for what the site does: that is in the answer.

        Args:
            question: what is asked.
            most_pages: how many pages of results are read; the rules' number if left out.
        """
        reading = _Reading(question)
        try:
            async with asyncio.timeout(_QUESTION_SECONDS):
                await self._ask(reading, most_pages or self._rules.most_pages)
        except TimeoutError:
            reading.trouble = "too-long"
        except _Untold as reason:
            reading.trouble = str(reason)
        except ODD_ANSWERS as error:
            reading.trouble = reason_of(error)
        reading.in_place = self._in_place
        reply = reading.reply()
        if reply.answer.untested and not reply.picture:
            reply = replace(reply, picture=await self._picture())
        if reading.trouble or (self._tab and self._tab.spoiled):
            await self._discard()
        return reply

    async def _ask(self, reading: "_Reading", most_pages: int) -> None:
        question = reading.question
        await self._arrive(question)
        page = await self._read(reading)
        if question.order and question.order not in self._rules.orders:
            page = await self._use(reading, page, page.orders.get(question.order), f"search-no-order|{question.order}")
        if question.choice:
            press = next((press for choice, press in page.choices.items() if choice.label == question.choice), None)
            page = await self._use(reading, page, press, f"search-no-choice|{question.choice}")
        reading.take(page)
        if page.orders or page.choices:
            reading.picture = await self._picture()
        while (onward := page.controls.onward) and reading.number < most_pages and page.hits:
            before = reading.last
            if not await self._press(onward):
                break
            page = await self._read(reading, before=0 if page.controls.adds else len(reading.hits))
            if reading.last.html == before.html or not page.hits:
                break
            reading.take(page)
        reading.complete = page.controls.onward is None or not page.hits
        if len(page.hits) >= 3 and not self._pattern:
            self._pattern = page.pattern

    async def _arrive(self, question: Question) -> None:
        """Has the tab show the results for the words."""
        tab = await self._opened()
        template = self._rules.orders.get(question.order, "") if question.order else ""
        template = template or self._template
        if template:
            await self._go(tab, fill(template, question.query))
            return
        await self._go(tab, self._rules.way.page)
        self._typing = True
        try:
            arrival = await Typing(self._rules.way, question.query, self._rules.turn)(tab)
        finally:
            self._typing = False
        if arrival.status >= 400:
            raise _Untold(f"status|{arrival.status}")
        self._in_place = bool(arrival.asked and arrival.asked.in_place)
        if self._rules.way.given:
            self._template = self._rules.way.template
        elif not self._in_place and (learned := learned_template(tab.page.url, question.query)):
            self._template = learned if learned == self._guess else ""
            self._guess = learned

    async def _opened(self) -> Tab:
        if self._tab is None or self._tab.page.is_closed():
            self._tab = await Tab.open(self._context, self._viewports, self._timeout)
            await self._tab.switch(Viewport.DESKTOP)
            self._guard = await _guarded(self._context, self._tab, lambda: self._typing)
        return self._tab

    async def _go(self, tab: Tab, address: str) -> None:
        if not self._rules.allows(address):
            raise _Untold("robots")
        await self._rules.turn(address)
        tab.forget_requests()
        response = await tab.page.goto(address, wait_until="domcontentloaded")
        if response and response.status >= 400:
            raise _Untold(f"status|{response.status}")
        await loaded(tab)

    async def _read(self, reading: "_Reading", before: int = 0) -> ResultPage:
        """What the tab shows, and opens what may hold orders or choices once."""
        page = await self._look(reading, before)
        toggles = page.controls.toggles[:_MOST_TOGGLES] if not (page.orders and page.choices) else ()
        for toggle in toggles:
            if toggle.number is not None and await self._call("press", number=toggle.number):
                await come_to_rest(self._shown)
        return await self._look(reading, before) if toggles else page

    async def _look(self, reading: "_Reading", before: int) -> ResultPage:
        raw = await self._call("read")
        reading.last = Seen(html=raw["html"], address=raw["address"])
        return read_result_page(
            raw["html"],
            raw["address"],
            reading.question.query,
            self._rules.words,
            pattern=self._pattern,
            selectors=self._rules.selectors,
            page=reading.number + 1,
            before=before,
        )

    async def _use(self, reading: "_Reading", page: ResultPage, press: Press | None, missing: str) -> ResultPage:
        """The page after *press*.

        Raises:
            _Untold: there is no such control, or it does nothing.
        """
        if press is None:
            reading.take(page)
            raise _Untold(missing if page.recognised else "search-unread")
        await self._press(press)
        return await self._read(reading)

    async def _press(self, press: Press) -> bool:
        """Uses a control, and waits for what comes of it; whether anything did."""
        tab = self._shown
        if press.address:
            if canonical(press.address) != canonical(tab.page.url):
                await self._go(tab, press.address)
            return True
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
            return str(await self._shown.run(_STATE))
        return ""

    async def _call(self, step: str, *, number: int | None = None, option: str = "") -> Any:
        return await self._shown.call(script("snapshot"), {"step": step, "number": number, "option": option})

    @property
    def _shown(self) -> Tab:
        assert self._tab is not None
        return self._tab

    async def _picture(self) -> bytes:
        if self._tab is None:
            return b""
        with contextlib.suppress(PlaywrightError, TimeoutError):
            async with asyncio.timeout(5):
                return await self._tab.page.screenshot(type="jpeg", quality=50)
        return b""

    async def _discard(self) -> None:
        tab, self._tab = self._tab, None
        if tab:
            await tab.close()


_STATE = """(() => {
  const said = location.href + (document.querySelector('main,[role=main]') || document.body)?.innerHTML;
  let sum = 0;
  for (let place = 0; place < said.length; place += 1) sum = (sum * 31 + said.charCodeAt(place)) | 0;
  return `${sum} ${said.length} ${globalThis.auditorMark === true}`;
})()"""


async def _guarded(context: BrowserContext, tab: Tab, may_post: Callable[[], bool]) -> CDPSession:
    """Lets the tab ask for documents by GET alone, but while *may_post* says so."""
    cdp = await context.new_cdp_session(tab.page)

    async def paused(event: Mapping[str, Any]) -> None:
        harmless = event["request"]["method"] in ("GET", "HEAD") or may_post()
        with contextlib.suppress(PlaywrightError):
            if harmless:
                await cdp.send("Fetch.continueRequest", {"requestId": event["requestId"]})
            else:
                refusal = {"requestId": event["requestId"], "errorReason": "BlockedByClient"}
                await cdp.send("Fetch.failRequest", refusal)

    cdp.on("Fetch.requestPaused", paused)
    await cdp.send("Fetch.enable", {"patterns": [{"urlPattern": "*", "resourceType": "Document"}]})
    return cdp


class _Untold(Exception):
    """There is no answer; says the reason."""


@dataclass
class _Reading:
    """An answer while it is being read."""

    question: Question
    hits: list[Hit] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    pages: list[Seen] = field(default_factory=list)
    shown: list[ResultPage] = field(default_factory=list)
    last: Seen = Seen(html="", address="")
    complete: bool = False
    in_place: bool = False
    trouble: str = ""
    picture: bytes = b""

    @property
    def number(self) -> int:
        """How many pages of results were taken."""
        return len(self.shown)

    def take(self, page: ResultPage) -> None:
        """Adds a page of results; one that shows all hits so far once more takes the place of those."""
        known = {hit.url for hit in self.hits}
        if self.shown and self.shown[-1].controls.adds and len(page.hits) > len(self.hits):
            self.sizes.append(len(page.hits) - len(self.hits))
            self.hits = [
                *self.hits,
                *(replace(hit, page=self.number + 1) for hit in page.hits[len(self.hits) :]),
            ]
        elif not (self.shown and self.shown[-1].controls.adds and {hit.url for hit in page.hits} <= known):
            self.sizes.append(len(page.hits))
            self.hits += page.hits
        self.shown.append(page)
        self.pages.append(self.last)

    def reply(self) -> Reply:
        """What came of it."""
        first = self.shown[0] if self.shown else None
        recognised = first is not None and first.recognised
        trouble = self.trouble or ("" if recognised else "search-unread")
        return Reply(
            answer=Answer(
                question=self.question,
                address=self.pages[0].address if self.pages else self.last.address,
                hits=tuple(self.hits) if not trouble else (),
                count=first.count if first else None,
                approximate=bool(first and first.approximate),
                says_nothing=bool(first and first.says_nothing),
                pages=tuple(self.sizes),
                complete=self.complete and not trouble,
                orders=tuple(first.orders) if first else (),
                choices=tuple(first.choices) if first else (),
                in_place=self.in_place,
                untested=trouble,
            ),
            pages=tuple(self.pages) or ((self.last,) if self.last.html else ()),
            picture=self.picture,
        )
