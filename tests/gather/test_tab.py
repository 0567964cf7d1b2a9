"""Our own world in a page, and what is asked in it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from auditor.gather.browser import running_browser
from auditor.gather.inpage import script, scripts
from auditor.gather.sample import InteractionSample
from auditor.gather.shortcuts import press_characters
from auditor.gather.tab import Tab
from auditor.model.config import BrowserConfig, ViewportsConfig
from auditor.model.vocabulary import Viewport

pytestmark = pytest.mark.browser

_T = TypeVar("_T")


def in_a_tab(work: Callable[[Tab], Awaitable[_T]]) -> _T:
    """What *work* gives for a new tab."""

    async def run() -> _T:
        async with running_browser(BrowserConfig()) as (browser, _):
            return await work(await Tab.open(await browser.new_context(), ViewportsConfig(), 20))

    return asyncio.run(run())


async def show(tab: Tab, html: str) -> None:
    await tab.page.goto("about:blank")
    await tab.page.set_content(f"<!doctype html><title>Sida</title>{html}")
    await tab.run(script("look"))


def test_each_document_has_a_world_of_ours_that_its_page_neither_sees_nor_makes() -> None:
    async def told(tab: Tab) -> list[object]:
        answers: list[object] = []
        for name in ("ett", "två"):
            await tab.page.goto(f"data:text/html;charset=utf-8,<title>{name}</title><script>auditorSign = 'x'</script>")
            answers.append(await tab.run("globalThis.mine"))
            await tab.run("globalThis.mine = document.title")
            answers.append(await tab.call("() => globalThis.mine"))
            answers.append(await tab.page.evaluate("[typeof mine, auditorSign]"))
        return answers

    assert in_a_tab(told) == [None, "ett", ["undefined", "x"], None, "två", ["undefined", "x"]]


def test_scripts_asked_together_say_what_they_say_alone() -> None:
    async def told(tab: Tab) -> tuple[dict[str, object], dict[str, object]]:
        await tab.switch(Viewport.PHONE)
        await show(tab, "<main><h1>Bidrag</h1><p><a href='/sok'>Sök bidrag</a> <input aria-label='Namn'></p></main>")
        names = ("facts", "access", "paint", "loss")
        given = {"mode": "spacing"}
        return await tab.call(scripts(*names), given), {name: await tab.call(script(name), given) for name in names}

    together, alone = in_a_tab(told)
    assert together == alone


def test_facts_about_a_part_of_a_page_are_those_of_the_page_there() -> None:
    async def told(tab: Tab) -> tuple[dict[str, list[dict[str, object]]], dict[str, list[dict[str, object]]]]:
        await show(
            tab,
            "<nav id='n'><a href='/a'>Avfall</a><button>Mer</button></nav>"
            "<main><h1>Bidrag</h1><p>Ring 0980-123 45.</p><p><a href='/a'>Avfall</a> <a href='/b'>Bygga</a></p></main>",
        )
        return await tab.call(script("facts"), {"within": ["#n"]}), await tab.call(script("facts"))

    part, page = in_a_tab(told)
    assert part["controls"] == page["controls"]
    assert part["links"] == page["links"][:1]
    assert part["beside"] == page["links"][1:2]
    assert (part["headings"], part["mentions"], page["beside"]) == ([], [], [])
    assert page["mentions"]


def test_characters_are_pressed_once_for_each_set_of_scripts() -> None:
    async def told(tab: Tab) -> list[tuple[str, ...] | None]:
        sample, answers = InteractionSample(), list[tuple[str, ...] | None]()
        listens = (
            "<p id='p'>Text</p><script>addEventListener('keydown', (e) => { if (e.key == 's') p.append('!') })</script>"
        )
        for html in ("<p>Text</p>", listens, listens, "<p>Text</p>"):
            await show(tab, html)
            answers.append((await press_characters(tab, lambda one: sample.is_new(Viewport.DESKTOP, one)))[0])
        return answers

    assert in_a_tab(told) == [(), ("s",), None, ()]
