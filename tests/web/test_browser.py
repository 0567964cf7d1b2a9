"""The overview in a real browser: axe finds nothing, nothing scrolls sideways, and a decision can be recorded."""

import asyncio
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from auditor.gather.axe import axe_script
from auditor.gather.browser import running_browser
from auditor.model.config import AxeConfig, BrowserConfig
from auditor.model.vocabulary import Language
from auditor.pipeline.overview import overview
from auditor.reporting.overview import write_overview
from auditor.web.server import Desk, fresh_token, make_server
from tests.reporting.test_browser import AXE_RUN, LOOKS, UNFOLD
from tests.web.worlds import NEW, SITE, told

pytestmark = pytest.mark.browser
NOW = datetime(2024, 5, 20, 9, 30, tzinfo=UTC)


async def _problems(addresses: list[str]) -> list[str]:
    problems: list[str] = []
    axe = f"() => {{ {axe_script(AxeConfig())} }}"
    async with running_browser(BrowserConfig()) as (browser, _):
        for width, scheme in LOOKS:
            context = await browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
            page = await context.new_page()
            for address in addresses:
                where = f"{address} {width} {scheme}"
                await page.goto(address)
                await page.evaluate(UNFOLD)
                if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    problems.append(f"{where}: scrolls sideways")
                await page.evaluate(axe)
                problems += [f"{where}: {one}" for one in await page.evaluate(AXE_RUN)]
            await context.close()
    return problems


async def _decided(address: str, why: str) -> str:
    """Decides about the new issue through the form, and gives what the page says then."""
    async with running_browser(BrowserConfig()) as (browser, _):
        page = await browser.new_page()
        await page.goto(address)
        form = page.locator(f"#beslut-{NEW}")
        await form.locator("summary").click()
        await form.get_by_label("Varför").fill(why)
        await form.get_by_label("Vem beslutar").fill("Åsa")
        await form.get_by_role("button", name="Spara").click()
        await page.get_by_role("status").filter(has_text="sparat").wait_for()
        return await page.locator(f"#problem-{NEW}").inner_text()


def test_static_pages_pass_axe_at_all_widths(tmp_path: Path) -> None:
    history, reports = told(tmp_path)
    sites = overview(history, reports, Language.SWEDISH)
    history.close()
    write_overview(sites, reports, Language.SWEDISH, NOW)
    addresses = [(reports / path / "index.html").as_uri() for path in ("", SITE)]
    assert asyncio.run(_problems(addresses)) == []


def test_served_pages_pass_axe_and_a_decision_is_recorded(tmp_path: Path) -> None:
    history, reports = told(tmp_path)
    desk = Desk(
        history=history, reports=reports, language=Language.SWEDISH, who="Bo", now=lambda: NOW, token=fresh_token()
    )
    server = make_server(desk, "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        site = f"http://127.0.0.1:{server.server_address[1]}/{SITE}/index.html"
        problems = asyncio.run(_problems([site]))
        shown = asyncio.run(_decided(site, "Byggs om <b>i vår</b>"))
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    made = [one for one in history.decisions(SITE) if one.issue == NEW]
    history.close()

    assert problems == []
    assert "Byggs om <b>i vår</b>" in shown
    assert [(one.who, one.why) for one in made] == [("Åsa", "Byggs om <b>i vår</b>")]
