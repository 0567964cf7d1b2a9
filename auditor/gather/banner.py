"""Measures the cookie banner, lets axe look at it, and answers it with no."""

import asyncio
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from auditor.gather.axe import AxeRunner
from auditor.gather.inpage import script
from auditor.gather.sample import InteractionSample
from auditor.gather.states import facts_within, without
from auditor.gather.tab import Tab
from auditor.gather.trouble import ODD_ANSWERS, plain
from auditor.gather.visit import Look
from auditor.model.facts import FixedArea
from auditor.model.state import State, StateKind
from auditor.model.vocabulary import Viewport

_BANNER = TypeAdapter(FixedArea)
_SECONDS = 8.0
# Transitions and animations are stopped, so that what is measured does not depend on the moment.
STILL = """(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('*,*::before,*::after{transition:none!important;animation-duration:1ms!important;'
    + 'animation-delay:0s!important;scroll-behavior:auto!important}');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
})()"""


async def dismiss_banner(tab: Tab) -> None:
    """Answers the cookie banner of the page in *tab*, if it has one.

    Raises:
        Misbehaved, PlaywrightError: the page does not answer.
    """
    if await tab.call(script("banner"), {"dismiss": True}):
        await tab.settle()


async def measure_banner(
    tab: Tab, banner: Mapping[str, Any], look: Look, runner: AxeRunner | None, sample: InteractionSample | None
) -> dict[Viewport, FixedArea]:
    """What the cookie banner covers in both viewports; then it is answered.

    Args:
        tab: shows the page on a desktop.
        banner: as banner.js found it there.
        look: takes what axe says of the banner.
        runner: runs axe; if left out, axe does not look.
        sample: remembers whether axe looked at the banner before: once in a run is enough.

    Raises:
        Misbehaved, PlaywrightError: the page does not answer.
    """
    found: Mapping[str, Any] | None = banner
    seen = {}
    for viewport in (Viewport.DESKTOP, Viewport.PHONE):
        if viewport is Viewport.PHONE:
            await tab.switch(viewport)
            await tab.settle()
            found = await tab.call(script("banner"), {"dismiss": False})
        if found:
            seen[viewport] = _BANNER.validate_python(found)
            if runner and sample and sample.is_new(viewport, StateKind.BANNER, look.url):
                await _look_at(tab, viewport, look, seen[viewport].selector, runner)
    await tab.switch(Viewport.DESKTOP)
    await dismiss_banner(tab)
    return seen


async def _look_at(tab: Tab, viewport: Viewport, look: Look, selector: str, runner: AxeRunner) -> None:
    """Notes in *look* what axe says of the banner that *selector* names."""
    try:
        async with asyncio.timeout(_SECONDS):
            await tab.run(STILL)
            axe = without(await runner.run(tab, [selector]), None)
            facts, access = await facts_within(tab, [selector])
    except TimeoutError:
        await tab.interrupt()
        look.untested[f"{viewport}:states"] = "states-too-long"
    except ODD_ANSWERS as error:
        look.untested[f"{viewport}:states"] = f"states-failed|{plain(error)}"
    else:
        look.banners[viewport] = State(
            kind=StateKind.BANNER, opener=selector, roots=(selector,), axe=axe, facts=facts, access=access
        )
