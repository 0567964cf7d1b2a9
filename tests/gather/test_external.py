"""Links to other hosts, asked of a real server."""

import asyncio
from collections.abc import Sequence

import pytest

from auditor.gather.external import ROBOTS, UNASKED, ask_external
from auditor.gather.guard import PRIVATE, Guard, Reach
from auditor.gather.http import NO_HOST, Politeness
from auditor.model.config import PolitenessConfig
from auditor.model.site import LinkStatus
from tests.gather.server import Answer, Request, answering


def ask(urls: Sequence[str], *, local: bool = True, politeness: Politeness | None = None) -> dict[str, LinkStatus]:
    """What *urls* answer, by address."""
    used = politeness or Politeness(PolitenessConfig())
    guard = Guard(reaches=frozenset({Reach.PUBLIC, Reach.MACHINE} if local else {Reach.PUBLIC}))
    answers: list[LinkStatus] = []
    asyncio.run(ask_external(used, guard, urls, answers.append, timeout=10))
    return {answer.url: answer for answer in answers}


def test_robots_is_asked_once_and_each_address_once() -> None:
    with answering({"/a": Answer(200), "/b": Answer(200)}) as server:
        found = ask([server.url("/a"), server.url("/b")])
        assert {url: answer.status for url, answer in found.items()} == {server.url("/a"): 200, server.url("/b"): 200}
        assert server.asked() == [("GET", "/robots.txt"), ("HEAD", "/a"), ("HEAD", "/b")]


def test_what_robots_forbids_is_not_asked() -> None:
    rules = Answer(200, b"User-agent: *\nDisallow: /a")
    with answering({"/robots.txt": rules, "/b": Answer(200)}) as server:
        found = ask([server.url("/a"), server.url("/b")])
        assert found[server.url("/a")] == LinkStatus(url=server.url("/a"), status=0, error=ROBOTS)
        assert ("HEAD", "/a") not in server.asked()
        assert found[server.url("/b")].status == 200


def test_where_robots_are_not_obeyed_they_are_not_asked_for() -> None:
    with answering({"/a": Answer(200)}) as server:
        ask([server.url("/a")], politeness=Politeness(PolitenessConfig(robots=False)))
        assert server.asked() == [("HEAD", "/a")]


def test_what_is_gone_is_asked_again_with_get_before_it_is_believed() -> None:
    def answer(request: Request, _: int) -> Answer:
        return Answer(200 if request.method == "GET" and request.path == "/shy" else 404)

    with answering(answer) as server:
        found = ask([server.url("/shy"), server.url("/gone")])
        assert [found[server.url(path)].status for path in ("/shy", "/gone")] == [200, 404]


@pytest.mark.parametrize("status", [401, 403, 429, 503, 999])
def test_a_host_that_refuses_twice_is_left_alone(status: int) -> None:
    with answering(lambda request, _: Answer(404 if request.path == "/robots.txt" else status)) as server:
        found = ask([server.url(f"/{number}") for number in range(5)])
        asked = {path for _, path in server.asked()} - {"/robots.txt"}
        assert asked == {"/0", "/1"}
        assert [found[server.url(f"/{number}")].error for number in range(2, 5)] == [UNASKED] * 3


def test_another_hosts_refusal_stops_no_run() -> None:
    politeness = Politeness(PolitenessConfig(), breaker=1)
    with answering(lambda *_: Answer(403)) as server:
        ask([server.url("/a")], politeness=politeness)
    assert not politeness.stopped


def test_private_networks_are_left_alone() -> None:
    with answering({"/a": Answer(200)}) as server:
        found = ask([server.url("/a"), server.url("/b").replace("127.0.0.1", "localhost")], local=False)
        assert {answer.error for answer in found.values()} <= {PRIVATE, UNASKED}
        assert server.asked() == []


def test_a_redirect_into_a_private_network_is_not_followed() -> None:
    with answering({"/in": Answer(200)}) as inner:
        host = {"www.annanstans.example": inner.port}
        with answering({"/out": Answer(302, headers={"Location": inner.url("/in")})}) as outer:
            host["www.annanstans.example"] = outer.port
            used = Politeness(PolitenessConfig(robots=False))
            urls = ["http://www.annanstans.example/out"]
            answers: list[LinkStatus] = []
            asyncio.run(ask_external(used, Guard(host), urls, answers.append, timeout=10))
            (answer,) = answers
            assert (answer.status, answer.error) == (0, PRIVATE)
            assert inner.asked() == []


def test_a_walk_that_ends_asks_no_more() -> None:
    politeness = Politeness(PolitenessConfig(), stopped=True)
    with answering({}) as server:
        assert ask([server.url("/a")], politeness=politeness) == {}
        assert server.asked() == []


@pytest.mark.parametrize(("found_again", "errors"), [(False, {NO_HOST, UNASKED}), (True, {""})])
def test_a_name_is_looked_up_twice_before_none_of_its_addresses_is_asked(found_again: bool, errors: set[str]) -> None:
    waits: list[float] = []
    looked_up: list[str] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async def resolve(host: str) -> Sequence[str]:
        looked_up.append(host)
        if found_again and len(looked_up) > 1:
            return ["127.0.0.1"]
        raise OSError("no answer")

    with answering({path: Answer(200) for path in ("/a", "/b", "/c")}) as server:
        urls = [server.url(path).replace("127.0.0.1", "borta.example") for path in ("/a", "/b", "/c")]
        guard = Guard(reaches=frozenset({Reach.PUBLIC, Reach.MACHINE}), resolve=resolve)
        answers: list[LinkStatus] = []
        politeness = Politeness(PolitenessConfig(robots=False, delay=0), sleep=sleep)
        asyncio.run(ask_external(politeness, guard, urls, answers.append, timeout=10))
        assert {answer.error for answer in answers} == errors
        assert [answer.url for answer in answers] == urls
        assert bool(server.asked()) is found_again
    assert waits[0] > 0
    if not found_again:
        assert looked_up == ["borta.example"] * 2
