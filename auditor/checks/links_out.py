"""Checks of links that leave the site: do they still lead anywhere?"""

from collections.abc import Iterator

from auditor.derive.answers import answer_of, has_no_host, is_broken, is_read
from auditor.derive.scope import leads_to_system
from auditor.derive.urls import host_of
from auditor.model.outcome import Outcome, cant_tell, failed, passed, untested
from auditor.model.site import LinkStatus, LinkSummary, PageSummary, Site

_REASONS = {"private": "link-private", "robots": "link-robots", "unasked": "link-refused"}
_GONE = (404, 410)


def external_link(site: Site) -> Iterator[Outcome]:
    """No link to another host leads to what is gone; e-services on other hosts are among them.

    Args:
        site: the whole site.
    """
    for page in site.pages:
        if is_read(page):
            seen: set[tuple[str, str]] = set()
            for link in page.links:
                if link.reachable and (link.selector, link.href) not in seen and _leaves(site, link):
                    seen.add((link.selector, link.href))
                    yield from _judged(site, page, link)


def _leaves(site: Site, link: LinkSummary) -> bool:
    return link.href.startswith(("http://", "https://")) and host_of(link.href) not in site.hosts


def _judged(site: Site, page: PageSummary, link: LinkSummary) -> Iterator[Outcome]:
    answer = answer_of(site, link.href)
    if answer is None:
        return
    target = page.target(link)
    values = {"name": link.name, "address": link.href}
    system = leads_to_system(link.href, page.url)
    if 200 <= answer.status < 400:
        yield passed(target)
    elif answer.status in _GONE:
        yield failed(target, "service" if system else "gone", cause=link.href, status=answer.status, **values)
    elif has_no_host(answer) and is_broken(site, answer):
        yield failed(target, "no_host", cause=link.href, **values)
    elif answer.status in (500, 501, 502, 504):
        yield cant_tell(target, "server", cause=link.href, status=answer.status, **values)
    elif answer.error.startswith("the certificate"):
        yield cant_tell(target, "certificate", cause=host_of(link.href), **values)
    else:
        yield untested(target, f"{_reason(answer)}|{host_of(link.href)}")


def _reason(answer: LinkStatus) -> str:
    """Why nothing can be said: who refuses an audit may welcome a visitor (401, 403, 429, 503 and the like)."""
    return _REASONS.get(answer.error) or ("link-refused" if answer.status else "link-silent")
