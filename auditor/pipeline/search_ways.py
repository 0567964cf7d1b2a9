"""How the site's own search is asked on a desktop and on a phone, told from the pages that were gathered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from auditor.derive.search import is_search_page, searches
from auditor.derive.search_way import absolute_template, opened_search_way, search_way
from auditor.model.page import Page
from auditor.model.search import SearchWay
from auditor.model.site import PageSummary
from auditor.model.vocabulary import Viewport
from auditor.pipeline.artifacts import gathered_page
from auditor.pipeline.frontier import counts
from auditor.pipeline.run import RunInHand

_LIKELY_PAGES = 5


@dataclass(frozen=True, kw_only=True)
class SearchWays:
    """The ways into the site's search."""

    desktop: SearchWay | None = None
    """None if none was found that may be tried."""
    phone: SearchWay | None = None
    """The same on a phone, by what can be seen or opened there."""
    absent: bool = False
    """Nothing on the likeliest pages leads to a search, or may do so: there is none to be tried."""


def search_ways(run: RunInHand, summaries: Sequence[PageSummary]) -> SearchWays:
    """How the site's search is asked: by the field of a page, and where the site file says that results are."""
    pages = list(_likely_pages(run, summaries))
    desktop, phone = (_first_way(run, pages, viewport) for viewport in (Viewport.DESKTOP, Viewport.PHONE))
    if run.config.search.url:
        template = absolute_template(run.config.search.url, run.scope.start)
        given = replace(desktop or SearchWay(), template=template, given=True)
        # Where no field is known at all, the address is all that is known of a phone too.
        alike = replace(phone or SearchWay(), template=template, given=True) if phone or not desktop else None
        return SearchWays(desktop=given, phone=alike)
    return SearchWays(
        desktop=desktop,
        phone=phone,
        absent=desktop is None and bool(pages) and not any(_leads_to_search(run, page) for page in pages),
    )


def _first_way(run: RunInHand, pages: Sequence[Page], viewport: Viewport) -> SearchWay | None:
    """The way into the search that the first of *pages* to have one shows: a field, else a button that brings one."""
    names, others = run.catalogue.lexicon["search_names"], run.catalogue.lexicon["other_searches"]
    shown = [(page.url, seen.facts) for page in pages if (seen := page.rendering(viewport))]
    fields = (search_way(facts, url, others=others, hosts=run.scope.hosts) for url, facts in shown)
    openers = (opened_search_way(facts, url, names=names, others=others) for url, facts in shown)
    return next((way for way in chain(fields, openers) if way), None)


def _leads_to_search(run: RunInHand, page: Page) -> bool:
    """Whether anything on *page* leads to a search, or may do so; one that was not looked at to its end may."""
    names, others = run.catalogue.lexicon["search_names"], run.catalogue.lexicon["other_searches"]
    return any(
        seen.facts.truncated or searches(seen.facts, page.url, names=names, others=others).any
        for seen in page.renderings
    )


def _likely_pages(run: RunInHand, summaries: Sequence[PageSummary]) -> Iterator[Page]:
    """The start page, pages that are called search pages, and a few more."""
    named = [page.url for page in summaries if counts(page) and is_search_page(page.url)]
    rest = [page.url for page in summaries if counts(page)]
    for url in list(dict.fromkeys((run.scope.start, *named, *rest)))[:_LIKELY_PAGES]:
        if page := gathered_page(run.store.folder, url):
            yield page
