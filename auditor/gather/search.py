"""Asks the site's own search, as a visitor does: types into its field, presses Enter, and waits for the results."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Request, Response
from playwright.async_api import TimeoutError as PlaywrightTimeout
from pydantic import TypeAdapter

from auditor.derive.results import told_count
from auditor.derive.search_way import fill, learned_template
from auditor.derive.urls import canonical
from auditor.gather.inpage import script
from auditor.gather.render import PageRenderer
from auditor.gather.tab import Tab
from auditor.gather.trouble import Misbehaved
from auditor.gather.visit import Arrival, Look, Visit
from auditor.model.facts import Element
from auditor.model.search import Asked, SearchWay, Suggestions
from auditor.model.vocabulary import Viewport

_ELEMENT = TypeAdapter(Element)
_KEY_MILLISECONDS = 25
_BEGIN = 4
"""Letters of the words after which suggestions are looked for; services begin to suggest at three or four."""
_SUGGESTION_SECONDS = 0.6
"""Services wait for a pause in the typing, of a quarter of a second as a rule, before they suggest."""
_STEP_SECONDS = 0.1
_ANSWER_STEPS = 30
"""Steps for which an answer to Enter is waited for: one that begins later than after three seconds is none."""
_QUIET_STEPS = 3
_UNSURE_STEPS = 10
"""Steps in a row in which the page says the same until results count as complete; the longer while no number of hits
is told, for then they may still be on their way."""
_LOAD_SECONDS = 20.0


class SearchDriver:
    """Asks the site's search any number of questions, and gives each page of results as the browser shows it.

    The first questions are typed. Once two of them showed how results are addressed, further ones go straight to that
    address; where results have none (they are posted, or put into the page by a script), each is typed.
    """

    def __init__(self, way: SearchWay, turn: Callable[[str], Awaitable[None]]) -> None:
        """Takes what it needs.

        Args:
            way: how the search is asked.
            turn: waits until it is polite to send the host of an address a request.
        """
        self._way = way
        self._turn = turn
        self._template = "" if way.can_be_typed else way.template
        self._guess = ""
        self._watched = ""
        """The words over which it is looked at what the field suggests: the first that are typed."""

    async def ask(self, renderer: PageRenderer, visit: Visit) -> Look:
        """The results of *visit*'s query. Never raises for what the site does: what failed is in the look."""
        query = visit.query or ""
        if self._template and query != self._watched:
            return await renderer.look(replace(visit, address=fill(self._template, query)))
        self._watched = self._watched or query  # typed again, if the browser ends over it
        typing = Typing(self._way, query, self._turn, watch=query == self._watched)
        look = await renderer.look(replace(visit, address=self._way.page, act=typing))
        self._learn(query, look)
        return look

    def _learn(self, query: str, look: Look) -> None:
        if self._way.given:
            self._template = self._way.template
        elif look.asked and not look.asked.in_place and (template := learned_template(look.final_url, query)):
            self._template = template if template == self._guess else ""
            self._guess = template


@dataclass
class _Navigation:
    """What became of the tab's document since a key was pressed."""

    tab: Tab
    begun: bool = False
    status: int = 0

    def __enter__(self) -> "_Navigation":
        self.tab.page.on("request", self._requested)
        self.tab.page.on("response", self._answered)
        return self

    def __exit__(self, *error: object) -> None:
        self.tab.page.remove_listener("request", self._requested)
        self.tab.page.remove_listener("response", self._answered)

    def _requested(self, request: Request) -> None:
        self.begun = self.begun or self._is_ours(request)

    def _answered(self, response: Response) -> None:
        if self._is_ours(response.request):
            self.status = response.status

    def _is_ours(self, request: Request) -> bool:
        return request.is_navigation_request() and request.frame == self.tab.page.main_frame


