"""Tries a page out: opens what opens, rests the pointer, presses keys, filters results, and gives text more room."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from auditor.gather.axe import AxeRunner
from auditor.gather.filter import press_filter
from auditor.gather.hover import rest_pointer
from auditor.gather.inpage import script
from auditor.gather.keyboard import go_through
from auditor.gather.sample import InteractionSample
from auditor.gather.states import AtRest, look_at_states
from auditor.gather.tab import Tab
from auditor.gather.visit import Look, Tried
from auditor.model.axe import AxeResult
from auditor.model.search import Filtered
from auditor.model.state import State
from auditor.model.vocabulary import Viewport

SPACING = {"mode": "spacing"}
"""What the in-page script about lost text is given for text with wider spacing."""
_FILTER_SECONDS = 4.0


@dataclass(frozen=True)
class Tryout:
    """Tries out one page in one viewport."""

    tab: Tab
    viewport: Viewport
    look: Look
    sample: InteractionSample
    come_again: Callable[[str], Awaitable[None]]
    """Loads the page anew, given the address that it was shown under."""

    async def interact(
        self, runner: AxeRunner | None, raw: Mapping[str, Any], axe: AxeResult | None, seconds: float
    ) -> Tried:
        """What opens, what the pointer brings to light, and what the keyboard meets.

        Args:
            runner: runs axe.
            raw: facts of the page at rest, with what reveals what.
            axe: what axe said of the page at rest.
            seconds: that are left for all of it.
        """
        tab, viewport, look = self.tab, self.viewport, self.look
        clock = asyncio.get_running_loop().time
        shown, end = tab.page.url, clock() + seconds
        rest = AtRest(raw=raw, axe=axe)
        states, orderly = await look_at_states(tab, viewport, look, rest, runner, self.sample, seconds / 2)
        await self._put_back(shown, orderly)
        hovers = None
        if viewport is Viewport.DESKTOP:
            hovers, orderly = await rest_pointer(tab, viewport, look, self.sample.is_new, (end - clock()) / 2)
            await self._put_back(shown, orderly)
        keyboard, orderly = await go_through(
            tab, viewport, look, self.sample, end - clock(), something_stays=bool(raw["fixed"])
        )
        await self._put_back(shown, orderly)
        return Tried(states=states, hovers=hovers, keyboard=keyboard)

    async def filter(self) -> Filtered | None:
        """What a filter of the results does, on the first page of results of a run."""
        if not self.sample.is_new(self.viewport, "filter", self.look.url):
            return None
        shown = self.tab.page.url
        await self.tab.switch(self.viewport)
        filtered = await press_filter(self.tab, _FILTER_SECONDS)
        await self.come_again(shown)
        return filtered

    async def _put_back(self, shown: str, orderly: bool) -> None:
        if not orderly or self.tab.page.url != shown:
            await self.come_again(shown)


async def strain(tab: Tab, raw: dict[str, Any]) -> None:
    """Writes into *raw* what becomes of the text of a page on a desktop when it takes more room.

    The page waits for its new size itself, so that nobody has to wait for an answer in between.
    """
    if raw.get("spaced") is None:
        raw["spaced"] = await tab.call(script("loss"), SPACING)
    half = {"mode": "half", "width": tab.half_width}
    _, raw["halved"] = await asyncio.gather(tab.halve(), tab.call(script("loss"), half))


def together(before: tuple[State, ...] | None, after: tuple[State, ...] | None) -> tuple[State, ...] | None:
    """The states of a page that was loaded twice: what opened the first time is not looked at again."""
    if before is None or after is None:
        return after
    known = {state.key for state in before}
    return (*before, *(state for state in after if state.key not in known))
