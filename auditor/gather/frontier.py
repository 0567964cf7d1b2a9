"""What a walk has before it: addresses, where they are kept, and which of a page's links become some."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from auditor.derive.scope import SiteScope
from auditor.derive.urls import canonical
from auditor.model.loads import Loads
from auditor.model.page import Page


@dataclass(frozen=True)
class Found:
    """An address to look at."""

    url: str
    depth: int
    role: str = "page"
    """page, handoff, search (results that rules look at) or question (results that are only asked what they hold)."""
    query: str | None = None
    hits_expected: bool | None = None


class Frontier(Protocol):
    """Where a crawl keeps what it knows: it outlives the process."""

    def waiting(self, limit: int, below: int = -1) -> Sequence[Found]:
        """The next addresses, of one depth that is greater than *below*, in a stable order."""

    def skip(self, url: str, reason: str) -> None:
        """Leaves an address out."""

    def save(self, page: Page, found: Iterable[Found], loads: Loads | None) -> None:
        """Keeps a page, the addresses found on it, and what it was made of."""

    def earlier(self, item: Found) -> Loads | None:
        """What an address was made of in the run before, if what was found then may be carried on."""

    def carry(self, item: Found) -> bool:
        """Takes over what the run before found, for nothing changed; False if the page is due to be looked at anew.

        It may be written later, with others; see `flush`.
        """

    def flush(self) -> None:
        """Writes what was taken over so far; called at the end of a walk, however it ends."""

    def add(self, found: Iterable[Found]) -> None:
        """Keeps addresses; known ones stay as they are."""

    def gathered(self) -> int:
        """How many pages of the site were looked at so far."""


def links_to_follow(page: Page, scope: SiteScope, depth: int) -> Iterable[Found]:
    """Addresses in scope that *page* links to in any viewport, or redirects to, each once."""
    links = [link.href for rendering in page.renderings for link in rendering.facts.links]
    if page.response.final_url != page.url:
        links.append(page.response.final_url)
    return addresses_to_follow(links, page.url, scope, depth)


def addresses_to_follow(links: Iterable[str], page: str, scope: SiteScope, depth: int) -> Iterator[Found]:
    """Those of *links*, found on *page*, that are in scope, each once."""
    if depth > scope.config.max_depth:
        return
    seen: set[str] = set()
    for href in links:
        url = canonical(href)
        if url not in seen and url != page and scope.holds(url):
            seen.add(url)
            yield Found(url=url, depth=depth)
