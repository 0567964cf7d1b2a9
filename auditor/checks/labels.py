"""Checks of the area navigation: do links and buttons tell what they lead to, and the same on every page?"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from auditor.derive.documents import document_type, says_size, says_type
from auditor.derive.menus import container_of
from auditor.derive.reach import ends_at, may_be_reached, own_pages
from auditor.derive.scope import leads_to_system
from auditor.derive.sitepaths import path_place, place, same_place, segments
from auditor.derive.urls import host_of, path_of
from auditor.derive.wording import are_akin, folded, plain, share_a_word, subject_words, without_link_tail, words
from auditor.model.facts import Link
from auditor.model.outcome import Outcome, Target, cant_tell, failed, passed
from auditor.model.page import Rendering
from auditor.model.site import LinkSummary, PageSummary, Site

_LETTERS = re.compile(r"[^\W\d_]{2}")
_MOST_TARGETS = 3
"""A name with more destinations than this on a site says where one is going from here («Nästa»), not what is there."""
_FRAME = ("banner", "navigation", "contentinfo")
_CLASS_OUTSIDE = re.compile(
    r"""\sclass="[^"]*(?:extern|new-?window|blank|ny-?flik|nytt-?fonster|outbound|offsite)""", re.IGNORECASE
)
_ROW = re.compile(r"(?:^|\s)tr(?::nth-of-type\(\d+\))?$")
_TITLE = re.compile(r"""\stitle="([^"]*)\"""")


def consistent_identification(
    site: Site, *, fewest_pages: int = 3, search_segments: tuple[str, ...]
) -> Iterator[Outcome]:
    """What does the same in the frame of every page is called the same on every page.

    Args:
        site: the whole site.
        fewest_pages: so many pages must agree before their name counts as the site's.
        search_segments: steps of addresses of search pages, which may ask in other words.
    """
    pages = [page for page in own_pages(site) if not set(search_segments) & set(segments(page.url))]
    languages = Counter(page.language.split("-")[0].lower() for page in pages)
    usual = languages.most_common(1)[0][0] if languages else ""
    pages = [page for page in pages if page.language.split("-")[0].lower() == usual]
    found: dict[str, dict[str, list[tuple[PageSummary, Target]]]] = defaultdict(lambda: defaultdict(list))
    for page in pages:
        for function, name, target in _named_functions(page):
            found[function][name].append((page, target))
    for function, names in sorted(found.items()):
        yield from _odd_names(function, names, len(pages), fewest_pages)


def _named_functions(page: PageSummary) -> Iterator[tuple[str, str, Target]]:
    """Function, name and target for what stands in the page's frame: search, menu button, links by destination."""
    for label in page.labels:
        target = Target(url=page.url, viewport=label.viewport, selector=label.selector, text=label.name)
        yield f"{label.kind} {label.viewport}", plain(label.name), target
    crumbs = page.trail.selectors if page.trail else ()
    for link in page.links:
        region = next((role for role in link.regions if role in _FRAME), "")
        placed = region and "main" not in link.regions and "dialog" not in link.regions
        if placed and link.href.startswith("http") and not link.fragment and link.selector not in crumbs:
            name = plain(without_link_tail(link.name))
            if name and may_be_reached(link):
                yield f"{region} {place(link.href)}", name, page.target(link)


def _odd_names(
    function: str, names: Mapping[str, list[tuple[PageSummary, Target]]], total: int, fewest_pages: int
) -> Iterator[Outcome]:
    """Outcomes for one function: pages on which none of its names is akin to the one that most pages use."""
    on = {name: {page.url for page, _ in places} for name, places in names.items()}
    everywhere = set().union(*on.values())
    usual = max(on, key=lambda name: (len(on[name]), name))
    fitting = [name for name in on if share_a_word(name.split(), usual.split())]
    fine = set().union(*(on[name] for name in fitting))
    if len(fine) < fewest_pages or len(fine) * 2 <= len(everywhere) or len(everywhere) * 2 < total:
        return
    shown = names[usual][0][1].text
    for name in sorted(set(on) - set(fitting)):
        for page, target in names[name]:
            if page.url not in fine:
                yield failed(target, "renamed", cause=f"{function} {name}", name=target.text, usual=shown)
    for page, target in (pair for name in fitting for pair in names[name]):
        if page.url in fine:
            fine.discard(page.url)
            yield passed(target)


