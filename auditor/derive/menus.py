"""Menus: what opens them, and in which order their links stand on the pages of a site."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.derive.sitepaths import is_above, same_place
from auditor.model.facts import Control, Facts
from auditor.model.site import LinkSummary, PageSummary
from auditor.model.vocabulary import Viewport

_MENU_WORD = re.compile(
    r"\b(?:meny|menyn|menu|huvudmeny|mobilmeny|mobilmenyn|hamburger|nav-?toggle|menu-?toggle|toggle-?(?:menu|nav))",
    re.IGNORECASE,
)
_FEWEST_LINKS = 3
_LAST_STEP = re.compile(r" > [^>]+$")
_ITEM = re.compile(r" > (?:li|div|span|p)(?::nth-of-type\(\d+\))?$")
_POSITION = re.compile(r"nth-of-type\((\d+)\)")
_DIGITS = re.compile(r"\d+")


def menu_controls(facts: Facts) -> Iterator[Control]:
    """What opens navigation: it brought links of a navigation landmark to light, or says so and brought any links."""
    for control in facts.controls:
        says = _MENU_WORD.search(f"{control.name} {control.html}") and "main" not in control.regions
        if control.reachable and (control.opens_navigation or (says and control.reveals_links >= _FEWEST_LINKS)):
            yield control


def opens_dialog(control: Control, facts: Facts) -> bool:
    """Whether what *control* opens is a dialog: the focus moves into it, so that the button needs no state."""
    if re.search(r"aria-haspopup=\"dialog\"", control.html):
        return True
    opened = [link for link in facts.links if link.revealed_by and link.revealed_by[-1] == control.selector]
    return bool(opened) and all("dialog" in link.regions for link in opened)


@dataclass(frozen=True)
class Menu:
    """The main navigation of one page in one viewport: addresses in the order in which they stand."""

    page: PageSummary
    links: tuple[LinkSummary, ...]

    def only(self, shared: frozenset[str]) -> tuple[str, ...]:
        """The addresses that are in *shared*, each once, in order."""
        return tuple(dict.fromkeys(link.href for link in self.links if link.href in shared))


def main_menus(pages: Sequence[PageSummary], viewport: Viewport) -> tuple[Menu, ...]:
    """The main navigation of each page that has one.

    That is, of the groups of links in the page's head or navigation, the one with most of the addresses that at least
    half of the pages have there; a breadcrumb is no such group.
    """
    groups = {page.url: list(_groups(page, viewport)) for page in pages}
    spread: Counter[str] = Counter()
    for found in groups.values():
        spread.update({link.href for group in found for link in group})
    common = {href for href, count in spread.items() if count >= max(2, len(pages) / 2)}
    menus = []
    for page in pages:
        best = max(groups[page.url], key=lambda group: len({link.href for link in group} & common), default=())
        if len({link.href for link in best} & common) >= _FEWEST_LINKS:
            menus.append(Menu(page, tuple(best)))
    return tuple(menus)


def _groups(page: PageSummary, viewport: Viewport) -> Iterator[tuple[LinkSummary, ...]]:
    groups: Mapping[str, list[LinkSummary]] = defaultdict(list)
    for link in page.links:
        regions = set(link.regions)
        placed = regions & {"banner", "navigation"} and not regions & {"main", "contentinfo", "complementary", "dialog"}
        if placed and viewport in link.reachable and link.href.startswith("http") and not link.fragment:
            groups[container_of(link.selector)].append(link)
    for links in groups.values():
        if not all(is_above(link.href, page.url) or same_place(link.href, page.url) for link in links):
            yield tuple(sorted(links, key=lambda link: _positions(link.selector)))


def container_of(selector: str) -> str:
    """The list that a link with *selector* stands in; numbers in ids do not count (#menu-item-12)."""
    around = _ITEM.sub("", _LAST_STEP.sub("", selector))
    return _DIGITS.sub("N", around) if " > " not in around else around


def _positions(selector: str) -> tuple[int, ...]:
    """Where in its list a link stands; links with the same container compare in document order."""
    item = _LAST_STEP.search(_LAST_STEP.sub("", selector))
    last = _LAST_STEP.search(selector)
    return tuple(int(match[1]) if (match := _POSITION.search(step[0])) else 0 for step in (item, last) if step)


def norm_order(menus: Sequence[Menu], fewest_pages: int) -> tuple[str, ...]:
    """The order that most pages agree on; empty if fewer than *fewest_pages*, or not more than half, agree.

    Only addresses that at least half of the menus have are compared, so that what a section adds does not count.
    """
    spread = Counter(href for menu in menus for href in {link.href for link in menu.links})
    shared = frozenset(href for href, count in spread.items() if count * 2 >= len(menus))
    orders = Counter(menu.only(shared) for menu in menus)
    order, _ = orders.most_common(1)[0] if orders else ((), 0)
    agreeing = sum(
        not out_of_order(menu, order) and len(menu.only(frozenset(order))) >= _FEWEST_LINKS for menu in menus
    )
    if len(order) < _FEWEST_LINKS or agreeing < fewest_pages or agreeing * 2 <= len(menus):
        return ()
    return order


def out_of_order(menu: Menu, order: Sequence[str]) -> LinkSummary | None:
    """The first link of *menu* that stands after one that *order* puts later; None if the orders agree."""
    rank = {href: index for index, href in enumerate(order)}
    reached = -1
    seen: set[str] = set()
    for link in menu.links:
        if link.href in rank and link.href not in seen:
            seen.add(link.href)
            if rank[link.href] < reached:
                return link
            reached = rank[link.href]
    return None
