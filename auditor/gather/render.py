"""Looks at one page in the browser: one navigation, three viewports, and what each of them shows."""

import asyncio
import contextlib
import math
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from playwright.async_api import BrowserContext, Request
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import TimeoutError as PlaywrightTimeout
from pydantic import TypeAdapter

from auditor.derive.fingerprint import fingerprint
from auditor.derive.secrets import covered
from auditor.derive.urls import canonical, host_of
from auditor.gather.axe import AxeRunner
from auditor.gather.banner import STILL, dismiss_banner, measure_banner
from auditor.gather.capture import public
from auditor.gather.devices import DeviceSample
from auditor.gather.inpage import script, scripts
from auditor.gather.interact import SPACING, Tryout, strain, together
from auditor.gather.places import PATIENCE, OwnTime, Places
from auditor.gather.sample import InteractionSample
from auditor.gather.tab import Tab
from auditor.gather.trouble import ODD_ANSWERS, Misbehaved, is_unconnected, plain, reason_of
from auditor.gather.unchanged import validators
from auditor.gather.visit import Look, Tried, Visit
from auditor.model.access import Access
from auditor.model.axe import AxeResult
from auditor.model.config import ViewportsConfig
from auditor.model.facts import Facts, FixedArea
from auditor.model.loads import Print
from auditor.model.page import Rendering
from auditor.model.vocabulary import Viewport

_T = TypeVar("_T")
_FACTS = TypeAdapter(Facts)
_ACCESS = TypeAdapter(Access)
_REVEAL_BUDGET = {"clicks": 25, "milliseconds": 5000}
_STEP_SECONDS = 30.0
_KEPT_SECONDS = 8.0
"""What is kept of them for the rest of the look when menus are opened and the keyboard is tried."""
_AXE_SECONDS = 15.0
_LOAD_SECONDS = 15.0
_LEADING_ON_SECONDS = 2.0
_ANSWER_SECONDS = 8.0
"""The least that a page may take before it hangs, for what takes three seconds at the most."""
_MOST_LANDINGS = 2
_LANDING_SLACK = 8
"""Pixels of a text's line that may be covered: its first line is higher than its letters."""
_BELOW_WIDE = 320
"""Pixels that the narrow picture shows below the lowest element that is too wide; it is taken for these only."""
_TOO_MUCH_SAID = 431
"""Request Header Fields Too Large (RFC 6585)."""
_HTML_TYPES = ("text/html", "application/xhtml+xml", "")
_ASKED = {
    Viewport.DESKTOP: ("facts", "access", "paint"),
    Viewport.PHONE: ("facts", "access", "paint", "loss"),
    Viewport.NARROW: ("facts",),
}
"""In-page scripts that are asked of a page at rest. The desktop is asked about lost text when all is closed again, and
tried out: what the page shows on half the screen is compared with that."""
_REVEALABLE = ("headings", "links", "controls", "forms", "fields", "blocks", "mentions")


