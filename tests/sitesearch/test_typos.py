"""Typing errors: one edit, no word, never the first letter."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.sitesearch.typos import KINDS, edit_of, typo


@given(st.text("abcdefghijklmnoprstuvyåäö", min_size=4, max_size=15), st.integers(0, 1000))
def test_a_typing_error_is_one_edit_after_the_first_letter(word: str, seed: int) -> None:
    made = typo(word, np.random.default_rng(seed), lambda one: False)
    if made is not None:
        edit = edit_of(made, word)
        assert edit is not None, (made, word)
        assert edit[0] in KINDS
        assert made[0] == word[0]


def test_an_error_that_makes_a_word_is_none() -> None:
    assert typo("lokal", np.random.default_rng(0), lambda one: True) is None
    assert typo("hus", np.random.default_rng(0), lambda one: False) is None
    assert typo("lok-stöd", np.random.default_rng(0), lambda one: False) is None


@pytest.mark.parametrize(
    ("typed", "meant", "kind"),
    [
        ("anmälan", "anmällan", "drop"),
        ("bidragg", "bidrag", "insert"),
        ("föreming", "förening", "substitute"),
        ("föreinng", "förening", "swap"),
        ("bidrag", "bidrag", None),
        ("hal", "tal", "substitute"),
        ("föreni", "förening", None),
        ("ab", "cd", None),
    ],
)
def test_edits_are_told(typed: str, meant: str, kind: str | None) -> None:
    edit = edit_of(typed, meant)
    assert (edit[0] if edit else None) == kind
