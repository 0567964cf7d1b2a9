"""Checks of the area structure: do search engines find the pages, and tell in their hits what these are about?"""

from collections.abc import Container, Iterator

from auditor.derive.answers import GONE, answer_of
from auditor.derive.readable import says_nothing
from auditor.derive.sitepaths import depth_below, is_paging, path_place, place, same_place, segments, site_root
from auditor.derive.task_pages import ErrandNames, task_addresses, task_pages
from auditor.derive.titles import titled_pages
from auditor.derive.urls import host_of, path_of
from auditor.derive.wording import plain
from auditor.model.outcome import Outcome, Target, cant_tell, failed, passed
from auditor.model.page import Rendering
from auditor.model.site import PageSummary, Site

_MOST_ADDRESSES = 50_000
"""What one sitemap may hold (sitemaps.org): from there on, the list may have been cut."""


def meta_description(site: Site, *, not_found: tuple[str, ...], fewest_shared: int = 2) -> Iterator[Outcome]:
    """Each page has a description of its own for search engines' hits.

    Args:
        site: the whole site.
        not_found: what error pages say.
        fewest_shared: how many pages make a shared description.
    """
    pages = [page for page in titled_pages(site, not_found) if not page.noindex]
    groups: dict[str, list[PageSummary]] = {}
    for page in pages:
        groups.setdefault(plain(page.description), []).append(page)
    for page in pages:
        said = plain(page.description)
        if not said:
            yield failed(page.target(), "none", page=path_of(page.url))
        elif len(groups[said]) >= fewest_shared:
            other = next(twin for twin in groups[said] if twin is not page)
            yield failed(
                page.target(),
                "shared",
                cause=said,
                text=page.description,
                count=len(groups[said]),
                page=path_of(page.url),
                other=path_of(other.url),
            )
        else:
            yield passed(page.target())


def task_page_indexable(
    site: Site,
    *,
    grants: tuple[str, ...],
    booking: tuple[str, ...],
    register: tuple[str, ...],
    permits: tuple[str, ...],
    faults: tuple[str, ...],
    only_among_associations: tuple[str, ...],
    association_stems: tuple[str, ...],
    passing_segments: tuple[str, ...],
) -> Iterator[Outcome]:
    """Search engines may visit and show the pages that associations look for.

    Args:
        site: the whole site.
        grants: names of pages about grants; the following likewise.
        booking: … about booking premises.
        register: … about the register, or about being approved.
        permits: … about permits for lotteries and events.
        faults: … about reporting a fault.
        only_among_associations: names that other branches use too; they count only on pages for associations.
        association_stems: what shows, in an address or heading, that a page is for associations; as addresses write it.
        passing_segments: steps of addresses with news and calendars, which pass.
    """
    topics = {"grants": grants, "booking": booking, "register": register, "permits": permits, "faults": faults}
    names = ErrandNames(topics, only_among_associations, association_stems, passing_segments)
    for page in task_pages(site, names):
        if page.noindex:
            yield failed(page.target(), "noindex", page=path_of(page.url))
        elif page.url in site.closed_to_search:
            yield failed(page.target(), "robots", page=path_of(page.url))
        else:
            yield passed(page.target())
    for url in task_addresses(site):
        if url in site.closed_to_search and site.page(url) is None:
            yield failed(Target(url=url), "robots", page=path_of(url))


def task_page_in_sitemap(
    site: Site,
    *,
    grants: tuple[str, ...],
    booking: tuple[str, ...],
    register: tuple[str, ...],
    permits: tuple[str, ...],
    faults: tuple[str, ...],
    only_among_associations: tuple[str, ...],
    association_stems: tuple[str, ...],
    passing_segments: tuple[str, ...],
    least_share: float = 0.5,
) -> Iterator[Outcome]:
    """The sitemap names the pages that associations look for.

    Args:
        site: the whole site.
        grants: see `task_page_indexable`; the following likewise.
        booking: see there.
        register: see there.
        permits: see there.
        faults: see there.
        only_among_associations: see there.
        association_stems: see there.
        passing_segments: see there.
        least_share: share of the site's pages that the sitemap must name: below it, the sitemap is for something else.
    """
    named = {place(url) for url in site.sitemap}
    if not named or len(site.sitemap) >= _MOST_ADDRESSES:
        return
    open_pages = [page for page in titled_pages(site, ()) if not page.noindex and not _is_closed(page, site)]
    if sum(place(page.url) in named for page in open_pages) < least_share * len(open_pages):
        return
    topics = {"grants": grants, "booking": booking, "register": register, "permits": permits, "faults": faults}
    names = ErrandNames(topics, only_among_associations, association_stems, passing_segments)
    for page in task_pages(site, names):
        if page not in open_pages or host_of(page.url) != host_of(site.start):
            continue
        if place(page.url) in named or place(page.final_url) in named:
            yield passed(page.target())
        else:
            yield failed(page.target(), "missing", page=path_of(page.url))


def _is_closed(page: PageSummary, site: Site) -> bool:
    return page.url in site.closed_to_search


def canonical_address(site: Site) -> Iterator[Outcome]:
    """What a page names as its original is the page itself, or one like it that answers."""
    hosts = {host_of(page.url).removeprefix("www.") for page in site.pages}
    for page in site.pages:
        if not page.rendered or page.is_handoff or page.query is not None or not page.canonical:
            continue
        if not 200 <= page.status < 300 or not same_place(page.final_url, page.url):
            continue
        yield _of_canonical(site, hosts, page)


def _of_canonical(site: Site, hosts: Container[str], page: PageSummary) -> Outcome:
    target, original = page.target(), page.canonical
    values = {"page": path_of(page.url), "original": original}
    if not original.startswith(("http://", "https://")):
        return failed(target, "no_address", **values)
    if same_place(original, page.url):
        if original.startswith("http:") and page.url.startswith("https:"):
            return failed(target, "unencrypted", **values)
        return passed(target)
    if is_paging(page.url) or path_place(original) == path_place(page.url):
        return passed(target)
    if host_of(original).removeprefix("www.") not in hosts:
        return failed(target, "other_host", cause=f"other_host {host_of(original)}", **values)
    answer = answer_of(site, original)
    if answer is not None and (answer.status in GONE or answer.status >= 500):
        return failed(target, "broken", status=answer.status, **values)
    other = site.page(original)
    if other is None or not other.rendered:
        return cant_tell(target, "unseen", **values)
    if plain(other.main_heading) == plain(page.main_heading) and plain(page.main_heading):
        return passed(target)
    if same_place(original, site.start):
        return failed(target, "start_page", **values)
    return failed(target, "other_page", heading=other.main_heading or other.title, **values)


def readable_address(rendering: Rendering, *, technical: tuple[str, ...]) -> Iterator[Outcome]:
    """A page's address holds a word that tells what it is about.

    Args:
        rendering: the page in one viewport.
        technical: steps of addresses that systems make («node»), which tell nothing.
    """
    root = site_root(rendering)
    if rendering.query is not None or is_paging(rendering.url):
        return
    steps = segments(rendering.url)[len(root) :]
    if not depth_below(rendering.url, root) and "?" not in rendering.url:
        return
    if says_nothing(rendering.url, steps, technical):
        yield failed(rendering, "no_word", address=path_of(rendering.url))
    else:
        yield passed(rendering)
