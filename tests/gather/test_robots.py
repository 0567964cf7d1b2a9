"""What robots.txt allows, after RFC 9309."""

import asyncio
import socket
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.gather.crawl import Crawl
from auditor.gather.guard import Guard, Reach
from auditor.gather.http import HttpClient, Politeness
from auditor.gather.robots import Robots, load_robots, parse_robots
from auditor.model.config import PolitenessConfig, SiteConfig
from tests.builders import REPEATABLE, START, url
from tests.gather.server import Answer, answering

HERE = Guard(reaches=frozenset({Reach.PUBLIC, Reach.MACHINE}))


def load(start: str) -> Robots:
    """The rules of a real server."""

    async def run() -> Robots:
        async with HttpClient(Politeness(PolitenessConfig()), HERE, timeout=10) as client:
            return await load_robots(client, start)

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /intern", "/intern/a", False),
        ("User-agent: *\nDisallow: /intern", "/bidrag", True),
        ("User-agent: *\nDisallow: /\nAllow: /bidrag", "/bidrag/a", True),
        ("User-agent: *\nDisallow: /*.aspx$", "/a.aspx", False),
        ("User-agent: *\nDisallow: /föreningar", "/f%C3%B6reningar", False),
        ("User-agent: Googlebot\nDisallow: /", "/a", True),
        ("User-agent: auditor\nDisallow: /\n\nUser-agent: *\nDisallow:", "/a", False),
        ("User-agent: Auditor\nAllow: /\n\nUser-agent: *\nDisallow: /", "/a", True),
        ("\ufeffUser-agent: *\r\nDisallow: /a\r\n", "/a", False),
    ],
)
def test_what_the_rules_allow(text: str, path: str, allowed: bool) -> None:
    assert parse_robots(text).allows(url(path)) is allowed


def test_sitemaps_and_delay_are_read() -> None:
    text = f"Sitemap: {url('/a.xml')}\nUser-agent: *\nCrawl-delay: 2.5\nDisallow:\nSitemap: {url('/b.xml')}\n"
    found = parse_robots(text)
    assert (found.sitemaps, found.crawl_delay, found.found) == ((url("/a.xml"), url("/b.xml")), 2.5, True)
    assert parse_robots("User-agent: *\nDisallow:").crawl_delay is None
    assert parse_robots("User-agent: *\nCrawl-delay: snart").crawl_delay is None


@REPEATABLE
@given(st.text(), st.sampled_from(["", "User-agent: *\n", "User-agent: *\nDisallow: ", "Crawl-delay: ", "Sitemap: "]))
def test_no_text_is_too_strange(text: str, before: str) -> None:
    found = parse_robots(before + text)
    assert found.allows(START) in (True, False)
    assert found.crawl_delay is None or isinstance(found.crawl_delay, float)


@pytest.mark.parametrize("code", [400, 401, 403, 404, 410, 429])
def test_a_file_that_is_missing_allows_all(code: int) -> None:
    with answering({"/robots.txt": Answer(code, b"User-agent: *\nDisallow: /")}) as server:
        found = load(server.url("/a/b?c=d"))
        assert found.allows(server.url("/a"))
        assert not found.found
        assert server.asked() == [("GET", "/robots.txt")]


@pytest.mark.parametrize("code", [500, 502, 503])
def test_a_server_in_trouble_forbids_all(code: int) -> None:
    with answering({"/robots.txt": Answer(code)}) as server:
        found = load(server.url())
        assert not found.allows(server.url("/a"))
        assert found.fault == code


def test_no_answer_leaves_it_to_the_start_page() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        start = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        assert load(start).allows(start)


def test_the_file_may_have_moved() -> None:
    script = {
        "/robots.txt": Answer(301, headers={"Location": "/regler"}),
        "/regler": Answer(200, b"User-agent: *\nDisallow: /intern"),
    }
    with answering(script) as server:
        found = load(server.url())
        assert found.found
        assert not found.allows(server.url("/intern"))


def test_a_file_that_is_no_text_allows_what_it_does_not_forbid() -> None:
    with answering(
        {"/robots.txt": Answer(200, b"\xff\xfe\x00\x01" * 100 + b"\nUser-agent: *\nDisallow: /intern\n")}
    ) as server:
        found = load(server.url())
        assert found.allows(server.url("/bidrag"))
        assert not found.allows(server.url("/intern"))


def test_a_page_in_place_of_the_file_forbids_nothing() -> None:
    with answering({"/robots.txt": Answer(200, b"<!doctype html><title>Sidan finns inte</title>")}) as server:
        assert load(server.url()).allows(server.url("/a"))


def test_half_a_megabyte_is_read() -> None:
    text = b"User-agent: *\nDisallow: /intern\n" + b"# fyllnad\n" * 60_000 + b"Disallow: /sent\n"
    with answering({"/robots.txt": Answer(200, text)}) as server:
        found = load(server.url())
        assert not found.allows(server.url("/intern"))
        assert found.allows(server.url("/sent"))


def test_what_search_engines_may_not_visit_is_told_for_the_site_alone() -> None:
    crawl = Crawl(config=SiteConfig(start=START), today=date(2024, 5, 15))
    crawl.robots = parse_robots("User-agent: Googlebot\nDisallow: /internt\n\nUser-agent: *\nDisallow: /nyheter")

    asked = [url("/internt/rutiner"), url("/nyheter/1"), "https://other.example/internt", url("/bidrag")]

    assert crawl.closed_to_search(asked) == [url("/internt/rutiner")]


def test_without_rules_nothing_is_closed() -> None:
    crawl = Crawl(config=SiteConfig(start=START), today=date(2024, 5, 15))
    crawl.robots = None

    assert crawl.closed_to_search([url("/internt")]) == []
