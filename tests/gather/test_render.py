"""Looking at pages, one after the other, in one tab."""

import asyncio
from collections.abc import Sequence

import pytest

from auditor.gather.browser import running_browser
from auditor.gather.render import PageRenderer
from auditor.gather.visit import Look, Visit
from auditor.model.config import BrowserConfig, ViewportsConfig
from tests.gather.server import Answer, Request, answering

pytestmark = pytest.mark.browser

HTML = {"Content-Type": "text/html; charset=utf-8"}
LEAVES_WHEN_LEFT = """<p>Text</p><script>
addEventListener('resize', () => { if (innerWidth > 1000) location = '%s' })
</script>"""
"""A page that goes elsewhere as soon as its tab takes the desktop's shape again, which it does for the next page."""


async def _look_at(urls: Sequence[str], within: frozenset[str] | None) -> list[Look]:
    async with running_browser(BrowserConfig()) as (browser, _):
        context = await browser.new_context(service_workers="block")
        renderer = PageRenderer(context, None, ViewportsConfig(), timeout=20, within=within)
        return [await renderer.look(Visit(url=url, name=str(number))) for number, url in enumerate(urls)]


@pytest.mark.parametrize("elsewhere", ["http://localhost:9/", "/en-annan", "javascript:history.go(0)"])
@pytest.mark.parametrize("within", [None, frozenset({"127.0.0.1"})])
def test_what_a_page_does_when_it_is_left_is_not_told_of_the_next_one(
    elsewhere: str, within: frozenset[str] | None
) -> None:
    def answer(request: Request, _: int) -> Answer:
        body = LEAVES_WHEN_LEFT % elsewhere if request.path == "/lamnar" else "<h1>Nästa</h1>"
        return Answer(200, f"<!DOCTYPE html><title>Sida</title>{body}".encode(), HTML)

    with answering(answer) as server:
        looks = asyncio.run(_look_at([server.url("/lamnar"), server.url("/nasta")], within))
    assert [(look.untested, len(look.renderings)) for look in looks] == [({}, 3), ({}, 3)]
    assert "<h1>Nästa</h1>" in looks[1].html


def test_a_page_whose_tab_is_closed_tells_nobody() -> None:
    tells = "<script>addEventListener('pagehide', () => navigator.sendBeacon('/lamnad', 'x'))</script>"

    async def look_and_close(url: str) -> Look:
        async with running_browser(BrowserConfig()) as (browser, _):
            context = await browser.new_context(service_workers="block")
            renderer = PageRenderer(context, None, ViewportsConfig(), timeout=20, within=frozenset({"127.0.0.1"}))
            look = await renderer.look(Visit(url=url, name="sida"))
            await renderer.discard()
            await context.request.get(url + "?efter")
            return look

    with answering(lambda request, _: Answer(200, f"<!DOCTYPE html><title>T</title>{tells}".encode(), HTML)) as server:
        look = asyncio.run(look_and_close(server.url("/")))
    assert (look.untested, len(look.renderings)) == ({}, 3)
    assert [path for _, path in server.asked() if path.startswith("/lamnad")] == []
    assert ("GET", "/?efter") in server.asked()


@pytest.mark.parametrize(
    ("refreshes", "where"),
    [
        (["0;url=/b"], "redirect|{base}/b"),
        (["0.4; URL='/b'", "9;url=/c"], "redirect|{base}/b"),
        (["0, http://elsewhere.example/x"], "redirect|http://elsewhere.example/x"),
        (["9;url=/b", "0;url=/c"], "redirect|{base}/c"),
        (["9;url=/b"], ""),
        (["0: /b", "+0;url=/c", "; 0"], ""),
    ],
)
def test_a_page_that_leads_on_at_once_is_where_it_leads(refreshes: list[str], where: str) -> None:
    head = "".join(f'<meta http-equiv="refresh" content="{said}">' for said in refreshes)

    async def look(url: str) -> Look:
        async with running_browser(BrowserConfig()) as (browser, _):
            context = await browser.new_context(service_workers="block")
            renderer = PageRenderer(context, None, ViewportsConfig(), timeout=20, within=frozenset({"127.0.0.1"}))
            return await renderer.look(Visit(url=url, name="sida"))

    def answer(request: Request, _: int) -> Answer:
        return Answer(200, f"<!DOCTYPE html><title>T</title>{head if request.path == '/' else ''}".encode(), HTML)

    with answering(answer) as server:
        server_url = server.url("")
        seen = asyncio.run(look(server.url("/")))
    assert seen.untested.get("page", "") == where.format(base=server_url.rstrip("/"))
