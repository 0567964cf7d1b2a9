"""Serves the overview, the reports beside it, and forms for decisions."""

import secrets
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

from auditor.content import content
from auditor.errors import AuditorError, ConfigError
from auditor.model.decision import DecisionKind, UnsoundDecision
from auditor.model.vocabulary import Language
from auditor.pipeline.decisions import decide
from auditor.pipeline.overview import overview, site_folder, site_lines
from auditor.reporting.overview import ASSETS, Deciding, Draft, OverviewPages
from auditor.reporting.words import Words
from auditor.store.history import History
from auditor.web import guard
from auditor.web.files import find_file, steps_of

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'; object-src 'none'; base-uri 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_PATIENCE = 30
"""Seconds that a client may take to send its request."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What the server shows and records."""

    history: History
    reports: Path
    language: Language
    who: str
    now: Callable[[], datetime]
    token: str
    """What forms must carry; empty if no decisions are taken."""
    lock: threading.Lock = field(default_factory=threading.Lock)
    """The history is asked by one thread at a time."""


def fresh_token() -> str:
    """A token that nobody can guess."""
    return secrets.token_urlsafe(32)


class _Refused(Exception):
    """A request that is not answered."""

    def __init__(self, status: HTTPStatus, why: str) -> None:
        """Takes the status, and *why*: a key below ``overview.refused``."""
        super().__init__(why)
        self.status = status


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hangs up is no error worth telling."""


class _Server6(_Server):
    address_family = socket.AF_INET6


def make_server(desk: Desk, host: str, port: int, names: tuple[str, ...] = ()) -> ThreadingHTTPServer:
    """A server on *host* and *port* (0 for any that is free), ready for ``serve_forever``.

    Args:
        desk: what is shown and recorded.
        host: address to bind to.
        port: port to bind to.
        names: further values of ``Host`` that are answered.

    Raises:
        ConfigError: the address cannot be bound to.
    """
    kind = _Server6 if ":" in host else _Server
    hosts: set[str] = set()
    try:
        server = kind((host.strip("[]"), port), partial(_Handler, desk=desk, hosts=hosts))
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ConfigError(f"serve: cannot listen on {host}:{port}: {reason}; choose another with --port") from error
    hosts |= guard.own_hosts(host, server.server_address[1], names)
    return server


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _PATIENCE

    def __init__(self, *args: Any, desk: Desk, hosts: set[str]) -> None:
        self._desk = desk
        self._hosts = hosts
        super().__init__(*args)

    def do_GET(self) -> None:
        self._answer(self._shown)

    def do_HEAD(self) -> None:
        self._answer(self._shown)

    def do_POST(self) -> None:
        self._answer(self._recorded)

    def _answer(self, work: Callable[[tuple[str, ...]], None]) -> None:
        try:
            work(self._steps())
        except _Refused as refusal:
            told = Words(self._desk.language)(f"overview.refused.{refusal}")
            self._send(refusal.status, "text/plain; charset=utf-8", f"{told}\n".encode(), {"Connection": "close"})
            self.close_connection = True
        except AuditorError as error:
            self._send(HTTPStatus.INTERNAL_SERVER_ERROR, "text/plain; charset=utf-8", f"{error}\n".encode())

    def _steps(self) -> tuple[str, ...]:
        """The steps of the path, if the request is for this server."""
        if not guard.is_own_host(self.headers, self._hosts):
            raise _Refused(HTTPStatus.MISDIRECTED_REQUEST, "other_name")
        steps = steps_of(self.path)
        if steps is None:
            raise _Refused(HTTPStatus.NOT_FOUND, "no_page")
        return steps

    # Pages

    def _shown(self, steps: tuple[str, ...]) -> None:
        desk, pages = self._desk, self._pages()
        if steps in ((), ("index.html",)):
            with desk.lock, desk.history.errors():
                sites = overview(desk.history, desk.reports, desk.language, issues=False)
            self._page(pages.start(sites, desk.now()))
        elif len(steps) == 2 and steps[0] == "assets" and steps[1] in ASSETS:
            kind = "text/css; charset=utf-8" if steps[1].endswith(".css") else "text/javascript; charset=utf-8"
            self._send(HTTPStatus.OK, kind, (content("reports") / "assets" / steps[1]).read_bytes())
        elif len(steps) == 2 and steps[1] == "index.html" and (site := self._site(steps[0])):
            with desk.lock, desk.history.errors():
                lines = site_lines(desk.history, site, desk.reports, desk.language)
            saved = "saved" if self.path.endswith("?sparat") else ""
            self._page(pages.site(lines, desk.now(), saved))
        elif len(steps) == 1 and self._site(steps[0]):
            self._moved(HTTPStatus.MOVED_PERMANENTLY, f"/{quote(steps[0])}/index.html")
        elif found := find_file(desk.reports, steps):
            self._send(HTTPStatus.OK, found[1], found[0].read_bytes())
        else:
            raise _Refused(HTTPStatus.NOT_FOUND, "no_page")

    def _site(self, folder: str) -> str | None:
        """The site whose pages lie in *folder*."""
        with self._desk.lock, self._desk.history.errors():
            return next((site for site in self._desk.history.sites() if site_folder(site) == folder), None)

    # Decisions

    def _recorded(self, steps: tuple[str, ...]) -> None:
        site = self._site(steps[0]) if len(steps) == 2 and steps[1] == "beslut" else None
        if site is None:
            raise _Refused(HTTPStatus.NOT_FOUND, "no_page")
        form = self._form()
        desk = self._desk
        try:
            until = date.fromisoformat(form["until"]) if form.get("until") else None
        except ValueError:
            self._again(site, form, "until")
            return
        try:
            kind = DecisionKind(form.get("decision", ""))
            with desk.lock, desk.history.errors():
                made = decide(
                    desk.history,
                    site,
                    form.get("issue", ""),
                    kind,
                    who=form.get("who", ""),
                    why=form.get("why", ""),
                    until=until,
                    assignee=form.get("to", ""),
                    now=desk.now(),
                )
        except (ConfigError, ValueError) as error:
            if isinstance(error.__cause__, UnsoundDecision):
                self._again(site, form, error.__cause__.fault)
                return
            raise _Refused(HTTPStatus.BAD_REQUEST, "unknown") from error
        self._moved(HTTPStatus.SEE_OTHER, f"/{quote(steps[0])}/index.html?sparat#problem-{quote(made.issue)}")

    def _again(self, site: str, form: Mapping[str, str], fault: str) -> None:
        """Shows the page of *site* with the form as it was filled in, and what is wrong with it."""
        desk = self._desk
        with desk.lock, desk.history.errors():
            lines = site_lines(desk.history, site, desk.reports, desk.language)
        filled = {name: form.get(name, "") for name in ("issue", "decision", "why", "to", "until", "who")}
        text = self._pages().site(lines, desk.now(), draft=Draft(fault=fault, **filled))
        self._page(text, HTTPStatus.BAD_REQUEST)

    def _pages(self) -> OverviewPages:
        return OverviewPages(self._desk.language, Deciding(token=self._desk.token, who=self._desk.who))

    def _form(self) -> Mapping[str, str]:
        """The fields of a form that comes from one of our own pages."""
        desk = self._desk
        if not desk.token:
            raise _Refused(HTTPStatus.FORBIDDEN, "only_shown")
        if not guard.is_same_site(self.headers, self._hosts):
            raise _Refused(HTTPStatus.FORBIDDEN, "elsewhere")
        if not guard.is_form(self.headers):
            raise _Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "no_form")
        told = self.headers.get("Content-Length", "")
        length = int(told) if told.isascii() and told.isdigit() and len(told) < 10 else -1
        if not 0 <= length <= guard.MOST_BYTES:
            raise _Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_long")
        try:
            form = guard.fields(self.rfile.read(length))
        except ValueError as error:
            raise _Refused(HTTPStatus.BAD_REQUEST, "unreadable") from error
        if not guard.is_token(form.get("token", ""), desk.token):
            raise _Refused(HTTPStatus.FORBIDDEN, "too_old")
        return form

    # Answers

    def _page(self, text: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self._send(status, "text/html; charset=utf-8", text.encode("utf-8", "replace"))

    def _moved(self, status: HTTPStatus, where: str) -> None:
        self._send(status, "text/plain; charset=utf-8", b"", {"Location": where})

    def _send(self, status: HTTPStatus, kind: str, body: bytes, more: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        headers = {"Content-Type": kind, "Content-Length": str(len(body)), **_HEADERS, **(more or {})}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def version_string(self) -> str:
        return "auditor"

    def log_message(self, format: str, *args: Any) -> None:
        pass
