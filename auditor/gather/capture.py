"""Hands on what went over the wire while pages were looked at, as the browser received it."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from datetime import UTC, datetime
from typing import Any

from playwright.async_api import BrowserContext, Request, Response
from playwright.async_api import Error as PlaywrightError

from auditor.derive.secrets import covered
from auditor.model.exchange import Exchange

Sink = Callable[[Exchange], None]
"""Takes one exchange; called one at a time."""
Known = Callable[[str, str], bool]
"""Address and kind → whether its body is kept already."""
_PRIVATE = frozenset(
    {
        *("set-cookie", "set-cookie2", "cookie", "authorization", "www-authenticate", "authentication-info"),
        *("proxy-authenticate", "proxy-authorization", "proxy-authentication-info", "x-api-key", "x-auth-token"),
        *("x-csrf-token", "x-xsrf-token", "x-amz-security-token"),
    }
)
_UNDONE = frozenset({"content-encoding", "transfer-encoding", "content-length"})
"""The browser gives bodies decoded, so these would be untrue."""
_MOST_BYTES = 25_000_000
_BODY_SECONDS = 10.0
_DRAIN_SECONDS = 15.0


class Capture:
    """Listens to browser contexts. Bodies must be fetched before their page is left: call `drain` before that."""

    def __init__(self, sink: Sink, known: Known) -> None:
        """Takes what exchanges are handed to, and what knows which bodies are kept."""
        self._sink = sink
        self._known = known
        self._tasks: set[asyncio.Task[None]] = set()
        self._failed: Exception | None = None

    def listen(self, context: BrowserContext) -> None:
        """Hands on what *context* loads from now on."""
        context.on("requestfinished", self._finished)
        context.on("response", self._redirected)

    async def drain(self) -> None:
        """Waits until all bodies that are on their way are there, fifteen seconds at the most.

        Raises:
            OSError: what was handed on could not be written.
        """
        waiting = list(self._tasks)
        if waiting:
            _, late = await asyncio.wait(waiting, timeout=_DRAIN_SECONDS)
            for task in late:
                task.cancel()
        if self._failed is not None:
            failed, self._failed = self._failed, None
            raise failed

    def _finished(self, request: Request) -> None:
        if request.url.startswith(("http://", "https://")):
            self._begin(self._take(request))

    def _redirected(self, response: Response) -> None:
        """A redirect has no body that could be asked for."""
        if 300 <= response.status < 400 and response.url.startswith(("http://", "https://")):
            self._hand_on(_exchange(response, None, "redirect"))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _take(self, request: Request) -> None:
        if self._known(covered(request.url), request.resource_type):
            return
        try:
            async with asyncio.timeout(_BODY_SECONDS):
                response = await request.response()
                if response is None or 300 <= response.status < 400:
                    return
                announced = response.headers.get("content-length", "")
                if announced.isdigit() and int(announced) > _MOST_BYTES:
                    self._hand_on(_exchange(response, None, "too large"))
                    return
                try:
                    body = await response.body()
                except PlaywrightError:
                    self._hand_on(_exchange(response, None, "gone"))
                    return
                small = len(body) <= _MOST_BYTES
                self._hand_on(_exchange(response, body if small else None, "" if small else "too large"))
        except (PlaywrightError, TimeoutError):
            return

    def _hand_on(self, exchange: Exchange) -> None:
        try:
            self._sink(exchange)
        except OSError as error:
            self._failed = error


def public(headers: Mapping[str, str]) -> dict[str, str]:
    """*headers* without those that hold cookies or credentials, and with the secrets in addresses covered."""
    return {name: covered(value) for name, value in headers.items() if name.lower() not in _PRIVATE}


def _exchange(response: Response, body: bytes | None, missing: str) -> Exchange:
    headers = {name: value for name, value in public(response.headers).items() if name not in _UNDONE}
    return Exchange(
        url=covered(response.url),
        method=response.request.method,
        status=response.status,
        headers=headers,
        body=body,
        missing=missing,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        kind=response.request.resource_type,
    )
