"""The browser's only way out: a SOCKS5 proxy on loopback that lets connections pass where the guard lets them.

The browser hands over names, not addresses, so that the proxy looks them up, checks what comes, and connects to that.
It looks into nothing: what is encrypted stays so.
"""

import asyncio
import contextlib
import ipaddress
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from auditor.derive.urls import canonical
from auditor.gather.guard import PRIVATE, Guard, PrivateAddress
from auditor.gather.http import is_loopback

_SECONDS = 15.0
"""For one attempt to connect, and for the browser's question."""
_PIECE = 65_536
_NAMES_KEPT = 1000
_MOMENT = 0.01
_OK, _FAILED, _NOT_ALLOWED, _UNREACHABLE, _REFUSED, _UNKNOWN_COMMAND = 0, 1, 2, 4, 5, 7
"""Answers of RFC 1928, section 6."""

_NO_HOST, _TURNED_DOWN = "no-host", "refused"


@dataclass
class WayOut:
    """The proxy while it runs."""

    guard: Guard
    port: int = 0
    _why: dict[str, str] = field(default_factory=dict)

    def why(self, host: str) -> str:
        """Why the last connection to *host* that came to nothing did so, as a reason of `auditor.model.reasons`."""
        return self._why.get(host.lower().strip("[]"), "")

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of the browser, from its question to its end."""
        there: asyncio.StreamWriter | None = None
        try:
            async with asyncio.timeout(_SECONDS):
                host, port = await _asked(reader, writer)
            try:
                incoming, there = await self._connected(host, port)
            except (OSError, TimeoutError) as error:
                self._note(host, error)
                writer.write(_reply(_code(error)))
                return
            writer.write(_reply(_OK))
            await asyncio.gather(_pass_on(reader, there), _pass_on(incoming, writer))
        except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError):
            return
        except asyncio.CancelledError:
            for end in (there, writer):
                if end is not None:
                    end.transport.abort()  # what is still to be sent would keep it open
            raise
        finally:
            for end in (there, writer):
                if end is not None:
                    with contextlib.suppress(OSError, RuntimeError):
                        end.close()

    async def _connected(self, host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection to the first of the places that answers."""
        trouble: Exception = OSError(f"{host} has no address")
        for address, there in await self.guard.places(host, port):
            try:
                async with asyncio.timeout(_SECONDS):
                    return await asyncio.open_connection(address, there, limit=_PIECE)
            except (OSError, TimeoutError) as error:
                trouble = error
        raise trouble

    def _note(self, host: str, error: Exception) -> None:
        if len(self._why) >= _NAMES_KEPT:
            self._why.clear()
        kinds = ((PrivateAddress, PRIVATE), (socket.gaierror, _NO_HOST))
        self._why[host.lower()] = next((reason for kind, reason in kinds if isinstance(error, kind)), _TURNED_DOWN)


@contextmanager
def way_out(guard: Guard) -> Iterator[WayOut]:
    """A proxy that is open until the context ends, in a thread of its own: it waits for nobody who thinks."""
    proxy = WayOut(guard)
    ready, loop = threading.Event(), asyncio.new_event_loop()
    ended = asyncio.Event()
    busy: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        busy.add(task)
        with contextlib.suppress(asyncio.CancelledError):
            await proxy.serve(reader, writer)
        busy.discard(task)

    async def run() -> None:
        server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=_PIECE)
        proxy.port = int(server.sockets[0].getsockname()[1])
        ready.set()
        await ended.wait()
        while in_the_making := asyncio.all_tasks() - {asyncio.current_task()} - busy:
            await asyncio.wait(in_the_making, timeout=_MOMENT)  # asyncio would forget them open
        server.close()
        for task in (open_ones := list(busy)):
            task.cancel()
        await asyncio.gather(*open_ones)
        await asyncio.sleep(0)  # what was closed is put away

    def work() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(run())

    thread = threading.Thread(target=work, name="way out", daemon=True)
    thread.start()
    ready.wait()
    try:
        yield proxy
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join(_SECONDS)


def asked_directly(start: str) -> str:
    """Host and port of the start page *start* if it lies on this machine and no name need be looked up to find it.

    Such a site is asked without the way out, as fast as the machine is. Empty for all others.
    """
    parts = urlsplit(canonical(start))
    host = parts.hostname or ""
    if host != "localhost" and not (is_loopback(host) and not host.endswith(".localhost")):
        return ""
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


async def _asked(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> tuple[str, int]:
    """Host and port that the browser wants to be connected with (RFC 1928, sections 3 and 4).

    Raises:
        ValueError: it speaks something else.
    """
    version, methods = await reader.readexactly(2)
    await reader.readexactly(methods)
    if version != 5:
        raise ValueError("no SOCKS5")
    writer.write(b"\x05\x00")
    version, command, _, kind = await reader.readexactly(4)
    if kind == 3:
        (length,) = await reader.readexactly(1)
        host = (await reader.readexactly(length)).decode("ascii")
    elif kind in (1, 4):
        host = str(ipaddress.ip_address(await reader.readexactly(4 if kind == 1 else 16)))
    else:
        raise ValueError("no kind of address")
    port = int.from_bytes(await reader.readexactly(2), "big")
    if version != 5 or command != 1:
        writer.write(_reply(_UNKNOWN_COMMAND))
        raise ValueError("no question to connect")
    return host, port


def _reply(code: int) -> bytes:
    return bytes((5, code, 0, 1, 0, 0, 0, 0, 0, 0))


def _code(error: Exception) -> int:
    if isinstance(error, PrivateAddress):
        return _NOT_ALLOWED
    if isinstance(error, socket.gaierror):
        return _UNREACHABLE
    return _REFUSED if isinstance(error, ConnectionRefusedError) else _FAILED


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Passes on what comes, until the sender has said all."""
    try:
        while piece := await reader.read(_PIECE):
            writer.write(piece)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()
    except OSError:
        with contextlib.suppress(OSError):
            writer.close()
