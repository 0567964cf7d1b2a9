"""Checks of the area navigation: can one see where one is, and where each way leads?"""

import re
from collections.abc import Iterator

from auditor.derive.anchors import holds
from auditor.derive.answers import answer_of, is_broken, is_read, is_unsure
from auditor.derive.breadcrumbs import Certainty, breadcrumb
from auditor.derive.menus import main_menus, menu_controls, norm_order, opens_dialog, out_of_order
from auditor.derive.page_kinds import first_heading, is_error_page, is_search_page
from auditor.derive.sitepaths import depth_below, same_place, site_root
from auditor.derive.urls import host_of, path_of
from auditor.derive.wording import plain, without_link_tail
from auditor.model.facts import Control, Facts
from auditor.model.outcome import Outcome, cant_tell, failed, passed
from auditor.model.page import Rendering
from auditor.model.site import LinkSummary, PageSummary, Site
from auditor.model.vocabulary import Viewport

_LANGUAGE_STEP = re.compile(r"[a-z]{2}(?:-[a-z]{2})?")
_NO_DESTINATION = re.compile(r"#?$|javascript:", re.IGNORECASE)
_POINTING = 2
"""«denna sida»: so many words still say nothing of what is pointed at."""
_LETTER = re.compile(r"[^\W\d_]")
_STATE_TOLD = re.compile(r"\saria-(?:pressed|checked|selected)=", re.IGNORECASE)


def generic_link_text(
    rendering: Rendering, *, phrases: tuple[str, ...], formats: tuple[str, ...], pointing: tuple[str, ...]
) -> Iterator[Outcome]:
    """No link is called by a phrase that would fit any destination.

    Args:
        rendering: the page in one viewport.
        phrases: texts that say nothing («läs mer»), lower-case.
        formats: names of file formats («pdf»), which do not say of what.
        pointing: words that point at something said before («denna»).
    """
    empty = frozenset(plain(phrase) for phrase in phrases)
    links = [link for link in rendering.facts.links if not _NO_DESTINATION.match(link.raw_href)]
    for link in (*links, *rendering.access.role_links):
        if link.role not in ("", "link") or not link.reachable or not plain(link.name):
            continue
        told = plain(without_link_tail(link.name))
        if not told or told in empty:
            yield failed(link, "generic", name=link.name)
        elif told in formats:
            yield cant_tell(link, "format", name=link.name)
        elif told.split()[0] in pointing and len(told.split()) <= _POINTING:
            yield cant_tell(link, "points", name=link.name)
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


def broken_link(site: Site, *, not_found: tuple[str, ...]) -> Iterator[Outcome]:
    """No link leads to an address that is gone, fails or does not exist, or to a place that the page lacks.

    Args:
        site: the whole site.
        not_found: what error pages say.
    """
    for page in site.pages:
        if not is_read(page):
            continue
        steps = frozenset(page.trail.selectors) if page.trail else frozenset()
        seen: set[tuple[str, str, str]] = set()
        for link in page.links:
            key = (link.selector, link.href, link.fragment)
            if link.reachable and key not in seen and link.selector not in steps:
                seen.add(key)
                yield from _link_outcome(site, page, link, not_found)


def _link_outcome(site: Site, page: PageSummary, link: LinkSummary, not_found: tuple[str, ...]) -> Iterator[Outcome]:
    target = page.target(link)
    fragment = link.fragment.split(":~:")[0]
    is_place = len(fragment) >= 2 and fragment[0] not in "/!?" and "=" not in fragment and not link.scripted
    if link.fragment_found is not None:
        if link.fragment_found:
            yield passed(target)
        elif is_place:
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
    elif _says_no(site, link.href, not_found):
        yield failed(target, "says_no", cause=link.href, **values)
    elif is_place and not _has_place(site, link.href, fragment):
        yield failed(target, "other_fragment", cause=f"{link.href}#{fragment}", fragment=fragment, **values)
    else:
        yield passed(target)


def _says_no(site: Site, href: str, not_found: tuple[str, ...]) -> bool:
    """Whether the page at *href* answers that all is well and says that it does not exist."""
    there = site.page(href)
    if there is None or not is_read(there):
        return False
    told = (plain(there.title), plain(there.main_heading))
    return any(phrase in text for phrase in not_found for text in told)


def _has_place(site: Site, href: str, fragment: str) -> bool:
    """Whether the page at *href* has the place *fragment*; true also where that is not known."""
    there = site.page(href)
    if there is None or not is_read(there) or there.anchors is None or not same_place(there.final_url, href):
        return True
    return holds(there.anchors, fragment)


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