def same_text(site: Site, *, phrases: tuple[str, ...]) -> Iterator[Outcome]:
    """Links side by side that are called the same lead to the same page.

    Args:
        site: the whole site.
        phrases: texts that say nothing («läs mer»), which another rule is about.
    """
    empty = frozenset(plain(phrase) for phrase in phrases)
    for page in own_pages(site):
        groups: dict[tuple[str, str, int], list[LinkSummary]] = defaultdict(list)
        for link in page.links:
            name = plain(without_link_tail(link.name))
            outward = link.href.startswith("http") and link.fragment_found is None and not link.scripted
            if name not in empty and _LETTERS.search(name) and outward:
                groups[name, container_of(link.selector), link.around].append(link)
        several = [links for links in groups.values() if len(links) > 1]
        odd = list(_odd_targets(site, page, several))
        yield from odd
        if groups and not odd:
            yield passed(page.target())


def _odd_targets(site: Site, page: PageSummary, groups: list[list[LinkSummary]]) -> Iterator[Outcome]:
    for links in groups:
        first = links[0]
        for link in links[1:]:
            together = set(first.reachable) & set(link.reachable)
            apart = path_place(link.href) != path_place(first.href)
            if together and apart and ends_at(site, link.href) != ends_at(site, first.href):
                values = {"name": link.name, "address": _told(link.href, page), "other": _told(first.href, page)}
                yield failed(page.target(link), "two_ways", cause=f"{first.href} {link.href}", **values)
                break


def _told(href: str, page: PageSummary) -> str:
    return path_of(href) if host_of(href) == host_of(page.url) else href


def label_fits(
    site: Site,
    *,
    phrases: tuple[str, ...],
    root_words: tuple[str, ...],
    directions: tuple[str, ...],
    small_words: tuple[str, ...],
    synonyms: tuple[str, ...],
) -> Iterator[Outcome]:
    """A link is called by words that its destination's heading or title has too.

    Args:
        site: the whole site.
        phrases: texts that say nothing («läs mer»), which another rule is about.
        root_words: what the start page is called.
        directions: names that tell the way from here («nästa»).
        small_words: words that carry no subject.
        synonyms: words with one meaning, several to an entry.
    """
    names = _Names(site, (*phrases, *root_words, *directions), small_words, synonyms)
    for page in own_pages(site):
        crumbs = page.trail.selectors if page.trail else ()
        seen: set[tuple[str, str]] = set()
        for link in page.links:
            if link.inline or link.fragment or link.selector in crumbs or not may_be_reached(link):
                continue
            if (link.name, link.href) in seen:
                continue
            seen.add((link.name, link.href))
            verdict, heading, better = names.verdict(link, page)
            target = page.target(link)
            cause = f"{plain(link.name)} {link.href}"
            if verdict == "fits":
                yield passed(target)
            elif verdict == "other_page":
                yield failed(target, verdict, cause=cause, name=link.name, heading=heading, page=better)
            elif verdict:
                yield cant_tell(target, verdict, cause=cause, name=link.name, heading=heading)


