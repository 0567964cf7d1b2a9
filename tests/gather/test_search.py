"""The site's search, driven in a real browser against a real server."""

import asyncio
import datetime
import html
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from auditor.derive.search_way import address_of, opened_search_way, search_way
from auditor.gather.browser import running_browser
from auditor.gather.render import PageRenderer
from auditor.gather.search import SearchDriver
from auditor.gather.visit import Visit, page_of
from auditor.model.config import BrowserConfig, ViewportsConfig
from auditor.model.page import Page
from auditor.model.vocabulary import Viewport
from tests.gather.server import Answer, Request, Server, answering

pytestmark = pytest.mark.browser

HEAD = {"Content-Type": "text/html; charset=utf-8"}
FIELD = '<input type="search" name="q" aria-label="Sök">'


@dataclass
class Asking:
    """What came of asking a site's search."""

    pages: list[Page]
    server: Server

    def sent(self, path: str) -> list[Request]:
        """The requests for *path*, without its parameters."""
        return [request for request in self.server.requests if urlsplit(request.path).path == path]


def page(body: str) -> Answer:
    """A page of the site."""
    return Answer(
        body=f"<!doctype html><html lang=sv><title>T</title><body>{body}</body></html>".encode(), headers=HEAD
    )


def results(words: str) -> str:
    """What the search says of *words*."""
    return f"<main><h1>Sökresultat</h1><p>2 träffar på {html.escape(words)}</p><a href=/a>A</a></main>"


def form(start: str, answer: Callable[[Request], Answer] | None = None) -> Callable[[Request, int], Answer]:
    """A site whose start page is *start* and whose results are at /sok."""

    def answers(request: Request, _: int) -> Answer:
        parts = urlsplit(request.path)
        if parts.path == "/":
            return page(start)
        if parts.path == "/sok":
            words = parse_qs(request.body or parts.query).get("q", [""])[0]
            return answer(request) if answer else page(results(words))
        return Answer(404)

    return answers


def ask(site: Callable[[Request, int], Answer], *queries: str) -> Asking:
    """Asks the search of *site*, which is found on its start page."""
    with answering(site) as server:
        return Asking(_run(_ask(server, queries)), server)


def _run(work: Coroutine[Any, Any, list[Page]]) -> list[Page]:
    return asyncio.run(work)


async def _ask(server: Server, queries: tuple[str, ...]) -> list[Page]:
    async def at_once(url: str) -> None:
        """No need to wait for one's own server."""

    async with running_browser(BrowserConfig()) as (browser, _):
        context = await browser.new_context(service_workers="block")
        renderer = PageRenderer(context, None, ViewportsConfig(), timeout=20)
        look = await renderer.look(Visit(url=server.url(), name="start"))
        assert look.untested == {}
        way = search_way(look.renderings[0].facts, server.url(), others=(), hosts={"127.0.0.1"})
        way = way or opened_search_way(look.renderings[0].facts, server.url(), names=("sök",), others=())
        assert way is not None
        driver = SearchDriver(way, at_once)
        pages = []
        for query in queries:
            visit = Visit(url=address_of(way, query), name="x", query=query, viewports=(Viewport.DESKTOP,))
            seen = await driver.ask(renderer, visit)
            pages.append(page_of(visit, seen, today=datetime.date(2024, 5, 15), fetched_at=""))
        return pages


def said(page: Page) -> str:
    """The main text of a page of results."""
    return page.renderings[0].facts.main_text


OPENED = """<header><button type=button onclick="document.body.insertAdjacentHTML('beforeend', `{}`)">Sök</button></header>
<form method=post action=/kontakt><button>Sök</button></form><main>Hej</main>"""  # noqa: E501


def test_a_field_that_a_button_brings_is_typed_into() -> None:
    asking = ask(
        form(OPENED.format("<dialog open><form action=/sok><input name=q placeholder=Sök></form></dialog>")), "bidrag"
    )

    assert "2 träffar på bidrag" in said(asking.pages[0])
    assert {request.method for request in asking.server.requests} == {"GET"}


