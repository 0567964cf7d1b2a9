"""What pages that are looked at side by side ask of each other: a place to load, and time to wait."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

PATIENCE = 5.0
"""Seconds that a page which is loaded anew waits for a place: other pages that hang must not spoil it."""


class Places:
    """So many places to load, given in the order in which they are asked for.

    A server is not asked for more than it was said to bear.
    """

    def __init__(self, number: int = sys.maxsize) -> None:
        """*number* of them, all free; more than anybody takes if it is left out."""
        self._free = asyncio.Semaphore(number)

    @asynccontextmanager
    async def taken(self, patience: float | None = None) -> AsyncIterator[Callable[[], None]]:
        """Waits for a place; it is free again at the end of the block, or when what the block gets is called.

        Args:
            patience: seconds after which the block goes on without one; if it is left out, never.
        """
        is_held = False
        with contextlib.suppress(TimeoutError):
            is_held = await asyncio.wait_for(self._free.acquire(), patience)

        def give_back() -> None:
            nonlocal is_held
            if is_held:
                is_held = False
                self._free.release()

        try:
            yield give_back
        finally:
            give_back()


class OwnTime:
    """The time that a page may take, in all and for its steps, without what it waits for others."""

    def __init__(self) -> None:
        self._running: list[asyncio.Timeout] = []

    @asynccontextmanager
    async def limited(self, seconds: float) -> AsyncIterator[asyncio.Timeout]:
        """Ends the block, which gets the limit, after *seconds* of the page's own.

        Raises:
            TimeoutError: then.
        """
        async with asyncio.timeout(seconds) as limit:
            self._running.append(limit)
            try:
                yield limit
            finally:
                self._running.remove(limit)

    @asynccontextmanager
    async def suspended(self) -> AsyncIterator[None]:
        """While the block lasts no limit runs."""
        loop = asyncio.get_running_loop()
        began, running = loop.time(), [(limit, limit.when()) for limit in self._running]
        for limit, _ in running:
            limit.reschedule(None)
        try:
            yield
        finally:
            for limit, until in running:
                if until is not None:
                    limit.reschedule(until + loop.time() - began)
