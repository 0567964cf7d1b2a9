"""Pages that misbehave by what they hold: scripts that go astray, parts without end, and markup for whoever reports."""

from collections.abc import Mapping

from tests.hostile.pages import links, page
from tests.hostile.server import Answer

_SVG = "http://www.w3.org/2000/svg"
_NESTED = "".join(f'<g id="n{level}">{f"<use href=#n{level - 1} />" * 10}</g>' for level in range(1, 9))
_CALENDAR = "<a href='?manad={}'>Nästa månad</a>"
MARK = "window.ran=1"
"""What any page would do in the report if it could."""
EVIL = (
    f"</title></script><script>{MARK}</script>",
    f'"><img src=x onerror="{MARK}">',
    f"'><svg/onload={MARK}>",
    f"javascript:{MARK}//",
    "{{ 7 * 7 }}{% for x in range(9) %}{{ x }}{% endfor %}",
    '=HYPERLINK("http://annan.invalid/";"Klicka")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "'); DROP TABLE pages; --",
    "]]></testcase><testcase name='x'>",
    "[red]x[/red][/][link=http://annan.invalid]y",
    "\u2028\u2029\ufeff\u202e\u0000\u001b]0;x\u0007",
    "%s%n${x}$(id)`id`",
)


def pictured(text: str) -> str:
    """A page that bears *text* wherever a report might repeat it."""
    safe = text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace("\0", "")
    body = (
        f'<h3>{safe}</h3><img src="/bild.png?{safe}"><a href="/plain?{safe}"></a><button id="{safe}" class="{safe}">'
        f'</button><input name="{safe}" value="{safe}"><iframe src="/plain#{safe}"></iframe>'
        f"<table><tr><td>{safe}</table>"
        f'<div role="{safe}" aria-label="{safe}" aria-labelledby="{safe}" lang="{safe}">{safe}</div>'
        f'<a href="mailto:{safe}">{safe}</a><form action="{safe}"><select name="{safe}"></select></form>'
    )
    return page(safe, body)


INJECTING: Mapping[str, Answer] = {f"/inject-{number}": pictured(text) for number, text in enumerate(EVIL)}

