"""What belongs to a site, and where it hands its visitors over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.derive.scope import SiteScope, leads_to_system
from auditor.derive.urls import canonical
from auditor.model.config import ScopeConfig
from tests.builders import REPEATABLE, START, url


def scope(*hosts: str, include: tuple[str, ...] = (), exclude: tuple[str, ...] = ()) -> SiteScope:
    """The site www.sjoboda.example, with further hosts."""
    config = ScopeConfig(include=include, exclude=exclude)
    return SiteScope(start=START, hosts=frozenset({"www.sjoboda.example", *hosts}), config=config)


def test_pages_of_the_hosts_belong_to_the_site() -> None:
    site = scope("bidrag.sjoboda.example")
    assert site.holds(url("/a"))
    assert site.holds("https://bidrag.sjoboda.example/b")
    assert site.holds("http://www.sjoboda.example:8080/c")


@pytest.mark.parametrize(
    "address",
    [
        "https://sjoboda.example/",
        "https://www.sjoboda.example.evil.test/",
        "https://evil.test/www.sjoboda.example",
        "mailto:info@www.sjoboda.example",
        "http://[",
        "",
    ],
)
def test_other_hosts_do_not(address: str) -> None:
    assert not scope().holds(address)
    assert not scope().same_site(address) or address.startswith("mailto:")


def test_documents_lie_on_the_site_and_are_no_pages_of_it() -> None:
    assert scope().same_site(url("/a.pdf"))
    assert not scope().holds(url("/a.pdf"))


def test_only_what_is_included_is_walked_and_the_start_page() -> None:
    site = scope(include=("/forening", "/uppleva-och-göra/"))
    assert site.holds(START)
    assert site.holds(url("/foreningar/bidrag"))
    assert site.holds(url("/uppleva-och-g%C3%B6ra/idrott"))
    assert not site.holds(url("/bygga"))
    assert not site.holds(url("/om/forening"))


def test_what_is_excluded_is_left_out() -> None:
    site = scope(exclude=("/nyheter", "/kalender/år"))
    assert site.holds(START)
    assert site.holds(url("/kalender"))
    assert not site.holds(url("/nyheter/2024"))
    assert not site.holds(url("/kalender/%C3%A5r/2024"))


def test_exclusion_wins_over_inclusion() -> None:
    site = scope(include=("/forening",), exclude=("/forening/arkiv",))
    assert site.holds(url("/forening/bidrag"))
    assert not site.holds(url("/forening/arkiv/2019"))


PREFIXES = st.lists(
    st.text(alphabet="/abåö", min_size=1, max_size=4).map(lambda text: "/" + text.strip("/")), max_size=3
)


@REPEATABLE
@given(PREFIXES, PREFIXES, st.text(alphabet="/abåö", max_size=8))
def test_a_narrower_scope_never_holds_more(include: list[str], exclude: list[str], path: str) -> None:
    address = canonical(url("/" + path.lstrip("/")))
    if scope(include=tuple(include), exclude=tuple(exclude)).holds(address):
        assert scope(include=tuple(include)).holds(address)
        assert scope(exclude=tuple(exclude)).holds(address)
        assert scope().holds(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://sjoboda.rbok.se/",
        "https://www.ibgo.se/sjoboda",
        "https://boka.sjoboda.example/",
        "https://foreningar.sjoboda.example/register",
        "https://e-tjanster.sjoboda.example/",
        "https://minasidor.sjoboda.example/",
    ],
)
def test_booking_registers_and_e_services_are_handed_over_to(address: str) -> None:
    assert scope().is_handoff(address)
    assert leads_to_system(address, START)


@pytest.mark.parametrize(
    "address",
    [
        START,
        "https://boka.annanstans.test/",
        "https://www.skatteverket.example.org/",
        "https://notrbok.se/",
        "https://sjoboda.rbok.se.evil.test/",
        "https://bokhandel.sjoboda.example/",
        "mailto:boka@sjoboda.example",
    ],
)
def test_nothing_else_is(address: str) -> None:
    assert not scope().is_handoff(address)
    assert not leads_to_system(address, START)


def test_a_system_that_is_audited_with_the_site_is_no_handoff() -> None:
    assert not scope("boka.sjoboda.example").is_handoff("https://boka.sjoboda.example/")


def test_a_document_in_a_system_is_no_handoff() -> None:
    assert not scope().is_handoff("https://boka.sjoboda.example/taxa.pdf")
