"""Requests outside the browser, to a real server."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from auditor.gather.guard import Guard, Reach
from auditor.gather.http import (
    HttpClient,
    Politeness,
    SiteRefuses,
    describe,
    is_loopback,
    seconds_until,
    user_agent,
)
from auditor.gather.serve import serving
from auditor.model.config import PolitenessConfig
from auditor.model.site import LinkStatus
from tests.builders import REPEATABLE
from tests.gather.server import Answer, Request, answering

T = TypeVar("T")


def asking(
    work: Callable[[HttpClient], Awaitable[T]],
    ports: Mapping[str, int] | None = None,
    config: PolitenessConfig | None = None,
) -> T:
    """What *work* comes to with a client."""

    async def run() -> T:
        politeness = Politeness(config or PolitenessConfig(), local=frozenset(ports or ()))
        guard = Guard(ports or {}, frozenset({Reach.PUBLIC, Reach.MACHINE}))
        async with HttpClient(politeness, guard, timeout=10) as client:
            return await work(client)

    return asyncio.run(run())


def status(url: str, ports: Mapping[str, int] | None = None) -> LinkStatus:
    """What *url* answers."""
    return asking(lambda client: client.status(url), ports)


def body(url: str) -> tuple[int, bytes]:
    """Status and body of *url*."""
    return asking(lambda client: client.body(url))


def test_an_address_that_answers_is_asked_once_without_its_body() -> None:
    answer = Answer(200, b"%PDF" * 10, {"Content-Type": "Application/PDF; charset=binary"})
    with answering({"/a.pdf": answer}) as server:
        found = status(server.url("/a.pdf"))
        assert found == LinkStatus(
            url=server.url("/a.pdf"),
            status=200,
            final_url=server.url("/a.pdf"),
            content_type="application/pdf",
            length=40,
        )
        assert server.asked() == [("HEAD", "/a.pdf")]


def test_a_browsers_question_is_asked_with_get_alone() -> None:
    with answering({"/borta": Answer(404, b"<h1>404</h1>")}) as server:
        found = asking(lambda client: client.answer(server.url("/borta")))
        assert found.status == 404
        assert server.asked() == [("GET", "/borta")]


@pytest.mark.parametrize("refusal", [400, 404, 405, 500, 501])
def test_a_server_that_refuses_head_is_asked_again_with_get(refusal: int) -> None:
    with answering(lambda request, _: Answer(refusal if request.method == "HEAD" else 200, b"Hej")) as server:
        assert status(server.url("/a")).status == 200
        assert server.asked() == [("HEAD", "/a"), ("GET", "/a")]


@pytest.mark.parametrize("code", [404, 410, 500])
def test_an_address_that_fails_tells_its_code(code: int) -> None:
    with answering(lambda *_: Answer(code)) as server:
        found = status(server.url("/a"))
        assert (found.status, found.error) == (code, "")


def test_redirects_are_followed_to_their_end() -> None:
    script = {
        "/a": Answer(301, headers={"Location": "/b"}),
        "/b": Answer(302, headers={"Location": "c?x=1"}),
        "/c?x=1": Answer(200),
    }
    with answering(script) as server:
        found = status(server.url("/a"))
        assert (found.url, found.status, found.final_url) == (server.url("/a"), 200, server.url("/c?x=1"))


def test_a_redirect_loop_is_told_of() -> None:
    with answering(lambda *_: Answer(302, headers={"Location": "/a"})) as server:
        found = status(server.url("/a"))
        assert (found.status, found.error) == (0, "redirects in a loop")
        assert body(server.url("/a")) == (0, b"")


@pytest.mark.parametrize("location", ["http://[", "ftp://127.0.0.1/", "http://"])
def test_a_redirect_to_nowhere_is_no_answer(location: str) -> None:
    with answering(lambda *_: Answer(302, headers={"Location": location})) as server:
        found = status(server.url("/a"))
        assert found.status == 0
        assert found.error
        assert len(found.error.splitlines()) == 1


def test_a_port_where_nobody_listens_refuses() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        assert status(address) == LinkStatus(url=address, status=0, error="the connection was refused")
        assert body(address) == (0, b"")


@pytest.mark.parametrize("address", ["http://", "http://[", "mailto:a@b.example", "http://a\x00b/", ""])
def test_what_is_no_address_gives_no_answer(address: str) -> None:
    found = asking(lambda client: client.status(address), config=PolitenessConfig(delay=0))
    assert (found.url, found.status) == (address, 0)
    assert found.error
    assert body(address) == (0, b"")


def test_a_server_that_asks_for_patience_is_asked_once_more() -> None:
    def busy_once(request: Request, before: int) -> Answer:
        return Answer(200) if before else Answer(429, headers={"Retry-After": "0"})

    with answering(busy_once) as server:
        assert status(server.url("/a")).status == 200
        assert server.asked() == [("HEAD", "/a"), ("HEAD", "/a")]


def test_a_server_that_stays_busy_is_left_alone() -> None:
    with answering(lambda *_: Answer(503, headers={"Retry-After": "0"})) as server:
        assert status(server.url("/a")).status == 503
        assert server.asked() == [("HEAD", "/a"), ("HEAD", "/a")]


def test_twelve_refusals_in_a_row_end_the_walk() -> None:
    async def six(client: HttpClient) -> list[int]:
        return [(await client.status(server.url(f"/{number}"))).status for number in range(5)]

    async def more(client: HttpClient) -> None:
        await six(client)
        await client.status(server.url("/5"))

    with answering(lambda *_: Answer(403)) as server:
        assert asking(six) == [403] * 5
        server.requests.clear()
        with pytest.raises(SiteRefuses, match=r"127\.0\.0\.1 refused 12 requests in a row \(last answer 403\)"):
            asking(more)
        assert len(server.requests) == 12


def test_one_answer_makes_good_for_refusals() -> None:
    async def many(client: HttpClient) -> list[int]:
        return [(await client.status(server.url(path))).status for path in ["/a", "/b", "/open"] * 8]

    with answering(lambda request, _: Answer(200 if request.path == "/open" else 403)) as server:
        assert asking(many) == [403, 403, 200] * 8


def test_a_body_is_cut_at_twenty_megabytes() -> None:
    with answering({"/stor": Answer(200, b"x" * 21_000_000)}) as server:
        code, found = body(server.url("/stor"))
        assert (code, len(found)) == (200, 20_000_000)


def test_the_auditor_says_who_it_is() -> None:
    config = PolitenessConfig(contact="https://revision.example/om")
    with answering({"/": Answer(200)}) as server:
        asking(lambda client: client.body(server.url("/")), config=config)
        assert server.requests[0].headers["user-agent"] == user_agent("https://revision.example/om")
        assert server.requests[0].headers["user-agent"].startswith("auditor/")
        assert "https://revision.example/om" in server.requests[0].headers["user-agent"]


def test_a_served_folder_is_asked_by_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "bidrag").mkdir()
    (tmp_path / "bidrag" / "index.html").write_text("<h1>Bidrag</h1>", encoding="utf-8")
    with serving({"sjoboda.localhost": tmp_path}) as ports:
        found = status("http://sjoboda.localhost/bidrag", ports)
        assert (found.status, found.final_url) == (200, "http://sjoboda.localhost/bidrag/")
        assert status("http://sjoboda.localhost/bidrag/", ports).final_url == "http://sjoboda.localhost/bidrag/"


def polite(delay: float | None = None, local: frozenset[str] = frozenset()) -> Politeness:
    """Politeness with a delay of the user's, if any."""
    return Politeness(PolitenessConfig(delay=delay), local=local)