class PageRenderer:
    """Looks at pages, one after the other, in one browser context."""

    def __init__(
        self,
        context: BrowserContext,
        axe: AxeRunner | None,
        viewports: ViewportsConfig,
        *,
        timeout: float,
        screenshots: Path | None = None,
        devices: DeviceSample | None = None,
        sample: InteractionSample | None = None,
        within: frozenset[str] | None = None,
        why: Callable[[str], str] = lambda host: "",
        remember: bool = False,
        places: Places | None = None,
    ) -> None:
        """Takes its tools.

        Args:
            context: where tabs are opened.
            axe: runs axe-core; if it is None, axe is left out.
            viewports: sizes of phone and desktop.
            timeout: seconds that a page may take to answer.
            screenshots: folder for pictures; none are taken if it is left out.
            devices: finds templates that must be loaded per device; if left out all pages are loaded once.
            sample: chooses the pages that are opened and walked through; if left out none is.
            within: hosts that a page of the site may lead on to by itself; if left out, all.
            why: tells the reason for which there was no connection to a host, if anybody knows.
            remember: note what pages are made of, so that a later run can ask whether that changed.
            places: for pages that load; one is taken to load a page anew. Who asks for a look has one for that already.
        """
        self._context = context
        self._axe = axe
        self._viewports = viewports
        self._timeout = timeout
        self._screenshots = screenshots
        self._devices = devices
        self._sample = sample
        self._within = within
        self._no_way = why
        self._remember = remember
        self._places = places or Places()
        self._time = OwnTime()
        self._tab: Tab | None = None

    async def look(self, visit: Visit) -> Look:
        """Everything about one page. Never raises for what a page does."""
        look = Look(url=visit.url)
        try:
            async with self._time.limited(self._timeout * 2 + 3 * _STEP_SECONDS):
                await self._look(visit, look)
        except TimeoutError:
            look.untested["page"] = "too-long"
            await self.discard()
        except ODD_ANSWERS as error:
            look.untested["page"] = reason = reason_of(error)
            if reason == "left" and self._tab and (elsewhere := await self._followed(self._tab, visit)):
                await self._gone(self._tab, look, elsewhere)
            await self.discard()
        if self._tab and self._tab.spoiled:
            await self.discard()
        return look

    async def discard(self) -> None:
        """Drops the tab, so that the next look begins with a new one."""
        tab, self._tab = self._tab, None
        if tab:
            await tab.close()

    async def _look(self, visit: Visit, look: Look) -> None:
        tab = await self._ready_tab(visit)
        if not await self._load(tab, visit, look) or not await self._act(tab, visit, look):
            return
        if visit.on_loaded:
            visit.on_loaded()
        seen = await self._answered(tab.call(scripts("shift", "banner", first=script("look")), {"dismiss": False}))
        look.layout_shift = seen["shift"]
        banners: Mapping[Viewport, FixedArea] = {}
        if seen["banner"]:
            runner = self._axe if visit.is_judged else None
            await self._turn(visit)
            measured = measure_banner(tab, seen["banner"], look, runner, self._sample)
            banners = await self._answered(measured, _STEP_SECONDS)
        look.html = covered(_without_halves(await self._answered(tab.page.content())))
        if self._sample is not None and visit.is_judged and not visit.act:
            async with self._time.suspended():
                look.sampled = await self._sample.choose(visit.url, look.template)
        for viewport in visit.viewports:
            try:
                async with self._time.limited(_STEP_SECONDS):
                    rendering = await self._render(tab, viewport, visit, look, banners.get(viewport))
                    if viewport is Viewport.PHONE:
                        rendering = await self._as_loaded_by_a_phone(rendering, visit, look) or rendering
                    look.renderings.append(rendering)
                    if self._sample is not None:
                        self._sample.tried(visit.url, viewport)
            except (*ODD_ANSWERS, TimeoutError) as error:
                reason = "viewport-too-long" if isinstance(error, TimeoutError) else await self._why(tab, error)
                rest = visit.viewports[visit.viewports.index(viewport) :]
                look.untested.update(dict.fromkeys(rest, reason))
                await self.discard()
                return
        if look.document is not None:
            look.parts = await self._answered(tab.parts())

    async def _turn(self, visit: Visit, viewport: Viewport | None = None) -> None:
        """Lets the pages that were begun before go first."""
        if self._sample is not None:
            async with self._time.suspended():
                await self._sample.turn(visit.url, viewport)

    async def _ready_tab(self, visit: Visit) -> Tab:
        """A tab that shows nothing: the one in use if its page lets go, else a new one."""
        if self._tab is not None and not (self._tab.page.is_closed() or await self._tab.leave()):
            await self.discard()
        if self._tab is None or self._tab.page.is_closed():
            self._tab = await Tab.open(self._context, self._viewports, self._timeout)
        if self._within is not None:
            await self._tab.keep_within(None if visit.is_handoff or visit.query is not None else self._within)
        await self._tab.switch(Viewport.DESKTOP)
        return self._tab

    async def _why(self, tab: Tab, error: Exception) -> str:
        """Why a rendering failed; a script of ours that found nothing it knows is in another document."""
        if isinstance(error, Misbehaved):
            with contextlib.suppress(*ODD_ANSWERS):
                return "left" if await self._answered(tab.has_left()) else reason_of(error)
        return reason_of(error)

    async def _load(self, tab: Tab, visit: Visit, look: Look, *, again: bool = False) -> bool:
        """Goes to the page; whether there is a document to look at.

        A page may set so many cookies that the server takes no further request: then it is asked again without any.
        """
        tab.forget_requests()
        try:
            response = await tab.page.goto(
                visit.address or visit.url, wait_until="domcontentloaded", timeout=self._timeout * 1000
            )
        except PlaywrightError as error:
            if tab.strayed:
                return await self._gone(tab, look, f"redirect|{covered(canonical(tab.strayed))}")
            if isinstance(error, PlaywrightTimeout):
                return await self._gone(tab, look, f"no-answer|{self._timeout:g}")
            look.is_download = "Download is starting" in str(error) or "ERR_ABORTED" in str(error)
            unconnected = (
                self._no_way(host_of(tab.wanted or visit.address or visit.url)) if is_unconnected(error) else ""
            )
            look.untested["page"] = "download" if look.is_download else unconnected or reason_of(error)
            await self.discard()
            return False
        look.final_url = covered(tab.page.url)
        if response is not None:
            look.status = response.status
            if look.status == _TOO_MUCH_SAID and not again:
                await self._context.clear_cookies()
                return await self._load(tab, visit, look, again=True)
            look.headers = public(response.headers)
            look.redirects = tuple(_chain(response.request))
            kind = look.headers.get("content-type", "text/html").split(";")[0].strip().lower()
            look.is_download = kind not in _HTML_TYPES
            if look.status >= 400 or look.is_download:
                look.untested["page"] = "download" if look.is_download else f"status|{look.status}"
                return False
            if self._remember and look.status == 200 and not look.redirects:
                body = await self._answered(response.body())
                look.document = Print(
                    url=visit.url, digest=fingerprint(body, html=True), **validators(response.headers)
                )
        await self._answered(tab.mark())
        if elsewhere := _elsewhere(tab.page.url, visit):
            return await self._gone(tab, look, elsewhere)
        return await self._finish_loading(tab, visit, look)

    async def _act(self, tab: Tab, visit: Visit, look: Look) -> bool:
        """Does what leads to the page, if anything must be done; whether the tab shows it now."""
        if visit.act is None:
            return True
        arrival = await visit.act(tab)
        look.asked = arrival.asked
        look.final_url = covered(tab.page.url)
        look.status = arrival.status or look.status
        if look.status >= 400:
            look.untested["page"] = f"status|{look.status}"
        return look.status < 400

    async def _finish_loading(self, tab: Tab, visit: Visit, look: Look) -> bool:
        """Waits for the rest of the page; whether it stays and answers."""
        try:
            await tab.page.wait_for_load_state("load", timeout=min(self._timeout, _LOAD_SECONDS) * 1000)
        except PlaywrightTimeout:
            look.untested["load"] = "never-loaded"
        await self._answered(tab.settle())
        if not tab.strayed and await self._answered(tab.leads_on()):
            await self._let_go(tab)
        if tab.strayed:
            return await self._gone(tab, look, f"redirect|{covered(canonical(tab.strayed))}")
        if await self._answered(tab.has_left()):
            return await self._gone(tab, look, await self._followed(tab, visit) or "left")
        return True

    async def _followed(self, tab: Tab, visit: Visit) -> str:
        """The reason not to look at a page that went elsewhere while it was asked; empty if it is not known where."""
        with contextlib.suppress(*ODD_ANSWERS):
            return _elsewhere(await self._answered(tab.address()), visit)
        return ""

    async def _let_go(self, tab: Tab) -> None:
        """Waits until a page that leads on has done so, two seconds at the most: where it leads may be no page."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LEADING_ON_SECONDS):
                while not tab.strayed:
                    with contextlib.suppress(*ODD_ANSWERS):  # while it goes
                        if await tab.has_left():
                            return
                    await asyncio.sleep(0.05)

    async def _gone(self, tab: Tab, look: Look, reason: str) -> bool:
        look.untested["page"] = reason
        look.final_url = reason.partition("|")[2] if reason.startswith("redirect") else ""
        await self.discard()
        return False

    async def _answered(self, work: Awaitable[_T], least: float = _ANSWER_SECONDS) -> _T:
        """The result of *work*, for which a page needs a moment only: *least* seconds, or its time if that is more."""
        try:
            async with asyncio.timeout(max(self._timeout, least)):
                return await work
        except TimeoutError as error:
            raise Misbehaved("hangs") from error

    async def _render(
        self, tab: Tab, viewport: Viewport, visit: Visit, look: Look, banner: FixedArea | None = None
    ) -> Rendering:
        if viewport is not Viewport.DESKTOP:
            await tab.switch(viewport)
            await self._answered(tab.settle())
        loop = asyncio.get_running_loop()
        started = loop.time()
        seen = await tab.call(scripts(*_ASKED[viewport], first=f"{script('look')};\n{STILL}"), SPACING)
        raw, access = seen["facts"], seen.get("access", {})
        if viewport is Viewport.DESKTOP:
            raw["layout_shift"] = look.layout_shift
            if visit.on_links:
                visit.on_links([link["href"] for link in raw["links"]])
        axe = None
        tried, filtered = Tried(), None
        tryout = self._sample and Tryout(
            tab, viewport, look, self._sample, lambda shown: self._come_again(tab, viewport, visit, shown)
        )
        screenshot = ""
        if viewport is not Viewport.NARROW:
            raw["paints"] = seen["paint"]
            axe = await self._run_axe(self._axe, tab, viewport, look) if self._axe and visit.is_judged else None
            screenshot = await self._shoot(tab, viewport, raw, visit, look)
            await self._follow_within(tab, raw)
            await self._reveal(tab, viewport, raw, visit, look)
            left = started + _STEP_SECONDS - _KEPT_SECONDS - loop.time()
            if tryout and viewport in look.sampled:
                await self._turn(visit, viewport)
                tried = await tryout.interact(self._axe, raw, axe, left)
            if viewport is Viewport.DESKTOP:
                await strain(tab, raw)
            else:
                raw["spaced"] = seen["loss"]
            if await tab.has_left():
                raise Misbehaved("left")
            if tryout and visit.query is not None and viewport is Viewport.DESKTOP:
                await self._turn(visit, viewport)
                filtered = await tryout.filter()
        elif wide := [item["box"] for item in raw["overflow"] if not item["exempt"]]:
            shown = max(box["y"] + box["height"] for box in wide) + _BELOW_WIDE
            screenshot = await self._shoot(tab, viewport, raw, visit, look, shown)
        return Rendering(
            url=visit.url,
            viewport=viewport,
            facts=_FACTS.validate_python(raw),
            access=_ACCESS.validate_python(access),
            axe=axe,
            screenshot=screenshot,
            banner=banner,
            keyboard=tried.keyboard,
            hovers=tried.hovers,
            states=tried.states,
            query=visit.query,
            hits_expected=visit.hits_expected,
            in_place=bool(look.asked and look.asked.in_place),
            filtered=filtered,
        )

    async def _as_loaded_by_a_phone(self, switched: Rendering, visit: Visit, look: Look) -> Rendering | None:
        """The phone's rendering in a tab that was a phone from the start, if the page's template asks for that."""
        if self._devices is None or visit.is_handoff or visit.act:
            return None
        if not await self._devices.differs(look.template, visit.url, switched.facts):
            return None
        look.document = None  # another document than the one that was asked for first
        async with self._devices.tab(visit.url) as tab:
            await tab.run(script("look"))
            await dismiss_banner(tab)
            loaded = await self._render(tab, Viewport.PHONE, visit, look, switched.banner)
        return replace(loaded, states=together(switched.states, loaded.states))

    async def _run_axe(self, runner: AxeRunner, tab: Tab, viewport: Viewport, look: Look) -> AxeResult | None:
        if "axe-too-long" in look.untested.values():
            look.untested[f"{viewport}:axe"] = "axe-too-long"
            return None
        try:
            async with asyncio.timeout(_AXE_SECONDS):
                axe = await runner.run(tab)
        except TimeoutError:
            await tab.interrupt()
            look.untested[f"{viewport}:axe"] = "axe-too-long"
            return None
        except ODD_ANSWERS as error:
            look.untested[f"{viewport}:axe"] = f"axe-failed|{plain(error)}"
            return None
        if axe.skipped_frames:
            look.untested[f"{viewport}:frames"] = f"frames|{', '.join(axe.skipped_frames)}"
        return axe

    async def _follow_within(self, tab: Tab, raw: dict[str, Any]) -> None:
        """Follows links within the page that, by the styles, lead to what a fixed area lies over, and notes if so.

        A few are enough: what lies over one heading lies over the others too. Scripts may stop the page elsewhere, or
        fold the area away; so only trying tells.
        """
        doubtful = [
            link
            for link in raw["links"]
            if link["visible"] and link["lands"] is not None and link["lands"] < raw["covered_top"] - _LANDING_SLACK
        ]
        asked = {link["href"]: link for link in reversed(doubtful) if "main" in link["regions"]} or {
            link["href"]: link for link in reversed(doubtful)
        }
        tried = [link["selector"] for link in list(asked.values())[-_MOST_LANDINGS:]]
        if tried:
            answers = await self._answered(tab.call(script("landing"), tried))
            for link in doubtful:
                link["landing_covered"] = answers.get(link["selector"])

    async def _reveal(self, tab: Tab, viewport: Viewport, raw: dict[str, Any], visit: Visit, look: Look) -> None:
        """Opens what can be opened, and writes into *raw* what each toggle brought to light."""
        before = tab.page.url
        opened, spaced = None, None
        names = ("reveal",) if viewport is Viewport.PHONE or viewport in look.sampled else ("reveal", "loss")
        try:
            seen = await tab.call(scripts(*names), {**_REVEAL_BUDGET, **SPACING})
            opened, spaced = seen["reveal"], seen.get("loss")
        except (Misbehaved, PlaywrightError) as error:
            look.untested[f"{viewport}:reveal"] = f"reveal-failed|{plain(error)}"
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
        if not opened or not opened["restored"] or tab.page.url != before:
            await self._come_again(tab, viewport, visit, before)
        else:
            raw["spaced"] = spaced

    async def _come_again(self, tab: Tab, viewport: Viewport, visit: Visit, shown: str) -> None:
        """Loads the page anew, which opening things left in disorder; *shown* is its address."""
        async with self._places.taken(PATIENCE):
            await tab.page.goto(visit.address if visit.act else shown.split("#")[0], wait_until="load")
            await tab.mark()
            if visit.act:
                await visit.act(tab)
                await tab.switch(viewport)
        await tab.run(script("look"))
        await dismiss_banner(tab)

    async def _shoot(
        self, tab: Tab, viewport: Viewport, raw: dict[str, Any], visit: Visit, look: Look, most: float = math.inf
    ) -> str:
        """The name of a picture of the page, *most* pixels high at the most; empty if there is none."""
        if self._screenshots is None:
            return ""
        name = f"{visit.name}-{viewport}.jpg"
        try:
            await tab.shoot(viewport, raw["width"], min(raw["page_height"], most), self._screenshots / name)
        except PlaywrightError as error:
            look.untested[f"{viewport}:screenshot"] = f"no-picture|{plain(error)}"
            return ""
        return name


def _chain(request: Request) -> list[str]:
    chain: list[str] = []
    before = request.redirected_from
    while before is not None and len(chain) < 20:
        chain.insert(0, covered(before.url))
        before = before.redirected_from
    return chain


def _elsewhere(shown: str, visit: Visit) -> str:
    """The reason not to look, if the tab shows another address than the one that was asked for."""
    if not shown.startswith("http"):
        return "left"  # an empty page, or the browser's own message of a failure
    moved = canonical(shown) != visit.url and not visit.is_handoff and visit.query is None
    return f"redirect|{covered(canonical(shown))}" if moved else ""


def _without_halves(text: str) -> str:
    """*text* with U+FFFD for every half of a surrogate pair: no file holds such."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
