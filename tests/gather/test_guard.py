"""Where connections may go, whatever names mean and however addresses are spelled."""

import asyncio
import gc
import ipaddress
import itertools
import socket
import warnings
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.async_api import Error as PlaywrightError

from auditor.derive.secrets import HIDDEN
from auditor.gather.browser import running_browser
from auditor.gather.capture import public
from auditor.gather.guard import PRIVATE, Guard, PrivateAddress, Reach, guard_for, looked_up, reach_of
from auditor.gather.http import HttpClient, Politeness
from auditor.gather.way_out import asked_directly, way_out
from auditor.model.config import BrowserConfig, PolitenessConfig
from tests.gather.server import Answer, answering

NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
PUBLIC = "93.184.216.34"


class Names:
    """A resolver whose names mean one thing after the other."""

    def __init__(self, **meanings: Sequence[str]) -> None:
        self._meanings = {
            name.replace("_", "."): itertools.chain(all, itertools.repeat(all[-1])) for name, all in meanings.items()
        }

    async def __call__(self, host: str) -> list[str]:
        if host not in self._meanings:
            return await looked_up(host)
        return next(self._meanings[host]).split()


@pytest.mark.parametrize(
    ("address", "reach"),
    [
        (PUBLIC, Reach.PUBLIC),
        ("2001:4860:4860::8888", Reach.PUBLIC),
        ("127.0.0.1", Reach.MACHINE),
        ("127.255.255.254", Reach.MACHINE),
        ("::1", Reach.MACHINE),
        ("::ffff:127.0.0.1", Reach.MACHINE),
        ("::127.0.0.1", Reach.MACHINE),
        ("64:ff9b::7f00:1", Reach.MACHINE),
        ("10.0.0.1", Reach.INTERNAL),
        ("172.31.255.255", Reach.INTERNAL),
        ("172.32.0.1", Reach.PUBLIC),
        ("192.168.1.1", Reach.INTERNAL),
        ("100.64.0.1", Reach.INTERNAL),
        ("::ffff:10.0.0.1", Reach.INTERNAL),
        ("64:ff9b::a00:1", Reach.INTERNAL),
        ("64:ff9b::5db8:d822", Reach.PUBLIC),
        ("64:ff9b:1::a00:1", Reach.NOWHERE),
        ("fd00::1", Reach.INTERNAL),
        ("fec0::1", Reach.INTERNAL),
        ("169.254.169.254", Reach.NOWHERE),
        ("::ffff:169.254.169.254", Reach.NOWHERE),
        ("fe80::1%eth0", Reach.NOWHERE),
        ("fd00:ec2::254", Reach.INTERNAL),
        ("0.0.0.0", Reach.NOWHERE),
        ("::", Reach.NOWHERE),
        ("224.0.0.1", Reach.NOWHERE),
        ("ff02::1", Reach.NOWHERE),
        ("240.0.0.1", Reach.NOWHERE),
        ("255.255.255.255", Reach.NOWHERE),
        ("198.18.0.1", Reach.NOWHERE),
        ("192.0.2.1", Reach.NOWHERE),
        ("2001:db8::1", Reach.NOWHERE),
        ("2002:7f00:1::", Reach.NOWHERE),
        ("2001:0:7f00:1::", Reach.NOWHERE),
        ("ingen adress", Reach.NOWHERE),
    ],
)
def test_from_where_an_address_can_be_reached(address: str, reach: Reach) -> None:
    assert reach_of(address) is reach


@given(st.ip_addresses(v=4))
def test_a_guise_of_an_address_is_reached_from_where_it_is(address: ipaddress.IPv4Address) -> None:
    translated = str(ipaddress.IPv6Address(int(NAT64.network_address) + int(address)))
    for guise in (f"::ffff:{address}", translated):
        assert reach_of(guise) is reach_of(str(address))


