"""How many pages load at the same time."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.gather.places import Places


async def _most_at_once(number: int, stays: list[tuple[int, int]]) -> int:
    """How many hold a place at most, where each gives it back after some steps and ends after some more."""
    places, held, most = Places(number), 0, 0

    async def stay(holds: int, goes_on: int) -> None:
        nonlocal held, most
        async with places.taken() as give_back:
            held += 1
            most = max(most, held)
            for _ in range(holds):
                await asyncio.sleep(0)
            held -= 1
            if goes_on:
                give_back()
                give_back()
            for _ in range(goes_on):
                await asyncio.sleep(0)

    await asyncio.gather(*(stay(*one) for one in stays))
    return most


@given(st.integers(1, 4), st.lists(st.tuples(st.integers(1, 4), st.integers(0, 4)), max_size=12))
def test_no_more_hold_a_place_than_there_are_and_none_is_lost(number: int, stays: list[tuple[int, int]]) -> None:
    assert asyncio.run(_most_at_once(number, stays)) == min(number, len(stays))


def test_a_place_is_free_again_when_something_goes_wrong() -> None:
    async def fails(places: Places) -> None:
        async with places.taken():
            raise ValueError

    async def after_a_failure() -> str:
        places = Places(1)
        with pytest.raises(ValueError):
            await fails(places)
        async with places.taken():
            return "free"

    assert asyncio.run(after_a_failure()) == "free"
