"""Servers that misbehave: answers that are none, never end, lie about themselves, or lead where they should not."""

import base64
import gzip
import zlib
from collections.abc import Callable, Mapping
from functools import partial

from tests.hostile.pages import page
from tests.hostile.server import Answer, Exchange

_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n"
_PLAIN = page("Svar", "<p>Här finns inget särskilt.</p>")
# A quarter of a gigabyte of zeros.
_BROTLI = base64.b64decode(
    "z///f/gnAOKxQCD3/p/////wTwDEYQGA7v0/////4Z8AiMMiAN37f/7//8M/ARCHBQC69//8//+HfwIgDgsAdO//+f//D/8EQBwWAOje//P//x/+"
    "CYA4LADQvf/n//8//BMAcVgAoHv/z///f/gnAOKwAED3/p/////wTwDEYQGA7v0/////4Z8AiMMCAN37f/7//8M/ARCHBQC69//8//+HfwIgDgsA"
    "dO//+f//D/8EQBwWAOje//P//x/+CYA4LADQvf/P//9//BMAcVgAoHv/Dw=="
)


def packed(kind: str, body: bytes) -> Callable[[Exchange], None]:
    """Answers with *body* and says that it is packed in the way of *kind*."""
    return lambda exchange: exchange.answer(body, headers={"Content-Encoding": kind})


def typed(kind: str, body: str | bytes = _PLAIN) -> Callable[[Exchange], None]:
    """Answers with *body* and says that it is of *kind*."""
    return lambda exchange: exchange.answer(body, kind=kind)


def status(code: int, **headers: str) -> Callable[[Exchange], None]:
    """Answers with *code*."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda exchange: exchange.answer("" if code in (204, 304) else _PLAIN, status=code, headers=named)


def to(location: str) -> Callable[[Exchange], None]:
    """Redirects to *location*."""
    return lambda exchange: exchange.redirect(location)


def gzip_bomb(megabytes: int) -> bytes:
    """Many zeros in few bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(megabytes)) + packer.flush()


def hop(exchange: Exchange, number: int) -> None:
    """One of many redirects on the way to a page."""
    exchange.redirect(f"/hop-{number - 1}" if number > 1 else "/hopped")


def many_headers(exchange: Exchange) -> None:
    """More headers than anybody reads, and one with markup."""
    headers = {f"X-Rad-{number}": "x" * 100 for number in range(500)}
    exchange.answer(_PLAIN, headers={**headers, "X-Markup": "<script>window.ran=1</script>"})


def huge_header(exchange: Exchange) -> None:
    """A header of half a megabyte."""
    exchange.raw(_HEAD + b"X-Lang: " + b"x" * 500_000 + b"\r\n\r\n" + _PLAIN.encode())


HOPS: Mapping[str, Answer] = {f"/hop-{number}": partial(hop, number=number) for number in range(1, 40)}

SILENT: Mapping[str, Answer] = {
    # Takes its time for every byte.
    "/slow-loris": lambda exchange: exchange.drip(_HEAD[:20], b"", 0.5),
    "/slow-headers": lambda exchange: exchange.drip(_HEAD, b"X-A: b\r\n", 0.3),
    "/slow-body": lambda exchange: exchange.drip(_HEAD + b"\r\n<!doctype html>", b"<p>x", 0.3),
    "/endless": lambda exchange: exchange.drip(_HEAD + b"\r\n<!doctype html>", b"<p>Rad</p>" * 5000, 0.02),
}
BROKEN: Mapping[str, Answer] = {
    "/empty-answer": lambda exchange: exchange.raw(b""),
    "/reset": lambda exchange: exchange.reset(),
    "/no-http": lambda exchange: exchange.raw(b"SSH-2.0-OpenSSH_9.6\r\n"),
    "/bad-status": lambda exchange: exchange.raw(b"HTTP/1.1 9999999 Nej\r\n\r\nx"),
    "/bad-length": lambda exchange: exchange.raw(_HEAD + b"Content-Length: -7\r\n\r\n" + _PLAIN.encode()),
    "/two-lengths": lambda exchange: exchange.raw(_HEAD + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\n123456789"),
    "/bad-chunks": lambda exchange: exchange.raw(_HEAD + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\nx"),
    "/cut-chunks": lambda exchange: exchange.raw(_HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n<p>a"),
    "/huge-header": huge_header,
    "/bad-gzip": packed("gzip", b"\x1f\x8b\x08 inget att packa upp"),
    "/no-content": status(204),
    "/teapot": status(418),
    "/gone": status(410),
    "/auth": status(401, WWW_Authenticate='Basic realm="<script>window.ran=1</script>"'),
    "/digest": status(401, WWW_Authenticate='Digest realm="x", nonce="y"'),
    "/redirect-nowhere": status(302),
    "/redirect-file": to("file:///etc/passwd"),
    "/redirect-data": to("data:text/html,<h1>Data</h1>"),
    "/redirect-script": to("javascript:window.ran=1"),
    "/redirect-metadata": to("http://169.254.169.254/latest/meta-data/"),
    "/redirect-private": to("http://10.0.0.1/"),
    "/redirect-mapped": to("http://[::ffff:10.0.0.1]/"),
    "/redirect-nobody": to("http://0.0.0.0/"),
    "/redirect-port": to("http://127.0.0.1:22222222/"),
    "/redirect-many": to("/hop-39"),
    "/sheet-zip": typed("application/zip", b"PK\x03\x04"),
    "/json": typed("application/json", '{"a": "<script>window.ran=1</script>"}'),
    "/plain-text": typed("text/plain; charset=utf-8"),
    "/multipart": typed("multipart/x-mixed-replace; boundary=x", "--x\r\nContent-Type: text/html\r\n\r\n<p>a\r\n--x--"),
}
"""What cannot be tested."""
STRANGE: Mapping[str, Answer] = {
    "/many-headers": many_headers,
    "/no-type": lambda exchange: exchange.raw(
        b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + page("Utan typ", "").encode()
    ),
    "/old-http": lambda exchange: exchange.raw(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + _PLAIN.encode()),
    "/odd-type": typed("text/html;;; charset=utf-8; charset=latin-1; <script>"),
    "/gzip": packed("gzip", gzip.compress(_PLAIN.encode())),
    "/wide": typed("text/html", b"\xff\xfe" + page("Bred", "<p>åäö").encode("utf-16-le")),
    "/utf-7": typed("text/html; charset=utf-7", page("Sju", "+ADw-script+AD4-window.ran=1+ADw-/script+AD4-")),
    "/picture": typed("text/html", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20),
    "/csp": lambda exchange: exchange.answer(
        _PLAIN, headers={"Content-Security-Policy": "default-src 'none'; sandbox; require-trusted-types-for 'script'"}
    ),
    "/hopped": page("Efter många hopp", ""),
}
"""What can be tested all the same."""
BOMBS: Mapping[str, Answer] = {
    "/gzip-bomb": packed("gzip", gzip_bomb(120)),
    "/brotli-bomb": packed("br", _BROTLI),
}