@given(st.ip_addresses().filter(lambda address: address.version == 4 or address not in NAT64))
def test_no_address_is_public_that_python_knows_to_be_another(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if reach_of(str(address)) is Reach.PUBLIC:
        assert address.is_global
        assert not any((address.is_private, address.is_loopback, address.is_multicast, address.is_link_local))


def places(guard: Guard, host: str, port: int = 80) -> list[tuple[str, int]]:
    return asyncio.run(guard.places(host, port))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "localhost", "2130706433", "0x7f.1", "127.1", "0", "LOCALHOST."]
)
def test_this_machine_is_found_in_every_spelling(host: str) -> None:
    with pytest.raises(OSError):
        places(Guard(), host)


def test_of_several_addresses_those_that_may_be_asked_are() -> None:
    assert places(Guard(resolve=Names(a_example=[f"10.0.0.1 {PUBLIC}"])), "a.example") == [(PUBLIC, 80)]


def test_what_is_served_here_stands_for_port_80_alone() -> None:
    guard = Guard({"www.sjoboda.test": 8123}, resolve=Names(www_sjoboda_test=["127.0.0.1"]))
    assert places(guard, "WWW.sjoboda.test") == [("127.0.0.1", 8123)]
    with pytest.raises(PrivateAddress):
        places(guard, "www.sjoboda.test", 8123)


@pytest.mark.parametrize(
    ("own", "asked", "allowed"),
    [
        (PUBLIC, "10.0.0.1", False),
        (PUBLIC, "127.0.0.1", False),
        ("127.0.0.1", "127.0.0.2", True),
        ("127.0.0.1", "10.0.0.1", False),
        ("127.0.0.1", "169.254.169.254", False),
        ("10.0.0.1", "192.168.0.1", True),
        ("10.0.0.1", "127.0.0.1", False),
        ("10.0.0.1", "169.254.169.254", False),
        ("10.0.0.1", PUBLIC, True),
        ("169.254.10.10", "169.254.10.10", True),
        ("169.254.10.10", "169.254.169.254", False),
        (f"{PUBLIC} 10.0.0.1", "10.0.0.1", False),
    ],
)
def test_a_site_may_use_what_lies_where_it_lies(own: str, asked: str, allowed: bool) -> None:
    guard = asyncio.run(guard_for(["site.example"], {}, Names(site_example=[own], asked_example=[asked])))
    if allowed:
        assert places(guard, "asked.example") == [(asked, 80)]
    else:
        with pytest.raises(PrivateAddress):
            places(guard, "asked.example")


def test_a_name_that_turns_private_after_it_was_asked_is_not_connected_to() -> None:
    """DNS rebinding: the check is made on the address that is connected to."""
    with answering({"/": Answer(200)}) as server:
        names = Names(turns_example=["127.0.0.1", PUBLIC, "127.0.0.1"])

        async def ask() -> list[str]:
            # At first the name is one of the site on this machine, and is answered; then the site is a public one.
            local = await guard_for(["turns.example"], {}, names)
            public = await guard_for(["turns.example"], {}, names)
            said = []
            for guard in (local, public):
                async with HttpClient(Politeness(PolitenessConfig(delay=0)), guard, timeout=5) as client:
                    answer = await client.answer(f"http://turns.example:{server.port}/")
                    said.append(answer.error or str(answer.status))
            return said

        assert asyncio.run(ask()) == ["200", PRIVATE]
        assert len(server.asked()) == 1


def through(guard: Guard, question: bytes) -> tuple[bytes, str]:
    """What the way out answers, and why it made no connection to 127.0.0.1."""

    async def ask(port: int) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(question)
        writer.write_eof()
        answer = await reader.read()
        writer.close()
        return answer

    with way_out(guard) as proxy:
        return asyncio.run(ask(proxy.port)), proxy.why("127.0.0.1")


def test_the_way_out_passes_on_what_may_pass() -> None:
    with answering({"/a": Answer(200, b"Hej")}) as server:
        hello = b"\x05\x01\x00" + b"\x05\x01\x00\x03\x09localhost" + server.port.to_bytes(2, "big")
        request = b"GET /a HTTP/1.0\r\nHost: localhost\r\n\r\n"
        answer, why = through(Guard(reaches=frozenset({Reach.MACHINE})), hello + request)
        assert answer.startswith(b"\x05\x00\x05\x00\x00\x01")
        assert answer.endswith(b"Hej")
        assert why == ""


