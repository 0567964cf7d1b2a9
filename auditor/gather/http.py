"""Asks for what is not rendered: robots.txt, sitemaps, and whether addresses answer."""

import asyncio
import ipaddress
import ssl
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpcore
import httpx

from auditor import __version__
from auditor.derive.secrets import covered
from auditor.derive.urls import host_of
from auditor.gather.guard import PRIVATE, Guard, PrivateAddress
from auditor.model.config import PolitenessConfig
from auditor.model.site import LinkStatus

NO_HOST = "there is no such host"
"""Error of an address whose host no name server knows."""
_MAX_BODY = 20_000_000
_REFUSALS = (403, 429, 503)
_BREAKER = 12
_PATIENCE = 0.5
_LONGEST_WAIT = 120.0
_WEIGHT_OF_MUCH_LATER = 4
"""For how many refusals one counts that asks to come back after more than two minutes."""
_WHOLE = 4
"""A server may be silent for the time-out, but a whole answer may not take longer than this many of them."""


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
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    """Seconds that only grow; a wait; and the time of day, which a server may name."""
    _next: dict[str, float] = field(default_factory=dict)
    _delays: dict[str, float] = field(default_factory=dict)
    _refused: int = 0
    _in_a_row: int = 0
    _by_host: dict[str, int] = field(default_factory=dict)
    """What each host refused or left unanswered in a row: one host's trouble slows down no other."""

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
        now = self.clock()
        at = max(now, self._next.get(host, 0.0))
        self._next[host] = at + self.delay(host)
        while (left := at - self.clock()) > 0:
            if self.stopped:
                raise Stopped
            await self.sleep(min(left, _PATIENCE))

    def answered(self, url: str, status: int, retry_after: str = "") -> bool:
        """Notes an answer; whether the request should be tried again, after the wait that was asked for.

        A server that wants to be asked much later is not waited for: the request is not tried again, and few such
        answers in a row end the run.

        Args:
            url: what was asked for.
            status: HTTP status of the answer, 0 if there was none.
            retry_after: the header of that name: seconds, or a date.

        Raises:
            SiteRefuses: too many refusals in a row.
        """
        if status not in _REFUSALS:
            self._refused = self._in_a_row = 0
            self._by_host.pop(host_of(url), None)
            return False
        told = seconds_until(retry_after, self.now())
        much_later = status != 403 and told is not None and told > _LONGEST_WAIT
        self._count(url, "refused", f"last answer {status}", _WEIGHT_OF_MUCH_LATER if much_later else 1)
        if status == 403 or much_later:
            self._hold_off(url, self.delay(host_of(url)) * self._growth(url))
            return False
        self._hold_off(url, self._growth(url) if told is None else told)
        return True

    def unanswered(self, url: str, why: str) -> None:
        """Notes that a request came to nothing: the connection was dropped or refused, or nothing was said in time.

        Raises:
            SiteRefuses: too many in a row did, or were refused.
        """
        self._count(url, "did not answer", why)
        self._hold_off(url, self.delay(host_of(url)) * self._growth(url))

    def _count(self, url: str, did: str, last: str, weight: int = 1) -> None:
        self._refused += weight
        self._in_a_row += 1
        self._by_host[host_of(url)] = self._by_host.get(host_of(url), 0) + weight
        if self._refused >= self.breaker:
            raise SiteRefuses(f"{host_of(url)} {did} {self._in_a_row} requests in a row ({last})")

    def _growth(self, url: str) -> float:
        """How many times longer than at first the host of *url* is left alone."""
        return 2.0 ** min(self._by_host.get(host_of(url), 0), 10)

    def _hold_off(self, url: str, seconds: float) -> None:
        """Leaves the host of *url* alone for so long, two minutes at the most."""
        host = host_of(url)
        self._next[host] = max(self._next.get(host, 0.0), self.clock() + min(seconds, _LONGEST_WAIT))


def seconds_until(retry_after: str, now: datetime) -> float | None:
    """The wait that the header Retry-After asks for (RFC 9110, section 10.2.3): seconds, or until a date.

    None if it says neither; 0 for a date that has passed.
    """
    text = retry_after.strip()
    if text.isascii() and text.isdecimal():
        return float(text)
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return max(0.0, ((date if date.tzinfo else date.replace(tzinfo=UTC)) - now).total_seconds())


