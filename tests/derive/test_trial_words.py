"""Words to try a site's search with."""

from hypothesis import given
from hypothesis import strategies as st

from auditor.derive.trial_words import NONSENSE, trial_words
from tests.builders import REPEATABLE, summary


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
