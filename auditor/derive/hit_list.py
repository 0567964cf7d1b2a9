"""The hits of a page of results, one by one: where each leads, and all that is said of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bs4 import Tag

from auditor.derive.dates import find_dates
from auditor.derive.documents import document_type
from auditor.derive.dom import clean
from auditor.derive.results import hits_of
from auditor.model.facts import Link
from auditor.model.page import Page
from auditor.model.vocabulary import Viewport

_TEXT = 3000


@dataclass(frozen=True)
class Hit:
    """One hit, at its place in the list."""

    link: Link
    text: str
    """Everything that the page says of it, its title among that; also what is hidden by styles."""
    day: date | None
    """The latest full date in the text."""
    document: str | None
    """What kind of document it leads to (pdf, word, …; empty if unknown); None for a page."""


def hit_list(page: Page, ignored: Iterable[str] = ()) -> tuple[Hit, ...]:
    """The hits of a page of results as a desktop shows them, in order; none if they cannot be recognised.

    What belongs to a hit is the largest element around its link in which no other hit stands.

    Args:
        page: a page of results.
        ignored: names of links that are no hits (orders to sort by).
    """
    seen = page.rendering(Viewport.DESKTOP)
    hits = hits_of(seen, ignored) if seen else None
    if hits is None or page.document is None:
        return ()
    tags = [page.document.tree.select_one(link.selector) for link in hits.links]
    others = {id(tag) for tag in tags if tag}
    return tuple(_hit(link, tag, others) for link, tag in zip(hits.links, tags, strict=True))


def _hit(link: Link, tag: Tag | None, hits: set[int]) -> Hit:
    text = clean(_around(tag, hits).get_text(" "), _TEXT) if tag else link.context
    return Hit(
        link=link,
        text=text,
        day=max((found.day for found in find_dates(text)), default=None),
        document=document_type(link),
    )


def _around(tag: Tag, hits: set[int]) -> Tag:
    """The largest element around *tag* that holds no other of the *hits*; main content and page are too large."""
    found = tag
    for parent in tag.parents:
        alone = sum(id(inner) in hits for inner in parent.find_all("a")) <= 1
        if not alone or parent.name in ("main", "body", "html", "[document]") or parent.get("role") == "main":
            break
        found = parent
    return found
