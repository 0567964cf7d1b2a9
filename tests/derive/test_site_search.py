"""The site's own search: which form it is, which address it has, and what to try it with."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.derive.site_search import NONSENSE, fill, find_search, search_address, search_field, trial_words
from auditor.derive.urls import canonical
from auditor.model.facts import Field
from tests.builders import REPEATABLE, facts, search_form, summary, url


def field(kind: str, key: str, label: str = "") -> Field:
    """A field of a form."""
    return Field(selector=f"#{key or kind}", tag="input", kind=kind, key=key, name=label)


def test_a_search_form_is_found_among_others() -> None:
    login = search_form(
        selector="#login", key="user", kind="text", label="Användarnamn", action=url("/login"), role="form"
    )
    search = search_form(selector="#sok")
    assert find_search(facts(forms=[login, search])) == search


@pytest.mark.parametrize(
    "changes",
    [
        {"role": "", "kind": "search", "key": "text", "label": ""},
        {"role": "search", "kind": "text", "key": "x", "label": "Vad letar du efter?"},
        {"role": "", "kind": "text", "key": "q", "label": "Sök", "action": url("/sok")},
        {
            "role": "",
            "kind": "text",
            "key": "query",
            "label": "",
            "action": url("/s%C3%B6k"),
            "selector": "header form",
        },
    ],
)
def test_forms_that_say_in_several_ways_that_they_search(changes: dict[str, str]) -> None:
    form = search_form(**changes)  # type: ignore[arg-type]
    found = find_search(facts(forms=[form]))
    enough = changes.get("label") != "" or changes.get("kind") == "search"
    assert found == (form if enough else None)


@pytest.mark.parametrize(
    "changes",
    [
        {"label": "Sök e-tjänst", "action": url("/e-tjanster/sok")},
        {"label": "Sök", "action": url("/foreningsregister")},
        {"role": "form", "kind": "text", "key": "epost", "label": "E-post", "action": url("/nyhetsbrev")},
        {"kind": "checkbox"},
    ],
)
def test_forms_that_search_something_else_or_nothing(changes: dict[str, str]) -> None:
    assert find_search(facts(forms=[search_form(**changes)])) is None  # type: ignore[arg-type]


def test_a_page_without_forms_has_no_search() -> None:
    assert find_search(facts()) is None


def test_the_field_for_the_words_is_the_search_field_among_others() -> None:
    form = search_form(kind="hidden", key="sv.target", more=[field("text", "ort"), field("search", "term")])
    found = search_field(form)
    assert found is not None
    assert found.key == "term"


def test_one_text_field_takes_the_words_and_of_two_none_can_be_chosen() -> None:
    alone = search_field(search_form(kind="text", key="ord"))
    assert alone is not None
    assert alone.key == "ord"
    assert search_field(search_form(kind="text", key="ord", more=[field("text", "ort")])) is None


def test_the_address_of_results_has_a_place_for_the_words() -> None:
    assert search_address(search_form(action=url("/sok?sv=1#a"))) == url("/sok?q={query}")
    assert search_address(search_form(key="sök")) == url("/sok?s%C3%B6k={query}")


@pytest.mark.parametrize(
    "changes", [{"method": "post"}, {"action": ""}, {"action": "javascript:sok()"}, {"key": ""}, {"kind": "checkbox"}]
)
def test_a_form_without_plain_address_has_none(changes: dict[str, str]) -> None:
    assert search_address(search_form(**changes)) == ""  # type: ignore[arg-type]


@REPEATABLE
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_words_fit_into_the_address(words: str) -> None:
    address = fill(search_address(search_form()), words)
    assert dict(parse_qsl(urlsplit(address).query)) == {"q": words}
    assert dict(parse_qsl(urlsplit(canonical(address)).query)) == {"q": words}


def test_words_of_several_pages_come_first_then_the_alphabet() -> None:
    pages = [
        summary("/a", main_heading="Föreningsbidrag för idrott"),
        summary("/b", main_heading="Sök föreningsbidrag"),
        summary("/c", main_heading="Idrottshallar"),
        summary("/d", main_heading="Boka idrottshallar, bokning"),
        summary("/e", main_heading="Idrottshallar och bokning"),
    ]
    assert list(trial_words(pages)) == ["idrottshallar", "bokning", "föreningsbidrag"]


def test_short_words_are_not_tried() -> None:
    assert list(trial_words([summary("/a", main_heading="Sök stöd"), summary("/b", main_heading="Sök stöd")])) == []


def test_where_no_word_is_shared_any_will_do() -> None:
    pages = [summary("/a", main_heading="Bidragen"), summary("/b", main_heading="Lokaler")]
    assert list(trial_words(pages)) == ["bidragen", "lokaler"]


def test_a_word_on_every_page_finds_too_much() -> None:
    pages = [summary(f"/{number}", main_heading="Kommunen") for number in range(40)]
    pages += [summary(f"/x{number}", main_heading="Bokning") for number in range(2)]
    assert list(trial_words(pages)) == ["bokning"]


def test_pages_that_the_search_cannot_know_give_no_words() -> None:
    pages = [
        summary("/a", main_heading="Bidragen", rendered=False),
        summary("/b", main_heading="Lokaler", is_handoff=True),
        summary("/c", main_heading="Sökresultat", query="bidrag"),
    ]
    assert list(trial_words(pages)) == []


@REPEATABLE
@given(st.permutations(["Bidragen", "Lokaler", "Bokning av lokaler", "Bidragen 2024", "Kontakt"]))
def test_the_order_of_pages_changes_no_trial(headings: list[str]) -> None:
    pages = [summary(f"/{number}", main_heading=text) for number, text in enumerate(headings)]
    assert list(trial_words(pages)) == ["bidragen", "lokaler"]


def test_the_nonsense_word_is_one_plain_word() -> None:
    assert NONSENSE.isascii()
    assert NONSENSE.isalpha()
