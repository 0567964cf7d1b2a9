"""Checks of the area navigation: does a page tell where it lies, and does it lead on?"""

import re
from collections.abc import Iterator
from itertools import combinations

from auditor.derive.answers import answer_of, is_broken
from auditor.derive.menus import container_of
from auditor.derive.page_kinds import says_not_found
from auditor.derive.reach import ends_at, frame_of, may_be_reached, own_pages
from auditor.derive.sitepaths import has_segment, is_above, path_place, place, same_place, segments
from auditor.derive.urls import host_of, path_of
from auditor.derive.wording import plain, share_a_word, subject_words
from auditor.model.facts import Link
from auditor.model.outcome import Outcome, Target, cant_tell, failed, passed
from auditor.model.page import Rendering
from auditor.model.site import LinkSummary, Logo, PageSummary, Site, Trail

_LANGUAGE = re.compile(r"[a-z]{2}(?:-[a-z]{2})?")


def breadcrumb_valid(site: Site, *, small_words: tuple[str, ...], root_words: tuple[str, ...]) -> Iterator[Outcome]:
    """A breadcrumb's steps answer, go from the whole to the part, lead down to the page, and end at it.

    Args:
        site: the whole site.
        small_words: words that carry no subject.
        root_words: what the start page is called in a breadcrumb.
    """
    headings = {plain(page.main_heading): page for page in own_pages(site) if page.main_heading}
    for page in own_pages(site):
        if page.trail is not None:
            target = Target(url=page.url, selector=page.trail.selector, text=" › ".join(page.trail.names))
            yield _trail_outcome(site, page, page.trail, target, headings, small_words, root_words)


def _trail_outcome(
    site: Site,
    page: PageSummary,
    trail: Trail,
    target: Target,
    headings: dict[str, PageSummary],
    small_words: tuple[str, ...],
    root_words: tuple[str, ...],
) -> Outcome:
    above = _steps_above(trail, page)
    if trail.current >= 0 and not _is_page(trail.links[trail.current], page):
        return failed(target, "marks_other", name=trail.names[trail.current])
    for href, name in above:
        answer = answer_of(site, href)
        if answer and is_broken(site, answer):
            return failed(target, "ancestor", cause=href, name=name, address=path_of(href), status=answer.status)
    for (one, upper), (other, lower) in combinations(above, 2):
        if is_above(other, one):
            return failed(target, "order", name=upper, other=lower)
    problem = _last_problem(page, trail, headings, frozenset(small_words))
    if problem == "last_other":
        return failed(target, problem, name=trail.last, heading=page.main_heading)
    if problem:
        return cant_tell(target, problem, name=trail.last, heading=page.main_heading or page.title)
    return _descent(site, page, above, target, root_words) or passed(target)


def _steps_above(trail: Trail, page: PageSummary) -> list[tuple[str, str]]:
    """Address and name of each step but the page itself; a step that is repeated counts where it stands last."""
    steps = {place(href): (href, name) for href, name in zip(trail.links, trail.names, strict=True)}
    order = dict.fromkeys(place(href) for href in reversed(trail.links))
    return [steps[key] for key in reversed(order) if not _is_page(steps[key][0], page)]


def _is_page(href: str, page: PageSummary) -> bool:
    return any(path_place(href) == path_place(own) for own in (page.url, page.final_url, page.canonical) if own)


def _last_problem(page: PageSummary, trail: Trail, headings: dict[str, PageSummary], small: frozenset[str]) -> str:
    """What is wrong with the words that end the breadcrumb: they should name this page."""
    said = subject_words(trail.last, small)
    own = (*subject_words(page.main_heading, small), *subject_words(page.title, small))
    if not said or not own or share_a_word(said, own):
        return ""
    other = headings.get(plain(trail.last))
    return "last_other" if other is not None and other.url != page.url else "last_unsure"


def _descent(
    site: Site, page: PageSummary, above: list[tuple[str, str]], target: Target, root_words: tuple[str, ...]
) -> Outcome | None:
    """cantTell if neither addresses nor links lead from the last step down to the page, or if steps are left out."""
    if not above:
        return None
    href, name = above[-1]
    known = [other for other in _pages_above(site, page) if segments(other.url)]
    if len(known) > 1 and all(plain(step) in root_words or same_place(link, site.start) for link, step in above):
        return cant_tell(target, "skips", page=path_of(known[-1].url))
    parent = site.page(href)
    if is_above(href, page.url) or parent is None or not parent.rendered:
        return None
    if any(ends_at(site, link.href) == place(page.url) for link in parent.links if may_be_reached(link)):
        return None
    return cant_tell(target, "no_way_down", name=name)


def _pages_above(site: Site, page: PageSummary) -> list[PageSummary]:
    """Pages of the site whose addresses *page*'s begins with, the nearest last."""
    steps = page.url.rstrip("/").split("/")
    found = []
    for count in range(3, len(steps)):
        upper = "/".join(steps[:count])
        known = site.page(upper + "/") or site.page(upper)
        if known is not None and known.rendered and same_place(known.url, known.final_url):
            found.append(known)
    return found


