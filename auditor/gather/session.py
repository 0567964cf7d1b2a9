"""A walk over a site for code that is not asynchronous."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from playwright.async_api import Error as PlaywrightError

from auditor.derive.result_words import SearchWords
from auditor.derive.scope import SiteScope
from auditor.errors import GatherError
from auditor.gather.asking import Reply
from auditor.gather.capture import Known, Sink
from auditor.gather.crawl import Crawl
from auditor.gather.external import Keep
from auditor.gather.frontier import Frontier
from auditor.gather.http import Stopped
from auditor.gather.trouble import plain
from auditor.model.axe import AxeEngine
from auditor.model.config import SiteConfig
from auditor.model.pdf import PdfFacts
from auditor.model.search import Question, SearchWay
from auditor.model.site import LinkStatus
from auditor.model.vocabulary import Viewport

_T = TypeVar("_T")


class GatherSession:
    """A crawl for code that is not asynchronous: each call runs until it is done. Use as a context manager.

    Raises on entry:
        BrowserMissing: there is no browser.
        ConfigError: axe-core cannot be read.
    """

    def __init__(self, config: SiteConfig, today: date) -> None:
        self._crawl = Crawl(config, today)
        self._task: asyncio.Task[Any] | None = None

    def __enter__(self) -> "GatherSession":
        self._runner = asyncio.Runner()
        self._runner.__enter__()
        try:
            self._run(self._crawl.__aenter__())
        except BaseException:
            self._runner.close()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        self._runner.run(self._crawl.__aexit__(*error))
        self._runner.close()

    def _run(self, work: Coroutine[Any, Any, _T]) -> _T:
        try:
            return self._runner.run(self._noted(work))
        except asyncio.CancelledError:
            raise KeyboardInterrupt from None
        except PlaywrightError as error:
            raise GatherError(
                f"browser: it does not answer ({plain(error)}); run the same command again, it goes on where it was"
            ) from error
        except Stopped as stop:
            raise GatherError("stopped before a page was looked at; the same command begins anew") from stop

    async def _noted(self, work: Coroutine[Any, Any, _T]) -> _T:
        self._task = asyncio.current_task()
        try:
            return await work
        finally:
            self._task = None

    @property
    def engine(self) -> AxeEngine:
        """The axe-core in use."""
        return self._crawl.engine

    @property
    def browser(self) -> str:
        """Name and version of the browser."""
        return f"Chromium {self._crawl.visitor.browser.version}"

    @property
    def sandboxed(self) -> bool:
        """Whether the browser runs in its sandbox."""
        return self._crawl.visitor.choice.sandboxed

    @property
    def stopped(self) -> bool:
        """Whether the walk was told to end, or the site refused it."""
        return self._crawl.stopped

    @property
    def refusal(self) -> str:
        """What the site said when it refused; empty if it did not."""
        return self._crawl.refusal

    def stop(self) -> None:
        """Ends the walk after the pages that are being looked at. May be called from a signal handler."""
        self._crawl.stop()

    def stop_at_once(self) -> None:
        """Ends whatever is going on with a KeyboardInterrupt. May be called from a signal handler."""
        if self._task is None:
            raise KeyboardInterrupt
        self._task.get_loop().call_soon_threadsafe(self._task.cancel)

    def capture(self, sink: Sink, known: Known) -> None:
        """See `Crawl.capture`; call it before the walk begins."""
        self._crawl.capture(sink, known)

    def remember(self, path: Path) -> None:
        """See `Crawl.remember`; call it before the walk begins."""
        self._crawl.remember(path)

    def arrive(self) -> SiteScope:
        """See `Crawl.arrive`."""
        return self._run(self._crawl.arrive())

    def sitemap(self, scope: SiteScope) -> dict[str, str]:
        """See `Crawl.sitemap`."""
        return self._run(self._crawl.sitemap(scope))

    def closed_to_search(self, urls: Iterable[str]) -> list[str]:
        """See `Crawl.closed_to_search`."""
        return self._crawl.closed_to_search(urls)

    def walk(self, scope: SiteScope, frontier: Frontier, screenshots: Path, on_page: Callable[[str], None]) -> None:
        """See `Crawl.walk`."""
        self._run(self._crawl.walk(scope, frontier, screenshots, on_page))

    def probe(self, url: str) -> list[LinkStatus]:
        """See `Crawl.probe`."""
        return self._run(self._crawl.probe(url))

    def use_search(self, way: SearchWay) -> None:
        """See `Crawl.use_search`."""
        self._crawl.use_search(way)

    def ask_search(
        self,
        way: SearchWay,
        words: SearchWords,
        questions: Iterable[Question],
        keep: Callable[[Reply], object],
        *,
        most_pages: int = 1,
        viewport: Viewport = Viewport.DESKTOP,
    ) -> None:
        """See `Crawl.ask_search`."""
        self._run(self._crawl.ask_search(way, words, questions, keep, most_pages=most_pages, viewport=viewport))

    def statuses(self, urls: Sequence[str]) -> list[LinkStatus]:
        """See `Crawl.statuses`."""
        return self._run(self._crawl.statuses(urls))

    def external(self, urls: Sequence[str], keep: Keep) -> None:
        """See `Crawl.external`."""
        self._run(self._crawl.external(urls, keep))

    def document(self, url: str) -> PdfFacts | None:
        """See `Crawl.document`."""
        return self._run(self._crawl.document(url))
