"""Walks through a page with the Tab key, as somebody without a mouse does, and puts the page back as it was."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from pydantic import TypeAdapter

from auditor.gather.inpage import script
from auditor.gather.sample import InteractionSample
from auditor.gather.shortcuts import press_characters
from auditor.gather.tab import Tab
from auditor.gather.trouble import ODD_ANSWERS, plain
from auditor.gather.visit import Look
from auditor.model.facts import Element
from auditor.model.keyboard import Indicator, Keyboard, Stop
from auditor.model.vocabulary import Viewport

_WALK_SECONDS = 12.0
_STOPS = 60
"""Presses of Tab at the most: the head of a page, its menus and the beginning of its content."""
_MORE_KINDS = 40
_PICTURED_KINDS = 6
_SUSPECTS = 3
_PRESSES_TO_LEAVE = 6
_PAUSE = 0.04
"""Seconds between two presses where a script may take the focus back; those that do wait some ten milliseconds."""
_LONG_PAUSE = 0.15
"""Seconds after which a focus that went elsewhere is taken to stay there."""
_SCROLLED = 0.8
"""Seconds within which a page that scrolls smoothly to a skip link's target is done."""
_KEYBOARD = TypeAdapter(Keyboard)
_PARTS = re.compile(r"<(video|audio|iframe|object|embed)\b|<input\b.*\btype=\"?(date|time|month|week)", re.IGNORECASE)
"""Elements in which Tab may stop several times: parts of a date, buttons of a player, what is in a frame."""


async def go_through(
    tab: Tab,
    viewport: Viewport,
    look: Look,
    sample: InteractionSample,
    seconds: float,
    *,
    something_stays: bool,
) -> tuple[Keyboard | None, bool]:
    """A walk through the page in *tab*, and whether the page stands as before; what went wrong is noted in *look*.

    Args:
        tab: shows the page in *viewport*.
        viewport: its shape.
        look: takes the reason if there is no walk.
        sample: remembers whose scripts were tried before, and how elements show their focus.
        seconds: that it may take.
        something_stays: areas stay in view while the page scrolls, so that the way back matters too.
    """
    try:
        async with asyncio.timeout(min(seconds, _WALK_SECONDS)):
            keyboard, restored = await _Walk(tab, viewport, sample, something_stays).done()
            if viewport is Viewport.DESKTOP and restored:
                shortcuts, restored = await press_characters(
                    tab, lambda scripts: sample.is_new(viewport, scripts, look.url)
                )
                keyboard = replace(keyboard, shortcuts=shortcuts)
            return keyboard, restored and not await tab.has_left()
    except TimeoutError:
        look.untested[f"{viewport}:keyboard"] = "keyboard-too-long"
    except ODD_ANSWERS as error:
        look.untested[f"{viewport}:keyboard"] = f"keyboard-failed|{plain(error)}"
    return None, False


