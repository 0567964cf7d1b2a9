"""Asks whether links to other hosts answer: once each, seldom, and never hosts of a private network."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from auditor.derive.urls import host_of
from auditor.gather.guard import Guard, PrivateAddress
from auditor.gather.http import NO_HOST, HttpClient, Politeness, Stopped
from auditor.gather.robots import load_robots
from auditor.model.site import LinkStatus

_AT_ONCE = 6
"""Hosts that are asked side by side."""
_SECONDS = 15.0
_PATIENCE = 2
"""How often in a row a host may refuse, or not answer, until the rest of its addresses are left unasked."""
_LOOK_AGAIN = 2.0
"""Seconds until a name that was not found is looked up again."""
_REFUSALS = (0, 401, 403, 429, 503, 999)

ROBOTS = "robots"
UNASKED = "unasked"
"""Errors of addresses that were not asked: the robots.txt of their host forbids it, or it had turned down, or not
answered, the requests before."""


Keep = Callable[[LinkStatus], object]


async def ask_external(
    politeness: Politeness, guard: Guard, urls: Sequence[str], keep: Keep, *, timeout: float
) -> None:
    """Asks what addresses on other hosts answer, and hands each answer to *keep*.

    Each host is asked for its robots.txt once, then for one address at a time with the usual delay. Where no name
    server knows the host, that is told of its first addresses only: the fault may be ours.

    Args:
        politeness: of the run; its delays hold, its breaker does not: another host's refusal stops no run.
        guard: tells which hosts may be asked.
        urls: the addresses.
        keep: takes the answers, but those of a walk that was told to end.
        timeout: seconds that an answer may take; at most 15 count.
    """
    own = replace(politeness, breaker=1_000_000)
    queues: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        queues[host_of(url)].append(url)
    hosts = list(reversed(queues))
    async with HttpClient(own, guard, timeout=min(timeout, _SECONDS)) as client:
        asking = _Asking(client, guard, politeness, keep)

        async def work() -> None:
            while hosts and not politeness.stopped:
                host = hosts.pop()
                await asking.ask(host, queues[host])

        await asyncio.gather(*(work() for _ in range(_AT_ONCE)))


@dataclass(frozen=True)
class _Asking:
    client: HttpClient
    guard: Guard
    politeness: Politeness
    keep: Keep

    async def ask(self, host: str, urls: Sequence[str]) -> None:
        """Asks for the addresses on one host."""
        if await self._is_nowhere(host, 80 if urls[0].startswith("http:") else 443):
            for place, url in enumerate(urls):
                self.keep(LinkStatus(url=url, status=0, error=NO_HOST if place < _PATIENCE else UNASKED))
            return
        refused = 0
        try:
            rules = await load_robots(self.client, urls[0]) if self.politeness.config.robots else None
            for url in urls:
                if self.politeness.stopped:
                    return
                if refused >= _PATIENCE:
                    answer = LinkStatus(url=url, status=0, error=UNASKED)
                elif rules and not rules.allows(url):
                    answer = LinkStatus(url=url, status=0, error=ROBOTS)
                else:
                    answer = await self.client.status(url, patient=False)
                    refused = refused + 1 if answer.status in _REFUSALS else 0
                self.keep(answer)
        except Stopped:
            return

    async def _is_nowhere(self, host: str, port: int) -> bool:
        """Whether nobody knows *host*, asked twice: a name server may be out for a moment."""
        for wait in (_LOOK_AGAIN, 0.0):
            try:
                await self.guard.places(host, port)
            except PrivateAddress:
                return False
            except OSError:
                await self.politeness.sleep(wait)
            else:
                return False
        return True
