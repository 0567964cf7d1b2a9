"""Addresses: one spelling per page, and nothing that changes which page it is."""

from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from auditor.derive.urls import canonical, host_of, is_web_page, path_of
from tests.builders import REPEATABLE, START, url

ADDRESSES = st.one_of(
    st.text(),
    st.builds(
        lambda scheme, host, rest: scheme + host + rest,
        st.sampled_from(["http://", "https://", "HTTP://", "https:", "http:\\\\", "//", "mailto:", ""]),
        st.text(alphabet="aZö.:[]@%019-_ \\xn", max_size=12),
        st.text(alphabet="/aö?&=#%+;:@éA2F.\\\t\u2028 \ud800*'~|", max_size=20),
    ),
)


@REPEATABLE
@given(ADDRESSES)
@example("http:\\\\a\\b")
@example("http://[::1]:8080/")
@example("http://a.se/.;jsessionid=1")
@example("http://a.se/%3Bjsessionid=1")
@example("http://.\\")
def test_one_spelling_is_its_own_spelling_and_no_text_is_too_strange(address: str) -> None:
    once = canonical(address)
    assert canonical(once) == once


@REPEATABLE
@given(ADDRESSES, ADDRESSES)
def test_no_pair_of_addresses_is_too_strange(address: str, base: str) -> None:
    once = canonical(address, base)
    assert isinstance(host_of(once), str)
    assert isinstance(path_of(once), str)
    assert is_web_page(address) in (True, False)


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("https://WWW.Sjoboda.example", START),
        ("https://www.sjoboda.example:443/", START),
        ("https://www.sjoboda.example./", START),
        ("https://www.sjoboda.example/#innehall", START),
        ("  https://www.sjoboda.example/\n", START),
        ("https:\\\\www.sjoboda.example\\", START),
        ("https://anna:hemligt@www.sjoboda.example/", START),
        ("https://www.sjoboda.example/a/../b", url("/b")),
        ("https://www.sjoboda.example/%7eanna", url("/~anna")),
        ("https://www.sjoboda.example/föreningar", url("/f%C3%B6reningar")),
        ("https://www.sjoboda.example/f%c3%b6reningar", url("/f%C3%B6reningar")),
        ("https://www.sjoboda.example/sok?b=2&a=1", url("/sok?a=1&b=2")),
        ("https://växjö.example/", "https://xn--vxj-qla6g.example/"),
        ("http://[::1]:80/a", "http://[::1]/a"),
    ],
)
def test_the_same_page_has_the_same_spelling(written: str, spelled: str) -> None:
    assert canonical(written) == spelled


@pytest.mark.parametrize(
    "noise",
    [
        "utm_source=brev",
        "UTM_Campaign=host",
        "fbclid=abc",
        "gclid=1",
        "sid=1",
        "PHPSESSID=1",
        "sv.target=12.3",
        "sv.12.abc.route=/",
        "svid=1",
        "_t_q=x",
        "mc_cid=1",
        "pk_campaign=x",
        "print=true",
        "utm%5Fsource=brev",
    ],
)
def test_session_and_tracking_parameters_are_dropped(noise: str) -> None:
    assert canonical(url(f"/bidrag?{noise}")) == url("/bidrag")
    assert canonical(url(f"/bidrag?id=3&{noise}&a=1")) == url("/bidrag?a=1&id=3")


@pytest.mark.parametrize("path", ["/a;jsessionid=1A", "/a;JSESSIONID=1A?x=1", "/a;jsessionid=1A#b"])
def test_sessions_in_the_path_are_dropped(path: str) -> None:
    assert canonical(url(path)) in (url("/a"), url("/a?x=1"))


def test_what_follows_a_session_in_the_path_is_kept() -> None:
    assert canonical(url("/a;jsessionid=1A/b")) == url("/a/b")


@pytest.mark.parametrize(
    "address",
    [
        url("/sok?q=f%F6rening"),
        url("/sok?q=50%25"),
        url("/sok?q=a%26b"),
        url("/sok?q=a%2Bb"),
        url("/a%2Fb"),
        url("/a?side=1"),
        url("/a?sv=1"),
        url("/a?printer=1"),
        url("/a/"),
        url("/Bidrag"),
        "http://www.sjoboda.example/",
        "https://sjoboda.example/",
        "https://www.sjoboda.example:8443/",
    ],
)
def test_what_tells_pages_apart_is_kept(address: str) -> None:
    assert canonical(address) == address


PAIRS = st.lists(
    st.tuples(st.sampled_from(["q", "id", "sida", "å"]), st.text(st.characters(exclude_categories=["Cs"])))
)


@REPEATABLE
@given(PAIRS, st.lists(st.text(st.characters(categories=("L", "N")), min_size=1), max_size=4))
def test_parameters_and_path_keep_their_meaning(pairs: list[tuple[str, str]], steps: list[str]) -> None:
    address = url("/" + "/".join(map(quote, steps)) + "?" + urlencode(pairs))
    parts = urlsplit(canonical(address))
    assert sorted(parse_qsl(parts.query, keep_blank_values=True)) == sorted(pairs)
    assert unquote(parts.path) == "/" + "/".join(steps)


@pytest.mark.parametrize(
    "address", ["mailto:a@b.example", "tel:+46", "javascript:void(0)", "http://", "https:///a", "http://["]
)
def test_what_is_no_web_address_comes_back_as_it_is(address: str) -> None:
    assert canonical(address) == address


def test_relative_addresses_are_read_from_their_page() -> None:
    assert canonical("../kontakt?b=1#top", url("/a/b/c")) == url("/a/kontakt?b=1")
    assert canonical("//boka.sjoboda.example", START) == "https://boka.sjoboda.example/"
    assert canonical("", url("/a")) == url("/a")


def test_hosts_and_paths_are_told() -> None:
    assert host_of("https://WWW.Sjoboda.example:8080/a") == "www.sjoboda.example"
    assert host_of("mailto:a@b.example") == ""
    assert host_of("http://[") == ""
    assert path_of(url("/a?b=1")) == "/a?b=1"
    assert path_of("https://www.sjoboda.example") == "/"
    assert path_of("http://[") == "http://["


@pytest.mark.parametrize(
    "address", [START, url("/a.html"), url("/a.aspx?fil=b.pdf"), url("/om-pdf"), "http://a.example"]
)
def test_what_can_be_a_page(address: str) -> None:
    assert is_web_page(address)


@pytest.mark.parametrize(
    "address",
    [url("/a.pdf"), url("/A.PDF?x=1"), url("/bild.jpeg"), url("/a.docx#b"), "mailto:a@b.example", "ftp://a", ""],
)
def test_what_cannot_be_a_page(address: str) -> None:
    assert not is_web_page(address)
