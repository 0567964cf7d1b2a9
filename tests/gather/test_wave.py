"""Workers share what there is to look at, and wait for what those at work may bring."""

import asyncio
import random

from hypothesis import given
from hypothesis import strategies as st

from auditor.gather.frontier import Found
from auditor.gather.wave import Wave


def _found(*urls: str) -> list[Found]:
    return [Found(url, 1) for url in urls]


async def _ask(wave: Wave, changed: frozenset[str] | None = None, chance: random.Random | None = None) -> None:
    """Hands on what there is, after a while each; what is not *changed* need not be rendered."""
    while item := await wave.to_ask():
        for _ in range(chance.randrange(4) if chance else 0):
            await asyncio.sleep(0)
        wave.answered(item, is_to_be_rendered=changed is None or item.url in changed)


async def _render(wave: Wave, order: list[str], chance: random.Random | None = None) -> None:
    """Notes in *order* what it gets."""
    while item := await wave.to_render():
        order.append(item.url)
        for _ in range(chance.randrange(9) if chance else 0):
            await asyncio.sleep(0)
        wave.rendered()


def test_who_finds_nothing_waits_for_what_others_bring() -> None:
    async def rendered() -> tuple[list[str], list[bool]]:
        wave, order = Wave(_found("/"), ahead=3), list[str]()
        asking = asyncio.create_task(_ask(wave))
        assert await wave.to_render() == Found("/", 1)
        alone = [wave.is_alone]
        others = [asyncio.create_task(_render(wave, order)) for _ in range(2)]
        await asyncio.sleep(0)
        assert order == []
        wave.extend(_found("/a", "/b"))
        alone.append(wave.is_alone)
        while len(order) < 2:
            await asyncio.sleep(0)
        assert not any(task.done() for task in (asking, *others))
        wave.rendered()
        await asyncio.gather(asking, *others)
        return order, alone

    assert asyncio.run(rendered()) == (["/a", "/b"], [True, False])


def test_no_more_are_asked_for_than_may_wait_to_be_rendered() -> None:
    async def asked_for() -> list[str]:
        wave, asked = Wave(_found("/a", "/b", "/c", "/d"), ahead=2), list[str]()

        async def ask() -> None:
            while item := await wave.to_ask():
                asked.append(item.url)
                wave.answered(item, is_to_be_rendered=True)

        asking = asyncio.create_task(ask())
        await asyncio.sleep(0)
        asked.append("one is rendered")
        await wave.to_render()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        asked.append("all are told to end")
        wave.close()
        await asking
        return asked

    assert asyncio.run(asked_for()) == ["/a", "/b", "one is rendered", "/c", "all are told to end"]


@given(st.frozensets(st.integers(0, 19)), st.integers(1, 6), st.integers(1, 3), st.integers(1, 4), st.integers())
def test_pages_are_rendered_in_their_order_and_none_is_lost(
    changed: frozenset[int], ahead: int, asking: int, rendering: int, seed: int
) -> None:
    async def rendered() -> list[str]:
        chance, order = random.Random(seed), list[str]()
        wave = Wave(_found(*map(str, range(20))), ahead)
        new = frozenset(map(str, changed))
        async with asyncio.timeout(20):
            await asyncio.gather(
                *(_ask(wave, new, chance) for _ in range(asking)),
                *(_render(wave, order, chance) for _ in range(rendering)),
            )
        return order

    assert asyncio.run(rendered()) == [str(number) for number in sorted(changed)]


def test_who_ends_over_what_was_in_hand_ends_all() -> None:
    async def rendered() -> list[str]:
        wave, order = Wave(_found("/a", "/b", "/c"), ahead=9), list[str]()
        assert await wave.to_ask() == Found("/a", 1)  # and nobody hears of it again
        others = [asyncio.create_task(work) for work in (_ask(wave), _render(wave, order))]
        await asyncio.sleep(0)
        wave.close()
        await asyncio.gather(*others)
        return order

    assert asyncio.run(rendered()) == []


def test_a_page_is_alone_where_all_others_need_not_be_rendered() -> None:
    async def alone() -> list[bool]:
        wave = Wave(_found("/a", "/b", "/c"), ahead=9)
        first = await wave.to_ask()
        assert first is not None
        wave.answered(first, is_to_be_rendered=True)
        await wave.to_render()
        seen = [wave.is_alone]
        for _ in range(2):
            other = await wave.to_ask()
            assert other is not None
            seen.append(wave.is_alone)
            wave.answered(other, is_to_be_rendered=False)
        return [*seen, wave.is_alone]

    assert asyncio.run(alone()) == [False, False, False, True]


def test_no_page_is_alone_where_others_were_rendered() -> None:
    async def alone() -> list[bool]:
        wave = Wave(_found("/a", "/b"), ahead=9)
        asking = asyncio.create_task(_ask(wave))
        seen = []
        for _ in range(2):
            await wave.to_render()
            seen.append(wave.is_alone)
            wave.rendered()
        await asking
        return seen

    assert asyncio.run(alone()) == [False, False]
