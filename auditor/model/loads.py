"""What a page was made of when it was rendered, so that a later run can tell whether anything changed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """Fingerprint of what one address answered."""

    url: str
    digest: str
    """Of the body, without what changes at every visit; see `auditor.derive.fingerprint`."""
    etag: str = ""
    modified: str = ""
    """The headers ETag and Last-Modified as they were sent; empty where they were not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loads:
    """A page's document, and what it fetched that decides how it looks and works: styles, scripts, frames and data.

    Pictures and fonts are left out: what a picture shows no rule reads.
    """

    page: Print
    parts: tuple[Print, ...] = ()
