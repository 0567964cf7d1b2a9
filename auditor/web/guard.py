"""Which requests the local server answers: what keeps other web pages from using it through a visitor's browser.

* A page elsewhere can point its own host name at this machine (DNS rebinding): only known names in ``Host`` are
  answered.
* A page elsewhere can send a form here (cross-site request forgery): a form must carry the token that only our own
  pages hold, and the browser must not say that it comes from elsewhere (``Origin``, ``Sec-Fetch-Site``).
"""

import hmac
import ipaddress
from collections.abc import Collection
from email.message import Message
from urllib.parse import parse_qs

MOST_BYTES = 65_536
"""Length of the longest form that is read."""
_FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 20


def is_loopback(host: str) -> bool:
    """Whether *host*, to which a server is bound, can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def own_hosts(host: str, port: int, also: Collection[str] = ()) -> frozenset[str]:
    """The values of ``Host`` that are answered: names of loopback, the address bound to, and those in *also*."""
    names = {"localhost", "127.0.0.1", "[::1]", *also}
    if host not in ("0.0.0.0", "::", ""):
        names.add(f"[{host}]" if ":" in host else host)
    lowered = {name.lower() for name in names}
    return frozenset(
        {f"{name}:{port}" for name in lowered} | (lowered if port == 80 else set()) | set(map(str.lower, also))
    )


def is_own_host(headers: Message, hosts: Collection[str]) -> bool:
    """Whether the request was meant for this server."""
    return headers.get("Host", "").lower() in hosts


def is_same_site(headers: Message, hosts: Collection[str]) -> bool:
    """Whether nothing says that the request comes from a page elsewhere."""
    origin = headers.get("Origin")
    if origin is not None and origin.lower() not in {f"http://{host}" for host in hosts}:
        return False
    return headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")


def is_form(headers: Message) -> bool:
    """Whether the request says that it carries a form."""
    return headers.get("Content-Type", "").partition(";")[0].strip().lower() == _FORM


def fields(body: bytes) -> dict[str, str]:
    """The fields of a form; of a field that is there twice the first.

    Raises:
        ValueError: it is no form, or has too many fields.
    """
    read = parse_qs(
        body.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=_MOST_FIELDS
    )
    return {name: values[0].strip() for name, values in read.items()}


def is_token(given: str, token: str) -> bool:
    """Whether *given* is *token*, told in the same time whatever it is."""
    return bool(token) and hmac.compare_digest(given.encode(), token.encode())
