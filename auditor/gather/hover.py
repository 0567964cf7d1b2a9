"""Rests the pointer on what brings something to light, and tries what becomes of that."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from pydantic import TypeAdapter

from auditor.gather.inpage import script
from auditor.gather.tab import Tab
from auditor.gather.trouble import ODD_ANSWERS, plain
from auditor.gather.visit import Look
from auditor.model.facts import Element
from auditor.model.hover import Hover
from auditor.model.vocabulary import Viewport

_MOST = 4
_SECONDS = 4.0
_STEPS = 6
"""Places on the way from what brings something to light to that: a pointer goes there straight, and quickly."""
_SHOWS = 0.06
"""Seconds until a style that answers the pointer is seen."""
_AWAY = (-1.0, -1.0)
_HOVERS = TypeAdapter(tuple[Hover, ...])
_ELEMENT = [part.name for part in fields(Element) if part.name != "revealed_by"]


async def rest_pointer(
    tab: Tab, viewport: Viewport, look: Look, is_new: Callable[[Viewport, str, str], bool], seconds: float
) -> tuple[tuple[Hover, ...] | None, bool]:
    """What shows in the page in *tab* while the pointer rests on things, and whether the page stands as before.

    Args:
        tab: shows the page in *viewport*.
        viewport: its shape.
        look: takes the reason where something went wrong.
        is_new: whether a kind of trigger was not tried before, on this page or another; remembers it for the page.
        seconds: that it may take.
    """
    try:
        async with asyncio.timeout(min(seconds, _SECONDS)):
            kinds = await _step(tab, "find")
            chosen = [index for index, kind in enumerate(kinds) if is_new(viewport, f"hover {kind}", look.url)][:_MOST]
            found = [hover for index in chosen if (hover := await _hover(tab, index))]
            await tab.point(*_AWAY)
            restored = not chosen or bool(await _step(tab, "restore"))
            return _HOVERS.validate_python(found), restored and not await tab.has_left()
    except TimeoutError:
        await tab.interrupt()
        look.untested[f"{viewport}:hovers"] = "hover-too-long"
    except ODD_ANSWERS as error:
        look.untested[f"{viewport}:hovers"] = f"hover-failed|{plain(error)}"
    return None, False


async def _step(tab: Tab, name: str, index: int = 0) -> Any:
    return await tab.call(script("hover"), {"step": name, "index": index})


async def _hover(tab: Tab, index: int) -> Mapping[str, Any] | None:
    """What the trigger brings to light, and whether it stays on the way there; None if it brings nothing."""
    await tab.point(*_AWAY)
    place = await _step(tab, "at", index)
    if place is None:
        return None
    shown = await _rested(tab, index, place)
    if shown is None:
        return None
    for step in range(1, _STEPS + 1):
        await tab.point(*(place[axis] + (shown[axis] - place[axis]) * step / _STEPS for axis in ("x", "y")))
    await asyncio.sleep(_SHOWS)
    hoverable = bool(await _step(tab, "still", index))
    dismissible = False
    if shown["floats"]:
        await tab.point(*_AWAY)
        if await _rested(tab, index, place) is None:
            return None  # it does not do so each time
        await tab.press("Escape")
        await asyncio.sleep(_SHOWS)
        dismissible = not await _step(tab, "still", index)
    trigger = {name: shown["trigger"][name] for name in _ELEMENT}
    told = {name: shown[name] for name in ("content", "floats")}
    return {**trigger, **told, "hoverable": hoverable, "dismissible": dismissible}


async def _rested(tab: Tab, index: int, place: Mapping[str, float]) -> Mapping[str, Any] | None:
    await tab.point(place["x"], place["y"])
    await asyncio.sleep(_SHOWS)
    shown: Mapping[str, Any] | None = await _step(tab, "shown", index)
    return shown
