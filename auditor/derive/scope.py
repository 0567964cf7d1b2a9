"""What belongs to a site, and where a site hands its visitors over to others."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from auditor.derive.urls import canonical, host_of, is_web_page
from auditor.model.config import ScopeConfig, SiteConfig

# Booking, register and e-service systems that Swedish municipalities use, and how their own hosts for these are called.
_SYSTEMS = re.compile(
    r"(^|\.)(rbok|ibgo|interbookfri|actorsmartbook|fri-go|e-serve|enamnd|updatesystem|aktivitetskort)\.se$"
)
_OWN_HOSTS = re.compile(
    r"^(fri|friweb|friwebb|bokning|boka|lokalbokning|webboka|forening(ar)?|foreningswebb|fritid|ibgo|interbook|smartbook"
    r"|fribid|bokningochbidrag|minasidor|e-?tjanst(er)?|eservice|service|sjalvservice|portal)\."
)


@dataclass(frozen=True)
class SiteScope:
    """Tells pages of the site from others."""

    start: str
    """Canonical address of the start page."""
    hosts: frozenset[str]
    config: ScopeConfig

    def holds(self, url: str) -> bool:
        """Whether *url* (canonical) may be a page of the site."""
        if host_of(url) not in self.hosts or not is_web_page(url):
            return False
        path = urlsplit(url).path or "/"
        if url != self.start and self.config.include and not path.startswith(self._spelled(self.config.include)):
            return False
        return not path.startswith(self._spelled(self.config.exclude))

    def _spelled(self, prefixes: tuple[str, ...]) -> tuple[str, ...]:
        """*prefixes* as canonical addresses write them: å, ä and ö are percent-encoded there."""
        return tuple(urlsplit(canonical(prefix, self.start)).path for prefix in prefixes)

    def same_site(self, url: str) -> bool:
        """Whether *url* lies on one of the site's hosts, page or not."""
        return host_of(url) in self.hosts

    def is_handoff(self, url: str) -> bool:
        """Whether *url* is a system of another host that the site sends its visitors to for doing something.

        These are hosts of booking, register and e-service systems, and hosts of the same domain named after such.
        """
        host = host_of(url)
        if not host or host in self.hosts or not is_web_page(url):
            return False
        own = any(_domain(host) == _domain(mine) for mine in self.hosts)
        return bool(_SYSTEMS.search(host) or (own and _OWN_HOSTS.match(host)))


def leads_to_system(url: str, page: str) -> bool:
    """Whether *url*, linked on *page*, lies on a host of a booking, register or e-service system."""
    host, own = host_of(url), host_of(page)
    if not host or host == own:
        return False
    return bool(_SYSTEMS.search(host) or (_domain(host) == _domain(own) and _OWN_HOSTS.match(host)))


def _domain(host: str) -> str:
    return ".".join(host.split(".")[-2:])


def site_key(config: SiteConfig) -> str:
    """What the history calls a site: the host name of its start page."""
    return host_of(canonical(config.start)) or config.start
