"""The telephone number that a site's pages give in header or footer, and the pages that give another one."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.derive.answers import is_read
from auditor.derive.sitepaths import segments
from auditor.derive.urls import host_of
from auditor.model.site import Contact, PageSummary, Site


@dataclass(frozen=True)
class JudgedPage:
    """One page and its number."""

    page: PageSummary
    agrees: bool
    number: str = ""
    """The number that stands in place of the usual one."""
    shown: str = ""
    usual: str = ""
    section: str = ""
    """Path of the part of the site that has a number of its own; empty if it is none."""


def contact_norms(site: Site, fewest_pages: int) -> Iterator[JudgedPage]:
    """Every page that gives a number in header or footer, with whether the usual one is among them.

    A number is usual if more than half of the pages of its host that give any give it. Where none is, or fewer than
    *fewest_pages* pages give one, nothing is said. A folder whose pages all give a number of their own, three or more,
    is taken for a part with its own way in (a school, a museum), which a person must judge.
    """
    hosts: dict[str, list[PageSummary]] = defaultdict(list)
    for page in site.pages:
        if is_read(page) and page.query is None and _numbers(page):
            hosts[host_of(page.url)].append(page)
    for pages in hosts.values():
        if len(pages) >= fewest_pages:
            yield from _judged(pages)


def _judged(pages: Sequence[PageSummary]) -> Iterator[JudgedPage]:
    spread = Counter(number for page in pages for number in _numbers(page))
    usual = {number for number, count in spread.items() if count * 2 > len(pages)}
    if not usual:
        return
    best = max(sorted(usual), key=lambda number: spread[number])
    name = next(_numbers(page)[best].shown for page in pages if best in _numbers(page))
    agreeing = [page for page in pages if usual & _numbers(page).keys()]
    others = [page for page in pages if not usual & _numbers(page).keys()]
    for page in agreeing:
        yield JudgedPage(page, agrees=True)
    for page in others:
        number, contact = next(iter(_numbers(page).items()))
        alike = [other for other in others if number in _numbers(other)]
        section = _section(alike, agreeing)
        yield JudgedPage(page, agrees=False, number=number, shown=contact.shown, usual=name, section=section)


def _numbers(page: PageSummary) -> dict[str, Contact]:
    """Normalised number → contact, of header and footer."""
    return {found.value: found for found in page.contacts if found.kind == "phone" and found.in_frame}


def _section(pages: Sequence[PageSummary], agreeing: Sequence[PageSummary]) -> str:
    """The folder that holds all of *pages* and none that agree, if there are three or more; else empty."""
    if len(pages) < 3:
        return ""
    common = segments(pages[0].url)
    for page in pages[1:]:
        own = segments(page.url)
        same = 0
        while same < min(len(common), len(own)) and common[same] == own[same]:
            same += 1
        common = common[:same]
    if not common or any(segments(page.url)[: len(common)] == common for page in agreeing):
        return ""
    return "/" + "/".join(common)
