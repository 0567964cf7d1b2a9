"""Checks of the area search: what the page of results says of itself, and whether all of it can be used."""

from collections.abc import Iterator

from bs4 import Tag

from auditor.derive.dom import element, main_of
from auditor.derive.hit_list import hit_list
from auditor.derive.results import hits_of, is_paging_name, says_nothing_found, told_count
from auditor.derive.urls import canonical
from auditor.model.facts import Control, Facts, Link
from auditor.model.outcome import Outcome, cant_tell, failed, passed
from auditor.model.page import Document, Page, Rendering
from auditor.model.vocabulary import Viewport

_OUTSIDE = frozenset({"banner", "contentinfo"})


def results_title(rendering: Rendering, *, words: tuple[str, ...]) -> Iterator[Outcome]:
    """The title of the page of results says that it is one.

    Args:
        rendering: a page of results in one viewport.
        words: parts of words that tell of searching.
    """
    if rendering.query is None or rendering.in_place:
        return
    title = rendering.facts.title
    if _tells(title, rendering, words):
        yield passed(rendering)
    elif title:
        yield failed(rendering, "silent", title=title)


def results_heading(rendering: Rendering, *, words: tuple[str, ...]) -> Iterator[Outcome]:
    """A heading says that the page shows search results.

    Args:
        rendering: a page of results in one viewport.
        words: parts of words that tell of searching.
    """
    if rendering.query is None:
        return
    seen = [item for item in rendering.facts.headings if item.visible and item.name and item.level <= 2]
    hits = hits_of(rendering)
    of_hits = {link.name for link in hits.links} if hits else set()
    headings = [item for item in seen if not _OUTSIDE.intersection(item.regions) and item.name not in of_hits]
    telling = next((item for item in headings if _tells(item.name, rendering, words)), None)
    if telling:
        yield passed(telling)
    elif headings:
        yield failed(headings[0], "silent", heading=headings[0].name)


def _tells(text: str, rendering: Rendering, words: tuple[str, ...]) -> bool:
    said = text.casefold()
    return any(word in said for word in words) or (rendering.query or "").casefold() in said


def hits_announced(rendering: Rendering, *, nothing: tuple[str, ...]) -> Iterator[Outcome]:
    """Where results come without a new page, their number is announced to screen readers.

    Args:
        rendering: a page of results in one viewport.
        nothing: ways of saying that nothing was found.
    """
    if rendering.query is None or not rendering.in_place:
        return
    live = [item for item in rendering.facts.live_regions if 'aria-live="off"' not in item.html]
    telling = next((item for item in live if _tells_result(item.text or item.name, nothing)), None)
    if telling:
        yield passed(telling)
    elif _tells_result(rendering.facts.main_text, nothing):
        yield failed(rendering, "silent", query=rendering.query)


def filter_announced(rendering: Rendering) -> Iterator[Outcome]:
    """Where a filter changes the results without a new page, the new number of hits is announced to screen readers."""
    filtered = rendering.filtered
    if filtered is None:
        return
    if filtered.announced:
        yield passed(filtered.element)
    else:
        name = filtered.element.name or filtered.element.text
        yield failed(filtered.element, "silent", name=name, before=filtered.before, after=filtered.after)


def _tells_result(text: str, nothing: tuple[str, ...]) -> bool:
    return told_count(text) is not None or says_nothing_found(text, nothing)


def hit_dates(page: Page, *, orders: tuple[str, ...], share: float = 0.5) -> Iterator[Outcome]:
    """Hits say when they were updated or published.

    Args:
        page: a page of results.
        orders: names of orders to sort by, which are no hits.
        share: the part of the hits that must show a date; news have one on most sites, pages should too.
    """
    seen = page.rendering(Viewport.DESKTOP)
    if seen is None or seen.query is None or not seen.hits_expected:
        return
    hits = hit_list(page, orders)
    if len(hits) < 2:
        return
    dated = sum(hit.day is not None for hit in hits)
    if dated >= share * len(hits):
        yield passed(page)
    else:
        yield failed(page, "undated", query=seen.query, dated=dated, hits=len(hits))