def current_place(rendering: Rendering, *, here_words: tuple[str, ...], fewest_links: int = 3) -> Iterator[Outcome]:
    """A menu that holds the page marks it as the current one, to the eye and to those who listen.

    Args:
        rendering: the page in one viewport.
        here_words: words in a link's name that tell the same («du är här»).
        fewest_links: fewer links in a list are no menu.
    """
    if not segments(rendering.url) or (len(segments(rendering.url)) == 1 and _LANGUAGE.fullmatch(_last(rendering.url))):
        return
    crumbs = {selector for crumb in rendering.facts.breadcrumbs for selector in crumb.links}
    navigation = [link for link in rendering.facts.links if "navigation" in link.regions]
    sizes: dict[str, int] = {}
    for link in navigation:
        sizes[container_of(link.selector)] = sizes.get(container_of(link.selector), 0) + 1
    own = [
        link
        for link in navigation
        if link.set_apart is not None
        and link.reachable
        and link.selector not in crumbs
        and "contentinfo" not in link.regions
        and sizes[container_of(link.selector)] >= fewest_links
    ]
    told = next((link for link in own if _is_told(link, here_words)), None)
    seen = [link for link in own if link.visible]
    if told:
        yield passed(told)
    elif seen:
        best = max(seen, key=lambda link: ("", "class", "looks").index(link.set_apart or ""))
        if best.set_apart == "looks":
            yield failed(best, "not_told", name=best.name)
        elif best.set_apart == "class":
            yield cant_tell(best, "class", name=best.name)
        else:
            yield failed(best, "unmarked", name=best.name)


def _last(url: str) -> str:
    return segments(url)[-1]


def _is_told(link: Link, here_words: tuple[str, ...]) -> bool:
    name = plain(link.name)
    return link.current.strip().lower() not in ("", "false") or any(plain(word) in name for word in here_words)


def logo_home(site: Site) -> Iterator[Outcome]:
    """The logo at the top leads to the start page."""
    for page in own_pages(site):
        if not page.logos or same_place(page.url, site.start):
            continue
        home = next((logo for logo in page.logos if logo.href and _is_home(site, logo.href)), None)
        if home:
            yield passed(_logo_target(page, home))
            continue
        logo = page.logos[0]
        target = _logo_target(page, logo)
        if not logo.href:
            yield failed(target, "unlinked")
        elif host_of(logo.href) != host_of(site.start):
            yield cant_tell(target, "other_site", address=logo.href)
        elif same_place(logo.href, page.url) or is_above(logo.href, page.url):
            yield cant_tell(target, "part", address=path_of(logo.href))
        else:
            yield failed(target, "elsewhere", address=path_of(logo.href))


def _logo_target(page: PageSummary, logo: Logo) -> Target:
    return Target(url=page.url, selector=logo.selector, text=logo.name)


def _is_home(site: Site, href: str) -> bool:
    """Whether *href* is the start page, or that of a language, also by forwarding."""
    if host_of(href) != host_of(site.start):
        return False
    steps = segments(href)
    own = not steps or (len(steps) == 1 and bool(_LANGUAGE.fullmatch(steps[0])))
    return own or place(site.start) in (place(href), ends_at(site, href))


def dead_end(
    site: Site,
    *,
    passing_segments: tuple[str, ...],
    search_segments: tuple[str, ...],
    not_found: tuple[str, ...],
    fewest_pages: int = 5,
) -> Iterator[Outcome]:
    """A page offers a way on: a link of its own, somebody to ask, or something to do.

    Args:
        site: the whole site.
        passing_segments: steps of addresses with news and calendars, which may end where they end.
        search_segments: steps of addresses of search pages.
        not_found: what error pages say.
        fewest_pages: with fewer pages it cannot be told which links every page has.
    """
    pages = own_pages(site)
    if len(pages) < fewest_pages:
        return
    frame = frame_of(pages)
    for page in pages:
        if same_place(page.url, site.start) or has_segment(page.url, (*passing_segments, *search_segments)):
            continue
        if says_not_found(page.title, page.main_heading, not_found) or not page.words:
            continue
        asked = any(contact.in_main for contact in page.contacts)
        if page.acts or asked or any(_leads_on(link, page, frame) for link in page.links):
            yield passed(page.target())
        else:
            yield failed(page.target(), "dead")


def _leads_on(link: LinkSummary, page: PageSummary, frame: frozenset[tuple[str, bool]]) -> bool:
    """Whether *link* is of the page's own and leads elsewhere than back or up."""
    if not may_be_reached(link) or (place(link.href), link.in_main) in frame or not link.href.startswith("http"):
        return False
    if _is_page(link.href, page) or is_above(link.href, page.url):
        return False
    return page.trail is None or link.selector not in page.trail.selectors