WILD: Mapping[str, Answer] = {
    "/scroll": page(
        "Utan slut",
        "<div id=x></div>",
        "const more = () => { if (x.childElementCount < 3000) x.innerHTML += '<p>Rad</p>'.repeat(20) }"
        "; more(); addEventListener('scroll', more); new IntersectionObserver(more).observe(x);",
    ),
    "/grows": page("Växer", "<ul id=x></ul>", "setInterval(() => { x.append(document.createElement('li')) }, 1)"),
    "/mutates": page("Ändras", "<p id=x>", "setInterval(() => { x.textContent = Math.random(); x.id = 'x' }, 1)"),
    "/frames-busy": page(
        "Upptagen", "", "const f = () => { for (let i = 0; i < 1e6; i++); requestAnimationFrame(f) }; f()"
    ),
    "/promises": page("Löften", "", "const f = () => Promise.resolve().then(f); setTimeout(f, 100)"),
    "/timers": page("Tidur", "", "for (let i = 0; i < 20000; i++) setInterval(() => {}, 1)"),
    "/worker-loop": page("Arbetarslinga", "", "new Worker(URL.createObjectURL(new Blob(['for(;;);'])))"),
    "/throws": page("Kastar fel", "", "setInterval(() => { throw new Error('<b>' + 'x'.repeat(1e4)) }, 5)"),
    "/console": page("Skriver", "", "setInterval(() => { console.error('\\x1b[31m' + 'x'.repeat(1e5)) }, 5)"),
    "/back": page("Tillbaka", "", "setTimeout(() => history.back(), 50)"),
    "/hash": page("Ankare", "", "setInterval(() => { location.hash = Math.random() }, 10)"),
    "/focus": page("Fokus", "<input id=x>", "setInterval(() => x.focus(), 5); x.onblur = () => x.focus()"),
    "/keys": page("Tangenter", "<input>", "addEventListener('keydown', (e) => e.preventDefault(), true)"),
    "/modal": page("Modal", "<dialog id=x><p>Hej</dialog>", "x.showModal(); x.onclose = () => x.showModal()"),
    "/print": page("Skriver ut", "", "print(); setInterval(print, 50)"),
    "/asks": page(
        "Frågar",
        "",
        "navigator.geolocation.getCurrentPosition(() => {}); navigator.mediaDevices?.getUserMedia({video: true})"
        ".catch(() => {}); Notification?.requestPermission(); navigator.clipboard?.readText().catch(() => {});"
        "navigator.requestMIDIAccess?.({sysex: true}).catch(() => {}); document.documentElement.requestFullscreen?.()"
        ".catch(() => {}); document.body.requestPointerLock?.()",
    ),
    "/saves": page(
        "Sparar",
        "",
        "for (let i = 0; i < 20; i++) { const a = document.createElement('a'); a.download = '../../' + i + '.exe';"
        "a.href = URL.createObjectURL(new Blob(['x'])); a.click(); }",
    ),
    "/storage": page("Lagrar", "", "try { for (let i = 0; i < 99; i++) localStorage[i] = 'x'.repeat(1e5) } catch {}"),
    "/cookies": page("Kakor", "", "for (let i = 0; i < 300; i++) document.cookie = 'k' + i + '=' + 'x'.repeat(3000)"),
    "/sockets": page(
        "Uttag", "", "for (let i = 0; i < 5; i++) { new WebSocket('ws://10.0.0.1/'); new EventSource('/never') }"
    ),
    "/private-parts": page(
        "Inre delar",
        '<img alt="" src="http://10.0.0.1/a.png"><iframe title="Inre" src="http://169.254.169.254/"></iframe>'
        '<script src="http://[::ffff:10.0.0.1]/a.js"></script><link rel=stylesheet href="http://0.0.0.0/a.css">',
        "fetch('http://192.168.0.1/').catch(() => {})",
    ),
    "/shadow": page(
        "Skugga",
        "<div id=x></div>",
        "let at = x; for (let i = 0; i < 200; i++) { const root = at.attachShadow({mode: i % 2 ? 'open' : 'closed'});"
        "at = root.appendChild(document.createElement('div')); } at.append('Botten')",
    ),
    "/elements-own": page(
        "Egna element",
        "<x-a></x-a>",
        "customElements.define('x-a', class extends HTMLElement { connectedCallback() {"
        "if (document.querySelectorAll('x-a').length < 500) this.append(document.createElement('x-a')) } })",
    ),
    "/canvas": page(
        "Duk", "<canvas width=20000 height=20000></canvas>", "document.querySelector('canvas').getContext('2d')"
    ),
    "/svg-uses": page(
        "Laddad bild", f'<svg xmlns="{_SVG}"><g id="n0"><rect width=1 height=1 /></g>{_NESTED[:3000]}</svg>'
    ),
    "/styles": page(
        "Stilar", "<style>" + "".join(f".a{n}:has(.b{n} ~ *){{color:red}}" for n in range(2000)) + "</style>"
    ),
    "/wide-page": page("Bred", '<div style="width:9000000px;height:9000000px;position:absolute">x</div>'),
    "/layers": page("Lager", '<div style="position:fixed;inset:0;z-index:2147483647;background:#fff">' * 300),
    "/moves": page(
        "Rör sig", "<style>*{animation:a .01s infinite}@keyframes a{to{transform:rotate(1turn)}}</style><p>x"
    ),
    "/iframes": page("Många ramar", '<iframe title="Ram" srcdoc="<p>x"></iframe>' * 60),
    "/iframe-nest": page(
        "Ram i ram", '<iframe title="Ram" srcdoc="<iframe srcdoc=\'<iframe src=javascript:1>\'>"></iframe>'
    ),
    "/objects": page(
        "Inbäddat", '<object data="/never"></object><embed src="data:text/html,x"><applet code=x></applet>'
    ),
    "/ids": page("Dubbletter", '<p id="a">x</p>' * 3000),
    "/tables": page("Tabeller", "<table><tr><td>" * 200 + "Botten"),
    "/attributes": page("Attribut", "<p " + " ".join(f"data-a{n}='{'x' * 50}'" for n in range(5000)) + ">x"),
    "/long-title": page("Lång " * 50_000, "<p>x"),
    "/long-word": page("Långt ord", "<p>" + "a" * 500_000),
    "/unclosed": "<!doctype html><html lang=sv><title>Öppen</title><h1>Öppen</h1><p>x<!-- " + "x" * 100_000,
    "/textarea": page("Textruta", "<textarea><p>" + "x" * 1000),
    "/entities": page("Tecken", "&#x110000;&#0;&#xD800;&#99999999999;&nosuch;&amp" * 100),
    "/marks": page("Märken", "a" + "\u0300" * 5000 + "\U000e0041" * 100 + "\ufdfd" * 100),
    "/base": page("Bas", '<base href="http://annan.invalid/">' + links(["/plain", "sida"])),
    "/laughs": '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><html>&b;</html>',
    "/login-links": page(
        "Inloggade länkar",
        '<a href="https://anna:hemlighet@127.0.0.1/x">Med lösenord</a><a href="/plain?token=hemlighet">Med nyckel</a>'
        '<img src="/bild.png?access_token=hemlighet">',
    ),
    "/calendar": page("Kalender", _CALENDAR.format("2024-01") + _CALENDAR.format("9999-12")),
    "/sessions": page("Sessioner", links([f"/plain;jsessionid={n}?PHPSESSID={n}" for n in range(200)])),
    "/paths": page(
        "Sökvägar",
        links(
            [
                "/../../etc/passwd",
                "/..%2f..%2fetc%2fpasswd",
                "/con",
                "/aux.html",
                "/a%00b",
                "/~/.ssh/id_rsa",
                "/%0d%0aX: y",
            ]
        ),
    ),
}


