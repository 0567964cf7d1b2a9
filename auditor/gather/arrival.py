"""Arrives at a site: may it be visited at all, and what is it?"""

from auditor.derive.scope import SiteScope
from auditor.derive.urls import canonical, host_of
from auditor.errors import ForbiddenByRobots, Unreachable
from auditor.gather.guard import PRIVATE
from auditor.gather.http import HttpClient, Politeness
from auditor.gather.robots import Robots, load_robots
from auditor.model.config import SiteConfig


async def arrived(config: SiteConfig, client: HttpClient, politeness: Politeness) -> tuple[Robots | None, SiteScope]:
    """Asks for robots.txt and the start page: the rules, None if they are not obeyed, and what belongs to the site.

    Args:
        config: the site.
        client: asks.
        politeness: is told the delay that robots.txt asks for.

    Raises:
        Unreachable: there is no usable start page.
        ForbiddenByRobots: robots.txt forbids it.
    """
    start = canonical(config.start)
    robots = await load_robots(client, start) if config.politeness.robots else None
    if robots:
        if robots.crawl_delay:
            politeness.crawl_delay(host_of(start), robots.crawl_delay)
        if robots.fault:
            raise ForbiddenByRobots(
                f"{start}: the site's robots.txt answered {robots.fault}, and then nothing may be visited; "
                "try again later, or set politeness.robots: false if you are the owner"
            )
        if not robots.allows(start):
            raise ForbiddenByRobots(
                f"{start}: the site's robots.txt forbids it; ask the site's owner, or set politeness.robots: false "
                "if you are the owner"
            )
    answer = await client.status(start)
    if answer.status == 0 and answer.error == PRIVATE:
        raise Unreachable(
            f"{start}: the start page leads into a private network, and such are left alone; name the address there"
        )
    if answer.status == 0:
        raise Unreachable(f"{start}: {answer.error}; check the address and the network")
    if answer.status >= 400:
        raise Unreachable(f"{start}: the start page answered {answer.status}; check the address")
    if answer.content_type and "html" not in answer.content_type:
        raise Unreachable(f"{start}: the start page is no web page but {answer.content_type}; check the address")
    final = canonical(answer.final_url or start)
    hosts = {
        host_of(start),
        host_of(final),
        *(host_of(canonical(f"http://{host}/")) for host in config.scope.hosts),
    }
    return robots, SiteScope(start=final, hosts=frozenset(hosts), config=config.scope)