@pytest.mark.parametrize(
    "brought",
    [
        "<dialog open><form action=/post><input name=q placeholder=Sök><input type=email></form></dialog>",
        "<dialog open><form action=http://annan.example/sok><input type=search name=q></form></dialog>",
        "<dialog open><input type=text name=namn placeholder=Namn></dialog>",
    ],
)
def test_a_field_that_may_be_for_something_else_is_not_typed_into(brought: str) -> None:
    asking = ask(form(OPENED.format(brought)), "bidrag")

    assert asking.pages[0].untested
    assert {urlsplit(path).path for _, path in asking.server.asked()} <= {"/", "/favicon.ico"}


def test_words_over_which_the_browser_ended_are_watched_again_and_no_others() -> None:
    asking = ask(form(f"<header><form role=search action=/sok>{FIELD}</form></header>"), "bidrag", "hall", "bidrag")

    watched = [page.asked.suggestions is not None if page.asked else None for page in asking.pages]
    assert watched == [True, False, True]  # though two of them told how results are addressed

    again = ask(form(f"<header><form role=search action=/sok>{FIELD}</form></header>"), "bidrag", "bidrag")
    assert [bool(page.asked and page.asked.suggestions) for page in again.pages] == [True, True]
    assert [page.asked.characters > 0 for page in again.pages if page.asked] == [True, True]


def test_a_form_is_sent_by_enter_with_what_is_hidden_in_it() -> None:
    start = f"<header><form role=search action=/sok>{FIELD}<input type=hidden name=sprak value=sv></form></header>"
    asking = ask(form(start), "bidrag åt förening")

    assert "2 träffar på bidrag åt förening" in said(asking.pages[0])
    assert parse_qs(urlsplit(asking.sent("/sok")[0].path).query) == {"q": ["bidrag åt förening"], "sprak": ["sv"]}
    asked = asking.pages[0].asked
    assert asked
    assert (asked.sent_by, asked.in_place) == ("enter", False)


def test_after_two_questions_the_address_is_known_and_nothing_is_typed() -> None:
    start = f"<header><form role=search action=/sok>{FIELD}</form></header>"
    asking = ask(form(start), "bidrag", "lokal", "tider")

    assert ["2 träffar på tider" in said(page) for page in asking.pages] == [False, False, True]
    assert [page.asked is not None for page in asking.pages] == [True, True, False]


def test_a_form_that_posts_is_typed_into_each_time() -> None:
    start = f"<header><form role=search action=/sok method=post>{FIELD}</form></header>"
    asking = ask(form(start), "bidrag", "lokal", "tider")

    assert [
        f"träffar på {word}" in said(page)
        for page, word in zip(asking.pages, ("bidrag", "lokal", "tider"), strict=True)
    ] == [True] * 3
    assert {request.method for request in asking.sent("/sok")} == {"POST"}
    assert len({page.url for page in asking.pages}) == 3


def test_results_that_a_script_puts_into_the_page() -> None:
    start = f"""<header><div role=search>{FIELD}</div></header><main><p>Hej</p></main><script>
document.querySelector('input').addEventListener('keydown', (event) => {{
  const results = '<p role=status>3 träffar på ' + event.target.value + '</p>';
  if (event.key === 'Enter') setTimeout(() => {{ document.querySelector('main').innerHTML = results; }}, 300);
}});
</script>"""
    asking = ask(form(start), "bidrag", "lokal")

    assert said(asking.pages[1]) == "3 träffar på lokal"
    asked = asking.pages[1].asked
    assert asked
    assert (asked.sent_by, asked.in_place) == ("enter", True)
    assert asking.pages[1].renderings[0].in_place


def test_a_script_that_fetches_results_after_a_new_address_was_shown() -> None:
    start = f"<header><form role=search action=/sok>{FIELD}</form></header>"
    late = """<main></main><script>
setTimeout(() => { document.querySelector('main').innerHTML = '<p>7 träffar</p>'; }, 400);</script>"""
    asking = ask(form(start, lambda request: page(late)), "bidrag")

    assert said(asking.pages[0]) == "7 träffar"


def test_a_field_that_must_be_brought_to_light_first() -> None:
    start = f"""<header><button aria-expanded=false
  onclick="document.forms[0].hidden = false; this.setAttribute('aria-expanded', 'true')">Sök</button>
<form role=search action=/sok hidden>{FIELD}</form></header>"""
    asking = ask(form(start), "bidrag")

    assert "2 träffar på bidrag" in said(asking.pages[0])


