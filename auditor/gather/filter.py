"""Presses one filter of a page of search results, and looks whether the new number of hits is announced."""

import asyncio
from typing import Any

from pydantic import TypeAdapter

from auditor.derive.results import told_count
from auditor.gather.inpage import script
from auditor.gather.tab import Tab
from auditor.gather.trouble import ODD_ANSWERS
from auditor.model.facts import Element
from auditor.model.search import Filtered

_ELEMENT = TypeAdapter(Element)
_STEP_SECONDS = 0.1
_STEPS = 25
_QUIET_STEPS = 3


async def press_filter(tab: Tab, seconds: float) -> Filtered | None:
    """What became of the number of hits in the page of *tab*; None if no filter changed it without a new document.

    The page is left as it is then. *seconds* is the most that it may take.
    """
    try:
        async with asyncio.timeout(seconds):
            before = await _told(tab)
            if told_count(before["text"]) is None or not (
                pressed := await tab.call(script("filter"), {"step": "press"})
            ):
                return None
            after = await _come_to_rest(tab, before)
            if after is None:
                return None
            hits, left = told_count(before["text"]), told_count(after["text"])
            if hits is None or left is None or hits == left:
                return None
            said = [*(text for text in after["live"] if text not in before["live"]), after["focus"]]
            return Filtered(
                element=_ELEMENT.validate_python(pressed), before=hits, after=left, announced=any(map(str.strip, said))
            )
    except (TimeoutError, *ODD_ANSWERS):
        return None


async def _told(tab: Tab) -> Any:
    return await tab.call(script("filter"), {"step": "told"})


async def _come_to_rest(tab: Tab, before: Any) -> Any:
    """What the page says when it has answered and says no more; None if it does not, or another document came."""
    same, said = 0, before
    for _ in range(_STEPS):
        await asyncio.sleep(_STEP_SECONDS)
        if await tab.has_left():
            return None
        now = await _told(tab)
        same = same + 1 if now == said else 0
        said = now
        if same >= _QUIET_STEPS and now["text"] != before["text"]:
            return now
    return None
