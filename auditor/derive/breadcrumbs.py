"""Breadcrumbs: the row of links that tells where in the site a page lies."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from auditor.derive.sitepaths import is_above, same_place, segments
from auditor.derive.urls import canonical
from auditor.derive.wording import plain
from auditor.model.facts import Breadcrumb, Element, Facts, Link
from auditor.model.page import Rendering
from auditor.model.site import Trail
from auditor.model.vocabulary import Viewport

_SEPARATOR = r"\s*[/›»>→⟩❯▸\\]+\s*"
_LAST_STEP = re.compile(r" > [^>]+$")
_ITEM = re.compile(r" > (?:li|span|div|p|dd|dt)(?::nth-of-type\(\d+\))?$")
_MOST_LINKS = 10
"""A longer row is a menu; the deepest Swedish municipal pages lie some eight steps down."""


class Certainty(Enum):
    """How surely a breadcrumb was recognised."""

    SURE = "sure"
    HALF = "half"
    """Something looks like one, but a person must look."""
    HIDDEN = "hidden"
    """There is one in the markup, but this viewport does not show it."""
    NONE = "none"


@dataclass(frozen=True)
class Sighting:
    """What was found, and the element that it is about, if any."""

    certainty: Certainty
    element: Element | None = None


def breadcrumb(rendering: Rendering, root_words: Sequence[str]) -> Sighting:
    """The breadcrumb of a page, recognised by label, class or microdata, by separators, or by addresses.

    Args:
        rendering: the page in one viewport.
        root_words: what the start page is called in a breadcrumb («Start»), lower-case.
    """
    facts = rendering.facts
    marked = [crumb for crumb in facts.breadcrumbs if len(crumb.links) <= 2 * _MOST_LINKS]
    shown = [crumb for crumb in marked if _reaches(crumb, facts)]
    sure = next((crumb for crumb in shown if _leads_on(crumb, rendering)), None)
    if sure:
        return Sighting(Certainty.SURE, sure)
    rows = [row for row in _rows(facts) if _before_text(row, facts)]
    if row := next((row for row in rows if _is_trail(row, rendering, root_words)), None):
        return Sighting(Certainty.SURE, row[0])
    if rendering.viewport is not Viewport.DESKTOP and (up := _way_up(rendering)):
        return Sighting(Certainty.SURE, up)
    if shown:
        return Sighting(Certainty.HALF, shown[0])
    like = next((row[0] for row in rows if _resembles(row, rendering, root_words)), None)
    half = like or _unlinked(facts, root_words) or _way_up(rendering)
    if half:
        return Sighting(Certainty.HALF, half)
    return Sighting(Certainty.HIDDEN, marked[0]) if marked else Sighting(Certainty.NONE)


def marked_trail(rendering: Rendering) -> Trail | None:
    """The breadcrumb that says of itself that it is one and can be seen; the first with a link to another page."""
    facts = rendering.facts
    for crumb in facts.breadcrumbs:
        if len(crumb.links) > _MOST_LINKS or not _reaches(crumb, facts) or not _leads_on(crumb, rendering):
            continue
        inside = frozenset(crumb.links)
        links = [link for link in facts.links if link.selector in inside and link.reachable]
        return Trail(
            selector=crumb.selector,
            links=tuple(canonical(link.href.partition("#")[0]) for link in links),
            names=tuple(link.name for link in links),
            selectors=tuple(link.selector for link in links),
            current=next((index for index, link in enumerate(links) if link.current not in ("", "false")), -1),
            last=_words_after(crumb.text, links[-1].text),
        )
    return None


def _words_after(text: str, link: str) -> str:
    """What *text* says after its last *link*, without separators; empty if the link's words are not found in it."""
    _, found, tail = text.rpartition(link) if link else ("", "", "")
    return tail.strip(" \t/›»>→⟩❯▸\\|·•-–:") if found else ""


def _reaches(crumb: Breadcrumb, facts: Facts) -> bool:
    return crumb.visible or any(link.reachable for link in facts.links if link.selector in crumb.links)


