"""Serves folders of HTML on loopback for the time of a run, each under its own host name."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

REDIRECTS = "_redirects"
"""File in a folder's root: on each line an old path and, after a space, the new one, as static hosts know it."""


class _Handler(SimpleHTTPRequestHandler):
    """Static files, chosen by host name; 404.html in a folder's root is the body of what is missing."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, folders: Mapping[str, Path], **more: Any) -> None:
        self._folders = folders
        super().__init__(*args, **more)

    def send_head(self) -> Any:
        """Sends a folder's index.html on to the folder, so that one page has one address."""
        path, mark, query = self.path.partition("?")
        moved = self._moved().get(path)
        if path.endswith("/index.html"):
            moved = "/" + path.removesuffix("index.html").lstrip("/")
        if moved is not None:
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", moved + mark + query)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return None
        return super().send_head()

    def _moved(self) -> dict[str, str]:
        host = (self.headers.get("Host") or "").split(":")[0].lower()
        file = self._folders.get(host, Path("/nonexistent")) / REDIRECTS
        if not file.is_file():
            return {}
        lines = (line.split() for line in file.read_text(encoding="utf-8").splitlines())
        return {parts[0]: parts[1] for parts in lines if len(parts) == 2}

    def translate_path(self, path: str) -> str:
        host = (self.headers.get("Host") or "").split(":")[0].lower()
        root = self._folders.get(host)
        asked = unquote(urlsplit(path).path)
        if root is None or "\0" in asked:
            return str(Path("/nonexistent") / "nothing")
        parts = [part for part in asked.split("/") if part not in ("", ".", "..")]
        found = root.joinpath(*parts)
        return str(found) + ("/" if path.split("?")[0].endswith("/") else "")

    def list_directory(self, path: Any) -> None:
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        host = (self.headers.get("Host") or "").split(":")[0].lower() if hasattr(self, "headers") else ""
        page = self._folders.get(host, Path("/nonexistent")) / "404.html"
        if code == HTTPStatus.NOT_FOUND and page.is_file():
            body = page.read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)
            return
        super().send_error(code, message, explain)

    def guess_type(self, path: Any) -> str:
        kind = super().guess_type(path)
        return f"{kind}; charset=utf-8" if kind in ("text/html", "text/css", "text/javascript") else kind

    def log_message(self, format: str, *args: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hangs up is no error worth telling."""


@contextmanager
def serving(folders: Mapping[str, Path]) -> Iterator[dict[str, int]]:
    """Serves *folders* (host name → folder); gives host name → port on 127.0.0.1. No folders: no server."""
    if not folders:
        yield {}
        return
    lowered = {host.lower(): folder for host, folder in folders.items()}
    server = _Server(("127.0.0.1", 0), partial(_Handler, folders=lowered))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield dict.fromkeys(lowered, server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