def test_the_public_web_is_asked_once_a_second_and_this_machine_at_once() -> None:
    politeness = polite(local=frozenset({"www.sjoboda.example"}))
    assert politeness.delay("www.annanstans.example") == 1
    assert politeness.delay("www.sjoboda.example") == 0
    assert politeness.delay("localhost") == 0
    assert polite(0.2).delay("www.annanstans.example") == 0.2
    assert polite(0.2).delay("localhost") == 0.2


@pytest.mark.parametrize(
    ("asked", "own", "obeyed"),
    [
        (5.0, None, 5.0),
        (0.1, None, 1.0),
        (5.0, 0.0, 5.0),
        (500.0, None, 30.0),
        (float("inf"), None, 30.0),
        (-1.0, 0.0, 0.0),
    ],
)
def test_a_crawl_delay_is_obeyed_within_reason(asked: float, own: float | None, obeyed: float) -> None:
    politeness = polite(own)
    politeness.crawl_delay("www.sjoboda.example", asked)
    assert politeness.delay("www.sjoboda.example") == obeyed
    assert polite(own).delay("www.annanstans.example") == (1.0 if own is None else own)


@pytest.mark.parametrize(
    ("code", "again"), [(200, False), (404, False), (500, False), (403, False), (429, True), (503, True)]
)
def test_what_is_worth_trying_again(code: int, again: bool) -> None:
    assert polite().answered("https://www.sjoboda.example/", code) is again


SITE = "https://www.sjoboda.example/"
NOON = datetime(2024, 5, 15, 12, tzinfo=UTC)


