"""Asks for what is not rendered: robots.txt, sitemaps, and whether addresses answer."""

import asyncio
import ipaddress
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

import httpx

from auditor import __version__
from auditor.derive.urls import host_of
from auditor.model.config import PolitenessConfig
from auditor.model.site import LinkStatus

_MAX_BODY = 20_000_000
_REFUSALS = (403, 429, 503)
_BREAKER = 12
_PATIENCE = 0.5
_LONGEST_WAIT = 120.0


def user_agent(contact: str) -> str:
    """How the auditor names itself to a site."""
    return f"auditor/{__version__} (website audit{'; ' + contact if contact else ''})"


class Stopped(Exception):
    """The walk was told to end while it waited for its turn."""


class SiteRefuses(Exception):
    """The site turned down many requests in a row; going on would be impolite."""


@dataclass
class Politeness:
    """Keeps requests to one host apart, waits when a host asks for it, and stops a run that is being refused."""

    config: PolitenessConfig
    local: frozenset[str] = frozenset()
    """Hosts that are served on loopback by ourselves."""
    stopped: bool = False
    """No more turns: whoever waits for one is told so."""
    breaker: int = _BREAKER
    """After how many refusals in a row a run is stopped."""
    _next: dict[str, float] = field(default_factory=dict)
    _delays: dict[str, float] = field(default_factory=dict)
    _refused: int = 0

    def delay(self, host: str) -> float:
        """Seconds between two requests to *host*."""
        if self.config.delay is not None:
            return max(self.config.delay, self._delays.get(host, 0.0))
        own = 0.0 if host in self.local or is_loopback(host) else 1.0
        return max(own, self._delays.get(host, 0.0))

    def crawl_delay(self, host: str, seconds: float) -> None:
        """Obeys the site's own Crawl-delay, half a minute at the most."""
        self._delays[host] = min(seconds, 30.0)

    async def turn(self, url: str) -> None:
        """Waits until it is polite to ask for *url*.

        Raises:
            Stopped: the walk was told to end meanwhile.
        """
        host = host_of(url)
        now = time.monotonic()
        at = max(now, self._next.get(host, 0.0))
        self._next[host] = at + self.delay(host)
        while at > time.monotonic():
            if self.stopped:
                raise Stopped
            await asyncio.sleep(min(at - time.monotonic(), _PATIENCE))

    def answered(self, url: str, status: int, retry_after: str = "") -> bool:
        """Notes an answer; whether the request should be tried again, after the wait that was asked for.

        Raises:
            SiteRefuses: too many refusals in a row.
        """
        if status not in _REFUSALS:
            self._refused = 0
            return False
        self._refused += 1
        if self._refused >= self.breaker:
            raise SiteRefuses(f"{host_of(url)} refused {self._refused} requests in a row (last answer {status})")
        if status == 403:
            return False
        wait = float(retry_after) if retry_after.isdecimal() else 2.0**self._refused
        host = host_of(url)
        self._next[host] = max(self._next.get(host, 0.0), time.monotonic() + min(wait, _LONGEST_WAIT))
        return True


def is_loopback(host: str) -> bool:
    """Whether *host* is this machine by name or number."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class _Mapped(httpx.AsyncHTTPTransport):
    """Sends requests for hosts that are served here to their port on loopback."""

    def __init__(self, ports: Mapping[str, int]) -> None:
        super().__init__(retries=1)
        self._ports = ports

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        port = self._ports.get(request.url.host)
        if port and request.url.scheme == "http":
            # A request of its own: redirects and the final address are read from the one that was asked.
            request = httpx.Request(
                request.method,
                request.url.copy_with(host="127.0.0.1", port=port),
                headers=request.headers,
                stream=request.stream,
                extensions=request.extensions,
            )
        return await super().handle_async_request(request)


@dataclass(frozen=True)
class Fetched:
    """A whole answer; status 0 if there was none."""

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case."""
    body: bytes = b""


