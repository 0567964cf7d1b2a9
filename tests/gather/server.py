"""A real server on loopback that answers as a test says."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Answer:
    """What the server says to one request."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Request:
    """What the server was asked."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: str = ""


@dataclass(frozen=True)
class Server:
    """Where the server is, and what it was asked so far."""

    port: int
    requests: list[Request]

    def url(self, path: str = "/") -> str:
        """An address on the server."""
        return f"http://127.0.0.1:{self.port}{path}"

    def asked(self) -> list[tuple[str, str]]:
        """Method and path of every request, in order."""
        return [(request.method, request.path) for request in self.requests]


@contextmanager
def answering(answer: Callable[[Request, int], Answer] | Mapping[str, Answer]) -> Iterator[Server]:
    """A server that gives *answer*: by path, or by request and how often the same was asked before."""
    requests: list[Request] = []

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            headers = {key.lower(): value for key, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", 0))).decode()
            request = Request(self.command, self.path, headers, body)
            before = [(one.method, one.path) for one in requests].count((request.method, request.path))
            requests.append(request)
            told = answer(request, before) if callable(answer) else answer.get(self.path, Answer(404))
            self.send_response(told.status)
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(told.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(told.body)

        do_GET = do_HEAD = do_POST = _answer  # noqa: N815 – the names that the server calls

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """A client that hangs up is no error."""

    server = Quiet(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield Server(server.server_address[1], requests)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
