"""Keeps requests out of private networks: what is connected to is an address that was checked after it was looked up.

A name is looked up anew for every connection, and the connection goes to the very address that was checked. So a name
that means a public address when it is asked first, and a private one the next time, leads nowhere.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

Resolve = Callable[[str], Awaitable[Sequence[str]]]
"""Host name → its addresses; raises OSError if it has none."""
PRIVATE = "private"
"""Reason, or error, of what was not asked since its host lies in a private network."""
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_TUNNELS = tuple(map(ipaddress.ip_network, ("2002::/16", "2001::/32", "64:ff9b:1::/48")))
"""6to4, Teredo and local translation: IPv4 addresses in the guise of others, which no public website has (RFC 7526)."""
_INTERNAL = tuple(
    map(ipaddress.ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"))
)
"""RFC 1918, RFC 6598 and RFC 4193."""


class Reach(Enum):
    """From where an address can be reached."""

    PUBLIC = "public"
    MACHINE = "this machine"
    INTERNAL = "a private network"
    NOWHERE = "nowhere that a website is"
    """Link-local (where clouds keep their secrets), unspecified, multicast, reserved."""


class PrivateAddress(OSError):
    """A request would go to this machine or into a private network."""


def reach_of(address: str) -> Reach:
    """From where *address*, of either version, can be reached; what is no address can be reached from nowhere."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return Reach.NOWHERE
    return _reach(_plain(found))


def _plain(address: _Address) -> _Address:
    """The IPv4 address that an IPv6 address stands for, else the address itself."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return address.ipv4_mapped
        # Also the old "compatible" form (::127.0.0.1); :: and ::1 are addresses of their own.
        if address in _NAT64 or 1 < int(address) < 2**32:
            return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address


def _reach(address: _Address) -> Reach:
    if address.is_loopback:
        return Reach.MACHINE
    if address.is_link_local or address.is_multicast or address.is_unspecified:
        return Reach.NOWHERE
    if any(address in network for network in _INTERNAL if network.version == address.version):
        return Reach.INTERNAL
    if any(address in network for network in _TUNNELS if network.version == address.version):
        return Reach.NOWHERE
    if isinstance(address, ipaddress.IPv6Address) and address.is_site_local:
        return Reach.INTERNAL
    return Reach.PUBLIC if address.is_global else Reach.NOWHERE


async def looked_up(host: str) -> list[str]:
    """The addresses that this machine's resolver gives for *host*."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known") from error
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True)
class Guard:
    """Tells where a connection may go."""

    ports: Mapping[str, int] = field(default_factory=dict)
    """Host name → port on loopback of what is served here; it stands for the name's port 80."""
    reaches: frozenset[Reach] = frozenset({Reach.PUBLIC})
    """What may be reached."""
    own: frozenset[str] = frozenset()
    """Addresses of the audited site itself, wherever they lie."""
    resolve: Resolve = looked_up

    async def places(self, host: str, port: int) -> list[tuple[str, int]]:
        """Addresses and ports that stand for *host* and may be connected to, in the resolver's order.

        Raises:
            PrivateAddress: it has none but those that may not.
            OSError: there is no such host.
        """
        name = host.lower().strip("[]").rstrip(".")
        if port == 80 and name in self.ports:
            return [("127.0.0.1", self.ports[name])]
        found = await self.resolve(name)
        allowed = [(address, port) for address in found if address in self.own or reach_of(address) in self.reaches]
        if not allowed:
            raise PrivateAddress(f"{name} lies in a private network")
        return allowed


async def guard_for(hosts: Iterable[str], ports: Mapping[str, int], resolve: Resolve = looked_up) -> Guard:
    """What keeps the audit of a site on *hosts* to public addresses, and to those like the site's own.

    A site on this machine may use all of this machine, one in a private network all such networks; no site may use
    what lies nowhere, but for its own address. The site's addresses are looked up now: what its name means later
    changes nothing.

    Args:
        hosts: names of the site, as the user gave them.
        ports: host name → port of what is served here.
        resolve: looks names up.
    """
    own: set[str] = set()
    for host in hosts:
        if host in ports:
            continue
        try:
            own.update(await resolve(host))
        except OSError:
            continue
    near = {reach_of(address) for address in own}
    if Reach.PUBLIC in near:
        return Guard(ports, resolve=resolve)
    return Guard(ports, frozenset({Reach.PUBLIC, *near} - {Reach.NOWHERE}), frozenset(own), resolve)