@dataclass
class Typing:
    """Types words into the site's search field and sends them; afterwards the tab shows the results."""

    way: SearchWay
    query: str
    turn: Callable[[str], Awaitable[None]]
    watch: bool = False
    """Look at what the field suggests meanwhile."""
    send: bool = True
    """Send the words; else they only stand in the field, for a search that shows its hits while one types."""
    viewport: Viewport = Viewport.DESKTOP
    """The shape in which it is done."""
    _status: int = field(default=0, init=False)

    async def __call__(self, tab: Tab) -> Arrival:
        """Does it.

        Raises:
            Misbehaved: the field cannot be written in, nothing came of it, or results only lie over the page; unless
                the site file says where results are.
        """
        await tab.switch(self.viewport)
        await tab.run(script("look"))
        await tab.call(script("banner"), {"dismiss": True})
        await tab.settle()
        asked = await self._type_and_send(tab)
        if self.way.given:
            await self._go(tab, fill(self.way.template, self.query))
        elif asked is None:
            raise Misbehaved("search-field")
        elif self.send and not asked.sent_by:
            raise Misbehaved("search-silent")
        return Arrival(status=self._status, asked=asked)

    async def _type_and_send(self, tab: Tab) -> Asked | None:
        """How it went; None if the field cannot be written in."""
        opened = await self._step(tab, "open")
        if not opened or not opened["focused"]:
            return None
        seen: Mapping[str, Any] = {}
        suggestions = None
        if self.watch:
            seen, suggestions = await self._suggested(tab)
        before = await _said(tab, whole=True)
        await self._write(tab, self.query)
        await asyncio.sleep(_SUGGESTION_SECONDS)
        await tab.settle()
        offered = await self._offered(tab)
        if not await self._step(tab, "focused"):
            return None
        if not self.send:
            await _until_it_says_else(tab, before)
            await come_to_rest(tab, whole=True)
            return Asked(page=self.way.page, field=_ELEMENT.validate_python(opened["fact"]), in_place=True)
        await self.turn(self.way.page)
        sent_by, in_place = await self._sent(tab, str(opened["state"]))
        if not self.way.given:  # what waits for a pause in the typing may have come since
            self._refuse_overlay(tab, offered if offered or sent_by else await self._offered(tab), sent_by)
        return Asked(
            page=self.way.page,
            field=_ELEMENT.validate_python(opened["fact"]),
            characters=int(seen.get("characters", 0)),
            sent_by=sent_by,
            in_place=in_place,
            suggestions=suggestions,
        )

    def _refuse_overlay(self, tab: Tab, offered: Sequence[str], sent_by: str) -> None:
        """Results that lie over the page while one types are none of a page: they are not looked at.

        They are told by links that come to light, of which Enter takes one, or does nothing.

        Raises:
            Misbehaved: it is so.
        """
        taken = canonical(tab.page.url) in map(canonical, offered)
        if offered and (taken or not sent_by):
            raise Misbehaved("search-overlay")

    async def _offered(self, tab: Tab) -> Sequence[str]:
        """Addresses of links that came to light since the field was opened."""
        return tuple((await self._step(tab, "typed") or {}).get("links", ()))

    async def _write(self, tab: Tab, words: str) -> None:
        """Types *words* in place of what stands in the field."""
        await tab.page.keyboard.press("Control+A")
        await tab.page.keyboard.type(words, delay=_KEY_MILLISECONDS)

    async def _suggested(self, tab: Tab) -> tuple[Mapping[str, Any], Suggestions]:
        """What the field shows after some letters of the words, and what Arrow Down does then."""
        await self._write(tab, self.query[:_BEGIN])
        await asyncio.sleep(_SUGGESTION_SECONDS)
        await tab.settle()
        seen = await self._step(tab, "typed") or {}
        arrow = ""
        if seen.get("choices"):
            await tab.page.keyboard.press("ArrowDown")
            await asyncio.sleep(_STEP_SECONDS)
            arrow = str(await self._step(tab, "arrow") or "")
            await self._step(tab, "open")
        kept = {key: value for key, value in seen.items() if key not in ("characters", "links")}
        return seen, Suggestions(**kept, arrow=arrow)

    async def _sent(self, tab: Tab, before: str) -> tuple[str, bool]:
        """What sent the words, and whether the results came without a new document."""
        for key in ("enter", "button"):
            with _Navigation(tab) as navigation:
                tab.forget_requests()
                if key == "enter":
                    await tab.page.keyboard.press("Enter")
                elif not await self._step(tab, "press"):
                    continue
                answer = await self._answer(tab, navigation, before)
            if answer:
                self._status = navigation.status
                return key, answer == "place"
        return "", False

    async def _answer(self, tab: Tab, navigation: _Navigation, before: str) -> str:
        """document, place, or empty: what the page answered in time."""
        for _ in range(_ANSWER_STEPS):
            await asyncio.sleep(_STEP_SECONDS)
            if navigation.begun:
                return await self._document(tab, before)
            if await self._step(tab, "state") != before:
                break
        else:
            return ""
        await come_to_rest(tab)
        if navigation.begun:
            return await self._document(tab, before)
        return "place" if await self._step(tab, "state") != before else ""

    async def _document(self, tab: Tab, before: str) -> str:
        """document, or empty: nothing came, or the page with the field itself, as it was."""
        if not await self._arrived(tab):
            return ""
        now = str(await self._step(tab, "state") or "")
        return "" if _told(now) == _told(before) else "document"

    async def _arrived(self, tab: Tab) -> bool:
        """Waits for the new document; whether it came."""
        for _ in range(int(_LOAD_SECONDS / _STEP_SECONDS)):
            if await _has_left(tab):
                break
            await asyncio.sleep(_STEP_SECONDS)
        else:
            return False
        await loaded(tab)
        return True

    async def _go(self, tab: Tab, address: str) -> None:
        """Goes to *address*, unless the tab shows it."""
        if canonical(tab.page.url) == canonical(address):
            return
        await self.turn(address)
        response = await tab.page.goto(address, wait_until="domcontentloaded")
        self._status = response.status if response else 0
        await loaded(tab)

    async def _step(self, tab: Tab, step: str) -> Any:
        """What one step of the in-page script gives; None once another document took the place of the field's."""
        given = {
            "step": step,
            "field": self.way.field,
            "opener": self.way.opener,
            "button": self.way.button,
            "toggles": list(self.way.revealed_by),
        }
        try:
            return await tab.call(script("search"), given)
        except (Misbehaved, PlaywrightError):
            if step in ("open", "typed"):
                raise
            return None


