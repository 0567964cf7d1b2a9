"""What went over the wire between a site and the browser that looked at it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request of the browser and its answer."""

    url: str
    method: str = "GET"
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    """Of the answer, lower-case names; cookies and credentials are left out, and what told of an encoding that the
    browser has undone."""
    body: bytes | None = None
    """As the browser decoded it; None if it could not be had."""
    missing: str = ""
    """Why there is no body: redirect, too large, gone."""
    at: str
    """ISO 8601, UTC."""
    kind: str = ""
    """What the browser asked it for: document, stylesheet, script, image, …"""