def is_loopback(host: str) -> bool:
    """Whether *host* is this machine by name or number."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class _Guarded(httpcore.AsyncNetworkBackend):
    """Connects where the guard allows it, and to what is served here on its port on loopback."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._plain = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """See httpcore."""
        try:
            places = await self._guard.places(host, port)
        except PrivateAddress as error:
            raise httpcore.ConnectError(PRIVATE) from error
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        trouble: Exception = httpcore.ConnectError(f"{host} has no address")
        for address, there in places:
            try:
                return await self._plain.connect_tcp(address, there, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                trouble = error
        raise trouble

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """No site is a file."""
        raise httpcore.ConnectError(PRIVATE)

    async def sleep(self, seconds: float) -> None:
        """See httpcore."""
        await self._plain.sleep(seconds)


class _Transport(httpx.AsyncHTTPTransport):
    """httpx's own, with connections that the guard makes. No proxy of the environment is asked: it would resolve."""

    def __init__(self, guard: Guard) -> None:
        super().__init__()
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=httpx.create_ssl_context(), retries=1, network_backend=_Guarded(guard)
        )


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
        guard: Guard,
        *,
        timeout: float,
    ) -> None:
        """A client.

        Args:
            politeness: keeps requests apart.
            guard: tells where connections may go, also those that a redirect leads to.
            timeout: seconds that a server may be silent; at most 30 count. A whole answer may take four times that.
        """
        self._politeness = politeness
        self._client = httpx.AsyncClient(
            transport=_Transport(guard),
            headers={"User-Agent": user_agent(politeness.config.contact), "Accept-Language": "sv,en;q=0.5"},
            timeout=min(timeout, 30.0),
            follow_redirects=True,
            max_redirects=10,
        )
        self._whole = min(timeout, 30.0) * _WHOLE

    async def __aenter__(self) -> "HttpClient":
        await self._client.__aenter__()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._client.__aexit__(None, None, None)

    async def body(self, url: str, most: int = _MAX_BODY) -> tuple[int, bytes]:
        """Status and body of *url*, cut at *most* bytes (20 MB); status 0 if there was no answer."""
        await self._politeness.turn(url)
        try:
            async with asyncio.timeout(self._whole), self._client.stream("GET", url) as response:
                body = bytearray()
                async for chunk in response.aiter_bytes():
                    body += chunk
                    if len(body) > most:
                        break
                return response.status_code, bytes(body[:most])
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, TimeoutError):
            return 0, b""

    async def fetch(self, url: str, headers: Mapping[str, str], most: int = _MAX_BODY) -> Fetched:
        """What *url* itself answers to GET with *headers*; redirects are not followed.

        Raises:
            Stopped, SiteRefuses: see `Politeness`.
        """
        await self._politeness.turn(url)
        try:
            asked = self._client.stream("GET", url, headers=headers, follow_redirects=False)
            async with asyncio.timeout(self._whole), asked as response:
                body = bytearray()
                async for chunk in response.aiter_bytes():
                    body += chunk
                    if len(body) > most:
                        return Fetched()
                told = response.headers
                self._politeness.answered(url, response.status_code, told.get("retry-after", ""))
                return Fetched(response.status_code, dict(told.items()), bytes(body))
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, TimeoutError):
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
            async with asyncio.timeout(self._whole), self._client.stream(method, url) as response:
                headers = response.headers
                length = headers.get("content-length", "")
                status = LinkStatus(
                    url=url,
                    status=response.status_code,
                    final_url=covered(str((response.history and response.url) or url)),
                    content_type=headers.get("content-type", "").split(";")[0].strip().lower(),
                    length=int(length) if length.isdecimal() else None,
                )
                again = self._politeness.answered(url, response.status_code, headers.get("retry-after", ""))
                return status, again
        except httpx.TooManyRedirects:
            return LinkStatus(url=url, status=0, error="redirects in a loop"), False
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, TimeoutError) as error:
            said = describe(error)
            if said != PRIVATE and isinstance(error, (httpx.TransportError, TimeoutError)):
                self._politeness.unanswered(url, said)
            return LinkStatus(url=url, status=0, error=said), False


def describe(error: Exception) -> str:
    """What went wrong with a request, in a few words."""
    cause: BaseException | None = error
    while cause:
        if isinstance(cause, ssl.SSLError):
            return f"the certificate or encryption is not accepted ({cause.reason or cause})"
        cause = cause.__cause__ or cause.__context__
    text = str(error)
    if text == PRIVATE:
        return PRIVATE
    if "Name or service not known" in text or "getaddrinfo" in text or "nodename" in text or "resolution" in text:
        return NO_HOST
    if isinstance(error, (httpx.TimeoutException, TimeoutError)):
        return "no answer in time"
    if isinstance(error, httpx.ConnectError):
        return "the connection was refused"
    return text.splitlines()[0][:200] if text else type(error).__name__
