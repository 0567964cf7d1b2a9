"""Swedish words: stems, compounds, related words, phrases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.text.analyzer import Analyzer, Phrases
from auditor.text.words import ENGLISH, SWEDISH, tokens

SITE = [
    "Bidrag till föreningar",
    "En förening kan boka lokal",
    "Idrott i hallen",
    "Lokaler och hallar",
    "bokning av skola",
]


@pytest.fixture(scope="module")
def site() -> Analyzer:
    return Analyzer.of_texts(SWEDISH, SITE, [("boka", "hyra", "reservera"), ("idrottshall", "sporthall")])


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("föreningsbidrag", ("förening", "bidrag")),
        ("föreningsbidraget", ("förening", "bidrag")),
        ("lokalbokning", ("lokal", "bokning")),
        ("idrottshall", ("idrott", "hall")),
        ("skollokal", ("skol", "lokal")),
        ("bidrag", ()),
        ("simhall", ()),
    ],
)
def test_compounds_are_split_into_the_sites_own_words(site: Analyzer, word: str, parts: tuple[str, ...]) -> None:
    assert site.parts(word) == tuple(site.stem(part) for part in parts)


def test_whole_words_weigh_more_than_their_parts(site: Analyzer) -> None:
    bag = site.bag("Föreningsbidrag")
    assert bag == {"föreningsbidrag": 1.0, site.stem("förening"): 0.6, site.stem("bidrag"): 0.6}


def test_related_words_are_added_only_where_asked(site: Analyzer) -> None:
    assert site.stem("hyra") not in site.bag("boka")
    bag = site.bag("boka", related=True)
    assert bag[site.stem("boka")] == 1.0
    assert bag[site.stem("hyra")] == bag[site.stem("reservera")] == 0.7


def test_english_words_are_not_split() -> None:
    assert Analyzer.of_texts(ENGLISH, ["foot", "ball"]).parts("football") == ()


def test_phrases_are_found_in_running_text() -> None:
    phrases = Phrases([["bok", "lokal"], ["lokal"], ["bok", "lokal", "hall"]])
    assert phrases.found(["så", "bok", "lokal", "hall"]) == ["bok lokal", "bok lokal hall"]


def test_letters_are_composed_first() -> None:
    assert tokens("fo\u0308rening") == ["förening"]


@given(st.text())
def test_any_text_becomes_weights_above_nothing(text: str) -> None:
    bag = Analyzer.of_texts(SWEDISH, SITE).bag(text)
    assert all(weight > 0 for weight in bag.values())
    assert len(bag) <= 4 * max(len(tokens(text)), 1)
