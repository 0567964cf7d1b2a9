"""Checks of the way through a page with the keyboard."""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from auditor.model.facts import Element
from auditor.model.keyboard import Indicator, Stop
from auditor.model.outcome import Outcome, cant_tell, failed, passed
from auditor.model.page import Rendering

_FOREIGN = ("iframe", "object", "embed")
"""Elements that hand the focus to another document."""
_WHOLLY = 0.999
_OVER = 2
"""A way back counts if it leads past at least so many other stops; our own choice."""
_REVERSED = 3
"""Steps to the left in a row that make a reversed row; our own choice."""


def focus_visible(rendering: Rendering) -> Iterator[Outcome]:
    """Each element looks different, or something else does, while it has the focus."""
    for stop in _stops(rendering):
        if stop.tag in _FOREIGN or (stop.hidden and not stop.name):
            continue
        if stop.indicator is Indicator.UNSURE:
            yield cant_tell(stop, "unsure", name=_called(stop))
        elif stop.indicator is Indicator.NONE:
            yield failed(stop, "hidden" if stop.hidden else "unmarked", name=_called(stop))
        else:
            yield passed(stop)


def keyboard_trap(rendering: Rendering, *, told: Collection[str]) -> Iterator[Outcome]:
    """The Tab key leads away from every element that it leads to.

    Args:
        rendering: the page.
        told: phrases in lower case that tell how one gets out.
    """
    keyboard = rendering.keyboard
    if keyboard is None or not keyboard.walked:
        return
    kept = set[str]()
    helped = any(phrase in rendering.facts.text.casefold() for phrase in told)
    for trap in keyboard.traps:
        kept.update(trap.members)
        if trap.dialog:
            continue
        if len(trap.members) == 1 and not (trap.backwards or trap.escape or helped):
            yield failed(trap, "kept", name=_called(trap))
        else:
            yield cant_tell(trap, "round" if len(trap.members) > 1 else "way_out", name=_called(trap))
    for stop in keyboard.walked:
        if stop.selector not in kept:
            yield passed(stop)


def character_shortcuts(rendering: Rendering, *, told: Collection[str]) -> Iterator[Outcome]:
    """No character pressed alone does anything while nothing has the focus (WCAG 2.1, 2.1.4).

    Args:
        rendering: the page.
        told: phrases in lower case that speak of shortcuts, or of settings.
    """
    shortcuts = rendering.keyboard.shortcuts if rendering.keyboard else None
    if shortcuts is None:
        return
    names = (control.name for control in (*rendering.facts.controls, *rendering.facts.links, *rendering.facts.fields))
    said = f"{rendering.facts.text} {' '.join(names)}".casefold()
    for key in shortcuts:
        if any(phrase in said for phrase in told):
            yield cant_tell(rendering, "settings", key=key, cause=key)
        else:
            yield failed(rendering, "alone", key=key, cause=key)
    if not shortcuts:
        yield passed(rendering)


def focus_order(rendering: Rendering) -> Iterator[Outcome]:
    """The Tab key goes through a page in an order that the layout shows too."""
    keyboard = rendering.keyboard
    walked = [stop for stop in keyboard.walked if not (stop.fixed or stop.hidden or stop.dialog)] if keyboard else []
    if len(walked) < 2:
        return
    jumps = [(before, stop) for before, stop in pairwise(walked) if _goes_back(before, stop, walked)]
    numbered = [(before, stop) for before, stop in jumps if before.tab_index > 0 and stop.tab_index > 0]
    if numbered:
        before, stop = numbered[0]
        yield failed(stop, "numbered", name=_called(stop), before=_called(before))
    elif jumps:
        before, stop = jumps[0]
        yield cant_tell(stop, "back", name=_called(stop), before=_called(before), count=len(jumps))
    elif row := _reversed_row(walked):
        yield cant_tell(row[0], "reversed", name=_called(row[0]), last=_called(row[-1]))
    else:
        yield passed(rendering)


def skip_link(rendering: Rendering, *, phrases: Collection[str]) -> Iterator[Outcome]:
    """A link that says that it skips something moves the focus to what it names.

    Args:
        rendering: the page.
        phrases: how names of skip links begin, in lower case.
    """
    skip = rendering.keyboard.skip if rendering.keyboard else None
    if skip is None or not skip.name.casefold().startswith(tuple(phrases)):
        return
    if not skip.found:
        yield failed(skip, "no_target", name=skip.name, address=skip.href)
    elif not skip.moved:
        yield failed(skip, "stays", name=skip.name, address=skip.href)
    elif not skip.in_view:
        yield cant_tell(skip, "unseen", name=skip.name, address=skip.href)
    else:
        yield passed(skip)


def focus_not_obscured(rendering: Rendering) -> Iterator[Outcome]:
    """An element that has the focus is not wholly covered by what stays in view while the page scrolls."""
    for stop in _stops(rendering):
        if not stop.in_view or stop.hidden or stop.fixed or stop.dialog or stop.tag in _FOREIGN:
            continue
        if stop.covered >= _WHOLLY:
            yield failed(stop, "covered", name=_called(stop), cause=stop.covered_by)
        else:
            yield passed(stop)


def _stops(rendering: Rendering) -> tuple[Stop, ...]:
    return rendering.keyboard.stops if rendering.keyboard else ()


def _called(element: Element) -> str:
    return element.name or element.text or element.tag


def _overlap(one: Stop, other: Stop) -> bool:
    """Whether one stands (at least half) above the other."""
    across = min(one.box.right, other.box.right) - max(one.box.x, other.box.x)
    return across * 2 > min(one.box.width, other.box.width)


def _goes_back(before: Stop, stop: Stop, walked: Sequence[Stop]) -> bool:
    """Whether *stop* stands above *before*, in one part of the page, with other stops between them."""
    if before.regions != stop.regions or stop.box.bottom > before.box.y or not _overlap(before, stop):
        return False
    between = (
        other
        for other in walked
        if other.box.y >= stop.box.bottom and other.box.bottom <= before.box.y and _overlap(other, stop)
    )
    return sum(1 for _ in between) >= _OVER


def _reversed_row(walked: Sequence[Stop]) -> list[Stop]:
    """The first stops, more than `_REVERSED`, that follow each other on one line from right to left."""
    row = list(walked[:1])
    for before, stop in pairwise(walked):
        middle = stop.box.y + stop.box.height / 2
        same_line = before.box.y < middle < before.box.bottom and before.regions == stop.regions
        row = [*row, stop] if same_line and stop.box.right <= before.box.x + 1 else [stop]
        if len(row) > _REVERSED:
            return row
    return []
