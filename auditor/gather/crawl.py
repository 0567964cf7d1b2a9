"""Walks a site: which address next, where it is looked at, and what is asked for besides."""

import asyncio
import contextlib
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext
from playwright.async_api import Error as PlaywrightError

from auditor.derive.result_selectors import ResultSelectors
from auditor.derive.result_words import SearchWords
from auditor.derive.scope import SiteScope
from auditor.derive.secrets import covered
from auditor.derive.urls import canonical, host_of
from auditor.errors import ForbiddenByRobots, GatherError, Unreachable
from auditor.gather.asking import Reply, SearchAsker
from auditor.gather.axe import AxeRunner, axe_script
from auditor.gather.browser import BrowserChoice, running_browser
from auditor.gather.capture import Capture, Known, Sink
from auditor.gather.devices import DeviceSample
from auditor.gather.external import Keep, ask_external
from auditor.gather.guard import PRIVATE, Resolve, guard_for, looked_up
from auditor.gather.http import HttpClient, Politeness, SiteRefuses, Stopped, user_agent
from auditor.gather.inpage import script
from auditor.gather.journal import Journal
from auditor.gather.pdf import read_pdf
from auditor.gather.render import PageRenderer
from auditor.gather.result_window import ResultWindow, WindowRules
from auditor.gather.robots import load_robots
from auditor.gather.sample import InteractionSample
from auditor.gather.search import SearchDriver
from auditor.gather.serve import serving
from auditor.gather.sitemap import load_sitemaps
from auditor.gather.unchanged import Unchanged
from auditor.gather.visit import ORDER, Look, Visit, page_of
from auditor.gather.way_out import asked_directly, way_out
from auditor.model.axe import AxeEngine
from auditor.model.config import SiteConfig
from auditor.model.loads import Loads
from auditor.model.page import Page
from auditor.model.pdf import PdfFacts
from auditor.model.search import Question, SearchWay
from auditor.model.site import LinkStatus
from auditor.model.vocabulary import Viewport

_TRIES = 3
_LAST_CHANCE = 2
"""How often the browser may end over a page until that is left untested."""
_MOST_RESTARTS = 6
_CLOSE_SECONDS = 10.0
_SILENT = ("no-answer", "refused", "cut-off")
"""Reasons that mean that a server dropped a request, or said nothing."""
_NO_WINDOWS = "window.open = () => null"
"""Windows that a page opens are nothing that its visitor asked for; a blocked one is never asked for by the browser."""
_DESKTOP, _PHONE = "X11; Linux x86_64", "Linux; Android 14; Mobile"
_LASTING = {"reveal-budget"}
"""Reasons for something untested that hold for a page as long as it stays as it is."""
_UNREAD, _ENOUGH = 4, 1000
"""After so many answers that cannot be read, and none before that could, a search is not asked any more."""
_SEARCH_ENGINE = "Googlebot"
"""Stands for all search engines: most people come through it, and few sites tell engines apart."""


class _BrowserEnded(Exception):
    """The browser itself is gone, not only a tab."""


@dataclass(frozen=True)
class Found:
    """An address to look at."""

    url: str
    depth: int
    role: str = "page"
    """page, handoff, search (results that rules look at) or question (results that are only asked what they hold)."""
    query: str | None = None
    hits_expected: bool | None = None


