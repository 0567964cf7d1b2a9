"""How many pages load at the same time, and that none pays for what it waits for."""

import asyncio
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.gather.places import OwnTime, Places
from tests.hostile import pages
from tests.hostile.command import Command, site_file
from tests.hostile.server import Exchange, serve

PATHS = [f"/sida-{number}" for number in range(1, 8)]


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


def test_who_has_waited_long_enough_goes_on_without_a_place_and_gives_none_back() -> None:
    async def in_turn() -> list[str]:
        places, order = Places(1), list[str]()
        async with places.taken() as give_back:
            async with places.taken(patience=0.01):
                order.append("impatient")
            late = asyncio.create_task(_note(places, order))
            await asyncio.sleep(0)
            order.append("still held")
            give_back()
            await late
        return order

    async def _note(places: Places, order: list[str]) -> None:
        async with places.taken():
            order.append("patient")

    assert asyncio.run(in_turn()) == ["impatient", "still held", "patient"]


class _Crowd:
    """Counts how many pages are being answered at the same time; each waits a moment for one more than are allowed."""

    def __init__(self, allowed: int) -> None:
        self._allowed = allowed
        self._now = 0
        self.most = 0
        self._changed = threading.Condition()

    def answer(self, exchange: Exchange) -> None:
        with self._changed:
            self._now += 1
            self.most = max(self.most, self._now)
            self._changed.notify_all()
            self._changed.wait_for(lambda: self.most > self._allowed, timeout=0.5)
            self._now -= 1
        exchange.answer(pages.page(exchange.path, "<h2>Rubrik</h2><p>Text</p>"))


@pytest.mark.browser
@pytest.mark.parametrize("at_once", [1, 2])
def test_a_server_answers_no_more_pages_at_the_same_time_than_it_was_said_to_bear(tmp_path: Path, at_once: int) -> None:
    crowd = _Crowd(at_once)
    with serve({"/": pages.page("Start", pages.links(PATHS)), **dict.fromkeys(PATHS, crowd.answer)}) as server:
        command = Command(tmp_path, site_file(tmp_path, f"{server.url}/", at_once=at_once))
        ended = command.run()
        assert (ended.code, ended.err) == (0, "")
    assert crowd.most == at_once


def test_what_a_page_waits_for_others_is_taken_off_neither_its_time_nor_that_of_its_step() -> None:
    async def wait() -> tuple[list[float | None], list[float], float]:
        loop, own = asyncio.get_running_loop(), OwnTime()
        async with own.limited(60) as whole, own.limited(30) as step:
            limits = (whole, step)
            until, began = [limit.when() or 0.0 for limit in limits], loop.time()
            async with own.suspended():
                inside = [limit.when() for limit in limits]
                while loop.time() == began:
                    await asyncio.sleep(0)
            longer = [(limit.when() or 0.0) - before for limit, before in zip(limits, until, strict=True)]
            return inside, longer, loop.time() - began

    inside, longer, waited = asyncio.run(wait())
    assert inside == [None, None]
    assert all(0 < more <= waited for more in longer)


def test_who_waits_for_two_things_has_no_limit_until_both_are_there() -> None:
    async def wait() -> tuple[float | None, float | None]:
        own = OwnTime()
        async with own.limited(60) as limit:
            async with own.suspended():
                async with own.suspended():
                    await asyncio.sleep(0)
                still = limit.when()
            return still, limit.when()

    still, after = asyncio.run(wait())
    assert still is None
    assert after is not None


def test_a_step_that_is_over_limits_nothing_more() -> None:
    async def wait() -> float | None:
        own = OwnTime()
        with pytest.raises(TimeoutError):
            async with own.limited(0) as step:
                await asyncio.sleep(60)
        async with own.limited(60), own.suspended():
            return step.when()

    assert asyncio.run(wait()) is not None


def test_the_time_runs_on_when_waiting_fails() -> None:
    async def wait() -> None:
        own = OwnTime()
        async with own.limited(60) as limit:
            with pytest.raises(ValueError, match="no"):
                async with own.suspended():
                    raise ValueError("no")
            assert limit.when() is not None

    asyncio.run(wait())
