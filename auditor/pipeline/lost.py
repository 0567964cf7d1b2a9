"""Pages that were asked for and could not be looked at: what is missing of them must not look mended."""

from collections.abc import Iterable, Iterator

from auditor.model.vocabulary import Viewport
from auditor.store.runs import StoredPage

_PARTS = {"page", *Viewport, *(f"{viewport}:axe" for viewport in Viewport)}
_NO_PAGE = ("redirect", "download")
_NOT_THERE = (404, 410)


def lost_pages(pages: Iterable[StoredPage]) -> Iterator[str]:
    """Addresses of the site's own pages of which a part that rules need is missing.

    What answers 404 or 410, redirects, or is a file to download is no page, so nothing is missing of it.
    """
    for page in pages:
        summary = page.summary
        missing = any(part in _PARTS and not reason.startswith(_NO_PAGE) for part, reason in page.untested.items())
        if missing and not summary.is_handoff and summary.status not in _NOT_THERE:
            yield summary.url