def astray(elsewhere: str) -> Mapping[str, Answer]:
    """Pages that try to take their visitor to *elsewhere*, or to tell it of them."""
    there = f"{elsewhere}/stray"
    return {
        "/stray-redirect": lambda exchange: exchange.redirect(f"{there}-redirect"),
        "/stray-login": lambda exchange: exchange.redirect(f"{there.replace('//', '//anna:hemlighet@')}-login"),
        "/stray-refresh": page("Flyttar ut", f'<meta http-equiv="refresh" content="0; url={there}-refresh">'),
        "/stray-script": page("Skickar ut", "", f"location.replace('{there}-script')"),
        "/stray-late": page(
            "Skickar ut sent", "", f"addEventListener('load', () => setTimeout(() => location = '{there}-late', 900))"
        ),
        "/stray-form": page("Postar ut", f'<form id=x method=post action="{there}-form"></form>', "x.submit()"),
        "/stray-click": page(
            "Klickar ut", f"<button id=x onclick=\"location='{there}-click'\">Meny</button>", "x.click()"
        ),
        "/stray-window": page(
            "Fönster ut", "", f"open('{there}-window'); onkeydown = onclick = () => open('{there}-window-key')"
        ),
        "/stray-frame": page(
            "Ram ut", f"<iframe title=Ram srcdoc=\"<script>top.location='{there}-frame'</script>\"></iframe>"
        ),
        "/stray-leaving": page(
            "Stannar", "", f"addEventListener('pagehide', () => navigator.sendBeacon('{there}-leaving', 'x'))"
        ),
        "/stray-beacon": page(
            "Säger till",
            f'<a id=x ping="{there}-ping" href="#x">x</a>',
            f"x.click(); navigator.sendBeacon('{there}-beacon', 'x')",
        ),
        "/parts": page(
            "Delar", f'<img alt="" src="{elsewhere}/part.png"><iframe title=Karta src="{elsewhere}/part"></iframe>'
        ),
    }