def test_a_field_where_enter_does_nothing() -> None:
    start = f"""<header><form role=search action=/sok>{FIELD}<button>Sök</button></form></header>
<script>document.querySelector('input').addEventListener('keydown', (event) => {{
  if (event.key === 'Enter') event.preventDefault(); }});</script>"""
    asking = ask(form(start), "bidrag")

    asked = asking.pages[0].asked
    assert asked
    assert asked.sent_by == "button"
    assert "2 träffar på bidrag" in said(asking.pages[0])


def test_a_search_that_does_nothing_at_all_is_untested() -> None:
    asking = ask(form(f"<header><div role=search>{FIELD}</div></header><main>Hej</main>"), "bidrag")

    assert asking.pages[0].untested["page"] == "search-silent"
    assert asking.pages[0].renderings == ()


def test_a_form_that_only_loads_its_page_again_gives_no_results() -> None:
    nameless = '<input type="search" aria-label="Sök">'
    asking = ask(form(f"<header><form role=search>{nameless}</form></header><main>Hej</main>"), "bidrag")

    assert asking.pages[0].untested["page"] == "search-silent"


def test_hits_that_only_lie_over_the_page_are_untested() -> None:
    start = f"""<header><form role=search>{FIELD}</form><div class=ruta hidden><a href=/a>Bidrag</a></div></header>
<main>Hej</main><script>
const box = document.querySelector('.ruta');
document.querySelector('input').addEventListener('input', () => {{ box.hidden = false; }});
document.querySelector('form').addEventListener('submit', (event) => {{
  event.preventDefault(); location.href = box.querySelector('a').href; }});
</script>"""
    site = form(start)
    asking = ask(
        lambda request, before: page("<h1>A</h1>") if request.path == "/a" else site(request, before), "bidrag"
    )

    assert asking.pages[0].untested["page"] == "search-overlay"


def test_a_search_that_answers_with_an_error_is_untested() -> None:
    start = f"<header><form role=search action=/sok method=post>{FIELD}</form></header>"
    asking = ask(form(start, lambda request: Answer(500, b"<h1>Fel</h1>", HEAD)), "bidrag")

    assert asking.pages[0].untested["page"] == "status|500"


def test_what_the_field_suggests_is_watched_and_not_chosen() -> None:
    combobox = FIELD.replace("name", "role=combobox aria-expanded=false aria-controls=val autocomplete=off name")
    start = f"""<header><form role=search action=/sok>{combobox}</form>
<ul id=val role=listbox></ul></header><script>
const field = document.querySelector('input'), list = document.querySelector('ul');
field.addEventListener('input', () => setTimeout(() => {{
  list.innerHTML = '<li role=option id=o0>bidrag</li><li role=option id=o1>bidrag till förening</li>';
  field.setAttribute('aria-expanded', 'true'); }}, 200));
field.addEventListener('keydown', (event) => {{
  if (event.key === 'ArrowDown') field.setAttribute('aria-activedescendant', 'o0');
  if (event.key === 'Enter' && field.getAttribute('aria-activedescendant')) field.value = 'bidrag';
  if (event.key !== 'ArrowDown') field.removeAttribute('aria-activedescendant'); }});
</script>"""
    asking = ask(form(start), "bidragsregler")

    assert "2 träffar på bidragsregler" in said(asking.pages[0])
    asked = asking.pages[0].asked
    assert asked
    assert asked.suggestions
    seen = asked.suggestions
    assert (seen.choices, seen.field_role, seen.expanded, seen.popup_role, seen.option_role, seen.arrow) == (
        2, "combobox", "true", "listbox", "option", "active",
    )  # fmt: skip


def test_a_page_of_posted_results_survives_what_opening_things_does_to_it() -> None:
    start = f"<header><form role=search action=/sok method=post>{FIELD}</form></header>"
    opens = """<main><h1>3 träffar</h1>
<button aria-expanded=false onclick="document.querySelector('h1').remove()">Filter</button><p hidden>x</p></main>"""
    site = form(start, lambda request: page(opens) if request.method == "POST" else page("<main>Tomt</main>"))
    with answering(site) as server:
        pages = _run(_ask(server, ("bidrag",)))

    assert pages[0].renderings[0].facts.main_text.startswith("3 träffar")
    assert all(request.method == "POST" for request in server.requests if request.path == "/sok")
