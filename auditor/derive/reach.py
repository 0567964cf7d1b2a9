"""How one gets about in a site: where links end, which pages they reach, and in how many steps."""

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from auditor.derive.answers import answer_of, is_read
from auditor.derive.sitepaths import place
from auditor.model.site import LinkSummary, PageSummary, Site
from auditor.model.vocabulary import Viewport

_BOTH = (Viewport.PHONE, Viewport.DESKTOP)


def ends_at(site: Site, href: str) -> str:
    """The place where *href* ends: after forwarding, and as the page there calls itself (rel=canonical)."""
    page = site.page(href)
    if page is not None and page.rendered:
        return place(page.canonical or page.final_url or page.url)
    answer = answer_of(site, href)
    return place(answer.final_url if answer and answer.final_url else href)


def own_pages(site: Site) -> tuple[PageSummary, ...]:
    """The site's pages that were read and are no search results or forwards."""
    return tuple(page for page in site.pages if is_read(page) and page.query is None and _is_itself(page))


def _is_itself(page: PageSummary) -> bool:
    return place(page.final_url) == place(page.url)


def steps_from_start(site: Site, viewport: Viewport | None = None, *, taps: bool = False) -> Mapping[str, int]:
    """Place → the fewest steps that lead there from the start page, for every place that links reach.

    A link is one step. With *taps*, each toggle that must be opened to see the link is one more (a menu on the phone).

    Args:
        site: the whole site.
        viewport: count only links that can be reached in this viewport; None: all links, also those nobody can see.
        taps: count opening as steps.
    """
    return _steps(site, lambda page, link: _cost(link, viewport, taps))


def steps_without(site: Site, closed: frozenset[str]) -> Mapping[str, int]:
    """As :func:`steps_from_start` by links that can be reached, without going through the places *closed*."""
    return _steps(site, lambda page, link: None if place(page.url) in closed else _cost_in_any(link))


def _steps(site: Site, cost: Callable[[PageSummary, LinkSummary], int | None]) -> dict[str, int]:
    """Shortest paths (Dijkstra) over the pages' links; *cost* gives a link's steps, or None if it cannot be taken."""
    pages: dict[str, list[PageSummary]] = {}
    for page in site.pages:
        if page.rendered and page.query is None and not page.is_handoff:
            for where in {place(page.url), place(page.final_url)}:
                pages.setdefault(where, []).append(page)
    ends: dict[str, str] = {}
    start = place(site.start)
    best = {start: 0}
    heap = [(0, start)]
    while heap:
        steps, here = heapq.heappop(heap)
        if steps > best[here]:
            continue
        for page in pages.get(here, ()):
            for link in page.links:
                price = cost(page, link)
                if price is None:
                    continue
                if link.href not in ends:
                    ends[link.href] = ends_at(site, link.href)
                for there in (place(link.href), ends[link.href]):
                    if steps + price < best.get(there, steps + price + 1):
                        best[there] = steps + price
                        heapq.heappush(heap, (steps + price, there))
    return best


def _cost(link: LinkSummary, viewport: Viewport | None, taps: bool) -> int | None:
    if viewport is None:
        return 1
    if viewport not in link.reachable:
        return None
    return 1 + (link.toggles if taps and viewport not in link.visible else 0)


def _cost_in_any(link: LinkSummary) -> int | None:
    return 1 if link.reachable else None


def frame_of(pages: Iterable[PageSummary], *, share: float = 0.6) -> frozenset[tuple[str, bool]]:
    """What most pages link to: pairs of a place and whether the link stands in main content.

    Such links are the site's frame (menu, foot, «Skriv ut»), not what a page has of its own.
    """
    counts: Counter[tuple[str, bool]] = Counter()
    total = 0
    for page in pages:
        total += 1
        counts.update({(place(link.href), link.in_main) for link in page.links})
    return frozenset(key for key, number in counts.items() if number >= max(2.0, share * total))


def may_be_reached(link: LinkSummary) -> bool:
    """Whether *link* can be seen or opened in some viewport."""
    return any(viewport in link.reachable for viewport in _BOTH)
