"""Measures the cookie banner, lets axe look at it, and answers it with no."""

import asyncio

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


async def dismiss_banner(
    tab: Tab, look: Look | None = None, runner: AxeRunner | None = None, sample: InteractionSample | None = None
) -> dict[Viewport, FixedArea]:
    """Measures the cookie banner in both viewports and answers it; gives what it covered in each.

    Args:
        tab: shows the page on a desktop.
        look: takes what axe says of the banner; if left out, axe does not look.
        runner: runs axe.
        sample: remembers whether axe looked at the banner before: once in a run is enough.

    Raises:
        Misbehaved, PlaywrightError: the page does not answer.
    """
    banner = await tab.call(script("banner"), {"dismiss": False})
    if not banner:
        return {}
    seen = {}
    for viewport in (Viewport.DESKTOP, Viewport.PHONE):
        if viewport is Viewport.PHONE:
            await tab.switch(viewport)
            await tab.settle()
            banner = await tab.call(script("banner"), {"dismiss": False})
        if banner:
            seen[viewport] = _BANNER.validate_python(banner)
            if look and runner and sample and sample.is_new(viewport, StateKind.BANNER, look.url):
                await _look_at(tab, viewport, look, seen[viewport].selector, runner)
    await tab.switch(Viewport.DESKTOP)
    await tab.call(script("banner"), {"dismiss": True})
    await tab.settle()
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