class _Names:
    """Compares what links are called with what pages are called; each pair once."""

    def __init__(
        self, site: Site, empty: tuple[str, ...], small_words: tuple[str, ...], synonyms: tuple[str, ...]
    ) -> None:
        self._site = site
        self._empty = frozenset(plain(phrase) for phrase in empty)
        self._small = frozenset(small_words)
        self._sets = [words(entry) for entry in synonyms]
        self._called: dict[str, list[PageSummary]] = defaultdict(list)
        for page in own_pages(site):
            if page.main_heading:
                self._called[plain(page.main_heading)].append(page)
        self._known: dict[tuple[str, str, str], tuple[str, str, str]] = {}
        leads: dict[str, set[str]] = defaultdict(set)
        for page in own_pages(site):
            for link in page.links:
                leads[plain(link.name)].add(place(link.href))
        self._relative = frozenset(name for name, there in leads.items() if len(there) > _MOST_TARGETS)

    def verdict(self, link: LinkSummary, page: PageSummary) -> tuple[str, str, str]:
        """fits, other_page, differs, or empty if it is not judged; the destination's heading; a page called so."""
        key = (link.name, link.href, page.language)
        if key not in self._known:
            self._known[key] = self._judge(link, page)
        return self._known[key]

    def _judge(self, link: LinkSummary, page: PageSummary) -> tuple[str, str, str]:
        nothing = ("", "", "")
        there = self._site.page(link.href)
        name = plain(without_link_tail(link.name))
        if there is None or not there.rendered or there.is_handoff or there.query is not None or there.status >= 300:
            return nothing
        if (
            name in self._empty
            or plain(link.name) in self._relative
            or not _LETTERS.search(name)
            or same_place(link.href, page.url)
        ):
            return nothing
        if same_place(there.final_url, self._site.start) and same_place(link.href, self._site.start):
            return nothing
        if there.language[:2].lower() != page.language[:2].lower():
            return nothing
        said = subject_words(without_link_tail(link.name), self._small)
        heading = there.main_heading or there.title
        own = (*subject_words(f"{there.main_heading} {there.title}", self._small), *segments(there.url)[-1:])
        if not said or not own:
            return nothing
        if self._are_akin(said, own):
            return ("fits", heading, "")
        others = [other for other in self._called.get(name, ()) if not same_place(other.url, there.url)]
        if others and not same_place(others[0].url, page.url):
            return ("other_page", heading, path_of(others[0].url))
        return ("differs", heading, "")

    def _are_akin(self, said: tuple[str, ...], own: tuple[str, ...]) -> bool:
        wide = {folded(word) for word in own} | {part for word in own for part in folded(word).split()}
        if share_a_word(said, own) or share_a_word([folded(word) for word in said], wide):
            return True
        if any(_inflects(word, other) for word in said for other in own):
            return True
        meant = [entry for entry in self._sets if any(are_akin(word, known) for word in said for known in entry)]
        return any(share_a_word(entry, own) for entry in meant)


def _inflects(one: str, other: str) -> bool:
    """Whether one of two words is the other with a short ending, also where three letters are all they share: «bad»."""
    short, long = sorted((one, other), key=len)
    return len(short) == 3 and long.startswith(short) and len(long) <= 5


def new_window(rendering: Rendering, *, phrases: tuple[str, ...]) -> Iterator[Outcome]:
    """A link that opens another window or tab says so.

    Args:
        rendering: the page in one viewport.
        phrases: ways of saying it («öppnas i nytt fönster»).
    """
    for link in rendering.facts.links:
        if not link.new_window or not link.reachable or not plain(link.name):
            continue
        if _says(link, phrases):
            yield passed(link)
        elif _CLASS_OUTSIDE.search(link.html):
            yield cant_tell(link, "icon", name=link.name)
        else:
            yield failed(link, "silent", name=link.name)


def _says(link: Link, phrases: tuple[str, ...]) -> bool:
    """Whether the link's name or title, or the text or heading close to it, says one of *phrases*."""
    title = _TITLE.search(link.html)
    told = plain(" ".join((link.name, link.text, title[1] if title else "", link.context, link.heading)))
    return any(plain(phrase) in told for phrase in phrases)


def handoff_announced(rendering: Rendering, *, phrases: tuple[str, ...]) -> Iterator[Outcome]:
    """A link to a booking, register or e-service system on another host says that one leaves the site.

    Args:
        rendering: the page in one viewport.
        phrases: ways of saying it («länk till annan webbplats», «e-tjänst», «bokningssystem»).
    """
    for link in rendering.facts.links:
        if not leads_to_system(link.href, rendering.url) or not link.reachable or not plain(link.name):
            continue
        host = [part for part in host_of(link.href).split(".") if len(part) > 3 and part != "www"]
        if _says(link, phrases) or any(folded(part) in folded(link.name).split() for part in host):
            yield passed(link)
        elif _CLASS_OUTSIDE.search(link.html):
            yield cant_tell(link, "icon", name=link.name, host=host_of(link.href))
        else:
            yield failed(link, "silent", name=link.name, host=host_of(link.href))


def document_size(rendering: Rendering) -> Iterator[Outcome]:
    """A link that says what kind of document it opens says also how large it is.

    Args:
        rendering: the page on a desktop.
    """
    for link in rendering.facts.links:
        kind = document_type(link)
        if not kind or not link.reachable or not link.name or not says_type(link, kind):
            continue
        if says_size(link):
            yield passed(link)
        elif _ROW.search(link.item):
            yield cant_tell(link, "in_table", name=link.name)
        else:
            yield failed(link, "no_size", name=link.name, kind=kind)
