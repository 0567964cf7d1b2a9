"""Topics of an association's errands: which pages are about them, and what a hub page links to."""

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.derive.answers import is_read
from auditor.derive.sitepaths import has_segment, is_above, same_place, segments
from auditor.derive.wording import folded, plain
from auditor.model.site import LinkSummary, PageSummary, Site
from auditor.model.vocabulary import Viewport


@dataclass(frozen=True)
class Topic:
    """One errand, with the names that its page is known by."""

    name: str
    phrases: tuple[str, ...]
    only_near: frozenset[str]
    """Those of the phrases that count only on pages for associations, because other branches use them too."""


def pages_about(topic: Topic, site: Site, *, stems: Sequence[str], passing: Sequence[str]) -> tuple[PageSummary, ...]:
    """Pages that are called exactly as *topic*, by main heading or last step of the address; the nearest first.

    Args:
        topic: what to look for.
        site: the whole site.
        stems: begin of words that show, in an address, that a page is for associations.
        passing: steps of addresses below which news and the like stand.
    """
    found = [
        page
        for page in site.pages
        if is_read(page)
        and page.query is None
        and not has_segment(page.url, passing)
        and _is_about(topic, page, site.hub, stems)
    ]
    return tuple(sorted(found, key=lambda page: (page.depth, len(page.url), page.url)))


def _is_about(topic: Topic, page: PageSummary, hub: str, stems: Sequence[str]) -> bool:
    names = {folded(name) for name in names_of(page)}
    for phrase in topic.phrases:
        if folded(phrase) in names:
            return phrase not in topic.only_near or is_for_associations(page, hub, stems)
    return False


def names_of(page: PageSummary) -> tuple[str, ...]:
    """What a page is called: main heading, last step of its address."""
    steps = segments(page.url)
    return tuple(name for name in (page.main_heading, steps[-1] if steps else "") if name)


def is_for_associations(page: PageSummary, hub: str, stems: Sequence[str]) -> bool:
    """Whether *page* lies below the hub, or its heading or address speaks of associations."""
    return is_above(hub, page.url) or any(
        stem in folded(f"{page.main_heading} {' '.join(segments(page.url))}") for stem in stems
    )


def hub_links(hub: PageSummary) -> tuple[LinkSummary, ...]:
    """Links of a hub's content: within main, also in a list of links there; without main, outside menus and foot."""
    in_main = tuple(link for link in hub.links if "main" in link.regions and not _is_upwards(link, hub))
    if in_main:
        return in_main
    outside = {"banner", "contentinfo", "navigation", "search"}
    return tuple(link for link in hub.links if not outside & set(link.regions) and not _is_upwards(link, hub))


def _is_upwards(link: LinkSummary, hub: PageSummary) -> bool:
    return is_above(link.href, hub.url)


def viewports_of(page: PageSummary) -> tuple[Viewport, ...]:
    """Viewports in which anything at all was reached on *page*: where it could be rendered."""
    seen = {viewport for link in page.links for viewport in link.reachable}
    return tuple(viewport for viewport in (Viewport.PHONE, Viewport.DESKTOP) if viewport in seen)


def reaching(topic: Topic, targets: Sequence[PageSummary], links: Sequence[LinkSummary]) -> tuple[LinkSummary, ...]:
    """Those of *links* that lead to the topic: to one of its pages, below one, or by a name with one of its phrases."""
    pages = [address for page in targets for address in (page.url, page.final_url)]
    return tuple(
        link
        for link in links
        if any(same_place(link.href, page) or is_above(page, link.href) for page in pages) or _names(topic, link.name)
    )


def _names(topic: Topic, name: str) -> bool:
    """Whether a link's name holds a phrase of *topic* as whole words («Boka lokal i e-tjänsten»)."""
    said = f" {plain(name)} "
    return any(f" {plain(phrase)} " in said for phrase in topic.phrases)
