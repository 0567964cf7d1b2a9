"""Workers share what there is to look at, and wait for what those at work may bring."""

import asyncio

from auditor.gather.frontier import Found
from auditor.gather.wave import Wave


def _found(*urls: str) -> list[Found]:
    return [Found(url, 1) for url in urls]


def test_who_finds_nothing_waits_for_what_others_bring() -> None:
    async def taken() -> tuple[list[str], list[bool]]:
        wave, order = Wave(_found("/")), list[str]()
        alone = [wave.is_alone]
        first = await wave.take()
        assert first is not None

        async def work() -> None:
            while item := await wave.take():
                order.append(item.url)
                wave.done()

        others = [asyncio.create_task(work()) for _ in range(2)]
        await asyncio.sleep(0)
        assert order == []
        wave.extend(_found("/a", "/b"))
        alone.append(wave.is_alone)
        while len(order) < 2:
            await asyncio.sleep(0)
        assert not any(task.done() for task in others)
        wave.done()
        await asyncio.gather(*others)
        return order, alone

    assert asyncio.run(taken()) == (["/a", "/b"], [True, False])


def test_all_end_when_nobody_is_at_work() -> None:
    async def taken() -> list[str | None]:
        wave = Wave(_found("/a", "/b"))
        items = [await wave.take(), await wave.take()]
        wave.done()
        wave.done()
        return [item.url if item else None for item in (*items, await wave.take())]

    assert asyncio.run(taken()) == ["/a", "/b", None]
