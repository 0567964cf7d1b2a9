"""Pages that misbehave. Each is named after what it does."""

from collections.abc import Mapping

from tests.hostile.server import Answer, Exchange

_LONG = "a" * 30_000
_ESCAPES = "\x1b[31mRöd\x1b[0m \x07\x08\x9b2J\u202e\u200b\r"


def page(title: str, body: str, script: str = "") -> str:
    """An ordinary page of a municipality, with *body* in its main part and *script* at its end."""
    return (
        f'<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>{title} – Prövinge kommun</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head><body>'
        '<nav aria-label="Huvudmeny"><a href="/">Prövinge kommun</a></nav>'
        f"<main><h1>{title}</h1>{body}</main>{f'<script>{script}</script>' if script else ''}</body></html>"
    )


def links(paths: Mapping[str, str] | list[str]) -> str:
    """A list of links to *paths*."""
    named = paths if isinstance(paths, Mapping) else {path: f"Sidan {path.strip('/')}" for path in paths}
    return "<ul>" + "".join(f'<li><a href="{path}">{name}</a></li>' for path, name in named.items()) + "</ul>"


def hang(exchange: Exchange) -> None:
    """No answer at all."""
    exchange.hang()


def half(exchange: Exchange) -> None:
    """A document that stops in the middle."""
    exchange.answer(page("Halv", "<p>Början").encode()[:-40], length=100_000)
    exchange.hang()


def attachment(exchange: Exchange) -> None:
    """A file that is to be saved, though it says that it is a page."""
    exchange.answer(page("Bilaga", ""), headers={"Content-Disposition": 'attachment; filename="blankett.html"'})


def spreadsheet(exchange: Exchange) -> None:
    """A file at an address that looks like a page's."""
    exchange.answer(b"PK\x03\x04", kind="application/vnd.ms-excel")


def failing(exchange: Exchange) -> None:
    """Answers 500."""
    exchange.answer(page("Fel", ""), status=500)


def redirect_loop(exchange: Exchange) -> None:
    """Redirects to itself."""
    exchange.redirect("/redirect-loop")


def wrong_charset(exchange: Exchange) -> None:
    """Says UTF-16 in the header and UTF-8 in the page, and is ISO 8859-1."""
    exchange.answer(
        page("Fel teckentabell åäö", "<p>åäö</p>").replace("–", "-").encode("latin-1"), kind="text/html; charset=utf-16"
    )


def unknown_charset(exchange: Exchange) -> None:
    """Says a charset that does not exist."""
    exchange.answer(page("Okänd teckentabell", "<p>åäö</p>"), kind="text/html; charset=klingon")


_TAMPER = """
Array.prototype.map = function () { return 'map'; };
Array.prototype.filter = function () { throw new Error('filter'); };
Array.prototype.toJSON = function () { return 'array'; };
String.prototype.toJSON = function () { return 'text'; };
Object.prototype.extra = function () {};
JSON.stringify = function () { return '{}'; };
Symbol.for = function () { return Symbol(); };
Element.prototype.querySelectorAll = Document.prototype.querySelectorAll = function () { return []; };
Element.prototype.getBoundingClientRect = function () { throw new Error('box'); };
window.getComputedStyle = function () { return null; };
window.Map = window.Set = function () { throw new Error('map'); };
window.Promise = function () { throw new Error('promise'); };
"""
# What prototype.js 1.6 did to pages, in short.
_PROTOTYPE = """
Array.prototype.toJSON = function () { return '[' + this.join(', ') + ']'; };
String.prototype.toJSON = function () { return '"' + this + '"'; };
Array.prototype.map = function (each) {
  var out = []; for (var i = 0; i < this.length; i++) out.push(each(this[i], i)); return out;
};
Array.prototype.reverse = function () { return this; };
Array.from = function (list) { var out = []; for (var i = 0; i < list.length; i++) out.push(list[i]); return out; };
window.$ = document.getElementById.bind(document);
Element.prototype.visible = function () { return this.style.display != 'none'; };
"""

