"""How the site's search is asked: which field of which form, and which address the results have."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.derive.search_way import address_of, fill, learned_template, results_address, search_way
from auditor.derive.urls import canonical, host_of
from auditor.model.facts import Field, Form
from auditor.model.search import SearchWay
from tests.builders import REPEATABLE, START, facts, search_form, url

OTHERS = ("e-tjänst", "e-tjanst", "föreningsregist", "foreningsregist")


def field(kind: str, key: str, label: str = "") -> Field:
    """A field of a form."""
    return Field(selector=f"#{key or kind}", tag="input", kind=kind, key=key, name=label)


def way_of(*forms: Form) -> SearchWay | None:
    """The way into the search of a page with *forms*."""
    return search_way(facts(forms=forms), START, others=OTHERS, hosts={host_of(START)})


def test_a_search_form_is_found_among_others() -> None:
    login = search_form(
        selector="#login", key="user", kind="text", label="Användarnamn", action=url("/login"), role="form"
    )
    way = way_of(login, search_form(selector="#sok"))
    assert way
    assert way.field == "#sok > input"
    assert way.template == url("/sok?q={query}")


@pytest.mark.parametrize(
    "changes",
    [
        {"role": "search", "kind": "text", "key": "x", "label": "Vad letar du efter?"},
        {"role": "", "kind": "text", "key": "q", "label": "Sök", "action": url("/hitta")},
        {"role": "", "kind": "text", "key": "query", "label": "", "action": url("/s%C3%B6k")},
    ],
)
def test_forms_that_say_in_several_ways_that_they_search(changes: dict[str, str]) -> None:
    assert way_of(search_form(**changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {"label": "Sök e-tjänst", "action": url("/e-tjanster/sok")},
        {"label": "Sök", "action": url("/foreningsregister")},
        {"role": "form", "kind": "text", "key": "epost", "label": "E-post", "action": url("/nyhetsbrev")},
        {"kind": "checkbox"},
        {"action": "https://sok.annan.example/sok"},
    ],
)
def test_forms_that_search_something_else_or_nothing_are_never_sent(changes: dict[str, str]) -> None:
    form = search_form(**changes)  # type: ignore[arg-type]
    way = search_way(facts(forms=[form]), START, others=OTHERS, hosts={host_of(START)})
    assert way is None


@pytest.mark.parametrize("kind", ["password", "email", "textarea"])
def test_a_form_with_other_things_to_write_is_never_sent(kind: str) -> None:
    assert way_of(search_form(more=[field(kind, "x")])) is None


def test_a_page_without_forms_has_no_search() -> None:
    assert way_of() is None


def test_what_a_form_sends_besides_is_in_the_address() -> None:
    form = search_form(action=url("/sok?gammalt=1#a"), sends=[("sv.target", "12.1"), ("sub", "Sök"), ("q", "x")])
    assert results_address(form, form.fields[0]) == url("/sok?q={query}&sv.target=12.1&sub=S%C3%B6k")


@pytest.mark.parametrize("changes", [{"method": "post"}, {"action": ""}, {"action": "javascript:sok()"}, {"key": ""}])
def test_a_form_without_plain_address_has_none(changes: dict[str, str]) -> None:
    form = search_form(**changes)  # type: ignore[arg-type]
    assert results_address(form, form.fields[0]) == ""


@REPEATABLE
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_words_fit_into_the_address(words: str) -> None:
    form = search_form()
    address = fill(results_address(form, form.fields[0]), words)
    assert dict(parse_qsl(urlsplit(address).query)) == {"q": words}
    assert dict(parse_qsl(urlsplit(canonical(address)).query)) == {"q": words}


@REPEATABLE
@given(st.text(min_size=1), st.text(min_size=1))
def test_two_questions_never_share_an_address(one: str, other: str) -> None:
    way = SearchWay(page=START, field="input")
    same = one.encode("utf-8", "replace") == other.encode("utf-8", "replace")
    assert (address_of(way, one) == address_of(way, other)) is same


@pytest.mark.parametrize(
    ("shown", "template"),
    [
        ("/sok?q=boka+lokal&sida=1", "/sok?q={query}&sida=1"),
        ("/sok?sida=1&q=boka%20lokal", "/sok?sida=1&q={query}"),
        ("/sok#?cludoquery=boka%20lokal&cludopage=1", "/sok#?cludoquery={query}&cludopage=1"),
        ("/sok?q=boka+lokal#traffar", "/sok?q={query}#traffar"),
        ("/sok", ""),
        ("/sok?id=7", ""),
        ("/sok/boka%20lokaler", ""),
    ],
)
def test_how_results_are_addressed_is_learned_from_one(shown: str, template: str) -> None:
    assert learned_template(url(shown), "boka lokal") == (url(template) if template else "")


@REPEATABLE
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_what_was_learned_leads_to_the_same_address(words: str) -> None:
    shown = fill(url("/sok?a=1&q={query}&b=2"), words)
    template = learned_template(shown, words)
    assert template in ("", url("/sok?a=1&q={query}&b=2")) or fill(template, words) == shown
