"""Which pages a site says that it has, whatever it sends."""

import asyncio
import codecs
import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.gather.guard import Guard, Reach
from auditor.gather.http import HttpClient, Politeness
from auditor.gather.sitemap import Entry, load_sitemaps, parse_sitemap
from auditor.model.config import PolitenessConfig
from tests.builders import REPEATABLE, url
from tests.gather.server import Answer, answering

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

HERE = Guard(reaches=frozenset({Reach.PUBLIC, Reach.MACHINE}))


def urlset(*addresses: str, more: str = "") -> str:
    """A sitemap."""
    entries = "".join(f"<url><loc>{address}</loc><lastmod>2024-05-15</lastmod>{more}</url>" for address in addresses)
    return f"{HEAD}<urlset {NAMESPACE}>{entries}</urlset>"


def parsed(body: bytes) -> tuple[list[str], list[str]]:
    """The addresses of pages and of further sitemaps in *body*."""
    sitemap = parse_sitemap(body)
    return [entry.url for entry in sitemap.entries], sitemap.maps


def index(*addresses: str) -> str:
    """A sitemap of sitemaps."""
    entries = "".join(f"<sitemap><loc>{address}</loc></sitemap>" for address in addresses)
    return f"{HEAD}<sitemapindex {NAMESPACE}>{entries}</sitemapindex>"


TWO = (url("/a"), url("/b"))


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("2024-05-15", "2024-05-15"),
        ("\n 2024-05-15T10:00:00+02:00 ", "2024-05-15"),
        ("2024-05", ""),
        ("2024", ""),
        ("", ""),
        ("i går", ""),
        ("2024-05-151", ""),
    ],
)
def test_the_day_of_the_last_change_is_kept(told: str, day: str) -> None:
    entry = f"<url><loc>{url('/a')}</loc><lastmod>{told}</lastmod></url>"
    body = f"{HEAD}<urlset {NAMESPACE}>{entry}<url><loc>{url('/b')}</loc></url></urlset>".encode()
    assert parse_sitemap(body).entries == [Entry(url("/a"), day), Entry(url("/b"))]


@pytest.mark.parametrize(
    "body",
    [
        urlset(*TWO).encode(),
        codecs.BOM_UTF8 + urlset(*TWO).encode(),
        urlset(*TWO).replace("UTF-8", "UTF-16").encode("utf-16"),
        b"\n\n  " + urlset(*TWO).encode(),
        urlset(*TWO).replace(HEAD, "").encode(),
        urlset(*TWO).replace(f" {NAMESPACE}", "").encode(),
        urlset(*TWO).replace("<loc>", "<loc>\n  ").replace("</loc>", "\n</loc>").encode(),
        urlset(*TWO).replace("<urlset", "<!-- karta --><?xml-stylesheet href='a'?><urlset").encode(),
        urlset(*(f"<![CDATA[{address}]]>" for address in TWO)).encode(),
        gzip.compress(urlset(*TWO).encode()),
        gzip.compress(urlset(TWO[0]).encode()[:-9])
        + gzip.compress(f"<url><loc>{TWO[1]}</loc></url></urlset>".encode()),
        "\n".join(TWO).encode(),
        codecs.BOM_UTF8 + "\r\n".join(TWO).encode(),
        gzip.compress("\n".join(TWO).encode()),
    ],
    ids=[
        "plain",
        "byte order mark",
        "UTF-16",
        "space before",
        "no declaration",
        "no namespace",
        "space around",
        "comments",
        "CDATA",
        "gzip",
        "gzip in two parts",
        "list",
        "list with byte order mark",
        "list in gzip",
    ],
)
def test_addresses_are_read(body: bytes) -> None:
    assert parsed(body) == (list(TWO), [])


def test_an_index_names_further_sitemaps() -> None:
    assert parsed(index(url("/1.xml"), url("/2.xml.gz")).encode()) == ([], [url("/1.xml"), url("/2.xml.gz")])


def test_entities_of_xml_are_read_and_bare_ampersands_forgiven() -> None:
    assert parsed(urlset(url("/a?b=1&amp;c=2"), url("/a?b=1&c=2")).encode())[0] == [url("/a?b=1&c=2")] * 2


def test_pictures_are_no_pages() -> None:
    more = f'<image:image xmlns:image="http://www.google.com/x"><image:loc>{url("/bild")}</image:loc></image:image>'
    assert parsed(urlset(*TWO, more=more).encode()) == (list(TWO), [])


def test_another_encoding_is_read() -> None:
    body = urlset(url("/föreningar")).replace("UTF-8", "ISO-8859-1").encode("latin-1")
    assert parsed(body)[0] == [url("/föreningar")]


@pytest.mark.parametrize(
    "body", [b"", b"   ", b"\x1f\x8b", b"<", b"<!doctype html><p>404</p>", b"Sidan finns inte", b"\x00\xff"]
)
def test_what_is_no_sitemap_gives_nothing(body: bytes) -> None:
    assert parsed(body) == ([], [])


WHOLE = urlset(*(url(f"/sida-{number}") for number in range(20))).encode()


@REPEATABLE
@given(st.integers(min_value=0, max_value=len(WHOLE)))
def test_a_sitemap_that_is_cut_off_gives_whole_addresses_only(length: int) -> None:
    found, maps = parsed(WHOLE[:length])
    assert maps == []
    assert found == parsed(WHOLE)[0][: len(found)]
    assert len(found) >= WHOLE[:length].count(b"</loc>")


