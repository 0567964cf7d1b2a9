"""A page as simulated visitors meet it: its words, and in each viewport its links from the top.

Small, so that a large site fits in memory, and so that it is kept beside the page's artifacts: these take ten times as
long to read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.derive.menus import container_of
from auditor.derive.summary import main_heading
from auditor.derive.urls import canonical
from auditor.derive.wording import title_parts, without_link_tail
from auditor.model.facts import Box, Facts, Link
from auditor.model.page import Page
from auditor.model.vocabulary import Viewport

VIEWPORTS = (Viewport.PHONE, Viewport.DESKTOP)
_MOST_LINKS = 400
_TEXT = 8_000
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenLink:
    """A link as one viewport shows it."""

    href: str
    """Canonical address, without fragment."""
    name: str
    heading: str
    group: str
    """What tells its visual group from others on the page."""
    screen: int
    reveals: int
    in_main: bool
    selector: str
    box: Box | None


@dataclass(frozen=True, kw_only=True)
class SeenPage:
    """A page as the simulation knows it."""

    url: str
    final_url: str
    title: str
    text: str
    links: Mapping[Viewport, tuple[SeenLink, ...]]


def see(page: Page) -> SeenPage | None:
    """What the simulation keeps of *page*; None if it is no page of the site that was rendered."""
    shown = {view: seen.facts for view in VIEWPORTS if (seen := page.rendering(view)) is not None}
    if not shown or not page.is_content or page.is_handoff or any(seen.query is not None for seen in page.renderings):
        return None
    widest = shown.get(Viewport.DESKTOP) or next(iter(shown.values()))
    heading = main_heading(widest) or next(iter(title_parts(widest.title)), "")
    return SeenPage(
        url=page.url,
        final_url=canonical(page.response.final_url),
        title=_SPACES.sub(" ", heading)[:200],
        text=widest.main_text[:_TEXT] or widest.text[:_TEXT],
        links={view: tuple(_links(facts, page.url)) for view, facts in shown.items()},
    )


def _links(facts: Facts, url: str) -> Iterator[SeenLink]:
    """The links that lead away from the page, group by group from the top, in document order within a group."""
    kept = [link for link in facts.links if link.reachable and link.href.lower().startswith(("http://", "https://"))]
    away = [(link, canonical(link.href.partition("#")[0])) for link in kept[:_MOST_LINKS]]
    seen = [_seen(link, href, facts.height) for link, href in away if href != url]
    top: dict[str, float] = {}
    for link in seen:
        y = link.box.y if link.box and not link.reveals else 0.0
        top[link.group] = min(y, top.get(link.group, y))
    yield from sorted(seen, key=lambda link: (top[link.group], link.group))


def _seen(link: Link, href: str, height: int) -> SeenLink:
    reveals = 0 if link.visible else len(link.revealed_by)
    heading = link.heading if link.in_main and link.heading != link.name else ""
    place = "/".join((*link.regions, *link.revealed_by)) if not link.in_main else heading
    return SeenLink(
        href=href,
        name=without_link_tail(link.name or link.text)[:200],
        heading=heading[:200],
        group=f"{place}|{'' if link.in_main else container_of(link.selector)}",
        screen=max(0, int(link.box.y // max(height, 1))) if link.visible else 0,
        reveals=reveals,
        in_main=link.in_main,
        selector=link.selector,
        box=link.box if link.visible else None,
    )
