"""Walks a site: which address next, where it is looked at, and what is asked for besides."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from playwright.async_api import Error as PlaywrightError

from auditor.derive.file_name import file_name
from auditor.derive.result_selectors import ResultSelectors
from auditor.derive.result_words import SearchWords
from auditor.derive.scope import SiteScope
from auditor.derive.secrets import covered
from auditor.derive.urls import canonical, host_of
from auditor.gather.arrival import arrived
from auditor.gather.asking import Reply, SearchAsker
from auditor.gather.axe import AxeRunner, axe_script
from auditor.gather.capture import Capture, Known, Sink
from auditor.gather.devices import DeviceSample
from auditor.gather.external import Keep, ask_external
from auditor.gather.frontier import Found, Frontier, addresses_to_follow, links_to_follow
from auditor.gather.guard import Resolve, guard_for, looked_up
from auditor.gather.http import HttpClient, Politeness, SiteRefuses, Stopped
from auditor.gather.journal import Journal
from auditor.gather.pdf import read_pdf
from auditor.gather.places import Places
from auditor.gather.render import PageRenderer
from auditor.gather.result_window import ResultWindow, WindowRules
from auditor.gather.sample import InteractionSample
from auditor.gather.search import SearchDriver
from auditor.gather.serve import serving
from auditor.gather.sitemap import load_sitemaps
from auditor.gather.unchanged import Unchanged
from auditor.gather.visit import ORDER, Look, Visit, page_of
from auditor.gather.visitor import Visitor
from auditor.gather.wave import Wave
from auditor.gather.way_out import way_out
from auditor.model.axe import AxeEngine
from auditor.model.config import SiteConfig
from auditor.model.loads import Loads
from auditor.model.page import Page
from auditor.model.pdf import PdfFacts
from auditor.model.search import Question, SearchWay
from auditor.model.site import LinkStatus
from auditor.model.vocabulary import Viewport

_TRIES = 3
_AHEAD = 3
"""Pages that wait to be rendered, for each who renders, until no more are asked for."""
_LAST_CHANCE = 2
"""How often the browser may end over a page until that is left untested."""
_CLOSE_SECONDS = 10.0
_SILENT = ("no-answer", "refused", "cut-off")
"""Reasons that mean that a server dropped a request, or said nothing."""
_LASTING = {"reveal-budget"}
"""Reasons for something untested that hold for a page as long as it stays as it is."""
_UNREAD, _ENOUGH = 4, 1000
"""After so many answers that cannot be read, and none before that could, a search is not asked any more."""
_SEARCH_ENGINE = "Googlebot"
"""Stands for all search engines: most people come through it, and few sites tell engines apart."""


class _BrowserEnded(Exception):
    """The browser itself is gone, not only a tab."""


@dataclass
class Crawl:
    """One walk over one site. Use as an async context manager: it holds the browser and the connections."""

    config: SiteConfig
    today: date
    resolve: Resolve = looked_up
    """Looks up the addresses of hosts."""

    async def __aenter__(self) -> "Crawl":
        self._stack = AsyncExitStack()
        try:
            await self._open()
        except BaseException:
            await self._stack.aclose()
            raise
        return self

    async def __aexit__(self, *error: object) -> None:
        with contextlib.suppress(Exception):
            async with asyncio.timeout(_CLOSE_SECONDS):
                await self._stack.aclose()

    async def _open(self) -> None:
        config = self.config
        ports = self._stack.enter_context(serving(config.serve))
        source = axe_script(config.axe)
        hosts = [host_of(canonical(config.start)), *config.scope.hosts]
        self._guard = await guard_for(hosts, ports, self.resolve)
        self._way_out = self._stack.enter_context(way_out(self._guard))
        self.visitor = await self._stack.enter_async_context(Visitor(config, ports, self._way_out.port))
        self._politeness = Politeness(config.politeness, local=frozenset(ports))
        self._places = Places(config.politeness.concurrency)
        self.client = await self._stack.enter_async_context(
            HttpClient(self._politeness, self._guard, timeout=config.politeness.timeout)
        )
        self._unchanged = Unchanged(self.client, self.visitor.agent(Viewport.DESKTOP))
        self._axe = AxeRunner(source, config.axe.also, remember=config.axe.remember)
        page = await self.visitor.browser.new_page()
        self.engine: AxeEngine = await self._axe.engine(page)
        await page.close()
        self._stopped = False
        self.refusal = ""
        self._renderers: list[PageRenderer] = []
        self._journal = Journal()
        self._sample = InteractionSample()
        self._ended_over: Counter[str] = Counter()
        self._driver: SearchDriver | None = None

    def capture(self, sink: Sink, known: Known) -> None:
        """Hands what the browser receives from now on to *sink*; *known* tells which bodies are kept already."""
        self.visitor.capture = Capture(sink, known)

    def remember(self, path: Path) -> None:
        """Goes on with the choices that the file at *path* holds, and keeps there what is chosen; before the walk."""
        self._journal = Journal(path)
        self._sample = InteractionSample(self._journal)

    def stop(self) -> None:
        """Ends the walk after the pages that are being looked at."""
        self._stopped = True
        self._politeness.stopped = True

    def use_search(self, way: SearchWay) -> None:
        """From now on addresses with the roles search and question are asked for in this way."""
        self._driver = SearchDriver(way, self._politeness.turn)

    @property
    def stopped(self) -> bool:
        """Whether the walk was told to end, or the site refused it."""
        return self._stopped

    async def arrive(self) -> SiteScope:
        """Asks for robots.txt and the start page, and tells what the site is.

        Raises:
            Unreachable: there is no usable start page.
            ForbiddenByRobots: robots.txt forbids it.
        """
        self.robots, scope = await arrived(self.config, self.client, self._politeness)
        return scope

    async def sitemap(self, scope: SiteScope) -> dict[str, str]:
        """Canonical addresses in scope that the site's sitemaps name, with the day they give for the last change."""
        named = self.robots.sitemaps if self.robots else ()
        with contextlib.suppress(Stopped):
            found = await load_sitemaps(self.client, scope.start, named)
            listed = {covered(canonical(entry.url)): entry.modified for entry in found}
            return {url: listed[url] for url in sorted(listed) if scope.holds(url)}
        return {}

    def closed_to_search(self, urls: Iterable[str]) -> list[str]:
        """Those of *urls*, on the start page's host, that robots.txt forbids search engines to visit."""
        if self.robots is None:
            return []
        host, rules = host_of(canonical(self.config.start)), self.robots.rules
        return sorted(url for url in urls if host_of(url) == host and not rules.can_fetch(url, _SEARCH_ENGINE))

    async def walk(
        self, scope: SiteScope, frontier: Frontier, screenshots: Path, on_page: Callable[[str], None]
    ) -> None:
        """Looks at waiting addresses until there are none, the page budget is used up, or the walk is stopped."""
        try:
            await self._walk(scope, frontier, screenshots, on_page)
        finally:
            frontier.flush()

    async def _walk(
        self, scope: SiteScope, frontier: Frontier, screenshots: Path, on_page: Callable[[str], None]
    ) -> None:
        while not self.stopped:
            room = self.config.scope.max_pages - frontier.gathered()
            waiting = frontier.waiting(self._most)
            if not waiting:
                return
            pages = [item for item in waiting if item.role == "page"]
            for item in pages[max(0, room) :]:
                frontier.skip(item.url, f"max-pages|{self.config.scope.max_pages}")
            items = [*pages[: max(0, room)], *(item for item in waiting if item.role != "page")]
            if self.visitor.is_worn:
                self._renderers = []
                await self.visitor.recycle()
            if not self._renderers:
                self._renderers = await self._open_renderers(scope, screenshots)
            wave = Wave(items, ahead=_AHEAD * len(self._renderers))
            asking = (self._ask(wave, frontier, on_page) for _ in range(self.config.politeness.concurrency))
            rendering = (self._render(renderer, wave, scope, frontier, on_page) for renderer in self._renderers)
            try:
                await _together([*asking, *rendering])
            except _BrowserEnded:
                self._renderers = []
                await self.visitor.restart()

    @property
    def _most(self) -> int:
        """How many addresses are asked for at once."""
        return self.config.scope.max_pages + 50

    def _follow_early(
        self, item: Found, links: Iterable[str], wave: Wave, scope: SiteScope, frontier: Frontier
    ) -> None:
        """Goes on with *links* of the only page of a wave, which is being looked at."""
        if not wave.is_alone:
            return
        frontier.add(addresses_to_follow(links, item.url, scope, item.depth + 1))
        room = self.config.scope.max_pages - frontier.gathered() - 1
        next_ones = frontier.waiting(self._most, below=item.depth)
        wave.extend([other for other in next_ones if other.role == "page"][: max(0, room)])

    async def _open_renderers(self, scope: SiteScope, screenshots: Path) -> list[PageRenderer]:
        timeout, tryouts = self.config.politeness.timeout, self.config.tryouts
        at_once = self.config.politeness.concurrency
        phone = await self.visitor.context(Viewport.PHONE, 0)
        devices = DeviceSample(phone, self.config.viewports, timeout, scope.hosts, self._journal, self._places)
        return [
            PageRenderer(
                await self.visitor.context(Viewport.DESKTOP, number),
                self._axe,
                self.config.viewports,
                timeout=timeout,
                screenshots=screenshots,
                devices=devices if tryouts.devices else None,
                sample=self._sample if tryouts.interaction else None,
                within=scope.hosts,
                why=self._way_out.why,
                remember=self.config.reuse.enabled,
                places=self._places,
            )
            for number in range(at_once + 1 if at_once > 1 else 1)  # one more looks while others wait for the server
        ]

    async def _ask(self, wave: Wave, frontier: Frontier, on_page: Callable[[str], None]) -> None:
        """Asks for what comes next, ahead of those who render, so that these always have something to do."""
        with self._ending(wave):
            while item := await wave.to_ask():
                if self.stopped or self.visitor.is_worn:  # while it waited
                    return
                wave.answered(item, is_to_be_rendered=await self._is_to_be_rendered(item, frontier, on_page))

    async def _is_to_be_rendered(self, item: Found, frontier: Frontier, on_page: Callable[[str], None]) -> bool:
        """Whether *item* must be rendered: unless robots.txt forbids it, or what the run before saw is carried on."""
        if item.role != "handoff" and self.robots and not self.robots.allows(item.url):
            frontier.skip(item.url, "robots")
            return False
        if await self._unchanged_since(item, frontier) and frontier.carry(item):
            on_page(item.url)
            return False
        return True

    async def _render(
        self,
        renderer: PageRenderer,
        wave: Wave,
        scope: SiteScope,
        frontier: Frontier,
        on_page: Callable[[str], None],
    ) -> None:
        with self._ending(wave):
            while item := await wave.to_render():
                if self.stopped or self.visitor.is_worn:
                    return
                early = partial(self._follow_early, item, wave=wave, scope=scope, frontier=frontier)
                self._sample.begin(item.url)
                try:
                    page, loads = await self._visit(renderer, item, early if item.role == "page" else None)
                finally:
                    self._sample.settle(item.url)
                found = [] if item.role != "page" else list(links_to_follow(page, scope, item.depth + 1))
                frontier.save(page, found, loads)
                on_page(item.url)
                wave.rendered()

    @contextlib.contextmanager
    def _ending(self, wave: Wave) -> Iterator[None]:
        """Who ends, for whatever reason, ends *wave* for all, and notes if the site refused."""
        try:
            yield
        except SiteRefuses as refusal:
            self.refusal = str(refusal)
            self.stop()
        except Stopped:
            pass
        finally:
            wave.close()

    async def _unchanged_since(self, item: Found, frontier: Frontier) -> bool:
        if item.role != "page" or not self.config.reuse.enabled:
            return False
        before = frontier.earlier(item)
        return before is not None and await self._unchanged.holds(before)

    async def _visit(
        self, renderer: PageRenderer, item: Found, on_links: Callable[[list[str]], None] | None
    ) -> tuple[Page, Loads | None]:
        visit = Visit(
            url=item.url,
            name=file_name(item.url),
            depth=item.depth,
            query=item.query,
            hits_expected=item.hits_expected,
            is_handoff=item.role == "handoff",
            is_question=item.role == "question",
            viewports=(Viewport.DESKTOP,) if item.role == "question" else ORDER,
            on_links=on_links,
        )
        look = Look()
        for _ in range(_TRIES):
            look = await self._look(renderer, visit, item)
            if look.untested and not self.visitor.browser.is_connected():
                self._ended_over[item.url] += 1
                if self._ended_over[item.url] < _LAST_CHANCE:
                    raise _BrowserEnded
                look = Look(untested={"page": "browser-ended"})
            silent = "" if look.status or visit.is_handoff else look.untested.get("page", "").partition("|")[0]
            if silent in _SILENT:
                self._politeness.unanswered(item.url, silent)
                break
            if not self._politeness.answered(item.url, look.status, look.headers.get("retry-after", "")):
                break
        page = page_of(visit, look, today=self.today, fetched_at=datetime.now(UTC).isoformat(timespec="seconds"))
        return page, await self._made_of(look) if item.role == "page" and self.config.reuse.enabled else None

    async def _made_of(self, look: Look) -> Loads | None:
        """What a page was made of when it was looked at; None if a later run could not tell whether it changed."""
        if look.untested == {"page": f"redirect|{look.final_url}"}:
            return await self._unchanged.leads_to(look.url, look.final_url)
        if look.document is not None and set(look.untested.values()) <= _LASTING:
            return await self._unchanged.made_of(look.document, look.parts)
        return None

    async def _look(self, renderer: PageRenderer, visit: Visit, item: Found) -> Look:
        """One look at *item*, when there is a place for one more page that loads, and it is its host's turn."""
        async with self._places.taken() as give_back:
            await self._politeness.turn(item.url)
            self.visitor.looks += 1
            visit = replace(visit, on_loaded=give_back)
            driver = self._driver if item.role in ("search", "question") else None
            return await (driver.ask(renderer, visit) if driver else renderer.look(visit))

    async def probe(self, url: str) -> list[LinkStatus]:
        """What *url* answers to a browser's question; nothing if it may not be asked, or the walk was stopped."""
        if self.robots and not self.robots.allows(url):
            return []
        with contextlib.suppress(Stopped, SiteRefuses):
            return [await self.client.answer(url)]
        return []

    async def ask_search(
        self,
        way: SearchWay,
        words: SearchWords,
        questions: Iterable[Question],
        keep: Callable[[Reply], object],
        *,
        most_pages: int = 1,
        viewport: Viewport = Viewport.DESKTOP,
    ) -> None:
        """Asks the site's search *questions*, one after the other, and hands each reply to *keep*.

        Ends early if the walk is told to, the site refuses, the browser is gone, or the first answers cannot be read.

        Args:
            way: how the search is asked.
            words: by which results are recognised.
            questions: what is asked.
            keep: takes each reply.
            most_pages: how many pages of results are read of one answer.
            viewport: whether a phone or a desktop asks.
        """
        context = await self.visitor.context(viewport)
        told = self.config.search
        rules = WindowRules(
            way=way,
            turn=self._politeness.turn,
            allows=lambda url: self.robots is None or self.robots.allows(url),
            orders=told.orders,
            viewport=viewport,
        )
        window = ResultWindow(context, self.config.viewports, self.config.politeness.timeout, rules)
        given = ResultSelectors(hit=told.hit, count=told.count, sort=told.sort, filters=told.filters, next=told.next)
        asker = SearchAsker(window, words, selectors=given)
        unread = 0
        try:
            with contextlib.suppress(Stopped, SiteRefuses, PlaywrightError):
                for question in questions:
                    reply = await asker.ask(question, most_pages=most_pages)
                    if self.stopped or not self.visitor.browser.is_connected():
                        return
                    keep(reply)
                    why, _, status = reply.answer.untested.partition("|")
                    self._politeness.answered(way.page or way.template, int(status) if why == "status" else 200)
                    unread = unread + 1 if why else -_ENOUGH
                    if unread >= _UNREAD:
                        return
        finally:
            with contextlib.suppress(PlaywrightError):
                await window.close()
                await context.close()

    async def statuses(self, urls: Sequence[str]) -> list[LinkStatus]:
        """What addresses answer that are not rendered."""
        answers: list[LinkStatus] = []
        queue = list(reversed(urls))

        async def work() -> None:
            while queue and not self.stopped:
                url = queue.pop()
                if self.robots and not self.robots.allows(url):
                    continue
                try:
                    answers.append(await self.client.status(url))
                except SiteRefuses as refusal:
                    self.refusal = str(refusal)
                    self.stop()
                except Stopped:
                    return

        await _together(work() for _ in range(4))
        return answers

    async def external(self, urls: Sequence[str], keep: Keep) -> None:
        """Asks addresses on other hosts, and hands each answer to *keep*.

        Private networks are left alone unless the site lies in one itself.
        """
        await ask_external(self._politeness, self._guard, urls, keep, timeout=self.config.politeness.timeout)

    async def document(self, url: str) -> PdfFacts | None:
        """What the PDF document at *url* says of itself; None if the walk was told to end.

        A document that cannot be read is one with a reason.
        """
        limit = self.config.documents.megabytes
        if self.robots and not self.robots.allows(url):
            return PdfFacts(url=url, untested="robots")
        try:
            status, body = await self.client.body(url, limit * 1_000_000 + 1)
        except Stopped:
            return None
        if status != 200:
            return PdfFacts(url=url, untested=f"status|{status}" if status else "pdf-no-answer")
        if len(body) > limit * 1_000_000:
            return PdfFacts(url=url, untested=f"pdf-too-large|{limit}")
        return await read_pdf(url, body)


async def _together(works: Iterable[Coroutine[Any, Any, None]]) -> None:
    """Does all *works* side by side; what one of them raises comes up as it is, and ends the others."""
    try:
        async with asyncio.TaskGroup() as group:
            for work in works:
                group.create_task(work)
    except ExceptionGroup as troubles:
        raise troubles.exceptions[0] from None
