"""Checks of the area navigation: which pages can be reached, and how?"""

from collections import Counter
from collections.abc import Container, Iterator, Sequence

from auditor.derive.answers import GONE, answer_of, is_read
from auditor.derive.page_kinds import nowhere_on, says_not_found
from auditor.derive.reach import ends_at, may_be_reached, own_pages, steps_from_start, steps_without
from auditor.derive.sitepaths import has_segment, is_above, path_place, place, same_place, segments
from auditor.derive.trial_words import NONSENSE
from auditor.derive.urls import host_of, is_web_page, path_of
from auditor.derive.wording import folded, plain, share_a_word, words
from auditor.model.outcome import Outcome, cant_tell, failed, passed
from auditor.model.site import PageSummary, Site

_SAMPLE = 20
_ALONE = {"navigation": "only_navigation", "index": "only_index", "search": "only_search"}
"""Way → the message for a site where it is the only one."""


def orphan_page(
    site: Site,
    *,
    load_more_segments: tuple[str, ...],
    search_segments: tuple[str, ...],
    not_found: tuple[str, ...],
    list_length: int = 5,
) -> Iterator[Outcome]:
    """Every page that the sitemap or the search knows can be reached from the start page by links.

    Args:
        site: the whole site.
        load_more_segments: steps of addresses whose pages stand in lists that show more on request.
        search_segments: steps of addresses of search pages, which a form leads to.
        not_found: what error pages say.
        list_length: so many linked pages in one folder, beside several that are not, make a list of that kind likely.
    """
    if not site.complete:
        return
    reached = frozenset(steps_from_start(site))
    linked = _linked_places(site)
    pages = [page for url in sorted(site.sitemap) if (page := site.page(url)) and _counts_as_page(page, not_found)]
    found = Counter(_folder_of(page.url) for page in pages if _is_in(page, reached))
    missed = Counter(_folder_of(page.url) for page in pages if not _is_in(page, reached))
    for page in pages:
        folder = _folder_of(page.url)
        if _is_in(page, reached):
            yield passed(page.target())
        elif has_segment(page.url, search_segments):
            continue
        elif has_segment(page.url, load_more_segments) or (missed[folder] > 1 and found[folder] >= list_length):
            yield cant_tell(page.target(), "maybe_listed", page=path_of(page.url))
        else:
            yield failed(page.target(), "island" if _is_in(page, linked) else "orphan", page=path_of(page.url))
    yield from _only_searched(site, reached, (*load_more_segments, *search_segments))


def _only_searched(site: Site, reached: frozenset[str], passing: Sequence[str]) -> Iterator[Outcome]:
    """Hits of the site's search that no links lead to, and that the sitemap does not name either."""
    told: set[str] = set()
    for page in site.pages:
        if page.query is None or not page.rendered:
            continue
        for link in page.links:
            where = ends_at(site, link.href)
            answer = answer_of(site, link.href)
            is_hit = link.in_main and host_of(link.href) == host_of(site.start) and is_web_page(link.href)
            known = {place(link.href), where} & (reached | told) or link.href in site.sitemap
            if not is_hit or known or answer is None or answer.status != 200 or "html" not in answer.content_type:
                continue
            if path_place(link.href) == path_place(page.url) or has_segment(link.href, passing):
                continue
            told.add(where)
            yield failed(page.target(link), "only_searched", cause=link.href, page=path_of(link.href))


def _folder_of(url: str) -> str:
    return path_place(url).rpartition("/")[0]


def _is_in(page: PageSummary, places: frozenset[str]) -> bool:
    return place(page.url) in places or (bool(page.canonical) and place(page.canonical) in places)


def _linked_places(site: Site) -> frozenset[str]:
    """Every place that a page of the site links to, itself aside."""
    return frozenset(
        where
        for page in site.pages
        if page.rendered and page.query is None
        for link in page.links
        if not same_place(link.href, page.url)
        for where in (place(link.href), ends_at(site, link.href))
    )


def _counts_as_page(page: PageSummary, not_found: tuple[str, ...]) -> bool:
    forwarded = not same_place(page.final_url, page.url)
    told = says_not_found(page.title, page.main_heading, not_found)
    return is_read(page) and page.query is None and is_web_page(page.url) and not forwarded and not told


