# ruff: noqa: E501 – markup
"""The service as a website: a start page with a search field, pages of results in several make-ups, and the pages."""

import html
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.gather.server import Answer, Request, Server, answering
from tests.search_service.corpus import corpus
from tests.search_service.engine import Asked, Defect, Engine, Shown

_HTML = {"Content-Type": "text/html; charset=utf-8"}
_ORDERS = {"relevans": "Relevans", "titel": "A–Ö", "titel-fallande": "Ö–A", "datum": "Datum"}
MAKE_UPS = ("list", "terms", "cards")


@dataclass(frozen=True)
class Service:
    """A site whose search has one defect."""

    engine: Engine
    make_up: str
    """How results look: list, terms or cards; scripted engines have a look of their own."""

    def __call__(self, request: Request, before: int) -> Answer:
        """What the site answers."""
        parts = urlsplit(request.path)
        given = {key: values[0] for key, values in parse_qs(parts.query).items()}
        if request.method == "POST":
            return Answer(200, b"<h1>Tack</h1>", _HTML)
        if parts.path in ("/", "/sok") and self.engine.defect is Defect.SCRIPTED:
            return _page("Sjöboda kommun", _CONTACT + _SCRIPT, self._form())
        if parts.path == "/":
            return _page("Sjöboda kommun", f"{_CONTACT}<p>Välkommen.</p>", self._form())
        if parts.path == "/sok":
            asked = Asked(
                given.get("q", ""), given.get("sort", "relevans"), given.get("typ", ""), int(given.get("sida", 1))
            )
            return _page("Sökresultat", self._results(asked, self.engine.answer(asked)), self._form())
        if parts.path == "/api/sok":
            return self._json(given)
        text = next((text for text in self.engine.texts if text.path == parts.path), None)
        if text is None:
            return Answer(404, b"<h1>Sidan finns inte</h1>", _HTML)
        if text.body:
            return Answer(200, text.body, {"Content-Type": "application/pdf"})
        return _page(text.title, text.markup, self._form())

    def _form(self) -> str:
        return (
            '<form role="search" action="/sok"><label for="q">Sök på webbplatsen</label><input type="search" id="q" name="q">'
            "<button>Sök</button></form>"
        )

    def _json(self, given: dict[str, str]) -> Answer:
        asked = Asked(
            given.get("q", ""), given.get("sort", "relevans"), given.get("typ", ""), int(given.get("sida", 1))
        )
        shown = self.engine.answer(asked)
        told = {
            "count": shown.count,
            "kinds": shown.kinds,
            "more": asked.page < shown.pages,
            "hits": [
                {"title": text.title, "url": text.path, "text": text.text[:120], "day": self.engine.shown_day(text)}
                for text in shown.texts
            ],
        }
        return Answer(200, json.dumps(told).encode(), {"Content-Type": "application/json"})

    def _results(self, asked: Asked, shown: Shown) -> str:
        query = html.escape(asked.query)
        if not shown.count:
            return f"<h1>Sökresultat</h1><p>Din sökning på ”{query}” gav inga träffar.</p>"
        count = f"<p>{shown.count} träffar på ”{query}”</p>"
        make = {"list": self._as_list, "terms": self._as_terms, "cards": self._as_cards}[self.make_up]
        return f"<h1>Sökresultat</h1>{count}{make(asked, shown)}{_CONTACT}"

    def _as_list(self, asked: Asked, shown: Shown) -> str:
        orders = " ".join(f'<a href="{_to(asked, order=key)}">{name}</a>' for key, name in _ORDERS.items())
        kinds = "".join(
            f'<li><a href="{_to(asked, kind=kind)}">{kind} ({number})</a></li>' for kind, number in shown.kinds.items()
        )
        hits = "".join(
            f'<li class="hit"><h2><a href="{text.path}">{text.title}</a></h2><p>{html.escape(text.text[:120])}</p>'
            f"<p>{self.engine.shown_day(text)}</p></li>"
            for text in shown.texts
        )
        onward = f'<a href="{_to(asked, page=asked.page + 1)}">Visa nästa 10 »</a>' if asked.page < shown.pages else ""
        return f"<p>Sortera träffar efter: {orders}</p><ul>{kinds}</ul><ol>{hits}</ol><p>{onward}</p>"

    def _as_terms(self, asked: Asked, shown: Shown) -> str:
        options = "".join(
            f'<option value="{key}"{" selected" * (key == asked.order)}>{name}</option>'
            for key, name in _ORDERS.items()
        )
        kinds = "".join(f'<option value="{kind}">{kind} ({number})</option>' for kind, number in shown.kinds.items())
        form = (
            f'<form action="/sok"><input type="hidden" name="q" value="{html.escape(asked.query)}">'
            f'<label for="sort">Sortera efter</label><select id="sort" name="sort">{options}</select>'
            f'<label for="typ">Visa bara</label><select id="typ" name="typ"><option value="">Alla</option>{kinds}</select>'
            "<button>Uppdatera</button></form>"
        )
        hits = "".join(
            f'<dt><a href="{text.path}">{text.title}</a></dt><dd>{html.escape(text.text[:120])}'
            f'{_when(self.engine.shown_day(text))} <a href="{text.path}">{text.path}</a></dd>'
            for text in shown.texts
        )
        pages = "".join(
            f'<li aria-current="page">{number}</li>'
            if number == asked.page
            else f'<li><a href="{_to(asked, page=number)}">{number}</a></li>'
            for number in range(1, shown.pages + 1)
        )
        return f'{form}<dl class="traffar">{hits}</dl><ul>{pages}</ul>'

    def _as_cards(self, asked: Asked, shown: Shown) -> str:
        def to(*, order: str = "", kind: str = "", page: int = 1) -> str:
            return f"location.href='{_to(asked, order=order, kind=kind, page=page)}'"

        orders = "".join(
            f'<label><input type="radio" name="sort" onchange="{to(order=key)}">{name}</label>'
            for key, name in _ORDERS.items()
        )
        kinds = "".join(
            f'<button onclick="{to(kind=kind)}">{kind} {number}</button>' for kind, number in shown.kinds.items()
        )
        hits = "".join(
            f'<div class="rad"><article class="kort"><p>{text.kind}</p><h3><a href="{text.path}">{text.title}</a></h3>'
            f"<p>{html.escape(text.text[:120])}</p><p>Uppdaterad {self.engine.shown_day(text)}</p></article></div>"
            for text in shown.texts
        )
        onward = f'<button onclick="{to(page=asked.page + 1)}">Nästa sida</button>' if asked.page < shown.pages else ""
        return (
            f"<fieldset><legend>Sortera</legend>{orders}</fieldset>"
            f'<div role="group" aria-label="Filtrera">{kinds}</div><div class="rutor">{hits}</div>{onward}'
        )


