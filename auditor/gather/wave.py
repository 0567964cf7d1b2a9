"""Addresses that several workers take turns with: some ask whether a page must be rendered, others render it."""

import asyncio
from collections import deque
from collections.abc import Iterable

from auditor.gather.frontier import Found


class Wave:
    """What is to be looked at next. Pages are rendered in this order, however long it took to ask for each of them.

    More may come while others are being looked at. So whoever finds nothing waits as long as those at work may bring
    something, and all end together.
    """

    def __init__(self, items: Iterable[Found], ahead: int) -> None:
        """Takes what is to be looked at, in order, and how many may wait to be rendered until no more are asked for."""
        self._queue = deque(items)
        self._ahead = ahead
        self._asked: deque[Found] = deque()
        self._to_be_rendered: dict[str, bool] = {}
        self._ready: deque[Found] = deque()
        self._rendering = 0
        self._number = 0
        """How many had to be rendered so far."""
        self._is_closed = False
        self._news = asyncio.Event()

    async def to_ask(self) -> Found | None:
        """The next address to ask for; None when there will be no more. Who takes one hands it on with `answered`."""
        while not self._queue or len(self._asked) + len(self._ready) >= self._ahead:
            if self._is_over:
                return None
            await self._wait()
        if self._is_closed:
            return None
        item = self._queue.popleft()
        self._asked.append(item)
        return item

    def answered(self, item: Found, *, is_to_be_rendered: bool) -> None:
        """It is known whether *item* is rendered; it is, when that is known of all before it."""
        self._to_be_rendered[item.url] = is_to_be_rendered
        while self._asked and self._asked[0].url in self._to_be_rendered:
            first = self._asked.popleft()
            if self._to_be_rendered.pop(first.url):
                self._ready.append(first)
                self._number += 1
        self._news.set()

    async def to_render(self) -> Found | None:
        """The next address to render; None when there will be no more. Who takes one tells `rendered`."""
        while not self._ready:
            if self._is_over:
                return None
            await self._wait()
        if self._is_closed:
            return None
        self._rendering += 1
        self._news.set()
        return self._ready.popleft()

    def rendered(self) -> None:
        """An address that was taken is rendered."""
        self._rendering -= 1
        self._news.set()

    @property
    def is_alone(self) -> bool:
        """Whether one address is rendered, it is the only one so far, and there is nothing for others to do."""
        return self._rendering == self._number == 1 and not (self._queue or self._asked)

    def extend(self, items: Iterable[Found]) -> None:
        """More to look at, after all else."""
        self._queue.extend(items)
        self._news.set()

    def close(self) -> None:
        """Nobody gets anything more: what somebody had in hand who ended must not be waited for."""
        self._is_closed = True
        self._news.set()

    @property
    def _is_over(self) -> bool:
        return self._is_closed or not (self._queue or self._asked or self._ready or self._rendering)

    async def _wait(self) -> None:
        self._news.clear()
        await self._news.wait()
