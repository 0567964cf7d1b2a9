"""Garbage is searched for seldom while a run is made, and as before afterwards."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from auditor.garbage import searched_seldom


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


class Ring:
    def __init__(self) -> None:
        self.own = self


def test_searches_are_as_before_afterwards() -> None:
    gc.set_threshold(500, 7, 9)

    @searched_seldom()
    def threshold() -> tuple[int, int, int]:
        with searched_seldom():
            inner = gc.get_threshold()
        assert gc.get_threshold() == inner
        return inner

    assert threshold() == (20_000, 7, 9)
    assert gc.get_threshold() == (500, 7, 9)


@pytest.mark.parametrize("own", [0, 50_000])
def test_who_searches_even_less_is_left_alone(own: int) -> None:
    gc.set_threshold(own, 10, 10)
    with searched_seldom():
        assert gc.get_threshold()[0] == own


def test_garbage_is_found_all_the_same() -> None:
    with searched_seldom():
        ring = weakref.ref(Ring())
        made = [Ring() for _ in range(50_000)]
    assert len(made) == 50_000
    assert ring() is None
