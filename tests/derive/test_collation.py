"""Swedish alphabetical order: the customs that are right, and the two ways in which computers get it wrong."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.derive.collation import Arrangement, arrangement, first_break, swedish_key, tells_apart
from tests.builders import REPEATABLE

TITLES = ["Affischering", "Avgifter", "Boka lokal", "Bokning", "Zon", "Ångbåt", "Åtgärder", "Ärenden", "Öppettider"]


def test_the_last_letters_stand_last_in_their_own_order() -> None:
    assert sorted(["ö", "ä", "å", "z", "a", "o"], key=swedish_key) == ["a", "o", "z", "å", "ä", "ö"]
    assert arrangement(TITLES) is Arrangement.SWEDISH
    assert arrangement(TITLES[::-1], back=True) is Arrangement.SWEDISH
    assert arrangement(TITLES, back=True) is Arrangement.NONE


def test_code_points_put_ä_before_å() -> None:
    wrong = sorted(TITLES)

    assert arrangement(wrong) is Arrangement.CODE_POINT
    assert first_break(wrong) == ("Ärenden", "Ångbåt")


def test_folded_letters_put_å_among_a() -> None:
    wrong = ["Affischering", "Ångbåt", "Ärenden", "Åtgärder", "Avgifter", "Bokning", "Öppettider", "Zon"]

    assert arrangement(wrong) is Arrangement.FOLDED
    assert first_break(wrong) == ("Ångbåt", "Avgifter") or first_break(wrong) == ("Ärenden", "Åtgärder")


def test_capitals_before_small_letters_are_code_points() -> None:
    assert arrangement(["Bokning", "Lokal", "avgifter"]) is Arrangement.CODE_POINT


@pytest.mark.parametrize(
    "titles",
    [
        ["Wallin", "Vatten", "Vinter"],
        ["Vatten", "Vinter", "Wallin"],
        ["Lag 2", "Lag 10"],
        ["Lag 10", "Lag 2"],
        ["Boka lokal", "Bokalen"],
        ["Bokalen", "Boka lokal"],
        ["”Affisch”", "Bokning"],
        ["Bokning", "IdéBurna", "idéer"],
        ["Müller", "Mynt"],
        ["e-tjänst", "Etjänster"],
        [],
        ["Ensam"],
    ],
)
def test_customs_that_are_right(titles: list[str]) -> None:
    assert arrangement(titles) is Arrangement.SWEDISH


def test_a_list_must_follow_one_custom_throughout() -> None:
    assert arrangement(["Vatten", "Wallin", "Vinter", "Wedin", "Våg", "Wåhlin", "Wilhelm"]) is Arrangement.NONE


def test_titles_that_tell_the_orders_apart() -> None:
    assert tells_apart(["avgifter", "Åka", "Ära", "Bo"])
    assert not tells_apart(["Avgifter", "Bokning"])


WORDS = st.lists(st.text(alphabet="abvwzåäöé 12-", min_size=1, max_size=8), min_size=2, max_size=12)


@REPEATABLE
@given(WORDS)
def test_what_is_sorted_by_a_custom_is_found_sorted(titles: list[str]) -> None:
    for options in ({}, {"w_as_v": True}, {"numbers": True}, {"signs": True}, {"spaces": False}):
        ordered = sorted(titles, key=lambda title, given=options: swedish_key(title, **given))  # type: ignore[misc]
        assert arrangement(ordered) is Arrangement.SWEDISH
        assert arrangement(ordered[::-1], back=True) is Arrangement.SWEDISH
        assert first_break(ordered) is None


@REPEATABLE
@given(st.randoms(use_true_random=False))
def test_a_shuffled_list_is_sorted_by_nothing(chance: random.Random) -> None:
    shuffled = TITLES.copy()
    chance.shuffle(shuffled)

    assert (arrangement(shuffled) is Arrangement.SWEDISH) is (shuffled == TITLES)
