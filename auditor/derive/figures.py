"""Figures about one page: what is measured and told without being judged."""

from collections.abc import Iterator

from auditor.derive.parity import destination
from auditor.model.facts import Facts
from auditor.model.figures import Figure, FigureKind
from auditor.model.page import Page, Rendering
from auditor.model.vocabulary import Viewport

_SMALL = 12.0


def figures(page: Page) -> tuple[Figure, ...]:
    """The figures of *page*; those that could not be measured are left out."""
    return tuple(_figures(page))


def _figures(page: Page) -> Iterator[Figure]:
    phone, desktop = page.rendering(Viewport.PHONE), page.rendering(Viewport.DESKTOP)
    for rendering in (phone, desktop):
        if rendering:
            yield from _of_one(rendering)
    if desktop and desktop.facts.layout_shift is not None:
        yield _figure(FigureKind.LAYOUT_SHIFT, desktop, desktop.facts.layout_shift)
    if phone and desktop and (extra := extra_taps(phone.facts, desktop.facts)) is not None:
        yield _figure(FigureKind.EXTRA_TAPS, phone, extra)


def _of_one(rendering: Rendering) -> Iterator[Figure]:
    facts = rendering.facts
    small = small_text(facts)
    if small is not None:
        yield _figure(FigureKind.SMALL_TEXT, rendering, small)
    without = sum(area.share for area in facts.fixed if area.visible and not area.is_banner)
    yield _figure(FigureKind.FIXED_SHARE, rendering, min(1.0, without))
    if rendering.banner:
        yield _figure(FigureKind.FIXED_SHARE_BANNER, rendering, min(1.0, without + rendering.banner.share))


def _figure(kind: FigureKind, rendering: Rendering, value: float) -> Figure:
    return Figure(kind=kind, viewport=rendering.viewport, value=round(value, 3))


def small_text(facts: Facts) -> float | None:
    """Share of a rendering's visible characters that are smaller than 12 CSS pixels, 0 to 1; None without text."""
    every = sum(count for _, count in facts.font_sizes)
    return sum(count for size, count in facts.font_sizes if size < _SMALL) / every if every else None


def extra_taps(phone: Facts, desktop: Facts) -> int | None:
    """How many more toggles must be opened on *phone* than on *desktop* to reach a destination, at the most.

    For destinations that both can reach; None if there is none. A destination's own number is that of its nearest link.
    """
    here, there = _openings(phone), _openings(desktop)
    shared = here.keys() & there.keys()
    return max((here[address] - there[address] for address in shared), default=0) if shared else None


def _openings(facts: Facts) -> dict[str, int]:
    fewest: dict[str, int] = {}
    for link in facts.links:
        if link.reachable and link.href.startswith(("http://", "https://")):
            count = 0 if link.visible else len(link.revealed_by)
            address = destination(link)
            fewest[address] = min(count, fewest.get(address, count))
    return fewest