def test_the_way_out_closes_what_is_open_at_its_end() -> None:
    with answering({"/a": Answer(200, b"Hej")}) as server, warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", ResourceWarning)
        hello = b"\x05\x01\x00" + b"\x05\x01\x00\x03\x09localhost" + server.port.to_bytes(2, "big")
        for number in range(40):
            with way_out(Guard(reaches=frozenset({Reach.MACHINE}))) as proxy:
                open_ones = [socket.create_connection(("127.0.0.1", proxy.port)) for _ in range(6)]
                for one in open_ones[: number % 6]:
                    one.sendall(hello[: number % (len(hello) + 1)])
            for one in open_ones:
                one.close()
        gc.collect()
    assert [str(one.message) for one in told] == []


def test_the_way_out_leads_to_no_private_address() -> None:
    with answering({"/a": Answer(200, b"Hej")}) as server:
        hello = b"\x05\x01\x00" + b"\x05\x01\x00\x01\x7f\x00\x00\x01" + server.port.to_bytes(2, "big")
        answer, why = through(Guard(), hello + b"GET /a HTTP/1.0\r\n\r\n")
        assert answer == b"\x05\x00\x05\x02\x00\x01" + bytes(6)
        assert why == PRIVATE
        assert server.asked() == []


@given(st.binary(max_size=40))
def test_the_way_out_answers_whatever_it_is_asked(question: bytes) -> None:
    answer, _ = through(Guard(reaches=frozenset()), question)
    assert answer in (b"", b"\x05\x00") or answer[2:3] == b"\x05"


@pytest.mark.parametrize(
    ("start", "direct"),
    [
        ("http://127.0.0.1:8000/a", "127.0.0.1:8000"),
        ("https://127.0.0.1/", "127.0.0.1:443"),
        ("http://localhost/", "localhost:80"),
        ("http://[::1]:81/", "[::1]:81"),
        ("http://sjoboda.localhost/", ""),
        ("http://10.0.0.1/", ""),
        ("https://www.sjoboda.example/", ""),
    ],
)
def test_what_is_asked_without_the_way_out(start: str, direct: str) -> None:
    assert asked_directly(start) == direct


@pytest.mark.browser
def test_the_browser_follows_no_name_that_turns_private() -> None:
    """The name is the site's own address at first, and another one of this machine when it is asked again."""
    names = Names(turns_example=["127.0.0.1", "127.0.0.2"])
    guard = Guard(own=frozenset({"127.0.0.1"}), resolve=names)

    async def show(address: str) -> tuple[int, str]:
        with way_out(guard) as proxy:
            async with running_browser(BrowserConfig(), {}, proxy.port) as (browser, _):
                page = await browser.new_page()
                first = await page.goto(address)
                with pytest.raises(PlaywrightError, match="ERR_SOCKS_CONNECTION_FAILED"):
                    await page.goto(address)
                return first.status if first else 0, proxy.why("turns.example")

    with answering({"/": Answer(200, b"<h1>Hej</h1>", {"Content-Type": "text/html", "Connection": "close"})}) as server:
        assert asyncio.run(show(f"http://turns.example:{server.port}/")) == (200, PRIVATE)


@pytest.mark.browser
def test_the_browser_has_no_other_way_to_this_machine() -> None:
    spellings = ("127.0.0.1", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]", "localhost", "a.localhost", "0.0.0.0")

    async def show(port: int) -> None:
        with way_out(Guard()) as proxy:
            async with running_browser(BrowserConfig(), {}, proxy.port) as (browser, _):
                page = await browser.new_page()
                for host in spellings:
                    with pytest.raises(PlaywrightError, match="ERR_"):
                        await page.goto(f"http://{host}:{port}/")

    with answering({"/": Answer(200)}) as server:
        asyncio.run(show(server.port))
        assert server.asked() == []


def test_headers_that_open_doors_are_kept_nowhere() -> None:
    told = {"Set-Cookie": "a=1", "location": "/?token=hemligt", "content-type": "text/html", "x-api-key": "hemligt"}
    assert public(told) == {"location": f"/?token={HIDDEN}", "content-type": "text/html"}