def _leads_on(crumb: Breadcrumb, rendering: Rendering) -> bool:
    """Whether a link that can be reached leads from the breadcrumb to another page."""
    return any(
        link.selector in crumb.links and link.reachable and not same_place(link.href.split("#")[0], rendering.url)
        for link in rendering.facts.links
    )


def _rows(facts: Facts) -> list[list[Link]]:
    """Links that share a list or a line, in document order."""
    groups: dict[str, list[Link]] = defaultdict(list)
    for link in facts.links:
        if link.reachable and "contentinfo" not in link.regions:
            groups[_ITEM.sub("", _LAST_STEP.sub("", link.selector))].append(link)
    return [row for row in groups.values() if len(row) <= _MOST_LINKS]


def _before_text(row: Sequence[Link], facts: Facts) -> bool:
    """Whether the row stands before the page's main heading ends: breadcrumbs open a page."""
    heading = _main_heading(facts)
    return heading is None or not row[0].visible or row[0].box.y <= heading.box.bottom


def _main_heading(facts: Facts) -> Element | None:
    return next((item for item in facts.headings if item.level == 1 and item.visible), None)


def _is_trail(row: Sequence[Link], rendering: Rendering, root_words: Sequence[str]) -> bool:
    """Whether the row leads step by step down to the page, by its addresses or by its separators."""
    steps = list(row)
    if same_place(steps[-1].href, rendering.url):
        steps.pop()
    above = all(is_above(link.href, rendering.url) for link in steps)
    depths = [len(segments(link.href)) for link in steps]
    descends = above and all(one < other for one, other in pairwise(depths))
    separated = all(_has_separator(link) for link in steps)
    if len(steps) >= 2 and descends and (_on_a_line(steps) or separated):
        return True
    begins = bool(steps) and (plain(steps[0].name) in root_words or not segments(steps[0].href))
    return len(steps) >= 2 and separated and (begins or above)


def _has_separator(link: Link) -> bool:
    name = re.escape(link.text)
    return bool(name) and bool(re.search(rf"{name}{_SEPARATOR}|{_SEPARATOR}{name}", link.context))


def _on_a_line(row: Sequence[Link]) -> bool:
    """Whether the links stand beside each other, or wrap as words do."""
    return all(
        other.box.y - one.box.bottom < one.box.height
        and (other.box.x >= one.box.right or other.box.y >= one.box.bottom)
        and not (other.box.x == one.box.x and other.box.y >= one.box.bottom)
        for one, other in pairwise(row)
    )


def _resembles(row: Sequence[Link], rendering: Rendering, root_words: Sequence[str]) -> bool:
    """Whether the row begins at the start page and ends at this page, although its addresses do not tell."""
    heading = _main_heading(rendering.facts)
    last = row[-1]
    ends_here = same_place(last.href, rendering.url) or bool(last.current)
    ends_here = ends_here or (heading is not None and plain(last.name) == plain(heading.text))
    return len(row) >= 3 and plain(row[0].name) in root_words and ends_here and _on_a_line(row)


def _way_up(rendering: Rendering) -> Link | None:
    """A link to the page above this one, alone in its line before the main heading and outside menus."""
    heading = _main_heading(rendering.facts)
    own = segments(rendering.url)
    for row in _rows(rendering.facts):
        link = row[0]
        if len(row) == 1 and heading and link.visible and link.box.y <= heading.box.y and len(own) > 1:
            parent = is_above(link.href, rendering.url) and len(segments(link.href)) == len(own) - 1
            if parent and link.selector != heading.selector:
                return link
    return None


def _unlinked(facts: Facts, root_words: Sequence[str]) -> Element | None:
    """A text that reads as a breadcrumb («Start / Föreningar / Bidrag») without being links."""
    root = "|".join(re.escape(word) for word in root_words)
    pattern = re.compile(rf"(?:{root}){_SEPARATOR}\w[^.!?]*$", re.IGNORECASE)
    heading = _main_heading(facts)
    for block in facts.blocks:
        if heading and block.box.y > heading.box.bottom:
            return None
        if block.visible and block.kind != "heading" and block.words <= 30 and pattern.match(block.text):
            return block
    return None
