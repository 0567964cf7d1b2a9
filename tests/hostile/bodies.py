"""Pages that misbehave by what they hold: scripts that go astray, parts without end, and markup for whoever reports."""

from collections.abc import Mapping, Sequence

from tests.hostile.pages import links, page
from tests.hostile.server import Answer

_SVG = "http://www.w3.org/2000/svg"
_NESTED = "".join(f'<g id="n{level}">{f"<use href=#n{level - 1} />" * 10}</g>' for level in range(1, 5))
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


def pictured(texts: Sequence[str]) -> str:
    """A page that bears *texts* wherever a report might repeat them."""
    parts = []
    for text in texts:
        safe = text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace("\0", "")
        parts.append(
            f'<h3>{safe}</h3><img src="/bild.png?{safe}"><a href="/plain?{safe}"></a><button id="{safe}">'
            f'</button><input name="{safe}" value="{safe}"><a href="mailto:{safe}">{safe}</a><p lang="{safe}">{safe}'
            f'<div role="{safe}" aria-label="{safe}" aria-labelledby="{safe}">{safe}</div><form action="{safe}"></form>'
        )
    return page(" ".join(texts).replace("<", "&lt;").replace("\0", ""), "".join(parts))


INJECTING: Mapping[str, Answer] = {f"/inject-{first}": pictured(EVIL[first : first + 4]) for first in range(0, 12, 4)}

WILD: Mapping[str, Answer] = {
    "/scroll": page(
        "Utan slut",
        "<div id=x></div>",
        "const more = () => { if (x.childElementCount < 2000) x.innerHTML += '<p>Rad</p>'.repeat(20) }"
        "; more(); addEventListener('scroll', more); new IntersectionObserver(more).observe(x);",
    ),
    "/grows": page(
        "Växer och ändras",
        "<ul id=x></ul><p id=y>",
        "setInterval(() => { x.append(document.createElement('li')); y.textContent = Math.random() }, 5)",
    ),
    "/promises": page("Löften", "", "const f = () => Promise.resolve().then(f); setTimeout(f, 400)"),
    "/worker-loop": page("Arbetarslinga", "", "new Worker(URL.createObjectURL(new Blob(['for(;;);']))).terminate()"),
    "/noisy": page(
        "Högljudd",
        "",
        "setInterval(() => { console.error('\\x1b[31m' + 'x'.repeat(1e4)); throw new Error('<b>') }, 50);"
        "try { for (let i = 0; i < 99; i++) localStorage[i] = 'x'.repeat(1e5) } catch {}"
        "for (let i = 0; i < 300; i++) document.cookie = 'k' + i + '=' + 'x'.repeat(3000);"
        "for (let i = 0; i < 2000; i++) setInterval(() => {}, 10); print(); setInterval(print, 200);",
    ),
    "/back": page("Tillbaka", "", "setTimeout(() => history.back(), 50)"),
    "/hash": page("Ankare", "", "setInterval(() => { location.hash = Math.random() }, 20)"),
    "/focus": page(
        "Fokus",
        "<input id=x>",
        "setInterval(() => x.focus(), 5); x.onblur = () => x.focus();"
        "addEventListener('keydown', (e) => e.preventDefault(), true)",
    ),
    "/modal": page("Modal", "<dialog id=x><p>Hej</dialog>", "x.showModal(); x.onclose = () => x.showModal()"),
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
    "/private-parts": page(
        "Inre delar",
        '<img alt="" src="http://10.0.0.1/a.png"><iframe title="Inre" src="http://169.254.169.254/"></iframe>'
        '<script src="http://[::ffff:10.0.0.1]/a.js"></script><link rel=stylesheet href="http://0.0.0.0/a.css">',
        "fetch('http://192.168.0.1/').catch(() => {}); new WebSocket('ws://10.0.0.1/'); new EventSource('http://[fd00::1]/');"
        "new RTCPeerConnection({iceServers: [{urls: 'stun:10.0.0.1'}]}).createDataChannel('x')",
    ),
    "/talks": page(
        "Pratar",
        "<p>Uppkopplad.</p>",
        "const talk = (to) => { const line = new WebSocket(to); line.onclose = () => setTimeout(talk, 50, to); };"
        "talk(`ws://${location.host}/linje`); talk('ws://socket.example.com/'); talk('wss://93.184.215.14/');",
    ),
    "/shadow": page(
        "Skugga",
        "<div id=x></div><x-a></x-a>",
        "let at = x; for (let i = 0; i < 100; i++) { const root = at.attachShadow({mode: i % 2 ? 'open' : 'closed'});"
        "at = root.appendChild(document.createElement('div')); } at.append('Botten');"
        "customElements.define('x-a', class extends HTMLElement { connectedCallback() {"
        "if (document.querySelectorAll('x-a').length < 300) this.append(document.createElement('x-a')) } })",
    ),
    "/paint": page(
        "Mycket att rita",
        "<canvas width=20000 height=20000></canvas>"
        f'<svg xmlns="{_SVG}"><g id="n0"><rect width=1 height=1 /></g>{_NESTED}</svg>'
        "<style>p{animation:a .01s infinite}@keyframes a{to{transform:rotate(1turn)}}"
        + "".join(f".a{n}:has(.b{n} ~ *){{color:red}}" for n in range(500))
        + "</style><p>x",
        "document.querySelector('canvas').getContext('2d').fillRect(0, 0, 20000, 20000)",
    ),
    "/wide-page": page(
        "Bred",
        '<div style="width:9000000px;height:9000000px;position:absolute">x</div>'
        + '<div style="position:fixed;inset:0;z-index:2147483647;background:#fff">' * 50,
    ),
    "/iframes": page(
        "Många ramar",
        '<iframe title="Ram" srcdoc="<p>x"></iframe>' * 30
        + "<iframe title=Ram srcdoc=\"<iframe srcdoc='<iframe src=javascript:1>'>\"></iframe>"
        + '<object data="/plain"></object><embed src="data:text/html,x"><applet code=x></applet>',
    ),
    "/markup": page(
        "Märklig",
        '<p id="a">x</p>' * 500
        + "&#x110000;&#0;&#xD800;&#99999999999;&nosuch;&amp" * 50
        + "a"
        + "\u0300" * 2000
        + "\U000e0041\ufdfd" * 100
        + "<p "
        + " ".join(f"data-a{n}='{'x' * 50}'" for n in range(1000))
        + ">x"
        + "<table><tr><td>" * 100
        + "<textarea><p>"
        + "x" * 1000,
    ),
    "/long": page("Lång " * 20_000, "<p>" + "a" * 200_000),
    "/unclosed": "<!doctype html><html lang=sv><title>Öppen</title><h1>Öppen</h1><p>x<!-- " + "x" * 100_000,
    "/base": page("Bas", '<base href="http://annan.invalid/">' + links(["/plain", "sida"])),
    "/laughs": '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><html>&b;</html>',
    "/login-links": page(
        "Inloggade länkar",
        '<a href="https://anna:hemlighet@127.0.0.1/x">Med lösenord</a><a href="/plain?token=hemlighet">Med nyckel</a>'
        '<img src="/bild.png?access_token=hemlighet">',
    ),
    "/addresses": page(
        "Adresser",
        links([f"/plain;jsessionid={n}?PHPSESSID={n}" for n in range(100)])
        + links(["/../../etc/passwd", "/..%2f..%2fetc%2fpasswd", "/con", "/aux.html", "/a%00b", "/%0d%0aX: y"]),
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
