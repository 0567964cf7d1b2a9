"""Pages that are called something else than in the run before."""

from collections.abc import Collection, Iterable, Mapping
from urllib.parse import urlsplit, urlunsplit

from auditor.derive.likeness import likeness
from auditor.model.site import LinkStatus, PageSummary

_SAME_TEXT = 0.6
"""Pages share this much of their text, by likeness, to be one that moved; below that, two articles may."""


def moves(
    before: Collection[PageSummary], after: Collection[PageSummary], statuses: Mapping[str, LinkStatus]
) -> dict[str, str]:
    """Old address → new address, for pages of the run before that stand elsewhere today; one to one.

    The surest sign comes first: the old address redirects there; the new page names the old one as its original, or the
    old one named the new; the site changed its host and kept the path; and last, title, heading and text are the same.

    Args:
        before: pages of the run before.
        after: pages of this run.
        statuses: what addresses answered in this run that were only asked for.
    """
    now = {page.url: page for page in after if page.rendered}
    old = {page.url: page for page in before if page.rendered and page.url not in now}
    led = {page.url: page.final_url for page in after if not page.rendered}
    led |= {url: status.final_url for url, status in statuses.items() if status.final_url}
    known = {page.url for page in before if page.rendered}
    found: dict[str, str] = {}

    def take(pairs: Iterable[tuple[str, str]]) -> None:
        for url, new in pairs:
            if url in old and url not in found and new in now and new not in known and new not in found.values():
                found[url] = new

    take((url, led.get(url, "")) for url in sorted(old))
    take((page.canonical, page.url) for page in now.values() if page.canonical)
    take((page.url, page.canonical) for page in old.values() if page.canonical)
    take(_other_host(old, now))
    take(_same_content([old[url] for url in sorted(old) if url not in found], now.values(), known))
    return found


def _other_host(old: Mapping[str, PageSummary], now: Mapping[str, PageSummary]) -> Iterable[tuple[str, str]]:
    """Pages under the same path on the one host that is new, where all of the old host's pages are gone."""
    hosts = {urlsplit(url).netloc for url in now}
    new = sorted(hosts - {urlsplit(url).netloc for url in old})
    for url in sorted(old):
        parts = urlsplit(url)
        if parts.netloc not in hosts:
            for host in new:
                yield url, urlunsplit(parts._replace(netloc=host))


def _same_content(
    old: Collection[PageSummary], now: Collection[PageSummary], known: Collection[str]
) -> Iterable[tuple[str, str]]:
    fresh: dict[str, list[PageSummary]] = {}
    for page in now:
        if page.url not in known and page.main_heading:
            fresh.setdefault(page.main_heading.casefold(), []).append(page)
    for page in old:
        like = [
            (likeness(page.sketch, other.sketch), other.url)
            for other in fresh.get(page.main_heading.casefold(), ())
            if page.sketch == other.sketch or likeness(page.sketch, other.sketch) >= _SAME_TEXT
        ]
        if like:
            yield page.url, max(like)[1]
