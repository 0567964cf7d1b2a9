"""A small threaded web server on loopback whose pages misbehave, each in its own way, and that logs every request."""

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

HTML = "text/html; charset=utf-8"


class Exchange:
    """One request, and the ways to answer it."""

    def __init__(self, handler: BaseHTTPRequestHandler, released: threading.Event) -> None:
        self._handler = handler
        self._released = released

    @property
    def method(self) -> str:
        """GET or HEAD."""
        return self._handler.command

    @property
    def path(self) -> str:
        """What was asked for."""
        return self._handler.path

    def answer(
        self,
        body: str | bytes,
        *,
        kind: str = HTML,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        length: int | None = None,
    ) -> None:
        """Answers with *body*; *length* may lie about how much there is."""
        data = body.encode() if isinstance(body, str) else body
        handler = self._handler
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(data) if length is None else length))
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(data)
            handler.wfile.flush()

    def hang(self) -> None:
        """Says nothing more until the server is closed."""
        self._released.wait(120)
        self._handler.close_connection = True

    def raw(self, data: bytes) -> None:
        """Sends *data* as it is, and hangs up."""
        self._handler.close_connection = True
        self._handler.wfile.write(data)
        self._handler.wfile.flush()

    def drip(self, head: bytes, piece: bytes, pause: float) -> None:
        """Sends *head*, then *piece* again and again, with pauses in seconds, until the client or the server goes."""
        self._handler.close_connection = True
        self._handler.wfile.write(head)
        while not self._released.wait(pause):
            self._handler.wfile.write(piece)
            self._handler.wfile.flush()

    def reset(self) -> None:
        """Breaks the connection off without a word."""
        connection = self._handler.connection
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._handler.close_connection = True
        connection.close()

    def redirect(self, location: str) -> None:
        """Sends the visitor to *location*."""
        self.answer("", status=302, headers={"Location": location})


Answer = str | bytes | Callable[[Exchange], None]


class HostileServer:
    """Answers by path; the list of requests grows as they come."""

    def __init__(self, port: int, pages: Mapping[str, Answer]) -> None:
        self.port = port
        self.pages = dict(pages)
        self.requests: list[tuple[str, str]] = []
        """(method, path) of every request in order."""
        self.events: dict[str, Callable[[], None]] = {}
        """Path → what happens before it is answered when a browser asks for it."""
        self.released = threading.Event()

    @property
    def url(self) -> str:
        """Address without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def elsewhere(self, path: str) -> str:
        """*path* on this server by another name, which is another host to a browser."""
        return f"http://localhost:{self.port}{path}"

    def asked(self, path: str) -> bool:
        """Whether anybody asked for *path*."""
        return any(asked == path for _, asked in self.requests)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    hostile: HostileServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no error worth telling."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        site = self.server.hostile
        site.requests.append((self.command, self.path))
        if self.command == "GET" and (event := site.events.get(self.path)):
            event()
        exchange = Exchange(self, site.released)
        page = site.pages.get(self.path) or site.pages.get(self.path.partition("?")[0])
        if page is None:
            exchange.answer("<!doctype html><title>Finns inte</title><h1>Finns inte</h1>", status=404)
        elif callable(page):
            page(exchange)
        else:
            exchange.answer(page)

    do_HEAD = do_POST = do_GET  # noqa: N815

    def log_message(self, format: str, *args: Any) -> None:
        """Is kept as `HostileServer.requests` instead."""


@contextmanager
def serve(pages: Mapping[str, Answer], certificate: Path | None = None) -> Iterator[HostileServer]:
    """Serves *pages* (path → HTML, bytes, or what answers) until the context ends.

    Args:
        pages: what to serve.
        certificate: file with a key and a certificate; if given the server speaks TLS.
    """
    server = _Server(("127.0.0.1", 0), _Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.hostile = HostileServer(server.server_address[1], pages)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.hostile
    finally:
        server.hostile.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


def closed_port() -> int:
    """A port of loopback on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