def _when(day: str) -> str:
    return f' <time datetime="{day}">{day}</time>' if day else ""


def _to(asked: Asked, *, order: str = "", kind: str = "", page: int = 1) -> str:
    given = {"q": asked.query, "sort": order or asked.order, "typ": kind or asked.kind, "sida": page}
    return html.escape("/sok?" + urlencode({key: value for key, value in given.items() if value}))


def _page(title: str, body: str, form: str) -> Answer:
    text = (
        f'<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>{title} - Sjöboda kommun</title></head><body>'
        f'<header><a href="/">Sjöboda kommun</a>{form}<nav><ul><li><a href="/uppleva-och-gora/">Uppleva och göra</a></li>'
        f'<li><a href="/kontakt/">Kontakt</a></li></ul></nav></header><main>{body}</main>'
        '<footer><ul><li><a href="/om-webbplatsen/">Om webbplatsen</a></li><li><a href="/felanmalan/">Felanmälan</a></li></ul>'
        "</footer></body></html>"
    )
    return Answer(200, text.encode(), _HTML)


_CONTACT = """<form action="/kontakta" method="post"><fieldset><legend>Sortera ditt ärende</legend>
<label><input type="radio" name="slag" value="1" onchange="this.form.submit()">Datum</label>
<label><input type="radio" name="slag" value="2" onchange="this.form.submit()">Namn</label></fieldset>
<input type="email" name="post" aria-label="E-post"><button>Visa fler</button><button>Nästa</button></form>"""
"""A form that looks much like what sorts and leads on, and must never be sent."""

_SCRIPT = """<div id="svar"></div><script>
const state = { q: new URLSearchParams(location.search).get('q') || '', sort: 'relevans', typ: '', sida: 1 };
const orders = { relevans: 'Relevans', titel: 'A–Ö', 'titel-fallande': 'Ö–A', datum: 'Datum' };
let hits = [];
async function show() {
  const told = await (await fetch('/api/sok?' + new URLSearchParams(state))).json();
  hits = state.sida > 1 ? [...hits, ...told.hits] : told.hits;
  const box = document.getElementById('svar');
  if (!told.count) { box.innerHTML = '<h1>Sök</h1><p>Inga träffar på ' + state.q + '</p>'; return; }
  box.innerHTML = `<h1>Sök</h1><p role="status">${told.count} träffar</p>
    <div>Sortera: ${Object.entries(orders).map(([key, name]) => `<button class="s" value="${key}">${name}</button>`).join('')}</div>
    <fieldset><legend>Typ</legend>${Object.entries(told.kinds).map(([kind, number]) => `<label><input type="checkbox" value="${kind}" ${state.typ === kind ? 'checked' : ''}>${kind} (${number})</label>`).join('')}</fieldset>
    <ul>${hits.map((hit) => `<li><a href="${hit.url}">${hit.title}</a><p>${hit.text}</p><p>${hit.day}</p></li>`).join('')}</ul>
    ${told.more ? '<button class="m">Visa fler</button>' : ''}`;
  for (const button of box.querySelectorAll('.s')) button.onclick = () => { Object.assign(state, { sort: button.value, sida: 1 }); show(); };
  for (const field of box.querySelectorAll('input')) field.onchange = () => { Object.assign(state, { typ: field.checked ? field.value : '', sida: 1 }); show(); };
  box.querySelector('.m')?.addEventListener('click', () => { state.sida += 1; show(); });
}
document.querySelector('header form').addEventListener('submit', (event) => {
  event.preventDefault();
  Object.assign(state, { q: document.getElementById('q').value, sort: 'relevans', typ: '', sida: 1 });
  show();
});
</script>"""


@contextmanager
def serving(defect: Defect, make_up: str = "list") -> Iterator[Server]:
    """The service with *defect*, on loopback."""
    with answering(Service(Engine(corpus(), defect), make_up)) as server:
        yield server