class HttpClient:
    """Polite requests outside the browser. Use as an async context manager."""

    def __init__(
        self,
        politeness: Politeness,
        ports: Mapping[str, int],
        *,
        timeout: float,
        guard: Callable[[httpx.Request], Awaitable[None]] | None = None,
    ) -> None:
        """A client.

        Args:
            politeness: keeps requests apart.
            ports: host name → port of what is served here.
            timeout: seconds; at most 30 count.
            guard: called before every request, also before one that a redirect leads to; raises to forbid it.
        """
        self._politeness = politeness
        self._client = httpx.AsyncClient(
            transport=_Mapped(ports),
            headers={"User-Agent": user_agent(politeness.config.contact), "Accept-Language": "sv,en;q=0.5"},
            timeout=min(timeout, 30.0),
            follow_redirects=True,
            max_redirects=10,
            event_hooks={"request": [guard] if guard else []},
        )

    async def __aenter__(self) -> "HttpClient":
        await self._client.__aenter__()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._client.__aexit__(None, None, None)

    async def body(self, url: str, most: int = _MAX_BODY) -> tuple[int, bytes]:
        """Status and body of *url*, cut at *most* bytes (20 MB); status 0 if there was no answer."""
        await self._politeness.turn(url)
        try:
            async with self._client.stream("GET", url) as response:
                body = bytearray()
                async for chunk in response.aiter_bytes():
                    body += chunk
                    if len(body) > most:
                        break
                return response.status_code, bytes(body[:most])
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            return 0, b""

    async def fetch(self, url: str, headers: Mapping[str, str], most: int = _MAX_BODY) -> Fetched:
        """What *url* itself answers to GET with *headers*; redirects are not followed.

        Raises:
            Stopped, SiteRefuses: see `Politeness`.
        """
        await self._politeness.turn(url)
        try:
            async with self._client.stream("GET", url, headers=headers, follow_redirects=False) as response:
                body = bytearray()
                async for chunk in response.aiter_bytes():
                    body += chunk
                    if len(body) > most:
                        return Fetched()
                told = response.headers
                self._politeness.answered(url, response.status_code, told.get("retry-after", ""))
                return Fetched(response.status_code, dict(told.items()), bytes(body))
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            return Fetched()

    async def status(self, url: str, *, patient: bool = True) -> LinkStatus:
        """What *url* answers, without reading its body. HEAD first, then GET, since many servers refuse HEAD.

        Args:
            url: the address.
            patient: asks again, after the wait that was asked for, where the server wants to be asked later.
        """
        answer = LinkStatus(url=url, status=0)
        for method in ("HEAD", "GET"):
            answer, again = await self._ask(method, url)
            if again and not patient:
                return answer
            if again:
                answer, _ = await self._ask(method, url)
            if answer.status not in (0, 400, 403, 404, 405, 500, 501):
                break
        return answer

    async def answer(self, url: str) -> LinkStatus:
        """What *url* answers to GET, as a browser asks: some servers answer HEAD alike whatever the address."""
        answer, again = await self._ask("GET", url)
        return (await self._ask("GET", url))[0] if again else answer

    async def _ask(self, method: str, url: str) -> tuple[LinkStatus, bool]:
        await self._politeness.turn(url)
        try:
            async with self._client.stream(method, url) as response:
                headers = response.headers
                length = headers.get("content-length", "")
                status = LinkStatus(
                    url=url,
                    status=response.status_code,
                    final_url=str((response.history and response.url) or url),
                    content_type=headers.get("content-type", "").split(";")[0].strip().lower(),
                    length=int(length) if length.isdecimal() else None,
                )
                again = self._politeness.answered(url, response.status_code, headers.get("retry-after", ""))
                return status, again
        except httpx.TooManyRedirects:
            return LinkStatus(url=url, status=0, error="redirects in a loop"), False
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            return LinkStatus(url=url, status=0, error=describe(error)), False


def describe(error: Exception) -> str:
    """What went wrong with a request, in a few words."""
    cause: BaseException | None = error
    while cause:
        if isinstance(cause, ssl.SSLError):
            return f"the certificate or encryption is not accepted ({cause.reason or cause})"
        cause = cause.__cause__ or cause.__context__
    text = str(error)
    if "Name or service not known" in text or "getaddrinfo" in text or "nodename" in text or "resolution" in text:
        return "there is no such host"
    if isinstance(error, httpx.TimeoutException):
        return "no answer in time"
    if isinstance(error, httpx.ConnectError):
        return "the connection was refused"
    return text.splitlines()[0][:200] if text else type(error).__name__
