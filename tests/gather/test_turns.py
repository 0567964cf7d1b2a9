"""Who comes first where several are under way."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from auditor.gather.turns import Turns

STEPS = ("a", "b")


@given(st.permutations(range(5)), st.sets(st.integers(0, 4)))
def test_a_step_is_taken_in_the_order_of_the_beginnings(order: list[int], failing: set[int]) -> None:
    """However those under way come to the step, and whoever of them ends before it."""

    async def taken() -> list[int]:
        turns, done = Turns(STEPS), list[int]()
        for number in range(5):
            turns.begin(str(number))

        async def take(number: int) -> None:
            await turns.wait(str(number), "a")
            done.append(number)
            turns.passed(str(number), "a")

        steps = [asyncio.create_task(take(number)) for number in order if number not in failing]
        for number in failing:
            turns.end(str(number))
        await asyncio.gather(*steps)
        return done

    assert asyncio.run(taken()) == sorted(set(range(5)) - failing)


def test_steps_do_not_wait_for_each_other() -> None:
    async def waits() -> None:
        turns = Turns(STEPS)
        turns.begin("first")
        turns.begin("second")
        turns.passed("first", "a")
        await turns.wait("second", "a")

    asyncio.run(waits())


def test_who_begins_again_goes_last_and_keeps_nobody_waiting() -> None:
    async def waits() -> None:
        turns = Turns(STEPS)
        turns.begin("first")
        turns.begin("second")
        waiting = asyncio.create_task(turns.wait("second", "a"))
        await asyncio.sleep(0)
        turns.begin("first")
        await waiting
        turns.passed("second", "a")
        await turns.wait("first", "a")

    asyncio.run(waits())


def test_who_did_not_begin_waits_for_all_and_nobody_for_it() -> None:
    async def waits() -> None:
        turns = Turns(STEPS)
        turns.begin("first")
        turns.passed("stranger", "a")
        waiting = asyncio.create_task(turns.wait("stranger", "a"))
        await asyncio.sleep(0)
        assert not waiting.done()
        turns.end("first")
        await waiting

    asyncio.run(waits())