@REPEATABLE
@given(st.integers(min_value=2, max_value=len(gzip.compress(WHOLE)) - 1), st.binary(min_size=1, max_size=4))
def test_a_broken_gzip_never_breaks_the_walk(place: int, damage: bytes) -> None:
    packed = gzip.compress(WHOLE)
    found, _ = parsed(packed[:place] + damage + packed[place + len(damage) :])
    assert len(found) <= 20
    assert parsed(packed[:place])[1] == []


def test_what_a_broken_sitemap_says_before_the_fault_counts() -> None:
    broken = urlset(*TWO).replace("</urlset>", "<url></loc></wrong>")
    assert parsed(broken.encode())[0] == list(TWO)


@REPEATABLE
@given(st.binary(), st.sampled_from([b"", b"<urlset><url><loc>", b"http://", b"\x1f\x8b\x08", codecs.BOM_UTF16_LE]))
def test_no_bytes_are_too_strange(body: bytes, before: bytes) -> None:
    pages, maps = parsed(before + body)
    assert all(isinstance(address, str) for address in pages + maps)


def test_entities_that_point_outside_read_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hemligt", encoding="utf-8")
    doctype = f'<!DOCTYPE urlset [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    found, maps = parsed(urlset(url("/&x;")).replace("<urlset", f"{doctype}<urlset").encode())
    assert not [address for address in found + maps if "hemligt" in address]


def test_entities_that_point_to_the_network_ask_for_nothing() -> None:
    with answering({"/x": Answer(200, b"hemligt"), "/x.dtd": Answer(200, b'<!ENTITY y "hemligt">')}) as server:
        doctype = f'<!DOCTYPE urlset SYSTEM "{server.url("/x.dtd")}" [<!ENTITY x SYSTEM "{server.url("/x")}">]>'
        found, _ = parsed(urlset(url("/&x;&y;")).replace("<urlset", f"{doctype}<urlset").encode())
        assert server.requests == []
        assert not [address for address in found if "hemligt" in address]


def test_entities_that_grow_without_end_stay_small() -> None:
    levels = "".join(f'<!ENTITY {chr(98 + level)} "{f"&{chr(97 + level)};" * 10}">' for level in range(12))
    doctype = f'<!DOCTYPE urlset [<!ENTITY a "lol">{levels}]>'
    found, _ = parsed(urlset(url("/&m;"), url("/b")).replace("<urlset", f"{doctype}<urlset").encode())
    assert sum(map(len, found)) < 1000


def test_a_gzip_that_grows_without_end_is_cut() -> None:
    packed = gzip.compress(urlset(url("/a")).encode() + b" " * 60_000_000)
    assert parsed(packed)[0] == [url("/a")]


def test_a_huge_sitemap_is_cut_at_fifty_thousand_addresses() -> None:
    addresses = [url(f"/{number}") for number in range(50_100)]
    assert parsed(urlset(*addresses).encode())[0] == addresses[:50_000]
    assert parsed("\n".join(addresses).encode())[0] == addresses[:50_000]


def load(start: str, *named: str) -> list[str]:
    """What a real server's sitemaps hold."""

    async def run() -> list[str]:
        async with HttpClient(Politeness(PolitenessConfig()), HERE, timeout=10) as client:
            return [entry.url for entry in await load_sitemaps(client, start, named)]

    return asyncio.run(run())


def test_without_a_name_it_stands_in_its_usual_place() -> None:
    with answering({"/sitemap.xml": Answer(200, urlset(*TWO).encode())}) as server:
        assert load(server.url("/start")) == list(TWO)
        assert server.asked() == [("GET", "/sitemap.xml")]


def test_named_sitemaps_and_indexes_are_followed() -> None:
    with answering(lambda request, _: Answer(200, script[request.path])) as server:
        script = {
            "/karta": index(server.url("/1.xml"), server.url("/2.xml.gz")).encode(),
            "/1.xml": urlset(url("/a")).encode(),
            "/2.xml.gz": gzip.compress(urlset(url("/b")).encode()),
            "/extra.txt": url("/c").encode(),
        }
        assert sorted(load(server.url(), server.url("/karta"), server.url("/extra.txt"))) == [
            url("/a"),
            url("/b"),
            url("/c"),
        ]


def test_an_index_that_names_itself_is_asked_for_once() -> None:
    with answering(
        lambda *_: Answer(200, index(server.url("/sitemap.xml"), server.url("/sitemap.xml")).encode())
    ) as server:
        assert load(server.url()) == []
        assert server.asked() == [("GET", "/sitemap.xml")]


def test_an_index_without_end_is_left_after_fifty_files() -> None:
    def one_more(request: object, before: int) -> Answer:
        return Answer(200, index(server.url(f"/{len(server.requests)}.xml")).encode())

    with answering(one_more) as server:
        assert load(server.url()) == []
        assert len(server.requests) == 50


def test_only_the_web_is_asked_for_sitemaps(tmp_path: Path) -> None:
    local = tmp_path / "sitemap.xml"
    local.write_text(urlset(*TWO), encoding="utf-8")
    assert load("http://127.0.0.1:9/", local.as_uri(), "/sitemap.xml", "") == []


@pytest.mark.parametrize("code", [404, 403, 500])
def test_an_error_page_is_no_sitemap(code: int) -> None:
    with answering({"/sitemap.xml": Answer(code, urlset(*TWO).encode())}) as server:
        assert load(server.url()) == []
