"""A walk with the Tab key in a real browser."""

import asyncio

import pytest

from auditor.gather.browser import running_browser
from auditor.gather.inpage import script
from auditor.gather.keyboard import go_through
from auditor.gather.sample import InteractionSample
from auditor.gather.tab import Tab
from auditor.gather.visit import Look
from auditor.model.config import BrowserConfig, ViewportsConfig
from auditor.model.keyboard import Keyboard
from auditor.model.vocabulary import Viewport

pytestmark = pytest.mark.browser

_TAKES_BACK = """<main tabindex="-1" id="m">Text</main>
<script>m.addEventListener('blur', () => setTimeout(() => m.focus(), 5)); m.focus()</script>"""


def test_a_page_without_stops_whose_script_takes_the_focus_back_is_walked_through() -> None:
    async def walk() -> tuple[Keyboard | None, dict[str, str]]:
        look = Look(url="x")
        async with running_browser(BrowserConfig()) as (browser, _):
            tab = await Tab.open(await browser.new_context(), ViewportsConfig(), 20)
            await tab.switch(Viewport.PHONE)
            await tab.page.set_content(_TAKES_BACK)
            await tab.run(script("look"))
            await tab.mark()
            seen, _restored = await go_through(
                tab, Viewport.PHONE, look, InteractionSample(), 10, something_stays=False
            )
        return seen, look.untested

    assert asyncio.run(walk()) == (Keyboard(), {})
