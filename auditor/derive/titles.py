"""Titles of pages: without the site's name, and shared by pages that are not the same."""

from collections import defaultdict
from collections.abc import Sequence

from auditor.derive.answers import is_read
from auditor.derive.page_kinds import says_not_found
from auditor.derive.sitepaths import is_paging, path_place, place, same_place, segments
from auditor.derive.urls import host_of
from auditor.derive.wording import folded, plain, title_parts
from auditor.model.page import Rendering
from auditor.model.site import PageSummary, Site


def own_title(rendering: Rendering) -> str:
    """The title without the site's name, where that can be told; else the whole title.

    The site's name is a first or last part that the logo's link is called by, or whose words stand in the host's name.
    """
    parts = title_parts(rendering.facts.title)
    rest = [
        part
        for index, part in enumerate(parts)
        if index not in (0, len(parts) - 1) or not _is_site_name(part, rendering)
    ]
    return " ".join(rest) if rest and len(parts) > 1 else rendering.facts.title


def _is_site_name(part: str, rendering: Rendering) -> bool:
    host = folded(host_of(rendering.url)).replace(" ", "")
    name = folded(part)
    if name and name.replace(" ", "") in host:
        return True
    telling = [word for word in name.split() if word not in ("kommun", "kommuns", "stad", "region")]
    if "kommun" in name.split() and any(len(word) > 3 and word in host for word in telling):
        return True
    return any(
        not segments(link.href) and host_of(link.href) == host_of(rendering.url) and _holds(link.name, part)
        for link in rendering.facts.links
        if "main" not in link.regions
    )


def _holds(text: str, part: str) -> bool:
    return bool(plain(part)) and f" {plain(part)} " in f" {plain(text)} "


def titled_pages(site: Site, not_found: Sequence[str]) -> tuple[PageSummary, ...]:
    """Pages that ought to have a title of their own: no search results, further parts of lists, copies or forwards."""
    return tuple(
        page
        for page in site.pages
        if is_read(page)
        and page.query is None
        and not is_paging(page.url)
        and not says_not_found(page.title, page.main_heading, not_found)
        and same_place(page.final_url, page.url)
        and (not page.canonical or same_place(page.canonical, page.url))
    )


def shared_titles(pages: Sequence[PageSummary]) -> dict[str, tuple[PageSummary, ...]]:
    """Title → pages that have it and are not the same page, where there are at least two such pages."""
    groups: dict[str, list[PageSummary]] = defaultdict(list)
    for page in pages:
        title = plain(page.title)
        if title and not any(_are_the_same(page, other) for other in groups[title]):
            groups[title].append(page)
    return {title: tuple(group) for title, group in groups.items() if len(group) > 1}


def _are_the_same(one: PageSummary, other: PageSummary) -> bool:
    """One page under two addresses: the same place, another state of it, or the same text."""
    if place(one.url) == place(other.url):
        return True
    if one.main_heading != other.main_heading:
        return False
    return path_place(one.url) == path_place(other.url) or (one.words == other.words > 0)
