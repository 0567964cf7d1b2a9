"""Checks of the area navigation: can one see where one is, and where each way leads?"""

import re
from collections import Counter
from collections.abc import Iterator

from auditor.derive.answers import answer_of, is_broken, is_read, is_unsure
from auditor.derive.breadcrumbs import Certainty, breadcrumb
from auditor.derive.menus import main_menus, menu_controls, norm_order, opens_dialog, out_of_order
from auditor.derive.page_kinds import first_heading, is_error_page, is_search_page, says_not_found
from auditor.derive.sitepaths import depth_below, has_segment, path_place, place, same_place, site_root
from auditor.derive.topics import Topic, hub_links, pages_about, reaching, viewports_of
from auditor.derive.urls import host_of, is_web_page, path_of
from auditor.derive.wording import plain, without_link_tail
from auditor.model.facts import Control, Facts
from auditor.model.outcome import Outcome, cant_tell, failed, passed
from auditor.model.page import Rendering
from auditor.model.site import LinkSummary, PageSummary, Site
from auditor.model.vocabulary import Viewport

_LANGUAGE_STEP = re.compile(r"[a-z]{2}(?:-[a-z]{2})?")
_NO_DESTINATION = re.compile(r"#?$|javascript:", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_STATE_TOLD = re.compile(r"\saria-(?:pressed|checked|selected)=", re.IGNORECASE)


def generic_link_text(rendering: Rendering, *, phrases: tuple[str, ...]) -> Iterator[Outcome]:
    """No link is called by a phrase that would fit any destination.

    Args:
        rendering: the page in one viewport.
        phrases: texts that say nothing («läs mer»), lower-case.
    """
    empty = frozenset(plain(phrase) for phrase in phrases)
    for link in rendering.facts.links:
        is_link = link.role in ("", "link") and not _NO_DESTINATION.match(link.raw_href)
        if not is_link or not link.reachable or not plain(link.name):
            continue
        told = plain(without_link_tail(link.name))
        if not told or told in empty:
            yield failed(link, "generic", name=link.name)
        else:
            yield passed(link)


def breadcrumb_present(
    rendering: Rendering,
    *,
    root_words: tuple[str, ...],
    search_segments: tuple[str, ...],
    not_found: tuple[str, ...],
    fewest_steps: int = 2,
) -> Iterator[Outcome]:
    """A page deep in the site shows where it lies.

    Args:
        rendering: the page in one viewport.
        root_words: what the start page is called in a breadcrumb.
        search_segments: steps of addresses of search pages, which lie nowhere in the structure.
        not_found: what error pages say.
        fewest_steps: steps below the start page from which a breadcrumb is expected; on the first level the main menu
            tells the same.
    """
    root = site_root(rendering)
    steps = rendering.url.split("//", 1)[-1].split("/")[1:]
    if not root and steps and _LANGUAGE_STEP.fullmatch(steps[0]):
        root = (steps[0],)
    if depth_below(rendering.url, root) < fewest_steps or first_heading(rendering) is None:
        return
    if is_search_page(rendering, search_segments) or is_error_page(rendering, not_found):
        return
    trail = breadcrumb(rendering, root_words)
    if trail.certainty is Certainty.SURE:
        yield passed(trail.element)
    elif trail.certainty is Certainty.HALF:
        yield cant_tell(trail.element, "half")
    elif trail.certainty is Certainty.HIDDEN:
        yield failed(rendering, "hidden")
    else:
        yield failed(rendering, "none")


def menu_button_state(rendering: Rendering, *, open_words: tuple[str, ...]) -> Iterator[Outcome]:
    """What opens the navigation is a named, focusable button that tells whether it is open.

    Args:
        rendering: the page in one viewport.
        open_words: verbs that a button's name begins with if the name itself may tell the state.
    """
    for control in menu_controls(rendering.facts):
        problem, sure = _menu_problem(control, rendering.facts, open_words)
        if not problem:
            yield passed(control)
        elif sure:
            yield failed(control, problem, name=control.name or control.html)
        else:
            yield cant_tell(control, problem, name=control.name or control.html)


def _menu_problem(control: Control, facts: Facts, open_words: tuple[str, ...]) -> tuple[str, bool]:
    """The message that fits *control*, and whether it is sure; an empty message if all is well."""
    if control.tag == "label":
        return "checkbox", False
    if not control.native:
        return "not_button", True
    if not control.focusable and control.role in ("button", "link", ""):
        return "not_focusable", True
    if not control.name:
        return "no_name", True
    if control.expanded is None and not _STATE_TOLD.search(control.html) and not opens_dialog(control, facts):
        return ("name_may_tell", False) if plain(control.name).split(" ")[0] in open_words else ("no_state", True)
    return ("", True) if _LETTER.search(control.name) else ("sign", False)


def broken_link(site: Site) -> Iterator[Outcome]:
    """No link leads to an address that is gone, fails or does not exist, or to a place that the page lacks."""
    for page in site.pages:
        if not is_read(page):
            continue
        seen: set[tuple[str, str, str]] = set()
        for link in page.links:
            key = (link.selector, link.href, link.fragment)
            if link.reachable and key not in seen:
                seen.add(key)
                yield from _link_outcome(site, page, link)


def _link_outcome(site: Site, page: PageSummary, link: LinkSummary) -> Iterator[Outcome]:
    target = page.target(link)
    if link.fragment_found is not None:
        fragment = link.fragment.split(":~:")[0]
        if link.fragment_found:
            yield passed(target)
        elif len(fragment) >= 2 and fragment[0] not in "/!?" and "=" not in fragment and not link.scripted:
            yield failed(target, "fragment", cause=f"{link.href}#{fragment}", name=link.name, fragment=fragment)
        return
    if not link.href.startswith(("http://", "https://")) or link.href == page.url:
        return
    if host_of(link.href) not in site.hosts:
        return
    answer = answer_of(site, link.href)
    if answer is None:
        return
    values = {"name": link.name, "address": path_of(link.href)}
    if is_broken(site, answer):
        message = "no_host" if not answer.status else "server" if answer.status >= 500 else "gone"
        if answer.status:
            yield failed(target, message, cause=link.href, status=answer.status, **values)
        else:
            yield failed(target, message, cause=link.href, **values)
    elif answer.status == 0:
        yield cant_tell(target, "no_answer", cause=link.href, **values)
    elif is_unsure(answer):
        yield cant_tell(target, "refused", cause=link.href, status=answer.status, **values)
    else:
        yield passed(target)


def hub_coverage(
    site: Site,
    *,
    grants: tuple[str, ...],
    booking: tuple[str, ...],
    register: tuple[str, ...],
    contact: tuple[str, ...],
    permits: tuple[str, ...],
    faults: tuple[str, ...],
    only_among_associations: tuple[str, ...],
    association_stems: tuple[str, ...],
    passing_segments: tuple[str, ...],
) -> Iterator[Outcome]:
    """The hub for associations links to each errand that the site has a page for.

    Args:
        site: the whole site.
        grants: names of pages about grants; the following likewise.
        booking: … about booking premises.
        register: … about the register, or about being approved.
        contact: … about whom to ask.
        permits: … about permits for lotteries and events.
        faults: … about reporting a fault.
        only_among_associations: names that other branches use too; they count only on pages for associations.
        association_stems: what shows, in an address or heading, that a page is for associations; as addresses write it.
        passing_segments: steps of addresses with news and calendars, which pass.
    """
    hub = site.page(site.hub) if site.hub else None
    if hub is None or not is_read(hub):
        return
    links, viewports = hub_links(hub), viewports_of(hub)
    names = {
        "grants": grants,
        "booking": booking,
        "register": register,
        "contact": contact,
        "permits": permits,
        "faults": faults,
    }
    for name, phrases in names.items():
        topic = Topic(name, phrases, frozenset(only_among_associations))
        pages = pages_about(topic, site, stems=association_stems, passing=passing_segments)
        if not pages:
            continue
        ways = reaching(topic, pages, links)
        hidden = [viewport for viewport in viewports if not any(viewport in link.reachable for link in ways)]
        if not hidden or hub in pages or (name == "contact" and any(found.in_main for found in hub.contacts)):
            yield passed(hub.target())
        elif len(hidden) == len(viewports):
            yield failed(hub.target(), name, cause=name, page=path_of(pages[0].url))
        else:
            yield failed(hub.target(viewport=hidden[0]), f"{name}_hidden", cause=name, page=path_of(pages[0].url))


def menu_order(site: Site, *, fewest_pages: int = 3) -> Iterator[Outcome]:
    """The main navigation's links stand in the same order on every page.

    Args:
        site: the whole site.
        fewest_pages: how many pages must agree before their order counts as the site's.
    """
    pages = [page for page in site.pages if is_read(page)]
    for viewport in (Viewport.PHONE, Viewport.DESKTOP):
        menus = main_menus(pages, viewport)
        order = norm_order(menus, fewest_pages)
        for menu in menus if order else ():
            if len(menu.only(frozenset(order))) < 3:
                continue
            link = out_of_order(menu, order)
            if link:
                yield failed(menu.page.target(link, viewport), "moved", name=link.name)
            else:
                yield passed(menu.page.target(viewport=viewport))


def orphan_page(
    site: Site,
    *,
    load_more_segments: tuple[str, ...],
    search_segments: tuple[str, ...],
    not_found: tuple[str, ...],
    list_length: int = 5,
) -> Iterator[Outcome]:
    """Every page of the sitemap can be reached by links.

    Args:
        site: the whole site.
        load_more_segments: steps of addresses whose pages stand in lists that show more on request.
        search_segments: steps of addresses of search pages, which a form leads to.
        not_found: what error pages say.
        list_length: so many linked pages in one folder, beside several that are not, make a list of that kind likely.
    """
    if not site.complete:
        return
    linked = _linked_places(site)
    pages = [page for url in sorted(site.sitemap) if (page := site.page(url)) and _counts_as_page(page, not_found)]
    reached = Counter(_folder_of(page) for page in pages if _is_linked(page, linked))
    missed = Counter(_folder_of(page) for page in pages if not _is_linked(page, linked))
    for page in pages:
        folder = _folder_of(page)
        if _is_linked(page, linked):
            yield passed(page.target())
        elif has_segment(page.url, search_segments):
            continue
        elif has_segment(page.url, load_more_segments) or (missed[folder] > 1 and reached[folder] >= list_length):
            yield cant_tell(page.target(), "maybe_listed", page=path_of(page.url))
        else:
            yield failed(page.target(), "orphan", page=path_of(page.url))


def _folder_of(page: PageSummary) -> str:
    return path_place(page.url).rpartition("/")[0]


def _is_linked(page: PageSummary, linked: frozenset[str]) -> bool:
    return place(page.url) in linked or (bool(page.canonical) and place(page.canonical) in linked)


def _linked_places(site: Site) -> frozenset[str]:
    """Every place that a page links to, itself aside, and the places that those addresses forward to."""
    places = {place(site.start)}
    for page in site.pages:
        if page.rendered and page.query is None:
            for link in page.links:
                if not same_place(link.href, page.url):
                    places.add(place(link.href))
                    answer = answer_of(site, link.href)
                    if answer and answer.final_url:
                        places.add(place(answer.final_url))
    return frozenset(places)


def _counts_as_page(page: PageSummary, not_found: tuple[str, ...]) -> bool:
    forwarded = not same_place(page.final_url, page.url)
    told = says_not_found(page.title, page.main_heading, not_found)
    return is_read(page) and page.query is None and is_web_page(page.url) and not forwarded and not told
