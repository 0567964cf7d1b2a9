"""Shows small sites, held in memory, to a real browser: the examples of rule cards."""

import asyncio
import datetime
import threading
from collections.abc import Collection, Coroutine, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from playwright.async_api import Route

from auditor.derive.search_way import address_of, search_way
from auditor.derive.urls import host_of, path_of
from auditor.gather.browser import running_browser
from auditor.gather.pdf_facts import pdf_facts
from auditor.gather.render import PageRenderer
from auditor.gather.sample import InteractionSample
from auditor.gather.search import SearchDriver
from auditor.gather.visit import ORDER, Visit, page_of
from auditor.model.config import BrowserConfig, ViewportsConfig
from auditor.model.page import Page
from auditor.model.pdf import PdfFacts
from auditor.model.rule import ExampleFile
from auditor.model.vocabulary import Viewport

HOST = "http://www.example.test"
TODAY = datetime.date(2024, 5, 15)

_T = TypeVar("_T")


class _AllOrNone(InteractionSample):
    on = False

    async def choose(self, url: str, template: str) -> frozenset[Viewport]:
        return frozenset((Viewport.DESKTOP, Viewport.PHONE) if self.on else ())

    def is_new(self, viewport: Viewport, markup: str, url: str = "") -> bool:
        return True


class Looker:
    """A browser that sees only what it is given. Use as a context manager."""

    def __enter__(self) -> "Looker":
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._files: Mapping[str, ExampleFile] = {}
        self._viewports: tuple[Viewport, ...] = ORDER
        ready = asyncio.run_coroutine_threadsafe(self._open(), self._loop)
        ready.result(60)
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def pages(
        self, files: Mapping[str, ExampleFile], *, tried: bool = False, viewports: Collection[Viewport] = ORDER
    ) -> list[Page]:
        """The artifacts of every page in *files*, in order; those printed as documents are none.

        After a page with the attribute ``typed`` come the results of typing that into its search field.

        Args:
            files: path → page.
            tried: open what opens, and go through them with the keyboard.
            viewports: what they are looked at in.
        """
        self._files = files
        self._sample.on = tried
        self._viewports = tuple(viewport for viewport in ORDER if viewport in viewports)
        pages: list[Page] = []
        for path, file in files.items():
            if file.attributes.get("status") != "404" and "pdf" not in file.attributes:
                pages.append(self._run(self._look(path, file)))
                if query := file.attributes.get("typed"):
                    pages += self._run(self._ask(pages[-1], query))
        return pages

    def documents(self, files: Mapping[str, ExampleFile]) -> list[PdfFacts]:
        """What PDF documents say that are printed of the files with ``pdf=tagged`` or ``pdf=untagged``."""
        return [self._run(self._print(HOST + path, file)) for path, file in files.items() if "pdf" in file.attributes]

    def _run(self, work: Coroutine[Any, Any, _T]) -> _T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(120)

    async def _open(self) -> None:
        self._running = running_browser(BrowserConfig())
        browser, _ = await self._running.__aenter__()
        self._context = context = await browser.new_context(service_workers="block")
        await context.route("**/*", self._answer)
        self._sample = _AllOrNone()
        self._renderer = PageRenderer(context, None, ViewportsConfig(), timeout=20, sample=self._sample)

    async def _close(self) -> None:
        await self._running.__aexit__(None, None, None)

    async def _print(self, url: str, file: ExampleFile) -> PdfFacts:
        page = await self._context.new_page()
        try:
            await page.set_content(file.html)
            body = await page.pdf(tagged=file.attributes["pdf"] == "tagged")
        finally:
            await page.close()
        return replace(pdf_facts(body), url=url, size=len(body))

    async def _answer(self, route: Route) -> None:
        asked = path_of(route.request.url)
        file = self._files.get(asked) or self._files.get(asked.partition("?")[0])
        if file is None:
            await route.fulfill(
                status=404, content_type="text/html", body="<!doctype html><title>404</title><h1>404</h1>"
            )
            return
        await route.fulfill(
            status=int(file.attributes.get("status", "200")), content_type="text/html; charset=utf-8", body=file.html
        )

    async def _look(self, path: str, file: ExampleFile) -> Page:
        hits = file.attributes.get("hits")
        visit = Visit(
            url=HOST + path,
            name="example",
            depth=int(file.attributes.get("depth", "0")),
            query=file.attributes.get("query"),
            hits_expected=None if hits is None else hits == "yes",
            viewports=self._viewports,
        )
        look = await self._renderer.look(visit)
        return page_of(visit, look, today=TODAY, fetched_at="2024-05-15T10:00:00+00:00")

    async def _ask(self, page: Page, query: str) -> list[Page]:
        """The results of typing *query* into the search field of *page*; none if it has no such field."""
        seen = page.rendering(Viewport.DESKTOP)
        way = search_way(seen.facts, page.url, others=(), hosts={host_of(HOST)}) if seen else None
        if way is None:
            return []
        visit = Visit(url=address_of(way, query), name="results", query=query, hits_expected=True)
        look = await SearchDriver(way, _at_once).ask(self._renderer, visit)
        return [page_of(visit, look, today=TODAY, fetched_at="2024-05-15T10:00:00+00:00")]


async def _at_once(url: str) -> None:
    """What is held in memory need not be spared."""