def soft_404(site: Site, *, not_found: tuple[str, ...]) -> Iterator[Outcome]:
    """What does not exist is answered with 404 or 410, and a page that says so does not answer that all is well.

    Args:
        site: the whole site.
        not_found: what error pages say.
    """
    start = site.page(site.start)
    nowhere = nowhere_on(site.start)
    answer = answer_of(site, nowhere)
    if answer is not None and start is not None:
        forwarded = bool(answer.final_url) and not same_place(answer.final_url, nowhere)
        if answer.status in GONE:
            yield passed(start.target())
        elif answer.status == 200 and forwarded and host_of(answer.final_url) != host_of(site.start):
            yield cant_tell(start.target(), "elsewhere", address=answer.final_url)
        elif answer.status == 200:
            message = "forwards" if forwarded else "site"
            yield failed(start.target(), message, cause="nowhere", address=path_of(answer.final_url or nowhere))
        else:
            yield cant_tell(start.target(), "odd", status=answer.status)
    for page in own_pages(site):
        if place(page.url) == place(nowhere) or page.status != 200:
            continue
        if says_not_found(page.title, page.main_heading, not_found):
            sure = any(phrase in text for phrase in not_found for text in (plain(page.title), plain(page.main_heading)))
            if sure:
                yield failed(page.target(), "page", heading=page.main_heading or page.title)
            else:
                yield cant_tell(page.target(), "page_unsure", heading=page.main_heading)


def multiple_ways(
    site: Site, *, index_names: tuple[str, ...], search_segments: tuple[str, ...], fewest_pages: int = 3
) -> Iterator[Outcome]:
    """At least two ways lead to a page, and work: links, the search, a page that lists the others.

    Args:
        site: the whole site.
        index_names: names of pages that list the others («webbkarta», «a till ö»).
        search_segments: steps of addresses of search pages.
        fewest_pages: fewer pages are no set to find one's way in.
    """
    start = site.page(site.start)
    pages = [page for page in own_pages(site) if not same_place(page.url, site.start)]
    pages = [page for page in pages if not has_segment(page.url, search_segments)]
    if start is None or not is_read(start) or len(pages) < fewest_pages:
        return
    lists = [page for page in (start, *pages) if _is_index(page, index_names)]
    sample = _sampled([page for page in pages if page not in lists])
    if not sample:
        return
    reached = steps_without(site, frozenset(place(page.url) for page in lists))
    ways = {
        "navigation": _finds_most(sample, reached),
        "index": any(_finds_most(sample, _listed_by(site, page)) for page in lists) or _lists_all(site, start, sample),
        "search": _search_works(site),
    }
    working = [name for name, works in ways.items() if works]
    if len(working) >= 2:
        yield passed(start.target())
        return
    tried = any(page.query not in (None, NONSENSE) for page in site.pages)
    if not ways["search"] and tried:
        yield cant_tell(start.target(), "search_silent")
    elif not ways["search"] and any(label.kind == "search" for label in start.labels):
        yield cant_tell(start.target(), "search_untried")
    elif lists and not ways["index"]:
        yield cant_tell(start.target(), "index_partial", page=path_of(lists[0].url))
    elif not site.complete:
        yield cant_tell(start.target(), "incomplete")
    else:
        yield failed(start.target(), _ALONE[working[0]] if working else "none")


def _is_index(page: PageSummary, names: Sequence[str]) -> bool:
    wanted = {folded(name) for name in names}
    last = segments(page.url)[-1] if segments(page.url) else ""
    return folded(page.main_heading) in wanted or folded(last) in wanted


def _sampled(pages: Sequence[PageSummary]) -> list[PageSummary]:
    """Up to twenty pages, evenly spread over the addresses in order, so that the same site gives the same ones."""
    ordered = sorted(pages, key=lambda page: page.url)
    step = max(1, len(ordered) // _SAMPLE)
    return ordered[::step][:_SAMPLE]


def _finds_most(sample: Sequence[PageSummary], places: Container[str]) -> bool:
    return sum(place(page.url) in places for page in sample) * 2 >= len(sample)


def _listed_by(site: Site, index: PageSummary) -> frozenset[str]:
    """Places that *index*, and the pages below it (one for each letter), link to."""
    below = [page for page in own_pages(site) if is_above(index.url, page.url)]
    return frozenset(
        ends_at(site, link.href) for page in (index, *below) for link in page.links if may_be_reached(link)
    )


def _lists_all(site: Site, start: PageSummary, sample: Sequence[PageSummary]) -> bool:
    """Whether the start page's own content is a list of nearly all pages, as a manual's is (WCAG technique G185)."""
    outside = {"banner", "navigation", "contentinfo"}
    found = {
        ends_at(site, link.href) for link in start.links if may_be_reached(link) and not outside & set(link.regions)
    }
    return sum(place(page.url) in found for page in sample) >= 0.9 * len(sample)


def _search_works(site: Site) -> bool:
    """Whether a search that was tried listed a page of the site that is called by the word."""
    named = {place(page.url): words(f"{page.main_heading} {page.title}") for page in own_pages(site)}
    return any(
        share_a_word(words(page.query or ""), named.get(ends_at(site, link.href), ()))
        for page in site.pages
        if page.query not in (None, NONSENSE) and page.rendered
        for link in page.links
        if not {"banner", "navigation", "contentinfo"} & set(link.regions)
    )
