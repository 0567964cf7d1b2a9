"""Areas that a finger presses: how large they are, and how much room there is around them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import floor, hypot

from auditor.model.facts import Box, Control, Facts, Link

Target = Link | Control

_ROUNDING = 0.05
_CELL = 48.0
_DEFAULT_BUTTON = (21.0, 22.0)


@dataclass(frozen=True, slots=True)
class Crowding:
    """What stands too near to a small target."""

    neighbour: str
    """Name of the nearest other target; empty if it has none."""


def pressable(facts: Facts) -> tuple[Target, ...]:
    """Visible links and controls of a rendering, each element once."""
    seen: dict[str, Target] = {}
    items: tuple[Target, ...] = (*facts.links, *facts.controls)
    for item in items:
        if item.visible and item.box.width > 0 and item.box.height > 0:
            seen.setdefault(item.selector, item)
    return tuple(seen.values())


def is_small(box: Box, size: float) -> bool:
    """Whether *box* has a side shorter than *size*; a twentieth of a pixel is forgiven, as axe does."""
    return box.width < size - _ROUNDING or box.height < size - _ROUNDING


def is_default_button(item: Target) -> bool:
    """A button as the browser draws it without styles (21 to 22 pixels high): its size is not the page's doing."""
    low, high = _DEFAULT_BUTTON
    return item.tag in ("button", "input") and low <= item.box.height <= high


def crowded(targets: Iterable[Target], size: float) -> Iterator[tuple[Target, Crowding | None]]:
    """Each small target with what crowds it: None if a circle of *size* around its middle is free.

    The circle must touch no other target and no circle of another small target (WCAG 2.2, 2.5.8, exception Spacing).
    Neighbours that lead to the same address are the same choice; one that lies around the target, or within it, is
    part of the same thing.
    """
    everything = list(targets)
    index: dict[tuple[int, int], list[Target]] = defaultdict(list)
    for item in everything:
        for cell in _cells(item.box, 0):
            index[cell].append(item)
    for item in everything:
        if is_small(item.box, size):
            yield item, _crowding(item, index, size)


def _crowding(item: Target, index: dict[tuple[int, int], list[Target]], size: float) -> Crowding | None:
    near = {other.selector: other for cell in _cells(item.box, size) for other in index.get(cell, ())}
    for other in near.values():
        if other.selector != item.selector and not _same_choice(item, other) and _touches(item.box, other.box, size):
            return Crowding(other.name or other.text)
    return None


def _cells(box: Box, margin: float) -> list[tuple[int, int]]:
    columns = range(floor((box.x - margin) / _CELL), floor((box.right + margin) / _CELL) + 1)
    rows = range(floor((box.y - margin) / _CELL), floor((box.bottom + margin) / _CELL) + 1)
    return [(column, row) for column in columns[:60] for row in rows[:60]]


def _same_choice(item: Target, other: Target) -> bool:
    if isinstance(item, Link) and isinstance(other, Link) and item.href == other.href:
        return True
    return _within(item.box, other.box) or _within(other.box, item.box)


def _within(inner: Box, outer: Box) -> bool:
    return outer.x <= inner.x and outer.y <= inner.y and inner.right <= outer.right and inner.bottom <= outer.bottom


def _touches(box: Box, other: Box, size: float) -> bool:
    middle = _middle(box)
    radius = size / 2
    if is_small(other, size):
        there = _middle(other)
        if hypot(middle[0] - there[0], middle[1] - there[1]) < size - _ROUNDING:
            return True
    across = max(other.x - middle[0], 0.0, middle[0] - other.right)
    down = max(other.y - middle[1], 0.0, middle[1] - other.bottom)
    return hypot(across, down) < radius - _ROUNDING


def _middle(box: Box) -> tuple[float, float]:
    return box.x + box.width / 2, box.y + box.height / 2