def paging(page: Page, *, orders: tuple[str, ...]) -> Iterator[Outcome]:
    """Further hits can be reached, with a keyboard too, and what leads to them has a name in words or numbers.

    Args:
        page: a page of results.
        orders: names of orders to sort by, which are no hits.
    """
    seen = page.rendering(Viewport.DESKTOP)
    if seen is None or seen.query is None or not seen.hits_expected or page.document is None:
        return
    hits, total = hits_of(seen, orders), told_count(seen.facts.main_text)
    if hits is None or total is None or total <= len(hits.links):
        return
    leading = list(_leading_on(seen.facts))
    mouse = [] if leading else list(_pressed_by_mouse(page.document))
    for item in leading:
        if isinstance(item, Control) and _is_out_of_reach(item):
            yield failed(item, "unreachable", name=item.name)
        elif not any(letter.isalnum() for letter in item.name):
            yield failed(item, "sign", name=item.name)
        else:
            yield passed(item)
    for tag in mouse:
        yield failed(element(tag), "mouse", name=tag.get_text(" ", strip=True))
    if not leading and not mouse and total >= 2 * len(hits.links):
        yield cant_tell(page, "none", total=total, shown=len(hits.links))


def _leading_on(facts: Facts) -> Iterator[Link | Control]:
    """Visible links and buttons that lead to further hits."""
    items: tuple[Link | Control, ...] = (*facts.links, *facts.controls)
    taken: set[str] = set()
    for item in items:
        inside = item.visible and not _OUTSIDE.intersection(item.regions)
        if inside and item.selector not in taken and is_paging_name(item.name):
            taken.add(item.selector)
            yield item


def _pressed_by_mouse(document: Document) -> list[Tag]:
    """Links without an address whose texts are numbers or lead on, at least two: only a script answers, to a mouse."""
    main = main_of(document)
    found = [
        tag
        for tag in (main.find_all("a", href=False) if main else ())
        if is_paging_name(tag.get_text(" ", strip=True)) and tag.get("tabindex") is None and tag.get("role") is None
    ]
    numbered = [tag for tag in found if tag.get_text(strip=True).isdigit()]
    return found if len(numbered) >= 2 else []


def results_controls(rendering: Rendering) -> Iterator[Outcome]:
    """Buttons on the page of results (filters, types of hits) can be used with a keyboard.

    Args:
        rendering: a page of results in one viewport.
    """
    if rendering.query is None or not rendering.hits_expected:
        return
    for item in rendering.facts.controls:
        if not item.visible or "main" not in item.regions or is_paging_name(item.name):
            continue
        if _is_out_of_reach(item):
            yield failed(item, "unreachable", name=item.name or item.text)
        elif item.focusable:
            yield passed(item)


def _is_out_of_reach(item: Control) -> bool:
    """A button that no key leads to; one may be disabled, and tabs and options are reached by arrows."""
    return not item.focusable and item.role in ("", "button", "link") and " disabled" not in item.html


def results_narrow(page: Page, *, orders: tuple[str, ...]) -> Iterator[Outcome]:
    """All hits that a desktop shows are shown at a width of 320 pixels too.

    Args:
        page: a page of results.
        orders: names of orders to sort by, which are no hits.
    """
    wide, narrow = page.rendering(Viewport.DESKTOP), page.rendering(Viewport.NARROW)
    if wide is None or narrow is None or wide.query is None or not wide.hits_expected:
        return
    hits = hits_of(wide, orders)
    shown = {canonical(link.href) for link in narrow.facts.links if link.visible}
    for link in hits.links if hits else ():
        if canonical(link.href) in shown:
            yield passed(link)
        else:
            yield failed(link, "hidden", name=link.name)
