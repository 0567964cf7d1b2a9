"""Asks whether links to other hosts answer: once each, seldom, and never hosts of a private network."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from auditor.derive.urls import host_of
from auditor.gather.guard import Guard
from auditor.gather.http import HttpClient, Politeness, Stopped
from auditor.gather.robots import Robots, load_robots
from auditor.model.site import LinkStatus

_AT_ONCE = 6
"""Hosts that are asked side by side."""
_SECONDS = 15.0
_PATIENCE = 2
"""How often in a row a host may refuse, or not answer, until the rest of its addresses are left unasked."""
_REFUSALS = (0, 401, 403, 429, 503, 999)

ROBOTS = "robots"
UNASKED = "unasked"
"""Errors of addresses that were not asked: the robots.txt of their host forbids it, or it had turned down, or not
answered, the requests before."""


async def external_statuses(
    politeness: Politeness, guard: Guard, urls: Sequence[str], *, timeout: float
) -> list[LinkStatus]:
    """What addresses on other hosts answer.

    Each host is asked for its robots.txt once, then for one address at a time with the usual delay.

    Args:
        politeness: of the run; its delays hold, its breaker does not: another host's refusal stops no run.
        guard: tells which hosts may be asked.
        urls: the addresses.
        timeout: seconds that an answer may take; at most 15 count.
    """
    own = replace(politeness, breaker=1_000_000)
    queues: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        queues[host_of(url)].append(url)
    hosts = sorted(queues, reverse=True)
    answers: list[LinkStatus] = []
    async with HttpClient(own, guard, timeout=min(timeout, _SECONDS)) as client:

        async def work() -> None:
            while hosts and not politeness.stopped:
                answers.extend(await _ask_host(client, politeness, queues[hosts.pop()]))

        await asyncio.gather(*(work() for _ in range(_AT_ONCE)))
    return answers


async def _ask_host(client: HttpClient, politeness: Politeness, urls: Sequence[str]) -> list[LinkStatus]:
    """The answers of addresses on one host; those of a walk that was told to end are left out."""
    answers: list[LinkStatus] = []
    refused = 0
    try:
        rules: Robots | None = await load_robots(client, urls[0]) if politeness.config.robots else None
        for url in urls:
            if politeness.stopped:
                break
            if refused >= _PATIENCE:
                answers.append(LinkStatus(url=url, status=0, error=UNASKED))
            elif rules and not rules.allows(url):
                answers.append(LinkStatus(url=url, status=0, error=ROBOTS))
            else:
                answer = await client.status(url, patient=False)
                refused = refused + 1 if answer.status in _REFUSALS else 0
                answers.append(answer)
    except Stopped:
        pass
    return answers
