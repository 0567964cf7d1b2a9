"""Addresses that several workers take turns with, some of which may come while others are being looked at."""

import asyncio
from collections import deque
from collections.abc import Iterable

from auditor.gather.frontier import Found


class Wave:
    """What is to be looked at next, in order."""

    def __init__(self, items: Iterable[Found]) -> None:
        self._queue = deque(items)
        self.is_alone = len(self._queue) == 1
        """Whether there is nothing for others to do while the first address is dealt with."""
        self._busy = 0
        self._news = asyncio.Event()

    async def take(self) -> Found | None:
        """The next address; None when all are done. Waits as long as those at work may bring more.

        Who takes one hands it back with `done`.
        """
        while not self._queue:
            if not self._busy:
                return None
            self._news.clear()
            await self._news.wait()
        self._busy += 1
        return self._queue.popleft()

    def done(self) -> None:
        """An address that was taken is dealt with."""
        self._busy -= 1
        self._news.set()

    def extend(self, items: Iterable[Found]) -> None:
        """More to look at, after all else."""
        self.is_alone = False
        self._queue.extend(items)
        self._news.set()