class Frontier(Protocol):
    """Where a crawl keeps what it knows: it outlives the process."""

    def waiting(self, limit: int) -> Sequence[Found]:
        """The next addresses, of one depth, in a stable order."""

    def skip(self, url: str, reason: str) -> None:
        """Leaves an address out."""

    def save(self, page: Page, found: Iterable[Found], loads: Loads | None) -> None:
        """Keeps a page, the addresses found on it, and what it was made of."""

    def earlier(self, item: Found) -> Loads | None:
        """What an address was made of in the run before, if what was found then may be carried on."""

    def carry(self, item: Found) -> bool:
        """Takes over what the run before found, for nothing changed; False if the page is due to be looked at anew."""

    def add(self, found: Iterable[Found]) -> None:
        """Keeps addresses; known ones stay as they are."""

    def gathered(self) -> int:
        """How many pages of the site were looked at so far."""


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
        self._ports = ports = self._stack.enter_context(serving(config.serve))
        self.browser: Browser
        self.choice: BrowserChoice
        source = axe_script(config.axe)
        self._running = await self._stack.enter_async_context(AsyncExitStack())
        hosts = [host_of(canonical(config.start)), *config.scope.hosts]
        self._guard = await guard_for(hosts, ports, self.resolve)
        self._way_out = self._stack.enter_context(way_out(self._guard))
        await self._start_browser()
        self._politeness = Politeness(config.politeness, local=frozenset(ports))
        self.client = await self._stack.enter_async_context(
            HttpClient(self._politeness, self._guard, timeout=config.politeness.timeout)
        )
        self._unchanged = Unchanged(self.client, self._agent(_DESKTOP))
        self._axe = AxeRunner(source, config.axe.also, remember=config.axe.remember)
        page = await self.browser.new_page()
        self.engine: AxeEngine = await self._axe.engine(page)
        await page.close()
        self._stopped = False
        self.refusal = ""
        self._renderers: list[PageRenderer] = []
        self._restarts = 0
        self._journal = Journal()
        self._sample = InteractionSample()
        self._ended_over: Counter[str] = Counter()
        self._driver: SearchDriver | None = None
        self._capture: Capture | None = None

    async def _start_browser(self) -> None:
        self.browser, self.choice = await self._running.enter_async_context(
            running_browser(self.config.browser, self._ports, self._way_out.port, asked_directly(self.config.start))
        )

    async def _restart(self) -> None:
        """Starts another browser in place of one that is gone."""
        self._restarts += 1
        if self._restarts > _MOST_RESTARTS:
            raise GatherError(
                f"browser: {self.choice.path} ended {self._restarts} times; see that the machine has memory enough and "
                "run the same command again, it goes on where it was"
            )
        self._renderers = []
        with contextlib.suppress(Exception):
            async with asyncio.timeout(_CLOSE_SECONDS):
                await self._running.aclose()
        await self._start_browser()

    def capture(self, sink: Sink, known: Known) -> None:
        """Hands what the browser receives from now on to *sink*; *known* tells which bodies are kept already."""
        self._capture = Capture(sink, known)

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
        start = canonical(self.config.start)
        self.robots = await load_robots(self.client, start) if self.config.politeness.robots else None
        if self.robots:
            if self.robots.crawl_delay:
                self._politeness.crawl_delay(host_of(start), self.robots.crawl_delay)
            if self.robots.fault:
                raise ForbiddenByRobots(
                    f"{start}: the site's robots.txt answered {self.robots.fault}, and then nothing may be visited; "
                    "try again later, or set politeness.robots: false if you are the owner"
                )
            if not self.robots.allows(start):
                raise ForbiddenByRobots(
                    f"{start}: the site's robots.txt forbids it; ask the site's owner, or set politeness.robots: false "
                    "if you are the owner"
                )
        answer = await self.client.status(start)
        if answer.status == 0 and answer.error == PRIVATE:
            raise Unreachable(
                f"{start}: the start page leads into a private network, and such are left alone; name the address there"
            )
        if answer.status == 0:
            raise Unreachable(f"{start}: {answer.error}; check the address and the network")
        if answer.status >= 400:
            raise Unreachable(f"{start}: the start page answered {answer.status}; check the address")
        if answer.content_type and "html" not in answer.content_type:
            raise Unreachable(f"{start}: the start page is no web page but {answer.content_type}; check the address")
        final = canonical(answer.final_url or start)
        hosts = {
            host_of(start),
            host_of(final),
            *(host_of(canonical(f"http://{host}/")) for host in self.config.scope.hosts),
        }
        return SiteScope(start=final, hosts=frozenset(hosts), config=self.config.scope)

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
        while not self.stopped:
            if not self._renderers:
                self._renderers = await self._open_renderers(scope, screenshots)
            room = self.config.scope.max_pages - frontier.gathered()
            wave = list(frontier.waiting(self.config.scope.max_pages + 50))
            if not wave:
                return
            pages = [item for item in wave if item.role == "page"]
            for item in pages[max(0, room) :]:
                frontier.skip(item.url, f"max-pages|{self.config.scope.max_pages}")
            queue = pages[: max(0, room)] + [item for item in wave if item.role != "page"]
            queue.reverse()
            try:
                await _together(self._work(renderer, queue, scope, frontier, on_page) for renderer in self._renderers)
            except _BrowserEnded:
                await self._restart()

    async def _open_renderers(self, scope: SiteScope, screenshots: Path) -> list[PageRenderer]:
        timeout, tryouts = self.config.politeness.timeout, self.config.tryouts
        phone = await self._context_on(Viewport.PHONE)
        devices = DeviceSample(phone, self.config.viewports, timeout, scope.hosts, self._journal)
        return [
            PageRenderer(
                await self._context_on(Viewport.DESKTOP),
                self._axe,
                self.config.viewports,
                timeout=timeout,
                screenshots=screenshots,
                devices=devices if tryouts.devices else None,
                sample=self._sample if tryouts.interaction else None,
                within=scope.hosts,
                why=self._way_out.why,
                remember=self.config.reuse.enabled,
            )
            for _ in range(self.config.politeness.concurrency)
        ]

    def _agent(self, platform: str) -> str:
        """A browser's user agent that says who we are."""
        major = self.browser.version.split(".")[0]
        agent = f"Mozilla/5.0 ({platform}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{major}.0.0.0 Safari/537.36"
        return f"{agent} {user_agent(self.config.politeness.contact)}"

    async def _context_on(self, viewport: Viewport) -> BrowserContext:
        """A context that says that it is a phone or a desktop, and behaves like one."""
        if viewport is not Viewport.PHONE:
            return await self._context(_DESKTOP)
        size = self.config.viewports.phone
        shape = {"width": size.width, "height": size.height}
        return await self._context(_PHONE, viewport=shape, is_mobile=True, has_touch=True)

    async def _context(self, platform: str, **device: Any) -> BrowserContext:
        """A browser context of a Swedish visitor, with a user agent that says who we are."""
        context = await self.browser.new_context(
            service_workers="block",
            user_agent=self._agent(platform),
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
            **device,
        )
        await context.add_init_script(_NO_WINDOWS)
        if self.config.archive.redact:
            await context.add_init_script(f"({script('redact')})({json.dumps(self.config.archive.redact)})")
        if self._capture:
            self._capture.listen(context)
        return context

    async def _work(
        self,
        renderer: PageRenderer,
        queue: list[Found],
        scope: SiteScope,
        frontier: Frontier,
        on_page: Callable[[str], None],
    ) -> None:
        while queue and not self.stopped:
            item = queue.pop()
            if item.role != "handoff" and self.robots and not self.robots.allows(item.url):
                frontier.skip(item.url, "robots")
                continue
            self._sample.begin(item.url)
            try:
                if await self._unchanged_since(item, frontier) and frontier.carry(item):
                    on_page(item.url)
                    continue
                page, loads = await self._visit(renderer, item)
            except SiteRefuses as refusal:
                self.refusal = str(refusal)
                self.stop()
                return
            except Stopped:
                return
            finally:
                self._sample.settle(item.url)
            found = [] if item.role != "page" else list(links_to_follow(page, scope, item.depth + 1))
            frontier.save(page, found, loads)
            on_page(item.url)

    async def _unchanged_since(self, item: Found, frontier: Frontier) -> bool:
        if item.role != "page" or not self.config.reuse.enabled:
            return False
        before = frontier.earlier(item)
        return before is not None and await self._unchanged.holds(before)

    async def _visit(self, renderer: PageRenderer, item: Found) -> tuple[Page, Loads | None]:
        visit = Visit(
            url=item.url,
            name=file_name(item.url),
            depth=item.depth,
            query=item.query,
            hits_expected=item.hits_expected,
            is_handoff=item.role == "handoff",
            is_question=item.role == "question",
            viewports=(Viewport.DESKTOP,) if item.role == "question" else ORDER,
        )
        look = Look()
        for _ in range(_TRIES):
            await self._politeness.turn(item.url)
            driver = self._driver if item.role in ("search", "question") else None
            look = await (driver.ask(renderer, visit) if driver else renderer.look(visit))
            if look.untested and not self.browser.is_connected():
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
        loads = None
        if look.document is not None and item.role == "page" and set(look.untested.values()) <= _LASTING:
            loads = await self._unchanged.made_of(look.document, look.parts)
        return page, loads

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
        context = await self._context_on(viewport)
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
                    if self.stopped or not self.browser.is_connected():
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


def links_to_follow(page: Page, scope: SiteScope, depth: int) -> Iterable[Found]:
    """Addresses in scope that *page* links to in any viewport, or redirects to, each once."""
    links = [link.href for rendering in page.renderings for link in rendering.facts.links]
    if page.response.final_url != page.url:
        links.append(page.response.final_url)
    return addresses_to_follow(links, page.url, scope, depth)


def addresses_to_follow(links: Iterable[str], page: str, scope: SiteScope, depth: int) -> Iterator[Found]:
    """Those of *links*, found on *page*, that are in scope, each once."""
    if depth > scope.config.max_depth:
        return
    seen: set[str] = set()
    for href in links:
        url = canonical(href)
        if url not in seen and url != page and scope.holds(url):
            seen.add(url)
            yield Found(url=url, depth=depth)


def file_name(url: str) -> str:
    """A file name for the artifacts of *url*: readable, safe on every file system, different for every address."""
    path = urlsplit(url).path.strip("/")
    readable = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in path)[-40:].strip("-")
    return f"{readable or 'start'}-{hashlib.sha256(url.encode()).hexdigest()[:10]}"
