"""The frontier of a run in the database, which judges each page as it is kept."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from auditor.audit import judge_page
from auditor.catalogue.load import Catalogue
from auditor.derive.file_name import file_name
from auditor.derive.scope import SiteScope
from auditor.derive.summary import summarise
from auditor.gather.frontier import Found, addresses_to_follow
from auditor.model.loads import Loads
from auditor.model.page import Page
from auditor.model.site import PageSummary
from auditor.pipeline.artifacts import write_page, write_seen
from auditor.pipeline.carry import AGREED, DISAGREED, EarlierRun, summary_links
from auditor.store.history import SEEN
from auditor.store.runs import Address, CarriedPage, GatheredPage, RunStore

_UNFIT = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What summing up a page of strange contents may raise."""
_AT_ONCE = 50
"""Pages that are taken over in one transaction. If the process is killed meanwhile, they are asked for again."""


class StoredFrontier:
    """The frontier of a run in the database; judges each page as it is kept."""

    def __init__(
        self, store: RunStore, catalogue: Catalogue, seed: int, scope: SiteScope, earlier: EarlierRun | None
    ) -> None:
        """Takes its tools.

        Args:
            store: the run.
            catalogue: by which pages are judged.
            seed: decides the order of addresses of one depth.
            scope: what belongs to the site.
            earlier: the run before, if pages of it may be taken over.
        """
        self._store = store
        self._scope = scope
        self._earlier = earlier
        self._unchanged: dict[str, GatheredPage] = {}
        self._carried: list[CarriedPage] = []
        """Taken over and not written yet: that is done for many at a time."""
        self._rules = list(catalogue.rules.values())
        self._seed = seed
        self._known = store.known()
        states = store.counts()
        self._done, self._waiting = states.get("done", 0), states.get("waiting", 0)
        self._gathered = sum(1 for page in store.pages() if counts(page.summary))

    def waiting(self, limit: int, below: int = -1) -> Sequence[Found]:
        """See `auditor.gather.crawl.Frontier`."""
        self.flush()
        return [
            Found(item.url, item.depth, item.role, item.query, item.hits_expected)
            for item in self._store.waiting(limit, below)
        ]

    def skip(self, url: str, reason: str) -> None:
        """See `auditor.gather.crawl.Frontier`."""
        self._store.skip(url, reason)
        self._waiting -= 1

    def add(self, found: Iterable[Found]) -> None:
        """See `auditor.gather.crawl.Frontier`."""
        self._store.add(self._new(found))

    def gathered(self) -> int:
        """See `auditor.gather.crawl.Frontier`."""
        return self._gathered

    def earlier(self, item: Found) -> Loads | None:
        """See `auditor.gather.crawl.Frontier`."""
        return self._earlier.loads(item.url, item.depth) if self._earlier else None

    def carry(self, item: Found) -> bool:
        """See `auditor.gather.crawl.Frontier`."""
        page = self._earlier.page(item.url) if self._earlier else None
        if self._earlier is None or page is None:
            return False
        if self._earlier.is_due(item.url):
            self._unchanged[item.url] = page
            return False
        found = addresses_to_follow(summary_links(page.summary), item.url, self._scope, item.depth + 1)
        self._carried.append(self._earlier.taken_over(self._store, page, self._new(found)))
        if len(self._carried) >= _AT_ONCE:
            self.flush()
        self._count_done()
        self._gathered += counts(page.summary)
        return True

    def flush(self) -> None:
        """See `auditor.gather.crawl.Frontier`."""
        if self._earlier and self._carried:
            self._store.carry_pages(self._earlier.before.run_id, self._carried)
            self._carried = []

    def save(self, page: Page, found: Iterable[Found], loads: Loads | None) -> None:
        """Writes the page's artifacts, then everything else about it in one transaction."""
        try:
            kept = self._kept(page, loads)
        except _UNFIT as error:
            reason = f"not-kept|{type(error).__name__}"
            lost = replace(page, document=None, renderings=(), untested={**page.untested, "page": reason})
            kept = self._kept(lost, None)
        self._store.save_page(kept, self._new(found))
        if self._earlier:
            self._compare(self._earlier, kept)
        self._count_done()
        self._gathered += counts(kept.summary)

    def _compare(self, earlier: EarlierRun, kept: GatheredPage) -> None:
        """Notes whether a page that was rendered though nothing changed gave the same results."""
        earlier.page(kept.url)
        if before := self._unchanged.pop(kept.url, None):
            self._store.note(kept.url, AGREED if earlier.agrees(before, kept.results) else DISAGREED)

    def _kept(self, page: Page, loads: Loads | None) -> GatheredPage:
        artifact = write_page(page, self._store.folder / "pages", file_name(page.url))
        write_seen(page, self._store.folder / SEEN, artifact)
        return GatheredPage(
            url=page.url,
            status=page.response.status,
            gathered_at=page.response.fetched_at,
            artifact=artifact,
            summary=summarise(page),
            results=tuple(judge_page(self._rules, page)),
            untested=page.untested,
            screenshots={seen.viewport: seen.screenshot for seen in page.renderings if seen.screenshot},
            loads=loads,
        )

    def known(self) -> tuple[int, int]:
        """Pages done, and pages known."""
        return self._done, self._done + self._waiting

    def _count_done(self) -> None:
        self._done += 1
        self._waiting -= 1

    def _new(self, found: Iterable[Found]) -> list[Address]:
        """Those of *found* that the run does not know yet: most links lead to pages that many others lead to."""
        new = []
        for item in found:
            if item.url not in self._known:
                self._known.add(item.url)
                new.append(self._address(item))
        self._waiting += len(new)
        return new

    def _address(self, found: Found) -> Address:
        return Address(
            url=found.url,
            depth=found.depth,
            priority=hashlib.sha256(f"{self._seed}:{found.url}".encode()).hexdigest()[:16],
            role=found.role,
            query=found.query,
            hits_expected=found.hits_expected,
        )


def counts(summary: PageSummary) -> bool:
    """Whether a page is one of the site's that was looked at."""
    return summary.rendered and not summary.is_handoff and summary.query is None
