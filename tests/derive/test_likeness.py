"""How much text two pages share."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.derive.likeness import alike, likeness, sketch
from auditor.derive.wording import words
from tests.builders import REPEATABLE

TEXTS = st.lists(
    st.sampled_from(["bidrag", "lokal", "hall", "tid", "taxa", "nyckel", "förening", "kommun"]), max_size=80
).map(" ".join)


def jaccard(one: str, other: str) -> float:
    """The share of runs of four words, counted in full."""
    runs = [{tuple(words(text)[at : at + 4]) for at in range(len(words(text)) - 3)} for text in (one, other)]
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1]) if runs[0] | runs[1] else 0.0


@REPEATABLE
@given(TEXTS)
def test_a_text_is_like_itself_and_so_is_one_with_other_signs(text: str) -> None:
    assert likeness(sketch(text), sketch(text.upper().replace(" ", ", "))) == (1.0 if len(text.split()) > 3 else 0.0)


@REPEATABLE
@given(TEXTS, TEXTS)
def test_likeness_goes_both_ways_and_stays_within_bounds(one: str, other: str) -> None:
    share = likeness(sketch(one), sketch(other))
    assert share == likeness(sketch(other), sketch(one))
    assert 0 <= share <= 1


@REPEATABLE
@given(TEXTS, TEXTS)
def test_short_texts_are_counted_in_full(one: str, other: str) -> None:
    if len(sketch(one)) < 64 and len(sketch(other)) < 64:
        assert likeness(sketch(one), sketch(other)) == pytest.approx(jaccard(one, other))


@pytest.mark.parametrize("changed", [0, 20, 100, 400])
def test_the_estimate_is_near_the_share(changed: int) -> None:
    source = random.Random(7)
    text = [f"ord{source.randrange(5000)}" for _ in range(1200)]
    other = text[: len(text) - changed] + [f"nytt{number}" for number in range(changed)]
    one, two = " ".join(text), " ".join(other)
    assert likeness(sketch(one), sketch(two)) == pytest.approx(jaccard(one, two), abs=0.2)


def test_only_pages_that_share_text_come_together() -> None:
    source = random.Random(3)
    texts = [" ".join(f"ord{source.randrange(900)}" for _ in range(200)) for _ in range(40)]
    sketches = [sketch(text) for text in (*texts, texts[5], texts[5] + " och lite till")]
    assert [(one, other) for one, other, _ in alike(sketches, 0.8)] == [(5, 40), (5, 41), (40, 41)]


def test_what_stands_on_every_page_brings_none_together() -> None:
    banner = "vi använder kakor för att webbplatsen ska fungera så bra som möjligt för dig som besöker oss"
    pages = [f"{banner} sida{number} text{number} ord{number} slut{number} till{number}" for number in range(60)]
    assert list(alike([sketch(page) for page in pages], 0.3)) == []
