"""Questions to a site's search, asked in a real browser: what is pressed, what is never sent, what cannot be read."""

import asyncio
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

import pytest

from auditor.catalogue.load import load_catalogue
from auditor.derive.result_words import search_words
from auditor.derive.search_way import search_way
from auditor.gather.asking import Reply, SearchAsker
from auditor.gather.browser import running_browser
from auditor.gather.render import PageRenderer
from auditor.gather.result_window import ResultWindow, WindowRules
from auditor.gather.visit import Visit
from auditor.model.config import BrowserConfig, ViewportsConfig
from auditor.model.search import Order, Question
from auditor.model.vocabulary import Viewport
from tests.gather.server import Answer, Request, Server, answering

pytestmark = pytest.mark.browser

WORDS = search_words(load_catalogue().lexicon)
HEAD = {"Content-Type": "text/html; charset=utf-8"}
FORM = '<header><form role=search action=/sok><input type=search name=q aria-label="Sök"></form></header>'
HITS = "<ol><li><h2><a href=/b>Bidrag B</a></h2><p>Om bidrag</p></li><li><h2><a href=/a>Bidrag A</a></h2><p>Om bidrag</p></li></ol>"  # noqa: E501


def page(body: str, status: int = 200) -> Answer:
    """A page of the site."""
    return Answer(status, f"<!doctype html><html lang=sv><title>T</title><body>{body}</body></html>".encode(), HEAD)


def site(results: str, start: str = FORM) -> Callable[[Request, int], Answer]:
    """A site whose every search gives *results*."""

    def answer(request: Request, _: int) -> Answer:
        path = urlsplit(request.path).path
        return page(start + "<main>Hej</main>") if path == "/" else page(FORM + f"<main>{results}</main>")

    return answer


def ask(answers: Callable[[Request, int], Answer], *asked: Question, closed: str = "") -> tuple[list[Reply], Server]:
    """The replies of *answers* to what is asked; robots.txt forbids paths that begin with *closed*."""
    with answering(answers) as server:
        return asyncio.run(_ask(server, asked, closed)), server


async def _ask(server: Server, asked: Sequence[Question], closed: str) -> list[Reply]:
    async def at_once(url: str) -> None:
        """No need to wait for one's own server."""

    async with running_browser(BrowserConfig()) as (browser, _):
        context = await browser.new_context(service_workers="block")
        renderer = PageRenderer(context, None, ViewportsConfig(), timeout=20)
        look = await renderer.look(Visit(url=server.url(), name="start", viewports=(Viewport.DESKTOP,)))
        await renderer.discard()
        way = search_way(look.renderings[0].facts, server.url(), others=(), hosts={"127.0.0.1"})
        assert way is not None
        rules = WindowRules(
            way=way, turn=at_once, allows=lambda url: not closed or not urlsplit(url).path.startswith(closed)
        )
        window = ResultWindow(context, ViewportsConfig(), 20, rules)
        asker = SearchAsker(window, WORDS)
        replies = [await asker.ask(question) for question in asked]
        await window.close()
        return replies


def test_what_sorts_and_sends_another_form_reaches_nobody() -> None:
    trap = """<form id=post action=/skicka method=post><input type=hidden name=x></form>
<div>Sortera: <button type=button onclick="document.getElementById('post').submit()">A–Ö</button>
<button type=button onclick="document.getElementById('post').requestSubmit()">Datum</button></div>"""
    asked = [Question(query="bidrag"), *(Question(query="bidrag", order=order) for order in (Order.TITLE, Order.DATE))]
    replies, server = ask(site("<p>2 träffar</p>" + trap + HITS), *asked)

    assert [hit.title for hit in replies[0].answer.hits] == ["Bidrag B", "Bidrag A"]
    assert set(replies[0].answer.orders) == {Order.TITLE, Order.DATE}
    assert [request.path for request in server.requests if request.method != "GET"] == []


def test_hits_that_lie_over_the_page_are_read_where_they_lie() -> None:
    start = f"""{FORM.replace("</header>", "<div class=ruta></div></header>")}<script>
const box = document.querySelector('.ruta');
document.querySelector('input').addEventListener('input', (event) => {{
  const hits = '<ul><li><a href=/b>Bidrag B</a> om bidrag</li><li><a href=/a>Bidrag A</a> om bidrag</li></ul>';
  box.innerHTML = event.target.value.length < 3 ? '' : hits; }});
document.querySelector('form').addEventListener('submit', (event) => {{
  event.preventDefault(); location.href = box.querySelector('a').href; }});
</script>"""
    replies, _ = ask(site("B", start), Question(query="bidrag"), Question(query="bidrag"))

    for reply in replies:
        assert reply.answer.untested == ""
        assert [urlsplit(hit.url).path for hit in reply.answer.hits] == ["/b", "/a"]
        assert reply.answer.in_place


def test_what_cannot_be_read_is_untested_with_a_picture() -> None:
    replies, _ = ask(site("<canvas></canvas><p>Här är svaret.</p>"), Question(query="bidrag"))

    assert replies[0].answer.untested == "search-unread"
    assert replies[0].answer.hits == ()
    assert replies[0].picture.startswith(b"\xff\xd8")


def test_what_robots_forbid_is_not_asked() -> None:
    asked = [Question(query=query) for query in ("bidrag", "lokal", "tider")]
    replies, server = ask(site("<p>2 träffar</p>" + HITS), *asked, closed="/sok")

    assert [reply.answer.untested for reply in replies] == ["robots"] * 3
    assert [path for _, path in server.asked() if path.startswith("/sok")] == []


def test_an_order_that_is_not_there_is_untested() -> None:
    replies, _ = ask(site("<p>2 träffar</p>" + HITS), Question(query="bidrag", order=Order.DATE))

    assert replies[0].answer.untested == "search-no-order|date"


def test_orders_behind_a_button_are_found() -> None:
    menu = """<button aria-expanded=false aria-haspopup=true onclick="this.nextElementSibling.hidden = false;
this.setAttribute('aria-expanded', 'true')">Sortera</button><ul hidden><li><a href="/sok?q=bidrag&amp;s=t">A–Ö</a></li>
<li><a href="/sok?q=bidrag&amp;s=d">Datum</a></li></ul>"""
    replies, server = ask(site("<p>2 träffar</p>" + menu + HITS), Question(query="bidrag", order=Order.DATE))

    assert replies[0].answer.untested == ""
    assert set(replies[0].answer.orders) == {Order.TITLE, Order.DATE}
    assert "/sok?q=bidrag&s=d" in [path for _, path in server.asked()]
