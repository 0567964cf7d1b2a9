"""Checks of the ways to reach the municipality over the whole site: hours, fault reports, the same help everywhere."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from auditor.derive.answers import is_read
from auditor.derive.contact_units import UnitContact, unit_contacts
from auditor.derive.help_order import are_in_order, help_order
from auditor.derive.page_kinds import first_heading
from auditor.derive.sitepaths import same_place, segments
from auditor.derive.surroundings import content_links, content_text
from auditor.derive.telephone import find_phones
from auditor.derive.topics import viewports_of
from auditor.derive.trial_words import NONSENSE
from auditor.derive.urls import path_of
from auditor.derive.wording import plain
from auditor.model.outcome import Outcome, cant_tell, failed, passed, untested
from auditor.model.page import Rendering
from auditor.model.site import LinkSummary, PageSummary, Site

_DAYS = re.compile(
    r"\b(?:(?:m[åa]n|tis|ons|tors?|fre|l[öo]r|s[öo]n)(?:dag(?:en|ar|arna)?|\.)?\b|vardag|helgfri|daglig|weekday"
    r"|alla dagar|daily|(?:mon|tues|wednes|thurs|fri|satur|sun)day|dygnet runt|around the clock)",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"\b\d{1,2}(?:[.:]\d\d)?\s*(?:[-–]|till|to|och)\s*\d{1,2}(?:[.:]\d\d)?\b|dygnet runt|around the clock",
    re.IGNORECASE,
)
_NEAR = 80
"""Characters between a day and its hours, in a table or a line."""


def opening_hours(
    rendering: Rendering,
    *,
    headings: tuple[str, ...],
    visits: tuple[str, ...],
    hours_words: tuple[str, ...],
) -> Iterator[Outcome]:
    """A page of contact details says when one can call or come.

    Args:
        rendering: the page on a desktop.
        headings: what such pages are called («kontakta oss», «servicecenter»).
        visits: what says that one can come («besöksadress»).
        hours_words: names of links and headings with hours elsewhere («öppettider»).
    """
    heading = first_heading(rendering)
    if heading is None or rendering.query is not None or plain(heading.name) not in headings:
        return
    text = content_text(rendering.facts)
    numbers = find_phones(text) or any(
        find_phones(one.text, one.before) for one in rendering.facts.mentions if one.in_main
    )
    if not numbers and not any(word in plain(text) for word in visits):
        return
    named = [plain(link.name) for link in content_links(rendering.facts)]
    if _gives_hours(text) or any(word in name for name in named for word in hours_words):
        yield passed(rendering)
    else:
        yield failed(rendering, "none")


def _gives_hours(text: str) -> bool:
    """Whether a time span stands close to a day of the week."""
    days = [match.start() for match in _DAYS.finditer(text)]
    return any(abs(match.start() - day) <= _NEAR for match in _TIMES.finditer(text) for day in days)


def fault_report_found(
    site: Site, *, stems: tuple[str, ...], addresses: tuple[str, ...], contact_words: tuple[str, ...]
) -> Iterator[Outcome]:
    """Where to report a fault is linked from the start page or the contact page, and found by the site's search.

    Args:
        site: the whole site.
        stems: parts of names of such pages and links («felanmäl»).
        addresses: the same at the beginning of the last step of an address.
        contact_words: words of a link's name that lead to contact.
    """
    start = site.page(site.start)
    if start is None or not is_read(start):
        return
    pages = [page for page in site.pages if is_read(page) and page.query is None]
    ways = [(page, link) for page in pages for link in page.links if _is_fault_link(link, stems, addresses)]
    places = frozenset(page.url for page in pages if _is_fault_page(page, stems, addresses))
    asked = [page for page in site.pages if page.query and any(stem in page.query.lower() for stem in stems)]
    brought_up = {
        page.url: any(link.href in places or _is_fault_link(link, stems, addresses) for link in _listed(page))
        for page in asked
    }
    if not ways and not places and not any(brought_up.values()):
        if site.complete:
            yield cant_tell(start.target(), "none")
        return
    near = [start, *_contact_pages(site, start, contact_words)]
    for viewport in viewports_of(start):
        reached = any(page in near and viewport in link.reachable for page, link in ways)
        target = start.target(viewport=viewport)
        yield passed(target) if reached else failed(target, "far")
    for page in asked:
        if not is_read(page):
            yield untested(page.target(), page.reason or f"status|{page.status}")
        elif brought_up[page.url]:
            yield passed(page.target())
        elif _shows_hits(site, page):
            yield failed(page.target(), "search", query=page.query or "")
        else:
            yield cant_tell(page.target(), "search_unclear", query=page.query or "")
    if not asked and any(label.kind == "search" for label in start.labels):
        yield untested(start.target(), "search-not-asked")


def _listed(page: PageSummary) -> Iterator[LinkSummary]:
    """Links outside menus, header and footer: on a page of results, what the search brought up."""
    return (link for link in page.links if not {"banner", "navigation", "contentinfo"} & set(link.regions))


def _shows_hits(site: Site, page: PageSummary) -> bool:
    """Whether it is sure what the search brought up on *page*, so that what is not there was not found.

    It lists what the page for a word that stands nowhere does not, or another question's page does: then hits are
    links that one can see.
    """
    nothing = next((one for one in site.pages if one.query == NONSENSE and is_read(one)), None)
    if nothing is None:
        return False
    always = {link.href for link in _listed(nothing)}
    return any(
        link.href not in always
        for one in site.pages
        if one.query not in (None, NONSENSE) and is_read(one)
        for link in _listed(one)
    )


def _is_fault_link(link: LinkSummary, stems: Sequence[str], addresses: Sequence[str]) -> bool:
    if not link.reachable:
        return False
    last = segments(link.href)[-1:]
    return any(stem in link.name.lower() for stem in stems) or bool(last and last[0].startswith(tuple(addresses)))


def _is_fault_page(page: PageSummary, stems: Sequence[str], addresses: Sequence[str]) -> bool:
    last = segments(page.url)[-1:]
    named = any(stem in page.main_heading.lower() for stem in stems)
    return is_read(page) and (named or bool(last and last[0].startswith(tuple(addresses))))


def _contact_pages(site: Site, start: PageSummary, contact_words: Sequence[str]) -> list[PageSummary]:
    """The pages that the start page links to as contact."""
    known = frozenset(contact_words)
    named = [link for link in start.links if link.reachable and not known.isdisjoint(plain(link.name).split())]
    found = (site.page(link.href) for link in named)
    return [page for page in found if page is not None and is_read(page) and not same_place(page.url, start.url)]


def consistent_help(
    site: Site, *, contact_words: tuple[str, ...], service_desks: tuple[str, ...], fewest_pages: int = 3
) -> Iterator[Outcome]:
    """Ways to get help in header and footer stand in the same order on all pages.

    Args:
        site: the whole site.
        contact_words: words of a link's name that lead to contact.
        service_desks: what the one way in is called.
        fewest_pages: how many pages must agree on an order before it counts as the site's.
    """
    pages = [page for page in site.pages if is_read(page) and page.query is None]
    orders = {page.url: help_order(page, contact_words, service_desks) for page in pages}
    spread = Counter(order for order in orders.values() if len(order) > 1)
    if not spread:
        return
    usual, count = spread.most_common(1)[0]
    if count < fewest_pages or count * 2 <= sum(spread.values()):
        return
    for page in pages:
        own = orders[page.url]
        if len(set(own) & set(usual)) < 2:
            continue
        if are_in_order(own, usual):
            yield passed(page.target())
        else:
            yield failed(page.target(), "order", cause=page.template)


def one_contact_per_unit(
    site: Site,
    *,
    units: tuple[str, ...],
    roles: tuple[str, ...],
    special: tuple[str, ...],
    dated_segments: tuple[str, ...],
    fewest_pages: int = 3,
) -> Iterator[Outcome]:
    """Pages that name the same unit give the same telephone number and mailbox for it.

    Args:
        site: the whole site.
        units: stems of units' names.
        roles: stems of titles; a number after one belongs to a person.
        special: words for numbers that a unit has besides («jour», «akut»).
        dated_segments: steps of addresses with news and minutes, which were right once.
        fewest_pages: how many pages must give the same before another one is said to be wrong.
    """
    of: dict[tuple[str, str], list[UnitContact]] = defaultdict(list)
    for found in unit_contacts(site, units, roles, special, dated_segments):
        of[found.unit, found.kind].append(found)
    for (unit, kind), group in sorted(of.items()):
        yield from _unit_outcomes(unit, kind, group, fewest_pages)


def _unit_outcomes(unit: str, kind: str, group: Sequence[UnitContact], fewest_pages: int) -> Iterator[Outcome]:
    by_page: dict[str, list[UnitContact]] = defaultdict(list)
    for found in group:
        by_page[found.page.url].append(found)
    spread = Counter(value for given in by_page.values() for value in {one.value for one in given})
    usual, count = spread.most_common(1)[0]
    if len(by_page) < 2:
        return
    rival = sum(usual not in {one.value for one in given} for given in by_page.values())
    shown = next(found for found in group if found.value == usual)
    for given in by_page.values():
        target = given[0].page.target()
        values = {one.value for one in given}
        if usual in values:
            yield passed(target)
            continue
        message = "phone" if kind == "phone" else "mail"
        told = {"unit": given[0].name, "here": given[0].shown, "there": shown.shown, "other": path_of(shown.page.url)}
        if count >= fewest_pages and count > rival and len(values) == 1:
            yield failed(target, message, cause=f"{unit} {given[0].value}", **told)
        else:
            yield cant_tell(target, f"{message}_unsure", cause=f"{unit} {kind}", **told)
