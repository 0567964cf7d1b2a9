"""What a site's robots.txt allows, and which sitemaps it names."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from protego import Protego

from auditor.gather.http import HttpClient, user_agent


@dataclass(frozen=True)
class Robots:
    """The rules of one host."""

    rules: Protego
    sitemaps: tuple[str, ...] = ()
    crawl_delay: float | None = None
    found: bool = field(default=False)
    fault: int = 0
    """Error code that the server answered with instead of rules; nothing may be visited then."""

    def allows(self, url: str) -> bool:
        """Whether the auditor may ask for *url*."""
        return bool(self.rules.can_fetch(url, user_agent("")))


def parse_robots(text: str) -> Robots:
    """The rules in *text*; what makes no sense is passed over, as the standard (RFC 9309) asks."""
    rules = Protego.parse(text.removeprefix("\ufeff"))
    delay = rules.crawl_delay(user_agent(""))
    return Robots(rules=rules, sitemaps=tuple(rules.sitemaps), crawl_delay=float(delay) if delay else None, found=True)


async def load_robots(client: HttpClient, start: str) -> Robots:
    """The rules of the host of *start*, after RFC 9309: a missing file allows all, a server error forbids all.

    No answer at all allows all: the start page is asked for next, and tells the trouble better.
    """
    parts = urlsplit(start)
    status, body = await client.body(f"{parts.scheme}://{parts.netloc}/robots.txt")
    if status >= 500:
        return Robots(rules=Protego.parse("User-agent: *\nDisallow: /"), fault=status)
    if status != 200:
        return Robots(rules=Protego.parse(""))
    return parse_robots(body[:500_000].decode("utf-8", errors="replace"))
