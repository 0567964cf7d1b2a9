"""What an address answered, whether it was rendered as a page or only asked for."""

from auditor.derive.urls import host_of
from auditor.model.site import LinkStatus, PageSummary, Site

GONE = frozenset({404, 410})
_PASSING = frozenset({429, 503})
"""Asks to come back later (RFC 9110, RFC 6585): says nothing of the address itself."""
_NO_SUCH_NAME = (
    "no such host",
    "name or service not known",
    "no address associated",
    "nodename nor servname",
    "name_not_resolved",
    "nxdomain",
)


def answer_of(site: Site, url: str) -> LinkStatus | None:
    """The answer of *url*; None if it was not asked, or gave a file to download in place of a page."""
    page = site.page(url)
    if page is not None and page.status:
        return LinkStatus(url=url, status=page.status, final_url=page.final_url, content_type=page.content_type)
    return site.statuses.get(url)


def is_broken(site: Site, answer: LinkStatus) -> bool:
    """Whether *answer* says for sure that nobody comes through: gone, a server's fault, or no such host."""
    if answer.status in GONE or (answer.status >= 500 and answer.status not in _PASSING and answer.status < 600):
        return True
    return answer.status == 0 and has_no_host(answer) and _names_are_found(site)


def has_no_host(answer: LinkStatus) -> bool:
    """Whether the address's host name does not exist."""
    return any(sign in answer.error.lower() for sign in _NO_SUCH_NAME)


def is_unsure(answer: LinkStatus) -> bool:
    """Whether a person must try: no answer, refused, or any other error."""
    return answer.status == 0 or answer.status >= 400


def is_read(page: PageSummary) -> bool:
    """Whether *page* is one of the site's, answered as it should and was looked at."""
    return page.rendered and not page.is_handoff and 200 <= page.status < 300


def _names_are_found(site: Site) -> bool:
    """Whether any other host than the site's own answered: only then does a missing name say something."""
    own = host_of(site.start)
    return any(status.status and host_of(url) != own for url, status in site.statuses.items())
