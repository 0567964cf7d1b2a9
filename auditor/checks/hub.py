"""Checks of the area navigation: the page that gathers what associations need, and the ways to and from it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from auditor.derive.answers import answer_of, is_broken, is_read
from auditor.derive.reach import ends_at, own_pages, steps_from_start
from auditor.derive.sitepaths import is_above, place, same_place, segments
from auditor.derive.topics import Topic, hub_links, is_for_associations, pages_about, reaching, viewports_of
from auditor.derive.urls import canonical, path_of
from auditor.model.outcome import Outcome, Target, failed, passed
from auditor.model.site import PageSummary, Site


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
    """The hub for associations links to each errand that the site has a page for, and to each task's page.

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
    judged: list[PageSummary] = []
    for name, phrases in names.items():
        topic = Topic(name, phrases, frozenset(only_among_associations))
        pages = pages_about(topic, site, stems=association_stems, passing=passing_segments)
        if not pages:
            continue
        judged += pages
        ways = reaching(topic, pages, links)
        hidden = [viewport for viewport in viewports if not any(viewport in link.reachable for link in ways)]
        if not hidden or hub in pages or (name == "contact" and any(found.in_main for found in hub.contacts)):
            yield passed(hub.target())
        elif len(hidden) == len(viewports):
            yield failed(hub.target(), name, cause=name, page=path_of(pages[0].url))
        else:
            yield failed(hub.target(viewport=hidden[0]), f"{name}_hidden", cause=name, page=path_of(pages[0].url))
    yield from _tasks_covered(site, hub, judged)


def _tasks_covered(site: Site, hub: PageSummary, judged: Sequence[PageSummary]) -> Iterator[Outcome]:
    """The hub leads to a page of each task of the site file, or to the page above; those of the topics are left out."""
    links = hub_links(hub)
    for task in site.tasks:
        pages = [page for address in task.targets if (page := site.page(canonical(address, site.start)))]
        known = any(
            same_place(page.url, other.url) or is_above(other.url, page.url) for page in pages for other in judged
        )
        if not pages or known or hub in pages or not all(is_read(page) for page in pages):
            continue
        values = {"page": path_of(pages[0].url), "question": task.question}
        ways = [link for link in links if any(_covers(link.href, page, hub) for page in pages)]
        hidden = [view for view in viewports_of(hub) if not any(view in link.reachable for link in ways)]
        if not hidden:
            yield passed(hub.target())
        elif len(hidden) == len(viewports_of(hub)):
            yield failed(hub.target(), "task", cause=task.id, **values)
        else:
            yield failed(hub.target(viewport=hidden[0]), "task_hidden", cause=task.id, **values)


def _covers(href: str, page: PageSummary, hub: PageSummary) -> bool:
    """Whether *href* is *page*, or the page right above it."""
    if any(same_place(href, own) for own in (page.url, page.final_url)):
        return True
    nearest = len(segments(href)) == len(segments(page.url)) - 1
    return nearest and is_above(href, page.url) and bool(segments(href)) and not same_place(href, hub.url)


def hub_reach(
    site: Site,
    *,
    grants: tuple[str, ...],
    booking: tuple[str, ...],
    register: tuple[str, ...],
    permits: tuple[str, ...],
    only_among_associations: tuple[str, ...],
    association_stems: tuple[str, ...],
    passing_segments: tuple[str, ...],
    most_steps: int = 2,
) -> Iterator[Outcome]:
    """There is a hub for associations; the start page leads to it, and the pages of their errands lead back.

    Args:
        site: the whole site.
        grants: names of pages about grants; the following likewise.
        booking: … about booking premises.
        register: … about the register, or about being approved.
        permits: … about permits for lotteries and events.
        only_among_associations: names that other branches use too; they count only on pages for associations.
        association_stems: what shows, in an address or heading, that a page is for associations; as addresses write it.
        passing_segments: steps of addresses with news and calendars, which pass.
        most_steps: clicks from the start page within which the hub is expected; our own choice.
    """
    phrases = {"grants": grants, "booking": booking, "register": register, "permits": permits}
    near = frozenset(only_among_associations)
    topics = [Topic(name, known, near) for name, known in phrases.items()]
    about = {
        topic: found
        for topic in topics
        if (found := pages_about(topic, site, stems=association_stems, passing=passing_segments))
    }
    start = site.page(site.start)
    if start is None or not is_read(start):
        return
    if not site.hub:
        yield from _hub_exists(site, start, about)
        return
    hub = site.page(site.hub)
    if hub is None or not is_read(hub):
        answer = answer_of(site, site.hub)
        if answer and is_broken(site, answer):
            yield failed(start.target(), "gone", page=path_of(site.hub), status=answer.status)
        return
    yield from _hub_is_found(site, start, hub, most_steps)
    pages = {page.url: page for found in about.values() for page in found}
    for task in site.tasks:
        pages |= {page.url: page for address in task.targets if (page := site.page(canonical(address, site.start)))}
    for page in sorted(pages.values(), key=lambda page: page.url):
        if page is not hub and is_read(page) and is_for_associations(page, hub.url, association_stems):
            yield from _leads_back(site, page, hub)


def _hub_exists(site: Site, start: PageSummary, about: Mapping[Topic, Sequence[PageSummary]]) -> Iterator[Outcome]:
    """Where no hub is named: a page whose content links to at least half of the topics, if there are several."""
    if len(about) < 3 or not site.complete:
        return
    covered: Counter[str] = Counter()
    for page in own_pages(site):
        if not same_place(page.url, start.url):
            links = hub_links(page)
            covered[page.url] = sum(bool(reaching(topic, found, links)) for topic, found in about.items())
    best = max(covered, key=lambda url: (covered[url], url), default="")
    if best and covered[best] * 2 >= len(about) and covered[best] > 1:
        yield passed(Target(url=best))
    else:
        yield failed(start.target(), "none", topics=len(about))


def _hub_is_found(site: Site, start: PageSummary, hub: PageSummary, most_steps: int) -> Iterator[Outcome]:
    for viewport in viewports_of(start):
        steps = steps_from_start(site, viewport).get(place(hub.url))
        if steps is not None and steps <= most_steps:
            yield passed(hub.target(viewport=viewport))
        elif steps is not None:
            yield failed(hub.target(viewport=viewport), "far", cause="far", steps=steps)
        elif site.complete:
            yield failed(hub.target(viewport=viewport), "unreachable", cause="unreachable")


def _leads_back(site: Site, page: PageSummary, hub: PageSummary) -> Iterator[Outcome]:
    back = [link for link in page.links if ends_at(site, link.href) == place(hub.url)]
    for viewport in viewports_of(page):
        if any(viewport in link.reachable for link in back):
            yield passed(page.target(viewport=viewport))
        else:
            yield failed(page.target(viewport=viewport), "no_way_back", hub=path_of(hub.url))
