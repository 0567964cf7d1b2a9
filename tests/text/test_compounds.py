"""Compounds: by a dictionary in Hunspell's format, and by the site's own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.catalogue.dictionary import swedish_dictionary
from auditor.text.compounds import DictionarySplitter, OwnWordSplitter
from auditor.text.dictionary import Dictionary, read_dictionary
from benchmarks.swedish.compounds import lines, measure

AFFIXES = """
SET UTF-8
COMPOUNDBEGIN X
COMPOUNDMIDDLE U
COMPOUNDEND Y
ONLYINCOMPOUND Z
SFX v Y 2
SFX v a s/WXZ a
SFX v 0 s/WXZ [^a]
SFX A Y 1
SFX A 0 s [^s]
SFX w Y 1
SFX w a u/WXZ a
"""
ENTRIES = """9
förening/AvY
bidrag/AY
gata/AwY
belysning/Y
Stockholm/X
sal/Y
gymnastik/AXY
skol/XZ
skola/Y
x(/Y
"""


@pytest.fixture(scope="module")
def small() -> Dictionary:
    return read_dictionary(ENTRIES.splitlines(), AFFIXES.splitlines())


def test_a_dictionary_tells_what_stands_first_and_last(small: Dictionary) -> None:
    assert small.firsts["förenings"] == "förening"
    assert small.firsts["gatu"] == "gata"
    assert small.firsts["skol"] == "skola"
    assert "bidrag" in small.lasts
    assert "skol" not in small.words
    assert "x(" not in small.words
    assert "förenings" not in small.words


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("föreningsbidraget", [("förenings", "förening"), ("bidraget", "bidraget")]),
        ("gatubelysning", [("gatu", "gata"), ("belysning", "belysning")]),
        ("skolgymnastiksal", [("skol", "skola"), ("gymnastik", "gymnastik"), ("sal", "sal")]),
        ("bidrag", []),
        ("belysningsbidrag", []),
        ("", []),
        ("12345678", []),
    ],
)
def test_words_are_split_by_the_dictionary(small: Dictionary, word: str, parts: list[tuple[str, str]]) -> None:
    assert [(part.surface, part.word) for part in DictionarySplitter(small).split(word)] == parts


def test_the_sites_own_words_explain_more(small: Dictionary) -> None:
    assert [part.surface for part in DictionarySplitter(small, {"belysnings": 1}).split("belysningsbidrag")] == [
        "belysnings",
        "bidrag",
    ]


@given(st.text("abcdeforngsålu", max_size=20))
def test_parts_make_up_the_word(word: str) -> None:
    splitter = DictionarySplitter(read_dictionary(ENTRIES.splitlines(), AFFIXES.splitlines()))
    parts = splitter.split(word)
    assert not parts or ("".join(part.surface for part in parts) == word and len(parts) > 1)


@pytest.mark.parametrize("word", ["sal" * 5000, "gatu" * 12, "a" * 100_000, "salsal" * 8])
def test_endless_words_are_done_with_at_once(small: Dictionary, word: str) -> None:
    for splitter in (DictionarySplitter(small, {"sal": 3, "gatu": 1}), OwnWordSplitter({"sal": 3, "gatu": 1}, str)):
        parts = splitter.split(word)
        assert len(word) <= 50 or not parts


@given(st.lists(st.text(max_size=12), max_size=8), st.lists(st.text(max_size=12), max_size=8))
def test_any_lines_can_be_read(entries: list[str], affixes: list[str]) -> None:
    read_dictionary(entries, affixes)


def test_the_installed_dictionary_splits_four_of_five_and_hardly_any_plain_word() -> None:
    dictionary = swedish_dictionary()
    assert dictionary is not None, "hunspell-sv is a dependency"
    own, by_dictionary, both = measure(dictionary)
    assert len(lines("compounds.txt")) == 200
    assert by_dictionary.held_out >= 80
    assert both.held_out >= 80
    assert own.held_out < by_dictionary.held_out
    assert len(both.wrongly) <= 4