async def loaded(tab: Tab) -> None:
    """Waits until a document that has just come is there, scripts included."""
    with contextlib.suppress(PlaywrightTimeout):  # what is there is looked at, as with any page
        await tab.page.wait_for_load_state("load", timeout=_LOAD_SECONDS * 1000)
    await tab.mark()
    await tab.run(script("look"))
    if await tab.run("document.scripts.length > 0 || !!document.querySelector('iframe')"):  # else nothing changes it
        await come_to_rest(tab)


async def come_to_rest(tab: Tab, *, whole: bool = False) -> None:
    """Waits until scripts are done fetching and the page says the same for a while, three seconds at the most.

    Args:
        tab: which shows the page.
        whole: watch all of the page, not only its main content.
    """
    await tab.settle()
    same, said = 0, ""
    for _ in range(_ANSWER_STEPS):
        now = await _said(tab, whole=whole)
        same = same + 1 if now == said else 0
        if same >= (_UNSURE_STEPS if told_count(now) is None else _QUIET_STEPS):
            return
        said = now
        await asyncio.sleep(_STEP_SECONDS)


async def _until_it_says_else(tab: Tab, before: str) -> None:
    """Waits until the page says something else than *before*, three seconds at the most."""
    for _ in range(_ANSWER_STEPS):
        if await _said(tab, whole=True) != before:
            return
        await asyncio.sleep(_STEP_SECONDS)


async def _said(tab: Tab, *, whole: bool) -> str:
    """What the page says, or its main content if it is marked as such."""
    holder = "document.body" if whole else "(document.querySelector('main,[role=main]') || document.body)"
    return str(await tab.run(f"{holder}?.innerText || ''"))


def _told(state: str) -> tuple[str, str]:
    """Address and text of a page's state."""
    address, _, text = state.partition("\n")
    return canonical(address).rstrip("?"), text


async def _has_left(tab: Tab) -> bool:
    try:
        return await tab.has_left()
    except (Misbehaved, PlaywrightError):
        return False