class Time:
    """A clock that goes on only while somebody waits."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds

    def polite(self) -> Politeness:
        """Politeness that lives by this clock, and began at noon."""
        config = PolitenessConfig()
        began = self.seconds
        return Politeness(
            config,
            clock=lambda: self.seconds,
            sleep=self.sleep,
            now=lambda: NOON + timedelta(seconds=self.seconds - began),
        )


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("", None),
        ("soon", None),
        ("²", None),
        ("-1", None),
        ("1e9", None),
        ("0", 0),
        (" 30 ", 30),
        ("Wed, 15 May 2024 12:01:30 GMT", 90),
        ("Wed, 15 May 2024 14:01:30 +0200", 90),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ("Wed, 99 Oct 2015 07:28:00 GMT", None),
    ],
)
def test_when_a_server_wants_to_be_asked_again(told: str, seconds: float | None) -> None:
    assert seconds_until(told, NOON) == seconds


@REPEATABLE
@given(st.one_of(st.text(), st.text("0123456789"), st.text("0123456789 :,-+GMTWedMay")))
@example("9" * 400)
@example("Mon, 01 Jan 0001 00:00:00 +2359")
def test_no_wait_that_a_server_asks_for_is_too_strange(told: str) -> None:
    assert polite().answered(SITE, 429, told) in (True, False)


@pytest.mark.parametrize(("status", "told"), [(429, "30"), (503, "Wed, 15 May 2024 12:00:30 GMT")])
def test_the_wait_that_a_server_asks_for_is_kept(status: int, told: str) -> None:
    time = Time()
    politeness = time.polite()
    assert politeness.answered(SITE, status, told)
    asyncio.run(politeness.turn(SITE))
    assert time.seconds == pytest.approx(1030)
    asyncio.run(politeness.turn("https://www.annanstans.example/"))
    assert time.seconds == pytest.approx(1030)


def test_without_a_word_waits_double() -> None:
    time = Time()
    politeness = time.polite()
    waits = []
    for _ in range(8):
        began = time.seconds
        assert politeness.answered(SITE, 503)
        asyncio.run(politeness.turn(SITE))
        waits.append(time.seconds - began)
    assert waits == pytest.approx([2, 4, 8, 16, 32, 64, 120, 120])


def test_dead_hosts_do_not_slow_each_other_down() -> None:
    time = Time()
    politeness = time.polite()
    waits = []
    for number in range(11):
        host = f"https://host-{number}.example/"
        politeness.unanswered(host, "no such host")
        began = time.seconds
        asyncio.run(politeness.turn(host))
        waits.append(time.seconds - began)
    assert waits == pytest.approx([2] * 11)


def test_a_server_that_wants_to_be_left_alone_for_long_ends_the_run_soon() -> None:
    politeness = Time().polite()
    assert not politeness.answered(SITE, 503, "3600")
    assert not politeness.answered(SITE, 503, "3600")
    with pytest.raises(SiteRefuses, match="refused 3 requests in a row"):
        politeness.answered(SITE, 503, "3600")


def test_dropped_requests_are_held_against_a_site_until_it_answers() -> None:
    politeness = Time().polite()
    for _ in range(11):
        politeness.unanswered(SITE, "cut-off")
    assert not politeness.answered(SITE, 200)
    for _ in range(11):
        politeness.unanswered(SITE, "cut-off")
    with pytest.raises(SiteRefuses, match=r"did not answer 12 requests in a row \(cut-off\)"):
        politeness.unanswered(SITE, "cut-off")


@pytest.mark.parametrize("host", ["localhost", "sjoboda.localhost", "127.0.0.1", "127.8.8.8", "::1", "[::1]"])
def test_names_of_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", "localhost.example", "10.0.0.1", "www.sjoboda.example", "128.0.0.1"])
def test_names_of_others(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (httpx.ConnectError("[Errno -2] Name or service not known"), "there is no such host"),
        (httpx.ConnectTimeout(""), "no answer in time"),
        (httpx.ConnectError("All connection attempts failed"), "the connection was refused"),
        (httpx.RemoteProtocolError("Server disconnected\nwithout a response"), "Server disconnected"),
        (httpx.ReadError(""), "ReadError"),
    ],
)
def test_errors_are_told_in_a_few_words(error: Exception, told: str) -> None:
    assert describe(error) == told


def test_encryption_that_fails_is_told_apart_from_a_connection_that_fails() -> None:
    with answering({}) as server:
        found = status(server.url().replace("http:", "https:"))
        assert found.status == 0
        assert found.error.startswith("the certificate or encryption is not accepted (")