HANGING: Mapping[str, Answer] = {
    "/hang-document": hang,
    "/half-document": half,
    "/hang-resource": page("Bild som aldrig kommer", '<img alt="" src="/never">'),
    "/hang-iframe": page("Ram som aldrig kommer", '<iframe title="Karta" src="/never"></iframe>'),
    "/loop": page("Evig slinga", "", "while (true) {}"),
    "/late-loop": page("Sen slinga", "", "addEventListener('load', () => setTimeout(() => { while (true) {} }, 200))"),
    "/never": hang,
}
RESTLESS: Mapping[str, Answer] = {
    "/dialogs": page(
        "Dialoger",
        "",
        "addEventListener('beforeunload', (e) => { e.preventDefault(); e.returnValue = 'Kvar?'; });"
        "for (let i = 0; i < 20; i++) { alert(i); confirm(i); prompt(i); } setInterval(() => alert('!'), 20);",
    ),
    "/closes": page(
        "Stänger sig", "", "window.close(); setTimeout(() => { window.open('', '_self'); window.close(); }, 50)"
    ),
    "/history": page("Historik", "", "let n = 0; setInterval(() => history.pushState(n, '', '/history?n=' + n++), 5)"),
    "/refresh": page("Laddar om", '<meta http-equiv="refresh" content="0">'),
    "/refresh-away": page("Flyttar", '<meta http-equiv="refresh" content="0; url=/plain">'),
    "/leaves": page("Går vidare", "", "setTimeout(() => { location = '/plain'; }, 150)"),
    "/leaves-often": page("Går runt", "", "setTimeout(() => { location = '/leaves-often?' + Math.random(); }, 30)"),
    "/popups": page(
        "Fönster", "", "for (let i = 0; i < 20; i++) open('/plain?popup=' + i); onclick = () => open('/plain')"
    ),
    "/worker": page("Arbetare", "", "navigator.serviceWorker?.register('/worker.js')"),
    "/writes": page("Skriver om", "", "setTimeout(() => { document.open(); document.write('<h1>Ny'); }, 120)"),
    "/empties": page("Tömmer", "", "setTimeout(() => document.documentElement.remove(), 100)"),
}
HUGE: Mapping[str, Answer] = {
    "/elements": page("Många element", "<p>" + "<b>x</b>" * 100_000),
    "/links": page("Många länkar", links([f"/plain?nr={number}" for number in range(5000)])),
    "/deep": page("Djup", "<div>" * 20_000 + "Botten"),
    "/long-address": page("Lång adress", links({f"/{_LONG}": "Lång", f"/plain?q={_LONG}": "Fråga"})),
    "/frames": page("Ramar", '<iframe title="Ram" src="/frame?1"></iframe>' * 3),
    "/frame": page("I ram", '<iframe title="Inre" src="/frame-inner"></iframe>'),
    "/frame-inner": page("Inre ram", '<iframe title="Sig själv" src="/frames"></iframe>'),
    "/memory": page("Minne", "", "const kept = []; for (;;) kept.push(new Array(1000).fill(Math.random()))"),
}
ODD: Mapping[str, Answer] = {
    "/plain": page("Vanlig", "<p>Här finns inget särskilt.</p>"),
    "/download": attachment,
    "/sheet": spreadsheet,
    "/failing": failing,
    "/redirect-loop": redirect_loop,
    "/bad-utf8": page("Trasig text", "<p>MARK</p>").encode().replace(b"MARK", b"\xff\xfe\xc3\x28 \xed\xa0\x80 \x00"),
    "/wrong-charset": wrong_charset,
    "/unknown-charset": unknown_charset,
    "/escapes": page(_ESCAPES, f"<p>{_ESCAPES}</p>" + links({"/%1b%5b31m%0a?\x1b[31m\u202e": _ESCAPES})),
    "/schemes": page(
        "Scheman",
        links(
            {
                "javascript:document.body.remove()": "Skript",
                "data:text/html,<h1>Data</h1>": "Data",
                "file:///etc/passwd": "Fil",
                "blob:null/1": "Klump",
                "http://[::1": "Trasig",
                "http://:80/": "Utan värd",
                "http://exempel.invalid:99999999/": "Stor port",
                "https://anna:hemlig@127.0.0.1/": "Med lösenord",
                "chrome://crash": "Krasch",
                "//": "Tom",
                "http://xn--/": "Trasigt namn",
            }
        ),
    ),
    "/tampered": page("Ändrade prototyper", links(["/plain"]), _TAMPER),
    "/prototype": page("Gammalt bibliotek", links(["/plain"]), _PROTOTYPE),
    "/surrogates": page(
        "Halva tecken", "", r"document.title = 'Halvt \ud83d tecken'; document.body.append('\udc00\ud800')"
    ),
    "/empty": "",
    "/no-body": "<!doctype html><frameset><frame src='/plain'></frameset>",
    "/xhtml": lambda exchange: exchange.answer(
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>X</title></head><body><p>x</body>',
        kind="application/xhtml+xml",
    ),
}


def unavailable(exchange: Exchange) -> None:
    """Answers 503."""
    exchange.answer("", status=503)