class _Walk:
    """What the Tab key meets in a page."""

    def __init__(self, tab: Tab, viewport: Viewport, sample: InteractionSample, something_stays: bool) -> None:
        self._tab = tab
        self._viewport = viewport
        self._sample = sample
        self._back = something_stays
        self._bare: str | None = None
        """What the viewport shows as it is scrolled now while nothing has the focus, if that is known."""
        self._script = script("keyboard")

    async def done(self) -> tuple[Keyboard, bool]:
        """The walk, and whether the page was put back as it was.

        Raises:
            Misbehaved, PlaywrightError: the page does not answer.
        """
        count = (await self._step("begin", limit=_STOPS))["count"]
        if not count:
            return Keyboard(), (await self._step("restore"))["restored"]
        await self._tab.press("Tab")
        await self._step("first")
        await self._tab.press("Tab", times=min(count, _STOPS) - 1)
        seen = await self._step("end", extra=_MORE_KINDS, back=self._back)
        stops: list[dict[str, Any]] = seen["stops"]
        await self._look_closer(stops)
        skip = await self._skip(seen["skip"], stops) if seen["skip"] else None
        left = await self._step("restore")
        if (taker := left["taker"]) and not any(stop["selector"] == taker["selector"] for stop in stops):
            await self._look_closer([taker])
            stops.append(taker)
        traps: list[dict[str, Any]] = []
        if suspects := [*([taker["selector"]] if taker else []), *_suspects(seen["sequence"], stops)]:
            traps = await self._traps(stops, suspects, clings=bool(taker))
            left = await self._step("restore")
        keyboard = _KEYBOARD.validate_python(
            {
                "stops": [_only(stop, _STOP) for stop in stops],
                "expected": seen["expected"],
                "complete": seen["expected"] <= _STOPS,
                "traps": traps,
                "skip": skip,
            }
        )
        return keyboard, left["restored"]

    async def _step(self, name: str, **given: Any) -> Any:
        return await self._tab.call(self._script, {"step": name, **given})

    # Pictures

    async def _look_closer(self, stops: Sequence[dict[str, Any]]) -> None:
        """Decides by pictures where styles say nothing; one element stands for all of its kind, on later pages too."""
        doubtful = [stop for stop in stops if stop["indicator"] == Indicator.NONE]
        first: dict[str, dict[str, Any]] = {}
        for stop in doubtful:
            first.setdefault(stop["kind"], stop)
        chosen = list(first.values())[:_PICTURED_KINDS]
        remembered = {stop["kind"]: self._sample.indicator(self._viewport, stop["manner"]) for stop in chosen}
        told = {kind: indicator for kind, indicator in remembered.items() if indicator}
        if unknown := [stop for stop in chosen if stop["kind"] not in told]:
            async with self._tab.coarse(self._viewport):
                for stop in unknown:
                    told[stop["kind"]] = indicator = await self._pictured(stop)
                    self._sample.note_indicator(self._viewport, stop["manner"], indicator)
        for stop in doubtful:
            stop["indicator"] = told.get(stop["kind"], Indicator.UNSURE)

    async def _pictured(self, stop: Mapping[str, Any]) -> Indicator:
        """Whether anything in the viewport changes when *stop* takes the focus.

        The picture without focus serves all stops that stand free in the same view.
        """
        given = {"selector": stop["selector"], "inner": stop["inner"]}
        at = await self._step("bring", **given)
        if not at:
            return Indicator.UNSURE
        if self._bare is None and not at["moved"]:
            await self._step("blur")
        if self._bare is None or at["moved"]:
            self._bare = await self._tab.picture()
        state = await self._step("focus", **given, stay=True)
        if not state["focused"] or state["scroll"] != at["scroll"]:
            self._bare = None
            return Indicator.UNSURE
        if await self._tab.picture() == self._bare:
            return Indicator.NONE
        await self._step("blur")
        before, self._bare = self._bare, await self._tab.picture()
        return Indicator.PIXELS if before == self._bare else Indicator.UNSURE

    # Traps

    async def _traps(
        self, stops: Sequence[Mapping[str, Any]], suspects: Sequence[str], *, clings: bool
    ) -> list[dict[str, Any]]:
        """What keeps the focus, of *suspects* among *stops*; something *clings* if it took the focus back."""
        of = {stop["selector"]: stop for stop in stops}
        traps: list[dict[str, Any]] = []
        for selector in suspects[:_SUSPECTS]:
            if not any(selector in trap["members"] for trap in traps) and (
                trap := await self._trap(of[selector], stops, clings=clings)
            ):
                traps.append(trap)
        return traps

    async def _trap(
        self, stop: Mapping[str, Any], stops: Sequence[Mapping[str, Any]], *, clings: bool
    ) -> dict[str, Any] | None:
        """What keeps the focus at *stop*, or among it and few others; tried slowly, both ways and with Escape.

        A round through all of a page's stops is none, unless something *clings*: took the focus back.
        """
        visited = await self._pressed(stop, "Tab", _PRESSES_TO_LEAVE)
        members = {str(stop["selector"]), *visited}
        if "" in members or len(members) > 3 or (len(members) > 1 and len(members) >= len(stops) and not clings):
            return None
        backwards = await self._pressed(stop, "Tab", 3, shift=True)
        await self._step("focus", selector=stop["selector"], inner=stop["inner"])
        await self._tab.press("Escape")
        escape = await self._pressed(None, "Tab", 3)
        foremost = await self._step("foremost", selectors=sorted(members))
        return {
            **_only(foremost or stop, _ELEMENT),
            "members": sorted(members),
            "backwards": not set(backwards) <= members,
            "escape": not set(escape) <= members,
            "dialog": stop["dialog"],
        }

    async def _pressed(self, stop: Mapping[str, Any] | None, key: str, times: int, *, shift: bool = False) -> list[str]:
        """Where the focus is after each press of *key*, given time to come back; begins at *stop*."""
        if stop is not None:
            await self._step("focus", selector=stop["selector"], inner=stop["inner"])
        visited: list[str] = []
        for _ in range(times):
            await self._tab.press(key, shift=shift)
            await asyncio.sleep(_PAUSE)
            at = await self._step("where")
            if stop is None or at != stop["selector"]:  # it may be taken back yet
                await asyncio.sleep(_LONG_PAUSE)
                at = await self._step("where")
            visited.append(at)
        return visited

    # Skip links

    async def _skip(self, selector: str, stops: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
        stop = next((stop for stop in stops if stop["selector"] == selector), None)
        if stop is None or not (await self._step("skip", selector=selector))["focused"]:
            return None
        arrived, landed, moved = await self._followed(0)
        if arrived["found"] and not moved:  # a script may take its time to scroll, and move the focus after that
            await self._step("skip", selector=selector)
            arrived, landed, moved = await self._followed(_SCROLLED)
        return {
            **_only(stop, _ELEMENT),
            "href": stop["href"],
            "found": arrived["found"],
            "rendered": arrived["rendered"],
            "in_view": arrived["in_view"],
            "moved": moved,
            "landed": landed["at"],
        }

    async def _followed(self, wait: float) -> tuple[Mapping[str, Any], Mapping[str, Any], bool]:
        """Where the page is after Enter and a wait, where the focus is after one more Tab, and whether it moved on."""
        await self._tab.press("Enter")
        await asyncio.sleep(wait)
        arrived = await self._step("landed", patient=True)
        if not arrived["found"] or (arrived["inside"] and not arrived["still"]):
            return arrived, arrived, arrived["found"]
        await self._tab.press("Tab")
        landed = await self._step("landed", patient=False)
        return arrived, landed, landed["inside"] or landed["round"]


_ELEMENT = [part.name for part in fields(Element) if part.name != "revealed_by"]
_STOP = [part.name for part in fields(Stop) if part.name != "revealed_by"]


def _only(stop: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: stop[name] for name in names}


def _suspects(sequence: Sequence[str], stops: Sequence[Mapping[str, Any]]) -> list[str]:
    """Selectors of *stops* that the focus came back to before it had gone round the page."""
    of = {stop["selector"]: stop for stop in stops}
    seen: set[str] = set()
    found: list[str] = []
    for selector in sequence:
        if not selector:
            seen.clear()  # the focus went out of the page and begins anew
        elif selector in seen and selector in of and not _PARTS.match(of[selector]["html"]) and selector not in found:
            found.append(selector)
        seen.add(selector)
    return found
